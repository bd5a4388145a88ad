"""Registers the room with Django."""

from django.apps import AppConfig


class BrpConfig(AppConfig):
    """The base registry of persons: asked, never retyped."""

    name = "samenloop.personen.brp"
    label = "brp"
    verbose_name = "BRP"

    def ready(self) -> None:
        """Say which records of this room come to an end."""
        from samenloop.personen.brp import bewaren

        bewaren.register_families()
