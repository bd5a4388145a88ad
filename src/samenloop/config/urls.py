"""Which room answers which address."""

from django.urls import include, path

from samenloop.config.api import api

urlpatterns = [
    path("", include("samenloop.access.urls")),
    path("", include("samenloop.access.koppelingen.urls")),
    path("api/v1/", api.urls),
    path("", include("samenloop.signalen.bestand.urls")),
    path("", include("samenloop.access.logboek.urls")),
    path("", include("samenloop.access.bewaren.urls")),
    path("", include("samenloop.personen.brp.urls")),
    path("", include("samenloop.personen.urls")),
    path("", include("samenloop.signalen.urls")),
    path("", include("samenloop.signalen.regels.urls")),
    path("", include("samenloop.plannen.urls")),
    path("", include("samenloop.plannen.plan.urls")),
    path("", include("samenloop.plannen.metingen.urls")),
    path("", include("samenloop.plannen.dossier.urls")),
    path("", include("samenloop.regie.urls")),
    path("", include("samenloop.regie.taken.urls")),
    path("", include("samenloop.regie.termijnen.urls")),
    path("", include("samenloop.regie.caseload.urls")),
    path("", include("samenloop.regie.overleg.urls")),
    path("", include("samenloop.regie.afspraken.urls")),
    path("", include("samenloop.regie.postvak.urls")),
    path("", include("samenloop.voorzieningen.inkoop.urls")),
    path("", include("samenloop.voorzieningen.toewijzen.urls")),
    path("", include("samenloop.voorzieningen.declaraties.urls")),
    path("", include("samenloop.berichten.verkeer.urls")),
    path("", include("samenloop.klantbeeld.urls")),
    path("", include("samenloop.verantwoording.urls")),
    path("", include("samenloop.portaal.urls")),
]

handler400 = "samenloop.access.pages.bad_request"
handler403 = "samenloop.access.pages.forbidden"
handler404 = "samenloop.access.pages.not_found"
handler500 = "samenloop.access.pages.server_error"
