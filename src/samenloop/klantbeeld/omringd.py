"""Which organisations are around these people: how to reach them, and nothing more.

What the verwijsindex holds is shown when the reader's role may look in it and the
grounds allow it of somebody: because signals may be seen at this opening, or, of who is
younger than 23, because the reader works for youth care or school attendance and looks
for that (Jeugdwet 7.1; ground G114). Why an organisation is involved has no place here
(7.1.4.3). The look is in the log by itself, before anything is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from samenloop.access import besluiten
from samenloop.access.rollen import Handeling
from samenloop.klantbeeld.beeld import Beeld
from samenloop.klantbeeld.grondslagen import Grond
from samenloop.klantbeeld.inzage import Inzage, Weggelaten
from samenloop.klantbeeld.schrijven import Regel, Schrijver
from samenloop.klantbeeld.velden import Veld, veld
from samenloop.signalen import register

INDEX = "verwijsindex_risicojongeren"
JONGER_DAN = 23  # years; the index is about them only
# At these purposes looking in the index is part of the task (article 7.1.2.1).
DOELEN = frozenset({"jeugd_toeleiding", "jeugd_uitvoering", "leerplicht"})


@dataclass(frozen=True, slots=True)
class Omringd:
    """A line per organisation, and on which grounds; or why it is left out."""

    regels: tuple[Regel, ...] = ()
    gronden: tuple[Grond, ...] = ()
    uit: Weggelaten | None = None


def around(inzage: Inzage, beeld: Beeld) -> Omringd | None:
    """Return who is around the people of a view; None when the role never looks there.

    An organisation that is around several of them stands there once, without saying
    around whom: with one person chosen it is about that one.
    """
    actor, inkijk = inzage.actor, beeld.inkijk
    if besluiten.depth(actor, Handeling.VERWIJSINDEX_ZIEN, doel=inkijk.doel) is None:
        return None
    eerste = veld("index.organisatie")
    jong = {
        lid.persoon
        for lid in beeld.familie.leden
        if lid.leeftijd is not None and lid.leeftijd < JONGER_DAN
    }
    ruimer = _for_the_index(inzage)
    wie = {
        persoon: each
        for persoon in beeld.personen
        if (each := ruimer if persoon in jong else inzage).allows(eerste, persoon)
    }
    if not wie:
        return Omringd(uit=_why(inzage, eerste, beeld.personen))
    gronden = {
        grond.id: grond
        for persoon, each in wie.items()
        for grond in each.grounds([eerste], persoon)
    }
    lijst = register.around(
        list(wie),
        actor=actor,
        onderwerp=f"{inkijk.context}:{inkijk.context_id}",
        doel=inkijk.doel,
        grond=" ".join(sorted(gronden)[:12]),
    )
    persoon, each = next(iter(wie.items()))
    schrijver = Schrijver(each)
    regels = (
        schrijver.line(
            persoon,
            {
                "index.organisatie": betrokken.naam,
                "index.sinds": betrokken.sinds,
                "index.contactpersoon": betrokken.contactpersoon,
                "index.telefoon": betrokken.telefoon,
                "index.email": betrokken.email,
            },
            _("own records"),
        )
        for betrokken in lijst
    )
    return Omringd(
        regels=tuple(replace(regel, persoon=None) for regel in regels if regel),
        gronden=tuple(gronden[naam] for naam in sorted(gronden)),
    )


def _for_the_index(inzage: Inzage) -> Inzage:
    """Return the same reader with the purpose of the index, if it goes with theirs."""
    if inzage.doel not in DOELEN:
        return inzage
    return replace(inzage, ook=(*inzage.ook, INDEX), _gezegd={}, _redenen={})


def _why(inzage: Inzage, wat: Veld, personen: Sequence[UUID]) -> Weggelaten:
    redenen = [inzage.why_not(wat, persoon) for persoon in personen or (None,)]
    return redenen[0] or Weggelaten.GEEN_GROND
