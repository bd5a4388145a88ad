"""Addresses of the pages about files of signals."""

from django.urls import path

from samenloop.signalen.bestand import pages

_EEN = "signalen/bestand/<uuid:bestand>/"

urlpatterns = [
    path("signalen/bestand/", pages.overview, name="signaalbestanden"),
    path(_EEN, pages.detail, name="signaalbestand"),
    path(f"{_EEN}stap/", pages.step, name="signaalbestand-stap"),
    path(f"{_EEN}voortgang/", pages.progress, name="signaalbestand-voortgang"),
    path(f"{_EEN}foute-rijen/", pages.faulty, name="signaalbestand-fouten"),
]
