"""Addresses of this room."""

from django.urls import path

from samenloop.plannen.plan.pages import (
    bewerken,
    eigen,
    evalueren,
    sjablonen,
    tonen,
    verplaatsen,
    versies,
)

_PLAN = "dossier/<uuid:dossier>/plan/"

urlpatterns = [
    path(_PLAN, tonen.show, name="plan"),
    path(f"{_PLAN}eigen-deel/", eigen.own, name="plan-eigen"),
    path(f"{_PLAN}openen/", tonen.open_, name="plan-openen"),
    path(f"{_PLAN}grond/", tonen.ground, name="plan-grond"),
    path(f"{_PLAN}sluiten/", tonen.close, name="plan-sluiten"),
    path(f"{_PLAN}bewerken/", bewerken.edit, name="plan-bewerken"),
    path(f"{_PLAN}veld/", bewerken.field, name="plan-veld"),
    path(f"{_PLAN}samen/", bewerken.pulse, name="plan-samen"),
    path(f"{_PLAN}onderdeel/", bewerken.part, name="plan-onderdeel"),
    path(
        f"{_PLAN}onderdeel/<slug:soort>/<uuid:onderdeel>/",
        bewerken.fragment,
        name="plan-onderdeel-tonen",
    ),
    path(
        f"{_PLAN}activiteit/<uuid:activiteit>/ander-doel/",
        verplaatsen.move,
        name="plan-ander-doel",
    ),
    path(f"{_PLAN}versies/", versies.overview, name="plan-versies"),
    path(f"{_PLAN}versies/maken/", versies.make, name="plan-versie-maken"),
    path(f"{_PLAN}versies/<int:nummer>/", versies.show, name="plan-versie"),
    path(f"{_PLAN}versies/<int:nummer>/tekenen/", versies.sign, name="plan-tekenen"),
    path(
        f"{_PLAN}versies/<int:was>/<int:wordt>/",
        versies.compare,
        name="plan-vergelijken",
    ),
    path(f"{_PLAN}evaluatie/", evalueren.hold, name="plan-evaluatie"),
    path(
        f"{_PLAN}evaluatie/plannen/", evalueren.plan_on, name="plan-evaluatie-plannen"
    ),
    path("plansjablonen/", sjablonen.overview, name="plansjablonen"),
    path("plansjablonen/nieuw/", sjablonen.new, name="plansjabloon-nieuw"),
    path("plansjablonen/<uuid:sjabloon>/", sjablonen.edit, name="plansjabloon"),
]
