"""Django configuration of the room."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """The written part of a dossier."""

    name = "samenloop.plannen.dossier"
    label = "dossier"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what this room adds to the time line, what it knows, and what goes."""
        from samenloop.plannen.dossier import (
            bekend,
            bekend_plan,
            bewaren,
            bronnen,
            jobs,  # noqa: F401 (background work)
        )

        bekend.register_own()
        bekend_plan.register_own()
        bronnen.register_own()
        bewaren.register_parts()
