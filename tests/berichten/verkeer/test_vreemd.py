"""What nobody reckoned with holds up nothing else, and nothing of it is lost."""

import os
import threading
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, connections, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.rollen import Rol
from samenloop.berichten.regels.antwoord import retour
from samenloop.berichten.regels.keuren import Oordeel
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.berichten.verkeer import (
    handelen,
    inkomend,
    rondgaan,
    toewijzingen,
    verwerken,
)
from samenloop.berichten.verkeer.dragers import Aangeboden, map
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.berichten.verkeer.ontvangst import receive_all
from samenloop.berichten.verkeer.staten import Staat
from samenloop.core import gemeentegrens
from samenloop.voorzieningen.inkoop import inlezen
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from tests.access.accounts import account, actor
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality
from tests.voorzieningen.maken import aanbieder, contract

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_june")]


@pytest.fixture
def map_(map_: Path) -> Path:
    """The folder as it is after the first round."""
    for naam in ("in", "bezig"):
        (map_ / naam).mkdir(parents=True)
    return map_


def _received() -> set[str]:
    return set(
        Ketenbericht.objects.filter(richting="in").values_list(
            "bestandsnaam", flat=True
        )
    )


def test_a_foreign_file_is_left_and_the_others_come_in(map_: Path) -> None:
    half = uuid4()
    (map_ / "bezig" / "notities.txt").write_text("not ours")
    (map_ / "bezig" / "geen-id--a.xml").write_text("not ours")
    (map_ / "bezig" / f"{uuid4()}--map.xml").mkdir()
    (map_ / "bezig" / f"{half}--half.xml").write_text("<a/>")
    (map_ / "in" / "goed.xml").write_text("<b/>")
    assert rondgaan.exchange(maken.GEMEENTE) == 2
    assert _received() == {"half.xml", "goed.xml"}
    assert len(list((map_ / "bezig").iterdir())) == 3
    assert Aansluiting.objects.get().fout == ""


def test_a_file_that_cannot_be_read_is_on_the_page_until_it_can(
    map_: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    echt = map._read

    def refuse(pad: Path) -> bytes:
        if "dicht" in pad.name:
            raise PermissionError("a path that says too much")
        return echt(pad)

    for naam in ("dicht", "goed"):
        (map_ / "in" / f"{naam}.xml").write_text(f"<{naam}/>")
    with monkeypatch.context() as zolang:
        zolang.setattr(map, "_read", refuse)
        assert [rondgaan.exchange(maken.GEMEENTE) for _ in range(3)] == [1, 0, 0]
    rij = Ketenbericht.objects.get(bestandsnaam="dicht.xml")
    assert (rij.staat, handelen.choices(rij)) == (Staat.APART, {"weg"})
    assert "PermissionError" in rij.reden
    assert "says too much" not in rij.reden
    client.force_login(account(rol=Rol.BACKOFFICE, gemeente=maken.GEMEENTE))
    assert "PermissionError" in client.get(reverse("verkeer")).content.decode()
    assert client.get(reverse("verkeer-bericht", args=[rij.pk])).status_code == 200
    assert client.get(reverse("verkeer-xml", args=[rij.pk])).status_code == 404
    # Read after all: it comes in as any other, and the note is put away.
    assert rondgaan.exchange(maken.GEMEENTE) == 1
    rij.refresh_from_db()
    assert (rij.staat, rij.antwoord_voor) == (Staat.WEGGELEGD, None)
    (weer,) = Ketenbericht.objects.filter(bestandsnaam="dicht.xml").exclude(pk=rij.pk)
    assert (weer.staat, weer.omvang) == (Staat.ONTVANGEN, len("<dicht/>"))
    assert list((map_ / "bezig").iterdir()) == []


def test_who_threw_an_unreadable_file_away_is_not_asked_again(
    map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(pad: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(map, "_read", refuse)
    (map_ / "in" / "dicht.xml").write_text("<a/>")
    rondgaan.exchange(maken.GEMEENTE)
    door = actor(Rol.BACKOFFICE, gemeente=maken.GEMEENTE)
    rij = Ketenbericht.objects.get()
    with pytest.raises(handelen.KanNietMeer):
        handelen.try_again(rij.pk, door=door)
    handelen.throw_away(rij.pk, "niet van ons", door=door)
    rondgaan.exchange(maken.GEMEENTE)
    rij = Ketenbericht.objects.get()
    assert (rij.staat, rij.reden) == (Staat.WEGGELEGD, "niet van ons")
    # Nothing is lost: the file stays where it was.
    assert len(list((map_ / "bezig").iterdir())) == 1


def test_a_name_that_is_no_text_or_too_long_comes_in_all_the_same(map_: Path) -> None:
    raar = os.fsencode(map_ / "in") + b"/raar\xff.xml"
    Path(os.fsdecode(raar)).write_text("<a/>")
    (map_ / "in" / ("\u00eb" * 125 + ".xml")).write_text("<b/>")
    assert rondgaan.exchange(maken.GEMEENTE) == 2
    assert _received() == {"raar\ufffd.xml", "\u00eb" * 100}
    assert list((map_ / "in").iterdir()) == list((map_ / "bezig").iterdir()) == []


def test_a_portion_is_full_when_it_is_large_and_the_rest_follows(
    map_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map, "_PORTIE", 10)
    for naam in ("a", "b", "c"):
        (map_ / "in" / naam).write_text("123456")
    assert len(map.MapDrager(map_).fetch(100)) == 2
    assert rondgaan.exchange(maken.GEMEENTE) == 3
    assert _received() == {"a", "b", "c"}


def test_what_cannot_be_put_away_is_offered_again_and_known(map_: Path) -> None:
    (map_ / "in" / "a.xml").write_text("<a/>")
    dag = map_ / "verwerkt" / "2026-06-09"
    dag.parent.mkdir()
    dag.write_text("a file where a folder goes")
    assert rondgaan.exchange(maken.GEMEENTE) == 0
    assert (_received(), Aansluiting.objects.get().pogingen) == ({"a.xml"}, 1)
    dag.unlink()
    assert rondgaan.exchange(maken.GEMEENTE) == 1
    assert Ketenbericht.objects.count() == 1
    assert list((map_ / "bezig").iterdir()) == []


def test_one_municipality_never_holds_up_another(
    map_: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Aansluiting.objects.create(
        gemeente=municipality("GM0005"), soort="map", map="ander"
    )
    (map_.parent / "ander" / "in").mkdir(parents=True)
    for each in (map_, map_.parent / "ander"):
        (each / "in" / "a.xml").write_text("<a/>")

    def receive(gemeente: str, aangeboden: Any) -> Any:
        if gemeente == "GM0005":
            raise KeyError("999990019")
        return receive_all(gemeente, aangeboden)

    monkeypatch.setattr(rondgaan, "receive_all", receive)
    assert rondgaan.go_round() == 1
    fouten = dict(Aansluiting.objects.values_list("gemeente", "fout"))
    assert fouten == {"GM0005": "KeyError", maken.GEMEENTE: ""}
    assert "999990019" not in caplog.text
    monkeypatch.undo()
    monkeypatch.setattr(rondgaan, "base_folder", lambda: map_.parent)
    assert rondgaan.exchange("GM0005") == 1


def test_a_folder_that_is_gone_does_not_keep_another_from_being_cleared(
    map_: Path,
) -> None:
    Aansluiting.objects.create(gemeente=municipality("GM0005"), soort="map", map="a")
    (map_.parent / "a" / "verwerkt" / "2026-01-01").mkdir(parents=True)
    oud = map_ / "verwerkt" / "2026-01-01"
    (oud / "een map").mkdir(parents=True)
    for each in (oud, map_.parent / "a" / "verwerkt" / "2026-01-01"):
        (each / "a.xml").write_text("<a/>")
    assert rondgaan.clear_folders() == 2
    assert [each.name for each in oud.iterdir()] == ["een map"]


def test_what_cannot_be_opened_is_held_back_and_the_rest_goes(
    gegeven: Toewijzing, map_: Path
) -> None:
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    kapot = Ketenbericht.objects.get()
    kapot.inhoud.inhoud = b"kept under another secret"
    kapot.inhoud.save()
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    rondgaan.exchange(maken.GEMEENTE)
    assert len(list((map_ / "uit").iterdir())) == 1
    kapot.refresh_from_db()
    assert (kapot.staat, bool(kapot.reden)) == (Staat.TEGENGEHOUDEN, True)
    # And whoever looks at it finds a page.
    wie = Client()
    wie.force_login(account(rol=Rol.BACKOFFICE, gemeente=maken.GEMEENTE))
    bladzijde = reverse("verkeer-bericht", args=[kapot.pk])
    assert wie.get(bladzijde).status_code == 200


def test_what_our_own_secret_does_not_open_is_set_apart(gegeven: Toewijzing) -> None:
    (rij,) = maken.deliver(maken.start(gegeven))
    (nieuw,) = receive_all(maken.GEMEENTE, [Aangeboden(uuid4(), "a.xml", b"<a/>")])
    inhoud = Ketenbericht.objects.get(pk=nieuw).inhoud
    inhoud.inhoud = b"kept under another secret"
    inhoud.save()
    verwerken.handle(maken.GEMEENTE, [nieuw])
    apart = Ketenbericht.objects.get(pk=nieuw)
    assert (apart.staat, "sleutel" in apart.reden) == (Staat.APART, True)
    rij.refresh_from_db()
    assert rij.staat == Staat.VERWERKT


@pytest.mark.parametrize(
    ("waar", "fout"),
    [
        ((verwerken, "beoordeel"), OverflowError),
        ((verwerken, "beoordeel"), KeyError),
        ((inkomend, "accept_all"), OverflowError),
        ((inkomend, "accept_all"), ValueError),
        ((inkomend, "accept_all"), LookupError),
        ((inkomend, "accept_all"), DataError),
    ],
)
def test_a_value_that_nobody_thought_of_takes_no_other_message_along(
    gegeven: Toewijzing,
    monkeypatch: pytest.MonkeyPatch,
    waar: tuple[Any, str],
    fout: type[Exception],
) -> None:
    """None stays behind as received: apart with a reason, or answered."""
    raar = maken.start(gegeven)
    nummer = lees(raar).identificatie
    echt = getattr(*waar)

    def stumble(eerste: Any, *rest: Any, **anders: Any) -> Any:
        berichten = [inhoud for _, inhoud, _ in rest[0]] if rest else [eerste]
        if any(inhoud.identificatie == nummer for inhoud in berichten):
            raise fout("the value itself")
        return echt(eerste, *rest, **anders)

    monkeypatch.setattr(*waar, stumble)
    eerste, tweede = maken.deliver(raar, maken.start(gegeven))
    assert (eerste.staat, tweede.staat) == (Staat.APART, Staat.VERWERKT)
    assert fout.__name__ in eerste.reden
    assert "itself" not in eerste.reden
    assert (maken.answers(eerste), len(maken.answers(tweede))) == ([], 1)


def test_another_answer_under_the_same_number_is_refused(gegeven: Toewijzing) -> None:
    def answer(rij: Ketenbericht, dagtekening: date) -> bytes:
        inhoud: Inhoud = maken.content(rij)
        oordeel = Oordeel("goedgekeurd", inhoud.soort, [], inhoud)
        return schrijf(
            retour(inhoud, oordeel, identificatie="T1", dagtekening=dagtekening)
        )

    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    (rij,) = Ketenbericht.objects.all()
    Ketenbericht.objects.update(staat="verzonden", verzonden_op=maken.at("2026-06-09"))
    goed = answer(rij, date(2026, 6, 9))
    eerste, nogmaals, ander = maken.deliver(goed, goed, answer(rij, date(2026, 6, 8)))
    assert [each.staat for each in (eerste, nogmaals, ander)] == [
        Staat.VERWERKT,
        Staat.DUBBEL,
        Staat.AFGEKEURD,
    ]
    assert ander.reden == "Dit nummer is al eerder gebruikt."
    rij.refresh_from_db()
    assert rij.staat == Staat.BEVESTIGD


@pytest.mark.django_db(transaction=True)
def test_the_same_offered_twice_at_one_moment_is_on_record_once() -> None:
    municipality(maken.GEMEENTE, "Groningen")
    bericht = Aangeboden(uuid4(), "a.xml", b"<a/>")
    nieuw: list[Any] = []

    def second() -> None:
        try:
            with gemeentegrens.within(maken.GEMEENTE):
                nieuw.append(receive_all(maken.GEMEENTE, [bericht]))
        finally:
            connections.close_all()

    with transaction.atomic():
        assert receive_all(maken.GEMEENTE, [bericht]) == [bericht.id]
        ander = threading.Thread(target=second)
        ander.start()
        ander.join(0.3)  # it waits until this one is through
        assert ander.is_alive()
    ander.join(20)
    assert nieuw == [[]]


@pytest.mark.parametrize(
    "jaar", ["0000", "\u00b2\u00b2\u00b2\u00b2", "9999", "0001", ""]
)
def test_a_year_that_is_none_shows_this_one(gegeven: Toewijzing, jaar: str) -> None:
    wie = Client()
    wie.force_login(account(rol=Rol.BACKOFFICE, gemeente=maken.GEMEENTE))
    uit = wie.get(reverse("besteding"), {"jaar": jaar})
    assert (uit.status_code, uit.context["jaar"]) == (200, 2026)
    assert wie.get(reverse("besteding"), {"jaar": "2025"}).context["jaar"] == 2025


def test_a_column_that_is_no_plain_number_is_left_out(gegeven: Toewijzing) -> None:
    bij = contract(aanbieder(), maken.GEMEENTE)
    wie = Client()
    wie.force_login(account(rol=Rol.BEHEER, gemeente=maken.GEMEENTE))
    sessie = wie.session
    sessie["inkoop_boek"] = {
        "contract": str(bij.pk),
        "naam": "boek.csv",
        "kop": ["a", "b"],
        "rijen": [],
        "indeling": {},
    }
    sessie.save()
    een, twee, drie, *_ = inlezen.KOLOMMEN
    keuze = {"kolommen": "1", een: "\u00b2", twee: "1", drie: "9" * 5000}
    assert wie.post(reverse("productenboek", args=[bij.pk]), keuze).status_code == 302
    assert wie.session["inkoop_boek"]["indeling"] == {twee: 1}
