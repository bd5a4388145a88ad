"""What the plan and the last measurement already say, beside the conversation.

Only to whom those parts of the dossier were opened. It never goes into a report: who
reads the report need not have the plan open.
"""

from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte, Handeling
from samenloop.plannen import toegang
from samenloop.plannen.dossier.bekend import Blok, Feit, register
from samenloop.plannen.metingen.models import Meting
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan.models import Doelstelling

_MEESTE = 20


def goals(actor: Actor, dossier: Dossier) -> Blok | None:
    """The goals of the plan that is open, in the words of the family."""
    if toegang.depth(actor, dossier, Handeling.PLAN_LEZEN, Deel.PLAN) is not Diepte.WAT:
        return None
    rijen = Doelstelling.objects.filter(
        plan__dossier=dossier, plan__gesloten_op__isnull=True, weg_op__isnull=True
    ).select_related("plan", "voor")[:_MEESTE]
    return Blok(
        _("Goals of the plan"),
        _("Plan, own records"),
        tuple(
            Feit(
                f"{rij.voor.volledige_naam}: {rij.tekst}" if rij.voor else rij.tekst,
                rij.plan.geopend_op,
            )
            for rij in rijen
            if rij.tekst
        ),
        _("There is no plan yet."),
    )


def measurement(actor: Actor, dossier: Dossier) -> Blok | None:
    """The last measurement of each person, with the level on each domain."""
    gegund = toegang.depth(actor, dossier, Handeling.DOSSIER_LEZEN, Deel.METINGEN)
    if gegund is not Diepte.WAT:
        return None
    laatste: dict[object, Meting] = {}
    for meting in (
        Meting.objects.filter(dossier=dossier, correctie__isnull=True)
        .select_related("persoon", "instrument")
        .prefetch_related("scores__domein")
        .order_by("op", "vastgelegd_op")
    ):
        laatste[meting.persoon_id] = meting
    return Blok(
        _("Last measurement"),
        _("Measurements, own records"),
        tuple(
            Feit(
                _("%(wie)s, %(instrument)s: %(scores)s")
                % {
                    "wie": meting.persoon.volledige_naam,
                    "instrument": meting.instrument.naam,
                    "scores": ", ".join(
                        f"{score.domein.naam} {score.niveau}"
                        for score in meting.scores.all()
                    ),
                },
                meting.op,
            )
            for meting in laatste.values()
        ),
        _("Nothing was measured in this family yet."),
    )


def register_own() -> None:
    """Let both be shown after what is known of the family and its provisions."""
    register(goals, orde=50)
    register(measurement, orde=60)
