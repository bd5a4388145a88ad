"""Sentences about flow, referrers, stacking and objections."""

from collections.abc import Sequence

from samenloop.monitor.uitkomst import Waarde

from .lezing import Lezing
from .zinnen import aandeel


def stroom(
    lezing: Lezing,
    wet: str,
    begin: Waarde,
    erbij: Waarde,
    eruit: Waarde,
    eind: Waarde,
) -> str:
    """Say how the number went from start to end through what began and ended."""
    t, op = lezing.t, lezing.op
    begonnen = (
        t.n("{n} provision began", "{n} provisions began", erbij, n=op.getal(erbij))
        if erbij
        else t("no provision began")
    )
    beeindigd = (
        t.n("{n} left", "{n} left", eruit, n=op.getal(eruit))
        if eruit
        else t("none left")
    )
    return t(
        "{wet}: in the {kwartaal} {begonnen} and {beeindigd}, from {begin} to {eind}.",
        wet=lezing.wet(wet),
        kwartaal=lezing.kwartaal,
        begonnen=begonnen,
        beeindigd=beeindigd,
        begin=op.getal(begin or 0),
        eind=op.getal(eind or 0),
    )


def duur(lezing: Lezing, aantal: Waarde, gemiddeld: Waarde, mediaan: Waarde) -> str:
    """Say how long the provisions that ended had lasted."""
    t, op = lezing.t, lezing.op
    if not aantal:
        return t("In the four quarters no provision ended.")
    zin = t.n(
        "In the four quarters {n} provision ended",
        "In the four quarters {n} provisions ended",
        aantal,
        n=op.getal(aantal),
    )
    if mediaan is None:
        return zin + "."
    lengte = t.n(
        "half lasted {mediaan} day or less",
        "half lasted {mediaan} days or less",
        mediaan,
        mediaan=op.getal(mediaan),
    )
    if gemiddeld is None:
        return f"{zin}; {lengte}."
    return t(
        "{zin}; {lengte}, and the average is {gemiddeld}.",
        zin=zin,
        lengte=lengte,
        gemiddeld=op.getal(gemiddeld),
    )


def verwijzer(
    lezing: Lezing, waarden: Sequence[tuple[str, Waarde]], totaal: Waarde
) -> str:
    """Say through whom most provisions came."""
    gevuld = [(naam, waarde) for naam, waarde in waarden if waarde]
    if not gevuld:
        return ""
    naam, meeste = max(gevuld, key=lambda item: item[1] or 0)
    t, aantal = lezing.t, lezing.op.getal(meeste)
    deel = aandeel(lezing, meeste, totaal)
    if deel:
        return t(
            "Most running provisions came through {naam}: {aantal} ({deel}).",
            naam=naam,
            aantal=aantal,
            deel=deel,
        )
    return t(
        "Most running provisions came through {naam}: {aantal}.",
        naam=naam,
        aantal=aantal,
    )


def samenloop(
    lezing: Lezing,
    maat: str,
    meer: Waarde,
    alle: Waarde,
    grootste: str,
    hoeveel: Waarde,
) -> list[str]:
    """Say how many clients or households have something under several laws."""
    t, op = lezing.t, lezing.op
    if not alle:
        return []
    van = (
        t.n("{n} household", "{n} households", alle, n=op.getal(alle))
        if maat == "huishoudens"
        else t.n("{n} client", "{n} clients", alle, n=op.getal(alle))
    )
    if not meer:
        return [
            t(
                "Of {van} with support, none has support under more than one law.",
                van=van,
            )
        ]
    deel = aandeel(lezing, meer, alle)
    zinnen = [
        t.n(
            "Of {van} with support, {n} has support under more than one law{deel}.",
            "Of {van} with support, {n} have support under more than one law{deel}.",
            meer,
            van=van,
            n=op.getal(meer),
            deel=f" ({deel})" if deel else "",
        )
    ]
    if grootste and hoeveel:
        zinnen.append(
            t(
                "The most frequent combination is {wetten}: {n}.",
                wetten=grootste,
                n=op.getal(hoeveel),
            )
        )
    return zinnen


def aantallen(lezing: Lezing, veel: Waarde, alle: Waarde) -> str:
    """Say how many clients have four or more provisions at once."""
    t, op = lezing.t, lezing.op
    if not alle:
        return ""
    if not veel:
        return t("No client has four or more provisions at once.")
    deel = aandeel(lezing, veel, alle)
    return t.n(
        "{n} client has four or more provisions at once{deel}.",
        "{n} clients have four or more provisions at once{deel}.",
        veel,
        n=op.getal(veel),
        deel=f" ({deel})" if deel else "",
    )


def bezwaren(
    lezing: Lezing,
    ingediend: Sequence[tuple[str, Waarde]],
    afgehandeld: Waarde,
    nog_open: Waarde,
) -> str:
    """Say what was filed and handled in the quarter and what is still open."""
    t, op = lezing.t, lezing.op
    delen = []
    for soort, n in ingediend:
        if soort == "bezwaar":
            delen.append(t.n("{n} objection", "{n} objections", n or 0, n=op.getal(n)))
        else:
            delen.append(t.n("{n} complaint", "{n} complaints", n or 0, n=op.getal(n)))
    som = sum(n or 0 for _, n in ingediend)
    zin = (
        t.n(
            "In the {kwartaal} {wat} was filed",
            "In the {kwartaal} {wat} were filed",
            som,
            kwartaal=lezing.kwartaal,
            wat=op.lijst(
                [deel for deel, (_, n) in zip(delen, ingediend, strict=True) if n]
            ),
        )
        if som
        else t("In the {kwartaal} nothing was filed", kwartaal=lezing.kwartaal)
    )
    af = (
        t.n("{n} was handled", "{n} were handled", afgehandeld, n=op.getal(afgehandeld))
        if afgehandeld
        else t("none was handled")
    )
    nog = (
        t.n("{n} is still open", "{n} are still open", nog_open, n=op.getal(nog_open))
        if nog_open
        else t("none is still open")
    )
    return t("{zin}; {af} and {nog}.", zin=zin, af=af, nog=nog)
