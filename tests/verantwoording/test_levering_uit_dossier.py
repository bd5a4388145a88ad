"""A levering holds what was known then, and is the same bytes each time."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import psycopg
import pytest
from django.db import connection

from samenloop.core.periode import Periode
from samenloop.core.tijd import correct, withdraw
from samenloop.monitor.formaat import BESTANDEN
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.uitkomst import Kwartaal
from samenloop.verantwoording import levering
from samenloop.verantwoording.bronnen import BRONNEN, ONDERSCHEID
from samenloop.verantwoording.pseudoniem import Sleutel, sleutel_voor, uitdrukking
from tests.verantwoording.dossier import Dossier
from tests.voorzieningen.declareren import line

KWARTAAL = Kwartaal(2017, 4)
PERIODE = Periode(date(2016, 12, 31), date(2017, 12, 31))
BEIDE = ("GM9001", "GM9002")
Rijen = list[dict[str, str]]


@pytest.fixture
def schrijf(tmp_path: Path) -> "Callable[..., Path]":
    """Write a levering in a new folder, over 2017 for both municipalities."""
    nummers = iter(range(1000))

    def write(
        gemeenten: tuple[str, ...] = BEIDE,
        periode: Periode = PERIODE,
        **opties: object,
    ) -> Path:
        doel = tmp_path / f"uit{next(nummers)}" / "levering"
        return levering.write(gemeenten, periode, doel, **opties).map  # type: ignore[arg-type]

    return write


def lees(map: Path, naam: str) -> Rijen:
    """Read one file of a levering."""
    with (map / f"{naam}.csv").open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def bytes_of(map: Path) -> dict[str, bytes]:
    return {pad.name: pad.read_bytes() for pad in sorted(map.iterdir())}


def test_every_column_of_the_format_has_a_source() -> None:
    assert {naam: list(bron.kolommen) for naam, bron in BRONNEN.items()} == {
        naam: [kolom.naam for kolom in bestand.kolommen]
        for naam, bestand in BESTANDEN.items()
    }


def test_a_monitor_needs_the_four_quarters_and_the_day_before() -> None:
    assert levering.period_for(KWARTAAL) == PERIODE


def test_a_levering_has_every_file_and_its_columns_in_order(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    map = schrijf()
    assert {pad.stem for pad in map.iterdir()} == set(BESTANDEN)
    for naam, bestand in BESTANDEN.items():
        kop = (map / f"{naam}.csv").read_text().splitlines()[0].split(",")
        extra = [ONDERSCHEID] if BRONNEN[naam].onderscheid else []
        assert kop == [kolom.naam for kolom in bestand.kolommen] + extra


def test_a_provision_is_written_as_the_basisset_asks(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    kind, ouder = dossier.persoon(), dossier.persoon(geboortedatum=date(1980, 1, 2))
    huishouden = dossier.huishouden()
    dossier.voorziening(
        date(2017, 3, 1), date(2017, 10, 31), bekend=date(2017, 2, 20),
        betrokkene=kind, gezaghebbende=ouder, huishouden=huishouden,
        verwijzer="huisarts", aanvraagdatum=date(2017, 2, 1),
        reden_einde="doel bereikt", resultaat="goed",
    )  # fmt: skip
    assert lees(schrijf(), "voorzieningen") == [
        {
            "gemeente": "GM9001",
            "client": kind.burgerservicenummer.bsn,
            "gezaghebbende": ouder.burgerservicenummer.bsn,
            "huishouden": huishouden.sleutel,
            "postcode": "9831AB",
            "geboortedatum": "2005-05-05",
            "geslacht": "2",
            "herkomst": "",
            "wet": "jeugdwet",
            "soort": "J1",
            "vorm": "zin",
            "aanbieder": "01234567",
            "verwijzer": "huisarts",
            "aanvraagdatum": "2017-02-01",
            "startdatum": "2017-03-01",
            "einddatum": "2017-10-31",
            "geregistreerd_op": "2017-02-20",
            "reden_einde": "doel bereikt",
            "resultaat": "goed",
        }
    ]


def test_only_what_held_within_the_period_is_delivered(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    dossier.voorziening(date(2016, 1, 1), date(2016, 12, 30))  # ended before
    dossier.voorziening(date(2016, 1, 2), date(2016, 12, 31))  # on the first day
    dossier.voorziening(date(2017, 12, 31))  # began on the last day
    dossier.voorziening(date(2018, 1, 1))  # after
    starts = {rij["startdatum"] for rij in lees(schrijf(), "voorzieningen")}
    assert starts == {"2016-01-02", "2017-12-31"}


def test_only_the_municipalities_asked_for_and_onbekend_only_when_asked(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    for gemeente in ("GM9001", "GM9002", "GM9009", None):
        dossier.voorziening(date(2017, 1, 1), gemeente_id=gemeente)

    def gemeenten(map: Path) -> list[str]:
        return [rij["gemeente"] for rij in lees(map, "voorzieningen")]

    assert gemeenten(schrijf(("GM9001",))) == ["GM9001"]
    assert gemeenten(schrijf(BEIDE)) == ["GM9001", "GM9002"]
    assert gemeenten(schrijf(BEIDE, onbekend=True)) == ["GM9001", "GM9002", ""]
    assert [rij["gemeente"] for rij in lees(schrijf(("GM9001",)), "gemeenten")] == [
        "GM9001"
    ]


def test_a_correction_is_seen_from_the_day_it_became_known(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    feit = dossier.voorziening(date(2017, 1, 1), bekend=date(2017, 1, 10))
    einde = Periode(date(2017, 1, 1), date(2017, 6, 30)).as_range()
    correct(feit, date(2017, 7, 5), geldig=einde, reden_einde="verhuisd")
    gezien = {
        dag: [
            (rij["einddatum"], rij["reden_einde"], rij["geregistreerd_op"])
            for rij in lees(schrijf(bekend_op=dag), "voorzieningen")
        ]
        for dag in (date(2017, 1, 9), date(2017, 7, 4), date(2017, 7, 5), None)
    }
    ended = [("2017-06-30", "verhuisd", "2017-01-10")]
    assert gezien == {
        date(2017, 1, 9): [],
        date(2017, 7, 4): [("", "", "2017-01-10")],
        date(2017, 7, 5): ended,
        None: ended,
    }


def test_what_was_withdrawn_is_only_in_a_levering_as_of_before(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    feit = dossier.voorziening(date(2017, 1, 1))
    withdraw(feit, date(2017, 9, 1))
    assert lees(schrijf(), "voorzieningen") == []
    assert len(lees(schrijf(bekend_op=date(2017, 8, 31)), "voorzieningen")) == 1


def test_cases_benefits_and_tracks_are_delivered_as_of_a_date_too(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    casus = dossier.casus(date(2017, 2, 1))
    dicht = Periode(date(2017, 2, 1), date(2017, 5, 31)).as_range()
    correct(casus, date(2017, 6, 1), geldig=dicht, reden_einde="afgerond")
    dossier.uitkering(date(2017, 2, 1))
    dossier.traject(date(2017, 3, 1), 125_00, geregistreerd_op=date(2017, 8, 1))
    toen = schrijf(bekend_op=date(2017, 5, 1))
    nu = schrijf()
    assert [rij["einddatum"] for rij in lees(toen, "casussen")] == [""]
    assert [
        (rij["einddatum"], rij["geregistreerd_op"]) for rij in lees(nu, "casussen")
    ] == [("2017-05-31", "2017-02-01")]
    assert [rij["spoor"] for rij in lees(nu, "uitkeringen")] == ["2"]
    assert lees(toen, "trajecten") == []
    assert [rij["trajectkosten"] for rij in lees(nu, "trajecten")] == ["12500"]


def test_a_complaint_decided_later_was_open_then(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    dossier.klacht(date(2017, 2, 1), date(2017, 6, 1), "gegrond")
    dossier.klacht(date(2017, 9, 1))
    dossier.klacht(date(2016, 2, 1), date(2016, 3, 1), "gegrond")  # long done

    def seen(map: Path) -> list[tuple[str, str, str]]:
        return [
            (rij["ingediend_op"], rij["afgehandeld_op"], rij["uitkomst"])
            for rij in lees(map, "bezwaren")
        ]

    assert seen(schrijf(bekend_op=date(2017, 5, 31))) == [("2017-02-01", "", "")]
    assert seen(schrijf()) == [
        ("2017-02-01", "2017-06-01", "gegrond"),
        ("2017-09-01", "", ""),
    ]


def test_two_equal_complaints_are_told_apart(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    dossier.klacht(date(2017, 2, 1))
    dossier.klacht(date(2017, 2, 1))
    assert [rij[ONDERSCHEID] for rij in lees(schrijf(), "bezwaren")] == ["1", "2"]


def test_what_was_granted_on_invoices_stands_beside_the_budget(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    """Per law and year of the help; refused lines not, credits taken off."""
    wie, bij = dossier.persoon(), dossier.aanbieder
    toen = datetime(2017, 3, 3, 12, tzinfo=UTC)
    dossier.post("begroting", 1, 500_00)
    for nummer, (wet, bedrag, maand, anders) in enumerate(
        (
            ("wmo", 100_00, date(2017, 1, 1), {}),
            ("wmo", 30_00, date(2017, 2, 1), {}),
            ("wmo", 30_00, date(2017, 2, 1), {"is_credit": True}),
            ("wmo", 7_00, date(2016, 1, 1), {}),
            ("wmo", 1_00, date(2015, 1, 1), {}),
            ("jeugdwet", 50_00, date(2017, 1, 1), {}),
            ("jeugdwet", 9_00, date(2017, 1, 1), {"oordeel": "afgewezen"}),
            (
                "jeugdwet",
                20_00,
                date(2017, 4, 1),
                {"op": datetime(2018, 1, 2, tzinfo=UTC)},
            ),
        )
    ):
        if "oordeel" in anders:
            anders = {**anders, "retourcodes": ["9321"]}
        line(
            "GM9001",
            bij,
            wie,
            wet,
            bedrag,
            nummer=nummer,
            maand=maand,
            **{"op": toen, **anders},
        )
    line("GM9009", bij, wie, "wmo", 99_00, nummer=90, op=toen)

    def granted(**opties: object) -> set[tuple[str, str, str, str]]:
        return {
            (rij["gemeente"], rij["jaar"], rij["post"], rij["bedrag"])
            for rij in lees(schrijf(**opties), "begroting")
            if rij["versie"] == "toegekende declaraties"
        }

    wmo, jeugd = "Wmo-hulp door aanbieders", "Jeugdhulp door aanbieders"
    assert granted() == {
        ("GM9001", "2016", wmo, "700"),
        ("GM9001", "2017", wmo, "10000"),
        ("GM9001", "2017", jeugd, "7000"),
    }
    assert granted(bekend_op=date(2017, 12, 31)) == {
        ("GM9001", "2016", wmo, "700"),
        ("GM9001", "2017", wmo, "10000"),
        ("GM9001", "2017", jeugd, "5000"),
    }
    assert [rij["versie"] for rij in lees(schrijf(), "begroting")][-1] == (
        "toegekende declaraties"
    )


def test_versions_of_the_budget_come_in_their_own_order(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    for versie, volgnummer in (("realisatie", 3), ("begroting", 1), ("2e rap", 2)):
        dossier.post(versie, volgnummer, 100 * volgnummer)
    assert [rij["versie"] for rij in lees(schrijf(), "begroting")] == [
        "begroting", "2e rap", "realisatie",
    ]  # fmt: skip


def test_a_count_of_households_before_the_period_still_serves(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    regels = lees(schrijf(regio="NOORD"), "gemeenten")
    assert [(rij["gemeente"], rij["huishoudens"]) for rij in regels] == [
        ("GM9001", "1000"), ("GM9002", "2000"),
    ]  # fmt: skip
    assert {rij["regio"] for rij in regels} == {"Regio Noord"}


def test_the_order_of_entry_does_not_show(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    personen = [dossier.persoon() for _ in range(4)]
    for persoon in (personen[2], personen[0], personen[3], personen[1]):
        dossier.voorziening(date(2017, 1, 1), betrokkene=persoon)
        dossier.traject(date(2017, 1, 1), 5, betrokkene=persoon)
    eerste, tweede = schrijf(), schrijf()
    assert bytes_of(eerste) == bytes_of(tweede)
    clienten = [rij["client"] for rij in lees(eerste, "voorzieningen")]
    assert clienten == sorted(clienten)


def test_parquet_holds_the_same_with_types_and_the_same_bytes_each_time(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    dossier.voorziening(date(2017, 3, 1), verwijzer='huisarts, "De Brink"')
    dossier.klacht(date(2017, 2, 1))
    tekst, eerste, tweede = schrijf(), schrijf(parquet=True), schrijf(parquet=True)
    assert {pad.suffix for pad in eerste.iterdir()} == {".parquet"}
    assert bytes_of(eerste) == bytes_of(tweede)
    for naam in BESTANDEN:
        getypt = duckdb.read_parquet(str(eerste / f"{naam}.parquet"))
        assert [
            {kolom: "" if cel is None else str(cel) for kolom, cel in rij.items()}
            for rij in getypt.to_arrow_table().to_pylist()
        ] == lees(tekst, naam)
        soorten = dict(zip(getypt.columns, map(str, getypt.types), strict=True))
        if naam == "voorzieningen":
            assert soorten["startdatum"] == "DATE"
            assert soorten["client"] == "VARCHAR"


def test_pseudonyms_hide_everyone_but_keep_who_is_who(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    ouder = dossier.persoon(geboortedatum=date(1980, 1, 1))
    kind = dossier.persoon()
    huishouden = dossier.huishouden()
    dossier.voorziening(
        date(2017, 1, 1), betrokkene=kind, gezaghebbende=ouder, huishouden=huishouden
    )
    dossier.voorziening(date(2017, 1, 2), betrokkene=ouder, huishouden=huishouden)
    dossier.casus(date(2017, 1, 1))
    noord = sleutel_voor("zorgkantoor-noord")
    map = schrijf(pseudoniem=noord)
    alles = "".join(pad.read_text() for pad in map.iterdir())
    assert not re.search(r"\b9999[0-9]{5}\b", alles)
    assert huishouden.sleutel not in alles
    assert "C0000" not in alles
    rij_kind, rij_ouder = lees(map, "voorzieningen")
    if rij_kind["startdatum"] == "2017-01-02":
        rij_kind, rij_ouder = rij_ouder, rij_kind
    assert rij_kind["gezaghebbende"] == rij_ouder["client"]
    assert rij_kind["huishouden"] == rij_ouder["huishouden"] != ""
    assert rij_kind["client"] == noord.pseudoniem(
        "client", kind.burgerservicenummer.bsn
    )
    assert rij_kind["postcode"] == "9831"
    elders = lees(schrijf(pseudoniem=sleutel_voor("provincie")), "voorzieningen")
    assert {rij["client"] for rij in elders}.isdisjoint(
        {rij_kind["client"], rij_ouder["client"]}
    )


@pytest.mark.parametrize("geheim", [b"k", b"\x00" * 32, b"\xff" * 64])
def test_the_database_makes_the_same_pseudonym_as_hmac(db: None, geheim: bytes) -> None:
    sleutel = Sleutel("proef", geheim)
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        sleutel.bind(cursor)
        cursor.execute(f"SELECT {uitdrukking('client', '%s::text')}", ("99990ë",))
        assert cursor.fetchone() == (sleutel.pseudoniem("client", "99990ë"),)
        cursor.execute(f"SELECT {uitdrukking('client', 'NULL::text')}")
        assert cursor.fetchone() == (None,)


def test_someone_without_a_bsn_is_still_one_person(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    persoon = dossier.persoon(bsn_ontbreekt_reden="verblijft kort in Nederland")
    dossier.voorziening(date(2017, 1, 1), betrokkene=persoon)
    dossier.voorziening(date(2017, 2, 1), betrokkene=persoon)
    clienten = {rij["client"] for rij in lees(schrijf(), "voorzieningen")}
    assert len(clienten) == 1
    assert "" not in clienten


def test_quotes_and_line_breaks_come_back_whole(
    dossier: Dossier, schrijf: Callable[..., Path]
) -> None:
    dossier.voorziening(date(2017, 1, 1), verwijzer='regel 1\nregel 2, "ja"')
    assert lees(schrijf(), "voorzieningen")[0]["verwijzer"] == 'regel 1\nregel 2, "ja"'


def test_texts_go_along_when_given(
    dossier: Dossier, schrijf: Callable[..., Path], tmp_path: Path
) -> None:
    teksten = tmp_path / "teksten"
    teksten.mkdir()
    (teksten / "jeugdwet.md").write_text("Er kwam een *team* bij.")
    (teksten / "los.txt").write_text("niet voor het rapport")
    map = schrijf(toelichting=teksten)
    assert bytes_of(map / "toelichting") == {"jeugdwet.md": b"Er kwam een *team* bij."}


def test_a_folder_with_something_in_it_is_left_alone(
    dossier: Dossier, tmp_path: Path
) -> None:
    vol = tmp_path / "vol"
    vol.mkdir()
    (vol / "eerder.csv").write_text("bewaard")
    with pytest.raises(LeveringFout, match="bestaat al"):
        levering.write(BEIDE, PERIODE, vol)
    assert bytes_of(vol) == {"eerder.csv": b"bewaard"}
    leeg = tmp_path / "leeg"
    leeg.mkdir()
    assert levering.write(BEIDE, PERIODE, leeg).rijen["gemeenten"] == 2


def test_a_levering_that_fails_leaves_nothing(dossier: Dossier, tmp_path: Path) -> None:
    def stop(stap: str, deel: float | None = None) -> None:
        if stap.startswith("begroting"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        levering.write(BEIDE, PERIODE, tmp_path / "uit", voortgang=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_stranger_is_refused_by_name(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(LeveringFout, match="GM1234"):
        levering.write(("GM9001", "GM1234"), PERIODE, tmp_path / "uit")
    with pytest.raises(LeveringFout, match="ZUID"):
        levering.write(BEIDE, PERIODE, tmp_path / "uit", regio="ZUID")
    with pytest.raises(LeveringFout, match="minstens één gemeente"):
        levering.write((), PERIODE, tmp_path / "uit")
    with pytest.raises(LeveringFout, match="laatste dag"):
        levering.write(BEIDE, Periode(date(2017, 1, 1)), tmp_path / "uit")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("naam", ["", "a", "Noord", "../x", "zorg kantoor", "x" * 64])
def test_a_key_has_a_plain_name(naam: str) -> None:
    with pytest.raises(LeveringFout, match="Sleutelnaam"):
        sleutel_voor(naam)


def test_a_key_does_not_show_itself_and_stays_the_same() -> None:
    sleutel = sleutel_voor("provincie")
    assert sleutel == sleutel_voor("provincie") != sleutel_voor("provincie-2")
    assert sleutel.geheim.hex() not in repr(sleutel)
    assert str(sleutel.geheim) not in repr(sleutel)
