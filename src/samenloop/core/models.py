"""What happened, for whoever must act on it later.

A Gebeurtenis is written in the transaction of the fact itself, together with one
Afhandeling for each handler that wants it: so a fact is never lost between two steps,
and none is handled that did not happen. Ids only, no personal data.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Gebeurtenis(models.Model):
    """One thing that happened; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    soort = models.CharField(max_length=60)
    onderwerp = models.UUIDField()
    # CBS code; empty is an event of the system itself, handled without a border.
    gemeente = models.CharField(max_length=6, blank=True, default="")
    vastgelegd_op = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_gebeurtenis_soort", condition=~Q(soort="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.pk}"


class Staat(models.TextChoices):
    """How far a handler is with an event."""

    OPEN = "open", "open"
    KLAAR = "klaar", "klaar"
    MISLUKT = "mislukt", "mislukt"


class Afhandeling(models.Model):
    """One handler and one event: to be done, done, or given up after many tries."""

    gebeurtenis = models.ForeignKey(
        Gebeurtenis, on_delete=models.CASCADE, related_name="afhandelingen"
    )
    afhandelaar = models.CharField(max_length=120)
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.OPEN)
    pogingen = models.PositiveSmallIntegerField(default=0)
    niet_voor = models.DateTimeField()
    afgehandeld_op = models.DateTimeField(null=True, blank=True)
    # The kind of error, never its text: that could hold somebody's data.
    fout = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="core_afhandeling_eenmaal", fields=["gebeurtenis", "afhandelaar"]
            ),
            models.CheckConstraint(
                name="core_afhandeling_staat", condition=Q(staat__in=Staat.values)
            ),
            models.CheckConstraint(
                name="core_afhandeling_klaar",
                condition=Q(staat=Staat.OPEN) | Q(afgehandeld_op__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="core_afhandeling_open",
                fields=["niet_voor", "id"],
                condition=Q(staat=Staat.OPEN),
            )
        ]

    def __str__(self) -> str:
        return f"{self.afhandelaar} {self.gebeurtenis_id}"
