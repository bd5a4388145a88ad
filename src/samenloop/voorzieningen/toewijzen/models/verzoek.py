"""What providers ask: an allocation (VOT) or a change (VOW), and how it is routed.

One row per reference of the provider: a message with three products asked for is three
requests, each answered by itself; a request to change is one, granted whole or not at
all (IV093, IV094, OP348).
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenloop.core import klok
from samenloop.personen.models import Gemeente, Persoon
from samenloop.voorzieningen.inkoop.codes import WETTEN, Eenheid, Frequentie
from samenloop.voorzieningen.models import Aanbieder, Wet


class Verwijzer(models.TextChoices):
    """Who referred (code list of the standard)."""

    GEMEENTE = "01", _("municipality")
    HUISARTS = "02", _("general practitioner")
    JEUGDARTS = "03", _("youth doctor")
    GI = "04", _("certified institution")
    SPECIALIST = "05", _("medical specialist")
    GEEN = "06", _("no referrer")
    RECHTER = "08", _("court, public prosecutor or juvenile institution")


class Verzoeksoort(models.TextChoices):
    """What is asked."""

    TOEWIJZING = "vot", _("request for an allocation")
    WIJZIGING = "vow", _("request for a change")


class Verzoekstaat(models.TextChoices):
    """How far a request is."""

    OPEN = "open", _("to be answered")
    ONDERZOEK = "onderzoek", _("under inquiry")
    TOEGEWEZEN = "toegewezen", _("granted")
    AFGEWEZEN = "afgewezen", _("refused")


OPEN = (Verzoekstaat.OPEN.value, Verzoekstaat.ONDERZOEK.value)


class RedenAfwijzing(models.TextChoices):
    """Why a request is refused (code list of the standard)."""

    NIEUWE_AANVRAAG = "1", _("a new application is needed")
    BUDGET = "2", _("no budget")
    GEEN_CONTRACT = "3", _("no contract")
    PAST_NIET = "4", _("does not fit the contract")
    ANDERE_GEMEENTE = "5", _("another municipality is responsible")
    STAPELING = "6", _("it is allocated already")
    INHOUD = "7", _("on the content of the care")
    WOONPLAATS = "8", _("another municipality by place of residence")
    LEEFTIJD = "9", _("age limit")


class Verzoek(models.Model):
    """A request with the days by which it must be answered.

    `retour_uiterlijk` is three working days, `antwoord_uiterlijk` five,
    `eind_uiterlijk` eight weeks from the date of the request, `woonplaats_uiterlijk`
    two weeks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    wet = models.CharField(max_length=20, choices=Wet)
    soort = models.CharField(max_length=3, choices=Verzoeksoort)
    referentie = models.CharField(max_length=36)
    persoon = models.ForeignKey(
        Persoon, on_delete=models.PROTECT, related_name="verzoeken"
    )
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="verzoeken"
    )
    dagtekening = models.DateField()
    ontvangen_op = models.DateTimeField(default=klok.now)
    bericht = models.UUIDField(null=True, blank=True)
    verwijzer_type = models.CharField(
        max_length=2, choices=Verwijzer, blank=True, default="", db_default=""
    )
    verwijzer_naam = models.CharField(
        max_length=64, blank=True, default="", db_default=""
    )
    verwijzer_agb = models.CharField(
        max_length=8, blank=True, default="", db_default=""
    )
    beschikkingnummer = models.CharField(
        max_length=30, blank=True, default="", db_default=""
    )
    raamcontract = models.BooleanField(null=True, blank=True)
    gezagsdrager_bekend = models.BooleanField(null=True, blank=True)
    reden_verzoek = models.CharField(
        max_length=2, blank=True, default="", db_default=""
    )
    commentaar = models.CharField(max_length=200, blank=True, default="", db_default="")
    # What the rules of the municipality said of it: straight through, or reviewed.
    route = models.CharField(max_length=12, blank=True, default="", db_default="")
    route_reden = models.CharField(
        max_length=300, blank=True, default="", db_default=""
    )
    retour_uiterlijk = models.DateField()
    antwoord_uiterlijk = models.DateField()
    eind_uiterlijk = models.DateField()
    woonplaats_uiterlijk = models.DateField()
    staat = models.CharField(
        max_length=10,
        choices=Verzoekstaat,
        default=Verzoekstaat.OPEN,
        db_default=Verzoekstaat.OPEN,
    )
    in_onderzoek_op = models.DateTimeField(null=True, blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.BigIntegerField(null=True, editable=False)
    reden_afwijzing = models.CharField(
        max_length=1, choices=RedenAfwijzing, blank=True, default="", db_default=""
    )
    # Who is responsible, when refused on the place of residence (CBS code).
    woonplaats = models.CharField(max_length=6, blank=True, default="", db_default="")
    toelichting = models.CharField(
        max_length=500, blank=True, default="", db_default=""
    )
    behandelaar = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["antwoord_uiterlijk", "id"]
        indexes = [
            models.Index(
                fields=["gemeente", "antwoord_uiterlijk"],
                name="toewijzen_verzoek_open",
                condition=Q(staat__in=["open", "onderzoek"]),
            ),
            models.Index(
                fields=["persoon", "aanbieder"], name="toewijzen_verzoek_bij_wie"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="toewijzen_verzoek_referentie",
                fields=["gemeente", "wet", "aanbieder", "referentie"],
            ),
            models.CheckConstraint(
                name="toewijzen_verzoek_gevuld",
                condition=~Q(referentie="")
                & Q(wet__in=WETTEN, soort__in=Verzoeksoort.values),
            ),
            models.CheckConstraint(
                name="toewijzen_verzoek_staat",
                condition=Q(staat__in=OPEN, beantwoord_op__isnull=True)
                & Q(reden_afwijzing="")
                | Q(staat=Verzoekstaat.TOEGEWEZEN, beantwoord_op__isnull=False)
                & Q(reden_afwijzing="")
                | Q(staat=Verzoekstaat.AFGEWEZEN, beantwoord_op__isnull=False)
                & Q(reden_afwijzing__in=RedenAfwijzing.values),
            ),
            models.CheckConstraint(
                name="toewijzen_verzoek_onderzoek",
                condition=~Q(staat=Verzoekstaat.ONDERZOEK)
                | Q(in_onderzoek_op__isnull=False),
            ),
            # TR377 and TR409.
            models.CheckConstraint(
                name="toewijzen_verzoek_woonplaats",
                condition=Q(reden_afwijzing=RedenAfwijzing.WOONPLAATS)
                & ~Q(woonplaats="")
                | ~Q(reden_afwijzing=RedenAfwijzing.WOONPLAATS) & Q(woonplaats=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Verzoek {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still due."""
        return self.staat in OPEN


class Regelsoort(models.TextChoices):
    """What a line of a request asks."""

    AANGEVRAAGD = "aangevraagd", _("asked for")
    ONGEWIJZIGD = "ongewijzigd", _("stays as it is")
    TE_WIJZIGEN = "te_wijzigen", _("to be changed")
    NIEUW = "nieuw", _("new")


class Verzoekregel(models.Model):
    """One product of a request, as the provider asks it."""

    id = models.BigAutoField(primary_key=True)
    verzoek = models.ForeignKey(
        Verzoek, on_delete=models.PROTECT, related_name="regels"
    )
    soort = models.CharField(max_length=12, choices=Regelsoort)
    # The number of the allocation it is about.
    toewijzing = models.PositiveIntegerField(null=True, blank=True)
    categorie = models.CharField(max_length=2, blank=True, default="", db_default="")
    code = models.CharField(max_length=5, blank=True, default="", db_default="")
    beschikking_ingang = models.DateField(null=True, blank=True)
    ingang = models.DateField(null=True, blank=True)
    eind = models.DateField(null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)
    eenheid = models.CharField(
        max_length=2, choices=Eenheid, blank=True, default="", db_default=""
    )
    frequentie = models.CharField(
        max_length=1, choices=Frequentie, blank=True, default="", db_default=""
    )
    budget = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="toewijzen_verzoekregel_nummer",
                condition=Q(
                    soort__in=[
                        Regelsoort.ONGEWIJZIGD.value,
                        Regelsoort.TE_WIJZIGEN.value,
                    ],
                    toewijzing__isnull=False,
                )
                | Q(
                    soort__in=[Regelsoort.AANGEVRAAGD.value, Regelsoort.NIEUW.value],
                    toewijzing__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="toewijzen_verzoekregel_periode",
                condition=Q(eind__isnull=True) | Q(eind__gte=F("ingang")),
            ),
        ]

    def __str__(self) -> str:
        return f"Verzoekregel {self.pk}"


class Routeregel(models.Model):
    """By which requests go straight through, and which are reviewed first.

    Empty means any. The first rule in force that fits holds, by `volgorde`; without one
    a request is reviewed. `max_bedrag` is in eurocents over the whole period asked for.
    """

    class Uitkomst(models.TextChoices):
        """What happens with a request that fits."""

        DOOR = "door", _("straight through")
        TOETSEN = "toetsen", _("reviewed first")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    wet = models.CharField(max_length=20, choices=Wet)
    volgorde = models.PositiveSmallIntegerField()
    verwijzer_type = models.CharField(
        max_length=2, choices=Verwijzer, blank=True, default="", db_default=""
    )
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    categorie = models.CharField(max_length=2, blank=True, default="", db_default="")
    code = models.CharField(max_length=5, blank=True, default="", db_default="")
    max_bedrag = models.BigIntegerField(null=True, blank=True)
    uitkomst = models.CharField(max_length=8, choices=Uitkomst)
    reden = models.CharField(max_length=300)
    ingang = models.DateField()
    eind = models.DateField(null=True, blank=True)
    vastgesteld_op = models.DateTimeField(default=klok.now, editable=False)
    vastgesteld_door = models.BigIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["wet", "volgorde", "id"]
        constraints = [
            models.CheckConstraint(
                name="toewijzen_routeregel_gevuld",
                condition=~Q(reden="") & Q(wet__in=WETTEN),
            ),
            models.CheckConstraint(
                name="toewijzen_routeregel_periode",
                condition=Q(eind__isnull=True) | Q(eind__gte=F("ingang")),
            ),
        ]

    def __str__(self) -> str:
        return f"Routeregel {self.pk}"
