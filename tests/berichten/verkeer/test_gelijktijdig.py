"""Somebody decides on a request while the worker is about to answer it."""

import threading
from datetime import date, timedelta
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from samenloop.access.actor import Actor
from samenloop.berichten.verkeer import antwoorden
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.core import gemeentegrens, klok
from samenloop.voorzieningen.toewijzen import verzoeken
from samenloop.voorzieningen.toewijzen.models import Verzoek
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality
from tests.voorzieningen.maken import aanbieder

SYSTEEM = Actor.systeem("proef", maken.GEMEENTE)
WACHT = """
SELECT count(*) FROM pg_locks
 WHERE NOT granted AND pid <> pg_backend_pid()
"""


@pytest.mark.django_db(transaction=True)
def test_a_refusal_meanwhile_is_what_goes_out() -> None:
    municipality(maken.GEMEENTE, "Groningen")
    verzoek = verzoeken.receive(
        verzoeken.Ingekomen(
            gemeente=maken.GEMEENTE,
            wet="wmo",
            soort="vot",
            referentie="REF-1",
            persoon=maken.client(),
            aanbieder=aanbieder(),
            dagtekening=klok.today(),
            regels=[
                verzoeken.Regel(
                    "aangevraagd",
                    categorie="07",
                    code="07A01",
                    ingang=klok.today() + timedelta(days=30),
                    eind=date(klok.today().year + 1, 12, 31),
                    volume=2,
                    eenheid="16",
                    frequentie="2",
                )
            ],
            verwijzer_type="06",
        ),
        door=SYSTEEM,
    )
    verzoeken.investigate(verzoek, door=SYSTEEM)

    def work() -> None:
        try:
            with gemeentegrens.within(maken.GEMEENTE):
                antwoorden.answer(maken.GEMEENTE, [verzoek.pk])
        finally:
            connection.close()

    werker = threading.Thread(target=work)
    with transaction.atomic():
        verzoeken.refuse(verzoek, reden="2", door=SYSTEEM)
        werker.start()
        _until_it_waits_or_is_done(werker)
    werker.join(30)
    assert Verzoek.objects.get().staat == "afgewezen"
    (bericht,) = Ketenbericht.objects.filter(richting="uit")
    assert maken.content(bericht).inhoud["Antwoord"]["VerzoekAntwoord"] == "1"


def _until_it_waits_or_is_done(werker: threading.Thread) -> None:
    tot = monotonic() + 30
    while werker.is_alive() and monotonic() < tot:
        with connection.cursor() as cursor:
            cursor.execute(WACHT)
            if cursor.fetchone() != (0,):
                return
        sleep(0.05)
