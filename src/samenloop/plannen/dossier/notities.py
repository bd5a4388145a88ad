"""Notes: one's own, of the team, or of the file.

One's own notes help one think and are nobody else's: not the director's, not in an
emergency, not in a hand-over. A note can be opened to more people by who wrote it; it
never goes back, because others may have acted on it.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import noodtoegang
from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.dossier import toelating
from samenloop.plannen.dossier.contacten import AlVerbeterd
from samenloop.plannen.dossier.models import Bereik, Notitie
from samenloop.plannen.models import LEIDEND, Deel, Deelnemersrol, Dossier

_RANG = [Bereik.EIGEN, Bereik.TEAM, Bereik.DOSSIER]
_TEAM = LEIDEND | {Deelnemersrol.HULPVERLENER}


class NietTerug(SamenloopFout):
    """A note becomes of more people, never of fewer."""

    melding = _("A note can be opened to more people, never closed again.")


class NietVanU(SamenloopFout):
    """Only who wrote a note changes it."""

    melding = _("Only who wrote this note can change it or open it to others.")


def in_team(actor: Actor, dossier: Dossier) -> bool:
    """Whether this actor is of those who carry it together, for the municipality."""
    if actor.organisatie is not None:
        return False
    return any(
        each.rol in _TEAM and each.account is not None
        for each in toegang.own_in(actor, dossier.pk)
    ) or dossier.betrokkene_id in noodtoegang.persons_open_to(actor)


def visible(actor: Actor, dossier: Dossier) -> QuerySet[Notitie]:
    """Return the notes as they stand now that this actor may read, newest first.

    The caller has seen that the part with notes is open to the actor.
    """
    wie = Q(bereik=Bereik.DOSSIER)
    if in_team(actor, dossier):
        wie |= Q(bereik=Bereik.TEAM)
    if actor.account_id is not None:
        wie |= Q(bereik=Bereik.EIGEN, door=actor.account_id)
    return Notitie.objects.filter(
        wie, dossier=dossier, verbeterd_door__isnull=True
    ).order_by("-op", "id")


def goes_along(dossier: Dossier) -> QuerySet[Notitie]:
    """Return the notes that go along when the dossier goes to somebody else."""
    return Notitie.objects.filter(
        dossier=dossier, bereik=Bereik.DOSSIER, verbeterd_door__isnull=True
    )


@transaction.atomic
def write(
    dossier: Dossier,
    tekst: str,
    bereik: Bereik,
    *,
    door: Actor,
    verbetert: Notitie | None = None,
) -> Notitie:
    """Write a note, or a better text of one's own note.

    Raises:
        GeenToegang: notes are not open to the actor.
        NietVanU: it would replace the note of somebody else.
        NietTerug: it would be for fewer people than the one it replaces.
        AlVerbeterd: what it replaces was replaced already.
    """
    toegang.require(door, dossier, toelating.SCHRIJVEN, Deel.NOTITIES)
    if door.account_id is None:
        raise NietVanU()
    if verbetert is not None:
        if verbetert.door != door.account_id or verbetert.dossier_id != dossier.pk:
            raise NietVanU()
        if _RANG.index(bereik) < _RANG.index(Bereik(verbetert.bereik)):
            raise NietTerug()
    try:
        with transaction.atomic():
            gemaakt = Notitie.objects.create(
                dossier=dossier,
                verbetert=verbetert,
                bereik=bereik,
                tekst=tekst,
                door=door.account_id,
                op=klok.now(),
            )
    except IntegrityError as fout:
        if verbetert is not None:
            raise AlVerbeterd() from None
        raise fout
    toelating.changed(door, dossier, f"notitie:{gemaakt.pk}")
    return gemaakt


@transaction.atomic
def widen(notitie: Notitie, bereik: Bereik, *, door: Actor) -> Notitie:
    """Open one's own note to more people.

    Raises:
        GeenToegang: notes are not open to the actor any more.
        NietVanU: somebody else wrote it.
        NietTerug: it would be for as many or fewer people than now.
    """
    toegang.require(door, notitie.dossier, toelating.SCHRIJVEN, Deel.NOTITIES)
    bewaard = Notitie.objects.select_for_update().get(pk=notitie.pk)
    if bewaard.door != door.account_id:
        raise NietVanU()
    if _RANG.index(bereik) <= _RANG.index(Bereik(bewaard.bereik)):
        raise NietTerug()
    bewaard.bereik = bereik
    bewaard.save(update_fields=["bereik"])
    toelating.changed(door, notitie.dossier, f"notitie:{notitie.pk}")
    return bewaard


@transaction.atomic
def throw_away(notitie: Notitie, *, door: Actor) -> None:
    """Throw away one's own note, with what stood there before.

    Raises:
        NietVanU: somebody else wrote it, or others can read it.
    """
    if notitie.door != door.account_id or notitie.bereik != Bereik.EIGEN:
        raise NietVanU()
    toegang.require(door, notitie.dossier, toelating.SCHRIJVEN, Deel.NOTITIES)
    toelating.changed(door, notitie.dossier, f"notitie:{notitie.pk}")
    weg: Notitie | None = notitie
    while weg is not None:
        eerder = weg.verbetert
        weg.delete()
        weg = eerder


def wider(notitie: Notitie) -> list[Bereik]:
    """Return whom a note can still be opened to."""
    return _RANG[_RANG.index(Bereik(notitie.bereik)) + 1 :]
