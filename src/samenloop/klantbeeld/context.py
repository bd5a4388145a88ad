"""In what piece of work somebody looks, about whom, and what is their task in it.

A melding, a case or a person leads to one family. What the reader has to do with it
(assigned to them, recorded by themselves, or only working here) follows from the
records and is looked up at every page, never remembered: who hands work over stops
seeing its content at once.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Handeling
from samenloop.core.vraag import written_once
from samenloop.klantbeeld.models import Context
from samenloop.personen.models import Gezinslid, Persoon
from samenloop.personen.taak import is_assigned
from samenloop.regie.models import Casus
from samenloop.signalen.models import Melding, SignaalBetrokkene

_TOEGEWEZEN = frozenset({Betrokkenheid.TOEGEWEZEN})


class NietGevonden(LookupError):
    """Nothing like it within the border of this reader."""


def account_of(actor: Actor) -> int:
    """Return the account of the worker behind an actor.

    Raises:
        GeenToegang: no person acts; a program or job does not look at families.
    """
    if actor.account_id is None:
        raise GeenToegang(besluiten.reason(actor, (Handeling.KLANTBEELD_OPENEN,)))
    return actor.account_id


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """One dossier in one context. `nummer` is that of the melding or case.

    `over` is whom it is about; `personen` are they and the members of their family.
    """

    context: Context
    id: UUID
    gezin_id: UUID | None
    persoon_id: UUID | None
    nummer: str = ""
    over: tuple[UUID, ...] = ()
    personen: tuple[UUID, ...] = ()
    betrokken: frozenset[Betrokkenheid] = frozenset()

    @property
    def has_own_task(self) -> bool:
        """Whether it is assigned to the reader, or comes from them."""
        return bool(self.betrokken)


def find(actor: Actor, context: Context, id_: UUID, dag: date) -> Onderwerp:
    """Return the dossier behind an address.

    Raises:
        NietGevonden: it does not exist, or not for this reader.
    """
    if context is Context.MELDING:
        return _melding(actor, id_, dag)
    if context is Context.CASUS:
        return _case(actor, id_, dag)
    return _person(actor, id_, dag)


def _melding(actor: Actor, id_: UUID, dag: date) -> Onderwerp:
    melding = Melding.objects.filter(pk=id_, gemeente=actor.gemeente).first()
    if melding is None:
        raise NietGevonden()
    over = _subjects(melding)
    gezin = melding.gezin_id or (family_of(over[0], dag) if over else None)
    eigen = (
        melding.toegewezen_aan is not None
        and melding.toegewezen_aan == actor.account_id
    )
    return Onderwerp(
        Context.MELDING,
        id_,
        gezin,
        melding.betrokkene_id or (over[0] if over else None),
        melding.nummer,
        over,
        people_of(gezin, over, dag),
        _TOEGEWEZEN if eigen else frozenset(),
    )


def _subjects(melding: Melding) -> tuple[UUID, ...]:
    """Return whom a melding is about: the one it names, else those of its signals."""
    if melding.betrokkene_id is not None:
        return (melding.betrokkene_id,)
    return tuple(
        sorted(
            set(
                SignaalBetrokkene.objects.filter(
                    signaal__koppeling__melding=melding,
                    persoon__isnull=False,
                    rol=SignaalBetrokkene.Rol.OVER,
                ).values_list("persoon_id", flat=True)
            )
        )
    )


def _person(actor: Actor, id_: UUID, dag: date) -> Onderwerp:
    if not Persoon.objects.filter(pk=id_).exists():
        raise NietGevonden()
    return _about(actor, Context.PERSOON, id_, id_, "", dag)


def _case(actor: Actor, id_: UUID, dag: date) -> Onderwerp:
    casus = Casus.objects.filter(pk=id_, gemeente=actor.gemeente).first()
    if casus is None:
        raise NietGevonden()
    return _about(actor, Context.CASUS, id_, casus.betrokkene_id, casus.nummer, dag)


def _about(
    actor: Actor, context: Context, id_: UUID, persoon: UUID, nummer: str, dag: date
) -> Onderwerp:
    gezin = family_of(persoon, dag)
    return Onderwerp(
        context,
        id_,
        gezin,
        persoon,
        nummer,
        (persoon,),
        people_of(gezin, (persoon,), dag),
        _TOEGEWEZEN if is_assigned(actor, persoon) else frozenset(),
    )


def family_of(persoon: UUID, dag: date) -> UUID | None:
    """Return the gezin somebody is a member of on a day, the latest one first."""
    return (
        Gezinslid.objects.current()
        .in_force(dag)
        .filter(persoon=persoon)
        .order_by("-geldig", "gezin_id")
        .values_list("gezin_id", flat=True)
        .first()
    )


def people_of(
    gezin: UUID | None, over: tuple[UUID, ...], dag: date
) -> tuple[UUID, ...]:
    """Return the members of a gezin on a day, with those it started from."""
    if gezin is None:
        return over
    return tuple(sorted({*_members(gezin, dag), *over}))


@written_once
def _members(gezin: UUID, dag: date) -> QuerySet[Any, UUID]:
    return (
        Gezinslid.objects.current()
        .in_force(dag)
        .filter(gezin=gezin)
        .values_list("persoon_id", flat=True)
    )
