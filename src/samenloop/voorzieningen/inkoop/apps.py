"""Django configuration of the room."""

from django.apps import AppConfig


class InkoopConfig(AppConfig):
    """Contracts, products, tariffs and ceilings."""

    name = "samenloop.voorzieningen.inkoop"
    label = "inkoop"
    default_auto_field = "django.db.models.BigAutoField"
