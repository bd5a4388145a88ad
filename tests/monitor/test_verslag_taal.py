"""The texts and figures of a report in Dutch and English."""

import re
from importlib import resources

import pytest
from babel.messages.extract import extract
from jinja2.ext import babel_extract

from samenloop.monitor.verslag.opmaak import Opmaak
from samenloop.monitor.verslag.taal import OnbekendeTaal, Tekst, catalogus

NBSP = "\N{NO-BREAK SPACE}"
Sleutel = str | tuple[str, str]


def _sleutels() -> set[Sleutel]:
    gevonden: set[Sleutel] = set()
    woorden = {"t": None, "n": (1, 2), "merk": None}
    pakket = resources.files("samenloop.monitor.verslag")
    for bestand in pakket.iterdir():
        if bestand.name.endswith(".py"):
            with bestand.open("rb") as stroom:
                gevonden |= {b for _, b, _, _ in extract("python", stroom, woorden)}
    for bestand in pakket.joinpath("templates").iterdir():
        with bestand.open("rb") as stroom:
            for _, _, bericht, _ in babel_extract(stroom, ["t"], [], {}):
                gevonden.add(bericht if isinstance(bericht, str) else bericht[0])
    return gevonden


def _vullingen(tekst: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", tekst))


def test_every_fixed_text_has_dutch() -> None:
    dutch = {bericht.id: bericht.string for bericht in catalogus("nl") if bericht.id}
    sleutels = _sleutels()
    assert len(sleutels) > 200
    assert sleutels - set(dutch) == set()
    assert set(dutch) - sleutels == set()
    leeg = [s for s, tekst in dutch.items() if not tekst or not all(tekst)]
    assert leeg == []


def test_translation_fills_in_the_same_values() -> None:
    for bericht in catalogus("nl"):
        if isinstance(bericht.id, str) and bericht.id:
            assert _vullingen(bericht.id) == _vullingen(bericht.string), bericht.id
        elif bericht.id:
            bron = _vullingen(bericht.id[0]) | _vullingen(bericht.id[1])
            for vorm in bericht.string:
                assert _vullingen(vorm) <= bron, bericht.id


def test_names_with_braces_are_data_not_places_to_fill() -> None:
    zin = Tekst("nl")("{wet}: clients", wet="{dag} {0}")
    assert zin == "{dag} {0}: cliënten"


def test_unknown_language_is_refused() -> None:
    with pytest.raises(OnbekendeTaal):
        Tekst("fr")


@pytest.mark.parametrize(
    ("taal", "verwacht"),
    [
        ("nl", ["1.277.262", "13,5%", "€ 1.277.262", "− € 12,50", "− 61", "+ 2", "0"]),
        ("en", ["1,277,262", "13.5%", "€1,277,262", "− €12.50", "− 61", "+ 2", "0"]),
    ],
)
def test_numbers_are_written_as_the_language_does(taal: str, verwacht: list) -> None:
    op = Opmaak(taal)
    geschreven = [
        op.getal(1277262),
        op.procent(13.5),
        op.euro(127726200),
        op.euro(-1250, 2),
        op.verschil(-61),
        op.verschil(2),
        op.verschil(0),
    ]
    assert [deel.replace(NBSP, " ") for deel in geschreven] == verwacht


def test_dates_and_quarters() -> None:
    op = Opmaak("nl")
    assert op.datum("2017-12-31") == "31 december 2017"
    assert op.kort("2017-03-31") == f"31{NBSP}mrt"
    assert op.kwartaal("2017Q4") == "vierde kwartaal 2017"
    assert op.kwartaal("heel 2017") == "heel 2017"
    assert Opmaak("en").kwartaal("2017Q1") == "first quarter 2017"


def test_unknown_is_a_dash_and_a_rounded_zero_has_no_sign() -> None:
    op = Opmaak("nl")
    assert op.getal(None) == op.euro(None) == op.procent(None) == "–"
    assert op.procent(-0.04) == "0,0%"
    assert op.verandering(10, 10) == "0,0%"


def test_percentage_needs_a_base_of_ten() -> None:
    op = Opmaak("nl")
    assert op.verandering(12, 9) == ""
    assert op.verandering(12, 10).replace(NBSP, " ") == "+ 20,0%"
    assert op.verandering(12, None) == ""
