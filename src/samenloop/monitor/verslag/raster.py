"""Building the tables people read from cells.

One row is a heading and values; these functions add what a reader wants beside them:
the difference since a date, the change in percent, the course as a small line.
"""

from collections.abc import Callable, Sequence

from samenloop.monitor.formaat import ONBEKEND, TOTAAL
from samenloop.monitor.uitkomst import Waarde

from .lezing import MAX_KOLOMMEN, Lezing
from .lijnen import mini
from .opmaak import GEEN
from .structuur import Cel, Gegevenstabel, Kolom, Rij, Rijsoort


def cel(
    lezing: Lezing, waarde: Waarde, eenheid: str = "aantal", decimalen: int = 0
) -> Cel:
    """Return a cell with a value."""
    return Cel(lezing.op.waarde(waarde, eenheid, decimalen), waarde)


def verschilcel(
    lezing: Lezing,
    nu: Waarde,
    toen: Waarde,
    eenheid: str = "aantal",
    decimalen: int = 0,
) -> Cel:
    """Return a cell with the difference of two values."""
    if nu is None or toen is None:
        return Cel(GEEN)
    verschil = round(nu - toen, 1) if eenheid == "procent" else nu - toen
    return Cel(lezing.op.verschil(verschil, eenheid, decimalen), verschil)


def soort_van(naam: str) -> Rijsoort:
    """Return how the row of a value is read: a total stands under a line."""
    return Rijsoort.TOTAAL if naam == TOTAAL else Rijsoort.GEWOON


def noot_van(lezing: Lezing, gemeente: str) -> str:
    """Return the small text beside a municipality."""
    if gemeente == ONBEKEND:
        return lezing.t("no municipality recorded")
    return ""


def tijdkolommen(lezing: Lezing, *, sinds: str, procent: bool) -> tuple[Kolom, ...]:
    """Return the peildata, the difference since one of them, percent and course."""
    kolommen = [Kolom(lezing.op.kort(peildatum)) for peildatum in lezing.peildata]
    kolommen.append(Kolom(lezing.t("since {dag}", dag=lezing.op.kort(sinds))))
    if procent:
        kolommen.append(Kolom(lezing.t("in percent")))
    kolommen.append(Kolom(lezing.t("course"), getal=False))
    return tuple(kolommen)


def tijdrij(
    lezing: Lezing,
    kop: str,
    waarden: Sequence[Waarde],
    *,
    sinds: int,
    procent: bool,
    eenheid: str = "aantal",
    soort: Rijsoort = Rijsoort.GEWOON,
    niveau: int = 0,
    noot: str = "",
) -> Rij:
    """Return a row over the peildata; `sinds` is the place of the date compared to."""
    cellen = [cel(lezing, waarde, eenheid) for waarde in waarden]
    cellen.append(verschilcel(lezing, waarden[-1], waarden[sinds], eenheid))
    if procent:
        cellen.append(Cel(lezing.op.verandering(waarden[-1], waarden[sinds])))
    verloop = ", ".join(lezing.op.waarde(waarde, eenheid) for waarde in waarden)
    cellen.append(Cel("", svg=mini(waarden, f"{kop}: {verloop}"), getal=False))
    return Rij(kop, tuple(cellen), soort, niveau, noot)


def gewone_tabel(
    lezing: Lezing,
    naam: str,
    bijschrift: str,
    rijkop: str,
    koppen: Sequence[str],
    rijen: Sequence[tuple[str, str, Sequence[Waarde]]],
    *,
    eenheid: str = "aantal",
    decimalen: int = 0,
) -> Gegevenstabel:
    """Return a plain table of (value of the dimension, heading, values) rows."""
    return Gegevenstabel(
        naam,
        bijschrift,
        rijkop,
        tuple(Kolom(kop) for kop in koppen),
        tuple(
            Rij(
                kop,
                tuple(cel(lezing, waarde, eenheid, decimalen) for waarde in waarden),
                soort_van(code),
            )
            for code, kop, waarden in rijen
        ),
    )


def kruis(
    lezing: Lezing,
    naam: str,
    bijschrift: str,
    onderwerpen: Sequence[tuple[str, str]],
    rijkop: str,
    waarde: Callable[[str, str], Waarde],
    plaatsen: Sequence[str],
) -> Gegevenstabel:
    """Cross subjects (code, name) with municipalities.

    Few municipalities stand in columns with the subjects in rows; many stand in rows,
    because a table of thirty columns cannot be read. The values are counts: what does
    not occur is none.
    """

    def telling(onderwerp: str, plaats: str) -> Waarde:
        return waarde(onderwerp, plaats) or 0

    if len(plaatsen) <= MAX_KOLOMMEN:
        return gewone_tabel(
            lezing,
            naam,
            bijschrift,
            rijkop,
            [lezing.gemeente(plaats) for plaats in plaatsen],
            [
                (code, kop, [telling(code, plaats) for plaats in plaatsen])
                for code, kop in onderwerpen
            ],
        )
    return gewone_tabel(
        lezing,
        naam,
        bijschrift,
        lezing.t("Municipality"),
        [kop for _, kop in onderwerpen],
        [
            (
                plaats,
                lezing.gemeente(plaats),
                [telling(code, plaats) for code, _ in onderwerpen],
            )
            for plaats in plaatsen
        ],
    )


def lege_cellen(aantal: int) -> tuple[Cel, ...]:
    """Return empty cells, for a row that only opens a group."""
    return tuple(Cel("") for _ in range(aantal))


def tabel(
    naam: str,
    bijschrift: str,
    rijkop: str,
    koppen: Sequence[str],
    rijen: Sequence[Rij],
) -> Gegevenstabel:
    """Return a table of ready rows under headings of numbers."""
    return Gegevenstabel(
        naam, bijschrift, rijkop, tuple(Kolom(kop) for kop in koppen), tuple(rijen)
    )
