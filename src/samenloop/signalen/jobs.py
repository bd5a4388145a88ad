"""Background work of the room: weighing by rules, e-mail to reporters, clearing up."""

from django.core.mail import send_mail
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from samenloop.core import gemeentegrens, klok
from samenloop.core.gebeurtenissen import handles
from samenloop.core.models import Gebeurtenis
from samenloop.signalen import concepten, wegen
from samenloop.signalen.models import Terugmelding
from samenloop.signalen.terugmelding import TE_VERSTUREN
from samenloop.signalen.weging_door_regels import weigh_received

__all__ = ["close_untouched", "drop_old_drafts", "send_word_back", "weigh_received"]


@handles(TE_VERSTUREN)
def send_word_back(gebeurtenis: Gebeurtenis) -> None:
    """Send word back by e-mail.

    It goes out before it is marked as sent, so a process that dies in between sends it
    twice; the text is the same and holds nothing of anybody.
    """
    terugmelding = (
        Terugmelding.objects.select_for_update(of=("self",))
        .select_related("signaal")
        .get(pk=gebeurtenis.onderwerp)
    )
    if terugmelding.gelezen_op or terugmelding.wijze != Terugmelding.Wijze.EMAIL:
        return
    with override("nl"):
        # The number says nothing to who finds the message, and all to who reported.
        onderwerp = _("Your signal %(number)s") % {
            "number": terugmelding.signaal.nummer
        }
    send_mail(
        onderwerp, terugmelding.tekst, None, [terugmelding.signaal.melder_contact]
    )
    terugmelding.gelezen_op = klok.now()
    terugmelding.save(update_fields=["gelezen_op"])


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="signalen-los")
def close_untouched(timestamp: int) -> None:
    """Close loose signals that nobody took up in time, so that their term runs."""
    with gemeentegrens.everywhere("loose signals that lead to nothing"):
        wegen.close_untouched()
    connection.close()


@app.periodic(cron="53 3 * * *")
@app.task(queueing_lock="signalen-concepten")
def drop_old_drafts(timestamp: int) -> None:
    """Forget what somebody began to type and left."""
    with gemeentegrens.everywhere("drafts that nobody finished"):
        concepten.drop_old()
    connection.close()
