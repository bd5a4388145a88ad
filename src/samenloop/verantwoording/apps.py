"""Registration of the room with Django."""

from django.apps import AppConfig


class VerantwoordingConfig(AppConfig):
    """Leveringen, releases of figures, and the pages of the monitor."""

    name = "samenloop.verantwoording"
    label = "verantwoording"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "verantwoording"
