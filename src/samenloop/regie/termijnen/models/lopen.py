"""Terms on a case: what runs, what stands still, what was extended, who was told.

A term copies what held when it began (duration, way of counting, own norm): a later
change of the list touches only terms that begin after it. What happened to a term is
written down once and stays (`Termijngebeurtenis`); the database refuses to change it.
"""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente
from samenloop.regie.models import Casus


class Telling(models.TextChoices):
    """The way in which the days of a term are counted."""

    ATW = "atw", _("by the General Extension of Time Limits Act")
    EU = "eu", _("by Regulation 1182/71")
    WERKDAGEN = "werkdagen", _("in working days")
    KALENDER = "kalender", _("in calendar days, without moving")
    UREN = "uren", _("in hours")
    DATUM = "datum", _("until an agreed date")


class Staat(models.TextChoices):
    """How a term stands; the first two are open."""

    LOOPT = "loopt", _("runs")
    STIL = "stil", _("stands still")
    GEHAALD = "gehaald", _("met")
    VERVALLEN = "vervallen", _("lapsed")


OPEN = (Staat.LOOPT.value, Staat.STIL.value)


class Opschortgrond(models.TextChoices):
    """On what ground a term stands still (Awb 4:15), or by agreement."""

    AANVULLING = "aanvulling", _("additions were asked for (Awb 4:15, 1 a)")
    BUITENLAND = "buitenland", _("information from abroad is awaited (Awb 4:15, 1 b)")
    INSTEMMING = "instemming", _("the applicant agreed in writing (Awb 4:15, 2 a)")
    AANVRAGER = "aanvrager", _("the delay is the applicant's (Awb 4:15, 2 b)")
    OVERMACHT = "overmacht", _("force majeure (Awb 4:15, 2 c)")
    VERZUIM = "verzuim", _("a defect is being repaired (Awb 6:6 and 7:10, 2)")
    IDENTITEIT = "identiteit", _("it is in doubt who asks (GDPR 12, 6)")
    AFSPRAAK = "afspraak", _("agreed with who counts on it")


class Gebeurd(models.TextChoices):
    """What can happen to a term."""

    GESTART = "gestart", _("began")
    OPGESCHORT = "opgeschort", _("stood still")
    HERVAT = "hervat", _("ran again")
    VERLENGD = "verlengd", _("was extended")
    GEHAALD = "gehaald", _("was met")
    VERVALLEN = "vervallen", _("lapsed")
    GECORRIGEERD = "gecorrigeerd", _("was corrected")
    VERSTREKEN = "verstreken", _("passed")
    OPGESCHAALD = "opgeschaald", _("went a level up")


class Termijninstelling(models.Model):
    """What a municipality set: an own, shorter norm, or a kind of term of its own.

    The latest row of a code holds; what was set before stays to be read.
    """

    id = models.BigAutoField(primary_key=True)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    duur = models.CharField(max_length=10, blank=True, default="", db_default="")
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")
    vastgesteld_op = models.DateTimeField(default=klok.now, editable=False)
    vastgesteld_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["code", "id"]
        indexes = [
            models.Index(fields=["gemeente", "code"], name="termijnen_instelling_code")
        ]
        constraints = [
            models.CheckConstraint(
                name="termijnen_instelling_met_code", condition=~Q(code="")
            ),
            models.CheckConstraint(
                name="termijnen_instelling_duur",
                condition=Q(
                    duur__regex=r"^(P[1-9][0-9]{0,3}[DWMY]|WD[1-9][0-9]{0,2})?$"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Termijninstelling {self.pk}"


class Termijn(models.Model):
    """A term that runs, or ran, on a case.

    `uiterlijk` is the last day; `streef` an earlier one by an own norm. `onderwerp`
    names what it is about within the case (a provision), when there can be several.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="termijnen")
    soort = models.CharField(max_length=40)
    onderwerp = models.UUIDField(null=True, blank=True)
    omschrijving = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    begin = models.DateField()
    begin_om = models.DateTimeField(null=True, blank=True)
    duur = models.CharField(max_length=10, blank=True, default="", db_default="")
    streefduur = models.CharField(max_length=10, blank=True, default="", db_default="")
    telling = models.CharField(max_length=10, choices=Telling)
    uiterlijk = models.DateField()
    uiterlijk_om = models.DateTimeField(null=True, blank=True)
    streef = models.DateField(null=True, blank=True)
    staat = models.CharField(
        max_length=10, choices=Staat, default=Staat.LOOPT, db_default=Staat.LOOPT
    )
    stil_sinds = models.DateField(null=True, blank=True)
    verstreken_op = models.DateField(null=True, blank=True)
    beeindigd_op = models.DateField(null=True, blank=True)
    gestart_op = models.DateTimeField(default=klok.now, editable=False)
    gestart_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["uiterlijk", "id"]
        indexes = [
            models.Index(
                fields=["gemeente", "uiterlijk"],
                name="termijnen_termijn_open",
                condition=Q(staat__in=OPEN),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="termijnen_termijn_een_open",
                fields=["casus", "soort", "onderwerp"],
                condition=Q(staat__in=OPEN),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="termijnen_termijn_soort",
                condition=~Q(soort="") & Q(telling__in=Telling.values),
            ),
            models.CheckConstraint(
                name="termijnen_termijn_staat",
                condition=Q(
                    staat=Staat.LOOPT, stil_sinds__isnull=True, beeindigd_op=None
                )
                | Q(staat=Staat.STIL, stil_sinds__isnull=False, beeindigd_op=None)
                | Q(
                    staat__in=[Staat.GEHAALD.value, Staat.VERVALLEN.value],
                    stil_sinds=None,
                    beeindigd_op__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="termijnen_termijn_streef",
                condition=Q(streef__isnull=True) | Q(streef__lte=F("uiterlijk")),
            ),
            models.CheckConstraint(
                name="termijnen_termijn_uren",
                condition=Q(telling=Telling.UREN, begin_om__isnull=False)
                & Q(uiterlijk_om__isnull=False)
                | ~Q(telling=Telling.UREN) & Q(begin_om=None, uiterlijk_om=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Termijn {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still runs or stands still."""
        return self.staat in OPEN

    @property
    def grens(self) -> date:
        """The day by which it is watched: that of the own norm, if there is one."""
        return self.streef or self.uiterlijk


class Stilstand(models.Model):
    """A term stands still from a day up to, not including, the day it runs again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    termijn = models.ForeignKey(
        Termijn, on_delete=models.CASCADE, related_name="opschortingen"
    )
    grond = models.CharField(max_length=12, choices=Opschortgrond)
    van = models.DateField()
    tot = models.DateField(null=True, blank=True)
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        db_table = "termijnen_opschorting"
        ordering = ["van", "id"]
        constraints = [
            models.CheckConstraint(
                name="termijnen_opschorting_tot_na_van",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
            models.CheckConstraint(
                name="termijnen_opschorting_grond",
                condition=Q(grond__in=Opschortgrond.values),
            ),
        ]

    def __str__(self) -> str:
        return f"Stilstand {self.pk}"


class Verlenging(models.Model):
    """A term was made longer, and its reader was told; by the law alone only once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    termijn = models.ForeignKey(
        Termijn, on_delete=models.CASCADE, related_name="verlengingen"
    )
    duur = models.CharField(max_length=10)
    van_rechtswege = models.BooleanField(default=True, db_default=True)
    bericht_op = models.DateField()
    reden = models.CharField(max_length=500)
    op = models.DateTimeField(default=klok.now, editable=False)
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["op", "id"]
        constraints = [
            models.UniqueConstraint(
                name="termijnen_verlenging_een_keer",
                fields=["termijn"],
                condition=Q(van_rechtswege=True),
            ),
            models.CheckConstraint(
                name="termijnen_verlenging_duur",
                condition=Q(duur__regex=r"^P[1-9][0-9]{0,3}[DWMY]$"),
            ),
            models.CheckConstraint(
                name="termijnen_verlenging_met_reden", condition=~Q(reden="")
            ),
        ]

    def __str__(self) -> str:
        return f"Verlenging {self.pk}"


class Termijngebeurtenis(models.Model):
    """What happened to a term, when, by whom, and what the last day became."""

    id = models.BigAutoField(primary_key=True)
    termijn = models.ForeignKey(
        Termijn, on_delete=models.CASCADE, related_name="gebeurtenissen"
    )
    soort = models.CharField(max_length=12, choices=Gebeurd)
    op = models.DateTimeField(default=klok.now)
    door = models.BigIntegerField(null=True, editable=False)
    uiterlijk = models.DateField(null=True)
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        ordering = ["op", "id"]

    def __str__(self) -> str:
        return f"Termijngebeurtenis {self.pk}"
