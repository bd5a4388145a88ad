"""Section stapeling: who has provisions under several laws, or several at once."""

from collections.abc import Callable
from itertools import combinations

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from samenloop.monitor.tabellen.declaratie import PEILDATA, Declaratie, op_peildata
from samenloop.monitor.tabellen.feiten import BITS, PEIL, Feiten, klein


def _combinaties() -> dict[int, str]:
    """Name every sum of bits; a benefit and a provision can be of the same law."""
    namen: dict[int, str] = {}
    for aantal in range(1, len(BITS) + 1):
        for bronnen in combinations(BITS, aantal):
            wetten = sorted({wet for wet, _ in bronnen})
            namen[sum(BITS[bron] for bron in bronnen)] = "+".join(wetten)
    return namen


_COMBINATIES = _combinaties()
# Four or more: at most four of each of the three laws.
_AANTALLEN = {n: str(n) if n < 4 else "4 of meer" for n in range(1, 13)}


def _stapeling(kolom: str, namen: dict[int, str]) -> Callable[[Feiten], Table]:
    """Count the persons per gemeente and name of the digit of each peildatum."""

    def telling(feiten: Feiten) -> Table:
        waarden = klein({"waarde": pa.int64(), "naam": pa.string()}, [*namen.items()])
        delen = []
        for maat, patronen in (
            ("clienten", feiten.patronen_clienten),
            ("huishoudens", feiten.patronen_huishoudens),
        ):
            rijen = patronen.cross_join(waarden)
            cijfers = {
                f"m{i}": (rijen[kolom] / 16**i).floor().cast("int64") % 16
                for i in range(len(PEIL))
            }
            delen.append(
                rijen.group_by("gemeente", rijen.naam.name(kolom))
                .agg(
                    **{
                        naam: rijen.personen.sum(where=cijfer == rijen.waarde)
                        .fill_null(0)
                        .cast("int64")
                        for naam, cijfer in cijfers.items()
                    }
                )
                .mutate(maat=ibis.literal(maat))
                .select("gemeente", kolom, "maat", *cijfers)
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
    telling=_stapeling("wetten", _COMBINATIES),
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
    telling=_stapeling("aantal", _AANTALLEN),
    periode=op_peildata,
    over=PEILDATA,
)

TABELLEN = (STAPELING, NAAR_AANTAL)
