"""A doubtful ground opens only after two people said so, and closes by one."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.klantbeeld import instellingen
from samenloop.klantbeeld.grondslagen import catalogus
from samenloop.klantbeeld.instellingen import (
    AlBesloten,
    NietTeBevestigen,
    RedenOntbreekt,
    VierOgen,
)
from samenloop.klantbeeld.models import Grondbesluit
from samenloop.klantbeeld.velden import velden
from tests.access.accounts import GEMEENTE, account, actor
from tests.klantbeeld.familie import confirm
from tests.personen.maken import municipality

pytestmark = pytest.mark.django_db
WAAROM = "De FG en de huisjurist vinden dit houdbaar, zie hun advies."


@pytest.fixture(autouse=True)
def gemeente() -> None:
    municipality(GEMEENTE, "Eemsmond")
    municipality("GM0005")


def test_confirmed_only_after_a_second_pair_of_eyes() -> None:
    een, ander = actor(Rol.BEHEER, account=1), actor(Rol.FG, account=2)
    besluit = instellingen.propose(een, "G073", WAAROM)
    assert instellingen.confirmed(GEMEENTE) == frozenset()
    with pytest.raises(VierOgen):
        instellingen.confirm(een, besluit.pk)
    instellingen.confirm(ander, besluit.pk)
    assert instellingen.confirmed(GEMEENTE) == {"G073"}
    assert instellingen.confirmed("GM0005") == frozenset()
    with pytest.raises(AlBesloten):
        instellingen.confirm(actor(Rol.BEHEER, account=3), besluit.pk)


def test_withdrawing_takes_one_person_and_works_at_once() -> None:
    confirm(GEMEENTE, "G073")
    besluit = instellingen.standing(GEMEENTE)["G073"]
    with pytest.raises(RedenOntbreekt):
        instellingen.withdraw(actor(Rol.FG), besluit.pk, "nee")
    instellingen.withdraw(actor(Rol.FG), besluit.pk, WAAROM)
    assert instellingen.confirmed(GEMEENTE) == frozenset()
    with pytest.raises(AlBesloten):
        instellingen.confirm(actor(Rol.BEHEER, account=5), besluit.pk)
    # It can be proposed anew; what was decided before stays on record.
    instellingen.propose(actor(Rol.BEHEER), "G073", WAAROM)
    assert Grondbesluit.objects.count() == 2


@pytest.mark.parametrize("grond", ["G001", "G029", "G101", "G999", ""])
def test_only_doubtful_rows_that_open_are_decided_about(grond: str) -> None:
    with pytest.raises(NietTeBevestigen):
        instellingen.propose(actor(Rol.BEHEER), grond, WAAROM)
    assert {g.id for g in instellingen.decidable()} == {
        g.id
        for g in catalogus()
        if g.zekerheid == "te bevestigen" and g.diepte is not None
    }


def test_twice_the_same_is_once_and_a_reason_is_needed() -> None:
    with pytest.raises(RedenOntbreekt):
        instellingen.propose(actor(Rol.BEHEER), "G073", "  ja  ")
    instellingen.propose(actor(Rol.BEHEER), "G073", WAAROM)
    with pytest.raises(AlBesloten):
        instellingen.propose(actor(Rol.FG, account=2), "G073", WAAROM)


@pytest.mark.parametrize("rol", [r for r in Rol if r not in (Rol.BEHEER, Rol.FG)])
def test_other_roles_decide_nothing(rol: Rol, client: Client) -> None:
    with pytest.raises(GeenToegang):
        instellingen.propose(actor(rol), "G073", WAAROM)
    client.force_login(account("x", rol=rol))
    for naam in ("gronden", "grondbesluiten", "gronden-export"):
        assert client.get(reverse(naam)).status_code == 403
    assert client.post(reverse("grond-voorstellen", args=["G073"])).status_code == 403


def test_the_database_itself_wants_two_people() -> None:
    confirm(GEMEENTE, "G073")
    with pytest.raises(IntegrityError, match="vier_ogen"), transaction.atomic():
        Grondbesluit.objects.update(voorgesteld_door=902)
    with pytest.raises(IntegrityError, match="vier_ogen"), transaction.atomic():
        Grondbesluit.objects.update(bevestigd_door=None)


def test_decisions_of_another_municipality_are_not_there() -> None:
    confirm("GM0005", "G073")
    with gemeentegrens.within(GEMEENTE):
        assert not Grondbesluit.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE klantbeeld_grondbesluit SET waarom = 'x'")
            assert cursor.rowcount == 0


def test_every_step_is_in_the_log_and_names_the_ground() -> None:
    besluit = instellingen.propose(actor(Rol.BEHEER), "G073", WAAROM)
    instellingen.confirm(actor(Rol.FG, account=2), besluit.pk)
    instellingen.withdraw(actor(Rol.FG, account=2), besluit.pk, WAAROM)
    regels = Auditregel.objects.values_list("grond", "wijze", "aantal_personen")
    assert list(regels) == [("G073", "gewijzigd", 0)] * 3


def test_pages_lead_through_proposing_confirming_and_withdrawing(
    client: Client,
) -> None:
    bram, fenna = account("bram", rol=Rol.BEHEER), account("fenna", rol=Rol.FG)
    client.force_login(bram)
    mis = client.post(reverse("grond-voorstellen", args=["G073"]), {"waarom": "kort"})
    assert mis.status_code == 422
    assert "Schrijf in een zin waarom" in mis.content.decode()
    client.post(reverse("grond-voorstellen", args=["G073"]), {"waarom": WAAROM})
    besluit = Grondbesluit.objects.get()
    knop = reverse("grond-bevestigen", args=[besluit.pk])
    assert knop not in client.get(reverse("grondbesluiten")).content.decode()
    assert client.post(knop).status_code == 422
    client.force_login(fenna)
    assert knop in client.get(reverse("grondbesluiten")).content.decode()
    client.post(knop)
    pagina = client.get(reverse("grondbesluiten")).content.decode()
    assert "voorgesteld door Bram, bevestigd door Fenna" in pagina
    client.post(reverse("grond-intrekken", args=[besluit.pk]), {"waarom": WAAROM})
    assert instellingen.confirmed(GEMEENTE) == frozenset()
    weg = client.post(reverse("grond-bevestigen", args=[uuid4()]))
    assert weg.status_code == 422


def test_catalogue_tells_per_field_why_it_may_be_shown(client: Client) -> None:
    confirm(GEMEENTE, "G054")
    client.force_login(account("f", rol=Rol.FG))
    alles = client.get(reverse("gronden")).content.decode()
    assert alles.count("<tr>") == len(velden()) + 1
    deel = client.get(
        reverse("gronden"), {"categorie": "wmo_zorg", "rol": "regisseur"}
    ).content.decode()
    assert "wmo.product" in deel
    assert "jeugdwet.product" not in deel
    veld = client.get(reverse("gronden-veld", args=["wmo.betrokken"])).content.decode()
    for tekst in ("G048", "5.1.1 lid 1", "G056", "niet toegestaan", "bevestigd"):
        assert tekst in veld
    assert client.get(reverse("gronden-veld", args=["wmo.zomaar"])).status_code == 404
    assert client.get(reverse("gronden"), {"bron": "zomaar"}).status_code == 200


def test_export_has_a_line_per_field_and_ground_and_runs_no_formula(
    client: Client,
) -> None:
    client.force_login(account("f", rol=Rol.FG))
    antwoord = client.get(reverse("gronden-export"), {"categorie": "gezag"})
    regels = antwoord.content.decode("utf-8-sig").splitlines()
    assert regels[0].startswith("veld;omschrijving;bron;")
    assert any("persoon.gezag" in regel and "G021" in regel for regel in regels)
    assert not any(
        cel.startswith(("=", "+", "-", "@"))
        for regel in regels
        for cel in regel.replace('"', "").split(";")
    )


def test_an_opening_is_never_rewritten() -> None:
    from samenloop.klantbeeld.models import Inkijk
    from tests.personen.maken import person

    wie = person()
    nu = klok.now()
    inkijk = Inkijk.objects.create(
        gemeente_id=GEMEENTE, account=1, context="persoon", context_id=wie.pk,
        persoon=wie, doel="wmo_onderzoek", noodzaak=WAAROM, proportionaliteit=WAAROM,
        subsidiariteit=WAAROM, op=nu, geldig_tot=nu.replace(year=nu.year + 1),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="niet herschreven"), transaction.atomic():
        Inkijk.objects.filter(pk=inkijk.pk).update(doel="bijstand")
    with gemeentegrens.within("GM0005"):
        assert not Inkijk.objects.exists()
