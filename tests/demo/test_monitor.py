"""Every published cell through the real check and the real computation."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samenloop.monitor import cijfers, keuring
from samenloop.monitor.uitkomst import Kwartaal, Monitor
from tests.demo.conftest import gepubliceerd

PEILDATA = ("2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31")
NAMEN = {
    "GM0005": "Bedum",
    "GM0053": "Winsum",
    "GM1651": "Eemsmond",
    "GM1663": "De Marne",
    "Totaal": "Totaal",
}


@pytest.fixture(scope="module")
def monitor(leveringmap: Path) -> Iterator[Monitor]:
    with keuring.keur([leveringmap]) as gekeurd:
        yield cijfers.bereken(
            gekeurd.tabellen,
            Kwartaal.lees("2017Q4"),
            kwaliteit=gekeurd.kwaliteit,
            invoer=gekeurd.invoer,
            toelichting=gekeurd.toelichting,
        )


def cellen(monitor: Monitor, tabel: str) -> dict[tuple[Any, ...], Any]:
    """Return the values of one table by the dimensions together."""
    return {rij[:-1]: rij[-1] for rij in monitor.tabellen[tabel].rijen}


def test_no_row_is_refused_and_stocks_and_flows_balance(monitor: Monitor) -> None:
    for telling in monitor.kwaliteit.tellingen:
        assert telling.gelezen == telling.aanvaard > 0
        assert telling.afgekeurd == 0
    assert not monitor.onbalans
    assert not monitor.afwezig


@pytest.mark.parametrize("wet", ["jeugdwet", "wmo"])
def test_provisions_by_kind(monitor: Monitor, wet: str) -> None:
    inhoud = gepubliceerd(f"{wet}-2017q4")
    geteld = cellen(monitor, "actieve-voorzieningen-soort")
    verwacht = {
        (wet, vorm, naam, dag): aantal
        for vorm, soorten in inhoud["soorten"].items()
        for naam, standen in soorten.items()
        for dag, aantal in zip(PEILDATA, standen, strict=True)
    }
    verwacht |= {
        (wet, "Totaal", "Totaal", dag): aantal
        for dag, aantal in zip(PEILDATA, inhoud["totaal"], strict=True)
    }
    assert {cel: geteld.get(cel) for cel in verwacht} == verwacht
    # Nothing besides what was published, but for the sum over both forms.
    assert {
        cel for cel, n in geteld.items() if n and cel[0] == wet and cel[1] != "Totaal"
    } == {cel for cel, n in verwacht.items() if n and cel[1] != "Totaal"}


@pytest.mark.parametrize("wet", ["jeugdwet", "wmo"])
def test_provisions_by_municipality(monitor: Monitor, wet: str) -> None:
    inhoud = gepubliceerd(f"{wet}-2017q4")
    geteld = cellen(monitor, "actieve-voorzieningen-gemeente")
    vormen = inhoud["gemeenten"] | {"Totaal": inhoud["totaal_gemeenten"]}
    for vorm, gemeenten in vormen.items():
        for code, standen in gemeenten.items():
            assert [geteld[wet, vorm, NAMEN[code], dag] for dag in PEILDATA] == standen


def test_the_client_without_municipality_is_shown_as_unknown(monitor: Monitor) -> None:
    geteld = cellen(monitor, "actieve-voorzieningen-gemeente")
    assert [geteld["jeugdwet", "zin", "onbekend", dag] for dag in PEILDATA] == [
        1, 1, 0, 0,
    ]  # fmt: skip
    assert not any(
        n for cel, n in geteld.items() if cel[0] == "wmo" and "onbekend" in cel
    )


@pytest.mark.parametrize("wet", ["jeugdwet", "wmo"])
def test_clients(monitor: Monitor, wet: str) -> None:
    geteld = cellen(monitor, "klanten")
    for maat, gemeenten in gepubliceerd(f"{wet}-2017q4")["klanten"].items():
        for code, aantal in gemeenten.items():
            assert geteld[wet, NAMEN[code], maat, PEILDATA[-1]] == aantal


def test_share_of_households(monitor: Monitor) -> None:
    inhoud = gepubliceerd("wmo-2017q4")["aandeel_huishoudens"]
    geteld = cellen(monitor, "aandeel-huishoudens")
    deel = {code: geteld["wmo", NAMEN[code], PEILDATA[-1]] for code in NAMEN}
    assert deel["Totaal"] == inhoud["Totaal"]
    assert all(deel[code] > inhoud["Totaal"] for code in inhoud["hoger"])
    assert all(deel[code] < inhoud["Totaal"] for code in inhoud["lager"])


@pytest.mark.parametrize(
    ("tabel", "veld"),
    [
        ("caseload", "caseload"),
        ("nieuwe-casussen", "nieuw"),
        ("afgeronde-casussen", "afgerond"),
    ],
)
def test_cases(monitor: Monitor, tabel: str, veld: str) -> None:
    geteld = cellen(monitor, tabel)
    for soort, gemeenten in gepubliceerd("casussen-2017q4")[veld].items():
        for code, aantal in gemeenten.items():
            assert geteld[NAMEN[code], soort] == aantal


def test_benefits(monitor: Monitor) -> None:
    stand = gepubliceerd("participatiewet-2017")["uitkeringen"]
    standen = cellen(monitor, "uitkeringen")
    stroom = cellen(monitor, "in-en-uitstroom")
    assert standen["Totaal", "2016Q4"] == stand["begin"]
    assert standen["Totaal", "2017Q4"] == stand["eind"]
    for richting in ("instroom", "uitstroom"):
        assert stroom["Totaal", richting, "Totaal", "Totaal"] == stand[richting]


def test_outflow_to_work(monitor: Monitor) -> None:
    geteld = cellen(monitor, "uitstroom-naar-werk")
    for code, maten in gepubliceerd("participatiewet-2017")["naar_werk"].items():
        for maat, per_spoor in maten.items():
            factor = 1 if maat == "personen" else 100
            for spoor, waarde in zip("123", per_spoor, strict=True):
                assert geteld[NAMEN[code], spoor, maat] == factor * waarde


def test_budget(monitor: Monitor) -> None:
    inhoud = gepubliceerd("buig-2017")
    geteld = cellen(monitor, "begroting")
    for code, posten in inhoud["posten"].items():
        for post, waarden in posten.items():
            for versie, waarde in zip(
                (*inhoud["versies"], "verschil"), waarden, strict=True
            ):
                assert geteld[NAMEN[code], post, versie] == 100 * waarde
