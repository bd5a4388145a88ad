"""Pages about the traffic, invoices and payment: what is shown, to whom, and logged."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.berichten.verkeer import toewijzingen
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.berichten.verkeer.staten import Staat
from samenloop.voorzieningen.declaraties.models import (
    Betaalbatch,
    Betaalregel,
    Prestatie,
)
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from tests.access.accounts import account
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_june")]
MAAND = date(2026, 5, 1)


def _as(rol: Rol, naam: str = "iemand", gemeente: str = maken.GEMEENTE) -> Client:
    wie = Client()
    wie.force_login(account(naam, rol=rol, gemeente=gemeente))
    return wie


def test_the_traffic_shows_what_waits_and_why_it_was_refused(
    gegeven: Toewijzing,
) -> None:
    maken.deliver(maken.request(gegeven, "REF-9"), b"<geen bericht")
    pagina = _as(Rol.BACKOFFICE).get(reverse("verkeer"))
    tekst = pagina.content.decode()
    assert pagina.status_code == 200
    assert "Verzoek om toewijzing" in tekst
    assert "nog 5 werkdagen" in tekst
    assert "apart gezet" in tekst
    assert Auditregel.objects.filter(handeling="verkeer_zien").exists()


def test_a_message_reads_in_words_with_the_fault_at_its_element(
    gegeven: Toewijzing,
) -> None:
    (rij,) = maken.deliver(maken.start(gegeven, begin=date(2020, 1, 1)))
    wie = _as(Rol.BACKOFFICE)
    tekst = wie.get(reverse("verkeer-bericht", args=[rij.pk])).content.decode()
    assert "Ingangsdatum van de toewijzing" in tekst
    assert "5 januari 2026" in tekst
    bron = wie.get(reverse("verkeer-xml", args=[rij.pk]))
    assert bron.content.startswith(b"<?xml")
    assert "Postma" not in bron.headers["Content-Disposition"]


def test_one_allocation_is_followed_through_its_messages(gegeven: Toewijzing) -> None:
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    maken.deliver(
        maken.start(gegeven),
        maken.declaratie(MAAND, (gegeven.persoon, maken.prestatie(gegeven, MAAND))),
    )
    wie = _as(Rol.BACKOFFICE)
    naar = wie.post(reverse("verkeer-vinden"), {"wet": "wmo", "nummer": gegeven.nummer})
    assert naar.url == reverse("verkeer-volgen", args=[gegeven.pk])
    tekst = wie.get(naar.url).content.decode()
    for soort in ("WMO301", "WMO305", "WMO306", "WMO323", "WMO325"):
        assert soort in tekst
    assert "€ 528,00" in tekst
    client = wie.get(reverse("verkeer-client", args=[gegeven.persoon_id]))
    assert "Marije Postma" in client.content.decode()


@pytest.mark.parametrize("rol", [Rol.CONSULENT, Rol.BEHEER, Rol.BELEID, Rol.FG])
def test_the_traffic_is_for_the_back_office_alone(
    rol: Rol, gegeven: Toewijzing
) -> None:
    (rij,) = maken.deliver(maken.start(gegeven))
    wie = _as(rol)
    assert wie.get(reverse("verkeer")).status_code == 403
    assert wie.get(reverse("verkeer-bericht", args=[rij.pk])).status_code == 403


def test_a_message_of_another_municipality_is_not_there(gegeven: Toewijzing) -> None:
    (rij,) = maken.deliver(maken.start(gegeven))
    municipality("GM0363", "Amsterdam")
    elders = _as(Rol.BACKOFFICE, "elders", "GM0363")
    assert elders.get(reverse("verkeer-bericht", args=[rij.pk])).status_code == 404
    assert elders.get(reverse("verkeer-xml", args=[rij.pk])).status_code == 404


def test_what_was_set_apart_is_judged_again_or_thrown_away_with_a_reason(
    gegeven: Toewijzing,
) -> None:
    (rij,) = maken.deliver(b"kapot")
    wie = _as(Rol.BACKOFFICE)
    doen = reverse("verkeer-doen", args=[rij.pk])
    wie.post(doen, {"wat": "weg", "reden": " "})
    assert Ketenbericht.objects.get().staat == Staat.APART
    wie.post(doen, {"wat": "weer"})
    assert Ketenbericht.objects.get().staat == Staat.ONTVANGEN
    maken.work()
    wie.post(doen, {"wat": "weg", "reden": "Een proef van de aanbieder"})
    assert Ketenbericht.objects.get().staat == Staat.WEGGELEGD


def test_what_was_held_back_is_made_anew_after_a_correction(
    gegeven: Toewijzing,
) -> None:
    persoon = gegeven.persoon
    persoon.geheim = True
    persoon.save()
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    oud = Ketenbericht.objects.get()
    persoon.geheim = False
    persoon.save()
    _as(Rol.BACKOFFICE).post(reverse("verkeer-doen", args=[oud.pk]), {"wat": "anders"})
    nieuw = Ketenbericht.objects.get(vervangt=oud)
    oud.refresh_from_db()
    assert (oud.staat, nieuw.staat) == (Staat.VERVANGEN, Staat.KLAAR)
    assert nieuw.identificatie != oud.identificatie


def test_the_administrator_sets_up_the_way_and_sees_no_client(
    gegeven: Toewijzing,
) -> None:
    wie = _as(Rol.BEHEER)
    naar = reverse("verkeer-aansluiting")
    assert wie.post(naar, {"soort": "map", "map": "../elders"}).status_code == 422
    wie.post(naar, {"soort": "map", "map": "groningen", "envelop": "ggk", "aan": "on"})
    assert Aansluiting.objects.get().map == "groningen"
    assert _as(Rol.BACKOFFICE, "ander").get(naar).status_code == 403


@pytest.fixture
def batch(gegeven: Toewijzing) -> Betaalbatch:
    """A batch that one colleague made of one granted line."""
    maken.deliver(
        maken.declaratie(MAAND, (gegeven.persoon, maken.prestatie(gegeven, MAAND)))
    )
    _as(Rol.BACKOFFICE, "maker").post(reverse("betaalbatch-nieuw"))
    return Betaalbatch.objects.get()


def test_who_made_a_batch_cannot_approve_it_and_a_colleague_can(
    batch: Betaalbatch,
) -> None:
    doen = reverse("betaalbatch-doen", args=[batch.pk])
    maker = Client()
    maker.force_login(Gebruiker.objects.get(pk=batch.gemaakt_door))
    maker.post(doen, {"wat": "goedkeuren"})
    batch.refresh_from_db()
    assert batch.staat == "gemaakt"
    collega = _as(Rol.BACKOFFICE, "collega")
    bestand = reverse("betaalbatch-bestand", args=[batch.pk])
    assert collega.post(bestand, {"formaat": "csv"}).status_code == 302
    collega.post(doen, {"wat": "goedkeuren"})
    batch.refresh_from_db()
    assert batch.staat == "goedgekeurd"
    csv = collega.post(bestand, {"formaat": "csv"}).content.decode()
    assert "528,00" in csv
    assert "Postma" not in csv


def test_the_database_refuses_one_pair_of_eyes_and_a_second_payment(
    batch: Betaalbatch,
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Betaalbatch.objects.update(
            staat="goedgekeurd",
            goedgekeurd_door=batch.gemaakt_door,
            goedgekeurd_op=batch.gemaakt_op,
        )
    tweede = Betaalbatch.objects.create(
        gemeente_id=maken.GEMEENTE,
        nummer=2,
        bedrag=0,
        aantal=0,
        gemaakt_door=batch.gemaakt_door,
        gemaakt_op=batch.gemaakt_op,
    )
    regel = Betaalregel.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Betaalregel.objects.create(
            batch=tweede,
            gemeente_id=maken.GEMEENTE,
            prestatie=regel.prestatie,
            bedrag=regel.bedrag,
        )


def test_the_verdict_on_a_line_is_never_changed(batch: Betaalbatch) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Prestatie.objects.update(bedrag=1)


def test_invoices_and_spending_show_what_was_granted(batch: Betaalbatch) -> None:
    wie = _as(Rol.BACKOFFICE, "lezer")
    assert "€ 528,00" in wie.get(reverse("declaraties")).content.decode()
    declaratie = Prestatie.objects.get().declaratie_id
    regels = wie.get(reverse("declaratie", args=[declaratie])).content.decode()
    assert "Marije Postma" in regels
    assert wie.get(reverse("besteding")).status_code == 200
    assert wie.get(reverse("betaalbatches")).status_code == 200
