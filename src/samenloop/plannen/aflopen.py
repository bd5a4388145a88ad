"""Writing down that a participation came to its end by itself.

Access does not wait for this: `gronden` closes at the moment itself. What follows from
an end (the reason in the list, tasks that go back) needs somebody to say that it ended.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.plannen import gronden, toegang
from samenloop.plannen.models import Deelname


def end_without_ground(deelnames: QuerySet[Deelname]) -> Sequence[Deelname]:
    """End those that rest on consent or gezag that no longer holds; returns them."""
    nu = klok.now()
    kwijt = list(
        deelnames.filter(
            Q(tot__isnull=True) | Q(tot__gt=nu),
            Q(toestemming__isnull=False) | Q(gezag_over__isnull=False),
        )
        .exclude(pk__in=Deelname.objects.filter(gronden.holds(nu)).values("pk"))
        .select_related("dossier", "gezag_over")
    )
    for deelname in kwijt:
        with transaction.atomic(), override("nl"):
            reden = (
                _("the gezag it rested on ended")
                if deelname.gezag_over_id
                else _("the consent it rested on ended")
            )
            door = Actor.systeem("toegang", deelname.dossier.gemeente_id)
            toegang.end(Deelname.objects.filter(pk=deelname.pk), reden=reden, door=door)
            _record(deelname, door)
    return kwijt


def tell_run_out() -> int:
    """Let know whose time is up, once; how many."""
    op_tijd = Deelname.objects.filter(
        tot__lte=klok.now(), reden_einde=""
    ).select_related("dossier")
    aantal = 0
    for deelname in op_tijd:
        with transaction.atomic(), override("nl"):
            geraakt = Deelname.objects.filter(pk=deelname.pk, reden_einde="").update(
                reden_einde=_("the time agreed was over")
            )
            if geraakt:
                gebeurtenissen.record(
                    toegang.BEEINDIGD,
                    onderwerp=deelname.pk,
                    gemeente=deelname.dossier.gemeente_id,
                )
        aantal += geraakt
    return aantal


def _record(deelname: Deelname, door: Actor) -> None:
    logboek.record(
        door,
        Handeling.TOEGANG_GEVEN,
        personen=toegang.persons(deelname.dossier),
        onderwerp=f"deelname:{deelname.pk}",
        wijze=Wijze.GEWIJZIGD,
        activiteit="regie-voeren",
    )
