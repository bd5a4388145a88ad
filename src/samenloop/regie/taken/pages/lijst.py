"""The list of tasks: one's own, of one's cases, of one's team; asked in the address.

Several can be given to a colleague, or to nobody, at once. Who may only divide work
sees whose each task is, when it must be done and how it stands; not what it is.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.poort import mag
from samenloop.access.rollen import Betrokkenheid, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelnemersrol
from samenloop.regie import lijst as casuslijst
from samenloop.regie.models import Casus
from samenloop.regie.taken import opdragen, stand, zicht
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import LOPEND, Uitvoerder
from samenloop.signalen import collegas

PER_BLAD = 50
VAN = (
    ("mij", _("me and whom I stand in for")),
    ("casussen", _("all in my cases")),
    ("team", _("my team")),
    ("niemand", _("nobody yet")),
)
STAAT = (
    ("lopend", _("to do and waiting")),
    ("open", _("to do")),
    ("laat", _("late")),
    ("wacht", _("waits")),
    ("vraagt", _("asks whether it may begin")),
    ("klaar", _("done")),
    ("vervallen", _("lapsed")),
)


@dataclass(frozen=True, slots=True)
class Keuze:
    """What the reader wants to see; all of it stands in the address."""

    van: str
    staat: str
    casus: str = ""


@dataclass(frozen=True, slots=True)
class Rij:
    """A task as this reader sees it; without a title when only that it is there."""

    taak: Taak
    titel: str
    wie: str
    houder: str
    stand: stand.Stand
    is_te_verdelen: bool


@mag(Handeling.TAAK_ZIEN)
@require_safe
@never_cache
def overview(request: Verzoek) -> HttpResponse:
    """Show the tasks one may know of, soonest first."""
    actor = request.actor
    keuze = _choice(request)
    blad = Paginator(_filtered(actor, keuze), PER_BLAD).get_page(
        request.GET.get("blad")
    )
    rijen = rows(actor, list(blad.object_list))
    logboek.record(
        actor,
        Handeling.TAAK_ZIEN,
        personen={rij.taak.casus.betrokkene_id for rij in rijen if rij.titel},
        onderwerp="taken",
        doel="regie_gezamenlijk_plan",
        wijze=logboek.Wijze.GEVONDEN,
    )
    gekozen = {"van": keuze.van, "staat": keuze.staat, "casus": keuze.casus}
    return render(
        request,
        "taken/taken.html",
        {
            "rijen": rijen,
            "meedoen": _helps_in(actor),
            "blad": blad,
            "keuze": keuze,
            "vraag": urlencode({k: v for k, v in gekozen.items() if v}),
            "opties": {"van": _whose(actor), "staat": STAAT},
            "collegas": collegas.weighers(actor.gemeente)
            if any(rij.is_te_verdelen for rij in rijen)
            else [],
        },
    )


@mag(Handeling.TAAK_VERDELEN)
@require_POST
@never_cache
def divide(request: Verzoek) -> HttpResponse:
    """Give the ticked tasks to a colleague, or to nobody, all in one go."""
    actor = request.actor
    gekozen = [pk for waarde in request.POST.getlist("taak") if (pk := _uuid(waarde))]
    taken = zicht.dividable(actor).filter(pk__in=gekozen)
    if taken.count() != len(set(gekozen)):
        raise GeenToegang(besluiten.reason(actor, (Handeling.TAAK_VERDELEN,)))
    naar = request.POST.get("account", "")
    wie = Uitvoerder(account=int(naar)) if naar.isdigit() else Uitvoerder()
    try:
        with transaction.atomic():
            logboek.record(
                actor,
                Handeling.TAAK_VERDELEN,
                personen=set(taken.values_list("casus__betrokkene", flat=True)),
                onderwerp="taken",
                doel="regie_gezamenlijk_plan",
                wijze=logboek.Wijze.GEWIJZIGD,
            )
            aantal = opdragen.hand_over(taken, wie, door=actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(
            request,
            ngettext(
                "%(n)s task went to somebody else.",
                "%(n)s tasks went to somebody else.",
                aantal,
            )
            % {"n": aantal},
        )
    return redirect(_back(request))


def rows(actor: Actor, taken: list[Taak]) -> list[Rij]:
    """Return the rows, with as many statements for one as for all."""
    leesbaar = zicht.readable(actor, taken)
    houders = stand.holders(taken)
    te_verdelen = set(
        zicht.dividable(actor)
        .filter(pk__in=[taak.pk for taak in taken])
        .values_list("pk", flat=True)
    )
    vandaag = klok.today()
    return [
        Rij(
            taak=taak,
            titel=taak.titel if taak.pk in leesbaar else "",
            wie=casuslijst.title(taak.casus) if taak.pk in leesbaar else "",
            houder=houders[taak.pk],
            stand=stand.of(taak, vandaag),
            is_te_verdelen=taak.pk in te_verdelen,
        )
        for taak in taken
    ]


def _helps_in(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the dossiers in which who sees no cases takes part: key and whose."""
    if besluiten.may(actor, Handeling.CASUS_ZIEN):
        return []
    return [
        (casus.dossier_id, casuslijst.title(casus))
        for casus in Casus.objects.filter(
            dossier__in=toegang.of_actor(actor)
            .exclude(rol=Deelnemersrol.OVERLEG)
            .values("dossier"),
            dossier__gesloten_op__isnull=True,
        ).select_related("dossier__gezin", "betrokkene")
        if casus.dossier_id is not None
    ]


def _back(request: Verzoek) -> str:
    """Return the list as it was left; only what the filters know."""
    keuze = _choice_of(request.actor, request.POST)
    vraag = urlencode(
        {k: getattr(keuze, k) for k in ("van", "staat", "casus") if getattr(keuze, k)}
    )
    return f"{reverse('taken')}?{vraag}"


def _whose(actor: Actor) -> list[tuple[str, Any]]:
    deelt = Betrokkenheid.GEMEENTE in besluiten.involvements(
        actor, Handeling.TAAK_VERDELEN
    )
    leidt = besluiten.may(actor, Handeling.CASUS_VOEREN)
    weg = {*(() if deelt else ("team", "niemand")), *(() if leidt else ("casussen",))}
    return [(code, naam) for code, naam in VAN if code not in weg]


def _choice(request: Verzoek) -> Keuze:
    return _choice_of(request.actor, request.GET)


def _choice_of(actor: Actor, gevraagd: Any) -> Keuze:
    """Read the address; what does not fit counts as not asked."""
    mogelijk = [code for code, _naam in _whose(actor)]
    casus = _uuid(gevraagd.get("casus", ""))
    eerst = "casussen" if casus and "casussen" in mogelijk else mogelijk[0]
    if "team" in mogelijk and "casussen" not in mogelijk:
        eerst = "team"
    van, staat = gevraagd.get("van", ""), gevraagd.get("staat", "")
    return Keuze(
        van=van if van in mogelijk else eerst,
        staat=staat if staat in dict(STAAT) else "lopend",
        casus=casus,
    )


def _uuid(waarde: str) -> str:
    try:
        return str(UUID(waarde))
    except ValueError:
        return ""


def _filtered(actor: Actor, keuze: Keuze) -> QuerySet[Taak]:
    taken = zicht.tasks(actor).select_related(
        "casus__dossier__gezin", "casus__betrokkene"
    )
    if keuze.van == "mij":
        taken = taken.filter(zicht.own(actor) | zicht.stands_in(actor))
    elif keuze.van == "casussen":
        # Of one case named all that is there; what may be read of it is per row.
        if not keuze.casus:
            taken = taken.filter(pk__in=zicht.led_by(actor).values("pk"))
    elif keuze.van == "team":
        taken = taken.filter(account__in=zicht.team_of(actor))
    else:
        taken = taken.filter(account=None, organisatie=None, persoon=None, naam="")
    if keuze.casus:
        taken = taken.filter(casus=UUID(keuze.casus))
    return taken.filter(_state(keuze.staat)).order_by(
        F("uiterlijk").asc(nulls_last=True), "gemaakt_op", "pk"
    )


def _state(staat: str) -> Q:
    if staat == "laat":
        return Q(staat__in=LOPEND, uiterlijk__lt=klok.today())
    if staat == "vraagt":
        return Q(vraagt_sinds__isnull=False)
    if staat == "lopend":
        return Q(staat__in=LOPEND)
    return Q(staat=staat)
