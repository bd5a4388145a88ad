"""Signals come in while sender, worker and database are killed at random moments.

Run as a process of its own with a state folder of its own: it kills the server it
started. Prints one line of JSON with what it did; the test judges what is on record.
"""

import json
import os
import random
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import django

FIRST = 1_000_000


def main(folder: Path, kills: int, seed: int) -> None:
    """Set up, kill so many times, let the rest finish, and say what was confirmed."""
    from django.core.management import call_command

    from samenloop.core import postgres

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        # A server that is started again has the same address, as in earnest.
        os.environ["SAMENLOOP_POSTGRES_PORT"] = str(probe.getsockname()[1])
    cluster = postgres.own_cluster()
    postgres.use(cluster)
    django.setup()
    call_command("migrate", database="beheer", verbosity=0, interactive=False)
    _prepare()
    confirmed = folder / "bevestigd"
    confirmed.touch()
    rng = random.Random(seed)
    killed = {"werker": 0, "melder": 0, "database": 0}
    children = {"werker": _fork(_work), "melder": _fork(_send, confirmed)}
    begin = time.monotonic()
    for _ in range(kills):
        time.sleep(rng.uniform(0.01, 0.25))
        (who,) = rng.choices(list(killed), [6, 3, 1])
        killed[who] += 1
        if who == "database":
            os.kill(_postmaster(cluster.data), signal.SIGKILL)
            _wait_gone(cluster.data)
            postgres.use(cluster)
        else:
            os.kill(children[who], signal.SIGKILL)
            os.waitpid(children[who], 0)
            task = _work if who == "werker" else _send
            children[who] = _fork(task, confirmed)
    time.sleep(0.5)
    for child in children.values():
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    result = _finish(confirmed)
    result |= {"gedood": killed, "seconden": round(time.monotonic() - begin, 1)}
    sys.stdout.write(json.dumps(result) + "\n")
    from django.db import connections

    connections.close_all()
    postgres.release()


def _prepare() -> None:
    from samenloop.access.models import Organisatie
    from samenloop.core import gemeentegrens
    from samenloop.core.bsn import Bsn
    from samenloop.personen.models import Gemeente, Persoon

    with gemeentegrens.everywhere("faults"):
        Gemeente.objects.create(code="GM1651", naam="Eemsmond")
        Organisatie.objects.create(naam="OBS De Terp", soort="school")
        Persoon.objects.register(
            Bsn("999990019"), geslachtsnaam="Postma", gemeenten=["GM1651"]
        )


def _fork(task: object, *args: object) -> int:
    """Start a child that shares no connection with us."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    # Nothing of the parent may run at our end: we are killed, or leave at once.
    try:
        task(*args)  # type: ignore[operator]
    finally:
        os._exit(0)


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work(*_: object) -> None:
    """What the real worker does with events."""
    from samenloop.core import werker

    werker._handle_events(threading.Event())


def _send(confirmed: Path) -> None:
    """Report one signal after another; note each reference once it is confirmed.

    Killed in between, the last one is sent again under the same reference, as a
    reporter would who got no answer.
    """
    from django.db import connections

    from samenloop.access.actor import Actor, ActorSoort
    from samenloop.access.models import Organisatie
    from samenloop.access.rollen import Rol
    from samenloop.core import gemeentegrens
    from samenloop.core.bsn import Bsn
    from samenloop.signalen import ontvangst
    from samenloop.signalen.models import Kanaal
    from samenloop.signalen.ontvangst import Betrokkene, Invoer, Melder

    last = confirmed.read_text().split()
    number = int(last[-1]) + 1 if last else FIRST
    actor = Actor(
        ActorSoort.ORGANISATIE, "proef", "proef", "GM1651", frozenset({Rol.PARTNER})
    )
    with gemeentegrens.within("GM1651"), confirmed.open("a") as notes:
        while True:
            try:
                school = Organisatie.objects.get()
                ontvangst.receive(
                    Invoer(
                        betrokkenen=[Betrokkene(bsn=Bsn("999990019"))],
                        melder=Melder(organisatie=school.pk),
                        soort="opvoedvraag",
                        veiligheidsrisico=number % 7 == 0,
                        aanleiding=f"Nummer {number}",
                        kenmerk_melder=str(number),
                    ),
                    actor=actor,
                    kanaal=Kanaal.API,
                )
            except Exception:
                # The database is away; the same one again.
                connections.close_all()
                time.sleep(0.02)
                continue
            notes.write(f"{number}\n")
            notes.flush()
            number += 1


def _postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def _wait_gone(data: Path) -> None:
    """Wait until no process of the server is left, as systemd would."""
    marker = str(data)
    for _ in range(400):
        left = [
            pid
            for pid in filter(str.isdigit, os.listdir("/proc"))
            if _belongs(pid, marker)
        ]
        if not left:
            return
        time.sleep(0.01)


def _belongs(pid: str, data: str) -> bool:
    try:
        return os.readlink(f"/proc/{pid}/cwd") == data
    except OSError:
        return False


def _finish(confirmed: Path) -> dict[str, object]:
    """Handle what is left, and count what is on record."""
    from django.db.models import Count

    from samenloop.access.logboek import controle
    from samenloop.core import gebeurtenissen, gemeentegrens
    from samenloop.core.models import Afhandeling, Gebeurtenis, Staat
    from samenloop.signalen.models import MeldingSignaal, Regelweging, Signaal

    with gemeentegrens.everywhere("faults"):
        while Afhandeling.objects.filter(staat=Staat.OPEN).exists():
            if gebeurtenissen.handle_some() is None:
                time.sleep(0.2)
        references = set(Signaal.objects.values_list("kenmerk_melder", flat=True))
        expected = set(confirmed.read_text().split())
        twice = Regelweging.objects.values("signaal").annotate(n=Count("id"))
        return {
            "bevestigd": len(expected),
            "kwijt": sorted(expected - references),
            "te_veel": len(references) - len(expected),
            "signalen": Signaal.objects.count(),
            "niet_gewogen": Signaal.objects.filter(regelwegingen=None).count(),
            "twee_keer_gewogen": twice.filter(n__gt=1).count(),
            "dubbele_nummers": Signaal.objects.values("nummer")
            .annotate(n=Count("id"))
            .filter(n__gt=1)
            .count(),
            "veiligheid_zonder_melding": Signaal.objects.filter(
                veiligheidsrisico=True, koppeling=None
            ).count(),
            "veiligheid": MeldingSignaal.objects.filter(
                signaal__veiligheidsrisico=True
            ).count(),
            "mislukt": Afhandeling.objects.filter(staat=Staat.MISLUKT).count(),
            "gebeurtenissen": Gebeurtenis.objects.filter(
                soort="signaal-ontvangen"
            ).count(),
            "log_heel": controle.verify().heel,
        }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenloop.config.settings")
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
