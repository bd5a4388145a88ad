"""Who has the plan open to change it, in which field, and what changed meanwhile.

A page asks this every few seconds. What it gets is small: who else is here, and the
parts that changed since it last asked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen import namen
from samenloop.plannen.plan import velden
from samenloop.plannen.plan.models import Aanwezigheid, Plan, Tekstvariant

HIER = timedelta(seconds=15)
_GELOGD = timedelta(minutes=15)
# A transaction that began before the last question may have ended after it, and clocks
# of two servers differ a little: asked is a bit more than needed.
_OVERLAP = timedelta(seconds=10)
_HARTSLAG = """
INSERT INTO plan_aanwezigheid (plan_id, blad, account, onderdeel, veld, op)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (plan_id, blad) DO UPDATE SET onderdeel = EXCLUDED.onderdeel,
    veld = EXCLUDED.veld, op = EXCLUDED.op, account = EXCLUDED.account
"""
_SCHREEF = """
INSERT INTO plan_aanwezigheid AS a (plan_id, blad, account, veld, op, gelogd_op)
VALUES (%s, %s, %s, '', %s, %s)
ON CONFLICT (plan_id, blad) DO UPDATE SET gelogd_op = EXCLUDED.gelogd_op
 WHERE a.gelogd_op IS NULL OR a.gelogd_op < %s
RETURNING a.id
"""


@dataclass(frozen=True, slots=True)
class Ander:
    """Somebody else who has the plan open, and the field they are in."""

    naam: str
    onderdeel: str
    veld: str


def beat(
    plan: Plan, blad: UUID, *, actor: Actor, onderdeel: UUID | None, veld: str
) -> None:
    """Say that this page is open, and in which field one is."""
    with connection.cursor() as cursor:
        cursor.execute(
            _HARTSLAG,
            [plan.pk, blad, actor.account_id, onderdeel, veld[:20], klok.now()],
        )


def first_write(plan: Plan, blad: UUID, *, actor: Actor) -> bool:
    """Whether the log has no recent line yet about writing from this page.

    One line for each quarter of an hour of writing says who wrote; what each field says
    and who wrote it last stands with the field.
    """
    nu = klok.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _SCHREEF, [plan.pk, blad, actor.account_id, nu, nu, nu - _GELOGD]
        )
        return cursor.fetchone() is not None


def leave(plan: Plan, blad: UUID) -> None:
    """Say that this page was closed."""
    Aanwezigheid.objects.filter(plan=plan, blad=blad).delete()


def drop_old(plan: Plan) -> None:
    """Forget pages that gave no sign for an hour."""
    Aanwezigheid.objects.filter(
        plan=plan, op__lt=klok.now() - timedelta(hours=1)
    ).delete()


def others(plan: Plan, blad: UUID) -> list[Ander]:
    """Return who else is here now."""
    rijen = list(
        Aanwezigheid.objects.filter(plan=plan, op__gt=klok.now() - HIER).exclude(
            blad=blad
        )
    )
    wie = namen.accounts(rij.account for rij in rijen)
    return [
        Ander(
            wie.get(rij.account or 0, ""),
            str(rij.onderdeel) if rij.onderdeel else "",
            rij.veld,
        )
        for rij in rijen
    ]


def changes(plan: Plan, sinds: datetime) -> list[dict[str, Any]]:
    """Return the parts that changed since a moment, each with all its fields."""
    vanaf = sinds - _OVERLAP
    gewijzigd = []
    for soort in velden.SOORTEN.values():
        for rij in soort.of_plan(plan).filter(gewijzigd_op__gt=vanaf):
            gewijzigd.append(
                {
                    "soort": soort.code,
                    "id": str(rij.pk),
                    "orde": rij.orde,
                    "ouder": str(getattr(rij, "doelstelling_id", "")),
                    "weg": rij.weg_op is not None,
                    "velden": {
                        veld.naam: [
                            rij.revisies.get(veld.naam, {}).get("r", 0),
                            veld.text(rij),
                        ]
                        for veld in soort.velden.values()
                    },
                }
            )
    return gewijzigd


def open_variants(plan: Plan) -> dict[tuple[str, str], list[Tekstvariant]]:
    """Return the texts that wait for a choice, by part and field."""
    per_veld: dict[tuple[str, str], list[Tekstvariant]] = {}
    for variant in plan.varianten.filter(gekozen_op__isnull=True):
        per_veld.setdefault((str(variant.onderdeel), variant.veld), []).append(variant)
    return per_veld
