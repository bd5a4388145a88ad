"""Django configuration of the room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MetingenConfig(AppConfig):
    """Measurements."""

    name = "samenloop.plannen.metingen"
    label = "metingen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the standard at hand, tell of measurements, and let them go."""
        from samenloop.plannen.metingen import (
            bewaren,
            gebeurd,
            instrumenten,
            jobs,  # noqa: F401 (periodic work)
        )

        bewaren.register_parts()
        gebeurd.register()
        post_migrate.connect(
            instrumenten.load_standard, sender=self, dispatch_uid="metingen-standaard"
        )
