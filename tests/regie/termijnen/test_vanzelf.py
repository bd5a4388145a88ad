"""What begins by itself: the terms of law after a melding, from the day it came in."""

from datetime import datetime

import pytest
import time_machine

from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen
from samenloop.core.klok import AMSTERDAM
from samenloop.regie import casussen
from samenloop.regie.models import Casus
from samenloop.signalen import meldingen
from tests.access.accounts import GEMEENTE, actor
from tests.regie.termijnen.maken import day, noon
from tests.signalen import maken

pytestmark = pytest.mark.django_db
# Half past midnight here, still the day before by UTC.
NACHT = datetime(2026, 3, 2, 0, 30, tzinfo=AMSTERDAM)


def opened(*soorten: str) -> Casus:
    """A case of a melding of these kinds, weighed eight days after it came in."""
    wie = maken.persoon()
    with time_machine.travel(NACHT, tick=False):
        eerste, *rest = [maken.signaal(wie, soort=soort) for soort in soorten]
        melding = meldingen.make(eerste, gewicht=40)
        for los in rest:
            meldingen.join(melding, los, gewicht=40, veiligheid=False)
    with time_machine.travel(noon("2026-03-10"), tick=False):
        casus = casussen.open_casus(
            gemeente=GEMEENTE,
            betrokkene=wie.pk,
            gezin=None,
            soort=casussen.MEERVOUDIG,
            melding=melding.pk,
            regisseur=None,
            door=actor(Rol.REGISSEUR, gemeente=GEMEENTE),
        )
        gebeurtenissen.handle_pending()
    return casus


@pytest.mark.parametrize(
    ("soorten", "codes"),
    [
        (("eenzaamheid",), ["WMO-ONDERZOEK"]),
        (("huurachterstand",), ["WGS-VROEGAANBOD"]),
        (("huurachterstand", "eenzaamheid"), ["WGS-VROEGAANBOD", "WMO-ONDERZOEK"]),
        (("opvoedvraag",), []),
    ],
)
def test_terms_of_the_law_of_its_signals_run(
    soorten: tuple[str, ...], codes: list[str]
) -> None:
    casus = opened(*soorten)
    assert sorted(each.soort for each in casus.termijnen.all()) == codes


def test_they_run_from_the_day_of_the_melding_here() -> None:
    termijn = opened("eenzaamheid").termijnen.get()
    assert (termijn.begin, termijn.uiterlijk) == (day("2026-03-02"), day("2026-04-13"))
    assert termijn.gestart_door is None


def test_case_without_a_melding_starts_none() -> None:
    wie = maken.persoon()
    casus = casussen.open_casus(
        gemeente=GEMEENTE,
        betrokkene=wie.pk,
        gezin=None,
        soort=casussen.MEERVOUDIG,
        regisseur=None,
        door=actor(Rol.REGISSEUR, gemeente=GEMEENTE),
    )
    gebeurtenissen.handle_pending()
    assert not casus.termijnen.exists()
