"""Work that a new day or changed gezag brings: what ended, and what is asked then."""

from typing import Any

from django.db import connection, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from procrastinate.contrib.django import app

from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.personen.models import Gezag, Persoon
from samenloop.plannen import aflopen, herzien
from samenloop.plannen.gevolgen import open_dossiers

GEZAG_GEWIJZIGD = "gezag-gewijzigd"


def new_day() -> None:
    """Do all that the day asks, over the municipalities within the border."""
    herzien.birthdays(klok.today())
    herzien.lost_grounds()
    aflopen.tell_run_out()
    herzien.restrictions_due(klok.today())


# Just after midnight: on a birthday the rights are those of the new age.
@app.periodic(cron="7 0 * * *")
@app.task(queueing_lock="plannen-nieuwe-dag")
def review_daily(timestamp: int) -> None:
    """Do the work of a new day everywhere."""
    with gemeentegrens.everywhere("rights that moved on a new day"):
        new_day()
    connection.close()


@receiver(post_save, sender=Gezag, dispatch_uid="plannen-gezag")
def gezag_recorded(instance: Gezag, **_rest: Any) -> None:
    """Have it looked at when all that changes with it stands.

    Who lost gezag is out at once, whatever this does: see `gronden`.
    """
    gemeenten = {
        dossier.gemeente_id for dossier in open_dossiers(instance.minderjarige_id)
    }
    with transaction.atomic():
        for gemeente in sorted(gemeenten):
            gebeurtenissen.record(
                GEZAG_GEWIJZIGD,
                onderwerp=instance.minderjarige_id,
                gemeente=gemeente,
            )


@handles(GEZAG_GEWIJZIGD)
def ask_who_has_gezag_now(gebeurtenis: Gebeurtenis) -> None:
    """Put up what rests on the word of who had gezag before."""
    herzien.gezag_changed(Persoon.objects.get(pk=gebeurtenis.onderwerp))
