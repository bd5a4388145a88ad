"""Per rule the rows that pass beside their nearest neighbours that do not."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as stdnum_bsn

from samenloop.monitor import keuring
from samenloop.monitor.regels import REGELS
from samenloop.monitor.regels_algemeen import PERSOONLIJK, Regel, bsn
from tests.monitor.geleverd import (
    ANDER_BSN,
    BSN,
    GEEN_BSN,
    GOED,
    afgekeurd,
    rij,
    schrijf_levering,
)

DAG_GOED = ["1900-01-01", "2016-02-29", "2017-01-31"]
DAG_FOUT = [
    "2017-02-29",
    "1899-12-31",
    "2101-01-01",
    "20170-02-01",
    "31-01-2017",
    "2017-1-31",
    "2017-01-31 00:00:00",
    "20170131",
    "infinity",
    " 2017-01-31",
    "vandaag",
]
Cellen = dict[str, str]


def _cellen(kolom: str, *waarden: str) -> list[Cellen]:
    return [{kolom: waarde} for waarde in waarden]


# rule, file, cells of rows that pass, cells of rows that it refuses
GEVALLEN: list[tuple[str, str, list[Cellen], list[Cellen]]] = [
    (
        "V-VERPLICHT",
        "voorzieningen",
        _cellen("client", "P", "0"),
        [{k: v} for k in ("client", "wet", "soort", "startdatum") for v in ("", " ")],
    ),
    (
        "V-DATUM",
        "voorzieningen",
        _cellen("geboortedatum", "", *DAG_GOED),
        [
            *_cellen("geboortedatum", *DAG_FOUT),
            *_cellen("aanvraagdatum", *DAG_FOUT),
            *_cellen("startdatum", *DAG_FOUT),
            *_cellen("einddatum", *DAG_FOUT),
            *_cellen("geregistreerd_op", *DAG_FOUT),
        ],
    ),
    (
        "V-GESLACHT",
        "voorzieningen",
        _cellen("geslacht", "", "0", "1", "2", "9"),
        _cellen("geslacht", "3", "m", "01", " ", "1 "),
    ),
    (
        "V-WET",
        "voorzieningen",
        [{}, {"wet": "wmo", "soort": "W1"}],
        _cellen("wet", "Wmo", "WMO", "jeugd", "awbz"),
    ),
    (
        "V-VORM",
        "voorzieningen",
        [
            {"vorm": "zin"},
            {"vorm": "toeslag"},
            {"vorm": ""},
            {"vorm": "pgb", "aanbieder": ""},
        ],
        _cellen("vorm", "natura", "ZIN", "zin "),
    ),
    (
        "V-GEMEENTE",
        "voorzieningen",
        _cellen("gemeente", "GM0005", ""),
        _cellen("gemeente", "GM0006", "gm0005", "0005", "Noorderdorp"),
    ),
    (
        "V-SOORT",
        "voorzieningen",
        [{}, {"soort": "J"}, {"wet": "wmo", "soort": "W1"}],
        [{"soort": "W1"}, {"wet": "wmo"}, {"soort": "j1"}, {"soort": "J11"}],
    ),
    (
        "V-BSN",
        "voorzieningen",
        [
            *_cellen("client", BSN, "P999900007", "99990000", "9999000071", "a3f-9"),
            *_cellen("gezaghebbende", BSN, ""),
        ],
        [
            *_cellen("client", GEEN_BSN, "000000000", "123456789"),
            *_cellen("gezaghebbende", GEEN_BSN),
        ],
    ),
    (
        "V-GEZAG",
        "voorzieningen",
        [
            {"client": BSN, "gezaghebbende": ANDER_BSN},
            {"client": BSN, "gezaghebbende": ""},
            {"client": BSN, "gezaghebbende": "P2", "geboortedatum": "1960-01-01"},
        ],
        [
            {"client": BSN, "gezaghebbende": BSN},
            {"client": "P9", "gezaghebbende": "P9"},
            {"client": "P8", "gezaghebbende": "P8", "geboortedatum": "1960-01-01"},
        ],
    ),
    (
        "V-POSTCODE",
        "voorzieningen",
        _cellen("postcode", "", "9781", "9781AB"),
        _cellen("postcode", "9781 AB", "9781ab", "978", "0781AB", "9781A", "97811"),
    ),
    (
        "V-PGB",
        "voorzieningen",
        [{"vorm": "pgb", "aanbieder": ""}, {"vorm": "zin"}, {"vorm": "toeslag"}],
        [{"vorm": "pgb"}],
    ),
    (
        "V-AANBIEDER",
        "voorzieningen",
        _cellen("aanbieder", "", "01234567"),
        _cellen("aanbieder", "1234567", "012345678", "AGB12345"),
    ),
    (
        "V-AANVRAAG",
        "voorzieningen",
        [
            {"aanvraagdatum": "2017-02-01", "geregistreerd_op": ""},
            {"aanvraagdatum": ""},
        ],
        [{"aanvraagdatum": "2017-02-02", "geregistreerd_op": ""}],
    ),
    (
        "V-EINDE",
        "voorzieningen",
        _cellen("einddatum", "", "2017-02-01", "2018-01-01"),
        _cellen("einddatum", "2017-01-31"),
    ),
    (
        "V-GEBOORTE",
        "voorzieningen",
        _cellen("geboortedatum", "", "2017-02-01"),
        _cellen("geboortedatum", "2017-02-02"),
    ),
    (
        "V-GEREGISTREERD",
        "voorzieningen",
        [
            *_cellen("geregistreerd_op", "", "2017-01-10", "2018-01-01"),
            {"aanvraagdatum": "", "geregistreerd_op": "2016-01-01"},
        ],
        _cellen("geregistreerd_op", "2017-01-09"),
    ),
    ("S-VERPLICHT", "soorten", [{}], [{"naam": ""}, {"wet": ""}, {"soort": ""}]),
    ("S-WET", "soorten", [{"wet": "participatiewet"}], [{"wet": "bijstand"}]),
    (
        "S-UNIEK",
        "soorten",
        [{}, {"wet": "jeugdwet"}],
        [{"soort": "W1"}, {"wet": "jeugdwet", "soort": "J", "naam": "Dubbel"}],
    ),
    (
        "S-OUDER",
        "soorten",
        [{"ouder": "W1"}, {"soort": "W8", "ouder": "W9"}],
        [{"soort": "W7", "ouder": "J"}, {"soort": "W6", "ouder": "W0"}],
    ),
    (
        "S-KRING",
        "soorten",
        [{"soort": "W8", "ouder": "W9"}, {"ouder": "W1"}],
        [
            {"soort": "W7", "ouder": "W7"},
            {"soort": "W5", "ouder": "W6"},
            {"soort": "W6", "ouder": "W5"},
            {"soort": "W4", "ouder": "W5"},
        ],
    ),
    (
        "C-VERPLICHT",
        "casussen",
        [{}],
        [{"casus": ""}, {"type": ""}, {"startdatum": ""}],
    ),
    (
        "C-DATUM",
        "casussen",
        [{"geregistreerd_op": "2000-01-01"}],
        [
            *_cellen("startdatum", *DAG_FOUT),
            {"einddatum": "x"},
            {"geregistreerd_op": "x"},
        ],
    ),
    ("C-GEMEENTE", "casussen", [{"gemeente": ""}], [{"gemeente": "GM0001"}]),
    (
        "C-BSN",
        "casussen",
        [{"client": BSN}, {"casus": "C2", "client": ""}],
        [{"client": GEEN_BSN}],
    ),
    (
        "C-EINDE",
        "casussen",
        [{"einddatum": "2017-02-01"}],
        [{"einddatum": "2017-01-31"}],
    ),
    ("U-VERPLICHT", "uitkeringen", [{}], [{"client": ""}, {"startdatum": ""}]),
    (
        "U-SPOOR",
        "uitkeringen",
        _cellen("spoor", "", "1", "2", "3"),
        _cellen("spoor", "4", "0", "I", "1.0"),
    ),
    (
        "U-DATUM",
        "uitkeringen",
        [{"einddatum": "2018-01-01"}],
        _cellen("einddatum", *DAG_FOUT),
    ),
    ("U-GEMEENTE", "uitkeringen", [{"gemeente": ""}], [{"gemeente": "GM0001"}]),
    ("U-BSN", "uitkeringen", [{"client": BSN}], [{"client": GEEN_BSN}]),
    (
        "U-EINDE",
        "uitkeringen",
        [{"einddatum": "2017-02-01"}],
        [{"einddatum": "2017-01-31"}],
    ),
    ("T-VERPLICHT", "trajecten", [{}], [{"client": ""}, {"spoor": ""}, {"datum": ""}]),
    ("T-SPOOR", "trajecten", [{"spoor": "3"}], [{"spoor": "4"}]),
    ("T-DATUM", "trajecten", _cellen("datum", *DAG_GOED), _cellen("datum", *DAG_FOUT)),
    (
        "T-BEDRAG",
        "trajecten",
        _cellen("trajectkosten", "", "0", "-100", "999999999"),
        _cellen("trajectkosten", "12,50", "12.50", "1e3", "€ 10", "1.000", "9" * 16),
    ),
    ("T-GEMEENTE", "trajecten", [{"gemeente": ""}], [{"gemeente": "GM0001"}]),
    ("T-BSN", "trajecten", [{"client": BSN}], [{"client": GEEN_BSN}]),
    (
        "B-VERPLICHT",
        "begroting",
        [{}],
        [{"jaar": ""}, {"post": ""}, {"versie": ""}, {"bedrag": ""}],
    ),
    (
        "B-GETAL",
        "begroting",
        [{"jaar": "2018"}],
        _cellen("jaar", "2017.0", "zeventien"),
    ),
    ("B-BEDRAG", "begroting", _cellen("bedrag", "0", "100"), _cellen("bedrag", "1.5")),
    (
        "B-JAAR",
        "begroting",
        _cellen("jaar", "1990", "2100"),
        _cellen("jaar", "1989", "2101", "17", "20170"),
    ),
    ("B-GEMEENTE", "begroting", [{"gemeente": ""}], [{"gemeente": "GM0001"}]),
    ("Z-VERPLICHT", "bezwaren", [{}], [{"soort": ""}, {"ingediend_op": ""}]),
    ("Z-WET", "bezwaren", [{"wet": ""}, {"wet": "jeugdwet"}], [{"wet": "WMO"}]),
    ("Z-SOORT", "bezwaren", [{"soort": "klacht"}], [{"soort": "beroep"}]),
    (
        "Z-DATUM",
        "bezwaren",
        [{"afgehandeld_op": ""}],
        [*_cellen("ingediend_op", *DAG_FOUT), {"afgehandeld_op": "x"}],
    ),
    (
        "Z-AFGEHANDELD",
        "bezwaren",
        [{"afgehandeld_op": "2017-02-01"}],
        [{"afgehandeld_op": "2017-01-31"}],
    ),
    ("Z-GEMEENTE", "bezwaren", [{"gemeente": ""}], [{"gemeente": "GM0001"}]),
    ("G-VERPLICHT", "gemeenten", [{}], [{"gemeente": ""}, {"naam": ""}]),
    (
        "G-GETAL",
        "gemeenten",
        _cellen("huishoudens", "0"),
        _cellen("huishoudens", "-1", "2000.0", "2.000"),
    ),
    (
        "G-DATUM",
        "gemeenten",
        [{"peildatum": "2017-09-30"}],
        [{"peildatum": "2017-09-31"}],
    ),
    (
        "G-CODE",
        "gemeenten",
        [{"gemeente": "GM1969"}],
        _cellen("gemeente", "1969", "gm1969", "GM19690", "Winsum"),
    ),
    (
        "G-UNIEK",
        "gemeenten",
        [{}, {"peildatum": "2017-09-30"}, {"peildatum": ""}],
        [{"huishoudens": "1"}, {"peildatum": "", "naam": "Anders"}],
    ),
]
for _letter, _naam in zip(
    "VSCUTBZG",
    [
        "voorzieningen",
        "soorten",
        "casussen",
        "uitkeringen",
        "trajecten",
        "begroting",
        "bezwaren",
        "gemeenten",
    ],
    strict=True,
):
    GEVALLEN.append((f"{_letter}-DUBBEL", _naam, [{}], [{}]))


def _met_kenmerk(bestand: str, gevallen: list[Cellen], soort: str) -> list[Cellen]:
    """Rows that differ in a column of the deliverer's own, so none is a double."""
    return [
        rij(bestand, **cellen, kenmerk=f"{soort}{nummer}")
        for nummer, cellen in enumerate(gevallen)
    ]


@pytest.mark.parametrize(
    ("code", "bestand", "goed", "fout"), GEVALLEN, ids=[g[0] for g in GEVALLEN]
)
def test_rule_refuses_only_the_rows_that_break_it(
    tmp_path: Path, code: str, bestand: str, goed: list[Cellen], fout: list[Cellen]
) -> None:
    if code.endswith("DUBBEL"):
        rijen = [rij(bestand), rij(bestand)]
    else:
        rijen = [
            *_met_kenmerk(bestand, goed, "goed"),
            *_met_kenmerk(bestand, fout, "fout"),
        ]
    levering = schrijf_levering(tmp_path / "in", {bestand: rijen})
    with keuring.keur([levering], drempel=1) as gekeurd:
        gekeurd.schrijf_afgekeurd(tmp_path / "afgekeurd.csv")
        (telling,) = [t for t in gekeurd.kwaliteit.tellingen if t.bestand == bestand]
    geweigerd = [
        r
        for r in afgekeurd(tmp_path / "afgekeurd.csv")
        if r["bestand"].startswith(bestand)
    ]
    assert [r["regel"] for r in geweigerd] == [code] * len(fout)
    if not code.endswith("DUBBEL"):
        assert [next(csv.reader([r["rij"]]))[-1] for r in geweigerd] == [
            f"fout{nummer}" for nummer in range(len(fout))
        ]
    assert telling.gelezen == telling.aanvaard + telling.afgekeurd
    assert telling.afgekeurd == len(fout)


def test_every_rule_of_the_registry_has_its_cases() -> None:
    op_rijen = {regel.code for regel in REGELS if not regel.code.startswith("R-")}
    assert op_rijen == {code for code, *_ in GEVALLEN}


def test_sentences_do_not_repeat_who_it_is_about(tmp_path: Path) -> None:
    levering = schrijf_levering(
        tmp_path / "in",
        {
            "voorzieningen": [
                rij("voorzieningen", client=GEEN_BSN, postcode="9781 XY"),
                rij("voorzieningen", geboortedatum="2031-12-24"),
                rij("voorzieningen", startdatum=GEEN_BSN, einddatum="x" * 500),
            ]
        },
    )
    with keuring.keur([levering], drempel=1) as gekeurd:
        gekeurd.schrijf_afgekeurd(tmp_path / "afgekeurd.csv")
        meldingen = [a.melding for a in gekeurd.kwaliteit.afkeur]
    meldingen += [r["melding"] for r in afgekeurd(tmp_path / "afgekeurd.csv")]
    assert len(meldingen) == 6
    for melding in meldingen:
        assert GEEN_BSN not in melding
        assert "9781 XY" not in melding
        assert "2031-12-24" not in melding
        assert "x" * 41 not in melding


def test_a_rule_cannot_be_written_that_repeats_personal_data() -> None:
    for kolom in PERSOONLIJK:
        with pytest.raises(ValueError, match="X-TEST"):
            Regel("X-TEST", "voorzieningen", kolom, "", f"Fout: {{{kolom}}}")


def test_a_row_names_its_first_rule_and_tells_the_others_too(tmp_path: Path) -> None:
    fout = rij("voorzieningen", geslacht="x", postcode="x", aanbieder="x")
    levering = schrijf_levering(tmp_path / "in", {"voorzieningen": [fout]})
    with keuring.keur([levering], drempel=1) as gekeurd:
        gekeurd.schrijf_afgekeurd(tmp_path / "afgekeurd.csv")
        (afkeur,) = gekeurd.kwaliteit.afkeur
    (regel,) = afgekeurd(tmp_path / "afgekeurd.csv")
    assert (regel["regel"], regel["kolom"]) == ("V-GESLACHT", "geslacht")
    assert "postcode" in regel["melding"]
    assert "aanbieder" in regel["melding"]
    assert (afkeur.regel, afkeur.aantal, afkeur.eerste_regelnummer) == (
        "V-GESLACHT",
        1,
        2,
    )


def test_empty_means_unknown_and_is_counted_not_refused(tmp_path: Path) -> None:
    leeg = {
        k: ""
        for k in GOED["voorzieningen"]
        if k not in ("client", "wet", "soort", "startdatum", "geboortedatum")
    }
    levering = schrijf_levering(
        tmp_path / "in",
        {
            "voorzieningen": [
                rij("voorzieningen"),
                rij("voorzieningen", **leeg),
                # grown up on the first day, so nobody needs to have gezag
                rij("voorzieningen", gezaghebbende="", geboortedatum="1999-02-01"),
                rij("voorzieningen", gezaghebbende="", geboortedatum="1999-02-02"),
            ]
        },
    )
    with keuring.keur([levering]) as gekeurd:
        onvolledig = {
            r["kolom"]: r["aantal"]
            for r in gekeurd.kwaliteit.onvolledig
            if r["bestand"] == "voorzieningen"
        }
        assert gekeurd.afgekeurd == 0
    assert onvolledig["gezaghebbende"] == 2
    assert onvolledig["gemeente"] == 1
    assert "einddatum" not in onvolledig


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_eleven_test_agrees_with_another_implementation(nummer: str) -> None:
    import duckdb

    fout = bsn("voorzieningen", "client").fout
    uitkomst = duckdb.sql(
        f"select {fout} from (select '{nummer}' as client)"
    ).fetchone()
    assert uitkomst == (not stdnum_bsn.is_valid(nummer),)
