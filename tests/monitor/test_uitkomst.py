"""The outcome of a computation travels as JSON and comes back the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenloop.monitor.uitkomst import (
    Afkeur,
    Bestandstelling,
    Kwaliteit,
    Kwartaal,
    Monitor,
    Onbalans,
    Status,
    Tabel,
)

kwartalen = st.builds(Kwartaal, st.integers(1900, 2998), st.integers(1, 4))


def test_a_quarter_ends_on_its_peildatum() -> None:
    assert Kwartaal.lees("2017Q4").eind == date(2017, 12, 31)
    assert Kwartaal.lees("2016q1").eind == date(2016, 3, 31)


@pytest.mark.parametrize(
    "tekst",
    ["2017", "2017Q5", "2017Q0", "17Q4", "20170Q1", "Q4", "", "2017K4", "²017Q1"],
)
def test_what_is_not_a_quarter_is_refused(tekst: str) -> None:
    with pytest.raises(ValueError, match=tekst or "^$"):
        Kwartaal.lees(tekst)


@given(kwartalen)
def test_quarters_join_without_gap_or_overlap(kwartaal: Kwartaal) -> None:
    assert kwartaal.volgende.begin - kwartaal.eind == timedelta(days=1)
    assert kwartaal.volgende.vorige == kwartaal
    assert Kwartaal.lees(str(kwartaal)) == kwartaal
    reeks = kwartaal.reeks(5)
    assert len(reeks) == 5
    assert list(reeks) == sorted(set(reeks))
    assert reeks[-1] == kwartaal


def _monitor() -> Monitor:
    return Monitor(
        kwartaal="2017Q4",
        peildata=["2017-12-31"],
        regio="Voorbeeld",
        gemeenten=["Één"],
        status=Status.HERZIEN,
        bekend_op=None,
        geleverd=["Één"],
        tabellen={
            "klanten": Tabel(
                "klanten",
                "Cliënten",
                "Wat telt.",
                "voorzieningen",
                "aantal",
                ("wet", "peildatum"),
                [("wmo", "2017-12-31", 3), ("jeugdwet", "2017-12-31", 0)],
            )
        },
        afwezig={"begroting": "niet geleverd"},
        kwaliteit=Kwaliteit(
            [Bestandstelling("voorzieningen", 3, 2, 1)],
            [Afkeur("voorzieningen", "wet", "V-WET", 1, "Onbekende wet.", 4)],
            [{"bestand": "voorzieningen", "kolom": "huishouden", "aantal": 1}],
        ),
        onbalans=[Onbalans("stroom", ("wmo",), 1, 1, 0, 1)],
        boom={"wmo": [("Hulp", 0), ("Hulp thuis", 1)]},
        invoer={"voorzieningen.csv": "00"},
    )


def test_json_returns_the_same_outcome_and_the_same_bytes() -> None:
    monitor = _monitor()
    tekst = monitor.to_json()
    assert Monitor.from_json(tekst) == monitor
    assert Monitor.from_json(tekst).to_json() == tekst


def test_a_cell_is_found_by_its_dimensions_and_nothing_else() -> None:
    tabel = _monitor().tabellen["klanten"]
    assert tabel.waarde("wmo", "2017-12-31") == 3
    assert tabel.waarden("wet") == ["wmo", "jeugdwet"]
    with pytest.raises(KeyError):
        tabel.waarde("wmo", "2017-09-30")
