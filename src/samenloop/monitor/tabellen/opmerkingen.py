"""What one must know to read the figures, in sentences, Dutch and English.

Nothing is left out silently: a provision without a municipality, a person without a
household, a file or a municipality that is missing, a quarter in which nothing moves.
"""

from datetime import date
from typing import Any, NamedTuple

import ibis
from ibis.expr.types import Table

from samenloop.monitor.formaat import ONBEKEND
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.tabellen.feiten import PEIL, Feiten
from samenloop.monitor.tabellen.namen import WETTEN
from samenloop.monitor.tabellen.tijd import (
    MAANDEN,
    MONTHS,
    dagen_in_woorden,
    day_in_words,
    in_kracht,
    in_woorden,
    listing,
    met_laatste,
    opsomming,
)
from samenloop.monitor.uitkomst import Kwartaal

_MET_GEMEENTE = (
    "voorzieningen", "casussen", "uitkeringen", "trajecten", "begroting", "bezwaren",
)  # fmt: skip
_MET_PERIODE = ("voorzieningen", "casussen", "uitkeringen")
_WETNAAM = {"jeugdwet": "Jeugdwet", "wmo": "Wmo", "participatiewet": "Participatiewet"}


class Opmerking(NamedTuple):
    """One remark, said twice."""

    nl: str
    en: str


def geleverde_gemeenten(feiten: Feiten) -> list[str]:
    """Return the codes of the municipalities with at least one accepted row."""
    codes: set[str] = set()
    for bestand in _MET_GEMEENTE:
        if bestand in feiten:
            gevonden = feiten.tabellen[bestand].select("gemeente").distinct()
            codes.update(gevonden.to_pyarrow().column("gemeente").to_pylist())
    return sorted(code for code in codes if code)


def vereis_gegevens(feiten: Feiten) -> None:
    """Refuse a quarter about which the levering says nothing.

    Raises:
        LeveringFout: no accepted row is in force on any of the four peildata.
    """
    eerste: date | None = None
    laatste: date | None = None
    for bestand in _MET_PERIODE:
        if bestand not in feiten:
            continue
        tabel = met_laatste(feiten.tijd.bekend(feiten.tabellen[bestand]))
        peildata = feiten.tijd.peildata
        loopt = in_kracht(tabel, peildata[0])
        for dag in peildata[1:]:
            loopt = loopt | in_kracht(tabel, dag)
        grenzen = tabel.agg(
            loopt=tabel.count(where=loopt),
            begin=tabel.startdatum.min(),
            einde=ibis.greatest(tabel.startdatum.max(), tabel.einddatum.max()),
            start=tabel.startdatum.max(),
        )
        rij = grenzen.to_pyarrow().to_pylist()[0]
        if rij["loopt"]:
            return
        if rij["begin"] is not None:
            einde = rij["einde"] or rij["start"]
            eerste = min(eerste or rij["begin"], rij["begin"])
            laatste = max(laatste or einde, einde)
    gevraagd = f"{feiten.tijd.kwartalen[0]} tot en met {feiten.tijd.kwartaal}"
    if eerste is None or laatste is None:
        raise LeveringFout(
            "De levering heeft geen enkele aanvaarde voorziening, casus of uitkering, "
            f"dus er zijn geen cijfers over {gevraagd} te maken; lever de bestanden "
            "opnieuw aan."
        )
    van, tot = kwartaal_van(eerste), kwartaal_van(laatste)
    wanneer = f"in {van}" if van == tot else f"van {van} tot en met {tot}"
    raise LeveringFout(
        f"Op geen van de vier peildata ({dagen_in_woorden(feiten.tijd.peildata)}) is "
        "er iets van kracht in de levering; zij gaat over gegevens "
        f"{wanneer}: kies een kwartaal waarover is geleverd."
    )


def kwartaal_van(dag: date) -> Kwartaal:
    """Return the quarter a day falls in."""
    return Kwartaal(dag.year, (dag.month + 2) // 3)


def opmerkingen(feiten: Feiten, geleverd: list[str]) -> list[Opmerking]:
    """Return the remarks that go with the figures, most general first."""
    return [
        *_bekend(feiten),
        *_stilte(feiten),
        *_zonder_gemeente(feiten),
        *_zonder_huishouden(feiten),
        *_zonder_levering(feiten, geleverd),
        *_zonder_noemer(feiten),
        *_halve_uitstroom(feiten),
    ]


def _getal(aantal: int) -> str:
    return "één" if aantal == 1 else f"{aantal:,}".replace(",", ".")


def _aantal(aantal: int, enkel: str, meer: str) -> str:
    return f"{_getal(aantal)} {enkel if aantal == 1 else meer}"


def _count(aantal: int, one: str, more: str) -> str:
    return f"one {one}" if aantal == 1 else f"{aantal:,} {more}"


def _rij(tabel: Table) -> dict[str, Any]:
    rij: dict[str, Any] = tabel.to_pyarrow().to_pylist()[0]
    return rij


def _bekend(feiten: Feiten) -> list[Opmerking]:
    """As of when, and how much became known later."""
    dag = feiten.tijd.bekend_op
    if dag is None:
        return []
    later = 0
    for bestand in _MET_PERIODE:
        if bestand in feiten:
            tabel = feiten.tabellen[bestand]
            na = tabel.agg(n=tabel.count(where=tabel.geregistreerd_op > dag))
            later += _rij(na)["n"]
    zin = f"De cijfers tellen wat op {in_woorden(dag)} bekend was."
    said = f"The figures count what was known on {day_in_words(dag)}."
    if later:
        regels = _aantal(later, "regel", "regels")
        werd, telt = ("werd", "telt") if later == 1 else ("werden", "tellen")
        zin += (
            f" {regels[0].upper()}{regels[1:]} die later bekend {werd} {telt} niet mee."
        )
        rows = _count(later, "row", "rows")
        does = "does" if later == 1 else "do"
        said += (
            f" {rows[0].upper()}{rows[1:]} that became known later {does} not count."
        )
    return [Opmerking(zin, said)]


def _stilte(feiten: Feiten) -> list[Opmerking]:
    """A quarter in which no provision starts or ends was perhaps not delivered."""
    tabel = feiten.voorzieningen
    rij = _rij(tabel.agg(**{k: tabel[k].sum() for k in (*PEIL, "erin", "eruit")}))
    zinnen = []
    leeg = tuple(
        dag
        for dag, stand in zip(feiten.tijd.peildata, PEIL, strict=True)
        if not rij[stand]
    )
    if leeg:
        zinnen.append(
            Opmerking(
                f"Op {dagen_in_woorden(leeg)} loopt er geen enkele voorziening.",
                f"On {listing([day_in_words(dag) for dag in leeg])} no provision is in "
                "force.",
            )
        )
    if not rij["erin"] and not rij["eruit"]:
        zinnen.append(
            Opmerking(
                f"In {feiten.tijd.kwartaal} begint of eindigt geen enkele voorziening; "
                "ga na of dit kwartaal is geleverd.",
                f"In {feiten.tijd.kwartaal} no provision starts or ends; check whether "
                "this quarter was delivered.",
            )
        )
    return zinnen


def _zonder_gemeente(feiten: Feiten) -> list[Opmerking]:
    tabel = feiten.voorzieningen
    tabel = tabel.filter(tabel.gemeente == ONBEKEND)
    per_wet = {
        rij["wet"]: rij
        for rij in tabel.group_by("wet")
        .agg(**{stand: tabel[stand].sum() for stand in PEIL})
        .to_pyarrow()
        .to_pylist()
    }
    zinnen = []
    for wet in (wet for wet in WETTEN if wet in per_wet):
        dagen: dict[int, list[date]] = {}
        for dag, stand in zip(feiten.tijd.peildata, PEIL, strict=True):
            if per_wet[wet][stand]:
                dagen.setdefault(int(per_wet[wet][stand]), []).append(dag)
        if not dagen:
            continue
        delen: list[str] = []
        for aantal, data in dagen.items():
            maanden = opsomming([MAANDEN[dag.month - 1] for dag in data])
            had = "" if delen else ("had " if aantal == 1 else "hadden ")
            delen.append(f"in {maanden} {had}{_getal(aantal)}")
        enkel = set(dagen) == {1}
        wat = "voorziening" if aantal == 1 else "voorzieningen"
        staat, telt = ("staat", "telt") if enkel else ("staan", "tellen")
        zin = f"{opsomming(delen)} {wat} van de {_WETNAAM[wet]} geen gemeente; zij "
        zin += f"{staat} onder onbekend en {telt} mee in het totaal."
        per_dag = listing(
            [
                f"{_count(aantal, 'provision', 'provisions')} in "
                f"{listing([MONTHS[dag.month - 1] for dag in data])}"
                for aantal, data in dagen.items()
            ]
        )
        zinnen.append(
            Opmerking(
                zin[0].upper() + zin[1:],
                f"{_WETNAAM[wet]}: {per_dag} without a municipality; counted under "
                "onbekend (unknown) and in the total.",
            )
        )
    return zinnen


def _zonder_huishouden(feiten: Feiten) -> list[Opmerking]:
    tabel = feiten.zonder_huishouden
    aantal = _rij(tabel.agg(n=tabel.n4.sum()))["n"]
    if not aantal:
        return []
    wat = _aantal(int(aantal), "actieve voorziening", "actieve voorzieningen")
    heeft, telt = ("heeft", "telt") if aantal == 1 else ("hebben", "tellen")
    dag = feiten.tijd.peildata[-1]
    what = _count(int(aantal), "active provision has", "active provisions have")
    return [
        Opmerking(
            f"Op {in_woorden(dag)} {heeft} {wat} geen huishouden in de levering; die "
            f"{telt} niet mee in de aantallen huishoudens.",
            f"On {day_in_words(dag)} {what} no household in the delivery; not counted "
            "in the numbers of households.",
        )
    ]


def _zonder_levering(feiten: Feiten, geleverd: list[str]) -> list[Opmerking]:
    stil = [
        gemeente.naam
        for code, gemeente in feiten.gemeenten.op_code.items()
        if code not in geleverd
    ]
    if not stil:
        return []
    gevolg = (
        "in de cijfers ontbreekt wat daar loopt, terwijl de huishoudens wel meetellen "
        "in het aandeel huishoudens van het totaal."
    )
    effect = (
        "what is in force there is missing from the figures, while its households do "
        "count in the share of households of the total."
    )
    weinig = len(stil) <= 5
    wie = opsomming(stil) if weinig else f"{len(stil)} gemeenten"
    who = listing(stil) if weinig else f"{len(stil)} municipalities"
    return [
        Opmerking(
            f"Van {wie} is niets geleverd: {gevolg}",
            f"Nothing was delivered for {who}: {effect}",
        )
    ]


def _zonder_noemer(feiten: Feiten) -> list[Opmerking]:
    dag = feiten.tijd.peildata[-1]
    namen = [
        gemeente.naam
        for gemeente in feiten.gemeenten.op_code.values()
        if not gemeente.huishoudens(dag)
    ]
    if not namen:
        return []
    weinig = len(namen) <= 5
    wie = opsomming(namen) if weinig else f"{len(namen)} gemeenten"
    who = listing(namen) if weinig else f"{len(namen)} municipalities"
    return [
        Opmerking(
            f"Van {wie} is het aantal huishoudens niet bekend: er is daar geen aandeel "
            "huishoudens, en in het totaal ontbreken deze huishoudens in de noemer.",
            f"The number of households of {who} is not known: there is no share of "
            "households there, and the total lacks them in its denominator.",
        )
    ]


def _halve_uitstroom(feiten: Feiten) -> list[Opmerking]:
    """Outflow to work needs two files; with one of them it is half."""
    if ("uitkeringen" in feiten) == ("trajecten" in feiten):
        return []
    weg, wat, what = (
        ("trajecten", "kosten", "costs")
        if "uitkeringen" in feiten
        else ("uitkeringen", "personen", "persons")
    )
    return [
        Opmerking(
            f"Het bestand ‘{weg}’ zit niet in de levering: bij de uitstroom naar werk "
            f"zijn de {wat} niet bekend.",
            f"The file ‘{weg}’ is not in the delivery: the {what} of the outflow to "
            "work are not known.",
        )
    ]
