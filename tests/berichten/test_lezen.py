"""What a stranger may send, and what becomes of it."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from typing import Any

import pytest

from samenloop.berichten.standaard import (
    SOORTEN,
    Bericht,
    Fout,
    Onleesbaar,
    SchemaFout,
    VerreDatum,
    lees,
    lees_stroom,
    schrijf,
)
from samenloop.berichten.standaard.proloog import GROOTSTE
from tests.berichten import bron
from tests.berichten.genereren import maak

KOP = {
    "BerichtCode": "418",
    "BerichtVersie": 3,
    "BerichtSubversie": 2,
    "Afzender": "99999901",
    "Ontvanger": "0363",
    "BerichtIdentificatie": {"Identificatie": "S1", "Dagtekening": date(2026, 5, 6)},
    "XsdVersie": {"BasisschemaXsdVersie": "1.0.0", "BerichtXsdVersie": "1.0.0"},
}
PRODUCT = {
    "ToewijzingNummer": 7,
    "Begindatum": date(2026, 5, 1),
    "StatusAanlevering": "1",
}


def start() -> Bericht:
    """A small message that is right."""
    return Bericht(
        SOORTEN["WMO305"],
        {
            "Header": dict(KOP),
            "Client": {
                "Bsn": "999900006",
                "Geboortedatum": {"Datum": date(1950, 1, 2)},
                "Geslacht": "0",
                "Naam": {"Geslachtsnaam": {"Achternaam": "Proef"}},
                "StartProducten": {"StartProduct": [dict(PRODUCT)]},
            },
        },
    )


DATA = schrijf(start())


def met(van: str, naar: str) -> bytes:
    """The message with something else in it."""
    assert van.encode() in DATA
    return DATA.replace(van.encode(), naar.encode(), 1)


def fouten(data: bytes) -> list[Fout]:
    """What is wrong with it."""
    with pytest.raises(SchemaFout) as fout:
        lees(data)
    return fout.value.fouten


BSN = "<wmo305:Bsn>999900006</wmo305:Bsn>"
CLIENT = "/Bericht/Client"
EERSTE = f"{CLIENT}/StartProducten/StartProduct[1]"


@pytest.mark.parametrize(
    ("van", "naar", "regel", "pad"),
    [
        ("999900006<", "99990000<", "RS037", f"{CLIENT}/Bsn"),
        ("999900006<", "9999000060<", "RS015 RS037", f"{CLIENT}/Bsn"),
        ("999900006<", "<", "RS037", f"{CLIENT}/Bsn"),
        ("<iwmo:Achternaam>Proef<", "<iwmo:Achternaam> <", "RS033", ""),
        ("<iwmo:Achternaam>Proef<", f"<iwmo:Achternaam>{'x' * 201}<", "RS028", ""),
        ("418<", "420<", "RS047", "/Bericht/Header/BerichtCode"),
        ("Versie>3<", "Versie>2<", "CS025", "/Bericht/Header/BerichtVersie"),
        ("Subversie>2<", "Subversie>1<", "CS015", "/Bericht/Header/BerichtSubversie"),
        ("99999901<", "9999990<", "RS036", "/Bericht/Header/Afzender"),
        ("0363<", "363<", "RS035", "/Bericht/Header/Ontvanger"),
        ("1.0.0<", "1.0<", "RS048", ""),
        ("2026-05-01<", "2026-05-01Z<", "RS032", f"{EERSTE}/Begindatum"),
        ("2026-05-01<", "2026-05-01+02:00<", "RS032", f"{EERSTE}/Begindatum"),
        ("2026-05-01<", "2026-02-30<", "XSD", f"{EERSTE}/Begindatum"),
        ("Nummer>7<", "Nummer>1000000000<", "RS006", f"{EERSTE}/ToewijzingNummer"),
        ("Nummer>7<", "Nummer>-1<", "RS001", f"{EERSTE}/ToewijzingNummer"),
        ("Nummer>7<", "Nummer>zeven<", "XSD", f"{EERSTE}/ToewijzingNummer"),
        ("Geslacht>0<", "Geslacht>00<", "RS008", f"{CLIENT}/Geslacht"),
        ("Geslacht>0<", "Geslacht>5<", "XSD", f"{CLIENT}/Geslacht"),
        (BSN, "", "XSD", f"{CLIENT}/Bsn"),
        (BSN, BSN + BSN, "XSD", f"{CLIENT}/Bsn"),
        (BSN, BSN + "<wmo305:Iets/>", "XSD", CLIENT),
        (BSN, BSN + "iets", "XSD", CLIENT),
        (BSN, BSN.replace("Bsn>9", "Bsn a='1'>9"), "XSD", f"{CLIENT}/Bsn"),
        (BSN, BSN.replace(">9", "><b/>9"), "XSD", f"{CLIENT}/Bsn"),
    ],
)
def test_a_fault_gets_the_code_of_each_bound_it_breaks_at_its_place(
    van: str, naar: str, regel: str, pad: str
) -> None:
    gevonden = fouten(met(van, naar))
    assert [each.regel for each in gevonden] == regel.split()
    assert gevonden[0].pad.startswith(pad or "/Bericht")


@pytest.mark.parametrize(
    ("van", "naar"),
    [
        ("999900006<", "9999<!-- x -->00006<"),
        ("999900006<", "<![CDATA[999900006]]><"),
        ("999900006<", "&#57;99900006<"),
        ("2026-05-01<", "\n 2026-05-01 <"),
        ("Nummer>7<", "Nummer> +007 <"),
        ("Nummer>7<", f"Nummer>{'0' * 5000}7<"),
        ("<?xml", "<?xml"),
        ("?>", "?><!-- <!DOCTYPE x> --><?y z?>"),
        (
            "<wmo305:Client>",
            '<wmo305:Client xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
            ' i:schemaLocation="urn:x http://localhost:1/x.xsd">',
        ),
    ],
)
def test_other_ways_of_writing_the_same_are_the_same(van: str, naar: str) -> None:
    assert lees(met(van, naar)) == start()


def test_prefixes_are_free_and_the_namespace_is_not() -> None:
    vrij = DATA.replace(b"wmo305:", b"a:").replace(b":wmo305=", b":a=")
    assert lees(vrij) == start()
    kaal = DATA.replace(b"<wmo305:", b"<").replace(b"</wmo305:", b"</")
    assert lees(kaal.replace(b"xmlns:wmo305=", b"xmlns=")) == start()
    ander = met("iwmo/3_2/wmo305", "iwmo/3_1/wmo305")
    with pytest.raises(Onleesbaar):
        lees(ander)


@pytest.mark.parametrize(
    ("data", "regel"),
    [
        (b"", "XSD"),
        (b"geen xml", "XSD"),
        (b"<a/>", "XSD"),
        (b"<!-- ", "XSD"),
        (DATA[:-20], "XSD"),
        (DATA + b"<a/>", "XSD"),
        (met("Client>", "Klant>"), "XSD"),
        (DATA.replace(b"Proef", b"\xe9"), "OP192"),
        (b"\xef\xbb\xbf" + DATA, "OP192"),
        (DATA.decode().encode("utf-16"), "OP192"),
        (DATA.decode().encode("utf-16-le"), "OP192"),
        (DATA.decode().encode("utf-16-be"), "OP192"),
        (DATA.decode().encode("utf-32-le"), "OP192"),
        (met('encoding="UTF-8"', 'encoding="ISO-8859-1"'), "OP192"),
        (met("?>", "?><!DOCTYPE Bericht>"), "XSD"),
        (met("?>", '?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]>'), "XSD"),
        (met("Proef", "&naam;"), "XSD"),
        (met("Proef", "&#0;"), "XSD"),
        (DATA + b" " * GROOTSTE, "OP179"),
    ],
)
def test_what_is_no_message_is_unreadable(data: bytes, regel: str) -> None:
    with pytest.raises(Onleesbaar) as fout:
        lees(data)
    assert [each.regel for each in fout.value.fouten] == [regel]


def test_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    lachen = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bom = f'<!DOCTYPE a [<!ENTITY l0 "ha">{lachen}]>'
    for doctype in (
        bom,
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost:1/x">%x;]>',
    ):
        with pytest.raises(Onleesbaar):
            lees(met("?>", f"?>{doctype}"))


def test_depth_has_an_end() -> None:
    with pytest.raises(SchemaFout):
        lees(met(BSN, "<a>" * 100_000))


def test_a_text_of_the_sender_is_not_repeated_in_a_fault() -> None:
    for each in fouten(met("999900006", "geheim")):
        assert "geheim" not in each.tekst + each.pad


def test_dates_beyond_the_calendar_compare_and_come_back() -> None:
    bericht = lees(met("1950-01-02", "-0044-03-15"))
    dag = bericht.inhoud["Client"]["Geboortedatum"]["Datum"]
    assert isinstance(dag, VerreDatum)
    assert dag < date(1900, 1, 1)
    assert b"-0044-03-15" in schrijf(bericht)
    later = lees(met("2026-05-01", "12026-05-01"))
    product = later.inhoud["Client"]["StartProducten"]["StartProduct"][0]
    assert product["Begindatum"] > date(2026, 5, 1)


def test_a_file_may_be_read_as_well() -> None:
    assert lees(io.BytesIO(DATA)) == start()


def declaratie(clienten: int) -> Bericht:
    """An invoice with many clients."""
    rnd = Random(3)
    bericht = maak(SOORTEN["JW323"], rnd)
    rij = bericht.inhoud["Declaratie"]["Clienten"]["Client"]
    bericht.inhoud["Declaratie"]["Clienten"]["Client"] = [
        rij[nr % len(rij)] for nr in range(clienten)
    ]
    return bericht


@pytest.mark.parametrize("code", ["WMO323", "JW323", "WMO325", "JW325"])
def test_stream_gives_what_reading_at_once_gives(code: str) -> None:
    rnd = Random(code)
    for _ in range(20):
        bericht = maak(SOORTEN[code], rnd)
        hoofd = "Declaratie" if code.endswith("323") else "DeclaratieAntwoord"
        inhoud = dict(bericht.inhoud.get(hoofd, {}))
        clienten = inhoud.pop("Clienten", {"Client": []})["Client"]
        verwacht: list[tuple[str, Any]] = [("Header", bericht.header)]
        if hoofd in bericht.inhoud:
            codes = inhoud.pop("RetourCodes", None)
            verwacht += [(hoofd, inhoud), *(("Client", each) for each in clienten)]
            verwacht += [("RetourCodes", codes)] if codes else []
        assert list(lees_stroom(schrijf(bericht))) == verwacht


def test_fault_late_in_an_invoice_undoes_what_was_read() -> None:
    data = schrijf(declaratie(2000))
    plek = data.rindex(b"<jw323:Bsn>") + len(b"<jw323:Bsn>")
    kapot = data[:plek] + b"x" + data[plek + 1 :]
    gezien: list[str] = []
    with pytest.raises(SchemaFout) as fout:
        gezien.extend(naam for naam, _ in lees_stroom(kapot))
    pad = "/Bericht/Declaratie/Clienten/Client[2000]/Bsn"
    assert [(each.regel, each.pad) for each in fout.value.fouten] == [("RS037", pad)]


def test_only_an_invoice_is_streamed() -> None:
    with pytest.raises(ValueError, match="declaratie"):
        lees_stroom(DATA)


GROOT = """
import pathlib, sys
sys.path.insert(0, "src")
from samenloop.berichten.standaard import SOORTEN, lees_stroom
data = open(sys.argv[1], "rb").read()
clienten = sum(naam == "Client" for naam, _ in lees_stroom(data))
# Not ru_maxrss: that begins with what the parent had.
meest = pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2]
print(clienten, meest.split()[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="leest /proc")
def test_invoice_of_25_mb_takes_little_memory(tmp_path: Any) -> None:
    een = schrijf(declaratie(1))
    begin, einde = een.index(b"<jw323:Client>"), een.rindex(b"</jw323:Clienten>")
    aantal = 25_000_000 // (einde - begin)
    pad = tmp_path / "groot.xml"
    pad.write_bytes(een[:begin] + een[begin:einde] * aantal + een[einde:])
    uit = subprocess.run(
        [sys.executable, "-c", GROOT, str(pad)],
        capture_output=True,
        check=True,
        text=True,
        cwd=bron.PROJECT,
    )
    gelezen, kilobytes = map(int, uit.stdout.split())
    assert gelezen == aantal
    assert kilobytes < 150_000


def test_many_threads_read_at_once() -> None:
    rnd = Random(9)
    werk = []
    for soort in SOORTEN.values():
        bericht = maak(soort, rnd)
        werk.append((schrijf(bericht), bericht))
    kapot = met("999900006<", "99990000<")

    def lees_alle(_: int) -> bool:
        goed = all(lees(data) == bericht for data, bericht in werk)
        return goed and [each.regel for each in fouten(kapot)] == ["RS037"]

    with ThreadPoolExecutor(8) as groep:
        assert all(groep.map(lees_alle, range(40)))
