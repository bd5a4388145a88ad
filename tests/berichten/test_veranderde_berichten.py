"""Whatever is sent: a verdict, never a crash, and an answer where one is due."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from samenloop.berichten.regels.antwoord import antwoord
from samenloop.berichten.regels.keuren import keur
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.berichten.standaard.soorten import WETTEN, Wet
from tests.berichten.goede_berichten import NUMMERS, TOEN, goed
from tests.berichten.muteren import verander
from tests.berichten.stand_maken import stand_bij

KEREN = 60


@pytest.mark.parametrize("nummer", NUMMERS)
@pytest.mark.parametrize("wet", WETTEN)
def test_a_message_that_was_changed_at_random_has_a_defined_outcome(
    wet: Wet, nummer: int
) -> None:
    rnd = Random(f"{wet}{nummer}")
    bericht = goed(wet, nummer)
    data = schrijf(bericht)
    stand = stand_bij(wet, nummer)
    uitkomsten: Counter[str] = Counter()
    for _ in range(KEREN):
        anders = verander(data, bericht.soort, rnd)
        oordeel = keur(anders, stand=rnd.choice([None, stand]), vandaag=TOEN)
        uitkomsten[oordeel.oordeel] += 1
        assert (oordeel.oordeel == "goedgekeurd") is (not oordeel.fouten)
        assert len({each.niveau for each in oordeel.fouten}) <= (
            2 if oordeel.oordeel == "deels" else 1
        )
        if oordeel.te_beantwoorden and oordeel.bericht is not None:
            gemaakt = antwoord(
                oordeel.bericht,
                oordeel,
                identificatie="A1",
                dagtekening=date(2026, 5, 8),
            )
            assert lees(schrijf(gemaakt)).inhoud == gemaakt.inhoud
    assert sum(uitkomsten.values()) == KEREN
