"""Watching the terms: what is missing is noticed, what waited is judged.

A message that has its answer is never missing. `mist_op` is the moment at which it was
noticed; the page counts by the day in `antwoord_voor`, so it is right in between too.
"""

from django.db import transaction

from samenloop.berichten.verkeer import verwerken
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.staten import Staat
from samenloop.core import gebeurtenissen, gemeentegrens, klok

MIST = "berichtantwoord-ontbreekt"


def watch() -> int:
    """Do so for every municipality; how many messages were judged or found missing."""
    with gemeentegrens.everywhere("which municipalities have messages that wait"):
        wacht = Ketenbericht.objects.filter(staat=Staat.WACHT)
        mist = Ketenbericht.objects.filter(
            beantwoord_op=None, antwoord_voor__lt=klok.today(), mist_op=None
        )
        gemeenten = {
            *wacht.order_by().values_list("gemeente", flat=True).distinct(),
            *mist.order_by().values_list("gemeente", flat=True).distinct(),
        }
    gedaan = 0
    for gemeente in sorted(gemeenten):
        with gemeentegrens.within(gemeente):
            gedaan += verwerken.judge_waiting(gemeente)
            gedaan += notice_missing(gemeente)
    return gedaan


def notice_missing(gemeente: str) -> int:
    """Note of what is not answered in time that it was noticed; how many."""
    with transaction.atomic():
        ids = list(
            Ketenbericht.objects.select_for_update(skip_locked=True)
            .filter(
                gemeente=gemeente,
                beantwoord_op=None,
                antwoord_voor__lt=klok.today(),
                mist_op=None,
            )
            .values_list("pk", flat=True)[:1000]
        )
        Ketenbericht.objects.filter(pk__in=ids).update(mist_op=klok.now())
        gebeurtenissen.record_all(MIST, onderwerpen=ids, gemeente=gemeente)
    return len(ids)
