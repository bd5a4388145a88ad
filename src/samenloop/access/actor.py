"""On whose behalf something is done.

A signed-in worker, a program of another organisation, somebody who was invited for the
time of a meeting, somebody of a family at its own pages, or the system itself. An actor
acts for one municipality at a time and carries no purpose: that belongs to each look.
Functions take an actor, never a request, so pages, API and jobs are decided alike.
"""

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest

from samenloop.access.rollen import Domein, Rol


class ActorSoort(StrEnum):
    """Who or what acts."""

    MEDEWERKER = "medewerker"
    ORGANISATIE = "organisatie"
    GENODIGDE = "genodigde"
    BURGER = "burger"
    SYSTEEM = "systeem"


def new_trace() -> bytes:
    """Return the mark by which log rows of one request belong together, 16 bytes."""
    return secrets.token_bytes(16)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for which municipality and with what roles there.

    `id` is the key of the account, the client id of a program, the key of an
    invitation or of an own entrance, or the name of a job. `deelnames` are the
    participations that an invitation or entrance opens; who has an account or an
    organisation is found by those.
    """

    soort: ActorSoort
    id: str
    naam: str
    gemeente: str = ""
    rollen: frozenset[Rol] = frozenset()
    domeinen: frozenset[Domein] = frozenset()
    organisatie: UUID | None = None
    deelnames: frozenset[UUID] = frozenset()
    trace_id: bytes = field(default_factory=new_trace, compare=False)

    @classmethod
    def systeem(cls, naam: str, gemeente: str = "") -> "Actor":
        """Return the system at work, for instance `Actor.systeem("regels")`."""
        return cls(ActorSoort.SYSTEEM, f"systeem:{naam}", naam, gemeente)

    @property
    def account_id(self) -> int | None:
        """The key of the account behind it; None when no person acts."""
        return int(self.id) if self.soort is ActorSoort.MEDEWERKER else None


class Verzoek(HttpRequest):
    """A request of someone who is known: what views and operations receive."""

    actor: Actor
