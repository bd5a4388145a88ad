"""Addresses of the pages around the BRP; an id in an address says nothing."""

from django.urls import path

from samenloop.personen.brp import pages

urlpatterns = [
    path("personen/uit-de-brp/", pages.fetch_person, name="brp-ophalen"),
    path("personen/<uuid:persoon>/brp/", pages.refresh_person, name="brp-bijwerken"),
    path("personen/<uuid:persoon>/twijfel/", pages.doubt, name="brp-terugmelden"),
    path(
        "terugmeldingen/<uuid:melding>/verder/",
        pages.continue_doubt,
        name="brp-terugmelding-verder",
    ),
    path(
        "terugmeldingen/<uuid:melding>/intrekken/",
        pages.withdraw_doubt,
        name="brp-terugmelding-intrekken",
    ),
]
