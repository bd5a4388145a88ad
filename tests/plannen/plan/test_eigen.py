"""A helper says how the own part of the plan goes, and never writes beyond it."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker, Organisatie
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.plannen.plan import eigen, samen_schrijven, tekenen, versies
from samenloop.plannen.plan.eigen import Woord
from samenloop.plannen.plan.models import Activiteit, Plan, Tekenwijze, Tekstvariant
from samenloop.plannen.plan.velden import OnbekendVeld
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import takes_part
from tests.plannen.plan.plannen import activity, goal, plan, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Organisatie:
    """A helping organisation."""
    return organisatie("Schuldhulp Noord", "schuldhulp")


@pytest.fixture
def lisa(club: Organisatie) -> Gebruiker:
    """Who works there."""
    return account("lisa", rol=Rol.PARTNER, organisatie=club)


@pytest.fixture
def van(club: Organisatie) -> Plan:
    """A signed plan in which they do one activity, and the family another."""
    gemaakt = plan()
    deelname = helps(gemaakt, club, Deel.EIGEN_DEEL)
    doel = goal(gemaakt, "Wij willen rekeningen betalen.")
    activity(doel, "Schuldregeling", uitvoerder=deelname)
    activity(doel, "Post openen", wie="Marieke")
    settle(gemaakt)
    return gemaakt


def helps(
    van: Plan,
    club: Organisatie,
    *delen: Deel,
    rol: Deelnemersrol = Deelnemersrol.HULPVERLENER,
) -> Deelname:
    """Let the organisation take part."""
    return takes_part(van.dossier, None, rol, *delen, organisatie=club.pk)


def settle(van: Plan) -> None:
    """Let everybody sign."""
    versie = versies.make(van, door=actor())
    for each in versie.tekenaars:
        tekenen.sign(
            versie, each["sleutel"], wijze=Tekenwijze.AANWEZIG, op=klok.today(),
            door=actor(),
        )  # fmt: skip


def partner(lisa: Gebruiker, club: Organisatie) -> Any:
    """Lisa as the code sees her."""
    return actor(Rol.PARTNER, account=lisa, organisatie=club.pk)


def signed_in(wie: Gebruiker) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(wie, "django.contrib.auth.backends.ModelBackend")
    return client


def done(wat: str = "Schuldregeling") -> UUID:
    """The key of an activity."""
    return Activiteit.objects.get(wat=wat).pk


KLAAR = {"stand": Woord("klaar", 0), "resultaat": Woord("Akkoord van allen", 0)}


def test_a_helper_says_that_the_own_activity_is_done(
    van: Plan, lisa: Gebruiker, club: Organisatie
) -> None:
    assert eigen.tell(van, done(), KLAAR, actor=partner(lisa, club))

    gedaan = Activiteit.objects.get(wat="Schuldregeling")
    assert (gedaan.stand, gedaan.resultaat) == ("klaar", "Akkoord van allen")
    # How it goes is no change of what was agreed.
    assert versies.latest(van) == versies.in_force(van)


def test_never_an_activity_of_another(
    van: Plan, lisa: Gebruiker, club: Organisatie
) -> None:
    ander = organisatie("Jeugdhulp Noordkust", "jeugdhulp")
    helps(van, ander, Deel.EIGEN_DEEL)
    jan = account("jan", rol=Rol.PARTNER, organisatie=ander)

    for wat, wie in (
        ("Post openen", partner(lisa, club)),
        ("Schuldregeling", partner(jan, ander)),
    ):
        with pytest.raises(OnbekendVeld):
            eigen.tell(van, done(wat), KLAAR, actor=wie)
    assert not Activiteit.objects.filter(stand="klaar").exists()


def test_never_another_field(van: Plan, lisa: Gebruiker, club: Organisatie) -> None:
    with pytest.raises(OnbekendVeld):
        eigen.tell(
            van, done(), {"wat": Woord("Iets anders", 0)}, actor=partner(lisa, club)
        )
    assert Activiteit.objects.filter(wat="Schuldregeling").exists()


def test_not_what_was_not_agreed_on_or_went_to_another(
    van: Plan, lisa: Gebruiker, club: Organisatie
) -> None:
    wie = partner(lisa, club)
    deelname = Deelname.objects.get(organisatie=club)
    nieuw = activity(goal(van, "Nieuw"), "Nog niet getekend", uitvoerder=deelname)
    assert [each.wat for each in eigen.activities(wie, van)] == ["Schuldregeling"]
    with pytest.raises(OnbekendVeld):
        eigen.tell(van, nieuw.pk, KLAAR, actor=wie)

    Activiteit.objects.filter(wat="Schuldregeling").update(uitvoerder=None)

    assert eigen.activities(wie, van) == []


@pytest.mark.parametrize("hoe", ["geen deel", "alleen overleg", "voorbij"])
def test_only_while_their_part_is_open(
    van: Plan, lisa: Gebruiker, club: Organisatie, hoe: str
) -> None:
    deelname = Deelname.objects.get(organisatie=club)
    if hoe == "geen deel":
        deelname.delen = [Deel.TAKEN]
    elif hoe == "alleen overleg":
        deelname.rol = Deelnemersrol.OVERLEG
    else:
        deelname.tot = klok.now()
    deelname.save()

    with pytest.raises(GeenToegang):
        eigen.tell(van, done(), KLAAR, actor=partner(lisa, club))


def test_who_has_the_plan_open_loses_no_text(
    van: Plan, lisa: Gebruiker, club: Organisatie
) -> None:
    samen_schrijven.keep(
        van,
        typed(Activiteit.objects.get(pk=done()), "Loopt bijna", veld="resultaat"),
        actor=actor(),
    )

    gelukt = eigen.tell(van, done(), KLAAR, actor=partner(lisa, club))

    assert not gelukt
    assert Activiteit.objects.get(pk=done()).resultaat == "Loopt bijna"
    assert Tekstvariant.objects.get().tekst == "Akkoord van allen"


def test_the_page_takes_it_and_the_log_has_it(van: Plan, lisa: Gebruiker) -> None:
    adres = reverse("plan-eigen", args=[van.dossier_id])
    browser = signed_in(lisa)
    tekst = browser.get(adres).content.decode()
    assert "Schuldregeling" in tekst
    assert "Post openen" not in tekst

    antwoord = browser.post(
        adres,
        {
            "activiteit": str(done()), "stand": "wacht", "r-stand": "0",
            "resultaat": "Wacht op de bank\r\nen de gemeente", "r-resultaat": "0",
        },
    )  # fmt: skip

    assert antwoord.status_code == 302
    gedaan = Activiteit.objects.get(pk=done())
    assert (gedaan.stand, gedaan.resultaat) == (
        "wacht", "Wacht op de bank\nen de gemeente",
    )  # fmt: skip
    assert Auditregel.objects.filter(
        onderwerp=f"dossier:{van.dossier_id}", wijze="gewijzigd"
    ).exists()


def test_a_wrong_state_is_refused_with_a_reason(van: Plan, lisa: Gebruiker) -> None:
    antwoord = signed_in(lisa).post(
        reverse("plan-eigen", args=[van.dossier_id]),
        {
            "activiteit": str(done()), "stand": "gelukt", "r-stand": "0",
            "resultaat": "", "r-resultaat": "0",
        },
    )  # fmt: skip

    assert antwoord.status_code == 422
    assert Activiteit.objects.get(pk=done()).stand == "te_starten"


def test_links_to_the_case_lead_a_helper_to_the_own_part(
    van: Plan, lisa: Gebruiker
) -> None:
    antwoord = signed_in(lisa).get(reverse("casus-van-dossier", args=[van.dossier_id]))

    assert antwoord["Location"] == reverse("plan-eigen", args=[van.dossier_id])


def test_who_takes_no_part_finds_nothing(van: Plan) -> None:
    adres = reverse("plan-eigen", args=[van.dossier_id])
    vreemd = account("piet", rol=Rol.PARTNER, organisatie=organisatie("Elders"))

    assert signed_in(vreemd).get(adres).status_code == 404
    assert signed_in(account("fg", rol=Rol.FG)).get(adres).status_code == 403


def test_more_activities_ask_no_more_statements(
    van: Plan, lisa: Gebruiker, club: Organisatie
) -> None:
    adres, browser = reverse("plan-eigen", args=[van.dossier_id]), signed_in(lisa)

    def asked() -> int:
        browser.get(adres)
        with CaptureQueriesContext(connection) as vragen:
            browser.get(adres)
        return len(vragen)

    eerst = asked()
    doel, deelname = goal(van, "Meer"), Deelname.objects.get(organisatie=club)
    for nummer in range(5):
        activity(doel, f"Nog {nummer}", uitvoerder=deelname)
    settle(van)

    assert asked() == eerst
