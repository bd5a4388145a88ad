"""Whom somebody has a task toward, asked of the rooms that know.

This floor knows accounts and opaque persons, no meldingen or plans. Rooms above
register a function that says with which of these persons an account is involved; a look
at someone with whom nobody says one is involved is put forward as odd.
"""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

Bron = Callable[[str, Collection[UUID], str], Iterable[UUID]]
_bronnen: list[Bron] = []


def register(bron: Bron) -> None:
    """Let a room say whom an account is involved with.

    Args:
        bron: gets the account's id, the persons asked about and the municipality's
            code; returns those one is involved with. Called for up to a few hundred
            persons at once, so one query each.
    """
    if bron not in _bronnen:
        _bronnen.append(bron)


def known() -> bool:
    """Whether any room can say; if none can, nothing is odd about having no task."""
    return bool(_bronnen)


def involved(account_id: str, personen: Collection[UUID], gemeente: str) -> set[UUID]:
    """Return those of these persons that the account is involved with."""
    found: set[UUID] = set()
    for bron in _bronnen:
        open_ = [persoon for persoon in personen if persoon not in found]
        if not open_:
            break
        found.update(bron(account_id, open_, gemeente))
    return found
