"""An activity goes to another goal: with all its text, and as moved in a comparison."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan import inhoud, opbouw, samen_schrijven, vergelijken
from samenloop.plannen.plan.bewerkbeeld import mark
from samenloop.plannen.plan.models import Activiteit, Plan
from samenloop.plannen.plan.velden import OnbekendVeld
from samenloop.plannen.plan.versies import changed_since
from tests.access.accounts import account, actor
from tests.plannen.maken import dossier, takes_part
from tests.plannen.plan.plannen import activity, goal, plan, typed

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


def test_it_stands_last_at_the_other_goal_and_keeps_its_text(van: Plan) -> None:
    een, twee = goal(van, "een"), goal(van, "twee")
    gaat = activity(een, "Overzicht", resultaat="half af")
    activity(twee, "Aflossen")

    opbouw.move_to(van, gaat.pk, twee.pk)

    assert [each.wat for each in twee.activiteiten.all()] == ["Aflossen", "Overzicht"]
    gaat.refresh_from_db()
    assert gaat.resultaat == "half af"
    assert not een.activiteiten.exists()


def test_what_is_typed_meanwhile_arrives_at_the_new_place(van: Plan) -> None:
    een, twee = goal(van, "een"), goal(van, "twee")
    gaat, blad = activity(een, "Overzicht"), uuid4()
    samen_schrijven.keep(van, typed(gaat, "Overzicht m", blad=blad), actor=actor())
    opbouw.move_to(van, gaat.pk, twee.pk)

    uitkomst = samen_schrijven.keep(
        van, typed(gaat, "Overzicht maken", blad=blad, volg=2), actor=actor()
    )

    assert uitkomst.hoe == "bewaard"
    assert twee.activiteiten.get().wat == "Overzicht maken"


def test_no_goal_of_another_plan_and_none_that_was_taken_out(van: Plan) -> None:
    gaat = activity(goal(van, "een"))
    weg = goal(van, "weg", weg_op=klok.now())
    elders = goal(plan(dossier("Bos")), "elders")

    for doel in (weg, elders):
        with pytest.raises(OnbekendVeld):
            opbouw.move_to(van, gaat.pk, doel.pk)
    with pytest.raises(OnbekendVeld):
        opbouw.move_to(van, activity(elders).pk, goal(van).pk)
    assert Activiteit.objects.get(pk=gaat.pk).doelstelling.tekst == "een"


def test_a_comparison_shows_it_once_as_moved(van: Plan) -> None:
    een, twee = goal(van, "een"), goal(van, "twee")
    gaat, blijft = activity(een, "Overzicht"), activity(een, "Aflossen")
    weg = activity(een, "Weg")
    was = inhoud.of_plan(van)
    opbouw.move_to(van, gaat.pk, twee.pk)
    Activiteit.objects.filter(pk=gaat.pk).update(oplevert="rust")
    weg.delete()

    doelen, _afspraken = vergelijken.compare(was, inhoud.of_plan(van))

    gevonden = {
        doel.titel: [(each.titel, each.wat) for each in doel.onder] for doel in doelen
    }
    assert gevonden == {
        "een": [(blijft.wat, "gelijk"), ("Weg", "weg")],
        "twee": [("Overzicht", "verplaatst")],
    }
    regels = [
        ["".join(stuk.tekst for stuk in kant) for kant in (regel.was, regel.wordt)]
        for regel in doelen[1].onder[0].regels
        if regel.is_anders
    ]
    assert regels == [["een", "twee"], ["", "rust"]]
    assert not doelen[1].is_gelijk


def test_moving_asks_a_new_version(van: Plan) -> None:
    een, twee = goal(van, "een"), goal(van, "twee")
    gaat = activity(een, "Overzicht")
    was = type("Versie", (), {"inhoud": inhoud.of_plan(van)})()
    assert not changed_since(inhoud.of_plan(van), was)

    opbouw.move_to(van, gaat.pk, twee.pk)

    assert changed_since(inhoud.of_plan(van), was)


def test_without_a_script_it_is_asked_on_a_page(van: Plan, bart: Gebruiker) -> None:
    een, twee = goal(van, "een"), goal(van, "twee")
    gaat = activity(een, "Overzicht")
    browser = signed_in(bart)
    vorm = {
        "deel": "activiteit", "onderdeel": str(gaat.pk), "actie": "anders",
        "wat": "Overzicht maken", "r": f"wat=0:{mark('Overzicht')}",
    }  # fmt: skip

    antwoord = browser.post(reverse("plan-onderdeel", args=[van.dossier_id]), vorm)

    pagina = reverse("plan-ander-doel", args=[van.dossier_id, gaat.pk])
    assert antwoord["Location"] == pagina
    tekst = browser.get(pagina).content.decode()
    assert "Overzicht maken" in tekst  # what was typed is kept before asking
    assert str(twee.pk) in tekst
    assert browser.post(pagina, {"doel": "geen"}).status_code == 200
    assert een.activiteiten.exists()
    browser.post(pagina, {"doel": str(twee.pk)})
    assert twee.activiteiten.get().wat == "Overzicht maken"


def test_by_script_it_is_one_request(van: Plan, bart: Gebruiker) -> None:
    een, twee = goal(van, "een"), goal(van, "twee")
    gaat = activity(een, "Overzicht")

    antwoord = signed_in(bart).post(
        reverse("plan-onderdeel", args=[van.dossier_id]),
        {
            "deel": "activiteit",
            "onderdeel": str(gaat.pk),
            "actie": f"naar:{twee.pk}",
        },
        headers={"accept": "application/json"},
    )

    assert antwoord.json()["orde"] == twee.activiteiten.get().orde


def test_who_only_reads_moves_nothing(van: Plan) -> None:
    een, twee = goal(van, "een"), goal(van, "twee")
    gaat = activity(een)
    lezer = account("l.ezer", rol=Rol.TEAMLEIDER)
    takes_part(van.dossier, lezer, Deelnemersrol.HULPVERLENER, Deel.PLAN)

    pagina = reverse("plan-ander-doel", args=[van.dossier_id, gaat.pk])
    assert signed_in(lezer).post(pagina, {"doel": str(twee.pk)}).status_code == 403
    assert een.activiteiten.exists()
