"""Consent of a person: for which data, for which purpose, until when.

Only for what the law makes depend on consent; it is never asked for where another
ground holds. It is given to a municipality, recorded with how it was given, and can be
withdrawn at any moment. Nothing of it changes but its withdrawal, once (a trigger).
"""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.core.fouten import Achterhaald
from samenloop.personen.gemeenten import Gemeente


class Wijze(models.TextChoices):
    """How consent was given."""

    MONDELING = "mondeling", "mondeling"
    SCHRIFTELIJK = "schriftelijk", "schriftelijk"
    DIGITAAL = "digitaal", "digitaal"


# The data for which some purpose asks consent; codes of the catalogue of grounds.
CATEGORIEEN = {
    "uitkering": _("benefits"),
    "schulden": _("debts"),
    "wmo_zorg": _("support under the Wmo"),
    "jeugdhulp": _("youth care"),
    "gezondheid": _("health"),
    "zvw_zorg": _("care paid by the health insurer"),
    "onderwijs_verzuim": _("school and absence"),
    "zelfredzaamheid": _("self-reliance"),
    "sociaal_netwerk": _("own network"),
    "plan": _("the plan of the family"),
    "signalen": _("signals"),
    "casusoverleg": _("talking it over with other helpers"),
}


# Purposes that nothing but consent can open (G111); nobody looks for them by hand.
SAMENLOOP = "samenloop_berekenen_over_domeinen"
ALLEEN_MET_TOESTEMMING = {
    SAMENLOOP: _("looking at signals of several laws together"),
}


class ToestemmingQuerySet(models.QuerySet["Toestemming"]):
    """Consent on a date."""

    def in_force(self, dag: date) -> Self:
        """Given by that day, not run out and not withdrawn."""
        return self.filter(
            Q(tot__isnull=True) | Q(tot__gte=dag),
            Q(ingetrokken_op__isnull=True) | Q(ingetrokken_op__gt=dag),
            gegeven_op__lte=dag,
        )


class Toestemming(models.Model):
    """Someone agreed to the use of a category of data for a purpose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.ForeignKey(
        "personen.Persoon", on_delete=models.PROTECT, related_name="toestemmingen"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    categorie = models.CharField(max_length=60)
    doel = models.CharField(max_length=60)
    gegeven_op = models.DateField()
    # Last day on which it holds; empty: until it is withdrawn.
    tot = models.DateField(null=True, blank=True)
    wijze = models.CharField(max_length=20, choices=Wijze)
    vastgelegd_door = models.CharField(max_length=64)
    ingetrokken_op = models.DateField(null=True, blank=True)

    objects = ToestemmingQuerySet.as_manager()

    class Meta:
        app_label = "personen"
        ordering = ["-gegeven_op", "categorie", "id"]
        constraints = [
            models.CheckConstraint(
                name="personen_toestemming_wijze", condition=Q(wijze__in=Wijze.values)
            ),
            models.CheckConstraint(
                name="personen_toestemming_gevuld",
                condition=~Q(categorie="") & ~Q(doel="") & ~Q(vastgelegd_door=""),
            ),
            models.CheckConstraint(
                name="personen_toestemming_tot",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("gegeven_op")),
            ),
            models.CheckConstraint(
                name="personen_toestemming_ingetrokken",
                condition=Q(ingetrokken_op__isnull=True)
                | Q(ingetrokken_op__gte=F("gegeven_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"Toestemming {self.pk}"

    def holds(self, dag: date) -> bool:
        """Whether it is in force on a day."""
        return (
            self.gegeven_op <= dag
            and (self.tot is None or self.tot >= dag)
            and (self.ingetrokken_op is None or self.ingetrokken_op > dag)
        )

    def withdraw(self, op: date) -> None:
        """Record that it was withdrawn; from that day on it no longer holds.

        Raises:
            Achterhaald: it was withdrawn before.
        """
        geraakt = Toestemming.objects.filter(
            pk=self.pk, ingetrokken_op__isnull=True
        ).update(ingetrokken_op=op)
        if not geraakt:
            raise Achterhaald()
        self.ingetrokken_op = op


def valid_consent(
    persoon_id: uuid.UUID, categorie: str, doel: str, op: date | None = None
) -> bool:
    """Whether someone's consent for these data and this purpose holds on a day (today).

    Consent given to a municipality outside the border does not count here.
    """
    return (
        Toestemming.objects.in_force(op or klok.today())
        .filter(persoon_id=persoon_id, categorie=categorie, doel=doel)
        .exists()
    )
