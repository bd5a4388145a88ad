"""Addresses of this room; none of them holds anything of a person."""

from django.urls import path

from samenloop.regie.termijnen.pages import casus, instellen, lijst

urlpatterns = [
    path("termijnen/", lijst.overview, name="termijnen"),
    path("termijnen/soorten/", instellen.kinds, name="termijnsoorten"),
    path("termijnen/soorten/nieuw/", instellen.new_kind, name="termijnsoort-nieuw"),
    path("termijnen/soorten/<slug:code>/", instellen.kind, name="termijnsoort"),
    path("termijnen/ladders/", instellen.ladders, name="ladders"),
    path("termijnen/ladders/gemeente/", instellen.set_ladder, name="ladder"),
    path(
        "termijnen/ladders/<uuid:team>/", instellen.set_ladder, name="ladder-van-team"
    ),
    path("casus/<uuid:casus>/termijnen/", casus.of_case, name="termijnen-van-casus"),
    path("casus/<uuid:casus>/termijnen/nieuw/", casus.start, name="termijn-nieuw"),
    path("casus/<uuid:casus>/doorzetten/", casus.push_through, name="doorzetten"),
    path("termijn/<uuid:termijn>/", casus.show, name="termijn"),
    path("termijn/<uuid:termijn>/<slug:stap>/", casus.step, name="termijn-stap"),
]
