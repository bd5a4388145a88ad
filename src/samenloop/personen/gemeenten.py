"""Municipalities, and the regions in which they work together.

A municipality belongs to a region per purpose (purchasing, youth protection, labour
market, back office); those do not coincide and change over time (VISD 5.8). Number of
households per municipality is the denominator of the figures.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from samenloop.access.models import GEMEENTECODE


class Gemeente(models.Model):
    """A municipality, by its CBS code (`GM0005`)."""

    code = models.CharField(primary_key=True, max_length=6, db_collation="C")
    naam = models.CharField(max_length=100)

    class Meta:
        app_label = "personen"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="personen_gemeente_code", condition=Q(code__regex=GEMEENTECODE)
            ),
            models.CheckConstraint(
                name="personen_gemeente_naam", condition=~Q(naam="")
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Regio(models.Model):
    """A group of municipalities that does something together."""

    code = models.CharField(primary_key=True, max_length=40, db_collation="C")
    naam = models.CharField(max_length=100)

    class Meta:
        app_label = "personen"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="personen_regio_gevuld", condition=~Q(code="") & ~Q(naam="")
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class RegioGemeente(models.Model):
    """A municipality is in one region at a time for one purpose."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="deelnames")
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, related_name="deelnames"
    )
    doel = models.CharField(max_length=40)
    geldig = DateRangeField()

    class Meta:
        app_label = "personen"
        constraints = [
            models.CheckConstraint(
                name="personen_regiogemeente_geldig",
                condition=Q(geldig__isempty=False) & Q(geldig__lower_inf=False),
            ),
            models.CheckConstraint(
                name="personen_regiogemeente_doel", condition=~Q(doel="")
            ),
            ExclusionConstraint(
                name="personen_regiogemeente_een_tegelijk",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("doel", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class HuishoudensTelling(models.Model):
    """Number of households in a municipality on a date (CBS)."""

    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, related_name="huishoudenstellingen"
    )
    peildatum = models.DateField()
    aantal = models.PositiveIntegerField()

    class Meta:
        app_label = "personen"
        ordering = ["gemeente", "peildatum"]
        constraints = [
            models.UniqueConstraint(
                name="personen_huishoudenstelling_uniek",
                fields=["gemeente", "peildatum"],
            ),
        ]
