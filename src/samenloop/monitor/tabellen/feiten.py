"""The accepted rows, reduced once to what the tables of one quarter need.

A nation has millions of provisions and a few hundred thousand cells. So each file is
read at most a few times: counts that may be added up are kept at their finest grain,
and for what must be counted once per cell (clients, households) there is one row per
person, municipality and law with its number of provisions on each peildatum. Every
table is computed from these; each is made when first asked for.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from samenloop.monitor.formaat import ONBEKEND, Wet
from samenloop.monitor.tabellen.namen import Gemeenten, Productenboek
from samenloop.monitor.tabellen.tijd import (
    Tijd,
    begint,
    eindigt,
    in_kracht,
    met_laatste,
)

PEIL = ("n1", "n2", "n3", "n4")  # stock on each of the four peildata
STAND = ("n0", *PEIL)  # and on the one before

# What can be stacked: a law, and whether it is a benefit rather than a provision.
BITS = {
    (Wet.JEUGDWET.value, False): 1,
    (Wet.WMO.value, False): 2,
    (Wet.PARTICIPATIEWET.value, False): 4,
    (Wet.PARTICIPATIEWET.value, True): 8,
}


class Feiten:
    """The reduced rows of one levering, for the tables of one quarter.

    Args:
        tabellen: accepted, typed rows per file of the levering.
        tijd: the quarter, and the date the figures are made as of.
        bewaar: computes a table once and keeps the outcome (`motor.bewaarplaats`).
    """

    def __init__(
        self,
        tabellen: Mapping[str, Table],
        tijd: Tijd,
        bewaar: Callable[[Table], Table],
    ) -> None:
        self.tabellen = tabellen
        self.tijd = tijd
        self._bewaar = bewaar

    def __contains__(self, bestand: str) -> bool:
        """Tell whether the file was delivered."""
        return bestand in self.tabellen

    def _rijen(self, bestand: str, kolommen: list[str]) -> list[dict[str, Any]]:
        tabel = self.tabellen[bestand]
        rijen: list[dict[str, Any]] = (
            tabel.select([*kolommen, "_regel"]).to_pyarrow().to_pylist()
        )
        rijen.sort(key=lambda rij: (rij["_regel"], str(rij)))
        return rijen

    # --- names ---------------------------------------------------------------

    @cached_property
    def gemeenten(self) -> Gemeenten:
        """Names and households of the municipalities."""
        kolommen = ["gemeente", "naam", "regio", "huishoudens", "peildatum"]
        return Gemeenten(self._rijen("gemeenten", kolommen))

    @cached_property
    def productenboek(self) -> Productenboek:
        """The tree of kinds, with every kind that a provision has."""
        rijen = self._rijen("soorten", ["wet", "soort", "naam", "ouder"])
        gebruikt = self.voorzieningen.select("wet", "soort").distinct().to_pyarrow()
        return Productenboek(
            rijen, [(rij["wet"], rij["soort"]) for rij in gebruikt.to_pylist()]
        )

    @cached_property
    def versies(self) -> list[str]:
        """Versions of the budget of the year, in order of delivery."""
        return self._begroot("versie")

    @cached_property
    def posten(self) -> list[str]:
        """Items of the budget of the year, in order of delivery."""
        return self._begroot("post")

    def _begroot(self, kolom: str) -> list[str]:
        tabel = self.tabellen["begroting"]
        tabel = tabel.filter(tabel.jaar == self.tijd.kwartaal.jaar)
        rijen = tabel.group_by(kolom).agg(eerst=tabel["_regel"].min())
        return [
            rij[kolom]
            for rij in sorted(
                rijen.to_pyarrow().to_pylist(),
                key=lambda rij: (rij["eerst"], rij[kolom]),
            )
        ]

    # --- voorzieningen -------------------------------------------------------

    @cached_property
    def _voorzieningen(self) -> Table:
        """Provisions that are in force, or leave, somewhere in the period."""
        tabel = met_laatste(self.tijd.bekend(self.tabellen["voorzieningen"]))
        dagen = self.tijd.meetdagen
        tabel = tabel.filter(
            (tabel.startdatum <= dagen[-1]) & (tabel.laatste >= dagen[0])
        )
        return tabel.mutate(gemeente=_of_onbekend(tabel.gemeente))

    @cached_property
    def voorzieningen(self) -> Table:
        """Counts of provisions: n1..n4 in force, erin and eruit in the quarter.

        One row per gemeente, wet, soort, vorm and verwijzer.
        """
        tabel = self._voorzieningen
        dagen = self.tijd.meetdagen
        return self._bewaar(
            tabel.group_by(
                gemeente=tabel.gemeente,
                wet=tabel.wet,
                soort=tabel.soort,
                vorm=_of_onbekend(tabel.vorm),
                verwijzer=_of_onbekend(tabel.verwijzer),
            ).agg(
                **_standen(tabel, self.tijd, PEIL),
                erin=tabel.count(where=begint(tabel, *dagen[-2:])),
                eruit=tabel.count(where=eindigt(tabel, *dagen[-2:])),
            )
        )

    @cached_property
    def duren(self) -> Table:
        """Provisions that left in the four quarters: wet, soort, dagen, aantal."""
        tabel = self._voorzieningen
        dagen = self.tijd.meetdagen
        tabel = tabel.filter(eindigt(tabel, dagen[0], dagen[-1]))
        duur = tabel.einddatum.delta(tabel.startdatum, unit="day") + 1
        return tabel.group_by(
            wet=tabel.wet, soort=tabel.soort, dagen=duur.cast("int64")
        ).agg(aantal=tabel.count())

    def op_boom(self, tabel: Table) -> Table:
        """Repeat each row for every kind it is part of; `soort` becomes its number."""
        rijen = [
            (wet, code, nummer)
            for (wet, code), nummers in self.productenboek.telt_voor.items()
            for nummer in (0, *nummers)
        ]
        boom = klein(
            {"wet": pa.string(), "soort": pa.string(), "nummer": pa.int64()}, rijen
        )
        samen = tabel.join(boom, ["wet", "soort"])
        return samen.mutate(soort=samen.nummer).drop("nummer")

    @cached_property
    def _personen(self) -> Table:
        """Provisions per gemeente, wet, client and huishouden on each peildatum."""
        tabel = self._voorzieningen
        dagen = self.tijd.meetdagen
        geteld = tabel.filter(tabel.laatste >= dagen[1])
        standen = _standen(geteld, self.tijd, PEIL)
        return self._bewaar(
            geteld.group_by("gemeente", "wet", "client", "huishouden").agg(
                **{naam: aantal.cast("int32") for naam, aantal in standen.items()}
            )
        )

    @cached_property
    def clienten(self) -> Table:
        """One row per client, wet and gemeente (NULL: all): n1..n4 provisions."""
        return self._per_sleutel("client")

    @cached_property
    def huishoudens(self) -> Table:
        """One row per household, wet and gemeente (NULL: all): n1..n4 provisions."""
        return self._per_sleutel("huishouden")

    @cached_property
    def zonder_huishouden(self) -> Table:
        """As `clienten`, for the provisions without a household."""
        return self._personen.filter(self._personen.huishouden.isnull())

    def _per_sleutel(self, sleutel: str) -> Table:
        tabel = self._personen
        tabel = tabel.filter(tabel[sleutel].notnull()).rename(sleutel=sleutel)
        kolommen = ["gemeente", "wet", "sleutel", *PEIL]
        per_gemeente = tabel.group_by("gemeente", "wet", "sleutel").agg(
            **{naam: tabel[naam].sum().cast("int32") for naam in PEIL}
        )
        totaal = tabel.group_by("wet", "sleutel").agg(
            **{naam: tabel[naam].sum().cast("int32") for naam in PEIL}
        )
        totaal = totaal.mutate(gemeente=ibis.null("string"))
        return self._bewaar(
            per_gemeente.select(kolommen).union(totaal.select(kolommen))
        )

    # --- casussen ------------------------------------------------------------

    @cached_property
    def casussen(self) -> Table:
        """Distinct cases per gemeente and type (NULL: total) in the quarter asked.

        `begin` and `eind` are the stock on the two peildata, `nieuw` and `klaar` what
        came in and went out. A case comes in with its first period and goes out with
        its last one; between types it only changes place.
        """
        tabel = met_laatste(self.tijd.bekend(self.tabellen["casussen"]))
        tabel = tabel.mutate(gemeente=_of_onbekend(tabel.gemeente))
        vorige, dag = self.tijd.meetdagen[-2:]
        eerste = ibis.window(
            group_by="casus",
            order_by=[tabel.startdatum, tabel.laatste, tabel.type, tabel.gemeente],
        )
        laatste = ibis.window(
            group_by="casus",
            order_by=[
                tabel.laatste.desc(),
                tabel.startdatum.desc(),
                tabel.type,
                tabel.gemeente,
            ],
        )
        tabel = tabel.mutate(
            plaats=ibis.row_number().over(eerste),
            terug=ibis.row_number().over(laatste),
        )
        tabel = tabel.filter((tabel.startdatum <= dag) & (tabel.laatste >= vorige))
        tabel = tabel.select(
            "gemeente",
            "type",
            "casus",
            op_begin=in_kracht(tabel, vorige),
            op_eind=in_kracht(tabel, dag),
            komt=(tabel.plaats == 0) & begint(tabel, vorige, dag),
            gaat=(tabel.terug == 0) & eindigt(tabel, vorige, dag),
        )
        for dimensie in ("gemeente", "type"):
            totaal = tabel.mutate(**{dimensie: ibis.null("string")})
            tabel = tabel.union(totaal.select(tabel.columns))
        return self._bewaar(
            tabel.group_by("gemeente", "type").agg(
                begin=tabel.casus.nunique(where=tabel.op_begin),
                nieuw=tabel.casus.nunique(where=tabel.komt),
                klaar=tabel.casus.nunique(where=tabel.gaat),
                eind=tabel.casus.nunique(where=tabel.op_eind),
            )
        )

    # --- uitkeringen ---------------------------------------------------------

    @cached_property
    def _uitkeringen(self) -> Table:
        tabel = met_laatste(self.tijd.bekend(self.tabellen["uitkeringen"]))
        return tabel.mutate(gemeente=_of_onbekend(tabel.gemeente))

    @cached_property
    def uitkeringen(self) -> Table:
        """Counts of benefits per gemeente and reden.

        n0..n4 in force at the end of the five quarters, i1..i4 and u1..u4 in and out
        during the four.
        """
        tabel = self._uitkeringen
        dagen = self.tijd.meetdagen
        stroom = {}
        for i in range(1, 5):
            tussen = dagen[i - 1 : i + 1]
            stroom[f"i{i}"] = tabel.count(where=begint(tabel, *tussen))
            stroom[f"u{i}"] = tabel.count(where=eindigt(tabel, *tussen))
        return self._bewaar(
            tabel.group_by(
                gemeente=tabel.gemeente, reden=_of_onbekend(tabel.reden_einde)
            ).agg(**_standen(tabel, self.tijd, STAND), **stroom)
        )

    @cached_property
    def naar_werk(self) -> Table:
        """Benefits that ended for work in the period: gemeente, spoor, client."""
        tabel = self._uitkeringen
        dagen = self.tijd.meetdagen
        tabel = tabel.filter(
            (tabel.reden_einde == "werk") & eindigt(tabel, dagen[0], dagen[-1])
        )
        spoor = _of_onbekend(tabel.spoor.cast("string"))
        return tabel.select(gemeente=tabel.gemeente, spoor=spoor, client=tabel.client)

    # --- stapeling -----------------------------------------------------------

    @cached_property
    def patronen_clienten(self) -> Table:
        """How many clients have which laws and how many provisions, over time.

        One row per gemeente (NULL: all) and pattern: `wetten` and `aantal` hold one
        hexadecimal digit per peildatum, the first one lowest. A digit of `wetten` is
        the sum of the `BITS` one has; of `aantal` the number of provisions, at most
        four counted per law. `personen` have that pattern.
        """
        return self._patronen(self.clienten, "client")

    @cached_property
    def patronen_huishoudens(self) -> Table:
        """As `patronen_clienten`, for households."""
        return self._patronen(self.huishoudens, "huishouden")

    def _patronen(self, rijen: Table, sleutel: str) -> Table:
        # Each law (and benefits) is one row per person, so digits may be added up.
        bit = ibis.cases(
            *((rijen.wet == wet, bit) for (wet, los), bit in BITS.items() if not los),
            else_=0,
        )
        delen = rijen.select(
            "gemeente",
            "sleutel",
            wetten=_cijfers([ibis.ifelse(rijen[n] > 0, bit, 0) for n in PEIL]),
            aantal=_cijfers([ibis.least(rijen[n], 4) for n in PEIL]),
        )
        if "uitkeringen" in self:
            delen = delen.union(self._patronen_uitkering(sleutel))
        per_sleutel = delen.group_by("gemeente", "sleutel").agg(
            wetten=delen.wetten.sum().cast("int32"),
            aantal=delen.aantal.sum().cast("int32"),
        )
        return self._bewaar(
            per_sleutel.group_by("gemeente", "wetten", "aantal").agg(
                personen=per_sleutel.count()
            )
        )

    def _patronen_uitkering(self, sleutel: str) -> Table:
        tabel = self._uitkeringen
        tabel = tabel.filter(tabel[sleutel].notnull()).mutate(sleutel=tabel[sleutel])
        bit = BITS[Wet.PARTICIPATIEWET.value, True]
        loopt = [in_kracht(tabel, dag).max() for dag in self.tijd.peildata]
        wetten = _cijfers([ibis.ifelse(heeft, bit, 0) for heeft in loopt])
        nul = ibis.literal(0, type="int32")
        kolommen = ["gemeente", "sleutel", "wetten", "aantal"]
        per_gemeente = tabel.group_by("gemeente", "sleutel").agg(wetten=wetten)
        totaal = tabel.group_by("sleutel").agg(wetten=wetten)
        totaal = totaal.mutate(gemeente=ibis.null("string"))
        return (
            per_gemeente.mutate(aantal=nul)
            .select(kolommen)
            .union(totaal.mutate(aantal=nul).select(kolommen))
        )

    # --- the other files -----------------------------------------------------

    def rijen(self, bestand: str) -> Table:
        """The rows of a file, with an empty gemeente as `onbekend`."""
        tabel = self.tabellen[bestand]
        return tabel.mutate(gemeente=_of_onbekend(tabel.gemeente))


def _of_onbekend(kolom: Any) -> Any:
    return ibis.coalesce(kolom, ibis.literal(ONBEKEND))


def _cijfers(delen: list[Any]) -> Any:
    """Pack one hexadecimal digit per peildatum in a number, the first one lowest."""
    getal = delen[0].cast("int32")
    for plaats, deel in enumerate(delen[1:], start=1):
        getal = getal + deel.cast("int32") * 16**plaats
    return getal.cast("int32")


def _standen(tabel: Table, tijd: Tijd, namen: tuple[str, ...]) -> dict[str, Any]:
    """Count the rows in force on the last peildata, one column for each."""
    dagen = tijd.meetdagen[-len(namen) :]
    return {
        naam: tabel.count(where=in_kracht(tabel, dag))
        for naam, dag in zip(namen, dagen, strict=True)
    }


def klein(kolommen: dict[str, pa.DataType], rijen: list[tuple[Any, ...]]) -> Table:
    """Make a small table of our own rows, also when there are none."""
    schema = pa.schema(list(kolommen.items()))
    return ibis.memtable(
        pa.Table.from_pylist(
            [dict(zip(kolommen, rij, strict=True)) for rij in rijen], schema=schema
        )
    )
