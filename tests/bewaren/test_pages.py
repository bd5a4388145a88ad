"""Who may set terms, hold back and destroy; and what the pages say."""

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from samenloop.access.bewaren.models import Bewaarinstelling, Opschorting, Vernietiging
from samenloop.access.rollen import Rol
from samenloop.core import klok
from tests.access.accounts import GEMEENTE, account

pytestmark = pytest.mark.django_db
REDEN = "De FG adviseerde deze termijn op 3 maart."


@pytest.fixture(autouse=True)
def _second_step(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]


def signed_in(rol: Rol) -> Client:
    client = Client()
    client.force_login(account(rol.value, rol=rol))
    return client


@pytest.mark.parametrize("rol", [Rol.BEHEER, Rol.FG, Rol.BELEID])
def test_terms_are_read_by_who_must_explain_them(rol: Rol) -> None:
    client = signed_in(rol)
    for naam in ("bewaren", "bewaartermijnen"):
        assert client.get(reverse(naam)).status_code == 200


@pytest.mark.parametrize("rol", [Rol.CONSULENT, Rol.PARTNER])
def test_others_are_told_why_not(rol: Rol) -> None:
    antwoord = signed_in(rol).get(reverse("bewaren"))
    assert antwoord.status_code == 403


def test_setting_a_term_takes_a_term_and_a_reason() -> None:
    client = signed_in(Rol.BEHEER)
    adres = reverse("bewaartermijn", args=["B043"])
    for fout in ({"duur": "zes weken", "reden": REDEN}, {"duur": "P42D", "reden": "x"}):
        assert client.post(adres, fout).status_code == 422
    assert not Bewaarinstelling.objects.exists()
    assert client.post(adres, {"duur": "p42d", "reden": REDEN}).status_code == 302
    assert Bewaarinstelling.objects.get().duur == "P42D"


@pytest.mark.parametrize("code", ["B001", "B066", "B999"])
def test_a_term_of_the_law_cannot_be_set(code: str) -> None:
    adres = reverse("bewaartermijn", args=[code])
    assert signed_in(Rol.BEHEER).get(adres).status_code == 404


def test_officer_holds_back_and_administrator_destroys() -> None:
    fg, beheer = signed_in(Rol.FG), signed_in(Rol.BEHEER)
    waarvan = {
        "waarvan": "melding:0d5c8d76-3b3c-4b0a-9a3f-6f8f4f1f5f11",
        "grond": "bezwaar",
        "reden": REDEN,
    }
    assert fg.post(reverse("opschorten"), waarvan).status_code == 302
    opschorting = Opschorting.objects.get()
    assert opschorting.onderwerp == waarvan["waarvan"]
    assert fg.post(reverse("vernietigen")).status_code == 403
    assert beheer.post(reverse("vernietigen")).status_code == 302
    assert Vernietiging.objects.get().gemeente == GEMEENTE
    job = ProcrastinateJob.objects.get(task_name__endswith="destroy_asked")
    assert set(job.args) == {"vernietiging", "gemeente"}
    opheffen = reverse("opschorting-opheffen", args=[opschorting.pk])
    assert fg.post(opheffen).status_code == 302
    opschorting.refresh_from_db()
    assert opschorting.tot == klok.today()


def test_a_run_of_the_neighbour_is_not_there() -> None:
    ander = Vernietiging.objects.create(gemeente="GM0005", begonnen_op=klok.now())
    eigen = Vernietiging.objects.create(gemeente=GEMEENTE, begonnen_op=klok.now())
    client = signed_in(Rol.BEHEER)
    assert client.get(reverse("vernietiging", args=[ander.pk])).status_code == 404
    assert client.get(reverse("vernietiging", args=[eigen.pk])).status_code == 200
    assert client.post(reverse("vernietiging-stop", args=[eigen.pk])).status_code == 302
    eigen.refresh_from_db()
    assert eigen.stop_gevraagd
