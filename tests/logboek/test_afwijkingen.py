"""Each rule on odd looks: one look that it puts forward, and its nearest neighbours."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek import Wijze, afwijkingen, kenmerken
from samenloop.access.logboek.kenmerken import Kenmerken
from samenloop.access.logboek.models import Afwijking, Auditregel, Naloopronde
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import gemeentegrens, klok
from samenloop.core.bsn import Bsn
from tests.access.accounts import account, actor
from tests.logboek.bezig import Bekend, Betrokken, look

pytestmark = pytest.mark.django_db
# An afternoon of today: lines also carry the time of the database, which stands still
# for no test, and the rules read what was written and looked at about the same time.
NU = klok.now().replace(hour=15, minute=0, second=0, microsecond=0)
EIGEN_BSN, ANDER_BSN = Bsn("999990019"), Bsn("999990020")


@pytest.fixture(autouse=True)
def _middag() -> Iterator[None]:
    with time_machine.travel(NU, tick=True):
        yield


@pytest.fixture
def sanne() -> Gebruiker:
    """A caseworker with an appointment, of whom the municipality keeps marks."""
    gemaakt = account()
    kenmerken.keep(
        str(gemaakt.pk), "GM1651", bsn=EIGEN_BSN, achternaam="Bakker",
        postcode="9901 ab", huisnummer="12",
    )  # fmt: skip
    return gemaakt


def _acts(gebruiker: Gebruiker, *rollen: Rol) -> Actor:
    return actor(*rollen, account=gebruiker)


def _found() -> list[tuple[str, str]]:
    """What is put forward about what the database has just written."""
    # Lines carry the database's own time of writing, which no test can freeze.
    afwijkingen.put_forward(_clock() + timedelta(microseconds=1))
    return sorted(Afwijking.objects.values_list("regel", "actor_id"))


def _clock() -> datetime:
    laatste = Auditregel.objects.order_by("-vastgelegd_op").first()
    assert laatste is not None
    return laatste.vastgelegd_op


def _marks(
    bsn: Bsn = ANDER_BSN, naam: str = "Mulder", postcode: str = "9902CD", nr: str = "1"
) -> Kenmerken:
    return Kenmerken(
        kenmerken.bsn_key(bsn),
        kenmerken.name_key(naam),
        kenmerken.address_key(postcode, nr),
    )


@pytest.mark.parametrize(
    ("marks", "regel"),
    [
        (_marks(EIGEN_BSN), "eigen-gegevens"),
        (_marks(naam="Bakker", postcode="9901AB", nr="12"), "zelfde-adres"),
        (_marks(naam="Bàkker"), "zelfde-naam"),
        (_marks(), None),
        (_marks(naam="Bakkers"), None),
        (_marks(postcode="9901AB", nr="14"), None),
        (_marks(postcode="9901AC", nr="12"), None),
        (Kenmerken(), None),
    ],
)
def test_near_to_the_worker(
    sanne: Gebruiker, marks: Kenmerken, regel: str | None
) -> None:
    persoon = uuid4()
    with Bekend({persoon: marks}), Betrokken(persoon):
        look(_acts(sanne), persoon)
        verwacht = [(regel, str(sanne.pk))] if regel else []
        assert _found() == verwacht


def test_own_record_is_put_forward_at_once_and_once(sanne: Gebruiker) -> None:
    persoon = uuid4()
    with Bekend({persoon: _marks(EIGEN_BSN)}), Betrokken(persoon):
        look(_acts(sanne), persoon)
        (rij,) = Afwijking.objects.all()
        assert (rij.regel, rij.persoon) == (Afwijking.Regel.EIGEN, persoon)
        assert afwijkingen.explain(rij)
        look(_acts(sanne), persoon)
        _found()
    assert Afwijking.objects.count() == 1


def test_own_record_met_in_a_search_is_no_look(sanne: Gebruiker) -> None:
    persoon = uuid4()
    with Bekend({persoon: _marks(EIGEN_BSN)}), Betrokken():
        look(_acts(sanne), persoon, wijze=Wijze.GEVONDEN)
        assert _found() == []


def test_worker_without_marks_is_not_compared() -> None:
    gebruiker, persoon = account("p.mulder"), uuid4()
    with Bekend({persoon: _marks()}), Betrokken(persoon):
        look(_acts(gebruiker), persoon)
        assert _found() == []


def test_marks_hold_nothing_one_can_read(sanne: Gebruiker) -> None:
    rij = kenmerken.of_worker(str(sanne.pk), "GM1651")
    assert rij is not None
    for mark in (rij.bsn, rij.naam, rij.adres):
        assert len(mark) == 64
        assert int(mark, 16)
    assert kenmerken.of_worker(str(sanne.pk), "GM0005") is None


def test_look_without_task_is_put_forward(sanne: Gebruiker) -> None:
    eigen, ander = uuid4(), uuid4()
    with Betrokken(eigen):
        look(_acts(sanne), eigen, ander)
        assert _found() == [("geen-taak", str(sanne.pk))]
    assert Afwijking.objects.get().persoon == ander


@pytest.mark.parametrize(
    ("handeling", "doel"),
    [
        (Handeling.SIGNAAL_REGISTREREN, "signaal_ontvangen"),
        (Handeling.PERSOON_REGISTREREN, "signaal_ontvangen"),
        (Handeling.PERSOON_OPENEN, "noodtoegang"),
    ],
)
def test_task_by_itself_and_emergency_ask_no_other_task(
    sanne: Gebruiker, handeling: Handeling, doel: str
) -> None:
    with Betrokken():
        look(_acts(sanne), uuid4(), handeling=handeling, doel=doel)
        assert _found() == []


def test_without_rooms_that_know_nothing_is_odd_about_no_task(
    sanne: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samenloop.access.logboek.betrokkenheid._bronnen", [])
    look(_acts(sanne), uuid4())
    assert _found() == []


@pytest.mark.parametrize(("dagen", "odd"), [(89, False), (91, True)])
def test_long_idle_account(sanne: Gebruiker, dagen: int, odd: bool) -> None:
    persoon = uuid4()
    with Betrokken(persoon):
        look(_acts(sanne), persoon, op=NU - timedelta(days=dagen))
        afwijkingen.put_forward(_clock() + timedelta(microseconds=1))
        look(_acts(sanne), persoon)
        verwacht = [("slapend-account", str(sanne.pk))] if odd else []
        assert _found() == verwacht
    for rij in Afwijking.objects.all():
        assert "91" in afwijkingen.explain(rij)


def test_leaver_is_put_forward_and_who_is_appointed_is_not(sanne: Gebruiker) -> None:
    weg, persoon = account("j.weg", gemeente=""), uuid4()
    with Betrokken(persoon):
        look(_acts(weg), persoon)
        look(_acts(sanne), persoon)
        assert _found() == [("slapend-account", str(weg.pk))]
    assert afwijkingen.explain(Afwijking.objects.get())


def test_closed_account_is_put_forward(sanne: Gebruiker) -> None:
    persoon = uuid4()
    Gebruiker.objects.filter(pk=sanne.pk).update(is_active=False)
    with Betrokken(persoon):
        look(_acts(sanne), persoon)
        assert _found() == [("slapend-account", str(sanne.pk))]


def _colleagues(aantal: int, personen: int, rol: Rol = Rol.CONSULENT) -> None:
    for nummer in range(aantal):
        collega = account(f"collega{nummer}", rol=rol)
        for dag in (1, 2):
            look(
                _acts(collega, rol), *(uuid4() for _each in range(personen)),
                op=NU - timedelta(days=dag),
            )  # fmt: skip


@pytest.mark.parametrize(
    ("collegas", "gewoon", "zelf", "odd"),
    [
        (3, 7, 29, True),
        (3, 7, 28, False),  # four times is not more than four times
        (2, 7, 60, False),  # too few colleagues to compare with
        (3, 2, 24, False),  # a dozen times more, yet a number one can deal with
        (3, 2, 25, True),
    ],
)
def test_far_more_than_colleagues(
    sanne: Gebruiker, collegas: int, gewoon: int, zelf: int, odd: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("samenloop.access.logboek.betrokkenheid._bronnen", [])
    _colleagues(collegas, gewoon)
    look(_acts(sanne, Rol.CONSULENT), *(uuid4() for _each in range(zelf)))
    verwacht = [("veel-meer", str(sanne.pk))] if odd else []
    assert _found() == verwacht
    for rij in Afwijking.objects.all():
        assert str(zelf) in afwijkingen.explain(rij)


def test_colleagues_of_another_role_do_not_count(
    sanne: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samenloop.access.logboek.betrokkenheid._bronnen", [])
    _colleagues(4, 3, Rol.BACKOFFICE)
    look(_acts(sanne, Rol.CONSULENT), *(uuid4() for _each in range(60)))
    assert _found() == []


def test_same_person_often_counts_once(
    sanne: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samenloop.access.logboek.betrokkenheid._bronnen", [])
    _colleagues(3, 2)
    persoon = uuid4()
    for _each in range(40):
        look(_acts(sanne, Rol.CONSULENT), persoon)
    assert _found() == []


def test_next_round_begins_where_the_last_one_ended(sanne: Gebruiker) -> None:
    with Betrokken():
        look(_acts(sanne))
        _found()
        eerste = Naloopronde.objects.get()
        look(_acts(sanne))
        _found()
    tweede = Naloopronde.objects.exclude(pk=eerste.pk).get()
    assert tweede.van == eerste.tot
    # The same worker on the same day: one thing to ask about.
    assert (eerste.gevonden, tweede.gevonden) == (1, 0)
    rij = Afwijking.objects.get()
    assert (rij.feiten, rij.persoon) == ({"aantal": 2}, None)


def test_looks_after_the_decision_are_put_forward_anew(sanne: Gebruiker) -> None:
    fg = actor(Rol.FG, account=99)
    afwijkingen.decide(fg, _odd(sanne), "verklaard", "Viel in voor een collega.")
    with Betrokken():
        look(_acts(sanne), uuid4(), uuid4())
        _found()
    nieuw = Afwijking.objects.get(status="nieuw")
    assert nieuw.feiten == {"aantal": 2}
    assert "2 personen" in afwijkingen.explain(nieuw)


def _odd(sanne: Gebruiker) -> UUID:
    with Betrokken():
        look(_acts(sanne))
        _found()
    return Afwijking.objects.get().pk


def test_officer_decides_with_a_reason(sanne: Gebruiker) -> None:
    fg = actor(Rol.FG, account=99, naam="Fenna Groot")
    rij = afwijkingen.decide(fg, _odd(sanne), "verklaard", "Viel in voor een collega.")
    assert (rij.status, rij.besloten_door) == ("verklaard", "99")
    assert Auditregel.objects.filter(
        handeling="afwijking_beoordelen", onderwerp=f"afwijking:{rij.pk}"
    ).exists()
    assert afwijkingen.open_for(fg) == 0


@pytest.mark.parametrize(
    ("status", "reden"), [("verklaard", " "), ("nieuw", "toch niet"), ("x", "y")]
)
def test_decision_without_reason_or_outcome_is_none(
    sanne: Gebruiker, status: str, reden: str
) -> None:
    pk = _odd(sanne)
    with pytest.raises(afwijkingen.BesluitZonderReden):
        afwijkingen.decide(actor(Rol.FG, account=99), pk, status, reden)
    assert afwijkingen.open_for(actor(Rol.FG)) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Afwijking.objects.update(status="verklaard")


@pytest.mark.parametrize(
    "wie", [actor(Rol.BEHEER, account=99), actor(Rol.TEAMLEIDER, account=99)]
)
def test_others_do_not_decide(sanne: Gebruiker, wie: Actor) -> None:
    pk = _odd(sanne)
    with pytest.raises(GeenToegang):
        afwijkingen.decide(wie, pk, "verklaard", "Omdat het kan.")


def test_nobody_decides_about_a_look_of_their_own(sanne: Gebruiker) -> None:
    pk = _odd(sanne)
    with pytest.raises(GeenToegang):
        afwijkingen.decide(actor(Rol.FG, account=sanne), pk, "verklaard", "Ik was het.")


def test_officer_of_another_municipality_sees_nothing(sanne: Gebruiker) -> None:
    pk = _odd(sanne)
    ander = actor(Rol.FG, account=99, gemeente="GM0005")
    with gemeentegrens.within("GM0005"), pytest.raises(Afwijking.DoesNotExist):
        afwijkingen.decide(ander, pk, "verklaard", "Niet van hier.")
    assert afwijkingen.open_for(ander) == 0
