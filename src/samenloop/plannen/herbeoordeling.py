"""What somebody must look at again because a ground changed.

Rights move on a birthday (12, 16, 18), when gezag changes, when consent is withdrawn
and when a restriction reaches its day. What must end at once ends at once; what must be
asked of someone else is put up here, and stays until somebody wrote down the answer.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Persoon, Toestemming


class Aanleiding(models.TextChoices):
    """Why it must be looked at again."""

    TWAALF = "wordt_12", _("turns 12")
    ZESTIEN = "wordt_16", _("turns 16")
    ACHTTIEN = "wordt_18", _("turns 18")
    GEZAG = "gezag", _("gezag changed")
    GROND_WEG = "grond_weg", _("the plan lost its consent")
    BEPERKING = "beperking", _("a restriction reaches its day of review")


class Uitkomst(models.TextChoices):
    """What came of it."""

    BLIJFT = "blijft", _("it stays, confirmed by who decides now")
    STOPT = "stopt", _("it stops")
    ANDERS = "anders", _("settled in another way")


class Herbeoordeling(models.Model):
    """One thing to look at again, for the director of a dossier.

    At most one of deelname, toestemming and beperking says what it is about; none when
    it is about the dossier as a whole.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        "plannen.Dossier", on_delete=models.CASCADE, related_name="herbeoordelingen"
    )
    # Whose rights moved.
    persoon = models.ForeignKey(Persoon, on_delete=models.PROTECT, related_name="+")
    aanleiding = models.CharField(max_length=20, choices=Aanleiding)
    op = models.DateField()
    deelname = models.ForeignKey(
        "plannen.Deelname", on_delete=models.CASCADE, null=True, blank=True,
        related_name="herbeoordelingen",
    )  # fmt: skip
    toestemming = models.ForeignKey(
        Toestemming, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    beperking = models.ForeignKey(
        "plannen.Beperking", on_delete=models.CASCADE, null=True, blank=True,
        related_name="herbeoordelingen",
    )  # fmt: skip
    gemaakt_op = models.DateTimeField(default=klok.now, editable=False)
    afgedaan_op = models.DateTimeField(null=True, blank=True)
    afgedaan_door = models.BigIntegerField(null=True, editable=False)
    uitkomst = models.CharField(
        max_length=10, choices=Uitkomst, blank=True, default="", db_default=""
    )
    toelichting = models.CharField(
        max_length=1000, blank=True, default="", db_default=""
    )

    class Meta:
        app_label = "plannen"
        ordering = ["op", "gemaakt_op", "id"]
        constraints = [
            models.CheckConstraint(
                name="plannen_herbeoordeling_uitkomst",
                condition=Q(afgedaan_op__isnull=True, uitkomst="")
                | Q(afgedaan_op__isnull=False, uitkomst__in=Uitkomst.values),
            ),
            # The same occasion asks the same thing once, however often work runs.
            models.UniqueConstraint(
                name="plannen_herbeoordeling_eenmaal",
                fields=[
                    *("dossier", "persoon", "aanleiding", "op"),
                    *("deelname", "toestemming", "beperking"),
                ],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                fields=["dossier"],
                name="plannen_herbeoordeling_open",
                condition=Q(afgedaan_op__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Herbeoordeling {self.pk}"
