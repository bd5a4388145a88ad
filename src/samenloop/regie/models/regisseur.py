"""Who directs a case, and who does so in their place.

At any moment a case has at most one director, which the database holds; a case without
one is unassigned work. A director has a right in the dossier exactly as long as they
direct, a substitute exactly as long as the director is away: each right is tied to what
it rests on.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.personen.models import Persoon
from samenloop.plannen.models import Deelname
from samenloop.regie.models.casus import Casus
from samenloop.regie.models.team import Afwezigheid


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
    # The right in the dossier that goes with it: it begins and ends with this period.
    deelname = models.OneToOneField(
        Deelname,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="regie",
    )

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


class Vervanging(models.Model):
    """Somebody stands in for an absent director in one case, by a right of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    afwezigheid = models.ForeignKey(
        Afwezigheid, on_delete=models.PROTECT, related_name="vervangingen"
    )
    regie = models.ForeignKey(
        Regie, on_delete=models.CASCADE, related_name="vervangingen"
    )
    deelname = models.OneToOneField(
        Deelname, on_delete=models.CASCADE, related_name="vervanging"
    )

    def __str__(self) -> str:
        return f"Vervanging {self.pk}"
