"""Registers the room with Django."""

from django.apps import AppConfig


class KlantbeeldConfig(AppConfig):
    """One view of a person and gezin over own records and outside sources."""

    name = "samenloop.klantbeeld"
    label = "klantbeeld"
    verbose_name = "Klantbeeld"
