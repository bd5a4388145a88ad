"""The chapter of one law: its provisions by form, kind and municipality, and clients.

Works for whatever kinds and forms a levering holds: the tree of kinds decides the
order, the forms that occur decide the series.
"""

from samenloop.monitor.formaat import TOTAAL, Vorm
from samenloop.monitor.uitkomst import Waarde

from . import grafieken, lijnen, raster, zinnen
from . import onderdeel_klanten as klanten_
from .grafieken import Reeks
from .lezing import Kubus, Lezing
from .onderdeel_klanten import KLANTEN
from .structuur import Gegevenstabel, Hoofdstuk, Kolom, Onderdeel, Rij, Rijsoort

SOORT = "actieve-voorzieningen-soort"
GEMEENTE = "actieve-voorzieningen-gemeente"
# More small multiples than this can no longer be read; the table has them all.
_MAX_PANELEN = 24


def wetten(lezing: Lezing) -> list[str]:
    """Return the laws that have provisions in any of the tables."""
    gezien: list[str] = []
    for tabel in (SOORT, GEMEENTE, KLANTEN):
        gezien += lezing.kubus(tabel).waarden("wet")
    return [wet for wet in dict.fromkeys(gezien) if wet != TOTAAL]


def over_vormen(kubus: Kubus, wet: str, wie: str, peildatum: str) -> Waarde:
    """Return the number over all forms; a provision has one form, so they add up."""
    geteld = kubus.w(wet, TOTAAL, wie, peildatum)
    if geteld is not None:
        return geteld
    delen = [
        kubus.w(wet, vorm, wie, peildatum) for vorm in kubus.waarden("vorm", wet=wet)
    ]
    bekend = [deel for deel in delen if deel is not None]
    return sum(bekend) if bekend else None


def lopend(lezing: Lezing, wet: str) -> list[Waarde]:
    """Return the running provisions of a law on each peildatum."""
    for tabel in (SOORT, GEMEENTE):
        kubus = lezing.kubus(tabel)
        if wet in kubus.waarden("wet"):
            return [over_vormen(kubus, wet, TOTAAL, dag) for dag in lezing.peildata]
    klanten = lezing.kubus(KLANTEN)
    return list(klanten.reeks((wet, TOTAAL, "voorzieningen"), lezing.peildata))


def bouw(lezing: Lezing, wet: str) -> Hoofdstuk:
    """Return the chapter of a law."""
    onderdelen: list[Onderdeel] = []
    inleiding: list[str] = []
    klanten = lezing.kubus(KLANTEN)
    if wet in klanten.waarden("wet"):
        aantallen = [
            klanten.w(wet, TOTAAL, maat, lezing.laatste)
            for maat in ("clienten", "huishoudens", "voorzieningen")
        ]
        inleiding.append(zinnen.klanten(lezing, *aantallen))
    if wet in lezing.kubus(SOORT).waarden("wet"):
        onderdelen += [_vormen(lezing, wet), _soorten(lezing, wet)]
    if wet in lezing.kubus(GEMEENTE).waarden("wet"):
        onderdelen.append(_gemeenten(lezing, wet))
    if wet in klanten.waarden("wet"):
        onderdelen.append(klanten_.bouw(lezing, wet))
    return Hoofdstuk(
        wet,
        lezing.wet(wet),
        tuple(inleiding),
        onderdelen=tuple(onderdelen),
        toelichting=lezing.toelichting(
            wet, "jeugd" if wet == "jeugdwet" else wet, niveau=3
        ),
    )


def _vormen_van(lezing: Lezing, kubus: Kubus, wet: str) -> list[str]:
    vormen = lezing.zonder_totaal(kubus.waarden("vorm", wet=wet))
    bekend = [vorm for vorm in Vorm if vorm in vormen]
    return [*bekend, *(vorm for vorm in vormen if vorm not in bekend)]


def _vormen(lezing: Lezing, wet: str) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(SOORT)
    vormen = _vormen_van(lezing, kubus, wet) or [TOTAAL]
    dagen = lezing.peildata
    totaal = lopend(lezing, wet)
    reeksen = [
        Reeks(lezing.vorm(vorm), kubus.reeks((wet, vorm, TOTAAL), dagen))
        for vorm in vormen
    ]
    zin = [zinnen.lopend(lezing, totaal[-1], totaal[-2] if len(dagen) > 1 else None)]
    if len(vormen) > 1 and len(dagen) > 1:
        delen = [(r.naam.lower(), r.waarden[-1], r.waarden[-2]) for r in reeksen]
        zin.append(zinnen.beweging(lezing, delen, op.dag(lezing.vorige)))
    naam = f"{wet}-vorm"
    grafiek = grafieken.staven(
        f"g-{naam}",
        t("Running provisions by form"),
        t("The table holds the same figures."),
        [op.kort(dag) for dag in dagen],
        grafieken.samenvoegen(reeksen, t("Other forms")),
        op.getal,
    )
    bijschrift = t("Running provisions {wet} by form and kind", wet=lezing.wet(wet))
    return Onderdeel(
        naam,
        t("By form and kind"),
        tuple(deel for deel in zin if deel),
        grafiek,
        (_vormtabel(lezing, wet, naam, bijschrift, vormen, totaal),),
        lezing.uitleg(SOORT),
        (SOORT,),
        lezing.toelichting(naam, SOORT),
    )


def _vormtabel(
    lezing: Lezing,
    wet: str,
    naam: str,
    bijschrift: str,
    vormen: list[str],
    totaal: list[Waarde],
) -> Gegevenstabel:
    kubus, dagen = lezing.kubus(SOORT), lezing.peildata
    sinds = max(0, len(dagen) - 2)
    rijen: list[Rij] = []
    for vorm in vormen:
        rijen.append(
            raster.tijdrij(
                lezing,
                lezing.vorm(vorm),
                kubus.reeks((wet, vorm, TOTAAL), dagen),
                sinds=sinds,
                procent=False,
                soort=Rijsoort.GROEP,
            )
        )
        aanwezig = kubus.waarden("soort", wet=wet, vorm=vorm)
        gewicht = {
            soort: float(kubus.w(wet, vorm, soort, lezing.laatste) or 0)
            for soort in aanwezig
        }
        for soort, diepte in lezing.soorten(wet, aanwezig, gewicht):
            rijen.append(
                raster.tijdrij(
                    lezing,
                    soort,
                    kubus.reeks((wet, vorm, soort), dagen),
                    sinds=sinds,
                    procent=False,
                    soort=Rijsoort.SUB,
                    niveau=diepte + 1,
                )
            )
    if vormen != [TOTAAL]:
        rijen.append(
            raster.tijdrij(
                lezing,
                lezing.t("Total"),
                totaal,
                sinds=sinds,
                procent=False,
                soort=Rijsoort.TOTAAL,
            )
        )
    kolommen = raster.tijdkolommen(lezing, sinds=lezing.vorige, procent=False)
    return Gegevenstabel(
        f"t-{naam}", bijschrift, lezing.t("Kind"), kolommen, tuple(rijen)
    )


def _soorten(lezing: Lezing, wet: str) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(SOORT)
    vormen = _vormen_van(lezing, kubus, wet) or [TOTAAL]
    aanwezig = kubus.waarden("soort", wet=wet)
    nu = {s: over_vormen(kubus, wet, s, lezing.laatste) for s in aanwezig}
    toen = {s: over_vormen(kubus, wet, s, lezing.vorige) for s in aanwezig}
    boom = lezing.soorten(wet, aanwezig, {s: float(w or 0) for s, w in nu.items()})
    boven = [soort for soort, diepte in boom if diepte == 0]
    getoond = [soort for soort in boven if nu[soort]][:12]
    reeksen = [
        Reeks(
            lezing.vorm(vorm),
            tuple(kubus.w(wet, vorm, soort, lezing.laatste) for soort in getoond),
        )
        for vorm in vormen
    ]
    naam = f"{wet}-soort"
    dag = op.datum(lezing.laatste)
    bijschrift = t("Running provisions {wet}, {dag}", wet=lezing.wet(wet), dag=dag)
    grafiek = None
    if getoond:
        grafiek = grafieken.liggend(
            f"g-{naam}",
            bijschrift,
            t("The table holds the same figures."),
            getoond,
            grafieken.samenvoegen(reeksen, t("Other forms")),
            op.getal,
        )
    rijen = []
    for soort, diepte in [*boom, (TOTAAL, 0)]:
        cellen = [
            raster.cel(lezing, kubus.w(wet, vorm, soort, lezing.laatste) or 0)
            for vorm in vormen
            if vorm != TOTAAL
        ]
        cellen.append(raster.cel(lezing, nu.get(soort)))
        cellen.append(raster.verschilcel(lezing, nu.get(soort), toen.get(soort)))
        soort_rij = (
            Rijsoort.TOTAAL
            if soort == TOTAAL
            else Rijsoort.SUB
            if diepte
            else Rijsoort.GEWOON
        )
        kop = t("Total") if soort == TOTAAL else soort
        rijen.append(Rij(kop, tuple(cellen), soort_rij, diepte))
    kolommen = [Kolom(lezing.vorm_kort(vorm)) for vorm in vormen if vorm != TOTAAL]
    kolommen += [
        Kolom(t("Total")),
        Kolom(t("since {dag}", dag=op.kort(lezing.vorige))),
    ]
    tabel = Gegevenstabel(
        f"t-{naam}", bijschrift, t("Kind"), tuple(kolommen), tuple(rijen)
    )
    zin = [
        zinnen.grootste(lezing, [(s, nu[s]) for s in boven], nu.get(TOTAAL)),
        zinnen.uitschieters(
            lezing, [(s, nu[s], toen[s]) for s in boven], op.dag(lezing.vorige)
        ),
    ]
    return Onderdeel(
        naam,
        t("By kind"),
        tuple(deel for deel in zin if deel),
        grafiek,
        (tabel,),
        (),
        (SOORT,),
        lezing.toelichting(naam),
    )


def _gemeenten(lezing: Lezing, wet: str) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(GEMEENTE)
    dagen = lezing.peildata
    plaatsen = lezing.met_totaal(kubus.waarden("gemeente", wet=wet))
    verloop = {
        plaats: tuple(over_vormen(kubus, wet, plaats, dag) for dag in dagen)
        for plaats in plaatsen
    }
    naam = f"{wet}-gemeente"
    rijen = [
        raster.tijdrij(
            lezing,
            lezing.gemeente(plaats),
            verloop[plaats],
            sinds=0,
            procent=True,
            soort=raster.soort_van(plaats),
            noot=raster.noot_van(lezing, plaats),
        )
        for plaats in plaatsen
    ]
    kolommen = raster.tijdkolommen(lezing, sinds=dagen[0], procent=True)
    bijschrift = t("Running provisions {wet} by municipality", wet=lezing.wet(wet))
    tabellen = [
        Gegevenstabel(
            f"t-{naam}", bijschrift, t("Municipality"), kolommen, tuple(rijen)
        )
    ]
    if _vormen_van(lezing, kubus, wet):
        tabellen.append(_gemeente_naar_vorm(lezing, wet, naam))
    echt = [plaats for plaats in plaatsen if plaats in lezing.monitor.gemeenten]
    getekend = sorted(echt, key=lambda plaats: -(verloop[plaats][-1] or 0))
    getekend = [plaats for plaats in echt if plaats in getekend[:_MAX_PANELEN]]
    titel = (
        t("Running provisions per municipality, same scale")
        if len(getekend) == len(echt)
        else t(
            "Running provisions in the {n} largest municipalities, same scale",
            n=len(getekend),
        )
    )
    grafiek = None
    if getekend:
        grafiek = lijnen.veelvoud(
            f"g-{naam}",
            titel,
            [Reeks(lezing.gemeente(plaats), verloop[plaats]) for plaats in getekend],
            [op.maand(dag) for dag in dagen],
            op.getal,
        )
    zin = zinnen.gemeenten(
        lezing,
        [(p, verloop[p][-1], verloop[p][0]) for p in echt],
        op.datum(dagen[0]),
    )
    return Onderdeel(
        naam,
        t("By municipality"),
        tuple(zin),
        grafiek,
        tuple(tabellen),
        lezing.uitleg(GEMEENTE),
        (GEMEENTE,),
        lezing.toelichting(naam, GEMEENTE),
    )


def _gemeente_naar_vorm(lezing: Lezing, wet: str, naam: str) -> Gegevenstabel:
    kubus, dagen = lezing.kubus(GEMEENTE), lezing.peildata
    rijen: list[Rij] = []
    for vorm in _vormen_van(lezing, kubus, wet):
        for plaats in [
            TOTAAL,
            *lezing.zonder_totaal(kubus.waarden("gemeente", wet=wet, vorm=vorm)),
        ]:
            is_groep = plaats == TOTAAL
            rijen.append(
                raster.tijdrij(
                    lezing,
                    lezing.vorm(vorm) if is_groep else lezing.gemeente(plaats),
                    kubus.reeks((wet, vorm, plaats), dagen),
                    sinds=0,
                    procent=True,
                    soort=Rijsoort.GROEP if is_groep else Rijsoort.SUB,
                    niveau=0 if is_groep else 1,
                )
            )
    return Gegevenstabel(
        f"t-{naam}-vorm",
        lezing.t(
            "Running provisions {wet} by form and municipality", wet=lezing.wet(wet)
        ),
        lezing.t("Form and municipality"),
        raster.tijdkolommen(lezing, sinds=dagen[0], procent=True),
        tuple(rijen),
    )
