"""Addresses of the pages about koppelingen."""

from django.urls import path

from samenloop.access.koppelingen import pages

urlpatterns = [
    path("beheer/koppelingen/", pages.overview, name="koppelingen"),
    path("beheer/koppelingen/nieuw/", pages.make, name="koppeling-nieuw"),
    path("beheer/koppelingen/<uuid:koppeling>/", pages.detail, name="koppeling"),
    path(
        "beheer/koppelingen/<uuid:koppeling>/geheim/",
        pages.rotate,
        name="koppeling-geheim",
    ),
    path(
        "beheer/koppelingen/<uuid:koppeling>/einde/", pages.end, name="koppeling-einde"
    ),
]
