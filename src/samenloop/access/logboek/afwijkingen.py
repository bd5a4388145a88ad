"""Odd looks: put forward by rules that one can read, decided by the privacy officer.

A look at one's own record is put forward at once, all others by a job every hour (see
`afwijkregels`). Nothing here adds up to a score of a worker, and nothing follows by
itself: a person decides, with a reason.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek import afwijkregels, kenmerken
from samenloop.access.logboek.models import Afwijking, Naloopronde
from samenloop.access.logboek.schrijven import record
from samenloop.access.logboek.wijze import Wijze
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout

# How far back the first round looks, and a round after a long stop.
_TERUG = timedelta(days=31)
# What is being written now is for the next round.
_ONDERWEG = timedelta(minutes=1)


class BesluitZonderReden(SamenloopFout):
    """The officer decides with a reason, or not."""


def put_forward_at_once(
    actor: Actor,
    personen: Collection[UUID],
    gemeente: str,
    regel: int,
    op: datetime,
) -> list[Afwijking]:
    """Put forward that somebody looks at their own record, as it happens.

    Only for workers of whom the municipality keeps marks, so it costs others nothing
    but one look-up.
    """
    worker = kenmerken.of_worker(actor.id, gemeente)
    if worker is None or not worker.bsn:
        return []
    return _keep(
        afwijkregels.Blik(gemeente, actor.id, actor.naam, persoon, regel, op, True).odd(
            Afwijking.Regel.EIGEN
        )
        for persoon, marks in kenmerken.of_persons(personen).items()
        if marks.bsn == worker.bsn
    )


def put_forward(tot: datetime | None = None) -> int:
    """Apply the rules to what was written since the last round; how many are new.

    The work must see all municipalities.
    """
    tot = tot or klok.now() - _ONDERWEG
    with transaction.atomic():
        vorige = Naloopronde.objects.order_by("-tot").first()
        van = max(vorige.tot, tot - _TERUG) if vorige else tot - _TERUG
        if van >= tot:
            return 0
        before = Afwijking.objects.count()
        _keep(_unless_added(afwijkregels.found_between(van, tot)))
        gevonden = Afwijking.objects.count() - before
        Naloopronde.objects.create(
            van=van, tot=tot, gedaan_op=klok.now(), gevonden=gevonden
        )
    return gevonden


def decide(actor: Actor, afwijking_id: UUID, status: str, reden: str) -> Afwijking:
    """Record what the officer made of an odd look, and why.

    Raises:
        GeenToegang: not for this role, or it is about a look of one's own.
        BesluitZonderReden: the status is not a decision, or there is no reason.
        Afwijking.DoesNotExist: not there, or of another municipality.
    """
    besluiten.require(actor, Handeling.AFWIJKING_BEOORDELEN)
    keuzes = set(Afwijking.Status.values) - {Afwijking.Status.NIEUW}
    if status not in keuzes or not reden.strip():
        raise BesluitZonderReden(_("Choose what it was, and write why."))
    with transaction.atomic():
        row = Afwijking.objects.select_for_update().get(pk=afwijking_id)
        if row.actor_id == actor.id:
            raise GeenToegang(_("This is about your own look: a colleague decides."))
        row.status = status
        row.reden = reden.strip()
        row.besloten_door = actor.id
        row.besloten_door_naam = actor.naam
        row.besloten_op = klok.now()
        row.save()
        record(
            actor,
            Handeling.AFWIJKING_BEOORDELEN,
            onderwerp=f"afwijking:{row.pk}",
            wijze=Wijze.GEWIJZIGD,
        )
    return row


def open_for(actor: Actor) -> int:
    """Return how many odd looks wait for a decision, for the menu."""
    return Afwijking.objects.filter(
        gemeente=actor.gemeente, status=Afwijking.Status.NIEUW
    ).count()


def explain(row: Afwijking) -> str:
    """Say in one sentence what was seen and with what it was compared."""
    feiten = row.feiten
    match row.regel:
        case Afwijking.Regel.EIGEN:
            return _("Opened their own record.")
        case Afwijking.Regel.ADRES:
            return _("Opened someone with the same postcode and house number.")
        case Afwijking.Regel.NAAM:
            return _("Opened someone with the same surname.")
        case Afwijking.Regel.GEEN_TAAK:
            return ngettext(
                "Opened %(aantal)d person for whom they have no task.",
                "Opened %(aantal)d persons for whom they have no task.",
                feiten["aantal"],
            ) % {"aantal": feiten["aantal"]}
        case Afwijking.Regel.SLAPEND if feiten.get("vertrokken"):
            return _(
                "Looked without an appointment that day, or with a closed account."
            )
        case Afwijking.Regel.SLAPEND:
            return ngettext(
                "Looked for the first time after %(dagen)d day of silence.",
                "Looked for the first time after %(dagen)d days of silence.",
                feiten["dagen"],
            ) % {"dagen": feiten["dagen"]}
    return _(
        "Opened %(aantal)d persons in one day. On half of their days, colleagues with "
        "the role %(rol)s opened at most %(mediaan)s (%(collegas)d colleagues, four "
        "weeks)."
    ) % {
        "aantal": feiten["aantal"],
        "rol": Rol(feiten["rol"]).label,
        "mediaan": f"{feiten['mediaan']:g}",
        "collegas": feiten["collegas"],
    }


def _unless_added(rows: Iterable[Afwijking]) -> Iterator[Afwijking]:
    """Add looks without a task to the row of that day that still waits, if there is.

    A day of such looks is one thing to ask somebody about, not forty.
    """
    for row in rows:
        waiting = (
            Afwijking.objects.select_for_update().filter(
                gemeente=row.gemeente,
                regel=row.regel,
                actor_id=row.actor_id,
                aanleiding__startswith=row.aanleiding[:11],
                status=Afwijking.Status.NIEUW,
            )
            if row.regel == Afwijking.Regel.GEEN_TAAK
            else Afwijking.objects.none()
        ).first()
        if waiting is None:
            yield row
            continue
        waiting.feiten["aantal"] += row.feiten["aantal"]
        waiting.persoon = None
        waiting.save(update_fields=["feiten", "persoon"])


def _keep(rows: Iterable[Afwijking]) -> list[Afwijking]:
    found = list(rows)
    for row in found:
        row.gevonden_op = klok.now()
    Afwijking.objects.bulk_create(found, ignore_conflicts=True)
    return found
