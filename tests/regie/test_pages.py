"""The pages of the cases: who sees what of them, and that one case costs as much."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.logboek.models import Auditregel, Verwerking
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.regie import casussen, stappen
from samenloop.regie.models import Casus, Stap, Stapstand, Team
from tests.access.accounts import account, actor
from tests.plannen.maken import municipality
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db


@pytest.fixture
def bart(client: Client) -> Gebruiker:
    gemaakt = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
    client.force_login(gemaakt)
    return gemaakt


def page(client: Client, naam: str, *args: object) -> str:
    antwoord = client.get(reverse(naam, args=args))
    assert antwoord.status_code == 200, antwoord.content
    return str(antwoord.content.decode())


def test_own_cases_come_first_and_only_they_say_whom(
    client: Client, bart: Gebruiker
) -> None:
    casus(naam="Anders")
    eigen = casus(bart, naam="Postma")
    casus(naam="Later")
    tekst = page(client, "casussen")
    rijen = tekst.split("<tbody")[1]
    assert rijen.index(eigen.kort) < rijen.index("C-", rijen.index(eigen.kort) + 12)
    assert "Postma" in tekst
    assert "Anders" not in tekst
    assert "Later" not in tekst


def test_choice_stands_in_the_address_and_comes_back_from_a_case(
    client: Client, bart: Gebruiker
) -> None:
    municipality()
    team = Team.objects.create(gemeente_id="GM1651", naam="Noord")
    met = casus(bart, naam="Postma", team=team)
    zonder = casus(bart, naam="Dijk", soort=casussen.ENKELVOUDIG)

    def found(vraag: str) -> set[Casus]:
        tekst = client.get(f"{reverse('casussen')}?{vraag}").content.decode()
        return {c for c in (met, zonder) if f"c-{c.pk}" in tekst}

    assert found("") == {met, zonder}
    assert found(f"team={team.pk}") == {met}
    assert found("soort=enkelvoudig") == {zonder}
    assert found("wie=mij") == {met, zonder}
    assert found("wie=niemand") == set()
    assert found(f"wie={bart.pk}") == {met, zonder}
    assert found("stap=beoordelen") == {met, zonder}
    assert found("stap=plan") == set()
    stappen.move(
        met, Stap.PLAN, Stapstand.Staat.BEZIG, door=actor(Rol.REGISSEUR, account=bart),
        reden="begonnen",
    )  # fmt: skip
    assert found("stap=plan") == {met}
    assert found("status=gesloten") == set()
    assert found("status=onzin&team=onzin&stap=onzin&wie=onzin") == {met, zonder}
    client.get(f"{reverse('casussen')}?soort=enkelvoudig")
    assert f"/casussen/?soort=enkelvoudig#c-{zonder.pk}" in page(
        client, "casus", zonder.pk
    )


def test_who_takes_no_part_reads_no_name(client: Client) -> None:
    anja = account("anja", rol=Rol.REGISSEUR, naam="Anja de Wit")
    gemaakt = casus(anja, naam="Postma")
    client.force_login(account("bart", rol=Rol.REGISSEUR))
    tekst = page(client, "casus", gemaakt.pk)
    assert gemaakt.kort in tekst
    assert "Anja de Wit" in tekst
    assert "Situatie beoordelen" in tekst
    assert "Postma" not in tekst
    assert "Casus afsluiten" not in tekst
    assert not Verwerking.objects.filter(persoon=gemaakt.betrokkene_id).filter(
        naam="casus_zien"
    )
    for naam in ("casus-afsluiten", "casus-regisseur"):
        assert client.get(reverse(naam, args=[gemaakt.pk])).status_code == 403
    assert (
        client.get(reverse("casus-stap", args=[gemaakt.pk, "plan"])).status_code == 403
    )


def test_opening_is_in_the_log_of_all_it_is_about(
    client: Client, bart: Gebruiker
) -> None:
    gemaakt = casus(bart)
    voor = Auditregel.objects.count()
    tekst = page(client, "casus", gemaakt.pk)
    assert "Postma" in tekst
    regel = Auditregel.objects.order_by("-id").first()
    assert regel is not None
    assert Auditregel.objects.count() == voor + 1
    assert (regel.handeling, regel.onderwerp, regel.diepte) == (
        "casus_zien", f"casus:{gemaakt.pk}", "wat",
    )  # fmt: skip
    assert regel.aantal_personen == 2


def test_case_of_another_municipality_is_not_there(
    client: Client, bart: Gebruiker
) -> None:
    elders = casus(gemeente="GM0005", naam="Ver")
    for naam in ("casus", "casus-afsluiten", "casus-regisseur"):
        assert client.get(reverse(naam, args=[elders.pk])).status_code == 404
    assert (
        client.get(reverse("casus-van-dossier", args=[elders.dossier_id])).status_code
        == 404
    )
    assert elders.kort not in page(client, "casussen").split("<tbody")[-1]


def test_dossier_leads_to_its_case(client: Client, bart: Gebruiker) -> None:
    gemaakt = casus(bart)
    antwoord = client.get(reverse("casus-van-dossier", args=[gemaakt.dossier_id]))
    assert antwoord.url == reverse("casus", args=[gemaakt.pk])  # type: ignore[attr-defined]


def test_taking_up_what_nobody_has(client: Client, bart: Gebruiker) -> None:
    gemaakt = casus()
    assert "Oppakken" in page(client, "casussen")
    client.post(reverse("casus-oppakken", args=[gemaakt.pk]))
    regie = casussen.current_director(gemaakt)
    assert regie is not None
    assert regie.account == bart.pk
    assert "Oppakken" not in page(client, "casussen")
    client.force_login(account("ria", rol=Rol.REGISSEUR))
    client.post(reverse("casus-oppakken", args=[gemaakt.pk]))
    assert casussen.current_director(gemaakt) == regie


def test_step_is_moved_with_a_reason(client: Client, bart: Gebruiker) -> None:
    gemaakt = casus(bart)
    adres = reverse("casus-stap", args=[gemaakt.pk, "plan"])
    assert client.post(adres, {"staat": "bezig", "reden": " "}).status_code == 422
    assert client.post(adres, {"reden": "zomaar"}).status_code == 422
    assert not gemaakt.stappen.filter(stap="plan").exists()
    client.post(adres, {"staat": "bezig", "reden": "Het gezin wil verder"})
    stand = gemaakt.stappen.get(stap="plan")
    assert (stand.staat, stand.reden, stand.door) == (
        "bezig", "Het gezin wil verder", bart.pk,
    )  # fmt: skip
    assert "Het gezin wil verder" in page(client, "casus-stap", gemaakt.pk, "plan")


@pytest.mark.parametrize("meer", [1, 6])
def test_pages_ask_no_more_for_more_rows(
    client: Client, bart: Gebruiker, meer: int
) -> None:
    eigen = casus(bart)
    for nummer in range(meer):
        casus(naam=f"Los {nummer}")
        casus(account(f"r{nummer}", rol=Rol.REGISSEUR), naam=f"Van {nummer}")
        stappen.move(
            eigen, Stap.PLAN,
            Stapstand.Staat.BEZIG if nummer % 2 == 0 else Stapstand.Staat.KLAAR,
            door=actor(Rol.REGISSEUR, account=bart), reden=f"keer {nummer}",
        )  # fmt: skip
    page(client, "casussen")
    for naam, args in (("casussen", []), ("casus", [eigen.pk])):
        with CaptureQueriesContext(
            connection,
        ) as gevraagd:
            page(client, naam, *args)
        AANTALLEN.setdefault(naam, set()).add(len(gevraagd))
        assert len(AANTALLEN[naam]) == 1, (naam, AANTALLEN)


AANTALLEN: dict[str, set[int]] = {}
