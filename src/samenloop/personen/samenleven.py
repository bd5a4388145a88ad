"""Gezin and gezag: whom a plan is about, and who has custody over a minor.

They are facts over time about people (`personen.models`, which names them all); the
columns with the municipalities that have a task, and the rule that two facts about the
same may not overlap, are shared with the other facts of this room.
"""

import uuid
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from samenloop.core.tijd import Feit
from samenloop.personen import taak

_NIEMAND = uuid.UUID(int=0)


def own_gemeenten() -> Any:
    """A column with the municipalities that have a task; first those of the border."""
    return ArrayField(
        models.CharField(max_length=6),
        default=taak.of_border,
        db_default=Value("{}"),
        editable=False,
    )


def one_at_a_time(naam: str, *wie: Any) -> ExclusionConstraint:
    """Refuse two facts about the same that overlap, on whatever day of knowledge."""
    return ExclusionConstraint(
        name=naam,
        expressions=[
            *((wat, RangeOperators.EQUAL) for wat in wie),
            ("geldig", RangeOperators.OVERLAPS),
            ("bekend", RangeOperators.OVERLAPS),
        ],
    )


def as_one(*wie: str) -> Cast:
    """Return several ids as one value, so that an index on it serves no other search.

    An index on both ids looks to the planner as if it also finds the second alone, and
    then it reads a large part of it.
    """
    ids = (Cast(each, models.TextField()) for each in wie)
    return Cast(MD5(Concat(*ids)), models.UUIDField())


class Gezin(models.Model):
    """The people one plan is about; need not live at one address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    naam = models.CharField(max_length=200)
    gemeenten = own_gemeenten()

    class Meta:
        app_label = "personen"
        constraints = [
            models.CheckConstraint(name="personen_gezin_naam", condition=~Q(naam=""))
        ]

    def __str__(self) -> str:
        return f"Gezin {self.pk}"


class GezinsRol(models.TextChoices):
    """What someone is in a gezin."""

    OUDER = "ouder", "ouder"
    KIND = "kind", "kind"
    PARTNER = "partner", "partner"
    ANDER = "ander", "ander"


class Gezinslid(Feit):
    """Someone belongs to a gezin, in one role at a time."""

    gezin = models.ForeignKey(Gezin, on_delete=models.PROTECT, related_name="leden")
    persoon = models.ForeignKey(
        "personen.Persoon", on_delete=models.PROTECT, related_name="gezinsleden"
    )
    rol = models.CharField(max_length=10, choices=GezinsRol)

    class Meta(Feit.Meta):
        app_label = "personen"
        constraints = [
            *Feit.Meta.constraints,
            one_at_a_time("personen_gezinslid_een_rol", as_one("gezin", "persoon")),
            models.CheckConstraint(
                name="personen_gezinslid_rol", condition=Q(rol__in=GezinsRol.values)
            ),
        ]


class GezagSoort(models.TextChoices):
    """Who holds gezag: a parent, a guardian, or a certified institution."""

    OUDER = "ouder", "ouder"
    VOOGD = "voogd", "voogd"
    INSTELLING = "instelling", "gecertificeerde instelling"


class Gezag(Feit):
    """Custody over a minor, one row per holder; an institution is only named."""

    minderjarige = models.ForeignKey(
        "personen.Persoon", on_delete=models.PROTECT, related_name="gezag_over_mij"
    )
    houder = models.ForeignKey(
        "personen.Persoon",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gezag_van_mij",
    )
    soort = models.CharField(
        max_length=10,
        choices=GezagSoort,
        default=GezagSoort.OUDER,
        db_default=GezagSoort.OUDER,
    )
    instelling = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta(Feit.Meta):
        app_label = "personen"
        constraints = [
            *Feit.Meta.constraints,
            one_at_a_time(
                "personen_gezag_een_per_houder",
                "minderjarige",
                # Without a person it is an institution, of which there is one.
                Coalesce("houder", Value(_NIEMAND, models.UUIDField())),
            ),
            models.CheckConstraint(
                name="personen_gezag_niet_over_zichzelf",
                condition=Q(houder__isnull=True) | ~Q(houder=F("minderjarige")),
            ),
            models.CheckConstraint(
                name="personen_gezag_houder",
                condition=Q(soort=GezagSoort.INSTELLING, houder__isnull=True)
                | Q(
                    soort__in=[GezagSoort.OUDER, GezagSoort.VOOGD],
                    houder__isnull=False,
                    instelling="",
                ),
            ),
        ]
