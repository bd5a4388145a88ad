"""The verdict on a message: level after level, as the standard prescribes.

A level only runs when the one before found nothing, and then names everything it
finds. Only an invoice can be accepted in part: per line, and for each line on its own
a level only runs when the one before found nothing there.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal

from samenloop.berichten.regels.grond import Grond
from samenloop.berichten.regels.plan import loop, plan
from samenloop.berichten.regels.stand import Stand
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.fouten import Fout, Onleesbaar, SchemaFout
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.standaard.proloog import lees_bytes, soort_van
from samenloop.berichten.standaard.soorten import Soort

Uitspraak = Literal["goedgekeurd", "afgekeurd", "deels", "onleesbaar"]

GROOT = 1_000_000
"""Bytes from which a message counts as large."""

_ONDER_DE_HEADER = frozenset({"Client", "Declaratie", "DeclaratieAntwoord", "Antwoord"})
_CLIENTEN = frozenset({"Clienten"})


@dataclass(slots=True)
class Oordeel:
    """What became of a message, and why.

    `soort` is None where the bytes are no message at all, `bericht` also where it does
    not hold to its schema.
    "deels" is only for an invoice: it is handled, without the lines that were refused.
    """

    oordeel: Uitspraak
    soort: Soort | None = None
    fouten: list[Fout] = field(default_factory=list)
    bericht: Bericht | None = None

    @property
    def niveau(self) -> int | None:
        """The lowest level on which something was found."""
        return min((each.niveau for each in self.fouten), default=None)

    @property
    def te_beantwoorden(self) -> bool:
        """Whether the standard wants an answer: not for an answer, not at level 1."""
        return (
            self.bericht is not None
            and self.niveau != 1
            and not self.bericht.soort.is_antwoord
        )


def keur(
    bron: bytes | BinaryIO,
    *,
    stand: Stand | None,
    vandaag: date,
    schemamap: Path | None = None,
) -> Oordeel:
    """Read a message and judge it.

    Without a `stand` only that is judged which needs none: levels 1 and 2, and what
    can be told of levels 3 and 4 from the message and the date alone. `schemamap` is a
    folder with the official schemas, to validate against as well.
    """
    soort = None
    try:
        data = lees_bytes(bron)
        soort = soort_van(data)
        with _zonder_opruimen() if len(data) > GROOT else nullcontext():
            bericht = lees(data, schemamap)
            return beoordeel(bericht, stand=stand, vandaag=vandaag)
    except Onleesbaar as fout:
        return Oordeel("onleesbaar", soort, fout.fouten)
    except SchemaFout as fout:
        return Oordeel("afgekeurd", soort, fout.fouten)


@contextmanager
def _zonder_opruimen() -> Iterator[None]:
    """Leave the collector of cycles out of a large message.

    Reading one makes a million small parts and not one cycle; walking along them again
    and again would cost a tenth of all time. It is for the whole process and short.
    """
    was_aan = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_aan:
            gc.enable()


def beoordeel(bericht: Bericht, *, stand: Stand | None, vandaag: date) -> Oordeel:
    """Judge a message that was read: levels 2 to 4."""
    grond = Grond(bericht, vandaag, stand)
    fouten: list[Fout] = []
    _niveau(grond, 2, fouten)
    if fouten:
        return _uitspraak(bericht, fouten)
    if bericht.soort.nummer == 323:
        from samenloop.berichten.regels.declaratie import beoordeel_prestaties

        for zonder in (_ONDER_DE_HEADER, _CLIENTEN):
            for niveau in (3, 4):
                _niveau(grond, niveau, fouten, zonder)
                if fouten:
                    return _uitspraak(bericht, fouten)
        fouten = beoordeel_prestaties(grond)
        return _uitspraak(bericht, fouten, deels=True)
    for niveau in (3, 4):
        _niveau(grond, niveau, fouten)
        if fouten:
            break
    return _uitspraak(bericht, fouten)


def _niveau(
    grond: Grond,
    niveau: int,
    fouten: list[Fout],
    zonder: frozenset[str] = frozenset(),
) -> None:
    met_stand = grond.stand_of_niets is not None
    knoop = plan(grond.nummer, grond.wet, niveau, met_stand)
    loop(knoop, grond.bericht.inhoud, "/Bericht", grond, fouten, zonder)


def _uitspraak(bericht: Bericht, fouten: list[Fout], *, deels: bool = False) -> Oordeel:
    if not fouten:
        return Oordeel("goedgekeurd", bericht.soort, [], bericht)
    uitspraak: Uitspraak = "deels" if deels else "afgekeurd"
    return Oordeel(uitspraak, bericht.soort, fouten, bericht)
