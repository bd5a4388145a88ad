"""Django configuration of the room."""

from django.apps import AppConfig


class TakenConfig(AppConfig):
    """Tasks."""

    name = "samenloop.regie.taken"
    label = "taken"
    default_auto_field = "django.db.models.BigAutoField"
