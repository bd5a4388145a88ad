"""What of this room has to be done soon: own applications, requests of providers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, F, When

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.kalender import days_to_go
from samenloop.voorzieningen.toewijzen import aanvragen
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Aanvraagstaat,
    Bezwaarzaak,
    Verzoek,
    Verzoekstaat,
)
from samenloop.voorzieningen.toewijzen.models.verzoek import OPEN

MEESTE = 20
BINNENKORT = 5  # working days


@dataclass(frozen=True, slots=True)
class Werk:
    """One thing to do: what kind, for whom, and its last day."""

    soort: str  # onderzoek, besluit, verzoek, eindantwoord or bezwaar
    onderwerp: UUID
    wie: str
    wet: str
    uiterlijk: date
    dagen: int  # working days left; below zero it is late

    @property
    def is_te_laat(self) -> bool:
        """Whether its last day has passed."""
        return self.dagen < 0


def applications(actor: Actor) -> Iterator[Werk]:
    """Yield the applications this colleague deals with that are due soon."""
    if actor.account_id is None or not besluiten.may(
        actor, Handeling.AANVRAAG_BEHANDELEN
    ):
        return
    vandaag = klok.today()
    rijen = (
        Aanvraag.objects.filter(
            gemeente=actor.gemeente,
            behandelaar=actor.account_id,
            staat__in=aanvragen.OPEN,
        )
        .select_related("persoon")
        .order_by("uiterlijk", "pk")[:MEESTE]
    )
    for each in rijen:
        dagen = days_to_go(vandaag, each.uiterlijk)
        if dagen <= BINNENKORT:
            yield Werk(
                "onderzoek" if each.staat == Aanvraagstaat.MELDING else "besluit",
                each.pk,
                each.persoon.volledige_naam,
                each.get_wet_display(),
                each.uiterlijk,
                dagen,
            )
    zaken = Bezwaarzaak.objects.filter(
        gemeente=actor.gemeente,
        vastgelegd_door=actor.account_id,
        bezwaar__afgehandeld_op__isnull=True,
    ).select_related("persoon", "bezwaar")
    for zaak in zaken.order_by("uiterlijk", "pk")[:MEESTE]:
        dagen = days_to_go(vandaag, zaak.uiterlijk)
        if dagen <= BINNENKORT:
            wie = zaak.persoon.volledige_naam
            yield Werk("bezwaar", zaak.pk, wie, zaak.bezwaar.wet, zaak.uiterlijk, dagen)


def waiting(gemeente: str) -> Any:
    """Return the requests that wait for an answer, with `voor`: by which day."""
    return Verzoek.objects.filter(gemeente=gemeente, staat__in=OPEN).annotate(
        voor=Case(
            When(staat=Verzoekstaat.ONDERZOEK, then=F("eind_uiterlijk")),
            default=F("antwoord_uiterlijk"),
        )
    )


def requests(actor: Actor) -> Iterator[Werk]:
    """Yield the requests of providers that wait for an answer, most pressing first."""
    if not besluiten.may(actor, Handeling.VERZOEK_BEHANDELEN):
        return
    vandaag = klok.today()
    rijen = waiting(actor.gemeente).select_related("persoon", "aanbieder")
    for each in rijen.order_by("voor", "pk")[:MEESTE]:
        dagen = days_to_go(vandaag, each.voor)
        if dagen <= BINNENKORT:
            yield Werk(
                "verzoek" if each.staat == Verzoekstaat.OPEN else "eindantwoord",
                each.pk,
                each.persoon.volledige_naam,
                each.aanbieder.naam,
                each.voor,
                dagen,
            )


def waiting_for(actor: Actor) -> int:
    """Return how many requests wait for an answer; the number beside the menu."""
    if not besluiten.may(actor, Handeling.VERZOEK_BEHANDELEN):
        return 0
    return Verzoek.objects.filter(gemeente=actor.gemeente, staat__in=OPEN).count()
