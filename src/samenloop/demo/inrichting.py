"""What the four municipalities of the demo region decided before its year begins.

Rules in force, retention terms that were set, and the doubtful grounds on which they
rely, each by two people as it must be. The decisions are invented and say so.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from samenloop.access import gemeentenamen
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.bewaren.models import Bewaarinstelling
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.demo.publicatie import gebied
from samenloop.klantbeeld import instellingen
from samenloop.regie import teams
from samenloop.signalen.regels import versies, voorwaarde
from samenloop.signalen.regels.uitdrukking import parse

_VOORAF = timedelta(days=400)
_VERZONNEN = "Verzonnen voor de demonstratie: besluit na advies van de FG."
TERMIJNEN = {"B043": "P42D", "B034": "P6M", "B044": "P15Y"}
GRONDEN = ("G020", "G027", "G047", "G054", "G073", "G093", "G109", "G110")


@dataclass(frozen=True, slots=True)
class Regelvoorbeeld:
    """A rule as a municipality could have written it."""

    naam: str
    waarom: str
    uitdrukking: str
    gewicht: int
    label: str = ""
    koppelt: bool = False
    grond: tuple[str, str] = ("", "")


REGELS = (
    Regelvoorbeeld(
        "Meer achterstanden in één gezin",
        "Wie bij meer dan één partij achter is, komt er zelden zelf uit.",
        'signaal.leefgebied == "financien" and gezin.signalen("financien", 120) >= 1',
        30, "Meer achterstanden", True,
    ),
    Regelvoorbeeld(
        "Signalen uit drie of meer leefgebieden",
        "Zorgen die samenvallen vragen één gesprek in plaats van drie.",
        "gezin.leefgebieden(120) >= 3",
        40, "Samenloop", True,
        (_VERZONNEN, "Wmo 2015 artikel 2.3.2; te toetsen door een jurist"),
    ),
    Regelvoorbeeld(
        "Kind jonger dan vier in het gezin",
        "Een klein kind kan niet zelf om hulp vragen.",
        "gezin.jongste < 4",
        10,
    ),
    Regelvoorbeeld(
        "Zorg van kinderopvang of school over een kind",
        "Wie een kind elke dag ziet, meldt niet zonder reden.",
        'signaal.soort in ["kinderopvang-zorg", "opvoedvraag"]',
        30, "Zorg om kind",
    ),
    Regelvoorbeeld(
        "Verzuim met eerder verzuim",
        "Herhaald verzuim wijst vaak op iets thuis.",
        'signaal.soort == "verzuim" and persoon.signalen("school", 180) >= 1',
        20, "Herhaald verzuim", True,
    ),
    Regelvoorbeeld(
        "Alleen en op leeftijd",
        "Ouderen die zich terugtrekken worden gemakkelijk gemist.",
        'signaal.soort in ["eenzaamheid", "gezondheid"] and persoon.leeftijd >= 75',
        35, "Kwetsbare oudere",
    ),
    Regelvoorbeeld(
        "Drinkwater of energie dreigt te stoppen",
        "Zonder water of licht is een gezin binnen een dag in nood.",
        'signaal.soort in ["waterschuld", "energieschuld"] and gezin.leden >= 3',
        15,
    ),
)  # fmt: skip


def richt_in() -> None:
    """Set up each municipality, before its year begins."""
    moment = klok.now() - _VOORAF
    with klok.simulated(moment):
        for gemeente in gebied().codes:
            with gemeentegrens.within(gemeente):
                if Bewaarinstelling.objects.filter(gemeente=gemeente).exists():
                    continue
                _terms(gemeente)
                _grounds(gemeente)
                _team(gemeente)
                for voorbeeld in REGELS:
                    _rule(voorbeeld, gemeente)


def _team(gemeente: str) -> None:
    """Make the team of the municipality, of all who work on cases there."""
    leider = _find(Rol.TEAMLEIDER, gemeente)
    if leider is None:
        return
    team = teams.make(f"Wijkteam {gemeentenamen.name(gemeente)}", door=leider)
    assert leider.account_id is not None
    teams.add(team, leider.account_id, uren=Decimal(36), leidt=True, door=leider)
    for nummer, collega in enumerate(teams.colleagues(gemeente)):
        if collega.account != leider.account_id:
            teams.add(
                team,
                collega.account,
                uren=(Decimal(36), Decimal(32), Decimal(24))[nummer % 3],
                leidt=False,
                door=leider,
            )


def _terms(gemeente: str) -> None:
    for code, duur in TERMIJNEN.items():
        Bewaarinstelling.objects.create(
            gemeente=gemeente,
            code=code,
            duur=duur,
            reden=_VERZONNEN,
            vastgesteld_door=_actor(Rol.BEHEER, gemeente).account_id or 0,
        )


def _grounds(gemeente: str) -> None:
    beheer, fg = _actor(Rol.BEHEER, gemeente), _actor(Rol.FG, gemeente)
    for grond in GRONDEN:
        besluit = instellingen.propose(beheer, grond, _VERZONNEN)
        instellingen.confirm(fg, besluit.pk)


def _rule(voorbeeld: Regelvoorbeeld, gemeente: str) -> None:
    beheer, beleid = _actor(Rol.BEHEER, gemeente), _actor(Rol.BELEID, gemeente)
    versie = versies.new_rule(beheer, voorbeeld.naam)
    tekst, artikel = voorbeeld.grond
    versie = versies.change(
        beheer,
        versie,
        waarom=voorbeeld.waarom,
        uitdrukking=voorbeeld.uitdrukking,
        voorwaarde=voorwaarde.as_tree(parse(voorbeeld.uitdrukking)),
        gewicht=voorbeeld.gewicht,
        label=voorbeeld.label,
        koppelt=voorbeeld.koppelt,
        over_wetten=bool(tekst),
        grond_tekst=tekst,
        grond_artikel=artikel,
    )
    # There were no signals yet to try it on.
    versies.mark_tried(versie, versie.vingerafdruk)
    morgen = klok.today() + timedelta(days=1)
    account = Gebruiker.objects.get(pk=beleid.id)
    versie = versies.request(beheer, versie, account, morgen)
    versies.approve(beleid, versie, morgen, _VERZONNEN)


def _actor(rol: Rol, gemeente: str) -> Actor:
    gevonden = _find(rol, gemeente)
    assert gevonden is not None
    return gevonden


def _find(rol: Rol, gemeente: str) -> Actor | None:
    """Return the first who has this role there, if somebody has."""
    gebruiker = (
        Gebruiker.objects.filter(
            aanstellingen__rol=rol, aanstellingen__gemeente=gemeente
        )
        .order_by("id")
        .first()
    )
    if gebruiker is None:
        return None
    return Actor(
        ActorSoort.MEDEWERKER,
        str(gebruiker.pk),
        gebruiker.naam,
        gemeente,
        frozenset({rol}),
    )
