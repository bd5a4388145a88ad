"""What a task waits for, set as a whole, and settled when something came or cannot.

Settling is done in rounds of a few statements, however many tasks wait: what ended is
written on the conditions that named it, then each task that waited on those is judged
once. A task whose conditions are all fulfilled begins, or asks the director; one that
can never begin any more lapses, or asks the director; and what lapsed so is the next
round. So no task waits for what cannot come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.regie.taken import graaf
from samenloop.regie.taken.fouten import (
    AlGeeindigd,
    AndereCasus,
    GeenUitkomst,
    Kring,
)
from samenloop.regie.taken.models import Taak, Taakverloop, Voorwaarde

# Of a decision with another outcome nobody is to blame; the reason says what happened.
KOMT_NIET_MEER = "nooit"
_S = Taak.Staat

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('taken:' || %s, 0))"
_OVER_GEEINDIGDE = """
UPDATE taken_voorwaarde v SET staat = CASE
    WHEN t.staat = 'vervallen' AND v.soort = 'na' AND %s THEN 'waar'
    WHEN t.staat = 'vervallen' THEN 'nooit'
    WHEN v.soort = 'na' OR v.uitkomst = t.uitkomst THEN 'waar'
    ELSE 'nooit' END
  FROM taken_taak t
 WHERE t.id = ANY(%s) AND t.staat IN ('klaar', 'vervallen')
   AND v.op_taak_id = t.id AND v.staat = 'open'
RETURNING v.taak_id
"""
_OVER_DAGEN = """
UPDATE taken_voorwaarde v SET staat = 'waar'
  FROM taken_taak t
 WHERE t.id = v.taak_id AND t.casus_id = %s
   AND v.soort = 'datum' AND v.staat = 'open' AND v.datum <= %s
RETURNING v.taak_id
"""
# Who starts by itself and who asks stands with the task; both judge in one statement.
_BEOORDEEL = """
WITH stand AS (
    SELECT taak_id, bool_and(gekomen) AS vrij, bool_or(komt_niet) AS nooit
      FROM (SELECT taak_id, groep, bool_or(staat = 'waar') AS gekomen,
                   bool_and(staat = 'nooit') AS komt_niet
              FROM taken_voorwaarde WHERE taak_id = ANY(%(taken)s)
             GROUP BY taak_id, groep) groepen
     GROUP BY taak_id
), beoordeeld AS (
    UPDATE taken_taak t SET
        staat = CASE WHEN NOT t.start_zelf THEN 'wacht'
                     WHEN stand.vrij THEN 'open' ELSE 'vervallen' END,
        vraagt_sinds = CASE WHEN NOT t.start_zelf THEN %(nu)s END,
        begonnen_op = CASE WHEN t.start_zelf AND stand.vrij THEN %(nu)s END,
        beeindigd_op = CASE WHEN t.start_zelf AND NOT stand.vrij THEN %(nu)s END
      FROM stand
     WHERE t.id = stand.taak_id AND t.staat = 'wacht' AND t.vraagt_sinds IS NULL
       AND (stand.vrij OR stand.nooit)
    RETURNING t.id, t.staat, stand.vrij
)
INSERT INTO taken_taakverloop (taak_id, wat, op, reden)
SELECT id, CASE staat WHEN 'open' THEN 'begonnen' WHEN 'wacht' THEN 'vraagt'
                      ELSE 'vervallen' END,
       %(nu)s, CASE WHEN vrij THEN '' ELSE %(reden)s END
  FROM beoordeeld
RETURNING taak_id, wat
"""


@dataclass(frozen=True, slots=True)
class Na:
    """Wait until another task is done."""

    taak: UUID


@dataclass(frozen=True, slots=True)
class Vanaf:
    """Wait until a day."""

    dag: date


@dataclass(frozen=True, slots=True)
class Bij:
    """Wait until a task to decide ends with this outcome."""

    taak: UUID
    uitkomst: str


Eis = Na | Vanaf | Bij
# Of each inner sequence one is enough; each of them is needed.
Eisen = Sequence[Sequence[Eis]]


@dataclass(slots=True)
class Gevolg:
    """What followed from something that ended or came."""

    begonnen: list[UUID] = field(default_factory=list)
    vragen: list[UUID] = field(default_factory=list)
    vervallen: list[UUID] = field(default_factory=list)

    @property
    def alle(self) -> list[UUID]:
        """Every task to which something happened."""
        return [*self.begonnen, *self.vragen, *self.vervallen]


def lock(casus: UUID) -> None:
    """Let nobody else change what waits in a case until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [str(casus)])


@transaction.atomic
def replace(taak: Taak, eisen: Eisen, *, door: Actor | None = None) -> Gevolg:
    """Let a task wait for these instead of what it waited for.

    Raises:
        Kring: tasks would wait for each other; the error names them.
        AndereCasus: it would wait for a task of another case.
        GeenUitkomst: an outcome that the decision does not have.
        AlGeeindigd: the task has ended.
    """
    lock(taak.casus_id)
    taak.refresh_from_db()
    if taak.staat in (_S.KLAAR, _S.VERVALLEN):
        raise AlGeeindigd()
    groepen = [list(dict.fromkeys(groep)) for groep in eisen if groep]
    _check(taak, groepen)
    taak.voorwaarden.all().delete()
    Voorwaarde.objects.bulk_create(
        _row(taak, nummer, eis)
        for nummer, groep in enumerate(groepen, start=1)
        for eis in groep
    )
    taak.staat = _S.WACHT if groepen else _S.OPEN
    taak.vraagt_sinds = None
    taak.begonnen_op = None if groepen else klok.now()
    taak.save(update_fields=["staat", "vraagt_sinds", "begonnen_op"])
    if door is not None:
        Taakverloop.objects.create(
            taak=taak, wat=Taakverloop.Wat.GEWIJZIGD, door=door.account_id
        )
    gevolg = _look_again([taak]) if groepen else Gevolg()
    taak.refresh_from_db()
    return gevolg


def edges(casus: UUID) -> dict[UUID, set[UUID]]:
    """Return per task of a case for which tasks it waits."""
    na: dict[UUID, set[UUID]] = {}
    for taak, op_taak in Voorwaarde.objects.filter(
        taak__casus=casus, op_taak__isnull=False
    ).values_list("taak", "op_taak"):
        na.setdefault(taak, set()).add(op_taak)
    return na


def after_end(taken: Iterable[UUID], *, zonder: bool = False) -> Gevolg:
    """Settle what waited for tasks that ended; the caller has the lock of the case.

    Args:
        taken: which ended.
        zonder: what came after a lapsed one goes on without it.
    """
    return _settle(_rows(_OVER_GEEINDIGDE, [zonder, list(taken)]))


def after_days(casus: UUID) -> Gevolg:
    """Settle what waited for a day that came; the caller has the lock of the case."""
    return _settle(_rows(_OVER_DAGEN, [casus, klok.today()]))


def _look_again(taken: Iterable[Taak]) -> Gevolg:
    """Settle tasks whose conditions were just written: some may have come already."""
    lijst = list(taken)
    sleutels = [taak.pk for taak in lijst]
    Voorwaarde.objects.filter(
        taak__in=sleutels, soort=Voorwaarde.Soort.DATUM, datum__lte=klok.today()
    ).update(staat=Voorwaarde.Staat.WAAR)
    geeindigd = list(
        Taak.objects.filter(
            wachtenden__taak__in=sleutels, staat__in=(_S.KLAAR, _S.VERVALLEN)
        ).values_list("pk", flat=True)
    )
    _rows(_OVER_GEEINDIGDE, [False, geeindigd])
    return _settle(sleutels)


def _settle(geraakt: Iterable[UUID]) -> Gevolg:
    gevolg = Gevolg()
    taken = sorted(set(geraakt))
    while taken:
        vervallen = []
        for taak, wat in _rows_pairs(
            _BEOORDEEL, {"taken": taken, "nu": klok.now(), "reden": KOMT_NIET_MEER}
        ):
            if wat == Taakverloop.Wat.BEGONNEN:
                gevolg.begonnen.append(taak)
            elif wat == Taakverloop.Wat.VRAAGT:
                gevolg.vragen.append(taak)
            else:
                vervallen.append(taak)
        gevolg.vervallen += vervallen
        taken = (
            sorted(set(_rows(_OVER_GEEINDIGDE, [False, vervallen])))
            if vervallen
            else []
        )
    return gevolg


def _rows(opdracht: str, waarden: Sequence[Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return [rij[0] for rij in cursor.fetchall()]


def _rows_pairs(opdracht: str, waarden: dict[str, Any]) -> list[tuple[UUID, str]]:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)
        return [(rij[0], rij[1]) for rij in cursor.fetchall()]


def _check(taak: Taak, groepen: Sequence[Sequence[Eis]]) -> None:
    op = {eis.taak for groep in groepen for eis in groep if not isinstance(eis, Vanaf)}
    gevonden = {
        each.pk: each for each in Taak.objects.filter(pk__in=op, casus=taak.casus_id)
    }
    if op - set(gevonden):
        raise AndereCasus()
    for groep in groepen:
        for eis in groep:
            if isinstance(eis, Bij) and eis.uitkomst not in gevonden[eis.taak].keuzes:
                raise GeenUitkomst()
    na = edges(taak.casus_id)
    na[taak.pk] = op
    if lus := graaf.find_loop(na):
        raise Kring(lus)


def _row(taak: Taak, groep: int, eis: Eis) -> Voorwaarde:
    soort = Voorwaarde.Soort
    rij = Voorwaarde(taak=taak, groep=groep)
    if isinstance(eis, Vanaf):
        rij.soort, rij.datum = soort.DATUM, eis.dag
    elif isinstance(eis, Bij):
        rij.soort, rij.op_taak_id, rij.uitkomst = soort.BESLUIT, eis.taak, eis.uitkomst
    else:
        rij.soort, rij.op_taak_id = soort.NA, eis.taak
    return rij
