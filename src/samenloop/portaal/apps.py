"""Django configuration of the room."""

from django.apps import AppConfig


class PortaalConfig(AppConfig):
    """The family's own pages."""

    name = "samenloop.portaal"
    label = "portaal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who a citizen is, who can read messages, and what goes with a dossier."""
        from samenloop.access import burgers
        from samenloop.plannen.plan import zicht
        from samenloop.portaal import (
            bewaren,
            ingangen,
            jobs,  # noqa: F401 (handles events)
            ons_plan,
            wenspagina,
        )
        from samenloop.regie.postvak import schrijven

        burgers.register(ingangen.actor_of)
        zicht.register_reader(ons_plan.reads_all)
        schrijven.register(ingangen.reachable)
        bewaren.add()
        wenspagina.add()
