"""Telling how far a long job is.

Reading, computing and writing each report their steps through one callable, so the
same code runs silently in a web process, with plain lines in a log, and with a bar
on a terminal. The bar moves on standard error; plain lines go to standard output,
because without a terminal standard error must hold nothing but what went wrong.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.progress import TimeElapsedColumn as Verstreken


class Voortgang(Protocol):
    """What a job calls when it starts a step.

    `stap` is a few words in Dutch; `deel` is the share of the step that is done,
    between 0 and 1, or None when the step has just begun or cannot be measured.
    """

    def __call__(self, stap: str, deel: float | None = None) -> None: ...


def stil(stap: str, deel: float | None = None) -> None:
    """Tell nothing."""


class Regels:
    """One plain line per step, for logs and pipes."""

    def __init__(self, uit: TextIO) -> None:
        self._uit = uit
        self._laatste = ""

    def __call__(self, stap: str, deel: float | None = None) -> None:
        """Write the step once, however often its share changes."""
        if stap != self._laatste:
            self._laatste = stap
            self._uit.write(f"{stap} ...\n")
            self._uit.flush()


class Balk:
    """One moving bar on a terminal."""

    def __init__(self, balk: Progress) -> None:
        self._balk = balk
        self._taak = balk.add_task("Beginnen", total=None)

    def __call__(self, stap: str, deel: float | None = None) -> None:
        """Show the step; a share of None shows a bar that only moves."""
        self._balk.update(
            self._taak,
            description=stap,
            total=None if deel is None else 1.0,
            completed=deel or 0.0,
        )

    @contextmanager
    def pauze(self) -> Iterator[None]:
        """Take the bar away while a question is on the screen."""
        self._balk.stop()
        try:
            yield
        finally:
            self._balk.start()


@contextmanager
def toon() -> Iterator[Regels | Balk]:
    """Yield a bar when standard error is a terminal, else plain lines."""
    if not sys.stderr.isatty():
        yield Regels(sys.stdout)
        return
    console = Console(file=sys.stderr)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        Verstreken(),
        console=console,
        transient=True,
    ) as balk:
        yield Balk(balk)
