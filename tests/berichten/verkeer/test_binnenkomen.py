"""What comes in is answered exactly once, whatever comes twice, late or broken."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from samenloop.access.rollen import Rol
from samenloop.berichten.verkeer import handelen, opbergen, termijnen, verwerken
from samenloop.berichten.verkeer.dragers import Aangeboden
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.ontvangst import receive_all
from samenloop.berichten.verkeer.staten import Staat
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie
from samenloop.voorzieningen.toewijzen.models import Toewijzing, Zorglevering
from tests.access.accounts import actor
from tests.berichten.verkeer import maken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_june")]


def test_a_start_is_answered_once_and_changes_the_dossier(gegeven: Toewijzing) -> None:
    (rij,) = maken.deliver(maken.start(gegeven))
    assert (rij.staat, rij.soort) == (Staat.VERWERKT, "WMO305")
    assert rij.persoon_id == gegeven.persoon_id
    (antwoord,) = maken.answers(rij)
    assert antwoord.soort.code == "WMO306"
    assert maken.codes(antwoord) == set()
    (levering,) = Zorglevering.objects.all()
    assert (levering.toewijzing, levering.begin) == (gegeven, gegeven.ingang)
    assert rij.links.get().onderwerp == gegeven.pk


def test_a_stop_closes_the_start(gegeven: Toewijzing) -> None:
    rijen = maken.deliver(maken.start(gegeven), maken.stop(gegeven, date(2026, 5, 29)))
    assert [rij.staat for rij in rijen] == [Staat.VERWERKT] * 2
    assert Zorglevering.objects.get().eind == date(2026, 5, 29)


def test_a_stop_that_is_taken_back_leaves_the_other(gegeven: Toewijzing) -> None:
    voorlopig, eind = date(2026, 5, 1), date(2026, 5, 29)
    rijen = maken.deliver(
        maken.start(gegeven),
        maken.stop(gegeven, voorlopig, reden="20"),
        maken.stop(gegeven, eind),
        maken.stop(gegeven, voorlopig, reden="20", status="3"),
    )
    assert [rij.staat for rij in rijen] == [Staat.VERWERKT] * 4
    assert Zorglevering.objects.get().eind == eind
    # The rules know it as it stands: what is gone cannot be taken back once more.
    (nogmaals,) = maken.deliver(
        maken.stop(gegeven, voorlopig, reden="20", status="3"),
    )
    assert nogmaals.staat != Staat.VERWERKT
    assert Zorglevering.objects.get().eind == eind


def test_a_stop_before_its_start_waits_and_then_counts(gegeven: Toewijzing) -> None:
    (stop,) = maken.deliver(maken.stop(gegeven, date(2026, 5, 29)))
    assert stop.staat == Staat.WACHT
    assert maken.answers(stop) == []
    maken.deliver(maken.start(gegeven))
    stop.refresh_from_db()
    assert stop.staat == Staat.VERWERKT
    assert len(maken.answers(stop)) == 1
    assert Zorglevering.objects.get().eind == date(2026, 5, 29)


def test_a_stop_whose_start_never_comes_is_refused_in_time(
    gegeven: Toewijzing,
) -> None:
    (stop,) = maken.deliver(maken.stop(gegeven, date(2026, 5, 29)))
    with time_machine.travel(maken.at("2026-06-10", 13), tick=False):
        assert verwerken.judge_waiting(maken.GEMEENTE) == 1
    stop.refresh_from_db()
    assert stop.staat == Staat.AFGEKEURD
    (antwoord,) = maken.answers(stop)
    assert "9069" in maken.codes(antwoord)
    assert stop.fouten.get().retourcode == "9069"


def test_the_same_message_twice_is_double_and_not_handled_twice(
    gegeven: Toewijzing,
) -> None:
    bericht = maken.start(gegeven)
    eerste, tweede = maken.deliver(bericht, bericht)
    assert (eerste.staat, tweede.staat) == (Staat.VERWERKT, Staat.DUBBEL)
    assert tweede.dubbel_van == eerste
    assert len(maken.answers(eerste)) == 1
    assert maken.answers(tweede) == []
    assert Zorglevering.objects.count() == 1


def test_another_message_under_the_same_number_is_refused_with_9056(
    gegeven: Toewijzing,
) -> None:
    kop = maken.header(305)
    eerste, tweede = maken.deliver(
        maken.start(gegeven, **kop),
        maken.start(gegeven, begin=date(2026, 2, 2), **kop),
    )
    assert (eerste.staat, tweede.staat) == (Staat.VERWERKT, Staat.AFGEKEURD)
    (antwoord,) = maken.answers(tweede)
    assert maken.codes(antwoord) == {"9056"}


def test_what_cannot_be_read_is_set_apart_whole(gegeven: Toewijzing) -> None:
    kapot = maken.start(gegeven)[:-40]
    (rij,) = maken.deliver(kapot)
    assert rij.staat == Staat.APART
    assert rij.reden
    assert Ketenbericht.objects.filter(richting="uit").count() == 0
    assert opbergen.take_out(rij.inhoud.inhoud) == kapot


def test_a_message_for_another_municipality_is_set_apart(gegeven: Toewijzing) -> None:
    (rij,) = maken.deliver(maken.start(gegeven, Ontvanger="0363"))
    assert rij.staat == Staat.APART
    assert "andere gemeente" in rij.reden


def test_a_message_of_an_unknown_sender_is_set_apart(gegeven: Toewijzing) -> None:
    (rij,) = maken.deliver(maken.start(gegeven, Afzender="99999999"))
    assert rij.staat == Staat.APART
    assert not Zorglevering.objects.exists()


def test_an_invoice_is_answered_and_its_lines_are_on_record(
    gegeven: Toewijzing,
) -> None:
    maand = date(2026, 5, 1)
    goed = maken.prestatie(gegeven, maand)
    fout = maken.prestatie(gegeven, maand, volume=400, referentie="TEVEEL")
    rij, ander = maken.deliver(
        maken.declaratie(maand, (gegeven.persoon, goed)),
        maken.declaratie(maand, (gegeven.persoon, fout), wet="wmo", nummer="TWEEDE"),
    )
    (antwoord,) = maken.answers(rij)
    assert antwoord.soort.code == "WMO325"
    assert "8001" in maken.codes(antwoord)
    declaratie = Declaratie.objects.get(bericht=rij.pk)
    assert (declaratie.staat, declaratie.toegekend) == ("toegekend", 52800)
    assert ander.staat == Staat.VERWERKT
    geweigerd = Prestatie.objects.get(declaratie__bericht=ander.pk)
    assert geweigerd.oordeel == "afgewezen"
    assert geweigerd.retourcodes


def test_a_credit_takes_a_granted_line_back_once(gegeven: Toewijzing) -> None:
    maand = date(2026, 5, 1)
    debet = maken.prestatie(gegeven, maand, referentie="D1")
    credit = maken.prestatie(gegeven, maand, referentie="C1", vorige="D1", debet=False)
    nogmaals = maken.prestatie(
        gegeven, maand, referentie="C2", vorige="D1", debet=False
    )
    maken.deliver(
        maken.declaratie(maand, (gegeven.persoon, debet)),
        maken.declaratie(maand, (gegeven.persoon, credit)),
        maken.declaratie(maand, (gegeven.persoon, nogmaals)),
    )
    rijen = {p.referentie: p for p in Prestatie.objects.all()}
    assert rijen["C1"].crediteert == rijen["D1"]
    assert rijen["C2"].oordeel == "afgewezen"


def test_a_term_runs_from_receipt_however_late_it_is_handled(
    gegeven: Toewijzing,
) -> None:
    bericht = maken.request(gegeven, "REF-LAAT")
    (pk,) = receive_all(maken.GEMEENTE, [Aangeboden(uuid4(), "laat.xml", bericht)])
    rij = Ketenbericht.objects.get(pk=pk)
    assert rij.antwoord_voor == date(2026, 6, 12)
    with time_machine.travel(maken.at("2026-06-11"), tick=False):
        maken.work()
    rij.refresh_from_db()
    assert (rij.staat, rij.antwoord_voor) == (Staat.VERWERKT, date(2026, 6, 16))


def test_what_is_set_apart_is_missed_when_its_term_has_passed(
    gegeven: Toewijzing,
) -> None:
    maand = date(2026, 5, 1)
    regel = (gegeven.persoon, maken.prestatie(gegeven, maand))
    kapot, elders = maken.deliver(
        b"<geen bericht", maken.declaratie(maand, regel, Ontvanger="0363")
    )
    assert [rij.staat for rij in (kapot, elders)] == [Staat.APART] * 2
    # An invoice is answered within ten working days, anything else within three.
    assert kapot.antwoord_voor == date(2026, 6, 12)
    assert elders.antwoord_voor == date(2026, 6, 23)
    with time_machine.travel(maken.at("2026-06-15"), tick=False):
        assert termijnen.watch() == 1
    kapot.refresh_from_db()
    assert kapot.mist_op is not None
    weg = handelen.throw_away(
        kapot.pk, "Een proef", door=actor(Rol.BACKOFFICE, gemeente=maken.GEMEENTE)
    )
    weg.refresh_from_db()
    assert weg.antwoord_voor is None


def test_nothing_is_owed_for_what_is_answered_or_came_before(
    gegeven: Toewijzing,
) -> None:
    bericht = maken.start(gegeven)
    eerste, tweede = maken.deliver(bericht, bericht)
    assert eerste.beantwoord_op is not None
    assert (eerste.antwoord_voor, tweede.antwoord_voor) == (None, None)
    with time_machine.travel(maken.at("2026-07-15"), tick=False):
        assert termijnen.watch() == 0
