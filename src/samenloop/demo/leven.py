"""A year of work in the demo region: signals come in, are weighed, become cases.

It is lived, not filled in: every signal goes through the same intake, rules, weighing
and log as in earnest, at its own moment in the past year, and every case that follows
takes its course (`gezinsleven`). So the pages show what such a year leaves behind, with
work that waits today. The same seed gives the same year.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.models import Gebruiker, Organisatie
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.demo import afspraken, heden
from samenloop.demo.gezinsleven import Gezinsleven
from samenloop.demo.verhalen import VERHALEN, Bericht
from samenloop.personen.models import Gezinslid
from samenloop.plannen.jobs import new_day
from samenloop.regie import casussen, regisseurs, vervangen
from samenloop.regie.models import Casus, Team
from samenloop.regie.taken import doen
from samenloop.regie.termijnen import opschalen
from samenloop.signalen import meldingen, ontvangst, register, terugmelding, wegen
from samenloop.signalen.models import Melding, Signaal, Terugmelding, Weging
from samenloop.signalen.ontvangst import Betrokkene, Invoer, Melder

# How many stories the year has, where a team of the demo works.
AANTALLEN = {"GM1651": 170, "GM1663": 40}
_JAAR = timedelta(days=364)
# What came in the last days is left for who looks around.
_LAATSTE = timedelta(days=9)
Melder_ = Callable[[int], None]


@dataclass(order=True, slots=True)
class _Voorval:
    """Something that happens at a moment."""

    op: datetime
    nummer: int
    doe: Callable[[], None] = field(compare=False)


class Leven:
    """One municipality for a year."""

    def __init__(self, gemeente: str, organisaties: dict[str, Organisatie]) -> None:
        """Find its families and people; nothing has happened yet."""
        self._gemeente = gemeente
        self._rng = Random(f"leven/{gemeente}")  # noqa: S311 (no secret)
        self._organisaties = organisaties
        self._voorvallen: list[_Voorval] = []
        self._teller = 0
        self._nu = klok.now()
        self._werkers = _workers(gemeente)
        self._regisseurs = _directors(gemeente)
        self._team = Team.objects.filter(gemeente=gemeente).order_by("naam").first()
        self._opgepakt: set[UUID] = set()
        self._gezinnen = _families(gemeente, self._rng)

    def live(self, aantal: int, meld: Melder_) -> int:
        """Let this many stories happen; how many signals came in."""
        gewichten = [gewicht for gewicht, _verhaal in VERHALEN]
        for gezin in self._gezinnen[:aantal]:
            ((_gewicht, verhaal),) = self._rng.choices(VERHALEN, gewichten)
            begin = self._begin(verhaal)
            for bericht in verhaal:
                begin += timedelta(days=bericht.dagen)
                moment = _office_hour(begin, self._rng)
                if moment < self._nu:
                    self._plan(moment, self._report(bericht, gezin, moment))
        for week in range(1, 52):
            # As the jobs on the clock do.
            self._plan(self._nu - _JAAR + timedelta(weeks=week), self._by_the_clock)
        self._plan(self._nu - timedelta(minutes=1), self._by_the_clock)
        ingekomen = 0
        while self._voorvallen:
            voorval = heapq.heappop(self._voorvallen)
            with klok.simulated(voorval.op):
                voorval.doe()
                gebeurtenissen.handle_pending()
            ingekomen += 1
            meld(ingekomen)
        if self._regisseurs:
            afspraken.days_to_see(self._gemeente, self._regisseurs[0])
        return Signaal.objects.filter(gemeente=self._gemeente).count()

    def _begin(self, verhaal: tuple[Bericht, ...]) -> datetime:
        """Return when a story starts; one in five comes to its head these days."""
        if self._rng.random() < 0.2:
            duur = timedelta(days=sum(bericht.dagen for bericht in verhaal[1:]))
            return self._nu - duur - _LAATSTE * self._rng.random()
        return self._nu - _JAAR * self._rng.random()

    def _plan(self, op: datetime, doe: Callable[[], None]) -> None:
        self._teller += 1
        heapq.heappush(self._voorvallen, _Voorval(op, self._teller, doe))

    def _report(
        self, bericht: Bericht, gezin: "_Huis", moment: datetime
    ) -> Callable[[], None]:
        def report() -> None:
            organisatie = self._organisaties.get(bericht.organisatie)
            wie = gezin.who(bericht.wie)
            ontvangen = ontvangst.receive(
                Invoer(
                    betrokkenen=[Betrokkene(persoon=wie)],
                    melder=Melder(
                        naam=""
                        if organisatie
                        else "buurvrouw, wil niet genoemd worden",
                        relatie="" if organisatie else "buurvrouw",
                        organisatie=organisatie.pk if organisatie else None,
                    ),
                    soort=bericht.soort,
                    veiligheidsrisico=bericht.veilig,
                    aanleiding=bericht.aanleiding,
                    inhoud=bericht.inhoud,
                    kenmerk_melder=f"{moment:%y%m%d-%H%M%S}" if organisatie else "",
                    terugkoppeling_gewenst=self._rng.random() < 0.9,
                ),
                actor=self._werker(Rol.BACKOFFICE),
                kanaal=bericht.kanaal,
            )
            signaal = ontvangen.signaal
            if organisatie and bericht.soort != "zorgmelding-politie":
                register.refer(organisatie.pk, wie, actor=self._werker(Rol.BACKOFFICE))
            self._follow_up(signaal, moment)

        return report

    def _follow_up(self, signaal: Signaal, moment: datetime) -> None:
        """Plan what the team does with it, unless it came in only now."""
        recent = timedelta(days=1.5) if signaal.veiligheidsrisico else _LAATSTE
        if moment > self._nu - recent:
            dagen = self._rng.uniform(0.2, 1.5)
            if moment + timedelta(days=dagen) < self._nu and self._rng.random() < 0.5:
                self._plan(
                    moment + timedelta(days=dagen), lambda: self._assign(signaal.pk)
                )
            return
        self._plan(
            moment + timedelta(days=self._rng.uniform(0.1, 1.2)),
            lambda: self._assign(signaal.pk),
        )
        binnen = 1.4 if signaal.veiligheidsrisico else 8
        wanneer = moment + timedelta(days=self._rng.uniform(0.6, binnen))
        self._plan(min(wanneer, self._nu), lambda: self._settle(signaal.pk))

    def _assign(self, signaal: UUID) -> None:
        melding = self._melding(signaal)
        if melding and melding.status != "besloten" and not melding.toegewezen_aan:
            wie = self._rng.choice([Rol.REGISSEUR, Rol.REGISSEUR, Rol.CONSULENT])
            meldingen.assign(
                melding,
                self._werker(wie).account_id,
                actor=self._werker(Rol.TEAMLEIDER),
            )

    def _settle(self, signaal_id: UUID) -> None:
        """Decide the melding, as a team would; a loose signal runs out by itself."""
        melding = self._melding(signaal_id)
        signaal = Signaal.objects.get(pk=signaal_id)
        if melding and melding.status != "besloten":
            self._assign(signaal_id)
            melding.refresh_from_db()
            wegen.decide(melding, self._decision(melding), actor=self._who(melding))
            self._plan(
                klok.now() + timedelta(minutes=5), lambda: self._take_up(melding.pk)
            )
        self._read(signaal)

    def _take_up(self, melding: UUID) -> None:
        """Let the case that a melding opened take its course, once."""
        casus = (
            Casus.objects.filter(casusmeldingen__melding=melding)
            .select_related("dossier")
            .first()
        )
        if casus is None or casus.pk in self._opgepakt:
            return
        self._opgepakt.add(casus.pk)
        if self._team is not None:
            regisseurs.give_to_team(
                casus, self._team, door=self._werker(Rol.TEAMLEIDER)
            )
        regie = casussen.current_director(casus)
        wie = self._actor_of(regie.account if regie else None)
        if wie is None:
            return
        Gezinsleven(
            casus,
            rng=Random(f"casus/{casus.nummer}"),  # noqa: S311 (no secret)
            regisseur=wie,
            collega=self._werker(Rol.CONSULENT),
            organisaties=self._organisaties,
        ).plan(klok.now(), self._nu, self._plan)

    def _by_the_clock(self) -> None:
        """Do what runs by itself: what passed, what begins, who turned twelve."""
        wegen.close_untouched()
        new_day()
        vervangen.cover_all()
        doen.wake()
        doen.remind()
        opschalen.walk(self._gemeente)

    def _actor_of(self, account: int | None) -> Actor | None:
        alle = (*self._regisseurs, *self._werkers.values())
        return next((each for each in alle if each.account_id == account), None)

    def _decision(self, melding: Melding) -> wegen.Besluit:
        besluit = self._rng.choices(
            [
                Weging.Besluit.CASUS,
                Weging.Besluit.ENKELVOUDIG,
                Weging.Besluit.VEILIG_THUIS,
                Weging.Besluit.NIETS,
            ],
            [6, 1, 3, 0]
            if melding.veiligheid
            else [5, 4, 0, 2]
            if melding.koppelingen.count() > 1
            else [1, 6, 0, 3],
        )[0]
        casus = besluit == Weging.Besluit.CASUS
        return wegen.Besluit(
            noodzaak="nee" if besluit == "niets" else "ja",
            noodzaak_waarom="Uit de signalen alleen is niet te zien wat er speelt."
            if besluit != "niets"
            else "Na een gesprek is duidelijk wat er was; verder kijken hoeft niet.",
            proportionaliteit="ja",
            proportionaliteit_waarom="Alleen gekeken naar wat de signalen raken.",
            subsidiariteit="lichtste",
            subsidiariteit_waarom="Er is eerst gebeld; dat gaf nog geen antwoord.",
            besluit=besluit,
            reden=self._rng.choice(_NIETS) if besluit == "niets" else "",
            regisseur=self._rng.choice(self._regisseurs).account_id if casus else None,
        )

    def _read(self, signaal: Signaal) -> None:
        """Most reporters read what came back."""
        for bericht in Terugmelding.objects.filter(signaal=signaal):
            if self._rng.random() < 0.7:
                terugmelding.mark_read(bericht.pk)

    def _melding(self, signaal: UUID) -> Melding | None:
        return Melding.objects.filter(koppelingen__signaal=signaal).first()

    def _werker(self, rol: Rol) -> Actor:
        return self._werkers.get(rol) or next(iter(self._werkers.values()))

    def _who(self, melding: Melding) -> Actor:
        for actor in self._werkers.values():
            if actor.account_id == melding.toegewezen_aan:
                return actor
        return self._werker(Rol.REGISSEUR)


_NIETS = (
    "Gebeld: het is opgelost, de familie redt zich zelf.",
    "Al in beeld bij de huisarts; geen aanvullende vraag.",
    "Betaald na de eerste brief.",
    "Gesproken aan de deur; er is geen hulp nodig.",
)


@dataclass(frozen=True, slots=True)
class _Huis:
    """A family to which something can happen: its people by role."""

    ouders: tuple[UUID, ...]
    kinderen: tuple[UUID, ...]

    def who(self, wie: str) -> UUID:
        """Return the one a message is about; an adult when there is no child."""
        if wie == "jongste" and self.kinderen:
            return self.kinderen[-1]
        if wie == "kind" and self.kinderen:
            return self.kinderen[0]
        return self.ouders[0]


def _families(gemeente: str, rng: Random) -> list[_Huis]:
    """Return families of the municipality, in random order, half with children."""
    leden: dict[UUID, dict[str, list[tuple[object, UUID]]]] = {}
    rijen = (
        Gezinslid.objects.current()
        .in_force(klok.today())
        .filter(persoon__gemeenten__contains=[gemeente])
        .values_list("gezin", "rol", "persoon", "persoon__geboortedatum")
    )
    minderjarig = klok.today().replace(year=klok.today().year - 18, day=1)
    for gezin, rol, persoon, geboren in rijen.order_by("gezin", "persoon"):
        kind = rol == "kind" and geboren is not None and geboren > minderjarig
        wat = "kinderen" if kind else "ouders"
        leden.setdefault(gezin, {}).setdefault(wat, []).append((geboren, persoon))
    huizen = [
        _Huis(
            tuple(p for _g, p in sorted(delen["ouders"], key=str)),
            tuple(p for _g, p in sorted(delen.get("kinderen", []), key=str)),
        )
        for delen in leden.values()
        if delen.get("ouders")
    ]
    rng.shuffle(huizen)
    met = [huis for huis in huizen if huis.kinderen]
    zonder = [huis for huis in huizen if not huis.kinderen]
    return [h for paar in zip(met, zonder, strict=False) for h in paar] or huizen


def _workers(gemeente: str) -> dict[Rol, Actor]:
    """Return the people of the demo who act for the municipality, by role."""
    uit: dict[Rol, Actor] = {}
    for rol, actor in _acting(gemeente):
        uit.setdefault(rol, actor)
    return uit


def _directors(gemeente: str) -> list[Actor]:
    """Return who directs there; who looks around signs in as the first of them."""
    wie = [actor for rol, actor in _acting(gemeente) if rol is Rol.REGISSEUR]
    return [*wie[:1], *wie]


def _acting(gemeente: str) -> Iterator[tuple[Rol, Actor]]:
    for gebruiker in Gebruiker.objects.order_by("id"):
        for aanstelling in gebruiker.aanstellingen.filter(gemeente=gemeente):
            rol = Rol(aanstelling.rol)
            yield (
                rol,
                Actor(
                    ActorSoort.MEDEWERKER,
                    str(gebruiker.pk),
                    gebruiker.naam,
                    gemeente,
                    frozenset({rol}),
                ),
            )


def _office_hour(moment: datetime, rng: Random) -> datetime:
    """Return a moment on that day at which people report."""
    uur = time(rng.randint(8, 16), rng.randint(0, 59), rng.randint(0, 59))
    dag = moment.astimezone(klok.AMSTERDAM).date()
    while dag.weekday() > 4:
        dag += timedelta(days=1)
    return datetime.combine(dag, uur, klok.AMSTERDAM)


def leef(
    organisaties: dict[str, Organisatie], meld: Melder_ = lambda aantal: None
) -> Iterator[tuple[str, int]]:
    """Let the year pass in each municipality; gives code and number of signals."""
    for gemeente, aantal in AANTALLEN.items():
        with gemeentegrens.within(gemeente):
            heden.grant(gemeente)
            yield gemeente, Leven(gemeente, organisaties).live(aantal, meld)
