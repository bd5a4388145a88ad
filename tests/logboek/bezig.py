"""Looks that tests begin with, at whatever moment they are wanted."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

import time_machine

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze, betrokkenheid, kenmerken
from samenloop.access.logboek.kenmerken import Kenmerken
from samenloop.access.rollen import Handeling


def look(
    wie: Actor,
    *personen: UUID,
    op: datetime | None = None,
    handeling: Handeling = Handeling.PERSOON_OPENEN,
    wijze: Wijze = Wijze.GEOPEND,
    doel: str = "wmo_onderzoek",
) -> UUID:
    """Let somebody open persons; returns the first of them."""
    who = list(personen) or [uuid4()]

    def record() -> None:
        logboek.record(wie, handeling, personen=who, wijze=wijze, doel=doel)

    if op is None:
        record()
    else:
        with time_machine.travel(op, tick=False):
            record()
    return who[0]


class Betrokken:
    """A room that knows with whom one is involved."""

    def __init__(self, *personen: UUID) -> None:
        self.personen = set(personen)

    def __call__(
        self, account_id: str, personen: Iterable[UUID], gemeente: str
    ) -> set[UUID]:
        """Those of these persons that were given."""
        return self.personen & set(personen)

    def __enter__(self) -> "Betrokken":
        self.eerder = betrokkenheid._bronnen[:]
        betrokkenheid._bronnen[:] = [self]
        return self

    def __exit__(self, *_fout: object) -> None:
        betrokkenheid._bronnen[:] = self.eerder


class Bekend:
    """A room that knows the marks of persons."""

    def __init__(self, marks: dict[UUID, Kenmerken]) -> None:
        self.marks = marks

    def __call__(self, personen: Iterable[UUID]) -> dict[UUID, Kenmerken]:
        """The marks of those of these persons that were given."""
        return {each: self.marks[each] for each in personen if each in self.marks}

    def __enter__(self) -> "Bekend":
        self.eerder = kenmerken._bronnen[:]
        kenmerken._bronnen[:] = [self]
        return self

    def __exit__(self, *_fout: object) -> None:
        kenmerken._bronnen[:] = self.eerder
