"""A case with a director, and tasks in it, for the tests of this room."""

from typing import Any

from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.regie.models import Casus
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import account, actor
from tests.regie import maken


def director(username: str = "i.huizinga") -> tuple[Gebruiker, Actor]:
    """An account that directs, and the actor it is."""
    gemaakt = account(username, rol=Rol.REGISSEUR)
    return gemaakt, actor(Rol.REGISSEUR, account=gemaakt)


def directed(username: str = "i.huizinga", **velden: Any) -> tuple[Casus, Actor]:
    """A case, and the actor that directs it."""
    wie, als = director(username)
    return maken.casus(wie, **velden), als


def task(casus: Casus, door: Actor, titel: str = "Bellen", **velden: Any) -> Taak:
    """A task of the director, unless told."""
    velden.setdefault("uitvoerder", Uitvoerder(account=door.account_id))
    return opdragen.give(casus, titel, door=door, **velden)


def state(*taken: Taak) -> list[str]:
    """How these tasks stand in the database now."""
    staat = dict(
        Taak.objects.filter(pk__in=[t.pk for t in taken]).values_list("pk", "staat")
    )
    return [staat[taak.pk] for taak in taken]
