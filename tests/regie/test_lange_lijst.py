"""A long list of cases: one's own first over the pages, no longer than one reads."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.regie import lijst, teams
from samenloop.regie.models import Casus, Team, Teamlid
from samenloop.regie.pages import lijst as pagina
from tests.access.accounts import GEMEENTE, account, actor
from tests.plannen.maken import municipality
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db


@pytest.fixture
def bart(client: Client) -> Gebruiker:
    gemaakt = account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
    client.force_login(gemaakt)
    return gemaakt


def listed(client: Client, vraag: str) -> list[str]:
    tekst = client.get(f"{reverse('casussen')}?{vraag}").content.decode()
    return re.findall(r'<tr class="utrecht-table__row" id="c-([0-9a-f-]+)"', tekst)


def test_pages_together_hold_each_case_once_with_ones_own_first(
    client: Client, bart: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagina, "PER_BLAD", 2)
    anderen = [casus(naam=f"Ander {n}") for n in range(3)]
    eigen = [casus(bart, naam=f"Eigen {n}") for n in range(3)]
    bladen = [listed(client, f"blad={n}") for n in (1, 2, 3)]
    assert [len(blad) for blad in bladen] == [2, 2, 2]
    alle = [pk for blad in bladen for pk in blad]
    assert set(alle[:3]) == {str(each.pk) for each in eigen}
    assert set(alle[3:]) == {str(each.pk) for each in anderen}


def test_no_more_are_listed_than_one_reads_and_the_page_says_so(
    client: Client, bart: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lijst, "MEESTE", 3)
    casus(bart, naam="Eigen")
    for n in range(2):
        casus(naam=f"Ander {n}")
    tekst = client.get(reverse("casussen")).content.decode()
    assert "3 casussen" in tekst
    assert "Meer dan" not in tekst
    casus(naam="Nog een")
    tekst = client.get(reverse("casussen")).content.decode()
    assert "Meer dan 3 casussen" in tekst
    assert len(listed(client, "")) == 3
    assert len(listed(client, "sorteer=oudste")) == 3
    for n in range(3):
        casus(bart, naam=f"Ook van mij {n}")
    assert len(listed(client, "wie=mij")) == 3
    assert "Meer dan 3 casussen" in client.get("/casussen/?wie=mij").content.decode()


def test_of_too_many_colleagues_one_chooses_among_those_of_a_team(
    bart: Gebruiker, monkeypatch: pytest.MonkeyPatch
) -> None:
    municipality()
    noord, zuid = (
        Team.objects.create(gemeente_id=GEMEENTE, naam=naam) for naam in ("N", "Z")
    )
    wie = {naam: account(naam, rol=Rol.REGISSEUR) for naam in ("an", "ben", "cas")}
    for team, lid in ((noord, bart), (noord, wie["an"]), (zuid, wie["ben"])):
        Teamlid.objects.create(
            team=team, account=lid.pk, uren=32, geldig=(klok.today(), None)
        )
    ik = actor(Rol.REGISSEUR, account=bart)

    def among(**wens: object) -> tuple[set[int], bool]:
        keuze, allen = teams.choosable(ik, **wens)  # type: ignore[arg-type]
        return {nummer for nummer, _naam in keuze}, allen

    an, ben, cas = (wie[naam].pk for naam in ("an", "ben", "cas"))
    assert among() == ({bart.pk, an, ben, cas}, True)
    monkeypatch.setattr(teams, "TE_KIEZEN", 3)
    assert among() == ({bart.pk, an}, False)
    assert among(team=zuid.pk) == ({ben}, False)
    assert among(account=cas) == ({bart.pk, an, cas}, False)


def test_case_of_before_this_system_stands_in_no_list(
    client: Client, bart: Gebruiker
) -> None:
    hier = casus(bart)
    Casus.objects.create(
        nummer="oud", gemeente_id=GEMEENTE, betrokkene_id=hier.betrokkene_id
    )
    assert listed(client, "status=alle") == [str(hier.pk)]
