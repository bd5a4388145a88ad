"""To whom tasks go, and where they go when somebody takes part no longer."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from samenloop.access.actor import Actor
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol, Dossier
from samenloop.regie import afsluiten, regisseurs
from samenloop.regie.models import Afwezigheid, Casus
from samenloop.regie.taken import bronnen, doen, opdragen, zicht
from samenloop.regie.taken.fouten import GeenDeelnemer
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import municipality, takes_part
from tests.regie import maken as casussen
from tests.regie.taken.maken import directed, state, task

pytestmark = pytest.mark.django_db
NU = "2026-06-09 09:00+02:00"


@pytest.fixture(autouse=True)
def klok() -> Iterator[Traveller]:
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def bij(klok: Traveller) -> tuple[Casus, Actor]:
    return directed()


def dossier(casus: Casus) -> Dossier:
    assert casus.dossier is not None
    return casus.dossier


def test_a_task_goes_to_who_takes_part_or_belongs_to_the_family(
    bij: tuple[Casus, Actor],
) -> None:
    casus, _wie = bij
    helper = organisatie("Schuldhulp Noord")
    takes_part(dossier(casus), None, Deelnemersrol.HULPVERLENER, organisatie=helper.pk)
    kind = next(iter(set(toegang.persons(dossier(casus))) - {casus.betrokkene_id}))
    for wie in (
        Uitvoerder(),
        Uitvoerder(naam="buurvrouw"),
        Uitvoerder(persoon=kind),
        Uitvoerder(organisatie=helper.pk),
    ):
        assert Uitvoerder.of(task(*bij, uitvoerder=wie)) == wie
    vreemd = organisatie("Elders", "huisarts")
    for wie in (
        Uitvoerder(organisatie=vreemd.pk),
        Uitvoerder(account=account("v.reemd").pk),
    ):
        with pytest.raises(GeenDeelnemer):
            task(*bij, uitvoerder=wie)


def test_being_given_a_task_opens_nothing(bij: tuple[Casus, Actor]) -> None:
    collega = account("s.bakker")
    als = actor(account=collega)
    deelname = takes_part(
        dossier(bij[0]), collega, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL
    )
    eigen = task(*bij, uitvoerder=Uitvoerder(account=collega.pk))
    ander = task(*bij, "van een ander")
    # The fact of a task one may know; its content is for who has it.
    assert zicht.readable(als, [eigen, ander]) == {eigen.pk}
    Deelname.objects.filter(pk=deelname.pk).update(tot=NU)
    assert zicht.readable(als, [eigen, ander]) == set()


@pytest.mark.parametrize("soort", ["account", "organisatie"])
def test_what_was_given_to_who_left_goes_back_to_the_director(
    bij: tuple[Casus, Actor], soort: str
) -> None:
    casus, wie = bij
    if soort == "account":
        collega = account("s.bakker")
        van = takes_part(dossier(casus), collega, Deelnemersrol.HULPVERLENER)
        naar = Uitvoerder(account=collega.pk)
    else:
        helper = organisatie("Schuldhulp Noord")
        van = takes_part(
            dossier(casus), None, Deelnemersrol.HULPVERLENER, organisatie=helper.pk
        )
        naar = Uitvoerder(organisatie=helper.pk)
    loopt, klaar = task(*bij, uitvoerder=naar), task(*bij, uitvoerder=naar)
    doen.complete(klaar, door=wie)
    toegang.end(Deelname.objects.filter(pk=van.pk), reden="hulp stopte", door=wie)
    gebeurtenissen.handle_pending()
    loopt.refresh_from_db()
    klaar.refresh_from_db()
    assert Uitvoerder.of(loopt) == Uitvoerder(account=wie.account_id)
    assert Uitvoerder.of(klaar) == naar
    assert loopt.verloop.last().wat == "terug"  # type: ignore[union-attr]


@pytest.mark.parametrize("blijft", [True, False])
def test_the_next_director_gets_the_tasks_of_one_who_does_not_stay(
    bij: tuple[Casus, Actor], klok: Traveller, blijft: bool
) -> None:
    casus, wie = bij
    taak, familie = task(*bij), task(*bij, uitvoerder=Uitvoerder(naam="buurvrouw"))
    nieuw = account("n.ieuw", rol=Rol.REGISSEUR)
    klok.shift(3600)
    regisseurs.hand_over(
        casus,
        regisseurs.Wie(account=nieuw.pk),
        door=wie,
        reden="ander werk",
        blijft_helpen=blijft,
    )
    gebeurtenissen.handle_pending()
    taak.refresh_from_db()
    familie.refresh_from_db()
    assert taak.account == (wie.account_id if blijft else nieuw.pk)
    assert familie.naam == "buurvrouw"


def test_who_takes_part_in_another_way_keeps_the_task(
    bij: tuple[Casus, Actor],
) -> None:
    collega = account("s.bakker")
    een = takes_part(dossier(bij[0]), collega, Deelnemersrol.OVERLEG)
    takes_part(dossier(bij[0]), collega, Deelnemersrol.HULPVERLENER)
    taak = task(*bij, uitvoerder=Uitvoerder(account=collega.pk))
    toegang.end(Deelname.objects.filter(pk=een.pk), reden="overleg klaar", door=bij[1])
    gebeurtenissen.handle_pending()
    taak.refresh_from_db()
    assert taak.account == collega.pk


def test_a_task_of_the_family_stays_with_the_family(bij: tuple[Casus, Actor]) -> None:
    casus, wie = bij
    ouder = casus.betrokkene_id
    deelname = Deelname.objects.create(
        dossier=dossier(casus), rol=Deelnemersrol.GEZIN, persoon_id=ouder
    )
    taak = task(*bij, uitvoerder=Uitvoerder(persoon=ouder))
    toegang.end(Deelname.objects.filter(pk=deelname.pk), reden="wens", door=wie)
    gebeurtenissen.handle_pending()
    taak.refresh_from_db()
    assert taak.persoon_id == ouder


def test_many_are_handed_over_in_as_many_statements_as_one(
    bij: tuple[Casus, Actor],
) -> None:
    collega = account("s.bakker")
    takes_part(dossier(bij[0]), collega, Deelnemersrol.HULPVERLENER)

    def statements(aantal: int) -> int:
        sleutels = [task(*bij).pk for _keer in range(aantal)]
        with CaptureQueriesContext(connection) as vragen:
            gegeven = opdragen.hand_over(
                Taak.objects.filter(pk__in=sleutels),
                Uitvoerder(account=collega.pk),
                door=bij[1],
            )
        assert gegeven == aantal
        return len(vragen)

    assert statements(1) == statements(20)


def test_handing_over_is_all_or_nothing(bij: tuple[Casus, Actor]) -> None:
    collega = account("s.bakker")
    takes_part(dossier(bij[0]), collega, Deelnemersrol.HULPVERLENER)
    hier = task(*bij)
    elders = task(casussen.casus(naam="Bakker"), bij[1], uitvoerder=Uitvoerder())
    with pytest.raises(GeenDeelnemer):
        opdragen.hand_over(
            Taak.objects.filter(pk__in=[hier.pk, elders.pk]),
            Uitvoerder(account=collega.pk),
            door=bij[1],
        )
    assert not Taak.objects.filter(account=collega.pk).exists()


def test_a_substitute_sees_the_tasks_of_who_is_away_as_long_as_that_lasts(
    bij: tuple[Casus, Actor], klok: Traveller
) -> None:
    weg, vervanger = account("w.eg"), account("v.ervanger")
    takes_part(dossier(bij[0]), weg, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL)
    taak = task(*bij, uitvoerder=Uitvoerder(account=weg.pk), uiterlijk=date(2026, 6, 9))
    als = actor(account=vervanger)
    assert zicht.readable(als, [taak]) == set()
    Afwezigheid.objects.create(
        gemeente=municipality(),
        account=weg.pk,
        vervanger=vervanger.pk,
        geldig=(date(2026, 6, 8), date(2026, 6, 11)),
    )
    assert zicht.readable(als, [taak]) == {taak.pk}
    punten = list(bronnen.taken(als))
    assert [punt.staat for punt in punten] == ["vandaag"]
    assert weg.naam in punten[0].waarom
    assert zicht.may_do(als, taak)
    klok.move_to("2026-06-11 09:00+02:00")
    assert zicht.readable(als, [taak]) == set()
    assert not zicht.may_do(als, taak)


def test_emergency_access_and_leading_open_all_tasks_and_nothing_else_does(
    bij: tuple[Casus, Actor],
) -> None:
    taak = task(*bij)
    assert zicht.readable(bij[1], [taak]) == {taak.pk}
    for rol in (Rol.CONSULENT, Rol.REGISSEUR, Rol.TEAMLEIDER, Rol.BACKOFFICE, Rol.FG):
        assert zicht.readable(actor(rol, account=account(rol.value)), [taak]) == set()


def test_open_tasks_hold_up_closing_and_lapse_when_it_is_done_all_the_same(
    bij: tuple[Casus, Actor],
) -> None:
    casus, wie = bij
    a = task(*bij)
    b = task(*bij, na=[a])
    assert "2 taken zijn nog niet klaar" in " ".join(afsluiten.open_points(casus))
    with pytest.raises(afsluiten.NogOpen):
        afsluiten.close(casus, reden="doel bereikt", door=wie)
    afsluiten.close(casus, reden="doel bereikt", door=wie, toch=True)
    gebeurtenissen.handle_pending()
    assert state(a, b) == ["vervallen", "vervallen"]
    assert "taken" not in " ".join(afsluiten.open_points(casus))
