"""A release is made once; the same input gives it back, other input a revision."""

import csv
import hashlib
import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenloop.core.periode import Periode
from samenloop.core.tijd import correct
from samenloop.monitor.fouten import LeveringFout, TeveelAfgekeurd
from samenloop.monitor.uitkomst import Kwartaal, Monitor
from samenloop.monitor.voortgang import Voortgang
from samenloop.verantwoording import levering, lezen, ontvangst, uitgave
from samenloop.verantwoording.management.commands.levering import deel
from samenloop.verantwoording.models import AfgekeurdeRegel, Levering, Uitgave
from samenloop.verantwoording.ontvangst import Keurwijze
from samenloop.verantwoording.uitgave import Gemaakt, RedenNodig, Verzoek
from samenloop.voorzieningen.models import Voorziening
from tests.verantwoording.dossier import Dossier

KWARTAAL = Kwartaal(2017, 4)
EIGEN = Verzoek(KWARTAAL, "NOORD")


def alleen_data(monitor: Monitor, map: Path, voortgang: Voortgang) -> dict[str, bytes]:
    """A report of data only: drawing a PDF for every test would take minutes."""
    return {"nl/monitor.json": monitor.to_json().encode()}


def make(verzoek: Verzoek = EIGEN) -> Gemaakt:
    return uitgave.make(verzoek, rapport=alleen_data)


@pytest.fixture
def feit(dossier: Dossier) -> Voorziening:
    """Two clients of the Jeugdwet in Aduard, of whom this is one."""
    dossier.voorziening(date(2017, 1, 1))
    return dossier.voorziening(date(2017, 1, 1))


def end_it(feit: Voorziening) -> Voorziening:
    """Record later that it ended before the last peildatum."""
    einde = Periode(date(2017, 1, 1), date(2017, 10, 31)).as_range()
    return correct(feit, date(2018, 2, 1), geldig=einde)


def test_a_first_release_is_provisional_and_holds_the_figures(
    feit: Voorziening,
) -> None:
    gemaakt = make()
    een = gemaakt.uitgave
    assert gemaakt.nieuw
    assert (een.regio, een.kwartaal, een.revisie, een.status) == (
        "NOORD", "2017Q4", 1, "voorlopig",
    )  # fmt: skip
    assert (een.reden, een.wijzigingen) == ("", [])
    assert een.sha256 == hashlib.sha256(een.inhoud.encode()).hexdigest()
    actief = lezen.monitor(een).tabellen["actieve-voorzieningen-gemeente"]
    assert actief.waarde("jeugdwet", "Totaal", "Aduard", "2017-12-31") == 2
    assert een.levering.status == "aanvaard"
    assert een.levering.afzender == "Regio Noord"
    assert een.invoer == een.levering.invoer
    assert set(een.invoer) >= {"voorzieningen.csv", "soorten.csv", "gemeenten.csv"}


def test_computing_again_gives_the_same_release_byte_for_byte(
    feit: Voorziening,
) -> None:
    eerste = make()
    tweede = make()
    assert not tweede.nieuw
    assert tweede.uitgave.pk == eerste.uitgave.pk
    assert Uitgave.objects.count() == Levering.objects.count() == 1
    assert uitgave.verify(tweede.uitgave) == []


def test_other_figures_need_a_reason(feit: Voorziening) -> None:
    make()
    end_it(feit)
    with pytest.raises(RedenNodig, match=r"revisie 1 .* reden"):
        make()
    with pytest.raises(RedenNodig):
        make(replace(EIGEN, reden="  "))
    assert Uitgave.objects.count() == Levering.objects.count() == 1


def test_a_correction_makes_a_revision_that_names_exactly_what_changed(
    feit: Voorziening,
) -> None:
    eerste = make().uitgave
    end_it(feit)
    gemaakt = make(replace(EIGEN, reden="Einde te laat doorgegeven."))
    een = gemaakt.uitgave
    assert gemaakt.nieuw
    assert (een.revisie, een.status) == (2, "herzien")
    assert een.reden == "Einde te laat doorgegeven."
    was, wordt = (Monitor.from_json(deze.inhoud) for deze in (eerste, een))
    echt = {
        (naam, rij[:-1])
        for naam in {*was.tabellen, *wordt.tabellen}
        for rij in {*was.tabellen[naam].rijen} ^ {*wordt.tabellen[naam].rijen}
    }
    gelogd = {(w["tabel"], tuple(w["dimensies"].values())) for w in een.wijzigingen}
    assert gelogd == echt
    cel = {"wet": "jeugdwet", "vorm": "Totaal", "gemeente": "Aduard"}
    assert {
        "tabel": "actieve-voorzieningen-gemeente",
        "dimensies": {**cel, "peildatum": "2017-12-31"},
        "soort": "gewijzigd",
        "was": 2,
        "wordt": 1,
    } in een.wijzigingen
    assert not any(
        w["dimensies"].get("peildatum") in {"2017-03-31", "2017-06-30", "2017-09-30"}
        for w in een.wijzigingen
    )
    assert make().uitgave.pk == een.pk
    eerste.refresh_from_db()
    assert uitgave.verify(eerste) == []


def test_what_was_known_then_can_be_made_again_after_a_correction(
    feit: Voorziening,
) -> None:
    toen = replace(EIGEN, wijze=Keurwijze(bekend_op=date(2018, 1, 15)))
    eerste = make(toen).uitgave
    end_it(feit)
    assert make(toen).uitgave.pk == eerste.pk
    assert eerste.bekend_op == date(2018, 1, 15)


def test_final_figures_are_a_revision_with_the_same_figures(feit: Voorziening) -> None:
    eerste = make().uitgave
    gemaakt = uitgave.finalise("noord", KWARTAAL, rapport=alleen_data)
    een = gemaakt.uitgave
    assert (een.revisie, een.status, een.wijzigingen) == (2, "definitief", [])
    assert lezen.monitor(een).tabellen == lezen.monitor(eerste).tabellen
    assert lezen.monitor(een).status == "definitief"
    assert not uitgave.finalise("NOORD", KWARTAAL, rapport=alleen_data).nieuw
    assert not make().nieuw
    end_it(feit)
    herzien = make(replace(EIGEN, reden="Na bezwaar.")).uitgave
    assert (herzien.revisie, herzien.status) == (3, "herzien")
    with pytest.raises(LeveringFout, match="nog geen uitgave"):
        uitgave.finalise("NOORD", Kwartaal(2016, 1))


@pytest.fixture
def geleverd(dossier: Dossier, tmp_path: Path) -> Callable[..., Path]:
    """A delivery of ten provisions from outside, the first so many spoilt."""
    for nummer in range(10):
        dossier.voorziening(date(2017, 1, 1 + nummer))

    def deliver(bedorven: int = 0, naam: str = "van-buiten") -> Path:
        map = tmp_path / naam
        levering.write(
            ("GM9001", "GM9002"), levering.period_for(KWARTAAL), map, regio="NOORD"
        )
        pad = map / "voorzieningen.csv"
        pad.write_text(pad.read_text().replace(",J1,", ",WEG,", bedorven))
        return map

    return deliver


def test_a_delivery_from_outside_makes_a_release_too(
    geleverd: Callable[..., Path],
) -> None:
    gemaakt = make(Verzoek(KWARTAAL, van=(geleverd(),)))
    assert gemaakt.uitgave.regio == "NOORD"
    assert gemaakt.uitgave.levering.afzender == "van-buiten"
    assert not make(Verzoek(KWARTAAL, "Regio Noord", van=(geleverd(naam="nog"),))).nieuw


def test_too_many_refused_rows_pause_the_delivery(
    geleverd: Callable[..., Path],
) -> None:
    map = geleverd(bedorven=4)
    with pytest.raises(TeveelAfgekeurd, match="V-SOORT"):
        make(Verzoek(KWARTAAL, "NOORD", van=(map,)))
    assert not Uitgave.objects.exists()
    (gepauzeerd,) = Levering.objects.all()
    assert (gepauzeerd.status, gepauzeerd.afgekeurd) == ("gepauzeerd", 4)
    assert "V-SOORT" in gepauzeerd.melding
    regels = list(gepauzeerd.afgekeurde_regels.all())
    assert [regel.regelnummer for regel in regels] == [2, 3, 4, 5]
    assert {(r.bestand, r.kolom, r.regel) for r in regels} == {
        ("voorzieningen.csv", "soort", "V-SOORT")
    }


def test_someone_may_decide_to_go_on_and_what_was_refused_stays_known(
    geleverd: Callable[..., Path],
) -> None:
    door = Keurwijze(doorgaan=lambda kwaliteit: True)
    een = make(Verzoek(KWARTAAL, "NOORD", (geleverd(bedorven=4),), wijze=door)).uitgave
    assert een.levering.status == "aanvaard"
    assert een.levering.afgekeurd == een.levering.afgekeurde_regels.count() == 4
    assert een.levering.afkeur[0]["aantal"] == 4


def test_of_very_many_refused_rows_the_first_are_kept_and_all_are_counted(
    geleverd: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ontvangst, "BEWAARD", 3)
    with pytest.raises(TeveelAfgekeurd):
        make(Verzoek(KWARTAAL, "NOORD", van=(geleverd(bedorven=4),)))
    gepauzeerd = Levering.objects.get()
    assert gepauzeerd.afgekeurd == gepauzeerd.afkeur[0]["aantal"] == 4
    assert gepauzeerd.afgekeurde_regels.count() == 3


def test_a_few_refused_rows_do_not_pause(geleverd: Callable[..., Path]) -> None:
    ruim = Keurwijze(drempel=0.5)
    een = make(Verzoek(KWARTAAL, "NOORD", (geleverd(bedorven=1),), wijze=ruim)).uitgave
    assert een.levering.afgekeurd == 1


def test_no_personal_data_are_kept_of_a_refused_row(
    geleverd: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(TeveelAfgekeurd) as fout:
        make(Verzoek(KWARTAAL, "NOORD", van=(geleverd(bedorven=10),)))
    velden = [
        str(waarde)
        for rij in [*AfgekeurdeRegel.objects.values(), *Levering.objects.values()]
        for waarde in rij.values()
    ]
    persoonlijk = re.compile(r"\b9999[0-9]{5}\b|2005-05-05|9831AB")
    assert not any(persoonlijk.search(veld) for veld in [*velden, str(fout.value)])
    (map,) = tmp_path.iterdir()
    assert persoonlijk.search((map / "voorzieningen.csv").read_text())


def test_a_delivery_that_cannot_be_read_is_kept_as_refused(
    dossier: Dossier, tmp_path: Path
) -> None:
    leeg = tmp_path / "leeg"
    leeg.mkdir()
    with pytest.raises(LeveringFout, match="ontbreekt"):
        make(Verzoek(KWARTAAL, "NOORD", van=(leeg,)))
    (afgewezen,) = Levering.objects.all()
    assert (afgewezen.status, afgewezen.afzender) == ("afgewezen", "leeg")
    assert "ontbreekt" in afgewezen.melding


def test_a_region_without_name_or_municipalities_is_refused(dossier: Dossier) -> None:
    for regio, melding in (("ZUID", "ZUID staat niet"), (None, "Noem de regio")):
        with pytest.raises(LeveringFout, match=melding):
            make(Verzoek(KWARTAAL, regio))
    with pytest.raises(LeveringFout, match="geen gemeenten"):
        make(Verzoek(Kwartaal(1995, 1), "NOORD"))
    assert not Levering.objects.exists()


def test_a_release_is_not_built_on_one_that_was_passed_meanwhile(
    feit: Voorziening,
) -> None:
    def another_first(
        monitor: Monitor, map: Path, voortgang: Voortgang
    ) -> dict[str, bytes]:
        make()
        return alleen_data(monitor, map, voortgang)

    with pytest.raises(LeveringFout, match="Intussen"):
        uitgave.make(EIGEN, rapport=another_first)
    assert [een.revisie for een in Uitgave.objects.all()] == [1]


def test_verifying_finds_every_byte_that_is_not_as_it_was(feit: Voorziening) -> None:
    een = make().uitgave
    assert uitgave.verify(een) == []
    een.inhoud = een.inhoud.replace("Aduard", "Bedum")
    assert uitgave.verify(een) == ["de inhoud past niet bij haar hash"]


def test_reading_a_release_again_asks_the_database_almost_nothing(
    feit: Voorziening,
) -> None:
    make()
    eerste = lezen.monitor(lezen.latest("NOORD"))
    with CaptureQueriesContext(
        connection,
    ) as vragen:
        tweede = lezen.monitor(lezen.latest("NOORD", KWARTAAL))
    assert tweede is eerste
    assert len(vragen) == 1
    assert "inhoud" not in vragen[0]["sql"]


def test_releases_are_found_by_region_quarter_and_revision(feit: Voorziening) -> None:
    eerste = make().uitgave
    end_it(feit)
    tweede = make(replace(EIGEN, reden="Correctie.")).uitgave
    vroeger = make(Verzoek(Kwartaal(2017, 3), "NOORD")).uitgave
    assert lezen.regions() == ["NOORD"]
    assert lezen.quarters("NOORD") == [KWARTAAL, Kwartaal(2017, 3)]
    assert lezen.latest("NOORD") == lezen.latest("NOORD", KWARTAAL) == tweede
    assert lezen.latest("NOORD", Kwartaal(2017, 3)) == vroeger
    assert lezen.revisions("NOORD", KWARTAAL) == [tweede, eerste]
    assert lezen.revision("NOORD", KWARTAAL, 1) == eerste
    assert lezen.file(tweede, "nl/monitor.json").soort == "application/json"
    assert [naam for naam, _, _ in lezen.files(tweede)] == ["nl/monitor.json"]
    for ontbreekt in (
        lambda: lezen.latest("ZUID"),
        lambda: lezen.revision("NOORD", KWARTAAL, 3),
        lambda: lezen.file(tweede, "nl/monitor.pdf"),
    ):
        with pytest.raises(lezen.GeenUitgave):
            ontbreekt()


def test_the_whole_report_is_stored_and_can_be_made_again(feit: Voorziening) -> None:
    een = uitgave.make(EIGEN).uitgave
    namen = {naam for naam, _, _ in lezen.files(een)}
    assert {f"nl/monitor.{s}" for s in ("html", "pdf", "xlsx", "ods", "json")} <= namen
    assert {naam for naam in namen if naam.startswith("en/")} == {
        "en/monitor.html", "en/monitor.pdf",
    }  # fmt: skip
    assert "nl/tabellen/klanten.csv" in namen
    assert bytes(lezen.file(een, "nl/monitor.pdf").inhoud).startswith(b"%PDF-")
    assert uitgave.verify(een, opnieuw=True) == []


def run(*woorden: str) -> str:
    uit = StringIO()
    call_command(*woorden, stdout=uit)
    return uit.getvalue()


def test_the_command_writes_and_checks_a_levering(
    feit: Voorziening, tmp_path: Path
) -> None:
    doel = str(tmp_path / "uit")
    gezegd = run("levering", "schrijf", "--regio", "noord", "--kwartaal", "2017Q4",
                 "--uit", doel)  # fmt: skip
    assert "voorzieningen" in gezegd
    assert "burgerservicenummers" in gezegd
    with (tmp_path / "uit" / "voorzieningen.csv").open() as bestand:
        assert len(list(csv.DictReader(bestand))) == 2
    gezegd = run("levering", "keur", doel, "--afgekeurd", str(tmp_path / "af.csv"))
    assert "afgekeurd" in gezegd
    assert len((tmp_path / "af.csv").read_text().splitlines()) == 1
    assert not Levering.objects.exists()


@pytest.mark.parametrize(
    "woorden",
    [
        ("levering", "keur", "bestaat-niet"),
        ("levering", "schrijf", "--gemeente", "GM0000", "--kwartaal", "2017Q4",
         "--uit", "uit"),
        ("uitgave", "maken", "--regio", "ZUID", "--kwartaal", "2017Q4"),
        ("uitgave", "definitief", "--regio", "NOORD", "--kwartaal", "2017Q4"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_ends_in_one_sentence_and_status_2(
    dossier: Dossier,
    woorden: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as einde:
        run(*woorden)
    assert einde.value.code == 2
    laatste = capsys.readouterr().err.strip().splitlines()[-1]
    assert laatste.startswith("samenloop: ")
    assert list(tmp_path.iterdir()) == []


def test_the_command_lists_and_verifies_releases(feit: Voorziening) -> None:
    make()
    assert "NOORD 2017Q4 revisie 1, voorlopig" in run("uitgave", "lijst")
    assert "in orde" in run("uitgave", "verifieer", "--regio", "NOORD")


def test_a_trial_says_what_the_check_finds_and_keeps_nothing(
    geleverd: Callable[..., Path],
) -> None:
    woorden = ("uitgave", "maken", "--kwartaal", "2017Q4", "--proef")
    gezegd = run(*woorden, "--van", str(geleverd(bedorven=4)))
    assert "V-SOORT" in gezegd
    assert "V-SOORT" not in run(*woorden, "--regio", "NOORD")
    assert not Levering.objects.exists()
    assert not Uitgave.objects.exists()


@pytest.mark.parametrize("tekst", ["-1", "101", "veel", "nan", ""])
def test_a_threshold_is_a_percentage(tekst: str) -> None:
    assert [deel("5"), deel("2,5%"), deel("0"), deel("100%")] == [0.05, 0.025, 0, 1]
    with pytest.raises(ArgumentTypeError, match="percentage"):
        deel(tekst)
