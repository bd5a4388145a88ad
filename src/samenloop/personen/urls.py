"""Addresses of the pages about people; an id in an address says nothing."""

from django.urls import path

from samenloop.personen import pages, toestemmingpagina

urlpatterns = [
    path("personen/", pages.search, name="personen-zoeken"),
    path("personen/nieuw/", pages.register, name="persoon-registreren"),
    path("personen/<uuid:persoon>/", pages.person, name="persoon"),
    path("personen/<uuid:persoon>/doel/", pages.purpose, name="persoon-doel"),
    path("personen/<uuid:persoon>/bsn/", pages.bsn, name="persoon-bsn"),
    path(
        "personen/<uuid:persoon>/toestemming/",
        toestemmingpagina.give,
        name="toestemming-vastleggen",
    ),
    path(
        "toestemmingen/<uuid:toestemming>/stoppen/",
        toestemmingpagina.stop,
        name="toestemming-stoppen",
    ),
]
