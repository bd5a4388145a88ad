"""Addresses of this room."""

from django.urls import path

from samenloop.regie.postvak import pages

urlpatterns = [
    path("postvak/", pages.mailbox, name="postvak"),
    path("postvak/<uuid:draad>/", pages.thread, name="draad"),
    path(
        "postvak/<uuid:draad>/bijlage/<int:bijlage>/",
        pages.attachment,
        name="bericht-bijlage",
    ),
    path("dossier/<uuid:dossier>/bericht/", pages.new, name="bericht-nieuw"),
    path("dossier/<uuid:dossier>/bericht/concept/", pages.keep, name="bericht-concept"),
    path("dossier/<uuid:dossier>/berichten/", pages.of_dossier, name="berichten"),
]
