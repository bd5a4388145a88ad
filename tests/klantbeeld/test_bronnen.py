"""Sources are asked side by side, at the depth allowed, and nothing of it is kept."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from samenloop.access.doelen import DOELEN
from samenloop.access.rollen import Diepte
from samenloop.core import klok
from samenloop.core.bsn import Bsn
from samenloop.core.periode import Periode
from samenloop.demo.bronnen.brp_register import Vast
from samenloop.demo.bronnen.feiten_van_bronnen import Bronfeit
from samenloop.demo.bronnen.toepassing import Toepassing
from samenloop.klantbeeld import bronnen as klantbeeldbronnen
from samenloop.klantbeeld import grondslagen
from samenloop.klantbeeld.bron_antwoord import (
    Dat,
    OnleesbareBron,
    Resultaat,
    read_answer,
)
from samenloop.klantbeeld.bronnen import (
    Bron,
    Bronantwoord,
    Bronvraag,
    OnbekendeBron,
    Staat,
    all_sources,
    ask,
    ask_all,
)
from tests.demo.bronnen_op_poort import Bronnen, served, settings_for

BSN, ANDER = Bsn("999900006"), Bsn("999900018")
MERK = "Merkwaardige Werkgever Zzq"
DAG = date(2026, 3, 10)
FEIT = Bronfeit(
    [Periode(date(2019, 1, 1), date(2020, 1, 1)), Periode(date(2024, 5, 1))],
    "UWV",
    "0900 9294",
    {"inkomsten": [{"werkgever": MERK}]},
    ouderdom=1,
)
VRIJ = ("zorg", "jeugd", "schulden", "onderwijs")
REGIE = "regie_multiproblematiek"


def _find(bron: str, bsn: str, dag: date) -> Bronfeit | None:
    return FEIT if bsn == BSN.cijfers and bron != "jeugd" else None


@pytest.fixture
def bronnen(settings: Any) -> Iterator[Bronnen]:
    with served(Toepassing(register=Vast(lambda dag: []), vind=_find)) as url:
        gemaakt = Bronnen(url)
        settings.BRONNEN = settings_for(gemaakt)
        yield gemaakt


@pytest.fixture
def gehaast(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same sources with short limits, one longer than the others."""
    haast = {
        code: Bron(
            code, bron.naam, bron.leefgebied, bron.categorie,
            1.2 if code == "onderwijs" else 0.6, 0.2, bron.doelen,
        )
        for code, bron in all_sources().items()
    }  # fmt: skip
    monkeypatch.setattr(klantbeeldbronnen, "all_sources", lambda: haast)


def one(bron: str, diepte: Diepte = Diepte.WAT, doel: str = REGIE) -> Bronantwoord:
    (antwoord,) = ask([bron], BSN, doel, diepte, DAG)
    return antwoord


def test_at_depth_wat_the_content_comes(bronnen: Bronnen) -> None:
    antwoord = one("zorg")
    assert antwoord.staat is Staat.ACTUEEL
    assert antwoord.resultaat is Resultaat.GEVONDEN
    assert antwoord.wat == FEIT.wat
    assert antwoord.dat is not None
    assert (antwoord.dat.betrokken, antwoord.dat.sinds, antwoord.dat.tot) == (
        True,
        date(2024, 5, 1),
        None,
    )
    assert antwoord.dat.contact is not None
    assert antwoord.dat.contact.telefoon == "0900 9294"
    assert antwoord.ouderdom == 1
    assert antwoord.laatst_bereikt is not None


def test_at_depth_dat_no_content_is_asked_or_kept(bronnen: Bronnen) -> None:
    antwoord = one("zorg", Diepte.DAT)
    assert antwoord.dat is not None
    assert antwoord.dat.betrokken
    assert antwoord.wat is None
    (aanroep,) = bronnen.calls()
    assert aanroep["diepte"] == "dat"


def test_content_a_source_sends_unasked_ends_at_the_edge(
    bronnen: Bronnen, settings: Any
) -> None:
    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        inhoud = {
            "bron": "zorg", "resultaat": "gevonden", "peildatum": "2026-03-10",
            "dat": {"betrokken": True}, "wat": {"geheim": MERK},
            "meldingen": [{"ernst": "informatie", "code": "1", "tekst": MERK}],
        }  # fmt: skip
        return [json.dumps(inhoud).encode()]

    with served(app) as url:
        settings.BRONNEN = {"URL": {"zorg": url}, "SLEUTEL": {}}
        antwoord = one("zorg", Diepte.DAT)
    assert antwoord.dat == Dat(betrokken=True)
    assert antwoord.wat is None
    assert [melding.tekst for melding in antwoord.meldingen] == [""]


def test_nothing_found_is_an_answer_too(bronnen: Bronnen) -> None:
    antwoord = one("jeugd")
    assert antwoord.staat is Staat.ACTUEEL
    assert antwoord.resultaat is Resultaat.NIETS_GEVONDEN
    assert antwoord.dat == Dat(betrokken=False)


@pytest.mark.parametrize("bron", sorted(all_sources()))
def test_a_purpose_that_is_not_named_is_not_asked(bronnen: Bronnen, bron: str) -> None:
    for doel in (*DOELEN, "nieuwsgierig", ""):
        antwoord = one(bron, Diepte.DAT, doel)
        mag = doel in all_sources()[bron].doelen
        assert (antwoord.staat is Staat.NIET_GEVRAAGD) != mag
        if mag:
            assert antwoord.staat is Staat.ACTUEEL  # the source allows it as well
    assert {aanroep["doel"] for aanroep in bronnen.calls()} == (
        all_sources()[bron].doelen
    )


def test_a_source_without_depth_is_not_asked(bronnen: Bronnen) -> None:
    antwoorden = ask(VRIJ, BSN, REGIE, {"zorg": Diepte.DAT}, DAG)
    assert [a.bron for a in antwoorden] == list(VRIJ)
    assert [a.staat for a in antwoorden] == [Staat.ACTUEEL, *[Staat.NIET_GEVRAAGD] * 3]
    assert [aanroep["bron"] for aanroep in bronnen.calls()] == ["zorg"]


def test_without_an_address_a_source_says_so(settings: Any) -> None:
    settings.BRONNEN = {"URL": {}, "SLEUTEL": {}}
    assert one("zorg").staat is Staat.NIET_INGESTELD
    settings.BRONNEN = {"URL": {"zorg": "http://zorg.voorbeeld.nl"}, "SLEUTEL": {}}
    assert one("zorg").staat is Staat.NIET_INGESTELD


def test_an_unknown_source_is_a_mistake_of_ours() -> None:
    with pytest.raises(OnbekendeBron):
        ask(["justitie"], BSN, REGIE, Diepte.DAT)


@pytest.mark.parametrize(
    ("soort", "staat"),
    [
        ("vertraging", Staat.TRAAG),
        ("hangt", Staat.GEEN_ANTWOORD),
        ("druppelt", Staat.GEEN_ANTWOORD),
        ("fout", Staat.GEEN_ANTWOORD),
        ("onbereikbaar", Staat.GEEN_ANTWOORD),
        ("druk", Staat.GEEN_ANTWOORD),
        ("rommel", Staat.GEEN_ANTWOORD),
        ("groot", Staat.GEEN_ANTWOORD),
        ("elders", Staat.GEEN_ANTWOORD),
        ("leeg", Staat.GEEN_ANTWOORD),
        ("fwi", Staat.GEEN_ANTWOORD),
        ("niet-gerechtigd", Staat.NIET_GERECHTIGD),
    ],
)
@pytest.mark.usefixtures("gehaast")
def test_trouble_has_its_own_state_and_leaves_the_others_alone(
    bronnen: Bronnen, soort: str, staat: Staat
) -> None:
    seconden = 0.3 if soort == "vertraging" else 3
    bronnen.disturb("schulden", soort, seconden=seconden)
    antwoorden = {a.bron: a for a in ask(VRIJ, BSN, REGIE, Diepte.WAT, DAG)}
    gestoord = antwoorden.pop("schulden")
    assert gestoord.staat is staat
    assert (gestoord.dat is not None) == (staat is Staat.TRAAG)
    assert (gestoord.wat is not None) == (staat is Staat.TRAAG)
    assert {a.staat for a in antwoorden.values()} == {Staat.ACTUEEL}


def test_a_wrong_key_is_no_right(bronnen: Bronnen, settings: Any) -> None:
    settings.BRONNEN = {**settings.BRONNEN, "SLEUTEL": {"zorg": "verkeerd"}}
    assert one("zorg").staat is Staat.NIET_GERECHTIGD


@pytest.mark.usefixtures("gehaast")
def test_all_together_take_no_longer_than_the_longest_limit(bronnen: Bronnen) -> None:
    bronnen.disturb("*", "hangt", seconden=4)
    begin = time.monotonic()
    antwoorden = ask(VRIJ, BSN, REGIE, Diepte.DAT, DAG)
    duur = time.monotonic() - begin
    assert {a.staat for a in antwoorden} == {Staat.GEEN_ANTWOORD}
    # One after the other it would be the sum of the limits: 3 seconds.
    assert 1.2 <= duur < 2.7
    # Each its own limit: the three with the short one ended before.
    duren = [antwoord.duur_ms for antwoord in antwoorden]
    assert all(550 <= kort < duren[3] for kort in duren[:3])
    assert duren[3] >= 1150


@pytest.mark.usefixtures("gehaast")
def test_a_family_is_asked_at_once(bronnen: Bronnen) -> None:
    bronnen.disturb("*", "vertraging", seconden=0.3)
    vragen = [
        Bronvraag(bron, bsn, REGIE, Diepte.DAT, DAG)
        for bsn in (BSN, ANDER)
        for bron in VRIJ
    ]
    begin = time.monotonic()
    antwoorden = ask_all(vragen)
    # One after the other it would be eight times the delay: 2.4 seconds.
    assert time.monotonic() - begin < 2.1
    assert {a.staat for a in antwoorden} == {Staat.TRAAG}


@pytest.mark.usefixtures("gehaast")
def test_a_dead_source_is_left_alone_and_says_when_it_was_last_reached(
    bronnen: Bronnen,
) -> None:
    assert one("schulden").staat is Staat.ACTUEEL
    bronnen.disturb("schulden", "fout")
    for _keer in range(3):
        assert one("schulden").staat is Staat.GEEN_ANTWOORD
    voor = len(bronnen.calls("schulden"))
    antwoord = one("schulden")
    assert antwoord.staat is Staat.GEEN_ANTWOORD
    assert len(bronnen.calls("schulden")) == voor
    assert antwoord.laatst_bereikt is not None
    assert klok.now() - antwoord.laatst_bereikt < timedelta(seconds=20)
    assert klantbeeldbronnen.last_reached("schulden") == antwoord.laatst_bereikt


def _everything_on_record() -> str:
    """Every row of every table of ours, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tabellen = [rij[0] for rij in cursor.fetchall()]
        rijen = []
        for tabel in tabellen:
            cursor.execute(f'SELECT t::text FROM "{tabel}" t')
            rijen += [f"{tabel}: {rij[0]}" for rij in cursor.fetchall()]
    return "\n".join(rijen)


def _files(map_: Path) -> dict[str, tuple[int, int]]:
    """Files of the state folder but those of the server, with size and moment."""
    return {
        str(pad): (pad.stat().st_size, pad.stat().st_mtime_ns)
        for pad in map_.rglob("*")
        if pad.is_file() and "postgres" not in pad.parts
    }


@pytest.mark.django_db
def test_no_row_and_no_file_keeps_an_answer(
    bronnen: Bronnen, state: Path, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(0)
    bestanden = _files(state)
    tevoren = _everything_on_record()
    antwoorden = ask(VRIJ, BSN, REGIE, Diepte.WAT, DAG)
    bronnen.disturb("zorg", "fout", keren=1)
    antwoorden += ask(VRIJ, BSN, REGIE, Diepte.WAT, DAG)
    assert antwoorden[0].wat == FEIT.wat
    assert _everything_on_record() == tevoren
    assert _files(state) == bestanden
    gezegd = "".join([caplog.text, *capfd.readouterr(), repr(antwoorden)])
    assert MERK not in gezegd
    assert BSN.cijfers not in gezegd


def test_no_thread_or_connection_keeps_an_answer(bronnen: Bronnen) -> None:
    ask(VRIJ, BSN, REGIE, Diepte.WAT, DAG)
    grens = time.monotonic() + 3
    while time.monotonic() < grens:
        over = {t.name for t in threading.enumerate()} & set(all_sources())
        if not over:
            return
        time.sleep(0.02)
    pytest.fail(f"still running: {over}")


@pytest.mark.parametrize(
    "anders",
    [
        {"bron": "jeugd"}, {"resultaat": "misschien"}, {"dat": None},
        {"dat": {"betrokken": "ja"}}, {"dat": {"betrokken": True, "sinds": "gisteren"}},
        {"dat": {"betrokken": True, "sinds": 2020}}, {"wat": []}, {"peildatum": "3"},
        {"organisatie": "x" * 301}, {"meldingen": [{"ernst": "ramp"}]},
        {"dat": {"betrokken": True, "contact": {"telefoon": 5}}},
    ],
)  # fmt: skip
def test_what_does_not_follow_the_contract_is_refused(anders: dict[str, Any]) -> None:
    goed = {
        "bron": "zorg", "resultaat": "gevonden", "organisatie": "De Borg",
        "peildatum": "2026-03-10", "dat": {"betrokken": True}, "wat": {},
        "meldingen": [],
    }  # fmt: skip
    assert read_answer(goed, "zorg", Diepte.WAT).dat == Dat(betrokken=True)
    with pytest.raises(OnleesbareBron):
        read_answer({**goed, **anders}, "zorg", Diepte.WAT)


@pytest.mark.parametrize("inhoud", [None, [], "x", 5, {}])
def test_what_is_no_answer_at_all_is_refused(inhoud: Any) -> None:
    with pytest.raises(OnleesbareBron):
        read_answer(inhoud, "zorg", Diepte.DAT)


def test_sources_are_data_that_fit_the_catalogue() -> None:
    categorieen = {grond.categorie for grond in grondslagen.catalogus()}
    for bron in all_sources().values():
        assert bron.categorie in categorieen
        assert bron.doelen
        assert bron.doelen <= set(DOELEN)
        assert 0 < bron.traag_na < bron.limiet <= 5
