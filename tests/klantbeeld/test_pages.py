"""The view per role and purpose: what it shows, what it leaves out, what it logs."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel, Verwerking
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Domein, Rol
from samenloop.klantbeeld.models import Inkijk
from samenloop.klantbeeld.velden import velden
from samenloop.personen.models import Gezinslid
from samenloop.plannen.models import Dossier
from tests.access.accounts import GEMEENTE, account
from tests.klantbeeld import familie
from tests.klantbeeld.familie import Familie, assign, confirm, family
from tests.klantbeeld.openen import ALLES, answers, card, enter, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def postma() -> Familie:
    return family()


@pytest.fixture
def wmo(postma: Familie) -> Gebruiker:
    """A caseworker for the Wmo to whom the melding is assigned."""
    gemaakt = account("w", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    assign(postma.melding, gemaakt)
    return gemaakt


@pytest.fixture
def regisseur(postma: Familie) -> Gebruiker:
    gemaakt = account("r", rol=Rol.REGISSEUR)
    assign(postma.melding, gemaakt)
    return gemaakt


def test_caseworker_sees_content_of_the_own_law_and_not_of_the_neighbour(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    pagina = look(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    assert familie.WMO_SOORT in card(pagina, "zorg")
    assert familie.REDEN in card(pagina, "zorg")
    assert familie.JEUGD_SOORT not in pagina
    assert "toestemming" in card(pagina, "opvoeden")
    assert "Uitkering" not in card(pagina, "inkomen")


def test_regisseur_sees_that_and_not_what(
    client: Client, postma: Familie, regisseur: Gebruiker
) -> None:
    confirm(GEMEENTE, "G020", "G054", "G073")
    pagina = look(client, regisseur, "melding_wegen", "melding", postma.melding.pk)
    assert "Zorg Wadkant" in card(pagina, "opvoeden")
    for inhoud in (familie.JEUGD_SOORT, familie.WMO_SOORT, familie.REDEN):
        assert inhoud not in pagina


def test_doubtful_ground_stays_closed_until_confirmed(
    client: Client, postma: Familie, regisseur: Gebruiker
) -> None:
    pagina = look(client, regisseur, "melding_wegen", "melding", postma.melding.pk)
    assert "Zorg Wadkant" not in pagina
    assert "niet bevestigd" in card(pagina, "opvoeden")
    # Who belongs together is doubtful too: only whom it is about is shown.
    assert "Marieke" in pagina
    assert "Noor" not in pagina


def test_four_reasons_for_an_empty_place_are_four_sentences(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    pagina = look(
        client,
        wmo,
        "wmo_onderzoek",
        "melding",
        postma.melding.pk,
        [g for g in ALLES if g != "school"],
    )
    assert "liet dit leefgebied buiten uw afweging" in card(pagina, "school")
    assert "De wet staat dit niet toe" in card(pagina, "justitie")
    assert "toestemming" in card(pagina, "schulden")
    leeg = family(vanaf=10)
    assign(leeg.melding, wmo)
    adres = enter(client, wmo, "wmo_onderzoek", "persoon", leeg.oma.pk)
    pagina = client.get(f"{adres}?wie={leeg.oma.pk}").content.decode()
    assert "Niets gevonden" in card(pagina, "zorg")


def test_what_may_be_seen_and_is_not_there_is_never_called_forbidden(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    # Health has a ground here (G075), and no record or source of its own.
    pagina = look(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    assert "Niets gevonden" in card(pagina, "gezondheid")
    assert "geen grond" in card(pagina, "veiligheid")


def test_a_no_keeps_the_police_signal_out_though_signals_are_open(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    pagina = look(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    assert familie.AANLEIDING in card(pagina, "schulden")
    assert familie.POLITIE not in pagina


def test_what_came_in_after_midnight_is_of_the_new_day(client: Client) -> None:
    with time_machine.travel("2026-01-01T00:30:00+01:00"):
        nieuwjaar = family()
        wie = account("w", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
        assign(nieuwjaar.melding, wie)
        pagina = look(client, wie, "wmo_onderzoek", "melding", nieuwjaar.melding.pk)
    assert 'data-veld="signaal.schulden.op">ontvangen op 1 januari 2026' in pagina
    assert 'data-veld="melding.op">ontstaan op 1 januari 2026' in pagina


def test_signals_show_only_in_the_context_of_the_melding(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    pagina = look(client, wmo, "wmo_onderzoek", "persoon", postma.moeder.pk)
    assert familie.AANLEIDING not in pagina
    assert "M-2026-" not in pagina


def test_who_has_no_task_sees_only_that(client: Client, postma: Familie) -> None:
    buiten = account("b", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    pagina = look(client, buiten, "wmo_onderzoek", "melding", postma.melding.pk)
    assert "Zorg Wadkant" in card(pagina, "zorg")
    assert familie.WMO_SOORT not in pagina
    assert familie.AANLEIDING not in pagina
    assert familie.STRAAT not in pagina
    assert "eigen taak" in card(pagina, "netwerk")


def test_handing_over_the_melding_closes_its_content_at_once(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    adres = enter(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    assert familie.WMO_SOORT in client.get(adres).content.decode()
    assign(postma.melding, account("ander"))
    assert familie.WMO_SOORT not in client.get(adres).content.decode()


def test_purpose_is_asked_once_per_dossier_and_again_after_its_time(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    vraag = reverse("klantbeeld-openen", args=["persoon", postma.moeder.pk])
    with time_machine.travel("2026-03-10T09:16:00+01:00") as klok:
        adres = enter(client, wmo, "wmo_onderzoek", "persoon", postma.moeder.pk)
        assert client.get(vraag)["Location"] == adres
        klok.shift(13 * 3600)
        client.force_login(wmo)
        assert client.get(vraag).status_code == 200
        verlopen = client.get(adres)
        assert verlopen["Location"] == vraag
        bron = client.get(f"{adres}bron/zorg/")
        assert bron.status_code == 404
    assert Inkijk.objects.count() == 1


def test_another_purpose_takes_the_place_of_the_one_before(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    vraag = reverse("klantbeeld-openen", args=["melding", postma.melding.pk])
    eerst = enter(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    assert client.get(f"{vraag}?anders").status_code == 200
    later = enter(client, wmo, "signaal_ontvangen", "melding", postma.melding.pk)
    assert later != eerst
    assert client.get(vraag)["Location"] == later
    assert familie.WMO_SOORT not in client.get(later).content.decode()


def test_weighing_needs_a_purpose_reasons_and_domains(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    client.force_login(wmo)
    vraag = reverse("klantbeeld-openen", args=["melding", postma.melding.pk])
    leeg = client.post(vraag, {"noodzaak": "kort", "leefgebieden": []})
    assert leeg.status_code == 422
    assert "checked" not in leeg.content.decode()
    assert not Inkijk.objects.exists()
    for verboden in ("noodtoegang", "bijstand", "inzage_betrokkene", "zomaar"):
        antwoord = client.post(vraag, answers(verboden))
        assert antwoord.status_code == 422, verboden


@pytest.mark.parametrize(
    "rol", [Rol.BACKOFFICE, Rol.TEAMLEIDER, Rol.BELEID, Rol.BEHEER, Rol.FG, Rol.PARTNER]
)
def test_other_roles_do_not_open_a_view(
    client: Client, postma: Familie, rol: Rol
) -> None:
    client.force_login(account("x", rol=rol))
    vraag = reverse("klantbeeld-openen", args=["persoon", postma.moeder.pk])
    assert client.get(vraag).status_code == 403


def test_opening_of_another_is_not_mine(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    adres = enter(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    client.force_login(account("ander", domeinen=[Domein.WMO]))
    assert client.get(adres).status_code == 404
    assert client.get(f"{adres}bron/zorg/").status_code == 404


def test_family_of_another_municipality_is_not_there(client: Client) -> None:
    elders = family("GM0005", vanaf=20)
    client.force_login(account("w", domeinen=[Domein.WMO]))
    for context, id_ in (
        ("persoon", elders.moeder.pk),
        ("melding", elders.melding.pk),
        ("casus", elders.casus.pk),
    ):
        vraag = reverse("klantbeeld-openen", args=[context, id_])
        assert client.get(vraag).status_code == 404


def test_every_page_is_in_the_log_before_it_is_shown(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    adres = enter(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    assert not Auditregel.objects.exists()
    client.get(adres)
    regel = Auditregel.objects.get(handeling="klantbeeld_openen")
    assert regel.doel == "wmo_onderzoek"
    assert regel.diepte == "wat"
    assert regel.onderwerp == f"melding:{postma.melding.pk}"
    assert "G048" in regel.grond
    over = set(
        Verwerking.objects.exclude(persoon=None).values_list("persoon", flat=True)
    )
    assert over == {postma.moeder.pk, postma.kind.pk, postma.oma.pk}


def test_nothing_is_shown_that_is_not_in_the_catalogue(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    pagina = look(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    getoond = set(re.findall(r'data-veld="([^"]+)"', pagina))
    assert len(getoond) > 12
    assert getoond <= set(velden())
    # Every value of the records stands inside an element that names its field.
    zonder = re.sub(r'<(b|span)[^>]*data-veld="[^"]+"[^>]*>.*?</\1>', "", pagina)
    zonder = re.sub(
        r'<figure[^>]*data-veld="tekening.gezin".*?</figure>', "", zonder, flags=re.S
    )
    for waarde in (
        familie.WMO_SOORT,
        familie.REDEN,
        familie.STRAAT,
        "Zorg Wadkant",
        familie.AANLEIDING,
    ):
        assert waarde in pagina
        assert waarde not in zonder


def test_number_of_statements_does_not_grow_with_the_family(
    client: Client, postma: Familie, wmo: Gebruiker
) -> None:
    adres = enter(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    client.get(adres)
    with CaptureQueriesContext(connection) as klein:
        client.get(adres)
    for nummer in (1, 2):
        erbij = family(vanaf=nummer * 10)
        for lid in Gezinslid.objects.filter(gezin=erbij.gezin):
            Gezinslid.objects.create(
                gezin=postma.gezin,
                persoon=lid.persoon,
                rol=lid.rol,
                geldig=lid.geldig,
                bekend=lid.bekend,
            )
    with CaptureQueriesContext(connection) as groot:
        pagina = client.get(adres).content.decode()
    assert pagina.count('data-veld="persoon.naam"') >= 9
    assert len(groot) == len(klein)


def test_one_person_at_a_time(client: Client, postma: Familie, wmo: Gebruiker) -> None:
    adres = enter(client, wmo, "wmo_onderzoek", "melding", postma.melding.pk)
    alleen = client.get(f"{adres}?wie={postma.kind.pk}").content.decode()
    assert familie.WMO_SOORT not in alleen
    assert client.get(f"{adres}?wie=onzin").status_code == 404


def test_case_that_has_a_page_can_be_opened_from_the_view(
    client: Client, postma: Familie, regisseur: Gebruiker
) -> None:
    doel = "regie_multiproblematiek"
    adres = reverse("casus", args=[postma.casus.pk])
    voor = look(client, regisseur, doel, "melding", postma.melding.pk)
    assert postma.casus.nummer in voor
    assert adres not in voor
    dossier = Dossier.objects.create(
        gemeente=postma.gemeente, gezin=postma.gezin, betrokkene=postma.moeder
    )
    type(postma.casus).objects.filter(pk=postma.casus.pk).update(dossier=dossier)
    assert adres in look(client, regisseur, doel, "melding", postma.melding.pk)
