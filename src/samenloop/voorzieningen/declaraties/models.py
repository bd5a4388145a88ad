"""Invoices, their lines, and the batches in which granted lines are paid.

A line is granted or refused as a whole, never in part, and granted once: another line
of the same provider cannot carry the same reference. A line stands in one batch at most
and a batch is approved by somebody else than who made it; both are rules of the
tables, so no page and no job can go around them. Amounts are whole eurocents.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samenloop.core.geld import Geld
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.declaraties import redenen
from samenloop.voorzieningen.models import Aanbieder, Wet

_WETTEN = [Wet.WMO, Wet.JEUGDWET]


class Declaratie(models.Model):
    """One invoice of a provider over one calendar month.

    `ingediend` and `toegekend` are debit minus credit, so below zero when more is given
    back than asked. `bericht` is the id of the message it came in with.
    """

    class Staat(models.TextChoices):
        """What became of it."""

        TOEGEKEND = "toegekend", "helemaal toegekend"
        DEELS = "deels", "deels toegekend"
        AFGEWEZEN = "afgewezen", "afgewezen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    wet = models.CharField(max_length=20, choices=Wet)
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="declaraties"
    )
    nummer = models.CharField(max_length=12)
    begin = models.DateField()
    eind = models.DateField()
    dagtekening = models.DateField()
    ingediend = models.BigIntegerField()
    toegekend = models.BigIntegerField()
    regels = models.PositiveIntegerField()
    regels_afgewezen = models.PositiveIntegerField()
    staat = models.CharField(max_length=10, choices=Staat)
    ontvangen_op = models.DateTimeField()
    beoordeeld_op = models.DateTimeField()
    bericht = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-ontvangen_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="declaraties_declaratie_nummer",
                fields=["gemeente", "wet", "aanbieder", "nummer"],
            ),
            models.CheckConstraint(
                name="declaraties_declaratie_wet", condition=Q(wet__in=_WETTEN)
            ),
            models.CheckConstraint(
                name="declaraties_declaratie_maand", condition=Q(begin__lte=F("eind"))
            ),
            models.CheckConstraint(
                name="declaraties_declaratie_regels",
                condition=Q(regels_afgewezen__lte=F("regels")),
            ),
            models.CheckConstraint(
                name="declaraties_declaratie_staat",
                condition=Q(
                    staat="toegekend", regels_afgewezen=0, toegekend=F("ingediend")
                )
                | Q(staat="deels", regels_afgewezen__gt=0)
                | Q(staat="afgewezen", toegekend=0),
            ),
        ]
        indexes = [
            models.Index(
                name="declaraties_declaratie_lijst",
                fields=["gemeente", "-ontvangen_op"],
            )
        ]

    def __str__(self) -> str:
        return f"declaratie {self.nummer}"

    @property
    def ingediend_in_euros(self) -> Geld:
        """What was asked, as people write it."""
        return Geld(self.ingediend)

    @property
    def toegekend_in_euros(self) -> Geld:
        """What was granted, as people write it."""
        return Geld(self.toegekend)


class Prestatie(models.Model):
    """One line of an invoice, with the verdict on it.

    The columns of the allocation are as the provider sent them; `toewijzing` is the id
    of the allocation that was found, empty when there is none.
    """

    class Oordeel(models.TextChoices):
        """Granted or refused, as a whole."""

        TOEGEKEND = "toegekend", "toegekend"
        AFGEWEZEN = "afgewezen", "afgewezen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    declaratie = models.ForeignKey(
        Declaratie, on_delete=models.PROTECT, related_name="prestaties"
    )
    volgnummer = models.PositiveIntegerField()
    wet = models.CharField(max_length=20, choices=Wet)
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, related_name="+"
    )
    referentie = models.CharField(max_length=20)
    vorige_referentie = models.CharField(max_length=20, blank=True, default="")
    toewijzing = models.UUIDField(null=True)
    toewijzingnummer = models.IntegerField()
    categorie = models.CharField(max_length=2)
    code = models.CharField(max_length=5)
    begin = models.DateField()
    eind = models.DateField()
    volume = models.BigIntegerField()
    eenheid = models.CharField(max_length=2)
    tarief = models.BigIntegerField(null=True)
    bedrag = models.BigIntegerField()
    is_credit = models.BooleanField()
    crediteert = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="gecrediteerd_door"
    )
    oordeel = models.CharField(max_length=9, choices=Oordeel)
    retourcodes = ArrayField(models.CharField(max_length=4), default=list)

    class Meta:
        ordering = ["declaratie", "volgnummer"]
        constraints = [
            models.UniqueConstraint(
                name="declaraties_prestatie_een", fields=["declaratie", "volgnummer"]
            ),
            models.UniqueConstraint(
                name="declaraties_prestatie_referentie",
                fields=["gemeente", "wet", "aanbieder", "referentie"],
                condition=Q(oordeel="toegekend"),
            ),
            models.CheckConstraint(
                name="declaraties_prestatie_bedrag", condition=Q(bedrag__gte=0)
            ),
            # Only a granted credit takes an earlier line back, and so just once.
            models.CheckConstraint(
                name="declaraties_prestatie_credit",
                condition=Q(crediteert=None) | Q(is_credit=True, oordeel="toegekend"),
            ),
            models.CheckConstraint(
                name="declaraties_prestatie_reden",
                condition=Q(oordeel="toegekend", retourcodes=[])
                | (Q(oordeel="afgewezen") & ~Q(retourcodes=[])),
            ),
            models.CheckConstraint(
                name="declaraties_prestatie_toegekend",
                condition=Q(oordeel="afgewezen")
                | Q(toewijzing__isnull=False, persoon__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="declaraties_prestatie_toew",
                fields=["toewijzing", "begin"],
                condition=Q(oordeel="toegekend"),
            ),
            models.Index(
                name="declaraties_prestatie_ref",
                fields=["gemeente", "aanbieder", "referentie"],
            ),
            models.Index(name="declaraties_prestatie_wie", fields=["persoon"]),
        ]

    def __str__(self) -> str:
        return f"prestatie {self.referentie}"

    @property
    def saldo(self) -> int:
        """The amount with its sign, in eurocents: below zero for a credit."""
        return -self.bedrag if self.is_credit else self.bedrag

    @property
    def in_euros(self) -> Geld:
        """The amount with its sign, as people write it."""
        return Geld(self.saldo)

    @property
    def waarom(self) -> str:
        """Why it was refused: each code with what it means."""
        return "; ".join(redenen.explain(code) for code in self.retourcodes)


class Betaalbatch(models.Model):
    """Granted lines that are paid together, after a second pair of eyes."""

    class Staat(models.TextChoices):
        """Where a batch stands."""

        GEMAAKT = "gemaakt", "wacht op goedkeuring"
        GOEDGEKEURD = "goedgekeurd", "goedgekeurd"
        UITGEVOERD = "uitgevoerd", "aangeboden aan de administratie"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    nummer = models.PositiveIntegerField()
    staat = models.CharField(max_length=11, choices=Staat, default=Staat.GEMAAKT)
    bedrag = models.BigIntegerField()
    aantal = models.PositiveIntegerField()
    gemaakt_door = models.BigIntegerField()  # account
    gemaakt_op = models.DateTimeField()
    goedgekeurd_door = models.BigIntegerField(null=True)  # account
    goedgekeurd_op = models.DateTimeField(null=True)
    uitgevoerd_op = models.DateTimeField(null=True)
    ingetrokken_reden = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-gemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                name="declaraties_betaalbatch_nummer", fields=["gemeente", "nummer"]
            ),
            models.CheckConstraint(
                name="declaraties_betaalbatch_vier_ogen",
                condition=Q(goedgekeurd_door=None)
                | ~Q(goedgekeurd_door=F("gemaakt_door")),
            ),
            models.CheckConstraint(
                name="declaraties_betaalbatch_goedgekeurd",
                condition=Q(staat__in=["gemaakt", "ingetrokken"], goedgekeurd_op=None)
                | Q(
                    staat__in=["goedgekeurd", "uitgevoerd"],
                    goedgekeurd_door__isnull=False,
                    goedgekeurd_op__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="declaraties_betaalbatch_ingetrokken",
                condition=~Q(staat="ingetrokken") | ~Q(ingetrokken_reden=""),
            ),
        ]

    def __str__(self) -> str:
        return f"betaalbatch {self.nummer}"


class Betaalregel(models.Model):
    """A line in a batch; one line, one batch, so it cannot be paid twice.

    `bedrag` has its sign. A batch that was withdrawn lets go of its lines.
    """

    batch = models.ForeignKey(
        Betaalbatch, on_delete=models.PROTECT, related_name="regels"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    prestatie = models.OneToOneField(
        Prestatie, on_delete=models.PROTECT, related_name="betaling"
    )
    bedrag = models.BigIntegerField()

    def __str__(self) -> str:
        return f"betaling van {self.prestatie_id}"
