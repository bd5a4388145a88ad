"""Cases of fictitious families that tests start from."""

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.personen import taak
from samenloop.personen.models import Gezin, Gezinslid, Persoon
from samenloop.regie import casussen
from samenloop.regie.models import Casus, Team
from tests.access.accounts import GEMEENTE, actor
from tests.plannen.maken import family, municipality


def casus(
    regisseur: Gebruiker | None = None,
    *,
    soort: str = casussen.MEERVOUDIG,
    naam: str = "Postma",
    gemeente: str = GEMEENTE,
    team: Team | None = None,
    gezin: tuple[Gezin, Persoon] | None = None,
) -> Casus:
    """A case of a new gezin (its parent), directed by an account or by nobody."""
    municipality(gemeente)
    if gezin is None:
        nieuw, ouder, _kind = family(naam)
        gezin = (nieuw, ouder)
    # As a family that lives here: each of them is known to the municipality.
    leden = Gezinslid.objects.filter(gezin=gezin[0]).values_list("persoon", flat=True)
    taak.take_on(leden, gemeente)
    Gezin.objects.filter(pk=gezin[0].pk).update(gemeenten=[gemeente])
    door = actor(
        Rol.REGISSEUR, gemeente=gemeente, account=regisseur.pk if regisseur else 1
    )
    return casussen.open_casus(
        gemeente=gemeente,
        betrokkene=gezin[1].pk,
        gezin=gezin[0].pk,
        soort=soort,
        team=team.pk if team else None,
        regisseur=regisseur.pk if regisseur else None,
        door=door,
    )
