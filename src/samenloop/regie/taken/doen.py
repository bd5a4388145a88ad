"""Doing tasks: done, lapsed, taken up again, begun by word of the director, woken.

What a task may become stands in one table. Each change takes the lock of the case, so
that two tasks that end at the same moment both see each other's end, and what waited
for the two begins once.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from samenloop.access.actor import Actor
from samenloop.core import gebeurtenissen, klok
from samenloop.regie.taken import voorwaarden
from samenloop.regie.taken.fouten import (
    AlGeeindigd,
    GeenUitkomst,
    NietAanDeBeurt,
    NogOpen,
    RedenNodig,
)
from samenloop.regie.taken.models import Herinnering, Taak, Taakverloop, Voorwaarde
from samenloop.regie.taken.voorwaarden import Gevolg

KLAAR = "taak-klaar"
VERVALLEN = "taak-vervallen"
VRAAGT = "taak-vraagt"
HERINNERING = "taak-herinnering"

_S, _W = Taak.Staat, Taakverloop.Wat
_EINDE = ("staat", "vraagt_sinds", "beeindigd_op", "beeindigd_door")
_GEZEGD = ("uitkomst", "resultaat", "reden")
# From what to what, and by what act.
STAPPEN: Mapping[tuple[Taak.Staat, Taakverloop.Wat], Taak.Staat] = {
    (_S.WACHT, _W.BEGONNEN): _S.OPEN,
    (_S.OPEN, _W.KLAAR): _S.KLAAR,
    (_S.WACHT, _W.VERVALLEN): _S.VERVALLEN,
    (_S.OPEN, _W.VERVALLEN): _S.VERVALLEN,
    (_S.KLAAR, _W.HEROPEND): _S.OPEN,
    (_S.VERVALLEN, _W.HEROPEND): _S.OPEN,
}


@transaction.atomic
def complete(
    taak: Taak, *, door: Actor, uitkomst: str = "", resultaat: str = ""
) -> Gevolg:
    """Say that a task is done, and let begin what waited only for it.

    Args:
        taak: which one.
        door: who says so; the caller checked that they may.
        uitkomst: what was decided, when it was to decide.
        resultaat: what came of it, in a sentence.

    Raises:
        NietAanDeBeurt: it still waits.
        AlGeeindigd: it has ended already.
        GeenUitkomst: a decision without one of its outcomes.
    """
    _take(taak, _W.KLAAR)
    if (uitkomst not in taak.keuzes) if taak.keuzes else uitkomst:
        raise GeenUitkomst()
    _end(taak, _W.KLAAR, door, uitkomst=uitkomst, resultaat=resultaat)
    gevolg = voorwaarden.after_end([taak.pk])
    _again(taak, door)
    gebeurtenissen.record(KLAAR, onderwerp=taak.pk, gemeente=taak.gemeente_id)
    _tell(gevolg, taak.gemeente_id)
    return gevolg


@transaction.atomic
def cancel(
    taak: Taak, *, door: Actor, reden: str, volgers_gaan_door: bool = True
) -> Gevolg:
    """Let a task lapse, with a reason.

    Args:
        taak: which one.
        door: who says so; the caller checked that they may.
        reden: why.
        volgers_gaan_door: what came after it goes on without it; otherwise it lapses
            too, or asks the director. What waits for the outcome of a decision that
            is not taken can never begin, so it lapses or asks in any case.

    Raises:
        RedenNodig: it says nothing.
        AlGeeindigd: it has ended already.
    """
    if not reden.strip():
        raise RedenNodig()
    _take(taak, _W.VERVALLEN)
    _end(taak, _W.VERVALLEN, door, reden=reden)
    gevolg = voorwaarden.after_end([taak.pk], zonder=volgers_gaan_door)
    gebeurtenissen.record(VERVALLEN, onderwerp=taak.pk, gemeente=taak.gemeente_id)
    _tell(gevolg, taak.gemeente_id)
    return gevolg


@transaction.atomic
def start(taak: Taak, *, door: Actor) -> None:
    """Let a waiting task begin now, whatever it waited for: the director decides.

    Raises:
        AlGeeindigd: it does not wait.
    """
    _take(taak, _W.BEGONNEN)
    taak.staat = _S.OPEN
    taak.vraagt_sinds = None
    taak.begonnen_op = klok.now()
    taak.save(update_fields=["staat", "vraagt_sinds", "begonnen_op"])
    _happened(taak, _W.BEGONNEN, door)


@transaction.atomic
def reopen(taak: Taak, *, door: Actor, reden: str) -> None:
    """Take up again what was done or had lapsed.

    What still waits goes on waiting for it, and what lapsed by rule because of it
    waits again; what had begun already goes on.

    Raises:
        RedenNodig: it says nothing.
        NogOpen: it has not ended.
    """
    if not reden.strip():
        raise RedenNodig()
    _take(taak, _W.HEROPEND)
    taak.staat = _S.OPEN
    taak.uitkomst = taak.resultaat = taak.reden = ""
    taak.begonnen_op = klok.now()
    taak.beeindigd_op = taak.beeindigd_door = None
    taak.save(update_fields=[*_EINDE, *_GEZEGD, "begonnen_op"])
    _happened(taak, _W.HEROPEND, door, reden)
    _wait_again({taak.pk})


def wake() -> int:
    """Let begin what waited for a day that has come; how many tasks began or ask."""
    casussen = (
        Voorwaarde.objects.filter(
            soort=Voorwaarde.Soort.DATUM,
            staat=Voorwaarde.Staat.OPEN,
            datum__lte=klok.today(),
        )
        .values_list("taak__casus", "taak__gemeente")
        .distinct()
    )
    aantal = 0
    for casus, gemeente in list(casussen):
        with transaction.atomic():
            voorwaarden.lock(casus)
            gevolg = voorwaarden.after_days(casus)
            _tell(gevolg, gemeente)
            aantal += len(gevolg.alle)
    return aantal


@transaction.atomic
def remind() -> int:
    """Give the reminders of today and of days that were missed; how many."""
    nu = klok.now()
    open_ = list(
        Herinnering.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(gegeven_op=None, op__lte=klok.today())
        .select_related("taak")
    )
    Herinnering.objects.filter(pk__in=[each.pk for each in open_]).update(gegeven_op=nu)
    lopend = {
        each.taak_id: each.taak.gemeente_id
        for each in open_
        if each.taak.staat in (_S.WACHT, _S.OPEN)
    }
    for taak, gemeente in lopend.items():
        gebeurtenissen.record(HERINNERING, onderwerp=taak, gemeente=gemeente)
    return len(lopend)


def _take(taak: Taak, wat: Taakverloop.Wat) -> None:
    """Take the lock of the case and see that this may be done as it stands now."""
    voorwaarden.lock(taak.casus_id)
    taak.refresh_from_db()
    if (_S(taak.staat), wat) in STAPPEN:
        return
    if wat == _W.HEROPEND:
        raise NogOpen()
    if taak.staat == _S.WACHT:
        raise NietAanDeBeurt()
    raise AlGeeindigd()


def _end(taak: Taak, wat: Taakverloop.Wat, door: Actor, **velden: str) -> None:
    taak.staat = STAPPEN[_S(taak.staat), wat]
    taak.vraagt_sinds = None
    taak.beeindigd_op = klok.now()
    taak.beeindigd_door = door.account_id
    for veld, waarde in velden.items():
        setattr(taak, veld, waarde)
    # Only these: who has it may be changed by somebody else meanwhile.
    taak.save(update_fields=[*_EINDE, *velden])
    _happened(taak, wat, door, velden.get("reden", ""))


def _happened(taak: Taak, wat: Taakverloop.Wat, door: Actor, reden: str = "") -> None:
    Taakverloop.objects.create(
        taak=taak, wat=wat, op=klok.now(), door=door.account_id, reden=reden
    )


def _tell(gevolg: Gevolg, gemeente: str) -> None:
    """Record what nobody did by hand: a task that asks, or that lapsed by rule."""
    for taak in gevolg.vragen:
        gebeurtenissen.record(VRAAGT, onderwerp=taak, gemeente=gemeente)
    for taak in gevolg.vervallen:
        gebeurtenissen.record(VERVALLEN, onderwerp=taak, gemeente=gemeente)


def _wait_again(heropend: set[UUID]) -> None:
    while heropend:
        op = Voorwaarde.objects.filter(op_taak__in=heropend)
        wachtend = set(
            Taak.objects.filter(voorwaarden__in=op, staat=_S.WACHT).values_list(
                "pk", flat=True
            )
        )
        vanzelf = set(
            Taak.objects.filter(
                voorwaarden__in=op.filter(staat=Voorwaarde.Staat.NOOIT),
                staat=_S.VERVALLEN,
                beeindigd_door=None,
            ).values_list("pk", flat=True)
        )
        op.filter(taak__in=wachtend | vanzelf).update(staat=Voorwaarde.Staat.OPEN)
        Taak.objects.filter(pk__in=wachtend).update(vraagt_sinds=None)
        Taak.objects.filter(pk__in=vanzelf).update(
            staat=_S.WACHT, beeindigd_op=None, reden=""
        )
        heropend = vanzelf


def _again(taak: Taak, door: Actor) -> None:
    """Make the next one of a task that comes back.

    It is due so many weeks later and begins when its period does; periods that went by
    are skipped, not stacked.
    """
    if taak.elke_weken is None or taak.herhaal_tot is None:
        return
    if Taak.objects.filter(vorige=taak).exists():
        return
    stap = timedelta(weeks=taak.elke_weken)
    uiterlijk = (taak.uiterlijk or klok.today()) + stap
    while uiterlijk < klok.today():
        uiterlijk += stap
    if uiterlijk > taak.herhaal_tot:
        return
    volgende = Taak.objects.get(pk=taak.pk)
    volgende.pk = None
    volgende._state.adding = True
    _renew(volgende, taak, uiterlijk, door)
    begin = uiterlijk - stap
    if begin > klok.today():
        voorwaarden.replace(volgende, [[voorwaarden.Vanaf(begin)]])
    verschil = uiterlijk - (taak.uiterlijk or klok.today())
    Herinnering.objects.bulk_create(
        Herinnering(taak=volgende, op=op + verschil)
        for op in taak.herinneringen.values_list("op", flat=True)
    )


def _renew(volgende: Taak, taak: Taak, uiterlijk: date, door: Actor) -> None:
    volgende.pk = Taak._meta.pk.get_default()
    volgende.vorige = taak
    volgende.staat = _S.OPEN
    volgende.uiterlijk = uiterlijk
    volgende.uitkomst = volgende.resultaat = volgende.reden = ""
    volgende.gemaakt_op = volgende.begonnen_op = klok.now()
    volgende.gemaakt_door = door.account_id
    volgende.beeindigd_op = volgende.beeindigd_door = None
    volgende.save(force_insert=True)
    _happened(volgende, _W.GEGEVEN, door)
