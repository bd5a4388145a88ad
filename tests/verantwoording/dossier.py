"""Records for the tests of leveringen: a small region, written as the rooms do."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core.bsn import Bsn
from samenloop.core.periode import Periode
from samenloop.personen.models import (
    Gemeente,
    Huishouden,
    HuishoudensTelling,
    Persoon,
    Regio,
    RegioGemeente,
)
from samenloop.regie.models import Casus, Casusperiode
from samenloop.voorzieningen.models import (
    Aanbieder,
    Begrotingspost,
    Bezwaar,
    Product,
    Traject,
    Uitkering,
    Voorziening,
)

ALTIJD = DateRange(date(2000, 1, 1), None)


def _bsns() -> Iterator[Bsn]:
    """BSNs that pass the 11-test and are issued to nobody: 9999xxxxx."""
    for nummer in range(999_900_000, 1_000_000_000):
        cijfers = f"{nummer:09}"
        som = sum(
            factor * int(cijfer)
            for factor, cijfer in zip(
                (9, 8, 7, 6, 5, 4, 3, 2, -1), cijfers, strict=True
            )
        )
        if som % 11 == 0:
            yield Bsn(cijfers)


@dataclass
class Dossier:
    """A region with two municipalities, and ways to add what happened to people."""

    bsns: Iterator[Bsn] = field(default_factory=_bsns)
    teller: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        regio = Regio.objects.create(code="NOORD", naam="Regio Noord")
        for code, naam, huishoudens in (
            ("GM9001", "Aduard", 1000),
            ("GM9002", "Bierum", 2000),
        ):
            gemeente = Gemeente.objects.create(code=code, naam=naam)
            RegioGemeente.objects.create(
                regio=regio, gemeente=gemeente, doel="sociaal domein", geldig=ALTIJD
            )
            HuishoudensTelling.objects.create(
                gemeente=gemeente, peildatum=date(2016, 1, 1), aantal=huishoudens
            )
        Gemeente.objects.create(code="GM9009", naam="Elders")
        top = Product.objects.create(wet="jeugdwet", code="J", naam="Jeugdhulp")
        self.product = Product.objects.create(
            wet="jeugdwet", code="J1", naam="Begeleiding", ouder=top
        )
        self.wmo = Product.objects.create(wet="wmo", code="W1", naam="Huishoudhulp")
        self.aanbieder = Aanbieder.objects.create(agb="01234567", naam="De Brug")

    def persoon(self, **velden: Any) -> Persoon:
        """Someone with a BSN, born in 2005."""
        velden = {
            "geslachtsnaam": f"Tester {next(self.teller)}",
            "geboortedatum": date(2005, 5, 5),
            "geslacht": "2",
            **velden,
        }
        bsn = None if velden.get("bsn_ontbreekt_reden") else next(self.bsns)
        return Persoon.objects.register(bsn, **velden)

    def huishouden(self) -> Huishouden:
        """A household of its own."""
        return Huishouden.objects.create(sleutel=f"H{next(self.teller):06}")

    def voorziening(
        self,
        start: date,
        einde: date | None = None,
        *,
        bekend: date | None = None,
        **velden: Any,
    ) -> Voorziening:
        """A provision of Aduard, known from its start unless said otherwise."""
        return Voorziening.objects.create(
            **{
                "betrokkene": velden.pop("betrokkene", None) or self.persoon(),
                "gemeente_id": "GM9001",
                "postcode": "9831AB",
                "product": self.product,
                "vorm": "zin",
                "aanbieder": self.aanbieder,
                "geldig": Periode(start, einde).as_range(),
                "bekend": DateRange(bekend or start, None),
                **velden,
            }
        )

    def uitkering(
        self, start: date, einde: date | None = None, **velden: Any
    ) -> Uitkering:
        """A benefit in Aduard on track 2."""
        return Uitkering.objects.create(
            **{
                "betrokkene": velden.pop("betrokkene", None) or self.persoon(),
                "gemeente_id": "GM9001",
                "spoor": 2,
                "geldig": Periode(start, einde).as_range(),
                "bekend": DateRange(start, None),
                **velden,
            }
        )

    def casus(
        self, start: date, einde: date | None = None, type: str = "regie", **velden: Any
    ) -> Casusperiode:
        """A case of Aduard with one period."""
        casus = Casus.objects.create(
            nummer=f"C{next(self.teller):05}",
            gemeente_id=velden.pop("gemeente_id", "GM9001"),
            betrokkene=self.persoon(),
        )
        return Casusperiode.objects.create(
            casus=casus,
            type=type,
            geldig=Periode(start, einde).as_range(),
            bekend=DateRange(start, None),
            **velden,
        )

    def traject(self, datum: date, bedrag: int, **velden: Any) -> Traject:
        """Costs on the way to work, in eurocents."""
        return Traject.objects.create(
            **{
                "betrokkene": velden.pop("betrokkene", None) or self.persoon(),
                "gemeente_id": "GM9001",
                "spoor": 2,
                "datum": datum,
                "trajectkosten": bedrag,
                "geregistreerd_op": datum,
                **velden,
            }
        )

    def post(self, versie: str, volgnummer: int, bedrag: int) -> Begrotingspost:
        """An amount in the budget of 2017, in eurocents."""
        return Begrotingspost.objects.create(
            gemeente_id="GM9001", jaar=2017, post="Huishoudhulp", versie=versie,
            volgnummer=volgnummer, bedrag=bedrag,
        )  # fmt: skip

    def klacht(self, op: date, af: date | None = None, uitkomst: str = "") -> Bezwaar:
        """A complaint in Aduard."""
        return Bezwaar.objects.create(
            gemeente_id="GM9001", wet="wmo", soort="klacht",
            ingediend_op=op, afgehandeld_op=af, uitkomst=uitkomst,
        )  # fmt: skip
