"""Envelopes of the knooppunt are read as they come and written as they should be."""

import re
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

import pytest
from lxml import etree

from samenloop.berichten.ggk import (
    FOUTCODES,
    Envelop,
    EnvelopFout,
    Foutbericht,
    Systeem,
    Versies,
    lees_envelop,
    schrijf_envelop,
    uitleg,
    verpak,
)
from samenloop.berichten.ggk.envelop import AMSTERDAM
from samenloop.berichten.standaard import SOORTEN, lees, schrijf
from tests.berichten import bron
from tests.berichten.genereren import maak
from tests.berichten.muteren import beschadig

GGK = bron.STANDAARDEN / "ggk-envelope"
TOEN = datetime(2026, 5, 6, 13, 25, 14, 250_000, tzinfo=AMSTERDAM)
REFERENTIE = UUID("9c0f7b90-5c69-41e5-a837-0800200c9a66")
GEMEENTE = Systeem("0363", "Samenloop & Co")
VERSIES = Versies("0001", "0002")


def envelop(**anders: Any) -> Envelop:
    """A Di01 with a small content."""
    velden = {
        "soort": "Di01",
        "zender": GEMEENTE,
        "ontvanger": Systeem("99999901", "GGk", "adm", "gebruiker"),
        "referentie": REFERENTIE,
        "tijdstip": TOEN,
        "functie": "WMO301",
        "versies": VERSIES,
        "inhoud": b"<a/>",
    }
    return Envelop(**{**velden, **anders})


FOUT = Foutbericht(
    zender=Systeem("IB", "GGK"),
    ontvanger=GEMEENTE,
    referentie="78002f23-5bc5-4e3e-96ad-1d209d32a5d5",
    tijdstip=TOEN,
    cross=str(REFERENTIE),
    code="IB014",
    plek="client",
    omschrijving="Niet goed",
    details="WMO301-00030002",
)
TEKST = envelop(bestandsnaam="a-1_b.csv", inhoud=b"\x00\xff" * 9)
ANTWOORD = envelop(soort="Du01", cross=REFERENTIE, functie="WMO302")
ALLE = [envelop(), TEKST, ANTWOORD, FOUT]


@cache
def schema() -> Any:
    """The official schema of the envelope."""
    pad = next(GGK.rglob("ggk0210_msg_ggkberichten.xsd"))
    return etree.XMLSchema(etree.parse(str(pad)))


@pytest.mark.parametrize("wat", ALLE, ids=["Di01", "tekst", "Du01", "Fo01"])
def test_reading_what_was_written_gives_it_back(wat: Envelop | Foutbericht) -> None:
    assert lees_envelop(schrijf_envelop(wat)) == wat


@bron.nodig
@pytest.mark.parametrize("wat", ALLE, ids=["Di01", "tekst", "Du01", "Fo01"])
def test_what_is_written_holds_to_the_official_schema(
    wat: Envelop | Foutbericht,
) -> None:
    schema().assertValid(etree.fromstring(schrijf_envelop(wat)))


@bron.nodig
@pytest.mark.parametrize("pad", sorted(GGK.glob("voor*/*.xml")), ids=lambda p: p.stem)
def test_published_envelope_is_read(pad: Any) -> None:
    wat = lees_envelop(pad.read_bytes())
    if isinstance(wat, Foutbericht):
        assert wat.details == "JW315-00010004"
    else:
        assert wat.inhoud.startswith(b"Hier staat een ")


def test_message_goes_in_and_comes_out_whole() -> None:
    rnd = Random(5)
    for code in ("WMO301", "JW325", "JW316"):
        soort = SOORTEN[code]
        bericht = maak(soort, rnd)
        cross = REFERENTIE if soort.is_antwoord else None
        wat = verpak(
            soort,
            schrijf(bericht),
            zender=GEMEENTE,
            ontvanger="99999901",
            referentie=REFERENTIE,
            tijdstip=TOEN,
            versies=VERSIES,
            cross=cross,
        )
        terug = lees_envelop(schrijf_envelop(wat))
        assert isinstance(terug, Envelop)
        assert terug.soort == ("Du01" if soort.is_antwoord else "Di01")
        assert (terug.functie, terug.cross) == (code, cross)
        assert (terug.versies.functie, terug.versies.sub_functie) == ("0003", "0002")
        assert lees(terug.inhoud) == bericht


def test_answer_names_what_it_answers() -> None:
    with pytest.raises(EnvelopFout):
        verpak(
            SOORTEN["WMO302"],
            b"",
            zender=GEMEENTE,
            ontvanger="1",
            referentie=REFERENTIE,
            tijdstip=TOEN,
            versies=VERSIES,
        )


@pytest.mark.parametrize(
    "anders",
    [
        {"zender": Systeem("0363", "ab")},
        {"zender": Systeem("x" * 201, "abc")},
        {"referentie": UUID("9c0f7b90-5c69-11e5-a837-0800200c9a66")},
        {"tijdstip": TOEN.replace(tzinfo=None)},
        {"versies": Versies("1", "0001")},
        {"bestandsnaam": "een naam.csv"},
        {"bestandsnaam": "a.b"},
        {"bestandsnaam": "../weg.csv"},
        {"inhoud": b"x" * (19 * 1024 * 1024)},
        {"soort": "Du01"},
    ],
    ids=str,
)
def test_what_breaks_a_bound_is_not_written(anders: dict[str, Any]) -> None:
    with pytest.raises(EnvelopFout):
        schrijf_envelop(envelop(**anders))


def test_content_of_18_mb_fits() -> None:
    wat = envelop(inhoud=b"y" * (18 * 1024 * 1024))
    assert lees_envelop(schrijf_envelop(wat)) == wat


DATA = schrijf_envelop(envelop()).decode()


@pytest.mark.parametrize(
    ("van", "naar"),
    [
        ("<?xml", "<!DOCTYPE a><?xml"),
        ("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>'),
        ("PGEvPg==", "geen base64!"),
        ("PGEvPg==", "PGEvPg=="[:-1]),
        ("xmlBestand", "zipBestand"),
        ("<StUF:functie>WMO301</StUF:functie>", ""),
        ("<StUF:functie>", "x<StUF:functie>"),
        ("<StUF:functie>", "<StUF:functie a='1'>"),
        ("<StUF:functie>WMO301", "<StUF:functie><a/>WMO301"),
        ("StUF:functie>", "GGK:functie>"),
        ("20260506132514250", "20261306132514250"),
        ("Di01</StUF", "Du01</StUF"),
        ("envelopHeenbericht", "envelopIets"),
        ("<GGK:parameters>", "<GGK:parameters>" + "<a>" * 50_000),
    ],
)
def test_what_is_no_envelope_is_refused(van: str, naar: str) -> None:
    kapot = DATA.replace(van, naar)
    assert kapot != DATA
    with pytest.raises(EnvelopFout):
        lees_envelop(kapot.encode())


def test_damaged_envelope_never_ends_otherwise() -> None:
    rnd = Random(11)
    gelezen = 0
    for _ in range(2000):
        try:
            lees_envelop(beschadig(DATA.encode(), rnd))
            gelezen += 1
        except EnvelopFout:
            pass
    assert gelezen > 0


@bron.nodig
def test_what_we_accept_the_official_schema_accepts() -> None:
    rnd = Random(13)
    for _ in range(2000):
        data = beschadig(DATA.encode(), rnd)
        try:
            lees_envelop(data)
        except EnvelopFout:
            continue
        assert schema().validate(etree.fromstring(data)), data


def test_time_of_a_day_alone_is_its_begin() -> None:
    wat = lees_envelop(DATA.replace("20260506132514250", "20260506").encode())
    assert wat.tijdstip == datetime(2026, 5, 6, tzinfo=AMSTERDAM)
    assert TOEN - wat.tijdstip < timedelta(days=1)


@bron.nodig
def test_every_code_of_the_knooppunt_is_explained() -> None:
    codes = set()
    for pad in bron.STANDAARDEN.rglob("F*outcodelijst*.md"):
        codes |= set(re.findall(r"^\|\s*((?:IB|BRS)\d+)\s*\|", pad.read_text(), re.M))
    assert codes == set(FOUTCODES)
    assert uitleg("IB014") == FOUTCODES["IB014"]
    assert uitleg("IB999") not in FOUTCODES.values()
