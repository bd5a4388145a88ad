"""Django configuration of the room."""

from django.apps import AppConfig


class RegieConfig(AppConfig):
    """Cases."""

    name = "samenloop.regie"
    default_auto_field = "django.db.models.BigAutoField"
