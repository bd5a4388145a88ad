"""The steps of a case: states of work that one moves between freely, with a reason.

Nothing here says which step follows which. A step can be under way beside others, be
left out, and be taken up again; the latest state holds and what was stays on record.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenloop.access import logboek
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok, lezing
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import toegang
from samenloop.regie import casussen, soort
from samenloop.regie.models import Casus, Stap, Stapstand

VERZET = "casus-stap"
_KORT = "j b"
_Staat = Stapstand.Staat

# What another room knows of a step of a case, for instance the version of the plan.
Woorden = Callable[[Casus], str]
_woorden: dict[Stap, Woorden] = {}


class ZonderReden(SamenloopFout, ValueError):
    """A step is moved with a reason."""

    melding = gettext_lazy("Write in one sentence why this step changes.")


class AlZo(SamenloopFout, ValueError):
    """Somebody moved it already."""

    melding = gettext_lazy("This step stands like that already.")


class NietBijSoort(SamenloopFout, ValueError):
    """The short form does not have this step."""

    melding = gettext_lazy(
        "This case is a single question and does not have this step. Let it grow into "
        "multiple support first."
    )


@dataclass(frozen=True, slots=True)
class Stapbeeld:
    """A step as it is read: its name, how it stands, and in words since when."""

    stap: Stap
    staat: str
    zin: str
    keren: int

    @property
    def naam(self) -> str:
        """The name of the step."""
        return str(self.stap.label)

    @property
    def bezig(self) -> bool:
        """Whether it is under way."""
        return self.staat == _Staat.BEZIG


def register(stap: Stap, woorden: Woorden) -> None:
    """Let a room say of a step what it knows; an empty text leaves it to us.

    Args:
        stap: which step.
        woorden: gets the case; at most one statement.
    """
    _woorden[stap] = woorden


@transaction.atomic
def move(
    casus: Casus, stap: Stap, staat: Stapstand.Staat, *, door: Actor, reden: str
) -> Stapstand:
    """Bring a step into a state, from whichever state it was in.

    Raises:
        GeenToegang: not the director, nor who stands in for them.
        ZonderReden: no reason was given.
        NietBijSoort: the short form does not have this step.
        AlZo: it stands like that already.
    """
    if door.soort is not ActorSoort.SYSTEEM:
        casussen.require_lead(door, casus)
    if not reden.strip():
        raise ZonderReden()
    vast = (
        Casus.objects.select_for_update(of=("self",))
        .select_related("dossier")
        .get(pk=casus.pk)
    )
    loopt = soort.period(vast)
    if loopt is not None and stap not in soort.steps(loopt.type):
        raise NietBijSoort()
    laatste = vast.stappen.filter(stap=stap).order_by("-id").first()
    if (laatste.staat if laatste else _Staat.NOG_NIET) == staat:
        raise AlZo()
    stand = Stapstand.objects.create(
        casus=vast,
        stap=stap,
        staat=staat,
        reden=reden.strip()[:500],
        op=klok.now(),
        door=door.account_id,
    )
    logboek.record(
        door,
        Handeling.CASUS_VOEREN,
        personen=toegang.persons(vast.dossier) if vast.dossier else (),
        onderwerp=f"casus:{vast.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
    gebeurtenissen.record(VERZET, onderwerp=vast.pk, gemeente=vast.gemeente_id or "")
    return stand


@lezing.once
def of_case(casus: Casus) -> list[Stapstand]:
    """Return how the steps of a case went, from first to last."""
    return list(casus.stappen.all())


def strip(casus: Casus, type_: str) -> list[Stapbeeld]:
    """Return the steps of a case as they are read, with one statement."""
    per_stap: dict[str, list[Stapstand]] = {}
    for stand in of_case(casus):
        per_stap.setdefault(stand.stap, []).append(stand)
    return [
        _picture(casus, stap, per_stap.get(stap, [])) for stap in soort.steps(type_)
    ]


def under_way(casussen_: Iterable[Casus]) -> dict[UUID, list[str]]:
    """Return per case the names of the steps that are under way, in reading order."""
    orde = list(Stap)
    laatste = (
        Stapstand.objects.filter(casus__in=list(casussen_))
        .order_by("casus", "stap", "-id")
        .distinct("casus", "stap")
        .values_list("casus", "stap", "staat")
    )
    uit: dict[UUID, list[Stap]] = {}
    for casus, stap, staat in laatste:
        if staat == _Staat.BEZIG:
            uit.setdefault(casus, []).append(Stap(stap))
    return {
        casus: [str(stap.label) for stap in sorted(stappen, key=orde.index)]
        for casus, stappen in uit.items()
    }


def _picture(casus: Casus, stap: Stap, standen: list[Stapstand]) -> Stapbeeld:
    staat = standen[-1].staat if standen else _Staat.NOG_NIET
    klaar = [stand for stand in standen if stand.staat == _Staat.KLAAR]
    eigen = _woorden[stap](casus) if stap in _woorden else ""
    if staat == _Staat.BEZIG:
        zin = _("now under way, since %(dag)s") % {"dag": _day(standen[-1].op)}
        if eigen:
            zin = _("now under way, %(wat)s") % {"wat": eigen}
    elif eigen:
        zin = eigen
    elif staat == _Staat.KLAAR:
        zin = _when_done(standen, klaar)
    else:
        zin = str(_Staat(staat).label)
    return Stapbeeld(stap, staat, zin, len(klaar))


def _when_done(standen: list[Stapstand], klaar: list[Stapstand]) -> str:
    einde = _date(klaar[-1].op)
    if len(klaar) > 1:
        return ngettext(
            "%(n)s time, last %(dag)s", "%(n)s times, last %(dag)s", len(klaar)
        ) % {"n": len(klaar), "dag": formats.date_format(einde, _KORT)}
    begonnen = [stand.op for stand in standen if stand.staat == _Staat.BEZIG]
    begin = _date(begonnen[0]) if begonnen else einde
    if begin >= einde:
        return formats.date_format(einde, _KORT)
    zelfde = (begin.year, begin.month) == (einde.year, einde.month)
    eerste = str(begin.day) if zelfde else formats.date_format(begin, _KORT) + " "
    tweede = formats.date_format(einde, _KORT)
    return f"{eerste}–{'' if zelfde else ' '}{tweede}"


def _date(op: datetime) -> date:
    return op.astimezone(klok.AMSTERDAM).date()


def _day(op: datetime) -> str:
    return formats.date_format(_date(op), _KORT)
