"""A plan per kind of message: which rules on which class, in the order of the message.

Made once from the registry and kept. Walking it costs one dictionary look-up per class
and one call per rule; a path is only written out where something is wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from samenloop.berichten.regels.grond import Grond
from samenloop.berichten.regels.register import Functie, Regel, Uitkomst
from samenloop.berichten.standaard.fouten import Fout


@dataclass(slots=True)
class Knoop:
    """A class in the plan: rules on itself, and the classes below it.

    `stopt`: what is below is not judged where a fault is found here (code 0233).
    `onthoudt`: the class holds little and comes again and again with the same values,
    so that values that were right need not be judged again in the same message.
    """

    regels: list[tuple[Functie, Regel, str]] = field(default_factory=list)
    onder: dict[str, "Knoop"] = field(default_factory=dict)
    stopt: bool = False
    onthoudt: bool = False

    def vind(self, pad: str) -> "Knoop | None":
        """The class at a path below this one; None where no rule looks."""
        knoop: Knoop | None = self
        for naam in filter(None, pad.split("/")):
            knoop = knoop.onder.get(naam) if knoop else None
        return knoop


@cache
def plan(nummer: int, wet: str, niveau: int, met_stand: bool) -> Knoop:
    """The plan of one kind of message at one level."""
    from samenloop.berichten.regels import alle_regels

    wortel = Knoop()
    for regel in alle_regels().values():
        if regel.niveau != niveau or wet not in regel.wetten:
            continue
        if regel.stand and not met_stand:
            continue
        for each in regel.toepassingen:
            if each.nummer != nummer:
                continue
            knoop = wortel
            for naam in filter(None, each.klasse.split("/")):
                # Of a client who is not known nothing else can be said.
                anders = Knoop(
                    stopt=naam == "Client" and niveau > 2,
                    onthoudt=naam == "ProductPeriode",
                )
                knoop = knoop.onder.setdefault(naam, anders)
            knoop.regels.append((regel.functie, regel, each.element))
    return wortel


def loop(
    knoop: Knoop,
    deel: Any,
    pad: str,
    grond: Grond,
    fouten: list[Fout],
    zonder: frozenset[str] = frozenset(),
) -> None:
    """Judge a class and all below it; `zonder` names classes to leave alone."""
    eerder = len(fouten)
    if knoop.onthoudt:
        merk = (id(knoop), *deel.values())
        if merk in grond.in_orde:
            return
    for functie, regel, element in knoop.regels:
        uitkomst = functie(deel, grond)
        if uitkomst:
            fouten.extend(meld(regel, element, uitkomst, pad))
    if knoop.stopt and len(fouten) > eerder:
        return
    if knoop.onthoudt and len(fouten) == eerder:
        grond.in_orde.add(merk)
    for naam, kind in knoop.onder.items():
        onderdeel = deel.get(naam)
        if onderdeel is None or naam in zonder:
            continue
        if isinstance(onderdeel, list):
            for nummer, stuk in enumerate(onderdeel, 1):
                loop(kind, stuk, f"{pad}/{naam}[{nummer}]", grond, fouten, zonder)
        else:
            loop(kind, onderdeel, f"{pad}/{naam}", grond, fouten, zonder)


def meld(regel: Regel, element: str, uitkomst: Uitkomst, pad: str) -> Iterable[Fout]:
    """The faults that an outcome stands for."""
    if isinstance(uitkomst, str):
        plaatsen: Iterable[str] = (uitkomst,)
    elif isinstance(uitkomst, tuple | list):
        plaatsen = uitkomst
    else:
        plaatsen = (element,)
    for plaats in plaatsen:
        yield Fout(
            regel=regel.code,
            niveau=regel.niveau,
            retourcode=regel.retourcode,
            pad=f"{pad}/{plaats}" if plaats else pad,
            tekst=regel.tekst,
        )
