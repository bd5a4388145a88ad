"""Measurements of a fictitious family."""

from collections.abc import Mapping
from datetime import date

from samenloop.access.actor import Actor
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.metingen import meten
from samenloop.plannen.metingen.meten import Oordeel
from samenloop.plannen.metingen.models import Meetinstrument, Meting
from samenloop.plannen.models import Dossier
from tests.access.accounts import actor

GEEN: Mapping[str, int] = {}
# What the family in the design scored, by the codes of the standard.
EERST = {
    "financien": 2, "werk": 4, "tijd": 4, "huisvesting": 2, "relaties": 2, "geest": 3,
    "lichaam": 4, "middelen": 5, "zelfzorg": 5, "huishouden": 3, "netwerk": 3,
    "meedoen": 3, "justitie": 5,
}  # fmt: skip
LAATST = EERST | {
    "financien": 3, "huisvesting": 3, "relaties": 3, "huishouden": 4, "netwerk": 4,
}  # fmt: skip


def standard() -> Meetinstrument:
    """The national instrument, which is there from the start."""
    return Meetinstrument.objects.get(code="zrm-2017")


def measured(
    van: Dossier,
    scores: Mapping[str, int],
    *,
    op: date | None = None,
    door: Actor | None = None,
    instrument: Meetinstrument | None = None,
    toelichting: str = "",
    corrigeert: Meting | None = None,
) -> Meting:
    """Measure whom the dossier is about, by codes of domains."""
    waarmee = instrument or standard()
    domeinen = {each.code: each.pk for each in waarmee.domeinen.all()}
    return meten.measure(
        van,
        van.betrokkene_id,
        waarmee,
        {domeinen[code]: Oordeel(n, toelichting) for code, n in scores.items()},
        op=op or klok.today(),
        door=door or actor(Rol.REGISSEUR),
        met_wie="met Marieke",
        corrigeert=corrigeert,
        reden="verkeerde trede aangekruist" if corrigeert else "",
    )
