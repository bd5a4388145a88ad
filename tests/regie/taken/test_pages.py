"""The pages of tasks: who sees what and can do what, and that it is in the log."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import Traveller

from samenloop.access.actor import Actor
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.regie.models import Casus, Team, Teamlid
from samenloop.regie.taken import doen
from samenloop.regie.taken.models import Taak, Voorwaarde
from samenloop.regie.taken.opdragen import Uitvoerder
from samenloop.regie.taken.voorwaarden import Na
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import municipality, takes_part
from tests.regie import maken as casussen
from tests.regie.taken.maken import director, state, task

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


def signed_in(wie: Gebruiker) -> Client:
    client = Client(headers={"accept-language": "nl"})
    client.force_login(wie)
    return client


def text(client: Client, naam: str, *args: object, **vraag: str) -> str:
    antwoord = client.get(reverse(naam, args=args), vraag)
    assert antwoord.status_code == 200, antwoord.status_code
    return antwoord.content.decode()


def partner(casus: Casus, *delen: Deel) -> Gebruiker:
    club = organisatie("Jeugdhulp Noordkust", "jeugdhulp")
    wie = account("e.wierda", rol=Rol.PARTNER, organisatie=club)
    takes_part(
        casus.dossier,  # type: ignore[arg-type]
        None,
        Deelnemersrol.HULPVERLENER,
        *delen,
        organisatie=club.pk,
    )
    return wie


def test_the_director_reads_all_and_a_colleague_only_that_it_is_there(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    taak = task(casus, ineke[1], "Loonstroken opvragen")
    client = signed_in(ineke[0])
    assert "Loonstroken opvragen" in text(client, "taak", taak.pk)
    assert "gezin Postma" in text(client, "taken", van="casussen")
    ander = signed_in(account("s.bakker", rol=Rol.CONSULENT))
    assert ander.get(reverse("taak", args=[taak.pk])).status_code == 403
    chef = signed_in(account("t.leider", rol=Rol.TEAMLEIDER))
    assert chef.get(reverse("taak", args=[taak.pk])).status_code == 403


def test_a_team_leader_sees_whose_and_how_it_stands_but_not_what(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    chef = account("t.leider", rol=Rol.TEAMLEIDER)
    team = Team.objects.create(gemeente=municipality(), naam="Noord")
    for wie, leidt in ((chef, True), (ineke[0], False)):
        Teamlid.objects.create(
            team=team, account=wie.pk, leidt=leidt, geldig=("2020-01-01", None)
        )
    task(casus, ineke[1], "Loonstroken opvragen", uiterlijk=VANDAAG - timedelta(2))
    gezien = text(signed_in(chef), "taken")
    assert "2 dagen te laat" in gezien
    assert ineke[0].naam in gezien
    assert "Loonstroken" not in gezien
    assert "Postma" not in gezien


def test_a_partner_sees_its_own_tasks_as_long_as_it_takes_part(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    helper = partner(casus, Deel.EIGEN_DEEL)
    van_ons = Uitvoerder(organisatie=helper.organisatie_id)
    eigen = task(casus, ineke[1], "Gesprek voeren", uitvoerder=van_ons)
    ander = task(casus, ineke[1], "Huur regelen")
    na_ander = task(casus, ineke[1], "Daarna bellen", uitvoerder=van_ons, na=[ander])
    client = signed_in(helper)
    lijst = text(client, "taken")
    assert "Gesprek voeren" in lijst
    assert "Huur regelen" not in lijst
    assert client.get(reverse("taak", args=[ander.pk])).status_code == 403
    wacht = text(client, "taak", na_ander.pk)
    assert "een andere taak in dit plan" in wacht
    assert "Huur regelen" not in wacht
    client.post(reverse("taak-klaar", args=[eigen.pk]), {"resultaat": "Gevoerd"})
    assert state(eigen) == ["klaar"]
    assert client.post(reverse("taak-klaar", args=[ander.pk])).status_code == 403
    casus.dossier.deelnames.filter(  # type: ignore[union-attr]
        organisatie=helper.organisatie_id
    ).update(tot=NU)
    assert client.get(reverse("taak", args=[eigen.pk])).status_code == 403
    assert "Daarna bellen" not in text(client, "taken")


@pytest.mark.parametrize(
    ("naam", "mag_partner"),
    [
        ("taak-klaar", True),
        ("taak-vervallen", False),
        ("taak-beginnen", False),
        ("taak-overdragen", False),
    ],
)
def test_who_does_a_task_ends_it_and_the_director_alone_decides_about_it(
    ineke: tuple[Gebruiker, Actor], casus: Casus, naam: str, mag_partner: bool
) -> None:
    helper = partner(casus, Deel.EIGEN_DEEL, Deel.TAKEN)
    taak = task(
        casus, ineke[1], uitvoerder=Uitvoerder(organisatie=helper.organisatie_id)
    )
    antwoord = signed_in(helper).post(
        reverse(naam, args=[taak.pk]), {"reden": "niet nodig", "wie": ""}
    )
    assert (antwoord.status_code == 302) == mag_partner
    assert (state(taak) == ["klaar"]) == mag_partner


def test_looking_and_changing_are_in_the_log_with_whom_it_is_about(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    taak = task(casus, ineke[1])
    client = signed_in(ineke[0])
    text(client, "taak", taak.pk)
    client.post(reverse("taak-klaar", args=[taak.pk]))
    regels = Auditregel.objects.filter(onderwerp=f"taak:{taak.pk}")
    assert [(r.wijze, r.aantal_personen) for r in regels.order_by("pk")] == [
        ("geopend", 2),
        ("gewijzigd", 2),
    ]


def test_a_task_is_given_with_its_conditions_in_one_form(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    a = task(casus, ineke[1], "a")
    besluit = task(casus, ineke[1], "besluit", keuzes=["ja", "nee"])
    client = signed_in(ineke[0])
    adres = reverse("taak-nieuw", args=[casus.dossier_id])
    assert "“besluit” wordt “nee”" in client.get(adres).content.decode()
    antwoord = client.post(
        adres,
        {
            "titel": "Aanvraag doen", "waarom": "Voor de huur", "dagen": "3",
            "wie": "naam", "naam": "buurvrouw Trijntje", "uiterlijk": "2026-06-30",
            "herinner": ["3", "-1"], "start": "vraagt", "alle": [f"t:{a.pk}"],
            "vanaf": "2026-06-12", "een_0": [f"b:{besluit.pk}:1"],
            "een_dag_0": "2026-06-20",
        },
    )  # fmt: skip
    taak = Taak.objects.get(titel="Aanvraag doen")
    assert antwoord["Location"] == reverse("taak", args=[taak.pk])
    assert (taak.naam, taak.start_zelf, taak.dagen) == ("buurvrouw Trijntje", False, 3)
    assert [h.op.day for h in taak.herinneringen.all()] == [27, 1]
    rijen = list(taak.voorwaarden.values_list("groep", "soort", "uitkomst", "datum"))
    assert sorted(rijen, key=str) == sorted(
        [
            (1, "na", "", None),
            (2, "datum", "", date(2026, 6, 12)),
            (3, "besluit", "nee", None),
            (3, "datum", "", date(2026, 6, 20)),
        ],
        key=str,
    )
    # The form that changes it says the same, and sending that changes nothing.
    vorm = client.get(reverse("taak-wijzigen", args=[taak.pk]))
    velden = {
        veld.html_name: veld.value()
        for veld in vorm.context["form"]
        if veld.value() is not None
    }
    sleutels = set(taak.voorwaarden.values_list("pk", flat=True))
    assert (
        client.post(reverse("taak-wijzigen", args=[taak.pk]), velden).status_code == 302
    )
    assert set(taak.voorwaarden.values_list("pk", flat=True)) == sleutels


@pytest.mark.parametrize(
    ("wat", "veld"),
    [
        ({"titel": ""}, "titel"),
        ({"wie": "naam"}, "naam"),
        ({"wie": "a:999999"}, "wie"),
        ({"elke_weken": "2"}, "herhaal_tot"),
        ({"herinner": ["1"]}, "uiterlijk"),
        ({"uiterlijk": "30 juni"}, "uiterlijk"),
        ({"alle": ["t:00000000-0000-0000-0000-000000000000"]}, "alle"),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_nothing_is_lost(
    ineke: tuple[Gebruiker, Actor], casus: Casus, wat: dict[str, str], veld: str
) -> None:
    task(casus, ineke[1], "a")
    antwoord = signed_in(ineke[0]).post(
        reverse("taak-nieuw", args=[casus.dossier_id]),
        {"titel": "Bellen", "wie": "", "start": "zelf", "waarom": "w", **wat},
    )
    assert antwoord.status_code == 422
    assert list(antwoord.context["form"].errors) == [veld]
    assert "w" in antwoord.context["form"]["waarom"].value()
    assert Taak.objects.count() == 1


def test_a_task_that_would_go_round_cannot_be_chosen_and_is_refused_by_name(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    a = task(casus, ineke[1], "eerst")
    b = task(casus, ineke[1], "dan", na=[a])
    c = task(casus, ineke[1], "los")
    client = signed_in(ineke[0])
    vorm = client.get(reverse("taak-wijzigen", args=[a.pk]))
    keuzes = dict(vorm.context["form"].keuzelijst)
    assert set(keuzes) == {f"t:{c.pk}"}
    assert b.titel not in keuzes.values()


def test_letting_a_task_lapse_says_what_becomes_of_what_waits(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    taak = task(casus, ineke[1], "eerst")
    volger = task(casus, ineke[1], "dan", na=[taak])
    client = signed_in(ineke[0])
    assert "1 taak wacht hierop. Wat gebeurt daarmee?" in text(client, "taak", taak.pk)
    client.post(reverse("taak-vervallen", args=[taak.pk]), {"reden": ""})
    assert state(taak) == ["open"]
    client.post(
        reverse("taak-vervallen", args=[taak.pk]),
        {"reden": "niet nodig", "volgers": "vervallen"},
    )
    assert state(taak, volger) == ["vervallen", "vervallen"]
    client.post(reverse("taak-heropenen", args=[taak.pk]), {"reden": "toch wel"})
    assert state(taak, volger) == ["open", "wacht"]


def test_several_tasks_are_given_and_let_go_at_once(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    collega = account("s.bakker", rol=Rol.CONSULENT)
    taken = [task(casus, ineke[1], f"taak {n}") for n in range(3)]
    client = signed_in(ineke[0])
    keuze = {"taak": [taak.pk for taak in taken], "account": collega.pk}
    client.post(reverse("taken-verdelen"), keuze)
    # Who takes no part gets no task.
    assert Taak.objects.filter(account=collega.pk).count() == 0
    takes_part(casus.dossier, collega, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL)  # type: ignore[arg-type]
    antwoord = client.post(reverse("taken-verdelen"), keuze, follow=True)
    assert "3 taken gingen naar iemand anders." in antwoord.content.decode()
    assert Taak.objects.filter(account=collega.pk).count() == 3
    client.post(reverse("taken-verdelen"), {**keuze, "account": ""})
    assert Taak.objects.filter(account=None).count() == 3
    assert "taak 1" in text(client, "taken", van="casussen")


def test_nobody_divides_tasks_of_a_case_they_do_not_direct(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    taak = task(casus, ineke[1])
    ander = account("s.bakker", rol=Rol.REGISSEUR)
    antwoord = signed_in(ander).post(
        reverse("taken-verdelen"), {"taak": [taak.pk], "account": ander.pk}
    )
    assert antwoord.status_code == 403
    chef = signed_in(account("t.leider", rol=Rol.TEAMLEIDER))
    assert (
        chef.post(
            reverse("taken-verdelen"), {"taak": [taak.pk], "account": ""}
        ).status_code
        == 302
    )
    assert Taak.objects.get().account is None


def test_a_helper_to_whom_the_tasks_were_opened_reads_the_list_of_the_case(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    task(casus, ineke[1], "Huur regelen")
    helper, ander = account("h.elper"), account("a.nder")
    takes_part(casus.dossier, helper, Deelnemersrol.HULPVERLENER, Deel.TAKEN)  # type: ignore[arg-type]
    vraag = {"van": "casussen", "casus": str(casus.pk)}
    assert "Huur regelen" in text(signed_in(helper), "taken", **vraag)
    assert "Huur regelen" not in text(signed_in(ander), "taken", **vraag)


@pytest.mark.parametrize("naam", ["taken", "mijn-dag"])
def test_a_longer_list_asks_no_more_of_the_database(
    ineke: tuple[Gebruiker, Actor], casus: Casus, naam: str
) -> None:
    client = signed_in(ineke[0])
    eerste = task(casus, ineke[1], uiterlijk=VANDAAG)
    task(casus, ineke[1], na=[eerste])

    def statements() -> int:
        text(client, naam)
        with CaptureQueriesContext(connection) as vragen:
            text(client, naam)
        return len(vragen)

    weinig = statements()
    for n in range(8):
        taak = task(casus, ineke[1], str(n), uiterlijk=VANDAAG + timedelta(n - 4))
        task(casus, ineke[1], na=[taak])
    assert statements() == weinig


def test_the_case_shows_what_is_stuck_and_what_waits_on_what(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    a = task(casus, ineke[1], "Loonstroken geven", uiterlijk=VANDAAG - timedelta(12))
    b = task(casus, ineke[1], "Schuldregeling", na=[a], dagen=30)
    task(casus, ineke[1], "Voorstel", na=[b], dagen=20)
    tekst = text(signed_in(ineke[0]), "casus", casus.pk)
    assert "12 dagen te laat" in tekst
    assert "Houdt 2 andere taken tegen." in tekst
    assert "30 juli 2026" in tekst
    assert tekst.count('class="krit') >= 4
    assert "wacht op" in tekst


def test_what_waits_for_the_word_of_the_director_is_theirs_to_start(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    a = task(casus, ineke[1], "a")
    vraagt = task(casus, ineke[1], "vraagt", na=[a], start_zelf=False)
    client = signed_in(ineke[0])
    client.post(reverse("taak-klaar", args=[a.pk]))
    assert "Mag deze taak beginnen?" in text(client, "taak", vraagt.pk)
    assert "vraagt: gezin" in text(client, "mijn-dag")
    client.post(reverse("taak-beginnen", args=[vraagt.pk]))
    assert state(vraagt) == ["open"]


def test_an_ended_task_is_not_changed_and_not_ended_twice(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    taak = task(casus, ineke[1])
    doen.complete(taak, door=ineke[1])
    client = signed_in(ineke[0])
    assert client.get(reverse("taak-wijzigen", args=[taak.pk])).status_code == 403
    antwoord = client.post(reverse("taak-klaar", args=[taak.pk]), follow=True)
    assert "intussen" in antwoord.content.decode()


def test_another_municipality_finds_nothing(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    taak = task(casus, ineke[1])
    elders = account("e.lders", gemeente="GM0005", rol=Rol.REGISSEUR)
    client = signed_in(elders)
    assert client.get(reverse("taak", args=[taak.pk])).status_code == 404
    assert actor(Rol.REGISSEUR, gemeente="GM0005").gemeente == "GM0005"


def test_conditions_of_the_form_become_rows_that_wait(
    ineke: tuple[Gebruiker, Actor], casus: Casus
) -> None:
    a, b = task(casus, ineke[1], "a"), task(casus, ineke[1], "b")
    taak = task(casus, ineke[1], "c", eisen=[[Na(a.pk), Na(b.pk)]])
    client = signed_in(ineke[0])
    vorm = client.get(reverse("taak-wijzigen", args=[taak.pk])).context["form"]
    assert len(vorm.een_van) == 2
    velden = {v.html_name: v.value() for v in vorm if v.value() is not None}
    velden["een_0"] = []
    client.post(reverse("taak-wijzigen", args=[taak.pk]), velden)
    assert not Voorwaarde.objects.exists()
    assert state(taak) == ["open"]
