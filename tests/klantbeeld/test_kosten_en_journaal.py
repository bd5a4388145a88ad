"""What help cost shows on its ground, and the journal to who takes part in the case."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Domein, Rol
from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen.dossier import contacten, notities
from samenloop.plannen.dossier.models import Bereik
from samenloop.plannen.models import Deel, Deelnemersrol, Dossier
from samenloop.regie.models import Casus
from samenloop.voorzieningen.models import Aanbieder
from tests.access.accounts import account, actor
from tests.klantbeeld.familie import Familie, assign, family
from tests.klantbeeld.openen import look
from tests.plannen.maken import takes_part
from tests.voorzieningen.declareren import line

pytestmark = pytest.mark.django_db


def _line(
    van: Familie, wie: Persoon, wet: str, bedrag: int, *, nummer: int, **anders: Any
) -> None:
    aanbieder = Aanbieder.objects.get(agb="12345678")
    line(van.gemeente.pk, aanbieder, wie, wet, bedrag, nummer=nummer, **anders)


@pytest.fixture
def gedeclareerd() -> Familie:
    """The family with invoice lines under both laws."""
    van = family()
    _line(van, van.moeder, "wmo", 100_000, nummer=1)
    _line(van, van.moeder, "wmo", 60_000, nummer=2)
    _line(van, van.moeder, "wmo", 60_000, nummer=3, is_credit=True)
    _line(
        van, van.moeder, "wmo", 55_500, nummer=4,
        oordeel="afgewezen", retourcodes=["9321"],
    )  # fmt: skip
    _line(van, van.kind, "jeugdwet", 77_700, nummer=5)
    return van


def test_what_was_granted_shows_under_the_law_of_the_reader_only(
    client: Client, gedeclareerd: Familie
) -> None:
    wmo = account("wmo", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    assign(gedeclareerd.melding, wmo)
    pagina = look(client, wmo, "wmo_onderzoek", "melding", gedeclareerd.melding.pk)
    assert 'data-veld="kosten.wmo"' in pagina
    assert "1.000" in pagina
    assert "1.600" not in pagina
    assert "555" not in pagina
    assert "kosten.jeugdwet" not in pagina
    assert "777" not in pagina


@pytest.fixture
def met_journaal() -> Familie:
    """The family with a case that has a dossier, a contact and notes."""
    van = family()
    dossier = Dossier.objects.create(
        gemeente=van.gemeente, gezin=van.gezin, betrokkene=van.moeder
    )
    Casus.objects.filter(pk=van.casus.pk).update(dossier=dossier)
    regisseur = account("rianne", rol=Rol.REGISSEUR)
    takes_part(dossier, regisseur)
    door = actor(Rol.REGISSEUR, account=regisseur)
    for nummer in range(6):
        contacten.note(
            dossier,
            contacten.Contact(
                wijze="telefoon",
                gebeurd_op=klok.now() - timedelta(days=nummer),
                onderwerp=f"Gebeld over {nummer}",
                persoon=van.moeder.pk,
            ),
            door=door,
        )
    notities.write(dossier, "Zelf nog nabellen", Bereik.EIGEN, door=door)
    return van


def test_who_takes_part_reads_the_last_of_the_journal_from_the_case(
    client: Client, met_journaal: Familie
) -> None:
    regisseur = Gebruiker.objects.get(username="rianne")
    pagina = look(
        client, regisseur, "regie_multiproblematiek", "casus", met_journaal.casus.pk
    )
    assert "Laatste contacten en notities" in pagina
    assert "Gebeld over 0" in pagina
    assert "Zelf nog nabellen" in pagina
    assert "Gebeld over 5" not in pagina


def test_who_takes_part_in_the_plan_alone_reads_no_journal(
    client: Client, met_journaal: Familie
) -> None:
    helper = account("helper", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    dossier = Dossier.objects.get(casus=met_journaal.casus)
    takes_part(dossier, helper, Deelnemersrol.HULPVERLENER, Deel.PLAN)
    pagina = look(client, helper, "wmo_onderzoek", "casus", met_journaal.casus.pk)
    assert "Gebeld over" not in pagina
    assert "Zelf nog nabellen" not in pagina
    assert "Het contactjournaal staat bij de casus" in pagina


def test_a_colleague_reads_no_note_that_is_of_another_alone(
    client: Client, met_journaal: Familie
) -> None:
    helper = account("helper", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    dossier = Dossier.objects.get(casus=met_journaal.casus)
    takes_part(
        dossier, helper, Deelnemersrol.HULPVERLENER, Deel.JOURNAAL, Deel.NOTITIES
    )
    pagina = look(client, helper, "wmo_onderzoek", "casus", met_journaal.casus.pk)
    assert "Gebeld over 0" in pagina
    assert "Zelf nog nabellen" not in pagina


def test_from_a_melding_nothing_of_a_journal_shows(
    client: Client, met_journaal: Familie
) -> None:
    regisseur = Gebruiker.objects.get(username="rianne")
    assign(met_journaal.melding, regisseur)
    pagina = look(
        client, regisseur, "regie_multiproblematiek", "melding", met_journaal.melding.pk
    )
    assert "Gebeld over" not in pagina
