"""From the lines of a request to allocations: new ones, changed ones, replaced ones.

Where the standard lets the number stay (end, budget, volume in total) the allocation is
changed; else it ends the day before and a new one begins (OP033x1, OP257). Each product
of one request carries the same reference (IV097).
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from samenloop.access.actor import Actor
from samenloop.voorzieningen.inkoop.aanbod import contracted
from samenloop.voorzieningen.inkoop.codes import Frequentie, Variant
from samenloop.voorzieningen.inkoop.models import Contractproduct
from samenloop.voorzieningen.toewijzen import toewijzen
from samenloop.voorzieningen.toewijzen.fouten import (
    BovenMaximum,
    BuitenContract,
    NietToegestaan,
    Onvolledig,
)
from samenloop.voorzieningen.toewijzen.models import (
    Beschikking,
    RedenWijziging,
    Regelsoort,
    Toewijzing,
    Verzoek,
    Verzoekregel,
)


def order(
    verzoek: Verzoek, regel: Verzoekregel, beschikking: Beschikking | None
) -> toewijzen.Opdracht:
    """Return what a line asks to allocate.

    Raises:
        BuitenContract: the product is not contracted on its first day.
        BovenMaximum: the contract allows less for one client.
        Onvolledig: it names no first day.
    """
    product = _contracted(verzoek, regel)
    variant = (
        Variant.SPECIFIEK
        if regel.code
        else Variant.ASPECIFIEK
        if regel.categorie
        else Variant.GENERIEK
    )
    if regel.ingang is None:
        raise Onvolledig(_("The request names no first day."))
    if (
        product.max_volume is not None
        and product.max_frequentie == regel.frequentie
        and (regel.volume or 0) > product.max_volume
    ):
        raise BovenMaximum()
    return toewijzen.Opdracht(
        gemeente=verzoek.gemeente_id,
        wet=verzoek.wet,
        persoon=verzoek.persoon,
        aanbieder=verzoek.aanbieder,
        product=product.product,
        contract=product.contract,
        beschikking=beschikking,
        aanvraag=beschikking.aanvraag if beschikking else None,
        verwijzer=verzoek.verwijzer_type,
        variant=variant.value,
        categorie=regel.categorie,
        code=regel.code,
        ingang=regel.ingang,
        eind=regel.eind,
        volume=regel.volume,
        eenheid=regel.eenheid,
        frequentie=regel.frequentie,
        budget=regel.budget,
        referentie_aanbieder=verzoek.referentie,
    )


def _contracted(verzoek: Verzoek, regel: Verzoekregel) -> Contractproduct:
    product = contracted(
        verzoek.gemeente_id,
        wet=verzoek.wet,
        aanbieder=verzoek.aanbieder_id,
        categorie=regel.categorie,
        code=regel.code,
        op=regel.ingang or verzoek.dagtekening,
    )
    if product is None:
        raise BuitenContract()
    return product


def carry_out(
    verzoek: Verzoek,
    regels: Sequence[Verzoekregel],
    door: Actor,
    beschikking: Beschikking | None,
) -> Iterator[Toewijzing]:
    """Carry out a request to change; each product carries the same reference.

    Raises:
        NietToegestaan: it names an allocation that is not here.
        BuitenContract: see `order`.
    """
    oud = {
        each.nummer: each
        for each in Toewijzing.objects.filter(
            gemeente=verzoek.gemeente_id,
            wet=verzoek.wet,
            persoon=verzoek.persoon_id,
            aanbieder=verzoek.aanbieder_id,
            nummer__in=[r.toewijzing for r in regels if r.toewijzing],
        )
    }
    nieuw: list[toewijzen.Opdracht] = []
    for regel in regels:
        if regel.soort == Regelsoort.NIEUW:
            nieuw.append(order(verzoek, regel, beschikking))
            continue
        was = oud.get(regel.toewijzing or 0)
        if was is None:
            raise NietToegestaan(_("The request names an allocation that is not here."))
        if regel.soort == Regelsoort.ONGEWIJZIGD:
            yield toewijzen.change(
                was, reden="", door=door, referentie=verzoek.referentie
            )
        elif _same_allocation(was, regel):
            yield _changed(was, regel, verzoek, door)
        else:
            yield from _replaced(was, regel, verzoek, door, nieuw, beschikking)
    yield from toewijzen.give_all(nieuw, door=door)


def _same_allocation(was: Toewijzing, regel: Verzoekregel) -> bool:
    """Whether the number can stay: the end, a budget, or a volume in total."""
    if (was.eenheid, was.frequentie) != (regel.eenheid, regel.frequentie):
        return False
    return was.frequentie == Frequentie.TOTAAL or was.volume == regel.volume


def _changed(
    was: Toewijzing, regel: Verzoekregel, verzoek: Verzoek, door: Actor
) -> Toewijzing:
    langer = regel.eind is None or (was.eind is not None and regel.eind > was.eind)
    reden = RedenWijziging.VERLENGING if langer else RedenWijziging.VERKORTING
    if regel.eind == was.eind:
        reden = RedenWijziging.AANBIEDER
    return toewijzen.change(
        was,
        eind=regel.eind,
        zonder_eind=regel.eind is None,
        volume=regel.volume,
        budget=regel.budget,
        reden=reden,
        referentie=verzoek.referentie,
        door=door,
    )


def _replaced(
    was: Toewijzing,
    regel: Verzoekregel,
    verzoek: Verzoek,
    door: Actor,
    nieuw: list[toewijzen.Opdracht],
    beschikking: Beschikking | None,
) -> Iterator[Toewijzing]:
    """End the old one the day before, and ask for a new one (OP257)."""
    regel.categorie, regel.code = was.categorie, was.code
    if regel.ingang is None or regel.ingang <= was.ingang:
        # From its own first day: the old one counts as if it never was.
        yield toewijzen.remove(was, door=door)
    else:
        yield toewijzen.end(
            was,
            regel.ingang - timedelta(days=1),
            reden=RedenWijziging.AANBIEDER,
            referentie=verzoek.referentie,
            door=door,
        )
    nieuw.append(order(verzoek, regel, beschikking))
