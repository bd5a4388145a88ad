"""Registers the room with Django."""

from django.apps import AppConfig


class KlantbeeldConfig(AppConfig):
    """One view of a person and gezin over own records and outside sources."""

    name = "samenloop.klantbeeld"
    label = "klantbeeld"
    verbose_name = "Klantbeeld"

    def ready(self) -> None:
        """Say to the floors below what this room keeps."""
        from samenloop.klantbeeld import bewaren

        bewaren.register_families()
