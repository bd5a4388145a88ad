"""Cases: what type they had when, who directs them, in which steps they are; and teams.

A case is closed when its last period has ended; it can be reopened by a new period. The
caseload on a date is the number of cases with a period in force. At any moment a case
has at most one director, which the database holds; a case without one is unassigned
work. Steps are states of work, not a pipeline: each can be taken up again, with a
reason, and what was is kept.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.core.tijd import Feit
from samenloop.personen.models import Gemeente, Huishouden, Persoon, one_at_a_time
from samenloop.plannen.models import Dossier
from samenloop.signalen.models import Melding


class Team(models.Model):
    """People who share work in a municipality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    naam = models.CharField(max_length=100)
    actief = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint("gemeente", "naam", name="regie_team_naam"),
            models.CheckConstraint(name="regie_team_met_naam", condition=~Q(naam="")),
        ]

    def __str__(self) -> str:
        return self.naam


class Teamlid(models.Model):
    """An account belongs to a team in a period, for so many hours a week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="leden")
    account = models.BigIntegerField()
    leidt = models.BooleanField(default=False, db_default=False)
    uren = models.DecimalField(max_digits=4, decimal_places=1, default=36)
    geldig = DateRangeField()

    class Meta:
        ordering = ["team", "account"]
        indexes = [models.Index(fields=["account"], name="regie_teamlid_account")]
        constraints = [
            ExclusionConstraint(
                name="regie_teamlid_een_tegelijk",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="regie_teamlid_uren", condition=Q(uren__gte=0, uren__lte=60)
            ),
        ]

    def __str__(self) -> str:
        return f"Teamlid {self.pk}"


class Afwezigheid(models.Model):
    """Somebody is away, and who takes over meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    account = models.BigIntegerField()
    vervanger = models.BigIntegerField(null=True, blank=True)
    geldig = DateRangeField()
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-geldig", "id"]
        constraints = [
            models.CheckConstraint(
                name="regie_afwezigheid_ander",
                condition=Q(vervanger__isnull=True) | ~Q(vervanger=F("account")),
            ),
            ExclusionConstraint(
                name="regie_afwezigheid_een_tegelijk",
                expressions=[
                    ("gemeente", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"Afwezigheid {self.pk}"


class Casus(models.Model):
    """One matter about one person that a team has in hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nummer = models.CharField(max_length=40, unique=True)
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )
    betrokkene = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="casussen"
    )
    huishouden = models.ForeignKey(
        Huishouden, on_delete=models.PROTECT, null=True, blank=True
    )
    # Cases of before this system have no dossier here.
    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="casus"
    )
    melding = models.ForeignKey(
        Melding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="casussen",
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="casussen"
    )
    nazorg_tot = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["nummer"]
        constraints = [
            models.CheckConstraint(name="regie_casus_nummer", condition=~Q(nummer=""))
        ]

    def __str__(self) -> str:
        return self.nummer


class Casusperiode(Feit):
    """A case has one type at a time; `reden_einde` says why this period ended."""

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="perioden")
    type = models.CharField(max_length=100)
    reden_einde = models.CharField(
        max_length=100, blank=True, default="", db_default=""
    )

    class Meta(Feit.Meta):
        constraints = [
            *Feit.Meta.constraints,
            one_at_a_time("regie_casusperiode_een_tegelijk", "casus"),
            models.CheckConstraint(
                name="regie_casusperiode_type", condition=~Q(type="")
            ),
            models.CheckConstraint(
                name="regie_casusperiode_reden_na_einde",
                condition=Q(reden_einde="") | Q(geldig__upper_inf=False),
            ),
        ]


class Stap(models.TextChoices):
    """The eight steps of multiple support, in the order in which they are read."""

    SIGNAAL = "signaal", _("Signal received")
    BEOORDELEN = "beoordelen", _("Assess the situation")
    OVERLEG = "overleg", _("Case conference")
    PLAN = "plan", _("Draw up the plan")
    REGELEN = "regelen", _("Arrange the parts")
    UITVOEREN = "uitvoeren", _("Carry out")
    VOLGEN = "volgen", _("Follow how it goes")
    EVALUEREN = "evalueren", _("Evaluate")


class Stapstand(models.Model):
    """A step came into a state, why and by whom; the latest one holds."""

    class Staat(models.TextChoices):
        """How a step stands."""

        NOG_NIET = "nog_niet", _("not yet")
        BEZIG = "bezig", _("under way")
        KLAAR = "klaar", _("done")
        OVERGESLAGEN = "overgeslagen", _("left out")

    id = models.BigAutoField(primary_key=True)
    casus = models.ForeignKey(Casus, on_delete=models.CASCADE, related_name="stappen")
    stap = models.CharField(max_length=12, choices=Stap)
    staat = models.CharField(max_length=12, choices=Staat)
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")
    op = models.DateTimeField(default=klok.now)
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Stapstand {self.pk}"


class Regiemodel(models.TextChoices):
    """The four ways to fill the role of director (VISD 4.3.1)."""

    BURGER = "burger", _("the citizen directs")
    HULPVERLENER = "hulpverlener", _("one of the helpers directs")
    NAAST = "naast", _("a director beside the helpers")
    MANDAAT = "mandaat", _("a director with mandate")


class Regie(models.Model):
    """Who directs a case in a period, and in which of the four ways.

    It may be an account, an organisation that helps, or a citizen: exactly one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    casus = models.ForeignKey(Casus, on_delete=models.CASCADE, related_name="regies")
    model = models.CharField(max_length=12, choices=Regiemodel)
    account = models.BigIntegerField(null=True, blank=True)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    geldig = DateTimeRangeField()
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["geldig", "id"]
        indexes = [models.Index(fields=["account"], name="regie_regie_account")]
        constraints = [
            ExclusionConstraint(
                name="regie_regie_een_regisseur",
                expressions=[
                    ("casus", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="regie_regie_een_iemand",
                condition=(
                    Q(account__isnull=False, organisatie=None, persoon=None)
                    | Q(account=None, organisatie__isnull=False, persoon=None)
                    | Q(account=None, organisatie=None, persoon__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="regie_regie_model", condition=Q(model__in=Regiemodel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"Regie {self.pk}"
