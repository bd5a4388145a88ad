"""Addresses of the room; none of them holds anything of a person."""

from django.urls import path

from samenloop.signalen.pages import (
    melding,
    meldingen,
    partner,
    signalen,
    vandaag,
    vastleggen,
    weegtermijn,
)

urlpatterns = [
    path("vandaag/", vandaag.today, name="vandaag"),
    path("signalen/", signalen.overview, name="signalen"),
    path("signalen/nieuw/", vastleggen.new, name="signaal-nieuw"),
    path("signalen/nieuw/concept/", vastleggen.draft, name="signaal-concept"),
    path("signalen/terugmeldingen/", signalen.word_back, name="terugmeldingen"),
    path(
        "signalen/terugmeldingen/<uuid:terugmelding_id>/verteld/",
        signalen.told,
        name="terugmelding-verteld",
    ),
    path("signalen/<uuid:signaal>/", signalen.show, name="signaal"),
    path("signalen/<uuid:signaal>/sluiten/", signalen.close, name="signaal-sluiten"),
    path("signalen/<uuid:signaal>/koppelen/", signalen.link, name="signaal-koppelen"),
    path("signalen/<uuid:signaal>/losmaken/", signalen.unlink, name="signaal-losmaken"),
    path("meldingen/", meldingen.overview, name="meldingen"),
    path("meldingen/<uuid:melding>/", melding.show, name="melding"),
    path("meldingen/<uuid:melding>/besluit/", melding.decide, name="melding-besluit"),
    path("meldingen/<uuid:melding>/concept/", melding.draft, name="melding-concept"),
    path(
        "meldingen/<uuid:melding>/toewijzen/", melding.assign, name="melding-toewijzen"
    ),
    path("regels/weegtermijn/", weegtermijn.terms, name="weegtermijn"),
    path("partner/", partner.report, name="partner"),
    path("partner/concept/", partner.draft, name="partner-concept"),
]
