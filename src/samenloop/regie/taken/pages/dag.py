"""My day: five things at most, hardest first, then what the rooms have to show."""

from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import besluiten, logboek, menu
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.regie import mijn_dag
from samenloop.regie.mijn_dag import Gewicht, Punt
from samenloop.regie.taken import bronnen

MEESTE = 5
MEESTE_NIEUWS = 8


@mag(Handeling.TAAK_ZIEN)
@require_safe
@never_cache
def show(request: Verzoek) -> HttpResponse:
    """Show what comes first today."""
    actor = request.actor
    nu = klok.now()
    agenda = mijn_dag.agenda(actor, nu.date())
    logboek.record(
        actor,
        Handeling.TAAK_ZIEN,
        personen=bronnen.subjects(actor) | {each.over for each in agenda if each.over},
        onderwerp="mijn-dag",
        doel="regie_gezamenlijk_plan",
        wijze=logboek.Wijze.GEVONDEN,
    )
    punten = mijn_dag.points(actor)
    gisteren = datetime.combine(
        nu.date() - timedelta(days=1), time(), tzinfo=klok.AMSTERDAM
    )
    return render(
        request,
        "taken/mijn_dag.html",
        {
            "nu": nu,
            "eerst": punten[:MEESTE],
            "meer": len(punten) - len(punten[:MEESTE]),
            "hoe": _in_words(punten),
            "aantal_taken": bronnen.open_tasks(actor),
            "agenda": agenda,
            "nieuws": mijn_dag.news(actor, gisteren)[:MEESTE_NIEUWS],
            "panelen": _drawn(request, actor, terzijde=False),
            "terzijde": _drawn(request, actor, terzijde=True),
            "signaal": menu.address("signaal-nieuw")
            if besluiten.may(actor, Handeling.SIGNAAL_REGISTREREN)
            else None,
        },
    )


def _drawn(request: Verzoek, actor: Actor, *, terzijde: bool) -> list[SafeString]:
    return [
        render_to_string(paneel.template, dict(inhoud), request=request)
        for paneel, inhoud in mijn_dag.panels(actor, terzijde=terzijde)
    ]


def _in_words(punten: list[Punt]) -> str:
    """Return in one sentence how hard the day is."""
    haast = sum(punt.gewicht < Gewicht.VANDAAG for punt in punten)
    if haast:
        return ngettext(
            "%(n)s thing cannot wait.", "%(n)s things cannot wait.", haast
        ) % {"n": haast}
    vandaag: int = sum(punt.gewicht < Gewicht.WACHT_OP_MIJ for punt in punten)
    if vandaag:
        return ngettext(
            "%(n)s thing is for today.", "%(n)s things are for today.", vandaag
        ) % {"n": vandaag}
    return _("Nothing is pressing.")
