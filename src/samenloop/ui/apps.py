"""Registers the room with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, components and stylesheet."""

    name = "samenloop.ui"
    label = "ui"
    verbose_name = "Vormgeving"
