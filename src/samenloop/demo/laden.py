"""Loading the demo region into the records, in bulk and as the application's role.

Facts keep their two times. Of a provision or benefit that ended, half had an end that
was known from the start; of the rest the end was a later correction, so a look at an
earlier day shows what was known that day.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core import gemeentegrens
from samenloop.core.bsn import Bsn
from samenloop.demo.dagen import LEVERDATUM
from samenloop.demo.feiten import Regio
from samenloop.demo.gezinnen import Gezinslast, reeks
from samenloop.demo.kopie import kopieer
from samenloop.demo.productenboek import AANBIEDERS, SOORTEN
from samenloop.personen import models as personen
from samenloop.regie import models as regie
from samenloop.voorzieningen import models as voorzieningen

_IN_DIENST = date(2015, 1, 1)  # the four worked together for these tasks
M = TypeVar("M", bound=models.Model)
Melder = Callable[[str, int], None]

# Everything that is loaded; `wis` empties this and what refers to it.
GEVULD: tuple[type[models.Model], ...] = (
    regie.Casusperiode,
    regie.Casus,
    voorzieningen.Voorziening,
    voorzieningen.Uitkering,
    voorzieningen.Traject,
    voorzieningen.Begrotingspost,
    voorzieningen.Bezwaar,
    voorzieningen.Product,
    voorzieningen.Aanbieder,
    personen.Gezag,
    personen.Gezinslid,
    personen.Gezin,
    personen.Verblijf,
    personen.Adres,
    personen.Burgerservicenummer,
    personen.Toestemming,
    personen.Naamdeel,
    personen.Persoon,
    personen.Huishouden,
    personen.HuishoudensTelling,
    personen.RegioGemeente,
)


class NietVerzonnen(Exception):
    """There are people on record with a BSN outside the reserved range."""


def is_leeg() -> bool:
    """Whether there is nothing yet that the demo region would stand beside."""
    with gemeentegrens.everywhere("demo"):
        return not any(model._default_manager.exists() for model in GEVULD)


def alleen_verzonnen() -> bool:
    """Whether everybody on record has a BSN from the reserved range, or none."""
    return not personen.Burgerservicenummer.objects.exclude(
        bsn__startswith="9999"
    ).exists()


def wis() -> None:
    """Empty the records, as their owner; only where all people are made up.

    Raises:
        NietVerzonnen: someone on record has a BSN that is really issued.
    """
    with gemeentegrens.everywhere("demo"):
        if not alleen_verzonnen():
            raise NietVerzonnen
    tabellen = ", ".join(f'"{tabel}"' for tabel in sorted(_with_references()))
    with connections["beheer"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {tabellen}")
    connections["beheer"].close()


def _with_references() -> set[str]:
    """Names of the tables that are filled, and of all that point to them."""
    tabellen = {model._meta.db_table for model in GEVULD}
    verwijzingen = [
        (model._meta.db_table, veld.related_model._meta.db_table)
        for model in apps.get_models(include_auto_created=True)
        for veld in model._meta.local_fields
        if isinstance(veld, models.ForeignKey)
    ]
    while erbij := {van for van, naar in verwijzingen if naar in tabellen} - tabellen:
        tabellen |= erbij
    return tabellen


def ververs_statistiek() -> None:
    """Let the database look at what was loaded, as its owner.

    Otherwise it plans for empty tables until it gets round to that by itself, and the
    first levering takes sixty times as long.
    """
    with connections["beheer"].cursor() as cursor:
        for model in GEVULD:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
    connections["beheer"].close()


def laad(regio: Regio, seed: int, meld: Melder = lambda naam, aantal: None) -> None:
    """Put the region into empty records, all of it or nothing."""
    with gemeentegrens.everywhere("demo"), transaction.atomic():
        _Lading(regio, Random(f"{seed}/laden"), meld).voer_uit()  # noqa: S311


class _Lading:
    """One load: remembers which row stands for which person or household."""

    def __init__(self, regio: Regio, rng: Random, meld: Melder) -> None:
        self._regio = regio
        self._rng = rng
        self._meld = meld
        self._huishoudens = {
            huishouden.sleutel: personen.Huishouden(
                id=self._uuid(), sleutel=huishouden.sleutel
            )
            for huishouden in regio.huishoudens
        }
        self._personen = {
            persoon.bsn: personen.Persoon(
                id=self._uuid(),
                voornamen=persoon.voornamen,
                voorvoegsel=persoon.voorvoegsel,
                geslachtsnaam=persoon.geslachtsnaam,
                geboortedatum=persoon.geboortedatum,
                geslacht=persoon.geslacht,
            )
            for persoon in regio.personen
        }

    def voer_uit(self) -> None:
        self._gebied()
        self._maak("huishoudens", personen.Huishouden, self._huishoudens.values())
        self._maak("personen", personen.Persoon, self._personen.values())
        self._maak(
            "burgerservicenummers",
            personen.Burgerservicenummer,
            (
                personen.Burgerservicenummer.of(rij, Bsn(bsn))
                for bsn, rij in self._personen.items()
            ),
        )
        last = Gezinslast(self._personen, self._huishoudens, self._uuid, self._rng)
        self._maak("adressen", personen.Adres, last.adressen(self._regio))
        self._maak("gezinnen", personen.Gezin, last.gezinnen(self._regio.huishoudens))
        self._maak("gezinsleden", personen.Gezinslid, last.leden)
        self._maak("gezag", personen.Gezag, last.gezag)
        self._maak_voorzieningen()
        self._maak_uitkeringen()
        self._maak_casussen()
        self._maak_boekingen()

    def _gebied(self) -> None:
        gebied = self._regio.gebied
        regio, _ = personen.Regio.objects.get_or_create(
            code=gebied.code, defaults={"naam": gebied.naam}
        )
        for gegeven in gebied.gemeenten:
            gemeente, _ = personen.Gemeente.objects.get_or_create(
                code=gegeven.code, defaults={"naam": gegeven.naam}
            )
            personen.RegioGemeente.objects.create(
                regio=regio,
                gemeente=gemeente,
                doel="sociaal domein",
                geldig=DateRange(_IN_DIENST, date(2019, 1, 1)),
            )
            personen.HuishoudensTelling.objects.create(
                gemeente=gemeente,
                peildatum=gebied.peildatum_huishoudens,
                aantal=gegeven.huishoudens,
            )

    def _maak_voorzieningen(self) -> None:
        aanbieders = {
            agb: voorzieningen.Aanbieder.objects.create(agb=agb, naam=naam)
            for groep in AANBIEDERS.values()
            for agb, naam in groep
        }
        self._meld("aanbieders", len(aanbieders))
        producten: dict[str, voorzieningen.Product] = {}
        for soort in SOORTEN:  # a parent comes before its children
            producten[soort.code] = voorzieningen.Product.objects.create(
                wet=soort.wet,
                code=soort.code,
                naam=soort.naam,
                ouder=producten.get(soort.ouder),
            )
        self._meld("soorten", len(producten))
        rijen: list[voorzieningen.Voorziening] = []
        for v in self._regio.voorzieningen:
            vast = {
                "kenmerk": self._uuid(),
                "betrokkene": self._personen[v.client.bsn],
                "gezaghebbende": self._personen[v.gezaghebbende.bsn]
                if v.gezaghebbende
                else None,
                "gemeente_id": v.gemeente or None,
                "huishouden": self._huishoudens[v.client.huishouden.sleutel],
                "postcode": v.client.huishouden.postcode,
                "product": producten[v.soort],
                "vorm": v.vorm,
                "aanbieder": aanbieders.get(v.aanbieder),
                "verwijzer": v.verwijzer,
                "aanvraagdatum": v.aanvraag,
            }
            einde = {"reden_einde": v.reden_einde, "resultaat": v.resultaat}
            for tijden in self._versies(v.start, v.eind, v.geregistreerd):
                loopt = tijden["geldig"].upper is None
                rijen.append(
                    voorzieningen.Voorziening(
                        **vast, **tijden, **({} if loopt else einde)
                    )
                )
        self._maak("voorzieningen", voorzieningen.Voorziening, rijen)

    def _maak_uitkeringen(self) -> None:
        rijen: list[voorzieningen.Uitkering] = []
        for u in self._regio.uitkeringen:
            kenmerk = self._uuid()
            for tijden in self._versies(u.start, u.eind, u.geregistreerd):
                loopt = tijden["geldig"].upper is None
                rijen.append(
                    voorzieningen.Uitkering(
                        kenmerk=kenmerk,
                        betrokkene=self._personen[u.client.bsn],
                        gemeente_id=u.client.huishouden.gemeente,
                        huishouden=self._huishoudens[u.client.huishouden.sleutel],
                        spoor=u.spoor,
                        reden_einde="" if loopt else u.reden_einde,
                        **tijden,
                    )
                )
        self._maak("uitkeringen", voorzieningen.Uitkering, rijen)

    def _maak_casussen(self) -> None:
        casussen: dict[str, regie.Casus] = {}
        perioden = []
        for c in self._regio.casussen:
            casus = casussen.get(c.casus)
            if casus is None:
                casus = casussen[c.casus] = regie.Casus(
                    id=self._uuid(),
                    nummer=c.casus,
                    gemeente_id=c.client.huishouden.gemeente,
                    betrokkene=self._personen[c.client.bsn],
                    huishouden=self._huishoudens[c.client.huishouden.sleutel],
                )
            perioden.append(
                regie.Casusperiode(
                    kenmerk=self._uuid(),
                    casus=casus,
                    type=c.type,
                    geldig=reeks(c.start, c.eind),
                    bekend=DateRange(c.geregistreerd, None),
                    reden_einde=c.reden_einde,
                )
            )
        self._maak("casussen", regie.Casus, casussen.values())
        self._maak("casusperioden", regie.Casusperiode, perioden)

    def _maak_boekingen(self) -> None:
        self._maak(
            "trajecten",
            voorzieningen.Traject,
            (
                voorzieningen.Traject(
                    betrokkene=self._personen[t.client.bsn],
                    gemeente_id=t.client.huishouden.gemeente,
                    spoor=t.spoor,
                    datum=t.datum,
                    trajectkosten=t.trajectkosten,
                    loonkostensubsidie=t.loonkostensubsidie,
                    geregistreerd_op=min(t.datum + timedelta(days=9), LEVERDATUM),
                )
                for t in self._regio.trajecten
            ),
        )
        versies = list(dict.fromkeys(b.versie for b in self._regio.begroting))
        self._maak(
            "begrotingsposten",
            voorzieningen.Begrotingspost,
            (
                voorzieningen.Begrotingspost(
                    gemeente_id=b.gemeente,
                    jaar=b.jaar,
                    post=b.post,
                    versie=b.versie,
                    volgnummer=versies.index(b.versie) + 1,
                    bedrag=b.bedrag,
                )
                for b in self._regio.begroting
            ),
        )
        self._maak(
            "bezwaren en klachten",
            voorzieningen.Bezwaar,
            (
                voorzieningen.Bezwaar(
                    gemeente_id=b.gemeente,
                    wet=b.wet,
                    soort=b.soort,
                    ingediend_op=b.ingediend,
                    afgehandeld_op=b.afgehandeld,
                    uitkomst=b.uitkomst,
                )
                for b in self._regio.bezwaren
            ),
        )

    def _versies(
        self, start: date, eind: date | None, geregistreerd: date
    ) -> list[dict[str, DateRange]]:
        """Return the two times of each version: one, or running and then ended."""
        laatste = {
            "geldig": reeks(start, eind),
            "bekend": DateRange(geregistreerd, None),
        }
        lot, wacht = self._rng.random(), self._rng.randint(-5, 25)
        if eind is None or eind > LEVERDATUM or lot < 0.5:
            return [laatste]
        einde_bekend = min(eind + timedelta(days=wacht), LEVERDATUM)
        if einde_bekend <= geregistreerd:
            return [laatste]
        eerste = {
            "geldig": reeks(start, None),
            "bekend": DateRange(geregistreerd, einde_bekend),
        }
        return [eerste, laatste | {"bekend": DateRange(einde_bekend, None)}]

    def _maak(self, naam: str, model: type[M], rijen: Iterable[M]) -> None:
        self._meld(naam, kopieer(model, rijen))

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self._rng.getrandbits(128), version=4)
