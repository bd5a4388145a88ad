"""Accounts of the people who work with the system, and what they were appointed for.

An account belongs to a named person with a function; there are no shared accounts. What
someone may do follows from appointments: a role, at a municipality, by a mandate, for a
period. Municipalities are kept by their CBS code, because this floor lies under
`personen`; for the same reason a person is an id here and not a link.
"""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    RangeOperators,
)
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from samenloop.access.rollen import Domein, Rol
from samenloop.core import klok
from samenloop.core.periode import Periode

__all__ = [
    "Aanstelling",
    "Gebruiker",
    "Noodtoegang",
    "NoodtoegangGezien",
    "Organisatie",
    "Rol",
]

GEMEENTECODE = r"^GM[0-9]{4}$"
LANGSTE_NOODTOEGANG = timedelta(hours=3)
KORTSTE_REDEN = 15


class GemeentenField(ArrayField):  # type: ignore[type-arg]
    """CBS codes of municipalities, for instance `["GM0005", "GM1663"]`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["base_field"] = models.CharField(
            max_length=6, validators=[RegexValidator(GEMEENTECODE)]
        )
        super().__init__(**kwargs)


class Organisatie(models.Model):
    """An organisation one works together with; its people are known by function."""

    class Soort(models.TextChoices):
        """What kind of organisation it is."""

        SCHOOL = "school", _("school")
        HUISARTS = "huisarts", _("general practitioner")
        POLITIE = "politie", _("police")
        VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
        CORPORATIE = "corporatie", _("housing association")
        AANBIEDER = "aanbieder", _("provider of care")
        ENERGIE = "energie", _("energy supplier")
        ZORGVERZEKERAAR = "zorgverzekeraar", _("health insurer")
        KINDEROPVANG = "kinderopvang", _("child care")
        GEMEENTE = "gemeente", _("municipality")
        ANDERS = "anders", _("other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    naam = models.CharField(max_length=200)
    soort = models.CharField(max_length=20, choices=Soort)
    domein = models.CharField(max_length=20, blank=True, default="", db_default="")
    oin = models.CharField(
        max_length=20, blank=True, default="", db_default="",
        validators=[RegexValidator(r"^[0-9]{20}$")],
    )  # fmt: skip
    contactpersoon = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    telefoon = models.CharField(max_length=30, blank=True, default="", db_default="")
    email = models.EmailField(blank=True, default="", db_default="")
    gemeenten = GemeentenField(blank=True, default=list)
    actief = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_organisatie_naam", condition=~Q(naam="")
            ),
            models.UniqueConstraint(
                name="access_organisatie_oin", fields=["oin"], condition=~Q(oin="")
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Gebruiker(AbstractUser):
    """Someone who can sign in."""

    # Dutch names do not fall apart in a first and a last part (see `personen`).
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    naam = models.CharField(max_length=200)
    functie = models.CharField(max_length=200, blank=True, default="", db_default="")
    organisatie = models.ForeignKey(
        Organisatie, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The municipality one acted for last; where a next session begins.
    laatste_gemeente = models.CharField(
        max_length=6, blank=True, default="", db_default=""
    )
    # Given out by an administrator; must be replaced before anything else.
    wachtwoord_tijdelijk = models.BooleanField(default=False, db_default=False)
    # Who the provider of single sign-on says this is; empty for a local account.
    oidc_sub = models.CharField(max_length=255, blank=True, default="", db_default="")

    # Somebody of a family, for their own pages only; such an account names nobody.
    burger = models.BooleanField(default=False, db_default=False, editable=False)

    REQUIRED_FIELDS = ["naam"]

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_gebruiker_naam", condition=~Q(naam="")),
            models.CheckConstraint(
                name="access_gebruiker_burger",
                condition=Q(burger=False)
                | Q(burger=True, organisatie=None, email="", oidc_sub=""),
            ),
            models.UniqueConstraint(
                name="access_gebruiker_sub",
                fields=["oidc_sub"],
                condition=~Q(oidc_sub=""),
            ),
        ]

    def __str__(self) -> str:
        return self.naam or self.username

    def get_full_name(self) -> str:
        """The name as the person wants to be called."""
        return self.naam

    def get_short_name(self) -> str:
        """The same name: we do not guess which part is the first name."""
        return self.naam

    @cached_property
    def huidige_aanstellingen(self) -> "list[Aanstelling]":
        """The appointments in force today; read once per account in the hand."""
        return list(self.aanstellingen.current())

    @property
    def gemeenten(self) -> list[str]:
        """CBS codes of the municipalities this account works for today."""
        return sorted({each.gemeente for each in self.huidige_aanstellingen})

    def rollen_in(self, gemeente: str) -> frozenset[Rol]:
        """The roles of today in one municipality."""
        return frozenset(
            Rol(each.rol)
            for each in self.huidige_aanstellingen
            if each.gemeente == gemeente
        )

    def has_role(self, rol: Rol) -> bool:
        """Whether this role is held today, in whatever municipality."""
        return any(each.rol == rol for each in self.huidige_aanstellingen)


class AanstellingQuerySet(models.QuerySet["Aanstelling"]):
    """Appointments, and which of them count."""

    def current(self) -> "AanstellingQuerySet":
        """Those in force today."""
        return self.filter(geldig__contains=klok.today(), ingetrokken_op__isnull=True)


class Aanstelling(models.Model):
    """A role that someone has at a municipality, by a mandate, for a period."""

    gebruiker = models.ForeignKey(
        Gebruiker, on_delete=models.CASCADE, related_name="aanstellingen"
    )
    gemeente = models.CharField(max_length=6, validators=[RegexValidator(GEMEENTECODE)])
    rol = models.CharField(max_length=20, choices=Rol)
    domeinen = ArrayField(
        models.CharField(max_length=20, choices=Domein), blank=True, default=list
    )
    mandaat = models.CharField(max_length=300, blank=True, default="", db_default="")
    geldig = DateRangeField()
    # Accounts by number, not by link: the record outlives who made it.
    gegeven_door = models.BigIntegerField(null=True, editable=False)
    gegeven_op = models.DateTimeField(auto_now_add=True)
    # Taken back before its time, at once.
    ingetrokken_op = models.DateTimeField(null=True, blank=True, editable=False)
    ingetrokken_door = models.BigIntegerField(null=True, editable=False)

    objects = AanstellingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_aanstelling_rol", condition=Q(rol__in=Rol.values)
            ),
            models.CheckConstraint(
                name="access_aanstelling_gemeente",
                condition=Q(gemeente__regex=GEMEENTECODE),
            ),
            models.CheckConstraint(
                name="access_aanstelling_begin",
                condition=Q(geldig__startswith__isnull=False),
            ),
            ExclusionConstraint(
                name="access_aanstelling_eenmaal",
                expressions=[
                    ("gebruiker", RangeOperators.EQUAL),
                    ("gemeente", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
                condition=Q(ingetrokken_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gemeente}: {self.get_rol_display()}"

    @property
    def laatste_dag(self) -> date | None:
        """The last day in force; None while it has no end."""
        return Periode.of_range(self.geldig).einde


class Noodtoegang(models.Model):
    """Emergency access to the records of one person, for a short while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gebruiker = models.ForeignKey(
        Gebruiker, on_delete=models.PROTECT, related_name="noodtoegangen"
    )
    gemeente = models.CharField(max_length=6)
    persoon_id = models.UUIDField()
    reden = models.TextField(
        max_length=1000, validators=[MinLengthValidator(KORTSTE_REDEN)]
    )
    van = models.DateTimeField()
    tot = models.DateTimeField()
    beeindigd_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_noodtoegang_duur",
                condition=Q(tot__gt=F("van"))
                & Q(tot__lte=F("van") + LANGSTE_NOODTOEGANG),
            ),
            models.CheckConstraint(
                name="access_noodtoegang_einde",
                condition=Q(beeindigd_op__isnull=True)
                | Q(beeindigd_op__gte=F("van"), beeindigd_op__lte=F("tot")),
            ),
            models.CheckConstraint(
                name="access_noodtoegang_reden",
                condition=Q(reden__regex=rf"\S.{{{KORTSTE_REDEN - 2},}}\S"),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gebruiker", "tot"], name="access_noodtoegang_wie"),
            models.Index(fields=["gemeente", "-van"], name="access_noodtoegang_waar"),
        ]

    def __str__(self) -> str:
        return f"{self.van:%Y-%m-%d %H:%M} ({self.gemeente})"


class NoodtoegangGezien(models.Model):
    """Who of those that judge it has taken notice of an emergency access."""

    noodtoegang = models.ForeignKey(
        Noodtoegang, on_delete=models.CASCADE, related_name="gezien"
    )
    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="access_noodtoegang_gezien", fields=["noodtoegang", "gebruiker"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M}"
