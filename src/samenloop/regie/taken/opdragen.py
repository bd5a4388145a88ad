"""Giving tasks to somebody, taking them back, and to whom they may be given.

A task goes to who takes part in the dossier, to somebody of the family, or to a name
(a neighbour who is not on record). Nobody gets access by being given a task: who sees
the dossier is decided by the participations alone. When a participation ends, what was
given to its holder goes back to the director.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from samenloop.access.actor import Actor
from samenloop.core import gebeurtenissen, klok
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelname, Dossier
from samenloop.regie.models import Casus, Regie
from samenloop.regie.taken import voorwaarden
from samenloop.regie.taken.fouten import GeenDeelnemer
from samenloop.regie.taken.models import Herinnering, Taak, Taakverloop
from samenloop.regie.taken.voorwaarden import Eisen, Na

GEGEVEN = "taak-gegeven"
LOPEND = (Taak.Staat.WACHT, Taak.Staat.OPEN)
_W = Taakverloop.Wat


@dataclass(frozen=True, slots=True)
class Uitvoerder:
    """Who does it: at most one of these; none is nobody yet."""

    account: int | None = None
    organisatie: UUID | None = None
    persoon: UUID | None = None
    naam: str = ""

    @classmethod
    def of(cls, taak: Taak) -> "Uitvoerder":
        """Return whose a task is."""
        return cls(taak.account, taak.organisatie_id, taak.persoon_id, taak.naam)

    @classmethod
    def of_deelname(cls, deelname: Deelname) -> "Uitvoerder":
        """Return who takes part, as somebody to give a task to."""
        return cls(
            deelname.account,
            deelname.organisatie_id,
            deelname.persoon_id,
            deelname.naam,
        )

    @property
    def filter(self) -> Q:
        """The tasks, or participations, of this one."""
        return Q(
            account=self.account,
            organisatie=self.organisatie,
            persoon=self.persoon,
            naam=self.naam,
        )


@dataclass(frozen=True, slots=True)
class Herhaling:
    """A task comes back every so many weeks, until a day."""

    weken: int
    tot: date


@transaction.atomic
def give(
    casus: Casus,
    titel: str,
    *,
    door: Actor,
    uitvoerder: Uitvoerder,
    uiterlijk: date | None = None,
    na: Sequence[Taak] = (),
    waarom: str = "",
    activiteit: UUID | None = None,
    eisen: Eisen = (),
    start_zelf: bool = True,
    dagen: int = 1,
    keuzes: Sequence[str] = (),
    herhaling: Herhaling | None = None,
    herinneringen: Iterable[date] = (),
) -> Taak:
    """Give somebody something to do in a case; the caller checked that one may.

    Args:
        casus: in which case.
        titel: what to do.
        door: who gives it.
        uitvoerder: who does it.
        uiterlijk: before the end of which day.
        na: it waits for all of these, besides what `eisen` says.
        waarom: what it is for, in a sentence.
        activiteit: the activity of the plan it carries out; at most one task each.
        eisen: what else it waits for, see `voorwaarden`.
        start_zelf: whether it begins by itself, or asks the director.
        dagen: how many days it is thought to take.
        keuzes: the outcomes, when it is to decide something.
        herhaling: how it comes back.
        herinneringen: days on which its holder is reminded.

    Raises:
        GeenDeelnemer: the one named takes no part in the dossier.
        Kring, AndereCasus, GeenUitkomst: see `voorwaarden.replace`.
    """
    gemeente, dossier = _of(casus)
    require_participant(dossier, uitvoerder)
    taak = Taak.objects.create(
        gemeente_id=gemeente,
        casus=casus,
        titel=titel,
        waarom=waarom,
        account=uitvoerder.account,
        organisatie_id=uitvoerder.organisatie,
        persoon_id=uitvoerder.persoon,
        naam=uitvoerder.naam,
        uiterlijk=uiterlijk,
        dagen=dagen,
        start_zelf=start_zelf,
        keuzes=list(keuzes),
        elke_weken=herhaling.weken if herhaling else None,
        herhaal_tot=herhaling.tot if herhaling else None,
        activiteit=activiteit,
        gemaakt_op=klok.now(),
        gemaakt_door=door.account_id,
        begonnen_op=klok.now(),
    )
    _happened([taak.pk], _W.GEGEVEN, door)
    Herinnering.objects.bulk_create(
        Herinnering(taak=taak, op=dag) for dag in sorted(set(herinneringen))
    )
    alle: list[Sequence[voorwaarden.Eis]] = [(Na(each.pk),) for each in na]
    if eisen or alle:
        voorwaarden.replace(taak, [*alle, *eisen])
    gebeurtenissen.record(GEGEVEN, onderwerp=taak.pk, gemeente=gemeente)
    return taak


@transaction.atomic
def hand_over(
    taken: QuerySet[Taak], uitvoerder: Uitvoerder, *, door: Actor, reden: str = ""
) -> int:
    """Give running tasks to somebody else, or to nobody; how many went.

    In statements that do not grow with the number of tasks.

    Raises:
        GeenDeelnemer: there is a dossier in which the one named takes no part.
    """
    lopend = taken.filter(staat__in=LOPEND).exclude(uitvoerder.filter)
    rijen = list(
        lopend.order_by("pk").select_for_update(of=("self",)).values("pk", "casus")
    )
    sleutels = [rij["pk"] for rij in rijen]
    if uitvoerder != Uitvoerder():
        dossiers = Dossier.objects.filter(casus__in={rij["casus"] for rij in rijen})
        _require_everywhere(dossiers, uitvoerder)
    Taak.objects.filter(pk__in=sleutels).update(
        account=uitvoerder.account,
        organisatie=uitvoerder.organisatie,
        persoon=uitvoerder.persoon,
        naam=uitvoerder.naam,
    )
    wat = _W.TERUG if uitvoerder == Uitvoerder() else _W.OVERGEDRAGEN
    _happened(sleutels, wat, door, reden)
    return len(sleutels)


@transaction.atomic
def give_back(casus: Casus, reden: str = "") -> int:
    """Let the director have the running tasks of who takes part no longer; how many.

    Who takes part in another capacity keeps them. Somebody of the family needs no
    participation for their tasks, nor does a name. Without a director they are
    nobody's, and stand so in the list.

    Args:
        casus: in which case.
        reden: why they came back, for in the course of each.
    """
    deelnames = toegang.running().filter(dossier=casus.dossier_id)
    blijven = deelnames.values_list("account", "organisatie", "persoon")
    accounts, organisaties, personen = (
        {sleutel for sleutel in kolom if sleutel is not None}
        for kolom in (zip(*blijven, strict=True) if blijven else ((), (), ()))
    )
    if casus.dossier is not None:
        personen |= set(toegang.persons(casus.dossier))
    terug = (
        Taak.objects.filter(casus=casus, staat__in=LOPEND)
        .exclude(account=None, organisatie=None, persoon=None)
        .exclude(account__in=accounts)
        .exclude(organisatie__in=organisaties)
        .exclude(persoon__in=personen)
    )
    sleutels = sorted(
        terug.select_for_update(of=("self",)).values_list("pk", flat=True)
    )
    regisseur = director(casus)
    Taak.objects.filter(pk__in=sleutels).update(
        account=regisseur.account if regisseur else None,
        organisatie=regisseur.organisatie_id if regisseur else None,
        persoon=regisseur.persoon_id if regisseur else None,
    )
    _happened(sleutels, _W.TERUG, None, reden)
    return len(sleutels)


def director(casus: Casus) -> Regie | None:
    """Return who directs a case now."""
    return Regie.objects.filter(casus=casus, geldig__contains=klok.now()).first()


def may_have(dossier: Dossier, uitvoerder: Uitvoerder) -> bool:
    """Whether this one can be given a task in this dossier."""
    if uitvoerder == Uitvoerder() or uitvoerder.naam:
        return True
    if uitvoerder.persoon is not None and uitvoerder.persoon in toegang.persons(
        dossier
    ):
        return True
    return toegang.running().filter(uitvoerder.filter, dossier=dossier).exists()


def require_participant(dossier: Dossier, uitvoerder: Uitvoerder) -> None:
    """Refuse who takes no part.

    Raises:
        GeenDeelnemer: they take no part in the dossier and are not of the family.
    """
    if not may_have(dossier, uitvoerder):
        raise GeenDeelnemer()


def _require_everywhere(dossiers: QuerySet[Dossier], uitvoerder: Uitvoerder) -> None:
    if uitvoerder.naam:
        return
    alle = set(dossiers.values_list("pk", flat=True))
    met = set(
        toegang.running()
        .filter(uitvoerder.filter, dossier__in=alle)
        .values_list("dossier", flat=True)
    )
    for dossier in dossiers.exclude(pk__in=met):
        require_participant(dossier, uitvoerder)


def _of(casus: Casus) -> tuple[str, Dossier]:
    if casus.gemeente_id is None or casus.dossier is None:
        raise ValueError("a case of before this system holds no tasks")
    return casus.gemeente_id, casus.dossier


def _happened(
    taken: Iterable[UUID], wat: Taakverloop.Wat, door: Actor | None, reden: str = ""
) -> None:
    nu = klok.now()
    wie = door.account_id if door else None
    Taakverloop.objects.bulk_create(
        Taakverloop(taak_id=taak, wat=wat, op=nu, door=wie, reden=reden)
        for taak in taken
    )
