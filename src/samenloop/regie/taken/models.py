"""Tasks, what each of them waits for, and what happened to it.

A task belongs to a case and is somebody's: an account, an organisation, a person on
record, or somebody by name; or nobody's yet. It can wait. What it waits for stands in
rows that are read in one way: of the rows with the same `groep` one is enough, and
every `groep` is needed. "All of" is so a group each, "any of" one group together.

Waiting never goes round: the database refuses a row that would close a loop, also when
two people add their half at the same moment (see the migration). And no task waits for
what cannot come: a condition that can never be met any more is marked so, and the task
lapses or asks the director, as was chosen for it (`doen`).
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.regie.models import Casus


class Taak(models.Model):
    """One thing that somebody does in a case."""

    class Staat(models.TextChoices):
        """How a task stands."""

        WACHT = "wacht", _("waits")
        OPEN = "open", _("to do")
        KLAAR = "klaar", _("done")
        VERVALLEN = "vervallen", _("lapsed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, db_index=False)
    casus = models.ForeignKey(Casus, on_delete=models.CASCADE, related_name="taken")
    titel = models.CharField(max_length=200)
    waarom = models.CharField(max_length=500, blank=True, default="", db_default="")
    account = models.BigIntegerField(null=True, blank=True)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    uiterlijk = models.DateField(null=True, blank=True)
    # How many days it is thought to take, for what determines the end of a case.
    dagen = models.PositiveSmallIntegerField(default=1, db_default=1)
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.OPEN)
    # Whether it starts by itself when it waits for nothing more, or asks the director.
    start_zelf = models.BooleanField(default=True, db_default=True)
    vraagt_sinds = models.DateTimeField(null=True, blank=True)
    # What can be decided, when the task is to decide; and what was.
    keuzes = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    uitkomst = models.CharField(max_length=100, blank=True, default="", db_default="")
    resultaat = models.CharField(max_length=500, blank=True, default="", db_default="")
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")
    elke_weken = models.PositiveSmallIntegerField(null=True, blank=True)
    herhaal_tot = models.DateField(null=True, blank=True)
    vorige = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="volgende",
    )
    # The activity of the plan that it carries out.
    activiteit = models.UUIDField(null=True, blank=True)
    gemaakt_op = models.DateTimeField(default=klok.now)
    gemaakt_door = models.BigIntegerField(null=True, editable=False)
    begonnen_op = models.DateTimeField(null=True, blank=True)
    beeindigd_op = models.DateTimeField(null=True, blank=True)
    beeindigd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = [F("uiterlijk").asc(nulls_last=True), "gemaakt_op", "id"]
        indexes = [
            models.Index(
                fields=["account", "uiterlijk"],
                name="taken_taak_account",
                condition=Q(staat__in=["wacht", "open"]),
            ),
            models.Index(
                fields=["gemeente", "uiterlijk"],
                name="taken_taak_uiterlijk",
                condition=Q(staat__in=["wacht", "open"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="taken_taak_titel", condition=~Q(titel="")),
            models.CheckConstraint(
                name="taken_taak_een_iemand",
                condition=(
                    Q(organisatie=None, persoon=None, naam="")
                    | Q(account=None, persoon=None, naam="")
                    | Q(account=None, organisatie=None, naam="")
                    | Q(account=None, organisatie=None, persoon=None)
                ),
            ),
            models.CheckConstraint(
                name="taken_taak_geeindigd",
                condition=(
                    Q(staat__in=["klaar", "vervallen"], beeindigd_op__isnull=False)
                    | Q(staat__in=["wacht", "open"], beeindigd_op=None)
                ),
            ),
            models.CheckConstraint(
                name="taken_taak_herhaling",
                condition=(
                    Q(elke_weken=None, herhaal_tot=None)
                    | Q(elke_weken__gte=1, herhaal_tot__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="taken_taak_vraagt_die_wacht",
                condition=Q(vraagt_sinds=None) | Q(staat="wacht"),
            ),
            models.UniqueConstraint(
                name="taken_taak_een_per_activiteit",
                fields=["activiteit"],
                condition=Q(activiteit__isnull=False, vorige=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Taak {self.pk}"


class Voorwaarde(models.Model):
    """One thing a task waits for; of those with the same `groep` one is enough."""

    class Soort(models.TextChoices):
        """What is waited for."""

        NA = "na", _("after another task")
        DATUM = "datum", _("a date")
        BESLUIT = "besluit", _("a decision")

    class Staat(models.TextChoices):
        """Whether it came."""

        OPEN = "open", _("still awaited")
        WAAR = "waar", _("came")
        NOOIT = "nooit", _("cannot come any more")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    taak = models.ForeignKey(Taak, on_delete=models.CASCADE, related_name="voorwaarden")
    groep = models.PositiveSmallIntegerField(default=1)
    soort = models.CharField(max_length=8, choices=Soort)
    op_taak = models.ForeignKey(
        Taak,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="wachtenden",
    )
    uitkomst = models.CharField(max_length=100, blank=True, default="", db_default="")
    datum = models.DateField(null=True, blank=True)
    staat = models.CharField(
        max_length=6, choices=Staat, default=Staat.OPEN, db_default="open"
    )

    class Meta:
        ordering = ["taak", "groep", "id"]
        indexes = [
            models.Index(
                fields=["datum"],
                name="taken_voorwaarde_datum",
                condition=Q(soort="datum", staat="open"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="taken_voorwaarde_naar_soort",
                condition=(
                    Q(soort="na", op_taak__isnull=False, datum=None, uitkomst="")
                    | Q(soort="datum", op_taak=None, datum__isnull=False, uitkomst="")
                    | Q(soort="besluit", op_taak__isnull=False, datum=None)
                    & ~Q(uitkomst="")
                ),
            ),
            models.UniqueConstraint(
                name="taken_voorwaarde_eenmaal",
                fields=["taak", "groep", "op_taak", "uitkomst"],
                condition=Q(op_taak__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Voorwaarde {self.pk}"


class Herinnering(models.Model):
    """On this day whoever has the task is reminded of it."""

    id = models.BigAutoField(primary_key=True)
    taak = models.ForeignKey(
        Taak, on_delete=models.CASCADE, related_name="herinneringen"
    )
    op = models.DateField()
    gegeven_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["op", "id"]
        indexes = [
            models.Index(
                fields=["op"],
                name="taken_herinnering_open",
                condition=Q(gegeven_op=None),
            )
        ]
        constraints = [
            models.UniqueConstraint("taak", "op", name="taken_herinnering_eenmaal")
        ]

    def __str__(self) -> str:
        return f"Herinnering {self.pk}"


class Taakverloop(models.Model):
    """Something happened to a task, when, by whom and why; nothing here is changed."""

    class Wat(models.TextChoices):
        """What happened."""

        GEGEVEN = "gegeven", _("given")
        BEGONNEN = "begonnen", _("can begin")
        VRAAGT = "vraagt", _("asks the director")
        OVERGEDRAGEN = "overgedragen", _("given to somebody else")
        TERUG = "terug", _("came back")
        GEWIJZIGD = "gewijzigd", _("changed")
        KLAAR = "klaar", _("done")
        VERVALLEN = "vervallen", _("lapsed")
        HEROPEND = "heropend", _("taken up again")

    id = models.BigAutoField(primary_key=True)
    taak = models.ForeignKey(Taak, on_delete=models.CASCADE, related_name="verloop")
    wat = models.CharField(max_length=12, choices=Wat)
    op = models.DateTimeField(default=klok.now)
    door = models.BigIntegerField(null=True, editable=False)
    reden = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Taakverloop {self.pk}"
