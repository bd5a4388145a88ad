"""The caseload of now: counted from the work itself, before there is a release.

A release of the monitor is about a whole quarter of a whole region and all its files.
How many cases there are follows from the cases alone, so a municipality may see that
any day: the same tables, counted by the same declarations, over its own records.
"""

from typing import Any

import ibis
import pyarrow as pa
from django.db import connection

from samenloop.core import klok
from samenloop.monitor.cijfers import bereken_enkele
from samenloop.monitor.tabellen.casussen import TABELLEN
from samenloop.monitor.tabellen.opmerkingen import kwartaal_van
from samenloop.monitor.uitkomst import Kwartaal, Monitor
from samenloop.verantwoording.bronnen import Vraag, statement
from samenloop.verantwoording.levering import period_for

# Only what is counted leaves the database: no client, no household.
_KOLOMMEN = {
    "casussen": {
        "gemeente": pa.string(),
        "casus": pa.string(),
        "type": pa.string(),
        "startdatum": pa.date32(),
        "einddatum": pa.date32(),
    },
    "gemeenten": {
        "gemeente": pa.string(),
        "naam": pa.string(),
        "regio": pa.string(),
        "huishoudens": pa.int64(),
        "peildatum": pa.date32(),
    },
}
AANTAL = 8  # quarters one may choose from: two years


def quarters() -> tuple[Kwartaal, ...]:
    """Return the quarters one may choose, newest first; the first still runs."""
    return tuple(reversed(kwartaal_van(klok.today()).reeks(AANTAL)))


def caseload(gemeente: str, kwartaal: Kwartaal) -> Monitor:
    """Count the cases of a municipality (CBS code) in a quarter, as known now.

    Must run within the border of that municipality.
    """
    periode = period_for(kwartaal)
    assert periode.einde is not None
    vraag = Vraag((gemeente,), periode.begin, periode.einde)
    rijen = {naam: ibis.memtable(_read(naam, vraag)) for naam in _KOLOMMEN}
    return bereken_enkele(rijen, kwartaal, [tabel.id for tabel in TABELLEN])


def _read(naam: str, vraag: Vraag) -> pa.Table:
    soorten = _KOLOMMEN[naam]
    kolommen = ", ".join(soorten)
    opdracht = f"SELECT {kolommen} FROM ({statement(naam)}) AS rij"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(opdracht, vraag.parameters())
        rijen: list[tuple[Any, ...]] = cursor.fetchall()
    kolom = list(zip(*rijen, strict=True)) or [()] * len(soorten)
    return pa.table(
        {
            **{
                naam: pa.array(waarden, soort)
                for (naam, soort), waarden in zip(soorten.items(), kolom, strict=True)
            },
            "_regel": pa.array(range(len(rijen)), pa.int64()),
        }
    )
