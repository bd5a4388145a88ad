"""The demo levering itself: rows that pass the check, people who cannot exist."""

import itertools
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from samenloop.demo.__main__ import main
from samenloop.demo.bevolking import gereserveerde_bsns
from samenloop.demo.levering import rijen as rijen_van
from samenloop.demo.levering import toelichtingen, write
from samenloop.demo.regio import build
from samenloop.monitor.formaat import BESTANDEN
from tests.demo.conftest import Rijen

KWARTAALEINDEN = {
    f"{jaar}-{einde}"
    for jaar in range(2007, 2021)
    for einde in ("03-31", "06-30", "09-30", "12-31")
}


def verjaardag(geboren: str, jaren: int) -> str:
    jaar, rest = int(geboren[:4]) + jaren, geboren[4:]
    return f"{jaar}{'-03-01' if rest == '-02-29' else rest}"


def test_same_seed_gives_same_files_and_another_seed_does_not(
    leveringmap: Path, tmp_path: Path
) -> None:
    write(build(), tmp_path / "weer")
    for pad in leveringmap.rglob("*.*"):
        weer = tmp_path / "weer" / pad.relative_to(leveringmap)
        assert weer.read_bytes() == pad.read_bytes()
    assert rijen_van(build(1))["voorzieningen"] != rijen_van(build(2))["voorzieningen"]


def test_columns_are_those_of_the_format(rijen: Rijen) -> None:
    assert set(rijen) == set(BESTANDEN)
    for naam, bestand in BESTANDEN.items():
        assert list(rijen[naam][0]) == [kolom.naam for kolom in bestand.kolommen]
        for kolom in bestand.kolommen:
            waarden = {rij[kolom.naam] for rij in rijen[naam]}
            if kolom.verplicht:
                assert "" not in waarden, (naam, kolom.naam)
            if kolom.waarden:
                assert waarden <= {*map(str, kolom.waarden), ""}, (naam, kolom.naam)


def test_every_bsn_is_reserved_and_passes_the_eleven_test(rijen: Rijen) -> None:
    bsns = {
        rij[kolom]
        for regels in rijen.values()
        for rij in regels
        for kolom in ("client", "gezaghebbende")
        if rij.get(kolom)
    }
    assert len(bsns) < 9090
    for bsn in bsns:
        cijfers = [int(teken) for teken in bsn]
        assert bsn.startswith("9999")
        assert (
            sum((9 - i) * c for i, c in enumerate(cijfers[:8])) - cijfers[8]
        ) % 11 == 0


def test_the_range_of_bsns_is_used_up_after_some_nine_thousand() -> None:
    alle = list(gereserveerde_bsns())
    assert len(alle) == len(set(alle)) == 9091
    assert alle[0] >= "999900000"
    assert alle[-1] <= "999999999"


def test_dates_of_provisions_are_in_order(rijen: Rijen) -> None:
    for rij in rijen["voorzieningen"]:
        start = rij["startdatum"]
        assert rij["aanvraagdatum"] <= start  # an empty one sorts first
        assert not rij["einddatum"] or start <= rij["einddatum"]
        assert rij["geboortedatum"] < start
        assert rij["geregistreerd_op"] >= rij["aanvraagdatum"]
        assert rij["geregistreerd_op"] <= "2018-02-09"


def test_nothing_starts_or_ends_on_the_last_day_of_a_quarter(rijen: Rijen) -> None:
    for naam in ("voorzieningen", "casussen", "uitkeringen"):
        for rij in rijen[naam]:
            assert rij["startdatum"] not in KWARTAALEINDEN
            assert rij["einddatum"] not in KWARTAALEINDEN
            assert not rij["einddatum"] or rij["startdatum"] <= rij["einddatum"]


def test_a_minor_has_someone_with_custody_and_an_adult_has_not(rijen: Rijen) -> None:
    kinderen = 0
    for rij in rijen["voorzieningen"]:
        minderjarig = verjaardag(rij["geboortedatum"], 18) > rij["startdatum"]
        assert bool(rij["gezaghebbende"]) == minderjarig
        assert rij["gezaghebbende"] != rij["client"]
        kinderen += minderjarig
    assert kinderen > 2000


def test_ages_go_with_the_wet(rijen: Rijen) -> None:
    for rij in rijen["voorzieningen"]:
        if rij["wet"] == "jeugdwet":
            assert verjaardag(rij["geboortedatum"], 23) > rij["startdatum"]
        else:
            assert verjaardag(rij["geboortedatum"], 18) <= rij["startdatum"]


def test_pgb_has_no_provider_and_zin_has_one_that_cannot_exist(rijen: Rijen) -> None:
    for rij in rijen["voorzieningen"]:
        if rij["vorm"] == "pgb":
            assert rij["aanbieder"] == ""
        else:
            assert len(rij["aanbieder"]) == 8
            assert rij["aanbieder"].startswith("00")


@pytest.mark.parametrize("naam", list(BESTANDEN))
def test_no_second_identical_row(rijen: Rijen, naam: str) -> None:
    regels = [tuple(rij.values()) for rij in rijen[naam]]
    assert len(regels) == len(set(regels))


def test_a_household_lives_in_one_municipality(rijen: Rijen) -> None:
    gemeenten = defaultdict(set)
    postcodes = defaultdict(set)
    for naam in ("voorzieningen", "casussen", "uitkeringen"):
        for rij in rijen[naam]:
            gemeenten[rij["huishouden"]].add(rij["gemeente"])
            if "postcode" in rij:
                postcodes[rij["huishouden"]].add(rij["postcode"])
    assert {len(plaatsen) for plaatsen in gemeenten.values()} == {1}
    assert {len(codes) for codes in postcodes.values()} == {1}


def test_periods_of_one_case_follow_each_other(rijen: Rijen) -> None:
    per_casus = defaultdict(list)
    for rij in rijen["casussen"]:
        per_casus[rij["casus"]].append(rij)
    meer = [sorted(p, key=lambda r: r["startdatum"]) for p in per_casus.values()]
    for perioden in meer:
        assert len({rij["client"] for rij in perioden}) == 1
        for eerst, daarna in itertools.pairwise(perioden):
            einde = date.fromisoformat(eerst["einddatum"])
            assert daarna["startdatum"] == (einde + timedelta(days=1)).isoformat()
    assert any(len(perioden) > 1 for perioden in meer)


def test_benefits_of_one_client_do_not_overlap(rijen: Rijen) -> None:
    per_client = defaultdict(list)
    for rij in rijen["uitkeringen"]:
        per_client[rij["client"]].append((rij["startdatum"], rij["einddatum"] or "9"))
    for perioden in per_client.values():
        perioden.sort()
        for (_, einde), (begin, _) in itertools.pairwise(perioden):
            assert einde < begin
    assert any(len(perioden) > 1 for perioden in per_client.values())


def test_some_households_use_two_or_three_wetten(rijen: Rijen) -> None:
    wetten = defaultdict(set)
    for rij in rijen["voorzieningen"]:
        wetten[rij["huishouden"]].add(rij["wet"])
    for rij in rijen["uitkeringen"]:
        wetten[rij["huishouden"]].add("participatiewet")
    aantallen = [len(gebruikt) for gebruikt in wetten.values()]
    assert aantallen.count(2) > 300
    assert aantallen.count(3) > 10


def test_registration_runs_late_so_an_earlier_view_shows_fewer(rijen: Rijen) -> None:
    actief = [
        rij
        for rij in rijen["voorzieningen"]
        if rij["startdatum"] <= "2017-12-31"
        and (not rij["einddatum"] or rij["einddatum"] >= "2017-12-31")
    ]
    toen = [rij for rij in actief if rij["geregistreerd_op"] <= "2017-12-31"]
    assert 0.95 < len(toen) / len(actief) < 1


def test_each_section_has_a_text_that_says_what_is_made_up() -> None:
    teksten = toelichtingen()
    assert set(teksten) == {
        "jeugdwet", "wmo", "participatiewet", "financien", "stapeling", "stroom",
        "kwaliteit",
    }  # fmt: skip
    for onderdeel in ("jeugdwet", "wmo", "participatiewet", "kwaliteit"):
        assert any(w in teksten[onderdeel] for w in ("verzonnen", "fictief"))


def test_command_writes_the_levering(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--uit", str(tmp_path / "nieuw" / "map")]) == 0
    assert (tmp_path / "nieuw" / "map" / "voorzieningen.csv").exists()
    assert "verzonnen" in capsys.readouterr().out


def test_command_says_where_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bezet = tmp_path / "bezet"
    bezet.write_text("geen map")
    assert main(["--uit", str(bezet)]) == 2
    assert str(bezet) in capsys.readouterr().err
