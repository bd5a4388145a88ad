"""Django configuration of the room."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Plans."""

    name = "samenloop.plannen.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let what the plan keeps go with its dossier."""
        from samenloop.plannen.plan import bewaren

        bewaren.register_parts()
