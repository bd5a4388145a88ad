"""Who may see what somebody has: who helps them, and who answers providers.

Administration sees it for the whole municipality. Others must have a task toward the
person: a case, a melding, or an application they deal with.
"""

from uuid import UUID

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.personen import taak

ACTIVITEIT = "zorgtoewijzing"


def may_see(actor: Actor, persoon: UUID, *, heeft_taak: bool = False) -> bool:
    """Whether this actor may see what this person has.

    Args:
        actor: who asks.
        persoon: whose help it is.
        heeft_taak: it is known already that the actor has a task toward this person;
            otherwise the rooms that know are asked.
    """
    ziet = besluiten.involvements(actor, Handeling.VOORZIENING_ZIEN, Diepte.WAT)
    if Betrokkenheid.GEMEENTE in ziet:
        return True
    return bool(ziet) and (heeft_taak or taak.is_assigned(actor, persoon))


def look(actor: Actor, persoon: UUID, onderwerp: str) -> None:
    """Record that somebody looks; refuses who has no task.

    Raises:
        GeenToegang: no task toward this person.
    """
    if not may_see(actor, persoon):
        raise GeenToegang(besluiten.reason(actor, (Handeling.VOORZIENING_ZIEN,)))
    logboek.record(
        actor,
        Handeling.VOORZIENING_ZIEN,
        personen=[persoon],
        onderwerp=onderwerp,
        diepte=Diepte.WAT,
        activiteit=ACTIVITEIT,
    )
