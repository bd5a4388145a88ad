"""Writing a message: to whom it may go, and what follows from it.

One writes as who one is in the dossier, to who takes part in it now and can read here.
Somebody without an account (an aunt, an organisation that has no accounts yet) is shown
as not reachable, so that nobody believes to have told them.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.models import Aanstelling
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.dossier import documenten
from samenloop.plannen.models import LEIDEND, Deel, Deelname, Dossier
from samenloop.regie.postvak.models import (
    Bericht,
    Berichtconcept,
    Bijlage,
    Draad,
    Ontvangst,
)

GESCHREVEN = "bericht-geschreven"


class OnbereikbareOntvanger(SamenloopFout):
    """A message for nobody, or for somebody who cannot read it here."""


Bron = Callable[[list[Deelname]], set[UUID]]
_bronnen: list[Bron] = []


def register(bron: Bron) -> None:
    """Let a room above say who reads here without an account of the municipality."""
    if bron not in _bronnen:
        _bronnen.append(bron)


def taking_part(dossier: Dossier) -> list[Deelname]:
    """Return who takes part now, in the order in which they came."""
    return list(toegang.running().filter(dossier=dossier).order_by("van", "id"))


def own(actor: Actor, dossier: Dossier) -> Deelname | None:
    """Return as whom this actor writes in a dossier: first as who leads it."""
    deelnames = toegang.own_in(actor, dossier.pk)
    deelnames.sort(key=lambda each: (each.rol not in LEIDEND, each.van))
    return deelnames[0] if deelnames else None


def reachable(deelnames: Iterable[Deelname], gemeente: str) -> set[UUID]:
    """Return which of these can read a message: one query for all."""
    deelnames = list(deelnames)
    met_account = set(
        Aanstelling.objects.filter(
            gemeente=gemeente,
            geldig__contains=klok.today(),
            gebruiker__is_active=True,
            gebruiker__organisatie__in=[
                each.organisatie_id for each in deelnames if each.organisatie_id
            ],
        ).values_list("gebruiker__organisatie", flat=True)
    )
    kan = {
        each.pk
        for each in deelnames
        if each.account is not None or each.organisatie_id in met_account
    }
    for bron in _bronnen:
        kan |= bron(deelnames)
    return kan


def attachable(actor: Actor, dossier: Dossier) -> list[tuple[UUID, str]]:
    """Return what can go along: the newest of each document that is open to one."""
    mag = toegang.depth(actor, dossier, Handeling.DOSSIER_LEZEN, Deel.DOCUMENTEN)
    if mag is not Diepte.WAT:
        return []
    return [
        (versies[0].pk, document.titel)
        for document in documenten.of_dossier(dossier)
        if (versies := list(document.versies.all()))
    ]


def write(
    dossier: Dossier,
    *,
    van: Actor,
    aan: Iterable[Deelname],
    tekst: str,
    onderwerp: str = "",
    draad: Draad | None = None,
    bijlagen: Iterable[UUID] = (),
) -> Bericht:
    """Send a message; without a thread it begins one.

    Raises:
        GeenToegang: one takes no part in the dossier (any more).
        OnbereikbareOntvanger: there is nobody it can go to, or one who cannot read it,
            or a document that the writer cannot open.
    """
    toegang.require(van, dossier, Handeling.BERICHT_SCHRIJVEN)
    afzender = own(van, dossier)
    if afzender is None:
        raise OnbereikbareOntvanger(
            _("Only who takes part in the dossier can write in it.")
        )
    if dossier.gesloten_op is not None:
        raise OnbereikbareOntvanger(
            _("This dossier is closed; reopen the case to write in it.")
        )
    lopend = {each.pk: each for each in taking_part(dossier)}
    ontvangers = [each for each in aan if each.pk != afzender.pk]
    kunnen_lezen = reachable(lopend.values(), dossier.gemeente_id)
    if not ontvangers:
        raise OnbereikbareOntvanger(_("Choose whom the message is for."))
    if any(each.pk not in kunnen_lezen for each in ontvangers):
        raise OnbereikbareOntvanger(
            _("Somebody you chose cannot read here (any more). Choose again.")
        )
    bijlagen = list(bijlagen)
    if set(bijlagen) - {versie for versie, _titel in attachable(van, dossier)}:
        raise OnbereikbareOntvanger(
            _("A document you chose is not open to you (any more). Choose again.")
        )
    with transaction.atomic():
        nu = klok.now()
        if draad is None:
            draad = Draad.objects.create(
                dossier=dossier, onderwerp=onderwerp, begonnen_op=nu, laatste_op=nu
            )
        else:
            Draad.objects.filter(pk=draad.pk).update(laatste_op=nu)
        bericht = Bericht.objects.create(
            draad=draad, van=afzender, account=van.account_id, tekst=tekst, op=nu
        )
        Ontvangst.objects.bulk_create(
            Ontvangst(bericht=bericht, deelname=each) for each in ontvangers
        )
        Bijlage.objects.bulk_create(
            Bijlage(bericht=bericht, document=each) for each in bijlagen
        )
        Berichtconcept.objects.filter(
            account=van.account_id or 0, dossier=dossier
        ).delete()
        logboek.record(
            van,
            Handeling.BERICHT_SCHRIJVEN,
            personen=toegang.persons(dossier),
            onderwerp=f"bericht:{bericht.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
            diepte=Diepte.WAT,
        )
        gebeurtenissen.record(
            GESCHREVEN, onderwerp=bericht.pk, gemeente=dossier.gemeente_id
        )
    return bericht
