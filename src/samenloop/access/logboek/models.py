"""The two linked logs, the register they point to, and what watches over them.

An `Auditregel` says who looked or changed; a `Verwerking` says, per person concerned,
which processing took place on what ground (after the Logboek Dataverwerkingen, which
knows no users). They point to each other by trace and span. Both only grow: number,
hash and time of writing are given by the database, which refuses every change; see
migration 0002 for how the chains are kept and `controle` for how they are checked.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from samenloop.access.logboek.wijze import Wijze

KETENS = 64  # parallel chains per log; see docs/decisions/011


class Log(models.TextChoices):
    """Which of the two logs."""

    AUDIT = "audit", _("who looked")
    VERWERKING = "verwerking", _("which processing")


class Geketend(models.Model):
    """A row in a chain. The database fills these four, whatever one gives."""

    keten = models.PositiveSmallIntegerField(default=0, editable=False)
    nummer = models.BigIntegerField(default=0, editable=False)
    hash = models.BinaryField(default=b"", editable=False)
    vastgelegd_op = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Auditregel(Geketend):
    """Who did what, in which role and for what purpose. Names nobody concerned."""

    op = models.DateTimeField()
    gemeente = models.CharField(max_length=6, blank=True)
    actor_soort = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64)
    actor_naam = models.CharField(max_length=200)
    rollen = ArrayField(models.CharField(max_length=20), default=list)
    handeling = models.CharField(max_length=40)
    doel = models.CharField(max_length=60, blank=True)
    grond = models.CharField(max_length=60, blank=True)
    diepte = models.CharField(max_length=3, blank=True)
    wijze = models.CharField(max_length=12, choices=Wijze)
    onderwerp = models.CharField(max_length=120, blank=True)
    aantal_personen = models.PositiveIntegerField(default=0)
    trace_id = models.UUIDField()
    span_id = models.CharField(max_length=16)
    parent_span_id = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["keten", "nummer"], name="auditregel_in_keten"),
            CheckConstraint(
                condition=Q(wijze__in=Wijze.values), name="auditregel_wijze"
            ),
            CheckConstraint(
                condition=~Q(actor_id="") & ~Q(handeling=""), name="auditregel_wie_wat"
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "op", "id"], name="auditregel_tijd"),
            models.Index(fields=["actor_id", "op", "id"], name="auditregel_actor"),
            models.Index(fields=["trace_id"], name="auditregel_trace"),
            models.Index(
                fields=["onderwerp", "op"],
                name="auditregel_onderwerp",
                condition=~Q(onderwerp=""),
            ),
            BrinIndex(fields=["vastgelegd_op"], name="auditregel_vastgelegd"),
        ]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.handeling} ({self.wijze})"


class Verwerking(Geketend):
    """One processing of the data of one person (or of several: then `persoon` is empty
    and each has a line below this one)."""

    class Status(models.TextChoices):
        """How it ended; wrong input that was handled stays unset."""

        UNSET = "Unset", "Unset"
        OK = "Ok", "Ok"
        ERROR = "Error", "Error"

    trace_id = models.UUIDField()
    span_id = models.CharField(max_length=16)
    parent_span_id = models.CharField(max_length=16, blank=True)
    naam = models.CharField(max_length=100)
    begonnen_op = models.DateTimeField()
    geeindigd_op = models.DateTimeField()
    status = models.CharField(max_length=5, choices=Status, default=Status.OK)
    activiteit = models.UUIDField()
    activiteit_versie = models.PositiveIntegerField()
    # Opaque on purpose: it outlives the person's record.
    persoon = models.UUIDField(null=True)
    grond = models.CharField(max_length=60, blank=True)
    verwerker = models.CharField(max_length=200, blank=True)
    gemeente = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["keten", "nummer"], name="verwerking_in_keten"),
            CheckConstraint(
                condition=Q(status__in=["Unset", "Ok", "Error"]),
                name="verwerking_status",
            ),
        ]
        indexes = [
            models.Index(
                fields=["persoon", "begonnen_op"],
                name="verwerking_persoon",
                condition=Q(persoon__isnull=False),
            ),
            models.Index(fields=["trace_id"], name="verwerking_trace"),
            models.Index(
                fields=["activiteit", "begonnen_op"], name="verwerking_activiteit"
            ),
            BrinIndex(fields=["vastgelegd_op"], name="verwerking_vastgelegd"),
        ]

    def __str__(self) -> str:
        return f"{self.begonnen_op:%Y-%m-%d %H:%M} {self.naam}"


class Verwerkingsactiviteit(models.Model):
    """One version of an entry in the register of processing (AVG article 30).

    A new version is a new row with the same `uuid`; uuid and moment point to one.
    """

    uuid = models.UUIDField()
    versie = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    naam = models.CharField(max_length=200)
    doel = models.TextField()
    grondslag = models.TextField()
    betrokkenen = models.TextField()
    gegevenscategorieen = models.TextField()
    ontvangers = models.TextField()
    bewaartermijn = models.TextField()
    maatregelen = models.TextField()
    geldig_vanaf = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["uuid", "versie"], name="activiteit_versie"),
            UniqueConstraint(
                fields=["code", "geldig_vanaf"], name="activiteit_code_vanaf"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.versie})"


class Ketenkop(models.Model):
    """The last number and hash of a chain. Only the database itself writes it."""

    log = models.CharField(max_length=10, choices=Log)
    keten = models.PositiveSmallIntegerField()
    nummer = models.BigIntegerField(default=0)
    hash = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["log", "keten"], name="ketenkop_per_keten")
        ]

    def __str__(self) -> str:
        return f"{self.log}/{self.keten}: {self.nummer}"


class Anker(models.Model):
    """Where a chain starts since its old part was destroyed at the end of its term."""

    log = models.CharField(max_length=10, choices=Log)
    keten = models.PositiveSmallIntegerField()
    nummer = models.BigIntegerField()
    hash = models.BinaryField()
    regels = models.BigIntegerField()
    laatste_op = models.DateTimeField()
    opgeruimd_op = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["log", "keten", "nummer"], name="anker_uniek")
        ]

    def __str__(self) -> str:
        return f"{self.log}/{self.keten} tot en met {self.nummer}"


class Controle(models.Model):
    """One check of all chains: asked by whom, how far it is, what came of it."""

    class Status(models.TextChoices):
        """How it stands."""

        WACHT = "wacht", _("waits")
        LOOPT = "loopt", _("busy")
        HEEL = "heel", _("whole")
        FOUTEN = "fouten", _("faults found")
        GESTOPT = "gestopt", _("stopped")
        MISLUKT = "mislukt", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6, blank=True)
    door = models.CharField(max_length=64, blank=True)
    door_naam = models.CharField(max_length=200, blank=True)
    begonnen_op = models.DateTimeField()
    geeindigd_op = models.DateTimeField(null=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WACHT)
    stop_gevraagd = models.BooleanField(default=False)
    gedaan = models.BigIntegerField(default=0)
    totaal = models.BigIntegerField(default=0)
    fouten = models.JSONField(default=list)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(
                    status__in=[
                        "wacht",
                        "loopt",
                        "heel",
                        "fouten",
                        "gestopt",
                        "mislukt",
                    ]
                ),
                name="controle_status",
            )
        ]
        indexes = [models.Index(fields=["-begonnen_op"], name="controle_tijd")]

    def __str__(self) -> str:
        return f"{self.begonnen_op:%Y-%m-%d %H:%M} {self.status}"


class Afwijking(models.Model):
    """An odd look, put forward by a rule that one can read; the FG decides."""

    class Regel(models.TextChoices):
        """The rules; `afwijkingen` says when each applies."""

        EIGEN = "eigen-gegevens", _("Own record")
        ADRES = "zelfde-adres", _("Same address")
        NAAM = "zelfde-naam", _("Same surname")
        GEEN_TAAK = "geen-taak", _("No task or involvement")
        SLAPEND = "slapend-account", _("Leaver or long idle account")
        VEEL = "veel-meer", _("Far more than colleagues")

    class Status(models.TextChoices):
        """What the FG made of it."""

        NIEUW = "nieuw", _("new")
        VERKLAARD = "verklaard", _("explained")
        ONDERZOCHT = "onderzocht", _("looked into")
        ERNSTIG = "ernstig", _("serious")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6, blank=True)
    regel = models.CharField(max_length=20, choices=Regel)
    # One row per rule, account and occasion, however often the rules run.
    aanleiding = models.CharField(max_length=80)
    actor_id = models.CharField(max_length=64)
    actor_naam = models.CharField(max_length=200)
    persoon = models.UUIDField(null=True)
    auditregel = models.BigIntegerField(null=True)
    feiten = models.JSONField(default=dict)
    op = models.DateTimeField()
    gevonden_op = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.NIEUW)
    reden = models.TextField(blank=True)
    besloten_door = models.CharField(max_length=64, blank=True)
    besloten_door_naam = models.CharField(max_length=200, blank=True)
    besloten_op = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["gemeente", "regel", "actor_id", "aanleiding"],
                name="afwijking_eenmaal",
            ),
            CheckConstraint(
                condition=Q(
                    regel__in=[
                        "eigen-gegevens",
                        "zelfde-adres",
                        "zelfde-naam",
                        "geen-taak",
                        "slapend-account",
                        "veel-meer",
                    ]
                ),
                name="afwijking_regel",
            ),
            CheckConstraint(
                condition=Q(
                    status="nieuw",
                    reden="",
                    besloten_door="",
                    besloten_op__isnull=True,
                )
                | Q(
                    ~Q(reden=""),
                    ~Q(besloten_door=""),
                    status__in=["verklaard", "onderzocht", "ernstig"],
                    besloten_op__isnull=False,
                ),
                name="afwijking_besluit_met_reden",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "status", "op"], name="afwijking_lijst")
        ]

    def __str__(self) -> str:
        return f"{self.regel} {self.op:%Y-%m-%d}"


class Naloopronde(models.Model):
    """A round of the rules on odd looks: what was written from `van` up to `tot`."""

    van = models.DateTimeField()
    tot = models.DateTimeField()
    gedaan_op = models.DateTimeField()
    gevonden = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [UniqueConstraint(fields=["tot"], name="naloopronde_eenmaal")]

    def __str__(self) -> str:
        return f"{self.tot:%Y-%m-%d %H:%M}: {self.gevonden}"


class Medewerkerskenmerk(models.Model):
    """What is needed to find that a worker looked at themselves or at who is near.

    Keyed hashes only: they can be compared with those of a person and with nothing
    else, and no BSN or address of staff is kept for it.
    """

    account_id = models.CharField(max_length=64)
    gemeente = models.CharField(max_length=6)
    bsn_sleutel = models.CharField(max_length=64, blank=True)
    naam_sleutel = models.CharField(max_length=64, blank=True)
    adres_sleutel = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["account_id", "gemeente"], name="medewerkerskenmerk_eenmaal"
            )
        ]

    def __str__(self) -> str:
        return self.account_id
