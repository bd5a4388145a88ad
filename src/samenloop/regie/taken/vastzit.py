"""What is stuck in a case: what is late and holds up others, with a reason and one act.

Rooms beside this one add theirs (a term that passed); the hardest comes first. Only
what is open to the reader is given.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.access.actor import Actor
from samenloop.regie.mijn_dag import Gewicht, Kleur
from samenloop.regie.models import Casus
from samenloop.regie.taken import situatie, stand, zicht
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.situatie import Situatie

MEESTE = 6


@dataclass(frozen=True, slots=True)
class Vast:
    """One thing that is stuck.

    Args:
        gewicht: how hard it presses, see `mijn_dag.Gewicht`; lower comes first.
        staat: how it stands, in words beside the icon.
        wat: what is stuck.
        waarom: what it holds up and why, in a sentence or two.
        adres: where one does something about it.
        knop: what, as a verb with an object.
        kleur: which status.
        icoon: the name of its icon.
    """

    gewicht: int
    staat: str
    wat: str
    waarom: str
    adres: str
    knop: str
    kleur: Kleur = "gevaar"
    icoon: str = "laat"


Bron = Callable[[Actor, Casus], Iterable[Vast]]
_bronnen: dict[str, Bron] = {}


def register(bron: Bron) -> Bron:
    """Let a room add what is stuck; once, however often it is called."""
    _bronnen[f"{bron.__module__}.{bron.__qualname__}"] = bron
    return bron


def stuck(actor: Actor, casus: Casus) -> list[Vast]:
    """Return what is stuck in a case and open to this actor, hardest first."""
    alle = [each for bron in _bronnen.values() for each in bron(actor, casus)]
    return sorted(alle, key=lambda each: (each.gewicht, each.wat))


def of_tasks(actor: Actor, casus: Casus) -> list[Vast]:
    """Return the tasks that are late, ask, or are nobody's while others wait."""
    if not zicht.reads(actor, casus):
        return []
    nu = situatie.of(casus)
    lopend = [nu.taken[pk] for pk in nu.lopend]
    houders = stand.holders(lopend)
    vast = []
    for taak in lopend:
        hoe = stand.of(taak, nu.vandaag)
        houdt = len(nu.houdt_op[taak.pk])
        van_niemand = bool(houdt) and not houders[taak.pk]
        if not (hoe.te_laat or taak.vraagt_sinds or van_niemand):
            continue
        op_pad = taak.pk in nu.pad.knopen
        vast.append(
            Vast(
                gewicht=_weight(taak, houdt, te_laat=hoe.te_laat, op_pad=op_pad),
                staat=hoe.woorden if hoe.te_laat or taak.vraagt_sinds else _("nobody"),
                wat=taak.titel,
                waarom=_why(nu, taak, houders[taak.pk], houdt, op_pad=op_pad),
                adres=reverse("taak", args=[taak.pk]),
                knop=_("Let it begin or lapse")
                if taak.vraagt_sinds
                else _("To the task"),
                kleur="gevaar" if hoe.te_laat else "letop",
                icoon="laat" if hoe.te_laat else "letop",
            )
        )
    return vast


def _weight(taak: Taak, houdt: int, *, te_laat: bool, op_pad: bool) -> int:
    """What holds up most comes first; the longest path counts double."""
    zwaar = Gewicht.TE_LAAT if te_laat else Gewicht.WACHT_OP_MIJ
    return zwaar - min(40, houdt * (4 if op_pad else 2)) - (5 if op_pad else 0)


def _why(nu: Situatie, taak: Taak, houder: str, houdt: int, *, op_pad: bool) -> str:
    zinnen = []
    if houdt:
        zinnen.append(
            ngettext("Holds up %(n)s other task.", "Holds up %(n)s other tasks.", houdt)
            % {"n": houdt}
        )
    if op_pad and len(nu.pad.knopen) > 1:
        zinnen.append(
            _("Lies on the longest path: each day it waits moves %(einde)s on.")
            % {"einde": date_format(nu.einde, "j F")}
        )
    if taak.vraagt_sinds:
        zinnen.append(_("Nothing decides by itself whether it begins: you do."))
    elif houder:
        zinnen.append(_("%(wie)s has this task.") % {"wie": houder})
    else:
        zinnen.append(_("Nobody has this task."))
    return " ".join(zinnen)
