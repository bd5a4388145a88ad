"""Whatever is in a file: nothing is lost, and every refused row can be found back."""

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.monitor import keuring, keuring_csv
from samenloop.monitor.formaat import VOORZIENINGEN
from samenloop.monitor.fouten import LeveringFout, TeveelAfgekeurd
from samenloop.monitor.keuring import Keuring
from tests.monitor.geleverd import GOED, afgekeurd, rij, schrijf_csv, schrijf_levering

KOP = list(GOED["voorzieningen"])
GOEDE_REGEL = ",".join(GOED["voorzieningen"].values())


def _keur(map_: Path, inhoud: bytes) -> tuple[Keuring, list[dict[str, str]]]:
    """Judge a levering whose voorzieningen are these bytes."""
    levering = schrijf_levering(map_ / "in")
    (levering / "voorzieningen.csv").write_bytes(inhoud)
    with keuring.keur([levering], drempel=1) as gekeurd:
        gekeurd.schrijf_afgekeurd(map_ / "afgekeurd.csv")
    return gekeurd, afgekeurd(map_ / "afgekeurd.csv")


def _telling(gekeurd: Keuring) -> tuple[int, int, int]:
    telling = gekeurd.kwaliteit.tellingen[0]
    return telling.gelezen, telling.aanvaard, telling.afgekeurd


# Not NUL (a damaged file) and no surrogates (not UTF-8): those end the whole file.
_tekst = st.text(
    st.one_of(
        st.sampled_from("\",\n\r;' \t#\\é😀\u2028"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    rijen=st.lists(st.lists(_tekst, min_size=18, max_size=18), max_size=6),
    einde=st.sampled_from(["\n", "\r\n"]),
    alles_tussen_aanhalingstekens=st.booleans(),
    bom=st.booleans(),
)
def test_nothing_is_lost_whatever_the_cells_hold(
    rijen: list[list[str]], einde: str, alles_tussen_aanhalingstekens: bool, bom: bool
) -> None:
    geschreven = io.StringIO(newline="")
    schrijver = csv.writer(
        geschreven,
        lineterminator=einde,
        quoting=csv.QUOTE_ALL if alles_tussen_aanhalingstekens else csv.QUOTE_MINIMAL,
    )
    schrijver.writerow([*KOP, "kenmerk"])
    schrijver.writerow([*GOED["voorzieningen"].values(), "heel"])
    schrijver.writerows(rijen)
    inhoud = geschreven.getvalue().encode("utf-8-sig" if bom else "utf-8")
    with tempfile.TemporaryDirectory() as map_:
        gekeurd, geweigerd = _keur(Path(map_), inhoud)
    gelezen, aanvaard, geteld = _telling(gekeurd)
    assert (gelezen, aanvaard, geteld) == (1 + len(rijen), 1, len(rijen))
    for regel, cellen in zip(geweigerd, rijen, strict=True):
        if regel["regel"] == "R-EINDE":
            # a writer left a carriage return bare: nobody can read that row back
            assert any("\r" in cel for cel in cellen)
            continue
        assert not regel["regel"].startswith("R-")
        (terug,) = csv.reader(io.StringIO(regel["rij"], newline=""))
        # bare at the end of the row it is part of the line end
        assert terug in (cellen, [*cellen[:-1], cellen[-1].removesuffix("\r")])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(_tekst.map(lambda t: t.replace("\r", "")), min_size=3, max_size=3),
        min_size=1,
        max_size=30,
    ),
    st.integers(64, 400),
)
def test_rows_are_found_alike_whatever_the_size_of_the_blocks(
    rijen: list[list[str]], blok: int
) -> None:
    tekst = io.StringIO(newline="")
    csv.writer(tekst, lineterminator="\n").writerows([["a", "b", "c"], *rijen])
    with tempfile.TemporaryDirectory() as map_, pytest.MonkeyPatch.context() as patch:
        pad = Path(map_) / "x.csv"
        pad.write_text(tekst.getvalue(), encoding="utf-8", newline="")
        heel = keuring_csv.doorzoek(pad, "x.csv")
        patch.setattr(keuring_csv, "_BLOK", blok)
        patch.setattr(keuring_csv, "MAX_RIJ", 10**9)
        patch.setattr(
            keuring_csv, "_BLOK", max(blok, 8 + max(len(r) for r in _rijen(tekst)))
        )
        delen = keuring_csv.doorzoek(pad, "x.csv")
    assert delen.begin.tolist() == heel.begin.tolist()
    assert delen.regel.tolist() == heel.regel.tolist()
    assert delen.oordeel.tolist() == heel.oordeel.tolist()
    assert len(heel.oordeel) == len(rijen)


def _rijen(tekst: io.StringIO) -> list[bytes]:
    uit = []
    for cellen in csv.reader(io.StringIO(tekst.getvalue(), newline="")):
        rij_ = io.StringIO(newline="")
        csv.writer(rij_).writerow(cellen)
        uit.append(rij_.getvalue().encode())
    return uit


@pytest.mark.parametrize("deel", [1, 2, 200_000])
def test_line_numbers_are_those_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deel: int
) -> None:
    monkeypatch.setattr(keuring_csv, "DEEL", deel)
    kop = ",".join(KOP)
    fout = GOEDE_REGEL.replace("GM0005", "GM9999")
    regels = [
        kop,  # 1
        GOEDE_REGEL.replace("huisarts", '"twee\nregels"'),  # 2 and 3
        fout,  # 4
        "",  # 5
        fout.replace("huisarts", '"drie\n\nregels"'),  # 6 to 8
        fout.replace("huisarts", "wijk"),  # 9
    ]
    gekeurd, geweigerd = _keur(tmp_path, "\n".join(regels).encode())
    assert [r["regelnummer"] for r in geweigerd] == ["4", "6", "9"]
    assert geweigerd[1]["rij"] == regels[4]
    assert _telling(gekeurd) == (4, 1, 3)
    assert gekeurd.kwaliteit.afkeur[0].eerste_regelnummer == 4


@pytest.mark.parametrize("einde", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("code", "regel"),
    [
        ("R-WEINIG", "GM0005,P1"),
        ("R-WEINIG", GOEDE_REGEL.removesuffix(",2017-01-12")),
        ("R-VEEL", GOEDE_REGEL + ","),
        ("R-AANHALING", GOEDE_REGEL.replace("huisarts", 'huis"arts')),
        ("R-AANHALING", GOEDE_REGEL.replace("huisarts", '"huis"arts')),
        ("R-AANHALING", GOEDE_REGEL.replace("huisarts", ' "huisarts"')),
        ("R-EINDE", GOEDE_REGEL.replace("huisarts", "huis\rarts")),
    ],
)
def test_a_row_that_cannot_be_taken_apart_is_refused_alone(
    tmp_path: Path, code: str, regel: str, einde: str
) -> None:
    ander = GOEDE_REGEL.replace("P1", "P3").replace("huisarts", '"een, ""twee"""')
    inhoud = einde.join([",".join(KOP), GOEDE_REGEL, regel, ander, ""])
    gekeurd, geweigerd = _keur(tmp_path, inhoud.encode())
    assert [(r["regel"], r["rij"]) for r in geweigerd] == [(code, regel)]
    assert geweigerd[0]["regelnummer"] == "3"
    assert _telling(gekeurd) == (3, 2, 1)


@pytest.mark.parametrize(
    ("zin", "inhoud"),
    [
        ("is leeg", b""),
        ("begint met een lege regel", b"\n" + GOEDE_REGEL.encode()),
        ("ontbreekt de kolom client", ",".join(KOP).replace("client,", "").encode()),
        ("ontbreekt de kolommen", b"a,b,c\n1,2,3\n"),
        ("meer dan één keer", ",".join([*KOP, "Client"]).encode()),
        ("puntkomma's", ";".join(KOP).encode()),
        ("tabs", "\t".join(KOP).encode()),
        ("UTF-16", "\n".join([",".join(KOP), GOEDE_REGEL]).encode("utf-16")),
        (
            "regel 3 bevat byte 0xE9",
            b"%s\n%s\n%s\n"
            % (
                ",".join(KOP).encode(),
                GOEDE_REGEL.encode(),
                GOEDE_REGEL.replace("NL", "é").encode("latin-1"),
            ),
        ),
        ("midden in een rij", f"{','.join(KOP)}\n{GOEDE_REGEL}\nGM0005,P3".encode()),
        ("wordt nergens gesloten", f'{",".join(KOP)}\n{GOEDE_REGEL}\n"GM0'.encode()),
        ("regel 2 een NUL-teken", f"{','.join(KOP)}\nGM\0005\n".encode()),
        ("geen enkele rij", f"{','.join(KOP)}\n".encode()),
        ("geen CSV maar", b"PK\x03\x04" + b"x" * 100),
        ("regeleinden", f"{','.join(KOP)}\r{GOEDE_REGEL}\r".encode()),
        (
            "te veel losse aanhalingstekens",
            f"{','.join(KOP)}\n".encode() + b'a"b\n' * 1100,
        ),
    ],
)
def test_a_file_that_is_not_what_it_claims_ends_with_one_sentence(
    tmp_path: Path, zin: str, inhoud: bytes
) -> None:
    with pytest.raises(LeveringFout, match=zin) as fout:
        _keur(tmp_path, inhoud)
    assert str(fout.value).endswith(".")
    assert "\n" not in str(fout.value)
    assert "voorzieningen.csv" in str(fout.value)


@pytest.mark.parametrize("aanhaling", [b"", b'"'])
def test_a_field_without_end_is_refused_before_it_is_read(
    tmp_path: Path, aanhaling: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    levering = schrijf_levering(tmp_path / "in")
    with (levering / "voorzieningen.csv").open("wb") as bestand:
        bestand.write(",".join(KOP).encode() + b"\nGM0005," + aanhaling)
        bestand.truncate(2**30)  # a gigabyte of nothing, without taking up disk
    gelezen = []
    echt = keuring_csv._Zoeker.lees
    monkeypatch.setattr(
        keuring_csv._Zoeker,
        "lees",
        lambda zelf, blok, laatste: (
            gelezen.append(len(blok)),
            echt(zelf, blok, laatste=laatste),
        ),
    )
    with pytest.raises(LeveringFout, match="regel 2 een veld of rij van meer dan 1 MB"):
        keuring.keur([levering])
    assert sum(gelezen) < 3 * 8 * 1024**2


def test_columns_may_come_in_any_order_with_others_between(tmp_path: Path) -> None:
    levering = schrijf_levering(tmp_path / "in")
    kop = ["Mijn kolom", *reversed(KOP), "_eigen", ""]
    schrijf_csv(
        levering / "voorzieningen.csv",
        [{**rij("voorzieningen"), "Mijn kolom": "x", "_eigen": "y", "": "z"}],
        kop,
    )
    with keuring.keur([levering]) as gekeurd:
        tabel = gekeurd.tabellen["voorzieningen"]
        (uit,) = tabel.to_pyarrow().to_pylist()
    assert uit["gemeente"] == "GM0005"
    assert uit["startdatum"] == date(2017, 2, 1)
    assert uit["Mijn kolom"] == "x"
    assert uit["kolom 19 _eigen"] == "y"
    assert uit["resultaat"] is None
    assert uit["einddatum"] is None
    assert uit["_regel"] == 1


def test_parquet_gives_the_same_rows_as_csv(tmp_path: Path) -> None:
    rijen = [
        rij("voorzieningen"),
        rij("voorzieningen", gemeente="GM0009", herkomst='a "b", c'),
        rij("voorzieningen", client="P7", einddatum="2017-06-30", resultaat="bereikt"),
    ]
    csv_map = schrijf_levering(tmp_path / "csv", {"voorzieningen": rijen})
    schrijf_csv(csv_map / "voorzieningen.csv", [{"resultaat": "", **r} for r in rijen])
    pq_map = schrijf_levering(tmp_path / "pq")
    (pq_map / "voorzieningen.csv").unlink()
    kolommen: dict[str, pa.Array] = {}
    for kolom in ["resultaat", *KOP]:
        cellen = [r.get(kolom) or None for r in rijen]
        if kolom in ("startdatum", "aanvraagdatum"):
            kolommen[kolom] = pa.array(
                [date.fromisoformat(c) if c else None for c in cellen], pa.date32()
            )
        elif kolom in ("geboortedatum", "einddatum"):
            kolommen[kolom] = pa.array(
                [date.fromisoformat(c) if c else None for c in cellen]
            ).cast(pa.timestamp("ms"))
        elif kolom == "geslacht":
            kolommen[kolom] = pa.array([float(c) if c else None for c in cellen])
        else:
            kolommen[kolom] = pa.array(cellen, pa.string())
    pq.write_table(pa.table(kolommen), pq_map / "voorzieningen.parquet")
    uitkomsten = []
    for map_ in (csv_map, pq_map):
        with keuring.keur([map_], drempel=1) as gekeurd:
            gekeurd.schrijf_afgekeurd(map_ / "uit.csv")
            tabel = gekeurd.tabellen["voorzieningen"].order_by("_regel")
            uitkomsten.append(
                (
                    sorted(map(str, tabel.to_pyarrow().to_pylist()[0].items())),
                    tabel.select("client", "startdatum", "einddatum", "geslacht")
                    .to_pyarrow()
                    .to_pylist(),
                    [(r["regelnummer"], r["rij"]) for r in afgekeurd(map_ / "uit.csv")],
                )
            )
    assert uitkomsten[0] == uitkomsten[1]
    assert uitkomsten[0][2][0][0] == "3"


def test_broken_parquet_ends_with_one_sentence(tmp_path: Path) -> None:
    levering = schrijf_levering(tmp_path / "in")
    (levering / "voorzieningen.csv").unlink()
    (levering / "voorzieningen.parquet").write_bytes(b"PAR1" + b"x" * 100 + b"PAR1")
    with pytest.raises(LeveringFout, match="geen leesbaar Parquet"):
        keuring.keur([levering])


def test_two_leveringen_share_what_they_say_alike(tmp_path: Path) -> None:
    noord = schrijf_levering(tmp_path / "noord")
    zuid = schrijf_levering(
        tmp_path / "zuid",
        {
            "voorzieningen": [rij("voorzieningen"), rij("voorzieningen", client="P5")],
            "gemeenten": [rij("gemeenten")],
        },
    )
    with keuring.keur([noord, zuid], drempel=1) as gekeurd:
        gekeurd.schrijf_afgekeurd(tmp_path / "afgekeurd.csv")
        gemeenten = gekeurd.tabellen["gemeenten"].to_pyarrow().to_pylist()
        soorten = gekeurd.tabellen["soorten"].count().to_pyarrow().as_py()
        clienten = gekeurd.tabellen["voorzieningen"].client.to_pyarrow().to_pylist()
    assert [g["gemeente"] for g in gemeenten] == ["GM0005", "GM0007"]
    assert soorten == 3
    assert clienten == ["P1", "P5"]
    # the same provision delivered twice is counted once
    (dubbel,) = afgekeurd(tmp_path / "afgekeurd.csv")
    assert (dubbel["bestand"], dubbel["regelnummer"], dubbel["regel"]) == (
        "zuid/voorzieningen.csv",
        "2",
        "V-DUBBEL",
    )
    assert set(gekeurd.invoer) == {
        f"{wie}/{wat}.csv"
        for wie in ("noord", "zuid")
        for wat in ("voorzieningen", "soorten", "gemeenten")
    }


def test_two_leveringen_that_contradict_each_other_end_with_one_sentence(
    tmp_path: Path,
) -> None:
    noord = schrijf_levering(tmp_path / "noord", {"gemeenten": [rij("gemeenten")]})
    zuid = schrijf_levering(
        tmp_path / "zuid", {"gemeenten": [rij("gemeenten", huishoudens="2001")]}
    )
    with pytest.raises(LeveringFout, match="iets anders over GM0007"):
        keuring.keur([noord, zuid])


def test_above_the_set_share_someone_must_decide(tmp_path: Path) -> None:
    rijen = [rij("voorzieningen", client=f"C{nr}") for nr in range(15)]
    rijen.append(rij("voorzieningen", gemeente="GM0001"))  # 1 of 20 rows in all
    levering = schrijf_levering(tmp_path / "in", {"voorzieningen": rijen})
    with keuring.keur([levering], drempel=0.05) as gekeurd:
        assert gekeurd.deel_afgekeurd == 0.05
    with pytest.raises(TeveelAfgekeurd, match=r"1 van de 20 rijen \(5,0%\)"):
        keuring.keur([levering], drempel=0.0499)
    with pytest.raises(TeveelAfgekeurd):
        keuring.keur([levering], drempel=0.0499, doorgaan=lambda kwaliteit: False)
    with keuring.keur(
        [levering], drempel=0.0499, doorgaan=lambda kwaliteit: True
    ) as gekeurd:
        assert gekeurd.afgekeurd == 1


def test_working_files_are_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    werk = tmp_path / "werk"
    werk.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(werk))
    levering = schrijf_levering(tmp_path / "in")
    with keuring.keur([levering]):
        (eigen,) = werk.iterdir()
        assert eigen.stat().st_mode & 0o077 == 0
    assert not list(werk.iterdir())
    (levering / "soorten.csv").write_bytes(b"")
    with pytest.raises(LeveringFout):
        keuring.keur([levering])
    assert not list(werk.iterdir())


def test_the_format_in_the_tests_is_that_of_the_documentation() -> None:
    assert [k.naam for k in VOORZIENINGEN.kolommen if not k.facultatief] == KOP
