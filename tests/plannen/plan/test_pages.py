"""The pages of a plan: who sees which part of it, and changing it without a script."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan import evaluaties, gevolgen, grond, paneel, tekenen, versies
from samenloop.plannen.plan.bewerkbeeld import mark
from samenloop.plannen.plan.models import (
    Activiteit,
    Doelstand,
    Doelstelling,
    Evaluatie,
    Plan,
    Plansjabloon,
    Planversie,
    Tekenwijze,
    Tekstvariant,
)
from tests.access.accounts import account, actor, organisatie
from tests.plannen.maken import dossier, municipality, takes_part
from tests.plannen.plan.plannen import activity, consents, goal, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def bart() -> Gebruiker:
    """A director."""
    return account("b.kamphuis", rol=Rol.REGISSEUR, naam="Bart Kamphuis")


@pytest.fixture
def van(bart: Gebruiker) -> Plan:
    """A plan that Bart directs."""
    gemaakt = plan()
    takes_part(gemaakt.dossier, bart)
    return gemaakt


def signed_in(wie: Gebruiker) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(wie, "django.contrib.auth.backends.ModelBackend")
    return client


def at(naam: str, van: Plan, *args: Any) -> str:
    """The address of a page of this plan."""
    return reverse(naam, args=[van.dossier_id, *args])


def settle(van: Plan) -> Planversie:
    """A version that everybody signed."""
    versie = versies.make(van, door=actor())
    for each in versie.tekenaars:
        tekenen.sign(
            versie, each["sleutel"], wijze=Tekenwijze.AANWEZIG, op=klok.today(),
            door=actor(),
        )  # fmt: skip
    return versie


def shared(van: Plan) -> tuple[Client, Client]:
    """Two helpers of different organisations, each with one goal of the plan."""
    browsers = []
    for naam, doel, wat in (
        ("Schuldhulp Noord", "Wij willen rekeningen betalen.", "Schuldregeling"),
        ("Jeugdhulp Noordkust", "Thuis is het veilig.", "Veiligheidsafspraken"),
    ):
        club = organisatie(naam, "hulp")
        deelname = takes_part(
            van.dossier, None, Deelnemersrol.HULPVERLENER, Deel.EIGEN_DEEL,
            organisatie=club.pk,
        )  # fmt: skip
        activity(goal(van, doel), wat, uitvoerder=deelname)
        browsers.append(
            signed_in(account(naam.split()[0], rol=Rol.PARTNER, organisatie=club))
        )
    return browsers[0], browsers[1]


def test_the_director_sees_the_whole_plan(bart: Gebruiker, van: Plan) -> None:
    shared(van)

    tekst = signed_in(bart).get(at("plan", van)).content.decode()

    for stuk in ("Schuldregeling", "Veiligheidsafspraken", "Thuis is het veilig."):
        assert stuk in tekst


def test_a_helper_sees_the_own_part_and_nothing_that_tells_of_the_rest(
    van: Plan,
) -> None:
    schuld, jeugd = shared(van)
    van.afspraken.create(tekst="Niemand schreeuwt.")
    settle(van)

    tekst = schuld.get(at("plan", van)).content.decode()

    assert "Wij willen rekeningen betalen." in tekst
    assert "Schuldregeling" in tekst
    for stuk in ("veilig", "Jeugdhulp", "schreeuwt", "Jesse", "Marieke"):
        assert stuk not in tekst
    assert "Veiligheidsafspraken" in jeugd.get(at("plan", van)).content.decode()


def test_a_helper_sees_nothing_before_it_was_agreed(van: Plan) -> None:
    schuld, _jeugd = shared(van)

    tekst = schuld.get(at("plan", van)).content.decode()

    assert "Schuldregeling" not in tekst


def test_a_helper_sees_how_it_goes_today_in_what_was_agreed(van: Plan) -> None:
    schuld, _jeugd = shared(van)
    settle(van)
    Activiteit.objects.filter(wat="Schuldregeling").update(
        wat="Iets anders", resultaat="Voorstel ligt er"
    )

    tekst = schuld.get(at("plan", van)).content.decode()

    assert "Schuldregeling" in tekst
    assert "Voorstel ligt er" in tekst
    assert "Iets anders" not in tekst


@pytest.mark.parametrize(
    ("naam", "args"),
    [
        ("plan-versies", ()),
        ("plan-versie", (1,)),
        ("plan-vergelijken", (1, 1)),
        ("plan-bewerken", ()),
        ("plan-evaluatie", ()),
        ("plan-grond", ()),
    ],
)
def test_no_page_but_their_own_part_opens_for_a_helper(
    van: Plan, bart: Gebruiker, naam: str, args: tuple[int, ...]
) -> None:
    schuld, _jeugd = shared(van)
    settle(van)

    assert signed_in(bart).get(at(naam, van, *args)).status_code == 200
    assert schuld.get(at(naam, van, *args)).status_code == 403


def test_a_colleague_who_takes_no_part_finds_no_plan(van: Plan) -> None:
    ander = signed_in(account("s.bakker", rol=Rol.REGISSEUR))

    for naam in ("plan", "plan-versies"):
        assert ander.get(at(naam, van)).status_code == 404
    assert ander.get(at("plan-bewerken", van)).status_code == 403


def test_a_right_that_ended_opens_nothing(van: Plan) -> None:
    wie = account("e.wierda", rol=Rol.CONSULENT)
    deelname = takes_part(van.dossier, wie, Deelnemersrol.HULPVERLENER, Deel.PLAN)
    assert signed_in(wie).get(at("plan", van)).status_code == 200

    deelname.tot = klok.now()
    deelname.save()

    assert signed_in(wie).get(at("plan", van)).status_code == 404
    assert signed_in(wie).get(at("plan-bewerken", van)).status_code == 403


def test_looking_and_changing_stand_in_the_log(van: Plan, bart: Gebruiker) -> None:
    browser = signed_in(bart)

    browser.get(at("plan", van))
    browser.post(at("plan-onderdeel", van), {"actie": "bij:doel"})

    regels = Auditregel.objects.filter(onderwerp=f"dossier:{van.dossier_id}")
    assert {(each.handeling, each.wijze) for each in regels} == {
        ("plan_lezen", "geopend"),
        ("plan_schrijven", "gewijzigd"),
    }


def test_a_plan_is_opened_on_its_ground(bart: Gebruiker) -> None:
    zonder = dossier()
    takes_part(zonder, bart)
    browser = signed_in(bart)
    adres = reverse("plan-openen", args=[zonder.pk])

    assert browser.get(reverse("plan", args=[zonder.pk])).status_code == 200
    assert browser.post(adres, {"grond": "toestemming"}).status_code == 422
    assert browser.post(adres, {"grond": "meervoudig"}).status_code == 422
    assert not Plan.objects.exists()
    consents(zonder)
    assert browser.post(adres, {"grond": "toestemming"}).status_code == 302
    assert Plan.objects.get().grond_door == bart.pk


def field(van: Plan, deel: Doelstelling, tekst: str, **meer: Any) -> dict[str, Any]:
    """What a page sends about one field."""
    return {
        "soort": "doel", "onderdeel": str(deel.pk), "veld": "tekst", "tekst": tekst,
        "basis": 0, "blad": str(uuid4()), "volg": 1, **meer,
    }  # fmt: skip


def test_a_field_is_kept_and_a_meeting_is_shown(van: Plan, bart: Gebruiker) -> None:
    doel = goal(van, "")
    browser, adres = signed_in(bart), at("plan-veld", van)

    eerste = browser.post(adres, field(van, doel, "van Bart")).json()
    tweede = browser.post(adres, field(van, doel, "van <b>Sanne")).json()

    assert (eerste["hoe"], eerste["revisie"]) == ("bewaard", 1)
    assert tweede["hoe"] == "botsing"
    assert "van Bart" in tweede["botsing"]
    assert "van &lt;b&gt;Sanne" in tweede["botsing"]


def test_writing_is_logged_once_a_quarter_of_an_hour_per_page(
    van: Plan, bart: Gebruiker
) -> None:
    doel, blad = goal(van, ""), str(uuid4())
    browser = signed_in(bart)

    for volg in (1, 2, 3):
        browser.post(
            at("plan-veld", van), field(van, doel, f"{volg}", blad=blad, volg=volg)
        )

    assert Auditregel.objects.filter(handeling="plan_schrijven").count() == 1


@pytest.mark.parametrize(
    "fout", [{"veld": "orde"}, {"onderdeel": "x"}, {"soort": "plan"}, {"basis": "x"}]
)
def test_a_field_that_is_not_there_is_not_found(
    van: Plan, bart: Gebruiker, fout: dict[str, str]
) -> None:
    doel = goal(van, "")

    antwoord = signed_in(bart).post(
        at("plan-veld", van), {**field(van, doel, "x"), **fout}
    )

    assert antwoord.status_code == 404


def test_who_only_reads_writes_no_field(van: Plan) -> None:
    schuld, _jeugd = shared(van)
    doel = Doelstelling.objects.first()
    assert doel is not None

    antwoord = schuld.post(at("plan-veld", van), field(van, doel, "mis"))

    assert antwoord.status_code == 403
    doel.refresh_from_db()
    assert doel.tekst != "mis"


def test_the_page_hears_who_else_is_here_and_what_changed(
    van: Plan, bart: Gebruiker
) -> None:
    sanne = account("s.bakker", naam="Sanne Bakker")
    takes_part(van.dossier, sanne, Deelnemersrol.HULPVERLENER, Deel.PLAN)
    doel = goal(van, "")
    adres = at("plan-samen", van)
    sinds = (klok.now() - timedelta(minutes=5)).isoformat()
    blad = str(uuid4())
    signed_in(sanne).post(
        adres,
        {"blad": blad, "sinds": sinds, "onderdeel": str(doel.pk), "veld": "tekst"},
    )
    signed_in(sanne).post(
        at("plan-veld", van), field(van, doel, "Wij willen", blad=blad)
    )

    nieuws = signed_in(bart).post(adres, {"blad": uuid4(), "sinds": sinds}).json()

    assert nieuws["wie"] == [
        {"naam": "Sanne Bakker", "onderdeel": str(doel.pk), "veld": "tekst"}
    ]
    (deel,) = nieuws["onderdelen"]
    assert deel["velden"]["tekst"] == [1, "Wij willen"]


def plain(browser: Client, van: Plan, deel: str, actie: str, **velden: str) -> Any:
    """Send the plain form of one part, as the page gave it, with changes."""
    bladzijde = browser.get(at("plan-bewerken", van)).content.decode()
    begin = bladzijde.index(f'value="{deel}"')
    vorm = bladzijde[begin : bladzijde.index("</form>", begin)]
    soort = "doel" if Doelstelling.objects.filter(pk=deel).exists() else "activiteit"
    merken = vorm.split('name="r" value="')[1].split('"')[0]
    return browser.post(
        at("plan-onderdeel", van),
        {
            "deel": soort, "onderdeel": deel, "blad": str(uuid4()), "actie": actie,
            "r": merken, **velden,
        },
    )  # fmt: skip


def test_without_a_script_a_plain_form_saves_what_was_changed(
    van: Plan, bart: Gebruiker
) -> None:
    doel = goal(van, "Wij willen\nrustig slapen.")

    antwoord = plain(
        signed_in(bart), van, str(doel.pk), "bewaar",
        tekst="Wij willen\r\nrustig slapen.", van_wie="Marieke",
    )  # fmt: skip

    assert antwoord.status_code == 302
    doel.refresh_from_db()
    assert (doel.tekst, doel.van_wie) == ("Wij willen\nrustig slapen.", "Marieke")
    assert set(doel.revisies) == {"van_wie"}


def test_without_a_script_both_texts_are_kept_and_one_is_chosen(
    van: Plan, bart: Gebruiker
) -> None:
    doel, browser = goal(van, "was"), signed_in(bart)
    merken = f"tekst=0:{mark('was')}"

    for tekst in ("eerste", "tweede"):
        browser.post(
            at("plan-onderdeel", van),
            {"deel": "doel", "onderdeel": str(doel.pk), "blad": str(uuid4()),
             "actie": "bewaar", "tekst": tekst, "r": merken},
        )  # fmt: skip
    variant = Tekstvariant.objects.get()
    assert "tweede" in browser.get(at("plan-bewerken", van)).content.decode()
    browser.post(
        at("plan-onderdeel", van),
        {"deel": "doel", "onderdeel": str(doel.pk),
         "actie": f"kies:tekst:{variant.pk}"},
    )  # fmt: skip

    doel.refresh_from_db()
    assert doel.tekst == "tweede"
    assert not Tekstvariant.objects.filter(gekozen_op__isnull=True).exists()


def test_parts_are_added_moved_taken_out_and_put_back_by_plain_forms(
    van: Plan, bart: Gebruiker
) -> None:
    browser, adres = signed_in(bart), at("plan-onderdeel", van)
    een, twee = goal(van, "een"), goal(van, "twee")

    browser.post(adres, {"actie": "bij:activiteit", "ouder": str(een.pk)})
    assert een.activiteiten.count() == 1
    wie = {"deel": "doel", "onderdeel": str(twee.pk)}
    browser.post(adres, {"actie": "op", **wie})
    assert [each.tekst for each in van.doelen.all()] == ["twee", "een"]
    browser.post(adres, {"actie": "weg", **wie})
    assert van.doelen.filter(weg_op__isnull=True).count() == 1
    browser.post(adres, {"actie": "terug", **wie})
    assert van.doelen.filter(weg_op__isnull=True).count() == 2


def test_a_plan_starts_from_a_template_of_its_own_municipality(
    van: Plan, bart: Gebruiker
) -> None:
    hier = Plansjabloon.objects.create(
        gemeente=van.dossier.gemeente, naam="Schulden",
        inhoud=[{"tekst": "Rond komen", "activiteiten": [{"wat": "Overzicht"}]}],
    )  # fmt: skip
    browser, adres = signed_in(bart), at("plan-onderdeel", van)

    browser.post(adres, {"actie": "sjabloon", "sjabloon": str(uuid4())})
    assert not van.doelen.exists()
    browser.post(adres, {"actie": "sjabloon", "sjabloon": str(hier.pk)})

    assert van.doelen.get().tekst == "Rond komen"
    assert Activiteit.objects.get().wat == "Overzicht"


def test_before_signing_the_page_says_what_will_start(
    van: Plan, bart: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gevolgen, "_gevolgen", [])
    gevolgen.register(lambda versie: [f"Taak 7 bij versie {versie.nummer} begint"])
    goal(van)
    browser = signed_in(bart)

    browser.post(at("plan-versie-maken", van))

    tekst = browser.get(at("plan-versie", van, 1)).content.decode()
    assert "Taak 7 bij versie 1 begint" in tekst


def test_signing_on_the_page_brings_the_version_in_force(
    van: Plan, bart: Gebruiker
) -> None:
    goal(van)
    browser = signed_in(bart)
    browser.post(at("plan-versie-maken", van))
    adres = at("plan-tekenen", van, 1)
    dag = klok.today().isoformat()

    for each in Planversie.objects.get().tekenaars:
        gegeven = {"wie": each["sleutel"], "wijze": "papier", "op": dag}
        assert browser.post(adres, gegeven).status_code == 302
        assert browser.post(adres, gegeven).status_code in {422, 200}

    assert versies.in_force(van) is not None


def test_two_versions_are_compared_side_by_side(van: Plan, bart: Gebruiker) -> None:
    doel = goal(van, "elke maand")
    versies.make(van, door=actor())
    doel.tekst = "elke week"
    doel.save()
    versies.make(van, door=actor())

    browser = signed_in(bart)
    assert at("plan-vergelijken", van, 1, 2) in (
        browser.get(at("plan-versie", van, 2)).content.decode()
    )
    tekst = browser.get(at("plan-vergelijken", van, 1, 2)).content.decode()

    assert '<del class="sl-eraf">maand</del>' in tekst
    assert '<ins class="sl-erbij">week</ins>' in tekst


def test_an_evaluation_records_each_goal_and_plans_the_next(
    van: Plan, bart: Gebruiker
) -> None:
    doel = goal(van)
    browser, straks = signed_in(bart), klok.today() + timedelta(days=90)
    browser.post(
        at("plan-evaluatie-plannen", van), {"gepland_op": klok.today().isoformat()}
    )

    antwoord = browser.post(
        at("plan-evaluatie", van),
        {
            "gehouden_op": klok.today().isoformat(), f"zin-{doel.pk}": "Gaat goed.",
            f"stand-{doel.pk}": "bereikt", "volgende": straks.isoformat(),
        },
    )  # fmt: skip

    assert antwoord.status_code == 302
    doel.refresh_from_db()
    assert doel.stand == Doelstand.BEREIKT
    assert doel.resultaten.get().zin == "Gaat goed."
    gepland = evaluaties.planned(van)
    assert gepland is not None
    assert gepland.gepland_op == straks


def test_a_planned_evaluation_that_passed_is_late(van: Plan, bart: Gebruiker) -> None:
    Evaluatie.objects.create(plan=van, gepland_op=klok.today())
    assert not evaluaties.is_late(evaluaties.planned(van))

    Evaluatie.objects.update(gepland_op=klok.today() - timedelta(days=1))

    assert evaluaties.is_late(evaluaties.planned(van))
    assert "te laat" in signed_in(bart).get(at("plan", van)).content.decode()


def test_a_template_is_made_with_buttons_that_add_rows() -> None:
    municipality()
    browser = signed_in(account("r.kooistra", rol=Rol.BEHEER))
    adres = reverse("plansjabloon-nieuw")
    vorm = {"naam": "Schulden", "actief": "on", "d0": "Rond komen", "d0a0.wat": "Map"}

    assert (
        'name="d1"' in browser.post(adres, {**vorm, "actie": "doel+"}).content.decode()
    )
    assert (
        'name="d0a1.wat"'
        in browser.post(adres, {**vorm, "actie": "d0+"}).content.decode()
    )
    assert browser.post(adres, {**vorm, "naam": "", "actie": "bewaar"}).status_code == (
        422
    )
    assert browser.post(adres, {**vorm, "actie": "bewaar"}).status_code == 302
    assert browser.post(adres, {**vorm, "actie": "bewaar"}).status_code == 422

    gemaakt = Plansjabloon.objects.get()
    assert [doel["tekst"] for doel in gemaakt.inhoud] == ["Rond komen"]
    assert browser.get(reverse("plansjabloon", args=[gemaakt.pk])).status_code == 200


def test_the_panel_shows_each_their_part(van: Plan, bart: Gebruiker) -> None:
    shared(van)
    settle(van)

    heel = paneel.panel(actor(Rol.REGISSEUR, account=bart), van.dossier)
    club = Activiteit.objects.get(wat="Schuldregeling").uitvoerder
    assert club is not None
    deel = paneel.panel(
        actor(Rol.PARTNER, organisatie=club.organisatie_id, account=999), van.dossier
    )

    assert heel is not None
    assert deel is not None
    assert len(heel["doelen"]) == 2
    assert [each.tekst for each in deel["doelen"]] == ["Wij willen rekeningen betalen."]
    assert paneel.panel(actor(Rol.REGISSEUR, account=12345), van.dossier) is None


def test_a_larger_plan_asks_no_more_statements(van: Plan, bart: Gebruiker) -> None:
    def statements(adres: str) -> int:
        with CaptureQueriesContext(connection) as telling:
            assert browser.get(adres).status_code == 200
        return len(telling)

    browser = signed_in(bart)
    activity(goal(van))
    # The first time something is fetched that is kept for a while.
    statements(at("plan", van))
    klein = [statements(at(naam, van)) for naam in ("plan", "plan-bewerken")]
    for _keer in range(5):
        doel = goal(van)
        for _nog in range(5):
            activity(
                doel, uitvoerder=takes_part(van.dossier, None, "netwerk", naam="x")
            )
    groot = [statements(at(naam, van)) for naam in ("plan", "plan-bewerken")]

    assert groot == klein


def test_withdrawn_consent_is_said_on_the_page(bart: Gebruiker) -> None:
    zaak = dossier()
    takes_part(zaak, bart)
    gegeven = consents(zaak, gegeven_op=klok.today() - timedelta(days=1))
    grond.open_plan(zaak, grond=grond.Grond.TOESTEMMING, door=actor())
    gegeven.withdraw(klok.today())

    tekst = signed_in(bart).get(reverse("plan", args=[zaak.pk])).content.decode()

    assert str(reverse("plan-grond", args=[zaak.pk])) in tekst


def test_no_page_shows_what_is_only_for_the_program(van: Plan, bart: Gebruiker) -> None:
    goal(van)
    versies.make(van, door=actor())
    browser = signed_in(bart)

    for naam, args in (("plan", ()), ("plan-versie", (1,)), ("plan-grond", ())):
        tekst = browser.get(at(naam, van, *args)).content.decode()
        assert "Grondstand(" not in tekst
        assert "object at 0x" not in tekst
