"""Section stroom: what comes in, what goes out, and how long it lasted."""

import ibis
from ibis.expr.types import Table

from samenloop.monitor.tabellen.declaratie import (
    Declaratie,
    in_kwartaal,
    in_vier_kwartalen,
    tel,
    vast,
)
from samenloop.monitor.tabellen.feiten import Feiten


def _stroom(feiten: Feiten) -> Table:
    per_soort = feiten.op_boom(feiten.voorzieningen)
    dimensies = ("wet", "soort", "gemeente")
    meet = ("n3", "erin", "eruit", "n4")
    return tel(per_soort, dimensies, meet, totaal=("gemeente",))


def _duur(feiten: Feiten) -> Table:
    """Mean and median from how often each number of days occurs, in tenths."""
    rijen = tel(feiten.op_boom(feiten.duren), ("wet", "soort", "dagen"), ("aantal",))
    per_soort = ibis.window(group_by=["wet", "soort"])
    oplopend = ibis.cumulative_window(group_by=["wet", "soort"], order_by="dagen")
    rijen = rijen.mutate(
        alle=rijen.m0.sum().over(per_soort).cast("int64"),
        tot_hier=rijen.m0.sum().over(oplopend).cast("int64"),
    )
    # The middle one, or the middle two: the first number of days that reaches them.
    onder = rijen.dagen.min(where=2 * rijen.tot_hier >= rijen.alle)
    boven = rijen.dagen.min(where=2 * rijen.tot_hier > rijen.alle)
    som = (rijen.m0 * rijen.dagen).sum()
    aantal = rijen.m0.sum()
    return rijen.group_by("wet", "soort").agg(
        m0=aantal.cast("int64"),
        m1=((20 * som + aantal) / (2 * aantal)).floor().cast("int64"),
        m2=(5 * (onder + boven)).cast("int64"),
    )


IN_EN_UITSTROOM = Declaratie(
    id="in-en-uitstroom-voorzieningen",
    titel="In- en uitstroom van voorzieningen",
    titel_en="Provisions starting and ending",
    definitie=(
        "Per wet, soort en gemeente: de actieve voorzieningen op de vorige peildatum "
        "(begin), wat in het kwartaal is begonnen (in), wat in het kwartaal is "
        "weggegaan (uit) en de actieve voorzieningen op de peildatum (eind). De "
        "einddatum is de laatste dag; een voorziening die op de vorige peildatum "
        "eindigt telt in het begin en gaat in dit kwartaal uit, een die op de "
        "peildatum zelf eindigt telt nog in het eind. Zo geldt in elke cel: begin plus "
        "in min uit is eind."
    ),
    definitie_en=(
        "By law, kind and municipality: provisions active on the previous reference "
        "date (begin), what started in the quarter (in), what left in the quarter "
        "(uit) and provisions active on the reference date (eind). The end date is the "
        "last day in force; a provision that ends on the previous reference date is in "
        "the opening stock and leaves in this quarter, one that ends on the reference "
        "date itself is still in the closing stock. So in every cell begin plus in "
        "minus uit equals eind."
    ),
    bestanden=("voorzieningen", "soorten"),
    dimensies=("wet", "soort", "gemeente", "maat"),
    telling=_stroom,
    periode=in_kwartaal,
    over=vast("begin", "in", "uit", "eind"),
)

DUUR = Declaratie(
    id="duur",
    titel="Duur van beëindigde voorzieningen",
    titel_en="Duration of ended provisions",
    definitie=(
        "Het aantal voorzieningen dat in de vier kwartalen is weggegaan, en hoeveel "
        "dagen zij gemiddeld en in het midden (mediaan) hebben geduurd. De eerste en "
        "de laatste dag tellen allebei mee. Een voorziening die eindigt op de laatste "
        "peildatum is nog niet weg. Wat nog loopt telt niet mee, dus soorten die lang "
        "duren lijken korter dan zij zijn."
    ),
    definitie_en=(
        "The number of provisions that left in the four quarters, and how many days "
        "they lasted on average (gemiddelde) and in the middle (mediaan). First and "
        "last day both count. A provision that ends on the last reference date has not "
        "left yet. What still runs does not count, so kinds that last long seem "
        "shorter than they are."
    ),
    bestanden=("voorzieningen", "soorten"),
    dimensies=("wet", "soort", "maat"),
    telling=_duur,
    periode=in_vier_kwartalen,
    over=vast("aantal", "gemiddelde", "mediaan"),
    eenheid="dagen",
    eenheden={"aantal": "aantal"},
    tienden=frozenset({"gemiddelde", "mediaan"}),
)

TABELLEN = (IN_EN_UITSTROOM, DUUR)
