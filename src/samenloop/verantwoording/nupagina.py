"""The page of the caseload of now: the monitor's own section, over today's records."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.gemeentenamen import name
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.monitor.verslag.hoofdstuk_samen import casussen
from samenloop.monitor.verslag.lezing import Lezing
from samenloop.monitor.verslag.opmaak import begin_groot
from samenloop.verantwoording import nu, woorden
from samenloop.verantwoording.antwoord import private
from samenloop.verantwoording.forms import MonitorKeuze
from samenloop.verantwoording.pages import quarter_in_words


@mag(Handeling.MONITOR_ZIEN)
@require_safe
@private
def caseload(request: Verzoek) -> HttpResponse:
    """Show caseload, new and closed cases of a quarter; the last whole one first."""
    kwartalen = nu.quarters()
    gevraagd = MonitorKeuze(request.GET).keuze().get("kwartaal")
    gekozen = next((k for k in kwartalen if str(k) == gevraagd), None)
    if gevraagd and gekozen is None:
        raise Http404(_("The cases of today are counted over the last two years."))
    kwartaal = gekozen or kwartalen[1]
    gemeente = request.actor.gemeente
    monitor = nu.caseload(gemeente, kwartaal)
    return render(
        request,
        "verantwoording/nu.html",
        {
            "h": casussen(Lezing(monitor, woorden.taal())),
            "plaats": name(gemeente),
            "kwartaal": str(kwartaal),
            "in_woorden": quarter_in_words(str(kwartaal)),
            "opties": [
                (str(k), begin_groot(quarter_in_words(str(k)))) for k in kwartalen
            ],
            "peildatum": kwartaal.eind,
            "loopt_nog": kwartaal.eind >= klok.today(),
            "op": klok.now(),
            "niet_sluitend": monitor.onbalans,
        },
    )
