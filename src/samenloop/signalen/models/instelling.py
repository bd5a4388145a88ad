"""What a municipality sets itself, and what someone was typing when called away."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from samenloop.access.models import GEMEENTECODE
from samenloop.core import klok

VEILIGHEID_UREN = 24
WERKDAGEN = 5
LOS_DAGEN = 90


class Weegtermijn(models.Model):
    """Before when a melding is weighed: an own agreement, no term of law.

    Rows are added; the newest counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.CharField(max_length=6, validators=[RegexValidator(GEMEENTECODE)])
    veiligheid_uren = models.PositiveSmallIntegerField(default=VEILIGHEID_UREN)
    werkdagen = models.PositiveSmallIntegerField(default=WERKDAGEN)
    # A loose signal that nobody took up so long leads to nothing (requirement B8).
    los_dagen = models.PositiveSmallIntegerField(default=LOS_DAGEN)
    grond = models.CharField(max_length=200, blank=True, default="")
    vastgelegd_door = models.BigIntegerField(null=True, blank=True)  # account
    vastgelegd_op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["-vastgelegd_op", "-id"]
        constraints = [
            models.CheckConstraint(
                name="signalen_weegtermijn_kort",
                condition=Q(veiligheid_uren__gte=1, veiligheid_uren__lte=120)
                & Q(werkdagen__gte=1, werkdagen__lte=60)
                & Q(los_dagen__gte=7, los_dagen__lte=365),
            )
        ]

    def __str__(self) -> str:
        return f"Weegtermijn {self.gemeente}"

    @classmethod
    def of(cls, gemeente: str) -> "Weegtermijn":
        """What counts now; unsaved defaults when nothing was set."""
        return cls.objects.filter(gemeente=gemeente).first() or cls(gemeente=gemeente)


class Signaalconcept(models.Model):
    """A signal that is being typed; one per account, municipality and form."""

    account = models.BigIntegerField()
    gemeente = models.CharField(max_length=6)
    formulier = models.CharField(max_length=12)
    inhoud = models.JSONField(default=dict)
    bewaard_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signalen_signaalconcept_een",
                fields=["account", "gemeente", "formulier"],
            )
        ]

    def __str__(self) -> str:
        return f"Signaalconcept {self.pk}"
