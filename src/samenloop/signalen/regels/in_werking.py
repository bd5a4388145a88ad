"""Which rules are in force on a day, ready to be applied."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from samenloop.core import klok
from samenloop.signalen.regels.models import Instelling, Regelversie
from samenloop.signalen.regels.motor import Regelkern


@dataclass(frozen=True, slots=True)
class Regelset:
    """The rules on a day, and from which weight a signal becomes a melding."""

    regels: tuple[Regelkern, ...]
    drempel: int


def in_force(gemeente: str, dag: date | None = None) -> Regelset:
    """The rules that count on this day (today)."""
    versies = Regelversie.objects.in_force(gemeente, dag or klok.today())
    return Regelset(
        tuple(kernel(versie) for versie in versies), Instelling.of(gemeente).drempel
    )


def kernel(versie: Regelversie) -> Regelkern:
    """The version as the engine wants it; read and made ready once per process."""
    return _first_like(Regelkern.of(versie))


@lru_cache(maxsize=2_048)
def _first_like(kern: Regelkern) -> Regelkern:
    """The first of all that say the same: it keeps its condition ready."""
    return kern
