"""The records of the demo region as plain data, before they go to a file or database.

Shapes follow the basisset: dates are first and last day in force, amounts are whole
eurocents, codes are those of the format of a levering.
"""

from dataclasses import dataclass, field
from datetime import date

from samenloop.demo.publicatie import Gebied


@dataclass(slots=True, eq=False)
class Huishouden:
    """People at one address. `gemeente` is empty for the client without one."""

    sleutel: str
    gemeente: str
    postcode: str
    straat: str
    huisnummer: int
    plaats: str
    leden: list["Persoon"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Persoon:
    """Someone who does not exist, with a BSN from the range that is never issued."""

    bsn: str
    voornamen: str
    voorvoegsel: str
    geslachtsnaam: str
    geboortedatum: date
    geslacht: str
    huishouden: Huishouden
    ouders: tuple["Persoon", ...] = ()

    def is_minderjarig(self, dag: date) -> bool:
        """Whether the person is under 18 on that day."""
        return jaren_later(self.geboortedatum, 18) > dag


@dataclass(slots=True, eq=False)
class Spel:
    """One spell of one kind in one municipality, before it has a client.

    `eind` is the last day in force, empty while it runs; `actief` says whether it is
    in force on the last peildatum.
    """

    gemeente: str
    soort: str
    vorm: str
    start: date
    eind: date | None = None
    actief: bool = True


@dataclass(slots=True)
class Voorziening:
    """One provision of one client."""

    client: Persoon
    gezaghebbende: Persoon | None
    wet: str
    soort: str
    vorm: str
    gemeente: str
    aanbieder: str
    verwijzer: str
    aanvraag: date | None
    start: date
    eind: date | None
    geregistreerd: date
    reden_einde: str = ""
    resultaat: str = ""


@dataclass(slots=True)
class Casusperiode:
    """The period in which a case had one type."""

    casus: str
    client: Persoon
    type: str
    start: date
    eind: date | None
    geregistreerd: date
    reden_einde: str = ""


@dataclass(slots=True)
class Uitkering:
    """One benefit of one client, with its track 1, 2 or 3."""

    client: Persoon
    spoor: int
    start: date
    eind: date | None
    geregistreerd: date
    reden_einde: str = ""


@dataclass(slots=True)
class Traject:
    """Costs of one client's way to work, in eurocents."""

    client: Persoon
    spoor: int
    datum: date
    trajectkosten: int
    loonkostensubsidie: int


@dataclass(slots=True)
class Begrotingspost:
    """An amount of the budget in eurocents."""

    gemeente: str
    jaar: int
    post: str
    versie: str
    bedrag: int


@dataclass(slots=True)
class Bezwaar:
    """An objection or complaint (`bezwaar`, `klacht`)."""

    gemeente: str
    wet: str
    soort: str
    ingediend: date
    afgehandeld: date | None
    uitkomst: str


@dataclass(slots=True)
class Regio:
    """Everything the demo region has on record."""

    gebied: Gebied
    huishoudens: list[Huishouden] = field(default_factory=list)
    personen: list[Persoon] = field(default_factory=list)
    voorzieningen: list[Voorziening] = field(default_factory=list)
    casussen: list[Casusperiode] = field(default_factory=list)
    uitkeringen: list[Uitkering] = field(default_factory=list)
    trajecten: list[Traject] = field(default_factory=list)
    begroting: list[Begrotingspost] = field(default_factory=list)
    bezwaren: list[Bezwaar] = field(default_factory=list)


def jaren_later(dag: date, jaren: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March."""
    try:
        return dag.replace(year=dag.year + jaren)
    except ValueError:
        return date(dag.year + jaren, 3, 1)
