"""Who else is around a family: contact details only, on a ground, and in the log."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.logboek.models import Auditregel
from samenloop.access.models import Gebruiker, Organisatie
from samenloop.access.rollen import Domein, Rol
from samenloop.klantbeeld.velden import velden
from samenloop.personen.models import Persoon
from samenloop.signalen import register
from samenloop.signalen.models import Verwijzing
from tests.access.accounts import GEMEENTE, account
from tests.klantbeeld.familie import Familie, assign, confirm, family
from tests.klantbeeld.openen import enter, look

pytestmark = pytest.mark.django_db

SCHOOL, ARTS = "OBS De Dobbe", "Huisartsen Wadkant"


@pytest.fixture
def postma() -> Familie:
    """The child with a school around it, the mother with a doctor."""
    gezin = family()
    refer(SCHOOL, gezin.kind)
    refer(ARTS, gezin.moeder)
    return gezin


def refer(naam: str, wie: Persoon) -> Verwijzing:
    van = Organisatie.objects.create(
        naam=naam,
        soort="school",
        contactpersoon="Juf Tineke",
        telefoon="0595-123456",
        email="contact@voorbeeld.nl",
    )
    actor = Actor(
        ActorSoort.ORGANISATIE, "koppeling", naam, GEMEENTE, organisatie=van.pk
    )
    return register.refer(van.pk, wie.pk, actor=actor)


def worker(naam: str, *domeinen: Domein, rol: Rol = Rol.CONSULENT) -> Gebruiker:
    return account(naam, rol=rol, domeinen=domeinen)


def panel(pagina: str) -> str:
    """What stands under who is involved already."""
    begin = pagina.index('id="l-index"')
    return pagina[begin : pagina.index("</section>", begin)]


def seen() -> list[Auditregel]:
    return list(
        Auditregel.objects.filter(handeling="verwijsindex_zien", wijze="geopend")
    )


def test_who_weighs_the_melding_sees_how_to_reach_each_organisation(
    client: Client, postma: Familie
) -> None:
    wie = worker("r", rol=Rol.REGISSEUR)
    assign(postma.melding, wie)
    confirm(GEMEENTE, "G020", "G054", "G073")
    deel = panel(look(client, wie, "melding_wegen", "melding", postma.melding.pk))
    for tekst in (SCHOOL, ARTS, "Juf Tineke", "0595-123456", "contact@voorbeeld.nl"):
        assert tekst in deel
    assert "G113" in deel
    # Not around whom: that would say more than that they are involved.
    for naam in ("Noor", "Marieke"):
        assert naam not in deel
    (regel,) = seen()
    assert regel.onderwerp == f"melding:{postma.melding.pk}"
    assert (regel.doel, regel.diepte) == ("melding_wegen", "dat")
    assert "G113" in regel.grond


def test_with_one_person_chosen_it_is_about_that_one(
    client: Client, postma: Familie
) -> None:
    wie = worker("w", Domein.WMO)
    assign(postma.melding, wie)
    adres = enter(client, wie, "wmo_onderzoek", "melding", postma.melding.pk)
    deel = panel(client.get(f"{adres}?wie={postma.moeder.pk}").content.decode())
    assert ARTS in deel
    assert SCHOOL not in deel
    assert "Geen organisatie" in panel(
        client.get(f"{adres}?wie={postma.oma.pk}").content.decode()
    )


@pytest.mark.parametrize(
    ("domein", "doel"),
    [(Domein.JEUGD, "jeugd_toeleiding"), (Domein.LEERPLICHT, "leerplicht")],
)
def test_youth_and_school_attendance_see_it_of_the_young_only(
    client: Client, postma: Familie, domein: Domein, doel: str
) -> None:
    wie = worker("j", domein)
    deel = panel(look(client, wie, doel, "persoon", postma.kind.pk))
    assert SCHOOL in deel
    assert ARTS not in deel
    assert "G114" in deel
    (regel,) = seen()
    assert (regel.doel, regel.grond) == (doel, "G114")
    adres = enter(client, wie, doel, "persoon", postma.oma.pk)
    volwassen = panel(client.get(f"{adres}?wie={postma.oma.pk}").content.decode())
    assert "geen grond" in volwassen


@pytest.mark.parametrize(
    ("domein", "doel"), [(Domein.WMO, "wmo_onderzoek"), (Domein.INKOMEN, "bijstand")]
)
def test_without_a_ground_nothing_is_shown_or_asked_not_even_that_nobody_is(
    client: Client, postma: Familie, domein: Domein, doel: str
) -> None:
    pagina = look(client, worker("w", domein), doel, "persoon", postma.kind.pk)
    deel = panel(pagina)
    assert "geen grond" in deel
    for tekst in (SCHOOL, "Juf Tineke", "Geen organisatie"):
        assert tekst not in deel
    assert SCHOOL not in pagina
    assert seen() == []


def test_youth_worker_at_another_purpose_sees_nothing_of_it(
    client: Client, postma: Familie
) -> None:
    wie = worker("j", Domein.JEUGD, Domein.WMO)
    deel = panel(look(client, wie, "wmo_onderzoek", "persoon", postma.kind.pk))
    assert SCHOOL not in deel
    assert seen() == []


def test_entry_that_is_left_out_shows_to_nobody(
    client: Client, postma: Familie
) -> None:
    geheim = refer("Opvang Onbekend", postma.kind)
    wie = worker("j", Domein.JEUGD)
    register.leave_out(
        geheim, "Naam verraadt de plek", actor=Actor.systeem("proef", GEMEENTE)
    )
    pagina = look(client, wie, "jeugd_toeleiding", "persoon", postma.kind.pk)
    assert SCHOOL in panel(pagina)
    assert "Opvang Onbekend" not in pagina


def test_catalogue_has_no_field_for_a_reason() -> None:
    getoond = {code for code in velden() if code.startswith("index.")}
    assert getoond == {
        *("index.organisatie", "index.sinds", "index.contactpersoon"),
        *("index.telefoon", "index.email"),
    }
    assert {velden()[code].diepte for code in getoond} == {"dat"}


def test_more_organisations_ask_no_more_of_the_database(
    client: Client, postma: Familie
) -> None:
    wie = worker("w", Domein.WMO)
    assign(postma.melding, wie)
    adres = enter(client, wie, "wmo_onderzoek", "melding", postma.melding.pk)
    client.get(adres)
    with CaptureQueriesContext(connection) as klein:
        client.get(adres)
    for nummer in range(6):
        refer(f"Vereniging {nummer}", postma.oma)
    with CaptureQueriesContext(connection) as groot:
        pagina = client.get(adres).content.decode()
    assert pagina.count('data-veld="index.organisatie"') == 8
    assert len(groot) == len(klein)
