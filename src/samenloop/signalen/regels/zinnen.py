"""Conditions and outcomes as sentences a person can read."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenloop.signalen.regels.catalogus import (
    ALLE_LEEFGEBIEDEN,
    GROEP_LABELS,
    LEEFGEBIEDEN,
    label_of,
)
from samenloop.signalen.regels.feitenbeeld import (
    ONBEGRENSD,
    ONBEKEND,
    REDENEN,
    Blik,
)
from samenloop.signalen.regels.knopen import (
    Alle,
    Behoort,
    Een,
    Getal,
    Knoop,
    Niet,
    Rekenkundig,
    Som,
    Vergelijking,
    Verwijzing,
    Waarheid,
)
from samenloop.signalen.regels.oordeel import TEGENDEEL, bounds, truth

_TEKENS: dict[str, Promise] = {
    "==": gettext_lazy("%(left)s is %(right)s"),
    "!=": gettext_lazy("%(left)s is not %(right)s"),
    ">=": gettext_lazy("%(left)s is at least %(right)s"),
    "<=": gettext_lazy("%(left)s is at most %(right)s"),
    ">": gettext_lazy("%(left)s is higher than %(right)s"),
    "<": gettext_lazy("%(left)s is lower than %(right)s"),
}


def name(verwijzing: Verwijzing) -> str:
    """The field in words: `Family: earlier signals about school in 60 days`."""
    gegeven = verwijzing.gegeven
    tekst = str(gegeven.label)
    if verwijzing.leefgebied and verwijzing.leefgebied != ALLE_LEEFGEBIEDEN:
        tekst = _("%(what)s about %(area)s") % {
            "what": tekst,
            "area": label_of(LEEFGEBIEDEN, verwijzing.leefgebied),
        }
    if verwijzing.dagen:
        tekst = ngettext(
            "%(what)s in %(days)s day", "%(what)s in %(days)s days", verwijzing.dagen
        ) % {"what": tekst, "days": verwijzing.dagen}
    return f"{GROEP_LABELS[gegeven.groep]}: {tekst}"


def side(knoop: Rekenkundig) -> str:
    """One side of a comparison in words."""
    match knoop:
        case Getal():
            return str(knoop.waarde)
        case Verwijzing():
            return name(knoop)
        case Som():
            teken = _("plus") if knoop.teken == "+" else _("minus")
            return f"{side(knoop.links)} {teken} {side(knoop.rechts)}"


def codes(knoop: Behoort) -> str:
    """The codes of a list in words."""
    keuzes = knoop.gegeven.gegeven.keuzes
    return _(" or ").join(label_of(keuzes, code) for code in knoop.waarden)


def sentence(knoop: Knoop, waar: bool = True) -> str:
    """The whole condition as one sentence, without its full stop."""
    match knoop:
        case Vergelijking():
            teken = knoop.teken if waar else TEGENDEEL[knoop.teken]
            return str(_TEKENS[teken]) % {
                "left": side(knoop.links),
                "right": side(knoop.rechts),
            }
        case Behoort():
            return str(_TEKENS["==" if waar else "!="]) % {
                "left": name(knoop.gegeven),
                "right": codes(knoop),
            }
        case Waarheid():
            return f"{name(knoop.gegeven)}: {_('yes') if waar else _('no')}"
        case Niet():
            return sentence(knoop.deel, not waar)
        case Alle() | Een():
            samen = isinstance(knoop, Alle) == waar
            voegwoord = _(" and ") if samen else _(" or ")
            return voegwoord.join(_apart(deel, waar) for deel in knoop.delen)


def _apart(knoop: Knoop, waar: bool) -> str:
    kern = knoop
    while isinstance(kern, Niet):
        kern = kern.deel
    tekst = sentence(knoop, waar)
    return f"({tekst})" if isinstance(kern, Alle | Een) else tekst


def why(knoop: Knoop, blik: Blik) -> list[str]:
    """What settled the verdict, one sentence per condition, with the values found."""
    return list(dict.fromkeys(_reasons(knoop, blik)))


def _reasons(knoop: Knoop, blik: Blik) -> list[str]:
    match knoop:
        case Niet():
            return _reasons(knoop.deel, blik)
        case Alle() | Een():
            oordelen = [(deel, truth(deel, blik)) for deel in knoop.delen]
            geheel = truth(knoop, blik)
            beslist = [deel for deel, oordeel in oordelen if oordeel is geheel]
            return [zin for deel in beslist for zin in _reasons(deel, blik)]
        case _:
            return [_reason(knoop, blik)]


def _reason(knoop: Knoop, blik: Blik) -> str:
    match knoop:
        case Vergelijking():
            delen = [_found(kant, blik) for kant in (knoop.links, knoop.rechts)]
            gevonden = "; ".join(deel for deel in delen if deel)
            oordeel = truth(knoop, blik)
            if oordeel is None:
                return gevonden
            return _("%(found)s (asked: %(asked)s)") % {
                "found": gevonden,
                "asked": _asked(knoop),
            }
        case Behoort():
            verwijzing = knoop.gegeven
            code = blik.keuze(verwijzing)
            waarde = label_of(verwijzing.gegeven.keuzes, code) if code else _("unknown")
            return f"{name(verwijzing)}: {waarde}"
        case Waarheid():
            return f"{name(knoop.gegeven)}: {_yes_no(knoop.gegeven, blik)}"
        case _:
            return sentence(knoop)


def _asked(knoop: Vergelijking) -> str:
    kort = str(_TEKENS[knoop.teken]) % {"left": "", "right": side(knoop.rechts)}
    return kort.strip()


def _yes_no(verwijzing: Verwijzing, blik: Blik) -> str:
    waarde = blik.waarheid(verwijzing)
    if waarde is None:
        return not_seen(verwijzing, blik)
    return _("yes") if waarde else _("no")


def _found(kant: Rekenkundig, blik: Blik) -> str:
    match kant:
        case Getal():
            return ""
        case Som():
            laag, hoog = bounds(kant, blik)
            return f"{side(kant)}: {_number(laag, hoog)}"
        case Verwijzing():
            laag, hoog = blik.getal(kant)
            if (laag, hoog) == ONBEKEND:
                return f"{name(kant)}: {not_seen(kant, blik)}"
            tekst = f"{name(kant)}: {_number(laag, hoog)}"
            if hoog == ONBEGRENSD:
                tekst = f"{tekst}; {not_seen(kant, blik)}"
            if kant.gegeven.dagen and (gezien := blik.visible(kant)):
                dagen = min(eerder.dagen for eerder in gezien)
                tekst += ", " + (_days_before(dagen) if dagen else _("on the same day"))
            return tekst


def _days_before(dagen: int) -> str:
    return ngettext(
        "the last %(days)s day before", "the last %(days)s days before", dagen
    ) % {"days": dagen}


def _number(laag: int, hoog: int) -> str:
    if laag == hoog:
        return str(laag)
    if laag <= -ONBEGRENSD // 2:
        return _("unknown")
    return _("at least %(number)s known") % {"number": laag}


def not_seen(verwijzing: Verwijzing, blik: Blik) -> str:
    """Why this is not (wholly) known."""
    reden = blik.missing(verwijzing)
    return str(REDENEN[reden]) if reden is not None else _("unknown")
