"""Meldingen: how they are weighed and decided, what reporters hear, who is involved.

What a professional decides (Weging) is added and never changed. The safety floor is the
database's own: a signal with a safety risk belongs to a Melding marked so at the end of
each transaction, whoever wrote it (see the migration `0002_bewaking`).
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from samenloop.access.models import Organisatie
from samenloop.personen.models import Gemeente, Gezin, Persoon
from samenloop.signalen.models.signaal import Signaal


class Melding(models.Model):
    """A prioritised signal, or a samenloop of signals, that is to be followed up."""

    class Status(models.TextChoices):
        """How far one is with it."""

        NIEUW = "nieuw", _("new")
        IN_WEGING = "in_weging", _("being weighed")
        BESLOTEN = "besloten", _("decided")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nummer = models.CharField(max_length=20)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    gezin = models.ForeignKey(Gezin, on_delete=models.PROTECT, null=True, blank=True)
    betrokkene = models.ForeignKey(
        Persoon,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meldingen",
    )
    gewicht = models.PositiveIntegerField(default=0)
    veiligheid = models.BooleanField(default=False)
    ontstaan_op = models.DateTimeField()
    weeg_voor = models.DateTimeField()
    toegewezen_aan = models.BigIntegerField(null=True, blank=True)  # account
    status = models.CharField(max_length=10, choices=Status, default=Status.NIEUW)
    besloten_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-veiligheid", "-gewicht", "weeg_voor", "id"]
        constraints = [
            models.UniqueConstraint(
                name="signalen_melding_nummer", fields=["gemeente", "nummer"]
            ),
            models.CheckConstraint(
                name="signalen_melding_status",
                condition=Q(status__in=["nieuw", "in_weging"], besloten_op__isnull=True)
                | Q(status="besloten", besloten_op__isnull=False),
            ),
            models.CheckConstraint(
                name="signalen_melding_termijn",
                condition=Q(weeg_voor__gte=F("ontstaan_op")),
            ),
        ]
        indexes = [
            models.Index(
                name="signalen_melding_open",
                fields=["gemeente", "-veiligheid", "-gewicht", "weeg_voor"],
                condition=~Q(status="besloten"),
            ),
            models.Index(
                name="signalen_melding_van", fields=["toegewezen_aan", "status"]
            ),
        ]

    def __str__(self) -> str:
        return self.nummer


class MeldingSignaal(models.Model):
    """A signal belongs to at most one melding."""

    melding = models.ForeignKey(
        Melding, on_delete=models.PROTECT, related_name="koppelingen"
    )
    signaal = models.OneToOneField(
        Signaal, on_delete=models.PROTECT, related_name="koppeling"
    )

    def __str__(self) -> str:
        return f"MeldingSignaal {self.pk}"


class Weging(models.Model):
    """The weighing by a professional, with its reasons and decision; never changed."""

    class Noodzaak(models.TextChoices):
        """Whether it is necessary to look further than the signals."""

        JA = "ja", _("Yes")
        DEELS = "deels", _("In part")
        NEE = "nee", _("No")

    class Proportionaliteit(models.TextChoices):
        """Whether the intrusion is in proportion to the concern."""

        JA = "ja", _("Yes, with the choice below")
        NEE = "nee", _("No")

    class Subsidiariteit(models.TextChoices):
        """Whether the aim can be reached in a lighter way."""

        LICHTSTE = "lichtste", _("No, this is the lightest way")
        LICHTER = "lichter", _("Yes, a lighter way first")

    class Besluit(models.TextChoices):
        """What follows."""

        NIETS = "niets", _("Do nothing")
        ENKELVOUDIG = "enkelvoudig", _("Single support")
        CASUS = "casus", _("Open a case, multiple support")
        VEILIG_THUIS = "veilig_thuis", _("Hand over to Veilig Thuis")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    melding = models.ForeignKey(
        Melding, on_delete=models.PROTECT, related_name="wegingen"
    )
    noodzaak = models.CharField(max_length=10, choices=Noodzaak)
    noodzaak_waarom = models.TextField()
    proportionaliteit = models.CharField(max_length=10, choices=Proportionaliteit)
    proportionaliteit_waarom = models.TextField()
    subsidiariteit = models.CharField(max_length=10, choices=Subsidiariteit)
    subsidiariteit_waarom = models.TextField()
    besluit = models.CharField(max_length=12, choices=Besluit)
    reden = models.TextField(blank=True, default="")
    regisseur = models.BigIntegerField(null=True, blank=True)  # account
    door = models.BigIntegerField()  # account
    op = models.DateTimeField()

    class Meta:
        ordering = ["-op"]
        constraints = [
            models.CheckConstraint(
                name="signalen_weging_waarom",
                condition=~Q(noodzaak_waarom="")
                & ~Q(proportionaliteit_waarom="")
                & ~Q(subsidiariteit_waarom=""),
            ),
            models.CheckConstraint(
                name="signalen_weging_niets_met_reden",
                condition=~Q(besluit="niets") | ~Q(reden=""),
            ),
            models.CheckConstraint(
                name="signalen_weging_regisseur",
                condition=Q(besluit="casus", regisseur__isnull=False)
                | (~Q(besluit="casus") & Q(regisseur__isnull=True)),
            ),
            models.CheckConstraint(
                name="signalen_weging_besluit",
                condition=Q(
                    besluit__in=["niets", "enkelvoudig", "casus", "veilig_thuis"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Weging {self.pk}"


class Wegingconcept(models.Model):
    """What someone typed so far; one per melding and account, gone when decided."""

    melding = models.ForeignKey(
        Melding, on_delete=models.CASCADE, related_name="concepten"
    )
    account = models.BigIntegerField()
    inhoud = models.JSONField(default=dict)
    bewaard_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signalen_wegingconcept_een", fields=["melding", "account"]
            )
        ]

    def __str__(self) -> str:
        return f"Wegingconcept {self.pk}"


class Terugmelding(models.Model):
    """Word back to the reporter; never anything about the family."""

    class Soort(models.TextChoices):
        """Received, or decided."""

        ONTVANGEN = "ontvangen", _("received")
        BESLOTEN = "besloten", _("decided")

    class Wijze(models.TextChoices):
        """How the reporter hears it."""

        PARTNER = "partner", _("on the partner page")
        API = "api", _("through the connection")
        EMAIL = "email", _("by e-mail")
        TELEFOON = "telefoon", _("by telephone")
        BRIEF = "brief", _("by letter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signaal = models.ForeignKey(
        Signaal, on_delete=models.PROTECT, related_name="terugmeldingen"
    )
    tekst = models.TextField()
    soort = models.CharField(max_length=10, choices=Soort)
    wijze = models.CharField(max_length=10, choices=Wijze)
    gemaakt_op = models.DateTimeField()
    # When it reached the reporter: read, sent, or told.
    gelezen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-gemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                name="signalen_terugmelding_eenmaal", fields=["signaal", "soort"]
            ),
            models.CheckConstraint(
                name="signalen_terugmelding_tekst", condition=~Q(tekst="")
            ),
        ]

    def __str__(self) -> str:
        return f"Terugmelding {self.pk}"


class Verwijzing(models.Model):
    """That an organisation is involved with someone; never why (verwijsindex)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, related_name="verwijzingen"
    )
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="verwijzingen"
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT)
    sinds = models.DateField()
    tot = models.DateField(null=True, blank=True)
    # Filled: kept for the account, shown to no other organisation.
    weggelaten_reden = models.TextField(blank=True, default="", db_default="")
    vastgelegd_op = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-sinds"]
        constraints = [
            models.UniqueConstraint(
                name="signalen_verwijzing_een_tegelijk",
                fields=["organisatie", "persoon", "gemeente"],
                condition=Q(tot__isnull=True),
            ),
            models.CheckConstraint(
                name="signalen_verwijzing_tot",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("sinds")),
            ),
        ]

    def __str__(self) -> str:
        return f"Verwijzing {self.pk}"
