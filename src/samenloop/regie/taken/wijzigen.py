"""Changing what a task asks: its words, its day, and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from samenloop.access.actor import Actor
from samenloop.regie.taken import voorwaarden
from samenloop.regie.taken.fouten import AlGeeindigd, GeenUitkomst
from samenloop.regie.taken.models import Herinnering, Taak, Taakverloop, Voorwaarde
from samenloop.regie.taken.opdragen import LOPEND, Herhaling
from samenloop.regie.taken.voorwaarden import Bij, Eis, Eisen, Gevolg, Na, Vanaf


@dataclass(frozen=True, slots=True)
class Opdracht:
    """All that is asked of whoever has the task."""

    titel: str
    waarom: str = ""
    uiterlijk: date | None = None
    dagen: int = 1
    start_zelf: bool = True
    keuzes: tuple[str, ...] = ()
    herhaling: Herhaling | None = None
    herinneringen: tuple[date, ...] = ()
    eisen: Eisen = ()


@transaction.atomic
def change(taak: Taak, opdracht: Opdracht, *, door: Actor) -> Gevolg:
    """Let a running task ask this; who has it stays.

    A task whose conditions stay the same goes on as it was.

    Raises:
        AlGeeindigd: it has ended.
        GeenUitkomst: an outcome is taken away for which another task waits.
        Kring, AndereCasus: see `voorwaarden.replace`.
    """
    voorwaarden.lock(taak.casus_id)
    taak.refresh_from_db()
    if taak.staat not in LOPEND:
        raise AlGeeindigd()
    nodig = set(
        taak.wachtenden.filter(soort=Voorwaarde.Soort.BESLUIT).values_list(
            "uitkomst", flat=True
        )
    )
    if nodig - set(opdracht.keuzes):
        raise GeenUitkomst()
    herhaling = opdracht.herhaling
    taak.titel, taak.waarom = opdracht.titel, opdracht.waarom
    taak.uiterlijk, taak.dagen = opdracht.uiterlijk, opdracht.dagen
    taak.start_zelf = opdracht.start_zelf
    taak.keuzes = list(opdracht.keuzes)
    taak.elke_weken = herhaling.weken if herhaling else None
    taak.herhaal_tot = herhaling.tot if herhaling else None
    taak.save(
        update_fields=[
            *("titel", "waarom", "uiterlijk", "dagen", "start_zelf", "keuzes"),
            *("elke_weken", "herhaal_tot"),
        ]
    )
    taak.herinneringen.filter(gegeven_op=None).exclude(
        op__in=opdracht.herinneringen
    ).delete()
    Herinnering.objects.bulk_create(
        [Herinnering(taak=taak, op=dag) for dag in set(opdracht.herinneringen)],
        ignore_conflicts=True,
    )
    Taakverloop.objects.create(
        taak=taak, wat=Taakverloop.Wat.GEWIJZIGD, door=door.account_id
    )
    if _as_set(current(taak)) == _as_set(opdracht.eisen):
        return Gevolg()
    return voorwaarden.replace(taak, opdracht.eisen)


def current(taak: Taak) -> list[list[Eis]]:
    """Return what a task waits for, in the form in which it is set."""
    groepen: dict[int, list[Eis]] = {}
    for rij in taak.voorwaarden.all():
        groepen.setdefault(rij.groep, []).append(_eis(rij))
    return [groepen[nummer] for nummer in sorted(groepen)]


def _eis(rij: Voorwaarde) -> Eis:
    if rij.datum is not None:
        return Vanaf(rij.datum)
    assert rij.op_taak_id is not None
    if rij.soort == Voorwaarde.Soort.BESLUIT:
        return Bij(rij.op_taak_id, rij.uitkomst)
    return Na(rij.op_taak_id)


def _as_set(eisen: Sequence[Sequence[Eis]]) -> set[frozenset[Eis]]:
    return {frozenset(groep) for groep in eisen if groep}
