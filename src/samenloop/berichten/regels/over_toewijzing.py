"""Rules that hold a client and a product against what was allocated or agreed."""

from datetime import date

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.prestatie import PRESTATIE
from samenloop.berichten.regels.product import begin
from samenloop.berichten.regels.register import regel

_301 = "301 Client/ToegewezenProducten/ToegewezenProduct"


@regel(
    "TR304",
    "Deze client of prestatie hoort niet bij een toewijzing van deze aanbieder. "
    "Controleer het burgerservicenummer en het toewijzingnummer.",
    "317 Client: Bsn",
    "323 Declaratie/Clienten/Client: Bsn",
    "325 DeclaratieAntwoord/Clienten/Client: Bsn",
    f"{PRESTATIE}: ToewijzingNummer",
    niveau=3,
    retourcode="8187",
)
def client_bekend(deel: Velden, grond: Grond) -> bool:
    """The client had an allocation, and a line rests on one of the client.

    A client nobody knows is refused as a whole; a line on an allocation of someone
    else only by itself.
    """
    if "Bsn" in deel:
        if grond.nummer == 325:
            declaratie = grond.antwoord_op
            return declaratie is not None and all(
                each.bsn != deel["Bsn"] for each in declaratie.prestaties.values()
            )
        return deel["Bsn"] not in grond.bekende_clienten
    gevonden = grond.toewijzingen.get(deel["ToewijzingNummer"])
    return (
        gevonden is not None
        and gevonden.aanbieder == grond.aanbieder
        and gevonden.bsn != grond.bsn
    )


@regel(
    "TR381",
    "Deze productcode past niet bij de productcategorie volgens de afgesproken lijst. "
    "Controleer beide in het contract.",
    f"{_301}: Product/Code",
    "305 Client/StartProducten/StartProduct: Product/Code",
    "307 Client/StopProducten/StopProduct: Product/Code",
    "315 Client/AangevraagdeProducten/AangevraagdProduct: Product/Code",
    "317 Client/Verzoek/NieuweProducten/NieuwProduct: Product/Code",
    f"{PRESTATIE}: ProductCode",
    niveau=4,
    retourcode="S329",
    stand=True,
)
def code_past_bij_categorie(deel: Velden, grond: Grond) -> bool:
    """The list is the one agreed; where none is kept, nothing is held against it."""
    if "ProductCode" in deel:
        past = grond.product_past(
            deel["ProductCategorie"],
            deel["ProductCode"],
            deel["ProductPeriode"]["Begindatum"],
        )
        return past is False
    product = deel.get("Product", {})
    if "Code" not in product:
        return False
    # A start or stop may name an allocation of long ago: the list of then counts.
    op: date | None = deel.get("ToewijzingIngangsdatum") or deel.get("Begindatum")
    op = op or begin(deel)
    return grond.product_past(product["Categorie"], product["Code"], op) is False
