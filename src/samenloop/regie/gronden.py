"""On what ground the reader looks into a case: consent, or another one, in words."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from samenloop.access import noodtoegang
from samenloop.access.actor import Actor
from samenloop.plannen import toegang
from samenloop.plannen.plan import grond as plangrond
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie.models import Casus


@dataclass(frozen=True, slots=True)
class Grond:
    """A ground in a sentence; `houdt` is whether it still holds."""

    zin: str
    houdt: bool = True


def of_case(casus: Casus, actor: Actor) -> Grond:
    """Return the ground for directing this case: that of its plan, or of the reader.

    Until there is a plan, the ground is why the reader takes part.
    """
    dossier = casus.dossier
    if dossier is None:
        return Grond("")
    if dossier.betrokkene_id in noodtoegang.persons_open_to(actor):
        return Grond(_("emergency access"))
    plan = open_plan(dossier)
    if plan is not None:
        stand = plangrond.state(plan)
        return Grond(stand.zin.rstrip("."), stand.houdt)
    gegeven = plangrond.consent(dossier)
    if gegeven is not None:
        return Grond(
            _("consent of %(wie)s, %(dag)s")
            % {
                "wie": casus.betrokkene.volledige_naam,
                "dag": formats.date_format(gegeven.gegeven_op, "j F Y"),
            }
        )
    eigen = toegang.own_in(actor, dossier.pk)
    return Grond(eigen[0].grond if eigen else "")
