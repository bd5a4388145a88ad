"""Addresses of this room; none of them holds anything of a person."""

from django.urls import path

from samenloop.regie.caseload.pages import bord, herindicaties, te_laat

urlpatterns = [
    path("caseload/", bord.board, name="caseload"),
    path("caseload/aanvragen/", te_laat.overview, name="aanvragen-te-laat"),
    path("caseload/norm/", bord.norm, name="caseload-norm"),
    path("caseload/<uuid:team>/toewijzen/", bord.assign, name="caseload-toewijzen"),
    path("caseload/<uuid:team>/voorstel/", bord.proposal, name="caseload-voorstel"),
    path(
        "caseload/<uuid:team>/<int:account>/", bord.worker, name="caseload-medewerker"
    ),
    path("casus/<uuid:casus>/zwaarte/", bord.weight, name="casus-zwaarte"),
    path("herindicaties/", herindicaties.year, name="herindicaties"),
    path("herindicaties/nu/", herindicaties.now, name="herindicaties-nu"),
    path("herindicaties/plannen/", herindicaties.plan, name="herindicaties-plannen"),
]
