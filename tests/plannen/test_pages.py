"""The pages of who takes part: who may, what they show, and what they leave behind."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access import besluiten
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import klok
from samenloop.personen.models import Toestemming
from samenloop.plannen import paneel
from samenloop.plannen.dossier import tijdlijn
from samenloop.plannen.models import (
    Aanleiding,
    Beperking,
    Deel,
    Deelname,
    Deelnemersrol,
    Dossier,
    Herbeoordeling,
)
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import dossier, takes_part
from tests.plannen.test_gronden import child_of, consent, parent_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bart() -> Gebruiker:
    """The director."""
    return account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")


@pytest.fixture
def van(bart: Gebruiker) -> Dossier:
    """A dossier that Bart directs."""
    gemaakt = dossier()
    takes_part(gemaakt, bart)
    return gemaakt


@pytest.fixture
def leidt(client: Client, bart: Gebruiker) -> Client:
    """Signed in as the director."""
    client.force_login(bart)
    return client


def helper(van: Dossier, *delen: Deel) -> tuple[Client, Deelname]:
    """A colleague who helps and sees these parts, signed in."""
    wie = account("wmo", rol=Rol.CONSULENT, naam="Wim Mulder")
    deelname = takes_part(van, wie, Deelnemersrol.HULPVERLENER, *delen)
    browser = Client()
    browser.force_login(wie)
    return browser, deelname


def invoer(**anders: object) -> dict[str, object]:
    """A form that is in order: the family lets the school in."""
    return {
        "soort": "naam", "naam": "Trijntje Bos", "rol": "netwerk",
        "hoedanigheid": "oma", "delen": ["plan", "taken"], "tot": "",
        "grondslag": "wens", "grond": "Marieke vroeg het op 3 maart", **anders,
    }  # fmt: skip


def test_the_list_shows_who_sees_what_on_what_ground(
    leidt: Client, van: Dossier
) -> None:
    ja = consent(van.betrokkene)
    Deelname.objects.create(
        dossier=van, rol="hulpverlener", organisatie=organisatie("Schuldhulp Noord"),
        delen=["plan"], toestemming=ja,
    )  # fmt: skip
    parent_in(van, Deel.EIGEN_DEEL)
    antwoord = leidt.get(reverse("deelnemers", args=[van.pk]))
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    for stuk in (
        "Bart Kamphuis", "alles, vanwege de regie", "Schuldhulp Noord",
        "toestemming van Marieke Postma", "gezag over Jesse Postma",
        "Jeugdwet 7.3.4",
    ):  # fmt: skip
        assert stuk in tekst, stuk
    regel = Auditregel.objects.get(onderwerp=f"dossier:{van.pk}")
    assert regel.aantal_personen == 2


def test_the_list_is_for_whom_it_was_opened(leidt: Client, van: Dossier) -> None:
    adres = reverse("deelnemers", args=[van.pk])
    wim, deelname = helper(van, Deel.PLAN)
    assert wim.get(adres).status_code == 403
    Deelname.objects.filter(pk=deelname.pk).update(delen=["toegang"])
    antwoord = wim.get(adres)
    assert antwoord.status_code == 200
    assert "deelnemers/nieuw" not in antwoord.content.decode()
    assert wim.get(reverse("deelnemer-toelaten", args=[van.pk])).status_code == 403
    assert leidt.get(reverse("deelnemers", args=[uuid4()])).status_code == 404
    elders = dossier("Elders", gemeente="GM0005")
    assert leidt.get(reverse("deelnemers", args=[elders.pk])).status_code == 404


def test_letting_in_takes_who_what_and_on_what_ground(
    leidt: Client, van: Dossier
) -> None:
    adres = reverse("deelnemer-toelaten", args=[van.pk])
    fout: dict[str, Any]
    for fout in (
        {"soort": ""}, {"naam": ""}, {"delen": []}, {"grondslag": ""}, {"grond": ""},
        {"tot": "01-01-2020"}, {"grondslag": "toestemming"}, {"grondslag": "gezag"},
        {"soort": "collega"}, {"rol": "regisseur"},
    ):  # fmt: skip
        assert leidt.post(adres, invoer(**fout)).status_code == 422, fout
    assert Deelname.objects.count() == 1
    assert leidt.post(adres, invoer()).status_code == 302
    nieuw = Deelname.objects.get(naam="Trijntje Bos")
    assert nieuw.delen == ["plan", "taken"]
    assert nieuw.gegeven_door is not None
    assert Auditregel.objects.filter(onderwerp=f"deelname:{nieuw.pk}").exists()


def test_letting_in_on_consent_keeps_on_which(leidt: Client, van: Dossier) -> None:
    ja = consent(van.betrokkene)
    adres = reverse("deelnemer-toelaten", args=[van.pk])
    antwoord = leidt.post(
        adres, invoer(grondslag="toestemming", toestemming=str(ja.pk), grond="")
    )
    assert antwoord.status_code == 302
    assert Deelname.objects.get(naam="Trijntje Bos").toestemming == ja
    van_ander = consent(dossier("Elders").betrokkene)
    fout = invoer(grondslag="toestemming", toestemming=str(van_ander.pk))
    assert leidt.post(adres, fout).status_code == 422


def test_a_parent_is_let_in_on_gezag_and_nobody_else(
    leidt: Client, van: Dossier
) -> None:
    adres = reverse("deelnemer-toelaten", args=[van.pk])
    kind = child_of(van)
    goed = invoer(
        soort="gezinslid", persoon=str(van.betrokkene_id), rol="gezin",
        grondslag="gezag", gezag=str(kind.pk),
    )  # fmt: skip
    assert leidt.post(adres, goed | {"persoon": str(kind.pk)}).status_code == 422
    assert leidt.post(adres, goed | {"soort": "naam"}).status_code == 422
    assert leidt.post(adres, goed).status_code == 302
    assert Deelname.objects.get(persoon=van.betrokkene).gezag_over == kind


def test_ending_asks_why_and_closes_at_once(leidt: Client, van: Dossier) -> None:
    wim, deelname = helper(van, Deel.TOEGANG)
    lijst = reverse("deelnemers", args=[van.pk])
    adres = reverse("deelname-beeindigen", args=[deelname.pk])
    assert wim.get(adres).status_code == 403
    assert leidt.post(adres, {"reden": ""}).status_code == 422
    assert wim.get(lijst).status_code == 200
    assert (
        leidt.post(adres, {"reden": "het gezin wil het niet meer"}).status_code == 302
    )
    assert wim.get(lijst).status_code == 403
    assert "het gezin wil het niet meer" in leidt.get(lijst).content.decode()
    eigen = Deelname.objects.get(rol="regisseur")
    assert (
        leidt.post(
            reverse("deelname-beeindigen", args=[eigen.pk]), {"reden": "weg"}
        ).status_code
        == 404
    )


def test_closing_parts_asks_ground_reason_and_day(leidt: Client, van: Dossier) -> None:
    wim, deelname = helper(van, Deel.TOEGANG, Deel.PLAN)
    adres = reverse("deelname-beperken", args=[deelname.pk])
    goed = {
        "delen": ["toegang"], "grond": "veiligheid", "reden": "dreiging op 9 maart",
        "herzien_op": (klok.today() + timedelta(days=42)).strftime("%d-%m-%Y"),
    }  # fmt: skip
    fout: dict[str, Any]
    for fout in (
        {"delen": []}, {"grond": "ruzie"}, {"reden": ""}, {"herzien_op": ""},
        {"herzien_op": (klok.today() + timedelta(days=93)).strftime("%d-%m-%Y")},
    ):  # fmt: skip
        assert leidt.post(adres, goed | fout).status_code == 422, fout
    assert wim.post(adres, goed).status_code == 403
    lijst = reverse("deelnemers", args=[van.pk])
    assert wim.get(lijst).status_code == 200
    assert leidt.post(adres, goed).status_code == 302
    assert wim.get(lijst).status_code == 403
    assert "dicht tot en met" in leidt.get(lijst).content.decode()
    rij = Beperking.objects.get()
    open_ = reverse("beperking-beeindigen", args=[rij.pk])
    assert wim.post(open_, {"reden": "toch maar"}).status_code == 403
    assert leidt.post(open_, {"reden": "de dreiging is weg"}).status_code == 302
    assert wim.get(lijst).status_code == 200


def test_consent_shows_what_stops_before_and_does_it_after(
    leidt: Client, van: Dossier
) -> None:
    ja = consent(van.betrokkene)
    Deelname.objects.create(
        dossier=van, rol="hulpverlener", naam="Schuldhulp Noord", delen=["metingen"],
        toestemming=ja,
    )  # fmt: skip
    adres = reverse("toestemming-stoppen", args=[ja.pk])
    tekst = leidt.get(adres).content.decode()
    assert "Schuldhulp Noord doet niet meer mee en ziet niet langer: metingen" in tekst
    assert Deelname.objects.get(naam="Schuldhulp Noord").tot is None
    leidt.post(adres)
    assert Toestemming.objects.get().ingetrokken_op == klok.today()
    assert Deelname.objects.get(naam="Schuldhulp Noord").tot is not None
    lijst = leidt.get(reverse("deelnemers", args=[van.pk])).content.decode()
    assert "op welke grond gaat het verder" in lijst


def test_what_was_put_up_is_taken_off_by_writing_down_what_was_decided(
    leidt: Client, van: Dossier
) -> None:
    kind = child_of(van)
    ouder = parent_in(van, Deel.PLAN)
    rij = Herbeoordeling.objects.create(
        dossier=van, persoon=kind, aanleiding=Aanleiding.TWAALF, op=klok.today(),
        deelname=ouder,
    )  # fmt: skip
    adres = reverse("herbeoordeling", args=[rij.pk])
    lijst = reverse("deelnemers", args=[van.pk])
    assert adres in leidt.get(lijst).content.decode()
    wim, _deelname = helper(van, Deel.TOEGANG)
    assert wim.get(adres).status_code == 403
    assert adres not in wim.get(lijst).content.decode()
    assert leidt.get(adres).status_code == 200
    assert leidt.post(adres, {"uitkomst": "stopt"}).status_code == 422
    assert (
        leidt.post(
            adres, {"uitkomst": "stopt", "toelichting": "Jesse wil het niet"}
        ).status_code
        == 302
    )
    ouder.refresh_from_db()
    assert ouder.reden_einde == "Jesse wil het niet"
    assert adres not in leidt.get(lijst).content.decode()


def test_the_panel_and_the_time_line_tell_it_to_whom_it_is_open(
    leidt: Client, van: Dossier, bart: Gebruiker
) -> None:
    _wim, deelname = helper(van, Deel.PLAN)
    wie, helpt = (
        actor(Rol.REGISSEUR, account=bart),
        actor(account=deelname.account or 0),
    )
    paneel_ = paneel.panel(wie, van)
    assert paneel_ is not None
    assert [rij.naam for rij in paneel_["deelnemers"]] == [
        "Bart Kamphuis",
        "Wim Mulder",
    ]
    assert paneel.panel(helpt, van) is None
    assert "Wim Mulder" in "".join(g.tekst for g in tijdlijn.events(wie, van))
    assert "Wim Mulder" not in "".join(g.tekst for g in tijdlijn.events(helpt, van))
    assert leidt.get(reverse("deelnemers", args=[van.pk])).status_code == 200


def test_statements_do_not_grow_with_the_list(van: Dossier, bart: Gebruiker) -> None:
    wie = actor(Rol.REGISSEUR, account=bart)

    def asked() -> int:
        with CaptureQueriesContext(connection) as vragen:
            assert paneel.panel(wie, van)
        return len(vragen)

    helper(van, Deel.PLAN)
    takes_part(
        van, None, Deelnemersrol.HULPVERLENER, Deel.PLAN, organisatie=organisatie().pk
    )
    weinig = asked()
    for nummer in range(5):
        takes_part(van, account(f"c{nummer}"), Deelnemersrol.HULPVERLENER, Deel.PLAN)
        takes_part(
            van, None, Deelnemersrol.HULPVERLENER, Deel.PLAN,
            organisatie=organisatie(f"O{nummer}").pk,
        )  # fmt: skip
    assert asked() == weinig


def test_the_officer_finds_restrictions_and_may_close_none() -> None:
    fg = actor(Rol.FG)
    assert besluiten.may(fg, Handeling.LOG_LEZEN)
    assert not besluiten.may(fg, Handeling.TOEGANG_BEPERKEN)
    assert not besluiten.may(fg, Handeling.TOEGANG_GEVEN)
