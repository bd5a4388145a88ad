"""Signals as they came in, and what the rules said of them.

Every Signaal is kept, also when nothing follows. A Regelweging is added and never
changed.
"""

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.personen.models import Gemeente, Persoon


class Leefgebied(models.TextChoices):
    """The areas of life in which something can be the matter."""

    FINANCIEN = "financien", _("finances")
    WONEN = "wonen", _("housing")
    OPVOEDEN = "opvoeden", _("upbringing")
    SCHOOL = "school", _("school")
    VEILIGHEID = "veiligheid", _("safety")
    GEZONDHEID = "gezondheid", _("health")
    WERK = "werk", _("work")
    NETWERK = "netwerk", _("network")


class Kanaal(models.TextChoices):
    """The way a signal came in."""

    TELEFOON = "telefoon", _("telephone")
    BALIE = "balie", _("desk")
    FORMULIER = "formulier", _("form")
    PARTNER = "partner", _("partner form")
    API = "api", _("connection")
    BESTAND = "bestand", _("file")
    EMAIL = "email", _("e-mail")
    PORTAAL = "portaal", _("citizen's own page")
    POLITIE = "politie", _("police")


class Signaalsoort(models.Model):
    """A kind of signal: a code list with validity, loaded as data."""

    code = models.SlugField(primary_key=True, max_length=40)
    naam = models.CharField(max_length=100)
    leefgebied = models.CharField(max_length=20, choices=Leefgebied)
    wet = models.CharField(max_length=20)  # `geen`: no law gives a task
    is_veiligheid = models.BooleanField(default=False)
    mag_onthouden = models.BooleanField(default=False)
    geldig = DateRangeField()

    class Meta:
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(
                name="signalen_soort_leefgebied",
                condition=Q(leefgebied__in=Leefgebied.values),
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Nummerteller(models.Model):
    """The last number given out, per municipality, year and kind (S or M)."""

    gemeente = models.CharField(max_length=6)
    jaar = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=1)
    laatste = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signalen_nummerteller_een", fields=["gemeente", "jaar", "letter"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}-{self.jaar}-{self.laatste}"


class Signaal(models.Model):
    """A message that something may be the matter; need not mean anything yet."""

    class Status(models.TextChoices):
        """How far one is with it."""

        NIEUW = "nieuw", _("new")
        GEWOGEN = "gewogen", _("weighed by the rules")
        IN_MELDING = "in_melding", _("in a melding")
        AFGESLOTEN = "afgesloten", _("closed")

    class Onthouden(models.TextChoices):
        """What the subject does not get for now, with a recorded reason."""

        NIET = "niet", _("nothing")
        RECTIFICATIE = "rectificatie", _("rectification")
        INZAGE = "inzage", _("seeing it")
        BEIDE = "beide", _("both")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nummer = models.CharField(max_length=20)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    soort = models.ForeignKey(Signaalsoort, on_delete=models.PROTECT)
    kanaal = models.CharField(max_length=12, choices=Kanaal)
    ontvangen_op = models.DateTimeField()
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True
    )
    melder_naam = models.CharField(max_length=200, blank=True, default="")
    melder_contact = models.CharField(max_length=200, blank=True, default="")
    melder_relatie = models.CharField(max_length=100, blank=True, default="")
    kenmerk_melder = models.CharField(max_length=80, blank=True, default="")
    # By this one sees that a reference was used again for another content.
    vingerafdruk = models.CharField(max_length=64, blank=True, default="")
    aanleiding = models.TextField(blank=True, default="")
    inhoud = models.TextField(blank=True, default="")
    verzoek = models.TextField(blank=True, default="")
    terugkoppeling_gewenst = models.BooleanField(default=True)
    veiligheidsrisico = models.BooleanField()
    incident_op = models.DateTimeField(null=True, blank=True)
    incident_plaats = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(
        max_length=12, choices=Status, default=Status.NIEUW, db_default=Status.NIEUW
    )
    afgesloten_op = models.DateTimeField(null=True, blank=True)
    afsluitreden = models.TextField(blank=True, default="")
    onthouden = models.CharField(
        max_length=12, choices=Onthouden, default=Onthouden.NIET
    )
    onthouden_reden = models.TextField(blank=True, default="")
    vastgelegd_door = models.BigIntegerField(null=True, blank=True)  # account
    gewicht = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-ontvangen_op", "id"]
        constraints = [
            models.UniqueConstraint(
                name="signalen_signaal_nummer", fields=["gemeente", "nummer"]
            ),
            models.UniqueConstraint(
                name="signalen_signaal_kenmerk",
                fields=["organisatie", "kenmerk_melder"],
                condition=~Q(kenmerk_melder=""),
            ),
            models.CheckConstraint(
                name="signalen_signaal_kanaal", condition=Q(kanaal__in=Kanaal.values)
            ),
            models.CheckConstraint(
                name="signalen_signaal_status",
                condition=Q(status__in=["nieuw", "gewogen", "in_melding"])
                & Q(afgesloten_op__isnull=True)
                | Q(status="afgesloten", afgesloten_op__isnull=False)
                & ~Q(afsluitreden=""),
            ),
            models.CheckConstraint(
                name="signalen_signaal_onthouden",
                condition=Q(onthouden="niet")
                | Q(onthouden__in=["rectificatie", "inzage", "beide"])
                & ~Q(onthouden_reden=""),
            ),
            models.CheckConstraint(
                name="signalen_signaal_melder",
                condition=Q(organisatie__isnull=False) | ~Q(melder_naam=""),
            ),
        ]
        indexes = [
            models.Index(
                name="signalen_signaal_lijst", fields=["gemeente", "-ontvangen_op"]
            ),
            models.Index(
                name="signalen_signaal_open",
                fields=["gemeente", "status", "-ontvangen_op"],
                condition=~Q(status="afgesloten"),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer


class SignaalBetrokkene(models.Model):
    """Whom a signal is about: a person, or a description when nobody was found."""

    class Rol(models.TextChoices):
        """The one it is about, or someone around."""

        OVER = "over", _("about")
        BETROKKEN = "betrokken", _("involved")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signaal = models.ForeignKey(
        Signaal, on_delete=models.PROTECT, related_name="betrokkenen"
    )
    # That of the signal (a trigger sees to it): by this the person is known there.
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    persoon = models.ForeignKey(
        Persoon,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signalen",
    )
    omschrijving = models.CharField(max_length=300, blank=True, default="")
    rol = models.CharField(max_length=10, choices=Rol, default=Rol.OVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signalen_betrokkene_eenmaal",
                fields=["signaal", "persoon"],
                condition=Q(persoon__isnull=False),
            ),
            models.CheckConstraint(
                name="signalen_betrokkene_wie",
                condition=Q(persoon__isnull=False) | ~Q(omschrijving=""),
            ),
            models.CheckConstraint(
                name="signalen_betrokkene_rol",
                condition=Q(rol__in=["over", "betrokken"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Betrokkene {self.pk}"


class Regelweging(models.Model):
    """What the rules said of a signal, with their explanation; never changed."""

    class Uitkomst(models.TextChoices):
        """A melding, or a loose signal."""

        MELDING = "melding", _("becomes a melding")
        LOS = "los", _("stays a loose signal")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signaal = models.ForeignKey(
        Signaal, on_delete=models.PROTECT, related_name="regelwegingen"
    )
    gewogen_op = models.DateTimeField()
    gewicht = models.PositiveIntegerField()
    drempel = models.PositiveIntegerField()
    veiligheid = models.BooleanField()
    uitkomst = models.CharField(max_length=10, choices=Uitkomst)
    niet_gekeken = models.JSONField(default=list)
    treffers = models.JSONField(default=list)

    class Meta:
        ordering = ["-gewogen_op"]
        constraints = [
            # The floor again: whatever the rules say, safety is a melding.
            models.CheckConstraint(
                name="signalen_regelweging_veiligheid",
                condition=Q(veiligheid=False) | Q(uitkomst="melding"),
            ),
            models.CheckConstraint(
                name="signalen_regelweging_uitkomst",
                condition=Q(uitkomst__in=["melding", "los"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Regelweging {self.pk}"
