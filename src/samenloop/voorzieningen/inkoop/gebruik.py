"""How much of a ceiling is used, and what is still to come.

Purchasing knows ceilings; what was allocated and what was invoiced stand in rooms
beside it, which register how to count that here. Amounts in eurocents.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samenloop.voorzieningen.inkoop.models import Contract, Plafond

# Contract, category and code; empty category and code is all of the contract.
Sleutel = tuple[UUID, str, str]


@dataclass(frozen=True, slots=True)
class Bedragen:
    """What counts in a year: up to today, and in the whole year."""

    tot_nu: int = 0
    heel_jaar: int = 0

    def __add__(self, ander: "Bedragen") -> "Bedragen":
        return Bedragen(self.tot_nu + ander.tot_nu, self.heel_jaar + ander.heel_jaar)


Meting = Callable[[Sequence[Contract], int, date], Mapping[Sleutel, Bedragen]]
_toegewezen: list[Meting] = []
_gedeclareerd: list[Meting] = []


def register_allocated(meting: Meting) -> None:
    """Let a room say what allocations are worth, per contract, category and code."""
    if meting not in _toegewezen:
        _toegewezen.append(meting)


def register_invoiced(meting: Meting) -> None:
    """Let a room say what was invoiced and granted, per contract, category and code."""
    if meting not in _gedeclareerd:
        _gedeclareerd.append(meting)


@dataclass(frozen=True, slots=True)
class Stand:
    """One ceiling: what it is, what was allocated, invoiced, and will be."""

    plafond: Plafond
    toegewezen: Bedragen
    gedeclareerd: Bedragen

    @property
    def verwacht(self) -> int:
        """What the year will cost when all goes as allocated."""
        return max(self.toegewezen.heel_jaar, self.gedeclareerd.heel_jaar)

    @property
    def procent(self) -> int:
        """The share of the ceiling that the year will take."""
        return (
            round(100 * self.verwacht / self.plafond.bedrag)
            if self.plafond.bedrag
            else 0
        )

    @property
    def is_over(self) -> bool:
        """Whether more is expected than was agreed."""
        return self.verwacht > self.plafond.bedrag


def of(contracten: Sequence[Contract], jaar: int, op: date) -> list[Stand]:
    """Return the ceilings of a year with their use, in a fixed number of statements."""
    laatste: dict[Sleutel, Plafond] = {}
    for each in Plafond.objects.filter(contract__in=contracten, jaar=jaar).order_by(
        "versie"
    ):
        laatste[each.contract_id, each.categorie, each.code] = each
    toegewezen = _measured(_toegewezen, contracten, jaar, op)
    gedeclareerd = _measured(_gedeclareerd, contracten, jaar, op)
    return [
        Stand(plafond, _under(sleutel, toegewezen), _under(sleutel, gedeclareerd))
        for sleutel, plafond in sorted(laatste.items(), key=lambda each: str(each[0]))
    ]


def _measured(
    metingen: Sequence[Meting], contracten: Sequence[Contract], jaar: int, op: date
) -> dict[Sleutel, Bedragen]:
    uit: dict[Sleutel, Bedragen] = {}
    for meting in metingen:
        for sleutel, bedragen in meting(contracten, jaar, op).items():
            uit[sleutel] = uit.get(sleutel, Bedragen()) + bedragen
    return uit


def _under(sleutel: Sleutel, gemeten: Mapping[Sleutel, Bedragen]) -> Bedragen:
    contract, categorie, code = sleutel
    som = Bedragen()
    for (bij, cat, product), bedragen in gemeten.items():
        if bij == contract and categorie in ("", cat) and code in ("", product):
            som += bedragen
    return som
