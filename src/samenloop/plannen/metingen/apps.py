"""Django configuration of the room."""

from django.apps import AppConfig


class MetingenConfig(AppConfig):
    """Measurements."""

    name = "samenloop.plannen.metingen"
    label = "metingen"
    default_auto_field = "django.db.models.BigAutoField"
