"""Django configuration of the room."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from samenloop.access.actor import Actor
    from samenloop.regie import mijn_dag


class CaseloadConfig(AppConfig):
    """The caseload of teams."""

    name = "samenloop.regie.caseload"
    label = "caseload"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what was planned, stand on my day, and go with the dossier."""
        from samenloop.regie import mijn_dag
        from samenloop.regie.caseload import (
            bewaren,
            jobs,  # noqa: F401 (handles events)
        )

        bewaren.add()
        mijn_dag.register(_points)
        mijn_dag.register_panel(
            mijn_dag.Dagpaneel(
                "caseload", 130, "caseload/dagpaneel.html", _own, terzijde=True
            )
        )


def _points(actor: "Actor") -> "Iterator[mijn_dag.Punt]":
    from samenloop.regie.caseload.pages import herindicaties, te_laat

    yield from herindicaties.points(actor)
    yield from te_laat.points(actor)


def _own(actor: "Actor") -> Mapping[str, Any] | None:
    # Pages import models, so not before all rooms are ready.
    from samenloop.regie.caseload.pages.bord import load_of

    return load_of(actor)
