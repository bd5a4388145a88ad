"""What stands in the agenda: appointments, conferences, and evaluations of plans."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.plan.models import Evaluatie
from samenloop.regie import lijst
from samenloop.regie.afspraken import zicht
from samenloop.regie.afspraken.models import Casusafspraak
from samenloop.regie.mijn_dag import Afspraak, Gewicht, Punt
from samenloop.regie.models import Casus
from samenloop.regie.overleg import agenda
from samenloop.regie.overleg.models import Overleg

MEESTE = 200
_S = Casusafspraak.Soort
# Where one writes down what came of it.
_VERSLAG = {
    _S.GESPREK: "gesprek",
    _S.HUISBEZOEK: "gesprek",
    _S.OVERLEG: "contact-nieuw",
    _S.EVALUATIE: "plan-evaluatie",
}


def own(actor: Actor, van: date, tot: date) -> Iterable[Afspraak]:
    """Give the appointments at which one is expected; two statements."""
    geleid = set(toegang.led_dossiers(actor))
    return [
        Afspraak(
            op=each.begint_op,
            wat=f"{kind(each)}: {lijst.title(each.casus)}",
            toelichting=" · ".join(
                deel for deel in (each.plaats, each.waarover) if deel
            ),
            adres=reverse("afspraak", args=[each.pk]),
            verslag=report(each) if each.casus.dossier_id in geleid else "",
            minuten=each.minuten,
            kaal=f"{kind(each)} {each.casus.kort}",
            over=each.casus.betrokkene_id,
        )
        for each in planned(actor, van, tot)
    ]


def planned(actor: Actor, van: date, tot: date) -> list[Casusafspraak]:
    """Return one's own appointments that go on, of these days."""
    return list(
        zicht.own(actor)
        .filter(zicht.between(van, tot), staat=Casusafspraak.Staat.GEPLAND)
        .select_related("casus__dossier__gezin", "casus__betrokkene")[:MEESTE]
    )


def kind(afspraak: Casusafspraak) -> str:
    """Return what kind it is, as a line begins."""
    return str(_S(afspraak.soort).label).capitalize()


def report(afspraak: Casusafspraak) -> str:
    """Return where one writes down what came of an appointment."""
    return reverse(_VERSLAG[_S(afspraak.soort)], args=[afspraak.casus.dossier_id])


def conferences(actor: Actor, van: date, tot: date) -> Iterable[Afspraak]:
    """Give the case conferences one leads or was asked to; one statement."""
    begin, einde = (
        datetime.combine(dag, time(), tzinfo=klok.AMSTERDAM)
        for dag in (van, tot + timedelta(days=1))
    )
    overleggen = (
        agenda.visible_to(actor)
        .filter(
            gepland_op__gte=begin,
            gepland_op__lt=einde,
            staat__in=(Overleg.Staat.GEPLAND, Overleg.Staat.BEZIG),
        )
        .annotate(aantal=Count("genodigden", distinct=True))
        .order_by("gepland_op")[:MEESTE]
    )
    return [
        Afspraak(
            op=each.gepland_op,
            wat=_("Case conference"),
            toelichting=" · ".join(
                deel
                for deel in (
                    each.plaats,
                    ngettext("%(n)s invited", "%(n)s invited", each.aantal)
                    % {"n": each.aantal},
                )
                if deel
            ),
            adres=reverse("overleg", args=[each.pk]),
            minuten=each.minuten,
            kaal=_("Case conference"),
        )
        for each in overleggen
    ]


def evaluations(actor: Actor, van: date, tot: date) -> Iterable[Afspraak]:
    """Give the evaluations planned for a day in the cases one directs.

    Not when an appointment for it says the hour already. One statement.
    """
    if not (geleid := toegang.led_dossiers(actor)):
        return []
    met_uur = Casusafspraak.objects.filter(
        zicht.between(van, tot),
        casus__dossier=OuterRef("plan__dossier"),
        soort=_S.EVALUATIE,
        staat=Casusafspraak.Staat.GEPLAND,
    )
    rondes = list(
        Evaluatie.objects.filter(
            ~Exists(met_uur),
            gepland_op__range=(van, tot),
            gehouden_op__isnull=True,
            plan__gesloten_op__isnull=True,
            plan__dossier__in=geleid,
        ).select_related("plan")[:MEESTE]
    )
    casussen = {
        each.dossier_id: each
        for each in Casus.objects.filter(
            dossier__in={ronde.plan.dossier_id for ronde in rondes}
        ).select_related("dossier__gezin", "betrokkene")
    }
    return [
        Afspraak(
            op=datetime.combine(ronde.gepland_op, time(), tzinfo=klok.AMSTERDAM),
            wat=_("Evaluation of the plan: %(wie)s") % {"wie": lijst.title(casus)},
            adres=reverse("plan-evaluatie", args=[ronde.plan.dossier_id]),
            heel_dag=True,
            kaal=f"{_('Evaluation')} {casus.kort}",
            over=casus.betrokkene_id,
        )
        for ronde in rondes
        if (casus := casussen.get(ronde.plan.dossier_id)) is not None
    ]


def points(actor: Actor) -> Iterator[Punt]:
    """Yield the conversations of today in the cases one directs: a report to write."""
    if not besluiten.may(actor, Handeling.CASUS_VOEREN):
        return
    vandaag = klok.today()
    geleid = set(toegang.led_dossiers(actor))
    for each in planned(actor, vandaag, vandaag):
        if each.casus.dossier_id not in geleid or each.soort == _S.OVERLEG:
            continue
        yield Punt(
            gewicht=Gewicht.VANDAAG + 5,
            kleur="letop",
            icoon="letop",
            staat=_("today"),
            wat=f"{kind(each)}: {lijst.title(each.casus)}",
            waarom=each.waarover
            or _("The report stands ready; what is known is filled in."),
            adres=report(each),
            knop=_("To the report"),
            tijd=each.begint_op,
        )
