"""Tasks of who took part on consent go back with it, in one piece."""

import pytest
from django.utils.translation import override

from samenloop.core import klok
from samenloop.personen import gevolgen
from samenloop.personen.models import Toestemming
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import organisatie
from tests.plannen.test_gronden import consent
from tests.regie.taken.maken import directed, task

pytestmark = pytest.mark.django_db


def test_withdrawing_consent_gives_the_tasks_back_at_once() -> None:
    casus, bart = directed()
    assert casus.dossier is not None
    van = casus.dossier
    ja, ander = consent(van.betrokkene), consent(van.betrokkene, "schulden")
    school, wijk = organisatie("School"), organisatie("Wijkteam")
    for club, grond in ((school, ja), (wijk, ander)):
        toegang.give(
            van, rol=Deelnemersrol.HULPVERLENER, door=bart, organisatie=club.pk,
            delen=[Deel.TAKEN], toestemming=grond.pk,
        )  # fmt: skip
    van_school = task(casus, bart, uitvoerder=Uitvoerder(organisatie=school.pk))
    van_wijk = task(casus, bart, uitvoerder=Uitvoerder(organisatie=wijk.pk))
    with override("nl"):
        teksten = [gevolg.tekst for gevolg in gevolgen.of(ja)]
    assert "1 taak van School gaat terug naar de regisseur." in teksten
    assert not any("Wijkteam" in tekst for tekst in teksten)
    gevolgen.withdraw(Toestemming.objects.get(pk=ja.pk), klok.today(), bart)
    assert Taak.objects.get(pk=van_school.pk).account == bart.account_id
    assert Taak.objects.get(pk=van_wijk.pk).organisatie_id == wijk.pk
