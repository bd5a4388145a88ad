"""`samenloop serve`: the pages in the browser, on this machine only.

Sees to the database, its tables and the collected files first, so it works on an
empty state folder too. A proxy with TLS stands in front when others must reach it.
"""

import errno
import gc
import multiprocessing.util
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from samenloop.config import voorbereiding
from samenloop.config.achtergrond import Achtergrond
from samenloop.config.opties import Opties, port
from samenloop.core import postgres

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

HOST = "127.0.0.1"
FIRST_PORT = 8000
_CHOICES = 20


class PoortBezet(Exception):
    """The port that was asked for belongs to another program."""


def main(argv: list[str]) -> int:
    """Prepare and serve until told to stop."""
    options = parser("serve", "Toont de pagina's in de browser.").parse_args(argv)
    address = choose_port(options.poort)
    voorbereiding.prepare()
    beside = Achtergrond()
    if not options.zonder_werker:
        beside.keep("werker")
    serve(address, workers=options.werkers, beside=beside)
    return 0


def parser(word: str, description: str) -> Opties:
    """The options that `serve` and `demo` share."""
    made = Opties(prog=f"samenloop {word}", description=description)
    given = os.environ.get("SAMENLOOP_POORT")
    made.add_argument(
        "--poort",
        type=port,
        default=given or None,
        help=f"poort van de pagina's (anders de eerste vrije vanaf {FIRST_PORT})",
    )
    made.add_argument(
        "--werkers", type=int, default=1, help="aantal processen (standaard 1)"
    )
    made.add_argument(
        "--zonder-werker",
        action="store_true",
        help="zonder het werk op de achtergrond; start dat apart: samenloop werker",
    )
    return made


def choose_port(wanted: int | None, first: int = FIRST_PORT) -> int:
    """The port asked for, or the first free one from `first` on.

    Raises:
        PoortBezet: the one asked for is taken, or none of our range is free.
    """
    candidates = [wanted] if wanted else range(first, first + _CHOICES)
    for candidate in candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, candidate))
            except OSError as fout:
                if fout.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                continue
        return candidate
    last = first + _CHOICES - 1
    which = f"Poort {wanted} is" if wanted else f"Poorten {first} tot {last} zijn"
    raise PoortBezet(f"{which} bezet. Kies een andere met --poort.")


def serve(
    address: int,
    *,
    workers: int = 1,
    ready: Callable[[], None] | None = None,
    beside: Achtergrond | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what runs and leave the database.

    Args:
        address: port on the loopback address.
        workers: number of processes; each has its own threads.
        ready: called when the port is open.
        beside: what runs along with the pages and ends with them.
    """
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # A worker is a fork: a connection that two processes hold is torn apart.
    connections.close_all()
    server = Granian(
        "samenloop.config.server:application",
        address=HOST,
        port=address,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=60,
        log_level=LogLevels.warning,
        factory=True,
    )

    def announce() -> None:
        # The port opens some moments after the workers were made.
        while not _answers(address):
            time.sleep(0.02)
        if ready:
            ready()
        sys.stdout.write(
            f"Samenloop staat klaar op http://{HOST}:{address}/ (stop: Ctrl-C)\n"
        )
        sys.stdout.flush()

    def started() -> None:
        threading.Thread(target=announce, daemon=True).start()

    server.on_startup(started)
    try:
        server.serve()
    finally:
        if beside:
            beside.stop()
    sys.stdout.write("Samenloop is gestopt.\n")


def _answers(number: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, number)) == 0


def application() -> "WSGIHandler":
    """What a worker runs."""
    from django.urls import get_resolver

    from samenloop.config.wsgi import application as made

    # Pages and all they need are read now, not while the first visitor waits.
    get_resolver().check()
    from samenloop.verantwoording import pages

    pages.warm()
    # What stands now stays as long as the worker does; Python need not walk along all
    # of it, with a visitor waiting, each time it looks for what can go.
    gc.collect()
    gc.freeze()
    # A worker ends without the usual end of a program; it must be counted out.
    multiprocessing.util.Finalize(None, postgres.release, exitpriority=10)
    threading.Thread(
        target=_stop_when_orphaned, args=(os.getppid(),), daemon=True
    ).start()
    return made


def _stop_when_orphaned(parent: int) -> None:
    """Keep no port and no database when the process that started us was killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
