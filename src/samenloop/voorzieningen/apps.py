"""Django configuration of the room."""

from django.apps import AppConfig


class VoorzieningenConfig(AppConfig):
    """Provisions, benefits and what belongs to them."""

    name = "samenloop.voorzieningen"
    default_auto_field = "django.db.models.BigAutoField"
