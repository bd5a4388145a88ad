"""The command `samenloop berichten`: judges files without a database, in Dutch."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.config.berichten import main
from samenloop.config.cli import main as samenloop
from tests.berichten.bron import STANDAARDEN, nodig, voorbeelden
from tests.berichten.gevallen import verander
from tests.berichten.goede_berichten import goed

OP = ["--op", "2026-05-06"]
LATER = ["--op", "2026-12-31"]


@pytest.fixture
def goed_bestand(tmp_path: Path) -> str:
    pad = tmp_path / "goed.xml"
    pad.write_bytes(schrijf(goed("wmo", 305)))
    return str(pad)


@pytest.fixture
def fout_bestand(tmp_path: Path) -> str:
    pad = tmp_path / "fout.xml"
    bericht = verander(goed("jeugdwet", 305), {"Client/Bsn": "999900007"})
    pad.write_bytes(schrijf(bericht))
    return str(pad)


def test_what_is_right_is_accepted(
    goed_bestand: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keur", goed_bestand, *OP]) == 0
    assert capsys.readouterr().out == f"{goed_bestand} (WMO305): goedgekeurd\n"


def test_json_names_file_verdict_and_faults(
    goed_bestand: str, fout_bestand: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keur", goed_bestand, fout_bestand, "--json", *OP]) == 1
    eerste, tweede = json.loads(capsys.readouterr().out)
    assert eerste == {
        "bestand": goed_bestand,
        "soort": "WMO305",
        "oordeel": "goedgekeurd",
        "uitspraak": "goedgekeurd",
        "fouten": [],
    }
    assert (tweede["bestand"], tweede["oordeel"]) == (fout_bestand, "afgekeurd")
    (fout,) = tweede["fouten"]
    assert set(fout) == {"regel", "niveau", "retourcode", "pad", "tekst"}
    assert (fout["regel"], fout["niveau"], fout["retourcode"], fout["pad"]) == (
        "CS002",
        2,
        "0001",
        "/Bericht/Client/Bsn",
    )


def test_no_text_of_the_message_is_repeated(
    fout_bestand: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["keur", fout_bestand, *OP])
    main(["keur", fout_bestand, "--json", *OP])
    assert "999900007" not in capsys.readouterr().out


def test_what_is_no_message_is_refused_and_the_rest_is_judged(
    tmp_path: Path, goed_bestand: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for naam, inhoud in (("leeg", b""), ("tekst", b"hallo"), ("ander", b"<x/>")):
        (tmp_path / naam).write_bytes(inhoud)
        assert main(["keur", str(tmp_path / naam), goed_bestand, "--json", *OP]) == 1
        eerste, tweede = json.loads(capsys.readouterr().out)
        assert (eerste["oordeel"], eerste["uitspraak"]) == ("afgekeurd", "onleesbaar")
        assert eerste["fouten"][0]["niveau"] == 1
        assert tweede["oordeel"] == "goedgekeurd"


def test_a_file_that_is_not_there_is_told_and_the_rest_is_judged(
    goed_bestand: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keur", "weg.xml", goed_bestand, "--json", *OP]) == 2
    uit = capsys.readouterr()
    assert "weg.xml is niet te lezen" in uit.err
    oordelen = json.loads(uit.out)
    assert [each["uitspraak"] for each in oordelen] == ["onleesbaar", "goedgekeurd"]
    assert [each["niveau"] for each in oordelen[0]["fouten"]] == [1]


def test_a_kind_that_the_folder_of_schemas_lacks_does_not_stop_the_rest(
    goed_bestand: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opdracht = ["keur", goed_bestand, "weg.xml", "--json", "--schemas", str(tmp_path)]
    assert main([*opdracht, *OP]) == 2
    uit = capsys.readouterr()
    assert "is niet gekeurd: Geen officieel schema voor" in uit.err
    assert [each["bestand"] for each in json.loads(uit.out)] == ["weg.xml"]


def test_the_day_of_judging_can_be_chosen(goed_bestand: str) -> None:
    assert main(["keur", goed_bestand, "--op", "2026-05-05"]) == 1  # TR135
    with pytest.raises(SystemExit) as einde:
        main(["keur", goed_bestand, "--op", "gisteren"])
    assert einde.value.code == 2


def test_a_folder_of_schemas_that_is_not_there_is_told(goed_bestand: str) -> None:
    assert main(["keur", goed_bestand, "--schemas", "nergens"]) == 2


def test_the_registry_is_shown_with_its_coverage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert samenloop(["berichten", "regels"]) == 0
    uit = capsys.readouterr().out
    assert "controleniveau 3: 54 regels, waarvan 54 een functie keurt haar" in uit
    assert "\nTR377     2       0001    319 (alleen Jeugdwet): " in uit
    assert "\nOP090     -       -       Een termijn" in uit


def test_no_database_and_no_django_is_needed(goed_bestand: str) -> None:
    code = (
        "import sys\nfrom samenloop.config.cli import main\n"
        f"status = main(['berichten', 'keur', {goed_bestand!r}])\n"
        "assert not any(each.startswith('django') for each in sys.modules)\n"
        "sys.exit(status)\n"
    )
    klaar = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (klaar.returncode, klaar.stderr) == (0, "")


#: What is wrong in the published examples, and is theirs. The 315 has 31 June, the 318
#: a code in the wrong place; the 317 asks for a product that ends before it begins, and
#: the 323 has one reference twice for one client.
FOUTE_VOORBEELDEN = {
    "JW315": ("XSD", 1),
    "JW317": ("CS003", 2),
    "JW318": ("XSD", 1),
    "JW323": ("TR101", 2),
}


@nodig
def test_the_published_examples_pass_except_those_that_are_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bestanden = [str(each) for each in voorbeelden()]
    assert len(bestanden) == 14
    schemas = ["--schemas", str(STANDAARDEN)]
    for opties in ([], schemas):
        assert main(["keur", *bestanden, "--json", *LATER, *opties]) == 1
        for each in json.loads(capsys.readouterr().out):
            codes = {(fout["regel"], fout["niveau"]) for fout in each["fouten"]}
            verwacht = FOUTE_VOORBEELDEN.get(Path(each["bestand"]).stem)
            assert codes == ({verwacht} if verwacht else set()), each["bestand"]
