"""Names, tree and order: what the codes of a levering become in a table."""

from datetime import date
from typing import Any

import pytest

from samenloop.monitor import cijfers
from samenloop.monitor.tabellen import ALLE
from samenloop.monitor.tabellen.namen import Gemeenten, Productenboek
from samenloop.monitor.tabellen.tijd import Tijd, dagen_in_woorden, opsomming
from samenloop.monitor.uitkomst import Kwartaal
from tests.monitor.cijferproef import als_tabellen, voorziening


def boek(*rijen: tuple[str, str, str | None]) -> Productenboek:
    return Productenboek(
        [{"wet": "wmo", "soort": s, "naam": n, "ouder": o} for s, n, o in rijen], []
    )


def test_kind_counts_for_every_kind_above_it_at_any_depth() -> None:
    diep = [("0", "Laag 0", None)]
    diep += [(str(i), f"Laag {i}", str(i - 1)) for i in range(1, 6)]
    tree = boek(*diep)
    assert [tree.label(n) for n in tree.telt_voor["wmo", "5"]] == [
        f"Laag {i}" for i in range(6)
    ]
    assert tree.boom() == {"wmo": [(f"Laag {i}", i) for i in range(6)]}


@pytest.mark.parametrize(
    ("rijen", "labels"),
    [
        # alone: the bare name; in two places: with the parent in front
        ([("a", "A", None), ("g", "Groep", "a")], ["A", "Groep"]),
        (
            [("a", "A", None), ("b", "B", None), ("x", "G", "a"), ("y", "G", "b")],
            ["A", "A: G", "B", "B: G"],
        ),
        # a child with the name of a top: only the child gets longer
        ([("a", "Woon", None), ("b", "Woon", "a")], ["Woon", "Woon: Woon"]),
        # two codes, one name, one parent: one kind
        ([("a", "A", None), ("x", "G", "a"), ("y", "G", "a")], ["A", "G"]),
        # parents with the same name too: the whole path
        (
            [
                ("a", "A", None),
                ("b", "B", None),
                ("p", "P", "a"),
                ("q", "P", "b"),
                ("x", "G", "p"),
                ("y", "G", "q"),
            ],
            ["A", "A: P", "A: P: G", "B", "B: P", "B: P: G"],
        ),
        # a parent that is not there, or a circle, must not lose the kind
        ([("a", "A", "weg")], ["A"]),
        # our own word for the total is no kind
        ([("a", "Totaal", None)], ["Totaal (soort)"]),
    ],
)
def test_every_kind_has_a_label_of_its_own(
    rijen: list[tuple[str, str, str | None]], labels: list[str]
) -> None:
    assert [soort.label for soort in boek(*rijen).soorten] == labels


def test_circle_in_the_tree_loses_no_kind() -> None:
    rond = boek(("a", "A", "b"), ("b", "B", "a"))
    assert set(rond.telt_voor) == {("wmo", "a"), ("wmo", "b")}
    assert all(rond.telt_voor.values())


def test_municipalities_stand_in_order_of_code_with_one_name_each() -> None:
    def gemeente(code: str, naam: str, dag: date | None = None) -> dict[str, Any]:
        return {
            "gemeente": code,
            "naam": naam,
            "regio": None,
            "huishoudens": 5,
            "peildatum": dag,
        }

    gemeenten = Gemeenten(
        [
            gemeente("GM0900", "Bergen"),
            gemeente("GM0010", "Oud", date(2016, 1, 1)),
            gemeente("GM0010", "Nieuw", date(2017, 1, 1)),
            gemeente("GM0373", "Bergen"),
        ]
    )
    namen = [gemeente.naam for gemeente in gemeenten.op_code.values()]
    assert namen == ["Nieuw", "Bergen (GM0373)", "Bergen (GM0900)"]


def test_soort_table_rolls_up_the_tree_in_its_order() -> None:
    rijen = [voorziening(soort=soort) for soort in ("A", "A1", "A11", "A11", "B")]
    monitor = cijfers.bereken(als_tabellen({"voorzieningen": rijen}), Kwartaal(2017, 4))
    tabel = monitor.tabellen["actieve-voorzieningen-soort"]
    op_de_dag = [
        (soort, waarde)
        for _, vorm, soort, dag, waarde in tabel.rijen
        if vorm == "zin" and dag == "2017-12-31"
    ]
    assert op_de_dag == [
        ("Begeleiding", 4),
        ("Individueel", 3),
        ("Individueel: Groep", 2),
        ("Vervoer", 1),
        ("Totaal", 5),
    ]


def test_delivered_word_totaal_is_not_mistaken_for_the_total() -> None:
    rijen = [voorziening(verwijzer="Totaal"), voorziening(verwijzer="huisarts")]
    monitor = cijfers.bereken(als_tabellen({"voorzieningen": rijen}), Kwartaal(2017, 4))
    tabel = monitor.tabellen["verwijzers"]
    dag = "2017-12-31"
    assert tabel.waarde("wmo", "Totaal (zoals geleverd)", "Bedum", dag) == 1
    assert tabel.waarde("wmo", "Totaal", "Bedum", dag) == 2


def test_every_table_says_what_it_counts_in_two_languages() -> None:
    assert len(ALLE) == 17
    for declaratie in ALLE.values():
        for tekst in (declaratie.definitie, declaratie.definitie_en):
            assert tekst.endswith(".")
            assert len(tekst) > 60
        assert declaratie.titel
        assert declaratie.titel_en
        assert declaratie.periode(Tijd(Kwartaal(2018, 1)))


@pytest.mark.parametrize(
    ("dagen", "tekst"),
    [
        ((date(2017, 12, 31),), "31 december 2017"),
        ((date(2017, 9, 30), date(2017, 12, 31)), "30 september en 31 december 2017"),
        ((date(2017, 12, 31), date(2018, 3, 31)), "31 december 2017 en 31 maart 2018"),
    ],
)
def test_dates_are_written_in_dutch(dagen: tuple[date, ...], tekst: str) -> None:
    assert dagen_in_woorden(dagen) == tekst
    assert opsomming(["a", "b", "c"]) == "a, b en c"
