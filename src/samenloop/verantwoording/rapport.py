"""The files of a release: the report as it is handed out.

In Dutch everything; in the other languages what people read, since the tidy data are
the same figures.
"""

import mimetypes
from collections.abc import Callable
from pathlib import Path

from samenloop.monitor import verslag
from samenloop.monitor.uitkomst import Monitor
from samenloop.monitor.voortgang import Voortgang, stil

# Writes the files of a release by way of a folder: name -> bytes.
Rapport = Callable[[Monitor, Path, Voortgang], dict[str, bytes]]

TAAL = "nl"
ANDERE_TALEN = ("en",)
_LEESBAAR = (".html", ".pdf")
_SOORTEN = {
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
}


def report_files(
    monitor: Monitor, map: Path, voortgang: Voortgang = stil
) -> dict[str, bytes]:
    """Return the files by name (`nl/monitor.pdf`), written by way of an empty folder.

    The same outcome gives the same bytes.
    """
    bestanden = _written(monitor, map, TAAL, voortgang)
    for taal in ANDERE_TALEN:
        bestanden |= {
            naam: inhoud
            for naam, inhoud in _written(monitor, map, taal, voortgang).items()
            if naam.endswith(_LEESBAAR)
        }
    return bestanden


def media_type(naam: str) -> str:
    """Return the media type of a file by its name, the same on every machine."""
    ander = mimetypes.types_map.get(Path(naam).suffix, "application/octet-stream")
    return _SOORTEN.get(Path(naam).suffix, ander)


def _written(
    monitor: Monitor, map: Path, taal: str, voortgang: Voortgang
) -> dict[str, bytes]:
    doel = map / taal
    doel.mkdir(parents=True)
    paden = verslag.schrijf(monitor, doel, taal=taal, voortgang=voortgang)
    return {
        f"{taal}/{pad.relative_to(doel).as_posix()}": pad.read_bytes()
        for pad in sorted(paden)
    }
