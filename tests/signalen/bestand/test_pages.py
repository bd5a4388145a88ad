"""The pages of the back office: where a file stands, and the one next step."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen
from samenloop.signalen.bestand import lezen
from samenloop.signalen.bestand.models import Invoerbestand
from samenloop.signalen.bestand.staten import Staat
from samenloop.signalen.models import Signaal
from tests.access.accounts import account
from tests.koppelingen.maken import organisatie
from tests.personen.maken import municipality
from tests.signalen.bestand import maken

pytestmark = pytest.mark.django_db
LIJST = "/signalen/bestand/"


@pytest.fixture
def kantoor(client: Client) -> Client:
    """A browser in which somebody of the back office is signed in."""
    municipality("GM1651", "Eemsmond")
    client.force_login(account("kantoor", rol=Rol.BACKOFFICE))
    return client


def _offer(client: Client, inhoud: bytes, naam: str = "lijst.csv") -> object:
    van = organisatie()
    return client.post(
        LIJST,
        {
            "organisatie": str(van.pk),
            "soort": "huurachterstand",
            "bestand": SimpleUploadedFile(naam, inhoud),
        },
    )


def test_file_goes_from_offer_to_signals_in_the_browser(kantoor: Client) -> None:
    antwoord = _offer(kantoor, maken.csv([maken.row(1), maken.row(2, BSN="123")]))
    bestand = Invoerbestand.objects.get()
    pad = f"{LIJST}{bestand.pk}/"
    assert antwoord["Location"] == pad

    kolommen = kantoor.get(pad).content.decode()
    assert "Wat staat er in de kolommen?" in kolommen
    assert "Dorpsstraat 1" in kolommen

    velden = {"veld": ["kenmerk", "bsn", "naam", "adres", "inhoud"], "aanleiding": "x"}
    assert kantoor.post(pad, velden).status_code == 302
    assert "Het bestand wordt gekeurd" in kantoor.get(pad).content.decode()
    assert not kantoor.get(f"{pad}voortgang/").has_header("HX-Refresh")

    gebeurtenissen.handle_pending()
    assert kantoor.get(f"{pad}voortgang/")["HX-Refresh"] == "true"
    gekeurd = kantoor.get(pad).content.decode()
    assert "1 signaal vastleggen" in gekeurd
    assert "Dit is geen burgerservicenummer (BSN)." in gekeurd
    assert not Signaal.objects.exists()

    kantoor.post(f"{pad}stap/", {"stap": "verwerken"})
    gebeurtenissen.handle_pending()
    klaar = kantoor.get(pad).content.decode()
    assert "Wat ervan werd" in klaar
    assert Signaal.objects.count() == 1
    fouten = kantoor.get(f"{pad}foute-rijen/")
    assert "HA-2;123" in fouten.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "leeg"),
        (b"alleen een kop\r\n", "geen rijen"),
        (b"PK\x03\x04stuk", "werkboek is niet te lezen"),
    ],
)
def test_file_that_cannot_be_read_says_why(
    kantoor: Client, inhoud: bytes, zin: str
) -> None:
    antwoord = _offer(kantoor, inhoud)
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert not Invoerbestand.objects.exists()


def test_file_that_is_too_large_is_refused(
    kantoor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lezen, "MEESTE_BYTES", 50)
    antwoord = _offer(kantoor, maken.csv([maken.row(1), maken.row(2)]))
    assert antwoord.status_code == 422
    assert "groter dan 20 MB" in antwoord.content.decode()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"veld": ["", "", "", "", ""], "aanleiding": "x"}, "om wie het gaat"),
        ({"veld": ["bsn", "bsn", "", "", ""], "aanleiding": "x"}, "meer dan één kolom"),
        ({"veld": ["bsn"], "aanleiding": "x"}, "Kies voor elke kolom"),
        ({"veld": ["bsn", "x", "", "", ""], "aanleiding": "x"}, "Kies voor elke kolom"),
        ({"veld": ["", "bsn", "", "", ""], "aanleiding": " "}, "wat de aanleiding"),
    ],
)
def test_columns_that_cannot_be_read_say_why_and_keep_the_choice(
    kantoor: Client, velden: dict[str, object], zin: str
) -> None:
    _offer(kantoor, maken.csv([maken.row(1)]))
    bestand = Invoerbestand.objects.get()
    antwoord = kantoor.post(f"{LIJST}{bestand.pk}/", velden)
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    bestand.refresh_from_db()
    assert bestand.staat == Staat.GELADEN


def test_remarkable_file_asks_for_a_reason_and_keeps_what_was_typed(
    kantoor: Client,
) -> None:
    rijen = [maken.row(nummer, BSN="123" if nummer < 3 else "") for nummer in range(20)]
    bestand = maken.checked(rijen)
    pad = f"{LIJST}{bestand.pk}/"
    assert (
        "Meer dan een op de twintig rijen is fout." in kantoor.get(pad).content.decode()
    )
    antwoord = kantoor.post(f"{pad}stap/", {"stap": "bevestigen", "reden": "het mag"})
    assert antwoord.status_code == 422
    assert "het mag</textarea>" in antwoord.content.decode()
    reden = "Gebeld met de corporatie: de fouten zijn bekend."
    kantoor.post(f"{pad}stap/", {"stap": "bevestigen", "reden": reden})
    gebeurtenissen.handle_pending()
    assert reden in kantoor.get(pad).content.decode()
    assert Signaal.objects.count() == 17


def test_step_that_somebody_else_took_is_told(kantoor: Client) -> None:
    bestand = maken.go_on(maken.checked([maken.row(1)]))
    pad = f"{LIJST}{bestand.pk}/stap/"
    antwoord = kantoor.post(pad, {"stap": "verwerken"})
    assert antwoord.status_code == 422
    assert "verder dan deze bladzijde toont" in antwoord.content.decode()


@pytest.mark.parametrize("stap", ["is-klaar", "keuren", "onzin", ""])
def test_step_of_the_system_is_nobodys_button(kantoor: Client, stap: str) -> None:
    bestand = maken.checked([maken.row(1)])
    assert kantoor.post(f"{LIJST}{bestand.pk}/stap/", {"stap": stap}).status_code == 404
    bestand.refresh_from_db()
    assert bestand.staat == Staat.GEKEURD


def test_showing_an_example_of_each_column_is_in_the_log(kantoor: Client) -> None:
    bestand = maken.offered([maken.row(1)])
    voor = Auditregel.objects.count()
    kantoor.get(f"{LIJST}{bestand.pk}/")
    regels = Auditregel.objects.order_by("id")[voor:]
    assert [each.wijze for each in regels] == ["geopend"]


def test_list_asks_as_much_for_twenty_files_as_for_two(
    kantoor: Client, django_assert_num_queries: Any
) -> None:
    van = organisatie()
    for nummer in range(2):
        maken.offered([maken.row(nummer)], van=van)
    kantoor.get(LIJST)
    with CaptureQueriesContext(connection) as twee:
        kantoor.get(LIJST)
    for nummer in range(18):
        maken.offered([maken.row(nummer)], van=van)
    with django_assert_num_queries(len(twee)):
        kantoor.get(LIJST)


def test_file_of_another_municipality_is_absent(kantoor: Client) -> None:
    wie = maken.backoffice("GM0005")
    van = organisatie("Elders", gemeenten=["GM0005"])
    bestand = maken.offered([maken.row(1)], wie=wie, van=van)
    assert kantoor.get(f"{LIJST}{bestand.pk}/").status_code == 404
    assert bestand.naam not in kantoor.get(LIJST).content.decode()


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BACKOFFICE])
def test_only_the_back_office_comes_here(client: Client, rol: Rol) -> None:
    bestand = maken.checked([maken.row(1)])
    client.force_login(account("iemand", rol=rol))
    for pad in ("", f"{bestand.pk}/", f"{bestand.pk}/voortgang/"):
        assert client.get(f"{LIJST}{pad}").status_code == 403
    for pad in ("", f"{bestand.pk}/", f"{bestand.pk}/stap/"):
        assert client.post(f"{LIJST}{pad}", {"stap": "verwerken"}).status_code == 403
