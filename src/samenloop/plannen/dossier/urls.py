"""Addresses of this room."""

from django.urls import path

from samenloop.plannen.dossier import pages

urlpatterns = [
    path("dossier/<uuid:dossier>/tijdlijn/", pages.timeline, name="tijdlijn"),
    path("dossier/<uuid:dossier>/journaal/", pages.journal, name="journaal"),
    path("dossier/<uuid:dossier>/contact/", pages.contact_new, name="contact-nieuw"),
    path(
        "dossier/<uuid:dossier>/contact/concept/",
        pages.contact_draft,
        name="contact-concept",
    ),
    path("contact/<uuid:contact>/", pages.contact, name="contact"),
    path(
        "contact/<uuid:contact>/verbeteren/",
        pages.contact_correct,
        name="contact-verbeteren",
    ),
    path("dossier/<uuid:dossier>/gesprek/", pages.conversations, name="gesprek"),
    path("gesprek/<uuid:gesprek>/", pages.conversation, name="gesprek-voeren"),
    path(
        "gesprek/<uuid:gesprek>/concept/",
        pages.conversation_draft,
        name="gesprek-concept",
    ),
    path(
        "gesprek/<uuid:gesprek>/verslag/<int:nummer>/",
        pages.report,
        name="gesprek-verslag",
    ),
    path(
        "gesprek/<uuid:gesprek>/verslag/<int:nummer>/gegeven/",
        pages.report_given,
        name="gesprek-gegeven",
    ),
    path("dossier/<uuid:dossier>/notities/", pages.notes, name="notities"),
    path(
        "dossier/<uuid:dossier>/notities/concept/",
        pages.note_draft,
        name="notitie-concept",
    ),
    path("notitie/<uuid:notitie>/", pages.note, name="notitie"),
    path("dossier/<uuid:dossier>/documenten/", pages.documents, name="documenten"),
    path(
        "document/<uuid:document>/versie/",
        pages.document_version,
        name="document-versie",
    ),
    path("documentversie/<uuid:versie>/", pages.document_open, name="document-openen"),
]
