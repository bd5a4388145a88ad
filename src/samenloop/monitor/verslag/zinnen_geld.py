"""Sentences about benefits, work and money."""

from collections.abc import Mapping, Sequence

from samenloop.monitor.formaat import TOTAAL
from samenloop.monitor.uitkomst import Waarde

from .lezing import Lezing
from .opmaak import begin_groot, decimalen_van
from .zinnen import verschil

_SLOTWOORDEN = ("na vangnet", "saldo", "resultaat", "tekort", "overschot")


def uitkeringen(
    lezing: Lezing, periodes: Sequence[str], waarden: Sequence[Waarde]
) -> str:
    """Say how many benefits there were and how that changed over the periods."""
    t, op = lezing.t, lezing.op
    nu, toen = waarden[-1], waarden[0]
    eind = t("at the end of the {kwartaal}", kwartaal=op.kwartaal(periodes[-1]))
    if not nu:
        zin = t("There were no benefits {moment}", moment=eind)
    else:
        zin = t.n(
            "There was {aantal} benefit {moment}",
            "There were {aantal} benefits {moment}",
            nu,
            aantal=op.getal(nu),
            moment=eind,
        )
    zin = begin_groot(zin)
    if len(periodes) < 2:
        return zin + "."
    begin = t("at the end of the {kwartaal}", kwartaal=op.kwartaal(periodes[0]))
    anders = verschil(lezing, nu or 0, toen, begin)
    return f"{zin}, {anders}." if anders else f"{zin}."


def in_en_uit(lezing: Lezing, erbij: Waarde, eruit: Waarde) -> str:
    """Say how many benefits began and ended over the four quarters."""
    t, op = lezing.t, lezing.op
    begonnen = (
        t.n("{n} benefit began", "{n} benefits began", erbij, n=op.getal(erbij))
        if erbij
        else t("no benefit began")
    )
    beeindigd = (
        t.n("{n} ended", "{n} ended", eruit, n=op.getal(eruit))
        if eruit
        else t("none ended")
    )
    return t(
        "In the four quarters {begonnen} and {beeindigd}.",
        begonnen=begonnen,
        beeindigd=beeindigd,
    )


def redenen(lezing: Lezing, waarden: Mapping[str, Waarde], totaal: Waarde) -> str:
    """Name the reason for leaving that was given most."""
    gevuld = {reden: w for reden, w in waarden.items() if w and reden != TOTAAL}
    if not gevuld or not totaal:
        return ""
    reden = max(gevuld, key=lambda naam: gevuld[naam] or 0)
    return lezing.t(
        "The reason given most is {reden}: {n} of {totaal}.",
        reden=lezing.woord(reden).lower(),
        n=lezing.op.getal(gevuld[reden]),
        totaal=lezing.op.getal(totaal),
    )


def naar_werk(
    lezing: Lezing,
    totaal: Waarde,
    personen: Mapping[str, Waarde],
    kosten: Mapping[str, float],
) -> list[str]:
    """Say how many found work per track, and which track costs most per person."""
    t, op = lezing.t, lezing.op
    if not totaal:
        return [t("In the four quarters nobody left the benefit for work.")]
    zin = t.n(
        "In the four quarters {aantal} person left the benefit for work",
        "In the four quarters {aantal} people left the benefit for work",
        totaal,
        aantal=op.getal(totaal),
    )
    delen = [
        t("{n} in {spoor}", n=op.getal(n), spoor=lezing.spoor(spoor).lower())
        for spoor, n in personen.items()
        if n and spoor != TOTAAL
    ]
    zinnen = [f"{zin}: {op.lijst(delen)}." if delen else f"{zin}."]
    gevuld = {spoor: bedrag for spoor, bedrag in kosten.items() if spoor != TOTAAL}
    if len(gevuld) > 1:
        duurst = max(gevuld, key=lambda spoor: gevuld[spoor])
        zinnen.append(
            t(
                "Per person {spoor} costs most: {bedrag}.",
                spoor=lezing.spoor(duurst).lower(),
                bedrag=op.euro(gevuld[duurst]),
            )
        )
    return zinnen


def slotpost(posten: Sequence[str]) -> str:
    """Return the item that says how it ends: a balance if one is named, else the last.

    Items are free text, so this only goes by the words that budgets use for it.
    """
    for woord in _SLOTWOORDEN:
        for post in posten:
            if woord in post.lower().replace("_", " "):
                return post
    return posten[-1]


def begroting(
    lezing: Lezing,
    posten: Sequence[str],
    eerste: Mapping[str, Waarde],
    laatste: Mapping[str, Waarde],
    verschillen: Mapping[str, Waarde],
    versies: Sequence[str],
) -> list[str]:
    """Say where the latest version stands, and where it moved most since the first."""
    t, op = lezing.t, lezing.op
    decimalen = decimalen_van([*eerste.values(), *laatste.values()])
    bekend = [post for post in posten if laatste.get(post) is not None]
    if not bekend:
        return []
    slot = slotpost(bekend)
    zinnen = [
        t(
            "For {regio} the item “{post}” stands at {bedrag} in “{versie}”.",
            regio=lezing.totaal,
            post=lezing.woord(slot),
            bedrag=op.euro(laatste[slot], decimalen),
            versie=versies[-1],
        )
    ]
    if len(versies) < 2:
        return zinnen
    anders = {
        post: anders or 0
        for post in bekend
        if (anders := verschillen.get(post)) is not None
    }
    meest = max(anders, key=lambda post: abs(anders[post]), default=None)
    if meest is None or not anders[meest]:
        zinnen.append(t("No amount changed since “{versie}”.", versie=versies[0]))
        return zinnen
    bedrag = op.euro(abs(anders[meest]), decimalen)
    zinnen.append(
        t(
            "Since “{versie}” the item “{post}” changed most: {bedrag} higher.",
            versie=versies[0],
            post=lezing.woord(meest),
            bedrag=bedrag,
        )
        if anders[meest] > 0
        else t(
            "Since “{versie}” the item “{post}” changed most: {bedrag} lower.",
            versie=versies[0],
            post=lezing.woord(meest),
            bedrag=bedrag,
        )
    )
    return zinnen
