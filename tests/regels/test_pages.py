"""The pages of the rules: who may see and do what, and the form without a script."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.signalen.regels import proef, versies
from samenloop.signalen.regels.models import (
    Instelling,
    Regel,
    Regelproef,
    Regelversie,
    Status,
)
from tests.access.accounts import account
from tests.personen.maken import lives, municipality
from tests.regels.omgeving import family, signal
from tests.regels.test_versies import GEMEENTE, as_actor, draft

pytestmark = pytest.mark.django_db
SCHOOL = 'gezin.signalen("school", 60) >= 1'


@pytest.fixture
def beheerder() -> Gebruiker:
    """Writes rules."""
    return account("r.kooistra", rol=Rol.BEHEER, naam="Remko Kooistra")


@pytest.fixture
def beleid() -> Gebruiker:
    """Approves rules."""
    return account("m.bouma", rol=Rol.BELEID, naam="Marga Bouma")


def signed_in(wie: Gebruiker) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(wie, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def schrijver(beheerder: Gebruiker) -> Client:
    """The browser of who writes rules."""
    return signed_in(beheerder)


def form(versie: Regelversie, **anders: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {
        "naam": versie.naam,
        "waarom": "Geldzorgen vroeg zien.",
        "groep-": "alle",
        "veld-0": "signaal.leefgebied",
        "operator-0": "is",
        "waarde-0": "financien",
        "gewicht": "15",
        "label": "Geld",
        "grond_tekst": "",
        "grond_artikel": "",
        "uitdrukking": versie.uitdrukking,
        "uitdrukking_was": versie.uitdrukking,
        "actie": "bewaar",
        **anders,
    }


def new_rule(schrijver: Client) -> Regelversie:
    """A rule just started by its name."""
    antwoord = schrijver.post(reverse("regel-nieuw"), {"naam": "Geldzorgen"})
    versie = Regelversie.objects.get()
    assert antwoord.headers["Location"] == reverse("regel", args=[versie.regel_id])
    return versie


@pytest.mark.parametrize(
    ("rol", "ziet"),
    [
        (Rol.BEHEER, True),
        (Rol.BELEID, True),
        (Rol.TEAMLEIDER, True),
        (Rol.REGISSEUR, True),
        (Rol.CONSULENT, True),
        (Rol.FG, True),
        (Rol.BACKOFFICE, False),
        (Rol.PARTNER, False),
    ],
)
def test_who_works_with_rules_reads_them(
    rol: Rol, ziet: bool, beheerder: Gebruiker
) -> None:
    versie = draft(beheerder)
    client = signed_in(account("iemand", rol=rol))
    for adres in (
        reverse("regels"),
        reverse("regels-instellingen"),
        reverse("regel", args=[versie.regel_id]),
        reverse("regel-verschil", args=[versie.regel_id, 1, 1]),
    ):
        assert client.get(adres).status_code == (200 if ziet else 403)


@pytest.mark.parametrize("rol", [Rol.BELEID, Rol.CONSULENT, Rol.FG, Rol.TEAMLEIDER])
def test_only_administrators_write(rol: Rol, beheerder: Gebruiker) -> None:
    versie = draft(beheerder)
    client = signed_in(account("iemand", rol=rol))
    pagina = client.get(reverse("regel", args=[versie.regel_id]))
    assert "regelvorm" not in pagina.content.decode()
    for adres, data in (
        (reverse("regel-nieuw"), {"naam": "Mijn regel"}),
        (reverse("regels-beginset"), {}),
        (reverse("regel", args=[versie.regel_id]), form(versie, gewicht="50")),
        (reverse("regels-instellingen"), {"drempel": "500"}),
    ):
        assert client.post(adres, data).status_code == 403
    versie.refresh_from_db()
    assert versie.gewicht == 15
    assert Regel.objects.count() == 1


def test_rules_of_another_municipality_do_not_exist_here(beheerder: Gebruiker) -> None:
    versie = draft(beheerder)
    client = signed_in(account("elders", rol=Rol.BEHEER, gemeente="GM0005"))
    assert client.get(reverse("regel", args=[versie.regel_id])).status_code == 404
    assert "Geldzorgen" not in client.get(reverse("regels")).content.decode()


def test_a_rule_is_built_with_buttons_only(schrijver: Client) -> None:
    versie = new_rule(schrijver)
    adres = reverse("regel", args=[versie.regel_id])
    schrijver.post(adres, form(versie, actie="voorwaarde:"))
    schrijver.post(
        adres,
        form(
            versie,
            **{
                "veld-1": "gezin.signalen|school",
                "operator-1": "minstens",
                "waarde-1": "1",
                "dagen-1": "60",
                "actie": "groep:",
            },
        ),
    )
    antwoord = schrijver.post(
        adres,
        form(
            versie,
            **{
                "veld-1": "gezin.signalen|school",
                "operator-1": "minstens",
                "waarde-1": "1",
                "dagen-1": "60",
                "groep-2": "een",
                "veld-2-0": "gezin.jongste",
                "operator-2-0": "lager",
                "waarde-2-0": "18",
                "veld-2-1": "gezin.open_casus",
                "operator-2-1": "is",
                "waarde-2-1": "nee",
            },
        ),
    )
    versie.refresh_from_db()
    assert versie.uitdrukking == (
        'signaal.leefgebied == "financien" and gezin.signalen("school", 60) >= 1 '
        "and (gezin.jongste < 18 or not gezin.open_casus)"
    )
    pagina = antwoord.content.decode()
    assert "samenvatting" not in re.findall(r'id="(samenvatting)"', pagina)
    assert "Gezin: eerdere signalen over school in 60 dagen is minstens 1" in pagina


def test_a_condition_can_be_taken_away_again(schrijver: Client) -> None:
    versie = new_rule(schrijver)
    adres = reverse("regel", args=[versie.regel_id])
    twee = {
        "veld-1": "gezin.leden",
        "operator-1": "minstens",
        "waarde-1": "3",
        "actie": "weg:0",
    }
    schrijver.post(adres, form(versie, **twee))
    versie.refresh_from_db()
    assert versie.uitdrukking == "gezin.leden >= 3"


def test_presses_made_at_once_mean_the_form_they_were_pressed_on(
    schrijver: Client,
) -> None:
    versie = new_rule(schrijver)
    drie = {
        f"{vak}-{plaats}": waarde
        for plaats, getal in ((1, "3"), (2, "5"))
        for vak, waarde in (
            ("veld", "gezin.leden"), ("operator", "minstens"), ("waarde", getal),
        )
    }  # fmt: skip
    drukken = ["weg:0", "voorwaarde:", "weg:0", "weg:1", "groep:", "iets:9"]
    schrijver.post(
        reverse("regel", args=[versie.regel_id]), form(versie, **drie, actie=drukken)
    )
    versie.refresh_from_db()
    gebleven, rij, groep = versie.voorwaarde["delen"]
    assert (gebleven["veld"], gebleven["waarde"]) == ("gezin.leden", "5")
    assert (rij["veld"], len(groep["delen"])) == ("", 1)


def test_a_half_finished_rule_is_kept_and_says_what_misses(schrijver: Client) -> None:
    versie = new_rule(schrijver)
    adres = reverse("regel", args=[versie.regel_id])
    antwoord = schrijver.post(
        adres, form(versie, **{"waarde-0": "", "gewicht": "99", "over_wetten": "on"})
    )
    pagina = antwoord.content.decode()
    for zin in ("Kies een waarde uit de lijst.", "van 0 tot en met 50",
                "op welke grond dit mag", "Noem het artikel"):  # fmt: skip
        assert zin in pagina
    versie.refresh_from_db()
    assert versie.voorwaarde["delen"][0]["veld"] == "signaal.leefgebied"
    assert (versie.uitdrukking, versie.waarom) == ("", "Geldzorgen vroeg zien.")


def test_a_typed_expression_becomes_boxes(schrijver: Client) -> None:
    versie = new_rule(schrijver)
    adres = reverse("regel", args=[versie.regel_id])
    schrijver.post(adres, form(versie, uitdrukking=f"not ({SCHOOL})"))
    versie.refresh_from_db()
    assert versie.voorwaarde["groep"] == "geen"
    assert versie.voorwaarde["delen"][0]["veld"] == "gezin.signalen"


def test_what_boxes_cannot_show_stays_an_expression(schrijver: Client) -> None:
    versie = new_rule(schrijver)
    adres = reverse("regel", args=[versie.regel_id])
    som = 'gezin.signalen("school", 60) + gezin.signalen("wonen", 60) >= 3'
    antwoord = schrijver.post(adres, form(versie, uitdrukking=som))
    versie.refresh_from_db()
    assert (versie.voorwaarde, versie.uitdrukking) == (None, som)
    assert "meer dan de vakken kunnen tonen" in antwoord.content.decode()


def test_a_fault_in_the_expression_is_shown_at_its_place(schrijver: Client) -> None:
    versie = new_rule(schrijver)
    adres = reverse("regel", args=[versie.regel_id])
    fout = "gezin.leden >= 3\nand gezin.onzin < 2"
    pagina = schrijver.post(adres, form(versie, uitdrukking=fout)).content.decode()
    assert "Regel 2, teken 5:" in pagina
    assert "and gezin.onzin &lt; 2\n    ^^^^^^^^^^^" in pagina
    assert ">gezin.leden &gt;= 3\nand gezin.onzin &lt; 2</textarea>" in pagina
    versie.refresh_from_db()
    assert versie.uitdrukking == ""


def test_only_the_form_comes_back_to_a_script(schrijver: Client) -> None:
    versie = new_rule(schrijver)
    antwoord = schrijver.post(
        reverse("regel", args=[versie.regel_id]),
        form(versie),
        headers={"X-Samenloop-Deel": "vorm"},
    )
    pagina = antwoord.content.decode()
    assert pagina.startswith('<form class="sl-form"')
    assert "<html" not in pagina


def test_the_set_to_begin_with_comes_in_as_drafts(schrijver: Client) -> None:
    schrijver.post(reverse("regels-beginset"))
    gemaakt = list(Regelversie.objects.all())
    assert len(gemaakt) >= 8
    assert {versie.status for versie in gemaakt} == {Status.CONCEPT}
    assert all(versie.voorwaarde and versie.uitdrukking for versie in gemaakt)
    assert not any(versie.over_wetten for versie in gemaakt)
    assert [versies.faults(versie) for versie in gemaakt] == [[] for _ in gemaakt]
    schrijver.post(reverse("regels-beginset"))
    assert Regelversie.objects.count() == len(gemaakt)


def test_from_draft_to_force_through_the_pages(
    schrijver: Client, beleid: Gebruiker, django_capture_on_commit_callbacks: Any
) -> None:
    versie = new_rule(schrijver)
    adres = reverse("regel", args=[versie.regel_id])
    stap = reverse("regel-stap", args=[versie.regel_id, 1])
    schrijver.post(adres, form(versie, actie="proef"))
    (gevraagd,) = Regelproef.objects.all()
    assert ProcrastinateJob.objects.filter(
        task_name="samenloop.signalen.regels.jobs.dry_run",
        args={"proef_id": str(gevraagd.pk), "gemeente": GEMEENTE},
    ).exists()
    assert "Proef stoppen" in schrijver.get(adres).content.decode()
    proef.run(gevraagd.pk)
    assert "0 andere krijgen een ander gewicht" in schrijver.get(adres).content.decode()
    per = versies.klok.today() + versies._EEN_DAG
    schrijver.post(stap, {"stap": "vragen", "aan": beleid.pk, "per": f"{per:%d-%m-%Y}"})
    versie.refresh_from_db()
    assert versie.status == Status.TER_GOEDKEURING
    # The writer sees no button and cannot go around it.
    assert "Akkoord en in werking zetten" not in schrijver.get(adres).content.decode()
    schrijver.post(stap, {"stap": "goedkeuren", "per": f"{per:%d-%m-%Y}"})
    versie.refresh_from_db()
    assert versie.status == Status.TER_GOEDKEURING
    ander = signed_in(beleid)
    assert "Akkoord en in werking zetten" in ander.get(adres).content.decode()
    ander.post(stap, {"stap": "goedkeuren", "per": f"{per:%d-%m-%Y}"})
    versie.refresh_from_db()
    assert (versie.status, versie.geldig.lower) == (Status.GOEDGEKEURD, per)
    assert "Versie intrekken" in ander.get(adres).content.decode()


def test_a_dry_run_can_be_stopped(schrijver: Client, beheerder: Gebruiker) -> None:
    versie = draft(beheerder)
    gestart = Regelproef.objects.create(
        versie=versie, jaar=2025, vingerafdruk="x", gestart_door=beheerder
    )
    schrijver.post(reverse("regelproef-stop", args=[gestart.pk]))
    gestart.refresh_from_db()
    assert gestart.staat == Regelproef.Staat.GESTOPT
    proef.run(gestart.pk)
    gestart.refresh_from_db()
    assert (gestart.staat, gestart.uitkomst) == (Regelproef.Staat.GESTOPT, {})


def test_the_outcome_names_signals_by_number_and_nobody(
    schrijver: Client, beheerder: Gebruiker
) -> None:
    gemeente = municipality(GEMEENTE, "Eemsmond")
    _gezin, leden = family(("ouder", "1984-02-01"), ("kind", "2012-06-15"))
    for lid in leden:
        lives(lid, gemeente)
    jaar = versies.klok.today().year - 1
    huur = signal(leden[0], dag=f"{jaar}-05-10", gemeente=gemeente)
    versie = draft(beheerder)
    versie = versies.change(as_actor(beheerder), versie, gewicht=40)
    gestart = Regelproef.objects.create(
        versie=versie, jaar=jaar, vingerafdruk=versie.vingerafdruk,
        gestart_door=beheerder,
    )  # fmt: skip
    proef.run(gestart.pk)
    pagina = schrijver.get(reverse("regel", args=[versie.regel_id])).content.decode()
    assert f"in {jaar} 1 signalen meer een melding" in pagina
    assert huur.nummer in pagina
    lijst = schrijver.get(reverse("regelproef-signalen", args=[gestart.pk]))
    csv = schrijver.get(reverse("regelproef-csv", args=[gestart.pk]))
    assert huur.nummer in lijst.content.decode()
    assert csv.content.decode("utf-8-sig").splitlines()[1] == (
        f"{huur.nummer};Huurachterstand;{jaar}-05;0;40;ja"
    )
    gestart.refresh_from_db()
    for tekst in (pagina, lijst.content.decode(), str(gestart.uitkomst)):
        assert "Tester" not in tekst
        assert str(leden[0].pk) not in tekst


def test_settings_are_added_with_a_reason(
    schrijver: Client, beheerder: Gebruiker
) -> None:
    adres = reverse("regels-instellingen")
    fout = schrijver.post(adres, {"drempel": "0", "opvallend_verschil": "10",
                                  "waarom": "zomaar"})  # fmt: skip
    assert "van 1 tot en met 500" in fout.content.decode()
    assert "waarom dit verandert" in fout.content.decode()
    goed = "Het team kan meer meldingen wegen."
    schrijver.post(adres, {"drempel": "25", "opvallend_verschil": "15", "waarom": goed})
    (instelling,) = Instelling.objects.all()
    assert (instelling.drempel, instelling.opvallend_verschil) == (25, 15)
    assert instelling.vastgelegd_door == beheerder
    assert goed in schrijver.get(adres).content.decode()
