"""Who helps in a dossier adds to the parts that are theirs.

Somebody of another organisation reads what was opened to them, and may write in it what
only they can know: how their own activity goes, a contact they had, a document. A case
conference opens parts to be read, so being invited to one opens none for writing.
"""

from django.utils.translation import gettext as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelnemersrol, Dossier

# What one may add, and with which right; of all other parts nothing.
MAG = {
    Deel.PLAN: Handeling.ACTIVITEIT_BIJWERKEN,
    Deel.EIGEN_DEEL: Handeling.ACTIVITEIT_BIJWERKEN,
    Deel.JOURNAAL: Handeling.DOSSIER_AANVULLEN,
    Deel.DOCUMENTEN: Handeling.DOSSIER_AANVULLEN,
}
_BETROKKEN = (Betrokkenheid.TOEGEWEZEN, Betrokkenheid.EIGEN)


def may(actor: Actor, dossier: Dossier, *delen: Deel) -> bool:
    """Whether this actor may add to at least one of these parts now."""
    if dossier.gemeente_id != actor.gemeente:
        return False
    mag = {
        deel
        for deel in delen
        if deel in MAG
        and any(
            besluiten.depth(actor, MAG[deel], each) is Diepte.WAT for each in _BETROKKEN
        )
    }
    if not mag:
        return False
    return any(
        mag & toegang.open_parts(deelname)
        for deelname in toegang.of_actor(actor)
        .filter(dossier=dossier)
        .exclude(rol=Deelnemersrol.OVERLEG)
    )


def require(actor: Actor, dossier: Dossier, *delen: Deel) -> None:
    """Refuse with a reason unless this actor may add to one of these parts.

    Raises:
        GeenToegang: with a sentence that says what is missing.
    """
    if not may(actor, dossier, *delen):
        raise GeenToegang(
            _(
                "You may read here what was opened to you, and add nothing. The "
                "director can open this part to you."
            )
        )
