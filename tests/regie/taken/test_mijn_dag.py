"""The day gathers what the rooms know, hardest first, and only what is open to one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from samenloop.access.actor import Actor
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok as tijd
from samenloop.plannen.dossier.models import Gesprek
from samenloop.plannen.models import Deelnemersrol, Dossier, Herbeoordeling
from samenloop.plannen.plan.models import Evaluatie, Plan, Planversie
from samenloop.regie import mijn_dag
from samenloop.regie.mijn_dag import Afspraak, Gewicht, Nieuws, Punt
from samenloop.regie.models import Casus
from samenloop.regie.taken import bronnen, doen, uit_dossier
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import account, actor
from tests.plannen.maken import takes_part
from tests.regie import maken as casussen
from tests.regie.taken.maken import director, task

pytestmark = pytest.mark.django_db
NU = "2026-06-09 09:00+02:00"
VANDAAG = date(2026, 6, 9)


@pytest.fixture(autouse=True)
def klok() -> Iterator[Traveller]:
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def ineke(klok: Traveller) -> tuple[Gebruiker, Actor]:
    return director()


@pytest.fixture
def casus(ineke: tuple[Gebruiker, Actor]) -> Casus:
    return casussen.casus(ineke[0])


def dossier(casus: Casus) -> Dossier:
    assert casus.dossier is not None
    return casus.dossier


def point(gewicht: int, wat: str = "iets") -> Punt:
    return Punt(gewicht, "letop", "letop", "nu", wat, "daarom", "/", "Doe")


@pytest.fixture
def leeg(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the rooms registered."""
    for lijst in ("_bronnen", "_agenda", "_nieuws"):
        monkeypatch.setattr(mijn_dag, lijst, {})


@pytest.mark.usefixtures("leeg")
def test_the_hardest_comes_first_whoever_brings_it() -> None:
    def zacht(_actor: Actor) -> list[Punt]:
        return [point(Gewicht.GEWOON, "later"), point(Gewicht.VEILIGHEID, "eerst")]

    def hard(_actor: Actor) -> list[Punt]:
        return [point(Gewicht.TE_LAAT, "dan")]

    for _keer in range(2):  # registering again adds nothing
        mijn_dag.register(zacht)
        mijn_dag.register(hard)
    assert [p.wat for p in mijn_dag.points(actor())] == ["eerst", "dan", "later"]


@pytest.mark.usefixtures("leeg")
def test_the_agenda_goes_by_the_hour_and_news_from_the_newest() -> None:
    uur = datetime.fromisoformat(NU)

    def afspraken(_actor: Actor, _van: date, _tot: date) -> list[Afspraak]:
        return [Afspraak(uur + timedelta(hours=n), str(n)) for n in (3, 1)]

    def nieuws(_actor: Actor, _sinds: datetime) -> list[Nieuws]:
        return [Nieuws(uur + timedelta(hours=n), str(n)) for n in (1, 3)]

    mijn_dag.register_agenda(afspraken)
    mijn_dag.register_news(nieuws)
    assert [a.wat for a in mijn_dag.agenda(actor(), VANDAAG)] == ["1", "3"]
    assert [n.tekst for n in mijn_dag.news(actor(), uur)] == ["3", "1"]


@pytest.mark.parametrize(
    ("velden", "kleur", "gewicht"),
    [
        ({"uiterlijk": VANDAAG - timedelta(1)}, "gevaar", Gewicht.TE_LAAT),
        ({"uiterlijk": VANDAAG}, "letop", Gewicht.VANDAAG),
        ({"uiterlijk": VANDAAG + timedelta(3)}, "letop", Gewicht.BINNENKORT),
        ({"uiterlijk": VANDAAG + timedelta(4)}, "loopt", Gewicht.GEWOON),
        ({}, "loopt", Gewicht.GEWOON),
    ],
)
def test_a_task_presses_by_its_day(
    ineke: tuple[Gebruiker, Actor],
    casus: Casus,
    velden: dict[str, Any],
    kleur: str,
    gewicht: int,
) -> None:
    task(casus, ineke[1], **velden)
    punt = next(iter(bronnen.taken(ineke[1])))
    assert (punt.kleur, punt.gewicht) == (kleur, gewicht)


def test_what_others_wait_for_presses_more_and_says_so(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    los = task(casus, ineke[1], "los")
    houdt = task(casus, ineke[1], "houdt", waarom="Zonder dit stuk gaat het niet.")
    for _keer in range(3):
        task(casus, ineke[1], na=[houdt])
    punten = sorted(bronnen.taken(ineke[1]), key=lambda p: p.gewicht)
    assert [p.adres for p in punten] == [
        reverse("taak", args=[taak.pk]) for taak in (houdt, los)
    ]
    assert punten[0].waarom == "Er wachten 3 taken op. Zonder dit stuk gaat het niet."


def test_a_reminder_is_told_on_its_day(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    task(casus, ineke[1], herinneringen=[VANDAAG])
    assert "herinnerd" not in next(iter(bronnen.taken(ineke[1]))).waarom
    doen.remind()
    assert "herinnerd" in next(iter(bronnen.taken(ineke[1]))).waarom


def test_work_of_others_is_no_point_of_mine_but_is_news_of_my_case(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    collega = account("s.bakker")
    takes_part(dossier(casus), collega, Deelnemersrol.HULPVERLENER)
    taak = task(casus, ineke[1], "Van Sanne")
    doen.complete(taak, door=actor(account=collega))
    sinds = tijd.now() - timedelta(days=1)
    assert list(bronnen.taken(ineke[1])) == []
    assert [n.tekst for n in bronnen.happened(ineke[1], sinds)] == [
        "Klaar: Van Sanne, gezin gezin Postma"
    ]
    # Not to who does not direct it, and not what one did oneself.
    assert list(bronnen.happened(actor(account=collega), sinds)) == []
    doen.reopen(taak, door=ineke[1], reden="toch")
    doen.complete(taak, door=ineke[1])
    assert len(list(bronnen.happened(ineke[1], sinds))) == 1


def test_what_others_give_me_is_news_and_what_i_take_myself_is_not(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    collega = account("s.bakker")
    takes_part(dossier(casus), collega, Deelnemersrol.HULPVERLENER)
    sinds = tijd.now() - timedelta(days=1)
    task(casus, ineke[1], "Voor Sanne", uitvoerder=Uitvoerder(account=collega.pk))
    gelezen = [n.tekst for n in bronnen.happened(actor(account=collega), sinds)]
    assert gelezen == ["Gegeven: Voor Sanne, gezin gezin Postma"]
    assert list(bronnen.happened(ineke[1], sinds)) == []


def plan_of(casus: Casus) -> Plan:
    van = dossier(casus)
    return Plan.objects.create(
        dossier=van,
        gezin=van.gezin,
        betrokkene=van.betrokkene,
        grond="toestemming",
    )


def test_a_version_to_sign_waits_for_who_must_and_only_the_newest(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    plan = plan_of(casus)
    tekenaar = {"sleutel": f"account:{ineke[0].pk}", "naam": "Ineke"}

    def version(nummer: int, *tekenaars: dict[str, str]) -> Planversie:
        return Planversie.objects.create(
            plan=plan, nummer=nummer, inhoud={"doelen": []}, tekenaars=list(tekenaars)
        )

    version(1, tekenaar)
    assert len(list(uit_dossier.plan_to_sign(ineke[1]))) == 1
    anders = actor(Rol.REGISSEUR, account=account("a.nders", rol=Rol.REGISSEUR))
    assert not list(uit_dossier.plan_to_sign(anders))
    laatste = version(2, tekenaar)
    adressen = [punt.adres for punt in uit_dossier.plan_to_sign(ineke[1])]
    assert adressen == [reverse("plan-versie", args=[casus.dossier_id, 2])]
    laatste.handtekeningen.create(account=ineke[0].pk, wijze="aanwezig")
    assert not list(uit_dossier.plan_to_sign(ineke[1]))


def test_a_report_that_is_not_finished_waits_for_who_began_it(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    gesprek = Gesprek.objects.create(dossier=dossier(casus), begonnen_door=ineke[0].pk)
    Gesprek.objects.create(dossier=dossier(casus), begonnen_door=999_999)
    (punt,) = uit_dossier.reports(ineke[1])
    assert punt.adres == reverse("gesprek-voeren", args=[gesprek.pk])
    assert punt.tijd is not None
    Gesprek.objects.filter(pk=gesprek.pk).update(afgerond_op=tijd.now())
    assert not list(uit_dossier.reports(ineke[1]))


def test_rights_to_look_at_again_come_to_the_director_from_their_day(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    for op in (VANDAAG, VANDAAG + timedelta(1)):
        Herbeoordeling.objects.create(
            dossier=dossier(casus), persoon=casus.betrokkene, aanleiding="gezag", op=op
        )
    assert len(list(uit_dossier.reviews(ineke[1]))) == 1
    helper = account("s.bakker")
    takes_part(dossier(casus), helper, Deelnemersrol.HULPVERLENER)
    assert not list(uit_dossier.reviews(actor(account=helper)))


@pytest.mark.parametrize(
    ("over", "gewicht"),
    [(-1, Gewicht.TE_LAAT + 5), (0, Gewicht.VANDAAG), (7, Gewicht.BINNENKORT)],
)
def test_a_round_of_evaluation_comes_up_a_week_before(
    ineke: tuple[Gebruiker, Actor], casus: Casus, over: int, gewicht: int
) -> None:
    plan = plan_of(casus)
    ronde = Evaluatie.objects.create(plan=plan, gepland_op=VANDAAG + timedelta(over))
    assert [p.gewicht for p in uit_dossier.looking_back(ineke[1])] == [gewicht]
    Evaluatie.objects.filter(pk=ronde.pk).update(gepland_op=VANDAAG + timedelta(8))
    assert not list(uit_dossier.looking_back(ineke[1]))


@pytest.mark.parametrize(
    ("rol", "status"),
    [
        (Rol.CONSULENT, 200),
        (Rol.REGISSEUR, 200),
        (Rol.TEAMLEIDER, 200),
        (Rol.PARTNER, 200),
        (Rol.BEHEER, 403),
        (Rol.FG, 403),
        (Rol.BELEID, 403),
    ],
)
def test_the_day_is_for_who_works_with_cases(rol: Rol, status: int) -> None:
    client = Client(headers={"accept-language": "nl"})
    client.force_login(account("w.ie", rol=rol))
    antwoord = client.get(reverse("mijn-dag"))
    assert antwoord.status_code == status
    if status == 200:
        assert "Er wacht vandaag niets op u." in antwoord.content.decode()
        assert Auditregel.objects.filter(onderwerp="mijn-dag").count() == 1
