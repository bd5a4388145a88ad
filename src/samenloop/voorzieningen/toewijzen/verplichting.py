"""What the allocations under a contract are worth in a year, for its ceilings."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from samenloop.voorzieningen.inkoop.gebruik import Bedragen, Sleutel
from samenloop.voorzieningen.inkoop.models import Contract, Contractproduct
from samenloop.voorzieningen.toewijzen import waarde
from samenloop.voorzieningen.toewijzen.models import VERWIJDERD, Toewijzing


def allocated(
    contracten: Sequence[Contract], jaar: int, op: date
) -> dict[Sleutel, Bedragen]:
    """Return per contract, category and code what the year may cost, in two statements.

    An allocation without end counts to the end of the year; one without a price counts
    nothing.
    """
    van, tot = date(jaar, 1, 1), date(jaar, 12, 31)
    prijzen: dict[Sleutel, list[Contractproduct]] = {}
    for prijs in Contractproduct.objects.filter(contract__in=contracten):
        sleutel = (prijs.contract_id, prijs.categorie, prijs.code)
        prijzen.setdefault(sleutel, []).append(prijs)
    uit: dict[Sleutel, Bedragen] = {}
    rijen = Toewijzing.objects.filter(contract__in=contracten, ingang__lte=tot).exclude(
        reden_wijziging=VERWIJDERD
    )
    for rij in rijen.exclude(eind__lt=van):
        bij: UUID = rij.contract_id  # type: ignore[assignment]
        sleutel = (bij, rij.categorie, rij.code)
        prijs_nu = _price(prijzen.get(sleutel, []), max(rij.ingang, van))
        bedragen = Bedragen(
            waarde.of(rij, prijs_nu, van=van, tot=min(op, tot)) or 0
            if op >= van
            else 0,
            waarde.of(rij, prijs_nu, van=van, tot=tot) or 0,
        )
        uit[sleutel] = uit.get(sleutel, Bedragen()) + bedragen
    return uit


def _price(prijzen: Sequence[Contractproduct], op: date) -> Contractproduct | None:
    """Return the price on a day, or the latest before it."""
    return max(
        (each for each in prijzen if each.ingang <= op),
        key=lambda each: each.ingang,
        default=None,
    )
