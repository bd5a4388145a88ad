"""From the whole record of a person to what was asked, the way the BRP does it.

What is false, empty or unknown is left out, also whole groups; a list that was asked
comes even when it is empty. Some things come unasked, as far as they are about what was
asked: investigation, the kind of residence, suspension, secrecy.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from samenloop.demo.bronnen.brp_paden import BOMEN, is_whole

_LIJSTEN = frozenset({"nationaliteiten", "partners", "ouders", "kinderen", "gezag"})
_BOVENAAN = (
    "geheimhoudingPersoonsgegevens",
    "opschortingBijhouding",
    "rni",
    "verificatie",
)
_BINNENLAND = {
    "verblijfplaatsBinnenland": "verblijfplaats",
    "adresseringBinnenland": "adressering",
}
_NIET_OP_ADRES = "indicatieVastgesteldVerblijftNietOpAdres"

# What was asked: names with what was asked below them, or True for all of it.
Gevraagd = dict[str, Any]


def asked_tree(velden: Iterable[str], soort: str) -> Gevraagd:
    """Turn paths into a tree; a part of a date or code table asks for all of it."""
    boom: Gevraagd = {}
    for pad in velden:
        knoop, bestaat = boom, BOMEN[soort]
        delen = pad.split(".")
        for plaats, naam in enumerate(delen):
            onder = bestaat[naam]
            if plaats == len(delen) - 1 or is_whole(onder):
                knoop[naam] = True if naam == "gezag" else _all_of(onder)
                break
            if knoop.get(naam) is True:
                break
            knoop = knoop.setdefault(naam, {})
            bestaat = onder
    return boom


def _all_of(boom: Mapping[str, Any] | None) -> Any:
    """A whole group: what this kind of answer has of it, which may be less than all."""
    if boom is None or is_whole(boom):
        return True
    return {naam: _all_of(onder) for naam, onder in boom.items()}


def deliver(
    document: Mapping[str, Any], velden: Iterable[str], soort: str
) -> dict[str, Any]:
    """Return what the BRP gives of this person for these fields."""
    gevraagd = asked_tree(velden, soort)
    uit: dict[str, Any] = {}
    for naam, wat in gevraagd.items():
        if naam in _BINNENLAND:
            continue
        _put(uit, naam, document.get(naam), wat)
    for binnenland, naam in _BINNENLAND.items():
        if binnenland in gevraagd:
            deel = _within_the_country(document, naam)
            _put(uit, naam, deel, gevraagd[binnenland])
    for naam in _LIJSTEN & gevraagd.keys():
        uit.setdefault(naam, [])
    for naam in _BOVENAAN:
        _put(uit, naam, document.get(naam), True)
    _put(uit, "inOnderzoek", _about(document.get("inOnderzoek"), gevraagd), True)
    return uit


def _within_the_country(document: Mapping[str, Any], naam: str) -> Any:
    """Without the right to foreign addresses one hears only that it is abroad."""
    verblijfplaats = document.get("verblijfplaats", {})
    if verblijfplaats.get("type") != "VerblijfplaatsBuitenland":
        return document.get(naam)
    if naam == "verblijfplaats":
        return {"type": verblijfplaats["type"]}
    return {
        wat: waarde
        for wat, waarde in document.get(naam, {}).items()
        if not wat.startswith("adresregel") and wat != "land"
    }


def _put(uit: dict[str, Any], naam: str, waarde: Any, gevraagd: Any) -> None:
    gekozen = _pick(waarde, gevraagd)
    if _says_something(gekozen):
        uit[naam] = gekozen


def _pick(waarde: Any, gevraagd: Any) -> Any:
    if isinstance(waarde, list):
        return [_pick(deel, gevraagd) for deel in waarde]
    if not isinstance(waarde, dict):
        return waarde
    uit: dict[str, Any] = {}
    for naam, onder in waarde.items():
        if naam == "inOnderzoek" and isinstance(onder, dict):
            _put(uit, naam, _about(onder, gevraagd), True)
        elif gevraagd is True:
            _put(uit, naam, onder, True)
        elif naam in gevraagd:
            _put(uit, naam, onder, gevraagd[naam])
        elif naam in ("type", _NIET_OP_ADRES):
            _put(uit, naam, onder, True)
    return uit


def _about(onderzoek: Any, gevraagd: Any) -> dict[str, Any]:
    """The part of an investigation that is about something asked."""
    if not onderzoek:
        return {}
    uit = {
        naam: waarde
        for naam, waarde in onderzoek.items()
        if waarde is True and (gevraagd is True or naam in gevraagd)
    }
    datums = {
        naam: waarde for naam, waarde in onderzoek.items() if isinstance(waarde, dict)
    }
    return {**uit, **datums} if uit else {}


def _says_something(waarde: Any) -> bool:
    return waarde is not None and waarde is not False and waarde not in ("", {})
