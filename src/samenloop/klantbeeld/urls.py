"""Addresses of the klantbeeld and of the catalogue behind it."""

from django.urls import path

from samenloop.klantbeeld import gronden_pages, pages

urlpatterns = [
    path("klantbeeld/<str:context>/<uuid:id_>/", pages.open_, name="klantbeeld-openen"),
    path("klantbeeld/<uuid:inkijk>/", pages.show, name="klantbeeld"),
    path(
        "klantbeeld/<uuid:inkijk>/bron/<slug:bron>/",
        pages.source,
        name="klantbeeld-bron",
    ),
    path("gronden/", gronden_pages.overview, name="gronden"),
    path("gronden/velden.csv", gronden_pages.export, name="gronden-export"),
    path("gronden/veld/<str:code>/", gronden_pages.field, name="gronden-veld"),
    path("gronden/besluiten/", gronden_pages.decisions, name="grondbesluiten"),
    path(
        "gronden/besluiten/<slug:grond>/voorstellen/",
        gronden_pages.propose,
        name="grond-voorstellen",
    ),
    path(
        "gronden/besluiten/<uuid:besluit>/bevestigen/",
        gronden_pages.confirm,
        name="grond-bevestigen",
    ),
    path(
        "gronden/besluiten/<uuid:besluit>/intrekken/",
        gronden_pages.withdraw,
        name="grond-intrekken",
    ),
]
