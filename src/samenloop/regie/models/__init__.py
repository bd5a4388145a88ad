"""What this room keeps: cases and their steps, who directs them, teams, transfers."""

from samenloop.regie.models.casus import (
    Casus,
    Casusmelding,
    Casusperiode,
    Stap,
    Stapstand,
)
from samenloop.regie.models.overdracht import Overdracht
from samenloop.regie.models.regisseur import Regie, Regiemodel, Vervanging
from samenloop.regie.models.team import Afwezigheid, Team, Teamlid

__all__ = [
    "Afwezigheid",
    "Casus",
    "Casusmelding",
    "Casusperiode",
    "Overdracht",
    "Regie",
    "Regiemodel",
    "Stap",
    "Stapstand",
    "Team",
    "Teamlid",
    "Vervanging",
]
