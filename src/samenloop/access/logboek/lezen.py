"""Reading the processing log as the national standard asks it (LDV extension lezen).

One asks by trace, by entry in the register or by person, at least one of them, and gets
the lines in the standard's words. No users are in it. A trace is printed as a uuid here
and as 32 hexadecimal digits in headers: the same sixteen bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samenloop.access.logboek.models import Verwerking
from samenloop.core.fouten import SamenloopFout

MEESTE = 1000
BETROKKENE = "dpl.core.data_subject_id"
SOORT_BETROKKENE = "dpl.core.data_subject_id_type"
ACTIVITEIT = "dpl.core.processing_activity_id"
VERWERKER = "dpl.core.foreign_operation.processor"
# Our own opaque number of a person, never a BSN.
PERSOON = "urn:samenloop:persoon"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_URN = "urn:uuid:"
_KENT = frozenset(
    {"traceId", "startTime", "endTime", ACTIVITEIT, BETROKKENE, SOORT_BETROKKENE}
)


class OnleesbareVraag(SamenloopFout, ValueError):
    """The question cannot be answered; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Vraag:
    """What to look for; at least one of the first three."""

    trace_id: UUID | None = None
    activiteit: UUID | None = None
    persoon: UUID | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "Vraag":
        """Read the body of a request.

        Raises:
            OnleesbareVraag: an unknown or malformed field, or nothing to look for.
        """
        if unknown := sorted(set(body) - _KENT):
            raise OnleesbareVraag(_("Unknown field: ") + ", ".join(unknown))
        vraag = cls(
            _uuid(body, "traceId"),
            _uuid(body, ACTIVITEIT),
            _uuid(body, BETROKKENE),
            _moment(body, "startTime"),
            _moment(body, "endTime"),
        )
        if not (vraag.trace_id or vraag.activiteit or vraag.persoon):
            raise OnleesbareVraag(
                _("Give at least a trace, a processing activity or a data subject.")
            )
        return vraag


def processing_activities(vraag: Vraag, *, limit: int = MEESTE) -> list[dict[str, Any]]:
    """Return the lines that were asked for, newest first, within the border.

    Args:
        vraag: what to look for.
        limit: at most this many.
    """
    rows = Verwerking.objects.all()
    if vraag.trace_id:
        rows = rows.filter(trace_id=vraag.trace_id)
    if vraag.activiteit:
        rows = rows.filter(activiteit=vraag.activiteit)
    if vraag.persoon:
        rows = rows.filter(persoon=vraag.persoon)
    if vraag.vanaf:
        rows = rows.filter(begonnen_op__gte=vraag.vanaf)
    if vraag.tot:
        rows = rows.filter(begonnen_op__lte=vraag.tot)
    return [_line(row) for row in rows.order_by("-begonnen_op", "-id")[:limit]]


def _line(row: Verwerking) -> dict[str, Any]:
    attributes = {ACTIVITEIT: f"{_URN}{row.activiteit}"}
    if row.persoon:
        attributes |= {BETROKKENE: str(row.persoon), SOORT_BETROKKENE: PERSOON}
    if row.verwerker:
        attributes[VERWERKER] = row.verwerker
    line = {
        "traceId": str(row.trace_id),
        "spanId": row.span_id,
        "status": row.status,
        "name": row.naam,
        "startTime": _milliseconds(row.begonnen_op),
        "endTime": _milliseconds(row.geeindigd_op),
        "resource": {"attributes": {"name": "Samenloop"}},
        "attributes": attributes,
    }
    if row.parent_span_id:
        line["parentSpanId"] = row.parent_span_id
    return line


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _uuid(body: Mapping[str, Any], name: str) -> UUID | None:
    value = body.get(name)
    if value is None:
        return None
    try:
        return UUID(value.removeprefix(_URN))
    except (ValueError, AttributeError):
        raise OnleesbareVraag(
            _("This field is no uuid: %(naam)s") % {"naam": name}
        ) from None


def _moment(body: Mapping[str, Any], name: str) -> datetime | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise OnleesbareVraag(
            _("This field is no number of milliseconds: %(naam)s") % {"naam": name}
        )
    try:
        return _EPOCH + timedelta(milliseconds=value)
    except OverflowError:
        raise OnleesbareVraag(
            _("This field is no number of milliseconds: %(naam)s") % {"naam": name}
        ) from None
