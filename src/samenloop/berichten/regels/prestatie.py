"""Rules on an invoice and its lines, as far as the message itself can tell.

These run some thirty-five thousand times for one large file, so each looks at as
little as it can; what compares lines with each other walks them once.
"""

import calendar
from collections.abc import Hashable
from datetime import date
from functools import cache

from samenloop.berichten.regels.antwoordregels import getekend
from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.persoon import jaren_eerder
from samenloop.berichten.regels.register import regel

PRESTATIE = "323 Declaratie/Clienten/Client/Prestaties/Prestatie"
_VAN_ANTWOORD = "325 DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie"

EUROS = "83"
EERSTE_DAG = date(2021, 1, 1)


@cache
def laatste_dag(jaar: int, maand: int) -> int:
    """The number of days in a month."""
    return calendar.monthrange(jaar, maand)[1]


@regel(
    "CD060",
    "Een creditregel verwijst naar de regel die hij terugdraait, een debetregel nooit. "
    "Vul het vorige referentienummer alleen bij credit.",
    f"{PRESTATIE}: ProductReferentie/VorigReferentieNummer",
    f"{_VAN_ANTWOORD}: ProductReferentie/VorigReferentieNummer",
)
def vorige_bij_credit(prestatie: Velden, grond: Grond) -> bool:
    """A credit is always of something."""
    credit: bool = prestatie["IngediendBedrag"]["DebetCredit"] == "C"
    return credit != ("VorigReferentieNummer" in prestatie["ProductReferentie"])


@regel(
    "CD087",
    "Bij euro's hoort geen tarief, bij elke andere eenheid wel. Vul het tarief of laat "
    "het weg.",
    f"{PRESTATIE}: ProductTarief",
)
def tarief_bij_eenheid(prestatie: Velden, grond: Grond) -> bool:
    """An amount in euros has no price."""
    euros: bool = prestatie["Eenheid"] == EUROS
    return euros == ("ProductTarief" in prestatie)


@regel(
    "CS100",
    "Deze periode begint voor 1 januari 2021. Declareer die buiten het "
    "berichtenverkeer om.",
    "323 Declaratie/DeclaratiePeriode",
    f"{PRESTATIE}/ProductPeriode",
)
def vanaf_2021(periode: Velden, grond: Grond) -> bool:
    """The invoice message is only for what was delivered since."""
    return bool(periode["Begindatum"] < EERSTE_DAG or periode["Einddatum"] < EERSTE_DAG)


@regel(
    "CS325",
    "Een bedrag van nul is altijd debet. Vul D.",
    "323 Declaratie/TotaalIngediendBedrag: DebetCredit",
    f"{PRESTATIE}: IngediendBedrag/DebetCredit",
    "325 DeclaratieAntwoord/TotaalIngediendBedrag: DebetCredit",
    "325 DeclaratieAntwoord/TotaalToegekendBedrag: DebetCredit",
    f"{_VAN_ANTWOORD}: IngediendBedrag/DebetCredit",
)
def nul_is_debet(deel: Velden, grond: Grond) -> bool:
    """Nothing cannot be given back."""
    bedrag = deel.get("IngediendBedrag", deel)
    if bedrag["DebetCredit"] == "D":
        return False
    return bool(
        (bedrag["Bedrag"] if "Bedrag" in bedrag else bedrag["TotaalBedrag"]) == 0
    )


@regel(
    "CS337",
    "De productperiode loopt over het eind van de maand. Maak een prestatie per maand.",
    f"{PRESTATIE}/ProductPeriode",
)
def binnen_een_maand(periode: Velden, grond: Grond) -> bool:
    """First and last day are in one month."""
    eerste = periode["Begindatum"]
    laatste = periode["Einddatum"]
    return bool(eerste.month != laatste.month or eerste.year != laatste.year)


@regel(
    "CS339",
    "Bij euro's is het volume het bedrag in centen; die twee zijn hier niet gelijk.",
    f"{PRESTATIE}: IngediendBedrag",
)
def euros_zijn_bedrag(prestatie: Velden, grond: Grond) -> bool:
    """What was delivered in euros is what is asked."""
    return bool(
        prestatie["Eenheid"] == EUROS
        and prestatie["IngediendBedrag"]["Bedrag"] != prestatie["GeleverdVolume"]
    )


@regel(
    "CS340",
    "De declaratieperiode is niet precies een kalendermaand. Vul de eerste en de "
    "laatste dag van een maand.",
    "323 Declaratie: DeclaratiePeriode",
)
def hele_maand(declaratie: Velden, grond: Grond) -> bool:
    """An invoice is about one month."""
    eerste = declaratie["DeclaratiePeriode"]["Begindatum"]
    laatste = declaratie["DeclaratiePeriode"]["Einddatum"]
    return (
        eerste.day != 1
        or (eerste.year, eerste.month) != (laatste.year, laatste.month)
        or laatste.day != laatste_dag(eerste.year, eerste.month)
    )


@regel(
    "TR335",
    "Deze prestatie is meer dan vijf jaar voor de dagtekening van de declaratie "
    "geleverd en kan niet meer worden gedeclareerd.",
    f"{PRESTATIE}/ProductPeriode",
)
def binnen_vijf_jaar(periode: Velden, grond: Grond) -> bool:
    """A claim lapses after five years."""
    return jaren_eerder(
        periode["Einddatum"], 5, grond.declaratie["DeclaratieDagtekening"]
    )


@regel(
    "TR358",
    "Het totaalbedrag is niet de som van de prestaties (debet erbij, credit eraf). "
    "Controleer het totaal en de regels.",
    "323 Declaratie: TotaalIngediendBedrag",
)
def totaal_klopt(declaratie: Velden, grond: Grond) -> bool:
    """Debits are added, credits taken off."""
    som = 0
    for _, _, prestatie in grond.prestaties:
        bedrag = prestatie["IngediendBedrag"]
        if bedrag["DebetCredit"] == "C":
            som -= bedrag["Bedrag"]
        else:
            som += bedrag["Bedrag"]
    return som != getekend(declaratie["TotaalIngediendBedrag"])


def _plaats(client: int, prestatie: int) -> str:
    return f"Clienten/Client[{client}]/Prestaties/Prestatie[{prestatie}]"


@regel(
    "TR315",
    "Dezelfde prestatie wordt in dit bericht twee keer teruggedraaid. Laat er een weg.",
    "323 Declaratie",
)
def een_keer_terug(declaratie: Velden, grond: Grond) -> list[str]:
    """A number of an earlier line stands in a message once."""
    gezien: set[str] = set()
    dubbel = []
    for client, nummer, prestatie in grond.verwijzingen:
        vorige = prestatie["ProductReferentie"]["VorigReferentieNummer"]
        if vorige in gezien:
            dubbel.append(f"{_plaats(client, nummer)}/ProductReferentie")
        gezien.add(vorige)
    return dubbel


@regel(
    "TR316",
    "Deze creditregel draait een regel uit hetzelfde bericht terug. Laat beide weg.",
    "323 Declaratie",
)
def niet_eigen_regel_terug(declaratie: Velden, grond: Grond) -> list[str]:
    """What cancels out is not sent at all."""
    if not grond.verwijzingen:
        return []
    eigen = {
        prestatie["ProductReferentie"]["ReferentieNummer"]
        for _, _, prestatie in grond.prestaties
    }
    return [
        f"{_plaats(client, nummer)}/ProductReferentie"
        for client, nummer, prestatie in grond.verwijzingen
        if prestatie["ProductReferentie"]["VorigReferentieNummer"] in eigen
    ]


def productsleutel(prestatie: Velden) -> Hashable:
    """Of this only one debit may be open at a time."""
    periode = prestatie["ProductPeriode"]
    return (
        prestatie["ToewijzingNummer"],
        prestatie["ProductCategorie"],
        prestatie["ProductCode"],
        periode["Begindatum"],
        periode["Einddatum"],
    )


@regel(
    "TR416",
    "Dit product is voor deze toewijzing en periode al in dit bericht gedeclareerd. "
    "Voeg de prestaties samen.",
    "323 Declaratie",
)
def een_debet_per_periode(declaratie: Velden, grond: Grond) -> list[str]:
    """All that was delivered in a period stands in one line."""
    gezien: set[Hashable] = set()
    dubbel = []
    for client, nummer, prestatie in grond.prestaties:
        if prestatie["IngediendBedrag"]["DebetCredit"] == "C":
            continue
        # An allocation is of one client; that another names it is a fault of its own.
        sleutel = (client, productsleutel(prestatie))
        if sleutel in gezien:
            dubbel.append(_plaats(client, nummer))
        gezien.add(sleutel)
    return dubbel
