"""Rules of levels 3 and 4 that ask what we hold: wrong, and right beside it."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import pytest

from samenloop.berichten.regels import alle_regels
from samenloop.berichten.regels.keuren import beoordeel
from samenloop.berichten.standaard.soorten import WETTEN, Wet
from tests.berichten.gevallen import verander
from tests.berichten.gevallen_stand import GEVALLEN, Geval
from tests.berichten.goede_berichten import NUMMERS, TOEN, goed
from tests.berichten.stand_maken import stand_bij


@pytest.mark.parametrize("nummer", NUMMERS)
@pytest.mark.parametrize("wet", WETTEN)
def test_the_right_message_is_right_at_every_level(wet: Wet, nummer: int) -> None:
    oordeel = beoordeel(goed(wet, nummer), stand=stand_bij(wet, nummer), vandaag=TOEN)
    assert (oordeel.oordeel, oordeel.fouten) == ("goedgekeurd", [])


def _beoordeel(wet: Wet, geval: Geval) -> Any:
    stand = stand_bij(wet, geval.nummer)
    for naam, waarde in geval.stand.items():
        was = getattr(stand, naam)
        setattr(stand, naam, waarde(was, wet) if callable(waarde) else waarde)
    bericht = verander(goed(wet, geval.nummer), deepcopy(geval.bericht))
    return beoordeel(bericht, stand=stand, vandaag=TOEN)


def _namen() -> Iterable[str]:
    for volgnummer, each in enumerate(GEVALLEN):
        yield f"{volgnummer}-{each.nummer}-{each.codes.replace(' ', '-') or 'goed'}"


@pytest.mark.parametrize("geval", GEVALLEN, ids=_namen())
@pytest.mark.parametrize("wet", WETTEN)
def test_what_we_hold_decides_on_these_codes_and_no_other(
    wet: Wet, geval: Geval
) -> None:
    oordeel = _beoordeel(wet, geval)
    assert {each.regel for each in oordeel.fouten} == set(geval.codes.split())
    for fout in oordeel.fouten:
        regel = alle_regels()[fout.regel]
        assert (fout.niveau, fout.retourcode) == (regel.niveau, regel.retourcode)


def test_every_rule_that_asks_what_we_hold_is_broken_for_every_kind() -> None:
    gebroken = {(code, each.nummer) for each in GEVALLEN for code in each.codes.split()}
    nodig = {
        (regel.code, nummer)
        for regel in alle_regels().values()
        if regel.stand and regel.niveau > 2
        for nummer in regel.berichten
    }
    assert nodig - gebroken == set()
