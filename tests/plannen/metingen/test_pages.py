"""The pages of measurements: what was opened, nothing chosen, nothing lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.metingen import meten, paneel
from samenloop.plannen.metingen.models import Meetconcept, Meetinstrument, Meting
from samenloop.plannen.models import Deel, Deelnemersrol, Dossier
from tests.access.accounts import account, actor
from tests.plannen.maken import dossier, takes_part
from tests.plannen.metingen.maken import EERST, LAATST, measured, standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def van() -> Dossier:
    """A dossier of a family."""
    return dossier()


@pytest.fixture
def als(van: Dossier) -> Callable[..., tuple[Client, Gebruiker]]:
    """Sign in as somebody who takes part and sees these parts."""

    def nieuw(*delen: Deel, naam: str = "wim") -> tuple[Client, Gebruiker]:
        wie = account(naam, rol=Rol.CONSULENT, naam=naam.title())
        takes_part(van, wie, Deelnemersrol.HULPVERLENER, *delen)
        browser = Client()
        browser.force_login(wie)
        return browser, wie

    return nieuw


def fields(van: Dossier, **anders: str) -> dict[str, str]:
    """A form that is in order."""
    return {
        "persoon": str(van.betrokkene_id), "instrument": str(standard().pk),
        "op": klok.today().strftime("%d-%m-%Y"), "met_wie": "met Marieke",
        "n-werk": "4", "t-werk": "twee ochtenden in de winkel", **anders,
    }  # fmt: skip


def test_measurements_are_for_whom_that_part_was_opened(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    meting = measured(van, EERST)
    wel, _wie = als(Deel.METINGEN)
    niet, _ander = als(Deel.PLAN, Deel.JOURNAAL, naam="riet")
    for naam, args in (
        ("metingen", van.pk),
        ("meting-nieuw", van.pk),
        ("meting-herstellen", meting.pk),
    ):
        adres = reverse(naam, args=[args])
        assert wel.get(adres).status_code == 200, naam
        assert niet.get(adres).status_code == 403, naam
        assert niet.post(adres, fields(van)).status_code in (403, 405), naam
    concept = reverse("meting-concept", args=[van.pk])
    assert niet.post(concept, fields(van)).status_code == 403
    assert Meting.objects.count() == 1
    regels = Auditregel.objects.filter(onderwerp=f"dossier:{van.pk}")
    assert {regel.aantal_personen for regel in regels} == {1}


def test_nothing_is_chosen_beforehand_and_last_time_stands_beside(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    measured(van, {"werk": 2}, op=date(2026, 1, 5), toelichting="zoekt nog")
    wim, _wie = als(Deel.METINGEN)
    tekst = wim.get(reverse("meting-nieuw", args=[van.pk])).content.decode()
    assert " checked" not in tekst
    assert "2: zoekt nog" in tekst
    assert tekst.count("(vorige keer)") == 1


def test_recording_keeps_who_when_and_what(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    wim, wie = als(Deel.METINGEN)
    adres = reverse("meting-nieuw", args=[van.pk])
    for fout in (
        {"op": "gisteren"}, {"n-werk": "", "t-werk": ""}, {"n-werk": ""},
        {"n-werk": "9"},
        {"op": (klok.today() + timedelta(days=1)).strftime("%d-%m-%Y")},
    ):  # fmt: skip
        antwoord = wim.post(adres, fields(van, **fout))
        assert antwoord.status_code == 422, fout
    assert not Meting.objects.exists()
    assert wim.post(adres, fields(van)).status_code == 302
    meting = Meting.objects.get()
    assert (meting.door, meting.met_wie) == (wie.pk, "met Marieke")
    score = meting.scores.get()
    assert (score.niveau, score.toelichting) == (4, "twee ochtenden in de winkel")
    assert Auditregel.objects.filter(onderwerp=f"meting:{meting.pk}").exists()
    lijst = wim.get(reverse("metingen", args=[van.pk])).content.decode()
    assert "twee ochtenden in de winkel" in lijst


def test_what_is_typed_is_kept_until_it_is_recorded(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    wim, _wie = als(Deel.METINGEN)
    riet, _ander = als(Deel.METINGEN, naam="riet")
    concept = reverse("meting-concept", args=[van.pk])
    antwoord = wim.post(concept, fields(van))
    assert antwoord.json()["tekst"].startswith("Concept bewaard")
    adres = reverse("meting-nieuw", args=[van.pk])
    assert "twee ochtenden" in wim.get(adres).content.decode()
    assert "twee ochtenden" not in riet.get(adres).content.decode()
    wim.post(adres, fields(van))
    assert not Meetconcept.objects.exists()


def test_drafts_that_nobody_touched_are_forgotten(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    with time_machine.travel("2026-03-10T10:00:00+01:00", tick=False) as klokje:
        wim, _wie = als(Deel.METINGEN)
        wim.post(reverse("meting-concept", args=[van.pk]), fields(van))
        klokje.shift(timedelta(days=29))
        assert meten.drop_old() == 0
        klokje.shift(timedelta(days=2))
        assert meten.drop_old() == 1


def test_correcting_begins_with_what_was_and_asks_why(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    oud = measured(van, {"werk": 2}, toelichting="zoekt nog")
    wim, _wie = als(Deel.METINGEN)
    adres = reverse("meting-herstellen", args=[oud.pk])
    assert "checked" in wim.get(adres).content.decode()
    assert wim.post(adres, fields(van)).status_code == 422
    goed = fields(van, reden="verkeerde trede")
    assert wim.post(adres, goed).status_code == 302
    assert wim.get(adres).status_code == 404
    lijst = wim.get(reverse("metingen", args=[van.pk])).content.decode()
    assert "Komt in de plaats van een eerdere: verkeerde trede" in lijst


def test_the_panel_and_the_time_line_tell_it_to_whom_it_is_open(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    measured(van, EERST, op=date(2026, 3, 24))
    measured(van, LAATST, op=date(2026, 6, 8))
    _wim, wie = als(Deel.METINGEN)
    _riet, ander = als(Deel.PLAN, naam="riet")
    gevuld = paneel.panel(actor(account=wie), van)
    assert gevuld is not None
    assert "vijf van de dertien" in gevuld["beeld"].verloop.zin
    assert paneel.panel(actor(account=ander), van) is None
    gebeurd = [g.soort for g in tijdlijn.events(actor(account=wie), van)]
    assert gebeurd.count("meting") == 2
    assert "meting" not in [g.soort for g in tijdlijn.events(actor(account=ander), van)]


def test_statements_do_not_grow_with_the_measurements(
    van: Dossier, als: Callable[..., tuple[Client, Gebruiker]]
) -> None:
    _wim, wie = als(Deel.METINGEN)

    def asked() -> int:
        with CaptureQueriesContext(connection) as vragen:
            assert paneel.panel(actor(account=wie), van)
        return len(vragen)

    measured(van, {"werk": 3}, op=date(2026, 1, 1))
    weinig = asked()
    for dag in range(2, 8):
        measured(van, EERST, op=date(2026, 1, dag))
    assert asked() == weinig


def test_a_municipality_adds_its_own_instrument(client: Client, van: Dossier) -> None:
    client.force_login(account("beheer", rol=Rol.BEHEER))
    adres = reverse("meetinstrument-nieuw")
    goed = {
        "naam": "Participatieladder", "uitleg": "",
        "treden": "geïsoleerd: alleen thuis\nbetaald werk",
        "gebieden": "Meedoen: waar?",
    }  # fmt: skip
    for fout in (
        {"naam": ""},
        {"treden": "een"},
        {"gebieden": "A\na"},
        {"treden": ":"},
    ):
        assert client.post(adres, goed | fout).status_code == 422, fout
    assert client.post(adres, goed).status_code == 302
    eigen = Meetinstrument.objects.get(naam="Participatieladder")
    assert eigen.gemeente_id == "GM1651"
    assert client.get(reverse("meetinstrumenten")).status_code == 200
    wijzigen = reverse("meetinstrument-wijzigen", args=[eigen.pk])
    assert "geïsoleerd: alleen thuis" in client.get(wijzigen).content.decode()
    assert client.post(wijzigen, goed | {"gebieden": "Meedoen"}).status_code == 302
    assert client.get(wijzigen).status_code == 404, "only the version in use"
    zrm = reverse("meetinstrument-wijzigen", args=[standard().pk])
    assert client.get(zrm).status_code == 404, "the national one is not ours"
    assert (
        client.get(reverse("meetinstrument", args=[standard().pk])).status_code == 200
    )
