"""Addresses of this room."""

from django.urls import URLPattern, path

from samenloop.berichten.verkeer.pages import aansluiting, bericht, overzicht, volgen

urlpatterns: list[URLPattern] = [
    path("berichtenverkeer/", overzicht.overview, name="verkeer"),
    path(
        "berichtenverkeer/lijst/<slug:welke>/", overzicht.listed, name="verkeer-lijst"
    ),
    path("berichtenverkeer/volgen/", volgen.find, name="verkeer-vinden"),
    path(
        "berichtenverkeer/toewijzing/<uuid:toewijzing>/",
        volgen.follow,
        name="verkeer-volgen",
    ),
    path(
        "berichtenverkeer/client/<uuid:persoon>/",
        volgen.follow_client,
        name="verkeer-client",
    ),
    path("berichtenverkeer/<uuid:bericht>/", bericht.detail, name="verkeer-bericht"),
    path("berichtenverkeer/<uuid:bericht>/xml/", bericht.source, name="verkeer-xml"),
    path("berichtenverkeer/<uuid:bericht>/doen/", bericht.act, name="verkeer-doen"),
    path("beheer/berichtenverkeer/", aansluiting.manage, name="verkeer-aansluiting"),
]
