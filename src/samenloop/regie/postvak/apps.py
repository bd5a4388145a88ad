"""Django configuration of the room."""

from django.apps import AppConfig


class PostvakConfig(AppConfig):
    """Messages inside."""

    name = "samenloop.regie.postvak"
    label = "postvak"
    default_auto_field = "django.db.models.BigAutoField"
