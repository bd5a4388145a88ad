"""The first chapter: the main figures with their course."""

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Waarde

from . import hoofdstuk_bijstand as bijstand
from . import hoofdstuk_financien as financien
from . import hoofdstuk_samen as samen
from . import hoofdstuk_wet as wet_
from . import lijnen, zinnen, zinnen_geld
from . import onderdeel_klanten as klanten_
from .lezing import Lezing
from .structuur import Hoofdstuk, Kerncijfer

_MILJOEN = 100_000_000  # eurocents


def bouw(lezing: Lezing) -> Hoofdstuk:
    """Return the main figures of whatever tables this monitor has."""
    cijfers: list[Kerncijfer] = []
    for wet in wet_.wetten(lezing):
        cijfers += _wet(lezing, wet)
    if lezing.kubus(samen.CASELOAD):
        cijfers.append(_casussen(lezing))
    if lezing.kubus(samen.STAPELING):
        cijfers += _samenloop(lezing)
    if lezing.kubus(bijstand.UITKERINGEN):
        cijfers.append(_uitkeringen(lezing))
    if lezing.kubus(bijstand.WERK):
        cijfers.append(_naar_werk(lezing))
    if lezing.kubus(financien.BEGROTING):
        cijfers += _begroting(lezing)
    return Hoofdstuk(
        "kort",
        lezing.t("In short"),
        kerncijfers=tuple(cijfers),
        opmerkingen=lezing.opmerkingen,
        toelichting=lezing.toelichting(
            "kort", "in-het-kort", "inleiding", "kern", niveau=3
        ),
    )


def _wet(lezing: Lezing, wet: str) -> list[Kerncijfer]:
    t, op = lezing.t, lezing.op
    cijfers = []
    klanten = lezing.kubus(klanten_.KLANTEN)
    clienten = klanten.reeks((wet, TOTAAL, "clienten"), lezing.peildata)
    if clienten[-1] is not None:
        huishoudens = klanten.w(wet, TOTAAL, "huishoudens", lezing.laatste)
        aandeel = lezing.kubus(klanten_.AANDEEL).w(wet, TOTAAL, lezing.laatste)
        zin = t.n(
            "in {n} household",
            "in {n} households",
            huishoudens or 0,
            n=op.getal(huishoudens),
        )
        if aandeel is not None:
            zin = t(
                "{zin}: {procent} of all households",
                zin=zin,
                procent=op.procent(aandeel),
            )
        titel = t("{wet}: clients", wet=lezing.wet(wet))
        cijfers.append(
            Kerncijfer(
                titel,
                op.getal(clienten[-1]),
                clienten[-1],
                toelichting=zin,
                svg=lijnen.kernlijn(f"k-{wet}-clienten", clienten, titel, op.getal),
                tabel=klanten_.KLANTEN,
            )
        )
    lopend = wet_.lopend(lezing, wet)
    if lopend[-1] is not None:
        titel = t("{wet}: running provisions", wet=lezing.wet(wet))
        cijfers.append(
            Kerncijfer(
                titel,
                op.getal(lopend[-1]),
                lopend[-1],
                toelichting=zinnen.verschil(
                    lezing,
                    lopend[-1],
                    lopend[-2] if len(lopend) > 1 else None,
                    zinnen.op_dag(lezing, lezing.vorige),
                ),
                svg=lijnen.kernlijn(f"k-{wet}-lopend", lopend, titel, op.getal),
                tabel=wet_.SOORT,
            )
        )
    return cijfers


def _casussen(lezing: Lezing) -> Kerncijfer:
    t, op = lezing.t, lezing.op
    totaal = lezing.kubus(samen.CASELOAD).w(TOTAAL, TOTAAL)
    nieuw = lezing.kubus(samen.NIEUW).w(TOTAAL, TOTAAL)
    afgerond = lezing.kubus(samen.AFGEROND).w(TOTAAL, TOTAAL)
    zin = ""
    if nieuw is not None and afgerond is not None:
        zin = t(
            "{nieuw} new, {afgerond} closed in this quarter",
            nieuw=op.getal(nieuw),
            afgerond=op.getal(afgerond),
        )
    return Kerncijfer(
        t("Cases open"),
        op.getal(totaal or 0),
        totaal,
        toelichting=zin,
        tabel=samen.CASELOAD,
    )


def _samenloop(lezing: Lezing) -> list[Kerncijfer]:
    t, op = lezing.t, lezing.op
    maten = lezing.kubus(samen.STAPELING).waarden("maat")
    if "huishoudens" not in maten:
        return []
    meer, alle = samen.meer_wetten(lezing, "huishoudens")
    deel = zinnen.aandeel(lezing, meer, alle)
    zin = (
        t(
            "households; {deel} of the households with support",
            deel=deel,
        )
        if deel
        else t("households")
    )
    return [
        Kerncijfer(
            t("Support under several laws"),
            op.getal(meer),
            meer,
            toelichting=zin,
            tabel=samen.STAPELING,
        )
    ]


def _uitkeringen(lezing: Lezing) -> Kerncijfer:
    t, op = lezing.t, lezing.op
    kubus = lezing.kubus(bijstand.UITKERINGEN)
    periodes = kubus.waarden("periode")
    waarden = kubus.reeks((TOTAAL,), periodes)
    titel = t("Benefits")
    zin = ""
    if len(periodes) > 1:
        moment = t("a year earlier") if len(periodes) == 5 else periodes[0]
        zin = zinnen.verschil(lezing, waarden[-1] or 0, waarden[0], moment)
    stroom = lezing.kubus(bijstand.STROOM)
    erbij = stroom.w(TOTAAL, "instroom", TOTAAL, TOTAAL)
    eruit = stroom.w(TOTAAL, "uitstroom", TOTAAL, TOTAAL)
    if erbij is not None and eruit is not None:
        beide = t(
            "{erbij} in, {eruit} out", erbij=op.getal(erbij), eruit=op.getal(eruit)
        )
        zin = f"{zin}: {beide}" if zin else beide
    return Kerncijfer(
        titel,
        op.getal(waarden[-1]),
        waarden[-1],
        toelichting=zin,
        svg=lijnen.kernlijn("k-uitkeringen", waarden, titel, op.getal),
        tabel=bijstand.UITKERINGEN,
    )


def _naar_werk(lezing: Lezing) -> Kerncijfer:
    t, op = lezing.t, lezing.op
    kubus = lezing.kubus(bijstand.WERK)
    totaal = kubus.w(TOTAAL, TOTAAL, "personen")
    sporen = [
        f"{lezing.spoor(spoor).lower()}, {op.getal(n)}"
        for spoor in lezing.zonder_totaal(kubus.waarden("spoor"))
        if (n := kubus.w(TOTAAL, spoor, "personen"))
    ]
    zin = t("people, over the four quarters")
    if sporen:
        zin = t("in the four quarters: {sporen}", sporen=" · ".join(sporen))
    return Kerncijfer(
        t("From benefit to work"),
        op.getal(totaal or 0),
        totaal,
        toelichting=zin,
        tabel=bijstand.WERK,
    )


def _begroting(lezing: Lezing) -> list[Kerncijfer]:
    t, op, kubus = lezing.t, lezing.op, lezing.kubus(financien.BEGROTING)
    versies = [v for v in kubus.waarden("versie") if v != financien.VERSCHIL]
    posten = [p for p in kubus.waarden("post") if kubus.w(TOTAAL, p, versies[-1])]
    if not posten:
        return []
    post = zinnen_geld.slotpost(posten)
    waarde = kubus.w(TOTAAL, post, versies[-1])
    verschil = kubus.w(TOTAAL, post, financien.VERSCHIL)
    cijfer, eenheid = _bedrag(lezing, waarde)
    zin = t("version “{versie}”", versie=versies[-1])
    if verschil:
        bedrag = op.euro(abs(verschil))
        zin = (
            t(
                "{zin}: {bedrag} higher than “{eerste}”",
                zin=zin,
                bedrag=bedrag,
                eerste=versies[0],
            )
            if verschil > 0
            else t(
                "{zin}: {bedrag} lower than “{eerste}”",
                zin=zin,
                bedrag=bedrag,
                eerste=versies[0],
            )
        )
    return [
        Kerncijfer(
            t("Budget: {post}", post=lezing.woord(post).lower()),
            cijfer,
            waarde,
            eenheid,
            zin,
            tabel=financien.BEGROTING,
        )
    ]


def _bedrag(lezing: Lezing, cent: Waarde) -> tuple[str, str]:
    if cent is None or abs(cent) < _MILJOEN:
        return lezing.op.euro(cent), ""
    miljoenen = cent / _MILJOEN
    return lezing.op.euro(miljoenen * 100, 2), lezing.t("mln")
