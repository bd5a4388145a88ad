"""The contact journal: who spoke with whom, about what, and what was agreed.

Anyone to whom the journal is open may add to it and set right what stands in it, a
helper of another organisation only what they noted themselves; the earlier text stays
to be read behind the correction.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen.dossier import toelating
from samenloop.plannen.dossier.models import Contactmoment
from samenloop.plannen.models import Deel, Dossier


class AlVerbeterd(SamenloopFout):
    """Somebody else set it right in the meantime."""

    melding = _(
        "A colleague set this right while you were typing. Your text is still here; "
        "look at the present text first and set that right."
    )


class InDeToekomst(SamenloopFout):
    """A contact that still has to happen is an appointment, not a contact."""

    melding = _("This moment has yet to come. Note a contact after it happened.")


@dataclass(frozen=True, slots=True)
class Contact:
    """What is noted. Exactly one of persoon, organisatie and naam says with whom."""

    wijze: str
    gebeurd_op: datetime
    onderwerp: str
    afspraak: str = ""
    persoon: UUID | None = None
    organisatie: UUID | None = None
    naam: str = ""


@transaction.atomic
def note(
    dossier: Dossier,
    contact: Contact,
    *,
    door: Actor,
    verbetert: Contactmoment | None = None,
    reden: str = "",
) -> Contactmoment:
    """Add a contact to the journal, or a better text of one that stands in it.

    Raises:
        GeenToegang: the journal is not open to the actor.
        InDeToekomst: it has yet to happen.
        AlVerbeterd: what it sets right was set right already.
        ValueError: what it sets right is of another dossier.
    """
    van = () if verbetert is None else (verbetert.door,)
    toelating.require_add(door, dossier, Deel.JOURNAAL, van=van)
    if verbetert is not None and verbetert.dossier_id != dossier.pk:
        raise ValueError("a correction belongs to the dossier of what it sets right")
    if contact.gebeurd_op > klok.now():
        raise InDeToekomst()
    try:
        with transaction.atomic():
            gemaakt = Contactmoment.objects.create(
                dossier=dossier,
                verbetert=verbetert,
                reden=reden,
                wijze=contact.wijze,
                gebeurd_op=contact.gebeurd_op,
                onderwerp=contact.onderwerp,
                afspraak=contact.afspraak,
                persoon_id=contact.persoon,
                organisatie_id=contact.organisatie,
                naam=contact.naam,
                door=door.account_id,
                op=klok.now(),
            )
    except IntegrityError as fout:
        if verbetert is not None and hasattr(_fresh(verbetert), "verbeterd_door"):
            raise AlVerbeterd() from None
        raise fout
    toelating.changed(door, dossier, f"contact:{gemaakt.pk}")
    return gemaakt


def journal(dossier: Dossier) -> QuerySet[Contactmoment]:
    """Return the contacts as they stand now, newest first; access is the caller's."""
    return (
        Contactmoment.objects.filter(dossier=dossier, verbeterd_door__isnull=True)
        .select_related("persoon", "organisatie")
        .order_by("-gebeurd_op", "-op")
    )


def earlier(contact: Contactmoment) -> list[Contactmoment]:
    """Return what stood there before, newest first.

    Asks once for each correction; few contacts are ever set right.
    """
    eerder = []
    while contact.verbetert_id is not None:
        contact = Contactmoment.objects.select_related("persoon", "organisatie").get(
            pk=contact.verbetert_id
        )
        eerder.append(contact)
    return eerder


def with_whom(contact: Contactmoment) -> str:
    """Return the name of who one spoke with."""
    if contact.persoon:
        return contact.persoon.volledige_naam
    return contact.organisatie.naam if contact.organisatie else contact.naam


def _fresh(contact: Contactmoment) -> Contactmoment:
    return Contactmoment.objects.select_related("verbeterd_door").get(pk=contact.pk)
