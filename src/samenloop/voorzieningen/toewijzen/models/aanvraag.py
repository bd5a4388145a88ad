"""The question, the inquiry and the terms that run on them.

Under the Wmo a question (melding) comes first, an inquiry of six weeks follows, and
only then the application that has to be decided within two weeks (2.3.2 and 2.3.5).
Under the Jeugdwet the question is the application and the general eight weeks hold
(Awb 4:13).
"""

import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.core.kalender import next_working_day
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.inkoop.codes import WETTEN
from samenloop.voorzieningen.models import Product, Wet
from samenloop.voorzieningen.toewijzen.models.verzoek import Verwijzer, Verzoek


class Kanaal(models.TextChoices):
    """By what way the question came in."""

    GESPREK = "gesprek", _("talk with a consultant")
    PORTAAL = "portaal", _("citizens' portal")
    POST = "post", _("letter or e-mail")
    TELEFOON = "telefoon", _("telephone")
    VERWIJZER = "verwijzer", _("referral by a doctor or other referrer")
    AANBIEDER = "aanbieder", _("request of a provider")
    HERINDICATIE = "herindicatie", _("reassessment of what ends")


class Aanvraagstaat(models.TextChoices):
    """How far an application is."""

    MELDING = "melding", _("question, inquiry under way")
    AANVRAAG = "aanvraag", _("applied, to be decided")
    BESLIST = "beslist", _("decided")
    INGETROKKEN = "ingetrokken", _("withdrawn")


class Aanvraag(models.Model):
    """What somebody asks for; one kind of provision under one law.

    `gemeld_op` is the day of the question, `aangevraagd_op` that of the application.
    `uiterlijk` is the last day of the term that runs now, own delays included.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    nummer = models.CharField(max_length=30)
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="aanvragen"
    )
    # Who acts for a minor: the figures count parents with it.
    gezaghebbende = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The dossier of the case it belongs to; a room above knows which.
    dossier = models.UUIDField(null=True, blank=True)
    wet = models.CharField(max_length=20, choices=Wet)
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vraag = models.TextField(blank=True, default="", db_default="")
    kanaal = models.CharField(max_length=12, choices=Kanaal)
    verwijzer_type = models.CharField(
        max_length=2, choices=Verwijzer, blank=True, default="", db_default=""
    )
    verwijzer_naam = models.CharField(
        max_length=64, blank=True, default="", db_default=""
    )
    verzoek = models.ForeignKey(
        Verzoek,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aanvragen",
    )
    # The provision that is looked at again (kenmerk of the Voorziening),
    # and the last day it had then: of one end one looks again once.
    herindicatie_van = models.UUIDField(null=True, blank=True)
    herindicatie_eind = models.DateField(null=True, blank=True)
    gemeld_op = models.DateField()
    aangevraagd_op = models.DateField(null=True, blank=True)
    uiterlijk = models.DateField()
    staat = models.CharField(max_length=12, choices=Aanvraagstaat)
    beeindigd_op = models.DateField(null=True, blank=True)
    reden_einde = models.CharField(
        max_length=500, blank=True, default="", db_default=""
    )
    behandelaar = models.BigIntegerField(null=True, blank=True)
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["uiterlijk", "id"]
        indexes = [
            models.Index(
                fields=["gemeente", "uiterlijk"],
                name="toewijzen_aanvraag_open",
                condition=Q(staat__in=["melding", "aanvraag"]),
            ),
            models.Index(
                fields=["behandelaar"],
                name="toewijzen_aanvraag_wie",
                condition=Q(staat__in=["melding", "aanvraag"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="toewijzen_aanvraag_nummer", fields=["gemeente", "nummer"]
            ),
            models.UniqueConstraint(
                name="toewijzen_aanvraag_herindicatie_een_keer",
                fields=["gemeente", "herindicatie_van", "herindicatie_eind"],
                condition=Q(herindicatie_eind__isnull=False)
                & ~Q(staat=Aanvraagstaat.INGETROKKEN),
            ),
            models.CheckConstraint(
                name="toewijzen_aanvraag_wet",
                condition=Q(wet__in=WETTEN) & Q(kanaal__in=Kanaal.values),
            ),
            models.CheckConstraint(
                name="toewijzen_aanvraag_staat",
                condition=Q(staat=Aanvraagstaat.MELDING, aangevraagd_op__isnull=True)
                | Q(staat=Aanvraagstaat.AANVRAAG, aangevraagd_op__isnull=False)
                | Q(staat=Aanvraagstaat.BESLIST, aangevraagd_op__isnull=False)
                & Q(beeindigd_op__isnull=False)
                | Q(staat=Aanvraagstaat.INGETROKKEN, beeindigd_op__isnull=False)
                & ~Q(reden_einde=""),
            ),
            models.CheckConstraint(
                name="toewijzen_aanvraag_dagen",
                condition=Q(aangevraagd_op__isnull=True)
                | Q(aangevraagd_op__gte=F("gemeld_op")),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def is_open(self) -> bool:
        """Whether it still has to be decided."""
        return self.staat in (Aanvraagstaat.MELDING, Aanvraagstaat.AANVRAAG)


class Onderzoek(models.Model):
    """The inquiry into a question: what was found, and what would help."""

    aanvraag = models.OneToOneField(
        Aanvraag, on_delete=models.PROTECT, primary_key=True, related_name="onderzoek"
    )
    begonnen_op = models.DateField()
    gesprek_op = models.DateField(null=True, blank=True)
    afgerond_op = models.DateField(null=True, blank=True)
    eigen_kracht = models.TextField(blank=True, default="", db_default="")
    bevindingen = models.TextField(blank=True, default="", db_default="")
    # In the words of the family's plan where there is one.
    doelen = models.TextField(blank=True, default="", db_default="")
    advies = models.TextField(blank=True, default="", db_default="")
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="toewijzen_onderzoek_dagen",
                condition=Q(afgerond_op__isnull=True)
                | Q(afgerond_op__gte=F("begonnen_op")) & ~Q(bevindingen=""),
            )
        ]

    def __str__(self) -> str:
        return f"Onderzoek {self.pk}"


class Uitstelgrond(models.TextChoices):
    """Why a term stands still or ends later."""

    AANVULLING = "aanvulling", _("the applicant was asked to complete it")
    INSTEMMING = "instemming", _("the applicant agreed in writing")
    AANVRAGER = "aanvrager", _("the delay is due to the applicant")
    OVERMACHT = "overmacht", _("circumstances beyond control")
    MEDEDELING = "mededeling", _("told that it takes longer")


class Uitstel(models.Model):
    """Days by which a term moved or a later day was named; added to, never changed."""

    id = models.BigAutoField(primary_key=True)
    aanvraag = models.ForeignKey(
        Aanvraag, on_delete=models.PROTECT, related_name="uitstellen"
    )
    grond = models.CharField(max_length=12, choices=Uitstelgrond)
    reden = models.CharField(max_length=500)
    van = models.DateField()
    dagen = models.PositiveSmallIntegerField()
    # When the applicant was told, or agreed; empty where that was not kept yet.
    bericht_op = models.DateField(null=True, blank=True)
    # False where the law lets nothing move: only a later day was named.
    verzet = models.BooleanField(default=True, db_default=True)
    vastgelegd_op = models.DateTimeField(default=klok.now, editable=False)
    vastgelegd_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="toewijzen_uitstel_gevuld",
                condition=~Q(reden="")
                & Q(dagen__gte=1, dagen__lte=366)
                & Q(grond__in=Uitstelgrond.values),
            )
        ]

    def __str__(self) -> str:
        return f"Uitstel {self.pk}"

    @property
    def genoemd(self) -> date:
        """The later day."""
        return next_working_day(self.van + timedelta(days=self.dagen))
