"""Rules on an allocation (301) against what was allocated, asked and invoiced before.

Whoever receives the allocation judges by them, and so do we before it goes out.
"""

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel

TOEGEWEZEN = "301 Client/ToegewezenProducten/ToegewezenProduct"
VERWIJDERD = "13"


@regel(
    "TR332",
    "Dit toewijzingnummer hoort al bij een andere client, aanbieder of een ander "
    "product. Geef een nieuwe toewijzing een nieuw nummer.",
    f"{TOEGEWEZEN}: ToewijzingNummer",
    niveau=3,
    retourcode="9332",
)
def nummer_uniek(toegewezen: Velden, grond: Grond) -> bool:
    """A number stays with the client and product it was given for."""
    bekend = grond.toewijzingen.get(toegewezen["ToewijzingNummer"])
    if bekend is None:
        return False
    product = toegewezen.get("Product", {})
    return (
        bekend.bsn != grond.client_bsn
        or bekend.aanbieder != grond.aanbieder
        or bekend.categorie != product.get("Categorie")
        or bekend.code != product.get("Code")
    )


@regel(
    "TR379",
    "Er is geen verzoek met deze referentie. Vul de referentie van het verzoek dat "
    "wordt gehonoreerd, of laat haar weg.",
    f"{TOEGEWEZEN}: ReferentieAanbieder",
    niveau=3,
    retourcode="9379",
)
def referentie_van_verzoek(toegewezen: Velden, grond: Grond) -> bool:
    """A reference is that of a request about this client.

    That it is missing where a request is granted only the sender can know.
    """
    referentie = toegewezen.get("ReferentieAanbieder")
    if referentie is None:
        return False
    verzoek = grond.verzoeken.get(referentie)
    return verzoek is None or verzoek.bsn != grond.client_bsn


@regel(
    "TR385",
    "Op deze toewijzing zijn prestaties goedgekeurd; verwijderen kan dan niet. Trek de "
    "toewijzing in met een einddatum.",
    TOEGEWEZEN,
    niveau=3,
    retourcode="9385",
)
def niet_verwijderd_na_declaratie(toegewezen: Velden, grond: Grond) -> bool:
    """What was invoiced rightly stays right."""
    if toegewezen.get("RedenWijziging") != VERWIJDERD:
        return False
    nummer = toegewezen["ToewijzingNummer"]
    open_debet = grond.prestaties_op({nummer}).open_debet
    return any(each[0] == nummer for each in open_debet)
