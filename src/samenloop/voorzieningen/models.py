"""Provisions, benefits and what belongs to them.

Voorziening and Uitkering are facts with time twice. Traject, Begrotingspost and Bezwaar
are entries: they are added and never changed, so a wrong amount is set right by a
counter-entry or a next version. Only an objection that is still open can be completed.
Amounts are whole eurocents.
"""

from django.db import models
from django.db.models import F, Q

from samenloop.core.tijd import Feit
from samenloop.personen.models import POSTCODE, Gemeente, Huishouden, Persoon


class Wet(models.TextChoices):
    """The three laws of the social domain."""

    WMO = "wmo", "Wmo 2015"
    JEUGDWET = "jeugdwet", "Jeugdwet"
    PARTICIPATIEWET = "participatiewet", "Participatiewet"


class Leveringsvorm(models.TextChoices):
    """How a provision is delivered."""

    ONBEKEND = "", "onbekend"
    ZIN = "zin", "zorg in natura"
    PGB = "pgb", "persoonsgebonden budget"
    TOESLAG = "toeslag", "toeslag"


class Spoor(models.IntegerChoices):
    """Distance to work: 1 close by, 3 far away."""

    EEN = 1, "1"
    TWEE = 2, "2"
    DRIE = 3, "3"


class Product(models.Model):
    """A kind of provision in the productenboek; part of the kind `ouder`, if any.

    Triggers keep the book a tree; a foreign key over (ouder, wet) keeps it within one
    law.
    """

    wet = models.CharField(max_length=20, choices=Wet)
    code = models.CharField(max_length=60)
    naam = models.CharField(max_length=200)
    ouder = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="onderdelen",
    )

    class Meta:
        ordering = ["wet", "code"]
        constraints = [
            models.UniqueConstraint(
                name="voorzieningen_product_uniek", fields=["wet", "code"]
            ),
            # What the foreign key over (ouder, wet) points at.
            models.UniqueConstraint(
                name="voorzieningen_product_wet_van_ouder", fields=["id", "wet"]
            ),
            models.CheckConstraint(
                name="voorzieningen_product_wet", condition=Q(wet__in=Wet.values)
            ),
            models.CheckConstraint(
                name="voorzieningen_product_gevuld", condition=~Q(code="") & ~Q(naam="")
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Aanbieder(models.Model):
    """A provider of care, by AGB code."""

    agb = models.CharField(max_length=8, unique=True, db_collation="C")
    naam = models.CharField(max_length=200)

    class Meta:
        ordering = ["agb"]
        constraints = [
            models.CheckConstraint(
                name="voorzieningen_aanbieder_agb",
                condition=Q(agb__regex=r"^[0-9]{8}$"),
            ),
            models.CheckConstraint(
                name="voorzieningen_aanbieder_naam", condition=~Q(naam="")
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Voorziening(Feit):
    """A provision granted to one person, as the basisset asks for it.

    gemeente, huishouden and postcode are those at the start: figures count a provision
    where it was granted, also after a move.
    """

    betrokkene = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="voorzieningen"
    )
    gezaghebbende = models.ForeignKey(
        Persoon,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voorzieningen_van_minderjarigen",
    )
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )
    huishouden = models.ForeignKey(
        Huishouden, on_delete=models.PROTECT, null=True, blank=True
    )
    postcode = models.CharField(max_length=6, blank=True, default="", db_default="")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    vorm = models.CharField(
        max_length=10, choices=Leveringsvorm, blank=True, default="", db_default=""
    )
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, null=True, blank=True
    )
    verwijzer = models.CharField(max_length=100, blank=True, default="", db_default="")
    aanvraagdatum = models.DateField(null=True, blank=True)
    reden_einde = models.CharField(
        max_length=100, blank=True, default="", db_default=""
    )
    resultaat = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta(Feit.Meta):
        constraints = [
            *Feit.Meta.constraints,
            models.CheckConstraint(
                name="voorzieningen_voorziening_vorm",
                condition=Q(vorm__in=Leveringsvorm.values),
            ),
            models.CheckConstraint(
                name="voorzieningen_voorziening_pgb_zonder_aanbieder",
                condition=~Q(vorm=Leveringsvorm.PGB) | Q(aanbieder__isnull=True),
            ),
            models.CheckConstraint(
                name="voorzieningen_voorziening_gezaghebbende",
                condition=Q(gezaghebbende__isnull=True)
                | ~Q(gezaghebbende=F("betrokkene")),
            ),
            models.CheckConstraint(
                name="voorzieningen_voorziening_aanvraag_voor_start",
                condition=Q(aanvraagdatum__isnull=True)
                | Q(geldig__startswith__gte=F("aanvraagdatum")),
            ),
            # Nothing is known of an application before it was made.
            models.CheckConstraint(
                name="voorzieningen_voorziening_aanvraag_voor_bekend",
                condition=Q(aanvraagdatum__isnull=True)
                | Q(bekend__isempty=True)
                | Q(bekend__startswith__gte=F("aanvraagdatum")),
            ),
            models.CheckConstraint(
                name="voorzieningen_voorziening_postcode",
                condition=Q(postcode__regex=POSTCODE),
            ),
            models.CheckConstraint(
                name="voorzieningen_voorziening_reden_na_einde",
                condition=Q(reden_einde="") | Q(geldig__upper_inf=False),
            ),
        ]


class Uitkering(Feit):
    """A benefit under the Participatiewet; `spoor` empty is unknown."""

    betrokkene = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="uitkeringen"
    )
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )
    huishouden = models.ForeignKey(
        Huishouden, on_delete=models.PROTECT, null=True, blank=True
    )
    spoor = models.PositiveSmallIntegerField(choices=Spoor, null=True, blank=True)
    reden_einde = models.CharField(
        max_length=100, blank=True, default="", db_default=""
    )

    class Meta(Feit.Meta):
        constraints = [
            *Feit.Meta.constraints,
            models.CheckConstraint(
                name="voorzieningen_uitkering_spoor",
                condition=Q(spoor__isnull=True) | Q(spoor__in=Spoor.values),
            ),
            models.CheckConstraint(
                name="voorzieningen_uitkering_reden_na_einde",
                condition=Q(reden_einde="") | Q(geldig__upper_inf=False),
            ),
        ]


class Traject(models.Model):
    """Cost on the way to work, in eurocents; negative is a counter-entry."""

    betrokkene = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="trajecten"
    )
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )
    spoor = models.PositiveSmallIntegerField(choices=Spoor)
    datum = models.DateField()
    trajectkosten = models.BigIntegerField(default=0, db_default=0)
    loonkostensubsidie = models.BigIntegerField(default=0, db_default=0)
    geregistreerd_op = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voorzieningen_traject_spoor", condition=Q(spoor__in=Spoor.values)
            ),
        ]


class Begrotingspost(models.Model):
    """An amount for a year and post in one version of the budget, in eurocents.

    `volgnummer` is the place of the version in the row of versions: budget, first and
    second forecast, realisation.
    """

    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )
    jaar = models.PositiveSmallIntegerField()
    post = models.CharField(max_length=100)
    versie = models.CharField(max_length=100)
    volgnummer = models.PositiveSmallIntegerField()
    bedrag = models.BigIntegerField()

    class Meta:
        ordering = ["gemeente", "jaar", "volgnummer", "post"]
        constraints = [
            models.UniqueConstraint(
                name="voorzieningen_begrotingspost_uniek",
                fields=["gemeente", "jaar", "post", "versie"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="voorzieningen_begrotingspost_jaar",
                condition=Q(jaar__gte=1900, jaar__lte=9999),
            ),
            models.CheckConstraint(
                name="voorzieningen_begrotingspost_gevuld",
                condition=~Q(post="") & ~Q(versie=""),
            ),
        ]


class BezwaarSoort(models.TextChoices):
    """An objection is aimed at a decision, a complaint at how one was treated."""

    BEZWAAR = "bezwaar", "bezwaar"
    KLACHT = "klacht", "klacht"


class Bezwaar(models.Model):
    """An objection or complaint; open until `afgehandeld_op`."""

    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, null=True, blank=True
    )
    wet = models.CharField(
        max_length=20, choices=Wet, blank=True, default="", db_default=""
    )
    soort = models.CharField(max_length=10, choices=BezwaarSoort)
    ingediend_op = models.DateField()
    afgehandeld_op = models.DateField(null=True, blank=True)
    uitkomst = models.CharField(max_length=100, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voorzieningen_bezwaar_soort",
                condition=Q(soort__in=BezwaarSoort.values),
            ),
            models.CheckConstraint(
                name="voorzieningen_bezwaar_wet",
                condition=Q(wet="") | Q(wet__in=Wet.values),
            ),
            models.CheckConstraint(
                name="voorzieningen_bezwaar_afhandeling",
                condition=Q(afgehandeld_op__isnull=True, uitkomst="")
                | Q(
                    afgehandeld_op__isnull=False, afgehandeld_op__gte=F("ingediend_op")
                ),
            ),
        ]
