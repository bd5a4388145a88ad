"""What every page of a dossier has around it: whose it is, the way back, the tabs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core.klok import AMSTERDAM
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.models import Deel, Dossier

PER_BLAD = 25

_TABS = (
    ("journaal", Deel.JOURNAAL),
    ("gesprek", Deel.GESPREKKEN),
    ("notities", Deel.NOTITIES),
    ("documenten", Deel.DOCUMENTEN),
)


def name_of(dossier: Dossier) -> str:
    """Return what one calls the dossier: by its family, or by whom it is about."""
    if dossier.gezin is not None:
        return dossier.gezin.naam
    return dossier.betrokkene.volledige_naam


def way_back(actor: Actor, dossier: Dossier) -> str:
    """Return where the case of this dossier is; without a case, the time line.

    Who sees no cases, as a helper of another organisation, goes to their own part.
    """
    try:
        if not besluiten.may(actor, Handeling.CASUS_ZIEN):
            return reverse("plan-eigen", args=[dossier.pk])
        return reverse("casus-van-dossier", args=[dossier.pk])
    except NoReverseMatch:
        return reverse("tijdlijn", args=[dossier.pk])


def around(
    actor: Actor,
    dossier: Dossier,
    hier: str,
    dieptes: Mapping[Deel, Diepte] | None = None,
) -> dict[str, Any]:
    """Return what the frame of a page shows; `hier` is the tab one stands on."""
    if dieptes is None:
        dieptes = tijdlijn.open_depths(actor, dossier)
    woorden = {
        "journaal": _("Contacts"),
        "gesprek": _("Conversations"),
        "notities": _("Notes"),
        "documenten": _("Documents"),
    }
    tabs = [("tijdlijn", _("Time line"))] + [
        (naam, woorden[naam]) for naam, deel in _TABS if dieptes.get(deel) is Diepte.WAT
    ]
    return {
        "dossier": dossier,
        "dossiernaam": name_of(dossier),
        "terug": way_back(actor, dossier),
        "tabs": [
            {
                "adres": reverse(naam, args=[dossier.pk]),
                "naam": woord,
                "hier": naam == hier,
            }
            for naam, woord in tabs
        ],
    }


def names(accounts: Iterable[int | None]) -> dict[int, str]:
    """Return the names of these accounts; one that is gone is left out."""
    wie = {account for account in accounts if account is not None}
    return dict(Gebruiker.objects.filter(pk__in=wie).values_list("pk", "naam"))


def saved(op: Any) -> JsonResponse:
    """Say when a draft was kept, in words for the page."""
    if op is None:
        return JsonResponse({"tekst": ""}, status=403)
    tijd = op.astimezone(AMSTERDAM).strftime("%H.%M")
    return JsonResponse({"tekst": _("Draft kept at %(tijd)s") % {"tijd": tijd}})
