"""The officer's pages: what they show, to whom, and that reading leaves a line."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samenloop.access.logboek import Wijze, afwijkingen, toezicht
from samenloop.access.logboek.models import (
    Afwijking,
    Auditregel,
    Controle,
    Verwerking,
    Verwerkingsactiviteit,
)
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import gemeentegrens
from tests.access.accounts import account, actor
from tests.logboek.bezig import Betrokken, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def sanne() -> Gebruiker:
    """A caseworker, whose looks one reads."""
    return account("s.bakker", naam="Sanne Bakker")


@pytest.fixture
def fg(client: Client) -> Client:
    """The officer, signed in."""
    client.force_login(account("f.groot", rol=Rol.FG, naam="Fenna Groot"))
    return client


def _text(client: Client, adres: str) -> str:
    antwoord = client.get(adres)
    assert antwoord.status_code == 200, antwoord.content[:500]
    return antwoord.content.decode()


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.FG])
@pytest.mark.parametrize(
    "adres", ["/logboek/", "/logboek/export/", "/logboek/afwijkingen/"]
)
def test_only_the_officer_reads_the_log(client: Client, rol: Rol, adres: str) -> None:
    client.force_login(account("iemand", rol=rol))
    assert client.get(adres).status_code == 403
    assert not Auditregel.objects.exists()


def test_officer_sees_who_looked_and_that_is_recorded(
    fg: Client, sanne: Gebruiker
) -> None:
    look(actor(Rol.REGISSEUR, account=sanne))
    tekst = _text(fg, "/logboek/")
    assert "Sanne Bakker" in tekst
    assert "regisseur" in tekst
    regel = Auditregel.objects.get(handeling="log_lezen")
    assert (regel.actor_naam, regel.onderwerp) == ("Fenna Groot", "logboek")
    # The processing log knows no users, and reading it is no processing in it.
    assert Verwerking.objects.count() == 1


@pytest.mark.parametrize(
    ("vraag", "past"),
    [
        ("rol=consulent", True),
        ("rol=backoffice", False),
        ("wijze=geopend", True),
        ("wijze=gevonden", False),
        ("handeling=persoon_openen", True),
        ("handeling=bsn_tonen", False),
        ("doel=wmo_onderzoek", True),
        ("doel=schuldhulp", False),
        ("vanaf=2001-01-01&tot=2001-12-31", False),
        ("vanaf=2001-01-01", True),
    ],
)
def test_conditions_narrow_what_is_shown(
    fg: Client, sanne: Gebruiker, vraag: str, past: bool
) -> None:
    look(actor(account=sanne))
    assert ("Sanne Bakker</td>" in _cells(fg, f"/logboek/?{vraag}")) == past


def _cells(client: Client, adres: str) -> str:
    """The page without the list of workers, and cells without what is behind a name."""
    tekst = _text(client, adres).split("</form>", 3)[-1]
    return tekst.replace(' <span class="sl-meta">consulent</span>', "")


def test_lines_of_one_worker_and_about_one_person(fg: Client, sanne: Gebruiker) -> None:
    piet = account("p.mulder", naam="Piet Mulder")
    persoon = look(actor(account=sanne, naam="Sanne Bakker"))
    look(actor(account=piet, naam="Piet Mulder"), uuid4(), persoon)
    look(actor(account=piet, naam="Piet Mulder"), uuid4())
    van_piet = _cells(fg, f"/logboek/?account={piet.pk}")
    assert van_piet.count("Piet Mulder</td>") == 2
    assert "Sanne Bakker</td>" not in van_piet
    over = _cells(fg, f"/logboek/?persoon={persoon}")
    assert over.count("Piet Mulder</td>") == over.count("Sanne Bakker</td>") == 1
    assert Auditregel.objects.filter(onderwerp=f"logboek:persoon:{persoon}").exists()


def test_wrong_condition_is_told_at_the_field(fg: Client) -> None:
    for vraag in (
        "persoon=Bakker",
        "vanaf=gisteren",
        "vanaf=2026-02-02&tot=2026-02-01",
    ):
        antwoord = fg.get(f"/logboek/?{vraag}")
        assert antwoord.status_code == 422
        assert "sl-samenvatting" in antwoord.content.decode()
    assert fg.get("/logboek/export/?persoon=Bakker").status_code == 400


def test_pages_follow_each_other_without_a_gap_or_a_double(
    fg: Client, sanne: Gebruiker
) -> None:
    nu = timezone.now()
    for nummer in range(120):
        # Many at the very same moment: the place is moment and number together.
        look(actor(account=sanne), op=nu - timedelta(minutes=nummer // 60))
    gezien: list[str] = []
    adres = f"/logboek/?account={sanne.pk}"
    while adres:
        tekst = _text(fg, adres)
        gezien += [
            stuk.split("/")[0] for stuk in tekst.split('href="/logboek/regels/')[1:]
        ]
        verder = tekst.split('rel="next" href="')
        adres = verder[1].split('"')[0].replace("&amp;", "&") if verder[1:] else ""
    assert len(gezien) == len(set(gezien)) == 120
    assert fg.get("/logboek/?na=geen-plek").status_code == 200


def test_line_shows_the_processing_that_belongs_to_it(
    fg: Client, sanne: Gebruiker
) -> None:
    personen = [uuid4(), uuid4()]
    look(actor(account=sanne), *personen)
    look(actor(account=sanne), ander := uuid4())
    regel = Auditregel.objects.get(aantal_personen=2)
    tekst = _text(fg, f"/logboek/regels/{regel.pk}/")
    assert all(str(persoon) in tekst for persoon in personen)
    assert str(ander) not in tekst
    assert bytes(regel.hash).hex(" ", 4) in tekst
    assert "Personen zoeken en raadplegen" in tekst


def test_line_of_another_municipality_is_not_there(fg: Client) -> None:
    look(actor(gemeente="GM0005"))
    regel = Auditregel.objects.get()
    assert fg.get(f"/logboek/regels/{regel.pk}/").status_code == 404
    assert "GM0005" not in _text(fg, "/logboek/")


def test_export_holds_all_that_fits_and_is_itself_recorded(
    fg: Client, sanne: Gebruiker
) -> None:
    for _each in range(60):
        look(actor(account=sanne, naam="=cmd()"))
    look(actor(gemeente="GM0005", naam="Elders"))
    antwoord = fg.get("/logboek/export/?handeling=persoon_openen")
    assert antwoord["Content-Type"] == "text/csv; charset=utf-8"
    # It is sent after the request is over, when no border is set any more.
    with gemeentegrens.within():
        inhoud = b"".join(antwoord.streaming_content).decode("utf-8-sig")
    regels = inhoud.splitlines()
    assert regels[0].startswith("id;op;gemeente;")
    assert len(regels) == 61
    assert "Elders" not in inhoud
    assert ";'=cmd();" in inhoud
    geschreven = Auditregel.objects.get(handeling="log_lezen")
    assert geschreven.wijze == Wijze.VERSTREKT


def _odd(sanne: Gebruiker) -> Afwijking:
    with Betrokken():
        look(actor(account=sanne, naam="Sanne Bakker"))
        afwijkingen.put_forward(timezone.now() + timedelta(seconds=1))
    return Afwijking.objects.get()


def test_officer_reads_an_odd_look_and_decides(fg: Client, sanne: Gebruiker) -> None:
    rij = _odd(sanne)
    assert '<span class="sl-tel">1' in _text(fg, "/logboek/")
    assert "Geen taak of betrokkenheid" in _text(fg, "/logboek/afwijkingen/")
    adres = f"/logboek/afwijkingen/{rij.pk}/"
    assert str(rij.persoon) in _text(fg, adres)
    assert fg.post(adres, {"status": "verklaard"}).status_code == 422
    antwoord = fg.post(adres, {"status": "ernstig", "reden": "Geen werk, wel gekeken."})
    assert antwoord.status_code == 302
    rij.refresh_from_db()
    assert (rij.status, rij.besloten_door_naam) == ("ernstig", "Fenna Groot")
    assert "staat niets" in _text(fg, "/logboek/afwijkingen/")
    assert "Sanne Bakker" in _text(fg, "/logboek/afwijkingen/?status=alle")
    assert "Geen werk, wel gekeken." in _text(fg, adres)


def test_odd_look_of_another_municipality_is_not_there(fg: Client) -> None:
    with Betrokken():
        look(actor(gemeente="GM0005", account=account("e", gemeente="GM0005")))
        afwijkingen.put_forward(timezone.now() + timedelta(seconds=1))
    rij = Afwijking.objects.get()
    assert fg.get(f"/logboek/afwijkingen/{rij.pk}/").status_code == 404
    assert "staat niets" in _text(fg, "/logboek/afwijkingen/")


def test_check_is_started_shown_and_stopped(fg: Client) -> None:
    look(actor())
    assert "nog niet gecontroleerd" in _text(fg, "/logboek/ketens/")
    assert fg.post("/logboek/ketens/controle/").status_code == 302
    fg.post("/logboek/ketens/controle/")
    controle = Controle.objects.get()
    assert "wacht op haar beurt" in _text(fg, "/logboek/ketens/stand/")
    fg.post(f"/logboek/ketens/controle/{controle.pk}/stop/")
    controle.refresh_from_db()
    assert controle.stop_gevraagd
    toezicht.run(controle.pk)
    assert "gestopt" in _text(fg, "/logboek/ketens/")
    tweede = toezicht.ask(actor(Rol.FG, naam="Fenna Groot"))
    toezicht.run(tweede.pk)
    tekst = _text(fg, "/logboek/ketens/")
    assert "Het logboek is heel" in tekst
    assert "Fenna Groot" in tekst


def test_name_of_who_checked_stays_in_its_municipality(fg: Client) -> None:
    elders = toezicht.ask(actor(Rol.FG, gemeente="GM0005", naam="Iemand Elders"))
    toezicht.run(elders.pk)
    tekst = _text(fg, "/logboek/ketens/")
    assert "een andere gemeente" in tekst
    assert "Iemand Elders" not in tekst


def test_check_that_hangs_is_given_up_after_six_hours() -> None:
    oud = toezicht.ask(actor())
    assert toezicht.ask(actor()).pk == oud.pk
    Controle.objects.update(begonnen_op=timezone.now() - timedelta(hours=7))
    assert toezicht.ask(actor()).pk != oud.pk
    oud.refresh_from_db()
    assert oud.status == Controle.Status.MISLUKT


LDV = "/logboek/api/v0/processing-activities"


def _ask(client: Client, body: object) -> tuple[int, dict[str, object]]:
    antwoord = client.post(LDV, json.dumps(body), content_type="application/json")
    assert antwoord["API-Version"]
    return antwoord.status_code, antwoord.json()


def test_processing_is_read_in_the_words_of_the_standard(
    fg: Client, sanne: Gebruiker
) -> None:
    persoon = look(actor(account=sanne))
    look(actor(account=sanne))
    lijn = Verwerking.objects.get(persoon=persoon)
    status, body = _ask(fg, {"dpl.core.data_subject_id": str(persoon)})
    assert status == 200
    (regel,) = body["processingActivities"]
    assert regel["traceId"] == str(lijn.trace_id)
    assert regel["spanId"] == lijn.span_id
    assert regel["status"] == "Ok"
    assert regel["startTime"] <= regel["endTime"]
    activiteit = Verwerkingsactiviteit.objects.get(code="personen-raadplegen")
    assert regel["attributes"] == {
        "dpl.core.processing_activity_id": f"urn:uuid:{activiteit.uuid}",
        "dpl.core.data_subject_id": str(persoon),
        "dpl.core.data_subject_id_type": "urn:samenloop:persoon",
    }
    # No user is in it, and the reading itself is in the audit log only.
    assert "Sanne" not in json.dumps(body)
    assert Verwerking.objects.count() == 2
    assert Auditregel.objects.filter(onderwerp="logboek:ldv").count() == 1


def test_processing_is_found_by_each_key_and_period(
    fg: Client, sanne: Gebruiker
) -> None:
    persoon = look(actor(account=sanne))
    lijn = Verwerking.objects.get()
    moment = int(lijn.begonnen_op.timestamp() * 1000)

    def found(**meer: object) -> int:
        status, body = _ask(fg, {"dpl.core.data_subject_id": str(persoon), **meer})
        assert status == 200
        lijst = body["processingActivities"]
        assert isinstance(lijst, list)
        return len(lijst)

    assert found(traceId=str(lijn.trace_id)) == 1
    assert found(traceId=lijn.trace_id.hex) == 1
    assert found(traceId=str(uuid4())) == 0
    activiteit = {"dpl.core.processing_activity_id": f"urn:uuid:{lijn.activiteit}"}
    assert found(**activiteit) == 1
    assert found(startTime=moment - 5, endTime=moment + 5) == 1
    assert found(startTime=moment + 1000) == 0
    assert found(endTime=moment - 1000) == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "tekst",
        {"startTime": 1},
        {"traceId": "geen"},
        {"traceId": 7},
        {"traceId": str(UUID(int=1)), "startTime": "gisteren"},
        {"traceId": str(UUID(int=1)), "startTime": 10**30},
        {"traceId": str(UUID(int=1)), "naam": "Bakker"},
        {"dpl.core.data_subject_id": "999990019"},
    ],
)
def test_question_without_a_key_or_with_a_wrong_one_is_refused(
    fg: Client, body: object
) -> None:
    status, antwoord = _ask(fg, body)
    assert status == 400
    assert antwoord["detail"]
    assert "999990019" not in json.dumps(antwoord)


def test_processing_of_another_municipality_is_not_there(fg: Client) -> None:
    persoon = look(actor(gemeente="GM0005"))
    status, body = _ask(fg, {"dpl.core.data_subject_id": str(persoon)})
    assert (status, body) == (200, {"processingActivities": []})


def test_trace_in_the_header_of_a_request_is_taken_up(fg: Client) -> None:
    fg.get(
        "/logboek/",
        headers={
            "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        },
    )
    fg.get("/logboek/", headers={"traceparent": "onzin"})
    eerste, tweede = Auditregel.objects.order_by("id")
    assert eerste.trace_id.hex == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert eerste.parent_span_id == "00f067aa0ba902b7"
    assert tweede.trace_id != eerste.trace_id


def test_odd_looks_are_only_for_who_judges(sanne: Gebruiker) -> None:
    assert Handeling.AFWIJKING_BEOORDELEN
    rij = _odd(sanne)
    client = Client()
    client.force_login(sanne)
    antwoord = client.post(
        f"/logboek/afwijkingen/{rij.pk}/", {"status": "verklaard", "reden": "Mocht."}
    )
    assert antwoord.status_code == 403
    rij.refresh_from_db()
    assert rij.status == "nieuw"
