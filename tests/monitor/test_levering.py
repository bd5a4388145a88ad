"""A levering from a stranger is opened, or refused in one sentence."""

import shutil
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from samenloop.monitor import levering
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.levering import open_leveringen
from tests.monitor.geleverd import schrijf_levering


def _zip(map_: Path, pad: Path, voor: str = "") -> Path:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as zip_:
        for bestand in sorted(map_.rglob("*")):
            if bestand.is_file():
                zip_.write(bestand, f"{voor}{bestand.relative_to(map_)}")
    return pad


def _open(pad: Path, tmp_path: Path) -> levering.Levering:
    werk = tmp_path / "werk"
    werk.mkdir(exist_ok=True)
    (een,) = open_leveringen([pad], werk)
    return een


@pytest.mark.parametrize("vorm", ["map", "map in map", "zip", "zip met map"])
def test_folder_and_zip_are_opened_alike(tmp_path: Path, vorm: str) -> None:
    bron = schrijf_levering(tmp_path / "a" / "in")
    (bron / "toelichting").mkdir()
    (bron / "toelichting" / "jeugdwet.md").write_bytes(b"\xef\xbb\xbfEen *groei*.\r\n")
    (bron / "toelichting" / "kaart.png").write_bytes(b"x")
    (bron / "casusen.csv").write_text("verkeerde naam")
    (bron / "diep").mkdir()
    (bron / "diep" / "voorzieningen.csv").write_text("ook niet")
    pad = {
        "map": lambda: bron,
        "map in map": lambda: tmp_path / "a",
        "zip": lambda: _zip(bron, tmp_path / "in.zip"),
        "zip met map": lambda: _zip(bron, tmp_path / "in.zip", "levering/"),
    }[vorm]()
    een = _open(pad, tmp_path)
    assert set(een.bestanden) == {"voorzieningen", "soorten", "gemeenten"}
    assert een.bestanden["soorten"].read_text() == (bron / "soorten.csv").read_text()
    assert een.toelichting == {"jeugdwet": "Een *groei*.\n"}
    assert set(een.invoer) == {"toelichting/jeugdwet.md"}
    assert {"casusen.csv", "diep", "toelichting/kaart.png"} >= set(een.overige)
    assert {"casusen.csv", "toelichting/kaart.png"} <= set(een.overige)


@pytest.mark.parametrize(
    "naam",
    [
        "../voorzieningen.csv",
        "a/../../x.csv",
        "/etc/voorzieningen.csv",
        "..\\voorzieningen.csv",
        "C:\\voorzieningen.csv",
        "..",
    ],
)
def test_a_zip_that_wants_to_leave_its_folder_is_refused(
    tmp_path: Path, naam: str
) -> None:
    pad = _zip(schrijf_levering(tmp_path / "in"), tmp_path / "in.zip")
    with zipfile.ZipFile(pad, "a") as zip_:
        zip_.writestr(naam, "x")
    with pytest.raises(LeveringFout, match="buiten de eigen map"):
        _open(pad, tmp_path)
    assert not [p for p in (tmp_path / "werk").rglob("*") if p.is_file()]


def test_a_name_that_only_looks_like_leaving_is_fine(tmp_path: Path) -> None:
    pad = _zip(schrijf_levering(tmp_path / "in"), tmp_path / "in.zip")
    with zipfile.ZipFile(pad, "a") as zip_:
        zip_.writestr("concept..oud.csv", "x")
    assert _open(pad, tmp_path).overige == ["concept..oud.csv"]


def test_a_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    pad = tmp_path / "in.zip"
    with zipfile.ZipFile(pad, "w") as zip_:
        lid = zipfile.ZipInfo("voorzieningen.csv")
        lid.external_attr = (stat.S_IFLNK | 0o777) << 16
        zip_.writestr(lid, "/etc/passwd")
    with pytest.raises(LeveringFout, match="verwijzing"):
        _open(pad, tmp_path)


def test_a_zip_that_unpacks_far_too_large_is_refused(tmp_path: Path) -> None:
    bron = schrijf_levering(tmp_path / "in")
    with (bron / "voorzieningen.csv").open("ab") as bestand:
        bestand.truncate(80 * 1024**2)
    with pytest.raises(LeveringFout, match="veel te groot"):
        _open(_zip(bron, tmp_path / "in.zip"), tmp_path)


def test_what_a_zip_says_of_its_size_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bron = schrijf_levering(tmp_path / "in")
    (bron / "voorzieningen.csv").write_bytes(b"x" * 5_000_000)
    pad = _zip(bron, tmp_path / "in.zip")
    ruw = pad.read_bytes()
    pad.write_bytes(ruw.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10)))
    with pytest.raises(LeveringFout, match="beschadigd"):
        _open(pad, tmp_path)
    shutil.rmtree(tmp_path / "werk")
    monkeypatch.setattr(levering, "MAX_UITGEPAKT", 1_000_000)
    with pytest.raises(LeveringFout, match="veel te groot"):
        _open(_zip(bron, tmp_path / "groot.zip"), tmp_path)


@pytest.mark.parametrize("hoe", ["half", "geen zip", "leeg", "vervalst"])
def test_a_broken_zip_is_refused(tmp_path: Path, hoe: str) -> None:
    pad = _zip(schrijf_levering(tmp_path / "in"), tmp_path / "in.zip")
    ruw = pad.read_bytes()
    midden = bytearray(ruw)
    midden[60:90] = b"\xff" * 30
    pad.write_bytes(
        {
            "half": ruw[: len(ruw) // 2],
            "geen zip": b"gemeente,client\n",
            "leeg": b"",
            "vervalst": bytes(midden),
        }[hoe]
    )
    with pytest.raises(LeveringFout, match="beschadigd"):
        _open(pad, tmp_path)


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    pad = _zip(schrijf_levering(tmp_path / "in"), tmp_path / "in.zip")
    ruw = bytearray(pad.read_bytes())
    for kop, plek in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        waar = ruw.find(kop)
        while waar >= 0:
            ruw[waar + plek] |= 1
            waar = ruw.find(kop, waar + 4)
    pad.write_bytes(bytes(ruw))
    with pytest.raises(LeveringFout, match="wachtwoord"):
        _open(pad, tmp_path)


@pytest.mark.parametrize("weg", ["voorzieningen", "soorten", "gemeenten"])
def test_a_required_file_that_is_missing_is_named(tmp_path: Path, weg: str) -> None:
    bron = schrijf_levering(tmp_path / "in")
    (bron / f"{weg}.csv").unlink()
    with pytest.raises(LeveringFout, match=rf"ontbreekt {weg}\.csv"):
        _open(bron, tmp_path)


def test_other_files_need_not_be_there(tmp_path: Path) -> None:
    een = _open(schrijf_levering(tmp_path / "in"), tmp_path)
    assert "casussen" not in een.bestanden


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    bron = schrijf_levering(tmp_path / "in")
    (bron / "soorten.parquet").write_bytes(b"PAR1")
    with pytest.raises(LeveringFout, match="soorten twee keer"):
        _open(bron, tmp_path)


def test_the_same_levering_twice_is_refused(tmp_path: Path) -> None:
    bron = schrijf_levering(tmp_path / "in")
    with pytest.raises(LeveringFout, match="twee keer opgegeven"):
        open_leveringen([bron, tmp_path / "x" / ".." / "in"], tmp_path)


@pytest.mark.parametrize(
    ("naam", "zin"),
    [("bestaat-niet", "bestaat niet"), ("los.csv", "geen map en geen .zip")],
)
def test_a_path_that_is_no_levering_is_refused(
    tmp_path: Path, naam: str, zin: str
) -> None:
    (tmp_path / "los.csv").write_text("x")
    with pytest.raises(LeveringFout, match=zin):
        _open(tmp_path / naam, tmp_path)


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"goed\nfo\xe9t", "regel 2 bevat byte 0xE9"),
        (b"x" * (1024**2 + 1), "groter dan"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(
    tmp_path: Path, inhoud: bytes, zin: str
) -> None:
    bron = schrijf_levering(tmp_path / "in")
    (bron / "toelichting").mkdir()
    (bron / "toelichting" / "wmo.md").write_bytes(inhoud)
    for pad in (bron, _zip(bron, tmp_path / "in.zip")):
        with pytest.raises(LeveringFout, match=zin):
            _open(pad, tmp_path)
        shutil.rmtree(tmp_path / "werk")


def test_two_leveringen_with_one_name_are_told_apart(tmp_path: Path) -> None:
    een = schrijf_levering(tmp_path / "a" / "in")
    ander = schrijf_levering(tmp_path / "b" / "in")
    assert [x.naam for x in open_leveringen([een, ander], tmp_path)] == ["in", "in (2)"]
