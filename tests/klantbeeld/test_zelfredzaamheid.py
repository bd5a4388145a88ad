"""The last measurement shows on its ground, and to whom that gives it."""

from datetime import date

import pytest
from django.test import Client

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Domein, Rol
from samenloop.plannen.metingen import instrumenten, meten
from samenloop.plannen.models import Dossier
from tests.access.accounts import account, actor
from tests.klantbeeld.familie import Familie, assign, family
from tests.klantbeeld.test_pages import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeten() -> Familie:
    """The family, its mother measured twice."""
    familie = family()
    dossier = Dossier.objects.create(
        gemeente=familie.gemeente, gezin=familie.gezin, betrokkene=familie.moeder
    )
    instrumenten.load_standard()
    zrm = instrumenten.usable(familie.gemeente.pk)[0]
    eerste = zrm.domeinen.order_by("orde")[0]
    for dag, niveau in ((date(2026, 1, 5), 2), (date(2026, 3, 5), 4)):
        meten.measure(
            dossier, familie.moeder.pk, zrm, {eerste.pk: meten.Oordeel(niveau)},
            op=dag, door=actor(Rol.REGISSEUR),
        )  # fmt: skip
    return familie


def _page(client: Client, wie: Gebruiker, doel: str, van: Familie) -> str:
    assign(van.melding, wie)
    return look(client, wie, doel, "melding", van.melding.pk)


def test_who_does_the_inquiry_sees_the_last_measurement(
    client: Client, gemeten: Familie
) -> None:
    wmo = account("wmo", rol=Rol.CONSULENT, domeinen=[Domein.WMO])
    pagina = _page(client, wmo, "wmo_onderzoek", gemeten)
    assert "gemeten op 5 maart 2026" in pagina
    assert "5 januari 2026" not in pagina
    assert "Financiën 4" in pagina


def test_without_consent_the_director_sees_none_across_laws(
    client: Client, gemeten: Familie
) -> None:
    regisseur = account("regisseur", rol=Rol.REGISSEUR)
    pagina = _page(client, regisseur, "regie_multiproblematiek", gemeten)
    assert "Geen meting die u bij dit doel mag zien." in pagina
    assert "Financiën 4" not in pagina
