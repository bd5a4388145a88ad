"""Django configuration of the room."""

from django.apps import AppConfig


class PlannenConfig(AppConfig):
    """Dossiers and who takes part in them."""

    name = "samenloop.plannen"
    label = "plannen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what rests on consent, what is kept how long, and what happened."""
        from samenloop.plannen import (
            bewaren,
            gebeurd,
            gevolgen,
            jobs,  # noqa: F401 (handles events)
        )

        gevolgen.register_own()
        bewaren.register_families()
        gebeurd.register()
