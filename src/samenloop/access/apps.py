"""Django configuration of the room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts."""

    name = "samenloop.access"
    default_auto_field = "django.db.models.BigAutoField"
