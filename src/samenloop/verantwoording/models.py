"""What is kept of deliveries and releases, and never changes afterwards.

A `Levering` is one delivery as it was checked, with the rows that were refused (where
they stood and why, never what stood in them: that stays with the deliverer). An
`Uitgave` is one release of the monitor: the outcome itself, its files, and what it
rests on. The database refuses every UPDATE and DELETE on these tables, whoever asks;
a correction is a new row.
"""

import re

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from samenloop.monitor.uitkomst import Kwartaal, Status

KWARTAAL = r"^[0-9]{4}Q[1-4]$"
SHA256 = r"^[0-9a-f]{64}$"


class Levering(models.Model):
    """One delivery (or several together) and the outcome of its check."""

    class Oordeel(models.TextChoices):
        """What the check came to."""

        AANVAARD = "aanvaard", "accepted"
        GEPAUZEERD = "gepauzeerd", "paused: too many rows refused"
        AFGEWEZEN = "afgewezen", "refused: cannot be used"

    afzender = models.CharField(max_length=200)
    ontvangen_op = models.DateTimeField(default=timezone.now)
    regio = models.CharField(max_length=200)
    kwartaal = models.CharField(max_length=6)
    status = models.CharField(max_length=10, choices=Oordeel.choices)
    melding = models.TextField(blank=True)  # why paused or refused, in Dutch
    invoer = models.JSONField(default=dict)  # file -> sha256
    tellingen = models.JSONField(default=list)  # per file: gelezen aanvaard afgekeurd
    afkeur = models.JSONField(default=list)  # per rule: how often, and what it says

    class Meta:
        ordering = ["-ontvangen_op", "-id"]
        constraints = [
            CheckConstraint(
                condition=Q(status__in=["aanvaard", "gepauzeerd", "afgewezen"]),
                name="levering_status",
            ),
            CheckConstraint(
                condition=Q(kwartaal__regex=KWARTAAL), name="levering_kwartaal"
            ),
            CheckConstraint(
                condition=Q(status="aanvaard") | ~Q(melding=""),
                name="levering_zegt_waarom_niet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.afzender} {self.kwartaal} ({self.status})"

    @property
    def afgekeurd(self) -> int:
        """Number of refused rows."""
        return sum(int(telling["afgekeurd"]) for telling in self.tellingen)

    @property
    def gelezen(self) -> int:
        """Number of rows read."""
        return sum(int(telling["gelezen"]) for telling in self.tellingen)


class AfgekeurdeRegel(models.Model):
    """Where a refused row stood and which rule refused it; not what stood in it."""

    levering = models.ForeignKey(
        Levering, on_delete=models.PROTECT, related_name="afgekeurde_regels"
    )
    bestand = models.CharField(max_length=200)
    regelnummer = models.BigIntegerField()
    kolom = models.CharField(max_length=200, blank=True)
    regel = models.CharField(max_length=100)
    melding = models.TextField()

    class Meta:
        ordering = ["bestand", "regelnummer", "kolom", "regel"]
        constraints = [
            CheckConstraint(
                condition=Q(regelnummer__gte=0), name="afgekeurde_regel_nummer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bestand}:{self.regelnummer} {self.kolom} {self.regel}"


class Uitgave(models.Model):
    """One release of the figures of a region over a quarter, as it was made."""

    regio = models.CharField(max_length=200)  # code of the region, or its name
    kwartaal = models.CharField(max_length=6)
    revisie = models.PositiveIntegerField()  # 1 is the first
    status = models.CharField(
        max_length=10, choices=[(status.value, status.value) for status in Status]
    )
    gemaakt_op = models.DateTimeField(default=timezone.now)
    bekend_op = models.DateField(null=True, blank=True)  # None: everything known then
    levering = models.ForeignKey(
        Levering, on_delete=models.PROTECT, related_name="uitgaven"
    )
    invoer = models.JSONField()  # file -> sha256 of what the figures rest on
    inhoud = models.TextField()  # the outcome (`Monitor`) as JSON, byte for byte
    sha256 = models.CharField(max_length=64)  # of `inhoud` as UTF-8
    reden = models.TextField(blank=True)  # why there is another revision
    wijzigingen = models.JSONField(default=list)  # tabel, dimensies, was, wordt

    class Meta:
        ordering = ["regio", "-kwartaal", "-revisie"]
        constraints = [
            UniqueConstraint(
                fields=["regio", "kwartaal", "revisie"], name="uitgave_eenmaal"
            ),
            CheckConstraint(condition=Q(revisie__gte=1), name="uitgave_revisie"),
            CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]),
                name="uitgave_status",
            ),
            CheckConstraint(
                condition=Q(kwartaal__regex=KWARTAAL), name="uitgave_kwartaal"
            ),
            CheckConstraint(condition=~Q(regio=""), name="uitgave_regio"),
            CheckConstraint(condition=Q(sha256__regex=SHA256), name="uitgave_sha256"),
            CheckConstraint(
                condition=Q(revisie=1) | ~Q(reden=""), name="uitgave_reden_bij_revisie"
            ),
            CheckConstraint(
                condition=Q(revisie__gt=1) | Q(wijzigingen=[]),
                name="uitgave_eerste_wijzigt_niets",
            ),
            CheckConstraint(
                condition=Q(revisie=1) | ~Q(status="voorlopig"),
                name="uitgave_revisie_is_niet_voorlopig",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regio} {self.kwartaal} revisie {self.revisie} ({self.status})"

    @property
    def periode(self) -> Kwartaal:
        """The quarter as a value."""
        return Kwartaal.lees(self.kwartaal)


class Uitgavebestand(models.Model):
    """One file of a release, such as `nl/monitor.pdf`, byte for byte."""

    uitgave = models.ForeignKey(
        Uitgave, on_delete=models.PROTECT, related_name="bestanden"
    )
    naam = models.CharField(max_length=200)
    soort = models.CharField(max_length=100)  # media type
    inhoud = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["naam"]
        constraints = [
            UniqueConstraint(fields=["uitgave", "naam"], name="bestand_eenmaal"),
            CheckConstraint(condition=Q(sha256__regex=SHA256), name="bestand_sha256"),
            CheckConstraint(
                condition=Q(naam__regex=r"^[a-z]{2}(/[a-z0-9][a-z0-9.-]*)+$"),
                name="bestand_naam_blijft_binnen",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def kale_naam(self) -> str:
        """Name without folders, for a download."""
        return re.sub(r".*/", "", self.naam)
