"""Registers the room with Django."""

from django.apps import AppConfig


class BewarenConfig(AppConfig):
    """How long records are kept, and destroying them when due."""

    name = "samenloop.access.bewaren"
    label = "bewaren"
    verbose_name = "Bewaren en vernietigen"

    def ready(self) -> None:
        """Tell what this floor keeps itself."""
        from samenloop.access.bewaren import nood

        nood.register_families()
