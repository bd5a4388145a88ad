"""Provisions that begin and end, how long they lasted and who referred."""

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Waarde

from . import grafieken, raster, zinnen, zinnen_stroom
from .grafieken import Reeks
from .lezing import Lezing
from .structuur import Cel, Gegevenstabel, Hoofdstuk, Kolom, Onderdeel, Rij, Rijsoort

STROOM = "in-en-uitstroom-voorzieningen"
DUUR = "duur"
VERWIJZERS = "verwijzers"
_MATEN = ("begin", "in", "uit", "eind")
_MAX_STAVEN = 12


def bouw(lezing: Lezing) -> Hoofdstuk:
    """Return the chapter, with a part per law for each table that is there."""
    onderdelen: list[Onderdeel] = []
    for tabel, maak in ((STROOM, _stroom), (DUUR, _duur), (VERWIJZERS, _verwijzers)):
        for wet in lezing.kubus(tabel).waarden("wet"):
            if wet != TOTAAL:
                onderdelen.append(maak(lezing, wet))
    return Hoofdstuk(
        "stroom",
        lezing.t("Flow"),
        onderdelen=tuple(onderdelen),
        afwezig=lezing.afwezig(STROOM, DUUR, VERWIJZERS),
        toelichting=lezing.toelichting("stroom", niveau=3),
    )


def _boom(
    lezing: Lezing, wet: str, aanwezig: list[str], gewicht: dict[str, Waarde]
) -> list[tuple[str, int]]:
    return lezing.soorten(
        wet, aanwezig, {soort: float(w or 0) for soort, w in gewicht.items()}
    )


def _stroom(lezing: Lezing, wet: str) -> Onderdeel:
    t, kubus = lezing.t, lezing.kubus(STROOM)
    soorten = kubus.waarden("soort", wet=wet, gemeente=TOTAAL)
    eind = {soort: kubus.w(wet, soort, TOTAAL, "eind") for soort in soorten}
    boom = _boom(lezing, wet, soorten, eind)
    naam = f"stroom-{wet}"
    kolommen = tuple(Kolom(lezing.woord(maat)) for maat in _MATEN)

    def rij(soort: str, plaats: str, kop: str, hoe: Rijsoort, niveau: int = 0) -> Rij:
        waarden = kubus.reeks((wet, soort, plaats), _MATEN)
        return Rij(
            kop, tuple(raster.cel(lezing, waarde) for waarde in waarden), hoe, niveau
        )

    rijen = [
        rij(soort, TOTAAL, soort, Rijsoort.SUB if diepte else Rijsoort.GEWOON, diepte)
        for soort, diepte in boom
    ]
    rijen.append(rij(TOTAAL, TOTAAL, t("Total"), Rijsoort.TOTAAL))
    plaatsen = lezing.met_totaal(kubus.waarden("gemeente", wet=wet, soort=TOTAAL))
    per_gemeente = [
        rij(TOTAAL, plaats, lezing.gemeente(plaats), raster.soort_van(plaats))
        for plaats in plaatsen
    ]
    boven = [soort for soort, diepte in boom if diepte == 0]
    getoond = [
        soort
        for soort in boven
        if kubus.w(wet, soort, TOTAAL, "in") or kubus.w(wet, soort, TOTAAL, "uit")
    ][:_MAX_STAVEN]
    grafiek = None
    if getoond:
        grafiek = grafieken.liggend(
            f"g-{naam}",
            t("Provisions begun and ended, {kwartaal}", kwartaal=lezing.kwartaal),
            t("The table holds the same figures."),
            getoond,
            [
                Reeks(
                    lezing.woord(maat),
                    tuple(kubus.w(wet, soort, TOTAAL, maat) for soort in getoond),
                )
                for maat in ("in", "uit")
            ],
            lezing.op.getal,
            naast=True,
        )
    totaal = [kubus.w(wet, TOTAAL, TOTAAL, maat) for maat in _MATEN]
    return Onderdeel(
        naam,
        t("Inflow and outflow, {wet}", wet=lezing.wet(wet)),
        (zinnen_stroom.stroom(lezing, wet, *totaal),),
        grafiek,
        (
            Gegevenstabel(
                f"t-{naam}",
                t("Provisions begun and ended, {wet}, by kind", wet=lezing.wet(wet)),
                t("Kind"),
                kolommen,
                tuple(rijen),
            ),
            Gegevenstabel(
                f"t-{naam}-gemeente",
                t(
                    "Provisions begun and ended, {wet}, by municipality",
                    wet=lezing.wet(wet),
                ),
                t("Municipality"),
                kolommen,
                tuple(per_gemeente),
            ),
        ),
        lezing.uitleg(STROOM),
        (STROOM,),
        lezing.toelichting(naam, STROOM),
    )


def _duur(lezing: Lezing, wet: str) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(DUUR)
    soorten = kubus.waarden("soort", wet=wet)
    maten = kubus.waarden("maat", wet=wet)
    aantal = {soort: kubus.w(wet, soort, "aantal") for soort in soorten}
    boom = _boom(lezing, wet, soorten, aantal)
    naam = f"duur-{wet}"
    koppen = [
        lezing.woord(maat)
        if maat == "aantal"
        else t("{maat} in days", maat=lezing.woord(maat))
        for maat in maten
    ]
    rijen = []
    for soort, diepte in [*boom, (TOTAAL, 0)]:
        waarden = kubus.reeks((wet, soort), maten)
        if all(waarde is None for waarde in waarden):
            continue
        hoe = (
            Rijsoort.TOTAAL
            if soort == TOTAAL
            else Rijsoort.SUB
            if diepte
            else Rijsoort.GEWOON
        )
        kop = t("Total") if soort == TOTAAL else soort
        cellen = tuple(Cel(op.getal(waarde), waarde) for waarde in waarden)
        rijen.append(Rij(kop, cellen, hoe, diepte))
    boven = [soort for soort, diepte in boom if diepte == 0 and aantal[soort]]
    getoond = boven[:_MAX_STAVEN]
    grafiek = None
    if getoond and "mediaan" in maten:
        grafiek = grafieken.liggend(
            f"g-{naam}",
            t("Median duration in days"),
            t("The table holds the same figures."),
            getoond,
            [Reeks("", tuple(kubus.w(wet, soort, "mediaan") for soort in getoond))],
            op.getal,
        )
    return Onderdeel(
        naam,
        t("Duration, {wet}", wet=lezing.wet(wet)),
        (
            zinnen_stroom.duur(
                lezing,
                aantal.get(TOTAAL),
                kubus.w(wet, TOTAAL, "gemiddelde"),
                kubus.w(wet, TOTAAL, "mediaan"),
            ),
        ),
        grafiek,
        (
            Gegevenstabel(
                f"t-{naam}",
                t(
                    "Duration of provisions that ended, {wet}",
                    wet=lezing.wet(wet),
                ),
                t("Kind"),
                tuple(Kolom(kop) for kop in koppen),
                tuple(rijen),
            ),
        ),
        lezing.uitleg(DUUR),
        (DUUR,),
        lezing.toelichting(naam, DUUR),
    )


def _verwijzers(lezing: Lezing, wet: str) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(VERWIJZERS)
    verwijzers = kubus.waarden("verwijzer", wet=wet, gemeente=TOTAAL)
    nu = {wie: kubus.w(wet, wie, TOTAAL, lezing.laatste) for wie in verwijzers}
    toen = {wie: kubus.w(wet, wie, TOTAAL, lezing.vorige) for wie in verwijzers}
    volgorde = sorted(lezing.zonder_totaal(verwijzers), key=lambda wie: -(nu[wie] or 0))
    naam = f"verwijzers-{wet}"
    rijen = [
        raster.tijdrij(
            lezing,
            _verwijzer(lezing, wie),
            kubus.reeks((wet, wie, TOTAAL), lezing.peildata),
            sinds=max(0, len(lezing.peildata) - 2),
            procent=False,
            soort=raster.soort_van(wie),
        )
        for wie in [*volgorde, *([TOTAAL] if TOTAAL in nu else [])]
    ]
    dag = op.datum(lezing.laatste)
    tabellen = [
        Gegevenstabel(
            f"t-{naam}",
            t("Running provisions {wet} by referrer", wet=lezing.wet(wet)),
            t("Referrer"),
            raster.tijdkolommen(lezing, sinds=lezing.vorige, procent=False),
            tuple(rijen),
        ),
        raster.kruis(
            lezing,
            f"t-{naam}-gemeente",
            t(
                "Running provisions {wet} by referrer and municipality, {dag}",
                wet=lezing.wet(wet),
                dag=dag,
            ),
            [(wie, _verwijzer(lezing, wie)) for wie in volgorde],
            t("Referrer"),
            lambda wie, plaats: kubus.w(wet, wie, plaats, lezing.laatste),
            lezing.met_totaal(kubus.waarden("gemeente", wet=wet)),
        ),
    ]
    getoond = [wie for wie in volgorde if nu[wie]][:_MAX_STAVEN]
    grafiek = None
    if getoond:
        grafiek = grafieken.liggend(
            f"g-{naam}",
            t("Running provisions by referrer, {dag}", dag=dag),
            t("The table holds the same figures."),
            [_verwijzer(lezing, wie) for wie in getoond],
            [Reeks("", tuple(nu[wie] for wie in getoond))],
            op.getal,
        )
    # In a sentence a name stands as it was delivered.
    genoemd = [(lezing.in_zin(wie), nu[wie]) for wie in volgorde]
    alles = nu.get(TOTAAL)
    zin = [
        zinnen_stroom.verwijzer(lezing, genoemd, alles),
        zinnen.uitschieters(
            lezing,
            [(lezing.in_zin(wie), nu[wie], toen[wie]) for wie in volgorde],
            op.dag(lezing.vorige),
        ),
    ]
    return Onderdeel(
        naam,
        t("Referrers, {wet}", wet=lezing.wet(wet)),
        tuple(deel for deel in zin if deel),
        grafiek,
        tuple(tabellen),
        lezing.uitleg(VERWIJZERS),
        (VERWIJZERS,),
        lezing.toelichting(naam, VERWIJZERS),
    )


def _verwijzer(lezing: Lezing, naam: str) -> str:
    return lezing.woord(naam)
