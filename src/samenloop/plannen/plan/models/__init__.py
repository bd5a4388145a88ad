"""The tables of the plan: the working plan, and what was agreed on."""

from samenloop.plannen.plan.models.versie import (
    Doelresultaat,
    Evaluatie,
    Handtekening,
    Plansjabloon,
    Planversie,
    Tekenwijze,
)
from samenloop.plannen.plan.models.werkplan import (
    Aanwezigheid,
    Activiteit,
    Activiteitstand,
    Afspraak,
    Doelstand,
    Doelstelling,
    Grond,
    Onderdeel,
    Plan,
    Soort,
    Tekstvariant,
)

__all__ = [
    "Aanwezigheid",
    "Activiteit",
    "Activiteitstand",
    "Afspraak",
    "Doelresultaat",
    "Doelstand",
    "Doelstelling",
    "Evaluatie",
    "Grond",
    "Handtekening",
    "Onderdeel",
    "Plan",
    "Plansjabloon",
    "Planversie",
    "Soort",
    "Tekenwijze",
    "Tekstvariant",
]
