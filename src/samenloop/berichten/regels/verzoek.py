"""Rules on a request for an allocation (315) and for a change of it (317)."""

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel

_GEVRAAGD = "315 Client/AangevraagdeProducten/AangevraagdProduct"
_VERZOEK = "317 Client/Verzoek"

_MEDISCH = frozenset({"02", "03", "04", "05"})
"""Referrers who have a code of their own: GP, youth doctor, certified institution and
specialist."""


@regel(
    "CD043",
    "Een beschikkingnummer en de ingangsdatum van de beschikking horen bij elkaar. Vul "
    "ze beide of laat ze beide weg.",
    f"{_GEVRAAGD}: BeschikkingIngangsdatum",
)
def ingang_bij_beschikking(gevraagd: Velden, grond: Grond) -> bool:
    """A decision has a number and a day on which it begins."""
    return ("BeschikkingNummer" in gevraagd) != ("BeschikkingIngangsdatum" in gevraagd)


@regel(
    "CD066",
    "De code van de verwijzer is gevuld; dan blijft de naam leeg.",
    f"{_GEVRAAGD}/Verwijzer: Naam",
)
def code_zonder_naam(verwijzer: Velden, grond: Grond) -> bool:
    """The code says who it is."""
    return (
        verwijzer["Type"] in _MEDISCH
        and "ZorgverlenerCode" in verwijzer
        and "Naam" in verwijzer
    )


@regel(
    "CD067",
    "De code van de verwijzer ontbreekt; vul dan de naam.",
    f"{_GEVRAAGD}/Verwijzer: Naam",
)
def naam_zonder_code(verwijzer: Velden, grond: Grond) -> bool:
    """It must be known who referred."""
    return (
        verwijzer["Type"] in _MEDISCH
        and "ZorgverlenerCode" not in verwijzer
        and "Naam" not in verwijzer
    )


@regel(
    "CD068",
    "Deze soort verwijzer heeft geen zorgverlenercode. Laat de code weg.",
    f"{_GEVRAAGD}/Verwijzer: ZorgverlenerCode",
)
def geen_code(verwijzer: Velden, grond: Grond) -> bool:
    """A municipality, a judge or the client has no such code."""
    return verwijzer["Type"] not in _MEDISCH and "ZorgverlenerCode" in verwijzer


@regel(
    "TR352",
    "In het verzoek om wijziging staat geen enkele lopende toewijzing. Neem alle "
    "lopende toewijzingen op, of stuur een verzoek om toewijzing.",
    _VERZOEK,
)
def heeft_lopend(verzoek: Velden, grond: Grond) -> bool:
    """A change is a change of something."""
    return "OngewijzigdeProducten" not in verzoek and "TeWijzigenProducten" not in (
        verzoek
    )


@regel(
    "TR353",
    "In het verzoek om wijziging verandert niets. Neem een te wijzigen of een nieuw "
    "product op.",
    _VERZOEK,
)
def verandert_iets(verzoek: Velden, grond: Grond) -> bool:
    """Without a change there is nothing to ask."""
    return "TeWijzigenProducten" not in verzoek and "NieuweProducten" not in verzoek


@regel(
    "TR380",
    "Een nieuw product moet na de dagtekening van het verzoek beginnen. Kies een "
    "latere datum.",
    f"{_VERZOEK}/NieuweProducten/NieuwProduct: GewensteIngangsdatum",
)
def nieuw_in_toekomst(nieuw: Velden, grond: Grond) -> bool:
    """A new product cannot be asked for after the fact."""
    return bool(nieuw["GewensteIngangsdatum"] <= grond.dagtekening)


@regel(
    "TR383",
    "Deze referentie staat ook bij een ander product in dit bericht. Geef elk "
    "aangevraagd product een eigen referentie.",
    "315 Client/AangevraagdeProducten",
)
def eigen_referentie(producten: Velden, grond: Grond) -> list[str]:
    """Each product asked for is answered by its own reference."""
    gezien: set[str] = set()
    dubbel = []
    for nummer, each in enumerate(producten["AangevraagdProduct"], 1):
        if each["ReferentieAanbieder"] in gezien:
            dubbel.append(f"AangevraagdProduct[{nummer}]/ReferentieAanbieder")
        gezien.add(each["ReferentieAanbieder"])
    return dubbel
