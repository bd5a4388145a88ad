"""Registers the room with Django."""

from django.apps import AppConfig


class LogboekConfig(AppConfig):
    """Who looked or changed, and which processing of whose data."""

    name = "samenloop.access.logboek"
    label = "logboek"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Logboek"
