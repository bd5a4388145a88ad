"""What somebody half typed is there again later, and not for ever."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.signalen import concepten, jobs, meldingen, wegen
from samenloop.signalen.models import Melding, Signaalconcept, Wegingconcept
from tests.signalen.maken import melding_van, persoon, signaal, werker

pytestmark = pytest.mark.django_db

WEGER = werker(Rol.REGISSEUR, account=7)


def _melding() -> Melding:
    gemaakt = melding_van(signaal(persoon(), veiligheidsrisico=True).pk)
    assert gemaakt is not None
    return meldingen.assign(gemaakt, 7, actor=werker(Rol.TEAMLEIDER, account=9))


def _type_both(melding: Melding) -> None:
    concepten.keep_signal(WEGER, concepten.WERKER, {"aanleiding": "Half"})
    wegen.keep_draft(melding, {"noodzaak": "ja"}, actor=WEGER)


@pytest.mark.parametrize(("dagen", "over"), [(9, 1), (10, 1), (11, 0)])
def test_draft_that_nobody_touched_so_long_is_forgotten(
    dagen: int, over: int, settings: Any
) -> None:
    settings.CONCEPT_DAGEN = 10
    melding = _melding()
    with time_machine.travel(klok.now(), tick=False) as reis:
        _type_both(melding)
        reis.shift(timedelta(days=dagen))
        assert concepten.drop_old() == 2 - 2 * over
    assert Signaalconcept.objects.count() == over
    assert Wegingconcept.objects.count() == over


def test_touching_it_keeps_it_and_nothing_else_goes(settings: Any) -> None:
    settings.CONCEPT_DAGEN = 10
    melding = _melding()
    with time_machine.travel(klok.now(), tick=False) as reis:
        _type_both(melding)
        reis.shift(timedelta(days=8))
        _type_both(melding)
        reis.shift(timedelta(days=8))
        assert concepten.drop_old() == 0
    assert concepten.signal_of(WEGER, concepten.WERKER) is not None
    assert Melding.objects.filter(pk=melding.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_job_forgets_the_drafts_of_every_municipality(settings: Any) -> None:
    settings.CONCEPT_DAGEN = 10
    for code in ("GM1651", "GM0005"):
        actor = werker(Rol.CONSULENT, account=7, code=code)
        concepten.keep_signal(actor, concepten.WERKER, {"aanleiding": "Half"})
    later = klok.now() + timedelta(days=11)
    with time_machine.travel(later), gemeentegrens.within("GM0005"):
        jobs.drop_old_drafts(timestamp=0)
    assert not Signaalconcept.objects.exists()
