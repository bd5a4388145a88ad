"""Every file of a report holds the figures, and the same ones twice."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.uitkomst import Monitor
from samenloop.monitor.verslag import (
    OnbekendeTaal,
    excel,
    hoofdstukken,
    html,
    ods,
    pdf,
    schrijf,
    tabelbestanden,
)
from tests.monitor.voorbeeld import monitor, tabel


@pytest.fixture(scope="module")
def map_met_verslag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    doel = tmp_path_factory.mktemp("verslag")
    schrijf(monitor(), doel)
    return doel


def test_writes_exactly_the_documented_files(map_met_verslag: Path) -> None:
    er_zijn = {
        str(pad.relative_to(map_met_verslag))
        for pad in map_met_verslag.rglob("*")
        if pad.is_file()
    }
    vast = {f"monitor.{soort}" for soort in ("html", "pdf", "xlsx", "ods", "json")}
    assert er_zijn == vast | {f"tabellen/{naam}.csv" for naam in monitor().tabellen}


def test_another_process_writes_the_same_bytes(
    map_met_verslag: Path, tmp_path: Path
) -> None:
    opdracht = (
        "from pathlib import Path; import sys; "
        "from tests.monitor.voorbeeld import monitor; "
        "from samenloop.monitor.verslag import schrijf; "
        "schrijf(monitor(), Path(sys.argv[1]))"
    )
    omgeving = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    omgeving["PYTHONPATH"] = os.pathsep.join(sys.path)
    subprocess.run([sys.executable, "-c", opdracht, tmp_path], check=True, env=omgeving)
    for pad in map_met_verslag.rglob("*"):
        if pad.is_file():
            ander = tmp_path / pad.relative_to(map_met_verslag)
            assert pad.read_bytes() == ander.read_bytes(), pad.name


def test_json_is_the_monitor_itself(map_met_verslag: Path) -> None:
    tekst = (map_met_verslag / "monitor.json").read_text("utf-8")
    assert tekst == monitor().to_json()
    assert Monitor.from_json(tekst).tabellen.keys() == monitor().tabellen.keys()
    assert json.loads(tekst)["kwartaal"] == "2017Q4"


def test_csv_has_every_row_raw(map_met_verslag: Path) -> None:
    for naam, gegevens in monitor().tabellen.items():
        ruw = (map_met_verslag / "tabellen" / f"{naam}.csv").read_bytes()
        assert b"\r" not in ruw
        kop, *rijen = csv.reader(io.StringIO(ruw.decode("utf-8")))
        assert kop == [*gegevens.dimensies, "waarde"]
        assert rijen == [[str(deel) for deel in rij] for rij in gegevens.rijen]


def test_csv_leaves_unknown_empty() -> None:
    leeg = tabel("x", ("gemeente",), [("A", None), ("B", 0)])
    assert tabelbestanden.als_csv(leeg) == b"gemeente,waarde\nA,\nB,0\n"


def _tekst(waarde: object) -> str:
    return str(waarde).replace("\N{NO-BREAK SPACE}", " ")


def test_html_shows_every_cell_of_every_table() -> None:
    pagina = html.maak(monitor(), "nl")
    rijen_in_pagina = re.findall(r"<tr[^>]*>(.*?)</tr>", pagina, re.DOTALL)
    kaal = {
        tuple(
            _tekst(re.sub(r"<svg.*?</svg>|<[^>]+>", "", cel, flags=re.DOTALL)).strip()
            for cel in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", rij, re.DOTALL)
        )
        for rij in rijen_in_pagina
    }
    geteld = 0
    for hoofdstuk in hoofdstukken.bouw(monitor()):
        for onderdeel in hoofdstuk.onderdelen:
            for gegevens in onderdeel.tabellen:
                for rij in gegevens.rijen:
                    kop = f"{rij.kop} {rij.noot}".strip()
                    verwacht = (kop, *(_tekst(cel.tekst) for cel in rij.cellen))
                    assert verwacht in kaal, (gegevens.id, kop)
                    geteld += len(rij.cellen)
    assert geteld > 1000


@pytest.mark.parametrize(
    "cijfer",
    """1.273|1.082|2.077|6.805|3.339|13,5%|515|174|1.030|2.865|€ 485.922|€ 302.341
    |− € 1.277.262|+ € 110.797|− € 444.551""".replace("\n    ", "").split("|"),
)
def test_published_figures_stand_on_the_page(cijfer: str) -> None:
    assert f">{cijfer}<" in _tekst(html.maak(monitor(), "nl"))


def test_html_fetches_nothing_and_says_what_it_is(map_met_verslag: Path) -> None:
    pagina = (map_met_verslag / "monitor.html").read_text("utf-8")
    zonder_naamruimte = pagina.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\((?!#)", zonder_naamruimte)
    assert "<script" not in pagina
    assert "<link" not in pagina
    assert ' style="' not in pagina
    assert '<html lang="nl">' in pagina
    assert pagina.count("<h1>") == 1
    assert 'href="#inhoud"' in pagina


def test_english_page_is_marked_english() -> None:
    pagina = html.maak(monitor(), "en")
    assert '<html lang="en">' in pagina
    assert "Quality of the figures" in pagina
    assert "2,077" in pagina
    assert "Ambulant GGZ" in pagina


def test_names_are_escaped_everywhere() -> None:
    m = monitor()
    kwaad = "<b>&\"'{x}</b>"
    m.regio = kwaad
    caseload = m.tabellen["caseload"]
    caseload.rijen = [
        (plaats, kwaad if soort == "Casemanagement" else soort, n)
        for plaats, soort, n in caseload.rijen
    ]
    pagina = html.maak(m, "nl")
    assert "<b>" not in pagina
    assert "&lt;b&gt;" in pagina
    assert pdf.maak(m, "nl").startswith(b"%PDF")


def test_xlsx_has_every_cell_and_explains_itself() -> None:
    m = monitor()
    boek = openpyxl.load_workbook(io.BytesIO(excel.maak(m, "nl")))
    uitleg = "\n".join(
        f"{rij[0].value}: {rij[1].value}" for rij in boek.worksheets[0].rows
    )
    for deel in (
        "2017Q4",
        "31 december 2017",
        "voorlopig",
        "4 van 4",
        "CC0",
        "SHA-256",
    ):
        assert deel in uitleg
    for gegevens in m.tabellen.values():
        assert gegevens.definitie in uitleg
        blad = boek[gegevens.id]
        rijen = [[cel.value for cel in rij] for rij in blad.rows]
        assert rijen[0] == [*gegevens.dimensies, "waarde"]
        for rij, verwacht in zip(rijen[1:], gegevens.rijen, strict=True):
            eenheid = gegevens.eenheden.get(verwacht[-2], gegevens.eenheid)
            deler = 100 if eenheid == "eurocent" else 1
            assert rij[:-1] == list(verwacht[:-1])
            assert rij[-1] == pytest.approx(verwacht[-1] / deler)
        assert blad.freeze_panes == "A2"
        assert blad.auto_filter.ref
    assert "€" in boek["begroting"]["D2"].number_format
    assert boek["caseload"]["C2"].number_format == "#,##0"
    assert boek.properties.created == datetime(2017, 12, 31)  # noqa: DTZ001


def test_ods_has_every_cell() -> None:
    m = monitor()
    document = load(io.BytesIO(ods.maak(m, "nl")))
    bladen = {
        blad.getAttribute("name"): blad for blad in document.getElementsByType(Table)
    }
    assert list(bladen)[1:] == list(m.tabellen)
    for naam, gegevens in m.tabellen.items():
        rijen = [
            rij.getElementsByType(TableCell)
            for rij in bladen[naam].getElementsByType(TableRow)
        ]
        assert [str(cel) for cel in rijen[0]] == [*gegevens.dimensies, "waarde"]
        for rij, verwacht in zip(rijen[1:], gegevens.rijen, strict=True):
            eenheid = gegevens.eenheden.get(verwacht[-2], gegevens.eenheid)
            deler = 100 if eenheid == "eurocent" else 1
            assert [str(cel) for cel in rij[:-1]] == list(verwacht[:-1])
            waarde = float(rij[-1].getAttribute("value"))
            assert waarde == pytest.approx(verwacht[-1] / deler)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    m = monitor()
    formules = ["=1+1", "+31", "-2", "@SUM(A1)", "http://x", "12", "\x0bx"]
    m.tabellen = {
        "caseload": tabel(
            "caseload",
            ("gemeente", "type"),
            [(formule, "Totaal", 1) for formule in formules],
        )
    }
    boek = openpyxl.load_workbook(io.BytesIO(excel.maak(m, "nl")))
    for rij, formule in zip(list(boek["caseload"].rows)[1:], formules, strict=True):
        assert rij[0].data_type == "s"
        assert formule.startswith("\x0b") or rij[0].value == formule
    document = load(io.BytesIO(ods.maak(m, "nl")))
    blad = document.getElementsByType(Table)[1]
    cellen = [
        rij.getElementsByType(TableCell)[0]
        for rij in blad.getElementsByType(TableRow)[1:]
    ]
    assert {cel.getAttribute("valuetype") for cel in cellen} == {"string"}
    assert {cel.getAttribute("formula") for cel in cellen} == {None}
    assert [str(cel) for cel in cellen][:4] == formules[:4]


def test_sheet_names_are_short_legal_and_unique() -> None:
    m = monitor()
    lang = ["een/heel*lange:naam-van-een-tabel-" + staart for staart in "ab"]
    m.tabellen = {naam: tabel(naam, ("gemeente",), [("A", 1)]) for naam in lang}
    boek = openpyxl.load_workbook(io.BytesIO(excel.maak(m, "nl")))
    assert len(set(boek.sheetnames)) == 3
    assert all(len(naam) <= 31 for naam in boek.sheetnames)


def _structuur(lezer: PdfReader) -> dict[str, list[dict]]:
    gevonden: dict[str, list[dict]] = {}
    stapel = [lezer.trailer["/Root"]["/StructTreeRoot"]]
    while stapel:
        knoop = stapel.pop()
        if isinstance(knoop, IndirectObject):
            knoop = knoop.get_object()
        if not isinstance(knoop, dict):
            continue
        gevonden.setdefault(str(knoop.get("/S", "")), []).append(knoop)
        kinderen = knoop.get("/K", [])
        stapel += kinderen if isinstance(kinderen, list) else [kinderen]
    return gevonden


def test_pdf_is_tagged_titled_and_describes_its_figures(map_met_verslag: Path) -> None:
    lezer = PdfReader(map_met_verslag / "monitor.pdf")
    wortel = lezer.trailer["/Root"]
    assert wortel["/Lang"] == "nl"
    assert wortel["/MarkInfo"]["/Marked"]
    assert wortel["/ViewerPreferences"]["/DisplayDocTitle"]
    assert lezer.metadata.title == "Monitor sociaal domein BMWE, vierde kwartaal 2017"
    assert "<pdfuaid:part>1" in wortel["/Metadata"].get_data().decode() or (
        'pdfuaid:part="1"' in wortel["/Metadata"].get_data().decode()
    )
    delen = _structuur(lezer)
    assert len(delen["/H1"]) == 1
    assert len(delen["/H2"]) == 10
    assert delen["/Table"]
    assert delen["/TH"]
    assert len(delen["/Figure"]) > 20
    assert [f for f in delen["/Figure"] if not str(f.get("/Alt", "")).strip()] == []
    titels = [deel.title for deel in lezer.outline if not isinstance(deel, list)]
    assert titels
    tekst = "".join(pagina.extract_text() for pagina in lezer.pages)
    assert "2.077" in tekst
    breed, hoog = lezer.pages[0].mediabox[2:]
    assert (round(breed), round(hoog)) == (595, 842)


def test_missing_pango_is_told_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def ontbreekt() -> None:
        raise LeveringFout("Pango ontbreekt")

    monkeypatch.setattr(pdf, "controleer", ontbreekt)
    with pytest.raises(LeveringFout):
        schrijf(monitor(), tmp_path / "uit")
    assert not (tmp_path / "uit").exists()


def test_loading_failure_names_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    class Zonder:
        def find_spec(self, naam: str, *_: object) -> None:
            if naam == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Zonder(), *sys.meta_path])
    with pytest.raises(LeveringFout, match="Pango"):
        pdf.controleer()


def test_unknown_language_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(OnbekendeTaal):
        schrijf(monitor(), tmp_path / "uit", taal="de")
    assert not (tmp_path / "uit").exists()
