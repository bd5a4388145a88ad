"""Which help there is, as a family sees it, and what a municipality shows of it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.forms import TEKSTBLOK
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.portaal import aanbod
from samenloop.portaal.mij import me, own_page, show
from samenloop.portaal.models import Aanbodinstelling

_VINKJE = "utrecht-checkbox utrecht-checkbox--html-input"


@own_page
@require_safe
def offers(request: Verzoek) -> HttpResponse:
    """Show who offers a kind of help; nobody's data, so nothing to log."""
    mij = me(request.actor)
    gemeente, vandaag = request.actor.gemeente, klok.today()
    soorten = aanbod.kinds(gemeente, vandaag)
    gevraagd = request.GET.get("hulp", "")
    soort = next((each for each in soorten if str(each.product.pk) == gevraagd), None)
    return show(
        request,
        "portaal/aanbod.html",
        mij,
        {
            "hier": "plan",
            "soorten": soorten,
            "soort": soort,
            "aanbod": aanbod.offers(gemeente, vandaag, soort.product) if soort else [],
            "bijdrage": aanbod.contribution(soort.product) if soort else "",
            "instelling": aanbod.settings_of(gemeente),
        },
    )


class Aanbodform(forms.ModelForm):  # type: ignore[type-arg]
    """What families see of the help that was contracted."""

    class Meta:
        model = Aanbodinstelling
        fields = ["tarieven", "keurmerken", "toelichting"]
        labels = {
            "tarieven": gettext_lazy("Show what the municipality pays"),
            "keurmerken": gettext_lazy("Show certificates of providers"),
            "toelichting": gettext_lazy("Your own words above the list"),
        }
        help_texts = {
            "toelichting": gettext_lazy(
                "In short sentences: how somebody asks for help, whom to call."
            ),
        }
        widgets = {
            "tarieven": forms.CheckboxInput(attrs={"class": _VINKJE}),
            "keurmerken": forms.CheckboxInput(attrs={"class": _VINKJE}),
            "toelichting": forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 4}),
        }


@mag(Handeling.CONTRACT_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def manage(request: Verzoek) -> HttpResponse:
    """Show and change what families see of the offer."""
    instelling = aanbod.settings_of(request.actor.gemeente)
    form = Aanbodform(request.POST or None, instance=instelling)
    if request.method == "POST" and form.is_valid():
        rij = form.save(commit=False)
        rij.gewijzigd_door, rij.gewijzigd_op = request.actor.account_id, klok.now()
        rij.save()
        logboek.record(
            request.actor,
            Handeling.CONTRACT_BEHEREN,
            onderwerp="aanbod-voor-gezinnen",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        messages.success(request, _("Families see it this way from now on."))
        return redirect("aanbod-gezinnen")
    return render(
        request,
        "portaal/aanbod_instellen.html",
        {"form": form, "soorten": aanbod.kinds(request.actor.gemeente, klok.today())},
        status=422 if form.errors else 200,
    )
