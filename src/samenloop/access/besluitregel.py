"""One row of the table of decisions, and how rows are written together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from samenloop.access.actor import ActorSoort
from samenloop.access.rollen import OVER_PERSONEN, Betrokkenheid, Diepte, Handeling, Rol

Wie = Rol | ActorSoort

ELK_DOEL = ""


@dataclass(frozen=True, slots=True)
class Regel:
    """One row: this role, so involved, may do this for this purpose, so deep."""

    wie: Wie
    handeling: Handeling
    betrokkenheid: Betrokkenheid
    diepte: Diepte
    waarom: str | Promise
    doel: str = ELK_DOEL

    @property
    def over_personen(self) -> bool:
        """Whether the row is about clients, so whether its depth means anything."""
        return self.handeling in OVER_PERSONEN

    def holds_for(self, betrokkenheid: Betrokkenheid, doel: str) -> bool:
        """Whether the row speaks of this involvement and purpose."""
        return self.betrokkenheid in (betrokkenheid, Betrokkenheid.GEMEENTE) and (
            self.doel in (ELK_DOEL, doel)
        )


def rows(
    wie: Iterable[Wie],
    handelingen: Iterable[Handeling],
    betrokken: Iterable[Betrokkenheid],
    diepte: Diepte,
    waarom: str | Promise,
) -> list[Regel]:
    return [
        Regel(rol, handeling, betrokkenheid, diepte, waarom)
        for rol in wie
        for handeling in handelingen
        for betrokkenheid in betrokken
    ]
