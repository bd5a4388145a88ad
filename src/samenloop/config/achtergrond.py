"""Processes that run along with the pages: the worker, and in the demo the sources.

Each is a command of ours in a process of its own. One that dies is started again; all
stop with the pages, also when those are killed without a word.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

PARENT = "SAMENLOOP_OUDER"
# Seconds before one that dies at once is tried again: no storm of starts.
_REST = 2.0
_PATIENCE = 15.0


class Achtergrond:
    """A set of commands that is kept running until `stop`."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._slot = threading.Lock()

    def keep(
        self, word: str, *options: str, environment: Mapping[str, str] | None = None
    ) -> None:
        """Start `samenloop WORD OPTIONS` and keep it running."""
        thread = threading.Thread(
            target=self._keep,
            args=(word, options, dict(environment or {})),
            daemon=True,
        )
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Ask all to stop, and wait until they did."""
        self._stopping.set()
        with self._slot:
            for process in self._running.values():
                with suppress(ProcessLookupError):
                    process.send_signal(signal.SIGTERM)
        for thread in self._threads:
            thread.join(_PATIENCE)
        with self._slot:
            for process in self._running.values():
                with suppress(ProcessLookupError):
                    process.kill()

    def _keep(
        self, word: str, options: Sequence[str], environment: dict[str, str]
    ) -> None:
        command = [sys.executable, "-m", "samenloop.config", word, *options]
        given = {**os.environ, **environment, PARENT: str(os.getpid())}
        while not self._stopping.is_set():
            with self._slot:
                if self._stopping.is_set():
                    return
                # Its own group: Ctrl-C reaches us, and we pass it on in our order.
                process = subprocess.Popen(  # noqa: S603 (our own command)
                    command,
                    env=given,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,
                )
                self._running[word] = process
            process.wait()
            with self._slot:
                del self._running[word]
            self._stopping.wait(_REST)


def stop_with_parent() -> None:
    """In a process started by `keep`: end when the one that started us is gone."""
    parent = os.environ.pop(PARENT, "")
    if parent:
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(1)
    os.kill(os.getpid(), signal.SIGTERM)
