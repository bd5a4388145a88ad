"""Cases, stacking and objections: what goes across the laws."""

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Waarde

from . import grafieken, raster, zinnen, zinnen_stroom
from .grafieken import Reeks
from .lezing import Kubus, Lezing
from .structuur import Gegevenstabel, Grafiek, Hoofdstuk, Onderdeel, Rij, Rijsoort

CASELOAD, NIEUW, AFGEROND = "caseload", "nieuwe-casussen", "afgeronde-casussen"
STAPELING, AANTALLEN = "stapeling", "stapeling-aantal"
BEZWAREN = "bezwaren"
_MAX_STAVEN = 24


def casussen(lezing: Lezing) -> Hoofdstuk:
    """Return the chapter on cases: caseload, new and closed, by type."""
    t = lezing.t
    onderdelen = []
    kubus = lezing.kubus(CASELOAD)
    if kubus:
        onderdelen.append(_caseload(lezing, kubus))
    stromen = [tabel for tabel in (NIEUW, AFGEROND) if lezing.kubus(tabel)]
    if stromen:
        onderdelen.append(_nieuw_en_afgerond(lezing, stromen))
    return Hoofdstuk(
        "casussen",
        t("Cases"),
        onderdelen=tuple(onderdelen),
        afwezig=lezing.afwezig(CASELOAD, NIEUW, AFGEROND),
        toelichting=lezing.toelichting("casussen", niveau=3),
    )


def _op_grootte(kubus: Kubus, lezing: Lezing) -> list[str]:
    typen = lezing.zonder_totaal(kubus.waarden("type"))
    return sorted(typen, key=lambda soort: -(kubus.w(TOTAAL, soort) or 0))


def _typetabel(lezing: Lezing, tabel: str, naam: str) -> Gegevenstabel:
    kubus = lezing.kubus(tabel)
    typen = _op_grootte(kubus, lezing)
    onderwerpen = [(soort, lezing.woord(soort)) for soort in typen]
    if TOTAAL in kubus.waarden("type"):
        onderwerpen.append((TOTAAL, lezing.t("Total")))
    return raster.kruis(
        lezing,
        naam,
        lezing.titel(tabel),
        onderwerpen,
        lezing.t("Type of case"),
        lambda soort, plaats: kubus.w(plaats, soort),
        lezing.met_totaal(kubus.waarden("gemeente")),
    )


def _typegrafiek(lezing: Lezing, tabel: str, naam: str, titel: str) -> Grafiek | None:
    kubus = lezing.kubus(tabel)
    plaatsen = lezing.zonder_totaal(kubus.waarden("gemeente"))[:_MAX_STAVEN]
    if not plaatsen:
        return None
    reeksen = [
        Reeks(
            lezing.woord(soort),
            tuple(kubus.w(plaats, soort) for plaats in plaatsen),
        )
        for soort in _op_grootte(kubus, lezing)
    ]
    return grafieken.liggend(
        naam,
        titel,
        lezing.t("The table holds the same figures."),
        [lezing.gemeente(plaats) for plaats in plaatsen],
        grafieken.samenvoegen(reeksen, lezing.t("Other types")),
        lezing.op.getal,
    )


def _caseload(lezing: Lezing, kubus: Kubus) -> Onderdeel:
    dag = lezing.op.datum(lezing.laatste)
    delen = [
        (lezing.woord(soort), kubus.w(TOTAAL, soort))
        for soort in _op_grootte(kubus, lezing)
    ]
    return Onderdeel(
        CASELOAD,
        lezing.t("Cases open"),
        (zinnen.casussen(lezing, kubus.w(TOTAAL, TOTAAL), delen),),
        _typegrafiek(
            lezing, CASELOAD, "g-caseload", lezing.t("Cases open on {dag}", dag=dag)
        ),
        (_typetabel(lezing, CASELOAD, "t-caseload"),),
        lezing.uitleg(CASELOAD),
        (CASELOAD,),
        lezing.toelichting(CASELOAD),
    )


def _nieuw_en_afgerond(lezing: Lezing, stromen: list[str]) -> Onderdeel:
    t = lezing.t
    totalen = {tabel: lezing.kubus(tabel).w(TOTAAL, TOTAAL) for tabel in stromen}
    zin = []
    if len(stromen) == 2:
        zin.append(zinnen.nieuw_en_afgerond(lezing, totalen[NIEUW], totalen[AFGEROND]))
    typen = list(
        dict.fromkeys(
            soort
            for tabel in stromen
            for soort in _op_grootte(lezing.kubus(tabel), lezing)
        )
    )
    grafiek = grafieken.liggend(
        "g-casusstroom",
        t("Cases opened and closed, {kwartaal}", kwartaal=lezing.kwartaal),
        t("The table holds the same figures."),
        [lezing.woord(soort) for soort in typen[:_MAX_STAVEN]],
        [
            Reeks(
                lezing.titel(tabel),
                tuple(
                    lezing.kubus(tabel).w(TOTAAL, soort)
                    for soort in typen[:_MAX_STAVEN]
                ),
            )
            for tabel in stromen
        ],
        lezing.op.getal,
        naast=True,
    )
    return Onderdeel(
        "casusstroom",
        t("New and closed cases"),
        tuple(zin),
        grafiek if typen else None,
        tuple(_typetabel(lezing, tabel, f"t-{tabel}") for tabel in stromen),
        lezing.uitleg(*stromen),
        tuple(stromen),
        lezing.toelichting(*stromen),
    )


def stapeling(lezing: Lezing) -> Hoofdstuk:
    """Return the chapter on who has several provisions, or several laws, at once."""
    onderdelen = []
    if lezing.kubus(STAPELING):
        onderdelen.append(_wetten(lezing))
    if lezing.kubus(AANTALLEN):
        onderdelen.append(_aantallen(lezing))
    return Hoofdstuk(
        "stapeling",
        lezing.t("Stacking"),
        onderdelen=tuple(onderdelen),
        afwezig=lezing.afwezig(STAPELING, AANTALLEN),
        toelichting=lezing.toelichting("stapeling", niveau=3),
    )


def _stapeltabellen(
    lezing: Lezing, kubus: Kubus, namen: list[tuple[str, str]], naam: str, rijkop: str
) -> tuple[Gegevenstabel, ...]:
    """Return the course per measure for the region, then the last date by place."""
    rijen: list[Rij] = []
    maten = kubus.waarden("maat")
    for maat in maten:
        leeg = raster.lege_cellen(len(lezing.peildata) + 2)
        rijen.append(Rij(lezing.woord(maat), leeg, Rijsoort.GROEP))
        for code, kop in namen:
            rijen.append(
                raster.tijdrij(
                    lezing,
                    kop,
                    [kubus.w(TOTAAL, code, maat, dag) or 0 for dag in lezing.peildata],
                    sinds=0,
                    procent=False,
                    soort=Rijsoort.SUB,
                    niveau=1,
                )
            )
    tabellen = [
        Gegevenstabel(
            f"t-{naam}",
            lezing.titel(naam),
            rijkop,
            raster.tijdkolommen(lezing, sinds=lezing.peildata[0], procent=False),
            tuple(rijen),
        )
    ]
    dag = lezing.op.datum(lezing.laatste)
    for maat in maten:
        tabellen.append(
            raster.kruis(
                lezing,
                f"t-{naam}-{maat}",
                lezing.t(
                    "{maat} by {wat} and municipality, {dag}",
                    maat=lezing.woord(maat),
                    wat=rijkop.lower(),
                    dag=dag,
                ),
                namen,
                rijkop,
                lambda code, plaats, maat=maat: kubus.w(  # type: ignore[misc]
                    plaats, code, maat, lezing.laatste
                ),
                lezing.met_totaal(kubus.waarden("gemeente")),
            )
        )
    return tuple(tabellen)


def meer_wetten(lezing: Lezing, maat: str) -> tuple[Waarde, Waarde]:
    """Return how many have support under several laws, and under any law."""
    kubus = lezing.kubus(STAPELING)
    combinaties = lezing.zonder_totaal(kubus.waarden("wetten"))
    waarden = {
        combinatie: kubus.w(TOTAAL, combinatie, maat, lezing.laatste) or 0
        for combinatie in combinaties
    }
    meer = sum(n for combinatie, n in waarden.items() if "+" in combinatie)
    return meer, sum(waarden.values())


def _wetten(lezing: Lezing) -> Onderdeel:
    t, kubus = lezing.t, lezing.kubus(STAPELING)
    combinaties = sorted(
        lezing.zonder_totaal(kubus.waarden("wetten")),
        key=lambda combinatie: (combinatie.count("+"), combinatie),
    )
    namen = [(code, lezing.wetten(code)) for code in combinaties]
    maten = kubus.waarden("maat")
    maat = "huishoudens" if "huishoudens" in maten else maten[0]
    nu = {
        code: kubus.w(TOTAAL, code, maat, lezing.laatste) or 0 for code in combinaties
    }
    meer, alle = meer_wetten(lezing, maat)
    samen = [code for code in combinaties if "+" in code and nu[code]]
    grootste = max(samen, key=lambda code: nu[code], default="")
    dag = lezing.op.datum(lezing.laatste)
    return Onderdeel(
        "stapeling-wetten",
        t("Combinations of laws"),
        tuple(
            zinnen_stroom.samenloop(
                lezing,
                maat,
                meer,
                alle,
                lezing.wetten(grootste) if grootste else "",
                nu.get(grootste),
            )
        ),
        grafieken.liggend(
            "g-stapeling",
            t("{maat} by combination of laws, {dag}", maat=lezing.woord(maat), dag=dag),
            t("The table holds the same figures."),
            [naam for _, naam in namen],
            [Reeks("", tuple(nu[code] for code in combinaties))],
            lezing.op.getal,
        ),
        _stapeltabellen(lezing, kubus, namen, STAPELING, t("Laws")),
        lezing.uitleg(STAPELING),
        (STAPELING,),
        "",
    )


def _aantallen(lezing: Lezing) -> Onderdeel:
    t, kubus = lezing.t, lezing.kubus(AANTALLEN)
    aantallen = lezing.zonder_totaal(kubus.waarden("aantal"))
    namen = [(code, lezing.woord(code)) for code in aantallen]
    maten = kubus.waarden("maat")
    maat = "clienten" if "clienten" in maten else maten[0]
    nu = {code: kubus.w(TOTAAL, code, maat, lezing.laatste) or 0 for code in aantallen}
    dag = lezing.op.datum(lezing.laatste)
    zin = ""
    if maat == "clienten":
        zin = zinnen_stroom.aantallen(lezing, nu.get("4 of meer"), sum(nu.values()))
    return Onderdeel(
        AANTALLEN,
        t("Number of provisions at once"),
        (zin,) if zin else (),
        grafieken.liggend(
            "g-stapeling-aantal",
            t(
                "{maat} by number of provisions, {dag}",
                maat=lezing.woord(maat),
                dag=dag,
            ),
            t("The table holds the same figures."),
            [naam for _, naam in namen],
            [Reeks("", tuple(nu[code] for code in aantallen))],
            lezing.op.getal,
        ),
        _stapeltabellen(lezing, kubus, namen, AANTALLEN, t("Provisions")),
        lezing.uitleg(AANTALLEN),
        (AANTALLEN,),
        lezing.toelichting(AANTALLEN),
    )


def bezwaren(lezing: Lezing) -> Hoofdstuk:
    """Return the chapter on objections and complaints."""
    t, kubus = lezing.t, lezing.kubus(BEZWAREN)
    titel = t("Objections and complaints")
    if not kubus:
        return Hoofdstuk(
            BEZWAREN,
            titel,
            afwezig=lezing.afwezig(BEZWAREN),
            toelichting=lezing.toelichting(BEZWAREN, niveau=3),
        )
    maten = kubus.waarden("maat")
    soorten = lezing.zonder_totaal(kubus.waarden("soort"))
    wetten = lezing.met_totaal(kubus.waarden("wet"))
    plaatsen = lezing.met_totaal(kubus.waarden("gemeente"))

    def som(maat: str, wet: str = TOTAAL, plaats: str = TOTAAL) -> Waarde:
        waarden = [kubus.w(plaats, wet, soort, maat) for soort in soorten]
        return sum(waarde or 0 for waarde in waarden)

    rijen: list[Rij] = []
    for soort in soorten:
        for wet in [TOTAAL, *lezing.zonder_totaal(wetten)]:
            waarden = kubus.reeks((TOTAAL, wet, soort), maten)
            if all(waarde is None for waarde in waarden):
                continue
            is_groep = wet == TOTAAL
            rijen.append(
                Rij(
                    lezing.woord(soort) if is_groep else lezing.wet(wet),
                    tuple(raster.cel(lezing, waarde) for waarde in waarden),
                    Rijsoort.GROEP if is_groep else Rijsoort.SUB,
                    0 if is_groep else 1,
                )
            )
    koppen = [lezing.woord(maat) for maat in maten]
    per_gemeente = raster.gewone_tabel(
        lezing,
        "t-bezwaren-gemeente",
        t("Objections and complaints by municipality"),
        t("Municipality"),
        koppen,
        [
            (
                plaats,
                lezing.gemeente(plaats),
                [som(maat, plaats=plaats) for maat in maten],
            )
            for plaats in plaatsen
        ],
    )
    getoond = [plaats for plaats in plaatsen if plaats != TOTAAL][:_MAX_STAVEN]
    grafiek = grafieken.liggend(
        "g-bezwaren",
        t("Filed, handled and open by municipality"),
        t("The table holds the same figures."),
        [lezing.gemeente(plaats) for plaats in getoond],
        [
            Reeks(
                lezing.woord(maat),
                tuple(som(maat, plaats=plaats) for plaats in getoond),
            )
            for maat in maten
        ],
        lezing.op.getal,
        naast=True,
    )
    ingediend = [
        (soort, kubus.w(TOTAAL, TOTAAL, soort, "ingediend")) for soort in soorten
    ]
    onderdeel = Onderdeel(
        "bezwaren-kwartaal",
        t("Filed, handled, open"),
        (zinnen_stroom.bezwaren(lezing, ingediend, som("afgehandeld"), som("open")),),
        grafiek if getoond else None,
        (
            raster.tabel(
                "t-bezwaren", lezing.titel(BEZWAREN), t("Kind and law"), koppen, rijen
            ),
            per_gemeente,
        ),
        lezing.uitleg(BEZWAREN),
        (BEZWAREN,),
    )
    return Hoofdstuk(
        BEZWAREN,
        titel,
        onderdelen=(onderdeel,),
        toelichting=lezing.toelichting(BEZWAREN, "klachten", niveau=3),
    )
