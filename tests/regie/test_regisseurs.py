"""One director at a time, never a gap, and no right that outlives what it rests on."""

import contextlib
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.periode import Periode
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelname, Deelnemersrol
from samenloop.regie import afsluiten, casussen, regisseurs, vervangen
from samenloop.regie.models import Afwezigheid, Casus, Regie, Regiemodel, Team
from samenloop.regie.regisseurs import Wie
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import municipality
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db
MAANDAG = datetime(2026, 3, 9, 9, 0, tzinfo=klok.AMSTERDAM)
LEIDER = actor(Rol.TEAMLEIDER, account=99)


@pytest.fixture
def mensen() -> list[Gebruiker]:
    municipality()
    return [
        account(naam, rol=Rol.REGISSEUR, naam=naam.title())
        for naam in ("bart", "anja", "ria")
    ]


def directs(wie: Gebruiker) -> Any:
    return actor(Rol.REGISSEUR, account=wie)


def leads_at(van: Casus, moment: datetime) -> set[int]:
    """Which accounts have a leading right in the dossier at a moment."""
    return {
        deelname.account
        for deelname in toegang.running(moment).filter(
            dossier=van.dossier_id,
            rol__in=[Deelnemersrol.REGISSEUR, Deelnemersrol.VERVANGER],
        )
        if deelname.account is not None
    }


def test_hand_over_leaves_one_director_no_gap_and_no_right(
    mensen: list[Gebruiker],
) -> None:
    bart, anja, _ria = mensen
    with time_machine.travel(MAANDAG, tick=False) as nu:
        gemaakt = casus(bart)
        nu.shift(timedelta(days=3))
        regisseurs.hand_over(
            gemaakt, Wie(account=anja.pk), door=directs(bart), reden="Ander werk"
        )
        eerste, tweede = gemaakt.regies.order_by("geldig")
        assert eerste.geldig.upper == tweede.geldig.lower == klok.now()
        assert casussen.current_director(gemaakt) == tweede
        assert not casussen.leads(directs(bart), gemaakt)
        assert casussen.leads(directs(anja), gemaakt)
        oud = Deelname.objects.get(regie=eerste)
        assert (oud.tot, oud.reden_einde) == (klok.now(), "Ander werk")
        with pytest.raises(GeenToegang):
            regisseurs.hand_over(
                gemaakt, Wie(account=bart.pk), door=directs(bart), reden="Terug"
            )


def test_who_may_hand_over(mensen: list[Gebruiker]) -> None:
    bart, anja, ria = mensen
    gemaakt = casus(bart)
    assert regisseurs.may_hand_over(directs(bart), gemaakt)
    assert regisseurs.may_hand_over(LEIDER, gemaakt)
    assert not regisseurs.may_hand_over(directs(anja), gemaakt)
    assert not regisseurs.may_hand_over(
        actor(Rol.TEAMLEIDER, gemeente="GM0005", account=98), gemaakt
    )
    assert gemaakt.dossier is not None
    toegang.give(
        gemaakt.dossier, rol=Deelnemersrol.VERVANGER, door=LEIDER, account=ria.pk
    )
    # A substitute keeps it going, and does not give it away.
    assert casussen.leads(directs(ria), gemaakt)
    assert not regisseurs.may_hand_over(directs(ria), gemaakt)


def test_four_ways_of_directing(mensen: list[Gebruiker]) -> None:
    bart = mensen[0]
    gemaakt = casus(bart)
    school = organisatie()
    regisseurs.hand_over(
        gemaakt, Wie(organisatie=school.pk), door=directs(bart),
        reden="De school kent hen", model=Regiemodel.HULPVERLENER, blijft_helpen=True,
    )  # fmt: skip
    regie = casussen.current_director(gemaakt)
    assert regie is not None
    assert regisseurs.names([regie])[regie.pk] == "OBS De Terp"
    assert gemaakt.dossier is not None
    helpt = gemaakt.dossier.deelnames.get(rol=Deelnemersrol.HULPVERLENER)
    assert helpt.account == bart.pk
    assert not casussen.leads(directs(bart), gemaakt)
    regisseurs.hand_over(
        gemaakt, Wie(persoon=gemaakt.betrokkene_id), door=LEIDER,
        reden="Zij kan het zelf", model=Regiemodel.BURGER,
    )  # fmt: skip
    regie = casussen.current_director(gemaakt)
    assert regie is not None
    assert regisseurs.names([regie])[regie.pk] == "Marieke Postma"
    assert Regie.objects.filter(geldig__contains=klok.now()).count() == 1


def test_taking_up_is_for_directors_and_only_what_nobody_has(
    mensen: list[Gebruiker],
) -> None:
    bart, anja, _ria = mensen
    gemaakt = casus()
    for rol in (Rol.CONSULENT, Rol.TEAMLEIDER, Rol.BEHEER):
        with pytest.raises(GeenToegang):
            regisseurs.take_up(gemaakt, door=actor(rol, account=50))
    regisseurs.take_up(gemaakt, door=directs(bart))
    with pytest.raises(regisseurs.AlGeregisseerd):
        regisseurs.take_up(gemaakt, door=directs(anja))


def test_team_leader_says_whose_work_it_is(mensen: list[Gebruiker]) -> None:
    gemaakt = casus(mensen[0])
    team = Team.objects.create(gemeente_id="GM1651", naam="Noord")
    regisseurs.give_to_team(gemaakt, team, door=LEIDER)
    gemaakt.refresh_from_db()
    assert gemaakt.team == team
    with pytest.raises(GeenToegang):
        regisseurs.give_to_team(gemaakt, None, door=directs(mensen[1]))


def test_substitute_sees_the_dossier_for_exactly_the_absence(
    mensen: list[Gebruiker],
) -> None:
    bart, anja, _ria = mensen
    dag = MAANDAG.date()
    with time_machine.travel(MAANDAG, tick=False) as nu:
        gemaakt = casus(bart)
        vervangen.record_absence(
            account=bart.pk, vervanger=anja.pk, door=LEIDER,
            periode=Periode(dag + timedelta(days=2), dag + timedelta(days=4)),
        )  # fmt: skip
        later = casus(bart, naam="Later")
        middernacht = datetime(2026, 3, 11, tzinfo=klok.AMSTERDAM)
        einde = datetime(2026, 3, 14, tzinfo=klok.AMSTERDAM)
        for van in (gemaakt, later):
            for moment, ziet in (
                (middernacht - timedelta(seconds=1), False),
                (middernacht, True),
                (einde - timedelta(seconds=1), True),
                (einde, False),
            ):
                nu.move_to(moment)
                assert casussen.leads(directs(anja), van) is ziet, (van, moment)
                assert casussen.leads(directs(bart), van)
        assert vervangen.cover_all() == 0


def test_substitution_ends_with_the_directing_it_rests_on(
    mensen: list[Gebruiker],
) -> None:
    bart, anja, ria = mensen
    gemaakt = casus(bart)
    vervangen.record_absence(
        account=bart.pk, vervanger=anja.pk, periode=Periode(klok.today()), door=LEIDER
    )
    assert casussen.leads(directs(anja), gemaakt)
    regisseurs.hand_over(gemaakt, Wie(account=ria.pk), door=LEIDER, reden="Langer ziek")
    assert not casussen.leads(directs(anja), gemaakt)
    assert leads_at(gemaakt, klok.now()) == {ria.pk}


def test_absence_that_ends_earlier_ends_the_substitution(
    mensen: list[Gebruiker],
) -> None:
    bart, anja, _ria = mensen
    with time_machine.travel(MAANDAG, tick=False) as nu:
        gemaakt = casus(bart)
        weg = vervangen.record_absence(
            account=bart.pk, vervanger=anja.pk, periode=Periode(klok.today()),
            door=LEIDER,
        )  # fmt: skip
        nu.shift(timedelta(days=1))
        vervangen.end_absence(weg, klok.today(), door=LEIDER)
        assert casussen.leads(directs(anja), gemaakt)
        nu.shift(timedelta(days=1))
        assert not casussen.leads(directs(anja), gemaakt)


def test_absence_is_refused_to_who_manages_no_team_and_without_a_colleague(
    mensen: list[Gebruiker],
) -> None:
    bart, anja, _ria = mensen
    vandaag = Periode(klok.today())
    with pytest.raises(GeenToegang):
        vervangen.record_absence(
            account=bart.pk, vervanger=anja.pk, periode=vandaag, door=directs(bart)
        )
    for vervanger in (bart.pk, account("fg", rol=Rol.FG).pk):
        with pytest.raises(vervangen.GeenVervanger):
            vervangen.record_absence(
                account=bart.pk, vervanger=vervanger, periode=vandaag, door=LEIDER
            )
    vervangen.record_absence(
        account=bart.pk, vervanger=None, periode=vandaag, door=LEIDER
    )
    with pytest.raises(vervangen.AlAfwezig):
        vervangen.record_absence(
            account=bart.pk, vervanger=anja.pk, periode=vandaag, door=LEIDER
        )


STAPPEN = st.lists(
    st.tuples(
        st.integers(-2, 60),  # hours since the step before; back in time as well
        st.sampled_from(["over", "over", "weg", "terug", "sluit", "open", "nazorg"]),
        st.integers(0, 2),
    ),
    max_size=12,
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stappen=STAPPEN)
def test_never_two_directors_nor_a_right_that_outlives_its_ground(
    mensen: list[Gebruiker], stappen: list[tuple[int, str, int]]
) -> None:
    with transaction.atomic():
        _live(mensen, stappen)
        transaction.set_rollback(True)


def _live(mensen: list[Gebruiker], stappen: list[tuple[int, str, int]]) -> None:
    """Do all steps, and look at every moment at which anything could begin or end."""
    momenten = [MAANDAG]
    with time_machine.travel(MAANDAG, tick=False) as nu:
        gemaakt = casus(mensen[0])
        for uren, wat, wie in stappen:
            nu.shift(timedelta(hours=uren))
            momenten.append(klok.now())
            # What is refused changes nothing, and that is what is looked at here.
            with contextlib.suppress(SamenloopFout, GeenToegang):
                _do(gemaakt, wat, mensen, wie)
            # Before what was done last it says how it is, not how it was.
            if klok.now() == max(momenten):
                _mark_is_right(gemaakt)
    randen = [
        rand
        for rij in Deelname.objects.filter(dossier=gemaakt.dossier_id)
        for rand in (rij.van, rij.tot)
        if rand is not None
    ]
    laatste = max(momenten) + timedelta(days=90)
    for moment in sorted({*momenten, *randen, laatste}):
        for kijk in (moment, moment + timedelta(seconds=1)):
            _hold(gemaakt, kijk)


def _do(van: Casus, wat: str, mensen: list[Gebruiker], wie: int) -> None:
    leidt = directs(mensen[wie])
    match wat:
        case "over":
            regisseurs.hand_over(
                van, Wie(account=mensen[wie].pk), door=LEIDER, reden="wissel"
            )
        case "weg":
            vervangen.record_absence(
                account=mensen[wie].pk, vervanger=mensen[(wie + 1) % 3].pk,
                periode=Periode(klok.today(), klok.today() + timedelta(days=wie)),
                door=LEIDER,
            )  # fmt: skip
        case "terug":
            for weg in Afwezigheid.objects.filter(account=mensen[wie].pk):
                vervangen.end_absence(weg, klok.today(), door=LEIDER)
        case "sluit":
            afsluiten.close(
                van, reden="anders", door=leidt, toch=True,
                nazorg_op=klok.today() + timedelta(days=2) if wie else None,
            )  # fmt: skip
        case "open":
            afsluiten.reopen(van, reden="opnieuw", door=leidt)
        case _:
            afsluiten.aftercare_done(van, door=leidt)


def _mark_is_right(van: Casus) -> None:
    """What marks work that nobody has says so exactly then."""
    van.refresh_from_db()
    assert van.dossier is not None
    van.dossier.refresh_from_db()
    loopt = van.dossier.gesloten_op is None
    assert van.wacht_op_regisseur is (loopt and casussen.current_director(van) is None)


def _hold(van: Casus, moment: datetime) -> None:
    """At one moment: one director at most, and each right with what it rests on."""
    regies = list(Regie.objects.filter(casus=van, geldig__contains=moment))
    assert len(regies) <= 1
    rechten = toegang.running(moment).filter(dossier=van.dossier_id)
    for recht in rechten.filter(rol=Deelnemersrol.REGISSEUR):
        assert recht.regie in regies
    assert len(regies) == rechten.filter(rol=Deelnemersrol.REGISSEUR).count()
    dag = moment.astimezone(klok.AMSTERDAM).date()
    for recht in rechten.filter(rol=Deelnemersrol.VERVANGER):
        assert recht.vervanging.regie in regies
        weg = recht.vervanging.afwezigheid.geldig
        assert not weg.isempty
        assert weg.lower <= dag
        assert weg.upper is None or dag < weg.upper
