"""Where everyone stands in the drawing of a family.

In goes a `Gezinsbeeld`, out come places, lines and boxes in pixels; drawing them is for
`personen.tekening`. Generations are rows and people stand in columns of one width, so
names never touch. Lines down to children run in the corridors between columns, where
no name is; each couple has a level of its own, so lines do not run over each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from samenloop.personen.beeld import Band, Gezinsbeeld, Lid
from samenloop.personen.models import GezinsRol

KOLOM = 152
STRAAL = 20
GANG = 38  # between the names of two columns
ONDER = 84  # from the middle of a sign to the foot of its row
_BOVEN = 34
_TREDE = 12
_RAND = 24
_VERSPRONGEN = (0, 9, -9, 18, -18)
Punt = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Vak:
    """A rectangle; (x0, y0) is its upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, ander: "Vak") -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.x0 < ander.x1
            and ander.x0 < self.x1
            and self.y0 < ander.y1
            and ander.y0 < self.y1
        )


@dataclass(frozen=True, slots=True)
class Plaats:
    """Someone with the middle of their sign."""

    lid: Lid
    x: float
    y: float

    @property
    def teken(self) -> Vak:
        """What the square or circle takes."""
        return Vak(self.x - STRAAL, self.y - STRAAL, self.x + STRAAL, self.y + STRAAL)

    @property
    def tekst(self) -> Vak:
        """What name, place and gezag take, below the sign."""
        half = (KOLOM - GANG) / 2
        return Vak(self.x - half, self.y + STRAAL, self.x + half, self.y + ONDER)


@dataclass(frozen=True, slots=True)
class Lijn:
    """A line through points; `gebroken` at the point where it is crossed out."""

    punten: tuple[Punt, ...]
    gebroken: Punt | None = None


@dataclass(slots=True)
class Opstelling:
    """Everything the drawing needs."""

    plaatsen: dict[UUID, Plaats] = field(default_factory=dict)
    lijnen: list[Lijn] = field(default_factory=list)
    huis: list[Vak] = field(default_factory=list)
    breedte: float = 0
    hoogte: float = 0


def arrange(beeld: Gezinsbeeld) -> Opstelling:
    """Give every member a place and draw the lines between them."""
    rijen = _rows(beeld)
    breedste = max(map(len, rijen), default=1)
    uit = Opstelling(breedte=breedste * KOLOM + 2 * _RAND)
    y: float = _RAND
    kinderen = _children_of(beeld)
    springt = _skips_a_row(rijen, kinderen)
    dalen: list[tuple[tuple[UUID, ...], Punt, Punt]] = []
    for rij in rijen:
        boven = [
            band
            for band in beeld.banden
            if band.een in rij
            and band.ander in rij
            and abs(rij.index(band.een) - rij.index(band.ander)) > 1
        ]
        treden = y + _TREDE
        y += _BOVEN + _TREDE * (len(dalen) + len(boven))
        over = (breedste - len(rij)) / 2
        links = _RAND + (int(over) if springt else over) * KOLOM
        for nummer, wie in enumerate(rij):
            x = links + (nummer + 0.5) * KOLOM
            uit.plaatsen[wie] = Plaats(beeld.lid(wie), x, y)
        later = []
        for ouders, van, daal in dalen:
            hier = [k for k in kinderen[ouders] if k in uit.plaatsen]
            if len(hier) < len(kinderen[ouders]):
                later.append((ouders, van, daal))
            if any(k in rij for k in hier):
                _to_children(uit, [k for k in hier if k in rij], van, daal, treden)
                treden += _TREDE
        dalen = later + _descents(uit, beeld, rij, boven, kinderen, y)
        y += ONDER
    uit.hoogte = y + _RAND
    uit.huis = _house(uit, beeld, rijen)
    return uit


def _skips_a_row(
    rijen: Sequence[Sequence[UUID]], kinderen: dict[tuple[UUID, ...], list[UUID]]
) -> bool:
    """Whether a line passes a whole row; then the corridors of all rows line up."""
    rij = {wie: nummer for nummer, deze in enumerate(rijen) for wie in deze}
    return any(
        rij[kind] - max(rij[ouder] for ouder in ouders) > 1
        for ouders, samen in kinderen.items()
        for kind in samen
    )


def _children_of(beeld: Gezinsbeeld) -> dict[tuple[UUID, ...], list[UUID]]:
    """Children in the picture by their parents in it, in a fixed order of the two."""
    uit: dict[tuple[UUID, ...], list[UUID]] = {}
    generatie = _generations(beeld)
    for lid in beeld.leden:
        boven = [o for o in lid.ouders if generatie[o] < generatie[lid.persoon]]
        if boven:
            uit.setdefault(tuple(sorted(boven)), []).append(lid.persoon)
    return uit


def _generations(beeld: Gezinsbeeld) -> dict[UUID, int]:
    """A row for each: children below their parents, partners beside each other."""
    rij = {lid.persoon: 0 for lid in beeld.leden}
    # As many rounds as there are people: enough for any family, and an end for gezag
    # that goes round in a circle.
    for _ronde in beeld.leden:
        for lid in beeld.leden:
            for ouder in lid.ouders:
                rij[lid.persoon] = max(rij[lid.persoon], rij[ouder] + 1)
        for band in beeld.banden:
            rij[band.een] = rij[band.ander] = max(rij[band.een], rij[band.ander])
    verbonden = {
        o for lid in beeld.leden for o in (lid.persoon, *lid.ouders) if lid.ouders
    }
    verbonden |= {wie for band in beeld.banden for wie in (band.een, band.ander)}
    laagste = max(rij.values(), default=0)
    ouders = [lid for lid in beeld.leden if lid.rol == GezinsRol.OUDER]
    oudste = max((lid.leeftijd or 0 for lid in ouders), default=0)
    for lid in beeld.leden:
        if lid.persoon in verbonden or not laagste:
            continue
        if lid.rol == GezinsRol.KIND or lid.is_minor:
            rij[lid.persoon] = laagste
        elif lid.rol == GezinsRol.ANDER and (lid.leeftijd or 0) > oudste:
            rij[lid.persoon] = -1
    return rij


def _rows(beeld: Gezinsbeeld) -> list[list[UUID]]:
    """Who stand beside whom, from above to below and from left to right."""
    generatie = _generations(beeld)
    plek: dict[UUID, float] = {}
    rijen: list[list[UUID]] = []
    for nummer in sorted(set(generatie.values())):
        in_rij = [lid for lid in beeld.leden if generatie[lid.persoon] == nummer]
        groepen = _groups(in_rij, beeld.banden)
        groepen.sort(key=lambda groep, plek=plek: _middle(groep, plek))  # type: ignore[misc]
        rij = [lid.persoon for groep in groepen for lid in groep]
        plek |= {wie: index - len(rij) / 2 for index, wie in enumerate(rij)}
        rijen.append(rij)
    return rijen


def _middle(groep: Sequence[Lid], plek: dict[UUID, float]) -> tuple[float, bool, int]:
    """Below their parents; then who lives elsewhere first, then the eldest."""
    boven = [plek[ouder] for lid in groep for ouder in lid.ouders if ouder in plek]
    waar = sum(boven) / len(boven) if boven else 0.0
    return (waar, any(lid.thuis for lid in groep), -(groep[0].leeftijd or 0))


def _groups(leden: Sequence[Lid], banden: Sequence[Band]) -> list[list[Lid]]:
    """People tied to each other stand together, former partners at the outside."""
    hier = {lid.persoon: lid for lid in leden}
    buren: dict[UUID, list[UUID]] = {wie: [] for wie in hier}
    for band in banden:
        if band.een in hier and band.ander in hier:
            buren[band.een].append(band.ander)
            buren[band.ander].append(band.een)
    gehad: set[UUID] = set()
    groepen: list[list[Lid]] = []

    def visit(wie: UUID, groep: list[Lid]) -> None:
        gehad.add(wie)
        groep.append(hier[wie])
        for buur in sorted(buren[wie], key=lambda b: (not hier[b].thuis, b)):
            if buur not in gehad:
                visit(buur, groep)

    volgorde = sorted(
        leden,
        key=lambda lid: (len(buren[lid.persoon]) > 1, lid.thuis, leden.index(lid)),
    )
    for lid in volgorde:
        if lid.persoon not in gehad:
            groepen.append([])
            visit(lid.persoon, groepen[-1])
    return groepen


def _descents(
    uit: Opstelling,
    beeld: Gezinsbeeld,
    rij: Sequence[UUID],
    boven: Sequence[Band],
    kinderen: dict[tuple[UUID, ...], list[UUID]],
    y: float,
) -> list[tuple[tuple[UUID, ...], Punt, Punt]]:
    """Draw the bonds in a row; return per couple or parent where its line goes down."""
    gangen: dict[float, int] = {}

    def corridor(x: float) -> float:
        gangen[x] = gangen.get(x, -1) + 1
        return x + _VERSPRONGEN[gangen[x] % len(_VERSPRONGEN)]

    foot = y + ONDER
    uitgangen: dict[tuple[UUID, ...], tuple[Punt, Punt]] = {}
    for band in beeld.banden:
        if band.een not in rij or band.ander not in rij:
            continue
        een, ander = sorted(
            (uit.plaatsen[band.een], uit.plaatsen[band.ander]), key=lambda p: p.x
        )
        sleutel = tuple(sorted((band.een, band.ander)))
        if band in boven:
            hoog = y - STRAAL - _TREDE * (boven.index(band) + 1)
            x = corridor(ander.x - KOLOM / 2)
            punten: tuple[Punt, ...] = (
                (een.x + 6, y - STRAAL), (een.x + 6, hoog),
                (ander.x - 6, hoog), (ander.x - 6, y - STRAAL),
            )  # fmt: skip
            breuk, van = ((een.x + ander.x) / 2 - KOLOM / 4, hoog), (x, hoog)
        else:
            x = corridor((een.x + ander.x) / 2)
            punten = ((een.x + STRAAL, y), (ander.x - STRAAL, y))
            breuk, van = (x - KOLOM / 5, y), (x, y)
        uit.lijnen.append(Lijn(punten, None if band.samen else breuk))
        uitgangen[sleutel] = (van, (x, foot))
    dalen = []
    for ouders in kinderen:
        # Parents in two rows: the line starts at the lower of the two.
        if not any(ouder in rij for ouder in ouders) or any(
            ouder not in uit.plaatsen for ouder in ouders
        ):
            continue
        if ouders in uitgangen:
            van, daal = uitgangen[ouders]
        else:
            ouder = uit.plaatsen[next(o for o in ouders if o in rij)]
            x = corridor(ouder.x + KOLOM / 2)
            van, daal = (ouder.x + STRAAL, y), (x, foot)
        dalen.append((ouders, van, daal))
    return dalen


def _to_children(
    uit: Opstelling, hier: Sequence[UUID], van: Punt, daal: Punt, hoogte: float
) -> None:
    """One line down, along, and to the sign of each child."""
    x = daal[0]
    uit.lijnen.append(Lijn((van, (x, van[1]), (x, hoogte))))
    xs = [uit.plaatsen[kind].x for kind in hier]
    uit.lijnen.append(Lijn(((min([x, *xs]), hoogte), (max([x, *xs]), hoogte))))
    for kind in hier:
        plaats = uit.plaatsen[kind]
        uit.lijnen.append(Lijn(((plaats.x, hoogte), (plaats.x, plaats.y - STRAAL))))


def _house(
    uit: Opstelling, beeld: Gezinsbeeld, rijen: Sequence[Sequence[UUID]]
) -> list[Vak]:
    """Boxes that together hold those who live in the huishouden, and nobody else."""
    vakken: list[Vak] = []
    vorige: list[Vak] = []
    for rij in rijen:
        deze: list[Vak] = []
        for wie in rij:
            plaats = uit.plaatsen[wie]
            if not plaats.lid.thuis:
                continue
            vak = Vak(
                plaats.x - KOLOM / 2 + 4, plaats.y - _BOVEN + 6,
                plaats.x + KOLOM / 2 - 4, plaats.y + ONDER - 2,
            )  # fmt: skip
            if deze and vak.x0 - deze[-1].x1 < 10:
                vak = Vak(deze.pop().x0, vak.y0, vak.x1, vak.y1)
            deze.append(vak)
        for vak in deze:
            for hoger in vorige:
                x0, x1 = max(vak.x0, hoger.x0), min(vak.x1, hoger.x1)
                if x1 - x0 > KOLOM / 3:
                    vakken.append(Vak(x0, hoger.y1, x1, vak.y0))
        vakken += deze
        vorige = deze
    return vakken
