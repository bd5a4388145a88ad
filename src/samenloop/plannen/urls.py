"""Addresses of this room; an id in an address says nothing."""

from django.urls import path

from samenloop.plannen import beperkpagina, pages

urlpatterns = [
    path("dossier/<uuid:dossier>/deelnemers/", pages.participants, name="deelnemers"),
    path(
        "dossier/<uuid:dossier>/deelnemers/nieuw/",
        pages.let_in,
        name="deelnemer-toelaten",
    ),
    path("deelname/<uuid:deelname>/beeindigen/", pages.end, name="deelname-beeindigen"),
    path(
        "deelname/<uuid:deelname>/beperken/",
        beperkpagina.impose,
        name="deelname-beperken",
    ),
    path(
        "beperking/<uuid:beperking>/beeindigen/",
        beperkpagina.lift,
        name="beperking-beeindigen",
    ),
    path("herbeoordeling/<uuid:herbeoordeling>/", pages.review, name="herbeoordeling"),
]
