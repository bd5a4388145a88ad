"""The pages of the functional administrator: accounts, their roles, organisations."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samenloop.access import aanstellingen, gemeentenamen, logboek, tweede_stap
from samenloop.access.aanstellingen import AanstellingFout
from samenloop.access.actor import Actor, Verzoek
from samenloop.access.beheerforms import (
    AanstellingForm,
    Accountfilter,
    AccountForm,
    OrganisatieForm,
)
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Aanstelling, Gebruiker, Organisatie
from samenloop.access.poort import mag
from samenloop.access.rollen import Domein, Handeling, Rol
from samenloop.core import klok
from samenloop.core.periode import Periode

PER_PAGINA = 50
_BEHEER = mag(Handeling.ACCOUNT_BEHEREN)


def _logged(actor: Actor, onderwerp: str) -> None:
    logboek.record(
        actor,
        Handeling.ACCOUNT_BEHEREN,
        onderwerp=onderwerp,
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit="toegang",
    )


def _status(form: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@_BEHEER
@require_safe
@never_cache
def accounts(request: Verzoek) -> HttpResponse:
    """List the accounts of this municipality, by role and state."""
    filter_ = Accountfilter(request.GET)
    rijen = filter_.apply(
        aanstellingen.accounts_of(request.actor), request.actor.gemeente
    ).prefetch_related(
        Prefetch(
            "aanstellingen",
            Aanstelling.objects.current().filter(gemeente=request.actor.gemeente),
            to_attr="hier",
        )
    )
    blad = Paginator(rijen, PER_PAGINA).get_page(request.GET.get("blad"))
    return render(
        request,
        "access/accounts.html",
        {"blad": blad, "filter": filter_, "adres": filter_.address()},
    )


@_BEHEER
@never_cache
def new_account(request: Verzoek) -> HttpResponse:
    """Make an account without any role, and show its temporary password once."""
    form = AccountForm(request.POST or None, gemeente=request.actor.gemeente)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            gebruiker = form.save()
            wachtwoord = aanstellingen.new_password(request.actor, gebruiker)
            _logged(request.actor, f"account:{gebruiker.pk}")
        return _show_password(request, gebruiker, wachtwoord)
    return render(
        request, "access/account_nieuw.html", {"form": form}, status=_status(form)
    )


def _show_password(
    request: HttpRequest, gebruiker: Gebruiker, wachtwoord: str
) -> HttpResponse:
    return render(
        request,
        "access/tijdelijk.html",
        {"account": gebruiker, "wachtwoord": wachtwoord},
    )


def _found(request: Verzoek, nummer: int) -> Gebruiker:
    return get_object_or_404(aanstellingen.accounts_of(request.actor), pk=nummer)


@_BEHEER
@require_safe
@never_cache
def account(request: Verzoek, nummer: int) -> HttpResponse:
    """Show one account with its roles, and what may be done to it."""
    gebruiker = _found(request, nummer)
    beletsel = ""
    try:
        aanstellingen.require_manageable(request.actor, gebruiker)
    except GeenToegang as fout:
        beletsel = str(fout)
    rijen = list(gebruiker.aanstellingen.order_by("-geldig", "pk"))
    namen = gemeentenamen.names(each.gemeente for each in rijen)
    vandaag = klok.today()
    return render(
        request,
        "access/account.html",
        {
            "account": gebruiker,
            "beletsel": beletsel,
            "is_eigen": gebruiker.pk == request.actor.account_id,
            "tweede_stap": tweede_stap.has_device(gebruiker),
            "rijen": [
                {
                    "wat": each,
                    "gemeente": namen[each.gemeente],
                    "periode": Periode.of_range(each.geldig),
                    "domeinen": [Domein(code).label for code in each.domeinen],
                    "staat": _state(each, vandaag),
                    "kan_weg": each.gemeente == request.actor.gemeente
                    and _state(each, vandaag) in ("nu", "straks"),
                }
                for each in rijen
            ],
        },
    )


def _state(aanstelling: Aanstelling, op: date) -> str:
    if aanstelling.ingetrokken_op:
        return "ingetrokken"
    periode = Periode.of_range(aanstelling.geldig)
    if op in periode:
        return "nu"
    return "straks" if op < periode.begin else "voorbij"


@_BEHEER
@require_POST
def change_account(request: Verzoek, nummer: int) -> HttpResponse:
    """Do one of the things that may be done to an account."""
    gebruiker = _found(request, nummer)
    actie = request.POST.get("actie", "")
    with transaction.atomic():
        _logged(request.actor, f"account:{gebruiker.pk}")
        if actie == "wachtwoord":
            wachtwoord = aanstellingen.new_password(request.actor, gebruiker)
            return _show_password(request, gebruiker, wachtwoord)
        if actie == "tweede-stap":
            aanstellingen.reset_second_step(request.actor, gebruiker)
            messages.success(request, _("The second step must be set up again."))
        elif actie in ("sluiten", "openen"):
            aanstellingen.set_open(request.actor, gebruiker, is_open=actie == "openen")
            messages.success(
                request,
                _("The account is open again.")
                if actie == "openen"
                else _("The account is closed; whoever used it is signed out."),
            )
    return redirect("account", nummer)


@_BEHEER
@never_cache
def new_role(request: Verzoek, nummer: int) -> HttpResponse:
    """Give an account a role at this municipality."""
    gebruiker = _found(request, nummer)
    form = AanstellingForm(
        request.POST or None, initial={"vanaf": aanstellingen.first_day()}
    )
    if request.method == "POST" and form.is_valid():
        gegeven = form.cleaned_data
        try:
            with transaction.atomic():
                aanstellingen.give(
                    request.actor,
                    gebruiker,
                    Rol(gegeven["rol"]),
                    Periode(gegeven["vanaf"], gegeven["tot"]),
                    domeinen=[Domein(code) for code in gegeven["domeinen"]],
                    mandaat=gegeven["mandaat"],
                )
                _logged(request.actor, f"account:{gebruiker.pk}")
        except AanstellingFout as fout:
            form.add_error(fout.veld, str(fout))
        except IntegrityError:
            form.add_error("rol", _("This account has this role in that period."))
        else:
            messages.success(request, _("The role was given."))
            return redirect("account", nummer)
    return render(
        request,
        "access/aanstelling.html",
        {"form": form, "account": gebruiker},
        status=_status(form),
    )


@_BEHEER
@require_POST
def end_role(request: Verzoek, nummer: int, aanstelling: int) -> HttpResponse:
    """Take a role back, from now on."""
    gebruiker = _found(request, nummer)
    gevonden = get_object_or_404(gebruiker.aanstellingen, pk=aanstelling)
    with transaction.atomic():
        aanstellingen.take_back(request.actor, gevonden)
        _logged(request.actor, f"account:{gebruiker.pk}")
    messages.success(request, _("The role has ended."))
    return redirect("account", nummer)


@_BEHEER
@require_safe
@never_cache
def organisations(request: Verzoek) -> HttpResponse:
    """List the organisations of this municipality."""
    rijen = _organisations(request.actor).order_by("naam", "pk")
    blad = Paginator(rijen, PER_PAGINA).get_page(request.GET.get("blad"))
    return render(request, "access/organisaties.html", {"blad": blad})


def _organisations(actor: Actor) -> Any:
    return Organisatie.objects.filter(
        Q(gemeenten__contains=[actor.gemeente]) | Q(gemeenten=[])
    )


@_BEHEER
@never_cache
def organisation(request: Verzoek, nummer: UUID | None = None) -> HttpResponse:
    """Write down an organisation, or change it."""
    bestaand = (
        get_object_or_404(_organisations(request.actor), pk=nummer)
        if (nummer)
        else None
    )
    form = OrganisatieForm(request.POST or None, instance=bestaand)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.instance.gemeenten = sorted(
                {*form.instance.gemeenten, request.actor.gemeente}
            )
            bewaard = form.save()
            _logged(request.actor, f"organisatie:{bewaard.pk}")
        messages.success(request, _("The organisation was recorded."))
        return redirect("organisaties")
    return render(
        request,
        "access/organisatie.html",
        {"form": form, "organisatie": bestaand},
        status=_status(form),
    )
