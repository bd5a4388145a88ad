"""Django configuration of the room."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Plans."""

    name = "samenloop.plannen.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let what the plan keeps go with its dossier, and tell what happened to it."""
        from samenloop.plannen.dossier import tijdlijn
        from samenloop.plannen.plan import bewaren, gebeurd

        bewaren.register_parts()
        tijdlijn.register(gebeurd.versions)
        tijdlijn.register(gebeurd.rounds)
