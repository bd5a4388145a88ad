"""Files of signals, where each stands, and what became of each of its rows.

The content of a file holds personal data of many people at once, so it is unreadable at
rest and gone as soon as it was read in; of the rows only their number, reference, state
and kinds of fault stay, and those for two weeks. What must be accounted for later
stays: who read in which file, how many rows became what, and why a remarkable one went
on.
"""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samenloop.access.models import Organisatie
from samenloop.personen.models import Gemeente
from samenloop.signalen.bestand.indeling import LANGSTE_KENMERK, Veld
from samenloop.signalen.bestand.staten import EINDE, Staat
from samenloop.signalen.models import Signaal, Signaalsoort


class Kolomindeling(models.Model):
    """Which columns a source delivers, as somebody chose them before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.CASCADE)
    soort = models.ForeignKey(Signaalsoort, on_delete=models.CASCADE)
    kolommen = ArrayField(models.CharField(max_length=90))
    velden = ArrayField(models.CharField(max_length=20, blank=True, choices=Veld))
    aanleiding = models.CharField(max_length=500, blank=True, default="")
    bewaard_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signaalbestand_indeling_een",
                fields=["gemeente", "organisatie", "soort"],
            )
        ]

    def __str__(self) -> str:
        return f"indeling {self.pk}"


class InvoerbestandQuerySet(models.QuerySet["Invoerbestand"]):
    """Files, with or without what is in them."""

    def bare(self) -> Self:
        """Without the content: up to 20 MB that a step neither reads nor writes.

        Saving writes only what was read, or set since.
        """
        return self.defer("inhoud", "foute_rijen")


class Invoerbestand(models.Model):
    """One file that was offered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT)
    soort = models.ForeignKey(Signaalsoort, on_delete=models.PROTECT)
    naam = models.CharField(max_length=120)
    vingerafdruk = models.CharField(max_length=64)
    inhoud = models.BinaryField(null=True)
    codering = models.CharField(max_length=20)
    scheiding = models.CharField(max_length=1, blank=True, default="")
    kolommen = ArrayField(models.CharField(max_length=90))
    velden = ArrayField(
        models.CharField(max_length=20, blank=True, choices=Veld), default=list
    )
    aanleiding = models.CharField(max_length=500, blank=True, default="")
    staat = models.CharField(max_length=12, choices=Staat, default=Staat.GELADEN)
    aantal = models.PositiveIntegerField(default=0)
    nieuw = models.PositiveIntegerField(default=0)
    dubbel = models.PositiveIntegerField(default=0)
    fout = models.PositiveIntegerField(default=0)
    verwerkt = models.PositiveIntegerField(default=0)
    bekend = models.PositiveIntegerField(default=0)
    onbekend = models.PositiveIntegerField(default=0)
    zonder_bsn = models.PositiveIntegerField(default=0)
    opvallend = models.JSONField(default=list)
    geladen_door = models.BigIntegerField()  # account
    geladen_op = models.DateTimeField()
    bevestigd_door = models.BigIntegerField(null=True)  # account
    bevestigd_op = models.DateTimeField(null=True)
    bevestigd_reden = models.CharField(max_length=500, blank=True, default="")
    klaar_op = models.DateTimeField(null=True)
    foute_rijen = models.BinaryField(null=True)

    objects = InvoerbestandQuerySet.as_manager()

    class Meta:
        ordering = ["-geladen_op"]
        constraints = [
            models.CheckConstraint(
                name="signaalbestand_bestand_staat", condition=Q(staat__in=Staat.values)
            ),
            # No row lost: what was in the file is new, double, faulty or read in.
            models.CheckConstraint(
                name="signaalbestand_bestand_aantal",
                condition=Q(staat__in=[Staat.GELADEN, Staat.KEUREN, Staat.AFGEBROKEN])
                | Q(aantal=F("nieuw") + F("dubbel") + F("fout") + F("verwerkt")),
            ),
            models.CheckConstraint(
                name="signaalbestand_bestand_inhoud",
                condition=Q(staat__in=sorted(EINDE), inhoud=None)
                | (~Q(staat__in=sorted(EINDE)) & Q(inhoud__isnull=False)),
            ),
            models.CheckConstraint(
                name="signaalbestand_bestand_klaar",
                condition=~Q(staat=Staat.KLAAR) | Q(nieuw=0, klaar_op__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="signaalbestand_bestand_lijst", fields=["gemeente", "-geladen_op"]
            )
        ]

    def __str__(self) -> str:
        return f"invoerbestand {self.pk}"


class Invoerregel(models.Model):
    """What became of one row; never what was in it."""

    class Staat(models.TextChoices):
        """What a row is."""

        NIEUW = "nieuw"
        DUBBEL = "dubbel"
        FOUT = "fout"
        VERWERKT = "verwerkt"

    id = models.BigAutoField(primary_key=True)
    bestand = models.ForeignKey(
        Invoerbestand, on_delete=models.CASCADE, related_name="regels"
    )
    nummer = models.PositiveIntegerField()
    kenmerk = models.CharField(max_length=LANGSTE_KENMERK, blank=True, default="")
    staat = models.CharField(max_length=10, choices=Staat)
    fouten = models.JSONField(default=list)
    signaal = models.ForeignKey(
        Signaal, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["bestand", "nummer"]
        constraints = [
            models.UniqueConstraint(
                name="signaalbestand_regel_een", fields=["bestand", "nummer"]
            ),
            models.CheckConstraint(
                name="signaalbestand_regel_staat",
                condition=Q(staat__in=["nieuw", "dubbel", "fout", "verwerkt"]),
            ),
            models.CheckConstraint(
                name="signaalbestand_regel_fouten",
                condition=Q(staat="fout") & ~Q(fouten=[])
                | ~Q(staat="fout") & Q(fouten=[]),
            ),
        ]
        indexes = [
            models.Index(
                name="signaalbestand_regel_nog",
                fields=["bestand", "nummer"],
                condition=Q(staat="nieuw"),
            )
        ]

    def __str__(self) -> str:
        return f"invoerregel {self.nummer}"
