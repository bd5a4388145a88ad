"""A dossier, and who takes part in it.

The dossier is what everything about one matter hangs on: the plan, what was written
down, measurements, and above this floor the case, its tasks and terms. Who takes part
(`Deelname`) decides who sees what: a part that was not opened to someone does not exist
for them. A participation ends by its time, never by deleting it: afterwards one can see
who could look when, and on what ground.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.personen.models import Gemeente, Gezin, Persoon, Toestemming
from samenloop.plannen.beperking import Beperkgrond as Beperkgrond
from samenloop.plannen.beperking import Beperking as Beperking
from samenloop.plannen.herbeoordeling import Aanleiding as Aanleiding
from samenloop.plannen.herbeoordeling import Herbeoordeling as Herbeoordeling
from samenloop.plannen.herbeoordeling import Uitkomst as Uitkomst


class Dossier(models.Model):
    """All that is kept about one matter of a gezin, or of one person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    gezin = models.ForeignKey(
        Gezin,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
    )
    betrokkene = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="dossiers"
    )
    geopend_op = models.DateField(default=klok.today)
    gesloten_op = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-geopend_op", "id"]
        indexes = [
            # The running ones of a municipality by age, for lists that are long.
            models.Index(
                fields=["gemeente", "geopend_op"],
                name="plannen_dossier_loopt",
                condition=Q(gesloten_op__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="plannen_dossier_gesloten_na_open",
                condition=Q(gesloten_op__isnull=True)
                | Q(gesloten_op__gte=F("geopend_op")),
            )
        ]

    def __str__(self) -> str:
        return f"Dossier {self.pk}"


class Deel(models.TextChoices):
    """The parts of a dossier that can be opened to someone one by one."""

    PLAN = "plan", _("the whole plan")
    EIGEN_DEEL = "eigen_deel", _("the own goals and activities")
    GESPREKKEN = "gesprekken", _("conversation reports")
    JOURNAAL = "journaal", _("contact journal")
    NOTITIES = "notities", _("notes")
    DOCUMENTEN = "documenten", _("documents")
    METINGEN = "metingen", _("measurements")
    TAKEN = "taken", _("tasks and terms")
    SIGNALEN = "signalen", _("signals that led to it")
    TOEGANG = "toegang", _("who takes part")


class Deelnemersrol(models.TextChoices):
    """What somebody is in a dossier."""

    REGISSEUR = "regisseur", _("director")
    VERVANGER = "vervanger", _("substitute")
    HULPVERLENER = "hulpverlener", _("helper")
    OVERLEG = "overleg", _("participant in a case conference")
    GEZIN = "gezin", _("member of the family")
    NETWERK = "netwerk", _("somebody from the network")
    VRIJWILLIGER = "vrijwilliger", _("volunteer")


# Who lead the dossier see all its parts, whatever was listed.
LEIDEND = frozenset({Deelnemersrol.REGISSEUR, Deelnemersrol.VERVANGER})


class Deelname(models.Model):
    """Someone takes part from then till then, and sees these parts.

    Exactly one of account, organisatie, persoon or naam says who it is: somebody of the
    municipality, a helping organisation, a person on record, or somebody who is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="deelnames"
    )
    rol = models.CharField(max_length=20, choices=Deelnemersrol)
    account = models.BigIntegerField(null=True, blank=True)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    # What they are to the family or in their work, for the list: grandmother, coach.
    hoedanigheid = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    delen = ArrayField(models.CharField(max_length=20, choices=Deel), default=list)
    van = models.DateTimeField(default=klok.now)
    tot = models.DateTimeField(null=True, blank=True)
    grond = models.CharField(max_length=300, blank=True, default="", db_default="")
    # What it rests on, where it rests on something that can end by itself: consent of
    # somebody, or custody of the participant over this minor. It ends when that does.
    # Consent is kept shorter than the dossier, so the database does not hold on to it;
    # of one that was destroyed nothing runs.
    toestemming = models.ForeignKey(
        Toestemming, on_delete=models.DO_NOTHING, null=True, blank=True,
        related_name="+", db_constraint=False,
    )  # fmt: skip
    gezag_over = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gegeven_door = models.BigIntegerField(null=True, editable=False)
    reden_einde = models.CharField(
        max_length=300, blank=True, default="", db_default=""
    )
    beeindigd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["van", "id"]
        indexes = [
            models.Index(fields=["account"], name="plannen_deelname_account"),
        ]
        constraints = [
            models.CheckConstraint(
                name="plannen_deelname_tot_na_van",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
            ),
            models.CheckConstraint(
                name="plannen_deelname_een_iemand",
                condition=(
                    Q(account__isnull=False, organisatie=None, persoon=None, naam="")
                    | Q(account=None, organisatie__isnull=False, persoon=None, naam="")
                    | Q(account=None, organisatie=None, persoon__isnull=False, naam="")
                    | Q(account=None, organisatie=None, persoon=None) & ~Q(naam="")
                ),
            ),
            models.CheckConstraint(
                name="plannen_deelname_gezag_van_persoon",
                condition=Q(gezag_over__isnull=True) | Q(persoon__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Deelname {self.pk}"
