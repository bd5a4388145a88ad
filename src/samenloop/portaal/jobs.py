"""What follows when somebody of the family takes part no longer: what they opened ends.

Whom they let in, they let in for themselves. Somebody else of the family, or who
directs, can let the same people in again.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from samenloop.access.actor import Actor
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelname


@handles(toegang.BEEINDIGD)
def end_what_was_given(gebeurtenis: Gebeurtenis) -> None:
    """End what this participant gave, unless they take part in another capacity."""
    rij = Deelname.objects.filter(pk=gebeurtenis.onderwerp).first()
    if rij is None or (rij.persoon_id is None and not rij.naam):
        return
    zelfde = Deelname.objects.filter(
        dossier=rij.dossier_id, persoon=rij.persoon_id, naam=rij.naam
    )
    if toegang.running().filter(pk__in=zelfde.values("pk")).exists():
        return
    with override("nl"):
        reden = _("who of the family opened this takes part no longer")
    toegang.end(
        Deelname.objects.filter(toelating__door__in=zelfde.values("pk")),
        reden=reden,
        door=Actor.systeem("toegang", gebeurtenis.gemeente),
    )
