"""Whose appointments one sees: one's own, and those of dossiers one reads along in.

One's own are those to which one was asked, oneself or one's organisation, and those of
the director of a case one directs now: who takes over a case takes over its
appointments, and who stands in has them as long as that lasts.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.models import LEIDEND, Deel
from samenloop.regie.afspraken.models import Afspraakdeelname, Casusafspraak


def own(actor: Actor) -> QuerySet[Casusafspraak]:
    """Return the appointments at which this actor is expected, called off as well."""
    eigen = [each.pk for each in toegang.own(actor)]
    if not eigen:
        return Casusafspraak.objects.none()
    komt = Afspraakdeelname.objects.filter(afspraak=OuterRef("pk"))
    geleid = Q(casus__dossier__in=toegang.led_dossiers(actor))
    return Casusafspraak.objects.filter(
        Q(Exists(komt.filter(deelname__in=eigen)))
        | geleid & Q(Exists(komt.filter(deelname__rol__in=LEIDEND))),
        casus__dossier__in=toegang.own_dossiers(actor),
        gemeente=actor.gemeente,
    )


def between(van: date, tot: date) -> Q:
    """Return what begins on one of these days, the last included, in Dutch time."""
    return Q(begint_op__gte=_midnight(van)) & Q(
        begint_op__lt=_midnight(tot + timedelta(days=1))
    )


def may_see(actor: Actor, afspraak: Casusafspraak) -> bool:
    """Whether this actor may read an appointment."""
    dossier = afspraak.casus.dossier
    if dossier is None:
        return False
    lezen = toegang.depth(actor, dossier, Handeling.DOSSIER_LEZEN, Deel.JOURNAAL)
    return lezen is Diepte.WAT or own(actor).filter(pk=afspraak.pk).exists()


def _midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(), tzinfo=klok.AMSTERDAM)
