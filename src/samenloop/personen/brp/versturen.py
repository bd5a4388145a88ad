"""How a report of doubt reaches the holder of the BRP: over HTTP, or as a file.

Which of the two is a setting. A municipality whose reports go through a terminal has
them put in a folder, one file each, and types in nothing twice; the answer then comes
by letter. Whatever happens on the way, the report itself stays on record.
"""

import json
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from samenloop.core.bronlijn import Lijn, Lijnfout, OnveiligAdres
from samenloop.personen.brp.models import BrpTerugmelding, Uitkomst
from samenloop.personen.brp.verbinding import security

_log = logging.getLogger("samenloop.brp")
_LANGSTE_KENMERK = 60


@dataclass(frozen=True, slots=True, repr=False)
class Antwoord:
    """What the holder of the registry says; not repeated in logs."""

    uitkomst: Uitkomst
    tekst: str


def send(melding: BrpTerugmelding) -> str | None:
    """Send a report; the reference of the other side, or None when it must wait."""
    lijn = _line()
    if lijn is not None:
        return _over_http(lijn, melding)
    if settings.BRP["TERUGMELDEN_MAP"]:
        return _as_file(Path(settings.BRP["TERUGMELDEN_MAP"]), melding)
    return None


def ask_answer(melding: BrpTerugmelding) -> Antwoord | None:
    """Ask what became of a report; None when nothing is known yet."""
    lijn = _line()
    if lijn is None or not melding.kenmerk_bron:
        return None
    try:
        antwoord = lijn.get(
            f"/terugmeldingen/{melding.kenmerk_bron}", koppen=_headers()
        )
    except Lijnfout as fout:
        _log.warning("%s", fout)
        return None
    if antwoord.status != 200 or not isinstance(antwoord.inhoud, dict):
        return None
    try:
        uitkomst = Uitkomst(antwoord.inhoud["uitkomst"])
    except (KeyError, ValueError):
        return None
    return Antwoord(uitkomst, str(antwoord.inhoud.get("antwoord") or "")[:4000])


def is_configured() -> bool:
    """Whether reports can leave this installation by themselves."""
    return bool(settings.BRP["TERUGMELDEN_URL"] or settings.BRP["TERUGMELDEN_MAP"])


def _content(melding: BrpTerugmelding) -> dict[str, Any]:
    return {
        "burgerservicenummer": melding.persoon.burgerservicenummer.bsn,
        "gemeente": melding.gemeente,
        "categorie": melding.categorie,
        "waarom": melding.waarom,
        "voorstel": melding.voorstel,
    }


def _over_http(lijn: Lijn, melding: BrpTerugmelding) -> str | None:
    try:
        antwoord = lijn.post(
            "/terugmeldingen",
            _content(melding),
            koppen={**_headers(), "idempotency-key": str(melding.pk)},
        )
    except Lijnfout as fout:
        _log.warning("%s", fout)
        return None
    inhoud = antwoord.inhoud if isinstance(antwoord.inhoud, dict) else {}
    kenmerk = inhoud.get("kenmerk")
    if antwoord.status not in (200, 201) or not isinstance(kenmerk, str):
        _log.warning("a report of doubt was refused: %s", antwoord.status)
        return None
    return kenmerk[:_LANGSTE_KENMERK]


def _as_file(folder: Path, melding: BrpTerugmelding) -> str | None:
    """Write one file, whole or not at all, for nobody but who runs this program."""
    naam = f"terugmelding-{melding.pk}.json"
    try:
        handle, concept = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as bestand:
            json.dump(_content(melding), bestand, ensure_ascii=False, indent=1)
        Path(concept).replace(folder / naam)
    except OSError as fout:
        _log.error("a report of doubt could not be written: %s", fout.strerror)
        return None
    return f"bestand {melding.pk}"[:_LANGSTE_KENMERK]


def _headers() -> dict[str, str]:
    naam = settings.BRP["KOPPEN"].get("sleutel")
    sleutel = settings.BRP["SLEUTEL"]
    return {naam: sleutel} if naam and sleutel else {}


_lijnen: dict[tuple[str, float], Lijn] = {}
# A connection shared by two processes would mix up their answers.
os.register_at_fork(after_in_child=_lijnen.clear)


def _line() -> Lijn | None:
    waar = (settings.BRP["TERUGMELDEN_URL"], settings.BRP["LIMIET"])
    if not waar[0]:
        return None
    if waar not in _lijnen:
        try:
            _lijnen[waar] = Lijn(
                "brp-terugmelden", waar[0], limiet=waar[1], beveiliging=security()
            )
        except OnveiligAdres as fout:
            _log.error("%s", fout)
            return None
    return _lijnen[waar]
