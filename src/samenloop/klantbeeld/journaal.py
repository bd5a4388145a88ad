"""The last contacts and notes of a case, for who takes part in its dossier.

No ground in the catalogue opens these: whoever takes part in a dossier reads its
journal there, as far as it is open to them, and nobody else does. So it is asked of the
dossier and not of the purpose, and only where the klantbeeld is opened from that case.
"""

from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.klantbeeld.context import Onderwerp
from samenloop.klantbeeld.models import Context
from samenloop.plannen.dossier import bronnen, tijdlijn
from samenloop.plannen.dossier.tijdlijn import Gebeurd, Keuze
from samenloop.plannen.models import Dossier

GETOOND = 4


def latest(actor: Actor, onderwerp: Onderwerp, wie: UUID | None) -> list[Gebeurd]:
    """Return the newest contacts and notes; `wie` narrows them to one person."""
    if onderwerp.context is not Context.CASUS:
        return []
    dossier = Dossier.objects.filter(casus=onderwerp.id).first()
    if dossier is None:
        return []
    return tijdlijn.events(
        actor,
        dossier,
        Keuze(persoon=wie),
        bronnen=(bronnen.contacts, bronnen.notes),
        meeste=tijdlijn.MEESTE if wie else GETOOND,
    )[:GETOOND]
