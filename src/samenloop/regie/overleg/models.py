"""A case conference: what is on the agenda, who is invited, what was decided.

Each item is one case. Whoever directs it chooses which parts of the dossier are shared,
on what ground, and with whom of the invited; sharing begins when the conference begins
and ends with it. What was discussed and decided stays with the case. After the end
nothing of it changes any more.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.personen.models import Gemeente
from samenloop.plannen.models import Deel, Deelname
from samenloop.regie.models import Casus
from samenloop.regie.taken.models import Taak


class Overleg(models.Model):
    """One conference, at one time, led by somebody."""

    class Staat(models.TextChoices):
        """How it stands."""

        GEPLAND = "gepland", _("planned")
        BEZIG = "bezig", _("going on")
        AFGESLOTEN = "afgesloten", _("held")
        AFGELAST = "afgelast", _("called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    gepland_op = models.DateTimeField()
    minuten = models.PositiveSmallIntegerField(default=60)
    plaats = models.CharField(max_length=200, blank=True, default="", db_default="")
    voorzitter = models.BigIntegerField()
    staat = models.CharField(max_length=10, choices=Staat, default=Staat.GEPLAND)
    begonnen_op = models.DateTimeField(null=True, blank=True)
    # When all that is shared closes by itself, whatever people forget.
    uiterlijk_tot = models.DateTimeField(null=True, blank=True)
    geeindigd_op = models.DateTimeField(null=True, blank=True)
    reden = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-gepland_op", "id"]
        indexes = [
            models.Index(fields=["voorzitter"], name="overleg_voorzitter"),
        ]
        constraints = [
            models.CheckConstraint(
                name="overleg_overleg_minuten", condition=Q(minuten__range=(10, 480))
            ),
            models.CheckConstraint(
                name="overleg_overleg_staat",
                condition=(
                    Q(staat="gepland", begonnen_op=None, geeindigd_op=None)
                    | Q(
                        staat="bezig",
                        begonnen_op__isnull=False,
                        uiterlijk_tot__gt=F("begonnen_op"),
                        geeindigd_op=None,
                    )
                    | Q(
                        staat="afgesloten",
                        begonnen_op__isnull=False,
                        geeindigd_op__gte=F("begonnen_op"),
                    )
                    | Q(staat="afgelast", begonnen_op=None, geeindigd_op__isnull=False)
                    & ~Q(reden="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Overleg {self.pk}"


class Agendapunt(models.Model):
    """One case on the agenda: what is asked, and what is shared for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overleg = models.ForeignKey(
        Overleg, on_delete=models.CASCADE, related_name="punten"
    )
    casus = models.ForeignKey(
        Casus, on_delete=models.PROTECT, related_name="agendapunten"
    )
    orde = models.PositiveSmallIntegerField()
    vraag = models.CharField(max_length=500)
    delen = ArrayField(models.CharField(max_length=20, choices=Deel), default=list)
    grond = models.CharField(max_length=300)
    ingebracht_door = models.BigIntegerField()
    bespreking = models.TextField(blank=True, default="", db_default="")
    # Grows with every save, so that a text typed over another is seen.
    versie = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["orde", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["overleg", "casus"], name="overleg_agendapunt_casus"
            ),
            models.CheckConstraint(
                name="overleg_agendapunt_vraag_en_grond",
                condition=~Q(vraag="") & ~Q(grond=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Agendapunt {self.pk}"


class Genodigde(models.Model):
    """Somebody who is invited: an account, or somebody from outside by a link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overleg = models.ForeignKey(
        Overleg, on_delete=models.CASCADE, related_name="genodigden"
    )
    account = models.BigIntegerField(null=True, blank=True)
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    functie = models.CharField(max_length=200)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(blank=True, default="", db_default="")
    punten = models.ManyToManyField(Agendapunt, related_name="genodigden")
    uitgenodigd_door = models.BigIntegerField()
    # How somebody from outside comes in: only what was made of the link and the code is
    # kept, and how often a wrong code was given.
    sleutel = models.CharField(
        max_length=64, blank=True, default="", db_default="", db_index=True
    )
    code = models.CharField(max_length=128, blank=True, default="", db_default="")
    mispogingen = models.PositiveSmallIntegerField(default=0, db_default=0)
    binnen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["naam", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["overleg", "account"], name="overleg_genodigde_account"
            ),
            models.UniqueConstraint(
                fields=["sleutel"],
                name="overleg_genodigde_sleutel",
                condition=~Q(sleutel=""),
            ),
            models.CheckConstraint(
                name="overleg_genodigde_een_iemand",
                condition=Q(account__isnull=False, naam="", sleutel="")
                | Q(account__isnull=True) & ~Q(naam=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Genodigde {self.pk}"


class Gedeeld(models.Model):
    """The participation that was given to somebody invited, for one item."""

    id = models.BigAutoField(primary_key=True)
    genodigde = models.ForeignKey(
        Genodigde, on_delete=models.CASCADE, related_name="gedeeld"
    )
    punt = models.ForeignKey(
        Agendapunt, on_delete=models.CASCADE, related_name="gedeeld"
    )
    deelname = models.OneToOneField(
        Deelname, on_delete=models.CASCADE, related_name="gedeeld_in"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["genodigde", "punt"], name="overleg_gedeeld_een_keer"
            )
        ]

    def __str__(self) -> str:
        return f"Gedeeld {self.pk}"


class Overlegbesluit(models.Model):
    """A decision of the conference, which is a task; never a beschikking."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    punt = models.ForeignKey(
        Agendapunt, on_delete=models.CASCADE, related_name="besluiten"
    )
    tekst = models.CharField(max_length=200)
    taak = models.OneToOneField(
        Taak, on_delete=models.PROTECT, related_name="overlegbesluit"
    )
    door = models.BigIntegerField()
    op = models.DateTimeField(default=klok.now)

    class Meta:
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(name="overleg_besluit_tekst", condition=~Q(tekst=""))
        ]

    def __str__(self) -> str:
        return f"Overlegbesluit {self.pk}"
