"""Section voorzieningen: which provisions are active, in which form, and where."""

from ibis.expr.types import Table

from samenloop.monitor.tabellen.declaratie import (
    PEILDATA,
    Declaratie,
    op_peildata,
    tel,
)
from samenloop.monitor.tabellen.feiten import PEIL, Feiten

_ACTIEF = (
    "Een voorziening telt op een peildatum als zij uiterlijk op die dag is begonnen en "
    "niet vóór die dag is geëindigd; de einddatum is de laatste dag."
)
_ACTIVE = (
    "A provision counts on a reference date when it started on or before that day and "
    "did not end before it; the end date is the last day in force."
)


def _naar_soort(feiten: Feiten) -> Table:
    per_soort = feiten.op_boom(feiten.voorzieningen)
    return tel(per_soort, ("wet", "vorm", "soort"), PEIL, totaal=("vorm",))


def _naar_gemeente(feiten: Feiten) -> Table:
    dimensies = ("wet", "vorm", "gemeente")
    return tel(feiten.voorzieningen, dimensies, PEIL, totaal=("vorm", "gemeente"))


def _naar_verwijzer(feiten: Feiten) -> Table:
    dimensies = ("wet", "verwijzer", "gemeente")
    return tel(feiten.voorzieningen, dimensies, PEIL, totaal=("verwijzer", "gemeente"))


NAAR_SOORT = Declaratie(
    id="actieve-voorzieningen-soort",
    titel="Actieve voorzieningen naar soort en vorm",
    titel_en="Active provisions by kind and form",
    definitie=(
        f"Het aantal actieve voorzieningen per wet, vorm en soort. {_ACTIEF} Een soort "
        "telt ook alles mee wat er in het productenboek onder valt, dus een soort en "
        "haar onderdelen mogen niet bij elkaar worden opgeteld. Een lege vorm heet "
        "onbekend."
    ),
    definitie_en=(
        f"The number of active provisions by law, form and kind. {_ACTIVE} A kind "
        "includes everything below it in the product catalogue, so a kind and its "
        "parts must not be added up. An empty form is called onbekend (unknown)."
    ),
    bestanden=("voorzieningen", "soorten"),
    dimensies=("wet", "vorm", "soort", "peildatum"),
    telling=_naar_soort,
    periode=op_peildata,
    over=PEILDATA,
)

NAAR_GEMEENTE = Declaratie(
    id="actieve-voorzieningen-gemeente",
    titel="Actieve voorzieningen naar gemeente en vorm",
    titel_en="Active provisions by municipality and form",
    definitie=(
        f"Het aantal actieve voorzieningen per wet, vorm en gemeente. {_ACTIEF} De "
        "gemeente is de gemeente die verantwoordelijk is; staat die niet in de "
        "levering, dan telt de voorziening onder onbekend en ook in het totaal."
    ),
    definitie_en=(
        f"The number of active provisions by law, form and municipality. {_ACTIVE} The "
        "municipality is the responsible one; when the delivery does not name it, the "
        "provision counts under onbekend (unknown) and in the total as well."
    ),
    bestanden=("voorzieningen",),
    dimensies=("wet", "vorm", "gemeente", "peildatum"),
    telling=_naar_gemeente,
    periode=op_peildata,
    over=PEILDATA,
    vul=("gemeente",),
)

VERWIJZERS = Declaratie(
    id="verwijzers",
    titel="Actieve voorzieningen naar verwijzer",
    titel_en="Active provisions by referrer",
    definitie=(
        "Het aantal actieve voorzieningen per wet, verwijzer en gemeente, met de "
        f"verwijzer zoals die is geleverd. {_ACTIEF} Een lege verwijzer heet onbekend."
    ),
    definitie_en=(
        "The number of active provisions by law, referrer and municipality, with the "
        f"referrer as delivered. {_ACTIVE} An empty referrer is called onbekend "
        "(unknown)."
    ),
    bestanden=("voorzieningen",),
    dimensies=("wet", "verwijzer", "gemeente", "peildatum"),
    telling=_naar_verwijzer,
    periode=op_peildata,
    over=PEILDATA,
)

TABELLEN = (NAAR_SOORT, NAAR_GEMEENTE, VERWIJZERS)
