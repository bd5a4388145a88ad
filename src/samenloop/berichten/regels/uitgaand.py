"""Nothing wrong leaves: what we send is judged before, as the receiver will.

And by the rules that only the sender can keep (level 0).
"""

from collections.abc import Mapping
from datetime import date

from samenloop.berichten.regels.grond import Grond
from samenloop.berichten.regels.keuren import Oordeel, beoordeel
from samenloop.berichten.regels.plan import loop, plan
from samenloop.berichten.regels.stand import Stand, StandToewijzing
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.fouten import Fout

VERZENDEN = 0


def keur_uitgaand(
    bericht: Bericht,
    *,
    stand: Stand,
    vandaag: date,
    vorige: Mapping[int, StandToewijzing] | None = None,
) -> Oordeel:
    """Judge a message of ours; only "goedgekeurd" may go out.

    `vorige` are the allocations by number as the receiver got them last, so without
    what this message tells; a number that is not in it is new. Without `vorige` the
    rules about what may change are left out. `stand` may hold the message's own
    allocations already.
    """
    oordeel = beoordeel(bericht, stand=stand, vandaag=vandaag)
    if oordeel.oordeel != "goedgekeurd":
        return oordeel
    fouten: list[Fout] = []
    grond = Grond(bericht, vandaag, stand, vorige)
    knoop = plan(grond.nummer, grond.wet, VERZENDEN, True)
    loop(knoop, bericht.inhoud, "/Bericht", grond, fouten)
    if not fouten:
        return oordeel
    return Oordeel("afgekeurd", bericht.soort, fouten, bericht)
