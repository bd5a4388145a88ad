"""Lines of one invoice follow on each other: credits first, and each takes its part."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.keuren import beoordeel
from samenloop.berichten.regels.stand import StandContractproduct
from tests.berichten.gevallen import DE, PR, verander
from tests.berichten.goede_berichten import TOEN, goed
from tests.berichten.stand_maken import APRIL, MAART, prestatie, stand_bij

_TOTAAL = f"{DE}/TotaalIngediendBedrag/TotaalBedrag"
_VAN_P1 = {"nummer": 10071, "begin": APRIL[0], "eind": APRIL[1]}


def fouten(stand: GeheugenStand, **anders: Any) -> list[str]:
    """The codes, with the line they are about."""
    bericht = verander(goed("wmo", 323), anders)
    oordeel = beoordeel(bericht, stand=stand, vandaag=TOEN)
    return [
        f"{each.regel}@{each.pad.split('Prestatie[')[-1].split(']')[0]}"
        for each in oordeel.fouten
    ]


def _debet_na_credit() -> dict[str, Any]:
    """The first line again for the month that the third line credits."""
    return {
        f"{PR}/0/ToewijzingNummer": 10073,
        f"{PR}/0/ProductPeriode": {"Begindatum": MAART[0], "Einddatum": MAART[1]},
    }


def test_a_new_debit_is_right_after_the_credit_also_when_it_stands_before_it() -> None:
    assert fouten(stand_bij("wmo", 323), **_debet_na_credit()) == []


def test_a_new_debit_without_the_credit_is_refused() -> None:
    stand = stand_bij("wmo", 323)
    stand.alle_prestaties.append(prestatie("wmo", "OUD9", **_VAN_P1))
    assert fouten(stand) == ["TR389@1"]


def test_a_credit_that_is_refused_makes_no_room() -> None:
    stand = stand_bij("wmo", 323)
    credit = prestatie("wmo", "OUD2", debet=False, vorige="OUD1")
    opnieuw = prestatie("wmo", "OUD3")
    stand.alle_prestaties += [credit, opnieuw]
    assert fouten(stand, **_debet_na_credit()) == ["TR389@1", "TR390@3"]


def test_a_credit_gives_back_volume_and_budget() -> None:
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen = [
        replace(each, volume=4, frequentie="6") if each.nummer == 10073 else each
        for each in stand.alle_toewijzingen
    ]
    assert fouten(stand, **_debet_na_credit()) == []
    stand.alle_toewijzingen = [
        replace(each, volume=3, frequentie="6") if each.nummer == 10073 else each
        for each in stand.alle_toewijzingen
    ]
    assert fouten(stand, **_debet_na_credit()) == ["TR321@1", "TR322@1"]


@pytest.mark.parametrize(("eerder", "verwacht"), [(4, []), (5, ["TR322@1"])])
def test_a_credit_gives_back_what_its_debit_took_whatever_it_says_itself(
    eerder: int, verwacht: list[str]
) -> None:
    """In the same message, and when it was granted before."""
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen = [
        replace(each, volume=8, frequentie="6") if each.nummer == 10073 else each
        for each in stand.alle_toewijzingen
    ]
    stand.alle_prestaties.append(
        prestatie("wmo", "OUD9", begin=APRIL[0], eind=APRIL[1], volume=eerder)
    )
    groot = {
        **_debet_na_credit(),
        f"{PR}/2/GeleverdVolume": 1000,
        f"{PR}/2/ProductTarief": 5,
    }
    assert fouten(stand, **groot) == verwacht
    stand.alle_prestaties.append(
        prestatie("wmo", "OUD2", debet=False, vorige="OUD1", volume=900)
    )
    los = {
        f"{PR}/0/ToewijzingNummer": 10073,
        f"{PR}/2/ProductReferentie/VorigReferentieNummer": "OUD9",
    }
    vol = prestatie("wmo", "OUD8", begin=date(2026, 5, 1), eind=date(2026, 5, 31))
    stand.alle_prestaties.append(replace(vol, volume=eerder))
    assert fouten(stand, **los) == verwacht


@pytest.mark.parametrize(("gebruikt", "verwacht"), [(12, []), (24, ["TR322@1"])])
def test_an_older_month_is_set_right_beside_what_later_months_took(
    gebruikt: int, verwacht: list[str]
) -> None:
    """Without an end the total grows up to the month of the invoice."""
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen = [
        replace(each, eind=None) if each.nummer == 10071 else each
        for each in stand.alle_toewijzingen
    ]
    stand.alle_prestaties.append(
        prestatie("wmo", "OUD9", **{**_VAN_P1, "volume": gebruikt})
    )
    maart = {f"{PR}/0/ProductPeriode": {"Begindatum": MAART[0], "Einddatum": MAART[1]}}
    assert fouten(stand, **maart) == verwacht


def test_a_credit_is_never_held_against_the_allocation() -> None:
    """It is the provider's own: not the period, the product nor the removal counts."""
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen = [
        replace(
            each,
            categorie="99",
            code="XX",
            eenheid="16",
            ingang=APRIL[0],
            eind=APRIL[0],
            reden_wijziging="13",
        )
        if each.nummer == 10073
        else each
        for each in stand.alle_toewijzingen
    ]
    assert fouten(stand) == []


def test_lines_of_one_message_count_together_and_the_last_is_refused() -> None:
    stand = stand_bij("wmo", 323)
    stand.alle_toewijzingen = [
        replace(each, code=None, volume=None, eenheid=None, budget=9000)
        if each.nummer == 10071
        else each
        for each in stand.alle_toewijzingen
    ]
    samen = {f"{PR}/1/ToewijzingNummer": 10071, f"{PR}/1/ProductCode": "02A04"}
    assert fouten(stand, **samen) == ["TR369@2"]


def test_minutes_count_on_an_allocation_in_hours() -> None:
    stand = stand_bij("wmo", 323)
    minuten = {
        f"{PR}/0/Eenheid": "01",
        f"{PR}/0/GeleverdVolume": 720,
        f"{PR}/0/ProductTarief": 21,
        f"{PR}/0/IngediendBedrag/Bedrag": 15000,
        _TOTAAL: 20000,
    }
    assert fouten(stand, **minuten) == []
    meer = {**minuten, f"{PR}/0/GeleverdVolume": 721}
    assert fouten(stand, **meer) == ["TR321@1"]


@pytest.mark.parametrize(("bedrag", "goed_"), [(15000, True), (15120, False)])
def test_minutes_are_paid_by_the_tariff_per_hour_unrounded(
    bedrag: int, goed_: bool
) -> None:
    """720 minutes of 12.50 an hour are 150 euros, and not 720 times 21 cents."""
    regels = {
        f"{PR}/0/Eenheid": "01",
        f"{PR}/0/GeleverdVolume": 720,
        f"{PR}/0/ProductTarief": 21,
        f"{PR}/0/IngediendBedrag/Bedrag": bedrag,
        _TOTAAL: 5000 + bedrag,
    }
    stand = stand_bij("wmo", 323)
    assert fouten(stand, **regels) == ([] if goed_ else ["TR346@1"])


def test_a_tariff_that_changes_counts_by_the_first_day_of_the_period() -> None:
    stand = stand_bij("wmo", 323)
    stand.contract = [
        StandContractproduct("02", "02A03", "04", 1200, eind=MAART[1]),
        StandContractproduct("02", "02A03", "04", 1250, ingang=APRIL[0]),
    ]
    assert fouten(stand) == []
    stand.contract[1] = replace(stand.contract[1], tarief=1300)
    assert fouten(stand) == ["TR418@1", "TR418@2", "TR418@1"]


def test_level_4_of_a_line_waits_for_level_3_of_that_line_alone() -> None:
    stand = stand_bij("wmo", 323)
    anders = {
        f"{PR}/0/GeleverdVolume": 5,  # wrong amount: level 4
        f"{PR}/1/GeleverdVolume": 5,
        f"{PR}/1/ProductTarief": 1251,  # wrong tariff: level 3
    }
    assert fouten(stand, **anders) == ["TR346@1", "TR418@2"]


def test_a_fault_on_the_invoice_leaves_the_lines_unjudged() -> None:
    stand = stand_bij("wmo", 323)
    stand.declaratienummers = {"DN001"}
    bericht = verander(goed("wmo", 323), {f"{PR}/1/ToewijzingNummer": 5})
    oordeel = beoordeel(bericht, stand=stand, vandaag=TOEN)
    assert (oordeel.oordeel, [each.regel for each in oordeel.fouten]) == (
        "afgekeurd",
        ["TR333"],
    )


def test_no_rule_on_a_line_asks_for_a_start_or_stop() -> None:
    class Doof(GeheugenStand):
        def regie(self, wet: str, aanbieder: str, bsn: str) -> list[Any]:
            raise AssertionError("OP364")

    van = stand_bij("wmo", 323)
    stand = Doof(
        alle_toewijzingen=van.alle_toewijzingen,
        alle_prestaties=van.alle_prestaties,
        contract=van.contract,
    )
    assert fouten(stand) == []


def test_what_is_held_is_asked_for_a_few_times_for_the_whole_message() -> None:
    class Teller(GeheugenStand):
        keren = 0

        def __getattribute__(self, naam: str) -> Any:
            waarde = super().__getattribute__(naam)
            if callable(waarde) and not naam.startswith("_"):
                type(self).keren += 1
            return waarde

    def keren(regels: int) -> int:
        van = stand_bij("wmo", 323)
        Teller.keren = 0
        stand = Teller(
            alle_toewijzingen=van.alle_toewijzingen,
            alle_prestaties=van.alle_prestaties,
            contract=van.contract,
        )
        bericht = goed("wmo", 323)
        rij = bericht.inhoud["Declaratie"]["Clienten"]["Client"][0]["Prestaties"]
        eerste = rij["Prestatie"][0]
        for nummer in range(regels):
            extra = {
                **eerste,
                "ProductReferentie": {"ReferentieNummer": f"X{nummer}"},
                "ToewijzingNummer": 20_000 + nummer,
            }
            rij["Prestatie"].append(extra)
        totaal = bericht.inhoud["Declaratie"]["TotaalIngediendBedrag"]
        totaal["TotaalBedrag"] += regels * 5000
        beoordeel(bericht, stand=stand, vandaag=TOEN)
        return Teller.keren

    assert keren(1) == keren(200) > 0
