"""Addresses of the pages about the logs."""

from django.urls import path

from samenloop.access.logboek import kenmerkpagina, pages

urlpatterns = [
    path("logboek/", pages.search, name="logboek"),
    path("logboek/export/", pages.export, name="logboek-export"),
    path("logboek/regels/<int:nummer>/", pages.line, name="logboek-regel"),
    path("logboek/afwijkingen/", pages.odd_looks, name="afwijkingen"),
    path("logboek/afwijkingen/<uuid:pk>/", pages.odd_look, name="afwijking"),
    path("logboek/ketens/", pages.chains, name="logboek-ketens"),
    path("logboek/ketens/stand/", pages.chains_part, name="logboek-ketenstand"),
    path("logboek/ketens/controle/", pages.start_check, name="logboek-controle"),
    path(
        "logboek/ketens/controle/<uuid:pk>/stop/",
        pages.stop_check,
        name="logboek-controle-stop",
    ),
    path("logboek/kenmerken/", kenmerkpagina.marks, name="kenmerken"),
    path(
        "logboek/kenmerken/<int:account>/weg/",
        kenmerkpagina.forget,
        name="kenmerken-weg",
    ),
    path(
        "logboek/api/v0/processing-activities",
        pages.processing_activities,
        name="logboek-ldv",
    ),
]
