"""Receiving a question or an application, inquiring into it, and its terms.

Under the Wmo the question comes first and is inquired into; applying is a step of its
own. Under the Jeugdwet to ask is to apply. Who takes an application in hand has a task
toward that person, and so may see what the person has.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.models import Product, Wet
from samenloop.voorzieningen.toewijzen import nummers, termijn
from samenloop.voorzieningen.toewijzen.fouten import NietNu, Onvolledig
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Aanvraagstaat,
    Kanaal,
    Onderzoek,
    Verzoek,
)

ONTVANGEN = "aanvraag-ontvangen"
ACTIVITEIT = "zorgtoewijzing"
OPEN = (Aanvraagstaat.MELDING.value, Aanvraagstaat.AANVRAAG.value)
# As long as one can object, and some days to find a provider.
NA_BESLUIT = timedelta(weeks=termijn.BEZWAAR_WEKEN + 2)


@dataclass(frozen=True, slots=True)
class Invoer:
    """What is known when somebody asks. What the registries know is not asked."""

    persoon: Persoon
    wet: str
    kanaal: str = Kanaal.GESPREK.value
    product: Product | None = None
    vraag: str = ""
    gemeld_op: date | None = None
    aangevraagd_op: date | None = None
    gezaghebbende: Persoon | None = None
    dossier: UUID | None = None
    verwijzer_type: str = ""
    verwijzer_naam: str = ""
    verzoek: Verzoek | None = None
    herindicatie_van: UUID | None = None
    herindicatie_eind: date | None = None


@transaction.atomic
def receive(invoer: Invoer, *, door: Actor) -> Aanvraag:
    """Register a question or application; the terms of the law run from its day.

    Raises:
        GeenToegang: not theirs to deal with.
        Onvolledig: a day lies in the future, or the application before the question.
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    gemeld = invoer.gemeld_op or invoer.aangevraagd_op or klok.today()
    gevraagd = invoer.aangevraagd_op
    if invoer.wet != Wet.WMO and gevraagd is None:
        gevraagd = gemeld
    if max(gemeld, gevraagd or gemeld) > klok.today():
        raise Onvolledig(_("The day of asking cannot lie in the future."))
    if gevraagd is not None and gevraagd < gemeld:
        raise Onvolledig(_("One applies on the day of the question or later."))
    gezag = invoer.gezaghebbende
    aanvraag = Aanvraag.objects.create(
        gemeente_id=door.gemeente,
        nummer=nummers.readable(nummers.AANVRAAG, door.gemeente),
        persoon=invoer.persoon,
        gezaghebbende=gezag if gezag and gezag.pk != invoer.persoon.pk else None,
        dossier=invoer.dossier,
        wet=invoer.wet,
        product=invoer.product,
        vraag=invoer.vraag,
        kanaal=invoer.kanaal,
        verwijzer_type=invoer.verwijzer_type,
        verwijzer_naam=invoer.verwijzer_naam,
        verzoek=invoer.verzoek,
        herindicatie_van=invoer.herindicatie_van,
        herindicatie_eind=invoer.herindicatie_eind,
        gemeld_op=gemeld,
        aangevraagd_op=gevraagd,
        uiterlijk=termijn.of_application(invoer.wet, gevraagd)
        if gevraagd
        else termijn.of_question(invoer.wet, gemeld),
        staat=Aanvraagstaat.AANVRAAG if gevraagd else Aanvraagstaat.MELDING,
        behandelaar=door.account_id,
        vastgelegd_door=door.account_id,
    )
    log(door, aanvraag)
    gebeurtenissen.record(ONTVANGEN, onderwerp=aanvraag.pk, gemeente=door.gemeente)
    return aanvraag


@transaction.atomic
def take_up(aanvraag: Aanvraag, *, door: Actor) -> Aanvraag:
    """Take an application in hand: from now on it is this colleague's."""
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    row = locked(aanvraag)
    row.behandelaar = door.account_id
    row.save(update_fields=["behandelaar"])
    log(door, row)
    return row


@dataclass(frozen=True, slots=True)
class Bevinding:
    """What an inquiry found."""

    bevindingen: str = ""
    eigen_kracht: str = ""
    doelen: str = ""
    advies: str = ""
    gesprek_op: date | None = None
    klaar: bool = False


@transaction.atomic
def inquire(aanvraag: Aanvraag, bevinding: Bevinding, *, door: Actor) -> Onderzoek:
    """Keep what the inquiry found so far, or finish it.

    Raises:
        NietNu: it was decided or withdrawn.
        Onvolledig: it is finished without findings (Wmo 2015, 2.3.2 lid 8).
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    row = locked(aanvraag)
    if bevinding.klaar and not bevinding.bevindingen:
        raise Onvolledig(_("Write what was found: the report of the inquiry."))
    onderzoek, _nieuw = Onderzoek.objects.get_or_create(
        aanvraag=row, defaults={"begonnen_op": klok.today()}
    )
    onderzoek.bevindingen = bevinding.bevindingen
    onderzoek.eigen_kracht = bevinding.eigen_kracht
    onderzoek.doelen = bevinding.doelen
    onderzoek.advies = bevinding.advies
    onderzoek.gesprek_op = bevinding.gesprek_op
    onderzoek.afgerond_op = klok.today() if bevinding.klaar else None
    onderzoek.vastgelegd_door = door.account_id
    onderzoek.save()
    log(door, row)
    return onderzoek


@transaction.atomic
def apply(aanvraag: Aanvraag, op: date, *, door: Actor) -> Aanvraag:
    """Record that the person applied: the term to decide runs from that day.

    Raises:
        NietNu: one applied already, or it ended.
        Onvolledig: the day lies before the question or in the future.
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    row = locked(aanvraag)
    if row.staat != Aanvraagstaat.MELDING:
        raise NietNu()
    if not row.gemeld_op <= op <= klok.today():
        raise Onvolledig(
            _("The application was made between the question and today, both included.")
        )
    row.aangevraagd_op, row.staat = op, Aanvraagstaat.AANVRAAG
    row.uiterlijk = termijn.of_application(row.wet, op)
    row.save(update_fields=["aangevraagd_op", "staat", "uiterlijk"])
    log(door, row)
    return row


@transaction.atomic
def withdraw(aanvraag: Aanvraag, *, reden: str, door: Actor) -> Aanvraag:
    """Record that the person does not go on with it.

    Raises:
        NietNu: it ended already.
        Onvolledig: nothing says why.
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    row = locked(aanvraag)
    if not reden.strip():
        raise Onvolledig(_("Write why it is not gone on with."))
    row.staat = Aanvraagstaat.INGETROKKEN
    row.beeindigd_op, row.reden_einde = klok.today(), reden
    row.save(update_fields=["staat", "beeindigd_op", "reden_einde"])
    log(door, row)
    return row


def involved(
    account_id: str, personen: Collection[UUID], gemeente: str
) -> Iterable[UUID]:
    """Return those whose application this account deals with.

    Also for some time after the decision: a provider has to be found, and one can
    object.
    """
    if not account_id.isdigit():
        return []
    kort = klok.today() - NA_BESLUIT
    return Aanvraag.objects.filter(
        Q(staat__in=OPEN) | Q(staat=Aanvraagstaat.BESLIST, beeindigd_op__gte=kort),
        behandelaar=int(account_id),
        persoon__in=personen,
        gemeente=gemeente,
    ).values_list("persoon", flat=True)


def locked(aanvraag: Aanvraag) -> Aanvraag:
    """Take the row in hand, when it is open still.

    Raises:
        NietNu: it was decided or withdrawn.
    """
    row = Aanvraag.objects.select_for_update().get(pk=aanvraag.pk)
    if not row.is_open:
        raise NietNu()
    return row


def log(door: Actor, aanvraag: Aanvraag) -> None:
    """Record that somebody changed something of an application."""
    logboek.record(
        door,
        Handeling.AANVRAAG_BEHANDELEN,
        personen=[aanvraag.persoon_id],
        onderwerp=f"aanvraag:{aanvraag.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )
