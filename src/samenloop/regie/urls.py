"""Addresses of this room; none of them holds anything of a person."""

from django.urls import path

from samenloop.regie.pages import (
    afsluiten,
    casus,
    elders,
    lijst,
    overdragen,
    stap,
    teams,
)

_CASUS = "casus/<uuid:casus>/"

urlpatterns = [
    path("casussen/", lijst.overview, name="casussen"),
    path(_CASUS, casus.show, name="casus"),
    path("dossier/<uuid:dossier>/", casus.of_dossier, name="casus-van-dossier"),
    path(f"{_CASUS}oppakken/", casus.take_up, name="casus-oppakken"),
    path(f"{_CASUS}stap/<slug:stap>/", stap.move, name="casus-stap"),
    path(f"{_CASUS}uitbreiden/", stap.grow, name="casus-uitbreiden"),
    path(f"{_CASUS}regisseur/", overdragen.hand_over, name="casus-regisseur"),
    path(f"{_CASUS}team/", overdragen.team, name="casus-team"),
    path(f"{_CASUS}afsluiten/", afsluiten.close, name="casus-afsluiten"),
    path(f"{_CASUS}heropenen/", afsluiten.reopen, name="casus-heropenen"),
    path(f"{_CASUS}nazorg/", afsluiten.aftercare, name="casus-nazorg"),
    path(f"{_CASUS}elders/", elders.transfer, name="casus-elders"),
    path(f"{_CASUS}elders/versturen/", elders.send, name="casus-elders-versturen"),
    path(f"{_CASUS}elders/stoppen/", elders.call_off, name="casus-elders-stoppen"),
    path("teams/", teams.overview, name="teams"),
    path("teams/<uuid:team>/", teams.show, name="team"),
    path("teams/<uuid:team>/lid/", teams.member, name="team-lid"),
    path("teams/lid/<uuid:lid>/einde/", teams.leave, name="team-lid-einde"),
    path("afwezig/", teams.absence, name="afwezigheid-nieuw"),
    path("afwezig/<uuid:afwezigheid>/einde/", teams.back, name="afwezigheid-einde"),
]
