"""Reading files: whatever wrote them, no row is lost and none is made up."""

import codecs
import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.signalen.bestand import lezen
from samenloop.signalen.bestand.fouten import OnleesbaarBestand

KOP = ["Kenmerk", "BSN", "Naam", "Bedrag"]
RIJ = ["HA-1", "999990019", "T. de Boer", "1.234,50"]
# A workbook knows no time zones.
_HALF_TIEN = datetime(2026, 1, 2, 9, 30)  # noqa: DTZ001

# What a person types: printable, with line breaks, quotes and separators in it.
_teken = st.characters(
    codec="windows-1252", exclude_categories=["Cc", "Cs"], include_characters="\n"
)
_cel = st.text(_teken, max_size=12)
_rij = st.lists(_cel, min_size=3, max_size=3).filter(
    lambda rij: any(cel.strip() for cel in rij)
)


def _csv(rijen: list[list[str]], scheiding: str, einde: str = "\r\n") -> str:
    uit = io.StringIO(newline="")
    csv.writer(uit, delimiter=scheiding, lineterminator=einde).writerows(rijen)
    return uit.getvalue()


@settings(max_examples=300, deadline=None)
@given(
    rijen=st.lists(_rij, min_size=1, max_size=12),
    scheiding=st.sampled_from([";", ",", "\t", "|"]),
    codering=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "windows-1252"]),
    einde=st.sampled_from(["\r\n", "\n"]),
    merk=st.booleans(),
)
def test_what_was_written_is_what_is_read(
    rijen: list[list[str]], scheiding: str, codering: str, einde: str, merk: bool
) -> None:
    tekst = _csv([["kenmerk", "naam", "bedrag"], *rijen], scheiding, einde)
    if merk:
        tekst = f"sep={scheiding}\r\n{tekst}"
    gelezen = lezen.read(tekst.encode(codering))
    assert [list(rij.cellen) for rij in gelezen.rijen] == rijen
    assert gelezen.kolommen == ("kenmerk", "naam", "bedrag")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(inhoud: bytes) -> None:
    try:
        uitkomst = str(len(lezen.read(inhoud).rijen))
    except OnleesbaarBestand as fout:
        uitkomst = str(fout)
    assert uitkomst not in ("", "0")


@pytest.mark.parametrize("scheiding", [";", ",", "\t", "|"])
@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found(scheiding: str, codering: str) -> None:
    rij = ["1", "Zoë", "Café 't Dijkje", "€ 12"]
    gelezen = lezen.read(_csv([KOP, rij], scheiding).encode(codering))
    assert gelezen.rijen[0].cellen == tuple(rij)
    assert gelezen.scheiding == scheiding


def test_two_byte_text_without_a_mark_is_read() -> None:
    for codering in ("utf-16-le", "utf-16-be"):
        gelezen = lezen.read(_csv([KOP, RIJ], ";").encode(codering))
        assert gelezen.rijen[0].cellen == tuple(RIJ)


def test_rows_carry_the_line_on_which_their_maker_finds_them() -> None:
    tekst = 'a;b\r\n1;"twee\r\nregels"\r\n\r\n;\r\n3;4\r\n'
    gelezen = lezen.read(tekst.encode())
    assert [(rij.nummer, rij.cellen) for rij in gelezen.rijen] == [
        (2, ("1", "twee\r\nregels")),
        (6, ("3", "4")),
    ]


def test_line_numbers_count_the_line_with_the_separator() -> None:
    gelezen = lezen.read(b"sep=;\r\na;b\r\n1;2\r\n")
    assert gelezen.rijen[0].nummer == 3


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        (b"", "leeg"),
        (b"\xef\xbb\xbf\r\n\r\n", "leeg"),
        (b"a;b\r\n", "geen rijen"),
        (b'a;b\r\n1;"nooit dicht\r\n' + b"x;y\r\n" * 300, "regel 2"),
        (b"PK\x03\x04rommel", "werkboek"),
        (b"a;b\r\nx\x81;y\r\n", "regel 2"),
        (b"a;b\x00;c\x00\x00\r\n1;2;3", "tekstbestand"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_the_reason(
    inhoud: bytes, woord: str
) -> None:
    with pytest.raises(OnleesbaarBestand) as fout:
        lezen.read(inhoud)
    assert woord in str(fout.value)


def test_too_many_rows_is_refused_and_one_less_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lezen, "MEESTE_RIJEN", 3)
    assert len(lezen.read(b"a;b\n" + b"1;2\n" * 3).rijen) == 3
    with pytest.raises(OnleesbaarBestand):
        lezen.read(b"a;b\n" + b"1;2\n" * 4)


def test_columns_without_a_name_or_with_the_same_can_be_told_apart() -> None:
    gelezen = lezen.read(b"Naam;;Naam\n1;2;3\n")
    assert gelezen.kolommen == ("Naam", "kolom 2", "Naam (3)")


def test_row_with_too_few_or_too_many_cells_is_still_a_row() -> None:
    gelezen = lezen.read(b"a;b\n1\n1;2;3\n1;2\n")
    assert [len(rij.cellen) for rij in gelezen.rijen] == [1, 3, 2]


def _workbook(*rijen: list[object]) -> bytes:
    boek = openpyxl.Workbook()
    blad = boek.active
    assert blad is not None
    for rij in rijen:
        blad.append(rij)
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def test_workbook_gives_texts_numbers_and_dates_as_one_types_them() -> None:
    gelezen = lezen.read(
        _workbook(
            ["Kenmerk", "BSN", "Geboren", "Bedrag", "Wanneer", "Ja"],
            ["HA-1", 999990019, date(1984, 3, 25), 12.5, _HALF_TIEN, True],
            ["HA-2", None, None, 1e6, None, False],
        )
    )  # fmt: skip
    assert [(rij.nummer, rij.cellen) for rij in gelezen.rijen] == [
        (2, ("HA-1", "999990019", "25-03-1984", "12,5", "02-01-2026 09:30", "ja")),
        (3, ("HA-2", "", "", "1000000", "", "nee")),
    ]


def test_empty_rows_of_a_workbook_keep_the_numbering() -> None:
    gelezen = lezen.read(_workbook(["a", "b"], [1, 2], [None, None], [3, 4]))
    assert [rij.nummer for rij in gelezen.rijen] == [2, 4]


def test_workbook_that_could_swell_is_refused() -> None:
    import zipfile

    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as archief:
        archief.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
    with pytest.raises(OnleesbaarBestand):
        lezen.read(uit.getvalue())


def test_marks_are_not_part_of_the_first_column() -> None:
    gelezen = lezen.read(codecs.BOM_UTF8 + b"BSN;Naam\n1;2\n")
    assert gelezen.kolommen[0] == "BSN"
