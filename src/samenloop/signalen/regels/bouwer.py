"""The condition builder as a form: from what was sent to a tree, and back to boxes.

Names of boxes carry the place in the tree (`veld-1-0`), so the form works without
JavaScript: each button sends the whole form, the server changes the tree and shows it
again. A half finished tree is kept as it is; faults stand at their box.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from samenloop.signalen.regels import voorwaarde
from samenloop.signalen.regels.catalogus import (
    ALLE_LEEFGEBIEDEN,
    CATALOGUS,
    GROEP_LABELS,
    LEEFGEBIEDEN,
    OPERATOR_LABELS,
    Gegeven,
    Groep,
    Keuze,
    Operator,
    Soort,
)
from samenloop.signalen.regels.voorwaarde import Boom, Fout, Pad

_BOX = re.compile(r"^(groep|veld)-?((?:\d{1,2}(?:-\d{1,2})*)?)$")
_SCHEIDING = "|"


@dataclass(frozen=True, slots=True)
class Rij:
    """One condition, ready to show."""

    id: str
    nummer: int
    velden: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    veld: str
    operatoren: Sequence[tuple[str, str]]
    operator: str
    dagen: str
    toont_dagen: bool
    waarden: Sequence[Keuze]
    waarde: str
    meer: Sequence[str]
    is_lijst: bool
    eenheid: str
    fouten: Mapping[str, str | Promise]
    is_rij: bool = True


@dataclass(frozen=True, slots=True)
class Vak:
    """One group, ready to show."""

    id: str
    groep: str
    groepen: Sequence[tuple[str, str | Promise]]
    delen: Sequence["Rij | Vak"]
    fout: str | Promise
    is_wortel: bool
    mag_groep: bool
    is_rij: bool = False


def read(data: Any) -> Boom:
    """The tree that was sent; boxes that do not fit in it are left out."""
    soorten: dict[Pad, str] = {}
    for naam in data:
        gevonden = _BOX.match(naam)
        if gevonden:
            pad = tuple(int(deel) for deel in gevonden[2].split("-") if deel)
            soorten[pad] = gevonden[1]
    boom: Boom = {"groep": data.get("groep-", data.get("groep", "alle")), "delen": []}
    plaatsen: dict[Pad, Boom] = {(): boom}
    for pad in sorted(soorten, key=lambda p: (len(p), p)):
        if not pad or len(pad) > voorwaarde.MEESTE_GROEPEN_DIEP:
            continue
        ouder = plaatsen.get(pad[:-1])
        if ouder is None or "delen" not in ouder:
            continue
        box = "-".join(str(deel) for deel in pad)
        deel = (
            {"groep": data.get(f"groep-{box}", ""), "delen": []}
            if soorten[pad] == "groep"
            else _read_row(data, box)
        )
        plaatsen[pad] = deel
        ouder["delen"].append(deel)
    return boom


def _read_row(data: Any, box: str) -> Boom:
    veld, _streep, leefgebied = data.get(f"veld-{box}", "").partition(_SCHEIDING)
    rij: Boom = {"veld": veld, "operator": data.get(f"operator-{box}", "")}
    gegeven = CATALOGUS.get(veld)
    if leefgebied:
        rij["leefgebied"] = leefgebied
    if gegeven is not None and gegeven.dagen:
        # A field just chosen has no box for days yet.
        rij["dagen"] = data.get(f"dagen-{box}", "90").strip()
    if rij["operator"] == Operator.EEN_VAN:
        rij["waarde"] = [code for code in data.getlist(f"waarde-{box}") if code]
    else:
        rij["waarde"] = data.get(f"waarde-{box}", "").strip()
    return rij


def act(boom: Boom, acties: Sequence[str]) -> None:
    """Add and remove what the pressed buttons ask; other buttons change nothing.

    All places are those of the form as it was sent: what is added comes at the end of a
    group, and what goes is taken away last, from the back, so that no place moves.
    """
    weg: set[Pad] = set()
    for actie in acties:
        wat, _dubbel, waar = actie.partition(":")
        if not re.fullmatch(r"(\d{1,2}(-\d{1,2})*)?", waar):
            continue
        pad = tuple(int(deel) for deel in waar.split("-") if deel)
        if wat == "voorwaarde":
            voorwaarde.add_condition(boom, pad)
        elif wat == "groep":
            voorwaarde.add_group(boom, pad)
        elif wat == "weg":
            weg.add(pad)
    for pad in sorted(weg, reverse=True):
        voorwaarde.remove(boom, pad)


@dataclass
class _Teller:
    nummer: int = 0
    fouten: dict[tuple[Pad, str], str | Promise] = field(default_factory=dict)


def show(boom: Boom, fouten: Sequence[Fout] = ()) -> Vak:
    """The tree as boxes, with the faults at their place."""
    teller = _Teller(fouten={(fout.pad, fout.vak): fout.zin for fout in fouten})
    return _show_group(boom, (), teller)


def _show_group(boom: Boom, pad: Pad, teller: _Teller) -> Vak:
    delen: list[Rij | Vak] = []
    for plaats, deel in enumerate(boom.get("delen", [])):
        hier = (*pad, plaats)
        delen.append(
            _show_group(deel, hier, teller)
            if "groep" in deel
            else _show_row(deel, hier, teller)
        )
    return Vak(
        id="-".join(str(deel) for deel in pad),
        groep=str(boom.get("groep", "alle")),
        groepen=list(voorwaarde.GROEPEN.items()),
        delen=delen,
        fout=teller.fouten.get((pad, "groep"), ""),
        is_wortel=not pad,
        mag_groep=len(pad) + 1 < voorwaarde.MEESTE_GROEPEN_DIEP,
    )


def _show_row(deel: Boom, pad: Pad, teller: _Teller) -> Rij:
    teller.nummer += 1
    gegeven = CATALOGUS.get(str(deel.get("veld", "")))
    waarde = deel.get("waarde", "")
    meer = [str(code) for code in waarde] if isinstance(waarde, list) else []
    operator = str(deel.get("operator", ""))
    soort = gegeven.soort if gegeven is not None else None
    return Rij(
        id="-".join(str(plaats) for plaats in pad),
        nummer=teller.nummer,
        velden=field_choices(),
        veld=_SCHEIDING.join(
            filter(None, (str(deel.get("veld", "")), str(deel.get("leefgebied", ""))))
        ),
        operatoren=_operators(gegeven),
        operator=operator,
        dagen=str(deel.get("dagen", "")),
        toont_dagen=gegeven is not None and gegeven.dagen,
        waarden=_values(gegeven),
        waarde="" if meer else str(waarde),
        meer=meer,
        is_lijst=soort is Soort.KEUZE and operator == Operator.EEN_VAN,
        eenheid=str(gegeven.eenheid) if gegeven is not None else "",
        fouten={vak: zin for (waar, vak), zin in teller.fouten.items() if waar == pad},
    )


def field_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The fields by whose they are; one per area of life where that is asked."""
    keuzes = []
    for groep in Groep:
        velden: list[tuple[str, str]] = []
        for gegeven in CATALOGUS.values():
            if gegeven.groep is groep:
                velden += _entries(gegeven)
        keuzes.append((str(GROEP_LABELS[groep]), velden))
    return keuzes


def _entries(gegeven: Gegeven) -> list[tuple[str, str]]:
    label = f"{GROEP_LABELS[gegeven.groep]}: {gegeven.label}"
    if not gegeven.leefgebied:
        return [(gegeven.naam, label)]
    over = [(ALLE_LEEFGEBIEDEN, label)]
    over += [
        (code, _("%(what)s about %(area)s") % {"what": label, "area": gebied})
        for code, gebied in LEEFGEBIEDEN
    ]
    return [(f"{gegeven.naam}{_SCHEIDING}{code}", tekst) for code, tekst in over]


def _operators(gegeven: Gegeven | None) -> list[tuple[str, str]]:
    operatoren = tuple(Operator) if gegeven is None else gegeven.operatoren
    return [(operator.value, str(OPERATOR_LABELS[operator])) for operator in operatoren]


def _values(gegeven: Gegeven | None) -> Sequence[Keuze]:
    if gegeven is None or gegeven.soort is Soort.GETAL:
        return ()
    if gegeven.soort is Soort.WAARHEID:
        return ((voorwaarde.JA, _("yes")), (voorwaarde.NEE, _("no")))
    return gegeven.keuzes
