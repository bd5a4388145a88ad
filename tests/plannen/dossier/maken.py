"""A dossier with who leads, who helps and who has nothing to do with it."""

from dataclasses import dataclass

from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker
from samenloop.plannen.models import Deel, Dossier


@dataclass(frozen=True, slots=True)
class Zaak:
    """A dossier with four people around it."""

    dossier: Dossier
    regisseur: Actor
    helper: Actor  # to whom all four written parts were opened
    dicht: Actor  # takes part, but nothing of this room was opened
    buiten: Actor  # of the same municipality, takes no part
    accounts: dict[str, Gebruiker]


GESCHREVEN = (Deel.JOURNAAL, Deel.GESPREKKEN, Deel.NOTITIES, Deel.DOCUMENTEN)
