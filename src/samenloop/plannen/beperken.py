"""Closing parts to somebody for safety, renewing that, and ending it.

Only who leads the dossier does it. It is written in the log under its own name, so the
privacy officer finds every restriction without opening a dossier.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import gronden, toegang
from samenloop.plannen.models import (
    LEIDEND,
    Beperkgrond,
    Beperking,
    Deel,
    Deelname,
    Dossier,
)

OPGELEGD = "beperking-opgelegd"

# No longer without looking at it again.
LANGSTE = timedelta(days=92)


class NietTeBeperken(SamenloopFout):
    """Who leads the dossier cannot be shut out of it."""

    melding = gettext_lazy(
        "Who directs this dossier cannot be restricted. Let somebody else direct first."
    )


class VerkeerdeHerziening(SamenloopFout):
    """The day of review is past, or too far away."""

    melding = gettext_lazy(
        "Choose a day of review after today and at most three months ahead."
    )


@dataclass(frozen=True, slots=True)
class Wie:
    """About whom it is: exactly one of these."""

    account: int | None = None
    organisatie: UUID | None = None
    persoon: UUID | None = None
    naam: str = ""

    @classmethod
    def of(cls, rij: Deelname | Beperking) -> "Wie":
        """The somebody of a participation or of another restriction."""
        return cls(rij.account, rij.organisatie_id, rij.persoon_id, rij.naam)

    @property
    def filter(self) -> Q:
        """Finds rows about the same somebody."""
        return Q(
            account=self.account,
            organisatie=self.organisatie,
            persoon=self.persoon,
            naam=self.naam,
        )


def impose(
    dossier: Dossier,
    wie: Wie,
    *,
    delen: Collection[Deel],
    grond: Beperkgrond,
    reden: str,
    herzien_op: date,
    door: Actor,
    getoond: bool = False,
) -> Beperking:
    """Close parts to somebody from now; takes the place of what was closed before.

    `getoond` says that the family may read that it is closed and on what ground. What
    this somebody opened to others ends with it: who keeps that hears by the event
    `beperking-opgelegd`.

    Raises:
        NietTeBeperken: this somebody leads the dossier.
        VerkeerdeHerziening: the day of review is not in the coming three months.
    """
    vandaag = klok.today()
    if not vandaag < herzien_op <= vandaag + LANGSTE:
        raise VerkeerdeHerziening()
    with transaction.atomic():
        # One at a time per dossier, so that two directors close nothing twice.
        Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
        if (
            toegang.running()
            .filter(wie.filter, dossier=dossier, rol__in=LEIDEND)
            .exists()
        ):
            raise NietTeBeperken()
        vorige = Beperking.objects.filter(
            wie.filter, dossier=dossier, beeindigd_op__isnull=True
        ).first()
        if vorige is not None:
            with override("nl"):
                _stop(vorige, _("renewed"), door)
        nieuw = Beperking.objects.create(
            dossier=dossier,
            account=wie.account,
            organisatie_id=wie.organisatie,
            persoon_id=wie.persoon,
            naam=wie.naam,
            delen=sorted(Deel(deel).value for deel in delen),
            grond=grond,
            reden=reden,
            van=klok.now(),
            herzien_op=herzien_op,
            getoond=getoond,
            opgelegd_door=door.account_id,
            vernieuwt=vorige,
        )
        _record(nieuw, door)
        gebeurtenissen.record(
            OPGELEGD, onderwerp=nieuw.pk, gemeente=dossier.gemeente_id
        )
    return nieuw


def lift(beperking: Beperking, *, reden: str, door: Actor) -> None:
    """End a restriction now: what the family opened is open again."""
    with transaction.atomic():
        _stop(beperking, reden, door)
        _record(beperking, door)


def close_expired(dossier: Dossier | None = None) -> int:
    """Write down the end of what reached its day of review; how many did."""
    rijen = Beperking.objects.filter(
        beeindigd_op__isnull=True, herzien_op__lt=klok.today()
    ).select_related("dossier")
    if dossier is not None:
        rijen = rijen.filter(dossier=dossier)
    aantal = 0
    for beperking in rijen:
        door = Actor.systeem("toegang", beperking.dossier.gemeente_id)
        with transaction.atomic(), override("nl"):
            # It ended with its day, not when the night work came by.
            einde = datetime.combine(
                beperking.herzien_op + timedelta(days=1), time.min, klok.AMSTERDAM
            )
            _stop(beperking, _("not renewed on the day of review"), door, einde)
            _record(beperking, door)
        aantal += 1
    return aantal


def _stop(
    beperking: Beperking, reden: str, door: Actor, op: datetime | None = None
) -> None:
    Beperking.objects.filter(pk=beperking.pk, beeindigd_op__isnull=True).update(
        beeindigd_op=max(op or klok.now(), beperking.van),
        beeindigd_door=door.account_id,
        reden_einde=reden,
    )
    beperking.refresh_from_db()


def _record(beperking: Beperking, door: Actor) -> None:
    logboek.record(
        door,
        Handeling.TOEGANG_BEPERKEN,
        personen=toegang.persons(beperking.dossier),
        onderwerp=f"beperking:{beperking.pk}",
        grond=beperking.grond,
        wijze=Wijze.GEWIJZIGD,
        activiteit="regie-voeren",
    )


def running(dossier: Dossier) -> list[Beperking]:
    """Return what is closed in a dossier now."""
    return list(gronden.restrictions(klok.now()).filter(dossier=dossier))
