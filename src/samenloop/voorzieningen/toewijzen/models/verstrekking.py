"""What is granted outside the messages with providers: budgets and own contributions.

Both are reported to others (the SVB for a budget, the CAK for a contribution). What was
handed over, in what format and whether that format is confirmed, stands in `Uitvoer`;
the content is made when it is asked for and not kept a second time.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.inkoop.codes import WETTEN
from samenloop.voorzieningen.inkoop.models import CATEGORIE, Days
from samenloop.voorzieningen.models import Product, Wet
from samenloop.voorzieningen.toewijzen.models.beschikking import Beschikking


class Pgb(models.Model):
    """A personal budget or an allowance in money, in eurocents for the whole period.

    While it runs no provider is allocated the same product (OP043); a trigger holds
    this from both sides. An empty code means the whole category.
    """

    class Soort(models.TextChoices):
        """What kind of money it is."""

        PGB = "pgb", _("personal budget")
        FINANCIEEL = "financieel", _("financial allowance")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    wet = models.CharField(max_length=20, choices=Wet)
    soort = models.CharField(
        max_length=10, choices=Soort, default=Soort.PGB, db_default=Soort.PGB
    )
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="pgbs")
    beschikking = models.ForeignKey(
        Beschikking, on_delete=models.PROTECT, related_name="pgbs"
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    categorie = models.CharField(max_length=2)
    code = models.CharField(max_length=5, blank=True, default="", db_default="")
    ingang = models.DateField()
    eind = models.DateField()
    budget = models.BigIntegerField()
    beeindigd_op = models.DateField(null=True, blank=True)
    reden_einde = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    voorziening = models.UUIDField(null=True, blank=True, editable=False)
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-ingang", "id"]
        constraints = [
            models.CheckConstraint(
                name="toewijzen_pgb_gevuld",
                condition=Q(wet__in=WETTEN, categorie__regex=CATEGORIE, budget__gt=0),
            ),
            models.CheckConstraint(
                name="toewijzen_pgb_periode", condition=Q(eind__gte=F("ingang"))
            ),
        ]

    def __str__(self) -> str:
        return f"Pgb {self.pk}"

    @property
    def is_ingetrokken(self) -> bool:
        """Whether it was withdrawn from its first day on, as if it never was."""
        return self.beeindigd_op is not None and self.beeindigd_op < self.ingang


class EigenBijdrage(models.Model):
    """The own contribution of one person under the Wmo, from a day to a day.

    Reported at the level of the person: whatever number of provisions, it runs once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="eigen_bijdragen"
    )
    ingang = models.DateField()
    eind = models.DateField(null=True, blank=True)
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-ingang", "id"]
        constraints = [
            ExclusionConstraint(
                name="toewijzen_eigenbijdrage_een_tegelijk",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("persoon", RangeOperators.EQUAL),
                    (Days("ingang", "eind"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="toewijzen_eigenbijdrage_periode",
                condition=Q(eind__isnull=True) | Q(eind__gte=F("ingang")),
            ),
        ]

    def __str__(self) -> str:
        return f"EigenBijdrage {self.pk}"


class Uitvoersoort(models.TextChoices):
    """What is told to whom."""

    CAK_START = "cak_start", _("own contribution starts (CAK)")
    CAK_STOP = "cak_stop", _("own contribution stops (CAK)")
    PGB_TOEKENNING = "pgb_toekenning", _("budget granted (SVB)")
    PGB_EINDE = "pgb_einde", _("budget ended (SVB)")


class Uitvoer(models.Model):
    """Something that must be told to another body, and whether that was done.

    `bevestigd` says that the format is an official one that was loaded; until then each
    file is marked as unconfirmed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(max_length=16, choices=Uitvoersoort)
    # The contribution or the budget it is about, and the day it is about.
    onderwerp = models.UUIDField()
    datum = models.DateField()
    uiterlijk = models.DateField(null=True, blank=True)
    ontstaan_op = models.DateTimeField(default=klok.now, editable=False)
    formaat = models.CharField(max_length=40, blank=True, default="", db_default="")
    bevestigd = models.BooleanField(default=False, db_default=False)
    uitgevoerd_op = models.DateTimeField(null=True, blank=True)
    uitgevoerd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["uitgevoerd_op", "ontstaan_op", "id"]
        indexes = [
            models.Index(
                fields=["gemeente", "soort"],
                name="toewijzen_uitvoer_open",
                condition=Q(uitgevoerd_op__isnull=True),
            )
        ]
        constraints = [
            # A contribution starts once and stops once, however often one looks.
            models.UniqueConstraint(
                name="toewijzen_uitvoer_cak_een_keer",
                fields=["onderwerp", "soort"],
                condition=Q(soort__in=["cak_start", "cak_stop"]),
            )
        ]

    def __str__(self) -> str:
        return f"Uitvoer {self.pk}"
