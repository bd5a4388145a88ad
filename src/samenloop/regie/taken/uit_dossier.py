"""What the rooms below bring to the day: they cannot reach it, so it is asked here.

A version to sign, a report that is not finished, a right to look at again, and a plan
to look back on. Each source takes a fixed number of statements.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.dossier.models import Gesprek
from samenloop.plannen.models import Dossier, Herbeoordeling
from samenloop.plannen.plan.models import Evaluatie, Planversie
from samenloop.regie import lijst as casuslijst
from samenloop.regie.mijn_dag import Gewicht, Punt
from samenloop.regie.models import Casus

MEESTE = 20
# So many days beforehand a look back is put up.
_VOORAF = timedelta(days=7)


def plan_to_sign(actor: Actor) -> Iterable[Punt]:
    """Give the versions of a plan that wait for the signature of this actor."""
    if actor.account_id is None or not besluiten.may(actor, Handeling.PLAN_SCHRIJVEN):
        return []
    nieuwer = Planversie.objects.filter(
        plan=OuterRef("plan"), nummer__gt=OuterRef("nummer")
    )
    versies = list(
        Planversie.objects.filter(
            ~Exists(nieuwer),
            plan__dossier__in=_led(actor),
            plan__gesloten_op=None,
            getekend_op=None,
            tekenaars__contains=[{"sleutel": f"account:{actor.account_id}"}],
        )
        .exclude(handtekeningen__account=actor.account_id)
        .select_related("plan")
        .order_by("gemaakt_op")[:MEESTE]
    )
    namen = _titles(versie.plan.dossier_id for versie in versies)
    return [
        Punt(
            gewicht=Gewicht.VANDAAG + 10,
            kleur="letop",
            icoon="letop",
            staat=_("waits for you"),
            wat=_("Sign the plan: %(wie)s")
            % {"wie": namen.get(versie.plan.dossier_id, "")},
            waarom=_("Version %(n)s; when the last has signed, its tasks begin.")
            % {"n": versie.nummer},
            adres=reverse("plan-versie", args=[versie.plan.dossier_id, versie.nummer]),
            knop=_("To the plan"),
        )
        for versie in versies
    ]


def reports(actor: Actor) -> Iterable[Punt]:
    """Give the conversations this actor began and did not finish the report of."""
    if actor.account_id is None or not besluiten.may(
        actor, Handeling.DOSSIER_SCHRIJVEN
    ):
        return []
    gesprekken = list(
        Gesprek.objects.filter(
            dossier__in=toegang.own_dossiers(actor),
            begonnen_door=actor.account_id,
            afgerond_op=None,
        ).order_by("begonnen_op")[:MEESTE]
    )
    namen = _titles(gesprek.dossier_id for gesprek in gesprekken)
    vandaag = klok.today()
    return [
        Punt(
            gewicht=Gewicht.VANDAAG + 5
            if (van := gesprek.begonnen_op.astimezone(klok.AMSTERDAM)).date() == vandaag
            else Gewicht.WACHT_OP_MIJ,
            kleur="letop",
            icoon="letop",
            staat=_("today") if van.date() == vandaag else _("not finished"),
            wat=_("Finish the report: %(wie)s")
            % {"wie": namen.get(gesprek.dossier_id, "")},
            waarom=_("The conversation began on %(dag)s.")
            % {"dag": date_format(van, "j F Y")},
            adres=reverse("gesprek-voeren", args=[gesprek.pk]),
            knop=_("To the report"),
            tijd=van if van.date() == vandaag else None,
        )
        for gesprek in gesprekken
    ]


def reviews(actor: Actor) -> Iterable[Punt]:
    """Give the rights that must be looked at again in dossiers one directs."""
    if not besluiten.may(actor, Handeling.TOEGANG_GEVEN):
        return []
    open_ = list(
        Herbeoordeling.objects.filter(
            dossier__in=_led(actor), afgedaan_op=None, op__lte=klok.today()
        )[:MEESTE]
    )
    namen = _titles(rij.dossier_id for rij in open_)
    return [
        Punt(
            gewicht=Gewicht.WACHT_OP_MIJ - 10,
            kleur="letop",
            icoon="letop",
            staat=_("look again"),
            wat=_("Look at the rights again: %(wie)s")
            % {"wie": namen.get(rij.dossier_id, "")},
            waarom=_("%(aanleiding)s, on %(dag)s.")
            % {
                "aanleiding": str(rij.get_aanleiding_display()).capitalize(),
                "dag": date_format(rij.op, "j F Y"),
            },
            adres=reverse("herbeoordeling", args=[rij.pk]),
            knop=_("To the question"),
        )
        for rij in open_
    ]


def looking_back(actor: Actor) -> Iterable[Punt]:
    """Give the rounds of evaluation of this week, and those that were missed."""
    if not besluiten.may(actor, Handeling.PLAN_SCHRIJVEN):
        return []
    vandaag = klok.today()
    rondes = list(
        Evaluatie.objects.filter(
            plan__dossier__in=_led(actor),
            plan__gesloten_op=None,
            gehouden_op=None,
            gepland_op__lte=vandaag + _VOORAF,
        ).select_related("plan")[:MEESTE]
    )
    namen = _titles(ronde.plan.dossier_id for ronde in rondes)
    return [
        Punt(
            gewicht=Gewicht.TE_LAAT + 5
            if ronde.gepland_op < vandaag
            else Gewicht.VANDAAG
            if ronde.gepland_op == vandaag
            else Gewicht.BINNENKORT,
            kleur="gevaar" if ronde.gepland_op < vandaag else "letop",
            icoon="laat" if ronde.gepland_op < vandaag else "letop",
            staat=date_format(ronde.gepland_op, "D j b"),
            wat=_("Look back on the plan: %(wie)s")
            % {"wie": namen.get(ronde.plan.dossier_id, "")},
            waarom=_("A round of evaluation with the family was planned for this day."),
            adres=reverse("plan-evaluatie", args=[ronde.plan.dossier_id]),
            knop=_("Evaluate"),
        )
        for ronde in rondes
    ]


def _led(actor: Actor) -> QuerySet[Dossier]:
    """The running dossiers this actor directs."""
    return Dossier.objects.filter(pk__in=toegang.led_dossiers(actor), gesloten_op=None)


def _titles(dossiers: Iterable[UUID]) -> dict[UUID, str]:
    """Return whom each dossier is about, as the case says it."""
    return {
        casus.dossier_id: casuslijst.title(casus)
        for casus in Casus.objects.filter(dossier__in=set(dossiers)).select_related(
            "dossier__gezin", "betrokkene"
        )
        if casus.dossier_id is not None
    }
