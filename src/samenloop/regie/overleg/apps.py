"""Django configuration of the room."""

from django.apps import AppConfig


class OverlegConfig(AppConfig):
    """Case conferences."""

    name = "samenloop.regie.overleg"
    label = "overleg"
    default_auto_field = "django.db.models.BigAutoField"
