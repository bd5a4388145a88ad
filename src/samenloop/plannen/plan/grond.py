"""On what ground there is a plan, and whether that still holds.

Consent is asked of the database at the moment of looking: withdrawn this morning, it
does not hold this afternoon. Without consent there is a plan only where several
problems meet, with the reason written down and a day on which that is looked at again;
past that day it does not hold either.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.models import Toestemming
from samenloop.plannen.models import Dossier
from samenloop.plannen.plan.models import Grond, Plan

CATEGORIE = "plan"
# Longer than this nobody goes on without the family and without looking again.
LANGST_ZONDER = timedelta(days=183)


class GeenPlangrond(SamenloopFout):
    """There is no ground for a plan, or it holds no longer."""

    melding = gettext_lazy(
        "There is no consent for a plan. Record it with the person, or record why a "
        "plan is needed without it."
    )


class PlanBestaat(SamenloopFout):
    """This family has an open plan already, here or in another dossier."""

    melding = gettext_lazy(
        "This family already has an open plan. Close that one first, or go on in it."
    )


@dataclass(frozen=True, slots=True)
class Grondstand:
    """Whether the ground of a plan holds, in a sentence, and until when."""

    houdt: bool
    zin: str
    tot: date | None = None


def consent(dossier: Dossier) -> Toestemming | None:
    """Return the consent for making a plan that holds today, the longest one."""
    gegeven = Toestemming.objects.in_force(klok.today()).filter(
        persoon=dossier.betrokkene_id, gemeente=dossier.gemeente_id, categorie=CATEGORIE
    )
    return max(
        gegeven, key=lambda each: (each.tot is None, each.tot or date.min), default=None
    )


def state(plan: Plan) -> Grondstand:
    """Say whether the ground of this plan holds today."""
    if plan.grond == Grond.MEERVOUDIG:
        tot = plan.grond_herzien_op
        if tot is None or tot < klok.today():
            return Grondstand(
                False,
                _(
                    "This plan is made without consent, and its ground should have "
                    "been looked at again. Until then nothing can be put forward or "
                    "signed."
                ),
                tot,
            )
        return Grondstand(
            True, _("Without consent, because several problems meet"), tot
        )
    gegeven = consent(plan.dossier)
    if gegeven is None:
        return Grondstand(
            False,
            _(
                "The consent for this plan was withdrawn or ran out. Record it again, "
                "or the reason to go on without it; until then nothing can be put "
                "forward or signed."
            ),
        )
    return Grondstand(True, _("With consent"), gegeven.tot)


def require(plan: Plan) -> None:
    """Refuse unless the ground of this plan holds today.

    Raises:
        GeenPlangrond: with the sentence that says why not.
    """
    stand = state(plan)
    if not stand.houdt:
        raise GeenPlangrond(stand.zin)


def _checked(
    dossier: Dossier, grond: Grond, reden: str, herzien_op: date | None
) -> dict[str, object]:
    if grond is Grond.TOESTEMMING:
        if consent(dossier) is None:
            raise GeenPlangrond()
        return {"grond": grond, "grond_reden": "", "grond_herzien_op": None}
    vandaag = klok.today()
    if not reden.strip():
        raise GeenPlangrond(_("Say why a plan is needed without consent."))
    if herzien_op is None or not vandaag < herzien_op <= vandaag + LANGST_ZONDER:
        raise GeenPlangrond(
            _("Choose a day of review: after today, and within half a year.")
        )
    return {
        "grond": grond,
        "grond_reden": reden.strip(),
        "grond_herzien_op": herzien_op,
    }


def open_plan(
    dossier: Dossier,
    *,
    grond: Grond,
    door: Actor,
    reden: str = "",
    herzien_op: date | None = None,
) -> Plan:
    """Open the plan of a dossier; the caller has checked that one may.

    Raises:
        GeenPlangrond: consent does not hold, or reason or day of review is missing.
        PlanBestaat: the family has an open plan.
    """
    velden = _checked(dossier, grond, reden, herzien_op)
    try:
        with transaction.atomic():
            return Plan.objects.create(
                dossier=dossier,
                gezin_id=dossier.gezin_id,
                betrokkene_id=dossier.betrokkene_id,
                geopend_op=klok.today(),
                grond_door=door.account_id,
                **velden,
            )
    except IntegrityError:
        raise PlanBestaat() from None


def change(
    plan: Plan,
    *,
    grond: Grond,
    door: Actor,
    reden: str = "",
    herzien_op: date | None = None,
) -> None:
    """Record another ground, or that the old one was looked at and still stands.

    Raises:
        GeenPlangrond: as with opening.
    """
    velden = _checked(plan.dossier, grond, reden, herzien_op)
    for naam, waarde in velden.items():
        setattr(plan, naam, waarde)
    plan.grond_door = door.account_id
    plan.save(update_fields=[*velden, "grond_door"])


def close(plan: Plan, *, reden: str) -> None:
    """Close the plan; from then on it can only be read."""
    Plan.objects.filter(pk=plan.pk, gesloten_op__isnull=True).update(
        gesloten_op=klok.today(), reden_einde=reden
    )
