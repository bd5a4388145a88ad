"""Who may do what, and how deep: the questions that the table of decisions answers.

The rows stand in `besluittabel`; what is in none of them is not allowed.
"""

from collections.abc import Iterable
from functools import cache

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluitregel import ELK_DOEL as ELK_DOEL
from samenloop.access.besluitregel import Regel as Regel
from samenloop.access.besluitregel import Wie as Wie
from samenloop.access.besluittabel import TABEL as TABEL
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling, Rol


class GeenToegang(PermissionDenied):
    """The table has no row that allows it; the text says so to the user."""


def _capacities(actor: Actor) -> frozenset[Wie]:
    if actor.soort in (ActorSoort.SYSTEEM, ActorSoort.GENODIGDE, ActorSoort.BURGER):
        return frozenset({actor.soort})
    return frozenset(actor.rollen)


def _rows_of(actor: Actor, handeling: Handeling) -> tuple[Regel, ...]:
    return _rows_for(_capacities(actor), handeling)


@cache
def _rows_for(wie: frozenset[Wie], handeling: Handeling) -> tuple[Regel, ...]:
    """Look it up once per combination of roles: the table never changes."""
    return tuple(r for r in TABEL if r.handeling == handeling and r.wie in wie)


def depth(
    actor: Actor,
    handeling: Handeling,
    betrokkenheid: Betrokkenheid = Betrokkenheid.GEMEENTE,
    doel: str = ELK_DOEL,
) -> Diepte | None:
    """Return how deep this actor may go, or None when not at all."""
    dieptes = [
        regel.diepte
        for regel in _rows_of(actor, handeling)
        if regel.holds_for(betrokkenheid, doel)
    ]
    return max(dieptes, key=lambda diepte: diepte.rang, default=None)


def may(actor: Actor, handeling: Handeling) -> bool:
    """Whether this actor may do it at all, with whatever involvement."""
    return bool(_rows_of(actor, handeling))


def allowed(actor: Actor) -> frozenset[Handeling]:
    """Return everything this actor may do at all; pages leave out the rest."""
    wie = _capacities(actor)
    return frozenset(regel.handeling for regel in TABEL if regel.wie in wie)


def involvements(
    actor: Actor, handeling: Handeling, diepte: Diepte = Diepte.DAT
) -> frozenset[Betrokkenheid]:
    """Return the involvements at which the actor may do it, so deep or deeper.

    A queryset filters with it: `gemeente` leaves every row of the municipality,
    otherwise only the rows that are assigned or their own.
    """
    return frozenset(
        regel.betrokkenheid
        for regel in _rows_of(actor, handeling)
        if regel.diepte.reaches(diepte)
    )


def require(
    actor: Actor,
    handeling: Handeling,
    betrokkenheid: Betrokkenheid = Betrokkenheid.GEMEENTE,
    doel: str = ELK_DOEL,
    diepte: Diepte = Diepte.DAT,
) -> Diepte:
    """Return the depth, or refuse.

    Raises:
        GeenToegang: no row allows it at this involvement, purpose and depth.
    """
    gegund = depth(actor, handeling, betrokkenheid, doel)
    if gegund is None or not gegund.reaches(diepte):
        raise GeenToegang(reason(actor, (handeling,)))
    return gegund


def reason(actor: Actor, handelingen: Iterable[Handeling]) -> str:
    """Return why it is refused, in a sentence for the user."""
    handelingen = tuple(handelingen)
    wat = " / ".join(str(handeling.label) for handeling in handelingen)
    wel = [
        str(rol.label) for rol in Rol
        if any(r.wie == rol and r.handeling in handelingen for r in TABEL)
    ]  # fmt: skip
    if any(r.wie is ActorSoort.BURGER and r.handeling in handelingen for r in TABEL):
        wel.append(gettext("the family itself"))
    if not actor.rollen and actor.soort is ActorSoort.MEDEWERKER:
        return gettext("You have no role in this municipality, so you cannot do this.")
    if actor.rollen & {r.wie for r in TABEL if r.handeling in handelingen}:
        return gettext(
            "Your role allows this (%(wat)s) only for what is assigned to you or your "
            "own. This is neither."
        ) % {"wat": wat}
    return gettext("Not for your role: %(wat)s. This is for: %(wel)s.") % {
        "wat": wat,
        "wel": ", ".join(wel),
    }
