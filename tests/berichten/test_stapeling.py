"""One walk along the periods finds what comparing all pairs finds."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from samenloop.berichten.regels.stapeling import Periode, stapelingen

BEGIN = date(2026, 1, 1)


@st.composite
def perioden(draw: st.DrawFn) -> list[Periode]:
    """Periods of few products in few days, so that they often meet."""
    rijen = []
    for nummer in range(draw(st.integers(0, 7))):
        categorie = draw(st.sampled_from([None, "01", "02"]))
        code = draw(st.sampled_from([None, "A", "B"])) if categorie else None
        ingang = BEGIN + timedelta(days=draw(st.integers(0, 12)))
        lengte = draw(st.one_of(st.none(), st.integers(-2, 6)))
        eind = date.max if lengte is None else ingang + timedelta(days=lengte)
        vast = draw(st.booleans())
        rijen.append(Periode(str(nummer), categorie, code, ingang, eind, vast))
    return rijen


def _zelfde_product(een: Periode, ander: Periode) -> bool:
    if een.categorie is None or ander.categorie is None:
        return True
    if een.categorie != ander.categorie:
        return False
    return een.code is None or ander.code is None or een.code == ander.code


def _in_de_weg(een: Periode, ander: Periode) -> bool:
    return (
        not (een.vast and ander.vast)
        and een.ingang <= een.eind
        and ander.ingang <= ander.eind
        and een.ingang <= ander.eind
        and ander.ingang <= een.eind
        and _zelfde_product(een, ander)
    )


@given(perioden())
def test_a_stack_is_found_where_two_meet_and_only_there(rijen: list[Periode]) -> None:
    paren = [paar for paar in combinations(rijen, 2) if _in_de_weg(*paar)]
    gevonden = set(stapelingen(rijen))
    assert bool(gevonden) is bool(paren)
    assert gevonden <= {each.plaats for paar in paren for each in paar}


@given(perioden())
def test_what_begins_later_is_what_is_named(rijen: list[Periode]) -> None:
    later = {
        max(paar, key=lambda each: (each.ingang, rijen.index(each))).plaats
        for paar in combinations(rijen, 2)
        if _in_de_weg(*paar)
    }
    assert set(stapelingen(rijen)) == later
