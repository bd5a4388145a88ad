"""Measurements of self-sufficiency, and the instruments to measure with, as data.

An instrument has domains and levels and is of one version; another version is another
instrument, so a score never changes meaning afterwards. National instruments have no
municipality; a municipality can add its own. A measurement does not change: whoever
sees a mistake makes a new one that says which it corrects.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.plannen.models import Dossier


class Meetinstrument(models.Model):
    """An instrument in one version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Empty: for every municipality.
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.SlugField(max_length=40)
    versie = models.PositiveSmallIntegerField(default=1)
    naam = models.CharField(max_length=120)
    uitleg = models.TextField(max_length=4000, blank=True, default="", db_default="")
    # Whether new measurements are made with it; older ones stay readable.
    actief = models.BooleanField(default=True, db_default=True)
    gemaakt_op = models.DateTimeField(default=klok.now, editable=False)
    gemaakt_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["naam", "-versie", "id"]
        constraints = [
            models.UniqueConstraint(
                name="metingen_instrument_versie",
                fields=["gemeente", "code", "versie"],
                nulls_distinct=False,
            ),
            # Of each instrument one version is in use.
            models.UniqueConstraint(
                name="metingen_instrument_actief",
                fields=["gemeente", "code"],
                condition=Q(actief=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.versie})"


class Meetdomein(models.Model):
    """An area of life that the instrument asks about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(
        Meetinstrument, on_delete=models.CASCADE, related_name="domeinen"
    )
    code = models.SlugField(max_length=40)
    naam = models.CharField(max_length=120)
    vraag = models.CharField(max_length=500, blank=True, default="", db_default="")
    orde = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["orde", "id"]
        constraints = [
            models.UniqueConstraint(
                name="metingen_domein_code", fields=["instrument", "code"]
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Meetniveau(models.Model):
    """A level; with a domain it says what the level means there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instrument = models.ForeignKey(
        Meetinstrument, on_delete=models.CASCADE, related_name="niveaus"
    )
    domein = models.ForeignKey(
        Meetdomein, on_delete=models.CASCADE, null=True, blank=True,
        related_name="niveaus",
    )  # fmt: skip
    niveau = models.PositiveSmallIntegerField()
    naam = models.CharField(max_length=120, blank=True, default="", db_default="")
    omschrijving = models.CharField(
        max_length=500, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["niveau", "id"]
        constraints = [
            models.UniqueConstraint(
                name="metingen_niveau_een",
                fields=["instrument", "domein", "niveau"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="metingen_niveau_waarde", condition=Q(niveau__range=(1, 10))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.niveau} {self.naam}".strip()


class Meting(models.Model):
    """Somebody was measured on a day, with an instrument, by and with someone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="metingen"
    )
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(
        Meetinstrument, on_delete=models.PROTECT, related_name="+"
    )
    op = models.DateField()
    door = models.BigIntegerField(null=True, editable=False)
    # With whom, in own words: with Marieke and her mother.
    met_wie = models.CharField(max_length=200, blank=True, default="", db_default="")
    # The measurement in whose place this one comes, and what was wrong with that.
    corrigeert = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True,
        related_name="correctie",
    )  # fmt: skip
    reden = models.CharField(max_length=300, blank=True, default="", db_default="")
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)

    class Meta:
        ordering = ["op", "vastgelegd_op", "id"]
        indexes = [
            models.Index(
                fields=["dossier", "persoon", "op"], name="metingen_meting_verloop"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="metingen_meting_reden",
                condition=Q(corrigeert__isnull=True) | ~Q(reden=""),
            ),
            models.CheckConstraint(
                name="metingen_meting_niet_zichzelf",
                condition=Q(corrigeert__isnull=True) | ~Q(corrigeert=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"Meting {self.pk}"


class Meetscore(models.Model):
    """The level on one domain, with what was said about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meting = models.ForeignKey(Meting, on_delete=models.CASCADE, related_name="scores")
    domein = models.ForeignKey(Meetdomein, on_delete=models.PROTECT, related_name="+")
    niveau = models.PositiveSmallIntegerField()
    toelichting = models.CharField(
        max_length=1000, blank=True, default="", db_default=""
    )

    class Meta:
        ordering = ["domein__orde", "id"]
        constraints = [
            models.UniqueConstraint(
                name="metingen_score_een", fields=["meting", "domein"]
            ),
            models.CheckConstraint(
                name="metingen_score_waarde", condition=Q(niveau__range=(1, 10))
            ),
        ]

    def __str__(self) -> str:
        return f"Meetscore {self.pk}"


class Meetconcept(models.Model):
    """What somebody filled in so far; gone when it was recorded or left too long."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    persoon = models.ForeignKey(Persoon, on_delete=models.CASCADE, related_name="+")
    instrument = models.ForeignKey(
        Meetinstrument, on_delete=models.CASCADE, related_name="+"
    )
    account = models.BigIntegerField()
    inhoud = models.JSONField(default=dict)
    bewaard_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="metingen_concept_een",
                fields=["dossier", "persoon", "instrument", "account"],
            )
        ]

    def __str__(self) -> str:
        return f"Meetconcept {self.pk}"
