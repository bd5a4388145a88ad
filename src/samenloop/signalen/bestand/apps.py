"""Registers the room with Django."""

from django.apps import AppConfig


class BestandConfig(AppConfig):
    """Signals that arrive as a file."""

    name = "samenloop.signalen.bestand"
    label = "signaalbestand"
    verbose_name = "Signalen uit een bestand"
