"""Django configuration of the room."""

from django.apps import AppConfig


class DeclaratiesConfig(AppConfig):
    """Invoices and payment batches."""

    name = "samenloop.voorzieningen.declaraties"
    label = "declaraties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the rooms beside this one what was invoiced and granted."""
        from samenloop.voorzieningen.declaraties import besteding, bewaren, boeken
        from samenloop.voorzieningen.inkoop.gebruik import register_invoiced
        from samenloop.voorzieningen.toewijzen.toewijzen import register_hindrance

        register_invoiced(besteding.invoiced)
        register_hindrance(boeken.accepted_uncredited)
        bewaren.register_families()
