"""Holding a message to the official schemas that an installation has in a folder.

Those files may not be spread, so they are not part of this program. Who has them can
let every message be held to them as well; a folder that lacks the kind asked for is
an error of the installation, not of the message.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from .fouten import XSD, Fout, SchemaFout
from .proloog import STRENG, brokken
from .soorten import Soort


class SchemaOntbreekt(Exception):
    """The folder holds no official schema for this kind of message."""


class _Binnen(etree.Resolver):  # type: ignore[misc]
    """Lets a schema fetch only files that lie within the folder."""

    def __init__(self, schemamap: Path) -> None:
        super().__init__()
        self._map = schemamap.resolve()

    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        """Answer with a file of the folder, or with nothing."""
        pad = Path(url.removeprefix("file://")).resolve()
        if pad.is_relative_to(self._map) and pad.is_file():
            return self.resolve_filename(str(pad), context)
        return self.resolve_empty(context)


@lru_cache(maxsize=64)
def officieel_schema(soort: Soort, schemamap: Path) -> Any:
    """The official schema of a kind; SchemaOntbreekt where the folder has none."""
    for pad in sorted(schemamap.rglob("*.xsd")):
        if pad.stem.upper() != soort.code:
            continue
        lezer = etree.XMLParser(no_network=True, load_dtd=False)
        lezer.resolvers.add(_Binnen(schemamap))
        try:
            boom = etree.parse(str(pad), lezer)
            if boom.getroot().get("targetNamespace") == soort.naamruimte:
                return etree.XMLSchema(boom)
        except etree.LxmlError as fout:
            raise SchemaOntbreekt(f"{pad.name} is niet te lezen.") from fout
    raise SchemaOntbreekt(f"Geen officieel schema voor {soort.code} in de map.")


def keur_officieel(data: bytes, soort: Soort, schemamap: Path) -> None:
    """Raise SchemaFout where a message does not hold to the official schema."""
    lezer = etree.XMLPullParser(
        events=("end",),
        tag=f"{{{soort.naamruimte}}}Client",
        schema=officieel_schema(soort, schemamap),
        **STRENG,
    )
    try:
        for brok in brokken(data):
            lezer.feed(brok) if brok else lezer.close()
            for _, element in lezer.read_events():
                element.clear(keep_tail=False)
        goed = not len(lezer.feed_error_log)
    except etree.XMLSyntaxError:
        goed = False
    if not goed:
        tekst = "Het bericht voldoet niet aan het officiële schema."
        raise SchemaFout([Fout(XSD, 1, "", "/Bericht", tekst)])
