"""The answer follows from the verdict, and is a valid message itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.berichten.regels.antwoord import antwoord
from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.keuren import Oordeel, beoordeel, keur
from samenloop.berichten.regels.register import Velden
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.berichten.standaard.soorten import WETTEN, Wet
from tests.berichten.bron import STANDAARDEN
from tests.berichten.genereren import berichten
from tests.berichten.gevallen import PR, TP, VZ, WP, verander
from tests.berichten.gevallen_stand import GEVALLEN, Geval
from tests.berichten.goede_berichten import ANDER_BSN, BSN, NUMMERS, TOEN, goed
from tests.berichten.stand_maken import stand_bij

VERZONDEN = date(2026, 5, 8)
SCHEMAS = STANDAARDEN if STANDAARDEN.is_dir() else None
HEEN = [each for each in NUMMERS if each != 325]


def beantwoord(bericht: Bericht, stand: GeheugenStand | None) -> Bericht:
    """The answer, written and read again: so it is valid."""
    oordeel = beoordeel(bericht, stand=stand, vandaag=TOEN)
    gemaakt = antwoord(bericht, oordeel, identificatie="A1", dagtekening=VERZONDEN)
    assert gemaakt.soort.code == bericht.soort.antwoord
    gelezen = lees(schrijf(gemaakt), SCHEMAS)
    assert gelezen.inhoud == gemaakt.inhoud
    if gemaakt.soort.nummer == 325:
        eigen = keur(schrijf(gemaakt), stand=None, vandaag=VERZONDEN)
        assert eigen.fouten == []
    return gemaakt


def codes(deel: Mapping[str, Any]) -> list[str]:
    """The return codes on a class; none where there is no such element."""
    return list(deel.get("RetourCodes", {}).get("RetourCode", []))


@pytest.mark.parametrize("nummer", [each for each in HEEN if each != 323])
@pytest.mark.parametrize("wet", WETTEN)
def test_what_is_right_is_answered_with_a_header_without_codes(
    wet: Wet, nummer: int
) -> None:
    heen = goed(wet, nummer)
    retour = beantwoord(heen, stand_bij(wet, nummer))
    assert list(retour.inhoud) == ["Header"]
    header = retour.inhoud["Header"]
    assert codes(header) == []
    assert "XsltVersie" not in header
    over = {**heen.header, "BerichtCode": retour.soort.berichtcode}
    assert {naam: header[naam] for naam in over} == over
    assert (header["IdentificatieRetour"], header["DagtekeningRetour"]) == (
        "A1",
        VERZONDEN,
    )


@pytest.mark.parametrize("nummer", HEEN)
def test_level_2_is_answered_with_a_header_with_0001(nummer: int) -> None:
    fout = {
        301: ("Client/Bsn", "999900007"),
        323: ("Declaratie/Clienten/Client/0/Bsn", "999900007"),
        319: ("Antwoord/VerzoekAntwoord", "2"),
    }.get(nummer, ("Client/Bsn", "999900007"))
    retour = beantwoord(verander(goed("wmo", nummer), dict([fout])), None)
    assert list(retour.inhoud) == ["Header"]
    assert codes(retour.inhoud["Header"]) == ["0001"]
    assert retour.inhoud["Header"]["XsltVersie"] == "1.0.0"


@pytest.mark.parametrize("nummer", HEEN)
def test_a_fault_in_the_header_is_answered_with_the_header_alone(nummer: int) -> None:
    stand = stand_bij("jeugdwet", nummer)
    heen = goed("jeugdwet", nummer)
    stand.identificaties = {(nummer, heen.afzender, "B1")}
    retour = beantwoord(heen, stand)
    assert list(retour.inhoud) == ["Header"]
    assert codes(retour.inhoud["Header"]) == ["9056"]
    assert "XsltVersie" not in retour.inhoud["Header"]


def test_a_fault_in_a_class_gives_the_whole_client_with_a_code_on_each_class() -> None:
    stand = stand_bij("wmo", 301)
    heen = verander(goed("wmo", 301), {f"{TP}/ReferentieAanbieder": "WEET NIET"})
    retour = beantwoord(heen, stand)
    client = retour.inhoud["Client"]
    assert codes(retour.inhoud["Header"]) == ["0200"]
    assert codes(client) == ["0200"]
    assert codes(client["Contactgegevens"]["Contact"][0]) == ["0200"]
    relatie = client["Relaties"]["Relatie"][0]
    assert (codes(relatie), codes(relatie["Contact"])) == (["0200"], ["0200"])
    assert codes(client["ToegewezenProducten"]["ToegewezenProduct"][0]) == ["9379"]

    def zonder(deel: Any) -> Any:
        if isinstance(deel, dict):
            return {k: zonder(v) for k, v in deel.items() if k != "RetourCodes"}
        return [zonder(each) for each in deel] if isinstance(deel, list) else deel

    assert zonder(client) == heen.inhoud["Client"]


def test_of_a_client_who_is_not_known_the_rest_is_not_judged() -> None:
    stand = stand_bij("wmo", 317)
    stand.alle_toewijzingen = []
    client = beantwoord(goed("wmo", 317), stand).inhoud["Client"]
    assert codes(client) == ["8187"]
    assert codes(client["Verzoek"]) == ["0233"]
    nieuw = client["Verzoek"]["NieuweProducten"]["NieuwProduct"][0]
    assert codes(nieuw) == ["0233"]


def test_two_faults_give_each_class_its_own_code() -> None:
    stand = stand_bij("wmo", 317)
    heen = verander(
        goed("wmo", 317),
        {
            f"{VZ}/OngewijzigdeProducten/OngewijzigdProduct/0/ToewijzingNummer": 5,
            f"{WP}/GewensteIngangsdatum": date(2026, 5, 1),
        },
    )
    verzoek = beantwoord(heen, stand).inhoud["Client"]["Verzoek"]
    assert codes(verzoek) == ["9349"]
    assert codes(verzoek["OngewijzigdeProducten"]["OngewijzigdProduct"][0]) == ["9350"]
    assert codes(verzoek["TeWijzigenProducten"]["TeWijzigenProduct"][0]) == ["9357"]
    assert codes(verzoek["NieuweProducten"]["NieuwProduct"][0]) == ["0200"]


def test_an_answer_to_a_request_comes_back_with_the_code_on_it() -> None:
    stand = stand_bij("jeugdwet", 319)
    stand.alle_verzoeken = []
    antwoord_ = beantwoord(goed("jeugdwet", 319), stand).inhoud["Antwoord"]
    assert codes(antwoord_) == ["9355"]
    assert codes(antwoord_["Woonplaatsbeginsel"]) == ["0200"]


def _declaratieantwoord(stand: GeheugenStand, **anders: Any) -> tuple[Velden, Velden]:
    heen = verander(goed("wmo", 323), anders)
    gemaakt = beantwoord(heen, stand)
    header = gemaakt.inhoud["Header"]
    assert (header["Afzender"], header["Ontvanger"]) == ("0384", "65656055")
    assert header["BerichtIdentificatie"] == {
        "Identificatie": "A1",
        "Dagtekening": VERZONDEN,
    }
    assert header["DeclaratieIdentificatie"] == heen.header["BerichtIdentificatie"]
    return header, gemaakt.inhoud["DeclaratieAntwoord"]


def _bedragen(deel: Velden) -> tuple[int, str, int, str]:
    ingediend, toegekend = deel["TotaalIngediendBedrag"], deel["TotaalToegekendBedrag"]
    return (
        ingediend["TotaalBedrag"],
        ingediend["DebetCredit"],
        toegekend["TotaalBedrag"],
        toegekend["DebetCredit"],
    )


def test_a_right_invoice_is_granted_as_a_whole() -> None:
    header, deel = _declaratieantwoord(stand_bij("wmo", 323))
    assert (codes(header), codes(deel)) == (["0200"], ["8001"])
    assert _bedragen(deel) == (10000, "D", 10000, "D")
    assert "Clienten" not in deel


def test_an_invoice_number_that_came_before_grants_nothing() -> None:
    stand = stand_bij("wmo", 323)
    stand.declaratienummers = {"DN001"}
    header, deel = _declaratieantwoord(stand)
    assert (codes(header), codes(deel)) == (["0200"], ["9333"])
    assert _bedragen(deel) == (10000, "D", 0, "D")
    assert "Clienten" not in deel


def test_only_refused_lines_come_back_and_the_rest_is_granted() -> None:
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen[1] = replace(
        stand.alle_toewijzingen[1], code="XX", volume=1
    )
    header, deel = _declaratieantwoord(stand)
    assert (codes(header), codes(deel)) == (["0200"], ["0200"])
    assert _bedragen(deel) == (10000, "D", 5000, "D")
    (client,) = deel["Clienten"]["Client"]
    assert (client["Bsn"], codes(client)) == (BSN, ["0200"])
    (prestatie,) = client["Prestaties"]["Prestatie"]
    assert prestatie["ProductReferentie"] == {"ReferentieNummer": "P2"}
    assert codes(prestatie) == ["9321", "9340"]


def test_of_a_client_who_is_not_known_all_lines_come_back_unjudged() -> None:
    stand = stand_bij("wmo", 323)
    del stand.alle_toewijzingen[3]
    _, deel = _declaratieantwoord(stand)
    assert _bedragen(deel) == (10000, "D", 5000, "D")
    (client,) = deel["Clienten"]["Client"]
    assert (client["Bsn"], codes(client)) == (ANDER_BSN, ["8187"])
    assert [codes(each) for each in client["Prestaties"]["Prestatie"]] == [["0233"]]


def test_when_only_the_credit_is_left_the_grant_is_a_credit() -> None:
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen = [
        replace(each, categorie="99") for each in stand.alle_toewijzingen
    ]
    _, deel = _declaratieantwoord(stand)
    assert _bedragen(deel) == (10000, "D", 5000, "C")


def test_a_refused_credit_leaves_more_to_grant() -> None:
    stand = stand_bij("wmo", 323)
    stand.alle_prestaties = []
    _, deel = _declaratieantwoord(stand)
    assert _bedragen(deel) == (10000, "D", 15000, "D")


def test_no_answer_to_an_answer_nor_to_a_fault_against_the_schema() -> None:
    with pytest.raises(ValueError, match="answer itself"):
        antwoord(
            goed("wmo", 325),
            Oordeel("goedgekeurd"),
            identificatie="A",
            dagtekening=TOEN,
        )
    oordeel = keur(b"<x/>", stand=None, vandaag=TOEN)
    assert oordeel.oordeel == "onleesbaar"
    assert not oordeel.te_beantwoorden
    with pytest.raises(ValueError, match="schema"):
        antwoord(goed("wmo", 301), oordeel, identificatie="A", dagtekening=TOEN)


@pytest.mark.parametrize(
    "geval", [each for each in GEVALLEN if each.nummer != 325], ids=str
)
def test_every_verdict_has_a_valid_answer(geval: Geval) -> None:
    stand = stand_bij("wmo", geval.nummer)
    for naam, waarde in geval.stand.items():
        was = getattr(stand, naam)
        setattr(stand, naam, waarde(was, "wmo") if callable(waarde) else waarde)
    bericht = verander(goed("wmo", geval.nummer), geval.bericht)
    gemaakt = beantwoord(bericht, stand)
    if not geval.codes:
        return
    alles = str(gemaakt.inhoud)
    from samenloop.berichten.regels import alle_regels

    for code in geval.codes.split():
        assert alle_regels()[code].retourcode in alles


@settings(max_examples=60, deadline=None)
@given(bericht=berichten(), vol=st.booleans())
def test_whatever_holds_to_the_schema_is_judged_and_answered(
    bericht: Bericht, vol: bool
) -> None:
    stand = stand_bij("wmo", 323) if vol else None
    oordeel = beoordeel(bericht, stand=stand, vandaag=TOEN)
    assert oordeel.oordeel in {"goedgekeurd", "afgekeurd", "deels"}
    if bericht.soort.is_antwoord:
        return
    gemaakt = antwoord(bericht, oordeel, identificatie="A1", dagtekening=VERZONDEN)
    assert lees(schrijf(gemaakt)).inhoud == gemaakt.inhoud


def test_a_refused_line_takes_nothing_of_what_was_granted() -> None:
    """The amounts of PR are 50 euros each, on an allocation of 90 for the first."""
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen[0] = replace(
        stand.alle_toewijzingen[0], volume=None, eenheid=None, budget=9000, code=None
    )
    heen = verander(
        goed("wmo", 323),
        {
            f"{PR}/0/ProductTarief": 1,  # refused: not the tariff of the contract
            f"{PR}/1/ToewijzingNummer": 10071,
            f"{PR}/1/ProductCode": "02A04",
        },
    )
    oordeel = beoordeel(heen, stand=stand, vandaag=TOEN)
    assert [(each.regel, each.pad[-12:]) for each in oordeel.fouten] == [
        ("TR418", "roductTarief")
    ]
