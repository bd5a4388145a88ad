"""What a rule may ask about: the catalogue of fields, as data.

A field stands here with its name, its label, what kind of answer it has and whether
the answer may need signals or records of another law than the signal's own. The
condition builder, the expression field, the validation and the manual all read this
list; a field that is not in it cannot be asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tekst = str | Promise
Keuze = tuple[str, Tekst]

GEEN_WET = "geen"
ALLE_LEEFGEBIEDEN = "alle"
MEESTE_DAGEN = 730

LEEFGEBIEDEN: tuple[Keuze, ...] = (
    ("financien", _("finance")),
    ("wonen", _("housing")),
    ("opvoeden", _("parenting")),
    ("school", _("school")),
    ("veiligheid", _("safety")),
    ("gezondheid", _("health")),
    ("werk", _("work")),
    ("netwerk", _("network")),
)
WETTEN: tuple[Keuze, ...] = (
    ("wgs", _("Wgs (debts)")),
    ("jeugdwet", "Jeugdwet"),
    ("wmo", "Wmo 2015"),
    ("participatiewet", "Participatiewet"),
    ("leerplichtwet", "Leerplichtwet"),
    (GEEN_WET, _("no law of its own")),
)
KANALEN: tuple[Keuze, ...] = (
    ("telefoon", _("telephone")),
    ("balie", _("counter")),
    ("formulier", _("form")),
    ("partner", _("partner form")),
    ("api", _("interface")),
    ("bestand", _("file")),
    ("email", _("e-mail")),
    ("portaal", _("citizen portal")),
    ("politie", _("police")),
)


class Groep(StrEnum):
    """Whose fact it is; the builder lists the fields by it."""

    SIGNAAL = "signaal"
    PERSOON = "persoon"
    GEZIN = "gezin"


class Soort(StrEnum):
    """What kind of answer a field has."""

    GETAL = "getal"
    WAARHEID = "waarheid"
    KEUZE = "keuze"


class Operator(StrEnum):
    """How the builder compares; the expression field has the same by sign."""

    IS = "is"
    IS_NIET = "is_niet"
    MINSTENS = "minstens"
    HOOGSTENS = "hoogstens"
    HOGER = "hoger"
    LAGER = "lager"
    EEN_VAN = "een_van"


OPERATOREN: dict[Soort, tuple[Operator, ...]] = {
    Soort.GETAL: (
        Operator.MINSTENS,
        Operator.HOOGSTENS,
        Operator.HOGER,
        Operator.LAGER,
        Operator.IS,
        Operator.IS_NIET,
    ),
    Soort.WAARHEID: (Operator.IS,),
    Soort.KEUZE: (Operator.IS, Operator.IS_NIET, Operator.EEN_VAN),
}
OPERATOR_LABELS: dict[Operator, Tekst] = {
    Operator.IS: _("is"),
    Operator.IS_NIET: _("is not"),
    Operator.MINSTENS: _("is at least"),
    Operator.HOOGSTENS: _("is at most"),
    Operator.HOGER: _("is higher than"),
    Operator.LAGER: _("is lower than"),
    Operator.EEN_VAN: _("is one of"),
}

# The kinds of signal are data of the room of signals, which tells them at start-up.
_soorten: Callable[[], Sequence[Keuze]] = tuple


def register_soorten(bron: Callable[[], Sequence[Keuze]]) -> None:
    """Say where the kinds of signal can be asked; rules know no signals themselves."""
    global _soorten
    _soorten = bron


def _signaalsoorten() -> Sequence[Keuze]:
    return _soorten()


@dataclass(frozen=True, slots=True)
class Gegeven:
    """One field.

    `leefgebied` and `dagen` say which arguments it takes, in that order;
    `over_wetten` that its whole answer may lie under another law; `elders` that another
    room knows it of people, and it is so when it is so of anyone in the gezin.
    """

    naam: str
    label: Tekst
    groep: Groep
    soort: Soort
    eenheid: Tekst = ""
    leefgebied: bool = False
    dagen: bool = False
    over_wetten: bool = False
    elders: bool = False
    bron: Callable[[], Sequence[Keuze]] | None = None

    @property
    def operatoren(self) -> tuple[Operator, ...]:
        """The comparisons that make sense for it."""
        return OPERATOREN[self.soort]

    @property
    def keuzes(self) -> Sequence[Keuze]:
        """The codes it can be compared with; empty when they cannot be known here."""
        return self.bron() if self.bron is not None else ()


def _g(naam: str, label: Tekst, soort: Soort, **rest: object) -> Gegeven:
    groep = Groep(naam.partition(".")[0])
    return Gegeven(naam, label, groep, soort, **rest)  # type: ignore[arg-type]


CATALOGUS: dict[str, Gegeven] = {
    gegeven.naam: gegeven
    for gegeven in (
        _g("signaal.soort", _("kind"), Soort.KEUZE, bron=_signaalsoorten),
        _g(
            "signaal.leefgebied",
            _("area of life"),
            Soort.KEUZE,
            bron=lambda: LEEFGEBIEDEN,
        ),
        _g("signaal.wet", _("law"), Soort.KEUZE, bron=lambda: WETTEN),
        _g("signaal.kanaal", _("channel"), Soort.KEUZE, bron=lambda: KANALEN),
        _g("signaal.veiligheidsrisico", _("safety risk"), Soort.WAARHEID),
        _g(
            "signaal.van_organisatie",
            _("reported by an organisation"),
            Soort.WAARHEID,
        ),
        _g("persoon.leeftijd", _("age"), Soort.GETAL, eenheid=_("years")),
        _g(
            "persoon.signalen",
            _("earlier signals"),
            Soort.GETAL,
            leefgebied=True,
            dagen=True,
            over_wetten=True,
        ),
        _g(
            "gezin.signalen",
            _("earlier signals"),
            Soort.GETAL,
            leefgebied=True,
            dagen=True,
            over_wetten=True,
        ),
        _g(
            "gezin.leefgebieden",
            _("areas of life with a signal, this one included"),
            Soort.GETAL,
            dagen=True,
            over_wetten=True,
        ),
        _g(
            "gezin.leden_met_signaal",
            _("members with a signal, this one included"),
            Soort.GETAL,
            dagen=True,
            over_wetten=True,
        ),
        _g("gezin.jongste", _("age of the youngest"), Soort.GETAL, eenheid=_("years")),
        _g("gezin.leden", _("number of members"), Soort.GETAL),
        _g("gezin.eenouder", _("one parent"), Soort.WAARHEID),
        _g(
            "gezin.open_casus",
            _("open case"),
            Soort.WAARHEID,
            over_wetten=True,
            elders=True,
        ),
        _g(
            "gezin.open_plan",
            _("open plan"),
            Soort.WAARHEID,
            over_wetten=True,
            elders=True,
        ),
    )
}
GROEP_LABELS: dict[Groep, Tekst] = {
    Groep.SIGNAAL: _("Signal"),
    Groep.PERSOON: _("Person"),
    Groep.GEZIN: _("Family"),
}


def label_of(keuzes: Sequence[Keuze], code: str) -> str:
    """The label of a code, or the code itself if nobody knows it any more."""
    return next((str(label) for waarde, label in keuzes if waarde == code), code)
