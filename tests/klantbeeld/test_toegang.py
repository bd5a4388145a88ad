"""Emergency, secrecy, custody and requests by the person: who sees what then."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samenloop.access import noodtoegang
from samenloop.access.aanwezig import actor_of
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Domein, Rol
from samenloop.core import klok
from samenloop.klantbeeld.models import Inkijk
from samenloop.personen.models import Burgerservicenummer, Persoon
from samenloop.signalen.models import Wegingconcept
from tests.access.accounts import GEMEENTE, account
from tests.klantbeeld import familie
from tests.klantbeeld.familie import Familie, assign, confirm, family
from tests.klantbeeld.openen import answers, card, enter, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def postma() -> Familie:
    return family()


def take_emergency(wie: Gebruiker, persoon: Persoon) -> Any:
    return noodtoegang.take(
        actor_of(wie, GEMEENTE), persoon.pk, "Acuut gevaar, ouder niet bereikbaar."
    )


def test_emergency_opens_this_one_person_and_nobody_else(
    client: Client, postma: Familie
) -> None:
    wie = account("n", rol=Rol.CONSULENT)
    take_emergency(wie, postma.moeder)
    pagina = look(client, wie, "noodtoegang", "persoon", postma.moeder.pk)
    for tekst in ("Marieke", familie.WMO_SOORT, familie.AANLEIDING, familie.STRAAT):
        assert tekst in pagina
    assert familie.POLITIE in card(pagina, "justitie")
    for tekst in ("Noor", "Trijntje", familie.JEUGD_SOORT):
        assert tekst not in pagina
    regel = Auditregel.objects.filter(handeling="noodtoegang").get()
    assert (regel.doel, "G148" in regel.grond) == ("noodtoegang", True)


def test_emergency_for_another_person_or_context_opens_nothing(
    client: Client, postma: Familie
) -> None:
    wie = account("n", rol=Rol.CONSULENT)
    take_emergency(wie, postma.kind)
    client.force_login(wie)
    for context, id_ in (
        ("persoon", postma.moeder.pk),
        ("melding", postma.melding.pk),
        ("casus", postma.casus.pk),
    ):
        vraag = reverse("klantbeeld-openen", args=[context, id_])
        assert client.post(vraag, answers("noodtoegang")).status_code == 422
    assert not Inkijk.objects.exists()


def test_emergency_ends_by_itself_and_when_it_is_ended(
    client: Client, postma: Familie
) -> None:
    wie = account("n", rol=Rol.CONSULENT)
    with time_machine.travel("2026-03-10T09:00:00+01:00") as tijd:
        gepakt = take_emergency(wie, postma.moeder)
        adres = enter(client, wie, "noodtoegang", "persoon", postma.moeder.pk)
        assert client.get(adres).status_code == 200
        noodtoegang.end(actor_of(wie, GEMEENTE), gepakt.pk)
        assert client.get(adres).status_code == 302
        take_emergency(wie, postma.moeder)
        adres = enter(client, wie, "noodtoegang", "persoon", postma.moeder.pk)
        assert Inkijk.objects.latest("op").geldig_tot <= klok.now() + timedelta(hours=3)
        tijd.shift(3 * 3600 + 1)
        client.force_login(wie)
        assert client.get(adres).status_code == 302


def test_secret_address_is_only_for_who_has_a_task(
    client: Client, postma: Familie
) -> None:
    Persoon.objects.filter(pk__in=[postma.moeder.pk, postma.kind.pk]).update(
        geheim=True
    )
    buiten = account("b", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    pagina = look(client, buiten, "wmo_onderzoek", "persoon", postma.moeder.pk)
    assert familie.STRAAT not in pagina
    assert "Uithuizen" not in pagina
    binnen = account("t", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    assign(postma.melding, binnen)
    pagina = look(client, binnen, "wmo_onderzoek", "melding", postma.melding.pk)
    assert familie.STRAAT in card(pagina, "wonen")


def test_custody_shows_where_youth_care_asks_for_it_only(
    client: Client, postma: Familie
) -> None:
    jeugd = account("j", rol=Rol.CONSULENT, domeinen=[Domein.JEUGD])
    assign(postma.melding, jeugd)
    pagina = look(client, jeugd, "jeugd_toeleiding", "melding", postma.melding.pk)
    assert 'data-veld="persoon.gezag"' in pagina
    wmo = account("w", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    assign(postma.melding, wmo)
    pagina = look(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    assert 'data-veld="persoon.gezag"' not in pagina
    assert "niet getoond bij dit doel" in pagina  # said in the drawing's description


def test_request_by_the_person_shows_that_person_alone(
    client: Client, postma: Familie
) -> None:
    wie = account("i", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    pagina = look(client, wie, "inzage_betrokkene", "persoon", postma.moeder.pk)
    assert "Marieke" in pagina
    assert "Noor" not in pagina


def test_no_number_is_on_the_page_in_the_log_or_in_an_address(
    client: Client, postma: Familie
) -> None:
    confirm(GEMEENTE, "G020", "G054", "G073", "G093", "G109")
    wie = account("r", rol=Rol.REGISSEUR, domeinen=[Domein.JEUGD])
    assign(postma.melding, wie)
    adres = enter(client, wie, "melding_wegen", "melding", postma.melding.pk)
    pagina = client.get(adres).content.decode()
    for rij in Burgerservicenummer.objects.all():
        assert rij.bsn not in pagina
    # Numbers are shown on the page of the person, one by one.
    assert reverse("persoon", args=[postma.moeder.pk]) in pagina
    for deel in ("Postma", "Marieke"):
        assert deel not in adres
        assert not Auditregel.objects.filter(onderwerp__contains=deel).exists()


def test_what_was_weighed_for_the_melding_need_not_be_typed_again(
    client: Client, postma: Familie
) -> None:
    wie = account("r", rol=Rol.REGISSEUR)
    assign(postma.melding, wie)
    Wegingconcept.objects.create(
        melding=postma.melding, account=wie.pk, bewaard_op=klok.now(),
        inhoud={
            "noodzaak_waarom": "Noodzaak Esdoorn",
            "proportionaliteit_waarom": "Verhouding Linde",
            "subsidiariteit_waarom": "Lichter Berk",
        },
    )  # fmt: skip
    client.force_login(wie)
    vraag = reverse("klantbeeld-openen", args=["melding", postma.melding.pk])
    pagina = client.get(vraag).content.decode()
    for tekst in ("Noodzaak Esdoorn", "Verhouding Linde", "Lichter Berk"):
        assert tekst in pagina
    assert 'value="melding_wegen" class="utrecht-radio-button' in pagina
    assert pagina.count(" checked") == 1  # the purpose of the weighing, no domain
    # Of a colleague's draft nothing is taken over.
    ander = account("s", rol=Rol.REGISSEUR)
    client.force_login(ander)
    assert "Esdoorn" not in client.get(vraag).content.decode()
