"""Every published cell, counted again from the delivered rows in plain Python.

The counting here follows the definitions of the basisset and shares nothing with the
generator nor with the monitor.
"""

from collections import defaultdict

import pytest

from tests.demo.conftest import Rijen, gepubliceerd

WETTEN = ("jeugdwet", "wmo")
PEILDATA = ("2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31")
LAATSTE = PEILDATA[-1]
VORIGE = PEILDATA[-2]
BEGIN_JAAR = "2016-12-31"


def loopt(rij: dict[str, str], dag: str) -> bool:
    return rij["startdatum"] <= dag and (
        not rij["einddatum"] or rij["einddatum"] >= dag
    )


def begon(rij: dict[str, str], na: str, tot: str) -> bool:
    return na < rij["startdatum"] <= tot


def vertrok(rij: dict[str, str], na: str, tot: str) -> bool:
    """The last day in force is einddatum, so one leaves the day after."""
    return bool(rij["einddatum"]) and na <= rij["einddatum"] < tot


@pytest.fixture(scope="session")
def namen(rijen: Rijen) -> dict[tuple[str, str], tuple[str, ...]]:
    """Per wet and kind: its name and the names of the kinds it is part of."""
    boek = {(s["wet"], s["soort"]): s for s in rijen["soorten"]}
    paden = {}
    for (wet, code), soort in boek.items():
        pad = [soort["naam"]]
        while soort["ouder"]:
            soort = boek[wet, soort["ouder"]]
            pad.append(soort["naam"])
        paden[wet, code] = tuple(pad)
    return paden


@pytest.mark.parametrize("wet", WETTEN)
def test_stock_by_kind_and_form(
    rijen: Rijen, namen: dict[tuple[str, str], tuple[str, ...]], wet: str
) -> None:
    inhoud = gepubliceerd(f"{wet}-2017q4")
    assert tuple(inhoud["peildata"]) == PEILDATA
    geteld: dict[tuple[str, str, str], int] = defaultdict(int)
    for rij in rijen["voorzieningen"]:
        for dag in PEILDATA:
            if rij["wet"] == wet and loopt(rij, dag):
                for naam in (*namen[wet, rij["soort"]], "Totaal"):
                    geteld[rij["vorm"], naam, dag] += 1
    verwacht = {
        (vorm, naam, dag): aantal
        for vorm, soorten in inhoud["soorten"].items()
        for naam, standen in soorten.items()
        for dag, aantal in zip(PEILDATA, standen, strict=True)
    }
    assert {cel: n for cel, n in geteld.items() if n} == {
        cel: n for cel, n in verwacht.items() if n
    }
    for i, dag in enumerate(PEILDATA):
        assert (
            sum(geteld[vorm, "Totaal", dag] for vorm in ("pgb", "zin"))
            == inhoud["totaal"][i]
        )


@pytest.mark.parametrize("wet", WETTEN)
def test_stock_by_municipality_and_form(rijen: Rijen, wet: str) -> None:
    inhoud = gepubliceerd(f"{wet}-2017q4")
    geteld: dict[tuple[str, str, str], int] = defaultdict(int)
    for rij in rijen["voorzieningen"]:
        for dag in PEILDATA:
            if rij["wet"] == wet and loopt(rij, dag):
                for gemeente in (rij["gemeente"], "Totaal"):
                    geteld[rij["vorm"], gemeente, dag] += 1
    for vorm, gemeenten in inhoud["gemeenten"].items():
        for gemeente, standen in gemeenten.items():
            assert [geteld[vorm, gemeente, dag] for dag in PEILDATA] == standen
    for gemeente, standen in inhoud["totaal_gemeenten"].items():
        assert [
            geteld["pgb", gemeente, dag] + geteld["zin", gemeente, dag]
            for dag in PEILDATA
        ] == standen


def test_one_client_without_municipality_in_march_and_june(rijen: Rijen) -> None:
    zonder = [rij for rij in rijen["voorzieningen"] if not rij["gemeente"]]
    assert [(rij["wet"], rij["vorm"]) for rij in zonder] == [("jeugdwet", "zin")]
    assert [loopt(zonder[0], dag) for dag in PEILDATA] == [True, True, False, False]


@pytest.mark.parametrize("wet", WETTEN)
def test_clients_households_and_provisions(rijen: Rijen, wet: str) -> None:
    klanten = gepubliceerd(f"{wet}-2017q4")["klanten"]
    actief = [
        rij
        for rij in rijen["voorzieningen"]
        if rij["wet"] == wet and loopt(rij, LAATSTE)
    ]
    for gemeente in klanten["clienten"]:
        hier = [rij for rij in actief if gemeente in (rij["gemeente"], "Totaal")]
        assert len({rij["client"] for rij in hier}) == klanten["clienten"][gemeente]
        assert (
            len({rij["huishouden"] for rij in hier}) == klanten["huishoudens"][gemeente]
        )
        assert len(hier) == klanten["voorzieningen"][gemeente]


def test_share_of_households_with_wmo(rijen: Rijen) -> None:
    aandeel = gepubliceerd("wmo-2017q4")["aandeel_huishoudens"]
    gemeenten = {rij["gemeente"]: int(rij["huishoudens"]) for rij in rijen["gemeenten"]}
    actief: dict[str, set[str]] = defaultdict(set)
    for rij in rijen["voorzieningen"]:
        if rij["wet"] == "wmo" and loopt(rij, LAATSTE):
            actief[rij["gemeente"]].add(rij["huishouden"])
    totaal = len(set().union(*actief.values()))
    procent = {
        code: round(100 * len(actief[code]) / aantal, 1)
        for code, aantal in gemeenten.items()
    }
    assert round(100 * totaal / sum(gemeenten.values()), 1) == aandeel["Totaal"]
    hoger = {code for code, deel in procent.items() if deel > aandeel["Totaal"]}
    lager = {code for code, deel in procent.items() if deel < aandeel["Totaal"]}
    assert hoger == set(aandeel["hoger"])
    assert lager == set(aandeel["lager"])


def test_caseload_new_and_closed_cases(rijen: Rijen) -> None:
    inhoud = gepubliceerd("casussen-2017q4")
    telling = {
        "caseload": lambda rij: loopt(rij, LAATSTE),
        "nieuw": lambda rij: begon(rij, VORIGE, LAATSTE),
        "afgerond": lambda rij: vertrok(rij, VORIGE, LAATSTE),
    }
    for tabel, telt in telling.items():
        perioden = [rij for rij in rijen["casussen"] if telt(rij)]
        for soort, gemeenten in inhoud[tabel].items():
            for gemeente, aantal in gemeenten.items():
                cel = [
                    rij["casus"]
                    for rij in perioden
                    if soort in (rij["type"], "Totaal")
                    and gemeente in (rij["gemeente"], "Totaal")
                ]
                # As rows and as cases, so either way of counting agrees.
                assert len(cel) == len(set(cel)) == aantal, (tabel, soort, gemeente)


def test_benefits_in_and_out_over_the_year(rijen: Rijen) -> None:
    stand = gepubliceerd("participatiewet-2017")["uitkeringen"]
    uitkeringen = rijen["uitkeringen"]
    assert sum(loopt(rij, BEGIN_JAAR) for rij in uitkeringen) == stand["begin"]
    assert sum(loopt(rij, LAATSTE) for rij in uitkeringen) == stand["eind"]
    assert (
        sum(begon(rij, BEGIN_JAAR, LAATSTE) for rij in uitkeringen) == stand["instroom"]
    )
    assert (
        sum(vertrok(rij, BEGIN_JAAR, LAATSTE) for rij in uitkeringen)
        == stand["uitstroom"]
    )


def test_benefits_over_the_tracks(rijen: Rijen) -> None:
    procent = gepubliceerd("participatiewet-2017")["spoorverdeling_procent"]["2017"]
    lopend = [rij["spoor"] for rij in rijen["uitkeringen"] if loopt(rij, LAATSTE)]
    assert [round(100 * lopend.count(s) / len(lopend)) for s in "123"] == procent


def test_outflow_to_work_with_costs(rijen: Rijen) -> None:
    naar_werk = gepubliceerd("participatiewet-2017")["naar_werk"]
    werk = [
        rij
        for rij in rijen["uitkeringen"]
        if rij["reden_einde"] == "werk" and vertrok(rij, BEGIN_JAAR, LAATSTE)
    ]
    trajecten = [
        rij for rij in rijen["trajecten"] if BEGIN_JAAR < rij["datum"] <= LAATSTE
    ]
    assert len(werk) == len({rij["client"] for rij in werk}) == 174
    for gemeente, maten in naar_werk.items():
        for i, spoor in enumerate("123"):
            assert maten["personen"][i] == len(
                {
                    rij["client"]
                    for rij in werk
                    if rij["spoor"] == spoor and gemeente in (rij["gemeente"], "Totaal")
                }
            )
            for maat in ("trajectkosten", "loonkostensubsidie"):
                centen = sum(
                    int(rij[maat])
                    for rij in trajecten
                    if rij["spoor"] == spoor and gemeente in (rij["gemeente"], "Totaal")
                )
                assert centen == 100 * maten[maat][i], (gemeente, spoor, maat)


def test_buig_budget_and_difference(rijen: Rijen) -> None:
    inhoud = gepubliceerd("buig-2017")
    versies = inhoud["versies"]
    bedragen: dict[tuple[str, str, str], int] = defaultdict(int)
    for rij in rijen["begroting"]:
        assert rij["jaar"] == str(inhoud["jaar"])
        for gemeente in (rij["gemeente"], "Totaal"):
            bedragen[gemeente, rij["post"], rij["versie"]] += int(rij["bedrag"])
    volgorde = list(dict.fromkeys(rij["versie"] for rij in rijen["begroting"]))
    assert volgorde == versies
    for gemeente, posten in inhoud["posten"].items():
        for post, waarden in posten.items():
            eerst, laatst = (bedragen[gemeente, post, versie] for versie in versies)
            assert [eerst, laatst, laatst - eerst] == [100 * w for w in waarden]
