"""The tables of the room, by topic: what came in, and what was done with it."""

from samenloop.signalen.models.instelling import Signaalconcept, Weegtermijn
from samenloop.signalen.models.melding import (
    Melding,
    MeldingSignaal,
    Terugmelding,
    Verwijzing,
    Weging,
    Wegingconcept,
)
from samenloop.signalen.models.signaal import (
    Kanaal,
    Leefgebied,
    Nummerteller,
    Regelweging,
    Signaal,
    SignaalBetrokkene,
    Signaalsoort,
)

__all__ = [
    "Kanaal",
    "Leefgebied",
    "Melding",
    "MeldingSignaal",
    "Nummerteller",
    "Regelweging",
    "Signaal",
    "SignaalBetrokkene",
    "Signaalconcept",
    "Signaalsoort",
    "Terugmelding",
    "Verwijzing",
    "Weegtermijn",
    "Weging",
    "Wegingconcept",
]
