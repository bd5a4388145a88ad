"""Sentences that say what a chart shows.

Each is made from the same cells as its table, by rule: none, one and many have their
own form; more, fewer and equal too; a percentage only stands on a base of ten or more.
"""

from collections.abc import Sequence

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Waarde

from .lezing import Lezing
from .opmaak import MINSTE_BASIS, begin_groot
from .taal import merk

# How many names a sentence lists before it says "and so many others".
_HOOGUIT = 4


def verschil(lezing: Lezing, nu: Waarde, toen: Waarde, moment: str) -> str:
    """Return `95 fewer than on 30 September (− 4.4%)`; empty when one is unknown."""
    if nu is None or toen is None:
        return ""
    t, op = lezing.t, lezing.op
    if nu == toen:
        return t("as many as {moment}", moment=moment)
    aantal = op.getal(abs(nu - toen))
    zin = (
        t("{aantal} more than {moment}", aantal=aantal, moment=moment)
        if nu > toen
        else t("{aantal} fewer than {moment}", aantal=aantal, moment=moment)
    )
    procent = op.verandering(nu, toen)
    return f"{zin} ({procent})" if procent else zin


def op_dag(lezing: Lezing, peildatum: str) -> str:
    """Return `on 30 September`, with the year when it is not that of the last date."""
    zelfde = peildatum[:4] == lezing.laatste[:4]
    dag = lezing.op.dag(peildatum) if zelfde else lezing.op.datum(peildatum)
    return lezing.t("on {dag}", dag=dag)


def aandeel(lezing: Lezing, deel: Waarde, geheel: Waarde) -> str:
    """Return a share in percent, empty when the whole is below ten."""
    if deel is None or geheel is None or geheel < MINSTE_BASIS:
        return ""
    return lezing.op.procent(100 * deel / geheel)


def namen(lezing: Lezing, lijst: Sequence[str]) -> str:
    """List names as in a sentence, at most a few."""
    if len(lijst) <= _HOOGUIT:
        return lezing.op.lijst(lijst)
    rest = len(lijst) - _HOOGUIT + 1
    anderen = lezing.t("{aantal} others", aantal=lezing.op.getal(rest))
    return lezing.op.lijst([*lijst[: _HOOGUIT - 1], anderen])


def lopend(lezing: Lezing, nu: Waarde, toen: Waarde) -> str:
    """Say how many provisions were running and how that changed."""
    t = lezing.t
    dag = lezing.op.datum(lezing.laatste)
    aantal = lezing.op.getal(nu)
    if not nu:
        zin = t("On {dag} no provisions were running", dag=dag)
    else:
        zin = t.n(
            "On {dag} {aantal} provision was running",
            "On {dag} {aantal} provisions were running",
            nu,
            dag=dag,
            aantal=aantal,
        )
    anders = (
        verschil(lezing, nu or 0, toen, op_dag(lezing, lezing.vorige))
        if lezing.vorige != lezing.laatste
        else ""
    )
    return f"{zin}, {anders}." if anders else f"{zin}."


def beweging(
    lezing: Lezing, delen: Sequence[tuple[str, Waarde, Waarde]], sinds: str
) -> str:
    """Say per named part whether it rose or fell; (name, now, then)."""
    t, op = lezing.t, lezing.op
    zinnen = []
    for naam, nu, toen in delen:
        anders = (nu or 0) - (toen or 0)
        if not (nu or toen):
            continue
        if anders > 0:
            zinnen.append(t("{naam} rose by {n}", naam=naam, n=op.getal(anders)))
        elif anders < 0:
            zinnen.append(t("{naam} fell by {n}", naam=naam, n=op.getal(-anders)))
        else:
            zinnen.append(t("{naam} stayed equal", naam=naam))
    if not zinnen:
        return ""
    zin = t("since {sinds}: {zinnen}", sinds=sinds, zinnen=op.lijst(zinnen))
    return begin_groot(zin) + "."


def grootste(
    lezing: Lezing, waarden: Sequence[tuple[str, Waarde]], totaal: Waarde
) -> str:
    """Say which kind is the largest, with its share when that means something."""
    gevuld = [(naam, waarde) for naam, waarde in waarden if waarde]
    if len(gevuld) < 2:
        return ""
    hoogste = max(waarde for _, waarde in gevuld if waarde)
    winnaars = [naam for naam, waarde in gevuld if waarde == hoogste]
    t, aantal = lezing.t, lezing.op.getal(hoogste)
    if len(winnaars) > 1:
        return t(
            "The largest kinds are {namen}, with {aantal} each.",
            namen=namen(lezing, winnaars),
            aantal=aantal,
        )
    deel = aandeel(lezing, hoogste, totaal)
    if not deel:
        return t(
            "The largest kind is {naam}, with {aantal}.",
            naam=winnaars[0],
            aantal=aantal,
        )
    return t(
        "The largest kind is {naam}, with {aantal}: {deel} of the total.",
        naam=winnaars[0],
        aantal=aantal,
        deel=deel,
    )


def uitschieters(
    lezing: Lezing, waarden: Sequence[tuple[str, Waarde, Waarde]], sinds: str
) -> str:
    """Name the kinds that rose and fell most; (name, now, then)."""
    t, op = lezing.t, lezing.op
    anders = [(naam, (nu or 0) - (toen or 0)) for naam, nu, toen in waarden]
    zinnen = []
    for richting in (1, -1):
        top = sorted(
            (item for item in anders if item[1] * richting > 0),
            key=lambda item: -abs(item[1]),
        )[:3]
        if not top:
            continue
        lijst = op.lijst([f"{naam} ({op.verschil(n)})" for naam, n in top])
        zinnen.append(
            t("Rose most since {sinds}: {lijst}.", sinds=sinds, lijst=lijst)
            if richting > 0
            else t("Fell most since {sinds}: {lijst}.", sinds=sinds, lijst=lijst)
        )
    return " ".join(zinnen)


def gemeenten(
    lezing: Lezing, waarden: Sequence[tuple[str, Waarde, Waarde]], sinds: str
) -> list[str]:
    """Say where the number rose and where it fell; (municipality, now, then)."""
    t, op = lezing.t, lezing.op
    groepen: dict[int, list[tuple[float, str]]] = {1: [], -1: [], 0: []}
    for naam, nu, toen in waarden:
        anders = (nu or 0) - (toen or 0)
        if not (nu or toen):
            continue
        procent = op.verandering(nu or 0, toen)
        bij = f"{op.verschil(anders)}, {procent}" if procent else op.verschil(anders)
        teken = (anders > 0) - (anders < 0)
        groepen[teken].append((-abs(anders), f"{naam} ({bij})" if anders else naam))
    zinnen = {
        1: merk("Since {sinds} the number rose in {lijst}."),
        -1: merk("Since {sinds} the number fell in {lijst}."),
        0: merk("Since {sinds} the number stayed equal in {lijst}."),
    }
    return [
        t(
            zinnen[teken],
            sinds=sinds,
            lijst=namen(lezing, [naam for _, naam in sorted(groep)]),
        )
        for teken, groep in groepen.items()
        if groep
    ]


def klanten(
    lezing: Lezing, clienten: Waarde, huishoudens: Waarde, voorzieningen: Waarde
) -> str:
    """Say how many clients, in how many households, with how many provisions."""
    t, op = lezing.t, lezing.op
    dag = op.datum(lezing.laatste)
    if not clienten:
        return t("On {dag} nobody had a running provision.", dag=dag)
    wie = t.n(
        "{aantal} client", "{aantal} clients", clienten, aantal=op.getal(clienten)
    )
    waar = t.n(
        "{aantal} household",
        "{aantal} households",
        huishoudens or 0,
        aantal=op.getal(huishoudens),
    )
    wat = t.n(
        "{aantal} provision",
        "{aantal} provisions",
        voorzieningen or 0,
        aantal=op.getal(voorzieningen),
    )
    return t.n(
        "On {dag} {wie} in {waar} had {wat} running.",
        "On {dag} {wie} in {waar} together had {wat} running.",
        clienten,
        dag=dag,
        wie=wie,
        waar=waar,
        wat=wat,
    )


def dekking(lezing: Lezing, aandelen: Sequence[tuple[str, Waarde]]) -> str:
    """Say which share of households is reached, and where it is highest and lowest."""
    t, op = lezing.t, lezing.op
    totaal = dict(aandelen).get(TOTAAL)
    zin = ""
    if totaal is not None:
        zin = t(
            "{procent} of all households have a provision.", procent=op.procent(totaal)
        )
    delen = [(w, naam) for naam, w in aandelen if naam != TOTAAL and w is not None]
    if len(delen) > 1 and max(delen)[0] != min(delen)[0]:
        hoog, laag = max(delen), min(delen)
        zin += " " + t(
            "The share is highest in {hoog} ({h}) and lowest in {laag} ({l}).",
            hoog=lezing.gemeente(hoog[1]),
            h=op.procent(hoog[0]),
            laag=lezing.gemeente(laag[1]),
            l=op.procent(laag[0]),
        )
    return zin.strip()


def verdeling(
    lezing: Lezing, delen: Sequence[tuple[str, Waarde]], totaal: Waarde
) -> str:
    """Return `285 Casemanagement (55.3%), 138 ...`, largest first."""
    stukken = []
    for naam, waarde in sorted(delen, key=lambda deel: -(deel[1] or 0)):
        if not waarde:
            continue
        procent = aandeel(lezing, waarde, totaal)
        stuk = f"{lezing.op.getal(waarde)} {naam}"
        stukken.append(f"{stuk} ({procent})" if procent else stuk)
    return namen(lezing, stukken)


def casussen(
    lezing: Lezing, totaal: Waarde, delen: Sequence[tuple[str, Waarde]]
) -> str:
    """Say how many cases there are and of which types."""
    t, op = lezing.t, lezing.op
    dag = op.datum(lezing.laatste)
    if not totaal:
        return t("On {dag} there were no cases.", dag=dag)
    stuk = verdeling(lezing, delen, totaal)
    zin = t.n(
        "On {dag} there was {aantal} case",
        "On {dag} there were {aantal} cases",
        totaal,
        dag=dag,
        aantal=op.getal(totaal),
    )
    return f"{zin}: {stuk}." if stuk else f"{zin}."


def nieuw_en_afgerond(lezing: Lezing, nieuw: Waarde, afgerond: Waarde) -> str:
    """Say how many cases were opened and closed in the quarter."""
    t, op = lezing.t, lezing.op
    erbij = (
        t.n("{n} case was new", "{n} cases were new", nieuw, n=op.getal(nieuw))
        if nieuw
        else t("no case was new")
    )
    eraf = (
        t.n("{n} was closed", "{n} were closed", afgerond, n=op.getal(afgerond))
        if afgerond
        else t("none was closed")
    )
    return t(
        "In the {kwartaal} {erbij} and {eraf}.",
        kwartaal=lezing.kwartaal,
        erbij=erbij,
        eraf=eraf,
    )
