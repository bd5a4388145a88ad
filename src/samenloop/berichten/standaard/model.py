"""What a message consists of: fields, classes and simple types, with their facets.

The shapes here are filled by `typen` (what all messages share) and `heenberichten`
(the seven that are sent first); `afleiden` makes the answers of those. Reader, writer,
schema text and the makers of test messages all walk over the same declaration. There is
one of each, made once: two are the same only when they are the same object.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from .soorten import Soort, Wet

Basis = Literal["string", "integer", "date", "time"]


@dataclass(frozen=True, slots=True, eq=False)
class Enkelvoudig:
    """A simple type: a text, number, date or time within bounds.

    `patroon` is a regular expression of XML Schema for the whole value; `lijsten` and
    `codes` are the code list and the values allowed, by law. `regels` gives the
    official code of the restriction by facet.
    """

    naam: str
    basis: Basis
    minlengte: int | None = None
    maxlengte: int | None = None
    patroon: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    lijsten: Mapping[Wet, str] = field(default_factory=dict)
    codes: Mapping[Wet, tuple[str, ...]] = field(default_factory=dict)
    regels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Veld:
    """An element within a class: `max` None means that it may repeat without end.

    `patroon` narrows the type for this element alone, `regel` is the code of that.
    `wet` is set where only one of the laws has the element.
    """

    naam: str
    type: str
    min: int = 1
    max: int | None = 1
    patroon: str | None = None
    regel: str | None = None
    wet: Wet | None = None

    @property
    def herhaalt(self) -> bool:
        """Whether it may stand there more than once, and so is a list."""
        return self.max != 1


@dataclass(frozen=True, slots=True)
class Klasse:
    """A class: fields in the order in which they have to stand.

    `basis` tells that it belongs to the basic types, whose elements have the
    namespace of the basic schema.
    """

    naam: str
    velden: tuple[Veld, ...]
    basis: bool = False

    @property
    def is_verzameling(self) -> bool:
        """Whether it only holds a row of one other class."""
        return len(self.velden) == 1 and self.velden[0].herhaalt


@dataclass(frozen=True, slots=True, eq=False)
class Knoop:
    """An element at its place in the tree: a leaf has `enkel`, others `kinderen`."""

    veld: Veld
    basis: bool
    enkel: Enkelvoudig | None
    klasse: Klasse | None
    kinderen: tuple["Knoop", ...] = ()

    @property
    def naam(self) -> str:
        """Name of the element, without prefix."""
        return self.veld.naam


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One kind of message wholly: its own classes and the tree below the root."""

    soort: Soort
    klassen: Mapping[str, Klasse]
    wortel: Knoop

    def tag(self, knoop: Knoop) -> str:
        """The name of an element as lxml writes it."""
        ruimte = self.soort.basisruimte if knoop.basis else self.soort.naamruimte
        return f"{{{ruimte}}}{knoop.naam}"

    def loop(self) -> Iterator[tuple[str, Knoop]]:
        """Every element with its path, without numbers."""
        todo = [("/Bericht", self.wortel)]
        while todo:
            pad, knoop = todo.pop()
            yield pad, knoop
            todo += [(f"{pad}/{kind.naam}", kind) for kind in reversed(knoop.kinderen)]


@cache
def model(soort: Soort) -> Model:
    """The declaration of one kind of message."""
    from .afleiden import klassen_van
    from .typen import ENKELVOUDIG, SAMENGESTELD

    klassen = klassen_van(soort)

    def knoop(veld: Veld, basis: bool) -> Knoop:
        enkel = ENKELVOUDIG.get(veld.type)
        if enkel is not None:
            return Knoop(veld, basis, enkel, None)
        klasse = klassen.get(veld.type) or SAMENGESTELD[veld.type]
        kinderen = tuple(knoop(each, klasse.basis) for each in klasse.velden)
        return Knoop(veld, basis, None, klasse, kinderen)

    return Model(soort, klassen, knoop(Veld("Bericht", "Root"), basis=False))
