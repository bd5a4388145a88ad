"""An invoice on record: whose line it is, what it rests on, and what a credit frees."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from samenloop.access.actor import Actor
from samenloop.berichten.verkeer import verwerken
from samenloop.berichten.verkeer.dragers import Aangeboden
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.ontvangst import receive_all
from samenloop.berichten.verkeer.stand import DatabaseStand
from samenloop.berichten.verkeer.staten import Staat
from samenloop.voorzieningen.declaraties import boeken
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie
from samenloop.voorzieningen.toewijzen import toewijzen
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from tests.berichten.verkeer import maken
from tests.voorzieningen.maken import (
    AGB,
    toewijzing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_june")]
MEI = date(2026, 5, 1)


def test_a_credit_frees_the_volume_of_its_debit_and_no_more(
    gegeven: Toewijzing,
) -> None:
    def over(referentie: str, maand: date, **anders: object) -> None:
        regel = maken.prestatie(gegeven, maand, referentie=referentie, **anders)
        maken.deliver(maken.declaratie(maand, (gegeven.persoon, regel)))

    def gebruikt() -> dict[tuple[int, str], int]:
        stand = DatabaseStand(maken.GEMEENTE).prestaties(
            "wmo", AGB, (), [gegeven.nummer]
        )
        assert stand.bedrag[gegeven.nummer] == sum(
            each.bedrag * (-1 if each.is_credit else 1)
            for each in Prestatie.objects.filter(oordeel="toegekend")
        )
        return dict(stand.volume)

    over("D1", date(2026, 4, 1))
    over("D2", MEI)
    assert gebruikt() == {(gegeven.nummer, gegeven.eenheid): 16}
    # The same amount, in more and cheaper hours.
    over("C1", MEI, vorige="D2", debet=False, volume=80, tarief=660)
    assert Prestatie.objects.get(referentie="C1").oordeel == "toegekend"
    assert gebruikt() == {(gegeven.nummer, gegeven.eenheid): 8}


def test_a_line_on_the_allocation_of_another_is_not_kept_with_that_person(
    gegeven: Toewijzing,
) -> None:
    ander = maken.client("999990020")
    eigen = toewijzing(ander, gemeente=gegeven.gemeente)
    maken.deliver(
        maken.declaratie(
            MEI,
            (ander, maken.prestatie(gegeven, MEI, referentie="VREEMD")),
            (ander, maken.prestatie(eigen, MEI, referentie="EIGEN")),
        )
    )
    vreemd = Prestatie.objects.get(referentie="VREEMD")
    assert vreemd.oordeel == "afgewezen"
    assert (vreemd.persoon, vreemd.toewijzing) == (None, None)
    assert vreemd.toewijzingnummer == gegeven.nummer
    goed = Prestatie.objects.get(referentie="EIGEN")
    assert (goed.oordeel, goed.persoon) == ("toegekend", ander)
    assert goed.toewijzing == eigen.pk


def test_what_was_removed_between_verdict_and_record_is_judged_anew(
    gegeven: Toewijzing, monkeypatch: pytest.MonkeyPatch
) -> None:
    regel = maken.prestatie(gegeven, MEI)
    (sleutel,) = receive_all(
        maken.GEMEENTE,
        [Aangeboden(uuid4(), "a.xml", maken.declaratie(MEI, (gegeven.persoon, regel)))],
    )
    laad = DatabaseStand.load

    def load_and_lose(stand: DatabaseStand, berichten: list[Any]) -> None:
        laad(stand, berichten)
        stand.toewijzingen("wmo", AGB, [gegeven.nummer])
        toewijzen.remove(gegeven, door=Actor.systeem("proef", maken.GEMEENTE))

    with monkeypatch.context() as tussendoor:
        tussendoor.setattr(DatabaseStand, "load", load_and_lose)
        with pytest.raises(boeken.IntussenVerwijderd):
            verwerken.handle(maken.GEMEENTE, [sleutel])
    assert Ketenbericht.objects.get(pk=sleutel).staat == Staat.ONTVANGEN
    assert not Declaratie.objects.exists()
    toewijzen.remove(gegeven, door=Actor.systeem("proef", maken.GEMEENTE))
    maken.work()
    assert Ketenbericht.objects.get(pk=sleutel).staat == Staat.VERWERKT
    assert Prestatie.objects.get().retourcodes == ["9384"]
