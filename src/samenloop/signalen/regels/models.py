"""Rules of a municipality, their versions, dry runs and settings.

No row here holds anything of a client. Of a rule the versions count: which one is in
force on a day follows from `geldig`, two never overlap, and what was approved cannot be
changed any more (a trigger). The database also refuses that somebody approves their own
version, and that a version starts before the day after approval.
"""

import hashlib
import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import GEMEENTECODE
from samenloop.core import klok
from samenloop.signalen.regels.motor import HOOGSTE_BIJDRAGE

DREMPEL = 30
OPVALLEND_VERSCHIL = 10


class GemeenteveldField(models.CharField):  # type: ignore[type-arg]
    """CBS code of a municipality, for instance `GM0005`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 6)
        kwargs.setdefault("validators", [RegexValidator(GEMEENTECODE)])
        super().__init__(**kwargs)


class Regel(models.Model):
    """One rule of one municipality; what it says stands in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = GemeenteveldField()
    naam = models.CharField(max_length=120)
    # The code of the start set it came from; empty for a rule of one's own.
    beginset = models.CharField(max_length=40, blank=True, default="", db_default="")
    aangemaakt_op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["naam", "id"]
        constraints = [
            models.CheckConstraint(name="regels_regel_naam", condition=~Q(naam="")),
            models.CheckConstraint(
                name="regels_regel_gemeente", condition=Q(gemeente__regex=GEMEENTECODE)
            ),
            models.UniqueConstraint(
                name="regels_regel_beginset_eenmaal",
                fields=["gemeente", "beginset"],
                condition=~Q(beginset=""),
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Status(models.TextChoices):
    """Where a version stands; `versies.OVERGANGEN` says what may follow what."""

    CONCEPT = "concept", _("draft")
    PROEF_GEDRAAID = "proef_gedraaid", _("tried")
    TER_GOEDKEURING = "ter_goedkeuring", _("waits for approval")
    GOEDGEKEURD = "goedgekeurd", _("approved")
    INGETROKKEN = "ingetrokken", _("withdrawn")


OPEN = (Status.CONCEPT, Status.PROEF_GEDRAAID, Status.TER_GOEDKEURING)
VAST = (Status.GOEDGEKEURD, Status.INGETROKKEN)


class RegelversieQuerySet(models.QuerySet["Regelversie"]):
    """Versions on a day."""

    def in_force(self, gemeente: str, dag: date) -> Self:
        """What counts on this day, in a fixed order."""
        return (
            self.filter(regel__gemeente=gemeente, status__in=VAST, geldig__contains=dag)
            .select_related("regel")
            .order_by("naam", "id")
        )

    def open(self) -> Self:
        """Versions that are still being worked on."""
        return self.filter(status__in=OPEN)


class Regelversie(models.Model):
    """What a rule says, from the first draft to the last day it counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regel = models.ForeignKey(Regel, on_delete=models.CASCADE, related_name="versies")
    versie = models.PositiveSmallIntegerField()
    naam = models.CharField(max_length=120)
    waarom = models.TextField(blank=True, default="", db_default="")
    # The tree of the builder; null when only the expression can say it.
    voorwaarde = models.JSONField(null=True, blank=True)
    uitdrukking = models.TextField(blank=True, default="", db_default="")
    gewicht = models.SmallIntegerField(default=0)
    label = models.CharField(max_length=60, blank=True, default="", db_default="")
    koppelt = models.BooleanField(default=False)
    over_wetten = models.BooleanField(default=False)
    grond_tekst = models.TextField(blank=True, default="", db_default="")
    grond_artikel = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.CONCEPT)
    opgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Everyone who wrote part of it; none of them can approve it.
    schrijvers = ArrayField(models.BigIntegerField(), default=list, blank=True)
    opgesteld_op = models.DateTimeField(default=klok.now)
    bewaard_op = models.DateTimeField(default=klok.now)
    gevraagd_aan = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    gevraagd_per = models.DateField(null=True, blank=True)
    goedgekeurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    goedgekeurd_op = models.DateTimeField(null=True, blank=True)
    antwoord_beoordelaar = models.TextField(blank=True, default="", db_default="")
    geldig = DateRangeField(null=True, blank=True)

    objects = RegelversieQuerySet.as_manager()

    class Meta:
        ordering = ["regel", "-versie"]
        constraints = [
            models.UniqueConstraint(
                name="regels_versie_nummer", fields=["regel", "versie"]
            ),
            models.UniqueConstraint(
                name="regels_versie_een_open",
                fields=["regel"],
                condition=Q(status__in=OPEN),
            ),
            models.CheckConstraint(
                name="regels_versie_gewicht",
                condition=Q(gewicht__gte=0, gewicht__lte=HOOGSTE_BIJDRAGE),
            ),
            models.CheckConstraint(
                name="regels_versie_status", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(name="regels_versie_naam", condition=~Q(naam="")),
            models.CheckConstraint(
                name="regels_versie_grond",
                condition=Q(over_wetten=False)
                | Q(status__in=[Status.CONCEPT, Status.PROEF_GEDRAAID])
                | (~Q(grond_tekst="") & ~Q(grond_artikel="")),
            ),
            models.CheckConstraint(
                name="regels_versie_vier_ogen",
                condition=Q(goedgekeurd_door__isnull=True)
                | ~Q(goedgekeurd_door=F("opgesteld_door")),
            ),
            models.CheckConstraint(
                name="regels_versie_vast",
                condition=Q(
                    status__in=VAST,
                    goedgekeurd_door__isnull=False,
                    goedgekeurd_op__isnull=False,
                    geldig__isnull=False,
                )
                & ~Q(uitdrukking="")
                | Q(
                    status__in=OPEN,
                    goedgekeurd_door__isnull=True,
                    goedgekeurd_op__isnull=True,
                    geldig__isnull=True,
                ),
            ),
            ExclusionConstraint(
                name="regels_versie_een_tegelijk",
                expressions=[
                    ("regel", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} v{self.versie}"

    @property
    def grond(self) -> str:
        """The recorded ground as one line; empty when there is none."""
        delen = [self.grond_tekst.strip(), self.grond_artikel.strip()]
        return ", ".join(delen) if all(delen) else ""

    def is_written_by(self, account: int | None) -> bool:
        """Whether this account wrote any part of it."""
        return account is not None and account in (
            self.opgesteld_door_id,
            *self.schrijvers,
        )

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on."""
        return self.status in OPEN

    @property
    def vingerafdruk(self) -> str:
        """Changes with anything that changes outcomes: a dry run belongs to one."""
        kern = [
            self.uitdrukking,
            self.gewicht,
            self.koppelt,
            self.over_wetten and self.grond,
        ]
        return hashlib.sha256(repr(kern).encode()).hexdigest()


class Regelproef(models.Model):
    """A dry run of a version over the signals of a year."""

    class Staat(models.TextChoices):
        """How far it is."""

        WACHT = "wacht", _("waits")
        LOOPT = "loopt", _("runs")
        KLAAR = "klaar", _("done")
        GESTOPT = "gestopt", _("stopped")
        MISLUKT = "mislukt", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    versie = models.ForeignKey(
        Regelversie, on_delete=models.CASCADE, related_name="proeven"
    )
    jaar = models.PositiveSmallIntegerField()
    vingerafdruk = models.CharField(max_length=64)
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.WACHT)
    voortgang = models.PositiveSmallIntegerField(default=0)
    stop_gevraagd = models.BooleanField(default=False)
    gestart_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    gestart_op = models.DateTimeField(default=klok.now)
    klaar_op = models.DateTimeField(null=True, blank=True)
    signalen = models.PositiveIntegerField(default=0)
    duur_ms = models.PositiveIntegerField(default=0)
    # Counts, shares and examples by number of signal; see `proef.Uitkomst`.
    uitkomst = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-gestart_op", "id"]
        constraints = [
            models.CheckConstraint(
                name="regels_proef_staat",
                condition=Q(
                    staat__in=["wacht", "loopt", "klaar", "gestopt", "mislukt"]
                ),
            ),
            models.CheckConstraint(
                name="regels_proef_voortgang", condition=Q(voortgang__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"Proef {self.pk}"

    @property
    def is_busy(self) -> bool:
        """Whether it is still going on."""
        return self.staat in (self.Staat.WACHT, self.Staat.LOOPT)


class Instelling(models.Model):
    """From which weight a signal becomes a melding; the newest row counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = GemeenteveldField()
    drempel = models.PositiveSmallIntegerField(default=DREMPEL)
    # Percentage points more than in the municipality: then the reviewer must answer.
    opvallend_verschil = models.PositiveSmallIntegerField(default=OPVALLEND_VERSCHIL)
    waarom = models.TextField(blank=True, default="", db_default="")
    vastgelegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    vastgelegd_op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["-vastgelegd_op", "-id"]
        constraints = [
            models.CheckConstraint(
                name="regels_instelling_drempel",
                condition=Q(drempel__gte=1, drempel__lte=500),
            ),
            models.CheckConstraint(
                name="regels_instelling_verschil",
                condition=Q(opvallend_verschil__gte=1, opvallend_verschil__lte=100),
            ),
            models.CheckConstraint(
                name="regels_instelling_gemeente",
                condition=Q(gemeente__regex=GEMEENTECODE),
            ),
        ]

    def __str__(self) -> str:
        return f"Instelling {self.pk}"

    @classmethod
    def of(cls, gemeente: str) -> "Instelling":
        """What counts now in this municipality; unsaved defaults if none was chosen."""
        return cls.objects.filter(gemeente=gemeente).first() or cls(gemeente=gemeente)
