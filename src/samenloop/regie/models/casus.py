"""Cases: what type they had when, from which meldingen they came, and their steps.

A case is closed when its last period has ended; it can be reopened by a new period. The
caseload on a date is the number of cases with a period in force. Steps are states of
work, not a pipeline: each can be taken up again, with a reason, and what was is kept.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.core.tijd import Feit
from samenloop.personen.models import Gemeente, Huishouden, Persoon, one_at_a_time
from samenloop.plannen.models import Dossier
from samenloop.regie.models.team import Team
from samenloop.signalen.models import Melding


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
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="casussen"
    )
    # Nobody directs a case that runs: kept here, so that a list of them costs nothing.
    wacht_op_regisseur = models.BooleanField(default=False, db_default=False)
    # The day on which somebody asks how it goes, after the case was closed.
    nazorg_tot = models.DateField(null=True, blank=True)
    nazorg_gedaan_op = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["nummer"]
        indexes = [
            models.Index(
                fields=["gemeente"],
                name="regie_casus_wacht",
                condition=Q(wacht_op_regisseur=True),
            )
        ]
        constraints = [
            models.CheckConstraint(name="regie_casus_nummer", condition=~Q(nummer=""))
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def kort(self) -> str:
        """The number as people say it; the municipality goes without saying."""
        return self.nummer.removeprefix(f"{self.gemeente_id}-")


class Casusmelding(models.Model):
    """A melding that a case came from, or that came to it later.

    A table of its own: a melding ends by its own term when it led to nothing, and with
    the dossier when it became part of one.
    """

    id = models.BigAutoField(primary_key=True)
    casus = models.ForeignKey(
        Casus, on_delete=models.CASCADE, related_name="casusmeldingen"
    )
    melding = models.OneToOneField(
        Melding, on_delete=models.PROTECT, related_name="casusmelding"
    )
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Casusmelding {self.pk}"


class Casusperiode(Feit):
    """A case has one type at a time; its reasons say why it began and ended."""

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="perioden")
    type = models.CharField(max_length=100)
    reden_begin = models.CharField(
        max_length=500, blank=True, default="", db_default=""
    )
    reden_einde = models.CharField(
        max_length=100, blank=True, default="", db_default=""
    )
    toelichting_einde = models.CharField(
        max_length=500, blank=True, default="", db_default=""
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
        indexes = [
            models.Index(
                fields=["casus", "stap", "-id"], name="regie_stapstand_laatste"
            )
        ]

    def __str__(self) -> str:
        return f"Stapstand {self.pk}"
