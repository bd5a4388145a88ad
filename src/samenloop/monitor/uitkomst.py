"""The outcome of a computation: what the report and the pages read.

A `Monitor` is plain data that goes to JSON and back without loss, so a published
release is the file itself and a page never computes anything.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

Waarde = int | float | None


class Status(StrEnum):
    """How final figures are."""

    VOORLOPIG = "voorlopig"
    HERZIEN = "herzien"
    DEFINITIEF = "definitief"


@dataclass(frozen=True, slots=True, order=True)
class Kwartaal:
    """A calendar quarter, written `2017Q4`."""

    jaar: int
    nummer: int

    @classmethod
    def lees(cls, tekst: str) -> "Kwartaal":
        """Read `2017Q4`.

        Raises:
            ValueError: the text is not a quarter between 1900Q1 and 2999Q4.
        """
        jaar, _, nummer = tekst.strip().upper().partition("Q")
        if not (
            len(jaar) == 4
            and jaar.isascii()
            and jaar.isdigit()
            and nummer in {"1", "2", "3", "4"}
            and 1900 <= int(jaar) < 3000
        ):
            raise ValueError(tekst)
        return cls(int(jaar), int(nummer))

    @property
    def begin(self) -> date:
        """First day."""
        return date(self.jaar, 3 * self.nummer - 2, 1)

    @property
    def eind(self) -> date:
        """Last day, which is the peildatum of the quarter."""
        return self.volgende.begin - timedelta(days=1)

    @property
    def volgende(self) -> "Kwartaal":
        """The quarter after this one."""
        return Kwartaal(self.jaar + self.nummer // 4, self.nummer % 4 + 1)

    @property
    def vorige(self) -> "Kwartaal":
        """The quarter before this one."""
        if self.nummer == 1:
            return Kwartaal(self.jaar - 1, 4)
        return Kwartaal(self.jaar, self.nummer - 1)

    def reeks(self, aantal: int = 4) -> tuple["Kwartaal", ...]:
        """Return this quarter and those before it, oldest first."""
        kwartalen = [self]
        while len(kwartalen) < aantal:
            kwartalen.insert(0, kwartalen[0].vorige)
        return tuple(kwartalen)

    def __str__(self) -> str:
        return f"{self.jaar}Q{self.nummer}"


@dataclass(slots=True)
class Tabel:
    """One table of figures: tidy rows plus what one must know to read them."""

    id: str
    titel: str
    definitie: str  # what is counted, in Dutch, in sentences
    bron: str  # the files of the levering it rests on
    eenheid: str  # "aantal", "procent", "eurocent" or "dagen"
    dimensies: tuple[str, ...]
    rijen: list[tuple[Any, ...]]  # the dimensions in order (text), then the value
    periode: str = ""  # "peildata" or the period the figures are about, in words
    titel_en: str = ""
    definitie_en: str = ""
    periode_en: str = ""
    eenheden: dict[str, str] = field(default_factory=dict)
    # eenheden: values of the last dimension with a unit of their own, as `mediaan`

    def waarde(self, *dimensies: str) -> Waarde:
        """Return the value at these dimensions.

        Raises:
            KeyError: the table has no such cell.
        """
        for rij in self.rijen:
            if rij[:-1] == dimensies:
                waarde: Waarde = rij[-1]
                return waarde
        raise KeyError(dimensies)

    def waarden(self, dimensie: str) -> list[str]:
        """Return the values a dimension takes, in the order of the rows."""
        plaats = self.dimensies.index(dimensie)
        return list(dict.fromkeys(rij[plaats] for rij in self.rijen))


@dataclass(frozen=True, slots=True)
class Afkeur:
    """How often one rule refused rows of one file, with a first example."""

    bestand: str
    kolom: str
    regel: str
    aantal: int
    melding: str
    eerste_regelnummer: int


@dataclass(frozen=True, slots=True)
class Bestandstelling:
    """Read = accepted + refused, always."""

    bestand: str
    gelezen: int
    aanvaard: int
    afgekeurd: int


@dataclass(slots=True)
class Kwaliteit:
    """What the check found in the deliveries."""

    tellingen: list[Bestandstelling] = field(default_factory=list)
    afkeur: list[Afkeur] = field(default_factory=list)
    onvolledig: list[dict[str, Any]] = field(default_factory=list)
    # onvolledig: rows accepted with something unknown: bestand, kolom, aantal


@dataclass(frozen=True, slots=True)
class Onbalans:
    """A stock-flow cell that does not balance: begin + in - uit != eind."""

    tabel: str
    cel: tuple[str, ...]
    begin: int
    instroom: int
    uitstroom: int
    eind: int


@dataclass(slots=True)
class Monitor:
    """The quarterly monitor of one region as of one moment."""

    kwartaal: str  # 2017Q4
    peildata: list[str]  # four ISO dates, oldest first
    regio: str
    gemeenten: list[str]  # names, in order of the CBS code
    status: Status
    bekend_op: str | None  # ISO date the figures are made as of; None: everything
    geleverd: list[str]  # names of municipalities with at least one accepted row
    tabellen: dict[str, Tabel]
    afwezig: dict[str, str]  # table id -> why it is left out, in Dutch
    kwaliteit: Kwaliteit
    onbalans: list[Onbalans] = field(default_factory=list)
    toelichting: dict[str, str] = field(default_factory=dict)  # section -> Markdown
    boom: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    # boom: per wet the kinds in order of the tree, as (naam, depth from 0)
    invoer: dict[str, str] = field(default_factory=dict)  # file -> sha256
    opmerkingen: list[str] = field(default_factory=list)  # told with the figures
    opmerkingen_en: list[str] = field(default_factory=list)  # the same, in English
    afwezig_en: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Write as JSON: same content, same bytes.

        Tables keep their order, so what is read back makes the same report.
        """
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, tekst: str) -> "Monitor":
        """Read what `to_json` wrote."""
        ruw = json.loads(tekst)
        ruw["status"] = Status(ruw["status"])
        ruw["tabellen"] = {
            naam: Tabel(
                **{
                    **tabel,
                    "dimensies": tuple(tabel["dimensies"]),
                    "rijen": [tuple(rij) for rij in tabel["rijen"]],
                }
            )
            for naam, tabel in ruw["tabellen"].items()
        }
        kwaliteit = ruw["kwaliteit"]
        ruw["kwaliteit"] = Kwaliteit(
            [Bestandstelling(**telling) for telling in kwaliteit["tellingen"]],
            [Afkeur(**afkeur) for afkeur in kwaliteit["afkeur"]],
            kwaliteit["onvolledig"],
        )
        ruw["onbalans"] = [
            Onbalans(**{**rij, "cel": tuple(rij["cel"])}) for rij in ruw["onbalans"]
        ]
        ruw["boom"] = {
            wet: [(naam, diepte) for naam, diepte in boom]
            for wet, boom in ruw["boom"].items()
        }
        return cls(**ruw)
