"""Messages: who may write whom, who reads them, and until when."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens
from samenloop.plannen import toegang
from samenloop.plannen.dossier import documenten
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol, Dossier
from samenloop.regie.postvak import draden, jobs, lezen, schrijven
from samenloop.regie.postvak.models import Bericht, Berichtconcept, Draad, Ontvangst
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import dossier, takes_part

pytestmark = pytest.mark.django_db
TEKST = "Marieke belde over de schuld bij de energie."


class Kring:
    """A dossier with its director, a helper of the municipality and a school."""

    def __init__(self) -> None:
        self.dossier = dossier()
        self.bart = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
        self.wim = account("wim", naam="Wim Oosterhof")
        self.school = organisatie("Noorderlicht College")
        self.jan = account("jan", rol=Rol.PARTNER, organisatie=self.school)
        for wie in (self.bart, self.wim, self.jan):
            Gebruiker.objects.filter(pk=wie.pk).update(email=f"{wie.username}@a.test")
        self.van_bart = takes_part(self.dossier, self.bart)
        self.van_wim = takes_part(
            self.dossier, self.wim, Deelnemersrol.HULPVERLENER, Deel.JOURNAAL
        )
        self.van_school = takes_part(
            self.dossier,
            None,
            Deelnemersrol.HULPVERLENER,
            Deel.EIGEN_DEEL,
            organisatie=self.school.pk,
        )

    @property
    def regisseur(self) -> Actor:
        return actor(Rol.REGISSEUR, account=self.bart)

    @property
    def helper(self) -> Actor:
        return actor(Rol.CONSULENT, account=self.wim)

    @property
    def mentor(self) -> Actor:
        return actor(Rol.PARTNER, account=self.jan, organisatie=self.school.pk)


@pytest.fixture
def kring() -> Kring:
    return Kring()


def write(kring: Kring, van: Actor, *aan: Deelname, **meer: Any) -> Bericht:
    meer.setdefault("onderwerp", "Schuld")
    return schrijven.write(kring.dossier, van=van, aan=aan, tekst=TEKST, **meer)


def readers(bericht: Bericht, *wie: Actor) -> list[bool]:
    return [lezen.readable(each).filter(pk=bericht.pk).exists() for each in wie]


def test_who_wrote_and_who_got_it_read_it_and_nobody_else(kring: Kring) -> None:
    bericht = write(kring, kring.helper, kring.van_school)
    buiten = actor(Rol.REGISSEUR, account=account("buiten", rol=Rol.REGISSEUR))
    assert readers(bericht, kring.helper, kring.mentor) == [True, True]
    assert readers(bericht, kring.regisseur, buiten) == [False, False]


def test_the_director_sees_that_others_wrote_but_not_what(kring: Kring) -> None:
    write(kring, kring.helper, kring.van_school)
    (regel,) = draden.exchange(kring.regisseur, kring.dossier)
    assert regel.draad is None
    assert regel.van.startswith("Wim Oosterhof")
    write(kring, kring.helper, kring.van_bart)
    regels = draden.exchange(kring.regisseur, kring.dossier)
    assert [each.draad is None for each in regels] == [False, True]
    # The school sees only its own exchange.
    assert len(draden.exchange(kring.mentor, kring.dossier)) == 1


def test_reading_ends_with_taking_part(kring: Kring) -> None:
    bericht = write(kring, kring.regisseur, kring.van_wim)
    assert readers(bericht, kring.helper) == [True]
    toegang.end(
        Deelname.objects.filter(pk=kring.van_wim.pk),
        reden="klaar",
        door=kring.regisseur,
    )
    assert readers(bericht, kring.helper, kring.regisseur) == [False, True]
    assert lezen.waiting_for(kring.helper) == 0
    with pytest.raises(GeenToegang):
        write(kring, kring.helper, kring.van_bart)


def test_the_next_director_reads_on_and_the_former_does_not(kring: Kring) -> None:
    bericht = write(kring, kring.helper, kring.van_bart)
    ineke = account("ineke", rol=Rol.REGISSEUR)
    toegang.end(
        Deelname.objects.filter(pk=kring.van_bart.pk),
        reden="overdracht",
        door=kring.regisseur,
    )
    takes_part(kring.dossier, ineke)
    nieuw = actor(Rol.REGISSEUR, account=ineke)
    assert readers(bericht, nieuw, kring.regisseur) == [True, False]
    assert lezen.waiting_for(nieuw) == 1
    aan = draden.answer_to(nieuw, bericht.draad)
    assert [each.pk for each in aan] == [kring.van_wim.pk]
    # And whoever answers the old director answers the new one.
    assert [each.account for each in draden.answer_to(kring.helper, bericht.draad)] == [
        ineke.pk
    ]


def test_one_cannot_write_to_who_cannot_read(kring: Kring) -> None:
    oma = takes_part(
        kring.dossier, None, Deelnemersrol.NETWERK, Deel.EIGEN_DEEL, naam="Trijntje Bos"
    )
    zonder = takes_part(
        kring.dossier, None, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL,
        organisatie=organisatie("Schuldhulp Noord").pk,
    )  # fmt: skip
    kan, niet = draden.correspondents(kring.regisseur, kring.dossier)
    assert {each.pk for each in niet} == {oma.pk, zonder.pk}
    assert {each.pk for each in kan} == {kring.van_wim.pk, kring.van_school.pk}
    for wie in ([oma], [zonder], []):
        with pytest.raises(schrijven.OnbereikbareOntvanger):
            write(kring, kring.regisseur, *wie)
    assert not Draad.objects.exists()


def test_nothing_is_written_in_a_closed_dossier(kring: Kring) -> None:
    Dossier.objects.update(gesloten_op="2099-01-01")
    kring.dossier.refresh_from_db()
    with pytest.raises(schrijven.OnbereikbareOntvanger):
        write(kring, kring.regisseur, kring.van_wim)


def test_reading_is_said_once_with_who_and_when(kring: Kring) -> None:
    bericht = write(kring, kring.regisseur, kring.van_wim, kring.van_school)
    assert [lezen.waiting_for(wie) for wie in
            (kring.regisseur, kring.helper, kring.mentor)] == [0, 1, 1]  # fmt: skip
    assert lezen.mark_read(kring.helper, bericht.draad) == 1
    assert lezen.mark_read(kring.helper, bericht.draad) == 0
    assert lezen.mark_read(kring.regisseur, bericht.draad) == 0
    gelezen = Ontvangst.objects.get(deelname=kring.van_wim)
    assert gelezen.gelezen_door == kring.wim.pk
    assert lezen.waiting_for(kring.mentor) == 1


def test_an_email_says_that_something_waits_and_nothing_else(kring: Kring) -> None:
    with time_machine.travel("2090-03-10T10:00:00+01:00", tick=False) as nu:
        write(kring, kring.regisseur, kring.van_wim, kring.van_school)
        gebeurtenissen.handle_pending()
        assert {post.to[0] for post in mail.outbox} == {"wim@a.test", "jan@a.test"}
        for post in mail.outbox:
            for geheim in (TEKST, "Postma", "Bart", "Schuld", "http"):
                assert geheim not in post.body + post.subject
        # A second one the same day is not announced; the next day it is.
        write(kring, kring.regisseur, kring.van_wim)
        gebeurtenissen.handle_pending()
        assert len(mail.outbox) == 2
        nu.shift(timedelta(days=1))
        write(kring, kring.regisseur, kring.van_wim)
        gebeurtenissen.handle_pending()
        assert len(mail.outbox) == 3


def test_what_was_read_before_the_worker_came_is_not_announced(kring: Kring) -> None:
    bericht = write(kring, kring.regisseur, kring.van_wim)
    lezen.mark_read(kring.helper, bericht.draad)
    gebeurtenissen.handle_pending()
    assert mail.outbox == []


def test_another_municipality_sees_no_message(kring: Kring) -> None:
    write(kring, kring.regisseur, kring.van_wim)
    with gemeentegrens.within("GM0005"):
        assert not Draad.objects.exists()
        assert not Bericht.objects.exists()
        assert not Ontvangst.objects.exists()


def test_a_document_goes_along_to_who_gets_the_message_and_no_further(
    client: Client, kring: Kring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(settings.DOCUMENTEN, "MAP", tmp_path / "documenten")
    monkeypatch.setitem(settings.DOCUMENTEN, "SCAN", "")
    versie = documenten.add(
        kring.dossier,
        SimpleUploadedFile("brief.txt", b"Beste familie,\n", "text/plain"),
        titel="Brief van de corporatie",
        soort="brief",
        door=kring.regisseur,
    )
    with pytest.raises(schrijven.OnbereikbareOntvanger):
        write(kring, kring.helper, kring.van_bart, bijlagen=[versie.pk])
    bericht = write(kring, kring.regisseur, kring.van_wim, bijlagen=[versie.pk])
    (bijlage,) = bericht.bijlagen.all()
    adres = reverse("bericht-bijlage", args=[bericht.draad_id, bijlage.pk])
    client.force_login(kring.wim)
    pagina = client.get(reverse("draad", args=[bericht.draad_id])).content.decode()
    assert adres in pagina
    antwoord = client.get(adres)
    assert antwoord.content == b"Beste familie,\n"
    assert antwoord.headers["Content-Disposition"].startswith("attachment")
    client.force_login(kring.jan)
    assert client.get(adres).status_code == 404
    client.force_login(kring.bart)
    nieuw = client.get(reverse("bericht-nieuw", args=[kring.dossier.pk]))
    assert "Brief van de corporatie" in nieuw.content.decode()


# --- pages ---------------------------------------------------------------------


def test_a_message_is_written_read_and_answered(client: Client, kring: Kring) -> None:
    client.force_login(kring.bart)
    adres = reverse("bericht-nieuw", args=[kring.dossier.pk])
    pagina = client.get(adres).content.decode()
    assert "Wim Oosterhof" in pagina
    assert "Noorderlicht College" in pagina
    antwoord = client.post(
        adres,
        {"aan": [str(kring.van_wim.pk)], "onderwerp": "Schuld", "tekst": TEKST},
    )
    assert antwoord.status_code == 302
    draad = Draad.objects.get()
    client.force_login(kring.wim)
    assert "1 nieuw" in client.get(reverse("postvak")).content.decode()
    pagina = client.get(antwoord.headers["Location"]).content.decode()
    assert TEKST in pagina
    assert client.post(
        reverse("draad", args=[draad.pk]), {"tekst": "Ik bel haar morgen."}
    ).headers["Location"] == reverse("draad", args=[draad.pk])
    client.force_login(kring.bart)
    pagina = client.get(reverse("draad", args=[draad.pk])).content.decode()
    assert "Ik bel haar morgen." in pagina
    assert "gelezen op" in pagina
    wat = set(Auditregel.objects.values_list("handeling", flat=True))
    assert {"bericht_lezen", "bericht_schrijven"} <= wat


def test_what_is_missing_is_said_and_what_was_typed_stays(
    client: Client, kring: Kring
) -> None:
    client.force_login(kring.bart)
    adres = reverse("bericht-nieuw", args=[kring.dossier.pk])
    antwoord = client.post(adres, {"onderwerp": "", "tekst": TEKST})
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert TEKST in pagina
    assert "Kies voor wie het bericht is." in pagina
    assert not Draad.objects.exists()


@pytest.mark.parametrize("naam", ["bericht-nieuw", "berichten"])
def test_who_takes_no_part_finds_no_dossier(
    client: Client, kring: Kring, naam: str
) -> None:
    client.force_login(account("buiten", rol=Rol.REGISSEUR))
    assert client.get(reverse(naam, args=[kring.dossier.pk])).status_code == 404


def test_a_thread_of_others_does_not_exist(client: Client, kring: Kring) -> None:
    bericht = write(kring, kring.helper, kring.van_school)
    client.force_login(kring.bart)
    adres = reverse("draad", args=[bericht.draad_id])
    assert client.get(adres).status_code == 404
    assert client.post(adres, {"tekst": "Mag ik mee?"}).status_code == 404
    assert Bericht.objects.count() == 1


def test_a_draft_is_kept_for_its_writer_and_gone_when_sent(
    client: Client, kring: Kring
) -> None:
    client.force_login(kring.bart)
    adres = reverse("bericht-concept", args=[kring.dossier.pk])
    gegeven = {"tekst": "Half", "onderwerp": "Sch", "aan": [str(kring.van_wim.pk)]}
    assert "bewaard" in client.post(adres, gegeven).json()["tekst"]
    nieuw = reverse("bericht-nieuw", args=[kring.dossier.pk])
    assert "Half" in client.get(nieuw).content.decode()
    client.force_login(kring.wim)
    assert "Half" not in client.get(nieuw).content.decode()
    write(kring, kring.regisseur, kring.van_wim)
    assert not Berichtconcept.objects.exists()


def test_old_drafts_go(kring: Kring) -> None:
    for account_, dagen in ((1, 100), (2, 1)):
        Berichtconcept.objects.create(
            account=account_,
            dossier=kring.dossier,
            bewaard_op=jobs.klok.now() - timedelta(days=dagen),
        )
    assert jobs.drop_old_drafts() == 1
    assert Berichtconcept.objects.get().account == 2


def test_mailbox_asks_as_much_for_ten_threads_as_for_two(
    client: Client, kring: Kring, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(2):
        write(kring, kring.helper, kring.van_bart)
    client.force_login(kring.bart)
    client.get(reverse("postvak"))
    with CaptureQueriesContext(connection) as twee:
        client.get(reverse("postvak"))
    for _ in range(8):
        write(kring, kring.helper, kring.van_bart)
    with django_assert_num_queries(len(twee)):
        client.get(reverse("postvak"))
