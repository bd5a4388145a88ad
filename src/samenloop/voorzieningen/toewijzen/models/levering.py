"""What providers report of the care they give: that it began, and that it ended."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.inkoop.codes import WETTEN
from samenloop.voorzieningen.inkoop.models import Days
from samenloop.voorzieningen.models import Aanbieder, Wet
from samenloop.voorzieningen.toewijzen.models.toewijzing import Toewijzing

TIJDELIJK = "20"  # in both laws


class Zorglevering(models.Model):
    """Care that is, or was, given; without allocation where tasks were contracted.

    `reden_einde` is the code of the standard (its meaning differs per law). A report
    that was taken back leaves the row, marked with `vervallen_op`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    wet = models.CharField(max_length=20, choices=Wet)
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="zorgleveringen"
    )
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="zorgleveringen"
    )
    toewijzing = models.ForeignKey(
        Toewijzing,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leveringen",
    )
    categorie = models.CharField(max_length=2, blank=True, default="", db_default="")
    code = models.CharField(max_length=5, blank=True, default="", db_default="")
    begin = models.DateField()
    eind = models.DateField(null=True, blank=True)
    reden_einde = models.CharField(max_length=2, blank=True, default="", db_default="")
    vervallen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begin", "id"]
        indexes = [
            models.Index(
                fields=["persoon", "aanbieder"], name="toewijzen_levering_bij_wie"
            )
        ]
        constraints = [
            ExclusionConstraint(
                name="toewijzen_zorglevering_een_tegelijk",
                expressions=[
                    ("toewijzing", RangeOperators.EQUAL),
                    ("categorie", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (Days("begin", "eind"), RangeOperators.OVERLAPS),
                ],
                condition=Q(vervallen_op__isnull=True, toewijzing__isnull=False),
            ),
            models.CheckConstraint(
                name="toewijzen_zorglevering_wet", condition=Q(wet__in=WETTEN)
            ),
            models.CheckConstraint(
                name="toewijzen_zorglevering_einde",
                condition=Q(eind__isnull=True, reden_einde="")
                | Q(eind__gte=F("begin")) & ~Q(reden_einde=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Zorglevering {self.pk}"

    @property
    def is_tijdelijk_gestopt(self) -> bool:
        """Whether it stands still and may go on, or end for good."""
        return self.reden_einde == TIJDELIJK


class Meldingsoort(models.TextChoices):
    """What a provider said."""

    START = "start", _("care began")
    STOP = "stop", _("care ended")
    START_INGETROKKEN = "start_weg", _("start taken back")
    STOP_INGETROKKEN = "stop_weg", _("stop taken back")


class Leveringsmelding(models.Model):
    """One report about a delivery, as it came; added to, never changed."""

    id = models.BigAutoField(primary_key=True)
    zorglevering = models.ForeignKey(
        Zorglevering, on_delete=models.PROTECT, related_name="meldingen"
    )
    soort = models.CharField(max_length=10, choices=Meldingsoort)
    datum = models.DateField()
    reden = models.CharField(max_length=2, blank=True, default="", db_default="")
    ontvangen_op = models.DateTimeField(default=klok.now)
    # The message it came in, or empty when somebody entered it here.
    bericht = models.UUIDField(null=True, blank=True)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Leveringsmelding {self.pk}"
