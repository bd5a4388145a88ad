"""Programs of other organisations, and what each may do here.

A koppeling belongs to one organisation and proves itself with a secret of which only a
hash is kept. A hash without salt is enough: the secret is made here and holds 256
random bits, so there is nothing to guess from a list of words. None of these tables
holds personal data.
"""

import uuid

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from samenloop.access.models import GemeentenField, Organisatie


class Scope(models.TextChoices):
    """One thing a program may be allowed to do (RFC 6749, section 3.3)."""

    SIGNALEN_MELDEN = "signalen:melden", "signalen melden"
    SIGNALEN_LEZEN = "signalen:lezen", "eigen signalen en terugmeldingen lezen"
    VERWIJZINGEN_SCHRIJVEN = "verwijzingen:schrijven", "betrokkenheid vastleggen"
    VERWIJZINGEN_LEZEN = "verwijzingen:lezen", "andere betrokkenen vinden"
    BERICHTEN_UITWISSELEN = "berichten:uitwisselen", "berichten brengen en halen"


class Koppeling(models.Model):
    """The access of one program of one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client_id = models.CharField(max_length=40, unique=True)
    naam = models.CharField(max_length=100)
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, related_name="koppelingen"
    )
    geheim_hash = models.CharField(max_length=64)
    # After a rotation the old secret works a little longer, so that the other side can
    # change over without an interruption.
    vorig_geheim_hash = models.CharField(max_length=64, blank=True, default="")
    vorig_geheim_tot = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=40, choices=Scope), default=list)
    gemeenten = GemeentenField(default=list)
    geldig = DateRangeField()
    beeindigd_op = models.DateTimeField(null=True, blank=True)
    gemaakt_op = models.DateTimeField()
    geheim_gemaakt_op = models.DateTimeField()
    laatst_gebruikt_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["naam", "client_id"]
        constraints = [
            models.CheckConstraint(
                name="koppelingen_koppeling_geheim",
                condition=Q(geheim_hash__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="koppelingen_koppeling_vorig_geheim",
                condition=Q(vorig_geheim_hash="", vorig_geheim_tot=None)
                | (~Q(vorig_geheim_hash="") & Q(vorig_geheim_tot__isnull=False)),
            ),
            models.CheckConstraint(
                name="koppelingen_koppeling_naam", condition=~Q(naam="")
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Toegangsbewijs(models.Model):
    """A short-lived token; the token itself is not kept, only its hash."""

    hash = models.CharField(primary_key=True, max_length=64)
    koppeling = models.ForeignKey(
        Koppeling, on_delete=models.CASCADE, related_name="toegangsbewijzen"
    )
    scopes = ArrayField(models.CharField(max_length=40))
    uitgegeven_op = models.DateTimeField()
    verloopt_op = models.DateTimeField(db_index=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uitgegeven_op"]
        constraints = [
            models.CheckConstraint(
                name="koppelingen_toegangsbewijs_duur",
                condition=Q(verloopt_op__gt=models.F("uitgegeven_op")),
            ),
        ]

    def __str__(self) -> str:
        return f"toegangsbewijs van {self.koppeling_id}"


class Mispoging(models.Model):
    """Wrong secrets in a row for one client id from one address.

    Both together, as with accounts: nobody can lock out somebody else from elsewhere.
    Neither can be read back from the key.
    """

    sleutel = models.CharField(primary_key=True, max_length=64)
    aantal = models.IntegerField(default=0)
    laatste_op = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.aantal} mispogingen"
