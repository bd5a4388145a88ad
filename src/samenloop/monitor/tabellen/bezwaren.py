"""Section bezwaren: objections and complaints of the quarter."""

import ibis
from ibis.expr.types import Table

from samenloop.monitor.formaat import ONBEKEND
from samenloop.monitor.tabellen.declaratie import Declaratie, in_kwartaal, tel, vast
from samenloop.monitor.tabellen.feiten import Feiten
from samenloop.monitor.tabellen.tijd import NOOIT


def _bezwaren(feiten: Feiten) -> Table:
    rijen = feiten.rijen("bezwaren")
    vorige, dag = feiten.tijd.meetdagen[-2:]
    af = ibis.coalesce(rijen.afgehandeld_op, ibis.date(NOOIT))
    in_ = rijen.ingediend_op
    geteld = rijen.group_by(
        gemeente=rijen.gemeente,
        wet=ibis.coalesce(rijen.wet, ibis.literal(ONBEKEND)),
        soort=rijen.soort,
    ).agg(
        ingediend=rijen.count(where=(in_ > vorige) & (in_ <= dag)),
        afgehandeld=rijen.count(where=(af > vorige) & (af <= dag)),
        open=rijen.count(where=(in_ <= dag) & (af > dag)),
    )
    return tel(
        geteld,
        ("gemeente", "wet", "soort"),
        ("ingediend", "afgehandeld", "open"),
        totaal=("gemeente", "wet"),
    )


BEZWAREN = Declaratie(
    id="bezwaren",
    titel="Bezwaren en klachten",
    titel_en="Objections and complaints",
    definitie=(
        "Het aantal bezwaren en klachten dat in het kwartaal is ingediend, dat in het "
        "kwartaal is afgehandeld, en dat aan het eind van de laatste dag van het "
        "kwartaal nog open staat. Wat op die dag is afgehandeld staat niet meer open."
    ),
    definitie_en=(
        "The number of objections and complaints filed in the quarter, settled in the "
        "quarter, and still open at the end of the last day of the quarter. What was "
        "settled on that day is no longer open."
    ),
    bestanden=("bezwaren",),
    dimensies=("gemeente", "wet", "soort", "maat"),
    telling=_bezwaren,
    periode=in_kwartaal,
    over=vast("ingediend", "afgehandeld", "open"),
)

TABELLEN = (BEZWAREN,)
