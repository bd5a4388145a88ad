"""Addresses of the monitor, its tables, releases and deliveries."""

from django.urls import path

from samenloop.verantwoording import leveringpagina, nupagina, pages, tabelpagina

_MONITOR = "monitor/<str:regio>/<str:kwartaal>/"

urlpatterns = [
    path("overzicht/", pages.overview, name="overzicht"),
    path("monitor/", pages.choose, name="kies-monitor"),
    path(_MONITOR, pages.monitor, name="monitor"),
    path(f"{_MONITOR}uitgaven/", pages.revisions, name="uitgaven"),
    path(f"{_MONITOR}tabellen.zip", pages.all_csv, name="alle-csv"),
    path(f"{_MONITOR}bestand/<path:naam>", pages.file, name="bestand"),
    path(f"{_MONITOR}<slug:hoofdstuk>/", pages.chapter, name="hoofdstuk"),
    path("casussen-nu/", nupagina.caseload, name="caseload-nu"),
    path("tabellen/", tabelpagina.tables, name="tabellen"),
    path("tabellen/<slug:tabel>/", tabelpagina.table, name="tabel"),
    path(
        "tabellen/<slug:tabel>/download.<str:soort>",
        tabelpagina.download,
        name="tabel-download",
    ),
    path("leveringen/", leveringpagina.deliveries, name="leveringen"),
    path("leveringen/<int:nummer>/", leveringpagina.delivery, name="levering"),
    path("over/", pages.about, name="over"),
]
