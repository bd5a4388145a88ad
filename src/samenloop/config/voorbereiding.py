"""What must be there before a page can be shown, each step only when needed.

Plain lines with their time go to standard output, so one sees what takes long and
a log of it reads well too.
"""

import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samenloop.core import postgres
from samenloop.core.statefolder import state_folder


class Stap:
    """A step in progress; `note` replaces the closing word of its line."""

    def __init__(self) -> None:
        """A step closes with `klaar` unless said otherwise."""
        self.note = "klaar"


@contextmanager
def stap(text: str, *, tells: bool = False) -> Iterator[Stap]:
    """Show a step and the seconds it took.

    Args:
        text: what is being done.
        tells: whether the step shows lines of its own in the meantime.
    """
    sys.stdout.write(f"{text} ..." + ("\n" if tells else " "))
    sys.stdout.flush()
    begin = time.monotonic()
    step = Stap()
    try:
        yield step
    except BaseException:
        sys.stdout.write("mislukt\n")
        raise
    sys.stdout.write(f"{step.note} ({_seconds(time.monotonic() - begin)})\n")
    sys.stdout.flush()


def _seconds(duration: float) -> str:
    return f"{duration:.1f} s".replace(".", ",")


def prepare() -> None:
    """Start the database, bring its tables up to date, collect the static files.

    Raises:
        LanceerFout: there is no database.
    """
    import django

    with stap("Database starten"):
        postgres.endpoint()
    django.setup()
    with stap("Tabellen bijwerken") as step:
        step.note = "klaar" if _migrate() else "waren al bij"
    with stap("Vormgeving klaarzetten") as step:
        step.note = "klaar" if collect_static() else "stond al klaar"


def _migrate() -> bool:
    """Bring the tables up to date, as their owner; whether there was anything to do."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    connection = connections["beheer"]
    try:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        call_command("migrate", database="beheer", verbosity=0, interactive=False)
        return True
    finally:
        connection.close()


def collect_static() -> bool:
    """Collect the static files when one differs from last time; whether it was done."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    mark = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            facts = path.stat()
            mark.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    stamp = state_folder() / "static.stempel"
    current = mark.hexdigest()
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if collected.is_file() and stamp.is_file() and stamp.read_text() == current:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(current)
    return True
