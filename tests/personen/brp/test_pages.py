"""The pages around the BRP: no number in an address, no error page when it is dead."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.demo.bronnen.brp_document import Mens
from samenloop.personen import taak
from samenloop.personen.brp.models import BrpTerugmelding, Status
from samenloop.personen.models import Persoon
from tests.access.accounts import account
from tests.demo.bronnen_op_poort import Bronnen, brp_settings
from tests.personen.maken import municipality, person, reserved_bsns

pytestmark = pytest.mark.django_db
HIER = "GM1663"
OPHALEN = "/personen/uit-de-brp/"


@pytest.fixture(autouse=True)
def _here() -> None:
    municipality(HIER, "De Marne")
    municipality("GM1651", "Eemsmond")


@pytest.fixture
def worker(client: Client) -> Client:
    client.force_login(account(gemeente=HIER))
    return client


def known(nummer: int = 0) -> Persoon:
    """Somebody with a BSN that the municipality knows."""
    return Persoon.objects.register(
        reserved_bsns(nummer + 1)[nummer], geslachtsnaam="Twijfel", gemeenten=[HIER]
    )


def fetch(client: Client, bsn: str, doel: str = "jeugd_toeleiding", **meer: Any) -> Any:
    return client.post(OPHALEN, {"bsn": bsn, "doel": doel, **meer})


def test_a_person_is_fetched_and_opens_for_the_purpose_chosen(
    worker: Client, brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    antwoord = fetch(worker, mensen["kind_samen"].bsn, gezin="on")
    persoon = Persoon.objects.get(voornamen="Wytze")
    assert antwoord.status_code == 302
    assert antwoord.url == f"/personen/{persoon.pk}/"
    pagina = worker.get(antwoord.url)
    assert pagina.status_code == 200
    assert "Wytze" in pagina.text
    assert Persoon.objects.count() == 3
    for plek in (antwoord.url, pagina.text):
        assert mensen["kind_samen"].bsn not in plek


@pytest.mark.parametrize(
    ("bsn", "doel", "zin"),
    [
        ("123456789", "bijstand", "geen geldig burgerservicenummer"),
        ("", "bijstand", "Vul het nummer in"),
        ("999900006", "", "Kies een doel"),
        ("999900006", "klacht", "klacht"),
        ("999900006", "bijstand", "kent niemand met dit nummer"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_registered(
    worker: Client, brp: Bronnen, bsn: str, doel: str, zin: str
) -> None:
    antwoord = fetch(worker, bsn, doel)
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert not Persoon.objects.exists()


@pytest.mark.parametrize(
    ("soort", "zin"),
    [("fout", "geeft geen antwoord"), ("druk", "te druk"), ("rommel", "niet te lezen")],
)
def test_trouble_at_the_brp_is_a_sentence(
    worker: Client, brp: Bronnen, mensen: dict[str, Mens], soort: str, zin: str
) -> None:
    brp.disturb("brp", soort)
    antwoord = fetch(worker, mensen["gewoon"].bsn)
    assert antwoord.status_code == 422
    assert zin in antwoord.text


def test_without_a_connection_one_hears_whom_to_ask(
    worker: Client, brp: Bronnen, mensen: dict[str, Mens], settings: Any
) -> None:
    settings.BRP = brp_settings(brp, URL="")
    antwoord = fetch(worker, mensen["gewoon"].bsn)
    assert "functioneel beheerder" in antwoord.text


def test_bringing_up_to_date_asks_the_purpose_first(
    worker: Client, brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    fetch(worker, mensen["gewoon"].bsn)
    persoon = Persoon.objects.get()
    mensen["gewoon"].voornamen = "Johanna"
    plek = reverse("brp-bijwerken", args=[persoon.pk])
    assert worker.get(plek).status_code == 405
    assert worker.post(plek).url == f"/personen/{persoon.pk}/"
    persoon.refresh_from_db()
    assert persoon.voornamen == "Johanna"
    sessie = worker.session
    sessie["personen_doel"] = {}
    sessie.save()
    assert worker.post(plek).url == f"/personen/{persoon.pk}/doel/"
    assert len(brp.calls("brp")) == 2


def test_a_doubt_is_reported_and_its_answer_fetched(
    worker: Client, brp: Bronnen
) -> None:
    wie = known()
    plek = reverse("brp-terugmelden", args=[wie.pk])
    antwoord = worker.get(plek)
    assert antwoord.status_code == 200
    assert "nog niets teruggemeld" in antwoord.text
    assert worker.post(plek, {"categorie": "08"}).status_code == 422
    gegeven = {"categorie": "08", "waarom": "Woont hier niet.", "voorstel": "Elders"}
    assert worker.post(plek, gegeven).url == plek
    melding = BrpTerugmelding.objects.get()
    assert melding.status == Status.VERSTUURD
    verder = reverse("brp-terugmelding-verder", args=[melding.pk])
    worker.post(verder)
    worker.post(verder)
    pagina = worker.get(plek).text
    assert "gecorrigeerd" in pagina
    assert "Correctie ophalen" in pagina


def test_a_doubt_about_somebody_without_bsn_goes_nowhere(
    worker: Client, brp: Bronnen
) -> None:
    with gemeentegrens.within(HIER):
        wie = person()
    plek = reverse("brp-terugmelden", args=[wie.pk])
    antwoord = worker.post(plek, {"categorie": "08", "waarom": "Woont hier niet."})
    assert antwoord.status_code == 422
    assert not BrpTerugmelding.objects.exists()


def test_a_report_that_waits_can_be_withdrawn(
    worker: Client, brp: Bronnen, settings: Any
) -> None:
    settings.BRP = brp_settings(brp, TERUGMELDEN_URL="")
    wie = known()
    plek = reverse("brp-terugmelden", args=[wie.pk])
    worker.post(plek, {"categorie": "08", "waarom": "Woont hier niet."})
    melding = BrpTerugmelding.objects.get()
    pagina = worker.get(plek).text
    assert "Terugmelding nu versturen" in pagina
    worker.post(reverse("brp-terugmelding-intrekken", args=[melding.pk]))
    melding.refresh_from_db()
    assert melding.status == Status.INGETROKKEN


def test_people_and_reports_of_another_municipality_do_not_exist(
    worker: Client, brp: Bronnen
) -> None:
    elders = Persoon.objects.register(
        reserved_bsns(1)[0], geslachtsnaam="Elders", gemeenten=["GM1651"]
    )
    melding = BrpTerugmelding.objects.create(
        gemeente="GM1651", persoon=elders, categorie="08", waarom="x",
        opgesteld_op="2026-03-10T09:00:00Z", opgesteld_door="1",
    )  # fmt: skip
    for naam, wat in (
        ("brp-terugmelden", elders.pk),
        ("brp-bijwerken", elders.pk),
        ("brp-terugmelding-verder", melding.pk),
        ("brp-terugmelding-intrekken", melding.pk),
    ):
        assert worker.post(reverse(naam, args=[wat])).status_code == 404


@pytest.mark.parametrize("rol", [Rol.BELEID, Rol.BEHEER, Rol.FG, Rol.PARTNER])
def test_who_has_no_task_is_refused(client: Client, brp: Bronnen, rol: Rol) -> None:
    client.force_login(account(gemeente=HIER, rol=rol))
    wie = known()
    assert client.get(OPHALEN).status_code == 403
    assert client.get(reverse("brp-terugmelden", args=[wie.pk])).status_code == 403
    assert brp.calls() == []


def test_the_page_about_a_person_says_what_the_brp_says_and_is_doubted(
    worker: Client, brp: Bronnen, mensen: dict[str, Mens]
) -> None:
    fetch(worker, mensen["jaar_maand"].bsn)
    persoon = Persoon.objects.get()
    plek = f"/personen/{persoon.pk}/"
    zonder_taak = worker.get(plek).text
    assert "Bijwerken uit de BRP" in zonder_taak
    assert "6-1979" not in zonder_taak  # no task of their own: identity only
    gegeven = {"categorie": "08", "waarom": "Woont hier niet."}
    worker.post(reverse("brp-terugmelden", args=[persoon.pk]), gegeven)
    assert "wordt getwijfeld" in worker.get(plek).text


def test_who_has_a_task_sees_what_is_known_of_a_date(
    worker: Client, brp: Bronnen, mensen: dict[str, Mens],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(taak, "is_assigned", lambda actor, persoon: True)
    fetch(worker, mensen["jaar_maand"].bsn)
    pagina = worker.get(f"/personen/{Persoon.objects.get().pk}/").text
    assert "6-1979" in pagina
    assert "Laatst opgehaald" in pagina
