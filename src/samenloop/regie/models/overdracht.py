"""Handing a case to another municipality: proposed first, sent after, kept always."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente
from samenloop.regie.models.casus import Casus


class Overdracht(models.Model):
    """A case goes to another municipality, with what may go along and no more.

    `meegegaan` and `gebleven` say in words and numbers what went and what stayed, and
    why; they hold nothing of anybody.
    """

    class Staat(models.TextChoices):
        """How far it is."""

        VOORGESTELD = "voorgesteld", _("proposed")
        VERZONDEN = "verzonden", _("sent")
        INGETROKKEN = "ingetrokken", _("called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    casus = models.ForeignKey(
        Casus, on_delete=models.CASCADE, related_name="overdrachten"
    )
    van = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    naar = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    reden = models.CharField(max_length=500)
    # On which day the family agreed to this transfer; without it no content goes.
    akkoord_op = models.DateField(null=True, blank=True)
    staat = models.CharField(
        max_length=12,
        choices=Staat,
        default=Staat.VOORGESTELD,
        db_default="voorgesteld",
    )
    voorgesteld_op = models.DateTimeField(default=klok.now)
    voorgesteld_door = models.BigIntegerField(null=True, editable=False)
    gedaan_op = models.DateTimeField(null=True, blank=True)
    gedaan_door = models.BigIntegerField(null=True, editable=False)
    # The case there; no more than its id and number is known here.
    nieuwe_casus = models.UUIDField(null=True, blank=True)
    nieuw_nummer = models.CharField(
        max_length=40, blank=True, default="", db_default=""
    )
    meegegaan = models.JSONField(default=list)
    gebleven = models.JSONField(default=list)

    class Meta:
        ordering = ["-voorgesteld_op", "id"]
        constraints = [
            models.UniqueConstraint(
                name="regie_overdracht_een_voorstel",
                fields=["casus"],
                condition=Q(staat="voorgesteld"),
            ),
            models.CheckConstraint(
                name="regie_overdracht_elders", condition=~Q(van=F("naar"))
            ),
            models.CheckConstraint(
                name="regie_overdracht_met_reden", condition=~Q(reden="")
            ),
            models.CheckConstraint(
                name="regie_overdracht_verzonden",
                condition=~Q(staat="verzonden") | Q(nieuwe_casus__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Overdracht {self.pk}"
