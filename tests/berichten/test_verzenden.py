"""Nothing wrong leaves: what only the sender can know is held before it goes out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from samenloop.berichten.regels import alle_regels
from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.stand import StandClient, StandPgb, StandVerzoek
from samenloop.berichten.regels.uitgaand import keur_uitgaand
from samenloop.berichten.standaard.soorten import Wet
from tests.berichten.gevallen import DA, PA, TP, WEG, verander
from tests.berichten.goede_berichten import BSN, TOEN, goed, omvang
from tests.berichten.stand_maken import stand_bij, toewijzing

Geval = tuple[str, Callable[[GeheugenStand], Any], dict[str, Any]]


def _stand(wet: Wet, nummer: int) -> GeheugenStand:
    """As the provider has it: the allocation was sent before, without change."""
    stand = stand_bij(wet, nummer)
    stand.contract = []
    if nummer == 301:
        stand.alle_toewijzingen = [toewijzing(wet, 10071, ingang=date(2026, 4, 1))]
    return stand


def _niets(stand: GeheugenStand) -> None:
    """What is held stays."""


def _client(**anders: Any) -> Callable[[GeheugenStand], Any]:
    return lambda stand: stand.clientgegevens.update({BSN: StandClient(BSN, **anders)})


def _nieuw(stand: GeheugenStand) -> None:
    stand.alle_toewijzingen = []


def _erbij(**anders: Any) -> Callable[[GeheugenStand], Any]:
    return lambda stand: stand.alle_toewijzingen.append(toewijzing("wmo", 5, **anders))


def _anders(**anders: Any) -> Callable[[GeheugenStand], Any]:
    def doen(stand: GeheugenStand) -> None:
        stand.alle_toewijzingen = [
            replace(each, **anders) for each in stand.alle_toewijzingen
        ]

    return doen


def _verzoek(nummer: int) -> Callable[[GeheugenStand], Any]:
    return lambda stand: stand.alle_verzoeken.append(
        StandVerzoek("R2", BSN, nummer=nummer)
    )


CATEGORIE_PGB = StandPgb("02", date(2026, 9, 30))
_LANGER = {f"{TP}/Einddatum": date(2026, 12, 31), f"{TP}/RedenWijziging": "04"}
_BUDGET = {
    f"{TP}/Omvang": WEG,
    f"{TP}/Product/Code": WEG,
    f"{TP}/Budget": 9,
    f"{TP}/RedenWijziging": "14",
}
_TWEEDE = "Client/ToegewezenProducten/ToegewezenProduct"


def _twee(**anders: Any) -> dict[str, Any]:
    """The allocation as it is, and a new one that follows on it."""

    def erbij(rij: list[Any]) -> list[Any]:
        nieuw = {
            **rij[0],
            "ToewijzingNummer": 77,
            "Ingangsdatum": date(2026, 10, 1),
            "Einddatum": date(2026, 12, 31),
        }
        return [*rij, {**nieuw, **anders}]

    return {_TWEEDE: erbij}


GEVALLEN: list[Geval] = [
    ("", _niets, {}),
    ("", _nieuw, {}),
    ("OP003", _client(gevaar=True), {}),
    ("", _client(), {}),
    ("OP043", _client(pgb=(CATEGORIE_PGB,)), {}),
    ("OP043", _client(pgb=(replace(CATEGORIE_PGB, code="02A03"),)), {}),
    ("", _client(pgb=(replace(CATEGORIE_PGB, code="02A99"),)), {}),
    ("", _client(pgb=(replace(CATEGORIE_PGB, ingang=date(2026, 10, 1)),)), {}),
    ("", _client(pgb=(replace(CATEGORIE_PGB, categorie="03"),)), {}),
    ("OP087", _erbij(code="02A99"), {}),
    ("", _erbij(code="02A99", eind=date(2026, 5, 5)), {}),
    ("", _erbij(eind=date(2026, 3, 1), reden_wijziging="13"), {}),
    ("", _niets, _LANGER),
    ("OP033x1", _niets, {f"{TP}/Ingangsdatum": date(2026, 4, 2), **_LANGER}),
    ("OP033x1", _anders(code=None), _BUDGET),
    ("OP257", _niets, {f"{TP}/Omvang": omvang(volume=13), **_LANGER}),
    ("OP257", _niets, {f"{TP}/Omvang": omvang("2"), **_LANGER}),
    ("", _anders(frequentie="6"), {f"{TP}/Omvang": omvang("6", volume=9), **_LANGER}),
    ("OP380", _niets, _twee()),
    ("", _niets, _twee(Omvang=omvang(volume=13))),
    ("", _niets, _twee(Ingangsdatum=date(2026, 10, 2))),
    ("IV066", _nieuw, {f"{TP}/RedenWijziging": "04"}),
    ("IV099", _niets, {f"{TP}/RedenWijziging": "04"}),
    ("IV099", _niets, {f"{TP}/Einddatum": date(2026, 12, 31)}),
    ("", _anders(toegewezen_op=datetime(2026, 5, 1, 10, 0)), {}),  # noqa: DTZ001
    ("IV013", _anders(toegewezen_op=datetime(2026, 5, 1, 9, 59)), {}),  # noqa: DTZ001
    ("", _anders(toegewezen_op=datetime(2026, 5, 1, 9, 59)), _LANGER),  # noqa: DTZ001
    ("IV013", _anders(toegewezen_op=datetime(2026, 5, 1, 10)), _LANGER),  # noqa: DTZ001
    (
        "IV093",
        _verzoek(317),
        _twee(Omvang=omvang(volume=13), ReferentieAanbieder="R2"),
    ),
    ("", _verzoek(317), {f"{TP}/ReferentieAanbieder": "R2"}),
    (
        "",
        _verzoek(315),
        _twee(Omvang=omvang(volume=13), ReferentieAanbieder="R2"),
    ),
    # What the receiver will refuse does not leave either.
    ("CS002", _niets, {"Client/Bsn": "999900007"}),
    ("TR379", _niets, {f"{TP}/ReferentieAanbieder": "R9"}),
]


OVER_WIJZIGING = {"OP033x1", "OP257", "OP380", "IV013", "IV066", "IV099"}
"""Rules that need to know how it was sent last."""


@pytest.mark.parametrize(
    "geval",
    GEVALLEN,
    ids=[f"{n}-{each[0] or 'goed'}" for n, each in enumerate(GEVALLEN)],
)
def test_an_allocation_that_breaks_a_rule_does_not_leave(geval: Geval) -> None:
    code, doen, veranderingen = geval
    stand = _stand("wmo", 301)
    doen(stand)
    bericht = verander(goed("wmo", 301), veranderingen)
    vorige = {each.nummer: each for each in stand.alle_toewijzingen}
    oordeel = keur_uitgaand(bericht, stand=stand, vandaag=TOEN, vorige=vorige)
    assert {each.regel for each in oordeel.fouten} == ({code} if code else set())
    assert (oordeel.oordeel == "goedgekeurd") is (not code)
    zonder = keur_uitgaand(bericht, stand=stand, vandaag=TOEN)
    over = set() if code in OVER_WIJZIGING else {each for each in [code] if each}
    assert {each.regel for each in zonder.fouten} == over


@pytest.mark.parametrize(
    ("geboren", "gezag", "bekend", "relatie", "mag"),
    [
        (date(2010, 5, 7), False, False, "10", True),
        (date(2010, 5, 7), False, False, "11", True),
        (date(2010, 5, 7), False, False, "17", False),
        (date(2010, 5, 7), False, True, "17", True),
        (date(2010, 5, 7), True, False, "17", False),  # not yet 16
        (date(2010, 5, 6), True, False, "17", True),
        (date(2010, 5, 6), False, False, "17", False),
        (date(2008, 5, 7), False, False, "17", False),  # not yet 18
        (date(2008, 5, 6), False, False, "17", True),
    ],
)
def test_who_has_authority_over_a_child_goes_along(
    geboren: date, gezag: bool, bekend: bool, relatie: str, mag: bool
) -> None:
    def codes(wet: Wet) -> list[str]:
        stand = _stand(wet, 301)
        stand.clientgegevens[BSN] = StandClient(BSN, gezag_bij_client=gezag)
        stand.alle_verzoeken = [StandVerzoek("R2", BSN, gezagsdrager_bekend=bekend)]
        veranderingen = {
            "Client/Geboortedatum/Datum": geboren,
            "Client/Relaties/Relatie/0/Soort": relatie,
            f"{TP}/ReferentieAanbieder": "R2",
        }
        bericht = verander(goed(wet, 301), veranderingen)
        oordeel = keur_uitgaand(bericht, stand=stand, vandaag=TOEN)
        return [each.regel for each in oordeel.fouten]

    assert codes("jeugdwet") == ([] if mag else ["OP002"])
    assert codes("wmo") == []


@pytest.mark.parametrize(
    ("code", "veranderingen"),
    [
        ("", {}),
        ("OP304", {f"{PA}/RetourCodes/RetourCode": ["0200"]}),
        ("IV087", {f"{DA}/RetourCodes/RetourCode": ["8001"]}),
    ],
)
def test_an_answer_to_an_invoice_names_only_what_is_refused(
    code: str, veranderingen: dict[str, Any]
) -> None:
    bericht = verander(goed("wmo", 325), veranderingen)
    oordeel = keur_uitgaand(bericht, stand=_stand("wmo", 325), vandaag=TOEN)
    assert {each.regel for each in oordeel.fouten} == ({code} if code else set())


def test_an_answer_to_a_request_that_is_wrong_does_not_leave() -> None:
    stand = _stand("wmo", 319)
    goed_ = keur_uitgaand(goed("wmo", 319), stand=stand, vandaag=TOEN)
    assert goed_.oordeel == "goedgekeurd"
    stand.alle_verzoeken = []
    fout = keur_uitgaand(goed("wmo", 319), stand=stand, vandaag=TOEN)
    assert [each.regel for each in fout.fouten] == ["TR355"]


def test_every_rule_of_the_sender_is_broken_here() -> None:
    gebroken = {each[0] for each in GEVALLEN} | {"OP002", "OP304", "IV087"}
    assert {each.code for each in alle_regels().values() if each.niveau == 0} <= (
        gebroken
    )
