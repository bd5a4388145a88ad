"""An appointment of a case: what, when, where, and who of the dossier comes.

It is called off, never deleted, and each time it is moved the old moment stays with the
reason: a family that waited for nothing can be told why. That somebody came is not said
here but where they write down what came of it.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente
from samenloop.plannen.models import Deelname
from samenloop.regie.models import Casus


class Casusafspraak(models.Model):
    """People of one dossier meet at one moment."""

    class Soort(models.TextChoices):
        """What one meets for."""

        GESPREK = "gesprek", _("conversation")
        HUISBEZOEK = "huisbezoek", _("home visit")
        OVERLEG = "overleg", _("consultation")
        EVALUATIE = "evaluatie", _("evaluation")

    class Staat(models.TextChoices):
        """Whether it goes on."""

        GEPLAND = "gepland", _("planned")
        AFGEZEGD = "afgezegd", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="afspraken")
    soort = models.CharField(max_length=12, choices=Soort)
    begint_op = models.DateTimeField()
    minuten = models.PositiveSmallIntegerField(default=60)
    plaats = models.CharField(max_length=200, blank=True, default="", db_default="")
    waarover = models.CharField(max_length=200, blank=True, default="", db_default="")
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.GEPLAND)
    reden = models.CharField(max_length=300, blank=True, default="", db_default="")
    gemaakt_op = models.DateTimeField(default=klok.now)
    gemaakt_door = models.BigIntegerField(null=True, editable=False)
    afgezegd_op = models.DateTimeField(null=True, blank=True)
    afgezegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["begint_op", "id"]
        indexes = [
            models.Index(fields=["casus", "begint_op"], name="afspraken_casus_begin"),
            models.Index(
                fields=["gemeente", "begint_op"], name="afspraken_gemeente_begin"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="afspraken_minuten", condition=Q(minuten__range=(5, 600))
            ),
            models.CheckConstraint(
                name="afspraken_soort",
                condition=Q(
                    soort__in=["gesprek", "huisbezoek", "overleg", "evaluatie"]
                ),
            ),
            models.CheckConstraint(
                name="afspraken_afgezegd_met_reden",
                condition=Q(staat="gepland", afgezegd_op=None, reden="")
                | Q(staat="afgezegd", afgezegd_op__isnull=False) & ~Q(reden=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Casusafspraak {self.pk}"


class Afspraakdeelname(models.Model):
    """Somebody who takes part in the dossier is to come."""

    id = models.BigAutoField(primary_key=True)
    afspraak = models.ForeignKey(
        Casusafspraak, on_delete=models.CASCADE, related_name="komen"
    )
    deelname = models.ForeignKey(
        Deelname, on_delete=models.PROTECT, related_name="afspraken"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["afspraak", "deelname"], name="afspraken_een_keer_uitgenodigd"
            )
        ]

    def __str__(self) -> str:
        return f"Afspraakdeelname {self.pk}"


class Verzetting(models.Model):
    """An appointment was moved: from when and where, and why."""

    id = models.BigAutoField(primary_key=True)
    afspraak = models.ForeignKey(
        Casusafspraak, on_delete=models.CASCADE, related_name="verzettingen"
    )
    was_op = models.DateTimeField()
    was_plaats = models.CharField(max_length=200, blank=True, default="", db_default="")
    reden = models.CharField(max_length=300)
    op = models.DateTimeField(default=klok.now)
    door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(
                name="afspraken_verzet_met_reden", condition=~Q(reden="")
            )
        ]

    def __str__(self) -> str:
        return f"Verzetting {self.pk}"
