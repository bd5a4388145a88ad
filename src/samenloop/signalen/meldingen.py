"""Meldingen: how they come about, whose they are, and in what order one looks.

A melding is made by the rules or by a professional, and for a safety risk in the very
transaction in which the signal comes in. Weight orders the looking; it never judges.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.personen.models import Gezinslid
from samenloop.signalen import nummers, weegtermijnen, zicht
from samenloop.signalen.fouten import AlBesloten, VeiligheidBlijft
from samenloop.signalen.models import Melding, MeldingSignaal, Signaal, Weegtermijn

ONTSTAAN = "melding-ontstaan"
TOEGEWEZEN = "melding-toegewezen"


def due(ontstaan: datetime, gemeente: str, *, veiligheid: bool) -> datetime:
    """Return before when it must be weighed, as this municipality agreed."""
    termijn = Weegtermijn.of(gemeente)
    return weegtermijnen.before(termijn, ontstaan, veiligheid=veiligheid)


def of_safety(signaal: Signaal) -> Melding:
    """Make the melding of a signal with a safety risk, before any rule is asked."""
    return make(signaal, veiligheid=True)


@transaction.atomic
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
        weeg_voor=due(signaal.ontvangen_op, signaal.gemeente_id, veiligheid=veiligheid),
    )
    _link(melding, signaal)
    gebeurtenissen.record(ONTSTAAN, onderwerp=melding.pk, gemeente=signaal.gemeente_id)
    return melding


@transaction.atomic
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
        snel = due(klok.now(), vast.gemeente_id, veiligheid=True)
        vast.weeg_voor = min(vast.weeg_voor, snel)
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
        GeenToegang: it is neither theirs to divide nor to hand over.
    """
    with transaction.atomic():
        vast = Melding.objects.select_for_update().get(pk=melding.pk)
        if not zicht.may_assign(actor, vast):
            raise GeenToegang(besluiten.reason(actor, (Handeling.MELDING_TOEWIJZEN,)))
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


def link(melding: Melding, signaal: Signaal, *, actor: Actor) -> None:
    """Add a loose signal to an open melding; who weighs the melding decides.

    Raises:
        AlBesloten: the melding was decided, or the signal is not loose any more.
        GeenToegang: the melding is not theirs to weigh.
    """
    with transaction.atomic():
        vast = Signaal.objects.select_for_update().get(pk=signaal.pk)
        _may_weigh(actor, melding)
        los = vast.status in (Signaal.Status.NIEUW, Signaal.Status.GEWOGEN)
        if not los or vast.gemeente_id != melding.gemeente_id:
            raise AlBesloten()
        join(melding, vast, gewicht=vast.gewicht or 0, veiligheid=False)
        _log(actor, vast)


def unlink(signaal: Signaal, *, actor: Actor) -> None:
    """Take a signal out of a melding again; one about safety stays where it is.

    Raises:
        AlBesloten: the melding was decided already.
        VeiligheidBlijft: the signal is about safety, or is the only one.
        GeenToegang: the melding is not theirs to weigh.
    """
    with transaction.atomic():
        vast = Signaal.objects.select_for_update(of=("self",)).get(pk=signaal.pk)
        koppeling = MeldingSignaal.objects.select_related("melding").get(signaal=vast)
        melding = Melding.objects.select_for_update().get(pk=koppeling.melding_id)
        _may_weigh(actor, melding)
        if melding.status == Melding.Status.BESLOTEN:
            raise AlBesloten()
        if vast.veiligheidsrisico or melding.koppelingen.count() == 1:
            raise VeiligheidBlijft()
        koppeling.delete()
        vast.status = Signaal.Status.GEWOGEN
        vast.save(update_fields=["status"])
        _log(actor, vast)


def _may_weigh(actor: Actor, melding: Melding) -> None:
    if not zicht.may_weigh(actor, melding):
        raise GeenToegang(besluiten.reason(actor, (Handeling.MELDING_WEGEN,)))


def _log(actor: Actor, signaal: Signaal) -> None:
    logboek.record(
        actor,
        Handeling.SIGNAAL_AFHANDELEN,
        personen=signaal.betrokkenen.exclude(persoon=None).values_list(
            "persoon", flat=True
        ),
        onderwerp=f"signaal:{signaal.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )


def _link(melding: Melding, signaal: Signaal) -> None:
    MeldingSignaal.objects.create(melding=melding, signaal=signaal)
    signaal.status = Signaal.Status.IN_MELDING
    signaal.save(update_fields=["status"])
