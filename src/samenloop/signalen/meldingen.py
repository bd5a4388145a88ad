"""Meldingen: how they come about, whose they are, and in what order one looks.

A melding is made by the rules or by a professional, and for a safety risk in the very
transaction in which the signal comes in. Weight orders the looking; it never judges.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.personen.models import Gezinslid
from samenloop.signalen import nummers, werkdagen
from samenloop.signalen.fouten import AlBesloten
from samenloop.signalen.models import Melding, MeldingSignaal, Signaal

ONTSTAAN = "melding-ontstaan"
TOEGEWEZEN = "melding-toegewezen"

# Own agreement, not a term of law; what the law fixes starts at the decision.
VEILIGHEID_BINNEN = timedelta(hours=24)
WERKDAGEN = 5


def due(ontstaan: datetime, *, veiligheid: bool) -> datetime:
    """Return before when it must be weighed."""
    if veiligheid:
        return ontstaan + VEILIGHEID_BINNEN
    return werkdagen.after(ontstaan, WERKDAGEN)


def of_safety(signaal: Signaal) -> Melding:
    """Make the melding of a signal with a safety risk, before any rule is asked."""
    return make(signaal, veiligheid=True)


def make(signaal: Signaal, *, gewicht: int = 0, veiligheid: bool = False) -> Melding:
    """Make a melding of one signal that is in none yet."""
    persoon, gezin = subject_of(signaal)
    melding = Melding.objects.create(
        nummer=nummers.next_number(nummers.MELDING, signaal.gemeente_id),
        gemeente_id=signaal.gemeente_id,
        gezin_id=gezin,
        betrokkene_id=persoon,
        gewicht=gewicht,
        veiligheid=veiligheid,
        ontstaan_op=signaal.ontvangen_op,
        weeg_voor=due(signaal.ontvangen_op, veiligheid=veiligheid),
    )
    _link(melding, signaal)
    gebeurtenissen.record(ONTSTAAN, onderwerp=melding.pk, gemeente=signaal.gemeente_id)
    return melding


def join(melding: Melding, signaal: Signaal, *, gewicht: int, veiligheid: bool) -> None:
    """Add a signal to a melding that is still open; its weight only goes up.

    Raises:
        AlBesloten: the melding was decided in the meantime.
    """
    vast = Melding.objects.select_for_update().get(pk=melding.pk)
    if vast.status == Melding.Status.BESLOTEN:
        raise AlBesloten()
    _link(vast, signaal)
    vast.gewicht = max(vast.gewicht, gewicht)
    if veiligheid and not vast.veiligheid:
        vast.veiligheid = True
        vast.weeg_voor = min(vast.weeg_voor, due(klok.now(), veiligheid=True))
    vast.save(update_fields=["gewicht", "veiligheid", "weeg_voor"])


def raise_weight(melding: Melding, gewicht: int) -> None:
    """Let a melding weigh at least so much; nothing lowers it."""
    Melding.objects.filter(pk=melding.pk, gewicht__lt=gewicht).update(gewicht=gewicht)


def open_of(signaal: Signaal) -> QuerySet[Melding]:
    """Return the open meldingen about the same gezin or person, oldest first."""
    persoon, gezin = subject_of(signaal)
    over = Q(pk__in=[])
    if gezin:
        over |= Q(gezin=gezin)
    if persoon:
        over |= Q(betrokkene=persoon)
    return (
        Melding.objects.filter(over, gemeente=signaal.gemeente_id)
        .exclude(status=Melding.Status.BESLOTEN)
        .order_by("ontstaan_op", "id")
    )


def subject_of(signaal: Signaal) -> tuple[UUID | None, UUID | None]:
    """Return the person it is about and their gezin on that day, as far as known."""
    persoon = (
        signaal.betrokkenen.filter(rol="over", persoon__isnull=False)
        .order_by("id")
        .values_list("persoon", flat=True)
        .first()
    )
    if persoon is None:
        return None, None
    gezin = (
        Gezinslid.objects.current()
        .in_force(klok.today())
        .filter(persoon=persoon)
        .order_by("-geldig", "gezin")
        .values_list("gezin", flat=True)
        .first()
    )
    return persoon, gezin


def assign(melding: Melding, account: int | None, *, actor: Actor) -> Melding:
    """Give a melding to someone, or back to the work that nobody has.

    Raises:
        AlBesloten: it was decided already.
    """
    with transaction.atomic():
        vast = Melding.objects.select_for_update().get(pk=melding.pk)
        if vast.status == Melding.Status.BESLOTEN:
            raise AlBesloten()
        vast.toegewezen_aan = account
        vast.save(update_fields=["toegewezen_aan"])
        logboek.record(
            actor,
            Handeling.MELDING_TOEWIJZEN,
            onderwerp=f"melding:{vast.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        gebeurtenissen.record(TOEGEWEZEN, onderwerp=vast.pk, gemeente=vast.gemeente_id)
    return vast


def _link(melding: Melding, signaal: Signaal) -> None:
    MeldingSignaal.objects.create(melding=melding, signaal=signaal)
    signaal.status = Signaal.Status.IN_MELDING
    signaal.save(update_fields=["status"])
