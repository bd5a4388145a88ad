"""What was agreed on and looked at: versions, signatures, templates and rounds."""

import uuid
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.plannen.models import Deelname
from samenloop.plannen.plan.models.werkplan import Doelstand, Doelstelling, Plan


class Tekenwijze(models.TextChoices):
    """How a signature was put."""

    PAPIER = "papier", _("on paper")
    AANWEZIG = "aanwezig", _("in person, recorded by a worker")
    PORTAAL = "portaal", _("in the portal")


class Planversie(models.Model):
    """What the plan said when it was put before the family; never changes again.

    Only `getekend_op` is filled later, once: when the last who had to had signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versies")
    nummer = models.PositiveIntegerField()
    inhoud = models.JSONField(encoder=DjangoJSONEncoder)
    # Who had to sign on that day, in the form of `tekenen.Tekenaar`.
    tekenaars = models.JSONField(default=list)
    gemaakt_op = models.DateTimeField(default=klok.now)
    gemaakt_door = models.BigIntegerField(null=True, editable=False)
    getekend_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-nummer"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="plan_planversie_nummer", fields=["plan", "nummer"]
            )
        ]

    def __str__(self) -> str:
        return f"Planversie {self.pk}"


class Handtekening(models.Model):
    """Somebody agreed to a version; exactly one of persoon, deelname, account, naam."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    versie = models.ForeignKey(
        Planversie, on_delete=models.CASCADE, related_name="handtekeningen"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deelname = models.ForeignKey(
        Deelname, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    account = models.BigIntegerField(null=True, blank=True)
    # An institution that holds gezag is only named.
    naam = models.CharField(max_length=200, blank=True, default="", db_default="")
    wijze = models.CharField(max_length=20, choices=Tekenwijze)
    op = models.DateField(default=klok.today)
    vastgelegd_op = models.DateTimeField(default=klok.now)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["vastgelegd_op", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="plan_handtekening_een_iemand",
                condition=(
                    Q(persoon__isnull=False, deelname=None, account=None, naam="")
                    | Q(persoon=None, deelname__isnull=False, account=None, naam="")
                    | Q(persoon=None, deelname=None, account__isnull=False, naam="")
                    | Q(persoon=None, deelname=None, account=None) & ~Q(naam="")
                ),
            ),
            *(
                models.UniqueConstraint(
                    name=f"plan_handtekening_een_per_{veld}",
                    fields=["versie", veld],
                    condition=Q(**leeg),
                )
                for veld, leeg in (
                    ("persoon", {"persoon__isnull": False}),
                    ("deelname", {"deelname__isnull": False}),
                    ("account", {"account__isnull": False}),
                    ("naam", {"naam__gt": ""}),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"Handtekening {self.pk}"


class Plansjabloon(models.Model):
    """Goals and activities that a municipality lets its plans start from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    naam = models.CharField(max_length=120)
    uitleg = models.CharField(max_length=300, blank=True, default="", db_default="")
    inhoud = models.JSONField(default=list)
    actief = models.BooleanField(default=True)
    gewijzigd_op = models.DateTimeField(default=klok.now)
    gewijzigd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["naam", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="plan_plansjabloon_naam", fields=["gemeente", "naam"]
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Evaluatie(models.Model):
    """A round in which is looked, with the family, how it went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="evaluaties")
    gepland_op = models.DateField()
    gehouden_op = models.DateField(null=True, blank=True)
    verslag = models.TextField(blank=True, default="", db_default="")
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["gepland_op", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="plan_evaluatie_een_gepland",
                fields=["plan"],
                condition=Q(gehouden_op__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Evaluatie {self.pk}"


class Doelresultaat(models.Model):
    """What a round said about one goal."""

    id = models.BigAutoField(primary_key=True)
    evaluatie = models.ForeignKey(
        Evaluatie, on_delete=models.CASCADE, related_name="resultaten"
    )
    doelstelling = models.ForeignKey(
        Doelstelling, on_delete=models.CASCADE, related_name="resultaten"
    )
    zin = models.CharField(max_length=500, blank=True, default="", db_default="")
    stand = models.CharField(max_length=20, choices=Doelstand)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="plan_doelresultaat_een_per_doel",
                fields=["evaluatie", "doelstelling"],
            ),
            models.CheckConstraint(
                name="plan_doelresultaat_stand",
                condition=Q(stand__in=Doelstand.values),
            ),
        ]

    def __str__(self) -> str:
        return f"Doelresultaat {self.pk}"
