"""Django configuration of the room."""

from django.apps import AppConfig


class TermijnenConfig(AppConfig):
    """Terms."""

    name = "samenloop.regie.termijnen"
    label = "termijnen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin with a case, stand on its page and its time line, and go with it."""
        from samenloop.regie.termijnen import (
            bewaren,
            gebeurd,
            jobs,  # noqa: F401 (handles events)
            paneel,
        )

        bewaren.add()
        gebeurd.add()
        paneel.add()
