"""Tasks that go back when the consent ends on which somebody took part.

Shown before consent is withdrawn, and done with it. The event that a participation
ended does the same for every other end; what went back already is not there any more.
"""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.utils.translation import ngettext

from samenloop.access.actor import Actor
from samenloop.personen.models import Toestemming
from samenloop.plannen import namen, toegang
from samenloop.plannen.gevolgen import Gevolg
from samenloop.plannen.models import Deelname
from samenloop.regie.casussen import casus_of
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import LOPEND, Uitvoerder


def tasks_back(toestemming: Toestemming) -> Iterator[Gevolg]:
    """Yield for each who takes part on this consent the tasks that go back."""
    rusten = list(
        toegang.running().filter(toestemming=toestemming).select_related("dossier")
    )
    wie = namen.of(rusten)
    for deelname in rusten:
        aantal = Taak.objects.filter(
            Uitvoerder.of_deelname(deelname).filter,
            casus__dossier=deelname.dossier_id,
            staat__in=LOPEND,
        ).count()
        if aantal:
            yield Gevolg(
                ngettext(
                    "%(n)s task of %(wie)s goes back to the director.",
                    "%(n)s tasks of %(wie)s go back to the director.",
                    aantal,
                )
                % {"n": aantal, "wie": wie[deelname.pk]},
                partial(_give_back, deelname.pk),
            )


def _give_back(deelname: UUID, _door: Actor) -> None:
    over = Deelname.objects.get(pk=deelname)
    casus = casus_of(over.dossier_id)
    if casus is not None:
        opdragen.give_back(casus, over.reden_einde)
