"""A year of questions, decisions and allocations in the demo region.

First a plan, made without the database: who asks what on which day and how it goes on.
Then the days are lived, each act through the same function as in earnest at its own
moment, so that messages with providers can follow from it day by day (`berichtenjaar`).
What would come after today stays undone: that is the work that waits.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.kalender import next_working_day
from samenloop.demo import contractenboek
from samenloop.demo.contractenboek import WAREN
from samenloop.demo.productenboek import PER_CODE
from samenloop.personen.models import Persoon
from samenloop.regie.models import Casus
from samenloop.voorzieningen.inkoop import aanbod
from samenloop.voorzieningen.inkoop.aanbod import Volgorde
from samenloop.voorzieningen.models import Product, Voorziening
from samenloop.voorzieningen.toewijzen import (
    aanvragen,
    bekend,
    beschikken,
    bezwaren,
    toewijzen,
)
from samenloop.voorzieningen.toewijzen.aanvragen import Bevinding, Invoer
from samenloop.voorzieningen.toewijzen.beschikken import Besluit
from samenloop.voorzieningen.toewijzen.models import (
    Aanvraag,
    Beschikking,
    Bezwaarzaak,
    Toewijzing,
)

# People of this municipality decide on applications in the demo.
GEMEENTE = "GM1651"
AANTAL = 240
_JAAR = 364
_VRAGEN = (
    "Het huis en de dagen worden me te veel; ik wil het graag weer zelf kunnen.",
    "Op school gaat het niet meer en thuis lopen we vast.",
    "Sinds de val kom ik de deur niet meer uit.",
    "Wij zoeken iemand die een paar keer in de week meedenkt.",
)
_MOTIVERING = (
    "Uit het onderzoek blijkt dat eigen kracht en netwerk nu niet genoeg zijn.",
    "Deze hulp past bij wat u wilt bereiken en is niet elders te krijgen.",
)


@dataclass(frozen=True, slots=True)
class Klant:
    """Somebody who asks: what kind, from when on, and within which dossier."""

    persoon: UUID
    soort: str
    dossier: UUID | None = None
    vanaf: date | None = None


@dataclass(frozen=True, slots=True)
class Gang:
    """How one question goes: its days, and what is decided."""

    klant: Klant
    gemeld: date
    onderzocht: date
    aangevraagd: date
    besloten: date
    afloop: str  # zin, pgb, afgewezen or ingetrokken
    weken: int
    volume: int | None
    gewijzigd: date | None = None
    bezwaar: date | None = None
    keuze: int = 0


def plan(klanten: Sequence[Klant], vandaag: date, rng: Random) -> list[Gang]:
    """Return how the year goes for these people; the same seed gives the same year."""
    gangen = []
    for klant in klanten:
        begin = vandaag - timedelta(days=rng.randint(0, _JAAR))
        if klant.vanaf is not None:
            begin = max(klant.vanaf + timedelta(days=rng.randint(5, 40)), begin)
        gemeld = next_working_day(begin)
        jeugd = PER_CODE[klant.soort].wet == "jeugdwet"
        onderzocht = next_working_day(gemeld + timedelta(days=rng.randint(5, 38)))
        aangevraagd = gemeld if jeugd else onderzocht
        besloten = next_working_day(onderzocht + timedelta(days=rng.randint(1, 12)))
        (afloop,) = rng.choices(
            ("zin", "pgb", "afgewezen", "ingetrokken"), (80, 9, 8, 3)
        )
        volumes = WAREN[klant.soort].volumes
        gangen.append(
            Gang(
                klant=klant,
                gemeld=gemeld,
                onderzocht=onderzocht,
                aangevraagd=aangevraagd,
                besloten=besloten,
                afloop=afloop,
                weken=rng.choice((26, 52, 52, 104)),
                volume=rng.choice(volumes) if volumes else None,
                gewijzigd=next_working_day(
                    besloten + timedelta(days=rng.randint(40, 150))
                )
                if rng.random() < 0.2
                else None,
                bezwaar=next_working_day(besloten + timedelta(days=rng.randint(3, 35)))
                if rng.random() < (0.3 if afloop == "afgewezen" else 0.03)
                else None,
                keuze=rng.randint(0, 1),
            )
        )
    return gangen


@dataclass(slots=True)
class _Zaak:
    """One question while it is lived."""

    gang: Gang
    aanvraag: Aanvraag | None = None
    beschikking: Beschikking | None = None
    toewijzing: Toewijzing | None = None


@dataclass(slots=True)
class Voorzieningenjaar:
    """The year of one municipality; call it for each working day."""

    gemeente: str
    door: Actor
    dagen: dict[date, list[Callable[[], None]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __call__(self, gemeente: str, dag: date) -> None:
        """Do what the plan has for this day; a refusal of the law is no accident."""
        if gemeente != self.gemeente:
            return
        for doe in self.dagen.pop(dag, []):
            with suppress(SamenloopFout):
                doe()

    def take(self, gang: Gang) -> None:
        """Put one question on its days."""
        zaak = _Zaak(gang)
        self.dagen[gang.gemeld].append(lambda: self._ask(zaak))
        self.dagen[gang.onderzocht].append(lambda: self._inquire(zaak))
        self.dagen[gang.besloten].append(lambda: self._decide(zaak))
        if gang.gewijzigd is not None:
            self.dagen[gang.gewijzigd].append(lambda: self._shorten(zaak))
        if gang.bezwaar is not None:
            self.dagen[gang.bezwaar].append(lambda: self._object(zaak))

    def _ask(self, zaak: _Zaak) -> None:
        klant = zaak.gang.klant
        soort = PER_CODE[klant.soort]
        wie = Persoon.objects.get(pk=klant.persoon)
        zaak.aanvraag = aanvragen.receive(
            Invoer(
                persoon=wie,
                wet=soort.wet,
                product=Product.objects.get(wet=soort.wet, code=soort.code),
                vraag=_VRAGEN[zaak.gang.weken % len(_VRAGEN)],
                dossier=klant.dossier,
                gezaghebbende=bekend.guardian(wie),
                verwijzer_type="01",
            ),
            door=self.door,
        )

    def _inquire(self, zaak: _Zaak) -> None:
        if zaak.aanvraag is None:
            return
        aanvragen.inquire(
            zaak.aanvraag,
            Bevinding(
                bevindingen="Thuis gesproken; de vraag is helder en duurt langer.",
                eigen_kracht="Familie helpt in het weekend.",
                doelen="\n".join(bekend.goals(self.door, zaak.aanvraag.persoon)),
                advies=f"{WAREN[zaak.gang.klant.soort].naam} inzetten.",
                gesprek_op=zaak.gang.onderzocht,
                klaar=True,
            ),
            door=self.door,
        )
        if zaak.gang.afloop == "ingetrokken":
            reden = "Wil het eerst zelf proberen."
            aanvragen.withdraw(zaak.aanvraag, reden=reden, door=self.door)
        elif zaak.aanvraag.staat == "melding":
            zaak.aanvraag = aanvragen.apply(
                zaak.aanvraag, zaak.gang.aangevraagd, door=self.door
            )

    def _decide(self, zaak: _Zaak) -> None:
        gang = zaak.gang
        if zaak.aanvraag is None or gang.afloop == "ingetrokken":
            return
        waar = WAREN[gang.klant.soort]
        ingang = gang.besloten + timedelta(days=7)
        budget = gang.afloop == "pgb"
        zaak.beschikking = beschikken.decide(
            zaak.aanvraag,
            Besluit(
                uitkomst="afgewezen" if gang.afloop == "afgewezen" else "toegekend",
                motivering=_MOTIVERING[gang.keuze]
                if gang.afloop != "afgewezen"
                else "Een algemene voorziening in de buurt is hier genoeg.",
                vorm="pgb" if budget else "zin",
                ingang=ingang,
                eind=ingang + timedelta(weeks=gang.weken) - timedelta(days=1),
                volume=gang.volume,
                eenheid=waar.eenheid if gang.volume else "",
                frequentie=waar.frequentie if gang.volume else "",
                budget=(waar.tarief or 6000) * (gang.volume or 3) * gang.weken
                if budget
                else None,
                categorie=waar.categorie if budget else "",
                code=waar.code if budget else "",
            ),
            door=self.door,
        )
        if gang.afloop == "zin":
            self._allocate(zaak)

    def _allocate(self, zaak: _Zaak) -> None:
        assert zaak.beschikking is not None
        assert zaak.beschikking.ingang is not None
        aangeboden = aanbod.compare(
            self.gemeente,
            zaak.beschikking.ingang,
            wet=zaak.beschikking.wet,
            product=zaak.beschikking.product,
            volgorde=Volgorde.NAAM,
        )
        if aangeboden:
            keuze = aangeboden[zaak.gang.keuze % len(aangeboden)]
            zaak.toewijzing = beschikken.allocate(
                zaak.beschikking, keuze.product, door=self.door
            )

    def _shorten(self, zaak: _Zaak) -> None:
        if zaak.toewijzing is None:
            return
        op = klok.today() + timedelta(weeks=4)
        zaak.toewijzing = toewijzen.end(zaak.toewijzing, op, reden="05", door=self.door)

    def _object(self, zaak: _Zaak) -> None:
        if zaak.beschikking is None:
            return
        geopend = bezwaren.object_to(
            zaak.beschikking,
            inhoud="Ik had op meer gehoopt en wil dat u nog eens kijkt.",
            op=klok.today(),
            door=self.door,
        )
        beslissen = next_working_day(klok.today() + timedelta(weeks=8))
        self.dagen[beslissen].append(
            lambda: _settle(geopend.pk, zaak.gang.keuze, self.door)
        )


def _settle(zaak: UUID, keuze: int, door: Actor) -> None:
    bezwaren.settle(
        Bezwaarzaak.objects.get(pk=zaak),
        uitkomst=("ongegrond", "deels gegrond")[keuze],
        motivering="Na een gesprek opnieuw gewogen.",
        door=door,
    )


def prepare(gemeente: str = GEMEENTE) -> Voorzieningenjaar:
    """Contract the providers and plan the year; gives what does each day's work."""
    beheer = everybody(Rol.BEHEER, gemeente)[0]
    consulent = everybody(Rol.CONSULENT, gemeente)[0]
    contractenboek.contract_all(beheer)
    rng = Random(f"voorzieningen/{gemeente}")  # noqa: S311 (no secret)
    jaar = Voorzieningenjaar(gemeente, consulent)
    with gemeentegrens.within(gemeente):
        klanten = _clients(gemeente, klok.today(), rng)
    for gang in plan(klanten, klok.today(), rng):
        jaar.take(gang)
    return jaar


def live(jaar: Voorzieningenjaar) -> int:
    """Live the year without messages; how many allocations there are."""
    with gemeentegrens.within(jaar.gemeente):
        for dag in sorted(jaar.dagen):
            if dag <= klok.today():
                with klok.simulated(datetime.combine(dag, time(9), klok.AMSTERDAM)):
                    jaar(jaar.gemeente, dag)
        return Toewijzing.objects.filter(gemeente=jaar.gemeente).count()


def _clients(gemeente: str, vandaag: date, rng: Random) -> list[Klant]:
    """Return people of the cases of the year, and people who had support before."""
    volwassen = vandaag.replace(year=vandaag.year - 19, day=1)
    casussen = [
        Klant(
            casus.betrokkene_id,
            _kind(casus.betrokkene, volwassen, rng),
            casus.dossier_id,
            casus.dossier.geopend_op if casus.dossier else None,
        )
        for casus in Casus.objects.filter(gemeente=gemeente, dossier__isnull=False)
        .select_related("betrokkene", "dossier")
        .order_by("nummer")
    ]
    eerder = (
        Voorziening.objects.current()
        .filter(gemeente=gemeente, geldig__upper_inf=True)
        .select_related("betrokkene", "product")
        .order_by("betrokkene", "kenmerk")
    )
    gezien = {klant.persoon for klant in casussen}
    klanten = []
    for each in eerder:
        wie = each.betrokkene
        if wie.pk in gezien or wie.geboortedatum is None:
            continue
        jeugd = each.product.wet == "jeugdwet"
        if each.product.code in WAREN and (jeugd == (wie.geboortedatum > volwassen)):
            gezien.add(wie.pk)
            klanten.append(Klant(wie.pk, each.product.code))
    rng.shuffle(klanten)
    return [*casussen[:60], *klanten[:AANTAL]]


def _kind(wie: Persoon, volwassen: date, rng: Random) -> str:
    jong = wie.geboortedatum is not None and wie.geboortedatum > volwassen
    if jong:
        return rng.choice(("ambulant-jh", "ambulant-ggz", "dyslexie"))
    return rng.choice(("huishoudelijke-hulp", "begeleiding-individueel"))


def everybody(rol: Rol, gemeente: str) -> list[Actor]:
    """Return who do this work in a municipality of the demo, in a fixed order."""
    return [
        Actor(
            ActorSoort.MEDEWERKER,
            str(each.pk),
            each.naam,
            gemeente,
            frozenset({rol}),
        )
        for each in Gebruiker.objects.filter(
            aanstellingen__rol=rol, aanstellingen__gemeente=gemeente
        )
        .distinct()
        .order_by("id")
    ]
