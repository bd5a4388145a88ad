"""Addresses of retention and destruction."""

from django.urls import path

from samenloop.access.bewaren import pages

urlpatterns = [
    path("bewaren/", pages.overview, name="bewaren"),
    path("bewaren/termijnen/", pages.terms, name="bewaartermijnen"),
    path("bewaren/termijnen/<slug:code>/", pages.term, name="bewaartermijn"),
    path("bewaren/opschorten/", pages.hold, name="opschorten"),
    path("bewaren/opschorten/<uuid:pk>/op/", pages.lift, name="opschorting-opheffen"),
    path("bewaren/vernietigen/", pages.start, name="vernietigen"),
    path("bewaren/vernietigen/<uuid:pk>/", pages.report, name="vernietiging"),
    path("bewaren/vernietigen/<uuid:pk>/stop/", pages.stop, name="vernietiging-stop"),
]
