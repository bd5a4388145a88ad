"""Columns: what they probably hold, and what a row then says or lacks."""

from datetime import date

import pytest
import time_machine

from samenloop.signalen.bestand.fouten import Rijfout
from samenloop.signalen.bestand.indeling import (
    Gelezen,
    Indeling,
    Veld,
    as_date,
    guess,
    wrong,
)
from samenloop.signalen.bestand.lezen import Rij

KOLOMMEN = ("Kenmerk", "BSN", "Naam", "Geboren", "Straat", "Plaats", "Bedrag")
VELDEN = (
    Veld.KENMERK, Veld.BSN, Veld.NAAM, Veld.GEBOORTEDATUM, Veld.ADRES, Veld.ADRES,
    Veld.INHOUD,
)  # fmt: skip
GOED = ("HA-1", "999990019", "T. de Boer", "25-03-1984", "Wad 1", "Bedum", "€ 900")


def _read(**anders: str) -> Gelezen | list[Rijfout]:
    cellen = tuple(
        anders.get(kolom, waarde) for kolom, waarde in zip(KOLOMMEN, GOED, strict=True)
    )
    uit = Indeling(KOLOMMEN, VELDEN, "Huurachterstand", "x").read(Rij(2, cellen))
    return uit if isinstance(uit, Gelezen) else [fout.code for fout in uit]


def test_sound_row_says_whom_what_and_by_which_reference() -> None:
    gelezen = _read()
    assert isinstance(gelezen, Gelezen)
    assert gelezen.bsn is not None
    assert gelezen.bsn.cijfers == "999990019"
    assert (gelezen.kenmerk, gelezen.aanleiding) == ("HA-1", "Huurachterstand")
    assert gelezen.inhoud == "Bedrag: € 900"


def test_without_bsn_the_person_is_described() -> None:
    gelezen = _read(BSN="")
    assert isinstance(gelezen, Gelezen)
    assert gelezen.omschrijving == "T. de Boer, geboren 25-03-1984, Wad 1, Bedum"


@pytest.mark.parametrize(
    ("anders", "fouten"),
    [
        ({"BSN": "999990018"}, [Rijfout.BSN]),
        ({"BSN": "geen"}, [Rijfout.BSN]),
        ({"BSN": "", "Naam": ""}, [Rijfout.NIEMAND]),
        ({"BSN": "", "Geboren": "", "Straat": "", "Plaats": ""}, [Rijfout.NIEMAND]),
        ({"Geboren": "31-02-1984"}, [Rijfout.DATUM]),
        ({"Kenmerk": "x" * 81}, [Rijfout.LANG]),
        ({"Bedrag": "a\x07b"}, [Rijfout.TEKEN]),
        ({"BSN": "1", "Geboren": "gisteren"}, [Rijfout.BSN, Rijfout.DATUM]),
    ],
)
def test_all_that_is_wrong_is_told(
    anders: dict[str, str], fouten: list[Rijfout]
) -> None:
    assert _read(**anders) == fouten


@pytest.mark.parametrize(
    "anders",
    [
        {"Kenmerk": "x" * 80},
        {"BSN": " 9999.90.019 "},
        {"BSN": "", "Geboren": ""},
        {"BSN": "", "Straat": "", "Plaats": ""},
        {"Geboren": ""},
    ],
)
def test_neighbours_of_what_is_wrong_are_right(anders: dict[str, str]) -> None:
    assert isinstance(_read(**anders), Gelezen)


def test_row_with_another_number_of_cells_is_not_guessed_at() -> None:
    indeling = Indeling(KOLOMMEN, VELDEN, "x", "x")
    for cellen in (GOED[:-1], (*GOED, "")):
        uit = indeling.read(Rij(2, cellen))
        assert isinstance(uit, list)
        assert [fout.code for fout in uit] == [Rijfout.KOLOMMEN]


@time_machine.travel("2026-03-25T09:00:00+01:00", tick=False)
def test_row_without_reference_is_the_same_within_the_month_only() -> None:
    eerste, tweede, ander = _read(Kenmerk=""), _read(Kenmerk=""), _read(
        Kenmerk="", Bedrag="€ 901"
    )  # fmt: skip
    with time_machine.travel("2026-04-01T09:00:00+02:00", tick=False):
        later = _read(Kenmerk="")
    assert isinstance(eerste, Gelezen)
    assert isinstance(tweede, Gelezen)
    assert isinstance(ander, Gelezen)
    assert isinstance(later, Gelezen)
    assert eerste.kenmerk == tweede.kenmerk
    assert len({eerste.kenmerk, ander.kenmerk, later.kenmerk}) == 3
    assert "999990019" not in eerste.kenmerk


@pytest.mark.parametrize(
    ("tekst", "dag"),
    [
        ("25-03-1984", date(1984, 3, 25)),
        ("5/3/1984", date(1984, 3, 5)),
        ("1984-03-25", date(1984, 3, 25)),
        ("19840325", date(1984, 3, 25)),
        ("29-02-2024", date(2024, 2, 29)),
        ("29-02-2023", None),
        ("00-00-1984", None),
        ("25-03-84", None),
        ("", None),
    ],
)
def test_dates_are_read_or_not_but_never_guessed(tekst: str, dag: date | None) -> None:
    assert as_date(tekst) == dag


def test_columns_are_guessed_by_their_names() -> None:
    verwacht = {
        "Contractnummer": Veld.KENMERK,
        "BSN": Veld.BSN,
        "Achternaam": Veld.NAAM,
        "Geb.datum": Veld.GEBOORTEDATUM,
        "Postcode": Veld.ADRES,
        "Openstaand saldo": Veld.INHOUD,
        "Team": Veld.NIETS,
    }
    assert guess(list(verwacht)) == list(verwacht.values())


def test_what_stands_in_one_column_only_is_guessed_once() -> None:
    assert guess(["BSN", "BSN partner"]) == [Veld.BSN, Veld.NIETS]


@pytest.mark.parametrize(
    ("velden", "goed"),
    [
        ([Veld.BSN], True),
        ([Veld.NAAM, Veld.ADRES, Veld.ADRES], True),
        ([Veld.INHOUD, Veld.NIETS], False),
        ([Veld.BSN, Veld.BSN], False),
    ],
)
def test_choice_of_columns_must_say_whom_and_not_twice(
    velden: list[Veld], goed: bool
) -> None:
    assert (wrong(velden) == []) is goed
