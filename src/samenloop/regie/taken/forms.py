"""The form of a task, with what it waits for: plain fields, for every keyboard.

What is waited for is asked in two questions that people use anyway: all of these, and
one of these. Together they can say everything the model can; a second "one of these"
appears once the first is in use.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Dossier
from samenloop.regie.models import Casus
from samenloop.regie.taken import voorwaarden, wijzigen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import LOPEND, Herhaling, Uitvoerder
from samenloop.regie.taken.voorwaarden import Bij, Eis, Na, Vanaf
from samenloop.signalen.forms import KEUZELIJST, RONDJE, TEKSTBLOK, TEKSTVAK, VINKJE

OP_NAAM = "naam"
_HERINNER = (
    ("", _("not")),
    ("0", _("on the day itself")),
    ("1", _("a day before")),
    ("3", _("three days before")),
    ("7", _("a week before")),
    ("-1", _("a day after, when it is late")),
    ("-7", _("a week after, when it is late")),
)
_START = (
    ("zelf", _("It begins by itself")),
    ("vraagt", _("The director is told, and lets it begin")),
)


def _day(label: Any, **meer: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(
            attrs={"class": TEKSTVAK, "type": "date"}, format="%Y-%m-%d"
        ),
        error_messages={"invalid": _("Write a day as 25-03-2026.")},
        **meer,
    )


def _number(label: Any, hoogste: int, **meer: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=hoogste,
        widget=forms.NumberInput(attrs={"class": TEKSTVAK, "inputmode": "numeric"}),
        **meer,
    )


def _ticks(label: Any, keuzes: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=keuzes,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": VINKJE}),
        error_messages={
            "invalid_choice": _("A task you chose ended or went. Choose again.")
        },
    )


class Taakform(forms.Form):
    """What to do, by whom, before when, and what it waits for."""

    titel = forms.CharField(
        label=_("What has to be done?"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
        error_messages={"required": _("Write in a few words what has to be done.")},
    )
    waarom = forms.CharField(
        label=_("What is it for? (not required)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 2}),
    )
    wie = forms.ChoiceField(
        label=_("Who does it?"),
        required=False,
        widget=forms.Select(attrs={"class": KEUZELIJST}),
        error_messages={"invalid_choice": _("Choose somebody who takes part.")},
    )
    naam = forms.CharField(
        label=_("Name, when it is somebody else (not required)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": TEKSTVAK, "autocomplete": "off"}),
    )
    uiterlijk = _day(_("Before the end of which day? (not required)"))
    dagen = _number(_("How many days does it take, about?"), 365, initial=1)
    herinner = forms.MultipleChoiceField(
        label=_("Remind who has it"),
        required=False,
        choices=_HERINNER[1:],
        widget=forms.CheckboxSelectMultiple(attrs={"class": VINKJE}),
    )
    elke_weken = _number(_("Comes back every so many weeks (not required)"), 52)
    herhaal_tot = _day(_("Until (not required)"))
    keuzes = forms.CharField(
        label=_("Is it a decision? Write its outcomes, one on a line (not required)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"class": TEKSTBLOK, "rows": 2}),
        help_text=_("For instance: yes, no. Other tasks can wait for an outcome."),
    )
    start = forms.ChoiceField(
        label=_("When nothing holds it up any more"),
        choices=_START,
        initial="zelf",
        widget=forms.RadioSelect(attrs={"class": RONDJE}),
    )
    vanaf = _day(_("Not before (not required)"))

    def __init__(
        self, *args: Any, casus: Casus, taak: Taak | None = None, **kwargs: Any
    ) -> None:
        """Ask about a new task, or about a running one.

        Args:
            *args: what Django's form takes.
            casus: the case it is in, with its dossier.
            taak: the task that is changed.
            **kwargs: what Django's form takes.
        """
        eisen = wijzigen.current(taak) if taak else []
        if taak is not None:
            kwargs["initial"] = {**_initial(taak, eisen), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.taak = taak
        if taak is not None:
            del self.fields["wie"], self.fields["naam"]
        else:
            assert casus.dossier is not None
            self.fields["wie"].choices = people(casus.dossier)  # type: ignore[attr-defined]
        self.keuzelijst = options(casus, taak)
        self.fields["alle"] = _ticks(_("It waits for all of these"), self.keuzelijst)
        self.eens = sum(len(groep) > 1 for groep in eisen) + 1
        for nummer in range(self.eens):
            self.fields[f"een_{nummer}"] = _ticks(
                _("And for one of these, whichever comes first"), self.keuzelijst
            )
            self.fields[f"een_dag_{nummer}"] = _day(_("or this day (not required)"))

    @property
    def een_van(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The questions "one of these", each with its day."""
        return [(self[f"een_{n}"], self[f"een_dag_{n}"]) for n in range(self.eens)]

    def clean(self) -> dict[str, Any]:
        """See that what belongs together was filled in together."""
        gegeven = super().clean() or {}
        if gegeven.get("wie") == OP_NAAM and not gegeven.get("naam"):
            self.add_error("naam", _("Write down who does it."))
        if bool(gegeven.get("elke_weken")) != bool(gegeven.get("herhaal_tot")):
            waar = "herhaal_tot" if gegeven.get("elke_weken") else "elke_weken"
            self.add_error(
                waar, _("A task that comes back has a number of weeks and a last day.")
            )
        if gegeven.get("herinner") and not gegeven.get("uiterlijk"):
            self.add_error(
                "uiterlijk", _("A reminder is counted from a day, so give the day.")
            )
        return gegeven

    def executor(self) -> Uitvoerder:
        """Return who does it."""
        soort, _punt, wie = self.cleaned_data["wie"].partition(":")
        if soort == "a":
            return Uitvoerder(account=int(wie))
        if soort == "o":
            return Uitvoerder(organisatie=UUID(wie))
        if soort == "p":
            return Uitvoerder(persoon=UUID(wie))
        if soort == OP_NAAM:
            return Uitvoerder(naam=self.cleaned_data["naam"])
        return Uitvoerder()

    def assignment(self) -> wijzigen.Opdracht:
        """Return what is asked."""
        gegeven = self.cleaned_data
        uiterlijk = gegeven["uiterlijk"]
        regels = (regel.strip()[:100] for regel in gegeven["keuzes"].splitlines())
        return wijzigen.Opdracht(
            titel=gegeven["titel"],
            waarom=gegeven["waarom"],
            uiterlijk=uiterlijk,
            dagen=gegeven["dagen"] or 1,
            start_zelf=gegeven["start"] == "zelf",
            keuzes=tuple(dict.fromkeys(regel for regel in regels if regel)),
            herhaling=Herhaling(gegeven["elke_weken"], gegeven["herhaal_tot"])
            if gegeven["elke_weken"]
            else None,
            herinneringen=tuple(
                uiterlijk - timedelta(days=int(dagen)) for dagen in gegeven["herinner"]
            ),
            eisen=self._conditions(),
        )

    def _conditions(self) -> list[list[Eis]]:
        gegeven = self.cleaned_data
        groepen: list[list[Eis]] = [[_parse(code)] for code in gegeven["alle"]]
        if gegeven["vanaf"]:
            groepen.append([Vanaf(gegeven["vanaf"])])
        for nummer in range(self.eens):
            groep = [_parse(code) for code in gegeven[f"een_{nummer}"]]
            if dag := gegeven[f"een_dag_{nummer}"]:
                groep.append(Vanaf(dag))
            if groep:
                groepen.append(groep)
        return groepen


def people(dossier: Dossier) -> list[tuple[str, str]]:
    """Return who can get a task here, as choices."""
    deelnames = list(toegang.running().filter(dossier=dossier))
    wie = namen.of(deelnames)
    keuzes = {"": gettext("nobody yet")}
    for deelname in deelnames:
        naam = wie[deelname.pk]
        if deelname.hoedanigheid:
            naam = f"{naam}, {deelname.hoedanigheid}"
        keuzes[_code(Uitvoerder.of_deelname(deelname))] = naam
    for persoon, naam in namen.people(toegang.persons(dossier)).items():
        keuzes.setdefault(f"p:{persoon}", naam)
    keuzes[OP_NAAM] = gettext("somebody else, by name")
    return list(keuzes.items())


def _code(wie: Uitvoerder) -> str:
    if wie.account is not None:
        return f"a:{wie.account}"
    if wie.organisatie is not None:
        return f"o:{wie.organisatie}"
    if wie.persoon is not None:
        return f"p:{wie.persoon}"
    return OP_NAAM


def options(casus: Casus, taak: Taak | None) -> list[tuple[str, str]]:
    """Return what a task can wait for: what runs, and what it waits for already.

    What itself waits for this task is left out: that would go round.
    """
    buiten = {taak.pk} | _followers(casus, taak) if taak else set()
    eigen = set(taak.voorwaarden.values_list("op_taak", flat=True)) if taak else set()
    keuzes: list[tuple[str, str]] = []
    for each in Taak.objects.filter(casus=casus):
        if each.pk in buiten or (each.staat not in LOPEND and each.pk not in eigen):
            continue
        keuzes.append((f"t:{each.pk}", each.titel))
        keuzes += [
            (
                f"b:{each.pk}:{nummer}",
                gettext("“%(taak)s” becomes “%(uitkomst)s”")
                % {"taak": each.titel, "uitkomst": uitkomst},
            )
            for nummer, uitkomst in enumerate(each.keuzes)
        ]
    return keuzes


def _followers(casus: Casus, taak: Taak) -> set[UUID]:
    na = voorwaarden.edges(casus.pk)
    volgers: set[UUID] = set()
    nieuw = {taak.pk}
    while nieuw:
        nieuw = {van for van, op in na.items() if op & nieuw} - volgers
        volgers |= nieuw
    return volgers


def _parse(code: str) -> Eis:
    delen = code.split(":")
    if delen[0] == "b":
        keuzes = Taak.objects.values_list("keuzes", flat=True).get(pk=delen[1])
        return Bij(UUID(delen[1]), keuzes[int(delen[2])])
    return Na(UUID(delen[1]))


def _initial(taak: Taak, eisen: Sequence[Sequence[Eis]]) -> dict[str, Any]:
    keuzes = dict(
        Taak.objects.filter(wachtenden__taak=taak).values_list("pk", "keuzes")
    )
    velden = ("titel", "waarom", "uiterlijk", "dagen", "elke_weken", "herhaal_tot")
    begin: dict[str, Any] = {veld: getattr(taak, veld) for veld in velden}
    begin["keuzes"] = "\n".join(taak.keuzes)
    begin["start"] = "zelf" if taak.start_zelf else "vraagt"
    if taak.uiterlijk:
        begin["herinner"] = [
            str((taak.uiterlijk - op).days)
            for op in taak.herinneringen.values_list("op", flat=True)
        ]
    begin["alle"] = []
    nummer = 0
    for groep in eisen:
        if len(groep) == 1 and isinstance(groep[0], Vanaf):
            # The latest of several days is the one that counts.
            dag: date = begin.get("vanaf") or groep[0].dag
            begin["vanaf"] = max(dag, groep[0].dag)
        elif len(groep) == 1:
            begin["alle"].append(_as_code(groep[0], keuzes))
        else:
            dagen = [eis.dag for eis in groep if isinstance(eis, Vanaf)]
            begin[f"een_{nummer}"] = [
                _as_code(eis, keuzes) for eis in groep if not isinstance(eis, Vanaf)
            ]
            begin[f"een_dag_{nummer}"] = min(dagen, default=None)
            nummer += 1
    return begin


def _as_code(eis: Eis, keuzes: dict[UUID, list[str]]) -> str:
    if isinstance(eis, Bij):
        return f"b:{eis.taak}:{keuzes[eis.taak].index(eis.uitkomst)}"
    assert isinstance(eis, Na)
    return f"t:{eis.taak}"
