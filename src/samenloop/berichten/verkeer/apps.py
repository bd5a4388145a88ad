"""Django configuration of the room."""

from django.apps import AppConfig


class VerkeerConfig(AppConfig):
    """Inbox, outbox and their terms."""

    name = "samenloop.berichten.verkeer"
    label = "verkeer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the floors below what this room keeps, and handle their events."""
        from samenloop.berichten.standaard import codelijsten
        from samenloop.berichten.verkeer import (
            bewaren,
            jobs,  # noqa: F401 (handles events)
        )
        from samenloop.voorzieningen.declaraties.redenen import register_meaning

        bewaren.register_families()
        register_meaning(lambda code: codelijsten.naam("WJ001", code))
