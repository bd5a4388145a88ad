"""Django configuration of the room."""

from django.apps import AppConfig


class ToewijzenConfig(AppConfig):
    """Applications, decisions and allocations."""

    name = "samenloop.voorzieningen.toewijzen"
    label = "toewijzen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say whose application somebody deals with, and what contracts may cost."""
        from samenloop.access.logboek import betrokkenheid
        from samenloop.voorzieningen.inkoop import gebruik
        from samenloop.voorzieningen.toewijzen import aanvragen, bewaren, verplichting

        betrokkenheid.register(aanvragen.involved)
        gebruik.register_allocated(verplichting.allocated)
        bewaren.add()
