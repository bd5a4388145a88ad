"""Persons, where they live and with whom.

The BSN stands in `Burgerservicenummer` and nowhere else; everything points to
`Persoon`, whose id says nothing. Addresses, stays, membership of a gezin and gezag are
facts with time twice (`samenloop.core.tijd`). Whatever must always hold is a constraint
of the database; the rule that a BSN is absent only with a reason is a deferred trigger,
because a person and the BSN arrive in one transaction but not in one row.

Who may know of a person follows from `Persoon.gemeenten`: the municipalities with a
task toward them. Triggers keep it (`personen.taak`); row-level security goes by it.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from samenloop.core.bsn import MASKER, Bsn
from samenloop.core.fouten import BsnBestaatAl, BsnOntbreekt
from samenloop.core.tijd import Feit
from samenloop.personen.gemeenten import Gemeente as Gemeente
from samenloop.personen.gemeenten import HuishoudensTelling as HuishoudensTelling
from samenloop.personen.gemeenten import Regio as Regio
from samenloop.personen.gemeenten import RegioGemeente as RegioGemeente
from samenloop.personen.namen import sorteernaam
from samenloop.personen.samenleven import Gezag as Gezag
from samenloop.personen.samenleven import GezagSoort as GezagSoort
from samenloop.personen.samenleven import Gezin as Gezin
from samenloop.personen.samenleven import Gezinslid as Gezinslid
from samenloop.personen.samenleven import GezinsRol as GezinsRol
from samenloop.personen.samenleven import one_at_a_time as one_at_a_time
from samenloop.personen.samenleven import own_gemeenten
from samenloop.personen.toestemming import Toestemming as Toestemming

POSTCODE = r"^([1-9][0-9]{3}([A-Z]{2})?)?$"  # 1234AB, only the digits, or unknown


class Geslacht(models.TextChoices):
    """Sex as the BRP and the messages code it."""

    ONBEKEND = "0", "onbekend"
    MAN = "1", "man"
    VROUW = "2", "vrouw"
    NIET_GESPECIFICEERD = "9", "niet gespecificeerd"


class SorteernaamField(models.CharField):  # type: ignore[type-arg]
    """Follows the name by itself, also in `bulk_create`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the key from the three parts of the name."""
        assert isinstance(model_instance, Persoon)
        sleutel = sorteernaam(
            model_instance.geslachtsnaam,
            model_instance.voorvoegsel,
            model_instance.voornamen,
        )
        setattr(model_instance, self.attname, sleutel)
        return sleutel


class PersoonQuerySet(models.QuerySet["Persoon"]):
    """Finding and registering people."""

    def with_bsn(self, bsn: Bsn) -> Self:
        """The person with this BSN, or nobody; found through the keyed hash."""
        return self.filter(
            burgerservicenummer__zoeksleutel=bsn.zoeksleutel(settings.BSN_SLEUTEL)
        )

    def register(self, bsn: Bsn | None, **velden: Any) -> "Persoon":
        """Add a person together with the BSN, or with the reason why there is none.

        Raises:
            BsnBestaatAl: another person already has this BSN.
            BsnOntbreekt: no BSN and no `bsn_ontbreekt_reden`, or both.

        The municipalities with a task are those of the border, unless `gemeenten`
        names them.
        """
        if (bsn is None) != bool(velden.get("bsn_ontbreekt_reden")):
            raise BsnOntbreekt()
        with transaction.atomic():
            if bsn is not None and self.with_bsn(bsn).exists():
                raise BsnBestaatAl()
            persoon = self.create(**velden)
            if bsn is not None:
                try:
                    Burgerservicenummer.of(persoon, bsn).save(force_insert=True)
                except IntegrityError:
                    # Somebody else registered it since we looked.
                    raise BsnBestaatAl() from None
        return persoon


class Persoon(models.Model):
    """A human being that records are about (BRP names; nothing here identifies)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bsn_ontbreekt_reden = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    voornamen = models.CharField(max_length=200, blank=True, default="", db_default="")
    voorvoegsel = models.CharField(max_length=20, blank=True, default="", db_default="")
    geslachtsnaam = models.CharField(max_length=200)
    sorteernaam = SorteernaamField(max_length=600, db_collation="C", editable=False)
    geboortedatum = models.DateField(null=True, blank=True)
    geslacht = models.CharField(
        max_length=1,
        choices=Geslacht,
        default=Geslacht.ONBEKEND,
        db_default=Geslacht.ONBEKEND,
    )
    gemeenten = own_gemeenten()
    # Indicatie geheim of the BRP: the address goes to nobody without a task of his own.
    geheim = models.BooleanField(default=False, db_default=False)

    objects = PersoonQuerySet.as_manager()

    class Meta:
        ordering = ["sorteernaam", "id"]
        indexes = [
            models.Index(fields=["sorteernaam"], name="personen_sorteernaam"),
            models.Index(fields=["geboortedatum"], name="personen_geboortedatum"),
        ]
        constraints = [
            models.CheckConstraint(
                name="personen_persoon_geslacht",
                condition=Q(geslacht__in=Geslacht.values),
            ),
            models.CheckConstraint(
                name="personen_persoon_geslachtsnaam", condition=~Q(geslachtsnaam="")
            ),
            models.CheckConstraint(
                name="personen_persoon_sorteernaam",
                condition=Q(sorteernaam__regex=r"^[^A-Z\t]*\t[^A-Z\t]*\t[^A-Z\t]*$"),
            ),
        ]

    def __str__(self) -> str:
        # Not the name: this ends up in logs and in errors of other people's code.
        return f"Persoon {self.pk}"

    @property
    def volledige_naam(self) -> str:
        """The name as one writes it: `Sanne de Vries`."""
        delen = (self.voornamen, self.voorvoegsel, self.geslachtsnaam)
        return " ".join(deel for deel in delen if deel)


class Burgerservicenummer(models.Model):
    """The only place of a BSN. Read it to write a levering or message; show it never.

    `zoeksleutel` comes before `bsn` on purpose: the unique index made first reports a
    duplicate first, and the error of the database repeats the value it tripped over.
    """

    persoon = models.OneToOneField(Persoon, on_delete=models.CASCADE, primary_key=True)
    zoeksleutel = models.CharField(max_length=64, unique=True, db_collation="C")
    bsn = models.CharField(max_length=9, unique=True, db_collation="C")

    def __str__(self) -> str:
        return MASKER

    @classmethod
    def of(cls, persoon: Persoon, bsn: Bsn) -> "Burgerservicenummer":
        """Build the row (unsaved) under the key of this installation."""
        return cls(
            persoon=persoon,
            bsn=bsn.cijfers,
            zoeksleutel=bsn.zoeksleutel(settings.BSN_SLEUTEL),
        )


class Naamdeel(models.Model):
    """A word of someone's name, per municipality with a task: what searching reads.

    Triggers on `Persoon` keep it; nothing else writes here. The order of the key is
    that of the search: within one municipality the words that begin with what was
    typed, in the order in which Dutch names stand.
    """

    pk = models.CompositePrimaryKey("gemeente", "woord", "sorteernaam", "persoon")
    gemeente = models.CharField(max_length=6, db_collation="C")
    woord = models.CharField(max_length=60, db_collation="C")
    sorteernaam = models.CharField(max_length=400, db_collation="C")
    persoon = models.ForeignKey(
        Persoon, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    # Whether it is the word the sorting name begins with.
    begint = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(
                fields=["gemeente", "sorteernaam", "persoon"],
                name="personen_naamdeel_begin",
                condition=Q(begint=True),
            )
        ]

    def __str__(self) -> str:
        return f"Naamdeel {self.persoon_id}"


class Huishouden(models.Model):
    """The people living at one address; who they are on a date follows from `Adres`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sleutel = models.CharField(max_length=40, unique=True)
    gemeenten = own_gemeenten()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="personen_huishouden_sleutel", condition=~Q(sleutel="")
            )
        ]

    def __str__(self) -> str:
        return self.sleutel


class Adres(Feit):
    """Where someone lives according to the BRP. No gemeente: abroad, or unknown."""

    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="adressen"
    )
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )
    huishouden = models.ForeignKey(
        Huishouden,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adressen",
    )
    straat = models.CharField(max_length=100, blank=True, default="", db_default="")
    huisnummer = models.PositiveIntegerField(null=True, blank=True)
    huisnummertoevoeging = models.CharField(
        max_length=10, blank=True, default="", db_default=""
    )
    postcode = models.CharField(max_length=6, blank=True, default="", db_default="")
    woonplaats = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta(Feit.Meta):
        constraints = [
            *Feit.Meta.constraints,
            one_at_a_time("personen_adres_een_tegelijk", "persoon"),
            models.CheckConstraint(
                name="personen_adres_postcode", condition=Q(postcode__regex=POSTCODE)
            ),
        ]
        indexes = [
            models.Index(
                fields=["postcode", "huisnummer"], name="personen_adres_postcode_nr"
            )
        ]


class Verhuizing(models.Model):
    """Someone went to another municipality, or from or to abroad; an event names it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="verhuizingen"
    )
    van = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    naar = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # First day at the new address.
    vanaf = models.DateField()
    vastgelegd_op = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-vanaf", "id"]
        constraints = [
            models.CheckConstraint(
                name="personen_verhuizing_naar_elders",
                condition=~Q(van=F("naar"))
                | Q(van__isnull=True)
                | Q(naar__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Verhuizing {self.pk}"


class Verblijf(Feit):
    """A stay of a minor away from home (foster care, group home, institution).

    `gemeente` is where the place of stay is. Since 2022 the municipality of the address
    just before the stay is responsible (Jeugdwet 1.1).
    """

    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="verblijven"
    )
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta(Feit.Meta):
        constraints = [
            *Feit.Meta.constraints,
            one_at_a_time("personen_verblijf_een_tegelijk", "persoon"),
        ]
