"""The command: everything is written, or nothing and one sentence."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from samenloop.monitor import opdracht, opdracht_map, verslag
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.opdracht import main, regeltabel
from samenloop.monitor.opdracht_opties import lees
from samenloop.monitor.regels import REGELS
from tests.monitor.geleverd import (
    GOED,
    afgekeurd,
    rij,
    schrijf_csv,
    schrijf_levering,
)

WORTEL = Path(__file__).parents[2]
KOP = list(GOED["voorzieningen"])
VASTE = {
    "monitor.html",
    "monitor.pdf",
    "monitor.xlsx",
    "monitor.ods",
    "monitor.json",
    "tabellen",
    "afgekeurd.csv",
}


@pytest.fixture
def levering(tmp_path: Path) -> Path:
    return schrijf_levering(tmp_path / "in")


def _opdracht(*levering: Path, uit: Path, meer: tuple[str, ...] = ()) -> list[str]:
    return [*map(str, levering), "--kwartaal", "2017Q4", "--uit", str(uit), *meer]


def _snel(
    monitor: object, map_: Path, *, taal: str = "nl", voortgang: object = None
) -> list[Path]:
    """Stands in for the report where the test is about the folder alone."""
    (map_ / "tabellen").mkdir()
    (map_ / "tabellen" / "klanten.csv").write_text(taal)
    for naam in VASTE - {"tabellen", "afgekeurd.csv"}:
        (map_ / naam).write_text("{}")
    return []


@pytest.fixture
def zonder_verslag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verslag, "schrijf", _snel)


def test_a_levering_becomes_the_documented_files(
    levering: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uit = tmp_path / "nog" / "niet" / "uit"
    (levering / "notities.txt").write_text("x")
    assert main(_opdracht(levering, uit=uit)) == 0
    gezegd = capsys.readouterr()
    assert gezegd.err == ""
    assert {kind.name for kind in uit.iterdir()} == VASTE
    monitor = json.loads((uit / "monitor.json").read_text())
    assert monitor["kwartaal"] == "2017Q4"
    assert {p.stem for p in (uit / "tabellen").iterdir()} == set(monitor["tabellen"])
    assert (uit / "afgekeurd.csv").read_text() == (
        "bestand,regelnummer,kolom,regel,melding,rij\n"
    )
    assert str(uit) in gezegd.out
    assert "caseload" in gezegd.out  # absent, and said so
    assert "notities.txt" in gezegd.out
    assert [kind.name for kind in uit.parent.iterdir()] == ["uit"]


def _zip_met(naam: str) -> Callable[[Path], Path]:
    def maak(map_: Path) -> Path:
        with zipfile.ZipFile(map_ / "x.zip", "w") as zip_:
            for pad in schrijf_levering(map_ / "in").iterdir():
                zip_.write(pad, pad.name)
            zip_.writestr(naam, "x")
        return map_ / "x.zip"

    return maak


def _met_inhoud(inhoud: bytes) -> Callable[[Path], Path]:
    def maak(map_: Path) -> Path:
        levering = schrijf_levering(map_ / "in")
        (levering / "voorzieningen.csv").write_bytes(inhoud)
        return levering

    return maak


def _groot_veld(map_: Path) -> Path:
    levering = schrijf_levering(map_ / "in")
    with (levering / "voorzieningen.csv").open("wb") as bestand:
        bestand.write(",".join(KOP).encode() + b"\n")
        for _ in range(1024):
            bestand.write(b"x" * 1024**2)
    return levering


def _jaar_20170(map_: Path) -> Path:
    fout = [
        rij("voorzieningen", client=f"C{nr}", startdatum="20170-02-01")
        for nr in range(9)
    ]
    return schrijf_levering(map_ / "in", {"voorzieningen": fout})


def _zonder_rijen(map_: Path) -> Path:
    levering = schrijf_levering(map_ / "in")
    schrijf_csv(levering / "voorzieningen.csv", [], KOP)
    return levering


def _lege_map(map_: Path) -> Path:
    (map_ / "in").mkdir()
    return map_ / "in"


_TEKST = "\n".join([",".join(KOP), *[",".join(GOED["voorzieningen"].values())] * 3])


@pytest.mark.parametrize(
    ("maak", "zin"),
    [
        (_met_inhoud(b"naam,adres\nx,y\n"), "ontbreekt de kolommen"),
        (_met_inhoud(_TEKST[: len(_TEKST) - 60].encode()), "midden in een rij"),
        (_met_inhoud(_TEKST.replace("NL", "é").encode("latin-1")), "geen UTF-8"),
        (_groot_veld, "meer dan 1 MB"),
        (_zip_met("../../voorzieningen.csv"), "buiten de eigen map"),
        (_jaar_20170, "V-DATUM startdatum"),
        (_zonder_rijen, "geen enkele rij"),
        (_lege_map, "ontbreekt voorzieningen.csv"),
        (lambda map_: map_ / "weg", "bestaat niet"),
        (_met_inhoud(b""), "is leeg"),
        (_met_inhoud(os.urandom(5000)), "voorzieningen.csv"),
    ],
)
def test_broken_input_ends_in_one_sentence_and_nothing_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    maak: Callable[[Path], Path],
    zin: str,
) -> None:
    pad = maak(tmp_path)
    uit = tmp_path / "elders" / "uit"
    assert main(_opdracht(pad, uit=uit)) == 2
    fout = capsys.readouterr().err
    assert zin in fout
    assert fout.count("\n") == 1
    assert fout.endswith(".\n")
    assert not uit.parent.exists()


@pytest.mark.parametrize(
    ("argv", "zin"),
    [
        ([], "geen levering opgegeven"),
        (["in"], "kwartaal ontbreekt"),
        (["in", "--kwartaal", "2017Q4"], "--uit"),
        (["in", "--kwartaal", "2017Q5", "--uit", "u"], "geen kwartaal"),
        (
            ["in", "--kwartaal", "2017Q4", "--uit", "u", "--bekend-op", "gisteren"],
            "geen datum",
        ),
        (
            ["in", "--kwartaal", "2017Q4", "--uit", "u", "--bekend-op", "2018-02-30"],
            "geen datum",
        ),
        (["in", "--proef", "--drempel", "veel"], "geen drempel"),
        (["in", "--proef", "--drempel", "101%"], "geen drempel"),
        (["in", "--proef", "--taal", "fr"], "nl of en"),
        (["in", "--proef", "--status", "af"], "voorlopig of herzien of definitief"),
        (["in", "--proef", "--motor", "gpu"], "duckdb of spark"),
        (["in", "--onbekend"], "de optie --onbekend bestaat niet"),
        (["in", "--kwartaal"], "--kwartaal mist een waarde"),
        (["in", "--proef=ja"], "--proef krijgt geen waarde"),
    ],
)
def test_a_wrong_request_ends_in_one_sentence(
    argv: list[str], zin: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    gezegd = capsys.readouterr()
    assert zin.lower() in gezegd.err.lower()
    assert gezegd.err.count("\n") == 1
    assert gezegd.out == ""


@pytest.mark.parametrize(
    ("tekst", "deel"),
    [("5%", 0.05), ("5", 0.05), ("2,5%", 0.025), ("0%", 0), ("100", 1)],
)
def test_the_set_share_is_a_percentage(tekst: str, deel: float) -> None:
    assert lees(["in", "--proef", "--drempel", tekst]).drempel == pytest.approx(deel)


def test_help_is_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    uitleg = capsys.readouterr().out
    assert "gebruik: samenloop monitor" in uitleg
    for engels in ("usage", "options:", "positional", "show this help"):
        assert engels not in uitleg


@pytest.mark.usefixtures("zonder_verslag")
def test_an_earlier_outcome_is_replaced_as_a_whole(
    levering: Path, tmp_path: Path
) -> None:
    uit = tmp_path / "uit"
    (uit / "tabellen").mkdir(parents=True)
    (uit / "tabellen" / "vervallen.csv").write_text("oud")
    (uit / "monitor.json").write_text("oud")
    assert main(_opdracht(levering, uit=uit, meer=("--taal", "en"))) == 0
    assert (uit / "monitor.json").read_text() == "{}"
    assert [p.name for p in (uit / "tabellen").iterdir()] == ["klanten.csv"]
    assert (uit / "tabellen" / "klanten.csv").read_text() == "en"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "uit"]


@pytest.mark.usefixtures("zonder_verslag")
@pytest.mark.parametrize("vreemd", ["brief.docx", "tabellen/brief.docx", ".git"])
def test_a_folder_with_something_else_in_it_is_not_touched(
    levering: Path, tmp_path: Path, vreemd: str, capsys: pytest.CaptureFixture[str]
) -> None:
    uit = tmp_path / "uit"
    (uit / "tabellen").mkdir(parents=True)
    (uit / "monitor.json").write_text("oud")
    (uit / vreemd).write_text("van iemand")
    assert main(_opdracht(levering, uit=uit)) == 2
    assert "iets anders dan een eerdere monitor" in capsys.readouterr().err
    assert (uit / vreemd).read_text() == "van iemand"
    assert (uit / "monitor.json").read_text() == "oud"


def test_the_levering_itself_or_a_file_is_no_place_to_write(
    levering: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_opdracht(levering, uit=levering)) == 2
    assert "de levering zelf" in capsys.readouterr().err
    assert main(_opdracht(levering, uit=levering / "soorten.csv")) == 2
    assert "is een bestand" in capsys.readouterr().err
    assert main(_opdracht(levering, uit=levering / "soorten.csv" / "uit")) == 2
    assert "kan niet worden gemaakt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fout", "status", "zin"),
    [
        (LeveringFout("De zin."), 2, "De zin."),
        (KeyboardInterrupt(), 130, "niets geschreven"),
        (OSError(28, "No space left on device"), 2, "No space left"),
        (RuntimeError("persoonsgegevens 999900006"), 1, "RuntimeError"),
    ],
)
def test_whatever_fails_while_writing_leaves_the_earlier_outcome(
    levering: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fout: BaseException,
    status: int,
    zin: str,
) -> None:
    def half(monitor: object, map_: Path, **meer: object) -> list[Path]:
        (map_ / "monitor.html").write_text("half")
        raise fout

    monkeypatch.setattr(verslag, "schrijf", half)
    uit = tmp_path / "uit"
    uit.mkdir()
    (uit / "monitor.json").write_text("oud")
    assert main(_opdracht(levering, uit=uit)) == status
    gezegd = capsys.readouterr().err
    assert zin in gezegd
    assert "999900006" not in gezegd
    assert [p.name for p in uit.iterdir()] == ["monitor.json"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "uit"]


def test_details_of_an_unexpected_error_are_shown_when_asked_for(
    levering: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opdracht, "keur", lambda *a, **k: 1 / 0)
    assert main([str(levering), "--proef"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert main([str(levering), "--proef", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def _met_fouten(map_: Path) -> Path:
    rijen = [rij("voorzieningen", client=f"C{nr}") for nr in range(14)]
    rijen += [rij("voorzieningen", gemeente="GM0001", client=f"X{n}") for n in range(2)]
    return schrijf_levering(map_, {"voorzieningen": rijen})


@pytest.mark.usefixtures("zonder_verslag")
def test_too_much_refused_stops_unless_told_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    levering = _met_fouten(tmp_path / "in")
    uit = tmp_path / "uit"
    assert main(_opdracht(levering, uit=uit)) == 2
    fout = capsys.readouterr().err
    assert "2 × V-GEMEENTE" in fout
    assert "--proef" in fout
    assert not uit.exists()
    for meer in (("--ga-door",), ("--drempel", "10%")):
        assert main(_opdracht(levering, uit=uit, meer=meer)) == 0
        assert len(afgekeurd(uit / "afgekeurd.csv")) == 2


def test_going_on_with_no_row_at_all_is_not_possible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            _opdracht(_jaar_20170(tmp_path), uit=tmp_path / "uit", meer=("--ga-door",))
        )
        == 2
    )
    assert "geen enkele rij aanvaard" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


def test_a_dry_run_shows_everything_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    levering = _met_fouten(tmp_path / "in")
    assert main([str(levering), "--proef"]) == 2
    gezegd = capsys.readouterr()
    assert "2 × V-GEMEENTE in voorzieningen, kolom gemeente (eerste op regel 16)" in (
        gezegd.out
    )
    assert gezegd.err.count("\n") == 1
    assert main([str(levering), "--proef", "--drempel", "50%"]) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]
    uit = tmp_path / "uit"
    assert main([str(levering), "--proef", "--ga-door", "--uit", str(uit)]) == 0
    assert [p.name for p in uit.iterdir()] == ["afgekeurd.csv"]
    assert len(afgekeurd(uit / "afgekeurd.csv")) == 2


@pytest.mark.parametrize(("antwoord", "status"), [("j", 0), ("n", 2), ("", 2)])
def test_on_a_terminal_the_user_decides(
    tmp_path: Path, antwoord: str, status: int
) -> None:
    levering = _met_fouten(tmp_path / "in")
    kind, terminal = pty.fork()
    if kind == 0:  # pragma: no cover
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        verslag.schrijf = _snel  # type: ignore[assignment]
        os._exit(main(_opdracht(levering, uit=tmp_path / "uit")))
    gezien = b""
    beantwoord = False
    while True:
        try:
            gezien += os.read(terminal, 4096)
        except OSError:  # the other side is gone
            break
        if b"[j/N]" in gezien and not beantwoord:
            beantwoord = True
            os.write(terminal, antwoord.encode() + b"\n")
    _, uitslag = os.waitpid(kind, 0)
    os.close(terminal)
    assert beantwoord
    assert os.waitstatus_to_exitcode(uitslag) == status
    assert (tmp_path / "uit").exists() == (status == 0)


@pytest.mark.parametrize("sein", [signal.SIGINT, signal.SIGTERM])
def test_stopping_it_leaves_nothing_behind(
    tmp_path: Path, sein: signal.Signals
) -> None:
    levering = schrijf_levering(tmp_path / "in")
    regel = ",".join(GOED["voorzieningen"].values())
    with (levering / "voorzieningen.csv").open("a") as bestand:
        for nummer in range(300_000):
            bestand.write(regel.replace("P1", f"K{nummer}") + "\n")
    werk = tmp_path / "werk"
    werk.mkdir()
    proces = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "samenloop.monitor",
            *_opdracht(levering, uit=tmp_path / "uit"),
        ],
        env={**os.environ, "PYTHONPATH": str(WORTEL / "src"), "TMPDIR": str(werk)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert proces.stdout is not None
    for regel in proces.stdout:
        if "Lezen van voorzieningen" in regel:
            break
    time.sleep(0.1)
    proces.send_signal(sein)
    _, fout = proces.communicate(timeout=60)
    assert (proces.returncode, fout) == (130, "Afgebroken; er is niets geschreven.\n")
    assert not list(werk.iterdir())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "werk"]


def test_the_rules_can_be_read_and_the_manual_has_them_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--regels"]) == 0
    tabel = capsys.readouterr().out.strip()
    assert tabel == regeltabel()
    assert tabel.count("\n") == len(REGELS) + 1
    assert tabel in (WORTEL / "docs" / "levering.md").read_text(encoding="utf-8")


def test_what_an_outcome_holds_is_known_as_earlier_outcome(tmp_path: Path) -> None:
    assert opdracht_map.EIGEN == VASTE
