"""Section financiën: the budget of the year against its later versions."""

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from samenloop.monitor.tabellen.declaratie import Declaratie, Woorden, tel
from samenloop.monitor.tabellen.feiten import Feiten, klein
from samenloop.monitor.tabellen.tijd import Tijd


def _begroting(feiten: Feiten) -> Table:
    """Amounts per version; the difference is that of the municipality itself.

    A version that one municipality did not deliver must not show up as money saved,
    so the total of the difference adds up the differences, not the versions.
    """
    rijen = feiten.rijen("begroting")
    rijen = rijen.filter(rijen.jaar == feiten.tijd.kwartaal.jaar)
    bedragen = tel(rijen, ("gemeente", "post", "versie"), ("bedrag",))
    volgorde = klein(
        {"versie": pa.string(), "plaats": pa.int64()},
        [(versie, plaats) for plaats, versie in enumerate(feiten.versies)],
    )
    geordend = bedragen.join(volgorde, "versie")
    grenzen = geordend.group_by("gemeente", "post").agg(
        eerste=geordend.plaats.min(), laatste=geordend.plaats.max()
    )
    geordend = geordend.join(grenzen, ["gemeente", "post"])
    geordend = geordend.filter(geordend.eerste < geordend.laatste)
    verschil = geordend.group_by("gemeente", "post").agg(
        m0=ibis.cases(
            (geordend.plaats == geordend.laatste, geordend.m0),
            (geordend.plaats == geordend.eerste, -geordend.m0),
            else_=0,
        )
        .sum()
        .cast("int64")
    )
    kolommen = ["gemeente", "post", "versie", "m0"]
    samen = bedragen.select(kolommen).union(
        verschil.mutate(versie=ibis.null("string")).select(kolommen)
    )
    return tel(samen, ("gemeente", "post", "versie"), ("m0",), totaal=("gemeente",))


def _jaar(tijd: Tijd) -> Woorden:
    jaar = tijd.kwartaal.jaar
    return f"begrotingsjaar {jaar}", f"budget year {jaar}"


BEGROTING = Declaratie(
    id="begroting",
    titel="Begroting",
    titel_en="Budget",
    definitie=(
        "De bedragen per post van het jaar van het kwartaal, per versie in volgorde "
        "van levering. Het verschil is de laatste versie van een gemeente min haar "
        "eerste; het staat er alleen waar ten minste twee versies zijn. Het totaal "
        "telt de gemeenten op."
    ),
    definitie_en=(
        "The amounts per item for the year of the quarter, per version in order of "
        "delivery. The difference (verschil) is the last version of a municipality "
        "minus its first; it is only there when there are at least two versions. The "
        "total adds up the municipalities."
    ),
    bestanden=("begroting",),
    dimensies=("gemeente", "post", "versie"),
    telling=_begroting,
    periode=_jaar,
    eenheid="eurocent",
    nullen=True,
)

TABELLEN = (BEGROTING,)
