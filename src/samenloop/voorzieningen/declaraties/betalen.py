"""From granted lines to a batch for the finance system, with two pairs of eyes.

A batch takes every granted line that stands in none yet. Who made it never approves it,
and a line stands in one batch at most: the database holds both.
"""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.declaraties.models import (
    Betaalbatch,
    Betaalregel,
    Prestatie,
)

GOEDGEKEURD = "betaalbatch-goedgekeurd"
_REGELS = """
INSERT INTO declaraties_betaalregel (batch_id, gemeente_id, prestatie_id, bedrag)
SELECT %s, p.gemeente_id, p.id, CASE WHEN p.is_credit THEN -p.bedrag ELSE p.bedrag END
  FROM declaraties_prestatie p
 WHERE p.gemeente_id = %s AND p.oordeel = 'toegekend'
   AND NOT EXISTS (
       SELECT 1 FROM declaraties_betaalregel r WHERE r.prestatie_id = p.id)
"""


class NietsTeBetalen(SamenloopFout):
    """Every granted line stands in a batch already."""

    melding = _("There is nothing to pay: every granted line is in a batch.")


class ZelfGemaakt(SamenloopFout):
    """The second pair of eyes must be of somebody else."""

    melding = _("You made this batch yourself. Ask a colleague to approve it.")


class NietMeer(SamenloopFout):
    """Somebody else did something with the batch first."""

    melding = _("The batch is further than this page shows. Look at it again.")


class RedenOntbreekt(SamenloopFout):
    """A batch is not withdrawn without a reason."""

    melding = _("Write why the batch is withdrawn.")


def batches(actor: Actor) -> QuerySet[Betaalbatch]:
    """Return the batches of the municipality that somebody works for."""
    return Betaalbatch.objects.filter(gemeente=actor.gemeente)


def unpaid(gemeente: str) -> dict[str, int]:
    """Return how many granted lines wait for a batch, and for how much (eurocents)."""
    wacht = Prestatie.objects.filter(
        gemeente=gemeente, oordeel=Prestatie.Oordeel.TOEGEKEND, betaling=None
    )
    debet = wacht.filter(is_credit=False).aggregate(n=Count("pk"), som=Sum("bedrag"))
    credit = wacht.filter(is_credit=True).aggregate(n=Count("pk"), som=Sum("bedrag"))
    return {
        "aantal": debet["n"] + credit["n"],
        "bedrag": (debet["som"] or 0) - (credit["som"] or 0),
    }


@transaction.atomic
def make(*, door: Actor) -> Betaalbatch:
    """Put all that waits in a new batch.

    Raises:
        NietsTeBetalen: nothing waits.
    """
    besluiten.require(door, Handeling.BETAALBATCH_MAKEN)
    assert door.account_id is not None, "a batch is made by somebody"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"b:{door.gemeente}"]
        )
    hoogste = batches(door).aggregate(n=Max("nummer"))["n"] or 0
    batch = Betaalbatch.objects.create(
        gemeente_id=door.gemeente,
        nummer=hoogste + 1,
        bedrag=0,
        aantal=0,
        gemaakt_door=door.account_id,
        gemaakt_op=klok.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute(_REGELS, [batch.pk, door.gemeente])
        if not cursor.rowcount:
            raise NietsTeBetalen()
    som = batch.regels.aggregate(n=Count("pk"), som=Sum("bedrag"))
    batch.aantal, batch.bedrag = som["n"], som["som"]
    batch.save(update_fields=["aantal", "bedrag"])
    _log(batch, Handeling.BETAALBATCH_MAKEN, door)
    return batch


@transaction.atomic
def approve(batch: UUID, *, door: Actor) -> Betaalbatch:
    """Approve a batch that somebody else made.

    Raises:
        ZelfGemaakt: it is one's own.
        NietMeer: it was approved or withdrawn.
    """
    besluiten.require(door, Handeling.BETAALBATCH_GOEDKEUREN)
    rij = _locked(batch, door, Betaalbatch.Staat.GEMAAKT)
    if rij.gemaakt_door == door.account_id:
        raise ZelfGemaakt()
    rij.staat = Betaalbatch.Staat.GOEDGEKEURD
    rij.goedgekeurd_door, rij.goedgekeurd_op = door.account_id, klok.now()
    rij.save(update_fields=["staat", "goedgekeurd_door", "goedgekeurd_op"])
    _log(rij, Handeling.BETAALBATCH_GOEDKEUREN, door)
    gebeurtenissen.record(GOEDGEKEURD, onderwerp=rij.pk, gemeente=rij.gemeente_id)
    return rij


@transaction.atomic
def withdraw(batch: UUID, reden: str, *, door: Actor) -> Betaalbatch:
    """Withdraw a batch that was not approved; its lines wait for the next one.

    Raises:
        RedenOntbreekt: nobody could tell later why.
        NietMeer: it was approved or withdrawn.
    """
    besluiten.require(door, Handeling.BETAALBATCH_MAKEN)
    if not reden.strip():
        raise RedenOntbreekt()
    rij = _locked(batch, door, Betaalbatch.Staat.GEMAAKT)
    rij.regels.all().delete()
    rij.staat, rij.ingetrokken_reden = Betaalbatch.Staat.INGETROKKEN, reden[:300]
    rij.save(update_fields=["staat", "ingetrokken_reden"])
    _log(rij, Handeling.BETAALBATCH_MAKEN, door)
    return rij


@transaction.atomic
def handed_over(batch: UUID, *, door: Actor) -> Betaalbatch:
    """Note that a batch was fetched for the finance system; again changes nothing.

    Raises:
        NietMeer: it was not approved.
    """
    rij = batches(door).select_for_update().filter(pk=batch).first()
    klaar = (Betaalbatch.Staat.GOEDGEKEURD, Betaalbatch.Staat.UITGEVOERD)
    if rij is None or rij.staat not in klaar:
        raise NietMeer()
    if rij.uitgevoerd_op is None:
        rij.staat, rij.uitgevoerd_op = Betaalbatch.Staat.UITGEVOERD, klok.now()
        rij.save(update_fields=["staat", "uitgevoerd_op"])
    _log(rij, Handeling.BETAALBATCH_GOEDKEUREN, door, logboek.Wijze.VERSTREKT)
    return rij


def lines(batch: Betaalbatch) -> QuerySet[Betaalregel]:
    """Return the lines of a batch, by provider and invoice."""
    return batch.regels.select_related(
        "prestatie__aanbieder", "prestatie__declaratie"
    ).order_by(
        "prestatie__aanbieder__agb", "prestatie__declaratie", "prestatie__volgnummer"
    )


def _locked(batch: UUID, door: Actor, staat: str) -> Betaalbatch:
    rij = batches(door).select_for_update().filter(pk=batch).first()
    if rij is None or rij.staat != staat:
        raise NietMeer()
    return rij


def _log(
    batch: Betaalbatch,
    handeling: Handeling,
    door: Actor,
    wijze: logboek.Wijze = logboek.Wijze.GEWIJZIGD,
) -> None:
    logboek.record(
        door,
        handeling,
        onderwerp=f"betaalbatch:{batch.pk}",
        doel="declaratie",
        wijze=wijze,
    )
