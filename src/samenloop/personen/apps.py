"""Django configuration of the room."""

from django.apps import AppConfig


class PersonenConfig(AppConfig):
    """People, households, families, municipalities."""

    name = "samenloop.personen"
    default_auto_field = "django.db.models.BigAutoField"
