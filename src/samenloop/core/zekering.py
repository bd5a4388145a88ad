"""A fuse for each outside source: one that keeps failing is left alone for a while.

Without it every page would wait for the time limit of a dead source, and a source that
just came up again would be flooded. After some failures in a row the fuse is out; when
the pause is over one single call may try, and its outcome decides. It lives in the
memory of a process and knows nothing of what was asked.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime

from samenloop.core import klok


class Zekering:
    """Counts failures in a row; safe to use from several threads."""

    def __init__(
        self,
        *,
        fouten: int = 3,
        pauze: float = 30.0,
        tel: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make one that lets everything through.

        Args:
            fouten: how many failures in a row put it out.
            pauze: seconds before one call may try again.
            tel: a clock that only goes forward.
        """
        self._grens = fouten
        self._pauze = pauze
        self._tel = tel
        self._slot = threading.Lock()
        self._fouten = 0
        self._uit_sinds: float | None = None
        self._proef = False
        self._bereikt: datetime | None = None

    @property
    def laatst_bereikt(self) -> datetime | None:
        """When the source last gave an answer, to this process."""
        return self._bereikt

    @property
    def is_uit(self) -> bool:
        """Whether calls are refused now."""
        with self._slot:
            return self._uit_sinds is not None and not self._mag_proberen()

    def laat_door(self) -> bool:
        """Whether a call may be made; after the pause to one caller at a time."""
        with self._slot:
            if self._uit_sinds is None:
                return True
            if not self._mag_proberen():
                return False
            self._proef = True
            return True

    def gelukt(self) -> None:
        """Note that the source answered."""
        with self._slot:
            self._fouten = 0
            self._uit_sinds = None
            self._proef = False
            self._bereikt = klok.now()

    def mislukt(self) -> None:
        """Note that it did not."""
        with self._slot:
            self._fouten += 1
            if self._proef or self._fouten >= self._grens:
                self._uit_sinds = self._tel()
            self._proef = False

    def _mag_proberen(self) -> bool:
        sinds = self._uit_sinds
        return (
            not self._proef and sinds is not None and self._tel() - sinds >= self._pauze
        )
