"""A conversation that was held, and a report that was given, end what they were for."""

import pytest

from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, klok
from samenloop.plannen.dossier import gesprekken
from samenloop.plannen.dossier.models import Uitreiking
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.models import Staat, Termijn
from tests.access.accounts import account, actor
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db


def test_offer_ends_with_the_conversation_and_inquiry_with_the_report() -> None:
    bart = account("bart", rol=Rol.REGISSEUR)
    van, wie = casus(bart), actor(Rol.REGISSEUR, account=bart)
    ander = casus(bart, naam="Wolthuis")
    assert van.dossier is not None
    for code in ("WGS-VROEGAANBOD", "WMO-ONDERZOEK"):
        lopen.start(code, casus=van, begin=klok.today(), door=wie)
    elders = lopen.start("WMO-ONDERZOEK", casus=ander, begin=klok.today(), door=wie)
    gesprek = gesprekken.begin(van.dossier, door=wie)
    versie = gesprekken.finish(
        gesprek,
        gesprekken.Verslag(
            gevoerd_op=klok.today().isoformat(),
            plek="thuis",
            kern="Er is overzicht nodig.",
            ondersteuning="niet",
            eigen_plan="geen",
        ),
        door=wie,
        na=0,
    )
    gebeurtenissen.handle_pending()
    eigen = Termijn.objects.filter(casus=van)
    assert dict(eigen.values_list("soort", "staat")) == {
        "WGS-VROEGAANBOD": Staat.GEHAALD,
        "WMO-ONDERZOEK": Staat.LOOPT,
    }
    gesprekken.give(
        versie, door=wie, gegeven_op=klok.today(), wijze=Uitreiking.Wijze.values[0]
    )
    gebeurtenissen.handle_pending()
    assert eigen.get(soort="WMO-ONDERZOEK").staat == Staat.GEHAALD
    elders.refresh_from_db()
    assert elders.staat == Staat.LOOPT
