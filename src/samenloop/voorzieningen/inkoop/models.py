"""Contracts, their products and prices, ceilings, waiting times, remarks on quality.

A contract is of one provider under one law and holds for one or more municipalities.
Its products carry the price from a day to a day: a new price is a new row, so that an
invoice of last year is judged by the price of last year. Amounts are whole eurocents.
"""

import uuid
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Regio
from samenloop.voorzieningen.inkoop.codes import (
    WETTEN,
    Eenheid,
    Frequentie,
    Variant,
)
from samenloop.voorzieningen.models import Aanbieder, Product, Wet

CATEGORIE = r"^[0-9]{2}$"
CODE = r"^[0-9A-Z]{1,5}$"


def gemeenten() -> Any:
    """A column with the municipalities (CBS codes) for which a row holds."""
    return ArrayField(models.CharField(max_length=6))


class Days(Func):
    """The days from one column up to and including another (empty: without end)."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, begin: str, eind: str) -> None:
        """Take the names of two columns."""
        super().__init__(begin, eind, RangeBoundary(inclusive_upper=True))


class Contractsoort(models.TextChoices):
    """How a provider came to be contracted."""

    RAAMCONTRACT = "raamcontract", _("framework contract")
    OPEN_HOUSE = "open_house", _("open house admission")
    SUBSIDIE = "subsidie", _("subsidy")
    MAATWERK = "maatwerk", _("single contract for one client")


class Contract(models.Model):
    """An agreement with one provider under one law, for one or more municipalities."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nummer = models.CharField(max_length=40)
    naam = models.CharField(max_length=200)
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="contracten"
    )
    wet = models.CharField(max_length=20, choices=Wet)
    soort = models.CharField(max_length=20, choices=Contractsoort)
    gemeenten = gemeenten()
    # The region that purchased, when it was not a municipality by itself.
    regio = models.ForeignKey(
        Regio, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ingang = models.DateField()
    eind = models.DateField(null=True, blank=True)
    toelichting = models.CharField(
        max_length=1000, blank=True, default="", db_default=""
    )
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["wet", "nummer"]
        constraints = [
            models.UniqueConstraint(
                name="inkoop_contract_uniek", fields=["wet", "nummer", "aanbieder"]
            ),
            models.CheckConstraint(
                name="inkoop_contract_gevuld", condition=~Q(nummer="") & ~Q(naam="")
            ),
            models.CheckConstraint(
                name="inkoop_contract_wet", condition=Q(wet__in=WETTEN)
            ),
            models.CheckConstraint(
                name="inkoop_contract_soort",
                condition=Q(soort__in=Contractsoort.values),
            ),
            models.CheckConstraint(
                name="inkoop_contract_gemeenten", condition=Q(gemeenten__len__gte=1)
            ),
            models.CheckConstraint(
                name="inkoop_contract_periode",
                condition=Q(eind__isnull=True) | Q(eind__gte=F("ingang")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.naam}"


class Contractproduct(models.Model):
    """A product at a price, from a day to a day, within one contract.

    `code` is empty where only the category was agreed. `tarief` is in eurocents per
    `tarief_eenheid`, empty where the price is agreed per client. `max_volume` is the
    most that may be allocated per `max_frequentie`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="producten"
    )
    # The kind of provision under which figures count it.
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="contractproducten"
    )
    variant = models.CharField(max_length=12, choices=Variant)
    categorie = models.CharField(max_length=2, blank=True, default="", db_default="")
    code = models.CharField(max_length=5, blank=True, default="", db_default="")
    naam = models.CharField(max_length=200)
    eenheid = models.CharField(
        max_length=2, choices=Eenheid, blank=True, default="", db_default=""
    )
    tarief = models.BigIntegerField(null=True, blank=True)
    tarief_eenheid = models.CharField(
        max_length=2, choices=Eenheid, blank=True, default="", db_default=""
    )
    max_volume = models.PositiveIntegerField(null=True, blank=True)
    max_frequentie = models.CharField(
        max_length=1, choices=Frequentie, blank=True, default="", db_default=""
    )
    ingang = models.DateField()
    eind = models.DateField(null=True, blank=True)
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)

    class Meta:
        ordering = ["categorie", "code", "ingang"]
        indexes = [
            models.Index(fields=["categorie", "code"], name="inkoop_product_code"),
        ]
        constraints = [
            ExclusionConstraint(
                name="inkoop_contractproduct_een_tarief",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    ("categorie", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (Days("ingang", "eind"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="inkoop_contractproduct_periode",
                condition=Q(eind__isnull=True) | Q(eind__gte=F("ingang")),
            ),
            models.CheckConstraint(
                name="inkoop_contractproduct_variant",
                condition=Q(
                    variant=Variant.SPECIFIEK,
                    categorie__regex=CATEGORIE,
                    code__regex=CODE,
                )
                & ~Q(eenheid="")
                | Q(variant=Variant.ASPECIFIEK, categorie__regex=CATEGORIE)
                & (Q(code="") | Q(code__regex=CODE))
                | Q(variant=Variant.GENERIEK, categorie="", code=""),
            ),
            models.CheckConstraint(
                name="inkoop_contractproduct_eenheid",
                condition=Q(eenheid__in=["", *Eenheid.values])
                & Q(tarief_eenheid__in=["", *Eenheid.values]),
            ),
            models.CheckConstraint(
                name="inkoop_contractproduct_tarief",
                condition=Q(tarief__isnull=True, tarief_eenheid="")
                | Q(tarief__gte=0) & ~Q(tarief_eenheid=""),
            ),
            models.CheckConstraint(
                name="inkoop_contractproduct_maximum",
                condition=Q(max_volume__isnull=True, max_frequentie="")
                | Q(max_volume__gte=1, max_frequentie__in=Frequentie.values),
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Plafond(models.Model):
    """The most that may be spent in a year: on a contract, or on a part of it.

    Without category it is the ceiling of the whole contract. A ceiling that is agreed
    anew is a next version; the highest one holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="plafonds"
    )
    jaar = models.PositiveSmallIntegerField()
    categorie = models.CharField(max_length=2, blank=True, default="", db_default="")
    code = models.CharField(max_length=5, blank=True, default="", db_default="")
    versie = models.PositiveSmallIntegerField(default=1, db_default=1)
    bedrag = models.BigIntegerField()
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["contract", "jaar", "categorie", "code", "-versie"]
        constraints = [
            models.UniqueConstraint(
                name="inkoop_plafond_uniek",
                fields=["contract", "jaar", "categorie", "code", "versie"],
            ),
            models.CheckConstraint(
                name="inkoop_plafond_bedrag",
                condition=Q(bedrag__gte=0, jaar__gte=2015, jaar__lte=9999),
            ),
            models.CheckConstraint(
                name="inkoop_plafond_product",
                condition=~Q(categorie="") | Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Plafond {self.jaar}"


class Wachttijd(models.Model):
    """How long one waits at a provider for a kind of provision, as said on a date.

    Added to, never changed: the latest statement holds, older ones show the course.
    """

    id = models.BigAutoField(primary_key=True)
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="wachttijden"
    )
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="wachttijden"
    )
    gemeenten = gemeenten()
    dagen = models.PositiveSmallIntegerField()
    peildatum = models.DateField()
    bron = models.CharField(max_length=200)
    # No new clients for the time being.
    opnamestop = models.BooleanField(default=False, db_default=False)
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-peildatum", "-id"]
        indexes = [
            models.Index(
                fields=["aanbieder", "product", "-peildatum", "-id"],
                name="inkoop_wachttijd_laatste",
            )
        ]
        constraints = [
            models.CheckConstraint(name="inkoop_wachttijd_bron", condition=~Q(bron="")),
        ]

    def __str__(self) -> str:
        return f"Wachttijd {self.pk}"


class Kwaliteitsoort(models.TextChoices):
    """Where a remark on quality comes from."""

    INSPECTIE = "inspectie", _("inspectorate")
    TOEZICHT = "toezicht", _("own supervision")
    KEURMERK = "keurmerk", _("certificate")
    ERVARING = "ervaring", _("experience of clients")
    GESPREK = "gesprek", _("talk about the contract")


class Kwaliteit(models.Model):
    """Worth knowing about a provider before one chooses; never about a client."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="kwaliteit"
    )
    gemeenten = gemeenten()
    soort = models.CharField(max_length=12, choices=Kwaliteitsoort)
    datum = models.DateField()
    geldig_tot = models.DateField(null=True, blank=True)
    tekst = models.CharField(max_length=1000)
    bron = models.CharField(max_length=200)
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-datum", "id"]
        constraints = [
            models.CheckConstraint(
                name="inkoop_kwaliteit_gevuld", condition=~Q(tekst="") & ~Q(bron="")
            ),
            models.CheckConstraint(
                name="inkoop_kwaliteit_periode",
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("datum")),
            ),
        ]

    def __str__(self) -> str:
        return f"Kwaliteit {self.pk}"


class Inlezing(models.Model):
    """A productenboek that was read in: which file, how many rows, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6)
    bestandsnaam = models.CharField(max_length=200)
    hash = models.CharField(max_length=64, db_collation="C")
    rijen = models.PositiveIntegerField()
    nieuw = models.PositiveIntegerField()
    gewijzigd = models.PositiveIntegerField()
    op = models.DateTimeField(default=klok.now, editable=False)
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-op", "id"]

    def __str__(self) -> str:
        return f"Inlezing {self.pk}"
