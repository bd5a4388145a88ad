"""Section casussen: the caseload, and the cases that came and went in the quarter."""

from collections.abc import Callable

from ibis.expr.types import Table

from samenloop.monitor.tabellen.declaratie import (
    Declaratie,
    in_kwartaal,
    op_laatste_peildatum,
)
from samenloop.monitor.tabellen.feiten import Feiten


def _casussen(kolom: str) -> Callable[[Feiten], Table]:
    def telling(feiten: Feiten) -> Table:
        cellen = feiten.casussen
        return cellen.select("gemeente", "type", m0=cellen[kolom])

    return telling


CASELOAD = Declaratie(
    id="caseload",
    titel="Caseload",
    titel_en="Caseload",
    definitie=(
        "Het aantal casussen dat op de laatste dag van het kwartaal loopt, naar type. "
        "Een casus loopt als een van haar perioden uiterlijk op die dag is begonnen en "
        "niet vóór die dag is geëindigd, en telt per gemeente en type één keer."
    ),
    definitie_en=(
        "The number of cases open on the last day of the quarter, by type. A case is "
        "open when one of its periods started on or before that day and did not end "
        "before it, and counts once per municipality and type."
    ),
    bestanden=("casussen",),
    dimensies=("gemeente", "type"),
    telling=_casussen("eind"),
    periode=op_laatste_peildatum,
    vul=("gemeente", "type"),
)

NIEUW = Declaratie(
    id="nieuwe-casussen",
    titel="Nieuwe casussen",
    titel_en="New cases",
    definitie=(
        "Het aantal casussen waarvan de eerste periode in het kwartaal begint, naar "
        "het type van die eerste periode."
    ),
    definitie_en=(
        "The number of cases whose first period starts in the quarter, by the type of "
        "that first period."
    ),
    bestanden=("casussen",),
    dimensies=("gemeente", "type"),
    telling=_casussen("nieuw"),
    periode=in_kwartaal,
    vul=("gemeente", "type"),
)

AFGEROND = Declaratie(
    id="afgeronde-casussen",
    titel="Afgeronde casussen",
    titel_en="Closed cases",
    definitie=(
        "Het aantal casussen dat in het kwartaal is afgerond, naar het type van de "
        "laatste periode. De einddatum is de laatste dag waarop een casus loopt; wie "
        "op de laatste dag van het vorige kwartaal eindigt gaat dus in dit kwartaal "
        "weg, wie op de laatste dag van dit kwartaal eindigt pas in het volgende. Een "
        "casus met een latere periode is niet afgerond."
    ),
    definitie_en=(
        "The number of cases closed in the quarter, by the type of the last period. "
        "The end date is the last day a case is open; a case that ends on the last day "
        "of the previous quarter therefore leaves in this quarter, one that ends on "
        "the last day of this quarter leaves in the next. A case with a later period "
        "is not closed."
    ),
    bestanden=("casussen",),
    dimensies=("gemeente", "type"),
    telling=_casussen("klaar"),
    periode=in_kwartaal,
    vul=("gemeente", "type"),
)

TABELLEN = (CASELOAD, NIEUW, AFGEROND)
