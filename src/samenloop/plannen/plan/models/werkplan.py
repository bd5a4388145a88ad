"""The plan of a family: what it wants, who does what, and what was signed.

The working plan (`Plan` with its goals, activities and agreements) can be changed by
several people at once: each field carries its own revision, and a text that lost a race
is kept beside the other (`Tekstvariant`) until somebody chooses. What was agreed is a
numbered version (`Planversie`) that never changes again; the last one that everybody
signed is in force, whatever is being written meanwhile.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gezin, Persoon
from samenloop.plannen.models import Deelname, Dossier


class Grond(models.TextChoices):
    """Why there may be a plan."""

    TOESTEMMING = "toestemming", _("with consent")
    MEERVOUDIG = "meervoudig", _("several problems at once, without consent")


class Doelstand(models.TextChoices):
    """How it goes with a goal."""

    GAAT_GOED = "gaat_goed", _("goes well")
    LOOPT = "loopt", _("running")
    LOOPT_VAST = "loopt_vast", _("gets stuck")
    BEREIKT = "bereikt", _("reached")
    GESTOPT = "gestopt", _("stopped")


class Activiteitstand(models.TextChoices):
    """How far an activity is."""

    TE_STARTEN = "te_starten", _("still to start")
    LOOPT = "loopt", _("running")
    WACHT = "wacht", _("waits")
    KLAAR = "klaar", _("done")
    GESTOPT = "gestopt", _("stopped")


class Soort(models.TextChoices):
    """What kind of doer does an activity."""

    GEZIN = "gezin", _("the family itself")
    NETWERK = "netwerk", _("own network")
    VRIJWILLIGER = "vrijwilliger", _("volunteer")
    BEROEPSKRACHT = "beroepskracht", _("professional")


class Plan(models.Model):
    """The one plan of a gezin, or of somebody who has none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="plannen"
    )
    gezin = models.ForeignKey(
        Gezin, on_delete=models.PROTECT, null=True, blank=True, related_name="plannen"
    )
    betrokkene = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="plannen"
    )
    grond = models.CharField(max_length=20, choices=Grond)
    # Only without consent: why it is needed all the same, and when that is looked at.
    grond_reden = models.TextField(blank=True, default="", db_default="")
    grond_herzien_op = models.DateField(null=True, blank=True)
    grond_door = models.BigIntegerField(null=True, editable=False)
    geopend_op = models.DateField(default=klok.today)
    gesloten_op = models.DateField(null=True, blank=True)
    reden_einde = models.CharField(
        max_length=300, blank=True, default="", db_default=""
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-geopend_op", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="plan_plan_een_open_per_gezin",
                fields=["gezin"],
                condition=Q(gesloten_op__isnull=True, gezin__isnull=False),
            ),
            models.UniqueConstraint(
                name="plan_plan_een_open_per_persoon",
                fields=["betrokkene"],
                condition=Q(gesloten_op__isnull=True, gezin__isnull=True),
            ),
            models.UniqueConstraint(
                name="plan_plan_een_open_per_dossier",
                fields=["dossier"],
                condition=Q(gesloten_op__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_plan_grond",
                condition=Q(grond=Grond.TOESTEMMING)
                | Q(grond=Grond.MEERVOUDIG, grond_herzien_op__isnull=False)
                & ~Q(grond_reden=""),
            ),
            models.CheckConstraint(
                name="plan_plan_gesloten_na_open",
                condition=Q(gesloten_op__isnull=True)
                | Q(gesloten_op__gte=F("geopend_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.pk}"


class Onderdeel(models.Model):
    """What can be written in by several people at once.

    `revisies` holds per field how often it was written, and who wrote last from which
    page. What is removed stays: somebody may still be typing in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    orde = models.IntegerField(default=0)
    revisies = models.JSONField(default=dict, editable=False)
    gewijzigd_op = models.DateTimeField(default=klok.now)
    weg_op = models.DateTimeField(null=True, blank=True)
    weg_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True


class Doelstelling(Onderdeel):
    """A goal in the words of the family, for the gezin or for one of them."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="doelen")
    tekst = models.TextField(blank=True, default="", db_default="")
    # Whom it is for; empty: the whole gezin.
    voor = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    van_wie = models.CharField(max_length=200, blank=True, default="", db_default="")
    stand = models.CharField(max_length=20, choices=Doelstand, default=Doelstand.LOOPT)

    class Meta:
        ordering: ClassVar[list[str]] = ["orde", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="plan_doelstelling_stand",
                condition=Q(stand__in=Doelstand.values),
            )
        ]

    def __str__(self) -> str:
        return f"Doelstelling {self.pk}"


class Activiteit(Onderdeel):
    """Who does what for a goal, from when to when, and what it must bring."""

    doelstelling = models.ForeignKey(
        Doelstelling, on_delete=models.CASCADE, related_name="activiteiten"
    )
    wat = models.TextField(blank=True, default="", db_default="")
    # Somebody who takes part in the dossier; `wie` names others, or says it more fully.
    uitvoerder = models.ForeignKey(
        Deelname, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wie = models.CharField(max_length=200, blank=True, default="", db_default="")
    soort = models.CharField(max_length=20, choices=Soort, default=Soort.GEZIN)
    van = models.DateField(null=True, blank=True)
    tot = models.DateField(null=True, blank=True)
    oplevert = models.TextField(blank=True, default="", db_default="")
    stand = models.CharField(
        max_length=20, choices=Activiteitstand, default=Activiteitstand.TE_STARTEN
    )
    resultaat = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["orde", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="plan_activiteit_stand",
                condition=Q(stand__in=Activiteitstand.values),
            ),
            models.CheckConstraint(
                name="plan_activiteit_soort", condition=Q(soort__in=Soort.values)
            ),
        ]

    def __str__(self) -> str:
        return f"Activiteit {self.pk}"


class Afspraak(Onderdeel):
    """An agreement of all, that belongs to no goal in particular."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="afspraken")
    tekst = models.TextField(blank=True, default="", db_default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["orde", "id"]

    def __str__(self) -> str:
        return f"Afspraak {self.pk}"


class Tekstvariant(models.Model):
    """A text that came in after another one in the same field: kept, not lost.

    One per page in which it is typed, so going on typing does not multiply it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="varianten")
    onderdeel = models.UUIDField()
    veld = models.CharField(max_length=20)
    tekst = models.TextField(blank=True)
    blad = models.UUIDField()
    volg = models.BigIntegerField()
    account = models.BigIntegerField(null=True, editable=False)
    op = models.DateTimeField(default=klok.now)
    # Somebody saw both and chose; the text stays here until the plan goes.
    gekozen_op = models.DateTimeField(null=True, blank=True)
    gekozen_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["op", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="plan_tekstvariant_een_per_blad",
                fields=["plan", "onderdeel", "veld", "blad"],
                condition=Q(gekozen_op__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Tekstvariant {self.pk}"


class Aanwezigheid(models.Model):
    """Somebody has the plan open to change it, and is in this field."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="aanwezig")
    blad = models.UUIDField()
    account = models.BigIntegerField(null=True, editable=False)
    onderdeel = models.UUIDField(null=True, blank=True)
    veld = models.CharField(max_length=20, blank=True, default="", db_default="")
    op = models.DateTimeField(default=klok.now)
    # When the log last got a line about writing from this page.
    gelogd_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="plan_aanwezigheid_een_per_blad", fields=["plan", "blad"]
            )
        ]

    def __str__(self) -> str:
        return f"Aanwezigheid {self.pk}"
