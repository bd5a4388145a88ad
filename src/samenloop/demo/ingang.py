"""An entrance to try: one family of the demo, by a link and a code shown at the start.

Made anew at each start, so whoever looks around chooses name and password themselves;
an earlier link stops. All persons are invented.
"""

from datetime import timedelta
from uuid import UUID

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.linkcode import Paar
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.demo.accounts import EEMSMOND
from samenloop.personen.woonplaats import age
from samenloop.plannen import deelnemers, toegang
from samenloop.plannen.gronden import MEERDERJARIG
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol, Dossier
from samenloop.plannen.plan.models import Planversie
from samenloop.portaal import ingangen
from samenloop.regie.casussen import casus_of
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.opdragen import Uitvoerder

REGISSEUR = "regisseur"
_MEESTE = 50
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
    versies = (
        Planversie.objects.filter(
            plan__dossier__in=geleid,
            plan__dossier__gezin__isnull=False,
            plan__gesloten_op__isnull=True,
            getekend_op__isnull=False,
        )
        .select_related("plan__dossier__betrokkene")
        .order_by("plan__dossier__geopend_op", "plan__dossier", "nummer")[:_MEESTE]
    )
    for versie in versies:
        ouder = _adult(versie.plan.dossier)
        if ouder is not None:
            return _as_family(versie.plan.dossier, ouder, regisseur)
    return None


def _adult(dossier: Dossier) -> UUID | None:
    """Return the oldest adult of the family, as the one who comes in."""
    vandaag = klok.today()
    oud = sorted(
        (lid.geboortedatum, lid.pk)
        for lid in deelnemers.members(dossier)
        if lid.geboortedatum is not None
        and age(lid.geboortedatum, vandaag) >= MEERDERJARIG
    )
    return oud[0][1] if oud else None


def _as_family(dossier: Dossier, ouder: UUID, regisseur: Actor) -> Deelname:
    lopend = toegang.running().filter(
        dossier=dossier, persoon=ouder, delen__contains=[Deel.TOEGANG]
    )
    if (al := lopend.first()) is not None:
        return al
    deelname = toegang.give(
        dossier,
        rol=Deelnemersrol.GEZIN,
        door=regisseur,
        persoon=ouder,
        delen=DELEN,
        grond="Het gezin leest zelf mee",
    )
    casus = casus_of(dossier)
    if casus is not None:
        opdragen.give(
            casus,
            "Kies wie er bij het volgende gesprek mag zijn",
            door=regisseur,
            uitvoerder=Uitvoerder(persoon=ouder),
            uiterlijk=klok.today() + timedelta(days=7),
            waarom="Uw regisseur nodigt hen dan uit.",
        )
    return deelname
