"""Writing all files of a report into a folder.

Each file is made whole in memory and then put in place, so a report that fails half-way
leaves no half file; the same monitor gives the same bytes in every file.
"""

import os
from collections.abc import Callable
from pathlib import Path

from samenloop.monitor.uitkomst import Monitor

from . import excel, html, ods, pdf, tabelbestanden
from .taal import catalogus

Voortgang = Callable[[str], None]


def controleer_omgeving() -> None:
    """See whether every file can be made here, before anything is computed.

    Raises:
        LeveringFout: something of the system is missing, with what to install.
    """
    pdf.controleer()


def schrijf(
    monitor: Monitor,
    map: Path,
    *,
    taal: str = "nl",
    voortgang: Voortgang | None = None,
) -> list[Path]:
    """Write the report: monitor.html, .pdf, .xlsx, .ods, .json and tabellen/<id>.csv.

    Args:
        monitor: the figures.
        map: folder to write in; made when it is not there.
        taal: "nl" or "en".
        voortgang: told the name of each file before it is made.

    Returns:
        The files written, in the order written.

    Raises:
        OnbekendeTaal: there are no texts in that language.
        LeveringFout: something of the system is missing.
        OSError: the folder cannot be written in.
    """
    catalogus(taal)
    controleer_omgeving()
    makers: list[tuple[str, Callable[[], bytes]]] = [
        ("monitor.json", lambda: monitor.to_json().encode("utf-8")),
        *(
            (
                f"tabellen/{tabelbestanden.bestandsnaam(tabel)}",
                lambda tabel=tabel: tabelbestanden.als_csv(tabel),
            )
            for tabel in monitor.tabellen.values()
        ),
        ("monitor.html", lambda: html.maak(monitor, taal).encode("utf-8")),
        ("monitor.xlsx", lambda: excel.maak(monitor, taal)),
        ("monitor.ods", lambda: ods.maak(monitor, taal)),
        ("monitor.pdf", lambda: pdf.maak(monitor, taal)),
    ]
    (map / "tabellen").mkdir(parents=True, exist_ok=True)
    geschreven = []
    for naam, maak in makers:
        if voortgang is not None:
            voortgang(naam)
        doel = map / naam
        tijdelijk = doel.with_name(f".{doel.name}.nieuw")
        try:
            tijdelijk.write_bytes(maak())
            os.replace(tijdelijk, doel)
        finally:
            tijdelijk.unlink(missing_ok=True)
        geschreven.append(doel)
    return geschreven
