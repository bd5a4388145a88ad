"""Django configuration of the room."""

from django.apps import AppConfig


class TermijnenConfig(AppConfig):
    """Terms."""

    name = "samenloop.regie.termijnen"
    label = "termijnen"
    default_auto_field = "django.db.models.BigAutoField"
