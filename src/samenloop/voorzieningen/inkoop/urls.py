"""Addresses of this room."""

from django.urls import path

from samenloop.voorzieningen.inkoop.pages import aanbod, boek, contracten

urlpatterns = [
    path("aanbod/", aanbod.compare, name="aanbod"),
    path("contracten/", contracten.overview, name="contracten"),
    path("contracten/nieuw/", contracten.new, name="contract-nieuw"),
    path("contracten/<uuid:contract>/", contracten.show, name="contract"),
    path("contracten/<uuid:contract>/boek/", boek.book, name="productenboek"),
    path(
        "contracten/<uuid:contract>/boek/inlezen/",
        boek.carry_out,
        name="productenboek-inlezen",
    ),
    path(
        "contracten/<uuid:contract>/<slug:deel>/",
        contracten.part,
        name="contract-deel",
    ),
]
