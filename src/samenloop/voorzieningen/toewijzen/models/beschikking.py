"""The formal decision, and the objection or complaint that may follow it.

A decision is never changed: a next one takes its place. It says what was granted, in
what form, for how long, on what ground and why, and until when one can object.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.inkoop.codes import WETTEN, Eenheid, Frequentie
from samenloop.voorzieningen.models import Bezwaar, Product, Wet
from samenloop.voorzieningen.toewijzen.models.aanvraag import Aanvraag


class Uitkomst(models.TextChoices):
    """What was decided."""

    TOEGEKEND = "toegekend", _("granted")
    DEELS = "deels", _("granted in part")
    AFGEWEZEN = "afgewezen", _("refused")


class Vorm(models.TextChoices):
    """In what form a provision is granted."""

    ZIN = "zin", _("care in kind")
    PGB = "pgb", _("personal budget")
    FINANCIEEL = "financieel", _("financial allowance")


class Vervangreden(models.TextChoices):
    """Why a decision took the place of an earlier one."""

    BEZWAAR = "bezwaar", _("after an objection that was upheld")
    FOUT = "fout", _("there was a mistake in it")
    SITUATIE = "situatie", _("the situation changed")


class Beschikking(models.Model):
    """A decision on one kind of provision; `bezwaar_tot` is the last day to object."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    nummer = models.CharField(max_length=30)
    aanvraag = models.ForeignKey(
        Aanvraag,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="beschikkingen",
    )
    # The decision whose place this one takes.
    vervangt = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="vervangen_door",
    )
    # Why, and from which day on this one holds instead.
    reden_vervanging = models.CharField(
        max_length=10, choices=Vervangreden, blank=True, default="", db_default=""
    )
    vervangt_per = models.DateField(null=True, blank=True)
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="beschikkingen"
    )
    wet = models.CharField(max_length=20, choices=Wet)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    uitkomst = models.CharField(max_length=10, choices=Uitkomst)
    vorm = models.CharField(
        max_length=10, choices=Vorm, blank=True, default="", db_default=""
    )
    grondslag = models.CharField(max_length=200)
    motivering = models.TextField()
    ingang = models.DateField(null=True, blank=True)
    eind = models.DateField(null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)
    eenheid = models.CharField(
        max_length=2, choices=Eenheid, blank=True, default="", db_default=""
    )
    frequentie = models.CharField(
        max_length=1, choices=Frequentie, blank=True, default="", db_default=""
    )
    budget = models.BigIntegerField(null=True, blank=True)
    besloten_op = models.DateTimeField(default=klok.now)
    # The day on which it was sent; the term to object begins the day after.
    bekendgemaakt_op = models.DateField()
    bezwaar_tot = models.DateField()
    besloten_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-besloten_op", "id"]
        constraints = [
            models.UniqueConstraint(
                name="toewijzen_beschikking_nummer", fields=["gemeente", "nummer"]
            ),
            models.CheckConstraint(
                name="toewijzen_beschikking_gevuld",
                condition=~Q(grondslag="")
                & ~Q(motivering="")
                & Q(wet__in=WETTEN, uitkomst__in=Uitkomst.values),
            ),
            models.CheckConstraint(
                name="toewijzen_beschikking_toekenning",
                condition=Q(uitkomst=Uitkomst.AFGEWEZEN, vorm="", ingang__isnull=True)
                & Q(eind__isnull=True)
                | ~Q(uitkomst=Uitkomst.AFGEWEZEN)
                & Q(vorm__in=Vorm.values, ingang__isnull=False),
            ),
            models.CheckConstraint(
                name="toewijzen_beschikking_periode",
                condition=Q(eind__isnull=True) | Q(eind__gte=F("ingang")),
            ),
            models.CheckConstraint(
                name="toewijzen_beschikking_bezwaar",
                condition=Q(bezwaar_tot__gt=F("bekendgemaakt_op")),
            ),
            models.CheckConstraint(
                name="toewijzen_beschikking_vervangt",
                condition=Q(
                    vervangt__isnull=True,
                    reden_vervanging="",
                    vervangt_per__isnull=True,
                )
                | Q(
                    vervangt__isnull=False,
                    reden_vervanging__in=Vervangreden.values,
                    vervangt_per__isnull=False,
                )
                & ~Q(vervangt=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def is_op_bezwaar(self) -> bool:
        """Whether it was taken on an objection, so that a court comes next."""
        return self.reden_vervanging == Vervangreden.BEZWAAR


class Bezwaarzaak(models.Model):
    """Whose objection or complaint it is, against which decision, until when to answer.

    What figures count (`Bezwaar`) holds no person; this ties the two together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="bezwaarzaken"
    )
    bezwaar = models.OneToOneField(
        Bezwaar, on_delete=models.PROTECT, related_name="zaak"
    )
    beschikking = models.ForeignKey(
        Beschikking,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bezwaarzaken",
    )
    inhoud = models.TextField(blank=True, default="", db_default="")
    uiterlijk = models.DateField()
    verdaagd = models.BooleanField(default=False, db_default=False)
    motivering = models.TextField(blank=True, default="", db_default="")
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["uiterlijk", "id"]

    def __str__(self) -> str:
        return f"Bezwaarzaak {self.pk}"
