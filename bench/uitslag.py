"""What one contender hands back: its time, its peak memory, and every cell."""

import pickle
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Cellen = dict[tuple[str, ...], Any]


@dataclass(frozen=True, slots=True)
class Uitslag:
    """Seconds of computing (not of starting Python), MB at the peak, the cells.

    `rekentijd` adds up the seconds of all cores over the whole process: unlike
    `seconden` it says the same on a machine that others use as well.
    """

    seconden: float
    rekentijd: float
    megabytes: float
    tabellen: dict[str, Cellen]


def schrijf(pad: Path, seconden: float, tabellen: dict[str, Cellen]) -> None:
    """Write the outcome for the process that started this one."""
    gebruik = resource.getrusage(resource.RUSAGE_SELF)
    uitslag = Uitslag(
        seconden,
        gebruik.ru_utime + gebruik.ru_stime,
        gebruik.ru_maxrss / 1024,
        tabellen,
    )
    pad.write_bytes(pickle.dumps(uitslag))


def lees(pad: Path) -> Uitslag:
    """Read what `schrijf` wrote, in a subprocess of our own."""
    uitslag: Uitslag = pickle.loads(pad.read_bytes())
    return uitslag
