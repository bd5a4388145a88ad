"""The administrator's pages: a secret is seen once, and access is really gone."""

import re

import pytest
from django.test import Client

from samenloop.access.koppelingen import bewijzen
from samenloop.access.koppelingen.models import Koppeling, Scope
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import klok
from tests.access.accounts import account
from tests.koppelingen import maken

pytestmark = pytest.mark.django_db
OVERZICHT = "/beheer/koppelingen/"


@pytest.fixture
def beheer(client: Client) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(account("beheer", rol=Rol.BEHEER))
    return client


def _velden(van: object, **anders: object) -> dict[str, object]:
    return {
        "naam": "Huursysteem",
        "organisatie": str(van),
        "scopes": [Scope.SIGNALEN_MELDEN, Scope.SIGNALEN_LEZEN],
        "gemeenten": ["GM1651"],
        "van": "2020-01-01",
        "tot_en_met": "",
        **anders,
    }


def _secret_on(pagina: str) -> str:
    gevonden = re.search(r"slgeheim_[\w-]+", pagina)
    assert gevonden
    return gevonden[0]


def test_made_koppeling_works_with_the_secret_that_was_shown(beheer: Client) -> None:
    van = maken.organisatie()
    antwoord = beheer.post(f"{OVERZICHT}nieuw/", _velden(van.pk))
    geheim = _secret_on(antwoord.content.decode())
    koppeling = Koppeling.objects.get()
    assert bewijzen.issue(koppeling.client_id, geheim, (), "127.0.0.1")
    assert "no-store" in antwoord["Cache-Control"]


def test_secret_is_on_no_other_page(beheer: Client) -> None:
    van = maken.organisatie()
    antwoord = beheer.post(f"{OVERZICHT}nieuw/", _velden(van.pk))
    geheim = _secret_on(antwoord.content.decode())
    koppeling = Koppeling.objects.get()
    for pad in (OVERZICHT, f"{OVERZICHT}{koppeling.pk}/"):
        pagina = beheer.get(pad).content.decode()
        assert koppeling.naam in pagina
        assert geheim not in pagina
        assert koppeling.geheim_hash not in pagina


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"naam": ""}, "Geef het programma een naam."),
        ({"scopes": []}, "Kies ten minste één ding dat het mag."),
        ({"gemeenten": []}, "Kies ten minste één gemeente."),
        ({"tot_en_met": "2019-12-31"}, "De laatste dag kan niet voor de eerste"),
        ({"organisatie": ""}, "Kies van wie het programma is."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    beheer: Client, anders: dict[str, object], zin: str
) -> None:
    antwoord = beheer.post(
        f"{OVERZICHT}nieuw/", _velden(maken.organisatie().pk, **anders)
    )
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert not Koppeling.objects.exists()


def test_municipality_of_another_cannot_be_given(beheer: Client) -> None:
    van = maken.organisatie(gemeenten=["GM1651", "GM0005"])
    antwoord = beheer.post(
        f"{OVERZICHT}nieuw/", _velden(van.pk, gemeenten=["GM1651", "GM0005"])
    )
    assert antwoord.status_code == 422
    assert not Koppeling.objects.exists()


def test_organisation_of_another_municipality_cannot_be_chosen(beheer: Client) -> None:
    elders = maken.organisatie(gemeenten=["GM0005"])
    antwoord = beheer.post(f"{OVERZICHT}nieuw/", _velden(elders.pk))
    assert antwoord.status_code == 422


def test_koppeling_of_another_municipality_is_as_absent(beheer: Client) -> None:
    elders, _geheim = maken.koppeling(maken.organisatie(gemeenten=["GM0005"]))
    assert elders.naam not in beheer.get(OVERZICHT).content.decode()
    for pad, methode in (("", "get"), ("geheim/", "post"), ("einde/", "post")):
        antwoord = getattr(beheer, methode)(f"{OVERZICHT}{elders.pk}/{pad}")
        assert antwoord.status_code == 404
    elders.refresh_from_db()
    assert elders.beeindigd_op is None


def test_new_secret_leaves_the_old_one_for_a_week(beheer: Client) -> None:
    koppeling, oud = maken.koppeling()
    antwoord = beheer.post(f"{OVERZICHT}{koppeling.pk}/geheim/")
    nieuw = _secret_on(antwoord.content.decode())
    assert nieuw != oud
    for geheim in (oud, nieuw):
        assert bewijzen.issue(koppeling.client_id, geheim, (), "127.0.0.1")


def test_leaked_secret_stops_at_once_with_its_tokens(beheer: Client) -> None:
    koppeling, oud = maken.koppeling()
    token = bewijzen.issue(koppeling.client_id, oud, (), "127.0.0.1").token
    antwoord = beheer.post(f"{OVERZICHT}{koppeling.pk}/geheim/", {"meteen": "ja"})
    nieuw = _secret_on(antwoord.content.decode())
    assert bewijzen.find(token) is None
    with pytest.raises(bewijzen.OnbekendeKoppeling):
        bewijzen.issue(koppeling.client_id, oud, (), "127.0.0.1")
    assert bewijzen.issue(koppeling.client_id, nieuw, (), "127.0.0.1")


def test_ended_koppeling_has_no_access_and_gets_no_new_secret(beheer: Client) -> None:
    koppeling, geheim = maken.koppeling()
    token = bewijzen.issue(koppeling.client_id, geheim, (), "127.0.0.1").token
    beheer.post(f"{OVERZICHT}{koppeling.pk}/einde/")
    assert bewijzen.find(token) is None
    koppeling.refresh_from_db()
    assert koppeling.beeindigd_op is not None
    assert koppeling.beeindigd_op <= klok.now()
    hash_voor = koppeling.geheim_hash
    assert beheer.post(f"{OVERZICHT}{koppeling.pk}/geheim/").status_code == 302
    koppeling.refresh_from_db()
    assert koppeling.geheim_hash == hash_voor


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BEHEER])
def test_only_the_administrator_comes_here(client: Client, rol: Rol) -> None:
    koppeling, _geheim = maken.koppeling()
    client.force_login(account("iemand", rol=rol))
    for pad in ("", "nieuw/", f"{koppeling.pk}/"):
        assert client.get(f"{OVERZICHT}{pad}").status_code == 403
    for pad in ("geheim/", "einde/"):
        assert client.post(f"{OVERZICHT}{koppeling.pk}/{pad}").status_code == 403


def test_giving_and_taking_access_is_in_the_log(beheer: Client) -> None:
    van = maken.organisatie()
    beheer.post(f"{OVERZICHT}nieuw/", _velden(van.pk))
    koppeling = Koppeling.objects.get()
    beheer.post(f"{OVERZICHT}{koppeling.pk}/geheim/")
    beheer.post(f"{OVERZICHT}{koppeling.pk}/einde/")
    regels = Auditregel.objects.filter(onderwerp=f"koppeling:{koppeling.pk}")
    assert [regel.wijze for regel in regels] == ["gewijzigd"] * 3
