"""Django configuration of the room."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Plans."""

    name = "samenloop.plannen.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
