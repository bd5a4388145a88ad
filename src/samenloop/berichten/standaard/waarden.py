"""Whether one value holds to its type, and if not, which rules it breaks.

Used to explain a refusal, never to give the verdict.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from .fouten import XSD
from .model import Enkelvoudig, Veld
from .soorten import Wet

_WIT: Final = " \t\r\n"
_GETAL: Final = re.compile(r"[+-]?[0-9]+")
_ZONE: Final = re.compile(r"(Z|[+-][0-9]{2}:[0-9]{2})$")
_DATUM: Final = re.compile(r"-?([0-9]{4,})-([0-9]{2})-([0-9]{2})")
_TIJD: Final = re.compile(
    r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
)

Oordeel = tuple[str, str]
"""The code of the rule and what is wrong, in Dutch."""


@cache
def _patroon(patroon: str) -> re.Pattern[str]:
    """A pattern of XML Schema as Python has it: fewer characters count as space."""
    for van, naar in ((r"[\s\S]", r"[\x00-\U0010ffff]"), (r"[^\s]", r"[^ \t\r\n]")):
        patroon = patroon.replace(van, naar)
    patroon = patroon.replace(r"\S", r"[^ \t\r\n]").replace(".*", r"[^\r\n]*")
    return re.compile(patroon)


def past(patroon: str, waarde: str) -> bool:
    """Whether the whole value matches a pattern of XML Schema."""
    return _patroon(patroon).fullmatch(waarde) is not None


def _lengte(enkel: Enkelvoudig, waarde: str) -> Iterator[Oordeel]:
    if enkel.minlengte is not None and len(waarde) < enkel.minlengte:
        # The list names this bound without saying where; a pattern says more.
        yield enkel.regels.get("minlengte", "RS007"), "Het element is leeg."
    if enkel.maxlengte is not None and len(waarde) > enkel.maxlengte:
        tekst = f"De waarde is langer dan {enkel.maxlengte} posities."
        yield enkel.regels["maxlengte"], tekst


_VORM: Final = {
    "RS031": "Het commentaar is leeg.",
    "RS033": "De waarde is leeg of heeft een regeleinde.",
    "RS035": "De waarde is geen vier cijfers.",
    "RS036": "De waarde is geen acht cijfers.",
    "RS037": "De waarde is geen negen cijfers.",
    "RS045": "De waarde bestaat niet uit letters alleen.",
    "RS046": "De waarde bestaat niet uit cijfers alleen.",
    "RS047": "De berichtcode hoort niet bij dit bericht.",
    "RS048": "De waarde is geen versie van drie getallen met punten.",
    "CS015": "De subversie van het bericht is niet 2.",
    "CS025": "De versie van het bericht is niet 3.",
    "CS319": "De waarde bestaat niet uit letters en cijfers alleen.",
}


def _vorm(regel: str) -> Oordeel:
    return regel, _VORM.get(regel, "De waarde heeft niet de juiste vorm.")


def _tekst(enkel: Enkelvoudig, waarde: str, wet: Wet) -> Iterator[Oordeel]:
    te_lang_of_leeg = list(_lengte(enkel, waarde))
    yield from te_lang_of_leeg
    if enkel.patroon is not None and not past(enkel.patroon, waarde):
        yield _vorm(enkel.regels["patroon"])
    codes = enkel.codes.get(wet)
    # What is too long stands in no list either; that goes without saying.
    if codes is not None and waarde not in codes and not te_lang_of_leeg:
        yield XSD, f"De waarde staat niet in codelijst {enkel.lijsten[wet]}."


def _getal(enkel: Enkelvoudig, waarde: str) -> Iterator[Oordeel]:
    waarde = waarde.strip(_WIT)
    if not _GETAL.fullmatch(waarde):
        yield XSD, "De waarde is geen geheel getal."
        return
    cijfers = waarde.lstrip("+-0") or "0"
    if waarde.startswith("-") and cijfers != "0":
        yield enkel.regels["minimum"], f"De waarde is kleiner dan {enkel.minimum}."
    elif enkel.maximum is not None and (
        len(cijfers) > len(str(enkel.maximum)) or int(cijfers) > enkel.maximum
    ):
        yield enkel.regels["maximum"], f"De waarde is groter dan {enkel.maximum}."


def _bestaat(waarde: str) -> bool:
    delen = _DATUM.fullmatch(waarde)
    if delen is None or not delen[1].strip("0"):
        return False
    if len(delen[1]) > 4 and delen[1].startswith("0"):
        return False
    # The calendar repeats itself every 400 years, also where Python has no dates.
    jaar = int(delen[1][-4:]) % 400 + 400
    try:
        date(jaar, int(delen[2]), int(delen[3]))
    except ValueError:
        return False
    return True


def _datum(enkel: Enkelvoudig, waarde: str) -> Iterator[Oordeel]:
    waarde = waarde.strip(_WIT)
    kaal = _ZONE.sub("", waarde) if _DATUM.match(waarde) else waarde
    if not _bestaat(kaal):
        yield XSD, "De waarde is geen bestaande datum."
    elif kaal != waarde:
        yield enkel.regels["patroon"], "De datum heeft een tijdzone."


def _tijd(enkel: Enkelvoudig, waarde: str) -> Iterator[Oordeel]:
    waarde = waarde.strip(_WIT)
    kaal = _ZONE.sub("", waarde)
    if not _TIJD.fullmatch(kaal):
        yield XSD, "De waarde is geen bestaande tijd."
    elif kaal != waarde:
        yield enkel.regels["patroon"], "De tijd heeft een tijdzone."


def _waarde(enkel: Enkelvoudig, waarde: str, wet: Wet) -> Iterator[Oordeel]:
    if enkel.basis == "string":
        return _tekst(enkel, waarde, wet)
    if enkel.basis == "integer":
        return _getal(enkel, waarde)
    return _datum(enkel, waarde) if enkel.basis == "date" else _tijd(enkel, waarde)


def toets(veld: Veld, enkel: Enkelvoudig, waarde: str, wet: Wet) -> list[Oordeel]:
    """What is wrong with the value of this element: every bound that it breaks.

    What narrows the type for this element alone comes first.
    """
    fouten: dict[str, str] = {}
    if veld.patroon is not None:
        kaal = waarde if enkel.basis == "string" else waarde.strip(_WIT)
        if not past(veld.patroon, kaal):
            regel, tekst = _vorm(veld.regel or XSD)
            fouten[regel] = tekst
    for regel, tekst in _waarde(enkel, waarde, wet):
        fouten.setdefault(regel, tekst)
    return list(fouten.items())
