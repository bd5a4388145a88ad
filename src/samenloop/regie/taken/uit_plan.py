"""The activities of a signed plan become tasks: once, and they follow what changes.

Each activity has at most one task. A later signed version changes the task with it,
lapses what was taken out, and makes what is new. What was done already stays done, and
a task that was handed over stays with its new holder unless the plan names another.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelname
from samenloop.plannen.plan.models import Activiteitstand, Planversie
from samenloop.regie.casussen import casus_of
from samenloop.regie.models import Casus
from samenloop.regie.taken import doen, opdragen, voorwaarden
from samenloop.regie.taken.models import Taak, Taakverloop
from samenloop.regie.taken.opdragen import LOPEND, Uitvoerder
from samenloop.regie.taken.voorwaarden import Vanaf

_MEESTE_GENOEMD = 5


@dataclass(slots=True)
class Verschil:
    """What a signed version did to the tasks."""

    nieuw: int = 0
    gewijzigd: int = 0
    vervallen: int = 0


@dataclass(frozen=True, slots=True)
class _Activiteit:
    sleutel: UUID
    wat: str
    doel: str
    oplevert: str
    van: date | None
    tot: date | None
    uitvoerder: Uitvoerder

    @property
    def titel(self) -> str:
        regel = self.wat.strip().splitlines()[0]
        return regel if len(regel) <= 200 else f"{regel[:199]}…"

    @property
    def waarom(self) -> str:
        return (self.oplevert.strip() or self.doel.strip())[:500]


@transaction.atomic
def follow(versie: Planversie) -> Verschil:
    """Let the tasks of a case say what its signed plan says.

    Doing it again changes nothing. An older version does nothing: a newer one holds.
    """
    verschil = Verschil()
    plan = versie.plan
    casus = casus_of(plan.dossier)
    nieuwer = plan.versies.filter(getekend_op__isnull=False, nummer__gt=versie.nummer)
    if casus is None or nieuwer.exists():
        return verschil
    door = Actor.systeem("plan", plan.dossier.gemeente_id)
    voorwaarden.lock(casus.pk)
    bekend = {
        taak.activiteit: taak
        for taak in Taak.objects.filter(
            casus=casus, activiteit__isnull=False, vorige=None
        )
    }
    activiteiten = _read(versie)
    with override("nl"):
        for activiteit in activiteiten:
            taak = bekend.pop(activiteit.sleutel, None)
            if taak is None:
                _give(casus, activiteit, door)
                verschil.nieuw += 1
            elif taak.staat in LOPEND and _change(taak, activiteit):
                verschil.gewijzigd += 1
        for taak in bekend.values():
            if taak.staat in LOPEND:
                doen.cancel(taak, door=door, reden=_("Stands in the plan no longer"))
                verschil.vervallen += 1
    return verschil


def announced(versie: Planversie) -> list[str]:
    """Return what will start when this version is signed, in sentences."""
    casus = casus_of(versie.plan.dossier)
    if casus is None:
        return []
    bekend = set(
        Taak.objects.filter(casus=casus, activiteit__isnull=False).values_list(
            "activiteit", flat=True
        )
    )
    nieuw = [each for each in _read(versie) if each.sleutel not in bekend]
    if not nieuw:
        return []
    zin = ngettext(
        "%(n)s activity becomes a task.", "%(n)s activities become tasks.", len(nieuw)
    ) % {"n": len(nieuw)}
    later = [each for each in nieuw if each.van and each.van > klok.today()]
    zinnen = [zin]
    zinnen += [
        _("“%(wat)s” begins on %(dag)s.")
        % {"wat": each.titel, "dag": date_format(each.van, "j F Y")}
        for each in later[:_MEESTE_GENOEMD]
        if each.van
    ]
    return zinnen


def _read(versie: Planversie) -> list[_Activiteit]:
    """Return the activities of a version that still have to be done."""
    rijen: list[tuple[dict[str, Any], str]] = [
        (activiteit, doel["tekst"])
        for doel in versie.inhoud["doelen"]
        for activiteit in doel["activiteiten"]
        if activiteit["wat"].strip()
        and activiteit.get("stand") != Activiteitstand.KLAAR.value
    ]
    namen = {rij["uitvoerder"] for rij, _doel in rijen if rij.get("uitvoerder")}
    lopend = {
        str(deelname.pk): deelname
        for deelname in toegang.running().filter(pk__in=namen)
    }
    return [
        _Activiteit(
            sleutel=UUID(rij["id"]),
            wat=rij["wat"],
            doel=doel,
            oplevert=rij.get("oplevert", ""),
            van=_day(rij.get("van")),
            tot=_day(rij.get("tot")),
            uitvoerder=_executor(rij, lopend.get(rij.get("uitvoerder", ""))),
        )
        for rij, doel in rijen
    ]


def _executor(rij: dict[str, Any], deelname: Deelname | None) -> Uitvoerder:
    if deelname is not None:
        return Uitvoerder.of_deelname(deelname)
    # Somebody who left is named in the text still; their work is nobody's by now.
    return Uitvoerder() if rij.get("uitvoerder") else Uitvoerder(naam=rij["wie"][:200])


def _day(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _give(casus: Casus, activiteit: _Activiteit, door: Actor) -> None:
    later = activiteit.van is not None and activiteit.van > klok.today()
    opdragen.give(
        casus,
        activiteit.titel,
        door=door,
        uitvoerder=activiteit.uitvoerder,
        uiterlijk=activiteit.tot,
        waarom=activiteit.waarom,
        activiteit=activiteit.sleutel,
        eisen=[[Vanaf(activiteit.van)]] if later and activiteit.van else (),
    )


def _change(taak: Taak, activiteit: _Activiteit) -> bool:
    """Let a running task follow its activity; whether anything changed."""
    gezegd = (activiteit.titel, activiteit.waarom, activiteit.tot)
    if (taak.titel, taak.waarom, taak.uiterlijk) == gezegd:
        return False
    wat = []
    if taak.titel != activiteit.titel:
        wat.append(_("what has to be done"))
    if taak.uiterlijk != activiteit.tot:
        wat.append(_("before when"))
    if taak.waarom != activiteit.waarom:
        wat.append(_("what it is for"))
    taak.titel, taak.waarom, taak.uiterlijk = gezegd
    taak.save(update_fields=["titel", "waarom", "uiterlijk"])
    Taakverloop.objects.create(
        taak=taak,
        wat=Taakverloop.Wat.GEWIJZIGD,
        op=klok.now(),
        reden=_("The signed plan changed: %(wat)s") % {"wat": ", ".join(wat)},
    )
    return True
