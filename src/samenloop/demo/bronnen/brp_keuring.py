"""Whether a question to the BRP is right: every fault at once, none forgiven.

Follows the description of BRP bevragen 2.7: what is required, how long, which pattern,
which fields exist for this kind of answer and which may not be named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenloop.demo.bronnen.brp_paden import AUTOMATISCH, paths

_VELD = re.compile(r"[a-zA-Z0-9._]{1,200}")
_NAAM = r"[a-zA-Z0-9À-ž .\-']{1,200}|[a-zA-Z0-9À-ž .\-']{3,199}\*"
_TEKST = {
    "geslachtsnaam": _NAAM,
    "voornamen": r"[a-zA-Z0-9À-ž .\-']{1,199}\*?",
    "voorvoegsel": r"[a-zA-Z ']{1,10}",
    "geslacht": r"[MmVvOo]",
    "postcode": r"[1-9][0-9]{3} ?[A-Za-z]{2}",
    "huisletter": r"[a-zA-Z]",
    "huisnummertoevoeging": r"[a-zA-Z0-9 \-]{1,4}",
    "gemeenteVanInschrijving": r"[0-9]{4}",
    "straat": r"[a-zA-Z0-9À-ž \-'.]{1,80}"
    r"|[a-zA-Z0-9À-ž \-'.]{7,79}\*|\*[a-zA-Z0-9À-ž \-'.]{7,79}",
    "nummeraanduidingIdentificatie": r"(?!0{16})[0-9]{16}",
    "adresseerbaarObjectIdentificatie": r"(?!0{16})[0-9]{16}",
}


@dataclass(frozen=True, slots=True)
class Zoektype:
    """A kind of question: what it must and may have, what it answers with."""

    soort: str
    verplicht: tuple[str, ...]
    mag: tuple[str, ...] = ()
    hoogstens: int = 10


_OVERLEDEN = "inclusiefOverledenPersonen"
TYPEN: Mapping[str, Zoektype] = {
    "RaadpleegMetBurgerservicenummer": Zoektype("Persoon", ("burgerservicenummer",)),
    "ZoekMetGeslachtsnaamEnGeboortedatum": Zoektype(
        "PersoonBeperkt",
        ("geslachtsnaam", "geboortedatum"),
        ("voornamen", "voorvoegsel", "geslacht", _OVERLEDEN),
    ),
    "ZoekMetNaamEnGemeenteVanInschrijving": Zoektype(
        "PersoonBeperkt",
        ("geslachtsnaam", "voornamen", "gemeenteVanInschrijving"),
        ("voorvoegsel", "geslacht", _OVERLEDEN),
    ),
    "ZoekMetPostcodeEnHuisnummer": Zoektype(
        "PersoonBeperkt",
        ("postcode", "huisnummer"),
        (
            "huisletter",
            "huisnummertoevoeging",
            "geboortedatum",
            "geslachtsnaam",
            _OVERLEDEN,
        ),
        30,
    ),
    "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving": Zoektype(
        "PersoonBeperkt",
        ("straat", "huisnummer", "gemeenteVanInschrijving"),
        ("huisletter", "huisnummertoevoeging", _OVERLEDEN),
        30,
    ),
    "ZoekMetNummeraanduidingIdentificatie": Zoektype(
        "PersoonBeperkt", ("nummeraanduidingIdentificatie",), (_OVERLEDEN,), 30
    ),
    "ZoekMetAdresseerbaarObjectIdentificatie": Zoektype(
        "GezagPersoonBeperkt", ("adresseerbaarObjectIdentificatie",), (_OVERLEDEN,), 30
    ),
}
_ALTIJD = ("type", "fields", "gemeenteVanInschrijving")


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault: of which parameter, its official code, and a sentence."""

    name: str
    code: str
    reason: str


def check(vraag: Any) -> list[Fout]:
    """Every fault in a question; empty when it is right."""
    if not isinstance(vraag, dict):
        return [Fout("type", "required", "Parameter is verplicht.")]
    soort = vraag.get("type")
    if soort is None:
        fouten = [Fout("type", "required", "Parameter is verplicht.")]
        return [*fouten, *_fields(vraag, None)]
    if not isinstance(soort, str) or soort not in TYPEN:
        return [Fout("type", "value", "Waarde is geen geldig zoek type.")]
    zoektype = TYPEN[soort]
    fouten = list(_fields(vraag, zoektype.soort))
    for naam in zoektype.verplicht:
        if vraag.get(naam) in (None, "", []) and naam != "burgerservicenummer":
            fouten.append(Fout(naam, "required", "Parameter is verplicht."))
    bekend = {*_ALTIJD, *zoektype.verplicht, *zoektype.mag}
    for naam, waarde in vraag.items():
        if naam not in bekend:
            fouten.append(Fout(naam, "unknownParam", "Parameter is niet verwacht."))
        elif naam not in ("type", "fields") and waarde not in (None, "", []):
            fouten += _parameter(naam, waarde)
    if soort == "RaadpleegMetBurgerservicenummer":
        fouten += _bsns(vraag.get("burgerservicenummer"))
    return fouten


def _fields(vraag: Mapping[str, Any], soort: str | None) -> Iterator[Fout]:
    velden = vraag.get("fields")
    if velden is None:
        yield Fout("fields", "required", "Parameter is verplicht.")
    elif not isinstance(velden, list):
        yield Fout("fields", "array", "Parameter is geen array.")
    elif not velden:
        yield Fout("fields", "minItems", "Array bevat minder dan 1 items.")
    elif len(velden) > 130:
        yield Fout("fields", "maxItems", "Array bevat meer dan 130 items.")
    else:
        for plaats, veld in enumerate(velden):
            naam = f"fields[{plaats}]"
            if not isinstance(veld, str) or not _VELD.fullmatch(veld):
                yield Fout(naam, "pattern", "Waarde voldoet niet aan het patroon.")
            elif soort is None:
                continue
            elif AUTOMATISCH & set(veld.split(".")) or veld.startswith("gezag."):
                yield Fout(naam, "fields", "Parameter bevat een veld dat niet mag.")
            elif veld not in paths(soort):
                yield Fout(naam, "fields", "Parameter bevat een niet bestaand veld.")


def _parameter(naam: str, waarde: Any) -> Iterator[Fout]:
    if naam == "huisnummer":
        if isinstance(waarde, bool) or not str(waarde).isdecimal():
            yield Fout(naam, "integer", "Waarde is geen geldig getal.")
        elif int(waarde) < 1:
            yield Fout(naam, "minimum", "Waarde is lager dan minimum 1.")
        elif int(waarde) > 99999:
            yield Fout(naam, "maximum", "Waarde is hoger dan maximum 99999.")
    elif naam == "geboortedatum":
        try:
            ok = isinstance(waarde, str) and len(waarde) == 10
            ok = ok and bool(date.fromisoformat(waarde))
        except ValueError:
            ok = False
        if not ok:
            yield Fout(naam, "date", "Waarde is geen geldige datum.")
    elif naam == _OVERLEDEN:
        if not isinstance(waarde, bool):
            yield Fout(naam, "boolean", "Waarde is geen boolean.")
    elif naam in _TEKST and (
        not isinstance(waarde, str) or not re.fullmatch(_TEKST[naam], waarde)
    ):
        yield Fout(naam, "pattern", "Waarde voldoet niet aan het patroon.")


def _bsns(waarde: Any) -> Iterator[Fout]:
    naam = "burgerservicenummer"
    if waarde is None:
        yield Fout(naam, "required", "Parameter is verplicht.")
    elif not isinstance(waarde, list):
        yield Fout(naam, "array", "Parameter is geen array.")
    elif not waarde:
        yield Fout(naam, "minItems", "Array bevat minder dan 1 items.")
    elif len(waarde) > 20:
        yield Fout(naam, "maxItems", "Array bevat meer dan 20 items.")
    else:
        for plaats, bsn in enumerate(waarde):
            if not isinstance(bsn, str) or not re.fullmatch(r"[0-9]{9}", bsn):
                yield Fout(
                    f"{naam}[{plaats}]",
                    "pattern",
                    "Waarde voldoet niet aan het patroon.",
                )
