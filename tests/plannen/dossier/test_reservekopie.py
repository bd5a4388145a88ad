"""A copy takes the files of documents along, and gives them back as they were."""

import stat
import tarfile
from pathlib import Path

import pytest

from samenloop.core.postgres import LanceerFout
from samenloop.plannen.dossier import reservekopie

EEN, TWEE = "ab" * 32, "cd" * 32


def stand(opslag: Path, plek: str, naam: str, inhoud: bytes) -> Path:
    pad = opslag / plek / naam
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_bytes(inhoud)
    return pad


def test_files_come_back_in_their_place_and_closed(
    opslag: Path, tmp_path: Path
) -> None:
    een = stand(opslag, "ab", EEN, b"een")
    twee = stand(opslag, "nieuw", TWEE, b"twee")
    stand(opslag, "ab", "lees mij", b"niet van ons")
    kopie = tmp_path / "over.dump"
    assert reservekopie.pack(kopie) == 2
    assert stat.S_IMODE(reservekopie.beside(kopie).stat().st_mode) == 0o600
    een.unlink()
    twee.write_bytes(b"is er nog")
    assert reservekopie.unpack(kopie) == 1
    assert een.read_bytes() == b"een"
    assert stat.S_IMODE(een.stat().st_mode) == 0o600
    assert twee.read_bytes() == b"is er nog"


def test_nothing_stored_is_a_copy_of_nothing(tmp_path: Path) -> None:
    assert reservekopie.pack(tmp_path / "over.dump") == 0
    assert reservekopie.unpack(tmp_path / "over.dump") == 0


def test_copy_without_files_says_so(tmp_path: Path) -> None:
    assert reservekopie.unpack(tmp_path / "over.dump") is None


def test_existing_copy_is_not_overwritten(opslag: Path, tmp_path: Path) -> None:
    kopie = tmp_path / "over.dump"
    reservekopie.pack(kopie)
    with pytest.raises(LanceerFout, match="bestaat al"):
        reservekopie.pack(kopie)


@pytest.mark.parametrize("naam", ["../buiten", f"ab/{EEN}/x", "/etc/passwd", "ab/kort"])
def test_nothing_is_put_outside_the_folder(
    opslag: Path, tmp_path: Path, naam: str
) -> None:
    kopie = tmp_path / "over.dump"
    bron = stand(tmp_path, "bron", "x", b"x")
    with tarfile.open(reservekopie.beside(kopie), "w") as pak:
        pak.add(bron, naam)
    with pytest.raises(LanceerFout, match="geen kopie van documenten"):
        reservekopie.unpack(kopie)
    assert not [pad for pad in opslag.rglob("*") if pad.is_file()]


def test_damaged_copy_is_refused(tmp_path: Path) -> None:
    kopie = tmp_path / "over.dump"
    reservekopie.beside(kopie).write_bytes(b"geen tar")
    with pytest.raises(LanceerFout, match="niet terug te zetten"):
        reservekopie.unpack(kopie)
