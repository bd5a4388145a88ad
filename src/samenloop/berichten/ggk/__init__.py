"""The envelope in which the municipal knooppunt carries a message."""

from .envelop import (
    KNOOPPUNT,
    Envelop,
    EnvelopFout,
    Foutbericht,
    Systeem,
    Versies,
    verpak,
)
from .foutcodes import FOUTCODES, uitleg
from .lezen import lees_envelop
from .schrijven import schrijf_envelop

__all__ = [
    "FOUTCODES",
    "KNOOPPUNT",
    "Envelop",
    "EnvelopFout",
    "Foutbericht",
    "Systeem",
    "Versies",
    "lees_envelop",
    "schrijf_envelop",
    "uitleg",
    "verpak",
]
