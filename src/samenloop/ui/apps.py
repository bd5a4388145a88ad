"""Registers the room with Django."""

from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest


class UiConfig(AppConfig):
    """Templates, components and stylesheet."""

    name = "samenloop.ui"
    label = "ui"
    verbose_name = "Vormgeving"


def demo(request: HttpRequest) -> dict[str, bool]:
    """Tell every template whether the persons in this system are invented."""
    return {"demo": bool(settings.DEMO)}
