"""Taking over what the BRP says: nobody types what a base registry holds.

A BSN comes in; out comes somebody on record as the BRP has them, as far as the purpose
goes: name, birth, address, and for who may see it the family and its gezag. Facts keep
their two times, so what we knew before the BRP was asked can still be told. Each
question is written in the logs with its ground, in the transaction of what it changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.personen import taak
from samenloop.personen.brp import adres, gezag
from samenloop.personen.brp.antwoord import BrpPersoon
from samenloop.personen.brp.datum import Brpdatum
from samenloop.personen.brp.models import Brpstand, Verblijfsoort
from samenloop.personen.brp.velden import Soort, doelen, paths_for
from samenloop.personen.brp.verbinding import Uitkomst, ask
from samenloop.personen.brp.vragen import BSNS_TEGELIJK, OpBsn
from samenloop.personen.models import Geslacht, Persoon

_ACTIVITEIT = "brp-bevragen"
_GESLACHT = {"M": Geslacht.MAN, "V": Geslacht.VROUW, "O": Geslacht.ONBEKEND}


@dataclass(frozen=True, slots=True)
class Opgehaald:
    """What came of asking: how it ended, who it is, and what we did not know yet.

    `persoon` is None when the BRP did not answer or knows nobody with that number;
    `gewijzigd` holds "naam", "adres" and "gezag" as far as they changed.
    """

    uitkomst: Uitkomst
    persoon: Persoon | None = None
    verwanten: tuple[Persoon, ...] = ()
    is_nieuw: bool = False
    gewijzigd: frozenset[str] = frozenset()


def verwerkingsgrond(doel: str) -> str:
    """The ground in the catalogue on which the BRP is asked for a purpose; or empty."""
    return doelen()[doel].grond if doel in doelen() else ""


def fetch(
    actor: Actor, bsn: Bsn, doel: str, *, met_verwanten: bool = False
) -> Opgehaald:
    """Register somebody from the BRP, or bring up to date who is on record already.

    Args:
        actor: who asks, for which municipality.
        bsn: whom.
        doel: the purpose; says which fields are asked.
        met_verwanten: also partner, parents, children and who has gezag, as far as
            the purpose asks for them.

    Raises:
        GeenToegang: the actor may not register people.
    """
    besluiten.require(actor, Handeling.PERSOON_REGISTREREN, doel=doel)
    return _take_over(actor, bsn, doel, met_verwanten, Handeling.PERSOON_REGISTREREN)


def refresh(
    actor: Actor, persoon: Persoon, doel: str, *, met_verwanten: bool = False
) -> Opgehaald:
    """Bring somebody on record up to date. Who has no BSN cannot be.

    Raises:
        GeenToegang: the actor may not register people.
        Burgerservicenummer.DoesNotExist: this person has no BSN.
    """
    besluiten.require(actor, Handeling.PERSOON_REGISTREREN, doel=doel)
    bsn = Bsn(persoon.burgerservicenummer.bsn)
    return _take_over(actor, bsn, doel, met_verwanten, Handeling.PERSOON_OPENEN)


def _take_over(
    actor: Actor, bsn: Bsn, doel: str, met_verwanten: bool, handeling: Handeling
) -> Opgehaald:
    # Outside any transaction: a slow source must not hold rows of ours.
    uitkomst = ask(OpBsn((bsn,)), doel=doel, actor=actor)
    gevonden = next((deel for deel in uitkomst.personen if deel.bsn == bsn), None)
    if gevonden is None:
        return Opgehaald(uitkomst)
    verwanten = (
        tuple(_relatives(actor, gevonden, doel)) if met_verwanten and gevonden else ()
    )
    with transaction.atomic():
        overname = _Overname(actor, doel)
        persoon = overname.store(gevonden)
        anderen = [overname.store(deel) for deel in verwanten]
        if gevonden.gezag is not None:
            overname.store_gezag(gevonden)
        logboek.record(
            actor,
            handeling,
            personen=[persoon.pk, *(ander.pk for ander in anderen)],
            doel=doel,
            grond=verwerkingsgrond(doel),
            wijze=Wijze.GEWIJZIGD if overname.gewijzigd else Wijze.GEOPEND,
            activiteit=_ACTIVITEIT,
            verwerker=settings.BRP["URL"],
        )
    return Opgehaald(
        uitkomst,
        persoon,
        tuple(anderen),
        persoon.pk in overname.nieuw,
        frozenset(overname.gewijzigd),
    )


def _relatives(actor: Actor, persoon: BrpPersoon, doel: str) -> Iterator[BrpPersoon]:
    """Ask about the family, in as few questions as it takes."""
    if not paths_for(doel, Soort.VERWANT):
        return
    bsns = [bsn for bsn in _numbers(persoon) if bsn != persoon.bsn]
    for begin in range(0, len(bsns), BSNS_TEGELIJK):
        deel = tuple(bsns[begin : begin + BSNS_TEGELIJK])
        antwoord = ask(OpBsn(deel, Soort.VERWANT), doel=doel, actor=actor)
        yield from (ander for ander in antwoord.personen if ander.bsn in deel)


def _numbers(persoon: BrpPersoon) -> Iterable[Bsn]:
    """The numbers of the family; of a marriage only while it lasts."""
    gevonden = [
        *(deel.bsn for deel in persoon.partners if not deel.beeindigd),
        *(deel.bsn for deel in (*persoon.ouders, *persoon.kinderen)),
    ]
    for relatie in persoon.gezag or ():
        gevonden += [relatie.minderjarige, *(deel.bsn for deel in relatie.houders)]
    return dict.fromkeys(bsn for bsn in gevonden if bsn is not None)


class _Overname:
    """One take-over: who is who, who is new, and what changed."""

    def __init__(self, actor: Actor, doel: str) -> None:
        self._gemeente = actor.gemeente
        self._doel = doel
        self._vandaag = klok.today()
        self._wie: dict[Bsn, Persoon] = {}
        self.nieuw: set[UUID] = set()
        self.gewijzigd: set[str] = set()

    def store(self, gegeven: BrpPersoon) -> Persoon:
        """Register or correct one person with address."""
        assert gegeven.bsn is not None
        velden = _fields(gegeven)
        bekend = taak.take_on_by_bsn(gegeven.bsn, self._gemeente)
        if bekend is None:
            persoon = Persoon.objects.register(gegeven.bsn, **velden)
            self.nieuw.add(persoon.pk)
            self.gewijzigd.add("naam")
        else:
            # Locked: two who ask at once must not both add the same address.
            persoon = Persoon.objects.select_for_update().get(pk=bekend)
            if any(getattr(persoon, naam) != waarde for naam, waarde in velden.items()):
                for naam, waarde in velden.items():
                    setattr(persoon, naam, waarde)
                persoon.save(update_fields=[*velden, "sorteernaam"])
                self.gewijzigd.add("naam")
        self._wie[gegeven.bsn] = persoon
        if adres.take_over(persoon, gegeven, self._vandaag, voor=self._gemeente):
            self.gewijzigd.add("adres")
        self._store_state(persoon, gegeven)
        return persoon

    def store_gezag(self, gegeven: BrpPersoon) -> None:
        """Take over custody over every minor who is on record by now."""
        for relatie in gegeven.gezag or ():
            minderjarige = self._known(relatie.minderjarige)
            if minderjarige is None:
                continue
            houders = {
                deel.bsn: self._known(deel.bsn)
                for deel in relatie.houders
                if deel.bsn is not None
            }
            if gezag.take_over(minderjarige, relatie, houders, self._vandaag):
                self.gewijzigd.add("gezag")
        if gegeven.bsn is not None:
            eigen = [r for r in gegeven.gezag or () if r.minderjarige == gegeven.bsn]
            Brpstand.objects.filter(persoon=self._wie[gegeven.bsn]).update(
                gezag=[relatie.type.value for relatie in eigen],
                gezag_toelichting=" ".join(
                    relatie.toelichting for relatie in eigen if relatie.toelichting
                ),
            )

    def _known(self, bsn: Bsn) -> Persoon | None:
        if bsn not in self._wie:
            persoon = Persoon.objects.with_bsn(bsn).first()
            if persoon is None:
                return None
            self._wie[bsn] = persoon
        return self._wie[bsn]

    def _store_state(self, persoon: Persoon, gegeven: BrpPersoon) -> None:
        plaats = gegeven.verblijfplaats
        Brpstand.objects.update_or_create(
            persoon=persoon,
            defaults={
                "opgehaald_op": klok.now(),
                "doel": self._doel,
                "gemeente_van_inschrijving": gegeven.gemeente,
                **_parts("geboorte", gegeven.geboorte),
                **_parts("overlijdens", gegeven.overleden_op),
                "opschorting": gegeven.opschorting,
                "verblijf": plaats.soort if plaats else Verblijfsoort.ONBEKEND,
                "niet_op_adres": bool(plaats and plaats.niet_op_adres),
                "in_onderzoek": sorted(gegeven.in_onderzoek),
            },
        )


def _fields(gegeven: BrpPersoon) -> dict[str, str | bool | date | None]:
    """What of the answer stands in the person's own row; what was not given, does not.

    A birth date known in part is none there: its parts stand in `Brpstand`.
    """
    naam = gegeven.naam
    velden: dict[str, str | bool | date | None] = {
        # The BRP calls somebody whose name is not known a dot.
        "geslachtsnaam": naam.geslachtsnaam or naam.volledige_naam or ".",
        "voornamen": naam.voornamen,
        "voorvoegsel": naam.voorvoegsel,
        "geheim": gegeven.geheim,
    }
    if gegeven.geboorte is not None:
        velden["geboortedatum"] = gegeven.geboorte.datum
    if gegeven.geslacht:
        velden["geslacht"] = _GESLACHT.get(gegeven.geslacht, Geslacht.ONBEKEND)
    return velden


def _parts(voor: str, datum: Brpdatum | None) -> dict[str, int | None]:
    bekend = datum or Brpdatum()
    return {
        f"{voor}jaar": bekend.jaar,
        f"{voor}maand": bekend.maand,
        f"{voor}dag": bekend.dag,
    }
