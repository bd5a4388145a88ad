"""Rules on an answer to an invoice (325) against the invoice as it was sent.

A provider judges by them; we do before an answer goes out. What has no return code
says so: to an answer no answer is sent.
"""

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel

_ANTWOORD = "325 DeclaratieAntwoord"
_PRESTATIE = f"{_ANTWOORD}/Clienten/Client/Prestaties/Prestatie"


@regel(
    "TR337",
    "Er is geen declaratie verstuurd met deze identificatie. Neem die van de "
    "declaratie "
    "over.",
    "325 Header: DeclaratieIdentificatie",
    niveau=3,
    retourcode="",
)
def declaratie_bekend(header: Velden, grond: Grond) -> bool:
    """An answer is an answer to something."""
    return grond.antwoord_op is None


@regel(
    "TR371",
    "De schemaversie is niet die van de declaratie. Neem die van de declaratie over.",
    "325 Header: XsdVersieDeclaratie",
    niveau=3,
    retourcode="",
)
def schemaversie_gelijk(header: Velden, grond: Grond) -> bool:
    """The version is that of the invoice."""
    versie = header["XsdVersieDeclaratie"]
    declaratie = grond.antwoord_op
    return declaratie is not None and declaratie.xsd_versie != (
        versie["BasisschemaXsdVersie"],
        versie["BerichtXsdVersie"],
    )


@regel(
    "TR376",
    "Het declaratienummer is niet dat van de declaratie. Neem dat van de declaratie "
    "over.",
    f"{_ANTWOORD}: DeclaratieNummer",
    niveau=3,
    retourcode="",
)
def declaratienummer_gelijk(antwoord: Velden, grond: Grond) -> bool:
    """The number is that of the invoice."""
    declaratie = grond.antwoord_op
    return declaratie is not None and (
        declaratie.nummer != antwoord["DeclaratieNummer"]
    )


@regel(
    "TR366",
    "Deze prestatie komt in de declaratie niet voor. Neem de referentie van de "
    "prestatie "
    "over.",
    f"{_PRESTATIE}: ProductReferentie",
    niveau=3,
    retourcode="9366",
)
def prestatie_bekend(prestatie: Velden, grond: Grond) -> bool:
    """Only lines of the invoice are refused."""
    declaratie = grond.antwoord_op
    referentie = prestatie["ProductReferentie"]["ReferentieNummer"]
    return declaratie is not None and referentie not in declaratie.prestaties


@regel(
    "TR367",
    "Deze waarde is een andere dan in de declaratie. Neem de prestatie "
    "ongewijzigd over.",
    _PRESTATIE,
    niveau=3,
    retourcode="9367",
)
def prestatie_ongewijzigd(prestatie: Velden, grond: Grond) -> list[str]:
    """A line comes back as it was sent; each element that differs is named."""
    declaratie = grond.antwoord_op
    referentie = prestatie["ProductReferentie"]["ReferentieNummer"]
    eigen = declaratie.prestaties.get(referentie) if declaratie else None
    if eigen is None:
        return []
    periode = prestatie["ProductPeriode"]
    bedrag = prestatie["IngediendBedrag"]
    gelijk = {
        "ToewijzingNummer": prestatie["ToewijzingNummer"] == eigen.nummer,
        "ProductCategorie": prestatie["ProductCategorie"] == eigen.categorie,
        "ProductCode": prestatie["ProductCode"] == eigen.code,
        "ProductPeriode": (periode["Begindatum"], periode["Einddatum"])
        == (eigen.begin, eigen.eind),
        "GeleverdVolume": prestatie["GeleverdVolume"] == eigen.volume,
        "Eenheid": prestatie["Eenheid"] == eigen.eenheid,
        "ProductTarief": prestatie.get("ProductTarief") == eigen.tarief,
        "IngediendBedrag": (bedrag["Bedrag"], bedrag["DebetCredit"] == "D")
        == (eigen.bedrag, eigen.debet),
    }
    return [naam for naam, zelfde in gelijk.items() if not zelfde]
