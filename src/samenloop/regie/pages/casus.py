"""The page of one case: who, what, when and what is stuck, on one screen.

The head and the steps are ours; the rest are panels of the rooms that know what stands
in them (`regie.panelen`). Who takes no part in the dossier sees that there is a case,
how far it is and who directs it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.opdrachten import planned_once
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Dossier
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie import (
    afsluiten,
    casussen,
    gronden,
    lijst,
    overdracht,
    panelen,
    planeinde,
    regisseurs,
    soort,
    stappen,
)
from samenloop.regie.models import Casus
from samenloop.regie.pages.lijst import PLEK

DOEL = "regie_gezamenlijk_plan"


@dataclass(frozen=True, slots=True)
class Actie:
    """A button in the head of the page."""

    tekst: str
    adres: str


def casus_or_404(request: Verzoek, casus: UUID) -> Casus:
    """Return the case as far as one may know of it."""
    return get_object_or_404(
        casussen.visible_to(request.actor).select_related(
            "dossier__gezin", "betrokkene", "team"
        ),
        pk=casus,
    )


def back(request: Verzoek, casus: Casus) -> str:
    """Return the address of the list as the reader left it, at this case."""
    plek = request.session.get(PLEK, "")
    return f"{reverse('casussen')}{f'?{plek}' if plek else ''}#c-{casus.pk}"


@mag(Handeling.CASUS_ZIEN)
@require_safe
@never_cache
@planned_once()
def show(request: Verzoek, casus: UUID) -> HttpResponse:
    """Show a case, as deep as one may; opening it is in the log first."""
    gevonden = casus_or_404(request, casus)
    actor = request.actor
    diepte = casussen.depth(actor, gevonden)
    wat = diepte is Diepte.WAT and gevonden.dossier is not None
    logboek.record(
        actor,
        Handeling.CASUS_ZIEN,
        personen=toegang.persons(gevonden.dossier) if wat and gevonden.dossier else (),
        onderwerp=f"casus:{gevonden.pk}",
        doel=DOEL,
        diepte=diepte,
    )
    periode = afsluiten.last_period(gevonden)
    type_ = periode.type if periode else soort.MEERVOUDIG
    leidt = casussen.leads(actor, gevonden)
    # Of a case of before this system only its periods are known.
    gesloten = (
        periode is None or periode.einddatum is not None
        if gevonden.dossier is None
        else gevonden.dossier.gesloten_op is not None
    )
    inhoud: dict[str, Any] = {
        "casus": gevonden,
        "wat": wat,
        "titel": lijst.title(gevonden) if wat else gevonden.kort,
        "periode": periode,
        "soort": lijst.type_in_words(type_),
        "stappen": stappen.strip(gevonden, type_),
        "leidt": leidt,
        "gesloten": gesloten,
        "terug": back(request, gevonden),
        "mag_heropenen": gesloten and afsluiten.may_reopen(actor, gevonden),
        "verhuisd": overdracht.of_case(gevonden),
        "vandaag": klok.today(),
    }
    inhoud["plan_kan_verder"] = inhoud["mag_heropenen"] and planeinde.can_go_on(
        gevonden
    )
    inhoud |= _director(actor, gevonden, gesloten=gesloten)
    if wat and gevonden.dossier is not None:
        hoofd, terzijde = _panels(request, gevonden)
        delen = toegang.parts(actor, gevonden.dossier)
        inhoud |= {
            "hoofd": hoofd,
            "terzijde": terzijde,
            "acties": list(_actions(actor, gevonden, gevonden.dossier, delen)),
            "grond": gronden.of_case(gevonden, actor),
            "meldingen": casussen.meldingen_of(gevonden)
            if Deel.SIGNALEN in delen
            else [],
        }
    return render(request, "regie/casus.html", inhoud)


@mag(Handeling.CASUS_ZIEN, Handeling.ACTIVITEIT_BIJWERKEN)
@require_safe
@never_cache
def of_dossier(request: Verzoek, dossier: UUID) -> HttpResponse:
    """Lead to the case of a dossier; who sees no cases, to their own part of it."""
    if not besluiten.may(request.actor, Handeling.CASUS_ZIEN):
        return redirect("plan-eigen", dossier)
    gevonden = casussen.visible_to(request.actor).filter(dossier=dossier).first()
    if gevonden is None:
        raise Http404(_("There is no such dossier here, or it is not for you."))
    return redirect("casus", gevonden.pk)


@mag(Handeling.CASUS_TOEWIJZEN)
@require_POST
@never_cache
def take_up(request: Verzoek, casus: UUID) -> HttpResponse:
    """Take up a case that nobody has."""
    gevonden = casus_or_404(request, casus)
    try:
        regisseurs.take_up(gevonden, door=request.actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("casussen")
    messages.success(
        request, _("You direct %(nummer)s now.") % {"nummer": gevonden.kort}
    )
    return redirect("casus", gevonden.pk)


def _director(actor: Actor, casus: Casus, *, gesloten: bool) -> dict[str, Any]:
    regie = regisseurs.now_of(casus)
    return {
        "regie": regie,
        "regisseur": regisseurs.names([regie])[regie.pk] if regie else "",
        "mag_overdragen": not gesloten and regisseurs.may_hand_over(actor, casus),
        "mag_oppakken": not gesloten
        and regie is None
        and casus.dossier_id is not None
        and regisseurs.may_take_up(actor),
    }


def _panels(
    request: Verzoek, casus: Casus
) -> tuple[list[SafeString], list[SafeString]]:
    """Draw the panels that are open to the reader: the main column, and aside."""
    hoofd: list[SafeString] = []
    terzijde: list[SafeString] = []
    for paneel in panelen.panels():
        inhoud = paneel.vulling(request.actor, casus)
        if inhoud is None:
            continue
        getekend = render_to_string(
            paneel.template, {**inhoud, "casus": casus}, request=request
        )
        (terzijde if paneel.terzijde else hoofd).append(getekend)
    return hoofd, terzijde


def _actions(
    actor: Actor, casus: Casus, dossier: Dossier, delen: frozenset[Deel]
) -> Iterator[Actie]:
    """Yield what one can do from here: only what exists and what one may."""
    if dossier.gesloten_op is not None:
        return
    overleg = _address("overleg-nieuw")
    # Without a plan there is nothing to edit yet: first it is opened, on its ground.
    plan = (
        (_("Edit the plan"), "plan-bewerken")
        if open_plan(dossier) is not None
        else (_("Open a plan"), "plan")
    )
    for tekst, adres, handeling, deel in (
        (
            *(_("Note a contact"), _address("contact-nieuw", dossier.pk)),
            *(Handeling.DOSSIER_SCHRIJVEN, Deel.JOURNAAL),
        ),
        (
            *(plan[0], _address(plan[1], dossier.pk)),
            *(Handeling.PLAN_SCHRIJVEN, Deel.PLAN),
        ),
        (
            *(_("Case conference"), f"{overleg}?casus={casus.pk}" if overleg else None),
            *(Handeling.OVERLEG_HOUDEN, Deel.TOEGANG),
        ),
    ):
        gegund = besluiten.depth(actor, handeling, Betrokkenheid.TOEGEWEZEN)
        if adres and deel in delen and gegund is Diepte.WAT:
            yield Actie(tekst, adres)


def _address(naam: str, *args: UUID) -> str | None:
    try:
        return reverse(naam, args=args)
    except NoReverseMatch:
        return None
