"""Django configuration of the room."""

from django.apps import AppConfig


class VerkeerConfig(AppConfig):
    """Inbox, outbox and their terms."""

    name = "samenloop.berichten.verkeer"
    label = "verkeer"
    default_auto_field = "django.db.models.BigAutoField"
