"""How messages travel: the page of the functional administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.berichten.verkeer.forms import AansluitingForm
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.berichten.verkeer.staten import Richting, Staat
from samenloop.core import klok


@mag(Handeling.AANSLUITING_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def manage(request: Verzoek) -> HttpResponse:
    """Show how messages travel and whether that works; change it."""
    gemeente = request.actor.gemeente
    aansluiting = Aansluiting.objects.filter(gemeente=gemeente).first()
    form = AansluitingForm(
        request.POST if request.method == "POST" else None,
        instance=aansluiting,
        gemeente=gemeente,
    )
    if request.method == "POST" and form.is_valid():
        rij = form.save(commit=False)
        rij.gemeente_id = gemeente
        rij.gewijzigd_door, rij.gewijzigd_op = request.actor.account_id, klok.now()
        # Whatever was wrong before is tried at once.
        rij.fout, rij.pogingen, rij.niet_voor = "", 0, None
        rij.save()
        logboek.record(
            request.actor,
            Handeling.AANSLUITING_BEHEREN,
            onderwerp=f"aansluiting:{rij.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        messages.success(request, _("Messages travel this way from now on."))
        return redirect("verkeer-aansluiting")
    klaar = Ketenbericht.objects.filter(
        gemeente=gemeente, richting=Richting.UIT, staat=Staat.KLAAR
    ).count()
    return render(
        request,
        "verkeer/aansluiting.html",
        {"form": form, "aansluiting": aansluiting, "klaar": klaar},
        status=422 if form.errors else 200,
    )
