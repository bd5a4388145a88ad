"""Opening a levering: a folder or a zip of files from someone else.

In goes a path that a deliverer named; out come the files of the documented format
(`formaat`), safe to read. A zip is unpacked member by member into a private folder,
because its names, links and sizes are the word of a stranger. What is not in the
format is left alone and named, so a forgotten or misspelt file is noticed.
"""

import hashlib
import re
import shutil
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from samenloop.monitor.formaat import BESTANDEN
from samenloop.monitor.fouten import LeveringFout

MAX_ONDERDELEN = 10_000  # files in a zip
MAX_UITGEPAKT = 16 * 1024**3  # bytes, all files of a zip together
MAX_VERHOUDING = 200  # times larger than packed; CSV packs 10 to 40 times
RUIM = 64 * 1024**2  # bytes below which the ratio does not matter
MAX_TOELICHTING = 1024**2  # bytes per explanatory text
_BLOK = 1024**2
_SOORTEN = (".csv", ".parquet")


@dataclass(slots=True)
class Levering:
    """The files of one levering, found but not yet read."""

    naam: str
    bestanden: dict[str, Path]  # name in the format -> csv or parquet file
    toelichting: dict[str, str] = field(default_factory=dict)  # section -> Markdown
    invoer: dict[str, str] = field(default_factory=dict)  # text file -> sha256
    overige: list[str] = field(default_factory=list)  # not in the format, ignored


def open_leveringen(paden: Sequence[Path], werkmap: Path) -> list[Levering]:
    """Open every path; zips are unpacked below `werkmap` (private, caller removes).

    Names are made unique, so each file can be told apart in the outcome.

    Raises:
        LeveringFout: a path is no levering, or misses a file that is required.
    """
    if not paden:
        raise LeveringFout("Er is geen levering opgegeven; noem een map of .zip.")
    echt = [pad.resolve() for pad in paden]
    for pad, waar in zip(paden, echt, strict=True):
        if echt.count(waar) > 1:
            raise LeveringFout(
                f"De levering '{pad}' is twee keer opgegeven; noem elke levering "
                "één keer."
            )
    leveringen: list[Levering] = []
    for nummer, pad in enumerate(paden):
        levering = _open(pad, werkmap / f"levering{nummer}")
        namen = {eerdere.naam for eerdere in leveringen}
        if levering.naam in namen:
            levering.naam = f"{levering.naam} ({nummer + 1})"
        leveringen.append(levering)
    return leveringen


def _open(pad: Path, werkmap: Path) -> Levering:
    try:
        if not pad.exists():
            raise LeveringFout(
                f"De levering '{pad}' bestaat niet; controleer de naam van de map "
                "of het zipbestand."
            )
        if pad.is_dir():
            return _lees_map(pad, pad.resolve().name or "levering", str(pad))
        if pad.suffix.lower() == ".zip":
            werkmap.mkdir()
            _pak_uit(pad, werkmap)
            return _lees_map(werkmap, pad.stem, str(pad))
    except OSError as fout:
        raise LeveringFout(
            f"De levering '{pad}' kan niet worden gelezen "
            f"({fout.strerror or fout}); controleer de toegang tot de bestanden."
        ) from fout
    raise LeveringFout(
        f"'{pad}' is geen map en geen .zip; lever een map of zip met "
        "voorzieningen, soorten en gemeenten als CSV of Parquet."
    )


def _bekend(naam: str) -> str:
    """Return the name in the format that a file name stands for, or ''."""
    pad = PurePosixPath(naam.lower())
    return pad.stem if pad.stem in BESTANDEN and pad.suffix in _SOORTEN else ""


def _lees_map(pad: Path, naam: str, waar: str) -> Levering:
    """Find the files of the format in a folder, or in the one folder inside it."""
    inhoud = sorted(kind for kind in pad.iterdir() if not _verborgen(kind.name))
    if not any(_bekend(kind.name) for kind in inhoud):
        mappen = [kind for kind in inhoud if kind.is_dir() and kind.name != _TEKST]
        if len(mappen) == 1:
            pad = mappen[0]
            inhoud = sorted(kind for kind in pad.iterdir() if not _verborgen(kind.name))
    levering = Levering(naam, {})
    for kind in inhoud:
        bestand = _bekend(kind.name)
        if bestand and kind.is_file():
            if bestand in levering.bestanden:
                raise LeveringFout(
                    f"De levering '{waar}' bevat {bestand} twee keer "
                    f"({levering.bestanden[bestand].name} en {kind.name}); "
                    "lever één van beide."
                )
            levering.bestanden[bestand] = kind
        elif kind.name == _TEKST and kind.is_dir():
            _lees_toelichting(kind, levering)
        else:
            levering.overige.append(kind.name)
    ontbreekt = [
        naam
        for naam, bestand_ in BESTANDEN.items()
        if bestand_.verplicht and naam not in levering.bestanden
    ]
    if ontbreekt:
        namen = " en ".join(f"{naam}.csv (of .parquet)" for naam in ontbreekt)
        raise LeveringFout(
            f"In de levering '{waar}' ontbreekt {namen}; voeg toe wat ontbreekt en "
            "lever opnieuw."
        )
    return levering


_TEKST = "toelichting"


def _verborgen(naam: str) -> bool:
    return naam.startswith(".") or naam == "__MACOSX"


def _lees_toelichting(map_: Path, levering: Levering) -> None:
    for pad in sorted(map_.iterdir()):
        if _verborgen(pad.name):
            continue
        naam = f"{_TEKST}/{pad.name}"
        if pad.suffix.lower() != ".md" or not pad.is_file():
            levering.overige.append(naam)
            continue
        if pad.stat().st_size > MAX_TOELICHTING:
            raise LeveringFout(
                f"{naam} is groter dan {MAX_TOELICHTING // 1024} kB; kort de "
                "toelichting in."
            )
        ruw = pad.read_bytes()
        try:
            tekst = ruw.decode("utf-8-sig")
        except UnicodeDecodeError as fout:
            regel = ruw.count(b"\n", 0, fout.start) + 1
            raise LeveringFout(
                f"{naam} is geen UTF-8: regel {regel} bevat byte "
                f"0x{ruw[fout.start]:02X}; sla het bestand op als UTF-8."
            ) from fout
        levering.toelichting[pad.stem] = tekst.replace("\r\n", "\n")
        levering.invoer[naam] = hashlib.sha256(ruw).hexdigest()


def _pak_uit(pad: Path, doel: Path) -> None:
    """Unpack the files of the format from a zip, trusting nothing it says.

    Every name is checked, also of members that are not used: a zip that tries to
    leave its folder is not a levering that went slightly wrong.
    """
    try:
        with zipfile.ZipFile(pad) as zip_:
            leden = zip_.infolist()
            _controleer_zip(pad, leden)
            over = MAX_UITGEPAKT
            for lid in leden:
                deel = _gewenst(lid)
                if deel is None:
                    continue
                waar = doel / deel
                waar.parent.mkdir(parents=True, exist_ok=True)
                if waar.exists():
                    raise LeveringFout(
                        f"De zip '{pad}' bevat '{deel}' twee keer; lever elk "
                        "bestand één keer."
                    )
                over = _kopieer(zip_, lid, waar, over, pad)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as fout:
        raise LeveringFout(
            f"De zip '{pad}' is beschadigd of onvolledig; maak hem opnieuw en lever "
            "opnieuw."
        ) from fout
    except Exception as fout:
        # Each way of packing has an error of its own, and none of them is ours.
        if type(fout).__module__ in {"zlib", "lzma", "_lzma", "bz2"}:
            raise LeveringFout(
                f"De zip '{pad}' is beschadigd; maak hem opnieuw en lever opnieuw."
            ) from fout
        raise


def _controleer_zip(pad: Path, leden: list[zipfile.ZipInfo]) -> None:
    if len(leden) > MAX_ONDERDELEN:
        raise LeveringFout(
            f"De zip '{pad}' bevat {len(leden)} bestanden; meer dan "
            f"{MAX_ONDERDELEN} wordt niet uitgepakt."
        )
    totaal = 0
    for lid in leden:
        naam = lid.orig_filename.replace("\\", "/")
        delen = naam.split("/")
        if naam.startswith("/") or ".." in delen or re.match(r"[A-Za-z]:", naam):
            raise LeveringFout(
                f"De zip '{pad}' bevat een bestand dat buiten de eigen map wil komen "
                f"('{naam[:80]}'); maak een zip met alleen de bestanden van de "
                "levering."
            )
        if "\x00" in naam:
            raise LeveringFout(
                f"De zip '{pad}' bevat een bestandsnaam die niet kan; maak de zip "
                "opnieuw."
            )
        if stat.S_ISLNK(lid.external_attr >> 16):
            raise LeveringFout(
                f"De zip '{pad}' bevat een verwijzing ('{naam[:80]}') in plaats van "
                "een bestand; neem het bestand zelf op."
            )
        if lid.flag_bits & 1:
            raise LeveringFout(
                f"De zip '{pad}' is met een wachtwoord beveiligd; lever een zip "
                "zonder wachtwoord."
            )
        totaal += lid.file_size
        verhouding = lid.file_size / max(lid.compress_size, 1)
        if lid.file_size > RUIM and verhouding > MAX_VERHOUDING:
            raise LeveringFout(_bom(pad))
    if totaal > MAX_UITGEPAKT:
        raise LeveringFout(_bom(pad))


def _bom(pad: Path) -> str:
    return (
        f"De zip '{pad}' wordt uitgepakt veel te groot en is daarom niet geopend; "
        "controleer de inhoud of lever een map."
    )


def _gewenst(lid: zipfile.ZipInfo) -> Path | None:
    """Where a member goes: at the top or one folder deep, or texts; None to skip.

    Other files become empty, so that they are still named as ignored.
    """
    if lid.is_dir():
        return None
    delen = PurePosixPath(lid.filename.replace("\\", "/")).parts
    if not delen or any(_verborgen(deel) for deel in delen):
        return None
    diepte = len(delen) - (len(delen) > 1 and delen[-2] == _TEKST)
    return Path(*delen) if diepte <= 2 else None


def _kopieer(
    zip_: zipfile.ZipFile, lid: zipfile.ZipInfo, waar: Path, over: int, pad: Path
) -> int:
    """Unpack one member; return how many bytes may still follow."""
    tekst = waar.suffix.lower() == ".md"
    if not (_bekend(waar.name) or tekst):
        waar.touch()
        return over
    grens = min(over, MAX_TOELICHTING + 1) if tekst else over
    with zip_.open(lid) as bron, waar.open("wb") as kopie:
        while blok := bron.read(_BLOK):
            grens -= len(blok)
            over -= len(blok)
            kopie.write(blok)
            if grens < 0:
                if tekst:
                    break  # too large for a text: said when it is read
                raise LeveringFout(_bom(pad))
    return over


def verwijder(werkmap: Path) -> None:
    """Remove the private folder; a file that is already gone is no error."""
    shutil.rmtree(werkmap, ignore_errors=True)
