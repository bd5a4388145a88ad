"""What the codes of a levering are called in the figures, and in which order.

Rows carry codes (`GM0005`, a code of the productenboek); a table shows names. The
productenboek is a tree of any depth: a kind counts for itself and for every kind it
is part of. Two codes with the same name under the same kind are one kind; the same
name in two places of the tree gets the name of its parent in front, so every label
of a law is unique.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenloop.monitor.formaat import ONBEKEND, TOTAAL, Wet

WETTEN = (Wet.JEUGDWET.value, Wet.WMO.value, Wet.PARTICIPATIEWET.value)

Pad = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Soort:
    """One kind in the tree of its law."""

    nummer: int
    wet: str
    label: str
    diepte: int


class Productenboek:
    """The kinds of all laws, numbered in order of the tree."""

    def __init__(
        self, rijen: Iterable[Mapping[str, Any]], gebruikt: Iterable[tuple[str, str]]
    ) -> None:
        """Build the tree.

        Args:
            rijen: the rows of `soorten`, in order of delivery.
            gebruikt: (wet, soort) of the provisions; a kind that is not in `soorten`
                stands at the top under its own code, so nothing goes uncounted.
        """
        codes: dict[tuple[str, str], tuple[str, str | None]] = {}
        for rij in rijen:
            codes.setdefault((rij["wet"], rij["soort"]), (rij["naam"], rij["ouder"]))
        for wet, code in gebruikt:
            codes.setdefault((wet, code), (code, None))
        paden = {sleutel: _pad(sleutel, codes) for sleutel in codes}
        self.soorten: list[Soort] = []
        nummers: dict[tuple[str, Pad], int] = {}
        for wet in sorted({wet for wet, _ in codes}, key=wet_orde):
            takken = {
                pad[: diepte + 1]
                for (eigen, _), pad in paden.items()
                if eigen == wet
                for diepte in range(len(pad))
            }
            labels = _labels(takken)
            for pad in sorted(
                takken, key=lambda pad: [(naam.casefold(), naam) for naam in pad]
            ):
                nummer = len(self.soorten) + 1
                nummers[wet, pad] = nummer
                self.soorten.append(Soort(nummer, wet, labels[pad], len(pad) - 1))
        self.telt_voor: dict[tuple[str, str], list[int]] = {
            (wet, code): [nummers[wet, pad[: i + 1]] for i in range(len(pad))]
            for (wet, code), pad in paden.items()
        }

    def label(self, nummer: int) -> str:
        """Return what the kind of that number is called; 0 is the total."""
        return self.soorten[nummer - 1].label if nummer else TOTAAL

    def boom(self) -> dict[str, list[tuple[str, int]]]:
        """Return the kinds per law in order of the tree, with their depth from 0."""
        boom: dict[str, list[tuple[str, int]]] = {}
        for soort in self.soorten:
            boom.setdefault(soort.wet, []).append((soort.label, soort.diepte))
        return boom


def _pad(
    sleutel: tuple[str, str], codes: Mapping[tuple[str, str], tuple[str, str | None]]
) -> Pad:
    """Return the names from the top of the tree down to this kind."""
    wet, code = sleutel
    pad: list[str] = []
    gezien: set[str] = set()
    volgende: str | None = code
    while volgende and volgende not in gezien and (wet, volgende) in codes:
        gezien.add(volgende)
        naam, volgende = codes[wet, volgende]
        pad.append(naam)
    return tuple(reversed(pad))


def _labels(takken: set[Pad]) -> dict[Pad, str]:
    """Give each place in the tree a label of its own, as short as can be."""
    labels = {pad: pad[-1] for pad in takken}
    for lengte in (2, max(map(len, takken), default=0)):
        telling = Counter(labels.values())
        labels = {
            pad: ": ".join(pad[-lengte:])
            if telling[label] > 1 or label == TOTAAL
            else label
            for pad, label in labels.items()
        }
    vergeven = {TOTAAL}
    for pad, label in sorted(labels.items()):
        while label in vergeven:
            label += " (soort)"
        vergeven.add(label)
        labels[pad] = label
    return labels


@dataclass(frozen=True, slots=True)
class Gemeente:
    """A municipality with its number of households as it was counted."""

    code: str
    naam: str
    regio: str | None
    tellingen: tuple[tuple[date, int], ...]  # (peildatum, households), oldest first

    def huishoudens(self, dag: date) -> int | None:
        """Return the number of households on a day.

        The latest count on or before that day, else the earliest; None if unknown.
        """
        if not self.tellingen:
            return None
        eerder = [aantal for peildatum, aantal in self.tellingen if peildatum <= dag]
        return eerder[-1] if eerder else self.tellingen[0][1]


class Gemeenten:
    """The municipalities of the levering, in order of their CBS code."""

    def __init__(self, rijen: Iterable[Mapping[str, Any]]) -> None:
        """Build from the rows of `gemeenten`, in order of delivery."""
        per_code: dict[str, dict[date, Mapping[str, Any]]] = {}
        for rij in rijen:
            dag = rij["peildatum"] or date.min
            per_code.setdefault(rij["gemeente"], {}).setdefault(dag, rij)
        nieuwste = {code: dagen[max(dagen)] for code, dagen in per_code.items()}
        namen = Counter(rij["naam"] for rij in nieuwste.values())
        self.op_code: dict[str, Gemeente] = {}
        for code in sorted(per_code):
            naam = nieuwste[code]["naam"]
            if namen[naam] > 1 or naam in (ONBEKEND, TOTAAL):
                naam = f"{naam} ({code})"
            tellingen = tuple(
                (dag, rij["huishoudens"])
                for dag, rij in sorted(per_code[code].items())
                if rij["huishoudens"] is not None
            )
            self.op_code[code] = Gemeente(
                code, naam, nieuwste[code]["regio"], tellingen
            )

    def naam(self, code: str) -> str:
        """Return the name that goes with a code; a code without one is its own."""
        gemeente = self.op_code.get(code)
        return gemeente.naam if gemeente else code

    def huishoudens(self, dag: date) -> int | None:
        """Return the households of all municipalities that have a number."""
        aantallen = [
            aantal
            for gemeente in self.op_code.values()
            if (aantal := gemeente.huishoudens(dag)) is not None
        ]
        return sum(aantallen) if aantallen else None


def wet_orde(wet: str) -> tuple[int, str]:
    """Sort laws as the report does; what is no law comes after."""
    return (WETTEN.index(wet) if wet in WETTEN else len(WETTEN), wet)
