"""What differs between two versions: per goal and activity, word by word.

Parts are matched by their key, so a goal whose text was rewritten is a changed goal and
not one that went and one that came. So is an activity that went to another goal: it
stands once, under the goal it is at now.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _

from samenloop.plannen.plan.inhoud import Inhoud
from samenloop.plannen.plan.models import Soort
from samenloop.plannen.plan.velden import ACTIVITEIT, AFSPRAAK, DOEL

Wat = Literal["nieuw", "weg", "anders", "verplaatst", "gelijk"]
_WOORD = re.compile(r"\s+|\w+|[^\w\s]")


class Stuk(NamedTuple):
    """A run of text, and whether it is only on this side."""

    tekst: str
    anders: bool


@dataclass(frozen=True, slots=True)
class Regel:
    """One field: what it says on either side, cut where they differ."""

    label: Any
    was: list[Stuk]
    wordt: list[Stuk]

    @property
    def is_anders(self) -> bool:
        """Whether the two sides differ."""
        return any(stuk.anders for stuk in (*self.was, *self.wordt))


@dataclass(slots=True)
class Verschil:
    """One goal, activity or agreement, and what happened to it."""

    wat: Wat
    titel: str
    regels: list[Regel]
    onder: list["Verschil"] = field(default_factory=list)

    @property
    def is_gelijk(self) -> bool:
        """Whether neither it nor what lies under it changed."""
        return self.wat == "gelijk" and all(each.is_gelijk for each in self.onder)


def words(was: str, wordt: str) -> tuple[list[Stuk], list[Stuk]]:
    """Cut two texts into runs that they share and runs that they do not."""
    oud, nieuw = _WOORD.findall(was), _WOORD.findall(wordt)
    links: list[Stuk] = []
    rechts: list[Stuk] = []
    for soort, a, b, c, d in SequenceMatcher(
        None, oud, nieuw, autojunk=False
    ).get_opcodes():
        gelijk = soort == "equal"
        if b > a:
            links.append(Stuk("".join(oud[a:b]), not gelijk))
        if d > c:
            rechts.append(Stuk("".join(nieuw[c:d]), not gelijk))
    return links, rechts


def compare(was: Inhoud, wordt: Inhoud) -> tuple[list[Verschil], list[Verschil]]:
    """Return the differences in goals (their activities under them) and agreements."""
    doelen = []
    eerst, straks = _places(was), _places(wordt)
    for oud, nieuw in _pairs(was["doelen"], wordt["doelen"]):
        verschil = _difference(oud, nieuw, _goal, "tekst")
        for a, b in _pairs(_under(oud), _under(nieuw)):
            if a is None and b is not None and b["id"] in eerst:
                verschil.onder.append(_moved(eerst[b["id"]], straks[b["id"]]))
            elif b is not None or (a is not None and a["id"] not in straks):
                verschil.onder.append(_difference(a, b, _activity, "wat"))
        doelen.append(verschil)
    afspraken = [
        _difference(oud, nieuw, _agreement, "tekst")
        for oud, nieuw in _pairs(was["afspraken"], wordt["afspraken"])
    ]
    return doelen, afspraken


def _places(inhoud: Inhoud) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return of each activity, by its key, the goal it is at and itself."""
    return {
        each["id"]: (doel, each)
        for doel in inhoud["doelen"]
        for each in doel["activiteiten"]
    }


def _moved(
    was: tuple[dict[str, Any], dict[str, Any]],
    wordt: tuple[dict[str, Any], dict[str, Any]],
) -> Verschil:
    verschil = _difference(was[1], wordt[1], _activity, "wat")
    bij = Regel(
        _("For the goal"),
        [Stuk(was[0]["tekst"], True)],
        [Stuk(wordt[0]["tekst"], True)],
    )
    return Verschil("verplaatst", verschil.titel, [bij, *verschil.regels])


def _under(doel: dict[str, Any] | None) -> list[dict[str, Any]]:
    return doel["activiteiten"] if doel else []


def _pairs(
    was: Sequence[dict[str, Any]], wordt: Sequence[dict[str, Any]]
) -> Iterable[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    oud = {each["id"]: each for each in was}
    nieuw = {each["id"] for each in wordt}
    yield from ((oud.get(each["id"]), each) for each in wordt)
    yield from ((each, None) for each in was if each["id"] not in nieuw)


def _difference(
    was: dict[str, Any] | None,
    wordt: dict[str, Any] | None,
    zegt: Callable[[dict[str, Any]], dict[str, str]],
    titel: str,
) -> Verschil:
    links = zegt(was) if was else None
    rechts = zegt(wordt) if wordt else None
    regels = []
    for label in rechts or links or {}:
        a, b = words(links[label] if links else "", rechts[label] if rechts else "")
        if a or b:
            regels.append(Regel(label, a, b))
    wat: Wat = "gelijk"
    if was is None:
        wat = "nieuw"
    elif wordt is None:
        wat = "weg"
    elif any(regel.is_anders for regel in regels):
        wat = "anders"
    return Verschil(wat, (wordt or was or {})[titel], regels)


def _goal(doel: dict[str, Any]) -> dict[str, str]:
    velden = DOEL.velden
    return {
        str(velden["tekst"].label): doel["tekst"],
        str(velden["voor"].label): doel["voor_naam"] or _("the whole family"),
        str(velden["van_wie"].label): doel["van_wie"],
    }


def _activity(activiteit: dict[str, Any]) -> dict[str, str]:
    velden = ACTIVITEIT.velden
    return {
        str(velden["wat"].label): activiteit["wat"],
        str(velden["uitvoerder"].label): activiteit["wie"],
        str(velden["soort"].label): str(Soort(activiteit["soort"]).label),
        str(velden["van"].label): activiteit["van"],
        str(velden["tot"].label): activiteit["tot"],
        str(velden["oplevert"].label): activiteit["oplevert"],
    }


def _agreement(afspraak: dict[str, Any]) -> dict[str, str]:
    return {str(AFSPRAAK.velden["tekst"].label): afspraak["tekst"]}
