"""Section stapeling: who has provisions under several laws, or several at once."""

from collections.abc import Callable
from itertools import combinations

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from samenloop.monitor.formaat import Wet
from samenloop.monitor.tabellen.declaratie import PEILDATA, Declaratie, op_peildata
from samenloop.monitor.tabellen.feiten import PEIL, Feiten, klein

_BIT = {Wet.JEUGDWET.value: 1, Wet.WMO.value: 2, Wet.PARTICIPATIEWET.value: 4}
COMBINATIES = {
    sum(_BIT[wet] for wet in wetten): "+".join(sorted(wetten))
    for aantal in range(1, len(_BIT) + 1)
    for wetten in combinations(_BIT, aantal)
}
AANTALLEN = {1: "1", 2: "2", 3: "3", 4: "4 of meer"}


def _met_uitkering(feiten: Feiten, rijen: Table, sleutel: str) -> Table:
    if "uitkeringen" not in feiten:
        return rijen
    return rijen.union(feiten.uitkering_per(sleutel).select(rijen.columns))


def _wetten(feiten: Feiten, rijen: Table, sleutel: str) -> Table:
    """Which laws someone has on each peildatum, as the sum of their bits.

    A law of provisions stands in one row per person and adds its bit; the
    participatiewet may also come from a benefit, so its bit is taken once.
    """
    rijen = _met_uitkering(feiten, rijen, sleutel)
    participatiewet = Wet.PARTICIPATIEWET.value
    bit = ibis.cases(
        *((rijen.wet == wet, waarde) for wet, waarde in _BIT.items()), else_=0
    )
    patroon = {}
    for stand in PEIL:
        heeft = ibis.ifelse(rijen[stand] > 0, bit, 0)
        patroon[stand] = (
            heeft.sum(where=rijen.wet != participatiewet).fill_null(0)
            + heeft.max(where=rijen.wet == participatiewet).fill_null(0)
        ).cast("int32")
    return rijen.group_by("gemeente", "sleutel").agg(**patroon)


def _aantal(feiten: Feiten, rijen: Table, sleutel: str) -> Table:
    """How many provisions someone has on each peildatum, 4 for four or more."""
    per_sleutel = rijen.group_by("gemeente", "sleutel").agg(
        **{stand: rijen[stand].sum().cast("int32") for stand in PEIL}
    )
    return per_sleutel.mutate(
        **{stand: ibis.least(per_sleutel[stand], 4) for stand in PEIL}
    )


def _stapeling(
    kolom: str,
    namen: dict[int, str],
    patronen: Callable[[Feiten, Table, str], Table],
) -> Callable[[Feiten], Table]:
    """Count the persons per pattern, first all four peildata at once."""

    def telling(feiten: Feiten) -> Table:
        waarden = klein({"waarde": pa.int32(), kolom: pa.string()}, [*namen.items()])
        meet = {f"m{i}": stand for i, stand in enumerate(PEIL)}
        delen = []
        for maat, sleutel, rijen in (
            ("clienten", "client", feiten.clienten),
            ("huishoudens", "huishouden", feiten.huishoudens),
        ):
            per_sleutel = patronen(feiten, rijen, sleutel)
            patroon = per_sleutel.group_by("gemeente", *PEIL).agg(
                personen=per_sleutel.count()
            )
            per_waarde = patroon.cross_join(waarden)
            delen.append(
                per_waarde.group_by("gemeente", kolom)
                .agg(
                    **{
                        naam: per_waarde.personen.sum(
                            where=per_waarde[stand] == per_waarde.waarde
                        )
                        .fill_null(0)
                        .cast("int64")
                        for naam, stand in meet.items()
                    }
                )
                .mutate(maat=ibis.literal(maat))
                .select("gemeente", kolom, "maat", *meet)
            )
        return ibis.union(*delen)

    return telling


STAPELING = Declaratie(
    id="stapeling",
    titel="Samenloop van wetten",
    titel_en="Concurrence of laws",
    definitie=(
        "Het aantal unieke cliënten en huishoudens naar de combinatie van wetten "
        "waaronder zij op de peildatum iets hebben. Voor de Participatiewet telt een "
        "lopende uitkering even goed als een voorziening. Elke cliënt telt per "
        "gemeente in precies één combinatie; in het totaal wordt de combinatie over "
        "alle gemeenten bepaald. Een huishouden heeft de wetten van al zijn leden; wie "
        "geen huishouden heeft in de levering telt daar niet mee."
    ),
    definitie_en=(
        "The number of unique clients and households by the combination of laws under "
        "which they have something on the reference date. For the Participatiewet a "
        "benefit in force counts as well as a provision. Each client counts in exactly "
        "one combination per municipality; in the total the combination is taken over "
        "all municipalities. A household has the laws of all its members; who has no "
        "household in the delivery does not count there."
    ),
    bestanden=("voorzieningen",),
    dimensies=("gemeente", "wetten", "maat", "peildatum"),
    telling=_stapeling("wetten", COMBINATIES, _wetten),
    periode=op_peildata,
    over=PEILDATA,
)

NAAR_AANTAL = Declaratie(
    id="stapeling-aantal",
    titel="Stapeling: aantal voorzieningen tegelijk",
    titel_en="Stacking: number of provisions at once",
    definitie=(
        "Het aantal unieke cliënten en huishoudens naar het aantal voorzieningen, van "
        "alle wetten samen, dat op de peildatum tegelijk actief is. Uitkeringen tellen "
        "hier niet mee. In het totaal telt iedereen één keer, met de voorzieningen in "
        "alle gemeenten."
    ),
    definitie_en=(
        "The number of unique clients and households by the number of provisions, "
        "under all laws together, active at once on the reference date. Benefits do "
        "not count here. In the total everyone counts once, with the provisions in all "
        "municipalities."
    ),
    bestanden=("voorzieningen",),
    dimensies=("gemeente", "aantal", "maat", "peildatum"),
    telling=_stapeling("aantal", AANTALLEN, _aantal),
    periode=op_peildata,
    over=PEILDATA,
)

TABELLEN = (STAPELING, NAAR_AANTAL)
