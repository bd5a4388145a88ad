"""Addresses of this room; an id in an address says nothing."""

from django.urls import path

from samenloop.plannen.metingen import beheerpagina, pages

urlpatterns = [
    path("dossier/<uuid:dossier>/metingen/", pages.course, name="metingen"),
    path("dossier/<uuid:dossier>/metingen/nieuw/", pages.new, name="meting-nieuw"),
    path(
        "dossier/<uuid:dossier>/metingen/concept/",
        pages.concept,
        name="meting-concept",
    ),
    path("meting/<uuid:meting>/herstellen/", pages.correct, name="meting-herstellen"),
    path("meetinstrumenten/", beheerpagina.overview, name="meetinstrumenten"),
    path("meetinstrumenten/nieuw/", beheerpagina.new, name="meetinstrument-nieuw"),
    path(
        "meetinstrumenten/<uuid:instrument>/",
        beheerpagina.show,
        name="meetinstrument",
    ),
    path(
        "meetinstrumenten/<uuid:instrument>/wijzigen/",
        beheerpagina.change,
        name="meetinstrument-wijzigen",
    ),
]
