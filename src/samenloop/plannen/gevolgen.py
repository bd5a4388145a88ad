"""What stops in a dossier when somebody withdraws consent.

Rooms of this floor and above register what they know with `register`; here stand the
participations that rest on the consent, and the plan that was made with it. What is
listed is shown before and done after (`personen.gevolgen`).
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.personen.gevolgen import Gevolg, register
from samenloop.personen.models import Gezinslid, Toestemming
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import (
    Aanleiding,
    Deelname,
    Dossier,
    Herbeoordeling,
)

__all__ = ["Gevolg", "register", "register_own"]

# Consent for these data is what making a plan together rests on (D2).
PLAN = "plan"


def register_own() -> None:
    """Say what stops on this floor itself."""
    register(_participations)
    register(_plans)


def _participations(toestemming: Toestemming) -> Iterator[Gevolg]:
    rusten = list(
        toegang.running().filter(toestemming=toestemming).select_related("dossier")
    )
    wie = namen.of(rusten)
    for deelname in rusten:
        delen = ", ".join(
            str(deel.label) for deel in sorted(toegang.open_parts(deelname))
        )
        yield Gevolg(
            _("%(wie)s takes part no longer and does not see any more: %(delen)s.")
            % {"wie": wie[deelname.pk], "delen": delen or "–"},
            partial(_end, deelname.pk),
        )


def _end(deelname: UUID, door: Actor) -> None:
    with override("nl"):
        reden = _("the consent it rested on was withdrawn")
    toegang.end(Deelname.objects.filter(pk=deelname), reden=reden, door=door)


def _plans(toestemming: Toestemming) -> Iterator[Gevolg]:
    if toestemming.categorie != PLAN:
        return
    for dossier in open_dossiers(toestemming.persoon_id):
        if dossier.gemeente_id != toestemming.gemeente_id:
            continue
        yield Gevolg(
            _(
                "The plan has no consent any more. Its director is asked on what "
                "ground it goes on, or to end it."
            ),
            partial(_ask, dossier, toestemming),
        )


def _ask(dossier: Dossier, toestemming: Toestemming, door: Actor) -> None:
    Herbeoordeling.objects.get_or_create(
        dossier=dossier,
        persoon_id=toestemming.persoon_id,
        aanleiding=Aanleiding.GROND_WEG,
        op=klok.today(),
        deelname=None,
        toestemming=toestemming,
        beperking=None,
    )


def open_dossiers(persoon: UUID) -> list[Dossier]:
    """Return the open dossiers about somebody, or about the gezin they belong to."""
    gezinnen = (
        Gezinslid.objects.current()
        .in_force(klok.today())
        .filter(persoon=persoon)
        .values("gezin")
    )
    return list(
        Dossier.objects.filter(
            Q(betrokkene=persoon) | Q(gezin__in=gezinnen), gesloten_op__isnull=True
        )
    )
