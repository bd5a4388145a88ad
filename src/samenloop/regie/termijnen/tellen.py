"""The last day of a term from what stands in its row and its stretches of rest."""

from datetime import date

from samenloop.regie.termijnen import rekenen
from samenloop.regie.termijnen.models import Stilstand, Telling, Termijn


def rests(termijn: Termijn, op: date) -> bool:
    """Whether a term stands still on a day; reads its suspensions."""
    return any(still(each, op) for each in termijn.opschortingen.all())


def stretches(termijn: Termijn) -> list[rekenen.Stil]:
    """Return when it stood still, as far as that has an end."""
    return [
        rekenen.Stil(each.van, each.tot)
        for each in termijn.opschortingen.all()
        if each.tot is not None
    ]


def still(opschorting: Stilstand, op: date) -> bool:
    """Whether a stretch of standing still holds on a day."""
    return opschorting.tot is None or opschorting.tot > op


def count(termijn: Termijn, stil: list[rekenen.Stil], verlengd: list[str]) -> None:
    """Set the last day, and that of the own norm, from the facts."""
    if termijn.telling == Telling.DATUM:
        return
    if termijn.telling == Telling.UREN:
        assert termijn.begin_om is not None
        termijn.uiterlijk_om = rekenen.end_of_hours(termijn.begin_om, termijn.duur)
        termijn.uiterlijk = termijn.uiterlijk_om.date()
        return
    termijn.uiterlijk = rekenen.end(
        termijn.begin, termijn.duur, termijn.telling, stil=stil, verlengd=verlengd
    )
    if termijn.streefduur:
        werkdagen = termijn.streefduur.startswith("WD")
        streef = rekenen.end(
            termijn.begin,
            termijn.streefduur,
            Telling.WERKDAGEN if werkdagen else termijn.telling,
            stil=stil,
            verlengd=[] if werkdagen else verlengd,
        )
        termijn.streef = min(streef, termijn.uiterlijk)
