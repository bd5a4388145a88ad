"""Addresses of this room."""

from django.urls import path

from samenloop.regie.afspraken import pages

urlpatterns = [
    path("agenda/", pages.week, name="agenda"),
    path("agenda/dag.ics", pages.download, name="agenda-ics"),
    path("casus/<uuid:casus>/afspraak/", pages.new, name="afspraak-nieuw"),
    path("afspraak/<uuid:afspraak>/", pages.show, name="afspraak"),
    path("afspraak/<uuid:afspraak>/verzetten/", pages.move, name="afspraak-verzetten"),
    path(
        "afspraak/<uuid:afspraak>/afzeggen/", pages.call_off, name="afspraak-afzeggen"
    ),
]
