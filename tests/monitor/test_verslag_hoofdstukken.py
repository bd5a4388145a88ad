"""Chapters come out of any monitor, whatever it holds."""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.monitor.uitkomst import (
    Kwaliteit,
    Kwartaal,
    Monitor,
    Onbalans,
    Status,
)
from samenloop.monitor.verslag import hoofdstukken, html
from samenloop.monitor.verslag.structuur import (
    Gegevenstabel,
    Grafiek,
    Hoofdstuk,
    Onderdeel,
)
from tests.monitor.voorbeeld import PEILDATA, monitor, tabel


def _leeg(**anders: object) -> Monitor:
    gegevens: dict = {
        "kwartaal": "2017Q4",
        "peildata": list(PEILDATA),
        "regio": "",
        "gemeenten": ["A"],
        "status": Status.DEFINITIEF,
        "bekend_op": "2018-02-01",
        "geleverd": ["A"],
        "tabellen": {},
        "afwezig": {},
        "kwaliteit": Kwaliteit(),
    }
    return Monitor(**{**gegevens, **anders})


def _onderdelen(delen: list[Hoofdstuk]) -> Iterator[Onderdeel]:
    for hoofdstuk in delen:
        yield from hoofdstuk.onderdelen


def _tabellen(delen: list[Hoofdstuk]) -> Iterator[Gegevenstabel]:
    for onderdeel in _onderdelen(delen):
        yield from onderdeel.tabellen


def _svgs(delen: list[Hoofdstuk]) -> Iterator[str]:
    for hoofdstuk in delen:
        for cijfer in hoofdstuk.kerncijfers:
            if cijfer.svg:
                yield cijfer.svg
        for onderdeel in hoofdstuk.onderdelen:
            grafiek: Grafiek | None = onderdeel.grafiek
            if grafiek:
                yield from grafiek.svgs
                yield from (deel.svg for deel in grafiek.sleutel)
            for gegevens in onderdeel.tabellen:
                for rij in gegevens.rijen:
                    yield from (cel.svg for cel in rij.cellen if cel.svg)


def _klopt(delen: list[Hoofdstuk]) -> None:
    """Hold what always holds: whole tables, unique ids, safe and sound drawings."""
    for gegevens in _tabellen(delen):
        breed = {len(rij.cellen) for rij in gegevens.rijen}
        assert breed <= {len(gegevens.kolommen)}, gegevens.id
    ids = [deel.id for deel in delen]
    ids += [deel.id for deel in _onderdelen(delen)]
    ids += [deel.id for deel in _tabellen(delen)]
    for svg in _svgs(delen):
        ElementTree.fromstring(svg)
        ids += re.findall(r'\bid="([^"]+)"', svg)
        assert "style=" not in svg
        assert "nan" not in svg.lower().split("<title")[0]
    assert len(ids) == len(set(ids))


def test_chapters_of_the_region_in_order() -> None:
    delen = hoofdstukken.bouw(monitor())
    assert [deel.id for deel in delen] == [
        "kort",
        "jeugdwet",
        "casussen",
        "wmo",
        "participatiewet",
        "financien",
        "stapeling",
        "stroom",
        "bezwaren",
        "kwaliteit",
    ]
    _klopt(delen)
    for onderdeel in _onderdelen(delen):
        assert onderdeel.zinnen, onderdeel.id


def test_english_has_no_dutch_sentence_left() -> None:
    delen = hoofdstukken.bouw(monitor(), "en")
    _klopt(delen)
    tekst = " ".join(zin for deel in _onderdelen(delen) for zin in deel.zinnen)
    for woord in (" sinds ", " liepen ", " minder ", " het ", " naar gemeente"):
        assert woord not in tekst.lower()


def test_remarks_and_reasons_are_told_in_the_language_of_the_report() -> None:
    m = monitor()
    del m.tabellen["begroting"]
    m.afwezig["begroting"], m.afwezig_en["begroting"] = "geen bestand", "no file"
    m.opmerkingen, m.opmerkingen_en = ["Let op."], ["Mind this."]
    for taal, opmerking, reden in (
        ("nl", "Let op.", "geen bestand"),
        ("en", "Mind this.", "no file"),
    ):
        delen = hoofdstukken.bouw(m, taal)
        assert [zin for deel in delen for zin in deel.opmerkingen] == [opmerking]
        assert [weg.reden for deel in delen for weg in deel.afwezig] == [reden]


def test_what_is_absent_is_named_with_its_reason() -> None:
    m = monitor()
    for naam in ("begroting", "bezwaren", "caseload", "uitkeringen"):
        del m.tabellen[naam]
        m.afwezig[naam] = f"het bestand voor {naam} is niet geleverd"
    delen = hoofdstukken.bouw(m)
    _klopt(delen)
    redenen = {
        weg.tabel: (hoofdstuk.id, weg.reden)
        for hoofdstuk in delen
        for weg in hoofdstuk.afwezig
    }
    assert redenen["begroting"] == (
        "financien",
        "het bestand voor begroting is niet geleverd",
    )
    assert redenen["uitkeringen"][0] == "participatiewet"
    assert set(redenen) == {"begroting", "bezwaren", "caseload", "uitkeringen"}


def test_monitor_without_any_table_still_says_why() -> None:
    m = _leeg(afwezig={"klanten": "geen voorzieningen geleverd", "eigen": "anders"})
    delen = hoofdstukken.bouw(m)
    _klopt(delen)
    redenen = [weg.tabel for deel in delen for weg in deel.afwezig]
    assert "klanten" in redenen
    assert "eigen" in redenen
    assert html.maak(m, "nl")


def test_empty_tables_are_absent_not_broken() -> None:
    m = monitor()
    m.tabellen = {
        naam: replace(gegevens, rijen=[]) for naam, gegevens in m.tabellen.items()
    }
    delen = hoofdstukken.bouw(m)
    _klopt(delen)
    assert {weg.tabel for deel in delen for weg in deel.afwezig} == set(m.tabellen)


def test_total_carries_the_name_of_the_region_unless_a_municipality_has_it() -> None:
    m = monitor()
    koppen = {
        rij.kop
        for gegevens in _tabellen(hoofdstukken.bouw(m))
        for rij in gegevens.rijen
    }
    assert "BMWE" in koppen
    m.regio = "Winsum"
    klanten = next(
        gegevens
        for gegevens in _tabellen(hoofdstukken.bouw(m))
        if gegevens.id == "t-jeugdwet-klanten"
    )
    koppen_van = [rij.kop for rij in klanten.rijen]
    assert koppen_van.count("Winsum") == 1
    assert koppen_van[-1] == "Totaal"


def test_explanations_come_where_they_belong_and_none_is_lost() -> None:
    m = monitor()
    m.toelichting = {
        "wmo": "Bij de *Wmo*.",
        "caseload": "Bij de caseload.",
        "Iets_anders.md": "Los.",
        "kort": "<script>alert(1)</script> ![x](http://elders/x.png)",
    }
    delen = {deel.id: deel for deel in hoofdstukken.bouw(m)}
    assert delen["wmo"].toelichting == "<p>Bij de <em>Wmo</em>.</p>"
    caseload = next(d for d in delen["casussen"].onderdelen if d.id == "caseload")
    assert "Bij de caseload." in caseload.toelichting
    assert any("Los." in d.toelichting for d in delen["kwaliteit"].onderdelen)
    assert "<script" not in delen["kort"].toelichting
    assert "<img" not in delen["kort"].toelichting


def test_headings_of_an_explanation_follow_on_that_of_the_chapter() -> None:
    delen = {deel.id: deel for deel in hoofdstukken.bouw(monitor())}
    assert "<h3>Kop</h3>" in delen["wmo"].toelichting


def test_what_does_not_balance_is_shown() -> None:
    m = monitor()
    m.onbalans = [Onbalans("in-en-uitstroom", ("Bedum", "Totaal"), 10, 2, 1, 12)]
    kwaliteit = hoofdstukken.bouw(m)[-1]
    balans = next(deel for deel in kwaliteit.onderdelen if deel.id == "balans")
    assert "1 cel klopt niet" in balans.zinnen[0]
    assert balans.tabellen[0].rijen[0].cellen[-1].waarde == -1


def test_deep_tree_keeps_its_levels_and_unknown_kinds_come_too() -> None:
    m = _leeg(
        boom={"wmo": [("Top", 0), ("Midden", 1), ("Diep", 2), ("Leeg", 1)]},
        tabellen={
            "actieve-voorzieningen-soort": tabel(
                "actieve-voorzieningen-soort",
                ("wet", "vorm", "soort", "peildatum"),
                [
                    ("wmo", "toeslag", soort, dag, n)
                    for soort, n in (
                        ("Top", 5),
                        ("Midden", 4),
                        ("Diep", 3),
                        ("Buiten", 9),
                        ("Totaal", 14),
                    )
                    for dag in PEILDATA
                ],
            )
        },
    )
    delen = hoofdstukken.bouw(m)
    _klopt(delen)
    rijen = next(_tabellen(delen)).rijen
    assert [(rij.kop, rij.niveau) for rij in rijen] == [
        ("Toeslag", 0),
        ("Buiten", 1),
        ("Top", 1),
        ("Midden", 2),
        ("Diep", 3),
        ("Totaal", 0),
    ]


@pytest.mark.parametrize("aantal", [1, 30])
def test_any_number_of_municipalities(aantal: int) -> None:
    namen = [f"Gemeente {i}" for i in range(aantal)] + ["onbekend", "Totaal"]
    dagen = [str(k.eind) for k in Kwartaal(2031, 2).reeks()]
    m = _leeg(
        kwartaal="2031Q2",
        peildata=dagen,
        gemeenten=namen[:aantal],
        geleverd=namen[:1],
        tabellen={
            "actieve-voorzieningen-gemeente": tabel(
                "actieve-voorzieningen-gemeente",
                ("wet", "vorm", "gemeente", "peildatum"),
                [
                    ("wmo", vorm, naam, dag, 3 * i)
                    for vorm in ("onbekend", "toeslag", "pgb", "zin", "Totaal")
                    for i, naam in enumerate(namen)
                    for dag in dagen
                ],
            ),
            "caseload": tabel(
                "caseload",
                ("gemeente", "type"),
                [
                    (naam, soort, i)
                    for i, naam in enumerate(namen)
                    for soort in (*"abcdefghi", "Totaal")
                ],
            ),
        },
    )
    delen = hoofdstukken.bouw(m)
    _klopt(delen)
    caseload = next(t for t in _tabellen(delen) if t.id == "t-caseload")
    in_rijen = caseload.rijkop == "Gemeente"
    assert in_rijen == (aantal == 30)
    vormen = next(t for t in _tabellen(delen) if t.id == "t-wmo-gemeente-vorm")
    groepen = [rij.kop for rij in vormen.rijen if rij.soort == "groep"]
    assert groepen == [
        "Zorg in natura",
        "Persoonsgebonden budget",
        "Toeslag",
        "Vorm onbekend",
    ]
    dekking = dict(delen[-1].feiten)["Dekking"]
    assert dekking.startswith(f"1 van {aantal} gemeente")


_NAAM = st.text(min_size=1, max_size=12).filter(
    lambda naam: naam.strip() and naam not in {"Totaal", "onbekend"}
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    soorten=st.lists(_NAAM, min_size=1, max_size=5, unique=True),
    vormen=st.lists(_NAAM, min_size=1, max_size=8, unique=True),
    waarden=st.lists(st.integers(0, 10**7), min_size=1, max_size=7),
    wet=st.sampled_from(["wmo", "jeugdwet", "participatiewet", "eigen wet"]),
    taal=st.sampled_from(["nl", "en"]),
)
def test_any_names_and_values_make_a_sound_page(
    soorten: list[str], vormen: list[str], waarden: list[int], wet: str, taal: str
) -> None:
    rijen = [
        (wet, vorm, soort, dag, waarden[(i + j + k) % len(waarden)])
        for i, vorm in enumerate([*vormen, "Totaal"])
        for j, soort in enumerate([*soorten, "Totaal"])
        for k, dag in enumerate(PEILDATA)
    ]
    m = _leeg(
        regio=soorten[0],
        boom={wet: [(soort, i) for i, soort in enumerate(soorten)]},
        tabellen={
            "actieve-voorzieningen-soort": tabel(
                "actieve-voorzieningen-soort",
                ("wet", "vorm", "soort", "peildatum"),
                rijen,
            )
        },
    )
    _klopt(hoofdstukken.bouw(m, taal))
    assert html.maak(m, taal).startswith("<!DOCTYPE html>")


def test_negative_amounts_and_zeroes_draw_on_both_sides_of_zero() -> None:
    m = _leeg(
        tabellen={
            "begroting": tabel(
                "begroting",
                ("gemeente", "post", "versie"),
                [
                    (plaats, post, versie, bedrag)
                    for plaats in ("A", "Totaal")
                    for post, bedragen in (
                        ("winst", (100_00, 250_50)),
                        ("verlies", (-900_00, -1)),
                        ("niets", (0, 0)),
                    )
                    for versie, bedrag in zip(("v1", "v2"), bedragen, strict=True)
                ],
                eenheid="eurocent",
            )
        }
    )
    delen = hoofdstukken.bouw(m)
    _klopt(delen)
    rijen = next(_tabellen(delen)).rijen
    teksten = [cel.tekst for cel in rijen[2].cellen]
    assert [t.replace("\N{NO-BREAK SPACE}", " ") for t in teksten] == [
        "− € 900,00",
        "− € 0,01",
    ]
