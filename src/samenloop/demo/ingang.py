"""An entrance to try: one family of the demo, by a link and a code shown at the start.

Made anew at each start, so whoever looks around chooses name and password themselves;
an earlier link stops. All persons are invented.
"""

from datetime import timedelta

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.linkcode import Paar
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.demo.accounts import EEMSMOND
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.plannen.plan.models import Planversie
from samenloop.portaal import ingangen
from samenloop.regie.casussen import casus_of
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.opdragen import Uitvoerder

REGISSEUR = "regisseur"
# What somebody of the family reads; notes and journal are of the workers.
DELEN = (
    *(Deel.PLAN, Deel.GESPREKKEN, Deel.METINGEN, Deel.TAKEN, Deel.DOCUMENTEN),
    Deel.TOEGANG,
)


def open_one() -> Paar | None:
    """Return a link and code for a parent of the demo; None when there is no plan."""
    with gemeentegrens.everywhere("demo"):
        account = Gebruiker.objects.filter(username=REGISSEUR).first()
        if account is None:
            return None
        regisseur = Actor(
            ActorSoort.MEDEWERKER,
            str(account.pk),
            account.naam,
            EEMSMOND,
            frozenset({Rol.REGISSEUR}),
        )
        deelname = _participation(regisseur)
        return ingangen.invite(deelname, door=regisseur) if deelname else None


def _participation(regisseur: Actor) -> Deelname | None:
    """Return how a parent takes part in a family that this director leads."""
    geleid = toegang.led_dossiers(regisseur)
    versie = (
        Planversie.objects.filter(
            plan__dossier__in=geleid,
            plan__dossier__gezin__isnull=False,
            plan__gesloten_op__isnull=True,
            getekend_op__isnull=False,
        )
        .select_related("plan__dossier__betrokkene")
        .order_by("plan__dossier__geopend_op", "plan__dossier")
        .first()
    )
    if versie is None:
        return None
    dossier = versie.plan.dossier
    lopend = toegang.running().filter(dossier=dossier, persoon=dossier.betrokkene)
    if (al := lopend.filter(delen__contains=[Deel.TOEGANG]).first()) is not None:
        return al
    deelname = toegang.give(
        dossier,
        rol=Deelnemersrol.GEZIN,
        door=regisseur,
        persoon=dossier.betrokkene_id,
        delen=DELEN,
        grond="Het gezin leest zelf mee",
    )
    casus = casus_of(dossier)
    if casus is not None:
        opdragen.give(
            casus,
            "Kies wie er bij het volgende gesprek mag zijn",
            door=regisseur,
            uitvoerder=Uitvoerder(persoon=dossier.betrokkene_id),
            uiterlijk=klok.today() + timedelta(days=7),
            waarom="Uw regisseur nodigt hen dan uit.",
        )
    return deelname
