"""A case opens from a decision, once, with its dossier, first steps and director."""

import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.rollen import Diepte, Handeling, Rol
from samenloop.core import gebeurtenissen, gemeentegrens
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelnemersrol
from samenloop.regie import casussen, soort
from samenloop.regie.models import Casus, Casusmelding, Stap, Stapstand
from samenloop.signalen import bekend, wegen
from samenloop.signalen.models import Melding
from tests.access.accounts import account, actor
from tests.regie.maken import casus
from tests.signalen import maken

pytestmark = pytest.mark.django_db


def decided(melding: Melding, besluit: str, regisseur: int | None = None) -> None:
    """Let account 1 decide on a melding, and do what follows from it."""
    Melding.objects.filter(pk=melding.pk).update(toegewezen_aan=1)
    melding.refresh_from_db()
    wegen.decide(
        melding,
        wegen.Besluit(
            *("ja", "Het is nodig.", "ja", "Het staat in verhouding."),
            *("nee", "Lichter kan niet.", besluit),
            regisseur=regisseur,
        ),
        actor=maken.werker(Rol.REGISSEUR),
    )
    gebeurtenissen.handle_pending()


def melding_about(gezin: bool = True) -> Melding:
    ouder = maken.persoon()
    if gezin:
        maken.gezin((ouder, "ouder"))
    melding = maken.melding_van(maken.signaal(ouder, veiligheidsrisico=True).pk)
    assert melding is not None
    return melding


@pytest.mark.parametrize(
    ("besluit", "type_", "regisseur", "regisseert"),
    [
        ("casus", casussen.MEERVOUDIG, 7, 7),
        # A single question is helped by who weighed it.
        ("enkelvoudig", casussen.ENKELVOUDIG, None, 1),
    ],
)
def test_decision_opens_a_case_with_its_director(
    besluit: str, type_: str, regisseur: int | None, regisseert: int
) -> None:
    melding = melding_about()
    decided(melding, besluit, regisseur)
    gemaakt = Casus.objects.get()
    assert gemaakt.dossier is not None
    assert gemaakt.dossier.gezin_id == melding.gezin_id
    assert gemaakt.kort.startswith("C-")
    assert soort.period(gemaakt).type == type_  # type: ignore[union-attr]
    regie = casussen.current_director(gemaakt)
    assert regie is not None
    assert regie.account == regisseert
    recht = gemaakt.dossier.deelnames.get()
    assert (recht.rol, recht.account) == (Deelnemersrol.REGISSEUR, regisseert)
    assert recht.van == regie.geldig.lower
    assert list(gemaakt.stappen.values_list("stap", "staat")) == [
        (Stap.SIGNAAL, Stapstand.Staat.KLAAR),
        (Stap.BEOORDELEN, Stapstand.Staat.BEZIG),
    ]


def test_other_decisions_open_nothing() -> None:
    melding = melding_about()
    Melding.objects.filter(pk=melding.pk).update(toegewezen_aan=1)
    melding.refresh_from_db()
    wegen.decide(
        melding,
        wegen.Besluit(
            *("ja", "x", "ja", "x", "nee", "x", "niets"), reden="Geen hulp nodig."
        ),
        actor=maken.werker(Rol.REGISSEUR),
    )
    gebeurtenissen.handle_pending()
    assert not Casus.objects.exists()


def test_later_melding_comes_to_the_case_that_runs_and_lets_it_grow() -> None:
    eerste = melding_about()
    decided(eerste, "enkelvoudig")
    gemaakt = Casus.objects.get()
    assert eerste.betrokkene is not None
    tweede = maken.melding_van(
        maken.signaal(eerste.betrokkene, veiligheidsrisico=True).pk
    )
    assert tweede is not None
    assert tweede.pk != eerste.pk
    decided(tweede, "casus", 7)
    assert Casus.objects.get() == gemaakt
    assert Casusmelding.objects.filter(casus=gemaakt).count() == 2
    assert soort.period(gemaakt).type == casussen.MEERVOUDIG  # type: ignore[union-attr]
    # The director it had keeps it: a melding does not take a family from anyone.
    assert casussen.current_director(gemaakt).account == 1  # type: ignore[union-attr]


def test_event_told_twice_opens_one_case() -> None:
    melding = melding_about()
    decided(melding, "casus", 7)
    from samenloop.core.models import Gebeurtenis
    from samenloop.regie.jobs import open_case

    open_case(Gebeurtenis.objects.get(soort=wegen.BESLOTEN))
    assert Casus.objects.count() == 1


def test_melding_leads_to_its_case_for_who_may_know_of_it(client: Client) -> None:
    melding = melding_about()
    decided(melding, "casus", 7)
    gemaakt = Casus.objects.get()
    adres = reverse("casus", args=[gemaakt.pk])
    assert [each.adres for each in bekend.followed(actor(), melding.pk)] == [adres]
    assert bekend.followed(actor(Rol.FG), melding.pk) == []
    assert bekend.followed(actor(gemeente="GM0005"), melding.pk) == []
    client.force_login(account("sanne", rol=Rol.TEAMLEIDER))
    tekst = client.get(reverse("melding", args=[melding.pk])).content.decode()
    assert f'href="{adres}"' in tekst


def test_who_directs_sees_what_and_others_that() -> None:
    bart = account("bart", rol=Rol.REGISSEUR)
    gemaakt = casus(bart)
    leidt = actor(Rol.REGISSEUR, account=bart)
    for rol in (Rol.REGISSEUR, Rol.CONSULENT, Rol.TEAMLEIDER):
        collega = actor(rol, account=9)
        assert casussen.depth(collega, gemaakt) is Diepte.DAT
        assert list(casussen.visible_to(collega)) == [gemaakt]
        assert not casussen.visible_to(collega, Diepte.WAT).exists()
        assert not casussen.leads(collega, gemaakt)
    assert casussen.depth(leidt, gemaakt) is Diepte.WAT
    assert list(casussen.visible_to(leidt, Diepte.WAT)) == [gemaakt]
    assert casussen.leads(leidt, gemaakt)
    for rol in (Rol.BEHEER, Rol.FG, Rol.BELEID, Rol.BACKOFFICE, Rol.PARTNER):
        assert not casussen.visible_to(actor(rol, account=9)).exists()
    elders = actor(Rol.REGISSEUR, gemeente="GM0005", account=bart)
    assert not casussen.visible_to(elders).exists()
    assert not casussen.leads(elders, gemaakt)
    with gemeentegrens.within("GM0005"):
        assert not Casus.objects.exists()
    assert gemaakt.dossier is not None
    assert toegang.depth(leidt, gemaakt.dossier, Handeling.CASUS_VOEREN) is Diepte.WAT
