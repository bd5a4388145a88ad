"""How much may be invoiced on an allocation: per product period and in all (IV076-078).

Effort (minutes, hours, days, parts of days, pieces of effort) counts the ISO weeks that
a period touches, each with the whole volume of a week. Output (pieces of output, euros)
counts Sundays, and one more week where the last Sunday of the allocation falls if the
allocation does not end on a Sunday. A month that is only partly allocated has the
volume of a whole month.
"""

from datetime import date, timedelta
from functools import lru_cache

from samenloop.berichten.regels.stand import StandToewijzing

MINUUT = "01"
UUR = "04"
OUTPUT = frozenset({"82", "83"})
PER_DAG, PER_WEEK, PER_MAAND, TOTAAL = "1", "2", "4", "6"
HUISHOUDELIJKE_HULP = "01"
WEKEN_HUISHOUDELIJKE_HULP = 6
"""For household help (Wmo) the limit of a month is always that of six weeks."""


@lru_cache(8192)
def weken(eerste: date, laatste: date) -> int:
    """The number of ISO weeks that a period touches."""
    return (_maandag(laatste) - _maandag(eerste)) // 7 + 1


def _maandag(dag: date) -> int:
    return dag.toordinal() - dag.weekday()


@lru_cache(8192)
def zondagen(eerste: date, laatste: date) -> int:
    """The number of Sundays in a period."""
    dagen = (laatste - eerste).days + 1
    tot_zondag = 6 - eerste.weekday()
    return 0 if tot_zondag >= dagen else (dagen - tot_zondag - 1) // 7 + 1


def maanden(eerste: date, laatste: date) -> int:
    """The number of calendar months that a period touches."""
    return (laatste.year - eerste.year) * 12 + laatste.month - eerste.month + 1


def factor(eenheid: str, toegewezen: str | None) -> int | None:
    """What one of a unit weighs against an allocation; None where it does not fit.

    An allocation in hours is counted in minutes, because both may be invoiced on it.
    """
    if toegewezen == UUR:
        return 60 if eenheid == UUR else 1 if eenheid == MINUUT else None
    return 1 if eenheid == toegewezen else None


def maximum_periode(
    toewijzing: StandToewijzing, wet: str, eerste: date, laatste: date
) -> int | None:
    """The most for one product period, as `factor` weighs; None: there is no volume."""
    volume = toewijzing.volume
    if volume is None:
        return None
    eerste = max(eerste, toewijzing.ingang)
    laatste = min(laatste, toewijzing.eind or date.max)
    keer = 1
    if laatste < eerste:
        keer = 0
    elif toewijzing.frequentie == PER_DAG:
        keer = (laatste - eerste).days + 1
    elif toewijzing.frequentie == PER_WEEK:
        keer = _weken_in_periode(toewijzing, wet, eerste, laatste)
    return keer * volume * (factor(toewijzing.eenheid or "", toewijzing.eenheid) or 1)


def _weken_in_periode(
    toewijzing: StandToewijzing, wet: str, eerste: date, laatste: date
) -> int:
    if toewijzing.eenheid not in OUTPUT:
        if wet == "wmo" and toewijzing.categorie == HUISHOUDELIJKE_HULP:
            return WEKEN_HUISHOUDELIJKE_HULP
        return weken(eerste, laatste)
    aantal = zondagen(eerste, laatste)
    eind = toewijzing.eind
    if eind is None or eind.weekday() == 6:
        return aantal
    laatste_zondag = eind - timedelta(days=eind.weekday() + 1)
    # An allocation of less than a week may hold no Sunday: it counts where it ends.
    peil = laatste_zondag if laatste_zondag >= toewijzing.ingang else eind
    return aantal + (1 if eerste <= peil <= laatste else 0)


def maximum_totaal(toewijzing: StandToewijzing, tot: date) -> int | None:
    """The most over the whole allocation, as `factor` weighs; None: no volume.

    An allocation without an end is counted up to `tot`, the last day invoiced.
    """
    volume = toewijzing.volume
    if volume is None:
        return None
    eerste, laatste = toewijzing.ingang, toewijzing.eind or tot
    keer = 1
    if toewijzing.frequentie == PER_DAG:
        keer = max(0, (laatste - eerste).days + 1)
    elif toewijzing.frequentie == PER_MAAND:
        keer = maanden(eerste, laatste)
    elif toewijzing.frequentie == PER_WEEK and toewijzing.eenheid in OUTPUT:
        keer = zondagen(eerste, laatste) + (1 if laatste.weekday() != 6 else 0)
    elif toewijzing.frequentie == PER_WEEK:
        keer = weken(eerste, laatste)
    return keer * volume * (factor(toewijzing.eenheid or "", toewijzing.eenheid) or 1)


def afgerond(teller: int, noemer: int) -> int:
    """A division of whole numbers, half upwards (so 1,455 becomes 1,46)."""
    return (2 * teller + noemer) // (2 * noemer)


def uren(minuten: int) -> int:
    """Delivered minutes as hours to invoice: rounded, and at least one (IV079)."""
    return max(1, afgerond(minuten, 60))


def minuuttarief(uurtarief: int) -> int:
    """The tariff per minute to show for one per hour, both in eurocents (IV081)."""
    return afgerond(uurtarief, 60)


def bedrag_in_minuten(uurtarief: int, minuten: int) -> int:
    """What minutes cost by a tariff per hour: not by the rounded one (IV081)."""
    return afgerond(uurtarief * minuten, 60)


def mogelijk_in_minuten(bedrag: int, minuten: int, tarief: int) -> bool:
    """Whether some tariff per hour gives this amount, shown as this one per minute.

    The tariff shown is a sixtieth of that per hour, rounded to cents (IV081): sixty
    tariffs per hour are shown as the same. All amounts are eurocents.
    """
    if minuten == 0:
        return bedrag == 0
    # The lowest and highest tariff per hour that is rounded to this amount ...
    laagste = -((30 - 60 * bedrag) // minuten)
    hoogste = -(-(60 * bedrag + 30) // minuten) - 1
    # ... against the lowest and highest that is shown as this tariff.
    return max(laagste, 60 * tarief - 30) <= min(hoogste, 60 * tarief + 29)
