"""Django configuration of the room."""

from django.apps import AppConfig


class RegieConfig(AppConfig):
    """Cases, their steps and directors, and teams."""

    name = "samenloop.regie"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer for what this room knows, and take up what was decided."""
        from samenloop.access.logboek import betrokkenheid
        from samenloop.plannen.dossier import tijdlijn
        from samenloop.regie import (
            afsluiten,
            bewaren,
            dagbron,
            jobs,  # noqa: F401 (handles events)
            meegaan,
            meegaan_signalen,
            mijn_dag,
            panelen_van_beneden,
            planeinde,
            stapwoorden,
            tijdlijnbron,
            voorzieningenbron,
        )
        from samenloop.regie import bekend as van_ons
        from samenloop.signalen import bekend, feiten, feiten_elders

        betrokkenheid.register(van_ons.involved)
        bekend.register_bron(feiten_elders.OPEN_CASUS, van_ons.with_open_case)
        bekend.register_bron(feiten_elders.OPEN_PLAN, van_ons.with_open_plan)
        bekend.register_bron(feiten.LAAG_INKOMEN, van_ons.with_low_income)
        bekend.register_gevolg(van_ons.cases_of_meldingen)
        tijdlijn.register(tijdlijnbron.happened)
        mijn_dag.register(dagbron.points)
        panelen_van_beneden.register()
        stapwoorden.register_all()
        afsluiten.register(planeinde.objection)
        meegaan.register_all()
        meegaan_signalen.register_all()
        voorzieningenbron.register_all()
        bewaren.add()
