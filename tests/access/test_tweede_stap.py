"""The second step of signing in: a password alone shows nothing."""

import re
from base64 import b32decode
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from samenloop.access import tweede_stap
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from tests.access.accounts import WACHTWOORD, account

pytestmark = pytest.mark.django_db
INSTELLEN = "/tweede-stap/instellen/"


@pytest.fixture
def sanne(settings: LazySettings) -> Gebruiker:
    """A policy officer with an account, where the second step is asked."""
    settings.TWEEDE_STAP_VERPLICHT = True
    return account("sanne", rol=Rol.BELEID)


def _password(client: Client, wachtwoord: str = WACHTWOORD) -> None:
    client.post("/aanmelden/", {"username": "sanne", "password": wachtwoord})


def _code(sleutel: bytes, verschil: int = 0) -> str:
    teller = TOTP(sleutel)
    teller.time = timezone.now().timestamp() + verschil
    return f"{teller.token():06d}"


def _key_on_page(client: Client) -> bytes:
    blad = client.get(INSTELLEN).content.decode()
    gevonden = re.search(r'<code class="sl-code">([A-Z2-7 ]+)</code>', blad)
    assert gevonden
    tekst = gevonden[1].replace(" ", "")
    return b32decode(tekst + "=" * (-len(tekst) % 8))


def _enrol(client: Client) -> tuple[bytes, list[str]]:
    _password(client)
    sleutel = _key_on_page(client)
    antwoord = client.post(INSTELLEN, {"code": _code(sleutel)})
    codes = re.findall(r"<li><code[^>]*>([a-z2-9-]{11})<", antwoord.content.decode())
    return sleutel, codes


def test_after_the_password_comes_setting_up(client: Client, sanne: Gebruiker) -> None:
    _password(client)
    for adres in ("/", "/overzicht/", "/account/", "/gemeente/", "/wie-mag-wat/"):
        antwoord = client.get(adres)
        assert antwoord.status_code == 302
        assert antwoord["Location"].startswith(f"{INSTELLEN}?next=")
    blad = client.get(INSTELLEN).content.decode()
    assert 'src="data:image/svg+xml' in blad
    assert "/leveringen/" not in blad, "no menu before the second step"


def test_one_can_leave_and_choose_a_language_halfway(
    client: Client, sanne: Gebruiker
) -> None:
    _password(client)
    assert client.post("/taal/", {"language": "en"}).status_code == 302
    assert client.post("/afmelden/").status_code == 200


def test_setting_up_opens_the_pages_and_gives_codes(
    client: Client, sanne: Gebruiker
) -> None:
    _sleutel, codes = _enrol(client)
    assert len(set(codes)) == tweede_stap.AANTAL_HERSTELCODES
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("code", ["", "123", "abcdef", "000000"])
def test_a_wrong_first_code_puts_nothing_in_use(
    client: Client, sanne: Gebruiker, code: str
) -> None:
    _password(client)
    sleutel = _key_on_page(client)
    assert code != _code(sleutel)
    antwoord = client.post(INSTELLEN, {"code": code})
    assert antwoord.status_code == 422
    assert not tweede_stap.has_device(sanne)
    assert client.get("/account/").status_code == 302


def test_next_time_the_code_is_asked_and_leads_on(
    client: Client, sanne: Gebruiker
) -> None:
    sleutel, _codes = _enrol(client)
    nieuw = Client()
    _password(nieuw)
    antwoord = nieuw.get("/account/?a=1")
    assert antwoord["Location"] == "/tweede-stap/?next=%2Faccount%2F%3Fa%3D1"
    # Setting up another telephone is not a way around it.
    assert nieuw.get(INSTELLEN)["Location"] == "/tweede-stap/"
    assert nieuw.post("/tweede-stap/", {"code": "000000"}).status_code == 422
    assert nieuw.get("/account/").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(seconds=60), tick=False):
        velden = {"code": _code(sleutel), "next": "/account/?a=1"}
        assert nieuw.post("/tweede-stap/", velden)["Location"] == "/account/?a=1"
        assert nieuw.get("/account/").status_code == 200


def test_a_code_works_once(client: Client, sanne: Gebruiker) -> None:
    sleutel, _codes = _enrol(client)
    nieuw = Client()
    _password(nieuw)
    with time_machine.travel(timezone.now() + timedelta(seconds=60), tick=False):
        code = _code(sleutel)
        assert nieuw.post("/tweede-stap/", {"code": code}).status_code == 302
        ander = Client()
        _password(ander)
        assert ander.post("/tweede-stap/", {"code": code}).status_code == 422


def test_guessing_gets_slower_also_for_the_right_code(
    client: Client, sanne: Gebruiker
) -> None:
    sleutel, _codes = _enrol(client)
    nieuw = Client()
    _password(nieuw)
    with time_machine.travel(timezone.now() + timedelta(seconds=60), tick=False):
        for _poging in range(5):
            nieuw.post("/tweede-stap/", {"code": "000000"})
        antwoord = nieuw.post("/tweede-stap/", {"code": _code(sleutel)})
        assert antwoord.status_code == 422


def test_a_recovery_code_works_once_and_is_not_kept_readable(
    client: Client, sanne: Gebruiker
) -> None:
    _sleutel, codes = _enrol(client)
    bewaard = set(StaticToken.objects.values_list("token", flat=True))
    assert not bewaard & {code.replace("-", "") for code in codes}
    eerste, tweede = Client(), Client()
    for browser in (eerste, tweede):
        _password(browser)
    assert eerste.post("/tweede-stap/", {"code": codes[0].upper()}).status_code == 302
    assert eerste.get("/account/").status_code == 200
    assert tweede.post("/tweede-stap/", {"code": codes[0]}).status_code == 422
    assert tweede_stap.codes_left(sanne) == len(codes) - 1


def test_new_recovery_codes_end_the_former(client: Client, sanne: Gebruiker) -> None:
    _sleutel, oude = _enrol(client)
    client.post("/account/herstelcodes/")
    nieuw = Client()
    _password(nieuw)
    assert nieuw.post("/tweede-stap/", {"code": oude[0]}).status_code == 422


def test_another_telephone_ends_the_former(client: Client, sanne: Gebruiker) -> None:
    _enrol(client)
    oud = TOTPDevice.objects.get(confirmed=True)
    client.post(INSTELLEN, {"code": _code(_key_on_page(client))})
    assert TOTPDevice.objects.get(user=sanne).pk != oud.pk
    assert client.get("/account/").status_code == 200


def test_a_demonstration_does_not_ask_but_one_can_try(
    client: Client, sanne: Gebruiker, settings: LazySettings
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    _password(client)
    assert client.get("/account/").status_code == 200
    _enrol(client)
    nieuw = Client()
    _password(nieuw)
    assert nieuw.get("/account/")["Location"].startswith("/tweede-stap/?next=")


def test_a_sign_in_page_of_a_demonstration_says_so(
    client: Client, settings: LazySettings
) -> None:
    settings.DEMO = True
    assert "wordt hier niet gevraagd" in client.get("/aanmelden/").content.decode()
    settings.DEMO, settings.TWEEDE_STAP_VERPLICHT = False, True
    blad = client.get("/aanmelden/").content.decode()
    assert "wordt hier niet gevraagd" not in blad
    assert "een code van uw telefoon gevraagd" in blad


def test_another_password_ends_the_other_sessions(
    client: Client, sanne: Gebruiker, settings: LazySettings
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    elders = Client()
    for browser in (client, elders):
        _password(browser)
    velden = {"new_password1": "boven-op-de-dijk", "new_password2": "boven-op-de-dijk"}
    fout = client.post("/account/wachtwoord/", {"old_password": "x", **velden})
    assert fout.status_code == 422
    assert elders.get("/account/").status_code == 200
    antwoord = client.post(
        "/account/wachtwoord/", {"old_password": WACHTWOORD, **velden}
    )
    assert antwoord["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert elders.get("/account/").status_code == 302


def test_a_temporary_password_is_replaced_before_anything_else(
    client: Client, sanne: Gebruiker, settings: LazySettings
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    Gebruiker.objects.update(wachtwoord_tijdelijk=True)
    _password(client)
    assert client.get("/overzicht/")["Location"].startswith("/account/wachtwoord/")
    velden = {"new_password1": "boven-op-de-dijk", "new_password2": "boven-op-de-dijk"}
    client.post("/account/wachtwoord/", {"old_password": WACHTWOORD, **velden})
    assert client.get("/account/").status_code == 200


def test_the_dialog_keeps_the_session_or_ends_it(
    client: Client, sanne: Gebruiker, settings: LazySettings
) -> None:
    settings.TWEEDE_STAP_VERPLICHT = False
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as klok:
        _password(client)
        klok.move_to(begin + timedelta(minutes=14))
        assert client.post("/sessie/", {"actie": "verder"}).json() == {"seconden": 900}
        klok.move_to(begin + timedelta(minutes=28))
        assert client.get("/account/").status_code == 200
        client.post("/sessie/", {"actie": "einde"})
        assert client.get("/account/").status_code == 302
