"""Clients and households of one law, and the share of households it reaches."""

from samenloop.monitor.formaat import TOTAAL

from . import grafieken, raster, zinnen
from .grafieken import Reeks
from .lezing import Lezing
from .structuur import Cel, Gegevenstabel, Kolom, Onderdeel, Rij

KLANTEN = "klanten"
AANDEEL = "aandeel-huishoudens"
# More bars than this can no longer be read; the table has them all.
_MAX_STAVEN = 24


def bouw(lezing: Lezing, wet: str) -> Onderdeel:
    """Return the part on clients and households of a law."""
    t, op = lezing.t, lezing.op
    kubus, deel = lezing.kubus(KLANTEN), lezing.kubus(AANDEEL)
    naam = f"{wet}-klanten"
    maten = kubus.waarden("maat", wet=wet)
    plaatsen = lezing.met_totaal(kubus.waarden("gemeente", wet=wet))
    met_aandeel = wet in deel.waarden("wet")
    dag = op.datum(lezing.laatste)
    kolommen = [Kolom(lezing.woord(maat)) for maat in maten]
    if met_aandeel:
        kolommen.append(Kolom(t("Share of households")))
    rijen = []
    for plaats in plaatsen:
        cellen = [
            raster.cel(lezing, kubus.w(wet, plaats, maat, lezing.laatste))
            for maat in maten
        ]
        if met_aandeel:
            waarde = deel.w(wet, plaats, lezing.laatste)
            cellen.append(Cel(op.procent(waarde), waarde))
        rijen.append(
            Rij(
                lezing.gemeente(plaats),
                tuple(cellen),
                raster.soort_van(plaats),
                noot=raster.noot_van(lezing, plaats),
            )
        )
    tabellen = [
        Gegevenstabel(
            f"t-{naam}",
            t("Clients and households {wet}, {dag}", wet=lezing.wet(wet), dag=dag),
            t("Municipality"),
            tuple(kolommen),
            tuple(rijen),
        ),
        Gegevenstabel(
            f"t-{naam}-verloop",
            t("Course of clients and households {wet}", wet=lezing.wet(wet)),
            lezing.totaal,
            raster.tijdkolommen(lezing, sinds=lezing.peildata[0], procent=True),
            tuple(
                raster.tijdrij(
                    lezing,
                    lezing.woord(maat),
                    kubus.reeks((wet, TOTAAL, maat), lezing.peildata),
                    sinds=0,
                    procent=True,
                )
                for maat in maten
            ),
        ),
    ]
    grafiek, zin = None, ""
    if met_aandeel:
        aandelen = [
            (plaats, deel.w(wet, plaats, lezing.laatste))
            for plaats in lezing.met_totaal(deel.waarden("gemeente", wet=wet))
        ]
        zin = zinnen.dekking(lezing, aandelen)
        bekend = [item for item in aandelen if item[1] is not None]
        if 1 < len(bekend) <= _MAX_STAVEN:
            grafiek = grafieken.liggend(
                f"g-{naam}",
                t("Share of households with a provision, {dag}", dag=dag),
                t("The table holds the same figures."),
                [lezing.gemeente(plaats) for plaats, _ in bekend],
                [Reeks("", tuple(waarde for _, waarde in bekend))],
                op.procent,
            )
    gebruikt = (KLANTEN, AANDEEL) if met_aandeel else (KLANTEN,)
    return Onderdeel(
        naam,
        t("Clients and households"),
        (zin,) if zin else (),
        grafiek,
        tuple(tabellen),
        lezing.uitleg(*gebruikt),
        gebruikt,
        lezing.toelichting(naam, KLANTEN),
    )
