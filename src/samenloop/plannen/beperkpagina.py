"""The pages of closing parts to somebody, and of opening them again."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import beperken, gronden, namen, toegang
from samenloop.plannen.forms import BeperkForm, EindeForm
from samenloop.plannen.models import Beperkgrond, Beperking, Deel
from samenloop.plannen.pages import deelname_or_404, show


@mag(Handeling.TOEGANG_BEPERKEN)
@never_cache
def impose(request: Verzoek, deelname: UUID) -> HttpResponse:
    """Close parts to a participant, or renew what was closed."""
    rij = deelname_or_404(request.actor, deelname)
    dossier = rij.dossier
    toegang.require_lead(request.actor, dossier, Handeling.TOEGANG_BEPERKEN)
    wie = beperken.Wie.of(rij)
    loopt = gronden.restrictions(klok.now()).filter(wie.filter, dossier=dossier).first()
    form = BeperkForm(
        request.POST or None,
        initial={
            "delen": loopt.delen if loopt else rij.delen,
            "grond": loopt.grond if loopt else None,
            "getoond": ["ja"] if loopt and loopt.getoond else [],
            "herzien_op": klok.today() + timedelta(days=42),
        },
    )
    if request.method == "POST" and form.is_valid():
        gegeven = form.cleaned_data
        try:
            beperken.impose(
                dossier,
                wie,
                delen=[Deel(deel) for deel in gegeven["delen"]],
                grond=Beperkgrond(gegeven["grond"]),
                reden=gegeven["reden"].strip(),
                herzien_op=gegeven["herzien_op"],
                getoond=bool(gegeven["getoond"]),
                door=request.actor,
            )
            messages.success(request, _("These parts are closed from now on."))
            return redirect("deelnemers", dossier.pk)
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
    return show(
        request,
        "plannen/beperken.html",
        {
            "dossier": dossier,
            "form": form,
            "wie": namen.of([rij])[rij.pk],
            "loopt": loopt,
        },
    )


@mag(Handeling.TOEGANG_BEPERKEN)
@never_cache
def lift(request: Verzoek, beperking: UUID) -> HttpResponse:
    """Open again what was closed."""
    rij = (
        Beperking.objects.filter(pk=beperking, dossier__gemeente=request.actor.gemeente)
        .select_related("dossier__betrokkene")
        .first()
    )
    if rij is None:
        raise Http404(_("This restriction is not known here."))
    toegang.require_lead(request.actor, rij.dossier, Handeling.TOEGANG_BEPERKEN)
    form = EindeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if rij.beeindigd_op is None:
            beperken.lift(rij, reden=form.cleaned_data["reden"], door=request.actor)
            messages.success(request, _("What the family opened is open again."))
        else:
            messages.warning(request, _("It had ended already."))
        return redirect("deelnemers", rij.dossier_id)
    return show(
        request,
        "plannen/beperking_beeindigen.html",
        {
            "dossier": rij.dossier,
            "form": form,
            "rij": rij,
            "wie": namen.of([rij])[rij.pk],
        },
    )
