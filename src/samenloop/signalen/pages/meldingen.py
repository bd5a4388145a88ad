"""The list of meldingen: safety first, then weight and term; filters in the address."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samenloop.access import logboek
from samenloop.access.actor import Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Handeling
from samenloop.signalen import collegas, zicht
from samenloop.signalen.models import Leefgebied, Melding
from samenloop.signalen.pages import rijen

PER_BLAD = 25
STATUS = (
    ("open", _("waiting for a decision")),
    ("nieuw", _("new")),
    ("in_weging", _("being weighed")),
    ("besloten", _("decided")),
)
WIE = (("", _("everyone")), ("mij", _("me")), ("niemand", _("nobody yet")))
SORTEER = {
    "": ("-veiligheid", "-gewicht", "weeg_voor", "id"),
    "termijn": ("weeg_voor", "-veiligheid", "id"),
    "gewicht": ("-gewicht", "weeg_voor", "id"),
    "nieuwste": ("-ontstaan_op", "id"),
}
SORTEERNAMEN = (
    ("", _("safety and weight")),
    ("termijn", _("term")),
    ("gewicht", _("weight")),
    ("nieuwste", _("newest first")),
)


@mag(Handeling.MELDING_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the meldingen one may know of, in the order in which to look."""
    actor = request.actor
    keuze = _choice(request)
    blad = Paginator(_filtered(request, keuze), PER_BLAD).get_page(
        request.GET.get("blad")
    )
    lijst = rijen.rows(actor, blad.object_list)
    eigen = [rij.melding.betrokkene_id for rij in lijst if rij.mag_wegen]
    logboek.record(
        actor,
        Handeling.MELDING_ZIEN,
        personen=[wie for wie in eigen if wie],
        onderwerp="meldingen",
        doel="melding_wegen",
        wijze=logboek.Wijze.GEVONDEN,
    )
    return render(
        request,
        "signalen/meldingen.html",
        {
            "rijen": lijst,
            "blad": blad,
            "keuze": keuze,
            "vraag": urlencode({k: v for k, v in keuze.items() if v}),
            "opties": {
                "status": STATUS,
                "leefgebied": (("", _("all")), *Leefgebied.choices),
                "wie": [
                    *WIE,
                    *(
                        (str(collega.account), collega.naam)
                        for collega in collegas.weighers(actor.gemeente)
                    ),
                ],
                "sorteer": SORTEERNAMEN,
            },
        },
    )


def _choice(request: Verzoek) -> dict[str, str]:
    gevraagd = request.GET
    status = gevraagd.get("status", "open")
    gebied = gevraagd.get("leefgebied", "")
    sorteer = gevraagd.get("sorteer", "")
    return {
        "status": status if status in dict(STATUS) else "open",
        "leefgebied": gebied if gebied in Leefgebied.values else "",
        "wie": gevraagd.get("wie", ""),
        "sorteer": sorteer if sorteer in SORTEER else "",
    }


def _filtered(request: Verzoek, keuze: dict[str, Any]) -> QuerySet[Melding]:
    meldingen = zicht.meldingen(request.actor).select_related("gezin", "betrokkene")
    if keuze["status"] == "open":
        meldingen = meldingen.exclude(status=Melding.Status.BESLOTEN)
    else:
        meldingen = meldingen.filter(status=keuze["status"])
    if keuze["leefgebied"]:
        meldingen = meldingen.filter(
            koppelingen__signaal__soort__leefgebied=keuze["leefgebied"]
        ).distinct()
    if keuze["wie"] == "mij":
        meldingen = meldingen.filter(toegewezen_aan=request.actor.account_id)
    elif keuze["wie"] == "niemand":
        meldingen = meldingen.filter(toegewezen_aan=None)
    elif keuze["wie"].isdigit():
        meldingen = meldingen.filter(toegewezen_aan=int(keuze["wie"]))
    return meldingen.order_by(*SORTEER[keuze["sorteer"]])
