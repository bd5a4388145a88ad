"""Letting the term of an application end later, as far as the law lets it.

What stops the clock stands in Awb 4:15, and is about applications: an inquiry under the
Wmo that precedes one takes longer only when the person agrees. Telling that it takes
longer (4:14) moves the term only where the general one holds, so under the Jeugdwet,
once, and when it is told within it. Under the Wmo the term stays; the day that was
named is kept beside it. Nothing moves after the term has passed, and of everything
stands when the applicant was told.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.kalender import next_working_day
from samenloop.voorzieningen.models import Wet
from samenloop.voorzieningen.toewijzen import aanvragen
from samenloop.voorzieningen.toewijzen.fouten import Onvolledig
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Aanvraagstaat,
    Uitstel,
    Uitstelgrond,
)


@transaction.atomic
def delay(
    aanvraag: Aanvraag,
    *,
    grond: str,
    reden: str,
    dagen: int,
    bericht_op: date,
    door: Actor,
) -> Aanvraag:
    """Let the term end so many days later, or keep what later day was named.

    Args:
        aanvraag: which one.
        grond: see `Uitstelgrond`.
        reden: why, in words.
        dagen: calendar days.
        bericht_op: the day on which the applicant was told, or agreed in writing.
        door: who records it.

    Raises:
        GeenToegang: not theirs to deal with.
        NietNu: it ended.
        Onvolledig: no reason, or the law does not let it; the text says why.
    """
    besluiten.require(door, Handeling.AANVRAAG_BEHANDELEN)
    row = aanvragen.locked(aanvraag)
    if not reden.strip() or dagen < 1:
        raise Onvolledig(_("Write why, and how many days."))
    if not row.gemeld_op <= bericht_op <= klok.today():
        raise Onvolledig(_("The applicant was told after asking, up to today."))
    verzet = _moves(row, grond)
    if verzet and bericht_op > row.uiterlijk:
        raise Onvolledig(_("The term had passed by then, so it cannot move any more."))
    Uitstel.objects.create(
        aanvraag=row,
        grond=grond,
        reden=reden,
        van=row.uiterlijk,
        dagen=dagen,
        bericht_op=bericht_op,
        verzet=verzet,
        vastgelegd_door=door.account_id,
    )
    if verzet:
        row.uiterlijk = next_working_day(row.uiterlijk + timedelta(days=dagen))
        row.save(update_fields=["uiterlijk"])
    aanvragen.log(door, row)
    return row


def delayed_days(aanvraag: Aanvraag) -> int:
    """Return by how many days its terms were moved."""
    verzet = aanvraag.uitstellen.filter(verzet=True)
    return verzet.aggregate(som=Sum("dagen"))["som"] or 0


def _moves(row: Aanvraag, grond: str) -> bool:
    """Whether this ground moves the term of the law; refuses what it does not know."""
    if grond not in Uitstelgrond.values:
        raise Onvolledig(_("Choose a ground."))
    if row.staat == Aanvraagstaat.MELDING:
        if grond != Uitstelgrond.INSTEMMING:
            raise Onvolledig(
                _(
                    "An inquiry takes longer only when the person agrees in writing. "
                    "Otherwise they may apply, and the term to decide begins."
                )
            )
        return True
    if grond != Uitstelgrond.MEDEDELING:
        return True
    if row.wet == Wet.WMO:
        return False
    if row.uitstellen.filter(grond=Uitstelgrond.MEDEDELING, verzet=True).exists():
        raise Onvolledig(_("It was told once already that it takes longer."))
    return True
