"""That somebody looks and why, and which doubtful grounds a municipality relies on.

Nothing that a source answers is in a table here, or anywhere: the view is made when it
is asked for and gone when the page closes. What stays is the opening (`Inkijk`), which
no one changes afterwards, and what was decided about the catalogue (`Grondbesluit`).
Accounts are kept by number, not by link: the record outlives who made it.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.personen.models import Gemeente, Gezin, Persoon

KORTSTE_REDEN = 10


class Context(models.TextChoices):
    """In what piece of work somebody looks; asked once in each."""

    MELDING = "melding", _("melding")
    CASUS = "casus", _("case")
    PERSOON = "persoon", _("person")


class Inkijk(models.Model):
    """One opening: who looks at whom, for what, how it was weighed, and until when.

    `leefgebieden` are the domains of life that were asked for; what is not in it was
    left out on purpose and is not fetched. A new opening in the same context takes the
    place of the one before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    account = models.BigIntegerField()
    context = models.CharField(max_length=10, choices=Context)
    context_id = models.UUIDField()
    gezin = models.ForeignKey(
        Gezin, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    doel = models.CharField(max_length=60)
    noodzaak = models.TextField(
        max_length=1000, validators=[MinLengthValidator(KORTSTE_REDEN)]
    )
    proportionaliteit = models.TextField(
        max_length=1000, validators=[MinLengthValidator(KORTSTE_REDEN)]
    )
    subsidiariteit = models.TextField(
        max_length=1000, validators=[MinLengthValidator(KORTSTE_REDEN)]
    )
    leefgebieden = ArrayField(models.CharField(max_length=20), default=list)
    # The emergency access it leans on, if it does.
    noodtoegang = models.UUIDField(null=True, blank=True)
    op = models.DateTimeField()
    geldig_tot = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["account", "context", "context_id", "-op"],
                name="klantbeeld_inkijk_wie",
            ),
            models.Index(fields=["gezin"], name="klantbeeld_inkijk_gezin"),
            models.Index(fields=["persoon"], name="klantbeeld_inkijk_persoon"),
        ]
        constraints = [
            models.CheckConstraint(
                name="klantbeeld_inkijk_context",
                condition=Q(context__in=Context.values),
            ),
            models.CheckConstraint(
                name="klantbeeld_inkijk_over_iemand",
                condition=Q(gezin__isnull=False) | Q(persoon__isnull=False),
            ),
            models.CheckConstraint(
                name="klantbeeld_inkijk_afgewogen",
                condition=~Q(doel="")
                & ~Q(noodzaak="")
                & ~Q(proportionaliteit="")
                & ~Q(subsidiariteit=""),
            ),
            models.CheckConstraint(
                name="klantbeeld_inkijk_duur", condition=Q(geldig_tot__gt=F("op"))
            ),
            models.CheckConstraint(
                name="klantbeeld_inkijk_nood",
                condition=Q(noodtoegang__isnull=False) | ~Q(doel="noodtoegang"),
            ),
        ]

    def __str__(self) -> str:
        return f"Inkijk {self.pk}"


class Grondbesluit(models.Model):
    """A doubtful row of the catalogue that a municipality takes for its own account.

    One proposes, another confirms; until then it opens nothing. Either of them can
    withdraw it alone: closing needs no second pair of eyes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    grond = models.CharField(max_length=4)
    waarom = models.TextField(
        max_length=2000, validators=[MinLengthValidator(KORTSTE_REDEN)]
    )
    voorgesteld_door = models.BigIntegerField()
    voorgesteld_op = models.DateTimeField()
    bevestigd_door = models.BigIntegerField(null=True, blank=True)
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.BigIntegerField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_waarom = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="klantbeeld_grondbesluit_een_tegelijk",
                fields=["gemeente", "grond"],
                condition=Q(ingetrokken_op__isnull=True),
            ),
            models.CheckConstraint(
                name="klantbeeld_grondbesluit_vier_ogen",
                condition=Q(bevestigd_door__isnull=True, bevestigd_op__isnull=True)
                | Q(bevestigd_door__isnull=False, bevestigd_op__isnull=False)
                & ~Q(bevestigd_door=F("voorgesteld_door")),
            ),
            models.CheckConstraint(
                name="klantbeeld_grondbesluit_intrekking",
                condition=Q(
                    ingetrokken_door__isnull=True,
                    ingetrokken_op__isnull=True,
                    ingetrokken_waarom="",
                )
                | Q(ingetrokken_door__isnull=False, ingetrokken_op__isnull=False)
                & ~Q(ingetrokken_waarom=""),
            ),
            models.CheckConstraint(
                name="klantbeeld_grondbesluit_gevuld",
                condition=Q(grond__regex=r"^G[0-9]{3}$") & ~Q(waarom=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grond} ({self.gemeente_id})"
