"""Accounts of the people who work with the system.

An account belongs to a named person with a function; there are no shared accounts.
Municipalities are kept by their CBS code, because this floor lies under `personen`.
"""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

GEMEENTECODE = r"^GM[0-9]{4}$"


class Rol(models.TextChoices):
    """What kind of work an account is for."""

    BELEID = "beleid", "beleidsmedewerker"
    BEHEER = "beheer", "functioneel beheerder"


class GemeentenField(ArrayField):  # type: ignore[type-arg]
    """CBS codes of municipalities, for instance `["GM0005", "GM1663"]`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["base_field"] = models.CharField(
            max_length=6, validators=[RegexValidator(GEMEENTECODE)]
        )
        super().__init__(**kwargs)


class Gebruiker(AbstractUser):
    """Someone who can sign in, with the municipalities they work for."""

    # Dutch names do not fall apart in a first and a last part (see `personen`).
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    naam = models.CharField(max_length=200)
    functie = models.CharField(max_length=200, blank=True, default="", db_default="")
    rol = models.CharField(max_length=20, choices=Rol, default=Rol.BELEID)
    gemeenten = GemeentenField(blank=True, default=list)

    REQUIRED_FIELDS = ["naam"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_gebruiker_rol", condition=Q(rol__in=Rol.values)
            ),
            models.CheckConstraint(name="access_gebruiker_naam", condition=~Q(naam="")),
        ]

    def __str__(self) -> str:
        return self.naam or self.username

    def get_full_name(self) -> str:
        """The name as the person wants to be called."""
        return self.naam

    def get_short_name(self) -> str:
        """The same name: we do not guess which part is the first name."""
        return self.naam
