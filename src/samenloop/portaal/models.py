"""Entrances of people of a family, whom they let in, and what they want in a plan.

An entrance belongs to somebody in one dossier, not to one participation: that may end
and another begin, and the entrance opens what runs. It never opens anything by itself.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Gebruiker
from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.plannen.models import Deelname, Dossier


class Ingang(models.Model):
    """The way in of one person, or of somebody by name, to one dossier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="ingangen"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    # The invitation that waits: only what was made of link and code is kept.
    sleutel = models.CharField(max_length=64, blank=True, default="", db_default="")
    code = models.CharField(max_length=128, blank=True, default="", db_default="")
    mispogingen = models.PositiveSmallIntegerField(default=0, db_default=0)
    uitgenodigd_op = models.DateTimeField(default=klok.now)
    uitgenodigd_door = models.BigIntegerField(null=True, editable=False)
    geldig_tot = models.DateTimeField()
    # The account with which they come in since; it names nobody.
    gebruiker = models.OneToOneField(
        Gebruiker, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    eerste_keer_op = models.DateTimeField(null=True, blank=True)
    laatst_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["uitgenodigd_op", "id"]
        constraints = [
            models.CheckConstraint(
                name="portaal_ingang_een_iemand",
                condition=Q(persoon__isnull=False, naam="")
                | Q(persoon=None) & ~Q(naam=""),
            ),
            models.UniqueConstraint(
                name="portaal_ingang_een_per_iemand",
                fields=["dossier", "persoon", "naam"],
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="portaal_ingang_sleutel",
                fields=["sleutel"],
                condition=~Q(sleutel=""),
            ),
            models.CheckConstraint(
                name="portaal_ingang_link_eindigt",
                condition=Q(geldig_tot__gt=F("uitgenodigd_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"Ingang {self.pk}"

    @property
    def wie(self) -> Q:
        """Finds the participations, tasks or restrictions of the same somebody."""
        return Q(persoon=self.persoon_id, naam=self.naam)


class Toelating(models.Model):
    """A participation that the family gave itself, and who of them did."""

    deelname = models.OneToOneField(
        Deelname,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="toelating",
    )
    door = models.ForeignKey(Deelname, on_delete=models.CASCADE, related_name="+")
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["op"]

    def __str__(self) -> str:
        return f"Toelating {self.pk}"


class Wens(models.Model):
    """What somebody of the family wants in the plan, in their own words."""

    class Staat(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("waits for an answer")
        OVERGENOMEN = "overgenomen", _("stands in the plan")
        NIET = "niet", _("does not come into the plan")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="wensen"
    )
    van = models.ForeignKey(Deelname, on_delete=models.PROTECT, related_name="+")
    tekst = models.TextField(max_length=2000)
    # Of the whole family, or of who wrote it.
    van_allen = models.BooleanField(default=False)
    op = models.DateTimeField(default=klok.now)
    staat = models.CharField(max_length=12, choices=Staat, default=Staat.OPEN)
    antwoord = models.CharField(max_length=500, blank=True, default="", db_default="")
    # The goal it became.
    doel = models.UUIDField(null=True, blank=True)
    afgedaan_op = models.DateTimeField(null=True, blank=True)
    afgedaan_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["-op", "id"]
        constraints = [
            models.CheckConstraint(name="portaal_wens_tekst", condition=~Q(tekst="")),
            models.CheckConstraint(
                name="portaal_wens_staat",
                condition=Q(staat="open", afgedaan_op=None)
                | Q(staat="overgenomen", afgedaan_op__isnull=False, doel__isnull=False)
                | Q(staat="niet", afgedaan_op__isnull=False) & ~Q(antwoord=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Wens {self.pk}"


class Aanbodinstelling(models.Model):
    """What a municipality shows its families of the help it contracted.

    No row is the careful choice: waiting times and words, no prices, no certificates.
    Remarks of supervision and of talks about a contract are never shown.
    """

    gemeente = models.OneToOneField(
        Gemeente, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    tarieven = models.BooleanField(default=False)
    keurmerken = models.BooleanField(default=False)
    toelichting = models.CharField(max_length=600, blank=True, default="")
    gewijzigd_door = models.BigIntegerField(null=True, editable=False)  # account
    gewijzigd_op = models.DateTimeField(default=klok.now, editable=False)

    def __str__(self) -> str:
        return f"aanbod voor gezinnen van {self.gemeente_id}"
