"""Terms that a municipality set, what it holds back, and what was destroyed.

The national terms are a file of this package (`termijnen`); here stands only what a
municipality decided itself. None of these tables names a person but Opschorting, and
that by an id.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Bewaarinstelling(models.Model):
    """A municipality confirms a term that the law leaves open, or sets its own.

    Rows are added, the last one counts: what was decided when stays to be seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6)
    code = models.CharField(max_length=10)
    duur = models.CharField(max_length=10)
    reden = models.TextField()
    vastgesteld_door = models.BigIntegerField()
    vastgesteld_op = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-vastgesteld_op"]
        constraints = [
            models.CheckConstraint(
                name="bewaren_instelling_duur",
                condition=Q(duur__regex=r"^P[0-9]{1,4}[YMD]$"),
            ),
            models.CheckConstraint(
                name="bewaren_instelling_reden", condition=~Q(reden="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.gemeente} {self.duur}"


class Opschorting(models.Model):
    """A legal hold: what concerns this person or record is not destroyed meanwhile."""

    class Grond(models.TextChoices):
        """Why it must be kept (B076)."""

        BEZWAAR = "bezwaar", _("objection or appeal")
        KLACHT = "klacht", _("complaint")
        AANSPRAKELIJKHEID = "aansprakelijkheid", _("liability")
        POLITIE = "politie", _("police investigation")
        ANDERS = "anders", _("another ground in law")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6)
    persoon = models.UUIDField(null=True, blank=True)
    onderwerp = models.CharField(max_length=80, blank=True, default="")
    grond = models.CharField(max_length=20, choices=Grond)
    reden = models.TextField()
    sinds = models.DateField()
    tot = models.DateField(null=True, blank=True)
    door = models.BigIntegerField()
    opgeheven_door = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-sinds"]
        constraints = [
            models.CheckConstraint(
                name="bewaren_opschorting_waarvan",
                condition=Q(persoon__isnull=False, onderwerp="")
                | (Q(persoon__isnull=True) & ~Q(onderwerp="")),
            ),
            models.CheckConstraint(
                name="bewaren_opschorting_grond",
                condition=Q(
                    grond__in=[
                        "bezwaar",
                        "klacht",
                        "aansprakelijkheid",
                        "politie",
                        "anders",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="bewaren_opschorting_reden", condition=~Q(reden="")
            ),
            models.CheckConstraint(
                name="bewaren_opschorting_tot",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("sinds")),
            ),
        ]

    def __str__(self) -> str:
        return f"Opschorting {self.pk}"


class Vernietiging(models.Model):
    """One run of the destroyer over one municipality, and its report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6)
    gestart_door = models.BigIntegerField(null=True, blank=True)
    begonnen_op = models.DateTimeField()
    geeindigd_op = models.DateTimeField(null=True, blank=True)
    te_doen = models.PositiveIntegerField(default=0)
    gedaan = models.PositiveIntegerField(default=0)
    stop_gevraagd = models.BooleanField(default=False)
    # {familie: {"dossiers": n, "opgeschort": n, "niet_voltooid": n,
    #   "rijen": {tabel: n}}}
    aantallen = models.JSONField(default=dict)

    class Meta:
        ordering = ["-begonnen_op"]

    def __str__(self) -> str:
        return f"Vernietiging {self.pk}"


class Grafsteen(models.Model):
    """That a record was destroyed: which, on what term, when. Nothing of what it held.

    It is written first and carried out next, so a process that dies between the two
    leaves work to finish and never a record that was destroyed without a trace.
    """

    volgnummer = models.BigAutoField(primary_key=True)
    familie = models.CharField(max_length=60)
    dossier = models.UUIDField()
    gemeente = models.CharField(max_length=6)
    termijn = models.CharField(max_length=10)
    vernietiging = models.ForeignKey(
        Vernietiging, on_delete=models.PROTECT, related_name="grafstenen"
    )
    besloten_op = models.DateTimeField(db_default=Now())
    voltooid_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["volgnummer"]
        constraints = [
            models.UniqueConstraint(
                name="bewaren_grafsteen_eenmaal", fields=["familie", "dossier"]
            )
        ]
        indexes = [
            models.Index(
                name="bewaren_grafsteen_open",
                fields=["volgnummer"],
                condition=Q(voltooid_op__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.familie}:{self.dossier}"
