"""Cases and the periods in which they had one type.

A case is closed when its last period has ended; it can be reopened by a new period. The
caseload on a date is the number of cases with a period in force.
"""

import uuid

from django.db import models
from django.db.models import Q

from samenloop.core.tijd import Feit
from samenloop.personen.models import Gemeente, Huishouden, Persoon, one_at_a_time


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
