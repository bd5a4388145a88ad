"""What type a case has: a short form for one question, that can grow into the whole."""

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.core.tijd import correct
from samenloop.regie.models import Casus, Casusperiode, Stap

MEERVOUDIG = "meervoudig"
ENKELVOUDIG = "enkelvoudig"
SOORTEN = (
    (MEERVOUDIG, _("multiple support")),
    (ENKELVOUDIG, _("single support")),
)
# One question, one who helps: no conference and no shared plan to draw up.
KORT = (Stap.SIGNAAL, Stap.BEOORDELEN, Stap.REGELEN, Stap.UITVOEREN, Stap.EVALUEREN)


def period(casus: Casus, dag: date | None = None) -> Casusperiode | None:
    """Return what type a case has on a day, as we know it now; None is closed."""
    return (
        Casusperiode.objects.current()
        .in_force(dag or klok.today())
        .filter(casus=casus)
        .first()
    )


def steps(type_: str) -> tuple[Stap, ...]:
    """Return the steps that a type of case has, in the order in which they are read."""
    return KORT if type_ == ENKELVOUDIG else tuple(Stap)


@transaction.atomic
def grow(casus: Casus, *, door: Actor, reden: str) -> Casusperiode | None:
    """Let a single question grow into multiple support, from today.

    Nothing of what was is lost: the steps stay, the period of the short form ends
    yesterday. Returns the period in force; one that was multiple already stays.
    """
    loopt = period(casus)
    if loopt is None or loopt.type == MEERVOUDIG:
        return loopt
    vandaag = klok.today()
    if loopt.startdatum == vandaag:
        return correct(loopt, vandaag, type=MEERVOUDIG, reden_begin=reden[:500])
    gisteren = vandaag - timedelta(days=1)
    correct(loopt, vandaag, geldig=loopt.periode.ended_on(gisteren).as_range())
    return Casusperiode.objects.create(
        casus=casus,
        type=MEERVOUDIG,
        geldig=DateRange(vandaag, None),
        reden_begin=reden[:500],
    )
