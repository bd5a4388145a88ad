"""The demo region as a levering: CSV files as the basisset asks, without a database.

So anyone can try the monitor on a folder, and a test can hold the rows against the
publication by itself.
"""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from samenloop.demo.feiten import Regio
from samenloop.demo.productenboek import SOORTEN
from samenloop.monitor.formaat import BESTANDEN

Rij = dict[str, str]


def rijen(regio: Regio) -> dict[str, list[Rij]]:
    """Return the rows of each file of the levering, all values as text."""
    return {
        "voorzieningen": [
            {
                "gemeente": v.gemeente,
                "client": v.client.bsn,
                "gezaghebbende": v.gezaghebbende.bsn if v.gezaghebbende else "",
                "huishouden": v.client.huishouden.sleutel,
                "postcode": v.client.huishouden.postcode,
                "geboortedatum": v.client.geboortedatum.isoformat(),
                "geslacht": v.client.geslacht,
                "herkomst": "",  # no figure needs it, so it is not made up either
                "wet": v.wet,
                "soort": v.soort,
                "vorm": v.vorm,
                "aanbieder": v.aanbieder,
                "verwijzer": v.verwijzer,
                "aanvraagdatum": _dag(v.aanvraag),
                "startdatum": v.start.isoformat(),
                "einddatum": _dag(v.eind),
                "geregistreerd_op": v.geregistreerd.isoformat(),
                "reden_einde": v.reden_einde,
                "resultaat": v.resultaat,
            }
            for v in regio.voorzieningen
        ],
        "soorten": [
            {
                "wet": soort.wet,
                "soort": soort.code,
                "naam": soort.naam,
                "ouder": soort.ouder,
            }
            for soort in SOORTEN
        ],
        "casussen": [
            {
                "gemeente": c.client.huishouden.gemeente,
                "casus": c.casus,
                "client": c.client.bsn,
                "huishouden": c.client.huishouden.sleutel,
                "type": c.type,
                "startdatum": c.start.isoformat(),
                "einddatum": _dag(c.eind),
                "geregistreerd_op": c.geregistreerd.isoformat(),
                "reden_einde": c.reden_einde,
            }
            for c in regio.casussen
        ],
        "uitkeringen": [
            {
                "gemeente": u.client.huishouden.gemeente,
                "client": u.client.bsn,
                "huishouden": u.client.huishouden.sleutel,
                "spoor": str(u.spoor),
                "startdatum": u.start.isoformat(),
                "einddatum": _dag(u.eind),
                "reden_einde": u.reden_einde,
                "geregistreerd_op": u.geregistreerd.isoformat(),
            }
            for u in regio.uitkeringen
        ],
        "trajecten": [
            {
                "gemeente": t.client.huishouden.gemeente,
                "client": t.client.bsn,
                "spoor": str(t.spoor),
                "datum": t.datum.isoformat(),
                "trajectkosten": str(t.trajectkosten),
                "loonkostensubsidie": str(t.loonkostensubsidie),
            }
            for t in regio.trajecten
        ],
        "begroting": [
            {
                "gemeente": b.gemeente,
                "jaar": str(b.jaar),
                "post": b.post,
                "versie": b.versie,
                "bedrag": str(b.bedrag),
            }
            for b in regio.begroting
        ],
        "bezwaren": [
            {
                "gemeente": b.gemeente,
                "wet": b.wet,
                "soort": b.soort,
                "ingediend_op": b.ingediend.isoformat(),
                "afgehandeld_op": _dag(b.afgehandeld),
                "uitkomst": b.uitkomst,
            }
            for b in regio.bezwaren
        ],
        "gemeenten": [
            {
                "gemeente": g.code,
                "naam": g.naam,
                "regio": regio.gebied.code,
                "huishoudens": str(g.huishoudens),
                "peildatum": regio.gebied.peildatum_huishoudens.isoformat(),
            }
            for g in regio.gebied.gemeenten
        ],
    }


def write(regio: Regio, folder: Path) -> list[Path]:
    """Write the levering into a folder (made if absent) and return its files."""
    folder.mkdir(parents=True, exist_ok=True)
    geschreven = []
    for naam, regels in rijen(regio).items():
        kolommen = [kolom.naam for kolom in BESTANDEN[naam].kolommen]
        geschreven.append(_csv(folder / f"{naam}.csv", kolommen, regels))
    (folder / "toelichting").mkdir(exist_ok=True)
    for onderdeel, tekst in toelichtingen().items():
        pad = folder / "toelichting" / f"{onderdeel}.md"
        pad.write_text(tekst, encoding="utf-8")
        geschreven.append(pad)
    return geschreven


# Texts to send along with a levering of these records (`--toelichting`).
TOELICHTING = Path(__file__).parent / "toelichting"


def toelichtingen() -> dict[str, str]:
    """Return the explanatory text of each section of the report, in Markdown."""
    return {
        tekst.stem: tekst.read_text("utf-8")
        for tekst in sorted(TOELICHTING.glob("*.md"))
    }


def _csv(pad: Path, kolommen: list[str], regels: Iterable[Rij]) -> Path:
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        schrijver = csv.DictWriter(bestand, kolommen, lineterminator="\n")
        schrijver.writeheader()
        schrijver.writerows(regels)
    return pad


def _dag(dag: date | None) -> str:
    return dag.isoformat() if dag else ""
