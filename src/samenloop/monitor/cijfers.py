"""The quarterly monitor: from accepted rows to a `Monitor`.

What each table counts is declared in `tabellen`; here the engine's outcome becomes
rows that read well: names for codes, rows for what is nought, one fixed order. With
the figures goes what one must know to trust them: what is absent and why, which cells
do not balance, and what the deliveries left unknown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import product
from typing import Any

from ibis.expr.types import Table

from samenloop.monitor import balans
from samenloop.monitor.formaat import BESTANDEN, ONBEKEND, TOTAAL, Vorm
from samenloop.monitor.fouten import Afgebroken
from samenloop.monitor.motor import bewaarplaats
from samenloop.monitor.tabellen import ALLE
from samenloop.monitor.tabellen.declaratie import Declaratie
from samenloop.monitor.tabellen.feiten import Feiten
from samenloop.monitor.tabellen.namen import WETTEN
from samenloop.monitor.tabellen.opmerkingen import (
    geleverde_gemeenten,
    opmerkingen,
    vereis_gegevens,
)
from samenloop.monitor.tabellen.tijd import Tijd, opsomming
from samenloop.monitor.uitkomst import (
    Kwaliteit,
    Kwartaal,
    Monitor,
    Status,
    Tabel,
)

Voortgang = Callable[[int, int, str], bool | None]
Sleutel = tuple[Any, ...]

_VORMEN = tuple(vorm.value for vorm in Vorm)


def bereken(
    tabellen: Mapping[str, Table],
    kwartaal: Kwartaal,
    *,
    bekend_op: date | None = None,
    status: Status = Status.VOORLOPIG,
    kwaliteit: Kwaliteit | None = None,
    invoer: Mapping[str, str] | None = None,
    toelichting: Mapping[str, str] | None = None,
    voortgang: Voortgang | None = None,
) -> Monitor:
    """Compute every table of the monitor for one quarter.

    Args:
        tabellen: accepted, typed rows per file of the levering, all on one engine
            (DuckDB or Spark), with `_regel` as the order of delivery. `voorzieningen`,
            `soorten` and `gemeenten` are required.
        kwartaal: the quarter asked; it and the three before it give the peildata.
        bekend_op: count only what was registered on or before this date; what has no
            date of registration always counts. None: everything delivered.
        status: how final the figures are.
        kwaliteit: what the check found.
        invoer: sha256 per delivered file.
        toelichting: Markdown per section.
        voortgang: told before each table (step from 1, number of steps, title); when
            it returns False the computation stops.

    Returns:
        The monitor; the same rows in any order give the same outcome, but for the
        order of the items and versions of the budget, which is that of delivery.

    Raises:
        LeveringFout: nothing in the levering is in force on any of the peildata.
        Afgebroken: `voortgang` returned False.
    """
    tijd = Tijd(kwartaal, bekend_op)
    totaal = len(ALLE) + 1
    with bewaarplaats() as bewaar:
        feiten = Feiten(tabellen, tijd, bewaar)
        _meld(voortgang, 1, totaal, "Gegevens lezen")
        vereis_gegevens(feiten)
        uitkomst: dict[str, Tabel] = {}
        afwezig: dict[str, str] = {}
        afwezig_en: dict[str, str] = {}
        for stap, declaratie in enumerate(ALLE.values(), start=2):
            _meld(voortgang, stap, totaal, declaratie.titel)
            if weg := _ontbreekt(declaratie, feiten):
                afwezig[declaratie.id] = _reden(weg)
                afwezig_en[declaratie.id] = _reason(weg)
            else:
                uitkomst[declaratie.id] = _tabel(declaratie, feiten)
        gemeenten = feiten.gemeenten.op_code
        geleverd = geleverde_gemeenten(feiten)
        gezegd = opmerkingen(feiten, geleverd)
        return Monitor(
            kwartaal=str(kwartaal),
            peildata=[dag.isoformat() for dag in tijd.peildata],
            regio=_regio(feiten, geleverd),
            gemeenten=[gemeente.naam for gemeente in gemeenten.values()],
            status=status,
            bekend_op=bekend_op.isoformat() if bekend_op else None,
            geleverd=[feiten.gemeenten.naam(code) for code in geleverd],
            tabellen=uitkomst,
            afwezig=afwezig,
            kwaliteit=kwaliteit or Kwaliteit(),
            onbalans=balans.controleer(uitkomst, feiten),
            toelichting=dict(sorted((toelichting or {}).items())),
            boom=feiten.productenboek.boom(),
            invoer=dict(sorted((invoer or {}).items())),
            opmerkingen=[opmerking.nl for opmerking in gezegd],
            opmerkingen_en=[opmerking.en for opmerking in gezegd],
            afwezig_en=afwezig_en,
        )


def bereken_enkele(
    tabellen: Mapping[str, Table], kwartaal: Kwartaal, namen: Iterable[str]
) -> Monitor:
    """Compute some tables of the monitor, from only the files that they count.

    For a look at one section before there is a release: counted exactly as `bereken`
    does, without its remarks about the delivery as a whole.

    Args:
        tabellen: typed rows per file, as for `bereken`; with `gemeenten`.
        kwartaal: the quarter asked.
        namen: ids of the tables.

    Raises:
        KeyError: there is no such table, or a file that it counts is missing.
    """
    tijd = Tijd(kwartaal)
    with bewaarplaats() as bewaar:
        feiten = Feiten(tabellen, tijd, bewaar)
        uitkomst = {naam: _tabel(ALLE[naam], feiten) for naam in namen}
        gemeenten = feiten.gemeenten.op_code
        return Monitor(
            kwartaal=str(kwartaal),
            peildata=[dag.isoformat() for dag in tijd.peildata],
            regio=_regio(feiten, list(gemeenten)),
            gemeenten=[gemeente.naam for gemeente in gemeenten.values()],
            status=Status.VOORLOPIG,
            bekend_op=None,
            geleverd=[gemeente.naam for gemeente in gemeenten.values()],
            tabellen=uitkomst,
            afwezig={},
            kwaliteit=Kwaliteit(),
            onbalans=balans.controleer(uitkomst, feiten),
        )


def _meld(voortgang: Voortgang | None, stap: int, totaal: int, tekst: str) -> None:
    if voortgang is not None and voortgang(stap, totaal, tekst) is False:
        raise Afgebroken("De berekening is afgebroken; er is niets geschreven.")


def _ontbreekt(declaratie: Declaratie, feiten: Feiten) -> list[str]:
    """Name the absent files for which a table is left out; none when it can be made."""
    weg = [bestand for bestand in declaratie.bestanden if bestand not in feiten]
    genoeg = len(weg) < len(declaratie.bestanden) if declaratie.of else not weg
    return [] if genoeg else weg


def _reden(weg: list[str]) -> str:
    namen = opsomming([f"‘{bestand}’" for bestand in weg])
    if len(weg) == 1:
        omschrijving = BESTANDEN[weg[0]].omschrijving
        return f"Het bestand {namen} ({omschrijving}) zit niet in de levering."
    return f"De bestanden {namen} zitten niet in de levering."


def _reason(weg: list[str]) -> str:
    names = " and ".join(f"‘{bestand}’" for bestand in weg)
    if len(weg) == 1:
        return f"The file {names} is not in the delivery."
    return f"The files {names} are not in the delivery."


def _regio(feiten: Feiten, geleverd: list[str]) -> str:
    """Name the region the figures are about: as delivered, else the municipalities."""
    gemeenten = feiten.gemeenten.op_code
    erbij = [gemeenten[code] for code in geleverd if code in gemeenten]
    erbij = erbij or list(gemeenten.values())
    regios = sorted({gemeente.regio for gemeente in erbij if gemeente.regio})
    if regios and len(regios) <= 3:
        return opsomming(regios)
    if len(erbij) <= 4:
        return opsomming([gemeente.naam for gemeente in erbij])
    return f"{len(erbij)} gemeenten"


def _tabel(declaratie: Declaratie, feiten: Feiten) -> Tabel:
    tijd = feiten.tijd
    over = declaratie.over.waarden(tijd) if declaratie.over else None
    dimensies = declaratie.dimensies[:-1] if over else declaratie.dimensies
    meet = [f"m{i}" for i in range(len(over) if over else 1)]
    gegevens = declaratie.telling(feiten).select([*dimensies, *meet]).to_pyarrow()
    kolommen = [gegevens.column(naam).to_pylist() for naam in [*dimensies, *meet]]
    breedte = len(dimensies)
    tienden = [
        declaratie.tienden is None or naam in declaratie.tienden for naam in over or ()
    ]
    cellen: dict[Sleutel, Sleutel] = {
        rij[:breedte]: rij[breedte:] for rij in zip(*kolommen, strict=True)
    }
    cellen = _vul(cellen, dimensies, declaratie)
    rijen: list[tuple[Any, ...]] = []
    for labels, waarden in _op_orde(cellen, dimensies, feiten):
        if over is None:
            rijen.append((*labels, waarden[0]))
            continue
        rijen += [
            (*labels, naam, waarde / 10 if tiende else waarde)
            for naam, tiende, waarde in zip(over, tienden, waarden, strict=True)
            if waarde is not None
        ]
    periode, periode_en = declaratie.periode(tijd)
    return Tabel(
        id=declaratie.id,
        titel=declaratie.titel,
        definitie=declaratie.definitie,
        bron=", ".join(naam for naam in declaratie.bestanden if naam in feiten),
        eenheid=declaratie.eenheid,
        dimensies=declaratie.dimensies,
        rijen=rijen,
        periode=periode,
        periode_en=periode_en,
        titel_en=declaratie.titel_en,
        definitie_en=declaratie.definitie_en,
        eenheden=dict(declaratie.eenheden),
    )


def _vul(
    cellen: dict[Sleutel, Sleutel], dimensies: tuple[str, ...], declaratie: Declaratie
) -> dict[Sleutel, Sleutel]:
    """Leave out what never occurs, and add the noughts that say something.

    A municipality that delivered the file has a nought; one that did not has no row.
    `onbekend` is no such value: it only has the rows it occurs in.
    """
    if declaratie.nullen:
        return cellen
    gevuld = {sleutel: rij for sleutel, rij in cellen.items() if any(rij)}
    if not declaratie.vul or not cellen:
        return gevuld
    vul = [dimensies.index(naam) for naam in declaratie.vul]
    rest = [i for i in range(len(dimensies)) if i not in vul]
    wet = dimensies.index("wet") if "wet" in dimensies else None
    waarden: dict[Any, list[dict[Any, None]]] = {}
    for sleutel in cellen:
        per_wet = waarden.setdefault(
            sleutel[wet] if wet is not None else None, [{} for _ in vul]
        )
        for i, plaats in enumerate(vul):
            if sleutel[plaats] != ONBEKEND:
                per_wet[i][sleutel[plaats]] = None
    # A column without any value was not delivered: no noughts there.
    nul = tuple(
        None if all(waarde is None for waarde in kolom) else 0
        for kolom in zip(*cellen.values(), strict=True)
    )
    groepen = {tuple(sleutel[i] for i in rest): sleutel for sleutel in gevuld}
    if not rest:
        groepen = {(): next(iter(cellen))}
    for voorbeeld in groepen.values():
        for combinatie in product(
            *waarden[voorbeeld[wet] if wet is not None else None]
        ):
            nieuw = list(voorbeeld)
            for plaats, waarde in zip(vul, combinatie, strict=True):
                nieuw[plaats] = waarde
            gevuld.setdefault(tuple(nieuw), nul)
    return gevuld


def _op_orde(
    cellen: Mapping[Sleutel, Sleutel], dimensies: tuple[str, ...], feiten: Feiten
) -> Iterator[tuple[tuple[str, ...], Sleutel]]:
    """Yield the cells in the order of the report, under their names.

    A nation has hundreds of thousands of cells but few values per dimension, so names
    and places are looked up per dimension and not per cell.
    """
    kolommen = list(zip(*cellen, strict=True))
    plaatsen, labels = [], []
    for dimensie, kolom in zip(dimensies, kolommen, strict=False):
        waarden = sorted(set(kolom), key=partial(_orde, dimensie, feiten))
        plaats = {waarde: nummer for nummer, waarde in enumerate(waarden)}
        naam = {waarde: _label(dimensie, waarde, feiten) for waarde in waarden}
        plaatsen.append([plaats[waarde] for waarde in kolom])
        labels.append([naam[waarde] for waarde in kolom])
    op_plaats = list(zip(*plaatsen, strict=True))
    op_naam = list(zip(*labels, strict=True))
    gemeten = list(cellen.values())
    for nummer in sorted(range(len(gemeten)), key=op_plaats.__getitem__):
        yield op_naam[nummer], gemeten[nummer]


def _label(dimensie: str, waarde: Any, feiten: Feiten) -> str:
    totaal = "verschil" if dimensie == "versie" else TOTAAL
    if waarde is None:
        return totaal
    if isinstance(waarde, int):  # a kind in the tree
        return feiten.productenboek.label(waarde)
    if dimensie == "gemeente" and waarde != ONBEKEND:
        return feiten.gemeenten.naam(waarde)
    # A delivered word that looks like our total stays recognisable as delivered.
    return f"{waarde} (zoals geleverd)" if waarde == totaal else str(waarde)


def _orde(dimensie: str, feiten: Feiten, waarde: Any) -> tuple[int, int, str, str]:
    """Place a value: as the field lists it, else by name; then onbekend, the total."""
    if waarde is None or waarde == 0:
        return (2, 0, "", "")
    if waarde == ONBEKEND:
        return (1, 0, "", "")
    if isinstance(waarde, int):
        return (0, waarde, "", "")
    nummer = 0
    vast = {"wet": WETTEN, "vorm": _VORMEN}.get(dimensie, ())
    if dimensie == "versie":
        vast = tuple(feiten.versies)
    elif dimensie == "post":
        vast = tuple(feiten.posten)
    if vast:
        nummer = vast.index(waarde) if waarde in vast else len(vast)
    elif dimensie == "wetten":
        nummer = waarde.count("+")
    return (0, nummer, waarde.casefold(), waarde)
