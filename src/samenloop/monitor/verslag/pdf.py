"""The report as a tagged PDF (PDF/UA-1), by WeasyPrint.

WeasyPrint needs the Pango library of the system. It is loaded only when a PDF is made,
and `controleer` says in one sentence what to install before anything is computed.
"""

import hashlib
from typing import Any

from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.uitkomst import Monitor

from . import html


def controleer() -> None:
    """See whether a PDF can be made on this machine.

    Raises:
        LeveringFout: the Pango library is missing.
    """
    _weasyprint()


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as fout:
        raise LeveringFout(
            "De PDF kan op deze computer niet worden gemaakt: de bibliotheek Pango "
            "ontbreekt; installeer die (Debian en Ubuntu: libpango-1.0-0, "
            "libpangoft2-1.0-0 en libharfbuzz-subset0) en probeer het opnieuw."
        ) from fout
    return weasyprint


def _geen_ophalen(adres: str, *_: object, **__: object) -> Any:
    raise ValueError(f"een verslag haalt niets op: {adres[:80]}")


def maak(monitor: Monitor, taal: str) -> bytes:
    """Return the PDF; the same monitor always gives the same bytes.

    Raises:
        LeveringFout: the Pango library is missing.
    """
    weasyprint = _weasyprint()
    opmaak = html.maak(monitor, taal, pdf=True)
    document = weasyprint.HTML(string=opmaak, url_fetcher=_geen_ophalen)
    kenmerk = hashlib.sha256(opmaak.encode()).hexdigest()[:32].encode()
    uit: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=kenmerk)
    return uit
