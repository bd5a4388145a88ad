"""Teams, hours and absence are managed by who may; handing over asks what fits."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.regie import casussen, teams
from samenloop.regie.models import Afwezigheid, Casus, Regiemodel, Team, Teamlid
from tests.access.accounts import account, actor
from tests.plannen.maken import municipality
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db


@pytest.fixture
def leider(client: Client) -> Gebruiker:
    municipality()
    gemaakt = account("harm", rol=Rol.TEAMLEIDER, naam="Harm Bolhuis")
    client.force_login(gemaakt)
    return gemaakt


@pytest.fixture
def bart(leider: Gebruiker) -> Gebruiker:
    return account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")


def test_team_is_made_once_and_gets_members(
    client: Client, leider: Gebruiker, bart: Gebruiker
) -> None:
    assert client.post(reverse("teams"), {"naam": ""}).status_code == 422
    client.post(reverse("teams"), {"naam": "Noord"})
    team = Team.objects.get()
    assert client.post(reverse("teams"), {"naam": "Noord"}).status_code == 422
    lid = reverse("team-lid", args=[team.pk])
    gegeven = {"account": bart.pk, "uren": "28.5", "leidt": "on"}
    assert client.post(lid, {**gegeven, "uren": "61"}).status_code == 422
    # Somebody of elsewhere cannot be chosen.
    vreemd = account("vreemd", gemeente="GM0005").pk
    assert client.post(lid, {**gegeven, "account": vreemd}).status_code == 422
    client.post(lid, gegeven)
    assert client.post(lid, gegeven).status_code == 422
    gemaakt = Teamlid.objects.get()
    assert (gemaakt.account, gemaakt.leidt, str(gemaakt.uren)) == (
        bart.pk,
        True,
        "28.5",
    )
    tekst = client.get(reverse("team", args=[team.pk])).content.decode()
    assert "Bart Kamphuis" in tekst
    client.post(reverse("team-lid-einde", args=[gemaakt.pk]))
    assert not teams.members(team).exists()


def test_team_of_elsewhere_is_not_there(client: Client, leider: Gebruiker) -> None:
    elders = Team.objects.create(gemeente=municipality("GM0005"), naam="Ver")
    assert client.get(reverse("team", args=[elders.pk])).status_code == 404
    assert "Ver" not in client.get(reverse("teams")).content.decode().split("<main")[1]


def test_absence_is_recorded_and_ends(
    client: Client, leider: Gebruiker, bart: Gebruiker
) -> None:
    anja = account("anja", rol=Rol.REGISSEUR, naam="Anja de Wit")
    gemaakt = casus(bart)
    adres = reverse("afwezigheid-nieuw")
    vandaag = klok.today()
    gegeven = {"account": bart.pk, "van": vandaag.isoformat(), "vervanger": anja.pk}
    gisteren = (vandaag - timedelta(days=1)).isoformat()
    assert client.post(adres, {**gegeven, "tot": gisteren}).status_code == 422
    assert client.post(adres, {**gegeven, "vervanger": bart.pk}).status_code == 422
    client.post(adres, gegeven)
    assert casussen.leads(actor(Rol.REGISSEUR, account=anja), gemaakt)
    assert "Anja de Wit neemt over" in client.get(reverse("teams")).content.decode()
    weg = Afwezigheid.objects.get()
    client.post(reverse("afwezigheid-einde", args=[weg.pk]))
    weg.refresh_from_db()
    assert weg.geldig.upper == vandaag + timedelta(days=1)


def hand_over(client: Client, van: Casus, **gegeven: object) -> int:
    return client.post(
        reverse("casus-regisseur", args=[van.pk]),
        {"model": "naast", "reden": "Meer tijd", **gegeven},
    ).status_code


def test_team_leader_assigns_without_reading_who_it_is(
    client: Client, leider: Gebruiker, bart: Gebruiker
) -> None:
    gemaakt = casus(naam="Postma")
    adres = reverse("casus-regisseur", args=[gemaakt.pk])
    tekst = client.get(adres).content.decode()
    assert "Bart Kamphuis (gezinnen: 0)" in tekst
    assert "Postma" not in tekst
    burger = f"persoon:{gemaakt.betrokkene_id}"
    assert hand_over(client, gemaakt, wie=burger, model="burger") == 422
    assert hand_over(client, gemaakt, wie=f"account:{bart.pk}", reden="") == 422
    assert hand_over(client, gemaakt, wie=f"account:{bart.pk}") == 302
    regie = casussen.current_director(gemaakt)
    assert regie is not None
    assert regie.account == bart.pk


@pytest.mark.parametrize(
    ("model", "antwoord"), [("naast", 422), ("mandaat", 422), ("burger", 302)]
)
def test_citizen_directs_only_in_the_way_of_a_citizen(
    client: Client, bart: Gebruiker, model: str, antwoord: int
) -> None:
    gemaakt = casus(bart)
    client.force_login(bart)
    tekst = client.get(reverse("casus-regisseur", args=[gemaakt.pk])).content.decode()
    assert "Marieke Postma" in tekst
    # A child directs nothing.
    assert "Jesse Postma" not in tekst
    wie = f"persoon:{gemaakt.betrokkene_id}"
    assert hand_over(client, gemaakt, wie=wie, model=model, blijft="on") == antwoord
    regie = casussen.current_director(gemaakt)
    assert regie is not None
    assert (regie.model == Regiemodel.BURGER) is (antwoord == 302)


def test_case_goes_to_a_team(client: Client, leider: Gebruiker) -> None:
    gemaakt = casus()
    noord = Team.objects.create(gemeente_id="GM1651", naam="Noord")
    elders = Team.objects.create(gemeente=municipality("GM0005"), naam="Ver")
    adres = reverse("casus-team", args=[gemaakt.pk])
    for gekozen, verwacht in ((noord.pk, noord), (elders.pk, None), ("onzin", None)):
        client.post(adres, {"team": gekozen})
        gemaakt.refresh_from_db()
        assert gemaakt.team == verwacht
