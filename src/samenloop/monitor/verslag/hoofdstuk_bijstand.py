"""Benefits, leaving them for work, and the money of the municipality."""

from collections.abc import Sequence

from samenloop.monitor.formaat import TOTAAL

from . import grafieken, lijnen, raster, zinnen_geld
from .grafieken import Reeks
from .lezing import Kubus, Lezing
from .opmaak import decimalen_van
from .structuur import Cel, Gegevenstabel, Kolom, Onderdeel, Rij, Rijsoort

UITKERINGEN = "uitkeringen"
STROOM = "in-en-uitstroom"
WERK = "uitstroom-naar-werk"
_MAX_PANELEN = 24
_KOSTEN = ("trajectkosten", "loonkostensubsidie")


def bouw(lezing: Lezing) -> list[Onderdeel]:
    """Return the parts about benefits that this monitor has."""
    delen = []
    if lezing.kubus(UITKERINGEN):
        delen.append(_uitkeringen(lezing))
    if lezing.kubus(STROOM):
        delen.append(_in_en_uit(lezing))
    if lezing.kubus(WERK):
        delen.append(_naar_werk(lezing))
    return delen


def _uitkeringen(lezing: Lezing) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(UITKERINGEN)
    periodes = kubus.waarden("periode")
    plaatsen = lezing.met_totaal(kubus.waarden("gemeente"))
    rijen = []
    for plaats in plaatsen:
        waarden = kubus.reeks((plaats,), periodes)
        cellen = [raster.cel(lezing, waarde) for waarde in waarden]
        cellen.append(raster.verschilcel(lezing, waarden[-1], waarden[0]))
        cellen.append(Cel(op.verandering(waarden[-1], waarden[0])))
        rijen.append(
            Rij(
                lezing.gemeente(plaats),
                tuple(cellen),
                raster.soort_van(plaats),
                noot=raster.noot_van(lezing, plaats),
            )
        )
    kolommen = [Kolom(_kort_kwartaal(periode)) for periode in periodes]
    kolommen += [
        Kolom(t("since {dag}", dag=_kort_kwartaal(periodes[0]))),
        Kolom(t("in percent")),
    ]
    echt = [p for p in plaatsen if p in lezing.monitor.gemeenten][:_MAX_PANELEN]
    grafiek = None
    if echt:
        grafiek = lijnen.veelvoud(
            "g-uitkeringen",
            t("Benefits per municipality, same scale"),
            [Reeks(plaats, kubus.reeks((plaats,), periodes)) for plaats in echt],
            [_kort_kwartaal(periode) for periode in periodes],
            op.getal,
        )
    totaal = kubus.reeks((TOTAAL,), periodes)
    return Onderdeel(
        "uitkeringen",
        t("Benefits"),
        (zinnen_geld.uitkeringen(lezing, periodes, totaal),),
        grafiek,
        (
            Gegevenstabel(
                "t-uitkeringen",
                t("Benefits at the end of each quarter"),
                t("Municipality"),
                tuple(kolommen),
                tuple(rijen),
            ),
        ),
        lezing.uitleg(UITKERINGEN),
        (UITKERINGEN,),
        lezing.toelichting(UITKERINGEN),
    )


def _kort_kwartaal(periode: str) -> str:
    jaar, streep, nummer = periode.partition("Q")
    return f"{jaar} Q{nummer}" if streep else periode


def _in_en_uit(lezing: Lezing) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(STROOM)
    periodes = kubus.waarden("periode")
    kwartalen = [periode for periode in periodes if periode != TOTAAL]
    richtingen = kubus.waarden("richting")
    reeksen = [
        Reeks(
            lezing.woord(richting),
            kubus.reeks((TOTAAL, richting, TOTAAL), kwartalen),
        )
        for richting in richtingen
    ]
    grafiek = grafieken.staven(
        "g-bijstand-stroom",
        t("Benefits begun and ended per quarter"),
        t("The table holds the same figures."),
        [_kort_kwartaal(periode) for periode in kwartalen],
        reeksen,
        op.getal,
        naast=True,
    )
    rijen: list[Rij] = []
    for richting in richtingen:
        redenen = kubus.waarden("reden", gemeente=TOTAAL, richting=richting)
        rijen.append(
            _stroomrij(
                lezing, kubus, (TOTAAL, richting, TOTAAL), periodes, Rijsoort.GROEP
            )
        )
        for reden in lezing.zonder_totaal(redenen):
            rijen.append(
                _stroomrij(
                    lezing, kubus, (TOTAAL, richting, reden), periodes, Rijsoort.SUB
                )
            )
    kolommen = tuple(
        Kolom(t("Total") if periode == TOTAAL else _kort_kwartaal(periode))
        for periode in periodes
    )
    per_gemeente = _stroom_per_gemeente(lezing, kubus, periodes, richtingen)
    eind = TOTAAL if TOTAAL in periodes else periodes[-1]
    erbij = kubus.w(TOTAAL, "instroom", TOTAAL, eind)
    eruit = kubus.w(TOTAAL, "uitstroom", TOTAAL, eind)
    redenen_uit = {
        reden: kubus.w(TOTAAL, "uitstroom", reden, eind)
        for reden in kubus.waarden("reden", gemeente=TOTAAL, richting="uitstroom")
    }
    zin = [
        zinnen_geld.in_en_uit(lezing, erbij, eruit),
        zinnen_geld.redenen(lezing, redenen_uit, eruit),
    ]
    return Onderdeel(
        "bijstand-stroom",
        t("Inflow and outflow"),
        tuple(deel for deel in zin if deel),
        grafiek,
        (
            Gegevenstabel(
                "t-bijstand-stroom",
                t("Benefits begun and ended, {regio}", regio=lezing.totaal),
                t("Reason"),
                kolommen,
                tuple(rijen),
            ),
            per_gemeente,
        ),
        lezing.uitleg(STROOM),
        (STROOM,),
        lezing.toelichting(STROOM, "bijstand-stroom"),
    )


def _stroomrij(
    lezing: Lezing,
    kubus: Kubus,
    waar: tuple[str, str, str],
    periodes: Sequence[str],
    soort: Rijsoort,
) -> Rij:
    kop = waar[2] if soort is Rijsoort.SUB else waar[1]
    waarden = kubus.reeks(waar, periodes)
    return Rij(
        lezing.woord(kop),
        tuple(raster.cel(lezing, waarde) for waarde in waarden),
        soort,
        int(soort is Rijsoort.SUB),
    )


def _stroom_per_gemeente(
    lezing: Lezing, kubus: Kubus, periodes: Sequence[str], richtingen: Sequence[str]
) -> Gegevenstabel:
    rijen = []
    for richting in richtingen:
        leeg = tuple(Cel("") for _ in periodes)
        rijen.append(Rij(lezing.woord(richting), leeg, Rijsoort.GROEP))
        for plaats in lezing.met_totaal(kubus.waarden("gemeente", richting=richting)):
            waarden = kubus.reeks((plaats, richting, TOTAAL), periodes)
            rijen.append(
                Rij(
                    lezing.gemeente(plaats),
                    tuple(raster.cel(lezing, waarde) for waarde in waarden),
                    Rijsoort.TOTAAL if plaats == TOTAAL else Rijsoort.SUB,
                    1,
                )
            )
    return Gegevenstabel(
        "t-bijstand-stroom-gemeente",
        lezing.t("Benefits begun and ended by municipality"),
        lezing.t("Municipality"),
        tuple(
            Kolom(lezing.t("Total") if p == TOTAAL else _kort_kwartaal(p))
            for p in periodes
        ),
        tuple(rijen),
    )


def _kosten(kubus: Kubus, plaats: str, spoor: str) -> float:
    return float(sum(kubus.w(plaats, spoor, maat) or 0 for maat in _KOSTEN))


def _naar_werk(lezing: Lezing) -> Onderdeel:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(WERK)
    plaatsen = lezing.met_totaal(kubus.waarden("gemeente"))
    sporen = lezing.met_totaal(kubus.waarden("spoor"))
    bedragen = [
        kubus.w(plaats, spoor, maat)
        for plaats in plaatsen
        for spoor in sporen
        for maat in _KOSTEN
    ]
    decimalen = decimalen_van(bedragen)
    kolommen = [Kolom(lezing.woord(maat)) for maat in ("personen", *_KOSTEN)]
    kolommen.append(Kolom(t("Cost per person")))

    def rij(plaats: str, spoor: str, kop: str, soort: Rijsoort) -> Rij:
        personen = kubus.w(plaats, spoor, "personen")
        cellen = [raster.cel(lezing, personen)]
        cellen += [
            raster.cel(lezing, kubus.w(plaats, spoor, maat), "eurocent", decimalen)
            for maat in _KOSTEN
        ]
        # Below ten people an average would be about persons.
        zegt_iets = personen is not None and personen >= 10
        each = _kosten(kubus, plaats, spoor) / personen if zegt_iets else None  # type: ignore[operator]
        cellen.append(raster.cel(lezing, each, "eurocent"))
        return Rij(kop, tuple(cellen), soort, int(soort is Rijsoort.SUB))

    regio = [
        rij(TOTAAL, spoor, lezing.spoor(spoor), raster.soort_van(spoor))
        for spoor in sporen
    ]
    per_gemeente: list[Rij] = []
    for plaats in lezing.zonder_totaal(plaatsen):
        per_gemeente.append(
            rij(plaats, TOTAAL, lezing.gemeente(plaats), Rijsoort.GROEP)
        )
        per_gemeente += [
            rij(plaats, spoor, lezing.spoor(spoor), Rijsoort.SUB)
            for spoor in lezing.zonder_totaal(sporen)
            if any(kubus.w(plaats, spoor, m) is not None for m in kubus.waarden("maat"))
        ]
    echt = lezing.zonder_totaal(plaatsen)[:_MAX_PANELEN]
    grafiek = grafieken.liggend(
        "g-werk",
        t("People who left for work, by track"),
        t("The table holds the same figures."),
        [lezing.gemeente(plaats) for plaats in echt],
        [
            Reeks(
                lezing.spoor(spoor),
                tuple(kubus.w(plaats, spoor, "personen") for plaats in echt),
            )
            for spoor in lezing.zonder_totaal(sporen) or [TOTAAL]
        ],
        op.getal,
    )
    personen = {spoor: kubus.w(TOTAAL, spoor, "personen") for spoor in sporen}
    per_persoon = {
        spoor: _kosten(kubus, TOTAAL, spoor) / n
        for spoor, n in personen.items()
        if n and n >= 10
    }
    tabellen = [
        Gegevenstabel(
            "t-werk",
            t("To work and cost by track, {regio}", regio=lezing.totaal),
            t("Track"),
            tuple(kolommen),
            tuple(regio),
        )
    ]
    if per_gemeente:
        tabellen.append(
            Gegevenstabel(
                "t-werk-gemeente",
                t("To work and cost by municipality and track"),
                t("Municipality and track"),
                tuple(kolommen),
                tuple(per_gemeente),
            )
        )
    return Onderdeel(
        "naar-werk",
        t("Leaving for work"),
        tuple(
            zinnen_geld.naar_werk(lezing, personen.get(TOTAAL), personen, per_persoon)
        ),
        grafiek if echt else None,
        tuple(tabellen),
        lezing.uitleg(WERK),
        (WERK,),
        lezing.toelichting(WERK, "naar-werk"),
    )
