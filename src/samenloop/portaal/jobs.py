"""What follows when somebody of the family may not read any more.

They take part no longer, or parts were closed to them for safety. Whom they let in,
they let in for themselves. Somebody else of the family, or who directs, can let the
same people in again.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.plannen import beperken, gronden, toegang
from samenloop.plannen.models import Beperking, Deelname
from samenloop.portaal import ingangen


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


@handles(toegang.BEEINDIGD)
def close_entrance_of_a_name(gebeurtenis: Gebeurtenis) -> None:
    """Close the way in of a name that takes part no longer, so nobody inherits it."""
    rij = Deelname.objects.filter(pk=gebeurtenis.onderwerp).first()
    if rij is not None:
        ingangen.close_ended(rij, door=Actor.systeem("toegang", gebeurtenis.gemeente))


@handles(beperken.OPGELEGD)
def end_what_the_restricted_gave(gebeurtenis: Gebeurtenis) -> None:
    """End what somebody opened to others of the parts that are now closed to them.

    Otherwise one reads on through the eyes of another. The reason that is kept tells of
    no restriction: others than who directs read it.
    """
    beperking = Beperking.objects.filter(pk=gebeurtenis.onderwerp).first()
    if beperking is None or not gronden.restricts(beperking, klok.now()):
        return
    gaf = Deelname.objects.filter(
        beperken.Wie.of(beperking).filter, dossier=beperking.dossier_id
    )
    with override("nl"):
        reden = _("who directs ended it")
    toegang.end(
        Deelname.objects.filter(
            toelating__door__in=gaf.values("pk"), delen__overlap=beperking.delen
        ),
        reden=reden,
        door=Actor.systeem("toegang", gebeurtenis.gemeente),
    )
