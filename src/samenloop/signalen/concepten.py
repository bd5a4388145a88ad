"""What someone was typing: kept by itself, per account, and there again later.

Survives a time-out and another browser. A citizen service number is never kept here: it
has its own place. A draft is gone when the form was sent, or when nobody touched it for
a number of days (setting `CONCEPT_DAGEN`): what somebody half wrote about a family is
no record, and is not kept like one.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.signalen.models import Melding, Signaalconcept, Wegingconcept

WERKER, PARTNER = "werker", "partner"
# What is looked up with may hold a number; tokens and buttons mean nothing later.
NIET_BEWAARD = frozenset({"csrfmiddlewaretoken", "actie", "zoek", "bsn", "toch"})
_LANGSTE = 20_000


def cleaned(gegeven: dict[str, Any]) -> dict[str, str]:
    """Return what may be kept of a form, cut off where nobody types that much."""
    return {
        naam: str(waarde)[:_LANGSTE]
        for naam, waarde in gegeven.items()
        if naam not in NIET_BEWAARD
    }


def keep_signal(
    actor: Actor, formulier: str, gegeven: dict[str, Any]
) -> datetime | None:
    """Keep a signal that is being typed; returns when, or None for who is no person."""
    if actor.account_id is None:
        return None
    concept, _nieuw = Signaalconcept.objects.update_or_create(
        account=actor.account_id,
        gemeente=actor.gemeente,
        formulier=formulier,
        defaults={"inhoud": cleaned(gegeven), "bewaard_op": klok.now()},
    )
    return concept.bewaard_op


def signal_of(actor: Actor, formulier: str) -> Signaalconcept | None:
    """Return what this account was typing here."""
    return Signaalconcept.objects.filter(
        account=actor.account_id or 0, gemeente=actor.gemeente, formulier=formulier
    ).first()


def drop_signal(actor: Actor, formulier: str) -> None:
    """Forget it: it was sent, or thrown away."""
    Signaalconcept.objects.filter(
        account=actor.account_id or 0, gemeente=actor.gemeente, formulier=formulier
    ).delete()


def weighing_of(actor: Actor, melding: Melding) -> Wegingconcept | None:
    """Return what this account typed so far about a melding."""
    return Wegingconcept.objects.filter(
        melding=melding, account=actor.account_id or 0
    ).first()


def others_weighing(actor: Actor, melding: Melding) -> list[int]:
    """Return the accounts of others who typed something about it: their text stays."""
    return list(
        Wegingconcept.objects.filter(melding=melding)
        .exclude(account=actor.account_id or 0)
        .values_list("account", flat=True)
    )


def drop_old() -> int:
    """Forget drafts that nobody touched for so long; how many, over what one sees."""
    tot = klok.now() - timedelta(days=settings.CONCEPT_DAGEN)
    weg = 0
    for soort in (Signaalconcept, Wegingconcept):
        aantal, _per_soort = soort.objects.filter(bewaard_op__lt=tot).delete()
        weg += aantal
    return weg
