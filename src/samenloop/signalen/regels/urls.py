"""Addresses of the rules."""

from django.urls import path

from samenloop.signalen.regels import pages, proefpages

urlpatterns = [
    path("regels/", pages.overview, name="regels"),
    path("regels/nieuw/", pages.create, name="regel-nieuw"),
    path("regels/beginset/", pages.start_set, name="regels-beginset"),
    path("regels/instellingen/", pages.settings, name="regels-instellingen"),
    path("regels/proef/<uuid:pk>/", proefpages.trial, name="regelproef"),
    path("regels/proef/<uuid:pk>/stop/", proefpages.stop, name="regelproef-stop"),
    path(
        "regels/proef/<uuid:pk>/signalen/",
        proefpages.changed,
        name="regelproef-signalen",
    ),
    path("regels/proef/<uuid:pk>/csv/", proefpages.export, name="regelproef-csv"),
    path("regels/<uuid:pk>/", pages.rule, name="regel"),
    path("regels/<uuid:pk>/versie/", pages.new_version, name="regel-versie"),
    path("regels/<uuid:pk>/stap/<int:nummer>/", pages.step, name="regel-stap"),
    path(
        "regels/<uuid:pk>/verschil/<int:was>/<int:wordt>/",
        pages.difference,
        name="regel-verschil",
    ),
]
