"""How fast one program may ask: so many requests a minute, counted per server process.

Counted in memory and not in the database: a shared counter would make the requests of
one organisation wait for each other, and the border exists to protect the others, not
to be exact. With several processes the border is that many times wider.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass, field

MINUUT = 60.0


@dataclass(slots=True)
class Tempo:
    """A moving minute per key."""

    per_minuut: int
    _keren: dict[str, deque[float]] = field(default_factory=dict)
    _slot: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, sleutel: str) -> int:
        """Count one request; return how many seconds to wait, 0 when it may pass."""
        nu = time.monotonic()
        with self._slot:
            keren = self._keren.get(sleutel)
            if keren is None:
                self._forget(nu)
                keren = self._keren.setdefault(sleutel, deque())
            while keren and keren[0] <= nu - MINUUT:
                keren.popleft()
            if len(keren) >= self.per_minuut:
                return max(1, int(keren[0] + MINUUT - nu) + 1)
            keren.append(nu)
            return 0

    def clear(self) -> None:
        """Forget everything that was counted."""
        with self._slot:
            self._keren.clear()

    def _forget(self, nu: float) -> None:
        """Drop keys that were not used for a minute, or memory would only grow."""
        oud = [
            sleutel
            for sleutel, keren in self._keren.items()
            if not keren or keren[-1] <= nu - MINUUT
        ]
        for sleutel in oud:
            del self._keren[sleutel]
