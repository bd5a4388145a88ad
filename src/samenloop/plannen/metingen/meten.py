"""Recording a measurement, and correcting one with another.

A measurement is of somebody the dossier is about, on a day that has been, with an
instrument in use. What was recorded stays; a correction takes its place and says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import Achterhaald, SamenloopFout
from samenloop.personen.models import Persoon
from samenloop.plannen import deelnemers
from samenloop.plannen.metingen.models import (
    Meetconcept,
    Meetinstrument,
    Meetscore,
    Meting,
)
from samenloop.plannen.models import Dossier

NIET_BEWAARD = frozenset({"csrfmiddlewaretoken"})
_LANGSTE = 1000


class NietTeMeten(SamenloopFout):
    """The measurement does not hold together."""

    melding = _("This cannot be recorded as a measurement.")


@dataclass(frozen=True, slots=True)
class Oordeel:
    """What was chosen on one domain, and what was said about it."""

    niveau: int
    toelichting: str = ""


def measure(
    dossier: Dossier,
    persoon: UUID,
    instrument: Meetinstrument,
    oordelen: Mapping[UUID, Oordeel],
    *,
    op: date,
    door: Actor,
    met_wie: str = "",
    corrigeert: Meting | None = None,
    reden: str = "",
) -> Meting:
    """Record it; the caller has checked that this actor may.

    Args:
        dossier: in which dossier.
        persoon: who was measured; somebody the dossier is about.
        instrument: with what.
        oordelen: by domain of that instrument; what was not talked about is left out.
        op: the day it was done.
        door: who records it.
        met_wie: with whom, in own words.
        corrigeert: the measurement it takes the place of.
        reden: what was wrong with that one.

    Raises:
        NietTeMeten: with a sentence that says what does not fit.
        Achterhaald: the measurement to correct was corrected by somebody already.
    """
    _check(dossier, persoon, instrument, oordelen, op, corrigeert, reden)
    with transaction.atomic():
        if corrigeert is not None:
            # Two who correct the same one: the second sees the first.
            Meting.objects.select_for_update(of=("self",)).get(pk=corrigeert.pk)
            if Meting.objects.filter(corrigeert=corrigeert).exists():
                raise Achterhaald()
        meting = Meting.objects.create(
            dossier=dossier,
            persoon_id=persoon,
            instrument=instrument,
            op=op,
            door=door.account_id,
            met_wie=met_wie,
            corrigeert=corrigeert,
            reden=reden,
            vastgelegd_op=klok.now(),
        )
        Meetscore.objects.bulk_create(
            Meetscore(
                meting=meting,
                domein_id=domein,
                niveau=oordeel.niveau,
                toelichting=oordeel.toelichting,
            )
            for domein, oordeel in oordelen.items()
        )
        drop_concept(door, dossier, persoon, instrument)
        logboek.record(
            door,
            Handeling.METING_DOEN,
            personen=[persoon],
            onderwerp=f"meting:{meting.pk}",
            wijze=Wijze.GEWIJZIGD,
            activiteit="regie-voeren",
        )
    return meting


def _check(
    dossier: Dossier,
    persoon: UUID,
    instrument: Meetinstrument,
    oordelen: Mapping[UUID, Oordeel],
    op: date,
    corrigeert: Meting | None,
    reden: str,
) -> None:
    if op > klok.today():
        raise NietTeMeten(_("A measurement is of today or before."))
    if not oordelen:
        raise NietTeMeten(_("Choose a level on at least one area."))
    if not may_be_measured(dossier, persoon):
        raise NietTeMeten(_("This person is not one the dossier is about."))
    if instrument.gemeente_id not in (None, dossier.gemeente_id):
        raise NietTeMeten(_("This instrument belongs to another municipality."))
    domeinen = set(instrument.domeinen.values_list("pk", flat=True))
    treden = set(
        instrument.niveaus.filter(domein=None).values_list("niveau", flat=True)
    )
    if (
        not set(oordelen) <= domeinen
        or not {oordeel.niveau for oordeel in oordelen.values()} <= treden
    ):
        raise NietTeMeten(_("This instrument has no such area or level."))
    if corrigeert is not None:
        if not reden:
            raise NietTeMeten(_("Write what was wrong."))
        if (corrigeert.dossier_id, corrigeert.persoon_id, corrigeert.instrument_id) != (
            dossier.pk,
            persoon,
            instrument.pk,
        ):
            raise NietTeMeten(_("A correction is of the same person and instrument."))


def people(dossier: Dossier) -> list[Persoon]:
    """Return who can be measured: whom the dossier is about today."""
    return deelnemers.members(dossier)


def may_be_measured(dossier: Dossier, persoon: UUID) -> bool:
    """Whether the dossier is about this person, or was when they were measured."""
    return (
        persoon in {each.pk for each in people(dossier)}
        or Meting.objects.filter(dossier=dossier, persoon=persoon).exists()
    )


def concept_of(
    actor: Actor, dossier: Dossier, persoon: UUID, instrument: Meetinstrument
) -> Meetconcept | None:
    """Return what this account filled in so far."""
    return Meetconcept.objects.filter(
        dossier=dossier,
        persoon=persoon,
        instrument=instrument,
        account=actor.account_id or 0,
    ).first()


def keep_concept(
    actor: Actor,
    dossier: Dossier,
    persoon: UUID,
    instrument: Meetinstrument,
    gegeven: Mapping[str, Any],
) -> Meetconcept | None:
    """Keep what is being filled in; None for who is no person."""
    if actor.account_id is None:
        return None
    concept, _nieuw = Meetconcept.objects.update_or_create(
        dossier=dossier,
        persoon_id=persoon,
        instrument=instrument,
        account=actor.account_id,
        defaults={
            "inhoud": {
                naam: str(waarde)[:_LANGSTE]
                for naam, waarde in gegeven.items()
                if naam not in NIET_BEWAARD
            },
            "bewaard_op": klok.now(),
        },
    )
    return concept


def drop_concept(
    actor: Actor, dossier: Dossier, persoon: UUID, instrument: Meetinstrument
) -> None:
    """Forget it: it was recorded, or thrown away."""
    Meetconcept.objects.filter(
        dossier=dossier,
        persoon=persoon,
        instrument=instrument,
        account=actor.account_id or 0,
    ).delete()


def drop_old() -> int:
    """Forget what nobody touched for as long as other drafts are kept; how many."""
    tot = klok.now() - timedelta(days=settings.CONCEPT_DAGEN)
    aantal, _per_soort = Meetconcept.objects.filter(bewaard_op__lt=tot).delete()
    return aantal
