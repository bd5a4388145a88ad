"""Envelopes of the municipal knooppunt: StUF-GGk 2.1, Di01, Du01 and Fo01.

A message of the standard travels between municipality and knooppunt in an envelope: a
Di01 holds one that starts something, a Du01 one that answers and names the reference
of the Di01. A Fo01 says that an envelope was not accepted. Here they are data; what
carries them (Digikoppeling, ebMS) stays outside.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from samenloop.berichten.standaard.soorten import SUBVERSIE, VERSIE, Soort

STUF: Final = "http://www.egem.nl/StUF/StUF0301"
GGK: Final = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"
#: Times in an envelope have no zone: they are those of the Netherlands.
AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
#: The root element of each kind, without prefix.
WORTEL: Final = {
    "Di01": "envelopHeenbericht-ggk_Di01",
    "Du01": "envelopRetourbericht-ggk_Du01",
    "Fo01": "Fo01Bericht",
}
#: The knooppunt as a system that is written to.
KNOOPPUNT: Final = "GGk"


class EnvelopFout(Exception):
    """These bytes are no envelope of the knooppunt, or one that breaks its rules."""


@dataclass(frozen=True, slots=True)
class Systeem:
    """Who sends or receives: an organisation and the program it uses.

    `organisatie` is a CBS code, an AGB code or the name of a body such as CAK.
    """

    organisatie: str
    applicatie: str
    administratie: str | None = None
    gebruiker: str | None = None


@dataclass(frozen=True, slots=True)
class Versies:
    """The four versions an envelope names, each four digits."""

    applicatie: str
    sub_applicatie: str
    functie: str = f"{VERSIE:04}"
    sub_functie: str = f"{SUBVERSIE:04}"


@dataclass(frozen=True, slots=True)
class Envelop:
    """A Di01 or Du01 with what it carries.

    `cross` is the reference of the Di01 that a Du01 answers. `bestandsnaam` is set
    where the content is a text file and not XML. Times are aware.
    """

    soort: Literal["Di01", "Du01"]
    zender: Systeem
    ontvanger: Systeem
    referentie: UUID
    tijdstip: datetime
    functie: str
    versies: Versies
    inhoud: bytes
    cross: UUID | None = None
    bestandsnaam: str | None = None


@dataclass(frozen=True, slots=True)
class Foutbericht:
    """A Fo01: the envelope with reference `cross` was refused.

    `plek` is client where the fault is with who sent, server where it is not.
    """

    zender: Systeem
    ontvanger: Systeem
    referentie: str
    tijdstip: datetime
    cross: str
    code: str
    plek: Literal["client", "server"]
    omschrijving: str
    details: str | None = None


def verpak(
    soort: Soort,
    inhoud: bytes,
    *,
    zender: Systeem,
    ontvanger: str,
    referentie: UUID,
    tijdstip: datetime,
    versies: Versies,
    cross: UUID | None = None,
) -> Envelop:
    """The envelope for a message of the standard.

    `ontvanger` is the organisation it is for in the end. An answer needs `cross`, the
    reference of what it answers: EnvelopFout without it.
    """
    if soort.is_antwoord and cross is None:
        raise EnvelopFout("Een retourbericht noemt de referentie van het heenbericht.")
    return Envelop(
        soort="Du01" if soort.is_antwoord else "Di01",
        zender=zender,
        ontvanger=Systeem(ontvanger, KNOOPPUNT),
        referentie=referentie,
        tijdstip=tijdstip,
        functie=soort.code,
        versies=versies,
        inhoud=inhoud,
        cross=cross if soort.is_antwoord else None,
    )
