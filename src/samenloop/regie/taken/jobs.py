"""Background work: days that came, reminders, signed plans, rights that ended."""

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.plannen.models import Deelname
from samenloop.plannen.plan.models import Planversie
from samenloop.plannen.plan.tekenen import GETEKEND
from samenloop.plannen.toegang import BEEINDIGD
from samenloop.regie.afsluiten import GESLOTEN
from samenloop.regie.casussen import casus_of
from samenloop.regie.models import Casus
from samenloop.regie.regisseurs import GEWISSELD
from samenloop.regie.taken import afsluiting, doen, opdragen, uit_plan, voortgang


@handles(GETEKEND)
def follow_plan(gebeurtenis: Gebeurtenis) -> None:
    """Make tasks of what was signed."""
    versie = Planversie.objects.select_related("plan__dossier").get(
        pk=gebeurtenis.onderwerp
    )
    uit_plan.follow(versie)


@handles(BEEINDIGD)
def give_back(gebeurtenis: Gebeurtenis) -> None:
    """Let the director have the tasks of who takes part no longer."""
    deelname = Deelname.objects.get(pk=gebeurtenis.onderwerp)
    casus = casus_of(deelname.dossier_id)
    if casus is not None:
        opdragen.give_back(casus, deelname.reden_einde)


@handles(GEWISSELD)
def hand_to_next(gebeurtenis: Gebeurtenis) -> None:
    """Let the next director have the tasks of the one before, unless they stay on."""
    casus = Casus.objects.select_related("dossier").get(pk=gebeurtenis.onderwerp)
    with override("nl"):
        opdragen.give_back(casus, _("Another director"))


@handles(GESLOTEN)
def drop_tasks(gebeurtenis: Gebeurtenis) -> None:
    """Let lapse what was still to do when a case was closed all the same."""
    casus = Casus.objects.select_related("dossier").get(pk=gebeurtenis.onderwerp)
    # Taken up again in the meantime: then the tasks go on.
    if casus.dossier is not None and casus.dossier.gesloten_op is not None:
        with override("nl"):
            afsluiting.drop_open(casus)


@handles(opdragen.GEGEVEN)
def begun(gebeurtenis: Gebeurtenis) -> None:
    """Let the plan say that an activity runs."""
    voortgang.tell_plan(gebeurtenis.onderwerp)


@handles(doen.KLAAR)
def done(gebeurtenis: Gebeurtenis) -> None:
    """Let the plan say that an activity is done."""
    voortgang.tell_plan(gebeurtenis.onderwerp)


@handles(doen.VERVALLEN)
def lapsed(gebeurtenis: Gebeurtenis) -> None:
    """Let the plan say that an activity stopped."""
    voortgang.tell_plan(gebeurtenis.onderwerp)


@app.periodic(cron="3 * * * *")
@app.task(queueing_lock="taken-wekken")
def wake(timestamp: int) -> None:
    """Let begin what waited for this day, and remind; hourly, so no day is missed."""
    with gemeentegrens.everywhere("tasks that wait for a day, and reminders"):
        doen.wake()
        doen.remind()
    connection.close()
