"""Nothing wrong leaves: what we send is judged before, as the receiver will.

And by the rules that only the sender can keep (level 0).
"""

from datetime import date

from samenloop.berichten.regels.grond import Grond
from samenloop.berichten.regels.keuren import Oordeel, beoordeel
from samenloop.berichten.regels.plan import loop, plan
from samenloop.berichten.regels.stand import Stand
from samenloop.berichten.standaard.bericht import Bericht
from samenloop.berichten.standaard.fouten import Fout

VERZENDEN = 0


def keur_uitgaand(bericht: Bericht, *, stand: Stand, vandaag: date) -> Oordeel:
    """Judge a message of ours; only "goedgekeurd" may go out.

    `stand` is what we hold without this message: what the receiver got before it.
    """
    oordeel = beoordeel(bericht, stand=stand, vandaag=vandaag)
    if oordeel.oordeel != "goedgekeurd":
        return oordeel
    fouten: list[Fout] = []
    grond = Grond(bericht, vandaag, stand)
    knoop = plan(grond.nummer, grond.wet, VERZENDEN, True)
    loop(knoop, bericht.inhoud, "/Bericht", grond, fouten)
    if not fouten:
        return oordeel
    return Oordeel("afgekeurd", bericht.soort, fouten, bericht)
