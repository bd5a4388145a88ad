"""The rules of the standard, one small function per official code, and the verdict.

A message comes in with what we hold beside it; faults and the answer go out.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from samenloop.berichten.regels.register import REGELS, Regel

_ONDERWERPEN = (
    "persoon",
    "naam_en_adres",
    "product",
    "verzoek",
    "antwoordregels",
    "dubbel",
    "stapeling",
    "prestatie",
    "header",
    "toewijzing",
    "regie",
    "over_verzoek",
    "over_toewijzing",
    "over_declaratie",
    "over_prestatie",
    "over_antwoord",
    "verzenden",
)


@cache
def alle_regels() -> Mapping[str, Regel]:
    """Every rule that a function judges, by official code."""
    for each in _ONDERWERPEN:
        import_module(f"samenloop.berichten.regels.{each}")
    return dict(sorted(REGELS.items()))
