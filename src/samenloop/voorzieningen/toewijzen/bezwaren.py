"""Objection to a decision, complaint about how one was treated, and answering in time.

Figures count what holds no person (`Bezwaar`); whose it is and until when to answer
stands in `Bezwaarzaak`. The term to decide on an objection begins after the days in
which one can object are over (Awb 7:10); that of a complaint with the complaint (9:11).
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.kalender import next_working_day
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.models import Bezwaar, BezwaarSoort
from samenloop.voorzieningen.toewijzen import termijn
from samenloop.voorzieningen.toewijzen.fouten import NietNu, Onvolledig
from samenloop.voorzieningen.toewijzen.models import Beschikking, Bezwaarzaak

UITKOMSTEN = (
    "gegrond",
    "deels gegrond",
    "ongegrond",
    "niet-ontvankelijk",
    "ingetrokken",
)
GEGROND = UITKOMSTEN[:2]


@transaction.atomic
def object_to(
    beschikking: Beschikking, *, inhoud: str, op: date, door: Actor
) -> Bezwaarzaak:
    """Record an objection to a decision, also one that comes late.

    Raises:
        Onvolledig: the day lies before the decision or in the future, or the decision
            was itself taken on an objection: that goes to court (Awb 7:1 and 8:1).
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    if beschikking.is_op_bezwaar:
        raise Onvolledig(
            _("This was decided on an objection. Who disagrees goes to court.")
        )
    if not beschikking.bekendgemaakt_op <= op <= klok.today():
        raise Onvolledig(_("One objects after the decision was sent, up to today."))
    return _record(
        Bezwaarzaak(
            gemeente_id=beschikking.gemeente_id,
            persoon_id=beschikking.persoon_id,
            beschikking=beschikking,
            inhoud=inhoud,
            uiterlijk=termijn.weeks(
                max(beschikking.bezwaar_tot, op), termijn.BESLIS_WEKEN
            ),
        ),
        Bezwaar(
            gemeente_id=beschikking.gemeente_id,
            wet=beschikking.wet,
            soort=BezwaarSoort.BEZWAAR,
            ingediend_op=op,
        ),
        door,
    )


@transaction.atomic
def complain(
    persoon: Persoon, *, wet: str, inhoud: str, op: date, door: Actor
) -> Bezwaarzaak:
    """Record a complaint about how somebody was treated.

    Raises:
        Onvolledig: the day lies in the future, or nothing says what it is about.
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    if op > klok.today() or not inhoud.strip():
        raise Onvolledig(_("Write what the complaint is about, and when it came."))
    return _record(
        Bezwaarzaak(
            gemeente_id=door.gemeente,
            persoon=persoon,
            inhoud=inhoud,
            uiterlijk=termijn.weeks(op, termijn.BESLIS_WEKEN),
        ),
        Bezwaar(
            gemeente_id=door.gemeente,
            wet=wet,
            soort=BezwaarSoort.KLACHT,
            ingediend_op=op,
        ),
        door,
    )


@transaction.atomic
def postpone(zaak: Bezwaarzaak, *, door: Actor) -> Bezwaarzaak:
    """Take longer, once: six weeks for an objection, four for a complaint.

    Raises:
        NietNu: it was settled, or postponed before.
    """
    row = _locked(zaak, door)
    if row.verdaagd:
        raise NietNu()
    klacht = row.bezwaar.soort == BezwaarSoort.KLACHT
    weken = termijn.VERDAAG_KLACHT_WEKEN if klacht else termijn.VERDAAG_WEKEN
    row.uiterlijk = next_working_day(row.uiterlijk + timedelta(weeks=weken))
    row.verdaagd = True
    row.save(update_fields=["uiterlijk", "verdaagd"])
    _log(door, row)
    return row


@transaction.atomic
def settle(
    zaak: Bezwaarzaak, *, uitkomst: str, motivering: str, door: Actor
) -> Bezwaarzaak:
    """Decide on an objection or complaint.

    Raises:
        NietNu: it was settled already.
        Onvolledig: no outcome, or no reason.
    """
    row = _locked(zaak, door)
    if uitkomst not in UITKOMSTEN or not motivering.strip():
        raise Onvolledig(_("Choose an outcome and write why."))
    row.motivering = motivering
    row.save(update_fields=["motivering"])
    row.bezwaar.afgehandeld_op = klok.today()
    row.bezwaar.uitkomst = uitkomst
    row.bezwaar.save(update_fields=["afgehandeld_op", "uitkomst"])
    _log(door, row)
    return row


def is_upheld(beschikking: Beschikking) -> bool:
    """Whether an objection to a decision was upheld, wholly or in part."""
    return beschikking.bezwaarzaken.filter(bezwaar__uitkomst__in=GEGROND).exists()


def _record(zaak: Bezwaarzaak, bezwaar: Bezwaar, door: Actor) -> Bezwaarzaak:
    bezwaar.save(force_insert=True)
    zaak.bezwaar = bezwaar
    zaak.vastgelegd_door = door.account_id
    zaak.save(force_insert=True)
    _log(door, zaak)
    return zaak


def _locked(zaak: Bezwaarzaak, door: Actor) -> Bezwaarzaak:
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    row = (
        Bezwaarzaak.objects.select_for_update(of=("self",))
        .select_related("bezwaar", "persoon")
        .get(pk=zaak.pk)
    )
    if row.bezwaar.afgehandeld_op is not None:
        raise NietNu()
    return row


def _log(door: Actor, zaak: Bezwaarzaak) -> None:
    logboek.record(
        door,
        Handeling.AANVRAAG_BEHANDELEN,
        personen=[zaak.persoon_id],
        onderwerp=f"bezwaarzaak:{zaak.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit="zorgtoewijzing",
    )
