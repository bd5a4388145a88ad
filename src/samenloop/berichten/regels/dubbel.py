"""Nothing stands twice in one message, by the logical key of its class (TR101)."""

from collections.abc import Callable, Hashable

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel


def _product(deel: Velden) -> tuple[str | None, str | None]:
    product = deel.get("Product", {})
    return product.get("Categorie"), product.get("Code")


def _start(deel: Velden) -> Hashable:
    return (deel.get("ToewijzingNummer"), *_product(deel), deel["Begindatum"])


def _prestatie(deel: Velden) -> Hashable:
    referentie = deel["ProductReferentie"]
    return (referentie["ReferentieNummer"], referentie.get("VorigReferentieNummer"))


SLEUTELS: dict[str, Callable[[Velden], Hashable]] = {
    "Client": lambda deel: deel["Bsn"],
    "Contact": lambda deel: deel["Soort"],
    "Relatie": lambda deel: deel["Nummer"],
    "ToegewezenProduct": lambda deel: deel["ToewijzingNummer"],
    "StartProduct": _start,
    "StopProduct": lambda deel: (
        _start(deel),
        deel["RedenBeeindiging"],
        deel["Einddatum"],
    ),
    "AangevraagdProduct": lambda deel: deel["ReferentieAanbieder"],
    "OngewijzigdProduct": lambda deel: deel["ToewijzingNummer"],
    "TeWijzigenProduct": lambda deel: deel["ToewijzingNummer"],
    "NieuwProduct": lambda deel: (*_product(deel), deel["GewensteIngangsdatum"]),
    "Prestatie": _prestatie,
}


@regel(
    "TR101",
    "Dit staat twee keer in het bericht. Laat het dubbele weg, of geef het een eigen "
    "nummer.",
    "301 Client/Contactgegevens",
    "301 Client/Relaties",
    "301 Client/ToegewezenProducten",
    "305 Client/StartProducten",
    "307 Client/StopProducten",
    "315 Client/AangevraagdeProducten",
    "317 Client/Verzoek/OngewijzigdeProducten",
    "317 Client/Verzoek/TeWijzigenProducten",
    "317 Client/Verzoek/NieuweProducten",
    "323 Declaratie/Clienten",
    "323 Declaratie/Clienten/Client/Prestaties",
    "325 DeclaratieAntwoord/Clienten",
    "325 DeclaratieAntwoord/Clienten/Client/Prestaties",
)
def niet_dubbel(rij: Velden, grond: Grond) -> list[str] | None:
    """Within the class above it every key is unique."""
    ((naam, delen),) = rij.items()
    if len(delen) == 1:
        return None
    sleutel = SLEUTELS[naam]
    gezien = set()
    dubbel = []
    for nummer, deel in enumerate(delen, 1):
        eigen = sleutel(deel)
        if eigen in gezien:
            dubbel.append(f"{naam}[{nummer}]")
        gezien.add(eigen)
    return dubbel
