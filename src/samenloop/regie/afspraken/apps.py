"""Django configuration of the room."""

from django.apps import AppConfig


class AfsprakenConfig(AppConfig):
    """Appointments of cases."""

    name = "samenloop.regie.afspraken"
    label = "afspraken"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stand in the day, on the page of a case and its time line; end with it."""
        from samenloop.plannen.dossier import tijdlijn
        from samenloop.regie import afsluiten, mijn_dag, panelen
        from samenloop.regie.afspraken import (
            bewaren,
            bronnen,
            einde,
            jobs,  # noqa: F401 (handles events)
            paneel,
        )

        for bron in (bronnen.own, bronnen.conferences, bronnen.evaluations):
            mijn_dag.register_agenda(bron)
        mijn_dag.register(bronnen.points)
        panelen.register(
            panelen.Paneel(
                "afspraken", 115, "afspraken/paneel.html", paneel.content, terzijde=True
            )
        )
        tijdlijn.register(paneel.events)
        afsluiten.register(einde.objection)
        bewaren.add()
