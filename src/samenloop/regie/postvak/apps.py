"""Django configuration of the room."""

from django.apps import AppConfig


class PostvakConfig(AppConfig):
    """Messages inside."""

    name = "samenloop.regie.postvak"
    label = "postvak"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take up what is written; stand on the page of a case; go with the dossier."""
        from samenloop.regie.postvak import (
            bewaren,
            jobs,  # noqa: F401 (handles events)
            paneel,
        )

        bewaren.add()
        paneel.add()
