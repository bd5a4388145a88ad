"""A year is lived through the real intake, rules and weighing, and only once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Max, Min

from samenloop.access.logboek.models import Auditregel
from samenloop.core import klok
from samenloop.core.models import Afhandeling, Staat
from samenloop.demo import leven
from samenloop.signalen.models import Melding, Regelweging, Signaal, Weging
from samenloop.signalen.regels import in_werking

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "beheer"])


@pytest.fixture
def geleefd(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small year in one municipality."""
    monkeypatch.setattr(leven, "AANTALLEN", {"GM1651": 40})
    call_command("demo_laden", verbosity=0)
    call_command("demo_leven", verbosity=0)


def test_year_leaves_closed_work_and_work_for_today(geleefd: None) -> None:
    signalen = Signaal.objects.all()
    assert signalen.count() >= 40
    bereik = signalen.aggregate(eerste=Min("ontvangen_op"), laatste=Max("ontvangen_op"))
    assert bereik["laatste"] <= klok.now()
    assert bereik["laatste"] - bereik["eerste"] > timedelta(days=200)
    assert set(signalen.values_list("status", flat=True)) >= {"afgesloten", "gewogen"}
    # Nothing was put there by hand: all went by the rules of that day.
    assert Regelweging.objects.values("signaal").distinct().count() == signalen.count()
    assert not Afhandeling.objects.exclude(staat=Staat.KLAAR).exists()
    assert Auditregel.objects.filter(onderwerp__startswith="signaal:").exists()
    for melding in Melding.objects.filter(status="besloten"):
        weging = Weging.objects.get(melding=melding)
        assert melding.ontstaan_op < weging.op <= klok.now()
    assert len(in_werking.in_force("GM1651").regels) == 7
    with pytest.raises(CommandError, match="één keer"):
        call_command("demo_leven", verbosity=0)
