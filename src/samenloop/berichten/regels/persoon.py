"""Rules on who a message is about, and on dates that cannot lie in the future."""

from datetime import date

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel

_ALLE_CLIENTEN = "301,305,307,315,317 Client"
_MET_GEBOORTEDATUM = "301,305,307,315 Client/Geboortedatum"
_PRESTATIES = "323 Declaratie/Clienten/Client/Prestaties/Prestatie"
_VAN_ANTWOORD = "325 DeclaratieAntwoord/Clienten/Client/Prestaties/Prestatie"
_VAN_RELATIE = "301 Client/Relaties/Relatie/Geboortedatum"

ONBEKEND = date(1900, 1, 1)
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def elfproef(bsn: str) -> bool:
    """Whether nine digits can be a number of a person."""
    som = sum(
        gewicht * int(cijfer) for gewicht, cijfer in zip(_GEWICHTEN, bsn, strict=False)
    )
    return som % 11 == 0 and any(cijfer != "0" for cijfer in bsn)


@regel(
    "CS002",
    "Dit burgerservicenummer voldoet niet aan de elfproef. Controleer het nummer.",
    f"{_ALLE_CLIENTEN}: Bsn",
    "323 Declaratie/Clienten/Client: Bsn",
    "325 DeclaratieAntwoord/Clienten/Client: Bsn",
)
def bsn_klopt(client: Velden, grond: Grond) -> bool:
    """A typing error in a BSN shows by its check."""
    return not elfproef(client["Bsn"])


@regel(
    "CS139",
    "De geboortedatum past niet bij wat er over onbekende delen staat. Vul onbekende "
    "delen met 01, en een geheel onbekende datum met 1 januari 1900.",
    f"{_MET_GEBOORTEDATUM}: DatumGebruik",
    f"{_VAN_RELATIE}: DatumGebruik",
)
def onbekende_delen(geboorte: Velden, grond: Grond) -> bool:
    """What is not known of a date has a fixed value."""
    gebruik = geboorte.get("DatumGebruik")
    datum = geboorte["Datum"]
    if gebruik == "3":
        return bool(datum != ONBEKEND)
    if gebruik == "2":
        return (datum.month, datum.day) != (1, 1)
    return gebruik == "1" and datum.day != 1


@regel(
    "TR002",
    "Volgens de geboortedatum is deze persoon meer dan 120 jaar. Controleer de datum, "
    "of geef aan dat hij onbekend is.",
    f"{_MET_GEBOORTEDATUM}: Datum",
    f"{_VAN_RELATIE}: Datum",
)
def niet_te_oud(geboorte: Velden, grond: Grond) -> bool:
    """Nobody is that old; an unknown date is 1 January 1900 by agreement."""
    datum = geboorte["Datum"]
    if geboorte.get("DatumGebruik") == "3" and datum == ONBEKEND:
        return False
    return jaren_eerder(datum, 120, grond.dagtekening)


def jaren_eerder(datum: date, jaren: int, dag: date) -> bool:
    """Whether a date lies more than so many years before a day."""
    return (datum.year + jaren, datum.month, datum.day) < (dag.year, dag.month, dag.day)


@regel(
    "TR134",
    "Deze datum ligt na de dagtekening van het bericht. Stuur het bericht pas als de "
    "datum is bereikt, of verbeter de datum.",
    f"{_MET_GEBOORTEDATUM}: Datum",
    f"{_VAN_RELATIE}: Datum",
    "301 Client/ToegewezenProducten/ToegewezenProduct: Toewijzingsdatum",
    "305 Client/StartProducten/StartProduct: Begindatum",
    "307 Client/StopProducten/StopProduct: Einddatum",
    "323 Declaratie/DeclaratiePeriode: Begindatum",
    f"{_PRESTATIES}/ProductPeriode: Begindatum",
    f"{_VAN_ANTWOORD}/ProductPeriode: Begindatum",
)
def niet_na_dagtekening(deel: Velden, grond: Grond) -> bool:
    """What is reported has happened."""
    if "Datum" in deel:
        datum = deel["Datum"]
    elif "Toewijzingsdatum" in deel:
        datum = deel["Toewijzingsdatum"]
    elif "RedenBeeindiging" in deel:
        datum = deel["Einddatum"]
    else:
        datum = deel["Begindatum"]
    return bool(datum > grond.dagtekening)


@regel(
    "TR137",
    "De einddatum van deze periode ligt voor de begindatum of na de dagtekening van "
    "het bericht. Verbeter de periode.",
    "323 Declaratie/DeclaratiePeriode: Einddatum",
    f"{_PRESTATIES}/ProductPeriode: Einddatum",
    f"{_VAN_ANTWOORD}/ProductPeriode: Einddatum",
)
def periode_voorbij(periode: Velden, grond: Grond) -> bool:
    """What is invoiced is over."""
    laatste = periode["Einddatum"]
    return bool(laatste < periode["Begindatum"] or laatste > grond.dagtekening)


@regel(
    "TR018",
    "De einddatum van de levering ligt voor de begindatum. Verbeter een van de twee.",
    "307 Client/StopProducten/StopProduct: Einddatum",
)
def stop_na_start(stop: Velden, grond: Grond) -> bool:
    """A delivery does not stop before it started."""
    return bool(stop["Einddatum"] < stop["Begindatum"])


@regel(
    "CS058",
    "Alleen 1 (eerste aanlevering) en 3 (verwijderen) zijn toegestaan. Verwijder wat "
    "fout was en lever het opnieuw aan.",
    "305 Client/StartProducten/StartProduct: StatusAanlevering",
    "307 Client/StopProducten/StopProduct: StatusAanlevering",
)
def status_aanlevering(product: Velden, grond: Grond) -> bool:
    """The values 2 and 9 stand in the list and are not allowed."""
    return product["StatusAanlevering"] not in {"1", "3"}
