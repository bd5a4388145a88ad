"""What the figures count: each rule with its nearest neighbours that do not count."""

from datetime import date, timedelta
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenloop.monitor import cijfers
from samenloop.monitor.fouten import Afgebroken, LeveringFout
from samenloop.monitor.uitkomst import Kwartaal, Monitor
from tests.monitor.cijferproef import (
    GEMEENTEN,
    Levering,
    als_tabellen,
    voorziening,
    willekeurig,
)

P0, P4 = date(2017, 9, 30), date(2017, 12, 31)
PEIL = P4.isoformat()
EEN_DAG = timedelta(days=1)


def bereken(levering: Levering, **opties: Any) -> Monitor:
    return cijfers.bereken(als_tabellen(levering), Kwartaal(2017, 4), **opties)


def cellen(monitor: Monitor, tabel: str) -> dict[tuple[str, ...], Any]:
    return {rij[:-1]: rij[-1] for rij in monitor.tabellen[tabel].rijen}


def actief(*rijen: dict[str, Any], **opties: Any) -> Any:
    """Active provisions under the Wmo on the last peildatum, beside one that is."""
    monitor = bereken({"voorzieningen": [voorziening(), *rijen]}, **opties)
    return cellen(monitor, "klanten")["wmo", "Totaal", "voorzieningen", PEIL] - 1


@pytest.mark.parametrize(
    ("start", "einde", "telt"),
    [
        (P4, None, 1),
        (P4, P4, 1),
        (P4 + EEN_DAG, None, 0),
        (P0, P4, 1),
        (P0, P4 - EEN_DAG, 0),
        (P0, P4 + EEN_DAG, 1),
    ],
)
def test_stock_counts_from_start_date_through_end_date(
    start: date, einde: date | None, telt: int
) -> None:
    assert actief(voorziening(startdatum=start, einddatum=einde)) == telt


@pytest.mark.parametrize(
    ("geregistreerd", "telt"), [(None, 1), (P4, 1), (P4 + EEN_DAG, 0)]
)
def test_registered_after_the_as_of_date_does_not_count(
    geregistreerd: date | None, telt: int
) -> None:
    laat = voorziening(geregistreerd_op=geregistreerd)
    assert actief(laat, bekend_op=P4) == telt
    assert actief(laat) == 1


@pytest.mark.parametrize(
    ("start", "einde", "erin", "eruit"),
    [
        (P0, None, 0, 0),
        (P0 + EEN_DAG, None, 1, 0),
        (P4, None, 1, 0),
        (P4 + EEN_DAG, None, 0, 0),
        (P0, P0, 0, 1),
        (P0 - EEN_DAG, P0 - EEN_DAG, 0, 0),
        (P0, P4 - EEN_DAG, 0, 1),
        (P0, P4, 0, 0),
        (P0 + EEN_DAG, P4 - EEN_DAG, 1, 1),
    ],
)
def test_flow_is_what_changes_between_two_peildata(
    start: date, einde: date | None, erin: int, eruit: int
) -> None:
    rijen = [voorziening(), voorziening(startdatum=start, einddatum=einde)]
    gevonden = cellen(
        bereken({"voorzieningen": rijen}), "in-en-uitstroom-voorzieningen"
    )
    cel = ("wmo", "Vervoer", "Bedum")
    assert (gevonden[*cel, "in"], gevonden[*cel, "uit"]) == (erin, eruit)


def test_client_and_household_count_once_per_cell_and_anew_in_the_total() -> None:
    monitor = bereken(
        {
            "voorzieningen": [
                voorziening(vorm="zin"),
                voorziening(vorm="pgb"),
                voorziening(gemeente="GM0053"),
                voorziening(client="999900018"),
                voorziening(client="999900020", huishouden=None, gemeente=None),
            ]
        }
    )
    klanten = cellen(monitor, "klanten")
    assert klanten["wmo", "Bedum", "clienten", PEIL] == 2
    assert klanten["wmo", "Bedum", "huishoudens", PEIL] == 1
    assert klanten["wmo", "Bedum", "voorzieningen", PEIL] == 3
    assert klanten["wmo", "Winsum", "clienten", PEIL] == 1
    assert klanten["wmo", "onbekend", "clienten", PEIL] == 1
    assert klanten["wmo", "Totaal", "clienten", PEIL] == 3
    assert klanten["wmo", "Totaal", "huishoudens", PEIL] == 1
    assert klanten["wmo", "Totaal", "voorzieningen", PEIL] == 5
    aandeel = cellen(monitor, "aandeel-huishoudens")
    assert aandeel["wmo", "Bedum", PEIL] == 2.5
    assert aandeel["wmo", "Totaal", PEIL] == 1.0
    assert ("wmo", "onbekend", PEIL) not in aandeel


def test_share_takes_the_last_count_on_or_before_the_peildatum_else_the_first() -> None:
    gemeenten = [
        {**GEMEENTEN[0], "huishoudens": 10, "peildatum": date(2017, 7, 1)},
        {**GEMEENTEN[0], "huishoudens": 20, "peildatum": date(2017, 12, 31)},
        {**GEMEENTEN[1], "huishoudens": None},
    ]
    rijen = [voorziening(), voorziening(gemeente="GM0053", huishouden="H2")]
    monitor = bereken({"voorzieningen": rijen, "gemeenten": gemeenten})
    aandeel = cellen(monitor, "aandeel-huishoudens")
    assert [aandeel["wmo", "Bedum", dag] for dag in monitor.peildata] == [
        10.0,
        10.0,
        10.0,
        5.0,
    ]
    assert not [cel for cel in aandeel if cel[1] == "Winsum"]
    assert any("Winsum" in zin and "huishoudens" in zin for zin in monitor.opmerkingen)


def test_empty_form_is_unknown_and_every_cell_is_there_on_all_peildata() -> None:
    rijen = [
        voorziening(vorm=None, startdatum=P4),
        voorziening(vorm="toeslag", gemeente="GM0053", einddatum=date(2017, 3, 31)),
    ]
    tabel = bereken({"voorzieningen": rijen}).tabellen["actieve-voorzieningen-gemeente"]
    gevonden = {rij[:-1]: rij[-1] for rij in tabel.rijen}
    dagen = ["2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31"]
    assert [gevonden["wmo", "onbekend", "Bedum", dag] for dag in dagen] == [0, 0, 0, 1]
    assert [gevonden["wmo", "toeslag", "Winsum", dag] for dag in dagen] == [1, 0, 0, 0]
    assert [gevonden["wmo", "toeslag", "Bedum", dag] for dag in dagen] == [0, 0, 0, 0]
    assert tabel.waarden("vorm") == ["toeslag", "onbekend", "Totaal"]
    assert tabel.waarden("gemeente") == ["Bedum", "Winsum", "Totaal"]


CASUS = {"casus": "1", "gemeente": "GM0005", "type": "Basis"}


@pytest.mark.parametrize(
    ("perioden", "caseload", "nieuw", "afgerond"),
    [
        ([("Basis", P0, None)], {"Basis"}, None, None),
        ([("Basis", P4, None)], {"Basis"}, "Basis", None),
        ([("Basis", P0, P0)], set(), None, "Basis"),
        ([("Basis", P0, P4 - EEN_DAG)], set(), None, "Basis"),
        ([("Basis", P0, P4)], {"Basis"}, None, None),
        (  # from one type to another: neither new nor closed
            [("Basis", P0, date(2017, 11, 1)), ("Licht", date(2017, 11, 2), None)],
            {"Licht"},
            None,
            None,
        ),
        (
            [
                ("Basis", date(2017, 10, 2), date(2017, 11, 1)),
                ("Licht", date(2017, 11, 2), date(2017, 12, 1)),
            ],
            set(),
            "Basis",
            "Licht",
        ),
        (  # a later period follows, even if only after the quarter
            [("Basis", P0, date(2017, 11, 1)), ("Licht", date(2018, 2, 1), None)],
            set(),
            None,
            None,
        ),
    ],
)
def test_case_is_new_by_its_first_period_and_closed_by_its_last(
    perioden: list[tuple[str, date, date | None]],
    caseload: set[str],
    nieuw: str | None,
    afgerond: str | None,
) -> None:
    rijen = [
        {**CASUS, "type": type_, "startdatum": start, "einddatum": einde}
        for type_, start, einde in perioden
    ]
    monitor = bereken({"voorzieningen": [voorziening()], "casussen": rijen})

    def typen(tabel: str) -> set[str]:
        return {
            cel[1]
            for cel, waarde in cellen(monitor, tabel).items()
            if waarde and cel[0] == "Bedum" and cel[1] != "Totaal"
        }

    assert typen("caseload") == caseload
    assert typen("nieuwe-casussen") == ({nieuw} if nieuw else set())
    assert typen("afgeronde-casussen") == ({afgerond} if afgerond else set())


def test_case_that_pauses_over_a_peildatum_is_told_as_not_in_balance() -> None:
    rijen = [
        {**CASUS, "startdatum": date(2017, 1, 1), "einddatum": date(2017, 9, 1)},
        {**CASUS, "startdatum": date(2017, 11, 1)},
        {**CASUS, "casus": "2", "gemeente": "GM0053", "startdatum": P4},
    ]
    monitor = bereken({"voorzieningen": [voorziening()], "casussen": rijen})
    gemeld = [(o.tabel, o.cel, o.begin, o.eind) for o in monitor.onbalans]
    assert gemeld == [
        ("afgeronde-casussen", ("Bedum",), 0, 1),
        ("afgeronde-casussen", ("Totaal",), 0, 2),
    ]


def test_outflow_to_work_counts_persons_once_and_costs_of_the_year() -> None:
    werk = {"gemeente": "GM0005", "reden_einde": "werk", "startdatum": P0}
    uit = {"einddatum": date(2017, 11, 1)}
    monitor = bereken(
        {
            "voorzieningen": [voorziening()],
            "uitkeringen": [
                {**werk, **uit, "client": "a", "spoor": 1},
                {**werk, **uit, "client": "a", "spoor": 2},
                {**werk, "einddatum": P4, "client": "b", "spoor": 1},
                {**werk, **uit, "client": "c", "spoor": 1, "reden_einde": "verhuizing"},
            ],
            "trajecten": [
                {"client": "a", "spoor": 1, "datum": datum, "trajectkosten": bedrag}
                for datum, bedrag in (
                    (date(2016, 12, 31), 1),
                    (date(2017, 1, 1), 10),
                    (P4, 100),
                    (P4 + EEN_DAG, 1000),
                )
            ],
        }
    )
    werk_cellen = cellen(monitor, "uitstroom-naar-werk")
    assert werk_cellen["Bedum", "1", "personen"] == 1
    assert werk_cellen["Bedum", "2", "personen"] == 1
    assert werk_cellen["Bedum", "Totaal", "personen"] == 1
    assert werk_cellen["onbekend", "1", "trajectkosten"] == 110
    assert werk_cellen["Totaal", "1", "loonkostensubsidie"] == 0


def test_costs_that_were_not_delivered_are_absent_and_not_nought() -> None:
    uitkering = {
        "client": "a",
        "startdatum": P0,
        "einddatum": P0,
        "reden_einde": "werk",
    }
    monitor = bereken({"voorzieningen": [voorziening()], "uitkeringen": [uitkering]})
    maten = {cel[-1] for cel in cellen(monitor, "uitstroom-naar-werk")}
    assert maten == {"personen"}
    assert any("trajecten" in zin for zin in monitor.opmerkingen)


def test_budget_difference_is_last_version_minus_first_in_order_of_delivery() -> None:
    rijen = [
        {"gemeente": gemeente, "jaar": jaar, "post": "x", "versie": versie, "bedrag": b}
        for gemeente, jaar, versie, b in (
            ("GM0005", 2017, "primair", 100),
            ("GM0053", 2017, "primair", 1000),
            ("GM0005", 2016, "oud", 5),
            ("GM0005", 2017, "bijstelling", 80),
            ("GM0005", 2017, "af", 130),
        )
    ]
    monitor = bereken({"voorzieningen": [voorziening()], "begroting": rijen})
    tabel = monitor.tabellen["begroting"]
    assert tabel.rijen == [
        ("Bedum", "x", "primair", 100),
        ("Bedum", "x", "bijstelling", 80),
        ("Bedum", "x", "af", 130),
        ("Bedum", "x", "verschil", 30),
        ("Winsum", "x", "primair", 1000),
        ("Totaal", "x", "primair", 1100),
        ("Totaal", "x", "bijstelling", 80),
        ("Totaal", "x", "af", 130),
        ("Totaal", "x", "verschil", 30),
    ]


def test_stacking_takes_benefits_as_participatiewet_and_each_person_once() -> None:
    beide = {"client": "a", "huishouden": "H1"}
    monitor = bereken(
        {
            "voorzieningen": [
                voorziening(**beide),
                voorziening(**beide, wet="jeugdwet", gemeente="GM0053"),
                voorziening(**beide, wet="participatiewet"),
                voorziening(client="b", huishouden="H1", wet="jeugdwet"),
            ],
            "uitkeringen": [{**beide, "gemeente": "GM0005", "startdatum": P0}],
        }
    )
    wetten = cellen(monitor, "stapeling")
    assert wetten["Bedum", "participatiewet+wmo", "clienten", PEIL] == 1
    assert wetten["Winsum", "jeugdwet", "clienten", PEIL] == 1
    assert wetten["Bedum", "jeugdwet+participatiewet+wmo", "huishoudens", PEIL] == 1
    totaal = {cel[1:3]: n for cel, n in wetten.items() if cel[::3] == ("Totaal", PEIL)}
    assert totaal["jeugdwet+participatiewet+wmo", "clienten"] == 1
    assert totaal["jeugdwet", "clienten"] == 1
    assert sum(n for cel, n in totaal.items() if cel[1] == "clienten") == 2
    aantal = cellen(monitor, "stapeling-aantal")
    assert aantal["Totaal", "3", "clienten", PEIL] == 1
    assert aantal["Totaal", "4 of meer", "huishoudens", PEIL] == 1


def test_absent_file_leaves_its_tables_out_and_says_why() -> None:
    monitor = bereken({"voorzieningen": [voorziening()]})
    assert set(monitor.afwezig) == {
        "caseload",
        "nieuwe-casussen",
        "afgeronde-casussen",
        "uitkeringen",
        "in-en-uitstroom",
        "uitstroom-naar-werk",
        "begroting",
        "bezwaren",
    }
    assert not set(monitor.afwezig) & set(monitor.tabellen)
    assert all("levering" in reden for reden in monitor.afwezig.values())
    assert set(monitor.afwezig_en) == set(monitor.afwezig)
    assert monitor.afwezig_en["caseload"] == (
        "The file ‘casussen’ is not in the delivery."
    )


def test_quarter_without_anything_in_force_is_refused_with_the_quarters_there_are() -> (
    None
):
    oud = voorziening(startdatum=date(2014, 5, 1), einddatum=date(2015, 2, 1))
    with pytest.raises(LeveringFout, match="van 2014Q2 tot en met 2015Q1"):
        bereken({"voorzieningen": [oud]})
    with pytest.raises(LeveringFout, match="geen enkele aanvaarde"):
        bereken({"voorzieningen": []})


def test_what_is_unknown_is_told_in_sentences() -> None:
    maart_en_juni = {"startdatum": date(2017, 3, 1), "einddatum": date(2017, 6, 30)}
    monitor = bereken(
        {
            "voorzieningen": [
                voorziening(huishouden=None),
                voorziening(gemeente=None, **maart_en_juni),
            ]
        }
    )
    tekst = " ".join(monitor.opmerkingen)
    assert "In maart en juni had één voorziening van de Wmo geen gemeente" in tekst
    assert "Op 31 december 2017 heeft één actieve voorziening geen huishouden" in tekst
    assert "Van Winsum is niets geleverd" in tekst
    assert "In 2017Q4 begint of eindigt geen enkele voorziening" in tekst
    said = " ".join(monitor.opmerkingen_en)
    assert "Wmo: one provision in March and June without a municipality" in said
    assert "On 31 December 2017 one active provision has no household" in said
    assert "Nothing was delivered for Winsum" in said
    assert "In 2017Q4 no provision starts or ends" in said
    assert len(monitor.opmerkingen_en) == len(monitor.opmerkingen)
    assert monitor.geleverd == ["Bedum"]
    assert monitor.gemeenten == ["Bedum", "Winsum"]


def test_what_a_table_is_about_is_said_in_both_languages() -> None:
    tabellen = bereken({"voorzieningen": [voorziening()]}).tabellen
    assert tabellen["klanten"].periode.endswith("en 31 december 2017")
    assert tabellen["klanten"].periode_en.endswith("and 31 December 2017")
    stroom = tabellen["in-en-uitstroom-voorzieningen"]
    assert stroom.periode == "4e kwartaal 2017"
    assert stroom.periode_en == "quarter 4 of 2017"
    assert tabellen["duur"].periode_en == "2017Q1 up to and including 2017Q4"


def test_progress_can_stop_the_computation_between_tables() -> None:
    stappen = []

    def tot_drie(stap: int, totaal: int, tekst: str) -> bool:
        stappen.append((stap, totaal, tekst))
        return stap < 3

    with pytest.raises(Afgebroken):
        bereken({"voorzieningen": [voorziening()]}, voortgang=tot_drie)
    assert [stap for stap, _, _ in stappen] == [1, 2, 3]
    assert all(totaal == 18 and tekst for _, totaal, tekst in stappen)


def test_monitor_survives_json_and_is_the_same_on_a_rerun() -> None:
    tabellen = als_tabellen(willekeurig(3))
    een = cijfers.bereken(tabellen, Kwartaal(2017, 4))
    twee = cijfers.bereken(tabellen, Kwartaal(2017, 4))
    assert een.to_json() == twee.to_json()
    assert Monitor.from_json(een.to_json()) == een


def test_kept_tables_are_dropped_from_the_engine() -> None:
    con = ibis.get_backend(als_tabellen({})["gemeenten"])
    voor = {naam for naam in con.list_tables() if naam.startswith("bewaard")}
    cijfers.bereken(als_tabellen(willekeurig(1, 30)), Kwartaal(2017, 4))
    na = {naam for naam in con.list_tables() if naam.startswith("bewaard")}
    assert na == voor


@settings(max_examples=8, deadline=None)
@given(zaad=st.integers(100, 10_000), schud=st.randoms(use_true_random=False))
def test_invariants_hold_for_any_levering(zaad: int, schud: Any) -> None:
    levering = willekeurig(zaad, 60)
    kwartaal = Kwartaal(2017, 4)
    monitor = cijfers.bereken(als_tabellen(levering), kwartaal)

    # Stock and flow balance for provisions and benefits, whatever the rows.
    assert {onbalans.tabel for onbalans in monitor.onbalans} <= {"afgeronde-casussen"}

    # What may be added up adds up; distinct counts lie between the largest and the sum.
    klanten = cellen(monitor, "klanten")
    for (wet, gemeente, maat, dag), totaal in klanten.items():
        if gemeente != "Totaal":
            continue
        delen = [
            waarde
            for cel, waarde in klanten.items()
            if cel[0] == wet and cel[2:] == (maat, dag) and cel[1] != "Totaal"
        ]
        if maat == "voorzieningen":
            assert totaal == sum(delen)
        else:
            assert max(delen) <= totaal <= sum(delen)

    # The order in which rows were delivered changes nothing but budget versions.
    vast = {"begroting", "soorten", "gemeenten"}
    geschud = {
        bestand: list(rijen) if bestand in vast else schud.sample(rijen, len(rijen))
        for bestand, rijen in levering.items()
    }
    assert cijfers.bereken(als_tabellen(geschud), kwartaal).to_json() == (
        monitor.to_json()
    )
