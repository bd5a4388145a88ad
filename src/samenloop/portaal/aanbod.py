"""Which help there is, as a family reads it: who, how long one waits, what it costs.

Made of the same comparison as a consultant's, with less of it: no price and no remark
unless the municipality chose to show them. There is nobody in it, so a look at it is a
look at nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenloop.core.geld import Geld
from samenloop.portaal.models import Aanbodinstelling
from samenloop.voorzieningen.inkoop import aanbod
from samenloop.voorzieningen.inkoop.models import (
    Contractproduct,
    Kwaliteitsoort,
    Wachttijd,
)
from samenloop.voorzieningen.models import Aanbieder, Product, Wet

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of help, under the name that a family knows."""

    product: Product
    naam: str

    @property
    def wet(self) -> str:
        """The law, as people write it."""
        return self.product.get_wet_display()


@dataclass(frozen=True, slots=True)
class Hulp:
    """What one provider offers of one kind of help."""

    naam: str
    wat: Sequence[str]
    vol: bool
    wacht: str
    peildatum: date | None
    is_oud: bool
    tarieven: Sequence[str]
    keurmerken: Sequence[str]


def settings_of(gemeente: str) -> Aanbodinstelling:
    """Return what a municipality chose to show, or the careful choice."""
    gekozen = Aanbodinstelling.objects.filter(gemeente=gemeente).first()
    return gekozen or Aanbodinstelling(gemeente_id=gemeente)


def kinds(gemeente: str, op: date) -> list[Soort]:
    """Return the kinds of help under contract on a day, by law and name.

    The names of the book are short ones for figures; contracts say what it is.
    """
    namen: dict[Product, set[str]] = {}
    for each in aanbod.in_force(gemeente, op):
        namen.setdefault(each.product, set()).add(each.naam)
    soorten = [
        Soort(product, ", ".join(sorted(heet, key=str.casefold)))
        for product, heet in namen.items()
    ]
    return sorted(soorten, key=lambda each: (each.product.wet, each.naam.casefold()))


def offers(gemeente: str, op: date, soort: Product) -> list[Hulp]:
    """Return who offers a kind of help: the shortest wait first, who is full last."""
    keuze = settings_of(gemeente)
    bij: dict[Aanbieder, list[aanbod.Aanbod]] = {}
    for each in aanbod.compare(gemeente, op, wet=soort.wet, product=soort):
        bij.setdefault(each.product.contract.aanbieder, []).append(each)
    gevonden = [_offer(wie, rijen, keuze) for wie, rijen in bij.items()]
    return sorted(gevonden, key=lambda each: each.vol)


def contribution(soort: Product) -> str:
    """Say what a family pays itself for help under a law."""
    if soort.wet == Wet.JEUGDWET:
        return _("You pay nothing for this help.")
    return _(
        "You mostly pay a fixed amount each month for help of the Wmo. It stays the "
        "same when you get more help. The CAK sends the bill."
    )


def _offer(
    wie: Aanbieder, rijen: Sequence[aanbod.Aanbod], keuze: Aanbodinstelling
) -> Hulp:
    # Of several products the wait of the first: they stand with the shortest first.
    gezegd = rijen[0].wachttijd
    return Hulp(
        naam=wie.naam,
        wat=list(dict.fromkeys(each.product.naam for each in rijen)),
        vol=gezegd is not None and gezegd.opnamestop,
        wacht=_wait(gezegd),
        peildatum=gezegd.peildatum if gezegd else None,
        is_oud=rijen[0].is_oud,
        tarieven=[_price(each.product) for each in rijen] if keuze.tarieven else [],
        keurmerken=[
            f"{weet.tekst} ({date_format(weet.datum, 'F Y')})"
            for weet in rijen[0].kwaliteit
            if keuze.keurmerken and weet.soort == Kwaliteitsoort.KEURMERK
        ],
    )


def _wait(gezegd: Wachttijd | None) -> str:
    if gezegd is None:
        return _("We do not know how long you wait here.")
    if gezegd.opnamestop:
        return _("Nobody new can come here now.")
    if gezegd.dagen < _WEEK:
        return _("You can come within a week.")
    weken = round(gezegd.dagen / _WEEK)
    return ngettext(
        "You wait about %(n)d week.", "You wait about %(n)d weeks.", weken
    ) % {"n": weken}


def _price(product: Contractproduct) -> str:
    if product.tarief is None:
        return _("%(what)s: the municipality agrees the price for each family") % {
            "what": product.naam
        }
    return _("%(what)s: the municipality pays %(price)s per %(unit)s") % {
        "what": product.naam,
        "price": Geld(product.tarief),
        "unit": product.get_tarief_eenheid_display().lower(),
    }
