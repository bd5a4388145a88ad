"""Who offers what at what price and waiting time.

What comes in is what somebody needs: a law, a kind of provision, a day. What goes out
are the products under contract on that day, each with its price, the latest waiting
time and what is worth knowing of the provider. Orders as asked; recommends nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from samenloop.voorzieningen.inkoop.models import (
    Contractproduct,
    Kwaliteit,
    Wachttijd,
)
from samenloop.voorzieningen.models import Product

# A statement about waiting older than this says little.
OUD_DAGEN = 92


class Volgorde(StrEnum):
    """In what order offers stand."""

    WACHTTIJD = "wachttijd"
    TARIEF = "tarief"
    NAAM = "naam"


@dataclass(frozen=True, slots=True)
class Aanbod:
    """One product of one provider, as a consultant compares it."""

    product: Contractproduct
    wachttijd: Wachttijd | None
    kwaliteit: Sequence[Kwaliteit]
    is_oud: bool

    @property
    def tarief(self) -> int | None:
        """Eurocents per unit; None where it is agreed per client."""
        return self.product.tarief


def in_force(gemeente: str, op: date, *, wet: str = "") -> "list[Contractproduct]":
    """Return all products under contract for a municipality on a day."""
    rijen = (
        Contractproduct.objects.filter(
            contract__gemeenten__contains=[gemeente],
            contract__ingang__lte=op,
            ingang__lte=op,
        )
        .filter(Q(eind__isnull=True) | Q(eind__gte=op))
        .filter(Q(contract__eind__isnull=True) | Q(contract__eind__gte=op))
        .select_related("contract__aanbieder", "product")
    )
    return list(rijen.filter(contract__wet=wet) if wet else rijen)


def contracted(
    gemeente: str, *, wet: str, aanbieder: int, categorie: str, code: str, op: date
) -> Contractproduct | None:
    """Return the product under contract that an allocation falls under, if any.

    A code that is not in a contract falls under the category, where that was agreed.
    """
    gevonden = [
        each
        for each in in_force(gemeente, op, wet=wet)
        if each.contract.aanbieder_id == aanbieder
        and each.categorie == categorie
        and each.code in ("", code)
    ]
    return max(
        gevonden, key=lambda each: (each.code == code, each.ingang), default=None
    )


def compare(
    gemeente: str,
    op: date,
    *,
    wet: str,
    product: Product | None = None,
    volgorde: Volgorde = Volgorde.WACHTTIJD,
    zonder_stop: bool = False,
) -> list[Aanbod]:
    """Return the offers for a need, in a fixed number of statements.

    Args:
        gemeente: CBS code.
        op: the day on which care would begin.
        wet: the law under which it is granted.
        product: the kind of provision; its parts count with it. None is all.
        volgorde: how to order; what is unknown comes last.
        zonder_stop: leave out who takes no new clients.
    """
    rijen = in_force(gemeente, op, wet=wet)
    if product is not None:
        soorten = _with_parts(product)
        rijen = [each for each in rijen if each.product_id in soorten]
    aanbieders = {each.contract.aanbieder_id for each in rijen}
    wacht = _waiting(gemeente, aanbieders, op)
    weetjes = _quality(gemeente, aanbieders, op)
    alle = []
    for each in rijen:
        bij = each.contract.aanbieder_id
        gezegd = wacht.get((bij, each.product_id))
        if zonder_stop and gezegd is not None and gezegd.opnamestop:
            continue
        alle.append(
            Aanbod(
                product=each,
                wachttijd=gezegd,
                kwaliteit=weetjes.get(bij, []),
                is_oud=gezegd is not None and (op - gezegd.peildatum).days > OUD_DAGEN,
            )
        )
    return sorted(alle, key=lambda each: _key(each, volgorde))


def _key(aanbod: Aanbod, volgorde: Volgorde) -> tuple[object, ...]:
    naam = aanbod.product.contract.aanbieder.naam.casefold()
    tarief = (aanbod.tarief is None, aanbod.tarief or 0)
    wacht = aanbod.wachttijd
    dagen = (
        wacht is None,
        wacht is not None and wacht.opnamestop,
        wacht.dagen if wacht else 0,
    )
    if volgorde is Volgorde.TARIEF:
        return (*tarief, *dagen, naam)
    if volgorde is Volgorde.NAAM:
        return (naam, *tarief)
    return (*dagen, *tarief, naam)


def _with_parts(product: Product) -> set[int]:
    """Return the keys of a kind and of all that is part of it."""
    ouders = dict(Product.objects.filter(wet=product.wet).values_list("pk", "ouder_id"))
    uit = {product.pk}
    for pk in ouders:
        boven: int | None = pk
        while boven is not None:
            if boven == product.pk:
                uit.add(pk)
                break
            boven = ouders.get(boven)
    return uit


def _waiting(
    gemeente: str, aanbieders: Iterable[int], op: date
) -> dict[tuple[int, int], Wachttijd]:
    """Return the latest statement of each provider and kind up to a day."""
    rijen = (
        Wachttijd.objects.filter(
            aanbieder__in=aanbieders,
            gemeenten__contains=[gemeente],
            peildatum__lte=op,
        )
        .order_by("aanbieder_id", "product_id", "-peildatum", "-id")
        .distinct("aanbieder_id", "product_id")
    )
    return {(each.aanbieder_id, each.product_id): each for each in rijen}


def _quality(
    gemeente: str, aanbieders: Iterable[int], op: date
) -> dict[int, list[Kwaliteit]]:
    uit: dict[int, list[Kwaliteit]] = {}
    for each in Kwaliteit.objects.filter(
        Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=op),
        aanbieder__in=aanbieders,
        gemeenten__contains=[gemeente],
    ):
        uit.setdefault(each.aanbieder_id, []).append(each)
    return uit
