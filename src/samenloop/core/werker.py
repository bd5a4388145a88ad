"""The worker: what goes on in the background while people look at pages.

Two things in one process: events (`core.gebeurtenissen`), picked up at once because the
database calls, and the jobs of procrastinate (on a clock, or long with progress). It
may be killed at any moment: what was not finished is begun again by the next.
"""

import asyncio
import signal
import threading
from contextlib import suppress
from time import monotonic
from typing import Any

import psycopg
from django.db import close_old_connections, connections
from procrastinate import App
from procrastinate.contrib.django import app

from samenloop.core import gebeurtenissen

KANAAL = "samenloop_gebeurtenis"
# Also without a call, for what had to wait: a later try, or a call that was missed.
_RUST = 1.0  # seconds
# Together they cost hardly more than one: rounds of few follow each other no faster,
# and those of a stream still less fast. So many events at most, so many seconds apart.
_RITME = ((10, 0.1), (60, 0.4))


def run(*, concurrency: int = 2) -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand.

    Raises:
        LanceerFout: there is no database.
    """
    stop = threading.Event()
    events = threading.Thread(target=_handle_events, args=(stop,), name="events")
    events.start()
    try:
        asyncio.run(_work(concurrency, stop))
    finally:
        stop.set()
        events.join()


async def _work(concurrency: int, stop: threading.Event) -> None:
    loop = asyncio.get_running_loop()
    jobs = asyncio.create_task(_jobs(concurrency))

    def end() -> None:
        stop.set()
        jobs.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    with suppress(asyncio.CancelledError):
        await jobs


async def _jobs(concurrency: int) -> None:
    worker = app.connector.get_worker_connector()
    with app.replace_connector(worker) as own:
        await _run(own, concurrency)


async def _run(own: App, concurrency: int) -> None:
    async with own.open_async():
        await own.run_worker_async(
            concurrency=concurrency,
            install_signal_handlers=False,
            shutdown_graceful_timeout=8,
            fetch_job_polling_interval=2.0,
            delete_jobs="successful",
        )


def _handle_events(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            with _listener() as listener:
                listener.execute(f"LISTEN {KANAAL}")
                while not stop.is_set():
                    close_old_connections()
                    while not stop.is_set() and _handle_round(stop):
                        pass
                    for _ in listener.notifies(timeout=_RUST, stop_after=1):
                        pass
        except Exception:
            # The database is away: everything stands there, so wait for it.
            connections.close_all()
            stop.wait(_RUST)
    connections.close_all()


def _handle_round(stop: threading.Event) -> bool:
    """Handle what there is, and let some gather when it was little; was there any?"""
    begin = monotonic()
    done = gebeurtenissen.handle_some()
    if done is None:
        return False
    ritme = next((duur for minder, duur in _RITME if done < minder), 0.0)
    stop.wait(max(0.0, begin + ritme - monotonic()))
    return True


def _listener() -> psycopg.Connection[Any]:
    params = connections["default"].get_connection_params()
    wanted = {"host", "port", "dbname", "user", "password", "sslmode", "sslrootcert"}
    return psycopg.connect(
        **{name: value for name, value in params.items() if name in wanted},
        autocommit=True,
    )
