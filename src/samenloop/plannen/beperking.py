"""The director closes parts to somebody, although the family opened them.

Only for safety or where somebody is put under pressure, with a reason, and never for
good: on the day of review it ends, or the director renews it with a new reason. It is
about somebody, not about one participation, so letting the same person in again does
not get round it.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.personen.models import Persoon


class Beperkgrond(models.TextChoices):
    """For what a part may be closed against the wish of the family."""

    VEILIGHEID = "veiligheid", _("somebody's safety")
    DWANG = "dwang", _("somebody is put under pressure")
    ONDERZOEK = "onderzoek", _("an inquiry into violence at home that still runs")


class Beperking(models.Model):
    """Parts of a dossier are closed to somebody, up to and including a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        "plannen.Dossier", on_delete=models.CASCADE, related_name="beperkingen"
    )
    account = models.BigIntegerField(null=True, blank=True)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    delen = ArrayField(models.CharField(max_length=20))
    grond = models.CharField(max_length=20, choices=Beperkgrond)
    reden = models.TextField(max_length=2000)
    # Whether the family may read that this is closed and on what ground; not where
    # knowing it would put somebody in danger.
    getoond = models.BooleanField(default=False, db_default=False)
    van = models.DateTimeField(default=klok.now)
    # Last day on which it holds unless it is renewed.
    herzien_op = models.DateField()
    opgelegd_door = models.BigIntegerField(null=True, editable=False)
    # The one it renews, with its own reason.
    vernieuwt = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="opvolger",
    )  # fmt: skip
    beeindigd_op = models.DateTimeField(null=True, blank=True)
    beeindigd_door = models.BigIntegerField(null=True, editable=False)
    reden_einde = models.CharField(
        max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        app_label = "plannen"
        ordering = ["-van", "id"]
        constraints = [
            models.CheckConstraint(
                name="plannen_beperking_grond",
                condition=Q(grond__in=Beperkgrond.values),
            ),
            models.CheckConstraint(
                name="plannen_beperking_gevuld", condition=~Q(reden="") & ~Q(delen=[])
            ),
            models.CheckConstraint(
                name="plannen_beperking_einde",
                condition=Q(beeindigd_op__isnull=True) | Q(beeindigd_op__gte=F("van")),
            ),
            models.CheckConstraint(
                name="plannen_beperking_een_iemand",
                condition=(
                    Q(account__isnull=False, organisatie=None, persoon=None, naam="")
                    | Q(account=None, organisatie__isnull=False, persoon=None, naam="")
                    | Q(account=None, organisatie=None, persoon__isnull=False, naam="")
                    | Q(account=None, organisatie=None, persoon=None) & ~Q(naam="")
                ),
            ),
            # One at a time: what is closed can then be read from one row.
            models.UniqueConstraint(
                name="plannen_beperking_een_tegelijk",
                fields=["dossier", "account", "organisatie", "persoon", "naam"],
                condition=Q(beeindigd_op__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"Beperking {self.pk}"
