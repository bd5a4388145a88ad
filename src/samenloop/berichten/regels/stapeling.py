"""The same product twice in one period is not allowed: neither given nor asked for.

The same product means the same code; where one of the two has no code, the same
category; and what has no category at all goes with nothing else. One walk along the
periods in the order in which they begin finds it, however many there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.product import begin, einde
from samenloop.berichten.regels.register import regel


class Periode(NamedTuple):
    """A product in a period; `vast` is what was already so, and is not at fault."""

    plaats: str
    categorie: str | None
    code: str | None
    ingang: date
    eind: date
    vast: bool = False


def stapelingen(perioden: Iterable[Periode]) -> Iterator[str]:
    """The places of what begins while the same product still runs."""
    # The latest end so far, of everything and of what was not fixed: by category and
    # code, by category, of what has no code, of what has no category, of all.
    tot: dict[object, date] = defaultdict(lambda: date.min)
    for each in sorted(perioden, key=lambda each: each.ingang):
        if each.eind < each.ingang:
            continue
        soort = "nieuw" if each.vast else "alles"
        buren: list[tuple[object, ...]]
        if each.categorie is None:
            buren = [(soort,)]
        elif each.code is None:
            buren = [(soort, "generiek"), (soort, each.categorie)]
        else:
            buren = [
                (soort, "generiek"),
                (soort, each.categorie, "zonder"),
                (soort, each.categorie, each.code, "code"),
            ]
        if any(tot[buur] >= each.ingang for buur in buren):
            yield each.plaats
        for groep in ("alles",) if each.vast else ("alles", "nieuw"):
            merken: list[tuple[object, ...]] = [(groep,)]
            if each.categorie is None:
                merken.append((groep, "generiek"))
            else:
                merken.append((groep, each.categorie))
                if each.code is None:
                    merken.append((groep, each.categorie, "zonder"))
                else:
                    merken.append((groep, each.categorie, each.code, "code"))
            for merk in merken:
                tot[merk] = max(tot[merk], each.eind)


def periode(plaats: str, product: Velden) -> Periode:
    """The period of a product in a message; without an end it runs for ever."""
    wat = product.get("Product", {})
    return Periode(
        plaats,
        wat.get("Categorie"),
        wat.get("Code"),
        begin(product),
        einde(product) or date.max,
    )


def _verwijderd(product: Velden) -> bool:
    """Counts as not sent, so it stands in no one's way."""
    return (
        product.get("RedenWijziging") in {"13", "01"}
        and einde(product) == product["Ingangsdatum"]
    )


@regel(
    "TR302",
    "Dit product is in deze periode al toegewezen in hetzelfde bericht. Laat de "
    "perioden op elkaar aansluiten, of laat er een weg.",
    "301 Client/ToegewezenProducten",
)
def niet_gestapeld_toegewezen(producten: Velden, grond: Grond) -> list[str]:
    """Nothing is allocated twice for one day."""
    return list(
        stapelingen(
            periode(f"ToegewezenProduct[{nummer}]", each)
            for nummer, each in enumerate(producten["ToegewezenProduct"], 1)
            if not _verwijderd(each)
        )
    )


@regel(
    "TR386",
    "Dit product wordt in deze periode al gevraagd in hetzelfde verzoek. Laat de "
    "perioden op elkaar aansluiten, of laat er een weg.",
    "315 Client/AangevraagdeProducten",
)
def niet_gestapeld_gevraagd(producten: Velden, grond: Grond) -> list[str]:
    """Nothing is asked for twice for one day."""
    return list(
        stapelingen(
            periode(f"AangevraagdProduct[{nummer}]", each)
            for nummer, each in enumerate(producten["AangevraagdProduct"], 1)
        )
    )


@regel(
    "TR410",
    "Dit nieuwe product wordt in deze periode al gevraagd in hetzelfde verzoek. Laat "
    "de perioden op elkaar aansluiten, of laat er een weg.",
    "317 Client/Verzoek/NieuweProducten",
)
def niet_gestapeld_nieuw(producten: Velden, grond: Grond) -> list[str]:
    """The same for new products in a change."""
    return list(
        stapelingen(
            periode(f"NieuwProduct[{nummer}]", each)
            for nummer, each in enumerate(producten["NieuwProduct"], 1)
        )
    )
