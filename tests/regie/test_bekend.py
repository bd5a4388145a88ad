"""Rules hear of an open plan of this gezin, as it stood on the day of the signal."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenloop.core import gemeentegrens
from samenloop.personen.models import Gezinslid, Persoon
from samenloop.plannen.models import Dossier
from samenloop.plannen.plan.models import Grond, Plan
from samenloop.regie.bekend import with_open_plan
from samenloop.signalen import feiten
from samenloop.signalen.models import Signaal
from samenloop.signalen.regels import bron
from samenloop.signalen.regels.motor import Regelkern, needed, weigh
from samenloop.signalen.regels.tabel import weigh_all
from tests.personen.maken import days, known, municipality, person
from tests.plannen.maken import dossier
from tests.regels.omgeving import signal

pytestmark = pytest.mark.django_db

HIER, DAAR = "GM0005", "GM1663"
DAG = date(2025, 6, 22)
DAG_TEVOREN, DAG_ERNA = DAG - timedelta(days=1), DAG + timedelta(days=1)
JAREN_EERDER = date(2024, 1, 1)


def plan(
    van: Dossier, geopend: date = JAREN_EERDER, gesloten: date | None = None
) -> Plan:
    """A plan of this dossier that ran between these days."""
    return Plan.objects.create(
        dossier=van,
        gezin=van.gezin,
        betrokkene=van.betrokkene,
        grond=Grond.TOESTEMMING,
        geopend_op=geopend,
        gesloten_op=gesloten,
    )


def members(van: Dossier) -> set[UUID]:
    """Everyone in the gezin of this dossier."""
    return set(
        Gezinslid.objects.filter(gezin=van.gezin).values_list("persoon", flat=True)
    )


def alone(gemeente: str = HIER) -> Dossier:
    """A dossier of somebody who has no gezin."""
    return Dossier.objects.create(
        gemeente=municipality(gemeente), gezin=None, betrokkene=person("Alleen")
    )


@pytest.mark.parametrize(
    ("geopend", "gesloten", "loopt"),
    [
        pytest.param(JAREN_EERDER, None, True, id="open since long"),
        pytest.param(DAG, None, True, id="opened that day"),
        pytest.param(DAG_ERNA, None, False, id="opened the day after"),
        pytest.param(JAREN_EERDER, DAG_TEVOREN, False, id="closed the day before"),
        pytest.param(JAREN_EERDER, DAG, True, id="that is its last day"),
        pytest.param(JAREN_EERDER, DAG_ERNA, True, id="closed since"),
    ],
)
def test_a_plan_counts_on_the_days_it_runs(
    geopend: date, gesloten: date | None, loopt: bool
) -> None:
    van_gezin, van_een = dossier(gemeente=HIER), alone()
    plan(van_gezin, geopend, gesloten)
    plan(van_een, geopend, gesloten)
    iedereen = members(van_gezin) | {van_een.betrokkene_id}
    assert with_open_plan(iedereen, DAG) == (iedereen if loopt else set())


def test_a_plan_of_another_gezin_is_none_of_this_one() -> None:
    deze, andere = dossier("Postma", gemeente=HIER), dossier("Smit", gemeente=HIER)
    plan(andere)
    assert with_open_plan(members(deze), DAG) == set()
    assert with_open_plan(members(deze) | members(andere), DAG) == members(andere)
    # Only those who were asked after, and nobody for nobody.
    assert with_open_plan([andere.betrokkene_id], DAG) == {andere.betrokkene_id}
    assert with_open_plan([], DAG) == set()


def test_who_left_the_gezin_or_came_later_does_not_share_its_plan() -> None:
    van = dossier(gemeente=HIER)
    gezin = plan(van).gezin
    assert gezin is not None
    weg, later = person("Weg"), person("Later")
    nog_onbekend = person("Onbekend")
    for wie, geldig, bekend in (
        (weg, days("2012-01-01", DAG_TEVOREN.isoformat()), known()),
        (later, days(DAG_ERNA.isoformat()), known()),
        (nog_onbekend, days("2012-01-01"), known(DAG_ERNA.isoformat())),
    ):
        Gezinslid.objects.create(
            gezin=gezin, persoon=wie, rol="kind", geldig=geldig, bekend=bekend
        )
    gevraagd = {weg.pk, later.pk, nog_onbekend.pk, van.betrokkene_id}
    assert with_open_plan(gevraagd, DAG) == {van.betrokkene_id}
    assert with_open_plan(gevraagd, DAG_ERNA) == gevraagd - {weg.pk}


def test_a_plan_of_another_municipality_is_not_known_here() -> None:
    hier, daar = alone(), alone(DAAR)
    # Known here too, as after a move: it is the plan that is not of here.
    Persoon.objects.filter(pk=daar.betrokkene_id).update(gemeenten=[HIER, DAAR])
    plan(hier)
    plan(daar)
    beiden = {hier.betrokkene_id, daar.betrokkene_id}
    with gemeentegrens.within(HIER):
        assert with_open_plan(beiden, DAG) == {hier.betrokkene_id}
    with gemeentegrens.within(DAAR):
        assert with_open_plan([daar.betrokkene_id], DAG) == {daar.betrokkene_id}


def test_a_day_costs_one_statement_however_many_people() -> None:
    gezinnen = [dossier(naam, gemeente=HIER) for naam in ("Postma", "Smit", "Veen")]
    for each in gezinnen:
        plan(each)
    iedereen = set[UUID]().union(*(members(each) for each in gezinnen))
    for wie in (list(iedereen)[:1], iedereen):
        with CaptureQueriesContext(connection) as opdrachten:
            assert with_open_plan(wie, DAG) == set(wie)
        assert len(opdrachten) == 1


def test_a_rule_asks_it_live_and_in_a_dry_run_alike() -> None:
    met, zonder = dossier("Postma", gemeente=HIER), dossier("Smit", gemeente=HIER)
    los, los_zonder = alone(), alone()
    plan(met, DAG_TEVOREN, DAG)
    plan(los, DAG_ERNA)
    kind = (members(met) - {met.betrokkene_id}).pop()
    wanneer: list[tuple[UUID, date, bool]] = [
        (kind, DAG_TEVOREN - timedelta(days=1), False),
        (kind, DAG_TEVOREN, True),
        (kind, DAG, True),
        (kind, DAG_ERNA, False),
        (zonder.betrokkene_id, DAG, False),
        (los.betrokkene_id, DAG, False),
        (los.betrokkene_id, DAG_ERNA, True),
        (los_zonder.betrokkene_id, DAG_ERNA, False),
    ]
    verwacht = dict(_signals(wanneer))
    regels = [
        _rule("gezin.open_plan", grond="Convenant, artikel 4"),
        _rule("not gezin.open_plan", grond="Convenant, artikel 4"),
        _rule("gezin.open_plan"),
        _rule("not gezin.open_plan"),
    ]
    with gemeentegrens.within(HIER):
        tabel, rond = bron.source().collect_period(
            HIER, date(2025, 1, 1), date(2026, 1, 1), needed(regels)
        )
        samen = weigh_all(tabel, regels, 99)
        los_gewogen = [
            weigh(beeld, regels, 99) for beeld in feiten.collect(rond.ids, regels)
        ]
    assert sorted(rond.ids) == sorted(verwacht)
    for rij, signaal in enumerate(rond.ids):
        heeft = verwacht[signaal]
        raak = [heeft, not heeft, False, False]
        assert [bool(samen.raak[plaats][rij]) for plaats in range(4)] == raak
        geraakt = {treffer.regel for treffer in los_gewogen[rij].treffers}
        assert [regel.regel_id in geraakt for regel in regels] == raak


def _signals(
    wanneer: Iterable[tuple[UUID, date, bool]],
) -> Iterable[tuple[UUID, bool]]:
    for wie, dag, heeft in wanneer:
        gemaakt: Signaal = signal(
            Persoon.objects.get(pk=wie), dag=dag.isoformat(), soort="verzuim"
        )
        yield gemaakt.pk, heeft


def _rule(uitdrukking: str, grond: str = "") -> Regelkern:
    return Regelkern(
        uuid4(), 1, "Proef", uitdrukking, 10, over_wetten=bool(grond), grond=grond
    )
