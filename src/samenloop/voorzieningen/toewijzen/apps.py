"""Django configuration of the room."""

from django.apps import AppConfig


class ToewijzenConfig(AppConfig):
    """Applications, decisions and allocations."""

    name = "samenloop.voorzieningen.toewijzen"
    label = "toewijzen"
    default_auto_field = "django.db.models.BigAutoField"
