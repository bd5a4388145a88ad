"""What someone was typing in a dossier: kept by itself, and there again later.

Each account has a draft of its own, so two people who write down the same conversation
never type over each other. A draft is gone when the form was sent, or when nobody
touched it for a number of days (setting `CONCEPT_DAGEN`): it is no record.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen.dossier.models import Dossierconcept
from samenloop.plannen.models import Dossier

_NIET_BEWAARD = frozenset({"csrfmiddlewaretoken", "actie", "toch", "bestand"})
_LANGSTE, _MEESTE = 20_000, 200


def keep(
    actor: Actor, dossier: Dossier, formulier: str, gegeven: dict[str, Any]
) -> datetime | None:
    """Keep what is being typed; returns when, or None for who is no person."""
    if actor.account_id is None:
        return None
    inhoud = {
        naam: str(waarde)[:_LANGSTE]
        for naam, waarde in list(gegeven.items())[:_MEESTE]
        if naam not in _NIET_BEWAARD
    }
    concept, _nieuw = Dossierconcept.objects.update_or_create(
        dossier=dossier,
        account=actor.account_id,
        formulier=formulier,
        defaults={"inhoud": inhoud, "bewaard_op": klok.now()},
    )
    return concept.bewaard_op


def mine(actor: Actor, dossier: Dossier, formulier: str) -> Dossierconcept | None:
    """Return what this account was typing here."""
    return Dossierconcept.objects.filter(
        dossier=dossier, formulier=formulier, account=actor.account_id or 0
    ).first()


def of_others(actor: Actor, dossier: Dossier, formulier: str) -> list[Dossierconcept]:
    """Return what others were typing in the same form: their text stays."""
    return list(
        Dossierconcept.objects.filter(dossier=dossier, formulier=formulier)
        .exclude(account=actor.account_id or 0)
        .order_by("account")
    )


def drop(actor: Actor, dossier: Dossier, formulier: str) -> None:
    """Forget it: it was sent, or thrown away."""
    Dossierconcept.objects.filter(
        dossier=dossier, formulier=formulier, account=actor.account_id or 0
    ).delete()


def drop_old() -> int:
    """Forget drafts that nobody touched for so long; how many."""
    tot = klok.now() - timedelta(days=settings.CONCEPT_DAGEN)
    weg, _per_soort = Dossierconcept.objects.filter(bewaard_op__lt=tot).delete()
    return weg
