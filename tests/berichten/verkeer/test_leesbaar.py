"""Every element of the standard has a name for people, every code its meaning."""

import re
from datetime import date
from random import Random
from typing import Any

import pytest
from django.utils import translation

from samenloop.berichten.standaard import codelijsten
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.model import model
from samenloop.berichten.standaard.soorten import SOORTEN, Soort
from samenloop.berichten.verkeer import leesbaar
from samenloop.berichten.verkeer.elementnamen import NAMEN, words
from samenloop.berichten.verkeer.leesbaar import Blok
from samenloop.berichten.verkeer.models import Berichtfout
from tests.berichten.genereren import maak
from tests.berichten.goede_berichten import goed

_AAN_ELKAAR = re.compile(r"[a-z][A-Z]")


@pytest.mark.parametrize("soort", SOORTEN.values(), ids=str)
def test_every_element_of_a_message_has_a_name(soort: Soort) -> None:
    zonder = {knoop.naam for _pad, knoop in model(soort).loop()} - NAMEN.keys()
    assert not zonder


def test_no_name_is_left_of_an_element_that_no_message_has() -> None:
    elementen = {
        knoop.naam for soort in SOORTEN.values() for _pad, knoop in model(soort).loop()
    }
    assert elementen == NAMEN.keys()


@pytest.mark.parametrize("taal", ["nl", "en"])
def test_a_name_is_words_in_both_languages(taal: str) -> None:
    with translation.override(taal):
        for element in NAMEN:
            woorden = words(element)
            assert woorden[0].isupper()
            assert not _AAN_ELKAAR.search(woorden.replace("code", " code")), element
    with translation.override("en"):
        engels = words("StartProduct")
    with translation.override("nl"):
        assert (engels, words("StartProduct")) == ("Care that started", "Gestarte zorg")


def _values(deel: Any, boven: str = "") -> list[tuple[str, str, str]]:
    """The text values of a message as (part, element, value)."""
    uit: list[tuple[str, str, str]] = []
    for naam, waarde in deel.items():
        for each in waarde if isinstance(waarde, list) else [waarde]:
            if isinstance(each, dict):
                uit += _values(each, naam)
            elif isinstance(each, str):
                uit.append((boven, naam, each))
    return uit


def _text(blokken: list[Blok]) -> str:
    return "\n".join(
        f"{regel.naam}: {regel.waarde}" for blok in blokken for regel in blok.regels
    )


@pytest.mark.parametrize("soort", SOORTEN.values(), ids=str)
def test_every_code_in_a_message_stands_with_its_meaning(soort: Soort) -> None:
    lijsten = leesbaar.code_lists(soort)
    for zaad in range(5):
        bericht = maak(soort, Random(zaad))
        blokken = leesbaar.blocks(bericht, [])
        if len(blokken) == leesbaar.HOOGSTENS:
            continue  # the rest was left out on purpose
        tekst = _text(blokken).lower()
        for boven, naam, waarde in _values(bericht.inhoud):
            lijst = lijsten.get((boven, naam))
            if lijst is not None and naam != "DebetCredit":
                assert codelijsten.naam(lijst, waarde).lower() in tekst, naam


def test_lists_are_those_of_the_law() -> None:
    wmo, jw = (leesbaar.code_lists(SOORTEN[code]) for code in ("WMO307", "JW307"))
    plek = ("StopProduct", "RedenBeeindiging")
    assert (wmo[plek], jw[plek]) == ("WMO588", "JZ588")


def test_what_belongs_together_reads_as_one_line() -> None:
    toewijzing = _text(leesbaar.blocks(goed("wmo", 301), []))
    assert "Hoeveel: 12 × uur, per maand" in toewijzing
    start = _text(leesbaar.blocks(goed("wmo", 305), []))
    assert not re.search(r"\b(Start|Stop) product", start)


def _invoice(**anders: Any) -> Bericht:
    bericht = goed("wmo", 323)
    bericht.inhoud["Declaratie"].update(anders)
    return bericht


def test_an_amount_to_give_back_says_so_and_a_period_has_two_days() -> None:
    tekst = _text(
        leesbaar.blocks(
            _invoice(
                TotaalIngediendBedrag={"TotaalBedrag": 1250, "DebetCredit": "C"},
                DeclaratiePeriode={
                    "Begindatum": date(2026, 5, 1),
                    "Einddatum": date(2026, 5, 31),
                },
            ),
            [],
        )
    )
    assert "Totaal gevraagd: € 12,50, terug te betalen" in tekst
    assert "1 mei 2026 tot en met 31 mei 2026" in tekst


def test_numbers_in_the_header_say_who_they_are() -> None:
    bericht = goed("wmo", 305)
    afzender, ontvanger = (
        bericht.inhoud["Header"][k] for k in ("Afzender", "Ontvanger")
    )
    tekst = _text(leesbaar.blocks(bericht, [], {afzender: "Samen Verder"}))
    assert f"Afzender: Samen Verder ({afzender})" in tekst
    assert f"({ontvanger})" in tekst


def test_a_fault_stands_at_its_element_and_at_no_other() -> None:
    fout = Berichtfout(
        pad="/Bericht/Client/StartProducten/StartProduct[1]/Begindatum",
        tekst="x",
        regel="TR001",
        niveau=3,
    )
    regels = [
        regel
        for blok in leesbaar.blocks(goed("wmo", 305), [fout])
        for regel in blok.regels
    ]
    assert [regel.naam for regel in regels if regel.fouten] == ["Eerste dag"]
