"""Addresses for signing in and out and for the language of the pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from samenloop.access import pages

urlpatterns = [
    path("aanmelden/", pages.Aanmelden.as_view(), name="aanmelden"),
    path("afmelden/", pages.Afmelden.as_view(), name="afmelden"),
    path("taal/", login_not_required(set_language), name="taal"),
]
