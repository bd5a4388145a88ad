"""The page on which a municipality sees and changes its terms for weighing.

Changing takes two steps: one looks what other terms would have meant, and then records
them. Earlier ones stay to be seen, with where they were agreed.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samenloop.access import besluiten
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.signalen import collegas, weegtermijnen
from samenloop.signalen.forms import TEKSTVAK
from samenloop.signalen.models import Weegtermijn

KORTSTE_GROND = 10
EERDERE = 20


def _number(naam: str, label: Any, fout: Any, hint: Any = "") -> forms.IntegerField:
    laagste, hoogste = weegtermijnen.GRENZEN[naam]
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=laagste,
        max_value=hoogste,
        widget=forms.TextInput(
            attrs={"class": TEKSTVAK, "inputmode": "numeric", "maxlength": 3}
        ),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), fout
        ),
    )


class WeegtermijnForm(forms.Form):
    """Before when is weighed, and where that was agreed."""

    veiligheid_uren = _number(
        "veiligheid_uren",
        gettext_lazy("A melding about safety is weighed within how many hours"),
        gettext_lazy("Write a whole number of hours, from 1 up to and including 120."),
    )
    werkdagen = _number(
        "werkdagen",
        gettext_lazy("Another melding is weighed within how many working days"),
        gettext_lazy("Write a whole number of days, from 1 up to and including 60."),
    )
    los_dagen = _number(
        "los_dagen",
        gettext_lazy("A loose signal closes after how many days"),
        gettext_lazy("Write a whole number of days, from 7 up to and including 365."),
        gettext_lazy(
            "When nobody took it up and it is in no melding. Never one about safety."
        ),
    )
    grond = forms.CharField(
        label=gettext_lazy("Where was this agreed?"),
        help_text=gettext_lazy(
            "For instance a decision of the college, with its date."
        ),
        min_length=KORTSTE_GROND,
        max_length=200,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "min_length"),
            gettext_lazy("Write where this was agreed, so that others can find it."),
        ),
    )

    def terms(self) -> Weegtermijn:
        """Return what was filled in, not on record yet."""
        return Weegtermijn(**self.cleaned_data)


@mag(Handeling.REGEL_ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def terms(request: Verzoek) -> HttpResponse:
    """Show the terms that count; look at other ones, or record them."""
    gemeente = request.actor.gemeente
    termijn = Weegtermijn.of(gemeente)
    form = WeegtermijnForm(
        request.POST or None,
        initial={naam: getattr(termijn, naam) for naam in weegtermijnen.GRENZEN},
    )
    vooruitblik = None
    if request.method == "POST":
        besluiten.require(request.actor, Handeling.TERMIJN_INSTELLEN)
        if form.is_valid():
            if request.POST.get("actie") == "vastleggen":
                weegtermijnen.record(request.actor, form.terms())
                messages.success(request, _("The terms count from now."))
                return redirect("weegtermijn")
            vooruitblik = weegtermijnen.try_out(gemeente, form.terms())
    eerdere = list(Weegtermijn.objects.filter(gemeente=gemeente)[:EERDERE])
    return render(
        request,
        "signalen/weegtermijn.html",
        {
            "form": form,
            "termijn": termijn,
            "vooruitblik": vooruitblik,
            "eerdere": eerdere,
            "namen": collegas.names(each.vastgelegd_door for each in eerdere),
            "mag_wijzigen": besluiten.may(request.actor, Handeling.TERMIJN_INSTELLEN),
        },
        status=422 if form.errors else 200,
    )
