"""Django configuration of the room."""

from django.apps import AppConfig


class ToewijzenConfig(AppConfig):
    """Applications, decisions and allocations."""

    name = "samenloop.voorzieningen.toewijzen"
    label = "toewijzen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say whose application somebody deals with."""
        from samenloop.access.logboek import betrokkenheid
        from samenloop.voorzieningen.toewijzen import aanvragen

        betrokkenheid.register(aanvragen.involved)
