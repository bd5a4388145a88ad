"""From records to what a rule may see: at its own moment, no further than allowed."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenloop.core import gemeentegrens
from samenloop.personen.models import Gezinslid, Persoon
from samenloop.personen.toestemming import valid_consent
from samenloop.signalen import bekend, feiten, feiten_elders, feiten_sql
from samenloop.signalen.models import Signaal
from samenloop.signalen.regels.feitenbeeld import Eerder, Feitenbeeld
from samenloop.signalen.regels.motor import Regelkern, weigh
from tests.personen.maken import days, known, lives, municipality
from tests.regels.omgeving import consent, family, signal

pytestmark = pytest.mark.django_db

LEDEN = (("ouder", "1984-02-01"), ("kind", "2012-06-15"), ("kind", "2019-01-20"))
SCHOOL = 'gezin.signalen("school", 60) >= 1'


def rule(uitdrukking: str, grond: str = "") -> Regelkern:
    """A rule, with a ground for looking over laws or without."""
    return Regelkern(
        uuid4(), 1, "Proef", uitdrukking, 10, over_wetten=bool(grond), grond=grond
    )


def seen(signaal: Signaal, *regels: Regelkern) -> Feitenbeeld:
    """What these rules get to see of one signal."""
    (beeld,) = feiten.collect([signaal.pk], regels)
    return beeld


def hits(signaal: Signaal, uitdrukking: str, grond: str = "") -> bool:
    """Whether one rule hits, from the records to the verdict."""
    regel = rule(uitdrukking, grond)
    return bool(weigh(seen(signaal, regel), [regel], 99).treffers)


def test_the_signal_itself_and_its_gezin_are_known() -> None:
    _gezin, (ouder, _kind, _jongste) = family(*LEDEN)
    signaal = signal(ouder, dag="2025-05-10", kanaal="bestand")
    beeld = seen(signaal, rule(SCHOOL))
    assert (beeld.soort, beeld.leefgebied, beeld.wet) == (
        "huurachterstand",
        "financien",
        "wgs",
    )
    assert (beeld.kanaal, beeld.veiligheidsrisico, beeld.van_organisatie) == (
        "bestand",
        False,
        False,
    )
    assert (beeld.leeftijd, beeld.jongste, beeld.leden) == (41, 6, 3)
    assert (beeld.eenouder, beeld.eigen_leden) == (True, 1)


def test_two_parents_are_not_one_parent() -> None:
    _gezin, (ouder, *_) = family(*LEDEN, ("partner", "1985-01-01"))
    assert seen(signal(ouder, dag="2025-05-10")).eenouder is False


def test_someone_alone_without_children_is_no_one_parent_family() -> None:
    _gezin, (ouder,) = family(("ouder", "1984-02-01"))
    assert seen(signal(ouder, dag="2025-05-10")).eenouder is False


def test_without_a_gezin_nothing_is_said_of_one() -> None:
    _gezin, (ouder, *_) = family(*LEDEN)
    los = signal(Persoon.objects.create(geslachtsnaam="Los", bsn_ontbreekt_reden="f"),
                 dag="2025-05-10")  # fmt: skip
    beeld = seen(los, rule(SCHOOL))
    assert (beeld.leden, beeld.jongste, beeld.eenouder) == (None, None, None)
    assert beeld.eigen_leden == 1
    niemand = seen(signal(None, dag="2025-05-11"), rule(SCHOOL))
    assert (niemand.leden, niemand.eigen_leden) == (None, 0)
    assert not hits(los, 'gezin.signalen("school", 60) == 0', "Convenant")
    assert hits(signal(ouder, dag="2025-05-12"), 'gezin.signalen("school", 60) == 0',
                "Convenant")  # fmt: skip


def test_a_gezin_is_seen_as_it_was_known_at_the_moment_of_the_signal() -> None:
    gezin, (ouder, *_) = family(*LEDEN)
    vroeg = signal(ouder, dag="2025-05-10")
    Gezinslid.objects.create(
        gezin=gezin, persoon=family(("ander", "2025-06-01"))[1][0], rol="kind",
        geldig=days("2025-06-01"), bekend=known("2025-06-20"),
    )  # fmt: skip
    midden = signal(ouder, dag="2025-06-10")  # born, not yet known
    later = signal(ouder, dag="2025-06-20")
    assert [seen(s).leden for s in (vroeg, midden, later)] == [3, 3, 4]
    assert seen(later).jongste == 0


def test_earlier_signals_count_back_from_the_moment_of_the_signal() -> None:
    _gezin, (ouder, kind, _jongste) = family(*LEDEN)
    regel = rule('gezin.signalen("financien", 30) >= 1')
    te_oud = signal(ouder, dag="2025-04-09")
    net_in = signal(ouder, dag="2025-04-10", uur=1)
    zelfde_dag = signal(ouder, dag="2025-05-10", uur=9, soort="energieschuld")
    nu = signal(ouder, dag="2025-05-10", uur=12)
    signal(ouder, dag="2025-05-10", uur=13)  # later
    assert sorted(e.dagen for e in seen(nu, regel).eerdere) == [0, 30]
    assert seen(te_oud, regel).eerdere == ()
    assert len(seen(net_in, regel).eerdere) == 1
    assert len(seen(zelfde_dag, regel).eerdere) == 1
    # Somebody merely involved is not whom a signal is about.
    signal(ouder, dag="2025-05-09", betrokken=kind)
    assert seen(signal(kind, dag="2025-05-11"), regel).eerdere[0].eigen is False


def test_a_signal_about_two_members_counts_once_and_both_have_one() -> None:
    _gezin, (ouder, kind, jongste) = family(*LEDEN)
    signal(kind, jongste, dag="2025-05-01", soort="verzuim")
    nu = signal(ouder, dag="2025-05-10")
    beeld = seen(nu, rule("gezin.leden_met_signaal(60) >= 3", "Convenant"))
    assert sorted(e.eerste for e in beeld.eerdere) == [False, True]
    assert len({e.lid for e in beeld.eerdere}) == 2
    assert hits(nu, "gezin.leden_met_signaal(60) == 3", "Convenant")
    assert hits(nu, "gezin.leefgebieden(60) == 2", "Convenant")
    assert hits(nu, SCHOOL.replace(">=", "=="), "Convenant")
    assert hits(nu, 'persoon.signalen("school", 60) == 0', "Convenant")


def test_signals_of_another_gezin_or_municipality_do_not_count() -> None:
    _gezin, (ouder, kind, _jongste) = family(*LEDEN)
    _ander, (buur, *_) = family(*LEDEN)
    signal(buur, dag="2025-05-01", soort="verzuim")
    signal(kind, dag="2025-05-02", soort="verzuim", gemeente=municipality("GM1663"))
    assert not hits(signal(ouder, dag="2025-05-10"), SCHOOL, "Convenant")
    signal(kind, dag="2025-05-11", soort="verzuim")
    assert hits(signal(ouder, dag="2025-05-12"), SCHOOL, "Convenant")


# --- Looking over laws: the legal heart (G111, G112) ---


@pytest.fixture
def verzuim() -> tuple[list[Persoon], Signaal]:
    """A child missed school (Leerplichtwet); then rent is not paid (Wgs)."""
    _gezin, leden = family(*LEDEN)
    signal(leden[1], dag="2025-05-01", soort="verzuim")
    return leden, signal(leden[0], dag="2025-06-22")


def test_without_a_ground_another_law_is_not_even_fetched(
    verzuim: tuple[list[Persoon], Signaal],
) -> None:
    _leden, huur = verzuim
    regel = rule(SCHOOL)
    beeld = seen(huur, regel)
    assert beeld.eerdere == ()
    uitslag = weigh(beeld, [regel], 99)
    assert uitslag.treffers == ()
    assert [n.reden for n in uitslag.niet_gekeken] == ["andere_wet"]


def test_with_a_recorded_ground_it_is_and_says_so(
    verzuim: tuple[list[Persoon], Signaal],
) -> None:
    _leden, huur = verzuim
    regel = rule(SCHOOL, "Convenant jeugd en geld, artikel 4")
    beeld = seen(huur, regel)
    assert beeld.eerdere == (
        Eerder("school", "leerplichtwet", 52, lid=beeld.eerdere[0].lid),
    )
    (treffer,) = weigh(beeld, [regel], 99).treffers
    assert "de laatste 52 dagen eerder" in treffer.waarom[0]
    assert "Convenant jeugd en geld, artikel 4" in treffer.waarom[-1]


def test_the_ground_of_one_rule_opens_nothing_for_another(
    verzuim: tuple[list[Persoon], Signaal],
) -> None:
    _leden, huur = verzuim
    met, zonder = rule(SCHOOL, "Convenant"), rule(SCHOOL)
    uitslag = weigh(seen(huur, met, zonder), [met, zonder], 99)
    assert [t.regel for t in uitslag.treffers] == [met.regel_id]
    assert [n.regel for n in uitslag.niet_gekeken] == [zonder.regel_id]


def test_a_ground_opens_only_the_areas_its_rule_asks_for(
    verzuim: tuple[list[Persoon], Signaal],
) -> None:
    leden, huur = verzuim
    signal(leden[0], dag="2025-06-01", soort="werkverlies")
    beeld = seen(
        huur, rule(SCHOOL, "Convenant"), rule('gezin.signalen("werk", 60) >= 1')
    )
    assert [e.leefgebied for e in beeld.eerdere] == ["school"]


def test_within_one_law_no_ground_is_needed() -> None:
    _gezin, (_ouder, kind, jongste) = family(*LEDEN)
    signal(kind, dag="2025-05-01", soort="verzuim")
    assert hits(signal(jongste, dag="2025-06-01", soort="verzuim"), SCHOOL)


def test_kinds_without_a_law_have_no_law_in_common() -> None:
    _gezin, (ouder, *_) = family(*LEDEN)
    signal(ouder, dag="2025-05-01", soort="woonoverlast")
    nu = signal(ouder, dag="2025-06-01", soort="woonoverlast")
    assert not hits(nu, 'gezin.signalen("wonen", 60) >= 1')
    assert hits(nu, 'gezin.signalen("wonen", 60) >= 1', "Huisvestingsverordening, 3")


def test_acute_safety_looks_over_laws_and_says_so() -> None:
    _gezin, (ouder, kind, _jongste) = family(*LEDEN)
    signal(kind, dag="2025-05-01", soort="verzuim")
    acuut = signal(ouder, dag="2025-06-01", soort="huiselijk-geweld", veiligheid=True)
    regel = rule(SCHOOL)
    uitslag = weigh(seen(acuut, regel), [regel], 99)
    assert (
        uitslag.treffers[0].waarom[-1] == "Over wetten gekeken wegens acute veiligheid."
    )
    assert uitslag.niet_gekeken == ()
    # An earlier safety signal does not open what came to a later one of another law.
    huur = signal(ouder, dag="2025-06-02")
    assert not hits(huur, 'gezin.signalen("veiligheid", 60) >= 1')


@pytest.mark.parametrize(
    ("wie", "velden", "raak"),
    [
        pytest.param((0, 1), {}, True, id="all concerned"),
        pytest.param((0,), {}, False, id="not the child of the other signal"),
        pytest.param((1,), {}, False, id="not the one this signal is about"),
        pytest.param((0, 1), {"vanaf": "2025-06-23"}, False, id="given later"),
        pytest.param((0, 1), {"tot": "2025-06-21"}, False, id="run out"),
        pytest.param((0, 1), {"tot": "2025-06-22"}, True, id="on its last day"),
        pytest.param((0, 1), {"ingetrokken_op": "2025-06-22"}, False, id="withdrawn"),
        pytest.param(
            (0, 1), {"ingetrokken_op": "2025-06-23"}, True, id="withdrawn after"
        ),
    ],
)
def test_consent_of_all_concerned_opens_their_signals(
    verzuim: tuple[list[Persoon], Signaal],
    wie: tuple[int, ...],
    velden: dict[str, Any],
    raak: bool,
) -> None:
    leden, huur = verzuim
    consent(*(leden[i] for i in wie), **velden)
    assert hits(huur, SCHOOL) == raak
    # The same rule as the room of persons has.
    assert raak == all(
        valid_consent(
            leden[i].pk, feiten_sql.CATEGORIE, feiten_sql.DOEL, date(2025, 6, 22)
        )
        for i in (0, 1)
    )


def test_consent_for_something_else_or_elsewhere_opens_nothing(
    verzuim: tuple[list[Persoon], Signaal],
) -> None:
    leden, huur = verzuim
    consent(*leden[:2], gemeente=municipality("GM1663"))
    assert not hits(huur, SCHOOL)


def test_some_consent_shows_their_signals_but_does_not_prove_there_are_no_others(
    verzuim: tuple[list[Persoon], Signaal],
) -> None:
    leden, huur = verzuim
    consent(*leden[:2])
    assert hits(huur, SCHOOL)
    assert not hits(huur, 'gezin.signalen("school", 60) < 2')
    consent(leden[2])
    assert hits(huur, 'gezin.signalen("school", 60) < 2')


def test_a_signal_that_names_somebody_unknown_has_no_consent_of_all() -> None:
    _gezin, leden = family(*LEDEN)
    consent(*leden)
    signal(leden[1], dag="2025-05-01", soort="verzuim")
    assert not hits(signal(leden[0], None, dag="2025-05-20"), SCHOOL)
    assert hits(signal(leden[0], dag="2025-05-21"), SCHOOL)


@pytest.mark.parametrize("feit", [feiten_elders.OPEN_CASUS, feiten_elders.OPEN_PLAN])
def test_what_other_rooms_know_is_asked_only_where_one_may_look(
    verzuim: tuple[list[Persoon], Signaal], monkeypatch: pytest.MonkeyPatch, feit: str
) -> None:
    leden, huur = verzuim
    gevraagd: list[set[Any]] = []

    def known_of(personen: Any, op: date) -> set[Any]:
        gevraagd.append(set(personen))
        assert op == date(2025, 6, 22)
        return {leden[2].pk}

    monkeypatch.setitem(bekend._bronnen, feit, known_of)
    assert not hits(huur, feit)
    assert not hits(huur, f"not {feit}")
    assert gevraagd == []
    assert hits(huur, feit, "Convenant")
    assert gevraagd == [{lid.pk for lid in leden}]
    monkeypatch.delitem(bekend._bronnen, feit)
    assert not hits(huur, f"not {feit}", "Convenant")
    assert not hits(huur, feit, "Convenant")


def test_a_ground_to_look_for_a_plan_opens_no_case(
    verzuim: tuple[list[Persoon], Signaal], monkeypatch: pytest.MonkeyPatch
) -> None:
    leden, huur = verzuim
    gevraagd: list[str] = []
    for feit in (feiten_elders.OPEN_CASUS, feiten_elders.OPEN_PLAN):

        def known_of(personen: Any, op: date, feit: str = feit) -> set[Any]:
            gevraagd.extend([feit] * len(personen))
            return set(personen)

        monkeypatch.setitem(bekend._bronnen, feit, known_of)
    met, zonder = rule("gezin.open_plan", "Convenant"), rule("gezin.open_casus")
    beeld = seen(huur, met, zonder)
    assert gevraagd == [feiten_elders.OPEN_PLAN] * len(leden)
    assert beeld.elders == {feiten_elders.OPEN_PLAN: True}
    uitslag = weigh(beeld, [met, zonder], 99)
    (treffer,) = uitslag.treffers
    assert treffer.waarom[0] == "Gezin: lopend plan: ja"
    assert "Convenant" in treffer.waarom[-1]
    assert [n.zin.partition(":")[0] for n in uitslag.niet_gekeken] == ["Gezin"]
    assert [n.reden for n in uitslag.niet_gekeken] == ["andere_wet"]
    # Safety opens both, ground or none.
    acuut = signal(leden[0], dag="2025-06-23", soort="huiselijk-geweld",
                   veiligheid=True)  # fmt: skip
    assert hits(acuut, "gezin.open_casus and gezin.open_plan")


def test_many_signals_cost_as_many_statements_as_one() -> None:
    _gezin, (ouder, *_) = family(*LEDEN)
    signalen = [signal(ouder, dag=f"2025-05-{dag:02}") for dag in range(1, 21)]
    regels = [rule('gezin.signalen("financien", 30) >= 1')]
    with CaptureQueriesContext(
        connection,
    ) as een:
        feiten.collect([signalen[0].pk], regels)
    with CaptureQueriesContext(connection) as alle:
        beelden = feiten.collect([s.pk for s in signalen], regels)
    assert len(alle) == len(een) <= 2
    assert [len(b.eerdere) for b in beelden] == list(range(20))
    # Not by chance in the order of the ids: as they were asked for.
    om = feiten.collect([s.pk for s in reversed(signalen)], regels)
    assert om == beelden[::-1]


def test_signals_of_another_municipality_cannot_be_collected() -> None:
    _gezin, leden = family(*LEDEN)
    for lid in leden:
        lives(lid, municipality())
    signaal = signal(leden[0], dag="2025-05-10")
    with gemeentegrens.within("GM1663"), pytest.raises(LookupError):
        seen(signaal)
    with gemeentegrens.within("GM0005"):
        assert seen(signaal).leden == 3


def test_what_may_be_linked_is_what_may_be_seen(
    verzuim: tuple[list[Persoon], Signaal],
) -> None:
    leden, huur = verzuim
    energie = signal(leden[0], dag="2025-06-01", soort="energieschuld")
    assert feiten.linkable(huur.pk) == [energie.pk]
    school = Signaal.objects.get(soort_id="verzuim")
    assert feiten.linkable(huur.pk, over_wetten=True) == [energie.pk, school.pk]
