"""Registers the room with Django."""

from django.apps import AppConfig


class RegelsConfig(AppConfig):
    """The rules by which a municipality puts signals in order."""

    name = "samenloop.signalen.regels"
    label = "regels"
    verbose_name = "Regels"
