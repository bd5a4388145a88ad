"""When messages are destroyed, and what goes with them.

A message is part of the administration of a provision, so it is kept as long as that of
its law (B001 and B013), from the day it came or went. Its answers and theirs, its
repetitions, what it was sent in place of, its content, faults and links go along.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access.bewaren.families import Deel, Familie, Kandidaat, register
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.staten import Staat
from samenloop.core.klok import AMSTERDAM

# An answer is answered too: a request by an allocation, and that by a retour.
_ALLE = """id IN (
  WITH RECURSIVE f (id, vervangt_id) AS (
    SELECT id, vervangt_id FROM verkeer_bericht WHERE id = ANY(%s)
    UNION
    SELECT b.id, b.vervangt_id FROM verkeer_bericht b JOIN f
        ON b.antwoord_op_id = f.id OR b.dubbel_van_id = f.id OR b.id = f.vervangt_id
  ) SELECT id FROM f)"""
_BIJ = f"bericht_id IN (SELECT id FROM verkeer_bericht WHERE {_ALLE})"  # noqa: S608
_DELEN = (
    Deel("verkeer_berichtfout", _BIJ),
    Deel("verkeer_berichtlink", _BIJ),
    Deel("verkeer_berichtinhoud", _BIJ),
    Deel("verkeer_bericht", _ALLE),
)
_BEZIG = (Staat.ONTVANGEN, Staat.WACHT, Staat.APART, Staat.TEGENGEHOUDEN, Staat.KLAAR)


def _replaced(gemeente: str) -> QuerySet[Ketenbericht, Any]:
    """What was sent anew stays as long as that, which points at it."""
    return Ketenbericht.objects.filter(
        gemeente=gemeente, vervangt__isnull=False
    ).values("vervangt")


def _done(wet: Q) -> Callable[[str], list[Kandidaat]]:
    def candidates(gemeente: str) -> list[Kandidaat]:
        rijen = (
            Ketenbericht.objects.filter(
                wet, gemeente=gemeente, antwoord_op=None, dubbel_van=None
            )
            .exclude(staat__in=_BEZIG)
            .exclude(pk__in=_replaced(gemeente))
            .order_by("vastgelegd_op")
            .values_list("pk", "vastgelegd_op", "persoon")
        )
        return [
            Kandidaat(pk, op.astimezone(AMSTERDAM).date(), (wie,) if wie else ())
            for pk, op, wie in rijen
        ]

    return candidates


def register_families() -> None:
    """Let the destroyer know what this room keeps."""
    jeugd = Q(soort__startswith="JW")
    register(
        Familie(
            "ketenbericht-wmo",
            _("Messages with providers (Wmo)"),
            "B001",
            _done(~jeugd),
            _DELEN,
        )
    )
    register(
        Familie(
            "ketenbericht-jeugd",
            _("Messages with providers (Jeugdwet)"),
            "B013",
            _done(jeugd),
            _DELEN,
        )
    )
