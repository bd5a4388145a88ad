"""The terms for weighing: who changes them, what one sees first, when they count."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.signalen import weegtermijnen, wegen
from samenloop.signalen.models import Melding, Signaal, Weegtermijn
from tests.access.accounts import GEMEENTE, account
from tests.signalen.maken import gemeente, melding_van, persoon, signaal, werker

pytestmark = pytest.mark.django_db

ANDERS = {
    "veiligheid_uren": "8",
    "werkdagen": "3",
    "los_dagen": "30",
    "grond": "Collegebesluit 12 maart 2026",
}


@pytest.fixture(autouse=True)
def _plaats() -> None:
    gemeente()


def ask(client: Client, rol: Rol, **meer: str) -> tuple[int, str]:
    client.force_login(account(f"w.{rol}", rol=rol))
    antwoord = client.post(reverse("weegtermijn"), {**ANDERS, **meer})
    return antwoord.status_code, antwoord.content.decode()


def safety() -> Melding:
    gemaakt = melding_van(signaal(persoon(), veiligheidsrisico=True).pk)
    assert gemaakt is not None
    return gemaakt


@pytest.mark.parametrize("rol", [Rol.BEHEER, Rol.BELEID])
def test_who_makes_policy_changes_the_terms_and_it_is_in_the_log(
    client: Client, rol: Rol
) -> None:
    status, _pagina = ask(client, rol, actie="vastleggen")
    assert status == 302
    termijn = Weegtermijn.of(GEMEENTE)
    assert (termijn.veiligheid_uren, termijn.werkdagen, termijn.los_dagen) == (8, 3, 30)
    assert termijn.grond == ANDERS["grond"]
    assert termijn.vastgelegd_door is not None
    regel = Auditregel.objects.get(onderwerp=f"weegtermijn:{termijn.pk}")
    assert (regel.handeling, regel.wijze) == ("termijn_instellen", "gewijzigd")
    pagina = client.get(reverse("weegtermijn")).content.decode()
    assert "binnen 8 uur" in pagina
    assert ANDERS["grond"] in pagina


@pytest.mark.parametrize("rol", [Rol.CONSULENT, Rol.TEAMLEIDER, Rol.FG])
def test_others_read_them_and_change_nothing(client: Client, rol: Rol) -> None:
    status, _pagina = ask(client, rol, actie="vastleggen")
    assert status == 403
    assert not Weegtermijn.objects.exists()
    pagina = client.get(reverse("weegtermijn")).content.decode()
    assert "binnen 24 uur" in pagina
    assert "Termijnen wijzigen" not in pagina


def test_partner_sees_no_terms(client: Client) -> None:
    client.force_login(account("p", rol=Rol.PARTNER))
    assert client.get(reverse("weegtermijn")).status_code == 403


def test_other_role_cannot_go_past_the_page() -> None:
    with pytest.raises(GeenToegang):
        weegtermijnen.record(werker(Rol.REGISSEUR), Weegtermijn(grond="Besluit"))
    assert not Weegtermijn.objects.exists()


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("veiligheid_uren", "0"),
        ("veiligheid_uren", "121"),
        ("werkdagen", "61"),
        ("werkdagen", "vijf"),
        ("los_dagen", "6"),
        ("los_dagen", ""),
        ("grond", ""),
    ],
)
def test_what_cannot_be_a_term_is_said_and_changes_nothing(
    client: Client, veld: str, waarde: str
) -> None:
    status, pagina = ask(client, Rol.BEHEER, actie="vastleggen", **{veld: waarde})
    assert status == 422
    assert f'href="#id_{veld}"' in pagina
    assert not Weegtermijn.objects.exists()


def test_looking_shows_what_it_would_mean_and_records_nothing(client: Client) -> None:
    nu = klok.now()
    with time_machine.travel(nu - timedelta(hours=10), tick=False):
        safety()
    with time_machine.travel(nu - timedelta(days=40), tick=False):
        los = signaal(persoon("Los"))
        Signaal.objects.filter(pk=los.pk).update(status=Signaal.Status.GEWOGEN)
    with time_machine.travel(nu, tick=False):
        status, pagina = ask(client, Rol.BEHEER)
        blik = weegtermijnen.try_out(
            GEMEENTE, Weegtermijn(veiligheid_uren=8, werkdagen=3, los_dagen=30)
        )
    assert status == 200
    veilig, overig = blik.gevolgen
    assert (veilig.aantal, veilig.te_laat_nu, veilig.te_laat_dan) == (1, 0, 1)
    assert (overig.aantal, overig.te_laat_nu, overig.te_laat_dan) == (0, 0, 0)
    assert (blik.los_nu, blik.los_dan) == (0, 1)
    assert "0 volgens wat nu geldt, 1 volgens deze termijnen" in pagina
    # The Enter key presses the first button: it must not record what was not seen.
    assert pagina.index('value="bekijken"') < pagina.index('value="vastleggen"')
    assert not Weegtermijn.objects.exists()


def test_looking_counts_only_this_municipality(client: Client) -> None:
    gemeente("GM0005")
    actor = werker(code="GM0005")
    signaal(persoon(code="GM0005"), veiligheidsrisico=True, actor=actor)
    blik = weegtermijnen.try_out(GEMEENTE, Weegtermijn())
    assert [each.aantal for each in blik.gevolgen] == [0, 0]


def test_what_waits_keeps_its_own_term_and_what_comes_gets_the_new_one() -> None:
    with time_machine.travel("2026-03-10T10:00:00+01:00", tick=False):
        eerder = safety()
        was = eerder.weeg_voor
        weegtermijnen.record(
            werker(Rol.BEHEER), Weegtermijn(veiligheid_uren=8, grond="Besluit")
        )
        eerder.refresh_from_db()
        later = safety()
    assert eerder.weeg_voor == was
    assert later.weeg_voor - later.ontstaan_op == timedelta(hours=8)


def test_preview_of_loose_signals_is_what_the_night_does() -> None:
    nu = klok.now()
    with time_machine.travel(nu - timedelta(days=40), tick=False):
        for _ in range(2):
            los = signaal(persoon("Los"))
            Signaal.objects.filter(pk=los.pk).update(status=Signaal.Status.GEWOGEN)
    with time_machine.travel(nu, tick=False):
        dan = Weegtermijn(los_dagen=30, grond="Besluit")
        verwacht = weegtermijnen.try_out(GEMEENTE, dan).los_dan
        weegtermijnen.record(werker(Rol.BEHEER), dan)
        assert wegen.close_untouched() == verwacht == 2
