"""Our declaration as XML Schema, so that libxml2 can hold messages to it.

A message of 25 MB has to be checked while it is read; libxml2 does that in C. The
official files may not be spread, so the schema is made from the declaration; a test
holds thousands of right and wrong messages to both, and to the same verdict. The names
of the types are those of the official files, because a message may name them.
"""

from functools import cache
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from .model import Enkelvoudig, Klasse, Model, Veld, model
from .soorten import Soort, Wet
from .typen import ENKELVOUDIG, SAMENGESTELD

_XS: Final = "http://www.w3.org/2001/XMLSchema"
_BASIS: Final = "samenloop:basisschema"


def _facetten(enkel: Enkelvoudig, wet: Wet) -> list[tuple[str, object]]:
    facetten = [
        ("minLength", enkel.minlengte),
        ("maxLength", enkel.maxlengte),
        ("minInclusive", enkel.minimum),
        ("maxInclusive", enkel.maximum),
        ("pattern", enkel.patroon),
        *(("enumeration", code) for code in enkel.codes.get(wet, ())),
    ]
    return [(naam, waarde) for naam, waarde in facetten if waarde is not None]


def _simple(enkel: Enkelvoudig, wet: Wet) -> str:
    facetten = "".join(
        f"<xs:{naam} value={quoteattr(str(waarde))}/>"
        for naam, waarde in _facetten(enkel, wet)
    )
    return (
        f'<xs:simpleType name="{enkel.naam}">'
        f'<xs:restriction base="xs:{enkel.basis}">{facetten}</xs:restriction>'
        "</xs:simpleType>"
    )


def _element(veld: Veld, voorvoegsel: str) -> str:
    maximum = "unbounded" if veld.max is None else veld.max
    kop = f'<xs:element name="{veld.naam}" minOccurs="{veld.min}"'
    kop += f' maxOccurs="{maximum}"'
    soort = f"{voorvoegsel}:{veld.type}"
    if veld.patroon is None:
        return f'{kop} type="{soort}"/>'
    return (
        f'{kop}><xs:simpleType><xs:restriction base="{soort}">'
        f"<xs:pattern value={quoteattr(veld.patroon)}/>"
        "</xs:restriction></xs:simpleType></xs:element>"
    )


def _complex(klasse: Klasse, van: dict[str, str]) -> str:
    velden = "".join(
        _element(veld, van.get(veld.type, van[""])) for veld in klasse.velden
    )
    return (
        f'<xs:complexType name="{klasse.naam}">'
        f"<xs:sequence>{velden}</xs:sequence></xs:complexType>"
    )


def basistekst(soort: Soort) -> str:
    """The schema of the basic types of this kind's law."""
    van = {"": soort.standaard}
    delen = [_complex(each, van) for each in SAMENGESTELD.values()]
    delen += [_simple(each, soort.wet) for each in ENKELVOUDIG.values()]
    return (
        f'<xs:schema xmlns:xs="{_XS}" xmlns:{soort.standaard}="{soort.basisruimte}"'
        f' targetNamespace="{soort.basisruimte}" elementFormDefault="qualified">'
        f"{''.join(delen)}</xs:schema>"
    )


def berichttekst(dit: Model) -> str:
    """The schema of one kind of message, which imports that of the basic types."""
    soort = dit.soort
    eigen = soort.voorvoegsel
    van = {"": soort.standaard, **dict.fromkeys(dit.klassen, eigen)}
    delen = [_complex(each, van) for each in dit.klassen.values()]
    return (
        f'<xs:schema xmlns:xs="{_XS}" xmlns:{soort.standaard}="{soort.basisruimte}"'
        f' xmlns:{eigen}="{soort.naamruimte}" targetNamespace="{soort.naamruimte}"'
        ' elementFormDefault="qualified">'
        f'<xs:import namespace="{soort.basisruimte}" schemaLocation="{_BASIS}"/>'
        f'<xs:element name="Bericht" type="{eigen}:Root"/>'
        f"{''.join(delen)}</xs:schema>"
    )


class _Basis(etree.Resolver):  # type: ignore[misc]
    """Hands over the basic types; nothing else is ever fetched."""

    def __init__(self, tekst: str) -> None:
        super().__init__()
        self._tekst = tekst

    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        """Answer the only address that our own schema names."""
        if url != _BASIS:
            return self.resolve_empty(context)
        return self.resolve_string(self._tekst, context)


@cache
def schema(soort: Soort) -> Any:
    """The compiled schema of a kind of message."""
    lezer = etree.XMLParser(no_network=True, load_dtd=False)
    lezer.resolvers.add(_Basis(basistekst(soort)))
    return etree.XMLSchema(etree.fromstring(berichttekst(model(soort)), lezer))
