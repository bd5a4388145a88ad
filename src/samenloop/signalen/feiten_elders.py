"""What other rooms know of the people around signals: an open case, an open plan.

Who knows it registers under the name of the field (`signalen.bekend`); what nobody
registered is not known, which is not the same as no. Live weighing and the dry run
both ask here: of everyone around the signals of one day at once.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import compress
from uuid import UUID

import numpy as np

from samenloop.signalen import bekend
from samenloop.signalen.feiten_lezen import Bools, Ints
from samenloop.signalen.regels.feitenbeeld import Opgehaald
from samenloop.signalen.regels.tabel import Bytes

OPEN_CASUS = "gezin.open_casus"
OPEN_PLAN = "gezin.open_plan"
Wie = Sequence[tuple[date, UUID]]


def answered(vraag: Opgehaald) -> list[str]:
    """The facts that a rule asks for and somebody can tell."""
    return sorted(feit for feit in vraag.elders if bekend.is_registered(feit))


def columns(
    vraag: Opgehaald, aantal: int, van: Ints, vrij: Bools, wie: Wie
) -> dict[str, Bytes]:
    """Per fact and signal whether it is so of anyone around; -1: one may not look.

    Args:
        aantal: how many signals there are.
        van: of each row of `wie` which signal it is around.
        vrij: of each whether safety or consent opens that signal; for the others only
            a fact is asked that a rule with a ground asks for.
        wie: the day of the signal, and a person.
    """
    kolommen = {}
    for feit in answered(vraag):
        mag = vrij | (feit in vraag.elders_over)
        kolommen[feit] = np.full(aantal, -1, dtype=np.int8)
        antwoord = _ask(feit, list(compress(wie, mag)))
        np.maximum.at(kolommen[feit], van[mag], antwoord)
    return kolommen


def _ask(feit: str, wie: Wie) -> Bytes:
    per_dag: dict[date, set[UUID]] = defaultdict(set)
    for dag, persoon in wie:
        per_dag[dag].add(persoon)
    met = {dag: bekend.ask(feit, personen, dag) for dag, personen in per_dag.items()}
    return np.array([persoon in met[dag] for dag, persoon in wie], dtype=np.int8)
