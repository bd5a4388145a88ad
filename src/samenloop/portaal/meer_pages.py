"""The pages of the family about others: messages, reading along, consent, looks."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samenloop.access.actor import Verzoek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core.fouten import SamenloopFout
from samenloop.personen import gevolgen
from samenloop.plannen import deelnemers, namen
from samenloop.plannen.models import LEIDEND, Deel
from samenloop.portaal import kijkers, meelezen, toestemmingen
from samenloop.portaal.forms import (
    Antwoordform,
    Berichtform,
    Toelaatform,
    Toestemmingform,
)
from samenloop.portaal.mij import me, own_page, record, show
from samenloop.regie.postvak import draden, lezen, schrijven

_PER_BLAD = 30


@own_page
@require_safe
def mailbox(request: Verzoek) -> HttpResponse:
    """Show the conversations one takes part in."""
    mij = me(request.actor)
    record(mij, Handeling.BERICHT_LEZEN, onderwerp="postvak")
    return show(
        request,
        "portaal/berichten.html",
        mij,
        {
            "hier": "berichten",
            "regels": draden.rows(mij.actor, lezen.threads(mij.actor)[:_PER_BLAD]),
        },
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: Verzoek, draad: UUID) -> HttpResponse:
    """Show a conversation and answer in it."""
    mij = me(request.actor)
    gevonden = get_object_or_404(
        lezen.threads(mij.actor).select_related("dossier"), pk=draad
    )
    aan = draden.answer_to(mij.actor, gevonden)
    form = Antwoordform(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            schrijven.write(
                gevonden.dossier,
                van=mij.actor,
                aan=aan,
                tekst=form.cleaned_data["tekst"],
                draad=gevonden,
            )
        except schrijven.OnbereikbareOntvanger as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("Your answer was sent."))
            return redirect("mijn-gesprek", gevonden.pk)
    berichten = draden.messages_of(mij.actor, gevonden)
    if request.method == "GET":
        lezen.mark_read(mij.actor, gevonden)
    record(mij, Handeling.BERICHT_LEZEN, onderwerp=f"draad:{gevonden.pk}")
    return show(
        request,
        "portaal/gesprek.html",
        mij,
        {
            "hier": "berichten",
            "draad": gevonden,
            "berichten": berichten,
            "form": form,
            "aan": sorted(namen.with_role(aan).values()),
        },
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_message(request: Verzoek) -> HttpResponse:
    """Write to people who take part."""
    mij = me(request.actor)
    deelnames, niet = draden.correspondents(mij.actor, mij.dossier)
    if not mij.mag_weten_wie_helpt:
        deelnames, niet = (
            [each for each in rijen if each.rol in LEIDEND]
            for rijen in (deelnames, niet)
        )
    heten = namen.with_role([*deelnames, *niet])
    form = Berichtform(
        request.POST or None, wie=[(each.pk, heten[each.pk]) for each in deelnames]
    )
    if request.method == "POST" and form.is_valid():
        gekozen = set(form.cleaned_data["aan"])
        try:
            bericht = schrijven.write(
                mij.dossier,
                van=mij.actor,
                aan=[each for each in deelnames if str(each.pk) in gekozen],
                tekst=form.cleaned_data["tekst"],
                onderwerp=form.cleaned_data["onderwerp"],
            )
        except schrijven.OnbereikbareOntvanger as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("Your message was sent."))
            return redirect("mijn-gesprek", bericht.draad_id)
    return show(
        request,
        "portaal/bericht.html",
        mij,
        {
            "hier": "berichten",
            "form": form,
            "kan": bool(deelnames),
            "niet": sorted(heten[each.pk] for each in niet),
        },
    )


@own_page
@require_safe
def readers(request: Verzoek) -> HttpResponse:
    """Show who may read which part, why and until when."""
    mij = me(request.actor)
    if not mij.ziet_toegang:
        raise GeenToegang(_("The list of who reads along is not open to you."))
    record(mij, Handeling.DOSSIER_LEZEN)
    return show(
        request,
        "portaal/toegang.html",
        mij,
        {
            "hier": "toegang",
            "meelezers": meelezen.readers(mij),
            "mag_geven": bool(meelezen.givable(mij)),
        },
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def let_in(request: Verzoek) -> HttpResponse:
    """Let somebody read along."""
    mij = me(request.actor)
    delen = meelezen.givable(mij)
    if not delen:
        raise GeenToegang(
            _("You cannot let somebody in by yourself. Ask your director.")
        )
    form = Toelaatform(
        request.POST or None,
        delen=delen,
        personen=meelezen.family(mij),
        organisaties=deelnemers.organisations(mij.actor.gemeente),
    )
    if request.method == "POST" and form.is_valid():
        gegeven = form.cleaned_data
        try:
            meelezen.let_in(
                mij,
                gegeven["soort"],
                gegeven[gegeven["soort"]],
                delen=[Deel(each) for each in gegeven["delen"]],
                hoedanigheid=gegeven["hoedanigheid"],
                tot=gegeven["tot"],
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("From now on they may read along."))
            return redirect("mijn-toegang")
    return show(
        request, "portaal/toelaten.html", mij, {"hier": "toegang", "form": form}
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Verzoek, deelname: UUID) -> HttpResponse:
    """Say what stops, and stop it."""
    mij = me(request.actor)
    if not mij.ziet_toegang:
        raise GeenToegang(_("The list of who reads along is not open to you."))
    rij = next(
        (
            each
            for each in meelezen.readers(mij)
            if each.deelname == deelname and each.van_mij
        ),
        None,
    )
    if rij is None:
        raise Http404(_("You did not give this yourself. Ask your director about it."))
    if request.method == "POST":
        try:
            meelezen.stop(mij, deelname)
            messages.success(request, _("It stopped. They read nothing any more."))
        except SamenloopFout as fout:
            messages.warning(request, str(fout))
        return redirect("mijn-toegang")
    return show(
        request, "portaal/terugnemen.html", mij, {"hier": "toegang", "rij": rij}
    )


@own_page
@require_safe
def consents(request: Verzoek) -> HttpResponse:
    """Show what one agreed to."""
    mij = me(request.actor)
    record(mij, Handeling.TOESTEMMING_VASTLEGGEN, onderwerp="toestemming")
    return show(
        request,
        "portaal/toestemming.html",
        mij,
        {
            "hier": "toestemming",
            "gegeven": toestemmingen.given(mij),
            "mag_geven": mij.persoon is not None,
        },
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: Verzoek) -> HttpResponse:
    """Say yes to something."""
    mij = me(request.actor)
    personen = toestemmingen.people(mij)
    if not personen:
        raise GeenToegang(_("There is nothing for you to agree to here."))
    form = Toestemmingform(
        request.POST or None,
        wie=[(str(each.pk), each.volledige_naam) for each in personen],
        waarvoor=[
            (code, zin) for code, (_c, _d, zin) in toestemmingen.WAARVOOR.items()
        ],
    )
    if request.method == "POST" and form.is_valid():
        try:
            toestemmingen.give(
                mij, UUID(form.cleaned_data["wie"]), form.cleaned_data["waarvoor"]
            )
        except SamenloopFout as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(
                request, _("You said yes. You can stop whenever you want.")
            )
            return redirect("mijn-toestemming")
    return show(
        request,
        "portaal/toestemming_geven.html",
        mij,
        {"hier": "toestemming", "form": form},
    )


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Verzoek, toestemming: UUID) -> HttpResponse:
    """Say what will stop, and stop it when that was meant."""
    mij = me(request.actor)
    rij = toestemmingen.find(mij, toestemming)
    if rij is None:
        raise Http404(_("This is not something you can stop here."))
    if request.method == "POST":
        try:
            toestemmingen.withdraw(mij, rij)
            messages.success(request, _("It stopped, from now on."))
        except SamenloopFout as fout:
            messages.warning(request, str(fout))
        return redirect("mijn-toestemming")
    return show(
        request,
        "portaal/toestemming_stoppen.html",
        mij,
        {
            "hier": "toestemming",
            "rij": rij,
            "wat": toestemmingen.in_words(rij),
            "gevolgen": gevolgen.of(rij),
        },
    )


@own_page
@require_safe
def looks(request: Verzoek) -> HttpResponse:
    """Show who looked at one's records, and why."""
    mij = me(request.actor)
    personen = kijkers.people(mij)
    if not personen:
        raise GeenToegang(_("Only who is on record can see who looked."))
    record(mij, Handeling.MIJN_PAGINAS, onderwerp="inzage")
    lang = request.GET.get("lang") == "ja"
    sinds = kijkers.JAAR if lang else kijkers.MAAND
    return show(
        request,
        "portaal/inzage.html",
        mij,
        {
            "hier": "inzage",
            "lang": lang,
            "per_persoon": [
                (each, kijkers.looks(mij, each, sinds)) for each in personen
            ],
        },
    )
