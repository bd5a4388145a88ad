"""Addresses of this room."""

from django.urls import path

from samenloop.regie.overleg import gastpagina, pages, tafelpagina

urlpatterns = [
    path("overleg/", pages.overview, name="overleggen"),
    path("overleg/nieuw/", pages.new, name="overleg-nieuw"),
    path("overleg/<uuid:overleg>/", tafelpagina.table, name="overleg"),
    path("overleg/<uuid:overleg>/agenda/", pages.put_on, name="overleg-agenda"),
    path("overleg/<uuid:overleg>/uitnodigen/", pages.invite, name="overleg-uitnodigen"),
    path("overleg/<uuid:overleg>/stand/", pages.change, name="overleg-stand"),
    path(
        "overleg/<uuid:overleg>/gast/<uuid:genodigde>/",
        pages.link,
        name="overleg-gastlink",
    ),
    path(
        "overleg/punt/<uuid:punt>/bespreking/",
        tafelpagina.write_down,
        name="overleg-bespreking",
    ),
    path(
        "overleg/punt/<uuid:punt>/besluit/", tafelpagina.decide, name="overleg-besluit"
    ),
    path("overleg/punt/<uuid:punt>/eraf/", pages.take_off, name="overleg-eraf"),
    path("gast/<str:sleutel>/", gastpagina.door, name="gast"),
    path("gast/", gastpagina.table, name="gast-tafel"),
]
