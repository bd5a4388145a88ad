"""One sign-in, one municipality at a time, and a border that follows it."""

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from samenloop.access import aanwezig, menu
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Domein, Rol
from samenloop.core import gemeentegrens
from samenloop.personen.models import Gemeente
from tests.access.accounts import account, actor, appoint, organisatie

pytestmark = pytest.mark.django_db
EEMSMOND, DE_MARNE, BEDUM = "GM1651", "GM1663", "GM0005"


@pytest.fixture
def ineke() -> Gebruiker:
    """A director for two municipalities, and something else in the second."""
    Gemeente.objects.create(code=EEMSMOND, naam="Eemsmond")
    Gemeente.objects.create(code=DE_MARNE, naam="De Marne")
    gemaakt = account("ineke", rol=Rol.REGISSEUR, domeinen=[Domein.JEUGD])
    appoint(gemaakt, Rol.TEAMLEIDER, DE_MARNE)
    return gemaakt


@pytest.fixture
def ingelogd(client: Client, ineke: Gebruiker) -> Client:
    """A browser in which she is signed in."""
    client.force_login(ineke)
    return client


class Meekijker:
    """Stands where a view stands, and remembers what it was given."""

    def __init__(self) -> None:
        self.actor: object = None
        self.grens = gemeentegrens.NERGENS
        self.in_database = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.actor = request.actor  # type: ignore[attr-defined]
        self.grens = gemeentegrens.current()
        with connection.cursor() as cursor:
            cursor.execute("SELECT array_to_string(samenloop_gemeenten(), ',')")
            self.in_database = cursor.fetchone()[0]
        return HttpResponse()


@pytest.fixture
def verzoek(ineke: Gebruiker, client: Client) -> HttpRequest:
    """A request of hers as the middleware gets it."""
    gemaakt = RequestFactory().get("/")
    gemaakt.session = client.session
    ineke.is_verified = lambda: False  # type: ignore[attr-defined]
    gemaakt.user = ineke
    return gemaakt


def test_roles_and_border_are_those_of_the_active_municipality(
    verzoek: HttpRequest,
) -> None:
    kijker = Meekijker()
    aanwezig.AanwezigMiddleware(kijker)(verzoek)
    assert kijker.actor == actor(
        Rol.REGISSEUR,
        gemeente=EEMSMOND,
        domeinen=[Domein.JEUGD],
        account=verzoek.user.pk,
        naam="Ineke",
    )
    assert kijker.grens.gemeenten == (EEMSMOND,)
    assert kijker.in_database == EEMSMOND
    verzoek.session["gemeente"] = DE_MARNE
    aanwezig.AanwezigMiddleware(kijker)(verzoek)
    assert kijker.actor.rollen == {Rol.TEAMLEIDER}  # type: ignore[attr-defined]
    assert kijker.in_database == DE_MARNE


def test_nothing_stays_open_after_a_request(verzoek: HttpRequest) -> None:
    with gemeentegrens.within(BEDUM):
        aanwezig.AanwezigMiddleware(Meekijker())(verzoek)
        assert gemeentegrens.current().gemeenten == (BEDUM,)

        def broken(request: HttpRequest) -> HttpResponse:
            raise RuntimeError("stuk")

        with pytest.raises(RuntimeError, match="stuk"):
            aanwezig.AanwezigMiddleware(broken)(verzoek)
        assert gemeentegrens.current().gemeenten == (BEDUM,)
        with connection.cursor() as cursor:
            cursor.execute("SELECT samenloop_gemeenten()")
            assert cursor.fetchone()[0] == [BEDUM]


def test_who_works_nowhere_sees_nothing(client: Client) -> None:
    nieuw = account("nieuw", gemeente="")
    nieuw.is_verified = lambda: False  # type: ignore[attr-defined]
    verzoek = RequestFactory().get("/")
    verzoek.session, verzoek.user = client.session, nieuw
    kijker = Meekijker()
    with gemeentegrens.within(BEDUM):
        aanwezig.AanwezigMiddleware(kijker)(verzoek)
    assert kijker.grens == gemeentegrens.NERGENS
    assert kijker.in_database == ""


def test_the_header_says_for_whom_one_acts_and_one_can_switch(ingelogd: Client) -> None:
    blad = ingelogd.get("/gemeente/").content.decode()
    kop = blad[blad.index("<header") : blad.index("</header>")]
    assert "<strong>Eemsmond</strong>" in kop
    antwoord = ingelogd.post("/gemeente/", {"gemeente": DE_MARNE}, follow=True)
    blad = antwoord.content.decode()
    assert "<strong>De Marne</strong>" in blad[blad.index("<header") :]
    assert "U werkt nu voor De Marne." in blad


def test_a_next_session_begins_where_one_left_off(
    ingelogd: Client, ineke: Gebruiker
) -> None:
    ingelogd.post("/gemeente/", {"gemeente": DE_MARNE})
    ineke.refresh_from_db()
    later = Client()
    later.force_login(ineke)
    later.get("/account/")
    assert later.session["gemeente"] == DE_MARNE
    ineke.aanstellingen.filter(gemeente=DE_MARNE).delete()
    nog_later = Client()
    nog_later.force_login(ineke)
    nog_later.get("/account/")
    assert nog_later.session["gemeente"] == EEMSMOND


def test_one_never_acts_where_one_was_not_appointed(ingelogd: Client) -> None:
    antwoord = ingelogd.post("/gemeente/", {"gemeente": BEDUM})
    assert antwoord.status_code == 403
    assert ingelogd.session["gemeente"] == EEMSMOND


def test_a_switch_by_a_link_does_nothing(ingelogd: Client) -> None:
    ingelogd.get(f"/gemeente/?gemeente={DE_MARNE}")
    assert ingelogd.session["gemeente"] == EEMSMOND


def test_the_session_ends_with_the_appointment(
    client: Client, ineke: Gebruiker
) -> None:
    appoint(ineke, Rol.BELEID, BEDUM, vanaf="2026-01-01", tot="2026-04-01")
    with time_machine.travel("2026-03-31T23:55:00+02:00", tick=False) as klok:
        client.force_login(ineke)
        client.post("/gemeente/", {"gemeente": BEDUM})
        assert client.get("/account/").status_code == 200
        klok.move_to("2026-04-01T00:00:01+02:00")
        antwoord = client.get("/account/")
        assert antwoord["Location"] == "/aanmelden/?next=/account/"
        blad = client.get("/aanmelden/").content.decode()

        assert "aanstelling bij deze gemeente is geëindigd" in blad
        assert "_auth_user_id" not in client.session


def test_a_closed_account_is_out_at_its_next_page(
    ingelogd: Client, ineke: Gebruiker
) -> None:
    assert ingelogd.get("/account/").status_code == 200
    Gebruiker.objects.filter(pk=ineke.pk).update(is_active=False)
    assert ingelogd.get("/account/").status_code == 302
    assert not any(
        "_auth_user_id" in sessie.get_decoded() for sessie in Session.objects.all()
    )


def test_a_part_of_a_page_does_not_become_the_sign_in_page(client: Client) -> None:
    kop = {"HX-Request": "true", "HX-Current-URL": "https://x.example/over/?a=1"}
    antwoord = client.get("/account/", headers=kop)
    assert antwoord.status_code == 200
    assert antwoord["HX-Redirect"] == "/aanmelden/?next=/over/%3Fa%3D1"
    assert antwoord.content == b""


@pytest.mark.parametrize(
    ("rol", "eerste"), [(Rol.BELEID, "/overzicht/"), (Rol.BEHEER, "/overzicht/")]
)
def test_the_front_door_leads_to_what_one_may_do(
    client: Client, rol: Rol, eerste: str
) -> None:
    client.force_login(account(rol, rol=rol))
    assert client.get("/")["Location"] == eerste


def test_who_may_do_nothing_is_told_so(client: Client) -> None:
    client.force_login(account("nieuw", gemeente=""))
    antwoord = client.get("/")
    assert antwoord.status_code == 200
    assert "Nog niets voor u te doen" in antwoord.content.decode()


@pytest.mark.parametrize("rol", list(Rol))
def test_the_menu_holds_nothing_one_may_not_do(client: Client, rol: Rol) -> None:
    van = organisatie() if rol is Rol.PARTNER else None
    client.force_login(account(rol, rol=rol, organisatie=van))
    for item, adres in menu.items_for(actor(rol)):
        assert client.get(adres).status_code in {200, 302}, item
    assert [i.url_name for i, _ in menu.items_for(actor(rol))] == [
        i.url_name
        for i in menu.MENU
        if menu.address(i.url_name) and menu.besluiten.may(actor(rol), i.handeling)
    ]


def test_a_page_that_a_browser_keeps_differs_per_municipality(
    verzoek: HttpRequest, ineke: Gebruiker
) -> None:
    standen = set()
    verzoek.resolver_match = None
    for gemeente in (EEMSMOND, DE_MARNE):
        verzoek.actor = aanwezig.actor_of(ineke, gemeente)  # type: ignore[attr-defined]
        standen.add(menu.state(verzoek))
    assert len(standen) == 2
