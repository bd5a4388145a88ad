"""What we keep of the BRP beside the facts themselves, and our doubts about it.

Names, addresses and gezag taken over from the BRP stand in `personen`, like any other.
`Brpstand` holds what has no place there: dates of which only a part is known, why the
BRP stopped keeping someone's record, what is under investigation. A `BrpTerugmelding`
says that something in the BRP is probably wrong; its holder answers (Wet BRP 2.34).
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import GEMEENTECODE
from samenloop.personen.models import Persoon


class Verblijfsoort(models.TextChoices):
    """Where the BRP says someone lives; `elders` is abroad, address not asked for."""

    ONBEKEND = "onbekend", _("unknown")
    ADRES = "adres", _("at an address")
    LOCATIE = "locatie", _("at a described place")
    ELDERS = "buitenland", _("abroad")


def _part(laagste: int, hoogste: int) -> Any:
    return models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(laagste), MaxValueValidator(hoogste)],
    )


class Brpstand(models.Model):
    """How someone stood in the BRP when last asked. Empty means: not delivered."""

    persoon = models.OneToOneField(
        Persoon, on_delete=models.CASCADE, primary_key=True, related_name="brpstand"
    )
    opgehaald_op = models.DateTimeField()
    doel = models.CharField(max_length=60)
    gemeente_van_inschrijving = models.CharField(
        max_length=6, blank=True, default="", db_default=""
    )
    geboortejaar = _part(1, 9999)
    geboortemaand = _part(1, 12)
    geboortedag = _part(1, 31)
    overlijdensjaar = _part(1, 9999)
    overlijdensmaand = _part(1, 12)
    overlijdensdag = _part(1, 31)
    # O dead, E emigrated, M ministerial decision, R moved to the RNI, V left.
    opschorting = models.CharField(max_length=1, blank=True, default="", db_default="")
    verblijf = models.CharField(
        max_length=10,
        choices=Verblijfsoort,
        default=Verblijfsoort.ONBEKEND,
        db_default=Verblijfsoort.ONBEKEND,
    )
    niet_op_adres = models.BooleanField(default=False, db_default=False)
    in_onderzoek = ArrayField(
        models.CharField(max_length=60), default=list, db_default=[], blank=True
    )
    gezag = ArrayField(
        models.CharField(max_length=40), default=list, db_default=[], blank=True
    )
    gezag_toelichting = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="brp_brpstand_geboorte",
                condition=Q(geboortedag__isnull=True, geboortemaand__isnull=True)
                | Q(geboortemaand__isnull=False, geboortejaar__isnull=False),
            ),
            models.CheckConstraint(
                name="brp_brpstand_overlijden",
                condition=Q(overlijdensdag__isnull=True, overlijdensmaand__isnull=True)
                | Q(overlijdensmaand__isnull=False, overlijdensjaar__isnull=False),
            ),
            models.CheckConstraint(
                name="brp_brpstand_verblijf",
                condition=Q(verblijf__in=Verblijfsoort.values),
            ),
        ]

    def __str__(self) -> str:
        return f"BRP {self.pk}"


class Categorie(models.TextChoices):
    """The part of a record in the BRP that is doubted, by its official number."""

    PERSOON = "01", _("Name, birth or sex")
    OUDERS = "02", _("Parents")
    NATIONALITEIT = "04", _("Nationality")
    HUWELIJK = "05", _("Marriage or partnership")
    OVERLIJDEN = "06", _("Death")
    INSCHRIJVING = "07", _("Registration")
    VERBLIJFPLAATS = "08", _("Address")
    KIND = "09", _("Children")
    VERBLIJFSTITEL = "10", _("Residence permit")
    GEZAG = "11", _("Custody")


class Status(models.TextChoices):
    """How far a report of doubt is; which may follow which stands in `terugmelden`."""

    OPGESTELD = "opgesteld", _("written")
    VERSTUURD = "verstuurd", _("sent")
    BEANTWOORD = "beantwoord", _("answered")
    INGETROKKEN = "ingetrokken", _("withdrawn")


class Uitkomst(models.TextChoices):
    """What the holder of the registry did with it."""

    GECORRIGEERD = "gecorrigeerd", _("corrected")
    NIET_GEWIJZIGD = "niet_gewijzigd", _("not changed")
    IN_ONDERZOEK = "in_onderzoek", _("under investigation")


class BrpTerugmelding(models.Model):
    """A doubt about the BRP, reported to the municipality that keeps the record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6)
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="brp_terugmeldingen"
    )
    categorie = models.CharField(max_length=2, choices=Categorie)
    waarom = models.TextField()
    voorstel = models.TextField(blank=True, default="", db_default="")
    status = models.CharField(
        max_length=12,
        choices=Status,
        default=Status.OPGESTELD,
        db_default=Status.OPGESTELD,
    )
    opgesteld_op = models.DateTimeField()
    opgesteld_door = models.CharField(max_length=60)
    verstuurd_op = models.DateTimeField(null=True, blank=True)
    kenmerk_bron = models.CharField(
        max_length=60, blank=True, default="", db_default=""
    )
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    uitkomst = models.CharField(
        max_length=15, choices=Uitkomst, blank=True, default="", db_default=""
    )
    antwoord = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "brp_terugmelding"
        ordering = ["-opgesteld_op", "id"]
        indexes = [
            models.Index(
                fields=["verstuurd_op"],
                name="brp_terugmelding_loopt",
                condition=Q(status__in=[Status.OPGESTELD, Status.VERSTUURD]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="brp_terugmelding_gemeente",
                condition=Q(gemeente__regex=GEMEENTECODE),
            ),
            models.CheckConstraint(
                name="brp_terugmelding_categorie",
                condition=Q(categorie__in=Categorie.values),
            ),
            models.CheckConstraint(
                name="brp_terugmelding_waarom", condition=~Q(waarom="")
            ),
            models.CheckConstraint(
                name="brp_terugmelding_uitkomst",
                condition=Q(uitkomst__in=["", *Uitkomst.values]),
            ),
            # Each status has exactly the moments that belong to it.
            models.CheckConstraint(
                name="brp_terugmelding_status",
                condition=Q(
                    status__in=[Status.OPGESTELD, Status.INGETROKKEN],
                    verstuurd_op__isnull=True,
                    beantwoord_op__isnull=True,
                    uitkomst="",
                )
                | Q(
                    status=Status.VERSTUURD,
                    verstuurd_op__isnull=False,
                    beantwoord_op__isnull=True,
                )
                & Q(uitkomst__in=["", Uitkomst.IN_ONDERZOEK])
                | Q(
                    status=Status.BEANTWOORD,
                    verstuurd_op__isnull=False,
                    beantwoord_op__isnull=False,
                    uitkomst__in=[Uitkomst.GECORRIGEERD, Uitkomst.NIET_GEWIJZIGD],
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Terugmelding {self.pk}"
