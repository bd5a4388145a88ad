"""Judging every row of the leveringen.

In come paths of leveringen; out come the accepted rows, typed, as tables of the
engine, with an account of what was refused and why. All judging is done by DuckDB
over whole columns: the condition of each rule (`regels`) is part of one scan, and
only the rows that break one are looked at again. Read = accepted + refused, for
every file (basisset, "The check").
"""

# ruff: noqa: S608 -- names in the SQL are ours or quoted; a cell is never part of it

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import ibis

from samenloop.monitor import keuring_afkeur, keuring_inlezen, levering, regels
from samenloop.monitor.formaat import BESTANDEN, Bestand, Type
from samenloop.monitor.fouten import LeveringFout, TeveelAfgekeurd
from samenloop.monitor.keuring_inlezen import Bron, ident, tekst
from samenloop.monitor.regels_algemeen import EERSTE_DAG, LAATSTE_DAG
from samenloop.monitor.uitkomst import Bestandstelling, Kwaliteit
from samenloop.monitor.voortgang import Voortgang, stil

DREMPEL = 0.05  # share of refused rows above which someone must decide
GEHEUGEN = "3GB"
# Kinds and municipalities first: the other files are judged against them.
_VOLGORDE = (
    "gemeenten",
    "soorten",
    *(naam for naam in BESTANDEN if naam not in ("gemeenten", "soorten")),
)
_UNIEK = {"gemeenten": ("gemeente", "peildatum"), "soorten": ("wet", "soort")}


@dataclass(slots=True)
class Keuring:
    """Judged leveringen. Close it (or use `with`) to remove the working files.

    `tabellen` holds the accepted rows per delivered file: dates as DATE, numbers and
    eurocents as BIGINT, text as VARCHAR with empty as NULL, every column of the
    format, extra columns as delivered, and `_regel` (BIGINT, order of delivery).
    """

    con: Any  # the ibis backend
    werkmap: Path
    tabellen: dict[str, ibis.Table] = field(default_factory=dict)
    kwaliteit: Kwaliteit = field(default_factory=Kwaliteit)
    invoer: dict[str, str] = field(default_factory=dict)  # file -> sha256
    toelichting: dict[str, str] = field(default_factory=dict)  # section -> Markdown
    overige: list[str] = field(default_factory=list)  # delivered but not used
    _eigen: bool = True
    _dicht: bool = False

    @property
    def gelezen(self) -> int:
        """Rows read, over all files."""
        return sum(telling.gelezen for telling in self.kwaliteit.tellingen)

    @property
    def afgekeurd(self) -> int:
        """Rows refused, over all files."""
        return sum(telling.afgekeurd for telling in self.kwaliteit.tellingen)

    @property
    def deel_afgekeurd(self) -> float:
        """Share of the rows that was refused, between 0 and 1."""
        return self.afgekeurd / self.gelezen if self.gelezen else 0.0

    def schrijf_afgekeurd(self, pad: Path) -> None:
        """Write `afgekeurd.csv`: one line per refused row, only a header if none."""
        keuring_afkeur.schrijf(_duck(self.con), pad, self.werkmap)

    def close(self) -> None:
        """Let go of the tables and remove the working files."""
        if self._dicht:
            return
        self._dicht = True
        if self._eigen and self.con is not None:  # it may have failed before
            self.con.disconnect()
        levering.verwijder(self.werkmap)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        soort: type[BaseException] | None,
        fout: BaseException | None,
        spoor: TracebackType | None,
    ) -> None:
        self.close()


def keur(
    paden: Sequence[Path],
    *,
    con: Any = None,
    drempel: float = DREMPEL,
    doorgaan: Callable[[Kwaliteit], bool] | None = None,
    voortgang: Voortgang | None = None,
) -> Keuring:
    """Open the leveringen and judge every row.

    `con` is an ibis DuckDB backend to work in; without one a private database on
    disk is made. `drempel` is a share (0.05 is 5 percent) of all rows; above it
    `doorgaan` decides, and without it the check stops.

    Raises:
        LeveringFout: a levering or file cannot be used at all.
        TeveelAfgekeurd: too many rows were refused and nobody said to go on.
    """
    meld = voortgang or stil
    werkmap = Path(tempfile.mkdtemp(prefix="samenloop-"))
    eigen = con is None
    keuring = Keuring(con, werkmap, _eigen=eigen)
    try:
        leveringen = levering.open_leveringen(paden, werkmap)
        bronnen = keuring_inlezen.zoek_bronnen(leveringen, werkmap, meld)
        if eigen:
            keuring.con = ibis.duckdb.connect(
                str(werkmap / "keuring.duckdb"),
                memory_limit=GEHEUGEN,
                temp_directory=str(werkmap / "tijdelijk"),
            )
        _verzamel(keuring, leveringen, bronnen)
        _keur(keuring, bronnen, meld)
    except duckdb.OutOfMemoryException as fout:
        keuring.close()
        raise LeveringFout(
            f"De levering past niet in het geheugen ({GEHEUGEN}) en de schijfruimte "
            "daarnaast; maak ruimte op de schijf of lever per gemeente."
        ) from fout
    except OSError as fout:
        keuring.close()
        raise LeveringFout(
            f"De levering kan niet worden verwerkt ({fout.strerror or 'fout'}); "
            "controleer de ruimte op de schijf."
        ) from fout
    except BaseException:
        keuring.close()
        raise
    try:
        if keuring.deel_afgekeurd > drempel and not (
            doorgaan is not None and doorgaan(keuring.kwaliteit)
        ):
            raise TeveelAfgekeurd(keuring_afkeur.te_veel(keuring.kwaliteit, drempel))
    except BaseException:
        keuring.close()
        raise
    return keuring


def _duck(con: Any) -> duckdb.DuckDBPyConnection:
    verbinding: duckdb.DuckDBPyConnection = con.con
    return verbinding


def _verzamel(
    keuring: Keuring, leveringen: list[levering.Levering], bronnen: list[Bron]
) -> None:
    """Bring together what is not rows."""
    for bron in bronnen:
        keuring.invoer[bron.label] = bron.sha256
    for een in leveringen:
        voor = f"{een.naam}/" if len(leveringen) > 1 else ""
        keuring.overige.extend(f"{voor}{naam}" for naam in een.overige)
        keuring.invoer.update({f"{voor}{n}": som for n, som in een.invoer.items()})
        for deel, markdown in een.toelichting.items():
            eerder = keuring.toelichting.get(deel)
            if eerder is None:
                keuring.toelichting[deel] = markdown
            elif eerder != markdown:
                keuring.toelichting[deel] = f"{eerder.rstrip()}\n\n{markdown}"


def _keur(keuring: Keuring, bronnen: list[Bron], meld: Voortgang) -> None:
    con = _duck(keuring.con)
    volgorde = con.execute("select current_setting('preserve_insertion_order')")
    eerder = (volgorde.fetchone() or (True,))[0]
    con.execute("set preserve_insertion_order = true")  # row numbers rest on it
    keuring_afkeur.begin(con)
    tellingen = {}
    for naam in _VOLGORDE:
        van = [bron for bron in bronnen if bron.bestand == naam]
        if not van:
            continue
        meld(f"Lezen van {naam}", None)
        kolommen = keuring_inlezen.laad(con, van, f"ruw_{naam}")
        meld(f"Keuren van {naam}", None)
        _oordeel(con, BESTANDEN[naam], kolommen)
        aanvaard = _aanvaard(con, BESTANDEN[naam], kolommen, van)
        gelezen, afgekeurd = keuring_afkeur.leg_vast(con, van, kolommen)
        con.execute(f"drop table ruw_{naam}")
        if gelezen == 0 and BESTANDEN[naam].verplicht:
            wie = " en ".join(bron.label for bron in van)
            raise LeveringFout(
                f"{wie} bevat alleen een kop en geen enkele rij; lever de gegevens."
            )
        if aanvaard + afgekeurd != gelezen:
            raise RuntimeError(
                f"{naam}: {gelezen} read, {aanvaard} accepted, {afgekeurd} refused"
            )
        tellingen[naam] = Bestandstelling(naam, gelezen, aanvaard, afgekeurd)
        keuring.tabellen[naam] = keuring.con.table(f"levering_{naam}")
    keuring.tabellen = {
        naam: keuring.tabellen[naam] for naam in BESTANDEN if naam in tellingen
    }
    keuring.kwaliteit.tellingen = [
        tellingen[naam] for naam in BESTANDEN if naam in tellingen
    ]
    keuring.kwaliteit.afkeur = keuring_afkeur.tel(con)
    keuring.kwaliteit.onvolledig = _onvolledig(con, list(keuring.tabellen))
    con.execute(f"set preserve_insertion_order = {eerder}")


def _rij(bestand: Bestand, extra: str = "") -> str:
    """The rows as the rules see them: cells as text, `d_` for real dates, whether
    the municipality and the kind are known."""
    datums = [k.naam for k in bestand.kolommen if k.type is Type.DATUM]
    ruw = "".join(f', try_cast("{naam}" as date) as "_d_{naam}"' for naam in datums)
    # Only the shape JJJJ-MM-DD survives going to a date and back.
    echt = "".join(
        f', case when cast("_d_{naam}" as varchar) = "{naam}" and "_d_{naam}" '
        f"between date '{EERSTE_DAG}' and date '{LAATSTE_DAG}' "
        f'then "_d_{naam}" end as "d_{naam}"'
        for naam in datums
    )
    bekend, koppel = "", ""
    namen = {kolom.naam for kolom in bestand.kolommen}
    if "gemeente" in namen and bestand.naam != "gemeenten":
        bekend += ", g.gemeente is not null as gemeente_bekend"
        koppel += (
            " left join (select distinct gemeente from levering_gemeenten) as g "
            "on g.gemeente = r.gemeente"
        )
    if bestand.naam == "voorzieningen":
        bekend += ", s.soort is not null as soort_bekend"
        koppel += (
            " left join (select distinct wet, soort from levering_soorten) as s "
            "on s.wet = r.wet and s.soort = r.soort"
        )
    return (
        f"(select *{echt} from (select r.rowid as rid, r.*{ruw}{bekend} "
        f"from ruw_{bestand.naam} as r{koppel}) {extra})"
    )


def _oordeel(
    con: duckdb.DuckDBPyConnection, bestand: Bestand, kolommen: list[str]
) -> None:
    """Write down every rule that every row breaks."""
    eigen = regels.regels_van(bestand.naam)
    fout = " or ".join(f"({regel.fout})" for regel in eigen if regel.fout)
    con.execute(
        f"create or replace table verdacht as select * from {_rij(bestand)} "
        f"where {fout}"
    )
    cellen = ", ".join(ident(naam) for naam in kolommen)
    for regel in eigen:
        plaats = regels.REGELS.index(regel)
        if regel.fout:
            bron, waar = "verdacht", regel.fout
        else:
            rest = (
                f"(select * from {_rij(bestand)} where rid not in (select rid from "
                f"afkeur where bestand = {tekst(bestand.naam)}))"
            )
            zoek = regel.zoek.replace("{ruw}", f"ruw_{bestand.naam}")
            zoek = zoek.replace("{rest}", rest).replace("{cellen}", cellen)
            con.execute(f"create or replace table gevonden as {zoek}")
            bron = f"(select rowid as rid, * from ruw_{bestand.naam})"
            waar = "rid in (select rid from gevonden)"
        con.execute(
            f"insert into afkeur select {tekst(bestand.naam)}, rid, {plaats}, "
            f"{regel.melding_sql()} from {bron} where {waar}"
        )


def _aanvaard(
    con: duckdb.DuckDBPyConnection,
    bestand: Bestand,
    kolommen: list[str],
    bronnen: list[Bron],
) -> int:
    """Make the typed table of accepted rows; return how many rows were accepted.

    Kinds and municipalities that several leveringen bring alike become one row.
    """
    soort = {kolom.naam: kolom.type for kolom in bestand.kolommen}
    naar = {Type.DATUM: "date", Type.GEHEEL: "bigint", Type.BEDRAG: "bigint"}
    keuze = ", ".join(
        f"cast({ident(naam)} as {naar[soort[naam]]}) as {ident(naam)}"
        if soort.get(naam) in naar
        else ident(naam)
        for naam in kolommen
    )
    goed = (
        f"select rowid + 1 as _regel, _bron, {keuze} from ruw_{bestand.naam} "
        f"where rowid not in (select rid from afkeur "
        f"where bestand = {tekst(bestand.naam)})"
    )
    tabel = f"levering_{bestand.naam}"
    sleutel = _UNIEK.get(bestand.naam)
    if sleutel is None or len(bronnen) == 1:
        con.execute(
            f"create or replace table {tabel} as select * exclude (_bron) from ({goed})"
        )
        return _een(con, f"select count(*) from {tabel}")
    con.execute(f"create or replace table samen as {goed}")
    _botsing(con, bestand, sleutel, bronnen)
    con.execute(
        f"create or replace table {tabel} as select * exclude (_bron) from samen "
        f"qualify row_number() over (partition by {', '.join(sleutel)} "
        "order by _regel) = 1 order by _regel"
    )
    aantal = _een(con, "select count(*) from samen")
    con.execute("drop table samen")
    return aantal


def _botsing(
    con: duckdb.DuckDBPyConnection,
    bestand: Bestand,
    sleutel: tuple[str, ...],
    bronnen: list[Bron],
) -> None:
    """Leveringen may bring the same kind or municipality, but not with other facts."""
    inhoud = ", ".join(
        kolom.naam for kolom in bestand.kolommen if kolom.naam not in sleutel
    )
    gelijk = " and ".join(f"a.{naam} is not distinct from b.{naam}" for naam in sleutel)
    anders = con.execute(
        f"select {', '.join(f'a.{naam}' for naam in sleutel)}, a._bron, b._bron "
        f"from samen as a join samen as b on a._bron < b._bron and {gelijk} "
        f"where (select row(a.{inhoud.replace(', ', ', a.')})) is distinct from "
        f"(select row(b.{inhoud.replace(', ', ', b.')})) "
        "order by a._regel, b._regel limit 1"
    ).fetchone()
    if anders:
        wat = " ".join(str(deel) for deel in anders[: len(sleutel)] if deel is not None)
        een, ander = bronnen[anders[-2]].label, bronnen[anders[-1]].label
        raise LeveringFout(
            f"{een} en {ander} zeggen iets anders over {wat[:80]}; maak ze gelijk of "
            "lever ze niet samen."
        )


def _onvolledig(
    con: duckdb.DuckDBPyConnection, bestanden: list[str]
) -> list[dict[str, Any]]:
    """Count the accepted rows per column where something is unknown."""
    uit: list[dict[str, Any]] = []
    for naam in bestanden:
        kolommen = regels.ONVOLLEDIG.get(naam, {})
        if not kolommen:
            continue
        telling = con.execute(
            "select "
            + ", ".join(
                f'count(*) filter ("{kolom}" is null and ({waar or "true"}))'
                for kolom, waar in kolommen.items()
            )
            + f" from levering_{naam}"
        ).fetchone()
        uit.extend(
            {"bestand": naam, "kolom": kolom, "aantal": aantal}
            for kolom, aantal in zip(kolommen, telling or (), strict=True)
            if aantal
        )
    return uit


def _een(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    rij = con.execute(sql).fetchone()
    return int(rij[0]) if rij else 0
