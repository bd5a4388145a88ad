"""A message as people read it: plain names for its elements, meanings for its codes.

Which list a code is from follows from the model, so that no element is forgotten. What
belongs together reads as one line: a volume with its unit, a period, a name. Faults
stand with the element they are about.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenloop.berichten.standaard import codelijsten
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.model import model
from samenloop.berichten.standaard.soorten import Soort
from samenloop.berichten.verkeer.elementnamen import words
from samenloop.berichten.verkeer.models import Berichtfout
from samenloop.core.geld import Geld

# More parts than a person reads; an invoice has a page of its own with all its lines.
HOOGSTENS = 40
_GEMEENTE = frozenset({"Afzender", "Ontvanger", "Gemeente"})
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


def blocks(
    inhoud: Inhoud,
    fouten: Sequence[Berichtfout],
    namen: Mapping[str, str] | None = None,
) -> list[Blok]:
    """Return a message as blocks in their order; at most so many.

    `namen` says who a number in the header is, where we know.
    """
    uit: list[Blok] = []
    lezer = _Lezer(inhoud, fouten, namen or {})
    for naam, deel in inhoud.inhoud.items():
        for blok in lezer.part(naam, deel, f"/Bericht/{naam}", 0):
            if len(uit) == HOOGSTENS:
                return uit
            uit.append(blok)
    return uit


@cache
def code_lists(soort: Soort) -> Mapping[tuple[str, str], str]:
    """Return which list a code is from, by the part it stands in and its element."""
    lijsten: dict[tuple[str, str], str] = {}
    for pad, knoop in model(soort).loop():
        if knoop.enkel and (lijst := knoop.enkel.lijsten.get(soort.wet)):
            lijsten[pad.rsplit("/", 2)[-2], knoop.naam] = lijst
    return lijsten


class _Lezer:
    def __init__(
        self,
        inhoud: Inhoud,
        fouten: Sequence[Berichtfout],
        namen: Mapping[str, str],
    ) -> None:
        self._lijsten = code_lists(inhoud.soort)
        self._namen = namen
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
        return Regel(words(naam), self.say(naam, waarde, boven), fouten)

    def say(self, naam: str, waarde: Any, boven: str) -> str:
        """Return a value in words."""
        if isinstance(waarde, Mapping):
            return self._together(naam, waarde)
        if isinstance(waarde, list):
            return ", ".join(self.say(naam, each, boven) for each in waarde)
        if isinstance(waarde, date):
            return date_format(waarde, "j F Y")
        if naam in _BEDRAGEN and isinstance(waarde, int):
            return str(Geld(waarde))
        tekst = str(waarde)
        betekent = self._meaning(naam, tekst, boven)
        return tekst if betekent in ("", tekst) else f"{betekent} ({tekst})"

    def _meaning(self, naam: str, code: str, boven: str) -> str:
        lijst = self._lijsten.get((boven, naam))
        if lijst is not None:
            return codelijsten.naam(lijst, code)
        if naam in _GEMEENTE:
            return self._namen.get(code) or codelijsten.naam(
                codelijsten.GEMEENTEN, code
            )
        return ""

    def _together(self, naam: str, deel: Mapping[str, Any]) -> str:
        """Return what reads as one line."""
        los = {kind: self.say(kind, waarde, naam) for kind, waarde in deel.items()}
        if deel.keys() == {"Volume", "Eenheid", "Frequentie"}:
            return _("%(volume)s × %(unit)s, %(often)s") % {
                "volume": los["Volume"],
                "unit": self._meaning("Eenheid", str(deel["Eenheid"]), naam).lower(),
                "often": self._meaning(
                    "Frequentie", str(deel["Frequentie"]), naam
                ).lower(),
            }
        if deel.keys() <= {"Begindatum", "Einddatum"}:
            return _period(los.get("Begindatum", ""), los.get("Einddatum", ""))
        if "DebetCredit" in deel:
            bedrag = los.get("Bedrag") or los.get("TotaalBedrag", "")
            credit = deel["DebetCredit"] == "C"
            return ", ".join([bedrag, _("to give back")]) if credit else bedrag
        if "Achternaam" in deel:
            return " ".join(
                los[kind] for kind in ("Voorvoegsel", "Achternaam") if kind in los
            )
        if naam == "Huis":
            return " ".join(los.values())
        return ", ".join(los.values())


def _period(eerste: str, laatste: str) -> str:
    if eerste and laatste:
        return _("%(first)s to %(last)s") % {"first": eerste, "last": laatste}
    if eerste:
        return _("from %(first)s on") % {"first": eerste}
    return _("up to %(last)s") % {"last": laatste}


def _is_flat(deel: Mapping[str, Any]) -> bool:
    """Whether a part reads as one line: a name, an amount with its side, a period."""
    return len(deel) <= 3 and all(
        not isinstance(each, Mapping | list)
        or (isinstance(each, list) and all(isinstance(e, str) for e in each))
        for each in deel.values()
    )
