"""Django configuration of the room."""

from django.apps import AppConfig


class OverlegConfig(AppConfig):
    """Case conferences."""

    name = "samenloop.regie.overleg"
    label = "overleg"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stand on the page of a case and its time line; go with the dossier."""
        from samenloop.regie.overleg import bewaren, paneel

        bewaren.add()
        paneel.add()
