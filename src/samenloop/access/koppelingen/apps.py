"""Registers the room with Django."""

from django.apps import AppConfig


class KoppelingenConfig(AppConfig):
    """Programs of other organisations that may report and ask."""

    name = "samenloop.access.koppelingen"
    label = "koppelingen"
    verbose_name = "Koppelingen"
