"""Rules only add; safety always comes first; one that fails stops nothing."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.signalen.regels.feitenbeeld import (
    ALLE_CODES,
    Blik,
    Eerder,
    Feitenbeeld,
    Opgehaald,
)
from samenloop.signalen.regels.motor import (
    HOOGSTE_BIJDRAGE,
    Regelkern,
    Uitkomst,
    needed,
    weigh,
)
from samenloop.signalen.regels.oordeel import truth
from samenloop.signalen.regels.tabel import weigh_all
from tests.regels.verzinnen import (
    ELDERS,
    as_table,
    feitenbeelden,
    opgehaald,
    regels,
    wetten,
)

GELDZORGEN = Feitenbeeld(
    soort="huurachterstand",
    leefgebied="financien",
    wet="wgs",
    kanaal="bestand",
    leeftijd=41,
    jongste=13,
    leden=3,
    eenouder=True,
    opgehaald=Opgehaald(ALLE_CODES, ALLE_CODES, 365, frozenset(ELDERS)),
)

pytestmark = pytest.mark.usefixtures("vaste_soorten")
# A busy machine is no fault of a rule.
RUSTIG = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rule(uitdrukking: str, gewicht: int = 15, **rest: object) -> Regelkern:
    """A rule with this condition."""
    return Regelkern(uuid4(), 1, "Proefregel", uitdrukking, gewicht, **rest)  # type: ignore[arg-type]


@RUSTIG
@given(feitenbeelden(), st.lists(regels(), max_size=6), st.integers(0, 500))
def test_no_set_of_rules_stops_a_safety_signal(
    beeld: Feitenbeeld, verzonnen: list[Regelkern], drempel: int
) -> None:
    veilig = replace(beeld, veiligheidsrisico=True)
    uitslag = weigh(veilig, verzonnen, drempel)
    assert uitslag.uitkomst is Uitkomst.MELDING
    assert uitslag.veiligheid


@RUSTIG
@given(feitenbeelden(), st.lists(regels(), max_size=6), regels(), st.integers(0, 500))
def test_one_more_rule_never_lowers_a_weight_or_drops_a_melding(
    beeld: Feitenbeeld, verzonnen: list[Regelkern], extra: Regelkern, drempel: int
) -> None:
    zonder = weigh(beeld, verzonnen, drempel)
    met = weigh(beeld, [*verzonnen, extra], drempel)
    assert met.gewicht >= zonder.gewicht >= 0
    assert {t.regel for t in zonder.treffers} <= {t.regel for t in met.treffers}
    if zonder.uitkomst is Uitkomst.MELDING:
        assert met.uitkomst is Uitkomst.MELDING
    assert all(0 <= t.bijdrage <= HOOGSTE_BIJDRAGE for t in met.treffers)
    assert met.mislukt == ()


@RUSTIG
@given(
    st.lists(feitenbeelden(), min_size=1, max_size=5),
    st.lists(regels(), min_size=1, max_size=4),
    opgehaald,
    wetten,
    st.integers(0, 60),
)
def test_whole_columns_give_the_same_answers_as_one_signal_at_a_time(
    beelden: list[Feitenbeeld],
    verzonnen: list[Regelkern],
    gehaald: Opgehaald,
    per_gebied: dict[str, frozenset[str]],
    drempel: int,
) -> None:
    beelden = [replace(b, opgehaald=gehaald, wetten=per_gebied) for b in beelden]
    tabel = as_table(beelden, gehaald, per_gebied)
    samen = weigh_all(tabel, verzonnen, drempel)
    for rij, beeld in enumerate(beelden):
        assert tabel.rij(rij) == beeld
        los = weigh(beeld, verzonnen, drempel)
        assert samen.gewicht[rij] == los.gewicht
        assert samen.melding[rij] == (los.uitkomst is Uitkomst.MELDING)
        for plaats, regel in enumerate(verzonnen):
            blik = Blik(beeld, regel.over_wetten)
            verwacht = truth(regel.knoop, blik) is True
            assert samen.raak[plaats][rij] == verwacht
            assert regel.conditie.hits(blik) == verwacht


def test_rules_add_weight_label_and_link_and_say_why() -> None:
    regel = rule(
        'signaal.leefgebied == "financien" and gezin.jongste < 18',
        label="Jong kind",
        koppelt=True,
    )
    uitslag = weigh(GELDZORGEN, [regel, rule("gezin.leden >= 3", 20)], drempel=30)
    assert (uitslag.gewicht, uitslag.uitkomst) == (35, Uitkomst.MELDING)
    assert uitslag.labels == ("Jong kind",)
    assert uitslag.koppelt
    assert not uitslag.koppelt_over_wetten
    assert uitslag.treffers[0].waarom == (
        "Signaal: leefgebied: financiën",
        "Gezin: leeftijd van de jongste: 13 (gevraagd: is lager dan 18)",
    )


@pytest.mark.parametrize(
    ("gewicht", "uitkomst"),
    [(29, Uitkomst.LOS), (30, Uitkomst.MELDING), (31, Uitkomst.MELDING)],
)
def test_a_melding_arises_at_the_threshold(gewicht: int, uitkomst: Uitkomst) -> None:
    regel = rule("gezin.leden >= 3", gewicht)
    assert weigh(GELDZORGEN, [regel], drempel=30).uitkomst is uitkomst


def test_a_rule_that_fails_is_not_hit_and_reported_and_the_others_go_on() -> None:
    kapot = rule("gezin.bestaat_niet > 1")
    uitslag = weigh(GELDZORGEN, [kapot, rule("gezin.leden >= 3", 20)], drempel=10)
    assert uitslag.mislukt == (kapot.regel_id,)
    assert uitslag.gewicht == 20


def test_a_code_that_left_its_list_does_not_break_a_rule_in_force() -> None:
    oud = rule('signaal.soort == "afgeschaft" or gezin.leden >= 3', 20)
    assert weigh(GELDZORGEN, [oud], drempel=10).gewicht == 20


def test_what_rules_do_not_ask_is_not_fetched() -> None:
    binnen = rule('gezin.signalen("school", 60) >= 1')
    over = rule('gezin.signalen("wonen", 90) >= 1', over_wetten=True, grond="Convenant")
    assert needed([binnen, over]) == Opgehaald(
        frozenset({"school", "wonen"}), frozenset({"wonen"}), 90
    )
    # A switch without a recorded ground is no ground.
    zonder_grond = rule('gezin.signalen("wonen", 90) >= 1', over_wetten=True)
    assert needed([zonder_grond]).over == frozenset()


EERDER_OP_SCHOOL = Eerder("school", "leerplichtwet", dagen=52)
VERZUIM = 'gezin.signalen("school", 60) >= 1'
PER_GEBIED = {"school": frozenset({"leerplichtwet"}), "financien": frozenset({"wgs"})}


@pytest.mark.parametrize(
    ("feiten", "grond", "raak"),
    [
        pytest.param({}, "", False, id="another law, no ground"),
        pytest.param({}, "Convenant, artikel 4", True, id="with a recorded ground"),
        pytest.param({"wet": "leerplichtwet"}, "", True, id="within one law"),
        pytest.param({"veiligheidsrisico": True}, "", True, id="acute safety"),
        pytest.param({"toestemming_volledig": True}, "", True, id="consent of all"),
        pytest.param(
            {"eerdere": (replace(EERDER_OP_SCHOOL, toestemming=True),)},
            "",
            True,
            id="consent of those concerned",
        ),
        pytest.param(
            {
                "wet": "geen",
                "eerdere": (replace(EERDER_OP_SCHOOL, wet="geen"),),
            },
            "",
            False,
            id="no law is not one law",
        ),
    ],
)
def test_other_laws_count_only_with_ground_consent_or_safety(
    feiten: dict[str, object], grond: str, raak: bool
) -> None:
    beeld = replace(
        GELDZORGEN,
        **{"eerdere": (EERDER_OP_SCHOOL,), "wetten": PER_GEBIED, **feiten},  # type: ignore[arg-type]
    )
    regel = rule(VERZUIM, over_wetten=bool(grond), grond=grond)
    assert bool(weigh(beeld, [regel], drempel=99).treffers) == raak


@pytest.mark.parametrize(
    "ontkenning",
    [
        'gezin.signalen("school", 60) == 0',
        'gezin.signalen("school", 60) < 1',
        'not (gezin.signalen("school", 60) >= 1)',
        'gezin.signalen("school", 60) != 3',
        "not gezin.open_casus",
        "not gezin.open_plan",
    ],
)
def test_what_was_not_looked_at_is_never_taken_for_none(ontkenning: str) -> None:
    beeld = replace(GELDZORGEN, wetten=PER_GEBIED, elders=dict.fromkeys(ELDERS, False))
    uitslag = weigh(beeld, [rule(ontkenning)], drempel=99)
    assert uitslag.treffers == ()
    assert uitslag.niet_gekeken[0].reden == "andere_wet"
    # With a ground it was looked at, and none is none.
    met = rule(ontkenning, over_wetten=True, grond="Convenant")
    assert weigh(beeld, [met], drempel=99).treffers
    assert weigh(beeld, [met], drempel=99).niet_gekeken == ()


def test_two_within_the_law_are_two_whatever_lies_outside() -> None:
    beeld = replace(
        GELDZORGEN,
        eerdere=(Eerder("financien", "wgs", 10), Eerder("financien", "wgs", 20)),
        wetten={"financien": frozenset({"wgs", "participatiewet"})},
    )
    minstens = rule('gezin.signalen("financien", 60) >= 2')
    minder = rule('gezin.signalen("financien", 60) < 3')
    uitslag = weigh(beeld, [minstens, minder], drempel=99)
    assert [t.regel for t in uitslag.treffers] == [minstens.regel_id]
    assert "minstens 2 bekend" in uitslag.treffers[0].waarom[0]
    assert {n.regel for n in uitslag.niet_gekeken} == {
        minstens.regel_id,
        minder.regel_id,
    }


def test_the_explanation_names_the_ground_for_looking_over_laws() -> None:
    beeld = replace(GELDZORGEN, eerdere=(EERDER_OP_SCHOOL,), wetten=PER_GEBIED)
    regel = rule(VERZUIM, over_wetten=True, grond="Convenant jeugd en geld, artikel 4")
    treffer = weigh(beeld, [regel], drempel=99).treffers[0]
    assert treffer.waarom == (
        "Gezin: eerdere signalen over school in 60 dagen: 1, de laatste 52 dagen "
        "eerder (gevraagd: is minstens 1)",
        "Over wetten gekeken op deze grond: Convenant jeugd en geld, artikel 4",
    )
    assert treffer.as_json()["grond"] == "Convenant jeugd en geld, artikel 4"


def test_a_signal_without_a_person_says_nothing_about_a_gezin() -> None:
    beeld = replace(GELDZORGEN, eigen_leden=0, leden=None, jongste=None)
    regel = rule(
        'gezin.signalen("school", 60) < 5', over_wetten=True, grond="Convenant"
    )
    uitslag = weigh(beeld, [regel, rule("gezin.jongste < 18")], drempel=99)
    assert uitslag.treffers == ()
    assert [n.reden for n in uitslag.niet_gekeken] == ["niet_bekend", "niet_bekend"]
