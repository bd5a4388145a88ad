"""Into a dossier: find it, refuse who may not, and write down that somebody looked.

Every page of this room begins here, so that none can forget one of the three.
"""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Diepte, Handeling
from samenloop.plannen import aanvullen, toegang
from samenloop.plannen.models import Deel, Dossier

LEZEN, SCHRIJVEN = Handeling.DOSSIER_LEZEN, Handeling.DOSSIER_SCHRIJVEN
AANVULLEN = Handeling.DOSSIER_AANVULLEN


def enter(
    actor: Actor, dossier: UUID, deel: Deel, handeling: Handeling = LEZEN
) -> Dossier:
    """Return a dossier of whose part this actor may read, or write, the content.

    Raises:
        Http404: there is no such dossier in this municipality.
        GeenToegang: the part is not open to the actor.
    """
    gevonden = find(actor, dossier)
    toegang.require(actor, gevonden, handeling, deel)
    return gevonden


def find(actor: Actor, dossier: UUID) -> Dossier:
    """Return a dossier of this municipality, whoever asks; grants nothing.

    Raises:
        Http404: there is no such dossier here.
    """
    gevonden = (
        Dossier.objects.select_related("gezin", "betrokkene")
        .filter(pk=dossier, gemeente=actor.gemeente)
        .first()
    )
    if gevonden is None:
        raise Http404
    return gevonden


def may_write(actor: Actor, dossier: Dossier, deel: Deel) -> bool:
    """Whether to offer this actor a form; writing itself is decided again."""
    return toegang.depth(actor, dossier, SCHRIJVEN, deel) is Diepte.WAT


def may_add(actor: Actor, dossier: Dossier, deel: Deel) -> bool:
    """Whether to offer this actor a form to add to this part."""
    return may_write(actor, dossier, deel) or aanvullen.may(actor, dossier, deel)


def may_correct(actor: Actor, dossier: Dossier, deel: Deel, door: int | None) -> bool:
    """Whether this actor may follow up what `door` wrote; who only adds, their own."""
    return may_write(actor, dossier, deel) or (
        door is not None
        and door == actor.account_id
        and aanvullen.may(actor, dossier, deel)
    )


def require_add(
    actor: Actor, dossier: Dossier, deel: Deel, *, van: tuple[int | None, ...] = ()
) -> None:
    """Refuse unless this actor may add to this part; `van`, who wrote what it follows.

    Raises:
        GeenToegang: the part is not open to the actor, or it follows what another
            wrote and this actor only adds.
    """
    if not may_add(actor, dossier, deel):
        toegang.require(actor, dossier, SCHRIJVEN, deel)
    if not all(may_correct(actor, dossier, deel, door) for door in van):
        raise GeenToegang(
            _("You can follow up only what you wrote here yourself. Tell the director.")
        )


def looked(
    actor: Actor,
    dossier: Dossier,
    *,
    onderwerp: str = "",
    wijze: logboek.Wijze = logboek.Wijze.GEOPEND,
    diepte: Diepte = Diepte.WAT,
) -> None:
    """Write a look at what stands in a dossier, or a change in it, in the log.

    `onderwerp` names what was looked at (`document:<id>`); otherwise the dossier.
    """
    logboek.record(
        actor,
        SCHRIJVEN if wijze is logboek.Wijze.GEWIJZIGD else LEZEN,
        personen=toegang.persons(dossier),
        onderwerp=onderwerp or f"dossier:{dossier.pk}",
        wijze=wijze,
        diepte=diepte,
    )


def changed(actor: Actor, dossier: Dossier, onderwerp: str) -> None:
    """Write in the log what was added to a dossier, or set right in it."""
    looked(actor, dossier, onderwerp=onderwerp, wijze=logboek.Wijze.GEWIJZIGD)
