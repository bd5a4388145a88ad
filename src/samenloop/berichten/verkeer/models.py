"""Messages that came and went, and by which way.

A message is one row, whatever became of it; what is in it stands apart and unreadable
at rest, because it holds all that a provider may know of a client. One row for each
message of a sender (kind and identification) is a rule of the table itself: whoever
dies halfway and begins again cannot handle a message twice.
"""

import uuid

from django.db import models
from django.db.models import Q

from samenloop.access.koppelingen.models import Koppeling
from samenloop.berichten.verkeer.staten import (
    INKOMEND,
    UITGAAND,
    ZONDER_EIGEN_NUMMER,
    Richting,
    Staat,
)
from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.models import Aanbieder

NIVEAUS = (1, 2, 3, 4)


class Aansluiting(models.Model):
    """The way over which a municipality exchanges messages; one at a time.

    `fout` is a word for what went wrong last, never a text of somebody else.
    """

    class Soort(models.TextChoices):
        """How messages travel."""

        MAP = "map", "map met bestanden"
        HTTP = "http", "API"

    class Envelop(models.TextChoices):
        """What a message is wrapped in."""

        GEEN = "geen", "geen, het bericht zelf"
        GGK = "ggk", "GGk (StUF 3.01)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.OneToOneField(Gemeente, on_delete=models.PROTECT)
    soort = models.CharField(max_length=4, choices=Soort, default=Soort.MAP)
    envelop = models.CharField(max_length=4, choices=Envelop, default=Envelop.GEEN)
    # Below the folder of this installation; never a path of elsewhere.
    map = models.CharField(max_length=60, blank=True, default="")
    koppeling = models.ForeignKey(
        Koppeling, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aan = models.BooleanField(default=True)
    laatst_gelukt_op = models.DateTimeField(null=True, blank=True)
    fout = models.CharField(max_length=60, blank=True, default="")
    pogingen = models.PositiveSmallIntegerField(default=0)
    niet_voor = models.DateTimeField(null=True, blank=True)
    gewijzigd_door = models.BigIntegerField(null=True, blank=True)  # account
    gewijzigd_op = models.DateTimeField(default=klok.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verkeer_aansluiting_soort",
                condition=Q(soort="map", koppeling=None, map__regex=r"^[a-z0-9-]+$")
                | Q(soort="http", map="", koppeling__isnull=False),
            ),
            models.CheckConstraint(
                name="verkeer_aansluiting_envelop",
                condition=Q(envelop__in=["geen", "ggk"]),
            ),
        ]

    def __str__(self) -> str:
        return f"aansluiting {self.pk}"


class Ketenbericht(models.Model):
    """One message, in or out.

    `antwoord_voor` is the day before which the other side (out) or we (in) must have
    answered; an answer in between (in onderzoek) moves it on. `wacht_tot` is how long a
    message may wait for one that belongs before it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    richting = models.CharField(max_length=3, choices=Richting)
    soort = models.CharField(max_length=6, blank=True, default="")
    afzender = models.CharField(max_length=8, blank=True, default="")
    ontvanger = models.CharField(max_length=8, blank=True, default="")
    identificatie = models.CharField(max_length=12, blank=True, default="")
    dagtekening = models.DateField(null=True, blank=True)
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    staat = models.CharField(max_length=13, choices=Staat)
    reden = models.CharField(max_length=300, blank=True, default="")
    vastgelegd_op = models.DateTimeField()
    verwerkt_op = models.DateTimeField(null=True, blank=True)
    verzonden_op = models.DateTimeField(null=True, blank=True)
    keren_verzonden = models.PositiveSmallIntegerField(default=0)
    antwoord_op = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="antwoorden",
    )
    dubbel_van = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="dubbelen"
    )
    vervangt = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    antwoord_voor = models.DateField(null=True, blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    wacht_tot = models.DateTimeField(null=True, blank=True)
    mist_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_door = models.BigIntegerField(null=True, blank=True)  # account
    vingerafdruk = models.CharField(max_length=64)
    omvang = models.PositiveIntegerField()
    bestandsnaam = models.CharField(max_length=255, blank=True, default="")
    ggk_referentie = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "verkeer_bericht"
        ordering = ["-vastgelegd_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="verkeer_bericht_een_keer",
                fields=["gemeente", "richting", "afzender", "soort", "identificatie"],
                condition=~Q(identificatie="")
                & ~Q(staat__in=sorted(ZONDER_EIGEN_NUMMER)),
            ),
            # A message is answered once with each kind of answer.
            models.UniqueConstraint(
                name="verkeer_bericht_een_retour",
                fields=["antwoord_op", "soort"],
                condition=Q(richting="uit", antwoord_op__isnull=False)
                & ~Q(soort__in=["WMO301", "JW301", "WMO319", "JW319"])
                & ~Q(staat=Staat.VERVANGEN),
            ),
            models.CheckConstraint(
                name="verkeer_bericht_staat",
                condition=Q(richting="in", staat__in=sorted(INKOMEND))
                | Q(richting="uit", staat__in=sorted(UITGAAND)),
            ),
            models.CheckConstraint(
                name="verkeer_bericht_verzonden",
                condition=~Q(staat__in=[Staat.VERZONDEN, Staat.BEVESTIGD])
                | Q(verzonden_op__isnull=False),
            ),
            models.CheckConstraint(
                name="verkeer_bericht_wacht",
                condition=~Q(staat=Staat.WACHT) | Q(wacht_tot__isnull=False),
            ),
            models.CheckConstraint(
                name="verkeer_bericht_reden",
                condition=~Q(staat__in=[Staat.APART, Staat.WEGGELEGD]) | ~Q(reden=""),
            ),
            models.CheckConstraint(
                name="verkeer_bericht_dubbel",
                condition=~Q(staat=Staat.DUBBEL) | Q(dubbel_van__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="verkeer_bericht_lijst", fields=["gemeente", "-vastgelegd_op"]
            ),
            models.Index(
                name="verkeer_bericht_open",
                fields=["gemeente", "antwoord_voor"],
                condition=Q(beantwoord_op=None, antwoord_voor__isnull=False),
            ),
            models.Index(
                name="verkeer_bericht_bezig",
                fields=["gemeente", "staat"],
                condition=Q(
                    staat__in=["ontvangen", "wacht", "apart", "klaar", "tegengehouden"]
                ),
            ),
            models.Index(
                name="verkeer_bericht_afgekeurd",
                fields=["gemeente", "-vastgelegd_op"],
                condition=Q(
                    staat__in=["afgekeurd", "tegengehouden"], afgehandeld_op=None
                ),
            ),
            models.Index(
                name="verkeer_bericht_sleutel",
                fields=["gemeente", "soort", "identificatie"],
            ),
        ]

    def __str__(self) -> str:
        return f"bericht {self.pk}"


class Berichtinhoud(models.Model):
    """The message itself, compressed and unreadable at rest."""

    bericht = models.OneToOneField(
        Ketenbericht, on_delete=models.CASCADE, primary_key=True, related_name="inhoud"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    inhoud = models.BinaryField()

    def __str__(self) -> str:
        return f"inhoud van {self.bericht_id}"


class Berichtfout(models.Model):
    """One fault in a message: found by us, or told by the provider in a retour."""

    bericht = models.ForeignKey(
        Ketenbericht, on_delete=models.CASCADE, related_name="fouten"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    volgnummer = models.PositiveIntegerField()
    regel = models.CharField(max_length=12)
    niveau = models.PositiveSmallIntegerField()
    retourcode = models.CharField(max_length=4, blank=True, default="")
    pad = models.CharField(max_length=400, blank=True, default="")
    tekst = models.CharField(max_length=500)

    class Meta:
        ordering = ["bericht", "volgnummer"]
        constraints = [
            models.UniqueConstraint(
                name="verkeer_berichtfout_een", fields=["bericht", "volgnummer"]
            ),
            models.CheckConstraint(
                name="verkeer_berichtfout_niveau", condition=Q(niveau__in=NIVEAUS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regel} {self.retourcode}".strip()


class Berichtlink(models.Model):
    """Which record of ours a message is about; ids of the rooms below, no more.

    `nummer` is the number of the allocation, by which one follows it.
    """

    class Soort(models.TextChoices):
        """What kind of record."""

        TOEWIJZING = "toewijzing", "toewijzing"
        VERZOEK = "verzoek", "verzoek"
        LEVERING = "levering", "zorglevering"
        DECLARATIE = "declaratie", "declaratie"

    bericht = models.ForeignKey(
        Ketenbericht, on_delete=models.CASCADE, related_name="links"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    soort = models.CharField(max_length=10, choices=Soort)
    onderwerp = models.UUIDField()
    nummer = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verkeer_berichtlink_een", fields=["bericht", "soort", "onderwerp"]
            ),
            models.CheckConstraint(
                name="verkeer_berichtlink_soort",
                condition=Q(
                    soort__in=["toewijzing", "verzoek", "levering", "declaratie"]
                ),
            ),
        ]
        indexes = [
            models.Index(name="verkeer_berichtlink_wat", fields=["onderwerp"]),
            models.Index(
                name="verkeer_berichtlink_nummer",
                fields=["gemeente", "nummer"],
                condition=Q(nummer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort} bij {self.bericht_id}"


class Berichtteller(models.Model):
    """The last identification that a municipality gave out for a kind of message."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    soort = models.CharField(max_length=6)
    laatste = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="verkeer_berichtteller_een", fields=["gemeente", "soort"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort}: {self.laatste}"
