"""The forms of applications, decisions, allocations and requests.

They ask only what no registry and no plan knows.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samenloop.voorzieningen.inkoop.codes import WETTEN, Eenheid, Frequentie
from samenloop.voorzieningen.inkoop.forms import (
    KEUZELIJST,
    VINKJE,
    WETKEUZES,
    EuroField,
    Form,
    KindField,
    block,
    choice,
    day,
    number,
    text,
)
from samenloop.voorzieningen.models import Aanbieder
from samenloop.voorzieningen.toewijzen.beschikken import Besluit
from samenloop.voorzieningen.toewijzen.bezwaren import UITKOMSTEN
from samenloop.voorzieningen.toewijzen.models import (
    Kanaal,
    RedenAfwijzing,
    RedenWijziging,
    Routeregel,
    Toewijzing,
    Uitkomst,
    Vervangreden,
    Verwijzer,
    Vorm,
)
from samenloop.voorzieningen.toewijzen.models.aanvraag import Uitstelgrond
from samenloop.voorzieningen.toewijzen.vervangen import Lot, Vervanging

_REDENEN = [each for each in RedenWijziging.choices if each[0] != "13"]
_KANALEN = [each for each in Kanaal.choices if each[0] != Kanaal.AANBIEDER.value]


class AanvraagForm(Form):
    """What somebody asks, and how it came in."""

    product = KindField()
    vraag = block(_("The question, in their own words"), max_length=4000)
    kanaal = choice(_("How it came in"), _KANALEN)
    verwijzer_type = choice(
        _("Who referred (not required)"), Verwijzer.choices, required=False
    )
    verwijzer_naam = text(
        _("Name of the referrer (not required)"), required=False, max_length=64
    )
    gemeld_op = day(_("Asked on"))
    aangevraagd_op = day(
        _("Applied on (not required)"),
        required=False,
        help_text=_(
            "Under the Wmo the inquiry comes first. Leave it empty until somebody "
            "applies; under the Youth Act asking is applying."
        ),
    )


class OnderzoekForm(Form):
    """What the inquiry found."""

    gesprek_op = day(_("Talk on (not required)"), required=False)
    doelen = block(_("What they want to reach"), required=False)
    eigen_kracht = block(
        _("What they, their network and general facilities can do"), required=False
    )
    bevindingen = block(_("What was found"), required=False)
    advies = block(_("What would help"), required=False)
    klaar = forms.BooleanField(
        label=_("The report is finished and was given to the person"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": VINKJE}),
    )


class AangevraagdForm(Form):
    """The day on which one applied."""

    op = day(_("Applied on"))


class UitstelForm(Form):
    """A later last day."""

    grond = choice(_("Ground"), Uitstelgrond.choices)
    reden = text(_("Why"), max_length=500)
    dagen = number(_("How many days"), max_value=366)
    bericht_op = day(_("Applicant told, or agreed in writing, on"))


class IntrekForm(Form):
    """Why it is not gone on with."""

    reden = text(_("Why it is not gone on with"), max_length=500)


class BesluitForm(Form):
    """A decision."""

    uitkomst = choice(_("Outcome"), Uitkomst.choices)
    product = KindField()
    vorm = choice(_("Form"), Vorm.choices, required=False)
    motivering = block(
        _("Why"), help_text=_("In one or two sentences that the person understands.")
    )
    grondslag = text(_("Ground in law"), max_length=200)
    ingang = day(_("First day"), required=False)
    eind = day(_("Last day"), required=False)
    volume = number(_("How much"), required=False)
    eenheid = choice(_("Unit"), Eenheid.choices, required=False)
    frequentie = choice(_("Per"), Frequentie.choices, required=False)
    budget = EuroField(
        label=_("Amount for the whole period (budget or allowance)"), required=False
    )
    categorie = text(
        _("Category of the product (budget only)"), max_length=2, required=False
    )
    code = text(_("Code of the product (budget only)"), max_length=5, required=False)

    def __init__(self, *args: Any, wet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = KindField(wet=wet)
        self.fields["product"] = veld
        self.order_fields(["uitkomst", "product"])


class VervangForm(BesluitForm):
    """A decision that takes the place of another, and what becomes of what ran."""

    reden = choice(_("Why it is replaced"), Vervangreden.choices)

    def __init__(
        self, *args: Any, toewijzingen: Sequence[Toewijzing], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ingang"] = day(_("From which day on"))
        self.fields["grondslag"] = text(
            _("Ground in law (not required)"),
            required=False,
            help_text=_("Left empty, the usual one for this reason is named."),
        )
        self._loten: dict[str, UUID] = {}
        for each in toewijzingen:
            naam = f"lot_{each.pk}"
            self._loten[naam] = each.pk
            self.fields[naam] = choice(
                _("Allocation %(nummer)s, %(aanbieder)s")
                % {"nummer": each.nummer, "aanbieder": each.aanbieder.naam},
                Lot.choices,
            )
        self.order_fields(["reden", "ingang", *self._loten, "uitkomst", "product"])

    def replacement(self) -> Vervanging:
        """Return what was entered; only of a form that is valid."""
        velden = dict(self.cleaned_data)
        loten = {pk: velden.pop(naam) for naam, pk in self._loten.items()}
        return Vervanging(
            reden=velden.pop("reden"),
            per=velden["ingang"],
            besluit=Besluit(**velden),
            loten=loten,
        )


class WijzigForm(Form):
    """A change that the standard permits."""

    reden = choice(_("Why"), _REDENEN)
    eind = day(_("Last day"), required=False)
    volume = number(_("Volume (in total only)"), required=False)
    budget = EuroField(label=_("Budget"), required=False)


class AfwijsForm(Form):
    """Refusing a request of a provider."""

    reden = choice(_("Reason"), RedenAfwijzing.choices)
    woonplaats = text(
        _("Municipality that is responsible (code, reason 8 only)"),
        max_length=6,
        required=False,
    )
    toelichting = text(
        _("For our own file (not required)"), max_length=500, required=False
    )


class RouteForm(Form):
    """A rule for requests of providers; empty is any."""

    wet = choice(_("Law"), WETKEUZES)
    volgorde = number(_("Order; the first that fits holds"), max_value=999)
    verwijzer_type = choice(_("Referrer"), Verwijzer.choices, required=False)
    aanbieder = forms.ModelChoiceField(
        Aanbieder.objects.order_by("naam"),
        label=_("Provider"),
        required=False,
        empty_label="–",
        widget=forms.Select(attrs={"class": KEUZELIJST}),
    )
    categorie = text(_("Category"), max_length=2, required=False)
    code = text(_("Code"), max_length=5, required=False)
    max_bedrag = EuroField(label=_("Up to this amount"), required=False)
    uitkomst = choice(_("What happens"), Routeregel.Uitkomst.choices)
    reden = text(_("Why; stands with each request"), max_length=300)
    ingang = day(_("Holds from"))


class BezwaarForm(Form):
    """An objection to a decision."""

    op = day(_("Came in on"))
    inhoud = block(_("What is objected to"))


class KlachtForm(Form):
    """A complaint."""

    wet = choice(_("Law"), [each for each in WETKEUZES if each[0] in WETTEN])
    op = day(_("Came in on"))
    inhoud = block(_("What the complaint is about"))


class AfdoenForm(Form):
    """The decision on an objection or complaint."""

    uitkomst = choice(_("Outcome"), [(each, each) for each in UITKOMSTEN])
    motivering = block(_("Why"))


class PgbEindeForm(Form):
    """The end of a budget."""

    op = day(_("Last day"))
    reden = text(_("Why"), max_length=200)
