"""Django configuration of the room."""

from django.apps import AppConfig


class PlannenConfig(AppConfig):
    """Dossiers and who takes part in them."""

    name = "samenloop.plannen"
    label = "plannen"
    default_auto_field = "django.db.models.BigAutoField"
