"""Destroying what is due, so that it is provable and cannot come back.

For each root: a tombstone and a line in the chained log, committed; then the rows, all
of the family in one transaction, as the owner of the tables, because the application
itself can delete nothing. What was decided and not yet carried out, because a process
died or an older backup was put back, is carried out first.
"""

import json
import logging
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, connections, transaction

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.bewaren import duur
from samenloop.access.bewaren.families import (
    Familie,
    Kandidaat,
    families,
    parts,
    run_afterwards,
)
from samenloop.access.bewaren.models import Grafsteen, Opschorting, Vernietiging
from samenloop.access.bewaren.termijnen import Geldend, in_force
from samenloop.access.rollen import Handeling
from samenloop.core import gemeentegrens, klok
from samenloop.core.statefolder import state_folder

T = TypeVar("T")
_log = logging.getLogger(__name__)
_PER_KEER = 200
LIJST = "vernietigd.jsonl"


@dataclass(slots=True)
class Vooruitzicht:
    """What of one family is due, what is held back, and what follows soon."""

    familie: Familie
    geldend: Geldend
    vervallen: list[Kandidaat] = field(default_factory=list)
    opgeschort: list[Kandidaat] = field(default_factory=list)
    straks: int = 0

    @property
    def waits_for_setting(self) -> bool:
        """Whether nothing happens until the municipality sets the term."""
        return not self.geldend.destroys


@dataclass(frozen=True, slots=True)
class Gedaan:
    """What went: how many roots, and how many rows of each table."""

    dossiers: int
    rijen: Counter[str]


def preview(
    gemeente: str, *, op: date | None = None, straks: int = 30
) -> list[Vooruitzicht]:
    """Say what would be destroyed on a day, per family, without touching anything.

    Args:
        gemeente: CBS code.
        op: the day; today when absent.
        straks: how many days ahead count as soon.
    """
    dag = op or klok.today()
    termijnen = in_force(gemeente)
    tegen = _holds(gemeente, dag)
    uit = []
    for familie in families().values():
        geldend = termijnen[familie.termijn]
        zicht = Vooruitzicht(familie, geldend)
        uit.append(zicht)
        if not duur.is_duur(geldend.duur):
            continue
        for kandidaat in familie.kandidaten(gemeente):
            over = duur.add(kandidaat.sinds, geldend.duur)
            if over > dag:
                zicht.straks += (over - dag).days <= straks
            elif _is_held(familie, kandidaat, tegen):
                zicht.opgeschort.append(kandidaat)
            else:
                zicht.vervallen.append(kandidaat)
    return uit


def begin(gemeente: str, *, door: int | None = None) -> Vernietiging:
    """Start a run over a municipality; `run` carries it out."""
    return Vernietiging.objects.create(
        gemeente=gemeente, gestart_door=door, begonnen_op=klok.now()
    )


def run(vernietiging: Vernietiging) -> Vernietiging:
    """Destroy what is due; stops in good order when asked to, and can be repeated."""
    finish_open()
    gemeente = vernietiging.gemeente
    zichten = [z for z in preview(gemeente) if not z.waits_for_setting]
    vernietiging.te_doen = sum(len(z.vervallen) for z in zichten)
    vernietiging.save(update_fields=["te_doen"])
    for zicht in zichten:
        rijen: Counter[str] = Counter()
        dossiers = 0
        for groep in _portions(zicht.vervallen):
            vernietiging.refresh_from_db(fields=["stop_gevraagd"])
            if vernietiging.stop_gevraagd:
                break
            gedaan = _destroy(vernietiging, zicht.familie, zicht.geldend, groep)
            dossiers += gedaan.dossiers
            rijen += gedaan.rijen
            vernietiging.gedaan += gedaan.dossiers
            vernietiging.save(update_fields=["gedaan"])
        vernietiging.aantallen[zicht.familie.code] = {
            "dossiers": dossiers,
            "opgeschort": len(zicht.opgeschort),
            "niet_voltooid": _unfinished(gemeente, zicht.familie),
            "rijen": dict(rijen),
        }
    vernietiging.geeindigd_op = klok.now()
    vernietiging.save(update_fields=["aantallen", "geeindigd_op"])
    return vernietiging


def _destroy(
    vernietiging: Vernietiging,
    familie: Familie,
    geldend: Geldend,
    groep: Sequence[Kandidaat],
) -> Gedaan:
    actor = Actor.systeem("bewaren", vernietiging.gemeente)
    with transaction.atomic():
        # A hold that came since the preview counts: it is looked at again here.
        tegen = _holds(vernietiging.gemeente, klok.today(), lock=True)
        weg = [k for k in groep if not _is_held(familie, k, tegen)]
        # Decided before: what is open was just tried, what is done has come back.
        eerder = {
            steen.dossier: steen
            for steen in Grafsteen.objects.filter(
                familie=familie.code, dossier__in=[k.dossier for k in weg]
            )
        }
        terug = [steen for steen in eerder.values() if steen.voltooid_op]
        weg = [k for k in weg if k.dossier not in eerder]
        stenen = Grafsteen.objects.bulk_create(
            Grafsteen(
                familie=familie.code,
                dossier=kandidaat.dossier,
                gemeente=vernietiging.gemeente,
                termijn=geldend.termijn.code,
                vernietiging=vernietiging,
            )
            for kandidaat in weg
        )
        for kandidaat in weg:
            logboek.record(
                actor,
                Handeling.VERNIETIGEN,
                onderwerp=f"{familie.code}:{kandidaat.dossier}",
                grond=geldend.termijn.code,
                wijze=logboek.Wijze.VERNIETIGD,
                activiteit="bewaren",
            )
    return _try_to_carry_out(familie, [*terug, *stenen])


def _carry_out(familie: Familie, stenen: Sequence[Grafsteen]) -> Counter[str]:
    """Remove all rows of these roots, and note that it was done."""
    rijen = _remove(familie, [steen.dossier for steen in stenen])
    Grafsteen.objects.filter(
        pk__in=[steen.pk for steen in stenen], voltooid_op__isnull=True
    ).update(voltooid_op=klok.now())
    keep_list()
    return rijen


def _remove(familie: Familie, dossiers: Sequence[UUID]) -> Counter[str]:
    """Delete as the owner, in one transaction; how many rows of each table."""
    rijen: Counter[str] = Counter()
    eigenaar = connections["beheer"]
    with transaction.atomic(using="beheer"), eigenaar.cursor() as cursor:
        cursor.execute("SET LOCAL samenloop.onderhoud = 'aan'")
        for deel in parts(familie):
            cursor.execute(
                f"DELETE FROM {deel.tabel} WHERE {deel.waar}",  # noqa: S608 (ours)
                [list(dossiers)],
            )
            rijen[deel.tabel] += cursor.rowcount
    run_afterwards()
    return rijen


def finish_open() -> int:
    """Carry out what was decided and not finished; how many roots.

    What cannot go (something new hangs on it) is left for the next time and holds up
    nothing else; its tombstone stays open, and the report says so.
    """
    gedaan = 0
    with gemeentegrens.everywhere("finish destroying"):
        open_stenen = list(Grafsteen.objects.filter(voltooid_op__isnull=True))
        for familie in families().values():
            van = [steen for steen in open_stenen if steen.familie == familie.code]
            for groep in _portions(van):
                gedaan += _try_to_carry_out(familie, groep).dossiers
    keep_list()
    return gedaan


def _unfinished(gemeente: str, familie: Familie) -> int:
    return Grafsteen.objects.filter(
        gemeente=gemeente, familie=familie.code, voltooid_op__isnull=True
    ).count()


def _try_to_carry_out(familie: Familie, stenen: Sequence[Grafsteen]) -> Gedaan:
    """Carry out what can be; one by one when they cannot go all at once."""
    try:
        return Gedaan(len(stenen), _carry_out(familie, stenen))
    except DatabaseError as fout:
        if len(stenen) > 1:
            apart = [_try_to_carry_out(familie, [steen]) for steen in stenen]
            return Gedaan(
                sum(each.dossiers for each in apart),
                sum((each.rijen for each in apart), Counter()),
            )
        # Its kind only: what the server says may repeat the row.
        _log.error("%s cannot be destroyed: %s", familie.code, type(fout).__name__)
        return Gedaan(0, Counter())


# ---- Against a backup that is put back ----------------------------------------------


def list_path() -> Path:
    """Return the file with every tombstone, beside the database and not in it."""
    return state_folder() / LIJST


def keep_list() -> int:
    """Write tombstones that the list does not have yet; how many."""
    pad = list_path()
    with gemeentegrens.everywhere("list of what was destroyed"):
        nieuw = Grafsteen.objects.filter(volgnummer__gt=_last_kept(pad))
        regels = [
            json.dumps(
                {
                    "volgnummer": steen.volgnummer,
                    "familie": steen.familie,
                    "dossier": str(steen.dossier),
                    "gemeente": steen.gemeente,
                    "termijn": steen.termijn,
                    "op": steen.besloten_op.isoformat(),
                }
            )
            for steen in nieuw
        ]
    if regels:
        with pad.open("a", encoding="utf-8") as bestand:
            bestand.write("\n".join(regels) + "\n")
            bestand.flush()
            os.fsync(bestand.fileno())
    return len(regels)


def replay(pad: Path | None = None) -> int:
    """Destroy again what an older backup brought back; how many roots of the list.

    The list may name families that this version no longer has: those raise, because
    what they name may be on record again.

    Raises:
        OnleesbareLijst: the list is damaged, or names an unknown family.
    """
    if pad is not None and not pad.is_file():
        raise OnleesbareLijst(f"{pad.name} is not there")
    per_familie: dict[str, list[UUID]] = {}
    for regel in _read_list(pad or list_path()):
        per_familie.setdefault(regel["familie"], []).append(UUID(regel["dossier"]))
    onbekend = set(per_familie) - set(families())
    if onbekend:
        raise OnleesbareLijst(f"unknown kind of record: {', '.join(sorted(onbekend))}")
    for code, dossiers in per_familie.items():
        for begin_ in range(0, len(dossiers), _PER_KEER):
            _remove(families()[code], dossiers[begin_ : begin_ + _PER_KEER])
    return sum(map(len, per_familie.values()))


class OnleesbareLijst(ValueError):
    """The list of what was destroyed cannot be carried out as it stands."""


def _read_list(pad: Path) -> Iterator[dict[str, str]]:
    if not pad.is_file():
        return
    with pad.open(encoding="utf-8") as bestand:
        for nummer, tekst in enumerate(bestand, start=1):
            try:
                regel = json.loads(tekst)
                UUID(regel["dossier"])
                regel["familie"], regel["volgnummer"]
            except (ValueError, KeyError, TypeError):
                raise OnleesbareLijst(f"{pad.name}, line {nummer}") from None
            yield regel


def _last_kept(pad: Path) -> int:
    """Return the number of the last tombstone on the list; 0 when there is none."""
    if not pad.is_file():
        return 0
    with pad.open("rb") as bestand:
        bestand.seek(max(0, pad.stat().st_size - 4096))
        regels = bestand.read().splitlines()
    try:
        return int(json.loads(regels[-1])["volgnummer"]) if regels else 0
    except (ValueError, KeyError, TypeError):
        raise OnleesbareLijst(f"{pad.name}, last line") from None


# ---- Holds --------------------------------------------------------------------------


def _holds(gemeente: str, dag: date, *, lock: bool = False) -> frozenset[str]:
    rijen = Opschorting.objects.filter(gemeente=gemeente, sinds__lte=dag).exclude(
        tot__lt=dag
    )
    if lock:
        rijen = rijen.select_for_update()
    return frozenset(
        str(persoon or onderwerp)
        for persoon, onderwerp in rijen.values_list("persoon", "onderwerp")
    )


def _is_held(familie: Familie, kandidaat: Kandidaat, tegen: frozenset[str]) -> bool:
    zelf = f"{familie.code}:{kandidaat.dossier}"
    return zelf in tegen or any(str(persoon) in tegen for persoon in kandidaat.personen)


def _portions(rij: Sequence[T]) -> Iterator[Sequence[T]]:
    for begin_ in range(0, len(rij), _PER_KEER):
        yield rij[begin_ : begin_ + _PER_KEER]
