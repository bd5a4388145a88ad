"""Section klanten: how many clients and households use provisions.

Someone with three provisions is one client, and someone known in two municipalities
is one client in the total: totals are counted anew, never added up.
"""

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from samenloop.monitor.tabellen.declaratie import (
    PEILDATA,
    Declaratie,
    op_peildata,
    tel,
)
from samenloop.monitor.tabellen.feiten import PEIL, Feiten, klein

_MEET = tuple(f"m{i}" for i in range(len(PEIL)))


def _uniek(tabel: Table) -> Table:
    """Count who has at least one provision, per wet and gemeente."""
    return tabel.group_by("wet", "gemeente").agg(
        **{
            meet: tabel.count(where=tabel[stand] > 0)
            for meet, stand in zip(_MEET, PEIL, strict=True)
        }
    )


def _klanten(feiten: Feiten) -> Table:
    delen = {
        "clienten": _uniek(feiten.clienten),
        "huishoudens": _uniek(feiten.huishoudens),
        "voorzieningen": tel(
            feiten.voorzieningen, ("wet", "gemeente"), PEIL, totaal=("gemeente",)
        ),
    }
    kolommen = ["wet", "gemeente", "maat", *_MEET]
    return ibis.union(
        *(
            deel.mutate(maat=ibis.literal(maat)).select(kolommen)
            for maat, deel in delen.items()
        )
    )


def _aandeel(feiten: Feiten) -> Table:
    """Share of households in tenths of a percent, rounded half up in whole numbers."""
    peildata = feiten.tijd.peildata
    noemers = [
        (code, *(gemeente.huishoudens(dag) for dag in peildata))
        for code, gemeente in feiten.gemeenten.op_code.items()
    ]
    noemers.append(("", *(feiten.gemeenten.huishoudens(dag) for dag in peildata)))
    kolommen = {f"d{i}": pa.int64() for i in range(len(peildata))}
    noemer = klein({"plaats": pa.string(), **kolommen}, noemers)
    cellen = tel(
        feiten.voorzieningen, ("wet", "gemeente"), PEIL, totaal=("gemeente",)
    ).select("wet", "gemeente", plaats=_plaats)
    teller = _uniek(feiten.huishoudens).select("wet", *_MEET, plaats=_plaats)
    samen = cellen.join(noemer, "plaats").left_join(teller, ["wet", "plaats"])
    deel = {}
    for i, meet in enumerate(_MEET):
        aantal, alle = ibis.coalesce(samen[meet], 0), samen[f"d{i}"].nullif(0)
        deel[meet] = ((2000 * aantal + alle) / (2 * alle)).floor().cast("int64")
    return samen.select("wet", "gemeente", **deel)


def _plaats(tabel: Table) -> ibis.Value:
    """A gemeente as a key to join on: the total is the empty text."""
    return ibis.coalesce(tabel.gemeente, ibis.literal(""))


KLANTEN = Declaratie(
    id="klanten",
    titel="Cliënten, huishoudens en voorzieningen",
    titel_en="Clients, households and provisions",
    definitie=(
        "Het aantal unieke cliënten en unieke huishoudens met ten minste één actieve "
        "voorziening op de peildatum, en het aantal van die voorzieningen. Een cliënt "
        "of huishouden telt per wet en gemeente één keer, hoeveel voorzieningen er ook "
        "zijn, en in het totaal opnieuw één keer. Wie geen huishouden heeft in de "
        "levering telt niet mee bij de huishoudens."
    ),
    definitie_en=(
        "The number of unique clients and unique households with at least one active "
        "provision on the reference date, and the number of those provisions. A client "
        "or household counts once per law and municipality, however many provisions "
        "there are, and once again in the total. Who has no household in the delivery "
        "does not count among the households."
    ),
    bestanden=("voorzieningen",),
    dimensies=("wet", "gemeente", "maat", "peildatum"),
    telling=_klanten,
    periode=op_peildata,
    over=PEILDATA,
    vul=("gemeente",),
)

AANDEEL = Declaratie(
    id="aandeel-huishoudens",
    titel="Aandeel huishoudens met een voorziening",
    titel_en="Share of households with a provision",
    definitie=(
        "Het percentage van alle huishoudens dat op de peildatum ten minste één "
        "actieve voorziening van de wet heeft, afgerond op één decimaal. Het aantal "
        "huishoudens van een gemeente is de laatste telling op of vóór de peildatum, "
        "of anders de eerste daarna. Het totaal deelt alle unieke huishoudens met een "
        "voorziening, ook die zonder bekende gemeente, door de huishoudens van alle "
        "gemeenten in de levering samen. Een gemeente zonder aantal huishoudens heeft "
        "geen percentage."
    ),
    definitie_en=(
        "The percentage of all households that has at least one active provision under "
        "the law on the reference date, rounded to one decimal. The number of "
        "households of a municipality is the last count on or before the reference "
        "date, or else the first one after it. The total divides all unique households "
        "with a provision, also those without a known municipality, by the households "
        "of all municipalities in the delivery together. A municipality without a "
        "number of households has no percentage."
    ),
    bestanden=("voorzieningen", "gemeenten"),
    dimensies=("wet", "gemeente", "peildatum"),
    telling=_aandeel,
    periode=op_peildata,
    over=PEILDATA,
    eenheid="procent",
    nullen=True,
    tienden=None,
)

TABELLEN = (KLANTEN, AANDEEL)
