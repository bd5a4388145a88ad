"""Django configuration of the room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The fictitious region."""

    name = "samenloop.demo"
    label = "demo"
