"""Who is told when a term gets late, and what was pushed through.

A rung is told of once for a term; the database holds that, so a job that runs twice
tells nobody twice.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.personen.models import Gemeente
from samenloop.regie.models import Casus, Team
from samenloop.regie.termijnen.models.lopen import Termijn


class Moment(models.TextChoices):
    """When a rung of the ladder comes."""

    DEEL = "deel", _("when so many percent of the time has passed")
    LAATSTE_DAG = "laatste_dag", _("on the last day")
    TE_LAAT = "te_laat", _("so many working days late")


class Aan(models.TextChoices):
    """Whom a rung tells."""

    REGISSEUR = "regisseur", _("the director")
    TEAMLEIDER = "teamleider", _("the team leader")
    DOORZETTER = "doorzetter", _("who may push through")


class Trede(models.Model):
    """A rung of the ladder of a team, or of the municipality when `team` is empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, null=True, blank=True, related_name="treden"
    )
    moment = models.CharField(max_length=12, choices=Moment)
    waarde = models.PositiveSmallIntegerField(default=0, db_default=0)
    aan = models.CharField(max_length=12, choices=Aan)
    # Who may push through is somebody in particular.
    account = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["moment", "waarde", "aan"]
        constraints = [
            models.UniqueConstraint(
                name="termijnen_trede_een_keer",
                fields=["gemeente", "team", "moment", "waarde", "aan"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="termijnen_trede_waarde",
                condition=Q(moment=Moment.DEEL, waarde__gte=1, waarde__lte=99)
                | Q(moment=Moment.LAATSTE_DAG, waarde=0)
                | Q(moment=Moment.TE_LAAT, waarde__gte=1, waarde__lte=60),
            ),
            models.CheckConstraint(
                name="termijnen_trede_aan", condition=Q(aan__in=Aan.values)
            ),
        ]

    def __str__(self) -> str:
        return f"Trede {self.pk}"


class Escalatie(models.Model):
    """A rung was reached for a term, once, and these accounts were told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    termijn = models.ForeignKey(
        Termijn, on_delete=models.CASCADE, related_name="escalaties"
    )
    moment = models.CharField(max_length=12, choices=Moment)
    waarde = models.PositiveSmallIntegerField(default=0, db_default=0)
    aan = models.CharField(max_length=12, choices=Aan)
    accounts = ArrayField(models.BigIntegerField(), default=list)
    op = models.DateTimeField(default=klok.now, editable=False)

    class Meta:
        ordering = ["op", "id"]
        constraints = [
            models.UniqueConstraint(
                name="termijnen_escalatie_een_keer",
                fields=["termijn", "moment", "waarde", "aan"],
            ),
        ]

    def __str__(self) -> str:
        return f"Escalatie {self.pk}"


class Escalatiebericht(models.Model):
    """Of a rung that was reached the e-mail went out, once: that something waits."""

    escalatie = models.OneToOneField(
        Escalatie, on_delete=models.CASCADE, primary_key=True, related_name="bericht"
    )
    op = models.DateTimeField(default=klok.now, editable=False)

    class Meta:
        ordering = ["op"]

    def __str__(self) -> str:
        return f"Escalatiebericht {self.pk}"


class Doorzetting(models.Model):
    """A decision to push through what was stuck: what, why, toward whom, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    casus = models.ForeignKey(
        Casus, on_delete=models.PROTECT, related_name="doorzettingen"
    )
    termijn = models.ForeignKey(
        Termijn, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, related_name="+"
    )
    besluit = models.CharField(max_length=500)
    reden = models.CharField(max_length=500)
    op = models.DateTimeField(default=klok.now, editable=False)
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(
                name="termijnen_doorzetting_gevuld",
                condition=~Q(besluit="") & ~Q(reden=""),
            )
        ]

    def __str__(self) -> str:
        return f"Doorzetting {self.pk}"
