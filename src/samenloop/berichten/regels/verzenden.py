"""Rules on what WE send, as far as a machine can judge: level 0, for OP and IV.

They have no return code: the receiver does not judge by them. What breaks one is not
sent (`uitgaand.keur_uitgaand`). What needs a talk with the provider, such as taking
back what was granted, no machine can see.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.omvang import TOTAAL
from samenloop.berichten.regels.persoon import jaren_eerder
from samenloop.berichten.regels.product import begin, einde
from samenloop.berichten.regels.register import BEIDE, Functie, regel
from samenloop.berichten.regels.stand import StandPgb, StandToewijzing
from samenloop.berichten.regels.toewijzing import TOEGEWEZEN

_GEZAG = frozenset({"10", "11"})
"""Relations that may hold parental authority: parent and guardian."""


def _regel(
    code: str, tekst: str, *op: str, wetten: frozenset[str] = BEIDE
) -> Callable[[Functie], Functie]:
    return regel(code, tekst, *op, niveau=0, retourcode="", wetten=wetten, stand=True)


@_regel(
    "OP003",
    "Over deze client gaat geen bericht: dat brengt de client in gevaar. Regel de "
    "toewijzing buiten het berichtenverkeer om.",
    "301 Client",
)
def geen_gevaar(client: Velden, grond: Grond) -> bool:
    """A professional decides; the machine obeys."""
    gegevens = grond.stand.client(client["Bsn"])
    return gegevens is not None and gegevens.gevaar


@_regel(
    "OP002",
    "De gezagsdrager van de jeugdige ontbreekt. Neem de ouder of voogd op als relatie.",
    "301 Client: Relaties",
    wetten=frozenset({"jeugdwet"}),
)
def gezagsdrager_mee(client: Velden, grond: Grond) -> bool:
    """Unless the provider knows, or the child of 16 and over has it itself."""
    geboren = client["Geboortedatum"]["Datum"]
    if jaren_eerder(geboren, 18, grond.dagtekening + timedelta(days=1)):
        return False
    gegevens = grond.stand.client(client["Bsn"])
    zestien = jaren_eerder(geboren, 16, grond.dagtekening + timedelta(days=1))
    if zestien and gegevens is not None and gegevens.gezag_bij_client:
        return False
    if any(each.gezagsdrager_bekend for each in grond.verzoeken.values()):
        return False
    relaties = client.get("Relaties", {}).get("Relatie", ())
    return not any(each["Soort"] in _GEZAG for each in relaties)


def _zelfde(pgb: StandPgb, product: Velden) -> bool:
    wat = product.get("Product", {})
    codes = {pgb.code, wat.get("Code")}
    return pgb.categorie == wat.get("Categorie") and (None in codes or len(codes) == 1)


@_regel(
    "OP043",
    "Voor dit product loopt in deze periode een pgb. Laat de toewijzing eindigen op de "
    "dag voor het pgb, of beëindig het pgb.",
    TOEGEWEZEN,
)
def geen_pgb(toegewezen: Velden, grond: Grond) -> bool:
    """In kind or as a budget, not both at once."""
    gegevens = grond.stand.client(grond.client_bsn)
    if gegevens is None or _verwijderd(toegewezen):
        return False
    eerste, laatste = begin(toegewezen), einde(toegewezen) or date.max
    return any(
        _zelfde(pgb, toegewezen)
        and pgb.ingang <= laatste
        and (pgb.eind is None or eerste <= pgb.eind)
        for pgb in gegevens.pgb
    )


def _verwijderd(toegewezen: Velden) -> bool:
    return toegewezen.get("RedenWijziging") == "13"


@_regel(
    "OP087",
    "Niet alle geldige toewijzingen van deze client bij deze aanbieder staan in het "
    "bericht. Neem ze alle op.",
    "301 Client: ToegewezenProducten",
)
def alles_mee(client: Velden, grond: Grond) -> bool:
    """An allocation message is the whole picture of one client with one provider."""
    mee = {
        each["ToewijzingNummer"]
        for each in client["ToegewezenProducten"]["ToegewezenProduct"]
    }
    return any(
        each.geldig_vanaf(grond.dagtekening) and each.nummer not in mee
        for each in grond.van_client
    )


def _vorige(toegewezen: Velden, grond: Grond) -> StandToewijzing | None:
    """As it was sent last; None where it is new, or where that is not known."""
    return (grond.vorige or {}).get(toegewezen["ToewijzingNummer"])


def _is_nieuw(toegewezen: Velden, grond: Grond) -> bool:
    vorige = grond.vorige
    return vorige is not None and toegewezen["ToewijzingNummer"] not in vorige


@_regel(
    "OP033x1",
    "De ingangsdatum van een toewijzing verandert nooit, en een budget wordt geen "
    "omvang. Beëindig deze toewijzing en geef een nieuwe.",
    TOEGEWEZEN,
)
def alleen_wat_mag(toegewezen: Velden, grond: Grond) -> bool:
    """The end, the budget and a total may change; the rest is a new allocation."""
    vorige = _vorige(toegewezen, grond)
    if vorige is None:
        return False
    return (
        toegewezen["Ingangsdatum"] != vorige.ingang
        or ("Budget" in toegewezen) != (vorige.budget is not None)
        or ("Omvang" in toegewezen) != (vorige.volume is not None)
    )


@_regel(
    "OP257",
    "Het volume van deze toewijzing kan niet worden gewijzigd. Beëindig haar en "
    "geef een "
    "nieuwe toewijzing met het nieuwe volume.",
    f"{TOEGEWEZEN}: Omvang",
)
def volume_blijft(toegewezen: Velden, grond: Grond) -> bool:
    """Only a total over the whole period may grow or shrink."""
    vorige = _vorige(toegewezen, grond)
    omvang = toegewezen.get("Omvang")
    if vorige is None or vorige.volume is None or omvang is None:
        return False
    if (omvang["Eenheid"], omvang["Frequentie"]) != (vorige.eenheid, vorige.frequentie):
        return True
    return vorige.frequentie != TOTAAL and bool(omvang["Volume"] != vorige.volume)


@_regel(
    "OP380",
    "Dit is een verlenging van een lopende toewijzing met gelijk volume. Verleng de "
    "einddatum daarvan in plaats van een nieuwe toewijzing te geven.",
    TOEGEWEZEN,
)
def verlengen(toegewezen: Velden, grond: Grond) -> bool:
    """What goes on unchanged keeps its number."""
    omvang = toegewezen.get("Omvang")
    product = toegewezen.get("Product", {})
    if not product or _verwijderd(toegewezen) or not _is_nieuw(toegewezen, grond):
        return False
    if omvang is not None and omvang["Frequentie"] == TOTAAL:
        return False
    wat = (
        product.get("Categorie"),
        product.get("Code"),
        *((omvang or {}).get(naam) for naam in ("Volume", "Eenheid", "Frequentie")),
    )
    return any(
        (each.categorie, each.code, each.volume, each.eenheid, each.frequentie) == wat
        and not each.verwijderd
        and each.budget is None
        and "Budget" not in toegewezen
        and each.eind is not None
        and each.eind >= grond.dagtekening
        # Subtracted: the last day there is has no day after it.
        and toegewezen["Ingangsdatum"] - each.eind == timedelta(days=1)
        for each in (grond.vorige or {}).values()
        if each.bsn == grond.client_bsn
    )


def _gewijzigd(toegewezen: Velden, vorige: StandToewijzing) -> bool:
    omvang = toegewezen.get("Omvang", {})
    return (
        toegewezen["Ingangsdatum"],
        einde(toegewezen),
        omvang.get("Volume"),
        omvang.get("Eenheid"),
        omvang.get("Frequentie"),
        toegewezen.get("Budget"),
    ) != (
        vorige.ingang,
        vorige.eind,
        vorige.volume,
        vorige.eenheid,
        vorige.frequentie,
        vorige.budget,
    )


@_regel(
    "IV066",
    "Een nieuwe toewijzing heeft geen reden van wijziging. Laat de reden weg, of "
    "gebruik "
    "het nummer van de toewijzing die verandert.",
    f"{TOEGEWEZEN}: RedenWijziging",
)
def nieuw_zonder_reden(toegewezen: Velden, grond: Grond) -> bool:
    """A new number is a first grant."""
    return _is_nieuw(toegewezen, grond) and "RedenWijziging" in toegewezen


@_regel(
    "IV099",
    "De reden van wijziging hoort alleen bij wat veranderd is. Vul haar bij een "
    "wijziging en laat haar anders weg.",
    f"{TOEGEWEZEN}: RedenWijziging",
)
def reden_bij_wijziging(toegewezen: Velden, grond: Grond) -> bool:
    """Changed means changed since it was sent last."""
    vorige = _vorige(toegewezen, grond)
    return vorige is not None and (
        _gewijzigd(toegewezen, vorige) != ("RedenWijziging" in toegewezen)
    )


@_regel(
    "IV013",
    "Het moment van toewijzen klopt niet met de wijziging: een wijziging is later "
    "vastgesteld, een herhaling houdt haar moment.",
    f"{TOEGEWEZEN}: Toewijzingsdatum",
)
def moment_van_toewijzen(toegewezen: Velden, grond: Grond) -> bool:
    """The latest moment is what counts."""
    vorige = _vorige(toegewezen, grond)
    if vorige is None or vorige.toegewezen_op is None:
        return False
    tijd = time.fromisoformat(toegewezen["Toewijzingstijd"][:8].replace("24:", "23:"))
    moment = datetime.combine(toegewezen["Toewijzingsdatum"], tijd)
    eerder = vorige.toegewezen_op.replace(tzinfo=None, microsecond=0)
    if _gewijzigd(toegewezen, vorige):
        return moment <= eerder
    return moment != eerder


@_regel(
    "IV093",
    "Met deze toewijzing wordt een verzoek om wijziging gehonoreerd; dan dragen alle "
    "producten die ene referentie.",
    "301 Client/ToegewezenProducten",
)
def een_referentie(producten: Velden, grond: Grond) -> bool:
    """A change is granted as a whole."""
    referenties = {
        each.get("ReferentieAanbieder") for each in producten["ToegewezenProduct"]
    }
    wijzigingen = {
        each.referentie for each in grond.verzoeken.values() if each.nummer == 317
    }
    return bool(referenties & wijzigingen) and len(referenties) > 1


@_regel(
    "OP304",
    "Deze prestatie is niet afgekeurd en hoort niet in het antwoord.",
    "325 DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie: RetourCodes",
)
def alleen_afgekeurd(prestatie: Velden, grond: Grond) -> bool:
    """What is granted does not come back."""
    return bool({"0200", "8001"} & set(prestatie["RetourCodes"]["RetourCode"]))


@_regel(
    "IV087",
    "Een declaratie die volledig is toegekend heeft gelijke bedragen en geen "
    "prestaties "
    "in het antwoord.",
    "325 DeclaratieAntwoord",
)
def volledig_is_volledig(antwoord: Velden, grond: Grond) -> bool:
    """8001 says that all is granted."""
    codes = set(antwoord["RetourCodes"]["RetourCode"])
    alles = antwoord["TotaalIngediendBedrag"] == antwoord["TotaalToegekendBedrag"]
    return "8001" in codes and not (alles and "Clienten" not in antwoord)
