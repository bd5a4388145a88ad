"""People who share work, for how many hours, and who takes over while one is away."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from samenloop.personen.models import Gemeente


class Team(models.Model):
    """People who share work in a municipality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    naam = models.CharField(max_length=100)
    actief = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint("gemeente", "naam", name="regie_team_naam"),
            models.CheckConstraint(name="regie_team_met_naam", condition=~Q(naam="")),
        ]

    def __str__(self) -> str:
        return self.naam


class Teamlid(models.Model):
    """An account belongs to a team in a period, for so many hours a week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="leden")
    account = models.BigIntegerField()
    leidt = models.BooleanField(default=False, db_default=False)
    uren = models.DecimalField(max_digits=4, decimal_places=1, default=36)
    geldig = DateRangeField()

    class Meta:
        ordering = ["team", "account"]
        indexes = [models.Index(fields=["account"], name="regie_teamlid_account")]
        constraints = [
            ExclusionConstraint(
                name="regie_teamlid_een_tegelijk",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="regie_teamlid_uren", condition=Q(uren__gte=0, uren__lte=60)
            ),
        ]

    def __str__(self) -> str:
        return f"Teamlid {self.pk}"


class Afwezigheid(models.Model):
    """Somebody is away, and who takes over meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    account = models.BigIntegerField()
    vervanger = models.BigIntegerField(null=True, blank=True)
    geldig = DateRangeField()
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-geldig", "id"]
        constraints = [
            models.CheckConstraint(
                name="regie_afwezigheid_ander",
                condition=Q(vervanger__isnull=True) | ~Q(vervanger=F("account")),
            ),
            ExclusionConstraint(
                name="regie_afwezigheid_een_tegelijk",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"Afwezigheid {self.pk}"
