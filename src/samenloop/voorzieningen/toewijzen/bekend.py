"""What is known already, so that it is never asked again.

Goals of a plan stand on a floor above; whoever knows them registers here. What comes
out are the words of the family, to stand ready in the report of an inquiry.
"""

from collections.abc import Callable, Sequence

from samenloop.access.actor import Actor
from samenloop.personen.models import Gezag, Persoon

Doelen = Callable[[Actor, Persoon], Sequence[str]]
_doelen: list[Doelen] = []


def register_goals(bron: Doelen) -> None:
    """Let a room say what somebody wants to reach, as far as the reader may know."""
    if bron not in _doelen:
        _doelen.append(bron)


def goals(actor: Actor, persoon: Persoon) -> list[str]:
    """Return the goals of somebody's plan."""
    return [doel for bron in _doelen for doel in bron(actor, persoon)]


def guardian(persoon: Persoon) -> Persoon | None:
    """Return who has custody over a minor, when that is on record."""
    gezag = (
        Gezag.objects.current()
        .filter(minderjarige=persoon, geldig__upper_inf=True, houder__isnull=False)
        .select_related("houder")
        .order_by("pk")
        .first()
    )
    return gezag.houder if gezag else None
