"""Appointments: made, moved and called off; in the day, without names outside."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.core.models import Gebeurtenis
from samenloop.plannen import toegang
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.plannen.plan import grond
from samenloop.plannen.plan.models import Evaluatie, Grond
from samenloop.regie import afsluiten, mijn_dag, regisseurs
from samenloop.regie.afspraken import bronnen, ics, jobs, maken
from samenloop.regie.afspraken.maken import Wanneer
from samenloop.regie.afspraken.models import Casusafspraak, Verzetting
from samenloop.regie.models import Casus
from samenloop.regie.overleg import agenda as overlegagenda
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import takes_part
from tests.regie.maken import casus as make_casus

pytestmark = pytest.mark.django_db
OCHTEND = datetime(2026, 3, 10, 8, 30, tzinfo=klok.AMSTERDAM)
VANDAAG = OCHTEND.date()


@pytest.fixture(autouse=True)
def nu() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OCHTEND, tick=False) as klok_:
        yield klok_


@pytest.fixture
def bart() -> Gebruiker:
    return account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")


@pytest.fixture
def casus(bart: Gebruiker) -> Casus:
    return make_casus(bart)


def as_director(bart: Gebruiker) -> Any:
    return actor(Rol.REGISSEUR, account=bart)


def appointment(
    casus: Casus,
    door: Any,
    uur: float = 10.5,
    soort: str = "huisbezoek",
    met: list[Deelname] | None = None,
) -> Casusafspraak:
    """An appointment of today; with whoever takes part unless told."""
    begint = OCHTEND.replace(hour=0, minute=0) + timedelta(hours=uur)
    return maken.make(
        casus, soort, Wanneer(begint, 45, "Kerkstraat 4"),
        met=[each.pk for each in met or maken.can_come(casus)],
        waarover="De rekeningen", door=door,
    )  # fmt: skip


def signed_in(wie: Gebruiker) -> Client:
    client = Client()
    client.force_login(wie, "django.contrib.auth.backends.ModelBackend")
    return client


def shown(wie: Any, dagen: int = 0) -> list[str]:
    """What stands in somebody's agenda."""
    tot = VANDAAG + timedelta(days=dagen)
    return [each.wat for each in mijn_dag.agenda(wie, VANDAAG, tot)]


def test_my_day_shows_appointments_by_the_hour_with_the_way_to_the_report(
    bart: Gebruiker, casus: Casus
) -> None:
    appointment(casus, as_director(bart), 13, "gesprek")
    appointment(casus, as_director(bart), 9)
    morgen = appointment(casus, as_director(bart), 34)

    alle = mijn_dag.agenda(as_director(bart), VANDAAG)

    assert [each.wat for each in alle] == [
        "Huisbezoek: gezin gezin Postma", "Gesprek: gezin gezin Postma",
    ]  # fmt: skip
    assert alle[0].verslag == reverse("gesprek", args=[casus.dossier_id])
    assert len(shown(as_director(bart), 1)) == 3
    tekst = signed_in(bart).get(reverse("mijn-dag")).content.decode()
    assert "09.00" in tekst
    assert "Kerkstraat 4" in tekst
    assert str(morgen.pk) not in tekst


def test_a_conversation_of_today_stands_under_what_comes_first(
    bart: Gebruiker, casus: Casus
) -> None:
    appointment(casus, as_director(bart))
    appointment(casus, as_director(bart), 11, "overleg")

    [punt] = bronnen.points(as_director(bart))

    assert punt.tijd == OCHTEND.replace(hour=10, minute=30)
    assert punt.adres == reverse("gesprek", args=[casus.dossier_id])


def test_who_writes_in_the_journal_makes_it_and_nobody_else(
    bart: Gebruiker, casus: Casus
) -> None:
    schrijft = account("wim", rol=Rol.CONSULENT)
    leest = account("dini", rol=Rol.CONSULENT)
    assert casus.dossier is not None
    takes_part(casus.dossier, schrijft, Deelnemersrol.HULPVERLENER, Deel.JOURNAAL)
    takes_part(casus.dossier, leest, Deelnemersrol.HULPVERLENER, Deel.PLAN)
    assert appointment(casus, actor(account=schrijft)).gemaakt_door == schrijft.pk

    for wie in (leest, account("bea", rol=Rol.CONSULENT)):
        with pytest.raises(GeenToegang):
            appointment(casus, actor(account=wie))
    assert Casusafspraak.objects.count() == 1


def test_only_who_takes_part_now_can_come(bart: Gebruiker, casus: Casus) -> None:
    assert casus.dossier is not None
    weg = takes_part(
        casus.dossier, account("oud"), Deelnemersrol.HULPVERLENER, tot=klok.now()
    )
    ander = make_casus(account("els", rol=Rol.REGISSEUR), naam="Bos")
    elders = Deelname.objects.get(dossier=ander.dossier_id)

    for met in ([weg], [elders]):
        with pytest.raises(maken.Niemand):
            appointment(casus, as_director(bart), met=met)
    with pytest.raises(maken.Niemand):
        maken.make(casus, "gesprek", Wanneer(OCHTEND), met=[], door=as_director(bart))


def test_not_for_a_moment_that_is_over(bart: Gebruiker, casus: Casus) -> None:
    with pytest.raises(maken.InHetVerleden):
        appointment(casus, as_director(bart), -24)
    gemaakt = appointment(casus, as_director(bart))
    with pytest.raises(maken.InHetVerleden):
        maken.move(
            gemaakt, Wanneer(OCHTEND - timedelta(days=2)), reden="x",
            door=as_director(bart),
        )  # fmt: skip


def test_moving_keeps_the_old_moment_and_why(bart: Gebruiker, casus: Casus) -> None:
    gemaakt = appointment(casus, as_director(bart))
    eerst = gemaakt.begint_op

    maken.move(
        gemaakt, Wanneer(eerst + timedelta(days=1), 30, "kantoor"),
        reden="Moeder is ziek", door=as_director(bart),
    )  # fmt: skip

    gemaakt.refresh_from_db()
    assert gemaakt.begint_op == eerst + timedelta(days=1)
    verzet = Verzetting.objects.get()
    assert (verzet.was_op, verzet.was_plaats) == (eerst, "Kerkstraat 4")
    assert shown(as_director(bart)) == []


def test_called_off_it_stays_with_its_reason_and_leaves_the_agenda(
    bart: Gebruiker, casus: Casus
) -> None:
    gemaakt = appointment(casus, as_director(bart))
    with pytest.raises(maken.ZonderReden):
        maken.call_off(gemaakt, reden="  ", door=as_director(bart))

    maken.call_off(gemaakt, reden="Niemand thuis", door=as_director(bart))

    assert shown(as_director(bart)) == []
    assert Casusafspraak.objects.get().reden == "Niemand thuis"
    with pytest.raises(maken.GaatNietDoor):
        maken.call_off(gemaakt, reden="nog eens", door=as_director(bart))
    with pytest.raises(maken.GaatNietDoor):
        maken.move(gemaakt, Wanneer(OCHTEND), reden="toch", door=as_director(bart))


def test_the_database_wants_a_reason_for_calling_off(
    bart: Gebruiker, casus: Casus
) -> None:
    appointment(casus, as_director(bart))
    with pytest.raises(IntegrityError), transaction.atomic():
        Casusafspraak.objects.update(staat="afgezegd", afgezegd_op=klok.now())


def test_a_helper_sees_their_own_and_no_other(bart: Gebruiker, casus: Casus) -> None:
    club = organisatie("Schuldhulp Noord", "schuldhulp")
    lisa = account("lisa", rol=Rol.PARTNER, organisatie=club)
    assert casus.dossier is not None
    komt = takes_part(
        casus.dossier, None, Deelnemersrol.HULPVERLENER, Deel.TAKEN,
        organisatie=club.pk,
    )  # fmt: skip
    van_bart = [each for each in maken.can_come(casus) if each.account == bart.pk]
    met_lisa = appointment(casus, as_director(bart), 10, met=[*van_bart, komt])
    zonder = appointment(casus, as_director(bart), 12, met=van_bart)

    partner = actor(Rol.PARTNER, account=lisa, organisatie=club.pk)
    assert [each.adres for each in mijn_dag.agenda(partner, VANDAAG)] == [
        reverse("afspraak", args=[met_lisa.pk])
    ]
    browser = signed_in(lisa)
    assert browser.get(reverse("afspraak", args=[met_lisa.pk])).status_code == 200
    assert browser.get(reverse("afspraak", args=[zonder.pk])).status_code == 403
    assert (
        browser.post(
            reverse("afspraak-afzeggen", args=[met_lisa.pk]), {"reden": "x"}
        ).status_code
        == 403
    )
    komt.tot = klok.now()
    komt.save()
    assert mijn_dag.agenda(partner, VANDAAG) == []


def test_the_next_director_takes_over_the_appointments(
    bart: Gebruiker, casus: Casus
) -> None:
    els = account("els", rol=Rol.REGISSEUR, naam="Els de Wit")
    appointment(casus, as_director(bart))

    regisseurs.hand_over(
        casus, regisseurs.Wie(account=els.pk), reden="Team gewisseld",
        door=as_director(bart),
    )  # fmt: skip

    assert shown(as_director(bart)) == []
    assert len(shown(as_director(els))) == 1


def test_conferences_and_evaluations_stand_beside_them(
    bart: Gebruiker, casus: Casus
) -> None:
    overlegagenda.plan(
        as_director(bart), gepland_op=OCHTEND + timedelta(hours=4), minuten=30
    )
    assert casus.dossier is not None
    plan = grond.open_plan(
        casus.dossier, grond=Grond.MEERVOUDIG, reden="Schulden en zorgen",
        herzien_op=VANDAAG + timedelta(days=30), door=as_director(bart),
    )  # fmt: skip
    Evaluatie.objects.create(plan=plan, gepland_op=VANDAAG)

    alle = mijn_dag.agenda(as_director(bart), VANDAAG)
    assert [(each.wat, each.heel_dag) for each in alle] == [
        ("Evaluatie van het plan: gezin gezin Postma", True),
        ("Casusoverleg", False),
    ]
    # With an hour of its own the evaluation stands there once.
    appointment(casus, as_director(bart), 15, "evaluatie")
    assert shown(as_director(bart)) == [
        "Casusoverleg", "Evaluatie: gezin gezin Postma",
    ]  # fmt: skip


def test_the_file_for_another_calendar_holds_no_name_and_no_place(
    bart: Gebruiker, casus: Casus
) -> None:
    gemaakt = appointment(casus, as_director(bart))

    antwoord = signed_in(bart).get(reverse("agenda-ics"), {"dag": "2026-03-10"})

    tekst = antwoord.content.decode()
    assert antwoord["Content-Type"].startswith("text/calendar")
    assert f"SUMMARY:Huisbezoek {casus.kort}" in tekst
    assert "DTSTART:20260310T093000Z" in tekst
    assert "DTEND:20260310T101500Z" in tekst
    assert str(gemaakt.pk) in tekst.replace("\r\n ", "")
    for geheim in ("Postma", "Marieke", "Kerkstraat", "rekeningen", "Bart"):
        assert geheim not in tekst
    regels = antwoord.content.split(b"\r\n")
    assert max(map(len, regels)) <= 75
    assert Auditregel.objects.filter(
        onderwerp="agenda:2026-03-10", wijze="verstrekt"
    ).exists()


def test_a_long_line_is_cut_between_letters_and_reads_the_same() -> None:
    lang = mijn_dag.Afspraak(OCHTEND, "x", kaal="é; , \\" * 30, adres="/a/")

    inhoud = ics.write([lang], lambda pad: f"https://samenloop.test{pad}")

    assert max(map(len, inhoud.split(b"\r\n"))) <= 75
    gelezen = inhoud.decode().replace("\r\n ", "")
    assert ("é\\; \\, \\\\" * 30) in gelezen


def test_closing_says_what_is_planned_and_calls_it_off(
    bart: Gebruiker, casus: Casus
) -> None:
    straks = appointment(casus, as_director(bart))
    voorbij = appointment(casus, as_director(bart), 1)
    assert any("afspraak" in punt for punt in afsluiten.open_points(casus))

    afsluiten.close(casus, reden="doel bereikt", toch=True, door=as_director(bart))
    jobs.call_off(Gebeurtenis.objects.get(soort=afsluiten.GESLOTEN))

    straks.refresh_from_db()
    voorbij.refresh_from_db()
    assert (straks.staat, voorbij.staat) == ("afgezegd", "gepland")
    with pytest.raises((maken.GaatNietDoor, GeenToegang)):
        appointment(Casus.objects.get(pk=casus.pk), as_director(bart))


def test_the_time_line_tells_what_was_called_off_and_moved(
    bart: Gebruiker, casus: Casus
) -> None:
    gemaakt = appointment(casus, as_director(bart))
    maken.move(
        gemaakt, Wanneer(OCHTEND + timedelta(days=1)), reden="Ziek",
        door=as_director(bart),
    )  # fmt: skip
    maken.call_off(gemaakt, reden="Nog ziek", door=as_director(bart))

    assert casus.dossier is not None
    teksten = [each.tekst for each in tijdlijn.events(as_director(bart), casus.dossier)]
    assert any("verzet: Ziek" in tekst for tekst in teksten)
    assert any("afgezegd: Nog ziek" in tekst for tekst in teksten)


def test_the_pages_make_move_and_call_off(bart: Gebruiker, casus: Casus) -> None:
    browser = signed_in(bart)
    nieuw = reverse("afspraak-nieuw", args=[casus.pk])
    eigen = toegang.running().get(dossier=casus.dossier_id, account=bart.pk)
    assert f'value="{eigen.pk}" ' in browser.get(nieuw).content.decode()
    gegeven = {
        "soort": "gesprek", "dag": "2026-03-11", "tijd": "10:30", "minuten": "60",
        "plaats": "thuis", "met": [str(eigen.pk)],
    }  # fmt: skip
    assert browser.post(nieuw, {**gegeven, "met": []}).status_code == 422
    antwoord = browser.post(nieuw, gegeven)
    gemaakt = Casusafspraak.objects.get()
    pagina = reverse("afspraak", args=[gemaakt.pk])
    assert antwoord["Location"] == pagina
    assert "Bart Kamphuis" in browser.get(pagina).content.decode()

    verzet = reverse("afspraak-verzetten", args=[gemaakt.pk])
    anders = {"dag": "2026-03-12", "tijd": "9:00", "minuten": "30", "plaats": ""}
    assert browser.post(verzet, anders).status_code == 422
    assert browser.post(verzet, {**anders, "reden": "Ziek"}).status_code == 302
    assert "Ziek" in browser.get(pagina).content.decode()
    assert gemaakt.pk.hex not in browser.get(reverse("agenda")).content.decode()
    week = browser.get(reverse("agenda"), {"dag": "2026-03-12"}).content.decode()
    assert pagina in week

    afzeggen = reverse("afspraak-afzeggen", args=[gemaakt.pk])
    assert browser.post(afzeggen, {"reden": "Niet nodig"}).status_code == 302
    assert (
        pagina
        not in browser.get(reverse("agenda"), {"dag": "2026-03-12"}).content.decode()
    )
    paneel = browser.get(reverse("casus", args=[casus.pk])).content.decode()
    assert nieuw in paneel


def test_more_appointments_ask_no_more_statements(
    bart: Gebruiker, casus: Casus
) -> None:
    wie = as_director(bart)

    def asked() -> int:
        with CaptureQueriesContext(connection) as vragen:
            mijn_dag.agenda(wie, VANDAAG, VANDAAG + timedelta(days=6))
        return len(vragen)

    appointment(casus, wie)
    eerst = asked()
    for nummer in range(5):
        ander = make_casus(bart, naam=f"Gezin {nummer}")
        appointment(ander, wie, 9 + nummer)

    assert asked() == eerst
    assert len(shown(wie)) == 6
