"""Addresses of this room; those of the family all begin with /mijn/."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from samenloop.access.poort import voor_iedereen
from samenloop.access.tweede_stap import zonder_tweede_stap
from samenloop.portaal import (
    aanbodpagina,
    binnenkomen,
    meer_pages,
    pages,
    uitnodigen,
    wenspagina,
)
from samenloop.portaal.mij import own_page

_INGANG = voor_iedereen("the way in for the family")

urlpatterns = [
    path("uitnodiging/<str:sleutel>/", binnenkomen.door, name="uitnodiging"),
    path("mijn/begin/", binnenkomen.begin, name="mijn-begin"),
    path(
        "mijn/aanmelden/",
        _INGANG(
            login_not_required(zonder_tweede_stap(binnenkomen.Aanmelden.as_view()))
        ),
        name="mijn-aanmelden",
    ),
    path("mijn/afmelden/", binnenkomen.leave, name="mijn-afmelden"),
    path("mijn/tweede-stap/", binnenkomen.second_step, name="mijn-tweede-stap"),
    path(
        "mijn/tweede-stap/instellen/",
        binnenkomen.set_up,
        name="mijn-tweede-stap-instellen",
    ),
    path(
        "mijn/wachtwoord/",
        own_page(binnenkomen.Wachtwoord.as_view()),
        name="mijn-wachtwoord",
    ),
    path("mijn/", pages.overview, name="mijn"),
    path("mijn/plan/", pages.plan, name="mijn-plan"),
    path("mijn/plan/tekenen/", pages.sign, name="mijn-tekenen"),
    path("mijn/plan/voorleggen/", pages.put_forward, name="mijn-voorleggen"),
    path("mijn/plan/wens/", pages.wish, name="mijn-wens"),
    path(
        "mijn/plan/activiteit/<uuid:activiteit>/",
        pages.activity,
        name="mijn-activiteit",
    ),
    path("mijn/aanbod/", aanbodpagina.offers, name="mijn-aanbod"),
    path("mijn/verslagen/", pages.reports, name="mijn-verslagen"),
    path("mijn/taken/", pages.tasks, name="mijn-taken"),
    path("mijn/taken/<uuid:taak>/", pages.task, name="mijn-taak"),
    path("mijn/taken/<uuid:taak>/klaar/", pages.task_done, name="mijn-taak-klaar"),
    path(
        "mijn/taken/<uuid:taak>/kan-niet/",
        pages.task_impossible,
        name="mijn-taak-kan-niet",
    ),
    path("mijn/berichten/", meer_pages.mailbox, name="mijn-berichten"),
    path("mijn/berichten/nieuw/", meer_pages.new_message, name="mijn-bericht"),
    path("mijn/berichten/<uuid:draad>/", meer_pages.thread, name="mijn-gesprek"),
    path("mijn/meelezen/", meer_pages.readers, name="mijn-toegang"),
    path("mijn/meelezen/nieuw/", meer_pages.let_in, name="mijn-toelaten"),
    path(
        "mijn/meelezen/<uuid:deelname>/stoppen/",
        meer_pages.take_back,
        name="mijn-terugnemen",
    ),
    path("mijn/toestemming/", meer_pages.consents, name="mijn-toestemming"),
    path("mijn/toestemming/geven/", meer_pages.agree, name="mijn-toestemming-geven"),
    path(
        "mijn/toestemming/<uuid:toestemming>/stoppen/",
        meer_pages.stop,
        name="mijn-toestemming-stoppen",
    ),
    path("mijn/wie-keek/", meer_pages.looks, name="mijn-inzage"),
    path("beheer/aanbod-gezinnen/", aanbodpagina.manage, name="aanbod-gezinnen"),
    path("deelname/<uuid:deelname>/ingang/", uitnodigen.entrance, name="ingang"),
    path("wens/<uuid:wens>/", wenspagina.answer, name="wens"),
]
