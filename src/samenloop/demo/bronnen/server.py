"""Running the simulators: for the demo and for tests, on this machine only.

One process with one set of calls and disturbances in memory. It ends by itself when the
program that started it is gone.
"""

import multiprocessing.util
import os
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samenloop.demo.bronnen.toepassing import Toepassing

HOST = "127.0.0.1"
POORT = 8100
BRP = "/haalcentraal/api/brp"
SLEUTEL = "demo-sleutel"
# In the environment because the server is started by name, in a process of its own.
MET_TOKEN = "SAMENLOOP_BRONNEN_MET_TOKEN"  # noqa: S105 (a name)
CODES = (
    "werk-en-inkomen",
    "bijstand",
    "svb",
    "zorg",
    "jeugd",
    "schulden",
    "onderwijs",
    "kadaster",
)


def serve(poort: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # A worker is a fork: a connection that two processes hold is torn apart.
    connections.close_all()
    Granian(
        "samenloop.demo.bronnen.server:application",
        address=HOST,
        port=poort,
        interface=Interfaces.WSGI,
        workers=1,
        # A source that hangs on purpose holds a thread, and must not hold the others.
        blocking_threads=16,
        workers_kill_timeout=2,
        log_level=LogLevels.error,
        factory=True,
    ).serve()


def application() -> "Toepassing":
    """What the worker runs."""
    import django

    django.setup()
    from samenloop.core import postgres
    from samenloop.demo.bronnen.bewijzen import Bewijzen
    from samenloop.demo.bronnen.storingen import Storingen
    from samenloop.demo.bronnen.toepassing import Toepassing

    bestand = os.environ.get("SAMENLOOP_BRONNEN_STORINGEN", "")
    multiprocessing.util.Finalize(None, postgres.release, exitpriority=10)
    threading.Thread(
        target=_stop_when_orphaned, args=(os.getppid(),), daemon=True
    ).start()
    sleutel = os.environ.get("SAMENLOOP_BRONNEN_SLEUTEL", SLEUTEL)
    return Toepassing(
        sleutel=sleutel,
        bewijzen=Bewijzen(sleutel) if os.environ.get(MET_TOKEN) else None,
        storingen=Storingen(Path(bestand) if bestand else None),
    )


def addresses(poort: int, *, token: bool = False) -> dict[str, str]:
    """The settings by which Samenloop finds these simulators, for the environment.

    With `token` the simulated BRP wants a token instead of a key.
    Needs no Django: they must stand before its settings are read.
    """
    basis = f"http://{HOST}:{poort}"
    gevonden = {
        "SAMENLOOP_BRP_URL": basis + BRP,
        "SAMENLOOP_BRP_SLEUTEL": SLEUTEL,
        "SAMENLOOP_BRP_OIN": "00000099000000001000",
        "SAMENLOOP_BRP_TERUGMELDEN_URL": basis,
    }
    if token:
        from samenloop.demo.bronnen import bewijzen

        gevonden |= {
            "SAMENLOOP_BRP_TOKEN_URL": basis + bewijzen.PAD,
            "SAMENLOOP_BRP_CLIENT": bewijzen.CLIENT,
            "SAMENLOOP_BRP_GEHEIM": SLEUTEL,
            "SAMENLOOP_BRP_SCOPE": bewijzen.SCOPE,
        }
    for code in CODES:
        naam = code.upper().replace("-", "_")
        gevonden[f"SAMENLOOP_BRON_{naam}_URL"] = basis
        gevonden[f"SAMENLOOP_BRON_{naam}_SLEUTEL"] = SLEUTEL
    return gevonden


def _stop_when_orphaned(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
