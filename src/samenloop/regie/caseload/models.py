"""How heavy a case weighs, what a worker can carry, and when is looked again.

Weights are of work, never of people: they say how much time a case asks of who directs
it. A planned reassessment starts on its own day, well before the decision ends; the
decision itself is never touched here.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.regie.models import Casus
from samenloop.regie.termijnen.models import Termijn


class Zwaarte(models.TextChoices):
    """How much work a case asks."""

    LICHT = "licht", _("light")
    GEWOON = "gewoon", _("normal")
    ZWAAR = "zwaar", _("heavy")


class Casuszwaarte(models.Model):
    """Somebody said how much work a case asks; without it, its type says so."""

    casus = models.OneToOneField(
        Casus, on_delete=models.CASCADE, primary_key=True, related_name="zwaarte"
    )
    zwaarte = models.CharField(max_length=10, choices=Zwaarte)
    op = models.DateTimeField(default=klok.now)
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="caseload_zwaarte_soort", condition=Q(zwaarte__in=Zwaarte.values)
            )
        ]

    def __str__(self) -> str:
        return f"Casuszwaarte {self.pk}"


class Caseloadnorm(models.Model):
    """Points per weight, and how many points go in a full week of 36 hours."""

    gemeente = models.OneToOneField(
        Gemeente, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    licht = models.PositiveSmallIntegerField(default=1, db_default=1)
    gewoon = models.PositiveSmallIntegerField(default=2, db_default=2)
    zwaar = models.PositiveSmallIntegerField(default=4, db_default=4)
    ruimte = models.PositiveSmallIntegerField(default=40, db_default=40)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="caseload_norm_oplopend",
                condition=Q(licht__gte=1)
                & Q(gewoon__gte=F("licht"))
                & Q(zwaar__gte=F("gewoon"))
                & Q(ruimte__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"Caseloadnorm {self.pk}"


class Herindicatieplanning(models.Model):
    """When is looked again at a provision that ends, by a plan that somebody accepted.

    `voorziening` is the mark of the provision (`kenmerk`), whatever version holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    voorziening = models.UUIDField()
    betrokkene = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="+")
    casus = models.ForeignKey(
        Casus,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="herindicaties",
    )
    termijn = models.ForeignKey(
        Termijn, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    einddatum = models.DateField()
    # The day without spreading, and the day that was chosen.
    eerst = models.DateField()
    start = models.DateField()
    besloten_op = models.DateTimeField(default=klok.now, editable=False)
    besloten_door = models.BigIntegerField(null=True, editable=False)
    vervallen_op = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["start", "id"]
        indexes = [
            models.Index(
                fields=["gemeente", "start"], name="caseload_herindicatie_start"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="caseload_herindicatie_een_keer",
                fields=["voorziening"],
                condition=Q(vervallen_op__isnull=True),
            ),
            models.CheckConstraint(
                name="caseload_herindicatie_voor_einde",
                condition=Q(start__lt=F("einddatum")),
            ),
        ]

    def __str__(self) -> str:
        return f"Herindicatieplanning {self.pk}"
