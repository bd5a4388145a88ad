"""Whom a rule touches more than others, against their share in the municipality.

It looks at gezinnen, not at persons or signals: one parent, a child under 12, low
income, and the neighbourhood (four digits of the postcode) touched most. A share of
fewer than ten is not shown. Where the difference is larger than the municipality set,
the second pair of eyes has to answer in words; the figure decides nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from samenloop.signalen.regels.bron import Feitenbron, Signalenkolommen
from samenloop.signalen.regels.models import Instelling
from samenloop.signalen.regels.tabel import Feitentabel

KLEINSTE_GROEP = 10
KIND_TOT = 12
EENOUDER, KIND, INKOMEN, WIJK = "eenouder", "kind", "inkomen", "wijk"
_NIEMAND = b"\0" * 16


@dataclass
class Geraakt:
    """The gezinnen a rule touched, each once, with what is known of them."""

    gezinnen: dict[bytes, tuple[bool, bool, bytes, int]] = field(default_factory=dict)

    def add(
        self, tabel: Feitentabel, rond: Signalenkolommen, raak: NDArray[np.bool_]
    ) -> None:
        """Add the gezinnen of the signals that were hit."""
        for rij in np.flatnonzero(raak).tolist():
            gezin = rond.onderwerp[rij].tobytes()
            if gezin == _NIEMAND:
                continue
            jongste = int(tabel.jongste[rij])
            self.gezinnen[gezin] = (
                int(tabel.eenouder[rij]) == 1,
                0 <= jongste < KIND_TOT,
                rond.personen[rij].tobytes(),
                int(rond.postcode[rij]),
            )


def compare(
    geraakt: Geraakt,
    bron: Feitenbron,
    gemeente: str,
    op: date,
    instelling: Instelling,
) -> list[dict[str, Any]]:
    """The rows of the table: what, share touched, share in the municipality.

    A share is None when it is of fewer than ten gezinnen, or cannot be determined
    (`bepaald` says which).
    """
    gezinnen = list(geraakt.gezinnen.values())
    aantal = len(gezinnen)
    heel = bron.population(gemeente, op)
    personen = {UUID(bytes=wie) for _e, _k, wie, _p in gezinnen if wie != _NIEMAND}
    laag = bron.low_income(personen, op)
    wijken: dict[int, int] = {}
    for _eenouder, _kind, _wie, postcode in gezinnen:
        if postcode:
            wijken[postcode] = wijken.get(postcode, 0) + 1
    wijk, in_wijk = max(wijken.items(), key=lambda w: (w[1], -w[0]), default=(0, 0))
    rijen = [
        (EENOUDER, "", sum(g[0] for g in gezinnen), heel.eenouder),
        (KIND, "", sum(g[1] for g in gezinnen), heel.kind_onder_12),
        (
            INKOMEN,
            "",
            None if laag is None else sum(UUID(bytes=g[2]) in laag for g in gezinnen),
            heel.laag_inkomen,
        ),
    ]
    if wijk:
        rijen.append((WIJK, str(wijk), in_wijk, heel.per_postcode.get(wijk, 0)))
    return [
        _row(wat, naam, geteld, aantal, daar, heel.gezinnen, instelling)
        for wat, naam, geteld, daar in rijen
    ]


def _row(
    wat: str,
    naam: str,
    geteld: int | None,
    aantal: int,
    daar: int | None,
    gezinnen: int,
    instelling: Instelling,
) -> dict[str, Any]:
    deel = _share(geteld, aantal)
    elders = _share(daar, gezinnen)
    opvallend = (
        deel is not None
        and elders is not None
        and deel - elders > instelling.opvallend_verschil
    )
    return {
        "wat": wat,
        "naam": naam,
        "deel": deel,
        "gemeente": elders,
        "bepaald": geteld is not None and daar is not None,
        "opvallend": opvallend,
    }


def _share(geteld: int | None, aantal: int) -> int | None:
    """A percentage; None of fewer than ten, and none that leaves fewer than ten out."""
    if geteld is None or aantal < KLEINSTE_GROEP:
        return None
    if 0 < geteld < KLEINSTE_GROEP or 0 < aantal - geteld < KLEINSTE_GROEP:
        return None
    return round(100 * geteld / aantal)
