"""Registers the room with Django."""

from django.apps import AppConfig


class BewarenConfig(AppConfig):
    """How long records are kept, and destroying them when due."""

    name = "samenloop.access.bewaren"
    label = "bewaren"
    verbose_name = "Bewaren en vernietigen"
