"""Addresses of this room."""

from django.urls import path

from samenloop.voorzieningen.toewijzen.pages import (
    aanvragen,
    beschikkingen,
    herindiceren,
    instellen,
    toewijzingen,
    vervangen,
    verzoeken,
)

_AANVRAAG = "aanvragen/<uuid:aanvraag>"
_BESLUIT = "beschikkingen/<uuid:beschikking>"
_TOEWIJZING = "toewijzingen/<uuid:toewijzing>"
_VERZOEK = "verzoeken/<uuid:verzoek>"

urlpatterns = [
    path("aanvragen/", aanvragen.overview, name="aanvragen"),
    path("aanvragen/nieuw/<uuid:persoon>/", aanvragen.new, name="aanvraag-nieuw"),
    path(
        "aanvragen/herindicatie/<uuid:voorziening>/",
        herindiceren.begin,
        name="aanvraag-herindicatie",
    ),
    path(f"{_AANVRAAG}/", aanvragen.show, name="aanvraag"),
    path(f"{_AANVRAAG}/oppakken/", aanvragen.take_up, name="aanvraag-oppakken"),
    path(f"{_AANVRAAG}/besluit/", aanvragen.decide, name="aanvraag-besluit"),
    path(f"{_AANVRAAG}/<slug:stap>/", aanvragen.step, name="aanvraag-stap"),
    path(f"{_BESLUIT}/", beschikkingen.show, name="beschikking"),
    path(f"{_BESLUIT}/vervangen/", vervangen.replace, name="beschikking-vervangen"),
    path(f"{_BESLUIT}/bezwaar/", beschikkingen.object_to, name="bezwaar-nieuw"),
    path(
        f"{_BESLUIT}/toewijzen/<uuid:product>/",
        beschikkingen.allocate,
        name="beschikking-toewijzen",
    ),
    path("klachten/nieuw/<uuid:persoon>/", beschikkingen.complain, name="klacht-nieuw"),
    path("bezwaren/<uuid:zaak>/", beschikkingen.settle, name="bezwaar"),
    path(
        "voorzieningen/van/<uuid:persoon>/",
        toewijzingen.of_person,
        name="voorzieningen-van",
    ),
    path(f"{_TOEWIJZING}/", toewijzingen.show, name="toewijzing"),
    path(f"{_TOEWIJZING}/wijzigen/", toewijzingen.change, name="toewijzing-wijzigen"),
    path(
        f"{_TOEWIJZING}/verwijderen/",
        toewijzingen.remove,
        name="toewijzing-verwijderen",
    ),
    path("pgb/<uuid:pgb>/einde/", toewijzingen.end_budget, name="pgb-einde"),
    path("verzoeken/", verzoeken.overview, name="verzoeken"),
    path(f"{_VERZOEK}/", verzoeken.show, name="verzoek"),
    path(f"{_VERZOEK}/afwijzen/", verzoeken.refuse, name="verzoek-afwijzen"),
    path(f"{_VERZOEK}/aanvraag/", verzoeken.to_application, name="verzoek-aanvraag"),
    path(f"{_VERZOEK}/<slug:antwoord>/", verzoeken.answer, name="verzoek-antwoord"),
    path("routes/", instellen.overview, name="routeregels"),
    path("routes/nieuw/", instellen.new, name="routeregel-nieuw"),
    path("routes/<uuid:regel>/einde/", instellen.end, name="routeregel-einde"),
    path("uitvoer/", instellen.exports, name="uitvoer"),
    path("uitvoer/<slug:soort>/", instellen.export, name="uitvoer-bestand"),
]
