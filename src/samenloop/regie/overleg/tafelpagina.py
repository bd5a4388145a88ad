"""The conference itself: per case what is shared, discussed and decided."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Deel
from samenloop.regie import casussen
from samenloop.regie.overleg import agenda, houden, tafel, wie
from samenloop.regie.overleg.forms import Besluitform
from samenloop.regie.overleg.fouten import TussendoorGewijzigd
from samenloop.regie.overleg.models import Agendapunt, Genodigde, Overleg
from samenloop.regie.taken.models import Taak


@dataclass(frozen=True, slots=True)
class Punt:
    """One case as somebody at the table sees it."""

    punt: Agendapunt
    naam: str
    delen: list[str]
    blokken: list[tafel.Blok]
    besluiten: list[tuple[Taak, str]]
    genodigden: list[str]
    schrijft: bool
    eigen: bool
    form: Besluitform | None


def items(actor: Actor, overleg: Overleg) -> list[Punt]:
    """Return the cases that are open to this actor now, in the order of the agenda.

    Before it begins only who directs a case, or leads the conference, sees it; who is
    invited sees from begin to end the cases they were invited for.
    """
    punten = list(
        overleg.punten.select_related(
            "overleg", "casus__dossier__gezin", "casus__betrokkene"
        ).prefetch_related("genodigden")
    )
    namen_van = wie.invited(overleg.genodigden.all())
    taken = houden.tasks_of([each.pk for each in punten])
    heten = namen.of(taak for rij in taken.values() for taak in rij)
    bezig = overleg.staat == Overleg.Staat.BEZIG
    gezien = []
    for punt in punten:
        eigen = casussen.leads(actor, punt.casus)
        blokken = tafel.shared(actor, punt.casus) if bezig else []
        # Who leads the conference and is not let into the dossier keeps the order only.
        if not (eigen or blokken or agenda.leads(actor, overleg)):
            continue
        ziet_inhoud = eigen or bool(blokken)
        schrijft = bezig and ziet_inhoud and houden.writes(punt, actor)
        gezien.append(
            Punt(
                punt=punt,
                naam=_name(punt) if ziet_inhoud else punt.casus.nummer,
                delen=[str(Deel(each).label) for each in punt.delen],
                blokken=[
                    each for each in blokken if not eigen or each.deel in punt.delen
                ],
                besluiten=[(taak, heten[taak.pk]) for taak in taken.get(punt.pk, [])]
                if ziet_inhoud
                else [],
                genodigden=[namen_van[each.pk] for each in punt.genodigden.all()],
                schrijft=schrijft,
                eigen=eigen,
                form=Besluitform(wie=wie.doers(punt.casus, actor), prefix=str(punt.pk))
                if schrijft
                else None,
            )
        )
    return gezien


@mag(Handeling.OVERLEG_BIJWONEN)
@require_safe
@never_cache
def table(request: Verzoek, overleg: UUID) -> HttpResponse:
    """Show a conference as it stands for this actor."""
    actor = request.actor
    gevonden = get_object_or_404(agenda.visible_to(actor), pk=overleg)
    punten = items(actor, gevonden)
    _log(actor, gevonden, punten)
    genodigden = list(gevonden.genodigden.prefetch_related("punten"))
    heten = wie.invited(genodigden)
    return render(
        request,
        "overleg/overleg.html",
        {
            "overleg": gevonden,
            "punten": punten,
            "leidt": agenda.leads(actor, gevonden),
            "voorzitter": namen.accounts([gevonden.voorzitter]).get(
                gevonden.voorzitter, ""
            ),
            "genodigden": [(each, heten[each.pk]) for each in genodigden],
            "mag_inbrengen": gevonden.staat
            in (Overleg.Staat.GEPLAND, Overleg.Staat.BEZIG)
            and besluiten.may(actor, Handeling.OVERLEG_HOUDEN),
        },
    )


@mag(Handeling.OVERLEG_HOUDEN)
@require_POST
def write_down(request: Verzoek, punt: UUID) -> HttpResponse:
    """Keep what is discussed; on a clash both texts come back."""
    gevonden = _item(request.actor, punt)
    tekst = request.POST.get("bespreking", "").strip()[:20_000]
    versie = request.POST.get("versie", "")
    try:
        houden.write_down(
            gevonden,
            tekst,
            versie=int(versie) if versie.isdigit() else -1,
            door=request.actor,
        )
    except TussendoorGewijzigd as fout:
        gevonden.refresh_from_db()
        return render(
            request,
            "overleg/botsing.html",
            {"punt": gevonden, "mijn": tekst, "fout": str(fout)},
            status=409,
        )
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    return _back(gevonden)


@mag(Handeling.OVERLEG_HOUDEN)
@require_POST
def decide(request: Verzoek, punt: UUID) -> HttpResponse:
    """Record a decision."""
    gevonden = _item(request.actor, punt)
    form = Besluitform(
        request.POST,
        wie=wie.doers(gevonden.casus, request.actor),
        prefix=str(gevonden.pk),
    )
    if not form.is_valid():
        return render(
            request,
            "overleg/besluit.html",
            {"punt": gevonden, "form": form},
            status=422,
        )
    try:
        houden.decide(
            gevonden,
            form.cleaned_data["tekst"],
            uitvoerder=form.doer,
            uiterlijk=form.cleaned_data["uiterlijk"],
            door=request.actor,
        )
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    return _back(gevonden)


def _item(actor: Actor, punt: UUID) -> Agendapunt:
    return get_object_or_404(
        Agendapunt.objects.select_related("overleg", "casus__dossier"),
        pk=punt,
        overleg__in=agenda.visible_to(actor),
    )


def _back(punt: Agendapunt) -> HttpResponse:
    adres = reverse("overleg", args=[punt.overleg_id])
    return redirect(f"{adres}#punt-{punt.pk}")


def _name(punt: Agendapunt) -> str:
    dossier = punt.casus.dossier
    gezin = dossier.gezin if dossier else None
    return gezin.naam if gezin else punt.casus.betrokkene.volledige_naam


def _log(actor: Actor, overleg: Overleg, punten: list[Punt]) -> None:
    personen = {
        persoon
        for each in punten
        if each.punt.casus.dossier is not None and (each.eigen or each.blokken)
        for persoon in toegang.persons(each.punt.casus.dossier)
    }
    if personen:
        logboek.record(
            actor,
            Handeling.OVERLEG_BIJWONEN,
            personen=personen,
            onderwerp=f"overleg:{overleg.pk}",
            wijze=logboek.Wijze.GEOPEND,
            diepte=Diepte.WAT,
        )


def guest_items(actor: Actor, genodigde: Genodigde) -> list[Punt]:
    """Return what a guest sees, and write down that it was shown."""
    punten = items(actor, genodigde.overleg)
    _log(actor, genodigde.overleg, punten)
    return punten
