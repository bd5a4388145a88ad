"""A BSN passes the 11-test and never shows itself."""

import copy
import logging
import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn

GELDIG = "999900006"


def passes_eleven_test(cijfers: str) -> bool:
    """The rule written out once more, to hold beside the library."""
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    som = sum(g * int(c) for g, c in zip(gewichten, cijfers, strict=True))
    return som % 11 == 0 and int(cijfers) > 0


def test_valid_bsn_is_accepted() -> None:
    assert Bsn(GELDIG).cijfers == GELDIG


@pytest.mark.parametrize("geschreven", ["9999.00.006", " 999900006 ", "999-900-006"])
def test_separators_do_not_matter(geschreven: str) -> None:
    assert Bsn(geschreven) == Bsn(GELDIG)


@pytest.mark.parametrize(
    "fout",
    ["999900007", "999900060", "99990000", "9999000060", "99990000a", "", "000000000"],
)
def test_nearest_neighbours_are_refused(fout: str) -> None:
    with pytest.raises(OngeldigBsn):
        Bsn(fout)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(OngeldigBsn):
        Bsn(999900006)  # type: ignore[arg-type]


@given(st.integers(min_value=0, max_value=99_999))
def test_exactly_the_numbers_that_pass_the_eleven_test_are_accepted(rest: int) -> None:
    cijfers = f"9999{rest:05d}"
    try:
        aanvaard = Bsn(cijfers).cijfers == cijfers
    except OngeldigBsn:
        aanvaard = False
    assert aanvaard == passes_eleven_test(cijfers)


def test_bsn_shows_itself_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    bsn = Bsn(GELDIG)
    logging.getLogger("proef").warning("persoon %s %r", bsn, bsn)
    getoond = [str(bsn), repr(bsn), f"{bsn}", f"{bsn:>20}", f"{[bsn]}", caplog.text]
    assert not [tekst for tekst in getoond if GELDIG in tekst]


def test_refused_text_is_not_in_the_error_nor_in_its_traceback() -> None:
    tekst = "999900007"
    with pytest.raises(OngeldigBsn) as fout:
        Bsn(tekst)
    verslag = "".join(traceback.format_exception(fout.value))
    assert tekst not in verslag.replace("Bsn(tekst)", "")
    assert fout.value.__cause__ is None


def test_bsn_is_not_carried_along_by_a_pickle() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Bsn(GELDIG))
    with pytest.raises(TypeError):
        copy.deepcopy(Bsn(GELDIG))


def test_bsn_does_not_change() -> None:
    bsn = Bsn(GELDIG)
    with pytest.raises(AttributeError):
        bsn._cijfers = "999900018"
    assert bsn.cijfers == GELDIG


def test_search_key_depends_on_number_and_on_key() -> None:
    sleutel = Bsn(GELDIG).zoeksleutel("geheim")
    assert len(sleutel) == 64
    assert sleutel == Bsn("9999.00.006").zoeksleutel(b"geheim")
    assert sleutel != Bsn(GELDIG).zoeksleutel("ander geheim")
    assert sleutel != Bsn("999900018").zoeksleutel("geheim")
    assert GELDIG not in sleutel


def test_equal_numbers_are_one_key_in_a_set() -> None:
    assert {Bsn(GELDIG), Bsn(GELDIG)} == {Bsn(GELDIG)}
    assert Bsn(GELDIG) != GELDIG
