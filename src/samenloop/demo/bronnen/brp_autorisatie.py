"""What was agreed with the BRP per doelbinding: which fields, and which searches.

Written apart from what we ask (`personen/brp/gegevens`): this is the other side, and a
question that goes further is refused here, as it would be in earnest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_IEDEREEN = (
    "burgerservicenummer", "naam", "geboorte.datum", "geslacht", "leeftijd",
    "gemeenteVanInschrijving", "datumInschrijvingInGemeente", "overlijden.datum",
    "verblijfplaatsBinnenland", "adresseringBinnenland",
)  # fmt: skip
_ZOEKEN = frozenset(
    {
        "RaadpleegMetBurgerservicenummer",
        "ZoekMetGeslachtsnaamEnGeboortedatum",
        "ZoekMetPostcodeEnHuisnummer",
    }
)
_HUISGENOTEN = _ZOEKEN | {"ZoekMetAdresseerbaarObjectIdentificatie"}


@dataclass(frozen=True, slots=True)
class Autorisatie:
    """Fields (with all below them) and kinds of question."""

    velden: tuple[str, ...]
    typen: frozenset[str] = _ZOEKEN


AUTORISATIES: Mapping[str, Autorisatie] = {
    "Sociaal domein": Autorisatie(
        (*_IEDEREEN, "ouders", "kinderen", "gezag"), _HUISGENOTEN
    ),
    "Wmo": Autorisatie((*_IEDEREEN, "partners", "kinderen"), _HUISGENOTEN),
    "Jeugdwet": Autorisatie((*_IEDEREEN, "ouders", "kinderen", "gezag"), _HUISGENOTEN),
    "Participatiewet": Autorisatie((*_IEDEREEN, "partners", "kinderen"), _HUISGENOTEN),
    "Schuldhulpverlening": Autorisatie(_IEDEREEN),
    "Leerplicht": Autorisatie(_IEDEREEN),
}


def forbidden_fields(velden: Iterable[str], autorisatie: Autorisatie) -> list[str]:
    """The fields asked that were not agreed."""
    return [
        veld
        for veld in velden
        if not any(
            veld == mag or veld.startswith(f"{mag}.") for mag in autorisatie.velden
        )
    ]


def may_search(vraag: Mapping[str, Any], autorisatie: Autorisatie) -> bool:
    """Whether this kind of question was agreed."""
    return vraag["type"] in autorisatie.typen
