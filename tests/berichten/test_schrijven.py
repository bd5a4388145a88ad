"""What is written can be read by anybody who holds to the standard."""

from datetime import date, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from samenloop.berichten.standaard import SOORTEN, Bericht, SchemaFout, lees, schrijf
from tests.berichten import bron
from tests.berichten.genereren import berichten, maak
from tests.berichten.test_lezen import start

RUIM = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(bericht=berichten())
@RUIM
def test_reading_what_was_written_gives_it_back(bericht: Bericht) -> None:
    assert lees(schrijf(bericht)) == bericht


@bron.nodig
@pytest.mark.parametrize("code", list(SOORTEN))
def test_what_is_written_holds_to_the_official_schema(code: str) -> None:
    rnd = Random(code)
    soort = SOORTEN[code]
    for _ in range(15):
        boom = etree.fromstring(schrijf(maak(soort, rnd)))
        bron.schema(soort).assertValid(boom)


def test_form_is_that_of_the_standard() -> None:
    data = schrijf(start())
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\r\n')
    assert (
        b'<wmo305:Bericht xmlns:wmo305="http://www.istandaarden.nl/iwmo/3_2/wmo305/'
        b'schema" xmlns:iwmo="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema">'
    ) in data
    assert b"<iwmo:Achternaam>Proef</iwmo:Achternaam>\r\n" in data
    assert data.endswith(b"</wmo305:Bericht>\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_order_of_the_dict_does_not_matter() -> None:
    bericht = start()
    om = Bericht(bericht.soort, dict(reversed(bericht.inhoud.items())))
    assert schrijf(om) == schrijf(bericht)


def test_signs_of_xml_and_letters_of_all_come_through() -> None:
    bericht = start()
    naam = 'O\'Brien-Çelik & <Zoon> ]]> \t"€" 😀'
    bericht.inhoud["Client"]["Naam"]["Geslachtsnaam"]["Achternaam"] = naam
    assert lees(schrijf(bericht)) == bericht


@pytest.mark.parametrize(
    ("naam", "waarde", "fout"),
    [
        ("Bsn", "12345678", SchemaFout),
        ("Bsn", None, TypeError),
        ("Bsn", True, TypeError),
        ("Bsn", 1.5, TypeError),
        ("Bsn", "99990\x000006", ValueError),
        ("Geslacht", "7", SchemaFout),
        ("Onbekend", "1", ValueError),
        ("Geboortedatum", {"Datum": datetime(2026, 1, 1, 12)}, SchemaFout),  # noqa: DTZ001
    ],
)
def test_what_the_receiver_would_refuse_is_not_written(
    naam: str, waarde: object, fout: type[Exception]
) -> None:
    bericht = start()
    bericht.inhoud["Client"][naam] = waarde
    with pytest.raises(fout):
        schrijf(bericht)


def test_what_has_to_be_there_has_to_be_there() -> None:
    bericht = start()
    del bericht.inhoud["Client"]["Bsn"]
    with pytest.raises(SchemaFout) as gevonden:
        schrijf(bericht)
    assert [each.pad for each in gevonden.value.fouten] == ["/Bericht/Client/Bsn"]
    assert bericht.dagtekening == date(2026, 5, 6)
