"""What a provider is allowed to deliver to one client, with every version of it.

The row says what holds now; each insert and each permitted change is copied by a
trigger into `Toewijzingversie`, so no version can be forgotten. What the chain forbids
is refused by the database: stacking, another change than the standard permits, an
allocation beside a personal budget. Source: iWmo and iJw 3.2, rules OP033x1, OP043,
OP257, OP259, CD041, CD075-CD080, CS335, CS336, CS338 and TR302.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.inkoop.codes import (
    NIET_PER_DAG,
    WETTEN,
    Eenheid,
    Frequentie,
    Variant,
)
from samenloop.voorzieningen.inkoop.models import CATEGORIE, CODE, Contract, Days
from samenloop.voorzieningen.models import Aanbieder, Product, Wet
from samenloop.voorzieningen.toewijzen.models.beschikking import Beschikking

VERWIJDERD = "13"
HOOGSTE_NUMMER = 999_999_999


class RedenWijziging(models.TextChoices):
    """Why an allocation was changed (code list of the standard, without 01)."""

    OVERLEDEN = "02", _("died")
    CONTRACT = "03", _("contract changed")
    VERLENGING = "04", _("longer after reassessment")
    VERKORTING = "05", _("shorter after reassessment")
    ANDER_DOMEIN = "06", _("goes on under another law")
    VERHUIZING = "07", _("moved away")
    LEVERINGSVORM = "08", _("other form of delivery")
    ANDERE_AANBIEDER = "09", _("other provider")
    BEKOSTIGING = "10", _("new way of funding")
    HERINDELING = "11", _("merger of municipalities")
    AANBIEDER = "12", _("asked by the provider")
    VERWIJDERD = "13", _("removed")
    CORRECTIE = "14", _("administrative correction")


class Nummerreeks(models.Model):
    """The last number given in a series: allocations per law, others per year."""

    gemeente = models.CharField(max_length=6)
    reeks = models.CharField(max_length=20)
    laatste = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="toewijzen_nummerreeks_uniek", fields=["gemeente", "reeks"]
            )
        ]

    def __str__(self) -> str:
        return f"Nummerreeks {self.gemeente} {self.reeks}"


class Toewijzing(models.Model):
    """An allocation as it holds now; `eind` is the last day, `budget` in eurocents.

    `toegewezen_op` is the moment of the decision (the latest wins, a repeat keeps it),
    `voorziening` the kenmerk of the provision that figures rest on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    wet = models.CharField(max_length=20, choices=Wet)
    nummer = models.PositiveIntegerField()
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="toewijzingen"
    )
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="toewijzingen"
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    beschikking = models.ForeignKey(
        Beschikking,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="toewijzingen",
    )
    variant = models.CharField(max_length=12, choices=Variant)
    categorie = models.CharField(max_length=2, blank=True, default="", db_default="")
    code = models.CharField(max_length=5, blank=True, default="", db_default="")
    ingang = models.DateField()
    eind = models.DateField(null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)
    eenheid = models.CharField(
        max_length=2, choices=Eenheid, blank=True, default="", db_default=""
    )
    frequentie = models.CharField(
        max_length=1, choices=Frequentie, blank=True, default="", db_default=""
    )
    budget = models.BigIntegerField(null=True, blank=True)
    reden_wijziging = models.CharField(
        max_length=2, choices=RedenWijziging, blank=True, default="", db_default=""
    )
    referentie_aanbieder = models.CharField(
        max_length=36, blank=True, default="", db_default=""
    )
    commentaar = models.CharField(max_length=200, blank=True, default="", db_default="")
    toegewezen_op = models.DateTimeField(default=klok.now)
    toegewezen_door = models.BigIntegerField(null=True, editable=False)
    voorziening = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-ingang", "nummer"]
        indexes = [
            models.Index(fields=["persoon", "aanbieder"], name="toewijzen_wie_bij_wie"),
            models.Index(fields=["contract"], name="toewijzen_contract"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="toewijzen_toewijzing_nummer",
                fields=["gemeente", "wet", "nummer"],
            ),
            ExclusionConstraint(
                name="toewijzen_toewijzing_geen_stapeling",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("wet", RangeOperators.EQUAL),
                    ("persoon", RangeOperators.EQUAL),
                    ("aanbieder", RangeOperators.EQUAL),
                    ("categorie", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (Days("ingang", "eind"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(variant=Variant.GENERIEK) & ~Q(reden_wijziging=VERWIJDERD),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_wet",
                condition=Q(wet__in=WETTEN, nummer__gte=1, nummer__lte=HOOGSTE_NUMMER),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_variant",
                condition=Q(
                    variant=Variant.SPECIFIEK,
                    categorie__regex=CATEGORIE,
                    code__regex=CODE,
                    volume__isnull=False,
                    budget__isnull=True,
                )
                | Q(
                    variant=Variant.ASPECIFIEK,
                    categorie__regex=CATEGORIE,
                    code="",
                    volume__isnull=True,
                )
                | Q(
                    variant=Variant.GENERIEK,
                    categorie="",
                    code="",
                    volume__isnull=True,
                    budget__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_omvang",
                condition=Q(volume__isnull=True, eenheid="", frequentie="")
                | Q(
                    volume__gte=1,
                    volume__lte=99_999_999,
                    eenheid__in=Eenheid.values,
                    frequentie__in=Frequentie.values,
                ),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_niet_per_dag",
                condition=~Q(eenheid__in=NIET_PER_DAG)
                | ~Q(frequentie=Frequentie.DAG.value),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_met_einde",
                condition=Q(eind__isnull=False)
                | Q(budget__isnull=True) & ~Q(frequentie=Frequentie.WEEK.value),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_budget",
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_periode",
                condition=Q(eind__isnull=True) | Q(eind__gte=F("ingang")),
            ),
            models.CheckConstraint(
                name="toewijzen_toewijzing_reden",
                condition=Q(reden_wijziging__in=["", *RedenWijziging.values])
                & (~Q(reden_wijziging=VERWIJDERD) | Q(eind=F("ingang"))),
            ),
        ]

    def __str__(self) -> str:
        return f"Toewijzing {self.nummer}"

    @property
    def is_verwijderd(self) -> bool:
        """Whether it counts as if it never was."""
        return self.reden_wijziging == VERWIJDERD


class Toewijzingversie(models.Model):
    """An allocation as it was decided at one moment; written by a trigger only."""

    id = models.BigAutoField(primary_key=True)
    toewijzing = models.ForeignKey(
        Toewijzing, on_delete=models.PROTECT, related_name="versies"
    )
    volgnummer = models.PositiveIntegerField()
    beschikking = models.ForeignKey(
        Beschikking, on_delete=models.PROTECT, null=True, related_name="+"
    )
    eind = models.DateField(null=True)
    volume = models.PositiveIntegerField(null=True)
    budget = models.BigIntegerField(null=True)
    reden_wijziging = models.CharField(max_length=2)
    referentie_aanbieder = models.CharField(max_length=36)
    commentaar = models.CharField(max_length=200)
    toegewezen_op = models.DateTimeField()
    toegewezen_door = models.BigIntegerField(null=True)
    # The clock of the server, whatever moment `toegewezen_op` claims.
    vastgelegd_op = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["toewijzing", "volgnummer"]
        constraints = [
            models.UniqueConstraint(
                name="toewijzen_toewijzingversie_volgnummer",
                fields=["toewijzing", "volgnummer"],
            )
        ]

    def __str__(self) -> str:
        return f"Toewijzingversie {self.pk}"

    @property
    def reden(self) -> str:
        """Why it was changed, in words; empty for the first version."""
        if not self.reden_wijziging:
            return ""
        return str(RedenWijziging(self.reden_wijziging).label)
