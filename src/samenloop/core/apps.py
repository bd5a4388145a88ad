"""Registers the room with Django."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The ground floor: border between municipalities, events, value types."""

    name = "samenloop.core"
    label = "core"
    verbose_name = "Kern"
