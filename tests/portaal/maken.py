"""A family at its own pages: people with an entrance to a dossier that is directed."""

from dataclasses import dataclass

from django.test import Client

from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.personen.models import Gezinslid, Persoon, Toestemming
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol, Dossier
from samenloop.plannen.plan import grond, opbouw
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Grond, Plan
from samenloop.portaal import ingangen
from samenloop.portaal.mij import Mij, me
from samenloop.regie.models import Casus
from tests.access.accounts import GEMEENTE, account, actor
from tests.plannen.maken import takes_part
from tests.regie.maken import casus

WACHTWOORD = "een-dijk-van-een-huis"
ALLES = tuple(Deel)


@dataclass
class Gezin:
    """A case of a parent and a child, with the account and actor that direct it."""

    casus: Casus
    bart: Gebruiker
    regisseur: Actor
    ouder: Persoon
    kind: Persoon

    @property
    def dossier(self) -> Dossier:
        """The dossier of the case."""
        assert self.casus.dossier is not None
        return self.casus.dossier


def gezin(naam: str = "Postma") -> Gezin:
    """A new family with a directed case."""
    bart = account(f"bart-{naam}".lower(), rol=Rol.REGISSEUR, naam="Bart Kamphuis")
    van = casus(bart, naam=naam)
    assert van.dossier is not None
    leden = Gezinslid.objects.filter(gezin=van.dossier.gezin).values("persoon")
    kind = Persoon.objects.exclude(pk=van.dossier.betrokkene_id).get(pk__in=leden)
    return Gezin(
        van,
        bart,
        actor(Rol.REGISSEUR, account=bart, naam="Bart Kamphuis"),
        van.dossier.betrokkene,
        kind,
    )


def takes_part_as_family(
    van: Gezin,
    wie: Persoon | str,
    *delen: Deel,
    rol: Deelnemersrol = Deelnemersrol.GEZIN,
) -> Deelname:
    """Let a person, or somebody by name, take part with these parts open."""
    velden = {"naam": wie} if isinstance(wie, str) else {"persoon": wie}
    return takes_part(van.dossier, None, rol, *delen, **velden)


def citizen(van: Gezin, deelname: Deelname, inlognaam: str = "marieke") -> Gebruiker:
    """Invite somebody and let them make their account."""
    paar = ingangen.invite(deelname, door=van.regisseur)
    ingang = ingangen.find(paar.sleutel)
    ingangen.knock(ingang, paar.code)
    return ingangen.take_into_use(ingang, inlognaam, WACHTWOORD)


def mij(gebruiker: Gebruiker) -> Mij:
    """Return who this citizen is now."""
    wie = ingangen.actor_of(gebruiker)
    assert wie is not None
    return me(wie)


def signed_in(gebruiker: Gebruiker) -> Client:
    """A browser in which this citizen is signed in."""
    client = Client()
    client.force_login(gebruiker, "django.contrib.auth.backends.ModelBackend")
    return client


def consent(
    van: Persoon, categorie: str = "plan", doel: str = "regie_gezamenlijk_plan"
) -> Toestemming:
    """Consent given today to the municipality of the tests."""
    return Toestemming.objects.create(
        persoon=van,
        gemeente_id=GEMEENTE,
        categorie=categorie,
        doel=doel,
        gegeven_op=klok.today(),
        wijze="mondeling",
        vastgelegd_door="1",
    )


def plan_of(van: Gezin) -> Plan:
    """An open plan with a goal of the family, of the parent and of the child."""
    consent(van.ouder)
    plan = grond.open_plan(van.dossier, grond=Grond.TOESTEMMING, door=van.regisseur)
    for tekst, voor in (
        ("Thuis is het veilig", None),
        ("De huur op tijd betalen", van.ouder),
        ("Weer naar school", van.kind),
    ):
        doel = opbouw.add(plan, "doel")
        Doelstelling.objects.filter(pk=doel.pk).update(tekst=tekst, voor=voor)
    return plan


def does(plan: Plan, deelname: Deelname, wat: str) -> Activiteit:
    """Let somebody do something for the first goal."""
    doel = plan.doelen.first()
    assert doel is not None
    rij = opbouw.add(plan, "activiteit", ouder=doel.pk)
    Activiteit.objects.filter(pk=rij.pk).update(wat=wat, uitvoerder=deelname)
    return Activiteit.objects.get(pk=rij.pk)
