"""A year is lived through the real intake, rules and weighing, and only once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Max, Min

from samenloop.access.logboek.models import Auditregel
from samenloop.core import gemeentegrens, klok
from samenloop.core.models import Afhandeling, Staat
from samenloop.demo import leven
from samenloop.plannen.dossier.models import Contactmoment, Gesprekversie
from samenloop.plannen.metingen.models import Meting
from samenloop.plannen.models import Deelname, Deelnemersrol
from samenloop.plannen.plan.models import Evaluatie, Planversie
from samenloop.regie.afspraken import zicht
from samenloop.regie.afspraken.models import Casusafspraak, Verzetting
from samenloop.regie.models import Casus, Teamlid
from samenloop.regie.overleg.models import Overleg
from samenloop.regie.taken.models import Taak
from samenloop.regie.termijnen.models import Termijn
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
    _assert_cases_took_their_course()
    _assert_nothing_is_seen_from_elsewhere()


def _assert_cases_took_their_course() -> None:
    """Every panel of a case has a history somewhere, and rights ended with theirs."""
    assert Casus.objects.filter(dossier__gesloten_op=None, dossier__isnull=False)
    assert Casus.objects.filter(dossier__gesloten_op__isnull=False).exists()
    assert Planversie.objects.filter(getekend_op__isnull=False).exists()
    assert set(Taak.objects.values_list("staat", flat=True)) >= {"open", "klaar"}
    assert Taak.objects.filter(activiteit__isnull=False).exists()
    for model in (Contactmoment, Gesprekversie, Meting, Termijn, Evaluatie):
        assert model._default_manager.exists(), model
    assert not Overleg.objects.exclude(staat=Overleg.Staat.AFGESLOTEN).exists()
    assert not Deelname.objects.filter(
        rol=Deelnemersrol.OVERLEG, tot__isnull=True
    ).exists()
    assert not Deelname.objects.filter(
        dossier__gesloten_op__isnull=False, tot__isnull=True
    ).exists()
    # Who looks around finds a day with appointments, one moved and one called off.
    vandaag = Casusafspraak.objects.filter(zicht.between(klok.today(), klok.today()))
    assert vandaag.count() >= 3
    assert Verzetting.objects.exists()
    assert Casusafspraak.objects.filter(staat="afgezegd").exists()
    for casus in Casus.objects.filter(regies__isnull=False).distinct():
        assert casus.regies.filter(geldig__upper_inf=True).count() <= 1
    assert Teamlid.objects.filter(team__gemeente="GM1651").count() > 4


def _assert_nothing_is_seen_from_elsewhere() -> None:
    """Ask every shielded table straight in SQL, as a municipality without a task."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_policies ORDER BY 1")
        tabellen = [rij[0] for rij in cursor.fetchall()]
        gevuld = [tabel for tabel in tabellen if _rows(cursor, tabel)]
        assert len(gevuld) > 25
        with gemeentegrens.within("GM0059"):
            for tabel in tabellen:
                assert _rows(cursor, tabel) == 0, tabel
        with gemeentegrens.within():
            for tabel in gevuld:
                assert _rows(cursor, tabel) == 0, tabel


def _rows(cursor: Any, tabel: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{tabel}"')
    return int(cursor.fetchone()[0])
