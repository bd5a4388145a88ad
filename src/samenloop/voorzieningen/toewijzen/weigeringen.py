"""From what the database refuses to a sentence one can act on.

The rules stand in the database, so that no way around them exists; here their names
become the errors that a page or a message explains.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from samenloop.core.fouten import SamenloopFout
from samenloop.voorzieningen.toewijzen.fouten import (
    LooptAl,
    NietToegestaan,
    Onvolledig,
    PgbLoopt,
    Stapelt,
)

_FOUTEN: dict[str, type[SamenloopFout]] = {
    "toewijzen_toewijzing_geen_stapeling": Stapelt,
    "toewijzen_geen_pgb_ernaast": PgbLoopt,
    "toewijzen_toewijzing_wijziging": NietToegestaan,
    "toewijzen_toewijzing_verwijderd": NietToegestaan,
    "toewijzen_toewijzing_laatste": NietToegestaan,
    "toewijzen_zorglevering_een_tegelijk": LooptAl,
    "toewijzen_toewijzing_variant": Onvolledig,
    "toewijzen_toewijzing_omvang": Onvolledig,
    "toewijzen_toewijzing_niet_per_dag": Onvolledig,
    "toewijzen_toewijzing_met_einde": Onvolledig,
    "toewijzen_toewijzing_periode": Onvolledig,
}


@contextmanager
def explained() -> Iterator[None]:
    """Do something in a transaction of its own, and say in words what is refused."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as fout:
        oorzaak = getattr(fout.__cause__, "diag", None)
        naam = getattr(oorzaak, "constraint_name", None) or ""
        if naam in _FOUTEN:
            raise _FOUTEN[naam]() from None
        raise
