"""A message as people read it: names of the standard as words, codes with their names.

The names of elements are those of the standard, cut into words; they are the words in
which back offices and providers speak. Faults stand with the element they are about.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format

from samenloop.berichten.standaard import codelijsten
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.verkeer.models import Berichtfout
from samenloop.core.geld import Geld

# More lines than a person reads; the rest stands in the invoice itself.
HOOGSTENS = 100
_HOOFDLETTER = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LIJST = {
    "Eenheid": "WJ756",
    "Frequentie": "WMO757",
    "Geslacht": "COD046",
    "RetourCode": "WJ001",
    "StatusAanlevering": "COD467",
    "RedenVerzoek": "WJ758",
    "VerzoekAntwoord": "WJ760",
    "RedenAfwijzingVerzoek": "WJ759",
    "DebetCredit": "COD043",
    "DatumGebruik": "COD170",
    "NaamGebruik": "COD700",
    "Type": "COD327",
    "GezagsdragerBekend": "COD260",
    "Raamcontract": "COD260",
}
_PER_WET = {
    "Categorie": ("WMO020", "JZ020"),
    "ProductCategorie": ("WMO020", "JZ020"),
    "RedenBeeindiging": ("WMO588", "JZ588"),
    "RedenWijziging": ("WMO002", "JZ002"),
}
_BEDRAGEN = frozenset({"Bedrag", "TotaalBedrag", "Budget", "ProductTarief"})
_TECHNIEK = frozenset(
    {"BerichtCode", "BerichtVersie", "BerichtSubversie", "XsdVersie", "XsltVersie"}
    | {"XsdVersieRetour", "XsdVersieDeclaratie"}
)


@dataclass(slots=True)
class Regel:
    """One element with its value in words, and what is wrong with it."""

    naam: str
    waarde: str
    fouten: list[Berichtfout] = field(default_factory=list)


@dataclass(slots=True)
class Blok:
    """A part of a message: its own lines, then the parts below it."""

    naam: str
    diep: int
    regels: list[Regel] = field(default_factory=list)
    fouten: list[Berichtfout] = field(default_factory=list)


def blocks(inhoud: Inhoud, fouten: Sequence[Berichtfout]) -> list[Blok]:
    """Return a message as blocks in their order; at most so many."""
    uit: list[Blok] = []
    lezer = _Lezer(inhoud, fouten)
    for naam, deel in inhoud.inhoud.items():
        for blok in lezer.part(naam, deel, f"/Bericht/{naam}", 0):
            if len(uit) == HOOGSTENS:
                return uit
            uit.append(blok)
    return uit


def words(naam: str) -> str:
    """Return the name of an element as words: `Toewijzing ingangsdatum`."""
    return _HOOFDLETTER.sub(" ", naam).capitalize()


class _Lezer:
    def __init__(self, inhoud: Inhoud, fouten: Sequence[Berichtfout]) -> None:
        self._wet = inhoud.soort.wet
        self._op = inhoud.dagtekening
        self._bij: dict[str, list[Berichtfout]] = {}
        for fout in fouten:
            self._bij.setdefault(fout.pad, []).append(fout)

    def part(
        self, naam: str, deel: Mapping[str, Any], pad: str, diep: int
    ) -> Iterator[Blok]:
        blok = Blok(words(naam), diep, fouten=self._bij.get(pad, []))
        dieper: list[tuple[str, Any, str]] = []
        for kind, waarde in deel.items():
            if kind in _TECHNIEK:
                continue
            plek = f"{pad}/{kind}"
            if isinstance(waarde, list):
                dieper += [
                    (kind, each, f"{plek}[{n}]") for n, each in enumerate(waarde, 1)
                ]
            elif isinstance(waarde, Mapping) and not _is_flat(waarde):
                dieper.append((kind, waarde, plek))
            else:
                blok.regels.append(self._line(kind, waarde, plek, naam))
        if blok.regels or blok.fouten:
            yield blok
        for kind, waarde, plek in dieper:
            if isinstance(waarde, Mapping):
                yield from self.part(kind, waarde, plek, diep + bool(blok.regels))

    def _line(self, naam: str, waarde: Any, pad: str, boven: str) -> Regel:
        fouten = [
            fout
            for plek, rij in self._bij.items()
            if plek == pad or plek.startswith(f"{pad}/")
            for fout in rij
        ]
        if isinstance(waarde, Mapping):
            delen = (
                self.say(kind, each, naam)
                for kind, rij in waarde.items()
                for each in (rij if isinstance(rij, list) else [rij])
            )
            return Regel(words(naam), ", ".join(delen), fouten)
        return Regel(words(naam), self.say(naam, waarde, boven), fouten)

    def say(self, naam: str, waarde: Any, boven: str) -> str:
        """Return a value in words."""
        if isinstance(waarde, date):
            return date_format(waarde, "j F Y")
        if naam in _BEDRAGEN and isinstance(waarde, int):
            return str(Geld(waarde))
        lijst = self._list(naam, boven)
        if lijst is not None:
            gevonden = codelijsten.naam(lijst, str(waarde), self._op)
            return gevonden if gevonden == str(waarde) else f"{gevonden} ({waarde})"
        if isinstance(waarde, Mapping):
            return ", ".join(self.say(k, v, naam) for k, v in waarde.items())
        return str(waarde)

    def _list(self, naam: str, boven: str) -> str | None:
        if naam == "Soort":
            return {"Contact": "COD757", "Relatie": "COD472"}.get(boven)
        if naam in _PER_WET:
            return _PER_WET[naam][self._wet == "jeugdwet"]
        if naam == "Type" and boven != "Verwijzer":
            return None
        return _LIJST.get(naam)


def _is_flat(deel: Mapping[str, Any]) -> bool:
    """Whether a part reads as one line: a name, an amount with its side, a period."""
    return len(deel) <= 3 and all(
        not isinstance(each, Mapping | list)
        or (isinstance(each, list) and all(isinstance(e, str) for e in each))
        for each in deel.values()
    )
