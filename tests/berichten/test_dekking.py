"""The registry covers the official list, and the manual says what the registry says."""

import csv
from pathlib import Path

import pytest

from samenloop.berichten.regels import alle_regels
from samenloop.berichten.regels.dekking import dekking, officieel
from samenloop.berichten.regels.niet_gedekt import REDENEN
from samenloop.berichten.regels.retourcodes import (
    handleiding,
    regels_bij,
    retourcodes,
)
from samenloop.berichten.standaard.codelijsten import waarden
from samenloop.berichten.standaard.model import model
from samenloop.berichten.standaard.soorten import SOORTEN
from tests.berichten.bron import PROJECT, STANDAARDEN, nodig

_NIVEAUS = {
    "": 0,
    "berichtformaat (xsd)": 1,
    "bericht inhoud (xslt)": 2,
    "berichtoverstijgend": 3,
    "externe bron": 4,
}
ALLEEN_IWMO = {"OP369"}


def _rijen(naam: str) -> list[dict[str, str]]:
    pad = STANDAARDEN / "rules" / naam
    with pad.open(encoding="utf-8-sig", newline="") as bron:
        return list(csv.DictReader(bron))


@nodig
def test_our_list_of_codes_is_the_published_one() -> None:
    gepubliceerd = {
        rij["Regelcode"]: (_NIVEAUS[rij["Controleniveau"]], rij["Retourcode"])
        for rij in _rijen("Regels iStandaarden iJw versie 3.2.csv")
        if rij["Regelcode"]
    }
    eigen = {each.code: (each.niveau, each.retourcode) for each in officieel().values()}
    assert {k: v for k, v in eigen.items() if k not in ALLEEN_IWMO} == gepubliceerd


@nodig
def test_a_rule_holds_for_the_kinds_for_which_it_is_published() -> None:
    gepubliceerd: dict[str, set[int]] = {}
    for rij in _rijen("Regels per data-element in een bericht.csv"):
        nummer = (rij["Bericht"] or "").removeprefix("JW")
        if nummer.isdecimal() and rij["Regelcode"]:
            gepubliceerd.setdefault(rij["Regelcode"], set()).add(int(nummer))
    for code, regel in alle_regels().items():
        if regel.niveau > 0:
            assert set(regel.berichten) == gepubliceerd[code], code


def test_every_official_code_is_judged_or_named_with_a_reason() -> None:
    assert len(list(dekking())) == len(officieel())
    assert set(alle_regels()) <= set(officieel())
    assert set(REDENEN) <= set(officieel())
    assert not set(REDENEN) & set(alle_regels())


def test_all_of_levels_2_3_and_4_is_judged_by_a_function() -> None:
    per_niveau = {
        niveau: [each for each in officieel().values() if each.niveau == niveau]
        for niveau in (2, 3, 4)
    }
    assert {niveau: len(rij) for niveau, rij in per_niveau.items()} == {
        2: 60,
        3: 54,
        4: 4,
    }
    for rij in per_niveau.values():
        for each in rij:
            regel = alle_regels()[each.code]
            assert (regel.niveau, regel.retourcode) == (each.niveau, each.retourcode)


def test_the_reader_knows_every_restriction_of_level_1() -> None:
    gekend = {
        code
        for soort in SOORTEN.values()
        for _, knoop in model(soort).loop()
        for code in (
            knoop.veld.regel,
            *(knoop.enkel.regels.values() if knoop.enkel else ()),
        )
    } | {"RS007"}  # what no rule of the list ties to an element: that it is not empty
    van_lezer = {each.officieel.code for each in dekking() if each.wijze == "lezer"}
    assert len(van_lezer) == 40
    assert van_lezer - gekend == set()


def test_what_is_worked_out_elsewhere_is_covered_there() -> None:
    def gedekt(code: str, gezien: frozenset[str] = frozenset()) -> bool:
        if code in alle_regels() or code in REDENEN or officieel()[code].niveau == 1:
            return True
        verder = officieel()[code].uitgewerkt_in
        return bool(verder) and all(
            each in officieel() and gedekt(each, gezien | {code})
            for each in verder
            if each not in gezien
        )

    assert [each for each in officieel() if not gedekt(each)] == []


def test_every_return_code_has_a_text_and_a_rule() -> None:
    assert set(retourcodes()) == set(waarden("WJ001"))
    assert len(retourcodes()) == 59
    zonder_regel = {code for code in retourcodes() if not regels_bij(code)}
    assert zonder_regel == {"0001", "0200", "0233", "8001"}
    for each in retourcodes().values():
        assert each.betekenis.endswith(".")
        assert each.doen.endswith(".")


def test_the_manual_is_what_the_registry_says() -> None:
    pagina = PROJECT / "docs" / "berichten.md"
    assert pagina.read_text("utf-8") == handleiding()


@pytest.mark.parametrize("regel", alle_regels().values(), ids=lambda each: each.code)
def test_every_rule_says_in_a_sentence_what_is_wrong(regel: object) -> None:
    tekst = getattr(regel, "tekst", "")
    assert tekst.endswith(".")
    assert 20 < len(tekst) < 200


def test_no_module_is_too_long() -> None:
    map_ = Path(PROJECT / "src" / "samenloop" / "berichten" / "regels")
    lang = {
        each.name: regels
        for each in map_.glob("*.py")
        if (regels := len(each.read_text("utf-8").splitlines())) > 400
    }
    assert lang == {}
