"""What is written down in a dossier: contacts, conversations, notes and documents.

What somebody wrote is added to and never changed: a correction is a new row that points
at the one it sets right, and triggers of the database hold that (migration
`0002_bewaking`). Only a draft is overwritten, and it is nobody's record. The content of
a document stands in a file outside the database; its row says which, and what it must
be.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen.models import Dossier


class Contactmoment(models.Model):
    """One contact with or about the family; the contact journal is made of these.

    Exactly one of persoon, organisatie or naam says with whom.
    """

    class Wijze(models.TextChoices):
        """How one spoke or wrote to each other."""

        TELEFOON = "telefoon", _("telephone")
        BEZOEK = "bezoek", _("visit")
        KANTOOR = "kantoor", _("at the office")
        EMAIL = "email", _("e-mail")
        BERICHT = "bericht", _("message")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="contactmomenten"
    )
    # What this one sets right; what is set right already cannot be so again.
    verbetert = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verbeterd_door",
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    wijze = models.CharField(max_length=10, choices=Wijze)
    gebeurd_op = models.DateTimeField()
    onderwerp = models.TextField()
    afspraak = models.TextField(blank=True, default="", db_default="")
    reden = models.CharField(max_length=300, blank=True, default="", db_default="")
    door = models.BigIntegerField(null=True, editable=False)
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["-gebeurd_op", "-op", "id"]
        indexes = [
            models.Index(
                fields=["dossier", "-gebeurd_op"], name="dossier_contact_lijst"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="dossier_contact_een_iemand",
                condition=(
                    Q(persoon__isnull=False, organisatie=None, naam="")
                    | Q(persoon=None, organisatie__isnull=False, naam="")
                    | Q(persoon=None, organisatie=None) & ~Q(naam="")
                ),
            ),
            models.CheckConstraint(
                name="dossier_contact_waarover", condition=~Q(onderwerp="")
            ),
            models.CheckConstraint(
                name="dossier_contact_wijze",
                condition=Q(
                    wijze__in=["telefoon", "bezoek", "kantoor", "email", "bericht"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Contactmoment {self.pk}"


class Gesprek(models.Model):
    """A conversation that clarifies the question; its report stands in the versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="gesprekken"
    )
    begonnen_op = models.DateTimeField(default=klok.now)
    begonnen_door = models.BigIntegerField(null=True, editable=False)
    # When the first report was made; empty while the conversation is being held.
    afgerond_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begonnen_op", "id"]

    def __str__(self) -> str:
        return f"Gesprek {self.pk}"


class Gesprekversie(models.Model):
    """A report of a conversation as it was made; never changed, only followed up.

    `inhoud` is what was filled in (`gesprekken.Verslag`) with the facts that were shown
    beside it, so that the report reads the same in ten years.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gesprek = models.ForeignKey(
        Gesprek, on_delete=models.PROTECT, related_name="versies"
    )
    nummer = models.PositiveSmallIntegerField()
    inhoud = models.JSONField()
    reden = models.CharField(max_length=300, blank=True, default="", db_default="")
    door = models.BigIntegerField(null=True, editable=False)
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["gesprek", "-nummer"]
        constraints = [
            models.UniqueConstraint(
                name="dossier_gesprekversie_nummer", fields=["gesprek", "nummer"]
            ),
            models.CheckConstraint(
                name="dossier_gesprekversie_reden",
                condition=Q(nummer=1) | Q(nummer__gt=1) & ~Q(reden=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Gesprekversie {self.pk}"


class Uitreiking(models.Model):
    """A report was given to the family: when, to whom and how."""

    class Wijze(models.TextChoices):
        """How it reached them."""

        HAND = "hand", _("handed over")
        POST = "post", _("by post")
        PORTAAL = "portaal", _("on the citizen's page")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    versie = models.ForeignKey(
        Gesprekversie, on_delete=models.PROTECT, related_name="uitreikingen"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gegeven_op = models.DateField()
    wijze = models.CharField(max_length=10, choices=Wijze)
    door = models.BigIntegerField(null=True, editable=False)
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["-gegeven_op", "-op"]

    def __str__(self) -> str:
        return f"Uitreiking {self.pk}"


class Bereik(models.TextChoices):
    """Whom a note is for, from narrow to wide."""

    EIGEN = "eigen", _("only for me")
    TEAM = "team", _("for the team")
    DOSSIER = "dossier", _("for the file")


class Notitie(models.Model):
    """Something one wants to remember; it can become of more people, never of fewer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="notities"
    )
    verbetert = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verbeterd_door",
    )
    bereik = models.CharField(max_length=10, choices=Bereik)
    tekst = models.TextField()
    door = models.BigIntegerField(editable=False)
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["-op", "id"]
        indexes = [
            models.Index(fields=["dossier", "-op"], name="dossier_notitie_lijst")
        ]
        constraints = [
            models.CheckConstraint(
                name="dossier_notitie_tekst", condition=~Q(tekst="")
            ),
            models.CheckConstraint(
                name="dossier_notitie_bereik",
                condition=Q(bereik__in=["eigen", "team", "dossier"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Notitie {self.pk}"


class Document(models.Model):
    """A document of the dossier; its content stands in its versions."""

    class Soort(models.TextChoices):
        """What it is for."""

        EIGEN_PLAN = "eigen_plan", _("own plan of the family")
        BESCHIKKING = "beschikking", _("formal decision")
        VERSLAG = "verslag", _("report")
        BRIEF = "brief", _("letter")
        BEWIJS = "bewijs", _("proof or statement")
        ANDERS = "anders", _("something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="documenten"
    )
    titel = models.CharField(max_length=200)
    soort = models.CharField(max_length=12, choices=Soort)
    door = models.BigIntegerField(null=True, editable=False)
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["-op", "id"]
        constraints = [
            models.CheckConstraint(
                name="dossier_document_titel", condition=~Q(titel="")
            )
        ]

    def __str__(self) -> str:
        return f"Document {self.pk}"


class Documentversie(models.Model):
    """One file of a document, and whether it was found clean."""

    class Scan(models.TextChoices):
        """What the scanner said."""

        WACHT = "wacht", _("not scanned yet")
        SCHOON = "schoon", _("found clean")
        BESMET = "besmet", _("infected")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="versies"
    )
    nummer = models.PositiveSmallIntegerField()
    # The name it had with who brought it: only to offer it under again.
    bestandsnaam = models.CharField(max_length=200)
    type = models.CharField(max_length=10)
    grootte = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64, db_collation="C")
    # The random name under which it is stored.
    opslag = models.CharField(max_length=64, unique=True, db_collation="C")
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.WACHT)
    gescand_op = models.DateTimeField(null=True, blank=True)
    door = models.BigIntegerField(null=True, editable=False)
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["document", "-nummer"]
        indexes = [
            models.Index(
                fields=["op"], name="dossier_versie_wacht", condition=Q(scan="wacht")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="dossier_documentversie_nummer", fields=["document", "nummer"]
            ),
            models.CheckConstraint(
                name="dossier_documentversie_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="dossier_documentversie_scan",
                condition=Q(scan="wacht", gescand_op=None)
                | Q(scan__in=["schoon", "besmet"], gescand_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Documentversie {self.pk}"


class Wegbestand(models.Model):
    """A stored file whose row is gone and that must go as well; filled by a trigger."""

    opslag = models.CharField(max_length=64, primary_key=True, db_collation="C")

    def __str__(self) -> str:
        return self.opslag


class Dossierconcept(models.Model):
    """What someone is typing; one per form and account, gone when it was sent."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="concepten"
    )
    account = models.BigIntegerField()
    # `contact`, `notitie`, or these with the id of what is being set right or held.
    formulier = models.CharField(max_length=60)
    inhoud = models.JSONField(default=dict)
    bewaard_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dossier_concept_een", fields=["dossier", "formulier", "account"]
            )
        ]

    def __str__(self) -> str:
        return f"Dossierconcept {self.pk}"
