"""Section uitkeringen: benefits, who comes and goes, and what leads to work."""

import ibis
from ibis.expr.types import Table

from samenloop.monitor.formaat import ONBEKEND
from samenloop.monitor.tabellen.declaratie import (
    KWARTALEN,
    STANDEN,
    Declaratie,
    in_vier_kwartalen,
    marges,
    tel,
    vast,
)
from samenloop.monitor.tabellen.feiten import STAND, Feiten


def _stand(feiten: Feiten) -> Table:
    return tel(feiten.uitkeringen, ("gemeente",), STAND, totaal=("gemeente",))


def _stroom(feiten: Feiten) -> Table:
    rijen = feiten.uitkeringen
    rijen = rijen.mutate(
        i5=rijen.i1 + rijen.i2 + rijen.i3 + rijen.i4,
        u5=rijen.u1 + rijen.u2 + rijen.u3 + rijen.u4,
    )
    kwartalen = range(1, 6)
    instroom = tel(
        rijen, ("gemeente",), [f"i{i}" for i in kwartalen], totaal=("gemeente",)
    ).mutate(richting=ibis.literal("instroom"), reden=ibis.null("string"))
    dimensies = ("gemeente", "reden")
    uitstroom = tel(
        rijen, dimensies, [f"u{i}" for i in kwartalen], totaal=dimensies
    ).mutate(richting=ibis.literal("uitstroom"))
    kolommen = ["gemeente", "richting", "reden", *(f"m{i}" for i in range(5))]
    return instroom.select(kolommen).union(uitstroom.select(kolommen))


def _naar_werk(feiten: Feiten) -> Table:
    """Persons from uitkeringen, costs from trajecten: what was delivered of the two."""
    dimensies = ("gemeente", "spoor")
    # What was not delivered is not nought: it stays empty.
    leeg = ibis.null("int64")
    delen = []
    if "uitkeringen" in feiten:
        rijen = marges(feiten.naar_werk, dimensies)
        delen.append(
            rijen.group_by(*dimensies)
            .agg(m0=rijen.client.nunique())
            .mutate(m1=leeg, m2=leeg)
        )
    if "trajecten" in feiten:
        dagen = feiten.tijd.meetdagen
        rijen = feiten.rijen("trajecten")
        rijen = rijen.filter((rijen.datum > dagen[0]) & (rijen.datum <= dagen[-1]))
        rijen = rijen.mutate(
            spoor=ibis.coalesce(rijen.spoor.cast("string"), ibis.literal(ONBEKEND)),
            personen=leeg,
            trajectkosten=ibis.coalesce(rijen.trajectkosten, 0),
            loonkostensubsidie=ibis.coalesce(rijen.loonkostensubsidie, 0),
        )
        meet = ("personen", "trajectkosten", "loonkostensubsidie")
        delen.append(tel(rijen, dimensies, meet, totaal=dimensies))
    kolommen = [*dimensies, "m0", "m1", "m2"]
    samen = tel(
        ibis.union(*(deel.select(kolommen) for deel in delen)),
        dimensies,
        ("m0", "m1", "m2"),
    )
    geleverd = {"m0": "uitkeringen", "m1": "trajecten", "m2": "trajecten"}
    return samen.mutate(
        **{
            meet: ibis.coalesce(samen[meet], 0)
            for meet, bestand in geleverd.items()
            if bestand in feiten
        }
    )


UITKERINGEN = Declaratie(
    id="uitkeringen",
    titel="Uitkeringen",
    titel_en="Benefits",
    definitie=(
        "Het aantal uitkeringen dat loopt op de laatste dag van elk kwartaal, ook van "
        "het kwartaal vóór de vier. Een uitkering loopt als zij uiterlijk op die dag "
        "is begonnen en niet vóór die dag is geëindigd."
    ),
    definitie_en=(
        "The number of benefits in force on the last day of each quarter, including "
        "the quarter before the four. A benefit is in force when it started on or "
        "before that day and did not end before it."
    ),
    bestanden=("uitkeringen",),
    dimensies=("gemeente", "periode"),
    telling=_stand,
    periode=in_vier_kwartalen,
    over=STANDEN,
    vul=("gemeente",),
)

IN_EN_UITSTROOM = Declaratie(
    id="in-en-uitstroom",
    titel="In- en uitstroom van uitkeringen",
    titel_en="Benefits starting and ending",
    definitie=(
        "Het aantal uitkeringen dat in het kwartaal begint (instroom) en eindigt "
        "(uitstroom, naar reden). De einddatum is de laatste dag met uitkering; wie op "
        "de laatste dag van een kwartaal eindigt telt daar nog in de stand en stroomt "
        "uit in het volgende kwartaal. Zo is de stand aan het begin, plus de instroom, "
        "min de uitstroom, gelijk aan de stand aan het eind. Een lege reden heet "
        "onbekend; het totaal telt de vier kwartalen."
    ),
    definitie_en=(
        "The number of benefits that start in the quarter (instroom) and end in it "
        "(uitstroom, by reason). The end date is the last day with a benefit; one that "
        "ends on the last day of a quarter still counts in its stock and leaves in the "
        "next quarter. So opening stock, plus inflow, minus outflow, equals closing "
        "stock. An empty reason is called onbekend (unknown); the total covers the "
        "four quarters."
    ),
    bestanden=("uitkeringen",),
    dimensies=("gemeente", "richting", "reden", "periode"),
    telling=_stroom,
    periode=in_vier_kwartalen,
    over=KWARTALEN,
    vul=("gemeente",),
)

NAAR_WERK = Declaratie(
    id="uitstroom-naar-werk",
    titel="Uitstroom naar werk en wat die kost",
    titel_en="Outflow to work and its cost",
    definitie=(
        "Personen: het aantal unieke cliënten van wie in de vier kwartalen een "
        "uitkering is geëindigd met als reden werk, naar het spoor van die uitkering. "
        "Een uitkering die eindigt op de laatste dag van de vier kwartalen telt pas "
        "daarna. Trajectkosten en loonkostensubsidie: de bedragen van de trajecten met "
        "een datum in de vier kwartalen, in eurocenten."
    ),
    definitie_en=(
        "Personen: the number of unique clients with a benefit that ended in the four "
        "quarters for the reason werk (work), by the track of that benefit. A benefit "
        "that ends on the last day of the four quarters counts after it. Trajectkosten "
        "and loonkostensubsidie: the amounts of the tracks dated in the four quarters, "
        "in eurocents."
    ),
    bestanden=("uitkeringen", "trajecten"),
    dimensies=("gemeente", "spoor", "maat"),
    telling=_naar_werk,
    periode=in_vier_kwartalen,
    over=vast("personen", "trajectkosten", "loonkostensubsidie"),
    eenheden={"trajectkosten": "eurocent", "loonkostensubsidie": "eurocent"},
    vul=("gemeente", "spoor"),
    of=True,
)

TABELLEN = (UITKERINGEN, IN_EN_UITSTROOM, NAAR_WERK)
