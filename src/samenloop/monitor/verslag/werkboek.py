"""What both workbooks hold: a sheet that explains, then a sheet per table.

Amounts stand in euros there (the CSV has eurocents), percentages as numbers with one
decimal, texts as text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from samenloop.monitor.uitkomst import Monitor, Tabel

from . import hoofdstukken, html
from .lezing import Lezing

# Largest number of rows a sheet can have; the CSV has them all.
MEESTE_RIJEN = 1_048_576
Celwaarde = str | int | float | None


@dataclass(frozen=True, slots=True)
class Blad:
    """One sheet: headings and rows; `getallen` gives the format per row."""

    naam: str
    koppen: tuple[str, ...]
    tabel: Tabel
    afgekapt: bool

    @property
    def aantal(self) -> int:
        """Number of rows under the headings."""
        return min(len(self.tabel.rijen), MEESTE_RIJEN - 1)

    def rijen(self) -> Iterator[tuple[tuple[Celwaarde, ...], str]]:
        """Yield each row with the unit of its value."""
        for rij in self.tabel.rijen[: MEESTE_RIJEN - 1]:
            eenheid = self.tabel.eenheden.get(str(rij[-2]), self.tabel.eenheid)
            waarde = rij[-1]
            if eenheid == "eurocent" and waarde is not None:
                waarde = waarde / 100
            yield (*(str(deel) for deel in rij[:-1]), waarde), eenheid

    def breedtes(self) -> list[int]:
        """Return a width in characters per column."""
        uit = []
        for plaats, kop in enumerate(self.koppen):
            langste = max(
                (len(str(rij[plaats])) for rij in self.tabel.rijen[:2000]), default=0
            )
            uit.append(min(60, max(len(kop) + 4, langste + 2)))
        return uit


def bladen(monitor: Monitor) -> list[Blad]:
    """Return a sheet per table, each with a name of its own that a sheet may have."""
    gebruikt: set[str] = set()
    uit = []
    for tabel in monitor.tabellen.values():
        basis = "".join("-" if t in "[]:*?/\\'" else t for t in tabel.id) or "tabel"
        naam, nummer = basis[:31], 2
        while naam.lower() in gebruikt:
            staart = f"~{nummer}"
            naam, nummer = basis[: 31 - len(staart)] + staart, nummer + 1
        gebruikt.add(naam.lower())
        koppen = (*tabel.dimensies, "waarde")
        uit.append(Blad(naam, koppen, tabel, len(tabel.rijen) >= MEESTE_RIJEN))
    return uit


def uitleg(monitor: Monitor, taal: str) -> list[tuple[str, str]]:
    """Return the lines of the first sheet as (what, text); an empty pair is a gap."""
    lezing, kop = Lezing(monitor, taal), hoofdstukken.kop(monitor, taal)
    t = lezing.t
    regels = [
        (t("Title"), kop.titel),
        (t("Region"), monitor.regio),
        (t("Quarter"), f"{monitor.kwartaal} ({kop.periode})"),
        (t("Reference date"), kop.peildatum),
        (t("Known on"), kop.bekend_op),
        (t("Status"), kop.status),
        (t("Coverage"), f"{kop.dekking} ({', '.join(monitor.geleverd)})"),
        (
            t("Licence of the figures"),
            t("CC0 1.0: free to use, naming the source is appreciated"),
        ),
        (
            t("Amounts"),
            t("In euros with two decimals; the CSV files hold whole eurocents."),
        ),
        (
            t("Total"),
            t("“Totaal” is counted anew and includes what is unknown (“onbekend”)."),
        ),
    ]
    regels += [(t("Note"), opmerking) for opmerking in lezing.opmerkingen]
    regels.append(("", ""))
    for blad in bladen(monitor):
        tabel = blad.tabel
        regels.append((blad.naam, lezing.titel(tabel.id)))
        regels.append(("", lezing.definitie(tabel.id)))
        regels.append(("", t("Source: {bron}.", bron=tabel.bron)))
        if tabel.periode:
            regels.append(("", t("Period: {periode}.", periode=lezing.periode(tabel))))
        regels.append(("", t("Unit: {eenheid}.", eenheid=_eenheden(tabel))))
        if blad.afgekapt:
            regels.append(("", t("Too long for a sheet: the CSV holds all rows.")))
    regels.append(("", ""))
    regels += [
        (naam, f"{t('Not in this monitor')}: {reden}")
        for naam, reden in monitor.afwezig.items()
    ]
    for telling in monitor.kwaliteit.tellingen:
        regels.append(
            (
                telling.bestand,
                t(
                    "{n} rows read, {ja} accepted, {nee} refused",
                    n=telling.gelezen,
                    ja=telling.aanvaard,
                    nee=telling.afgekeurd,
                ),
            )
        )
    regels += [(naam, f"SHA-256 {som}") for naam, som in monitor.invoer.items()]
    return regels


def _eenheden(tabel: Tabel) -> str:
    delen = [tabel.eenheid, *(f"{m}: {e}" for m, e in tabel.eenheden.items())]
    # In the workbook amounts stand in euros.
    return ", ".join(deel.replace("eurocent", "euro") for deel in delen)


def moment(monitor: Monitor) -> datetime:
    """Return the moment the workbook says it was made: that of the figures."""
    return datetime.fromisoformat(html.gemaakt(monitor)).astimezone(UTC)
