"""Addresses of this room."""

from django.urls import URLPattern, path

from samenloop.voorzieningen.declaraties import pages

urlpatterns: list[URLPattern] = [
    path("declaraties/", pages.invoices, name="declaraties"),
    path("declaraties/<uuid:declaratie>/", pages.invoice, name="declaratie"),
    path("betaalbatches/", pages.batches, name="betaalbatches"),
    path("betaalbatches/nieuw/", pages.make, name="betaalbatch-nieuw"),
    path("betaalbatches/<uuid:batch>/", pages.batch, name="betaalbatch"),
    path("betaalbatches/<uuid:batch>/doen/", pages.act, name="betaalbatch-doen"),
    path(
        "betaalbatches/<uuid:batch>/bestand/", pages.export, name="betaalbatch-bestand"
    ),
    path("besteding/", pages.spending, name="besteding"),
]
