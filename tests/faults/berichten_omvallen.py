"""Messages travel and are handled while the worker is killed at random moments.

Run as a process of its own with a state folder of its own. A sender drops files in the
folder, one by one; the worker goes round, handles and answers, and is killed. Prints
one line of JSON with what stands on record; the test judges it.
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
from datetime import date
from pathlib import Path

import django

CLIENTEN = 40
GEMEENTE = "GM0014"


def main(folder: Path, kills: int, seed: int) -> None:
    """Set up, kill so many times, let the rest finish, and say what is on record."""
    from django.core.management import call_command

    from samenloop.core import postgres

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        os.environ["SAMENLOOP_POSTGRES_PORT"] = str(probe.getsockname()[1])
    cluster = postgres.own_cluster()
    postgres.use(cluster)
    django.setup()
    call_command("migrate", database="beheer", verbosity=0, interactive=False)
    berichten = _prepare()
    rng = random.Random(seed)
    child = _fork()
    sender = threading.Thread(
        target=_send, args=(folder, berichten, kills * 0.15), daemon=True
    )
    sender.start()
    gedood = 0
    while gedood < kills:
        time.sleep(rng.uniform(0.02, 0.28))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        gedood += 1
        child = _fork()
    sender.join()
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    uit = _finish(folder) | {"gedood": gedood, "gestuurd": len(berichten)}
    sys.stdout.write(json.dumps(uit) + "\n")
    from django.db import connections

    connections.close_all()
    postgres.release()


def _prepare() -> list[bytes]:
    """Make clients with an allocation; the messages that will be sent about them."""
    from samenloop.berichten.verkeer.models import Aansluiting
    from samenloop.core import gemeentegrens
    from tests.berichten.verkeer import maken
    from tests.personen.maken import municipality, reserved_bsns
    from tests.voorzieningen.maken import (
        aanbieder,
        contract,
        contractproduct,
        toewijzing,
    )

    uit: list[bytes] = []
    with gemeentegrens.everywhere("faults"):
        gemeente = municipality(GEMEENTE, "Groningen")
        contractproduct(contract(aanbieder(), GEMEENTE))
        Aansluiting.objects.create(gemeente=gemeente, soort="map", map="groningen")
        maand = date(2026, 5, 1)
        for nummer, bsn in enumerate(reserved_bsns(CLIENTEN)):
            wie = maken.client(bsn.cijfers)
            bij = toewijzing(wie, gemeente=gemeente)
            start = maken.start(bij)
            uit.append(start)
            if nummer % 5 == 0:
                uit.append(start)  # comes twice
            if nummer % 3 == 0:
                uit.append(maken.stop(bij, date(2026, 6, 1)))
            if nummer % 4 == 0:
                uit.append(maken.request(bij, f"REF-{nummer}"))
            uit.append(maken.declaratie(maand, (wie, maken.prestatie(bij, maand))))
            if nummer % 10 == 0:
                uit.append(b"<onleesbaar")
    return uit


def _send(folder: Path, berichten: list[bytes], seconden: float) -> None:
    naar = folder / "berichten" / "groningen" / "in"
    naar.mkdir(parents=True, exist_ok=True)
    for nummer, bericht in enumerate(berichten):
        tijdelijk = naar / f".{nummer:05}.xml"
        tijdelijk.write_bytes(bericht)
        tijdelijk.rename(naar / f"{nummer:05}.xml")
        time.sleep(seconden / len(berichten))


def _fork() -> int:
    """Start a worker that shares no connection with us."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    try:
        _work()
    finally:
        os._exit(0)


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work() -> None:
    """Go round and handle, as the worker does."""
    while True:
        if not _round():
            time.sleep(0.02)


def _round() -> bool:
    from samenloop.berichten.verkeer import rondgaan
    from samenloop.core import gebeurtenissen

    return bool(rondgaan.go_round()) | (gebeurtenissen.handle_some() is not None)


def _finish(folder: Path) -> dict[str, object]:
    """Do what is left, and count what is on record."""
    from django.db.models import Count

    from samenloop.access.logboek import controle
    from samenloop.berichten.verkeer.models import Ketenbericht
    from samenloop.core import gebeurtenissen, gemeentegrens
    from samenloop.core.models import Afhandeling, Staat
    from samenloop.voorzieningen.declaraties.models import Declaratie
    from samenloop.voorzieningen.toewijzen.models import Verzoek, Zorglevering

    with gemeentegrens.everywhere("faults"):
        while _round() or Afhandeling.objects.filter(staat=Staat.OPEN).exists():
            if gebeurtenissen.handle_some() is None:
                time.sleep(0.1)
        inkomend = Ketenbericht.objects.filter(richting="in")
        antwoorden = Ketenbericht.objects.filter(
            richting="uit", antwoord_op__isnull=False
        )
        map_ = folder / "berichten" / "groningen"
        staten = dict(inkomend.order_by().values_list("staat").annotate(n=Count("pk")))
        return {
            "ontvangen": inkomend.count(),
            "staten": staten,
            "blijft_liggen": len(list((map_ / "in").iterdir()))
            + len(list((map_ / "bezig").iterdir())),
            "antwoorden": antwoorden.count(),
            "twee_antwoorden": antwoorden.values("antwoord_op")
            .annotate(n=Count("pk"))
            .filter(n__gt=1)
            .count(),
            "bestanden": len(list((map_ / "uit").iterdir())),
            "niet_verzonden": antwoorden.exclude(staat="verzonden").count(),
            "starts": Zorglevering.objects.count(),
            "gestopt": Zorglevering.objects.exclude(eind=None).count(),
            "verzoeken": Verzoek.objects.count(),
            "declaraties": Declaratie.objects.count(),
            "mislukt": Afhandeling.objects.filter(staat=Staat.MISLUKT).count(),
            "log_heel": controle.verify().heel,
        }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenloop.config.settings")
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
