"""A dry run gives what live weighing gives, says whom a rule touches, and can stop."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.personen.models import Gezinslid, Persoon
from samenloop.signalen import bekend, feiten, feiten_elders
from samenloop.signalen.models import Signaal
from samenloop.signalen.regels import bron, proef, versies
from samenloop.signalen.regels.models import Instelling, Regelproef, Regelversie
from samenloop.signalen.regels.motor import Regelkern, needed, weigh
from samenloop.signalen.regels.scheefheid import Geraakt, compare
from samenloop.signalen.regels.tabel import weigh_all
from tests.access.accounts import account
from tests.personen.maken import days, known, lives, municipality, person
from tests.regels.omgeving import consent, family, signal
from tests.regels.test_versies import as_actor, draft

pytestmark = pytest.mark.django_db

SOORTEN = [
    "huurachterstand", "energieschuld", "verzuim", "opvoedvraag", "woonoverlast",
    "werkverlies", "stopzetting-uitkering", "gezondheid", "huiselijk-geweld",
]  # fmt: skip
REGELS = [
    ('gezin.signalen("school", 60) >= 1', True),
    ('gezin.signalen("financien", 120) >= 1', False),
    ('gezin.signalen("alle", 365) < 2', True),
    ("gezin.leefgebieden(180) >= 2", False),
    ("gezin.leden_met_signaal(90) >= 2", True),
    ('persoon.signalen("opvoeden", 365) == 0', False),
    ("gezin.jongste < 12 and gezin.eenouder", False),
    ("persoon.leeftijd >= 40", False),
    ("gezin.leden >= 4", False),
    ("gezin.open_casus", True),
    ("not gezin.open_casus", False),
    ("gezin.open_plan", False),
    ("not gezin.open_plan", True),
    ('not (gezin.signalen("wonen", 90) >= 1)', True),
]


def rules(*uit: tuple[str, bool]) -> list[Regelkern]:
    """Rules with a weight of their own each."""
    return [
        Regelkern(
            UUID(int=nummer), 1, f"Regel {nummer}", tekst, nummer + 1,
            over_wetten=over, grond="Convenant, 4" if over else "",
        )
        for nummer, (tekst, over) in enumerate(uit or REGELS)
    ]  # fmt: skip


def world(lot: random.Random) -> None:
    """Gezinnen that change, people in two of them, strangers, consent, safety."""
    gemeente = municipality()
    mensen: list[Persoon] = []
    for nummer in range(6):
        leden = [("ouder", "1980-03-01"), ("kind", f"{2008 + nummer}-02-28")]
        if lot.random() < 0.4:
            leden.append(("partner", "1979-11-30"))
        gezin, wie = family(*leden)
        mensen += wie
        if lot.random() < 0.5:
            extra = person("Later", "2025-02-10")
            Gezinslid.objects.create(
                gezin=gezin, persoon=extra, rol="kind", geldig=days("2025-02-10"),
                bekend=known(f"2025-0{lot.randint(2, 9)}-15"),
            )  # fmt: skip
            mensen.append(extra)
        if nummer and lot.random() < 0.5:
            Gezinslid.objects.create(
                gezin=gezin, persoon=lot.choice(mensen[:2]), rol="kind",
                geldig=days("2000-01-01", "2025-06-30"), bekend=known(),
            )  # fmt: skip
        if lot.random() < 0.4:
            consent(*wie, vanaf=f"2025-0{lot.randint(1, 6)}-01")
    mensen += [person("Alleen", "1950-12-31"), Persoon.objects.create(
        geslachtsnaam="Onbekend", bsn_ontbreekt_reden="fictief")]  # fmt: skip
    for wie in mensen:
        lives(wie, gemeente, postcode="9981AB")
    for _ in range(70):
        dag = date(2024, 7, 1) + timedelta(days=lot.randint(0, 548))
        over = lot.sample([*mensen, None], lot.choice([1, 1, 1, 2]))
        soort = lot.choice(SOORTEN)
        signal(
            *over,
            dag=dag.isoformat(),
            uur=lot.randint(0, 23),
            soort=soort,
            veiligheid=soort == "huiselijk-geweld" and lot.random() < 0.5,
        )


@pytest.mark.parametrize("zaad", range(6))
def test_a_dry_run_weighs_each_signal_as_it_is_weighed_live(
    zaad: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = random.Random(zaad)
    world(lot)
    iedereen = list(Persoon.objects.values_list("pk", flat=True))
    met_casus, met_plan = set(lot.sample(iedereen, 5)), set(lot.sample(iedereen, 5))

    def cases(personen: Any, op: date) -> set[UUID]:
        return {wie for wie in personen if wie in met_casus and op.month % 2}

    def plans(personen: Any, op: date) -> set[UUID]:
        return {wie for wie in personen if wie in met_plan and op.month % 3}

    monkeypatch.setitem(bekend._bronnen, feiten_elders.OPEN_CASUS, cases)
    monkeypatch.setitem(bekend._bronnen, feiten_elders.OPEN_PLAN, plans)
    regels = rules(*lot.sample(REGELS, 8))
    with gemeentegrens.within("GM0005"):
        tabel, rond = bron.source().collect_period(
            "GM0005", date(2025, 1, 1), date(2026, 1, 1), needed(regels)
        )
        gewogen = weigh_all(tabel, regels, 20)
        los = feiten.collect(rond.ids, regels)
    assert len(los) == Signaal.objects.filter(ontvangen_op__year=2025).count() > 30
    for rij, beeld in enumerate(los):
        samen = tabel.rij(rij)
        assert sorted(samen.eerdere, key=repr) == sorted(beeld.eerdere, key=repr)
        for veld in ("soort", "wet", "kanaal", "leeftijd", "jongste", "leden",
                     "eenouder", "elders", "eigen_leden", "veiligheidsrisico",
                     "toestemming_volledig", "van_organisatie"):  # fmt: skip
            assert getattr(samen, veld) == getattr(beeld, veld), (rij, veld)
        assert gewogen.gewicht[rij] == weigh(beeld, regels, 20).gewicht
        assert rond.nummers[rij] == Signaal.objects.get(pk=rond.ids[rij]).nummer


def test_a_draft_is_set_against_its_version_in_force() -> None:
    _gezin, (ouder, *_) = family(("ouder", "1984-02-01"), ("kind", "2012-06-15"))
    for maand in (2, 3, 4):
        signal(ouder, dag=f"2025-0{maand}-10")
    signal(ouder, dag="2025-05-10", soort="huiselijk-geweld", veiligheid=True)
    nu = rules(("persoon.leeftijd >= 40", False), ("gezin.leden >= 2", False))
    nu = [Regelkern(r.regel_id, 1, r.naam, r.uitdrukking, 20) for r in nu]
    concept = Regelkern(
        nu[0].regel_id, 2, "Concept",
        'gezin.signalen("financien", 60) >= 1 and signaal.leefgebied == "financien"',
        10,
    )  # fmt: skip
    opzet = proef.Opzet.of("GM0005", concept, proef.Regelset(tuple(nu), 30))
    telling = proef.measure(opzet, 2025)
    assert telling.signalen == 4
    assert (telling.melding_nu, telling.melding_met) == (4, 3)
    assert (telling.raak_nu, telling.raak_met) == (4, 2)
    assert telling.veiligheid == 1
    # Safety stays a melding whatever becomes of its weight.
    assert [rij["melding_wordt"] for rij in telling.rijen] == [False, True, True, True]
    assert [rij["wordt"] for rij in telling.rijen] == [20, 30, 30, 20]
    assert sum(telling.treden_nu) == sum(telling.treden_met) == 4


def many(aantal: int, eenouder: int) -> Geraakt:
    """Touched gezinnen, so many of them with one parent."""
    geraakt = Geraakt()
    for nummer in range(aantal):
        geraakt.gezinnen[uuid4().bytes] = (
            nummer < eenouder, True, uuid4().bytes, 9981,
        )  # fmt: skip
    return geraakt


@pytest.mark.parametrize(
    ("aantal", "eenouder", "deel", "opvallend"),
    [
        (9, 9, None, False),  # fewer than ten touched
        (40, 9, None, False),  # a share of fewer than ten
        (40, 31, None, False),  # fewer than ten are not
        (40, 0, 0, False),
        (40, 40, 100, True),
        (100, 30, 30, False),  # exactly ten points more
        (100, 31, 31, True),
    ],
)
def test_whom_a_rule_touches_more_than_others(
    aantal: int,
    eenouder: int,
    deel: int | None,
    opvallend: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wijk = bron.Bevolking(1000, 200, 1000, 400, {9981: 500})
    monkeypatch.setattr(feiten.Signalenbron, "population", lambda *_a: wijk)
    rijen = compare(
        many(aantal, eenouder), feiten.Signalenbron(), "GM0005", date(2025, 12, 31),
        Instelling(gemeente="GM0005", opvallend_verschil=10),
    )  # fmt: skip
    eerste = rijen[0]
    assert (eerste["deel"], eerste["gemeente"]) == (deel, 20)
    assert eerste["opvallend"] == opvallend


def test_income_that_nobody_can_tell_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(bekend._bronnen, feiten.LAAG_INKOMEN, raising=False)
    family(("ouder", "1984-02-01"), ("kind", "2012-06-15"))
    rijen = compare(
        many(20, 20), feiten.Signalenbron(), "GM0005", date(2025, 12, 31),
        Instelling(gemeente="GM0005"),
    )  # fmt: skip
    inkomen = next(rij for rij in rijen if rij["wat"] == "inkomen")
    assert (inkomen["bepaald"], inkomen["opvallend"]) == (False, False)


def test_the_population_counts_gezinnen_of_the_municipality(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for kinderen in (["2015-01-01"], ["2010-01-01"], []):
        leden = [("ouder", "1984-02-01"), *(("kind", dag) for dag in kinderen)]
        _gezin, wie = family(*leden)
        for lid in wie:
            lives(lid, municipality(), postcode="9981AB")
    elders = family(("ouder", "1984-02-01"))[1]
    lives(elders[0], municipality("GM1663"))
    monkeypatch.setitem(
        bekend._bronnen, feiten.LAAG_INKOMEN, lambda ids, _op: set(list(ids)[:1])
    )
    heel = feiten.Signalenbron().population("GM0005", date(2025, 12, 31))
    assert (heel.gezinnen, heel.eenouder, heel.kind_onder_12) == (3, 2, 1)
    assert (heel.laag_inkomen, heel.per_postcode) == (1, {9981: 3})


@pytest.fixture
def versie() -> Regelversie:
    """A complete draft."""
    return draft(account("r.kooistra", rol=Rol.BEHEER))


def test_a_dry_run_that_is_stopped_keeps_no_outcome(
    versie: Regelversie, monkeypatch: pytest.MonkeyPatch
) -> None:
    gestart = Regelproef.objects.create(
        versie=versie, jaar=2025, vingerafdruk=versie.vingerafdruk,
        gestart_door_id=versie.opgesteld_door_id,
    )  # fmt: skip
    lezen = bron.source().collect_period

    def halverwege(*args: Any) -> Any:
        Regelproef.objects.filter(pk=gestart.pk).update(stop_gevraagd=True)
        return lezen(*args)

    monkeypatch.setattr(
        feiten.Signalenbron, "collect_period", lambda _self, *args: halverwege(*args)
    )
    proef.run(gestart.pk)
    gestart.refresh_from_db()
    assert (gestart.staat, gestart.uitkomst) == (Regelproef.Staat.GESTOPT, {})
    versie.refresh_from_db()
    assert versie.status == "concept"


def test_a_dry_run_of_what_stands_there_makes_it_tried(versie: Regelversie) -> None:
    gestart = Regelproef.objects.create(
        versie=versie, jaar=2025, vingerafdruk=versie.vingerafdruk,
        gestart_door_id=versie.opgesteld_door_id,
    )  # fmt: skip
    proef.run(gestart.pk)
    gestart.refresh_from_db()
    versie.refresh_from_db()
    assert (gestart.staat, gestart.voortgang) == (Regelproef.Staat.KLAAR, 100)
    assert versie.status == "proef_gedraaid"
    # Begun a second time (a worker was killed) it is done already.
    proef.run(gestart.pk)
    assert Regelproef.objects.get().klaar_op == gestart.klaar_op


def test_a_change_while_it_runs_leaves_the_draft_untried(
    versie: Regelversie, monkeypatch: pytest.MonkeyPatch
) -> None:
    gestart = Regelproef.objects.create(
        versie=versie, jaar=2025, vingerafdruk=versie.vingerafdruk,
        gestart_door_id=versie.opgesteld_door_id,
    )  # fmt: skip
    lezen = bron.source().collect_period
    beheerder = Gebruiker.objects.get(pk=versie.opgesteld_door_id)

    def intussen(_self: Any, *args: Any) -> Any:
        versies.change(as_actor(beheerder), versie, gewicht=33)
        return lezen(*args)

    monkeypatch.setattr(feiten.Signalenbron, "collect_period", intussen)
    proef.run(gestart.pk)
    versie.refresh_from_db()
    assert (versie.status, versie.gewicht) == ("concept", 33)
    assert proef.striking(versie) == []
