"""Addresses for signing in, one's own account, accounts of others, emergency access."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from samenloop.access import eigen, noodpagina, oidc, pages, wie_mag_wat
from samenloop.access.poort import voor_iedereen
from samenloop.access.tweede_stap import zonder_tweede_stap

_INGANG = voor_iedereen("the way in and out")
_TAAL = voor_iedereen("the language of the pages")

urlpatterns = [
    path("", eigen.start, name="start"),
    path("aanmelden/", _INGANG(pages.Aanmelden.as_view()), name="aanmelden"),
    path(
        "afmelden/",
        _INGANG(zonder_tweede_stap(pages.Afmelden.as_view())),
        name="afmelden",
    ),
    path(
        "taal/",
        _TAAL(zonder_tweede_stap(login_not_required(set_language))),
        name="taal",
    ),
    path("aanmelden/organisatie/", oidc.begin, name="oidc-begin"),
    path("aanmelden/organisatie/terug/", oidc.back, name="oidc-terug"),
    path("gemeente/", eigen.switch, name="gemeente"),
    path("account/", eigen.account, name="mijn-account"),
    path(
        "account/wachtwoord/",
        voor_iedereen(eigen.EIGEN)(eigen.Wachtwoord.as_view()),
        name="wachtwoord",
    ),
    path("account/herstelcodes/", eigen.new_codes, name="herstelcodes"),
    path("tweede-stap/", eigen.second_step, name="tweede-stap"),
    path(
        "tweede-stap/instellen/",
        eigen.set_up_second_step,
        name="tweede-stap-instellen",
    ),
    path("wie-mag-wat/", wie_mag_wat.page, name="wie-mag-wat"),
    path("sessie/", eigen.session, name="sessie"),
    path("noodtoegang/", noodpagina.told, name="noodtoegangen"),
    path("noodtoegang/persoon/<uuid:persoon>/", noodpagina.take, name="noodtoegang"),
    path("noodtoegang/<uuid:nummer>/einde/", noodpagina.end, name="noodtoegang-einde"),
    path(
        "noodtoegang/<uuid:nummer>/gezien/",
        noodpagina.notice,
        name="noodtoegang-gezien",
    ),
]
