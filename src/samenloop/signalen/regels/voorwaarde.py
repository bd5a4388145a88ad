"""The tree of the condition builder: checked, understood, and made from a condition.

A tree is plain JSON, as the form keeps it: groups `{"groep": "alle|een|geen", "delen":
[...]}` with in them groups and conditions `{"veld", "leefgebied", "dagen", "operator",
"waarde"}`. A fault says where in the tree it is (`pad`) and in which of the boxes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.signalen.regels.catalogus import (
    ALLE_LEEFGEBIEDEN,
    CATALOGUS,
    LEEFGEBIEDEN,
    MEESTE_DAGEN,
    Gegeven,
    Operator,
    Soort,
)
from samenloop.signalen.regels.knopen import (
    Alle,
    Behoort,
    Een,
    Getal,
    Knoop,
    Niet,
    Vergelijking,
    Verwijzing,
    Waarheid,
)
from samenloop.signalen.regels.uitdrukking import (
    MEESTE_CIJFERS,
    MEESTE_VOORWAARDEN,
    MEESTE_WAARDEN,
)

MEESTE_GROEPEN_DIEP = 4
Boom = dict[str, Any]
Pad = tuple[int, ...]

GROEPEN: dict[str, Promise] = {
    "alle": _("all of these"),
    "een": _("one of these"),
    "geen": _("none of these"),
}
_TEKEN_VAN = {
    Operator.IS: "==",
    Operator.IS_NIET: "!=",
    Operator.MINSTENS: ">=",
    Operator.HOOGSTENS: "<=",
    Operator.HOGER: ">",
    Operator.LAGER: "<",
}
_OPERATOR_VAN = {teken: operator for operator, teken in _TEKEN_VAN.items()}
_CODE = re.compile(r"[\w.-]{1,60}")
JA, NEE = "ja", "nee"


@dataclass(frozen=True, slots=True)
class Fout:
    """What is wrong, at which place in the tree, in which box."""

    pad: Pad
    vak: str
    zin: str | Promise


class _Foutief(Exception):
    def __init__(self, vak: str, zin: str | Promise) -> None:
        super().__init__(str(zin))
        self.vak = vak
        self.zin = zin


def understand(boom: object) -> tuple[Knoop | None, list[Fout]]:
    """The condition a tree stands for, or every fault in it."""
    lezer = _Lezer()
    knoop = lezer.group(boom, (), 1)
    if lezer.aantal > MEESTE_VOORWAARDEN:
        lezer.fouten.append(Fout((), "groep", _("A rule has at most 60 conditions.")))
    return (None if lezer.fouten else knoop), lezer.fouten


class _Lezer:
    def __init__(self) -> None:
        self.fouten: list[Fout] = []
        self.aantal = 0

    def _fault(self, pad: Pad, vak: str, zin: str | Promise) -> None:
        self.fouten.append(Fout(pad, vak, zin))

    def group(self, boom: object, pad: Pad, diepte: int) -> Knoop | None:
        if not isinstance(boom, dict) or boom.get("groep") not in GROEPEN:
            self._fault(pad, "groep", _("Choose all, one or none of these."))
            return None
        if diepte > MEESTE_GROEPEN_DIEP:
            self._fault(pad, "groep", _("Groups go at most four deep."))
            return None
        bron = boom.get("delen")
        if not isinstance(bron, list) or not bron:
            self._fault(pad, "groep", _("Add at least one condition to this group."))
            return None
        delen = []
        for plaats, deel in enumerate(bron[: MEESTE_VOORWAARDEN + 1]):
            hier = (*pad, plaats)
            is_groep = isinstance(deel, dict) and "groep" in deel
            knoop = (
                self.group(deel, hier, diepte + 1)
                if is_groep
                else self.condition(deel, hier)
            )
            if knoop is not None:
                delen.append(knoop)
        if not delen:
            return None
        if boom["groep"] == "geen":
            return Niet(delen[0] if len(delen) == 1 else Een(tuple(delen)))
        if len(delen) == 1:
            return delen[0]
        return (Alle if boom["groep"] == "alle" else Een)(tuple(delen))

    def condition(self, deel: object, pad: Pad) -> Knoop | None:
        self.aantal += 1
        if not isinstance(deel, dict):
            self._fault(pad, "veld", _("Choose a field."))
            return None
        try:
            return _condition(deel)
        except _Foutief as fout:
            self._fault(pad, fout.vak, fout.zin)
            return None


def _condition(deel: Boom) -> Knoop:
    gegeven = CATALOGUS.get(str(deel.get("veld", "")))
    if gegeven is None:
        raise _Foutief("veld", _("Choose a field."))
    verwijzing = _reference(gegeven, deel)
    try:
        operator = Operator(str(deel.get("operator", "")))
    except ValueError:
        operator = None
    if operator not in gegeven.operatoren:
        raise _Foutief("operator", _("Choose a comparison."))
    waarde = deel.get("waarde", "")
    if gegeven.soort is Soort.GETAL:
        return Vergelijking(_TEKEN_VAN[operator], verwijzing, Getal(_number(waarde)))
    if gegeven.soort is Soort.WAARHEID:
        if waarde not in (JA, NEE):
            raise _Foutief("waarde", _("Choose yes or no."))
        waarheid = Waarheid(verwijzing)
        return waarheid if waarde == JA else Niet(waarheid)
    return _codes(verwijzing, operator, waarde)


def _codes(verwijzing: Verwijzing, operator: Operator, waarde: object) -> Knoop:
    lijst = waarde if isinstance(waarde, list) else [waarde]
    codes = tuple(str(code) for code in lijst if code)
    bekend = [code for code, _label in verwijzing.gegeven.keuzes]
    if not codes or any(bekend and code not in bekend for code in codes):
        raise _Foutief("waarde", _("Choose a value from the list."))
    if not all(_CODE.fullmatch(code) for code in codes):
        raise _Foutief("waarde", _("Choose a value from the list."))
    if len(codes) > MEESTE_WAARDEN:
        raise _Foutief("waarde", _("A list has at most 20 values."))
    if operator is not Operator.EEN_VAN and len(codes) > 1:
        raise _Foutief("waarde", _("Choose one value, or “is one of”."))
    lid = Behoort(verwijzing, codes)
    return Niet(lid) if operator is Operator.IS_NIET else lid


def _reference(gegeven: Gegeven, deel: Boom) -> Verwijzing:
    leefgebied, dagen = "", 0
    if gegeven.leefgebied:
        leefgebied = str(deel.get("leefgebied", ""))
        bekend = [code for code, _label in LEEFGEBIEDEN] + [ALLE_LEEFGEBIEDEN]
        if leefgebied not in bekend:
            raise _Foutief("leefgebied", _("Choose an area of life."))
    if gegeven.dagen:
        dagen = _whole(deel.get("dagen", ""))
        if not 1 <= dagen <= MEESTE_DAGEN:
            raise _Foutief("dagen", _("Write a number of days from 1 to 730."))
    return Verwijzing(gegeven.naam, leefgebied, dagen)


def _whole(waarde: object) -> int:
    tekst = str(waarde).strip()
    if not tekst.isascii() or not tekst.isdigit() or len(tekst) > MEESTE_CIJFERS:
        return -1
    return int(tekst)


def _number(waarde: object) -> int:
    getal = _whole(waarde)
    if getal < 0:
        raise _Foutief("waarde", _("Write a whole number, such as 2."))
    return getal


def as_tree(knoop: Knoop) -> Boom | None:
    """The tree that says the same, or None if the builder cannot show it."""
    try:
        deel = _part(knoop)
    except _NietToonbaar:
        return None
    boom = deel if "groep" in deel else {"groep": "alle", "delen": [deel]}
    return boom if understand(boom)[0] is not None else None


class _NietToonbaar(Exception):
    pass


def _part(knoop: Knoop) -> Boom:
    match knoop:
        case Niet(Niet(binnen)):
            return _part(binnen)
        case Niet(Waarheid(gegeven)):
            return _row(gegeven, Operator.IS, NEE)
        case Niet(Behoort(gegeven, (code,))):
            return _row(gegeven, Operator.IS_NIET, code)
        case Niet(Een(delen)):
            return {"groep": "geen", "delen": [_part(deel) for deel in delen]}
        case Niet(deel):
            return {"groep": "geen", "delen": [_part(deel)]}
        case Alle(delen):
            return {"groep": "alle", "delen": [_part(deel) for deel in delen]}
        case Een(delen):
            return {"groep": "een", "delen": [_part(deel) for deel in delen]}
        case Waarheid(gegeven):
            return _row(gegeven, Operator.IS, JA)
        case Behoort(gegeven, (code,)):
            return _row(gegeven, Operator.IS, code)
        case Behoort(gegeven, codes):
            return _row(gegeven, Operator.EEN_VAN, list(codes))
        case Vergelijking(teken, Verwijzing() as veld, Getal(getal)):
            return _row(veld, _OPERATOR_VAN[teken], getal)
        case _:
            raise _NietToonbaar


def _row(verwijzing: Verwijzing, operator: Operator, waarde: Any) -> Boom:
    rij: Boom = {"veld": verwijzing.naam}
    if verwijzing.leefgebied:
        rij["leefgebied"] = verwijzing.leefgebied
    if verwijzing.dagen:
        rij["dagen"] = verwijzing.dagen
    return {**rij, "operator": operator.value, "waarde": waarde}


def empty_tree() -> Boom:
    """A group with one condition to fill in."""
    return {"groep": "alle", "delen": [{"veld": "", "operator": "", "waarde": ""}]}


def find(boom: Boom, pad: Pad) -> Boom | None:
    """The group or condition at this place, or None when there is none."""
    hier: Any = boom
    for plaats in pad:
        delen = hier.get("delen") if isinstance(hier, dict) else None
        if not isinstance(delen, list) or not 0 <= plaats < len(delen):
            return None
        hier = delen[plaats]
    return hier if isinstance(hier, dict) else None


def add_condition(boom: Boom, pad: Pad) -> None:
    """Add an empty condition to the group at this place."""
    _append(boom, pad, lambda: {"veld": "", "operator": "", "waarde": ""})


def add_group(boom: Boom, pad: Pad) -> None:
    """Add a group with one empty condition to the group at this place."""
    if len(pad) + 1 < MEESTE_GROEPEN_DIEP:
        leeg = {"veld": "", "operator": "", "waarde": ""}
        _append(boom, pad, lambda: {"groep": "een", "delen": [leeg]})


def _append(boom: Boom, pad: Pad, maak: Callable[[], Boom]) -> None:
    groep = find(boom, pad)
    if groep is not None and isinstance(groep.get("delen"), list):
        groep["delen"].append(maak())


def remove(boom: Boom, pad: Pad) -> None:
    """Take away the condition or group at this place; the outer group stays."""
    if not pad:
        return
    ouder = find(boom, pad[:-1])
    if ouder is not None and isinstance(ouder.get("delen"), list):
        del ouder["delen"][pad[-1] : pad[-1] + 1]
