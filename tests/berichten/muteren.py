"""Making a message wrong, in the ways in which messages are wrong.

`verander` works on the elements: values, order, number, names, attributes, what stands
between them. Most results break the schema, some do not; which is for the official
schema to say. `beschadig` works on the bytes.
"""

from random import Random
from typing import Any, Final

from lxml import etree

from samenloop.berichten.standaard import Soort

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
WAARDEN: Final = (
    *("", " ", "\n", "\t", "\u00a0", "x", "X", ".", "-", "0", "1", "3", "2", "9"),
    *("-1", "-0", "+1", "+0", "007", "00", "01", "02", "13", "31", "99", "100"),
    *("1.0", "1e3", "1_0", "0x1", "١٢٣٤", "²", "99999999", "100000000", "999999999"),
    *("1000000000", "999999999999", "1000000000000", "9" * 24, "9" * 25, "0" * 40),
    *("0" * 30 + "5", "+" + "0" * 30 + "5", " 5 ", "5\n", "1 1", "--1", "+-1"),
    *("2026-02-28", "2026-02-29", "2024-02-29", "1900-02-29", "2000-02-29"),
    *("2026-13-01", "2026-00-01", "2026-01-00", "2026-01-32", "2026-04-31"),
    *("2026-1-1", "20260101", "2026-01", "01-01-2026", "2026-01-01T00:00:00"),
    *("2026-01-01Z", "2026-01-01+01:00", "2026-01-01-14:00", "2026-01-01+15:00"),
    *(" 2026-01-01 ", "2026-01-01\n", "\t2026-01-01", "2026 -01-01"),
    *("12026-01-01", "02026-01-01", "-0001-01-01", "-12026-02-28", "0000-01-01"),
    *("999999999999-01-01", "0001-01-01", "9999-12-31", "10000-02-29", "10001-02-29"),
    *("10:00:00", "10:00:60", "24:00:00", "24:00:01", "25:00:00", "10:00", "1:00:00"),
    *("10:00:00Z", "10:00:00+01:00", "10:00:00-01:00", "10:00:00.5", "10:00:00."),
    *(" 10:00:00 ", "10:60:00", "24:00:00.0", "23:59:59.999999999999"),
    *("123456789", "12345678", "1234567890", "1234", "0384", "12345", "AB", "ab"),
    *("À", "ỳ", "ỹ", "×", "a b", "a.b", "a\nb", "a\tb", "é" * 6, "a" * 7, "😀"),
    *("1.0.0", "01.0.0", "1.0", "1.0.0.0", "1.0.0 ", "0.0.0", "10.20.30"),
    *("x" * n for n in (2, 4, 5, 8, 9, 10, 12, 13, 20, 21, 24, 25, 35, 36, 64, 80)),
    *("x" * n for n in (81, 200, 201, 5000)),
)


def _elementen(wortel: Any) -> list[Any]:
    return [each for each in wortel.iter() if isinstance(each.tag, str)]


def _bladen(wortel: Any) -> list[Any]:
    """The elements without elements in them; a comment within does not count."""
    return [each for each in _elementen(wortel) if len(_elementen(each)) == 1]


def _kopie(element: Any) -> Any:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def _waarde(wortel: Any, rnd: Random, soort: Soort) -> None:
    blad = rnd.choice(_bladen(wortel))
    tekst = blad.text or ""
    anders = (tekst + " ", " " + tekst, tekst * 2, tekst[:-1], tekst.lower(), tekst)
    blad.text = rnd.choice(anders if rnd.random() < 0.2 else WAARDEN)


def _andermans(wortel: Any, rnd: Random, soort: Soort) -> None:
    een, ander = rnd.choice(_bladen(wortel)), rnd.choice(_bladen(wortel))
    een.text = ander.text


def _weg(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel)[1:])
    element.getparent().remove(element)


def _dubbel(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel)[1:])
    element.addnext(_kopie(element))


def _ruil(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel)[1:])
    volgende = element.getnext()
    if volgende is not None:
        volgende.addnext(element)


def _verplaats(wortel: Any, rnd: Random, soort: Soort) -> None:
    element, doel = rnd.choice(_elementen(wortel)[1:]), rnd.choice(_elementen(wortel))
    doel.insert(rnd.randint(0, len(doel)), _kopie(element))


def _vreemd(wortel: Any, rnd: Random, soort: Soort) -> None:
    doel = rnd.choice(_elementen(wortel))
    ruimte = rnd.choice([soort.naamruimte, soort.basisruimte, "urn:x", None])
    naam = rnd.choice(["Onbekend", "Commentaar", "RetourCodes", "Bsn"])
    doel.insert(
        rnd.randint(0, len(doel)),
        etree.Element(f"{{{ruimte}}}{naam}" if ruimte else naam),
    )


def _hernoem(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel)[1:])
    naam = etree.QName(element).localname
    ruimte = rnd.choice([soort.naamruimte, soort.basisruimte, "urn:x", ""])
    naam = rnd.choice([naam, naam.lower(), naam + "x", "Einddatum"])
    element.tag = f"{{{ruimte}}}{naam}" if ruimte else naam


def _attribuut(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel))
    naam, waarde = rnd.choice(
        [
            ("a", "1"),
            ("{urn:x}a", "1"),
            ("{http://www.w3.org/XML/1998/namespace}lang", "nl"),
            ("{http://www.w3.org/XML/1998/namespace}space", "preserve"),
            (f"{{{XSI}}}nil", "true"),
            (f"{{{XSI}}}nil", "false"),
            (f"{{{XSI}}}schemaLocation", "urn:x http://localhost:1/x.xsd"),
            (f"{{{XSI}}}noNamespaceSchemaLocation", "http://localhost:1/x.xsd"),
            (f"{{{XSI}}}type", f"{soort.standaard}:LDT_Datum"),
            (f"{{{XSI}}}type", f"{soort.voorvoegsel}:Client"),
            (f"{{{XSI}}}type", "onbekend:Type"),
            (f"{{{XSI}}}iets", "1"),
        ]
    )
    element.set(naam, waarde)


def _ertussen(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel))
    tekst = rnd.choice(["x", " ", "\n\t", "\u00a0", "0"])
    if rnd.random() < 0.5 and element.getparent() is not None:
        element.tail = tekst
    else:
        element.text = tekst + (element.text or "")


def _commentaar(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel))
    tussen: Any = etree.Comment(" <Bsn>1</Bsn> ")
    if rnd.random() < 0.5:
        tussen = etree.ProcessingInstruction("x", "y")
    tekst = element.text or ""
    knip = rnd.randint(0, len(tekst))
    element.insert(0, tussen)
    element.text, tussen.tail = tekst[:knip], tekst[knip:]


def _leeg(wortel: Any, rnd: Random, soort: Soort) -> None:
    element = rnd.choice(_elementen(wortel))
    for kind in list(element):
        element.remove(kind)
    element.text = None


WIJZEN: Final = (
    *(_waarde,) * 8,
    *(_andermans, _weg, _weg, _dubbel, _ruil, _verplaats, _vreemd, _hernoem),
    *(_attribuut, _ertussen, _commentaar, _leeg),
)


def verander(data: bytes, soort: Soort, rnd: Random) -> bytes:
    """The message with one to three changes."""
    wortel = etree.fromstring(data)
    for _ in range(rnd.choice([1, 1, 1, 2, 3])):
        if len(_elementen(wortel)) > 1:
            rnd.choice(WIJZEN)(wortel, rnd, soort)
    uit: bytes = etree.tostring(wortel, encoding="UTF-8", xml_declaration=True)
    return uit


STUKKEN: Final = (
    *(b"<!-- -->", b"&amp;", b"&x;", b"<a/>", b"<?x y?>", b"\x00", b"\xff", b"\xc3"),
    *(b"<![CDATA[x]]>", b"]]>", b"&#0;", b"&#xd800;", b"&#65;", b"<", b">", b"&"),
    *(b"<!DOCTYPE a>", b'<!DOCTYPE a [<!ENTITY x "y">]>', b"<!ENTITY x 'y'>"),
    *(b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"xmlns:a=''", b"--"),
    *(b'<?xml version="1.1"?>', b" encoding='latin1'", b"<a>" * 300, b"(" * 50),
)


def beschadig(data: bytes, rnd: Random) -> bytes:
    """The bytes with some of them gone, changed, moved or put in."""
    kapot = bytearray(data)
    for _ in range(rnd.choice([1, 1, 2, 4])):
        plek = rnd.randint(0, len(kapot))
        match rnd.randrange(7):
            case 0:
                del kapot[plek:]
            case 1:
                kapot[plek : plek + 1] = bytes([rnd.randrange(256)])
            case 2:
                del kapot[plek : plek + rnd.randint(1, 60)]
            case 3:
                van = rnd.randint(0, len(kapot))
                kapot[plek:plek] = kapot[van : van + rnd.randint(1, 400)]
            case 4:
                kapot[plek:plek] = rnd.choice(STUKKEN)
            case 5:
                kapot[:0] = rnd.choice(STUKKEN)
            case _:
                einde = min(len(kapot), plek + rnd.randint(1, 40))
                kapot[plek:einde] = kapot[plek:einde][::-1]
    if rnd.random() < 0.01:
        codering = rnd.choice(["utf-16", "utf-16-le", "utf-32", "latin-1"])
        return bytes(kapot).decode("utf-8", "replace").encode(codering, "replace")
    return bytes(kapot)
