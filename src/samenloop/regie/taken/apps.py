"""Django configuration of the room."""

from django.apps import AppConfig


class TakenConfig(AppConfig):
    """Tasks."""

    name = "samenloop.regie.taken"
    label = "taken"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stand on the page of a case and of the day, and say what this room keeps."""
        from samenloop.plannen import gevolgen as bij_intrekken
        from samenloop.plannen.dossier import tijdlijn
        from samenloop.plannen.plan import gevolgen
        from samenloop.regie import afsluiten, mijn_dag, panelen
        from samenloop.regie.mijn_dag import Dagpaneel
        from samenloop.regie.panelen import Paneel
        from samenloop.regie.taken import (
            afsluiting,
            bewaren,
            bronnen,
            intrekken,
            jobs,  # noqa: F401 (handles events)
            tijdlijnbron,
            uit_dossier,
            uit_plan,
            vastzit,
        )
        from samenloop.regie.taken import panelen as van_ons

        panelen.register(Paneel("vastzit", 10, "taken/vastzit.html", van_ons.stuck))
        panelen.register(Paneel("wacht", 30, "taken/wacht.html", van_ons.waiting))
        vastzit.register(vastzit.of_tasks)
        mijn_dag.register(bronnen.meldingen)
        mijn_dag.register(bronnen.taken)
        for bron in (
            *(uit_dossier.plan_to_sign, uit_dossier.reports),
            *(uit_dossier.reviews, uit_dossier.looking_back),
        ):
            mijn_dag.register(bron)
        mijn_dag.register_news(bronnen.happened)
        mijn_dag.register_panel(
            Dagpaneel("meldingen", 50, "taken/meldingen.html", bronnen.nobodys)
        )
        tijdlijn.register(tijdlijnbron.happened)
        gevolgen.register(uit_plan.announced)
        bij_intrekken.register(intrekken.tasks_back)
        afsluiten.register(afsluiting.objection)
        bewaren.add()
