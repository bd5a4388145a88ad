"""Addresses of this room; none of them holds anything of a person."""

from django.urls import path

from samenloop.regie.taken.pages import dag, lijst, taak

urlpatterns = [
    path("mijn-dag/", dag.show, name="mijn-dag"),
    path("taken/", lijst.overview, name="taken"),
    path("taken/verdelen/", lijst.divide, name="taken-verdelen"),
    path("taak/<uuid:taak>/", taak.show, name="taak"),
    path("taak/<uuid:taak>/klaar/", taak.complete, name="taak-klaar"),
    path("taak/<uuid:taak>/vervallen/", taak.cancel, name="taak-vervallen"),
    path("taak/<uuid:taak>/heropenen/", taak.reopen, name="taak-heropenen"),
    path("taak/<uuid:taak>/beginnen/", taak.start, name="taak-beginnen"),
    path("taak/<uuid:taak>/overdragen/", taak.give, name="taak-overdragen"),
    path("taak/<uuid:taak>/wijzigen/", taak.edit, name="taak-wijzigen"),
    path("dossier/<uuid:dossier>/taken/nieuw/", taak.new, name="taak-nieuw"),
]
