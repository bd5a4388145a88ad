"""What was invoiced and granted, for ceilings and for the page about spending."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import BigIntegerField, Case, F, Q, Sum, When

from samenloop.voorzieningen.declaraties.models import Prestatie
from samenloop.voorzieningen.inkoop.gebruik import Bedragen, Sleutel
from samenloop.voorzieningen.inkoop.models import Contract
from samenloop.voorzieningen.toewijzen.models import Toewijzing


def invoiced(
    contracten: Sequence[Contract], jaar: int, op: date
) -> Mapping[Sleutel, Bedragen]:
    """Return what was granted per contract, category and code, in eurocents.

    Care of the year by the first day of its period, whenever it was invoiced.
    """
    bij: dict[UUID, UUID] = {
        pk: contract
        for pk, contract in Toewijzing.objects.filter(
            contract__in=contracten
        ).values_list("pk", "contract")
        if contract is not None
    }
    uit: dict[Sleutel, Bedragen] = {}
    som = Sum(_saldo())
    rijen = (
        Prestatie.objects.filter(
            oordeel=Prestatie.Oordeel.TOEGEKEND,
            begin__year=jaar,
            toewijzing__in=Toewijzing.objects.filter(contract__in=contracten).values(
                "pk"
            ),
        )
        .order_by()
        .values_list("toewijzing", "categorie", "code")
        .annotate(alles=som, tot_nu=_until(op))
    )
    for toewijzing, categorie, code, alles, tot_nu in rijen:
        sleutel = (bij[toewijzing], categorie, code)
        erbij = Bedragen(tot_nu or 0, alles or 0)
        uit[sleutel] = uit.get(sleutel, Bedragen()) + erbij
    return uit


def _until(op: date) -> Sum:
    return Sum(_saldo(), filter=Q(begin__lte=op))


def _saldo() -> Case:
    return Case(
        When(is_credit=True, then=-F("bedrag")),
        default=F("bedrag"),
        output_field=BigIntegerField(),
    )
