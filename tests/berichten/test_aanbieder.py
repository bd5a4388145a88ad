"""The simulated provider: a partner that holds to the standard and holds us to it."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.berichten.aanbieder import (
    FOUTLOOS,
    Aanbieders,
    Gedrag,
    GeheugenPost,
    MapPost,
)
from samenloop.berichten.regels.geheugenstand import GeheugenStand
from samenloop.berichten.regels.stand import StandToewijzing
from samenloop.berichten.standaard import SchemaFout, Wet, lees
from samenloop.config.cli import main
from tests.berichten.gemeente import CODE, CONTRACT, CONTRACT_JEUGD, Gemeente

AGB = "99999901"
BEGIN = date(2026, 1, 5)
BSNS = ["999990019", "999990020", "999990032", "999990044", "999990056"]
DRUK = Gedrag(0.15, 0.0, 0.15, 0.3, 0.3, 0.4, 0.4, 0.2)


def toewijzing(nummer: int, bsn: str, wet: Wet, rnd: Random) -> StandToewijzing:
    """An allocation: specific, by category or a budget."""
    contract = CONTRACT if wet == "wmo" else CONTRACT_JEUGD
    product = contract[nummer % len(contract)]
    ingang = BEGIN + timedelta(days=rnd.randint(-20, 40))
    basis = StandToewijzing(
        nummer=nummer,
        bsn=bsn,
        aanbieder=AGB,
        ingang=ingang,
        eind=ingang + timedelta(days=rnd.randint(60, 400)),
        toegewezen_op=datetime.combine(BEGIN, datetime.min.time()),
    )
    match rnd.randrange(3):
        case 0:
            return replace(basis, categorie=product.categorie, budget=900_000)
        case 1:
            return replace(basis, budget=1_200_000)
        case _:
            return replace(
                basis,
                categorie=product.categorie,
                code=product.code,
                volume=rnd.randint(2, 12),
                eenheid=product.eenheid,
                frequentie=rnd.choice(["2", "4"]),
            )


def gesprek(
    zaad: int, gedrag: Gedrag, wet: Wet, dagen: int
) -> tuple[Aanbieders, Gemeente, Counter[str]]:
    """Let the two talk for so many days; who they are, and what went by."""
    rnd = Random(zaad)
    post = GeheugenPost()
    contract = CONTRACT if wet == "wmo" else CONTRACT_JEUGD
    aanbieders = Aanbieders(
        post,
        gemeente=CODE,
        contract=lambda agb, wet: contract,
        gedrag=gedrag,
        zaad=zaad,
    )
    wij = Gemeente(AGB, wet, rnd, GeheugenStand(contract=list(contract)))
    for bsn in BSNS:
        wij.ken_toe(BEGIN, toewijzing(wij.nummer(), bsn, wet, rnd))
    langs: Counter[str] = Counter()
    for nr in range(dagen):
        dag = BEGIN + timedelta(days=nr)
        if nr == 50:
            _trek_in(wij, dag)
        wij.dag(dag)
        langs += _wissel(aanbieders, post, wij, dag)
    # What is under way on the last day arrives.
    while wij.uit:
        langs += _wissel(aanbieders, post, wij, dag)
    return aanbieders, wij, langs


def _wissel(
    aanbieders: Aanbieders, post: GeheugenPost, wij: Gemeente, dag: date
) -> Counter[str]:
    """What we have goes to them, and what they then have comes to us."""
    post.voor_aanbieder, wij.uit = wij.uit, []
    aanbieders.dag(dag)
    gestuurd, post.voor_gemeente = post.voor_gemeente, []
    for _, data in gestuurd:
        wij.ontvang(data, dag)
    return Counter(_soort(data) for _, data in gestuurd)


def _trek_in(wij: Gemeente, dag: date) -> None:
    """The first allocation was given wrongly: it is removed."""
    eerste = next(t for t in wij.stand.alle_toewijzingen if t.bsn == BSNS[0])
    if not any(p.nummer == eerste.nummer for p in wij.stand.alle_prestaties):
        wij.ken_toe(
            dag,
            replace(
                eerste,
                eind=eerste.ingang,
                reden_wijziging="13",
                toegewezen_op=datetime.combine(dag, datetime.min.time()),
            ),
        )


def _soort(data: bytes) -> str:
    try:
        return lees(data).soort.code
    except SchemaFout:
        return "kapot"


def eis_gelijk(aanbieders: Aanbieders, wij: Gemeente, wet: Wet) -> None:
    """Both sides hold the same."""
    zij = aanbieders.wie[AGB, wet].stand
    for bsn in BSNS:
        assert sorted(map(repr, zij.regie(wet, AGB, bsn))) == sorted(
            map(repr, wij.stand.regie(wet, AGB, bsn))
        )
    assert sorted(map(repr, zij.alle_prestaties)) == sorted(
        map(repr, wij.stand.alle_prestaties)
    )
    assert {t.nummer: t.eind for t in zij.alle_toewijzingen} == {
        t.nummer: t.eind for t in wij.stand.alle_toewijzingen
    }


@pytest.mark.parametrize("wet", ["wmo", "jeugdwet"])
@pytest.mark.parametrize("zaad", [1, 2, 3])
def test_whole_year_passes_without_a_finding(zaad: int, wet: Wet) -> None:
    aanbieders, wij, langs = gesprek(zaad, DRUK, wet, 330)
    assert aanbieders.bevindingen(BEGIN + timedelta(days=329)) == []
    assert aanbieders.onbestelbaar == []
    eis_gelijk(aanbieders, wij, wet)
    begin = "WMO" if wet == "wmo" else "JW"
    for nummer in (302, 305, 307, 323):
        assert langs[f"{begin}{nummer}"] >= 3, langs
    assert wij.stand.alle_prestaties


def test_all_kinds_come_by() -> None:
    langs: Counter[str] = Counter()
    for zaad in range(4, 9):
        langs += gesprek(zaad, DRUK, "wmo", 200)[2]
    for nummer in (302, 305, 307, 315, 317, 320, 323):
        assert langs[f"WMO{nummer}"], langs
    assert langs["kapot"]


@given(
    zaad=st.integers(0, 10**6),
    kansen=st.tuples(*[st.sampled_from([0.0, 0.2, 0.9])] * 8),
    wet=st.sampled_from(["wmo", "jeugdwet"]),
)
@settings(max_examples=15, deadline=None)
def test_whatever_a_provider_does_both_sides_stay_equal(
    zaad: int, kansen: tuple[float, ...], wet: Wet
) -> None:
    aanbieders, wij, _ = gesprek(zaad, Gedrag(*kansen), wet, 150)
    gevonden = aanbieders.bevindingen(BEGIN + timedelta(days=149))
    assert gevonden == []
    eis_gelijk(aanbieders, wij, wet)


def test_same_seed_gives_the_same_year() -> None:
    een, ander = (gesprek(7, DRUK, "wmo", 120) for _ in range(2))
    assert repr(een[1].stand) == repr(ander[1].stand)
    assert een[2] == ander[2]
    assert gesprek(8, DRUK, "wmo", 120)[1].stand != een[1].stand


def test_municipality_that_is_silent_is_found_out() -> None:
    rnd = Random(1)
    post = GeheugenPost()
    aanbieders = Aanbieders(
        post, gemeente=CODE, contract=lambda agb, wet: CONTRACT, gedrag=FOUTLOOS
    )
    wij = Gemeente(AGB, "wmo", rnd, GeheugenStand(contract=list(CONTRACT)))
    wij.ken_toe(BEGIN, toewijzing(1, BSNS[0], "wmo", rnd))
    post.voor_aanbieder = wij.uit
    for nr in range(90):
        aanbieders.dag(BEGIN + timedelta(days=nr))
    (gevonden,) = aanbieders.bevindingen(BEGIN + timedelta(days=90))
    assert "geen antwoord voor" in gevonden


def test_answer_twice_and_unasked_are_found_out() -> None:
    rnd = Random(1)
    post = GeheugenPost()
    aanbieders = Aanbieders(
        post, gemeente=CODE, contract=lambda agb, wet: CONTRACT, gedrag=FOUTLOOS
    )
    wij = Gemeente(AGB, "wmo", rnd, GeheugenStand(contract=list(CONTRACT)))
    wij.ken_toe(BEGIN, toewijzing(1, BSNS[0], "wmo", rnd))
    post.voor_aanbieder, wij.uit = wij.uit, []
    for nr in range(70):
        aanbieders.dag(BEGIN + timedelta(days=nr))
    starts = [data for _, data in post.voor_gemeente if _soort(data) == "WMO305"]
    assert len(starts) == 1
    dag = BEGIN + timedelta(days=70)
    for _ in range(2):
        wij.antwoorden.clear()
        wij.stand.identificaties.clear()
        wij.stand.alle_regie.clear()
        wij.ontvang(starts[0], dag)
    post.voor_aanbieder = wij.uit
    aanbieders.dag(dag)
    gevonden = " ".join(aanbieders.bevindingen(dag))
    assert "meer dan één antwoord" in gevonden
    anders = starts[0].replace(b"<iwmo:Identificatie>", b"<iwmo:Identificatie>9")
    wij.ontvang(anders, dag)
    post.voor_aanbieder = wij.uit[-1:]
    aanbieders.dag(dag)
    assert "antwoord op niets" in " ".join(aanbieders.bevindingen(dag))


def test_folder_is_exchanged_whole_files_at_a_time(tmp_path: Path) -> None:
    post = MapPost(tmp_path)
    (tmp_path / "uit" / ".half.xml").write_bytes(b"<")
    (tmp_path / "uit" / "b.xml").write_bytes(b"2")
    (tmp_path / "uit" / "a.xml").write_bytes(b"1")
    assert post.haal() == [("a.xml", b"1"), ("b.xml", b"2")]
    assert post.haal() == []
    post.breng("c.xml", b"3")
    assert [pad.name for pad in (tmp_path / "in").iterdir()] == ["c.xml"]


def test_providers_go_on_where_they_were(tmp_path: Path) -> None:
    rnd = Random(2)
    wij = Gemeente(AGB, "wmo", rnd, GeheugenStand(contract=list(CONTRACT)))
    for bsn in BSNS:
        wij.ken_toe(BEGIN, toewijzing(wij.nummer(), bsn, "wmo", rnd))

    def opnieuw(post: GeheugenPost) -> Aanbieders:
        return Aanbieders(
            post,
            gemeente=CODE,
            contract=lambda agb, wet: CONTRACT,
            gedrag=DRUK,
            zaad=3,
            journaal=tmp_path / "journaal",
        )

    post = GeheugenPost()
    verzonden = 0
    for nr in range(45):
        # Each day another process.
        zij = opnieuw(post)
        wij.dag(BEGIN + timedelta(days=nr))
        post.voor_aanbieder, wij.uit = wij.uit, []
        verzonden += zij.dag(BEGIN + timedelta(days=nr))
        gestuurd, post.voor_gemeente = post.voor_gemeente, []
        for _, data in gestuurd:
            wij.ontvang(data, BEGIN + timedelta(days=nr))
    assert verzonden > 10
    assert zij.bevindingen(BEGIN + timedelta(days=44)) == []
    with pytest.raises(ValueError, match="ligt voor"):
        zij.dag(BEGIN)


@pytest.mark.parametrize("kans", [-0.1, 1.1])
def test_chance_is_between_none_and_sure(kans: float) -> None:
    with pytest.raises(ValueError, match="kans"):
        Gedrag(fout=kans)


def opdracht(map_: Path, *woorden: str) -> int:
    """Run `samenloop aanbieder` on a folder."""
    contract = map_ / "contract.json"
    rijen = [
        {
            "aanbieder": AGB,
            "wet": "wmo",
            "categorie": each.categorie,
            "code": each.code,
            "eenheid": each.eenheid,
            "tarief": each.tarief,
        }
        for each in CONTRACT
    ]
    contract.write_text(json.dumps(rijen))
    vast = ["aanbieder", str(map_), "--gemeente", CODE, "--contract", str(contract)]
    return main([*vast, *woorden])


def test_command_plays_providers_day_after_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rnd = Random(1)
    wij = Gemeente(AGB, "wmo", rnd, GeheugenStand(contract=list(CONTRACT)))
    wij.ken_toe(BEGIN, toewijzing(1, BSNS[0], "wmo", rnd))
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "1.xml").write_bytes(wij.uit[0][1])
    foutloos = ("--foutloos", "--dag", "2026-01-05", "--dagen", "7")
    assert opdracht(tmp_path, *foutloos) == 0
    soorten = sorted(_soort(pad.read_bytes()) for pad in (tmp_path / "in").iterdir())
    assert soorten == ["WMO302", "WMO305"]
    # The next day nothing is sent again, and a start without an answer is told.
    assert opdracht(tmp_path, "--foutloos", "--dag", "2026-02-27") == 1
    uit = capsys.readouterr().out
    assert "2026-02-27: 0 berichten verzonden" in uit
    assert "geen antwoord voor" in uit
    assert opdracht(tmp_path, "--dag", "2025-01-01") == 2
