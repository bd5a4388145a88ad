"""What each role sees of signals and meldingen, and what it does not."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen
from samenloop.signalen import meldingen
from samenloop.signalen.models import (
    Melding,
    Signaal,
    Signaalconcept,
    Terugmelding,
    Weging,
    Wegingconcept,
)
from samenloop.signalen.ontvangst import Melder
from tests.access.accounts import account, actor, organisatie
from tests.signalen.maken import gemeente, gezin, melding_van, persoon, signaal

pytestmark = pytest.mark.django_db

INHOUD = "Moeder vertelt dat het door geldzorgen botst."
ANTWOORDEN = {
    "noodzaak": "ja",
    "noodzaak_waarom": "Uit de signalen is het niet te zien.",
    "proportionaliteit": "ja",
    "proportionaliteit_waarom": "Alleen wonen en schulden.",
    "subsidiariteit": "lichtste",
    "subsidiariteit_waarom": "Bellen lukte niet.",
    "besluit": "enkelvoudig",
}


@pytest.fixture(autouse=True)
def _plaats() -> None:
    gemeente()


def inlog(client: Client, rol: Rol, naam: str = "w.erker", **meer: Any) -> Gebruiker:
    gebruiker = account(naam, rol=rol, **meer)
    client.force_login(gebruiker)
    return gebruiker


def melding_for(gebruiker: Gebruiker | None, **anders: Any) -> Melding:
    """A melding about safety of the family Postma, assigned when somebody is named."""
    moeder = persoon("Postma")
    gezin((moeder, "ouder"))
    anders = {"veiligheidsrisico": True, "inhoud": INHOUD, **anders}
    gemaakt = melding_van(signaal(moeder, **anders).pk)
    assert gemaakt is not None
    if gebruiker is not None:
        meldingen.assign(
            gemaakt, gebruiker.pk, actor=actor(Rol.TEAMLEIDER, account=9_999)
        )
    return gemaakt


def page(client: Client, naam: str, *args: Any) -> str:
    antwoord = client.get(reverse(naam, args=args))
    assert antwoord.status_code == 200
    return antwoord.content.decode()


INVOER = {
    "omschrijving": "Man met hond, Kerkstraat",
    "kanaal": "telefoon",
    "melder_naam": "M. de Boer",
    "soort": "woonoverlast",
    "aanleiding": "Schreeuwt 's nachts",
    "veiligheid": "nee",
    "terugkoppeling": "on",
    "onthouden": "niet",
}


# --- registering ---------------------------------------------------------------


@pytest.mark.parametrize("rol", [Rol.CONSULENT, Rol.REGISSEUR, Rol.BACKOFFICE])
def test_who_registers_can_register(client: Client, rol: Rol) -> None:
    inlog(client, rol)
    antwoord = client.post(reverse("signaal-nieuw"), INVOER)
    gemaakt = Signaal.objects.get()
    assert antwoord.status_code == 302
    assert antwoord.headers["Location"] == reverse("signaal", args=[gemaakt.pk])
    assert gemaakt.betrokkenen.get().omschrijving == "Man met hond, Kerkstraat"


@pytest.mark.parametrize(
    "rol", [Rol.TEAMLEIDER, Rol.BELEID, Rol.BEHEER, Rol.FG, Rol.PARTNER]
)
def test_others_cannot_register_on_the_page_for_workers(
    client: Client, rol: Rol
) -> None:
    inlog(client, rol)
    assert client.post(reverse("signaal-nieuw"), INVOER).status_code == 403
    assert not Signaal.objects.exists()


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("omschrijving", ""),
        ("melder_naam", ""),
        ("soort", ""),
        ("aanleiding", ""),
        ("veiligheid", ""),
        ("onthouden", "inzage"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    client: Client, veld: str, waarde: str
) -> None:
    inlog(client, Rol.CONSULENT)
    antwoord = client.post(reverse("signaal-nieuw"), {**INVOER, veld: waarde})
    assert antwoord.status_code == 422
    tekst = antwoord.content.decode()
    assert f'id="id_{veld}' in tekst
    assert "sl-samenvatting" in tekst
    if veld != "aanleiding":
        assert "Schreeuwt" in tekst
    assert not Signaal.objects.exists()


def test_safety_question_has_no_answer_beforehand(client: Client) -> None:
    inlog(client, Rol.CONSULENT)
    tekst = page(client, "signaal-nieuw")
    vragen = re.findall(r'<input[^>]*name="veiligheid"[^>]*>', tekst)
    assert len(vragen) == 2
    assert not any("checked" in vraag for vraag in vragen)


def test_searching_keeps_what_was_typed_and_logs_the_hits(client: Client) -> None:
    inlog(client, Rol.CONSULENT)
    persoon("Postma")
    tekst = client.post(
        reverse("signaal-nieuw"),
        {**INVOER, "actie": "zoek", "zoek": "Postma"},
    ).content.decode()
    assert 'name="persoon"' in tekst
    assert "Schreeuwt" in tekst
    assert Auditregel.objects.filter(handeling="persoon_zoeken").exists()


def test_person_of_another_municipality_is_not_found(client: Client) -> None:
    inlog(client, Rol.CONSULENT)
    persoon("Postma", code="GM0005")
    tekst = client.post(
        reverse("signaal-nieuw"), {"actie": "zoek", "zoek": "Postma"}
    ).content.decode()
    assert 'name="persoon"' not in tekst


def test_the_same_signal_twice_is_asked_about_once(client: Client) -> None:
    inlog(client, Rol.CONSULENT)
    wie = persoon("Postma")
    gegeven = {**INVOER, "persoon": str(wie.pk), "omschrijving": ""}
    client.post(reverse("signaal-nieuw"), gegeven)
    tekst = client.post(reverse("signaal-nieuw"), gegeven).content.decode()
    assert 'name="toch"' in tekst
    assert Signaal.objects.count() == 1
    client.post(reverse("signaal-nieuw"), {**gegeven, "toch": "1"})
    assert Signaal.objects.count() == 2


def test_draft_comes_back_after_signing_in_again(client: Client) -> None:
    gebruiker = inlog(client, Rol.CONSULENT)
    antwoord = client.post(
        reverse("signaal-concept"),
        {"aanleiding": "Schreeuwt", "zoek": "999990019", "bsn": "999990019"},
    )
    assert "bewaard" in antwoord.json()["tekst"]
    client.logout()
    client.force_login(gebruiker)
    assert "Schreeuwt" in page(client, "signaal-nieuw")
    assert set(Signaalconcept.objects.get().inhoud) == {"aanleiding"}


def test_draft_of_a_colleague_is_not_seen(client: Client) -> None:
    inlog(client, Rol.CONSULENT, "een")
    client.post(reverse("signaal-concept"), {"aanleiding": "Schreeuwt"})
    inlog(client, Rol.CONSULENT, "twee")
    assert "Schreeuwt" not in page(client, "signaal-nieuw")


def test_draft_goes_when_the_signal_is_registered(client: Client) -> None:
    inlog(client, Rol.CONSULENT)
    client.post(reverse("signaal-concept"), {"aanleiding": "Schreeuwt"})
    client.post(reverse("signaal-nieuw"), INVOER)
    assert not Signaalconcept.objects.exists()


# --- reading -------------------------------------------------------------------


def test_who_weighs_reads_content_and_name(client: Client) -> None:
    melding = melding_for(inlog(client, Rol.REGISSEUR))
    tekst = page(client, "melding", melding.pk)
    assert INHOUD in tekst
    assert "Postma" in tekst
    assert Auditregel.objects.filter(
        onderwerp=f"melding:{melding.pk}", diepte="wat", wijze="geopend"
    ).exists()


@pytest.mark.parametrize("rol", [Rol.CONSULENT, Rol.REGISSEUR, Rol.TEAMLEIDER])
def test_who_does_not_weigh_sees_that_it_is_there_and_not_what(
    client: Client, rol: Rol
) -> None:
    inlog(client, rol)
    melding = melding_for(None)
    for naam, args in (
        ("melding", [melding.pk]),
        ("meldingen", []),
        ("mijn-dag", []),
        ("signalen", []),
        ("signaal", [Signaal.objects.get().pk]),
    ):
        tekst = page(client, naam, *args)
        assert INHOUD not in tekst
        assert "Postma" not in tekst
        assert "M. de Boer" not in tekst
    assert "niet getoond" in page(client, "melding", melding.pk)


@pytest.mark.parametrize(
    "rol", [Rol.BACKOFFICE, Rol.BELEID, Rol.BEHEER, Rol.FG, Rol.PARTNER]
)
def test_others_do_not_see_meldingen(client: Client, rol: Rol) -> None:
    inlog(client, rol)
    melding = melding_for(None)
    assert client.get(reverse("melding", args=[melding.pk])).status_code == 403


def test_melding_of_a_neighbour_is_not_there(client: Client) -> None:
    melding = melding_for(None)
    gemeente("GM0005")
    inlog(client, Rol.REGISSEUR, gemeente="GM0005")
    assert client.get(reverse("melding", args=[melding.pk])).status_code == 404


def test_who_recorded_a_signal_reads_it_back(client: Client) -> None:
    inlog(client, Rol.BACKOFFICE)
    client.post(reverse("signaal-nieuw"), {**INVOER, "inhoud": INHOUD})
    assert INHOUD in page(client, "signaal", Signaal.objects.get().pk)


# --- partner -------------------------------------------------------------------


def test_partner_reports_and_sees_only_its_own(client: Client) -> None:
    andere = organisatie("CBS De Wierde")
    melding_for(None, melder=_van(andere.pk))
    inlog(client, Rol.PARTNER, organisatie=organisatie())
    client.post(
        reverse("partner"),
        {
            "naam": "Jesse",
            "soort": "verzuim",
            "aanleiding": "18 uur verzuim",
            "veiligheid": "nee",
            "kenmerk": "V-12",
        },
    )
    eigen = Signaal.objects.get(kanaal="partner")
    vreemd = Signaal.objects.exclude(pk=eigen.pk).get()
    tekst = page(client, "partner")
    assert eigen.nummer in tekst
    assert vreemd.nummer not in tekst
    assert eigen.organisatie is not None
    assert client.get(reverse("signaal", args=[eigen.pk])).status_code == 403


def test_partner_without_organisation_is_refused(client: Client) -> None:
    inlog(client, Rol.PARTNER)
    assert client.get(reverse("partner")).status_code == 403


def test_word_back_counts_as_heard_when_the_partner_sees_it(client: Client) -> None:
    school = organisatie()
    gemaakt = signaal(melder=_van(school.pk), kanaal="partner")
    inlog(client, Rol.PARTNER, organisatie=school)
    assert Terugmelding.objects.get(signaal=gemaakt).gelezen_op is None
    page(client, "partner")
    assert Terugmelding.objects.get(signaal=gemaakt).gelezen_op is not None


# --- assigning, weighing, deciding ----------------------------------------------


@pytest.mark.parametrize("rol", [Rol.TEAMLEIDER, Rol.REGISSEUR])
def test_who_divides_the_work_assigns(client: Client, rol: Rol) -> None:
    inlog(client, rol)
    collega = account("c.ollega", rol=Rol.CONSULENT)
    melding = melding_for(None)
    client.post(
        reverse("melding-toewijzen", args=[melding.pk]), {"account": collega.pk}
    )
    melding.refresh_from_db()
    assert melding.toegewezen_aan == collega.pk


def test_worker_hands_over_own_work_and_not_that_of_others(client: Client) -> None:
    gebruiker = inlog(client, Rol.CONSULENT)
    collega = account("c.ollega", rol=Rol.CONSULENT)
    eigen, ander = melding_for(gebruiker), melding_for(None)
    for melding, code in ((eigen, 302), (ander, 403)):
        antwoord = client.post(
            reverse("melding-toewijzen", args=[melding.pk]), {"account": collega.pk}
        )
        assert antwoord.status_code == code
    eigen.refresh_from_db()
    assert eigen.toegewezen_aan == collega.pk


def test_nobody_is_assigned_who_does_not_weigh_here(client: Client) -> None:
    inlog(client, Rol.TEAMLEIDER)
    vreemd = account("v.reemd", rol=Rol.BEHEER)
    melding = melding_for(None)
    antwoord = client.post(
        reverse("melding-toewijzen", args=[melding.pk]), {"account": vreemd.pk}
    )
    assert antwoord.status_code == 403


def test_deciding_takes_all_answers_and_keeps_what_was_typed(client: Client) -> None:
    melding = melding_for(inlog(client, Rol.REGISSEUR))
    gegeven = {**ANTWOORDEN, "subsidiariteit_waarom": ""}
    antwoord = client.post(reverse("melding-besluit", args=[melding.pk]), gegeven)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Er mist nog 1 antwoord" in tekst
    assert 'href="#subsidiariteit_waarom"' in tekst
    assert "Alleen wonen en schulden." in tekst
    assert not Weging.objects.exists()


def test_decision_is_recorded_once_and_the_draft_goes(client: Client) -> None:
    melding = melding_for(inlog(client, Rol.REGISSEUR))
    client.post(reverse("melding-concept", args=[melding.pk]), {"noodzaak": "ja"})
    assert Wegingconcept.objects.exists()
    for _keer in range(2):
        client.post(reverse("melding-besluit", args=[melding.pk]), ANTWOORDEN)
    melding.refresh_from_db()
    assert melding.status == "besloten"
    assert Weging.objects.count() == 1
    assert not Wegingconcept.objects.exists()
    assert "Enkelvoudig" in page(client, "melding", melding.pk)


def test_word_back_may_not_name_the_family(client: Client) -> None:
    melding = melding_for(inlog(client, Rol.REGISSEUR))
    antwoord = client.post(
        reverse("melding-besluit", args=[melding.pk]),
        {**ANTWOORDEN, "terugmelding": "Wij helpen mevrouw Postma."},
    )
    assert antwoord.status_code == 422
    assert not Terugmelding.objects.filter(soort="besloten").exists()


def test_who_does_not_weigh_it_cannot_decide(client: Client) -> None:
    inlog(client, Rol.REGISSEUR)
    melding = melding_for(None)
    antwoord = client.post(reverse("melding-besluit", args=[melding.pk]), ANTWOORDEN)
    assert antwoord.status_code == 403
    assert not Weging.objects.exists()


# --- loose signals ---------------------------------------------------------------


def test_loose_signal_is_closed_by_who_recorded_it_with_a_reason(
    client: Client,
) -> None:
    inlog(client, Rol.CONSULENT)
    client.post(reverse("signaal-nieuw"), INVOER)
    los = Signaal.objects.get()
    client.post(reverse("signaal-sluiten", args=[los.pk]), {"reden": " "})
    los.refresh_from_db()
    assert los.status != "afgesloten"
    client.post(reverse("signaal-sluiten", args=[los.pk]), {"reden": "Al opgelost."})
    los.refresh_from_db()
    assert (los.status, los.afsluitreden) == ("afgesloten", "Al opgelost.")


def test_loose_signal_of_another_is_not_theirs_to_close(client: Client) -> None:
    los = signaal()
    inlog(client, Rol.CONSULENT)
    antwoord = client.post(reverse("signaal-sluiten", args=[los.pk]), {"reden": "Weg."})
    assert antwoord.status_code == 403


def test_director_takes_up_a_loose_signal_and_a_caseworker_does_not(
    client: Client,
) -> None:
    los = signaal()
    inlog(client, Rol.CONSULENT, "c.onsulent")
    adres = reverse("signaal-koppelen", args=[los.pk])
    assert client.post(adres, {"melding": "nieuw"}).status_code == 403
    regisseur = inlog(client, Rol.REGISSEUR, "r.egisseur")
    client.post(adres, {"melding": "nieuw"})
    melding = melding_van(los.pk)
    assert melding is not None
    assert melding.toegewezen_aan == regisseur.pk


def test_signal_is_linked_and_taken_out_again_but_never_safety(client: Client) -> None:
    gebruiker = inlog(client, Rol.REGISSEUR)
    melding = melding_for(gebruiker)
    veilig, los = Signaal.objects.get(), signaal()
    client.post(reverse("signaal-koppelen", args=[los.pk]), {"melding": melding.pk})
    assert melding.koppelingen.count() == 2
    client.post(reverse("signaal-losmaken", args=[veilig.pk]))
    assert melding.koppelingen.count() == 2
    client.post(reverse("signaal-losmaken", args=[los.pk]))
    assert melding.koppelingen.count() == 1


def test_back_office_tells_reporters_who_have_no_channel(client: Client) -> None:
    signaal()
    inlog(client, Rol.BACKOFFICE)
    bericht = Terugmelding.objects.get()
    assert "M. de Boer" in page(client, "terugmeldingen")
    client.post(reverse("terugmelding-verteld", args=[bericht.pk]))
    assert "M. de Boer" not in page(client, "terugmeldingen")


# --- lists ------------------------------------------------------------------------


def test_list_has_safety_first_then_weight(client: Client) -> None:
    inlog(client, Rol.TEAMLEIDER)
    licht = meldingen.make(signaal(), gewicht=20)
    zwaar = meldingen.make(signaal(), gewicht=70)
    veilig = melding_for(None)
    tekst = page(client, "meldingen")
    plekken = [tekst.index(each.nummer) for each in (veilig, zwaar, licht)]
    assert plekken == sorted(plekken)


@pytest.mark.parametrize(
    ("vraag", "gezien"),
    [
        ("?leefgebied=opvoeden", True),
        ("?leefgebied=financien", False),
        ("?wie=niemand", True),
        ("?wie=mij", False),
        ("?status=besloten", False),
        ("?status=onzin&wie=xx&sorteer=yy&blad=99", True),
    ],
)
def test_filters_stand_in_the_address(client: Client, vraag: str, gezien: bool) -> None:
    inlog(client, Rol.TEAMLEIDER)
    melding = meldingen.make(signaal(), gewicht=20)
    antwoord = client.get(reverse("meldingen") + vraag)
    assert (melding.nummer in antwoord.content.decode()) is gezien


def test_today_shows_five_things_at_most(client: Client) -> None:
    gebruiker = inlog(client, Rol.REGISSEUR)
    for _keer in range(7):
        meldingen.assign(
            meldingen.make(signaal(), gewicht=10),
            gebruiker.pk,
            actor=actor(Rol.TEAMLEIDER, account=9_999),
        )
    melding = melding_for(gebruiker)
    assert client.get(reverse("vandaag"))["Location"] == reverse("mijn-dag")
    tekst = page(client, "mijn-dag")
    assert tekst.count("sl-werk__wat") == 5
    assert tekst.index(str(melding.pk)) < tekst.index("sl-werk__waarom")


def test_rules_are_explained_to_who_weighs(client: Client) -> None:
    melding = melding_for(inlog(client, Rol.REGISSEUR))
    gebeurtenissen.handle_pending()
    tekst = page(client, "melding", melding.pk)
    assert "vaste ondergrens" in tekst
    assert "<desc" in tekst


def _van(organisatie_id: UUID) -> Melder:
    return Melder(organisatie=organisatie_id)


def test_enter_with_an_empty_search_registers(client: Client) -> None:
    """Without scripts Enter presses the search button, the first of the form."""
    inlog(client, Rol.CONSULENT)
    client.post(reverse("signaal-nieuw"), {**INVOER, "actie": "zoek", "zoek": ""})
    assert Signaal.objects.count() == 1
