"""Registers the room with Django."""

from django.apps import AppConfig


class SignalenConfig(AppConfig):
    """Signals come in, are weighed, and become a melding or not."""

    name = "samenloop.signalen"
    label = "signalen"
    verbose_name = "Signalen"

    def ready(self) -> None:
        """Offer the rules their facts."""
        from samenloop.signalen import feiten  # noqa: F401
