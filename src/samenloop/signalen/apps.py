"""Registers the room with Django."""

from django.apps import AppConfig


class SignalenConfig(AppConfig):
    """Signals come in, are weighed, and become a melding or not."""

    name = "samenloop.signalen"
    label = "signalen"
    verbose_name = "Signalen"

    def ready(self) -> None:
        """Say to the floors below what this room knows and keeps."""
        from samenloop.access.logboek import betrokkenheid
        from samenloop.signalen import (
            betrokken,
            bewaren,
            feiten,  # noqa: F401 (offers the rules their facts)
            jobs,  # noqa: F401 (handles events)
        )

        betrokkenheid.register(betrokken.involved)
        bewaren.register_families()
