"""Emergency access: a reason, three hours at most, one person, and told at once."""

import uuid
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from samenloop.access import noodtoegang
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker, Noodtoegang
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.core.models import Gebeurtenis
from tests.access.accounts import account, actor

pytestmark = pytest.mark.django_db
PERSOON, BUURMAN = uuid.uuid4(), uuid.uuid4()
REDEN = "Kind alleen thuis, politie vraagt wie gezag heeft."
BEGIN = datetime.fromisoformat("2026-03-10T22:15:00+01:00")


@pytest.fixture
def femke() -> Gebruiker:
    """A caseworker."""
    return account("femke")


@pytest.fixture
def wie(femke: Gebruiker) -> Actor:
    """Her as an actor."""
    return actor(account=femke)


def test_it_opens_one_person_to_one_worker_for_three_hours(wie: Actor) -> None:
    ander = actor(account=account("ander"))
    with time_machine.travel(BEGIN, tick=False) as klok:
        noodtoegang.take(wie, PERSOON, REDEN)
        assert noodtoegang.active(wie, PERSOON)
        assert noodtoegang.persons_open_to(wie) == {PERSOON}
        assert not noodtoegang.active(wie, BUURMAN)
        assert not noodtoegang.active(ander, PERSOON)
        klok.move_to(BEGIN + timedelta(hours=3, seconds=-1))
        assert noodtoegang.active(wie, PERSOON)
        klok.move_to(BEGIN + timedelta(hours=3))
        assert not noodtoegang.active(wie, PERSOON)
        assert noodtoegang.persons_open_to(wie) == frozenset()


def test_it_holds_in_the_municipality_where_it_was_taken(
    wie: Actor, femke: Gebruiker
) -> None:
    noodtoegang.take(wie, PERSOON, REDEN)
    elders = actor(account=femke, gemeente="GM1663")
    assert not noodtoegang.active(elders, PERSOON)


def test_it_can_be_ended_before_by_oneself_only(wie: Actor) -> None:
    ander = actor(account=account("ander"))
    genomen = noodtoegang.take(wie, PERSOON, REDEN)
    noodtoegang.end(ander, genomen.pk)
    assert noodtoegang.active(wie, PERSOON)
    noodtoegang.end(wie, genomen.pk)
    assert not noodtoegang.active(wie, PERSOON)
    einde = Noodtoegang.objects.get().beeindigd_op
    noodtoegang.end(wie, genomen.pk)
    assert Noodtoegang.objects.get().beeindigd_op == einde


@pytest.mark.parametrize(
    "rol", [r for r in Rol if r not in (Rol.CONSULENT, Rol.REGISSEUR)]
)
def test_it_is_for_who_works_with_families(rol: Rol, femke: Gebruiker) -> None:
    with pytest.raises(GeenToegang):
        noodtoegang.take(actor(rol, account=femke), PERSOON, REDEN)
    assert not Noodtoegang.objects.exists()


def test_never_by_the_system_or_a_program() -> None:
    with pytest.raises(GeenToegang):
        noodtoegang.take(Actor.systeem("regels", "GM1651"), PERSOON, REDEN)


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"tot": BEGIN + timedelta(hours=3, seconds=1)}, "duur"),
        ({"tot": BEGIN}, "duur"),
        ({"reden": "spoed"}, "reden"),
        ({"reden": " " * 40}, "reden"),
        ({"beeindigd_op": BEGIN + timedelta(hours=4)}, "einde"),
    ],
)
def test_the_database_keeps_the_limits_too(
    femke: Gebruiker, velden: dict, regel: str
) -> None:
    goed = {
        "gebruiker": femke, "gemeente": "GM1651", "persoon_id": PERSOON,
        "reden": REDEN, "van": BEGIN, "tot": BEGIN + timedelta(hours=3),
    }  # fmt: skip
    Noodtoegang.objects.create(**goed)
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Noodtoegang.objects.create(**goed | velden)


def test_it_is_an_event_at_once_without_personal_data(wie: Actor) -> None:
    genomen = noodtoegang.take(wie, PERSOON, REDEN)
    gebeurtenis = Gebeurtenis.objects.get(soort="noodtoegang-gebruikt")
    assert gebeurtenis.onderwerp == genomen.pk
    assert gebeurtenis.gemeente == "GM1651"


@pytest.mark.parametrize("rol", [Rol.FG, Rol.REGISSEUR, Rol.TEAMLEIDER])
def test_who_judges_it_is_told_until_they_took_notice(
    client: Client, wie: Actor, rol: Rol
) -> None:
    oordelaar = account("oordelaar", rol=rol)
    client.force_login(oordelaar)
    teller = actor(rol, account=oordelaar)
    assert noodtoegang.unseen_by(teller) == 0
    genomen = noodtoegang.take(wie, PERSOON, REDEN)
    assert noodtoegang.unseen_by(teller) == 1
    blad = client.get("/noodtoegang/").content.decode()
    assert REDEN in blad
    assert '<span class="sl-tel">1' in blad
    for _keer in range(2):
        client.post(f"/noodtoegang/{genomen.pk}/gezien/")
    assert noodtoegang.unseen_by(teller) == 0
    assert "kennis van genomen" in client.get("/noodtoegang/").content.decode()


def test_a_neighbouring_municipality_is_not_told(client: Client, wie: Actor) -> None:
    genomen = noodtoegang.take(wie, PERSOON, REDEN)
    client.force_login(account("buur", rol=Rol.FG, gemeente="GM1663"))
    assert REDEN not in client.get("/noodtoegang/").content.decode()
    client.post(f"/noodtoegang/{genomen.pk}/gezien/")
    assert not genomen.gezien.exists()
    with gemeentegrens.within("GM1663"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_noodtoegang")
        assert cursor.fetchone() == (0,)
    with gemeentegrens.within("GM1651"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_noodtoegang")
        assert cursor.fetchone() == (1,)


def test_ones_own_is_not_judged_by_oneself() -> None:
    regisseur = actor(Rol.REGISSEUR, account=account("ineke", rol=Rol.REGISSEUR))
    genomen = noodtoegang.take(regisseur, PERSOON, REDEN)
    assert noodtoegang.unseen_by(regisseur) == 0
    noodtoegang.take_notice(regisseur, genomen.pk)
    assert not genomen.gezien.exists()


def test_the_page_says_what_happens_and_asks_a_reason(
    client: Client, femke: Gebruiker
) -> None:
    client.force_login(femke)
    adres = f"/noodtoegang/persoon/{PERSOON}/"
    assert "na hooguit drie uur" in client.get(adres).content.decode()
    for reden in ("", "spoed", " " * 30):
        antwoord = client.post(adres, {"reden": reden, "next": "/over/"})
        assert antwoord.status_code == 422
    assert not Noodtoegang.objects.exists()
    antwoord = client.post(adres, {"reden": REDEN, "next": "/over/"})
    assert antwoord["Location"] == "/over/"
    assert Noodtoegang.objects.get().persoon_id == PERSOON
    regel = Auditregel.objects.get(handeling="noodtoegang")
    assert regel.actor_id == str(femke.pk)
    assert regel.aantal_personen == 1
    assert REDEN not in str(vars(regel))
    assert "De noodtoegang loopt tot" in client.get("/over/").content.decode()


def test_it_never_lasts_longer_but_may_be_shorter(wie: Actor) -> None:
    genomen = noodtoegang.take(wie, PERSOON, REDEN, timedelta(hours=9))
    assert genomen.tot - genomen.van == timedelta(hours=3)
    kort = noodtoegang.take(wie, PERSOON, REDEN, timedelta(minutes=20))
    assert kort.tot - kort.van == timedelta(minutes=20)
    assert abs(genomen.van - timezone.now()) < timedelta(minutes=1)
