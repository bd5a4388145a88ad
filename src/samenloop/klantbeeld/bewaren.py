"""Looks at a family end with what they were for, or by the term of the log of looks.

What someone wrote to weigh a look is about the family. Where the melding goes on which
it rested, it goes along; else it ends by the term for who looked where and why (B062).
"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import (
    Deel,
    Familie,
    Kandidaat,
    add_part,
    register,
)
from samenloop.core.klok import AMSTERDAM
from samenloop.klantbeeld.models import Context, Inkijk
from samenloop.signalen.bewaren import MELDINGEN


def _looks(gemeente: str) -> list[Kandidaat]:
    rijen = Inkijk.objects.filter(gemeente=gemeente).order_by("op", "id")
    return [
        Kandidaat(pk, op.astimezone(AMSTERDAM).date(), _who(persoon))
        for pk, op, persoon in rijen.values_list("pk", "op", "persoon")
    ]


def _who(persoon: UUID | None) -> tuple[UUID, ...]:
    return (persoon,) if persoon else ()


def register_families() -> None:
    """Let the destroyer know of looks."""
    for familie in MELDINGEN:
        add_part(
            familie,
            Deel(
                "klantbeeld_inkijk",
                f"context = '{Context.MELDING}' AND context_id = ANY(%s)",
            ),
        )
    register(
        Familie(
            "inkijk",
            _("Looks at a family, with how they were weighed"),
            "B062",
            _looks,
            (Deel("klantbeeld_inkijk", "id = ANY(%s)"),),
        )
    )
