"""The log of a revision names exactly the cells that differ."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samenloop.monitor.uitkomst import Kwaliteit, Monitor, Status, Tabel
from samenloop.verantwoording.wijzigingen import differences

Cellen = dict[tuple[str, str], int | None]


def monitor(**tabellen: Cellen) -> Monitor:
    return Monitor(
        kwartaal="2017Q4", peildata=[], regio="Noord", gemeenten=[],
        status=Status.VOORLOPIG, bekend_op=None, geleverd=[],
        tabellen={
            naam: Tabel(
                naam, naam, "", "", "aantal", ("wet", "gemeente"),
                [(*plek, waarde) for plek, waarde in cellen.items()],
            )
            for naam, cellen in tabellen.items()
        },
        afwezig={}, kwaliteit=Kwaliteit(),
    )  # fmt: skip


def test_changed_new_and_lost_cells_are_told_apart() -> None:
    was = monitor(klanten={("wmo", "A"): 1, ("wmo", "B"): 2, ("wmo", "C"): 3})
    wordt = monitor(klanten={("wmo", "A"): 1, ("wmo", "B"): 5, ("wmo", "D"): 0})
    assert differences(was, wordt) == [
        {
            "tabel": "klanten",
            "dimensies": {"wet": "wmo", "gemeente": gemeente},
            "soort": soort,
            "was": oud,
            "wordt": nieuw,
        }
        for gemeente, soort, oud, nieuw in (
            ("B", "gewijzigd", 2, 5),
            ("D", "nieuw", None, 0),
            ("C", "vervallen", 3, None),
        )
    ]


def test_a_whole_table_may_come_or_go() -> None:
    was, wordt = monitor(duur={("wmo", "A"): 1}), monitor(stapeling={("wmo", "A"): 1})
    assert [(w["tabel"], w["soort"]) for w in differences(was, wordt)] == [
        ("duur", "vervallen"),
        ("stapeling", "nieuw"),
    ]


def test_another_order_of_rows_is_no_change() -> None:
    cellen: Cellen = {("wmo", "A"): 1, ("wmo", "B"): None}
    andersom = dict(reversed(cellen.items()))
    assert differences(monitor(duur=cellen), monitor(duur=andersom)) == []


cellen = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")),
    st.none() | st.integers(0, 3),
)


@given(was=cellen, wordt=cellen)
def test_applying_the_log_to_the_old_gives_the_new(was: Any, wordt: Any) -> None:
    stand = dict(was)
    for w in differences(monitor(t=was), monitor(t=wordt)):
        plek = tuple(w["dimensies"].values())
        assert stand.get(plek) == w["was"]
        if w["soort"] == "vervallen":
            del stand[plek]
        else:
            stand[plek] = w["wordt"]
    assert stand == wordt
