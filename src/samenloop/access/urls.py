"""Addresses for signing in, one's own account, accounts of others, emergency access."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from samenloop.access import beheren, eigen, noodpagina, oidc, pages, wie_mag_wat
from samenloop.access.poort import voor_iedereen
from samenloop.access.tweede_stap import nieuw_wachtwoord, zonder_tweede_stap

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
        nieuw_wachtwoord(voor_iedereen(eigen.EIGEN)(eigen.Wachtwoord.as_view())),
        name="wachtwoord",
    ),
    path("account/herstelcodes/", eigen.new_codes, name="herstelcodes"),
    path("tweede-stap/", eigen.second_step, name="tweede-stap"),
    path(
        "tweede-stap/instellen/",
        eigen.set_up_second_step,
        name="tweede-stap-instellen",
    ),
    path("accounts/", beheren.accounts, name="accounts"),
    path("accounts/nieuw/", beheren.new_account, name="account-nieuw"),
    path("accounts/<int:nummer>/", beheren.account, name="account"),
    path(
        "accounts/<int:nummer>/wijzigen/", beheren.change_account, name="account-wijzig"
    ),
    path("accounts/<int:nummer>/rol/", beheren.new_role, name="aanstelling-nieuw"),
    path(
        "accounts/<int:nummer>/rol/<int:aanstelling>/einde/",
        beheren.end_role,
        name="aanstelling-einde",
    ),
    path("organisaties/", beheren.organisations, name="organisaties"),
    path("organisaties/nieuw/", beheren.organisation, name="organisatie-nieuw"),
    path("organisaties/<uuid:nummer>/", beheren.organisation, name="organisatie"),
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
