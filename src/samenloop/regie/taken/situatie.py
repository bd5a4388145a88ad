"""How the tasks of one case hang together today: read once, in two statements."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.functional import cached_property

from samenloop.core import klok, lezing
from samenloop.regie.models import Casus
from samenloop.regie.taken import graaf
from samenloop.regie.taken.graaf import Dag, Knoop, Pad
from samenloop.regie.taken.models import Taak, Voorwaarde
from samenloop.regie.taken.opdragen import LOPEND

# What ended longer ago says nothing any more about what waits on what.
_NOG_TE_ZIEN = timedelta(days=60)


@dataclass
class Situatie:
    """The tasks of a case that still matter, and what they wait for."""

    casus: Casus
    taken: dict[UUID, Taak]
    voorwaarden: list[Voorwaarde]
    vandaag: date

    @cached_property
    def lopend(self) -> dict[UUID, Knoop[UUID]]:
        """The tasks that have not ended, as a graph of what they still need."""
        nodig: dict[UUID, dict[int, list[Voorwaarde]]] = {}
        for rij in self.voorwaarden:
            nodig.setdefault(rij.taak_id, {}).setdefault(rij.groep, []).append(rij)
        return {
            pk: Knoop(
                taak.dagen,
                tuple(
                    opties
                    for groep in nodig.get(pk, {}).values()
                    if (opties := self._options(groep))
                )
                if taak.staat == Taak.Staat.WACHT
                else (),
                (taak.uiterlijk - self.vandaag).days if taak.uiterlijk else None,
            )
            for pk, taak in self.taken.items()
            if taak.staat in LOPEND
        }

    @cached_property
    def pad(self) -> Pad[UUID]:
        """The chain that determines when all is done."""
        return graaf.longest_path(self.lopend)

    @cached_property
    def houdt_op(self) -> dict[UUID, list[UUID]]:
        """Per running task which others cannot begin before it is done."""
        return graaf.held_up(self.lopend)

    @cached_property
    def pijlen(self) -> list[tuple[UUID, UUID]]:
        """Who waits for whom, as pairs (first, then) of tasks that still matter."""
        return [
            (rij.op_taak_id, rij.taak_id)
            for rij in self.voorwaarden
            if rij.op_taak_id in self.taken and rij.op_taak_id is not None
        ]

    @property
    def einde(self) -> date:
        """When all is thought to be done."""
        return self.vandaag + timedelta(days=self.pad.dagen)

    def _options(self, groep: list[Voorwaarde]) -> tuple[UUID | Dag, ...]:
        if any(rij.staat == Voorwaarde.Staat.WAAR for rij in groep):
            return ()
        opties: list[UUID | Dag] = []
        for rij in groep:
            if rij.datum is not None:
                opties.append(Dag((rij.datum - self.vandaag).days))
            elif rij.staat == Voorwaarde.Staat.OPEN and rij.op_taak_id is not None:
                opties.append(rij.op_taak_id)
        return tuple(opties)


@lezing.once
def of(casus: Casus) -> Situatie:
    """Return how the tasks of a case hang together."""
    vandaag = klok.today()
    taken = {
        taak.pk: taak
        for taak in Taak.objects.filter(casus=casus)
        if taak.staat in LOPEND
        or (
            taak.staat == Taak.Staat.KLAAR
            and taak.beeindigd_op is not None
            and taak.beeindigd_op.date() >= vandaag - _NOG_TE_ZIEN
        )
    }
    # All of the case: to name hundreds of tasks costs more than to leave some out here.
    voorwaarden = [
        rij
        for rij in Voorwaarde.objects.filter(taak__casus=casus).order_by("groep", "pk")
        if rij.taak_id in taken
    ]
    return Situatie(casus, taken, voorwaarden, vandaag)
