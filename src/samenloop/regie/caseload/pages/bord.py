"""The board of a team: unassigned work on top, then who carries how much.

Numbers, kinds and dates; nobody reads here whom a case is about.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.regie import casussen
from samenloop.regie.caseload import bord, herindicaties, verdelen
from samenloop.regie.caseload.forms import Normform, Toewijsform, Zwaarteform
from samenloop.regie.caseload.models import (
    Caseloadnorm,
    Casuszwaarte,
    Zwaarte,
)
from samenloop.regie.models import Team
from samenloop.regie.termijnen.zicht import led_by


@mag(Handeling.CASELOAD_ZIEN)
@require_safe
@never_cache
def board(request: Verzoek) -> HttpResponse:
    """Show who of a team carries how much, and what nobody has."""
    actor = request.actor
    teams = _teams(actor)
    team = _team(request, teams)
    if team is None:
        return render(request, "caseload/geen.html")
    norm = bord.norm_of(actor.gemeente)
    werkers = bord.workers(team, norm)
    vrij, aantal = bord.unassigned(actor.gemeente, team)
    zonder, zonder_aantal = bord.unassigned(actor.gemeente, None)
    _log(actor, f"team:{team.pk}")
    punten = sum(each.punten for each in werkers)
    ruimte = sum(each.ruimte for each in werkers)
    return render(
        request,
        "caseload/bord.html",
        {
            "team": team,
            "teams": [(str(each.pk), each.naam) for each in teams],
            "gekozen": str(team.pk),
            "werkers": werkers,
            "vrij": vrij,
            "aantal": aantal,
            "zonder": zonder,
            "zonder_aantal": zonder_aantal,
            "norm": norm,
            "deel": round(100 * punten / ruimte) if ruimte else 0,
            "krap": sum(each.krap for each in werkers),
            "wacht": sum(each.wacht for each in werkers),
            "casussen": sum(each.casussen for each in werkers),
            **herindicaties.to_do(actor.gemeente)
            .filter(start__lte=klok.today())
            .aggregate(
                begonnen=Count("pk"),
                zonder_casus=Count("pk", filter=Q(termijn__isnull=True)),
            ),
            "mag_verdelen": besluiten.may(actor, Handeling.CASELOAD_VERDELEN),
        },
    )


@mag(Handeling.CASELOAD_ZIEN)
@require_safe
@never_cache
def worker(request: Verzoek, team: UUID, account: int) -> HttpResponse:
    """Show what one worker of a team directs, as work."""
    actor = request.actor
    gevonden = get_object_or_404(Team, pk=team, gemeente=actor.gemeente)
    werkers = bord.workers(gevonden, bord.norm_of(actor.gemeente))
    wie = next((each for each in werkers if each.account == account), None)
    if wie is None:
        raise Http404(_("This colleague is not in this team today."))
    _log(actor, f"team:{gevonden.pk}")
    return render(
        request,
        "caseload/medewerker.html",
        {
            "team": gevonden,
            "wie": wie,
            "zaken": bord.cases_of(actor.gemeente, account),
            "werkers": [each for each in werkers if each.directs],
            "zwaarten": Zwaarte.choices,
            "nieuw_sinds": klok.today() - verdelen.NIEUW,
            "mag_verdelen": besluiten.may(actor, Handeling.CASELOAD_VERDELEN),
        },
    )


@mag(Handeling.CASELOAD_VERDELEN)
@require_POST
@never_cache
def assign(request: Verzoek, team: UUID) -> HttpResponse:
    """Give the ticked cases to somebody of the team."""
    actor = request.actor
    gevonden = get_object_or_404(Team, pk=team, gemeente=actor.gemeente)
    van = request.POST.get("van", "")
    nu: list[bord.Zaak] = []
    if van.isdigit():
        nu = bord.cases_of(actor.gemeente, int(van))
    else:
        for groep in (gevonden, None):
            nu += bord.unassigned(actor.gemeente, groep)[0]
    form = Toewijsform(
        request.POST,
        casussen=[each.casus for each in nu],
        wie=[
            (each.account, each.naam)
            for each in bord.workers(gevonden, bord.norm_of(actor.gemeente))
            if each.directs
        ],
    )
    terug = (
        reverse("caseload-medewerker", args=[team, van])
        if van.isdigit()
        else f"{reverse('caseload')}?team={team}"
    )
    if not form.is_valid():
        for fouten in form.errors.values():
            messages.warning(request, str(fouten[0]))
        return redirect(terug)
    gedaan = verdelen.carry_out(
        [
            (pk, int(van) if van.isdigit() else None, form.cleaned_data["naar"])
            for pk in form.cleaned_data["casus"]
        ],
        door=actor,
    )
    _tell(request, gedaan)
    return redirect(terug)


@mag(Handeling.CASELOAD_VERDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def proposal(request: Verzoek, team: UUID) -> HttpResponse:
    """Show how the work could be divided; only what is confirmed is done."""
    actor = request.actor
    gevonden = get_object_or_404(Team, pk=team, gemeente=actor.gemeente)
    norm = bord.norm_of(actor.gemeente)
    werkers = bord.workers(gevonden, norm)
    if request.method == "POST":
        _tell(
            request,
            verdelen.carry_out(
                _confirmed(request, {each.account for each in werkers if each.directs}),
                door=actor,
            ),
        )
        return redirect(f"{reverse('caseload')}?team={team}")
    vrij = bord.unassigned(actor.gemeente, gevonden)[0]
    eigen = [
        zaak
        for each in werkers
        if each.is_vol
        for zaak in bord.cases_of(actor.gemeente, each.account)
    ]
    voorstel = verdelen.propose(werkers, vrij, eigen, norm, klok.today())
    _log(actor, f"team:{gevonden.pk}")
    namen = {each.account: each.naam for each in werkers}
    return render(
        request,
        "caseload/voorstel.html",
        {
            "team": gevonden,
            "voorstel": voorstel,
            "zetten": [(zet, namen.get(zet.van or 0, "")) for zet in voorstel.zetten],
            "keuzes": [(each.account, each.naam) for each in werkers if each.directs],
            "standen": [
                {
                    "wie": each,
                    "voor": voorstel.voor[each.account],
                    "na": voorstel.na[each.account],
                    "deel": round(100 * voorstel.na[each.account] / each.ruimte)
                    if each.ruimte
                    else None,
                }
                for each in werkers
            ],
        },
    )


@mag(Handeling.CASELOAD_VERDELEN, Handeling.CASUS_VOEREN)
@require_POST
@never_cache
def weight(request: Verzoek, casus: UUID) -> HttpResponse:
    """Say how much work a case asks; its director or who divides the work."""
    actor = request.actor
    gevonden = get_object_or_404(casussen.visible_to(actor), pk=casus)
    if not besluiten.may(actor, Handeling.CASELOAD_VERDELEN):
        casussen.require_lead(actor, gevonden)
    form = Zwaarteform(request.POST)
    if form.is_valid():
        Casuszwaarte.objects.update_or_create(
            casus=gevonden,
            defaults={
                "zwaarte": form.cleaned_data["zwaarte"],
                "op": klok.now(),
                "door": actor.account_id,
            },
        )
        logboek.record(
            actor,
            Handeling.CASELOAD_VERDELEN,
            onderwerp=f"casus:{gevonden.pk}",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        messages.success(request, _("The weight is recorded."))
    terug = request.POST.get("terug", "")
    if terug.startswith(reverse("caseload")):
        return redirect(terug)
    return redirect("casus", gevonden.pk)


@mag(Handeling.TEAM_BEHEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def norm(request: Verzoek) -> HttpResponse:
    """Set how much each weight counts, and what fits in a week."""
    actor = request.actor
    rij = Caseloadnorm.objects.filter(gemeente=actor.gemeente).first()
    form = Normform(
        request.POST if request.method == "POST" else None,
        instance=rij or Caseloadnorm(gemeente_id=actor.gemeente),
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        logboek.record(
            actor,
            Handeling.TEAM_BEHEREN,
            onderwerp="caseloadnorm",
            wijze=logboek.Wijze.GEWIJZIGD,
        )
        messages.success(request, _("The board counts by it from now on."))
        return redirect("caseload-norm")
    return render(
        request,
        "caseload/norm.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


def _teams(actor: Actor) -> list[Team]:
    return list(Team.objects.filter(gemeente=actor.gemeente, actief=True))


def _team(request: Verzoek, teams: list[Team]) -> Team | None:
    """Return the team that was asked for, else one that the reader leads."""
    gevraagd = request.GET.get("team", "")
    per_id = {str(each.pk): each for each in teams}
    if gevraagd in per_id:
        return per_id[gevraagd]
    leidt = [str(pk) for pk in led_by(request.actor)]
    return next(
        (per_id[pk] for pk in leidt if pk in per_id), teams[0] if teams else None
    )


def _confirmed(request: Verzoek, kan: set[int]) -> list[tuple[UUID, int | None, int]]:
    """Read the lines that were left ticked, with who was chosen for each."""
    uit: list[tuple[UUID, int | None, int]] = []
    for pk in request.POST.getlist("zet"):
        naar, van = (
            request.POST.get(f"naar-{pk}", ""),
            request.POST.get(f"van-{pk}", ""),
        )
        try:
            casus = UUID(pk)
        except ValueError:
            continue
        if naar.isdigit() and int(naar) in kan:
            uit.append((casus, int(van) if van.isdigit() else None, int(naar)))
    return uit


def _tell(request: Verzoek, gedaan: verdelen.Gedaan) -> None:
    n = gedaan.gegeven
    if n:
        messages.success(
            request,
            ngettext("%(n)s case was given.", "%(n)s cases were given.", n) % {"n": n},
        )
    if gedaan.overgeslagen:
        messages.warning(
            request,
            _("These had changed meanwhile and stayed where they are: %(which)s")
            % {"which": ", ".join(gedaan.overgeslagen)},
        )
    if not n and not gedaan.overgeslagen:
        messages.warning(request, _("Nothing was ticked, so nothing changed."))


def _log(actor: Actor, onderwerp: str) -> None:
    logboek.record(
        actor, Handeling.CASELOAD_ZIEN, onderwerp=onderwerp, diepte=Diepte.DAT
    )


def load_of(actor: Actor) -> dict[str, Any] | None:
    """Return one's own caseload for my day; None for who directs nothing."""
    if actor.account_id is None or not besluiten.may(actor, Handeling.CASUS_VOEREN):
        return None
    zaken = bord.cases_of(actor.gemeente, actor.account_id)
    if not zaken:
        return None
    per = {
        zwaarte: sum(each.zwaarte == zwaarte for each in zaken)
        for zwaarte in ("zwaar", "gewoon", "licht")
    }
    breedte, begin, stukken = 226, 0, []
    for nummer, (zwaarte, n) in enumerate(per.items(), start=1):
        breed = round(breedte * n / len(zaken))
        stukken.append(
            {"x": begin, "breed": breed, "nr": nummer, "n": n,
             "naam": Zwaarte(zwaarte).label}
        )  # fmt: skip
        begin += breed + 2
    return {"aantal": len(zaken), "zwaar": per["zwaar"], "stukken": stukken}
