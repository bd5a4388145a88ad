"""One melding: why it is on top, its signals, and weighing and deciding in one form."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import logboek, menu
from samenloop.access.actor import Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.poort import mag
from samenloop.access.rollen import Diepte, Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen import beeld
from samenloop.signalen import (
    bekend,
    collegas,
    concepten,
    meldingen,
    register,
    stroom,
    termijn,
    terugmelding,
    wegen,
    zicht,
)
from samenloop.signalen.models import Melding, Regelweging, Signaal, Weging
from samenloop.signalen.pages import rijen
from samenloop.signalen.pages.vastleggen import saved
from samenloop.signalen.pages.weegformulier import form_of, questions

DOEL = "melding_wegen"
_GEZIEN = 8


def melding_or_404(request: Verzoek, melding: UUID) -> Melding:
    """Return the melding as far as one may know of it."""
    return get_object_or_404(
        zicht.meldingen(request.actor).select_related("gezin", "betrokkene"),
        pk=melding,
    )


@mag(Handeling.MELDING_ZIEN)
@require_safe
@never_cache
def show(request: Verzoek, melding: UUID) -> HttpResponse:
    """Show a melding, as deep as one may."""
    gevonden = melding_or_404(request, melding)
    wegen.begin(gevonden, actor=request.actor)
    return _page(request, gevonden)


@mag(Handeling.MELDING_WEGEN)
@require_POST
@never_cache
def decide(request: Verzoek, melding: UUID) -> HttpResponse:
    """Record the decision; what is missing is said with what was typed still there."""
    gevonden = melding_or_404(request, melding)
    gegeven = request.POST.dict()
    try:
        wegen.decide(gevonden, form_of(gegeven), actor=request.actor)
    except wegen.OnvolledigeWeging as fout:
        wegen.keep_draft(gevonden, concepten.cleaned(gegeven), actor=request.actor)
        return _page(request, gevonden, gegeven, fout.velden)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
        return redirect("melding", melding)
    messages.success(
        request, _("The decision is recorded; the reporters hear that it was weighed.")
    )
    return redirect("melding", melding)


@mag(Handeling.MELDING_WEGEN)
@require_POST
@never_cache
def draft(request: Verzoek, melding: UUID) -> HttpResponse:
    """Keep what was typed so far."""
    gevonden = melding_or_404(request, melding)
    if gevonden.status == Melding.Status.BESLOTEN:
        return saved(None)
    concept = wegen.keep_draft(
        gevonden, concepten.cleaned(request.POST.dict()), actor=request.actor
    )
    return saved(concept.bewaard_op)


@mag(Handeling.MELDING_TOEWIJZEN)
@require_POST
@never_cache
def assign(request: Verzoek, melding: UUID) -> HttpResponse:
    """Give it to somebody who weighs here, or back to nobody."""
    gevonden = melding_or_404(request, melding)
    gekozen = request.POST.get("account", "")
    wie = {
        collega.account: collega
        for collega in collegas.weighers(request.actor.gemeente)
    }
    account = int(gekozen) if gekozen.isdigit() else None
    if account is not None and account not in wie:
        raise GeenToegang(_("This colleague does not weigh in this municipality."))
    try:
        meldingen.assign(gevonden, account, actor=request.actor)
    except SamenloopFout as fout:
        messages.warning(request, str(fout))
    else:
        messages.success(
            request,
            _("%(nummer)s is now with %(naam)s.")
            % {"nummer": gevonden.nummer, "naam": wie[account].naam}
            if account is not None
            else _("%(nummer)s is nobody's again.") % {"nummer": gevonden.nummer},
        )
    return redirect("melding", melding)


def _page(
    request: Verzoek,
    melding: Melding,
    gegeven: dict[str, str] | None = None,
    fouten: dict[str, Any] | None = None,
) -> HttpResponse:
    actor = request.actor
    diepte = zicht.melding_depth(actor, melding)
    wat = diepte is Diepte.WAT
    signalen = list(
        register.signals_of(melding).prefetch_related("betrokkenen__persoon")
    )
    logboek.record(
        actor,
        Handeling.MELDING_ZIEN,
        personen=wegen.persons_of(melding) if wat else (),
        onderwerp=f"melding:{melding.pk}",
        doel=DOEL,
        grond="G109",
        diepte=diepte,
    )
    punten = [
        stroom.Punt(
            signaal.ontvangen_op.astimezone(klok.AMSTERDAM).date(),
            str(signaal.soort.get_leefgebied_display()),
            signaal.soort.naam,
            signaal.veiligheidsrisico,
        )
        for signaal in signalen
    ]
    weegt = zicht.may_weigh(actor, melding)
    open_ = melding.status != Melding.Status.BESLOTEN
    namen = collegas.names([melding.toegewezen_aan])
    inhoud: dict[str, Any] = {
        "melding": melding,
        "wat": wat,
        "titel": rijen.subject(melding) if wat else melding.nummer,
        "signalen": [_signal(signaal, wat, weegt) for signaal in signalen],
        "leefgebieden": len({punt.leefgebied for punt in punten}),
        "weegt": namen.get(melding.toegewezen_aan or 0, ""),
        "is_weger": weegt,
        "open": open_,
        "mag_toewijzen": open_ and zicht.may_assign(actor, melding),
        "tekening": stroom.draw(punten, melding.gewicht) if punten else "",
        "zin": stroom.sentence(punten, veiligheid=melding.veiligheid) if punten else "",
        "stand": termijn.standing(melding.ontstaan_op, melding.weeg_voor, klok.now()),
        "gezien": _seen(melding),
        "regels": menu.address("regels"),
        "gevolgen": [] if open_ else bekend.followed(actor, melding.pk),
    }
    if inhoud["mag_toewijzen"]:
        inhoud["collegas"] = collegas.weighers(actor.gemeente)
    if wat:
        inhoud |= _rules(signalen, melding) | _around(request, melding, signalen)
    if weegt and open_:
        inhoud |= _form(request, melding, signalen, gegeven, fouten)
    elif wat and not open_:
        inhoud["weging"] = weging = melding.wegingen.first()
        if weging is not None:
            inhoud["besloten_door"] = collegas.names([weging.door, weging.regisseur])
    return render(
        request,
        "signalen/melding.html",
        inhoud,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fouten else HTTPStatus.OK,
    )


def _signal(signaal: Signaal, wat: bool, weegt: bool) -> dict[str, Any]:
    terug = sorted(signaal.terugmeldingen.all(), key=lambda each: each.gemaakt_op)
    return {
        "signaal": signaal,
        "melder": (
            signaal.organisatie.naam if signaal.organisatie else signaal.melder_naam
        )
        if wat
        else "",
        "terug": terug[-1] if terug else None,
        "los_te_maken": weegt and not signaal.veiligheidsrisico,
    }


def _rules(signalen: list[Signaal], melding: Melding) -> dict[str, Any]:
    """The weighing by rules that made the weight, with what was not looked at."""
    wegingen = [w for signaal in signalen for w in signaal.regelwegingen.all()]
    wegingen.sort(key=lambda weging: (weging.gewicht, weging.gewogen_op))
    zwaarste: Regelweging | None = wegingen[-1] if wegingen else None
    return {
        "regelweging": zwaarste,
        "niet_gekeken": list(
            dict.fromkeys(
                gemist["zin"] for weging in wegingen for gemist in weging.niet_gekeken
            )
        ),
    }


def _around(
    request: Verzoek, melding: Melding, signalen: list[Signaal]
) -> dict[str, Any]:
    personen = wegen.persons_of(melding)
    vandaag = klok.today()
    gezin = None
    if melding.gezin is not None:
        gezin = beeld.picture(melding.gezin, vandaag, kern=melding.betrokkene_id)
    elif melding.betrokkene is not None:
        gezin = beeld.picture_of(melding.betrokkene, vandaag)
    rond = personen + [lid.persoon for lid in gezin.leden] if gezin else personen
    return {
        "gezin": gezin,
        "leden": [(gezin.rol(lid), lid.met_leeftijd) for lid in gezin.leden]
        if gezin
        else [],
        "omschreven": [
            betrokkene.omschrijving
            for signaal in signalen
            for betrokkene in signaal.betrokkenen.all()
            if betrokkene.persoon_id is None
        ],
        "betrokken": register.around(list(dict.fromkeys(rond)), actor=request.actor)
        if rond
        else [],
        "eerder": list(register.earlier(melding)[:5]),
    }


def _form(
    request: Verzoek,
    melding: Melding,
    signalen: list[Signaal],
    gegeven: dict[str, str] | None,
    fouten: dict[str, Any] | None,
) -> dict[str, Any]:
    actor = request.actor
    concept = concepten.weighing_of(actor, melding)
    if gegeven is None:
        gegeven = concept.inhoud if concept else {}
    regisseurs = collegas.directors(actor.gemeente)
    eigen = next((c for c in regisseurs if c.account == actor.account_id), None)
    gekozen = gegeven.get("regisseur") or (str(eigen.account) if eigen else "")
    anderen = collegas.names(concepten.others_weighing(actor, melding))
    return {
        "vragen": questions(gegeven, fouten or {}),
        "besluiten": _decisions(gegeven),
        "gegeven": gegeven,
        "fouten": fouten or {},
        "regisseurs": regisseurs,
        "gekozen_regisseur": gekozen,
        "gemiddeld": collegas.average(regisseurs),
        "eigen_aantal": eigen.gezinnen if eigen else None,
        "terugtekst": gegeven.get("terugmelding")
        or terugmelding.standard_text("besloten"),
        "te_horen": [s for s in signalen if s.terugkoppeling_gewenst],
        "bewaard": concept.bewaard_op if concept else None,
        "anderen": list(anderen.values()),
    }


def _decisions(gegeven: dict[str, str]) -> list[dict[str, Any]]:
    weg = formats.date_format(klok.today() + timedelta(days=42), "j F Y")
    uitleg = {
        Weging.Besluit.NIETS: _(
            "A reason is required. The signals are destroyed when their term is over, "
            "mostly on %(dag)s."
        )
        % {"dag": weg},
        Weging.Besluit.ENKELVOUDIG: _(
            "One question, one who helps. Can grow into more later."
        ),
        Weging.Besluit.CASUS: _(
            "One family, one plan, one director. Choose the director below."
        ),
        Weging.Besluit.VEILIG_THUIS: _(
            "Only in acute danger. Call as well: 0800-2000."
        ),
    }
    return [
        {
            "waarde": besluit.value,
            "naam": besluit.label,
            "uitleg": uitleg[besluit],
            "gekozen": gegeven.get("besluit") == besluit.value,
        }
        for besluit in Weging.Besluit
    ]


def _seen(melding: Melding) -> list[logboek.Inzage]:
    """Who looked at it, newest first, each person once a day at most."""
    gezien: dict[tuple[str, Any], logboek.Inzage] = {}
    for inzage in logboek.looks_at_onderwerp(f"melding:{melding.pk}", limit=100):
        sleutel = (inzage.actor_id, (inzage.op.date(), inzage.handeling))
        gezien.setdefault(sleutel, inzage)
    return list(gezien.values())[:_GEZIEN]
