"""Django configuration of the room."""

from django.apps import AppConfig


class DeclaratiesConfig(AppConfig):
    """Invoices and payment batches."""

    name = "samenloop.voorzieningen.declaraties"
    label = "declaraties"
    default_auto_field = "django.db.models.BigAutoField"
