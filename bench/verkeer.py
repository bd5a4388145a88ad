"""How many messages with providers a minute are handled, end to end.

`python -m bench.verkeer --berichten 5000` makes clients with allocations in a folder
that is thrown away, lays the messages in the folder of the municipality, and lets one
worker fetch, judge, book, answer and send. Mixed: starts, stops, requests, invoices,
doubles and unreadable ones. Tells wall time, and the computing time of worker and
database, which depends less on what else goes on.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

GEMEENTE = "GM0014"
PER_CLIENT = 2.5  # messages


def main() -> None:
    """Measure and print one line of JSON."""
    keuze = argparse.ArgumentParser(description=__doc__)
    keuze.add_argument("--berichten", type=int, default=5000)
    aantal = keuze.parse_args().berichten
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenloop.config.settings")
    with tempfile.TemporaryDirectory(prefix="samenloop-verkeer-") as naam:
        map_ = Path(naam)
        map_.chmod(0o711)
        os.environ["SAMENLOOP_DATA"] = naam
        sys.stdout.write(json.dumps(_measure(map_, aantal)) + "\n")


def _measure(map_: Path, aantal: int) -> dict[str, object]:
    import django
    from django.core.management import call_command
    from django.db import connections

    from samenloop.core import postgres

    postgres.use(postgres.own_cluster())
    django.setup()
    call_command("migrate", database="beheer", verbosity=0, interactive=False)
    gestuurd = _prepare(map_, aantal)
    connections.close_all()
    voor, begin, eigen = _database_seconds(map_), time.monotonic(), time.process_time()
    gedaan = _run()
    uit = {
        "berichten": gestuurd,
        "seconden": round(time.monotonic() - begin, 1),
        "rekentijd_werker": round(time.process_time() - eigen, 1),
        "rekentijd_database": round(_database_seconds(map_) - voor, 1),
        "per_minuut": round(gestuurd / (time.monotonic() - begin) * 60),
        "belasting": os.getloadavg()[0],
        **gedaan,
    }
    connections.close_all()
    postgres.release()
    return uit


def _prepare(map_: Path, aantal: int) -> int:
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

    naar = map_ / "berichten" / "groningen" / "in"
    naar.mkdir(parents=True)
    berichten: list[bytes] = []
    maand = date(2026, 5, 1)
    with gemeentegrens.everywhere("measuring"):
        gemeente = municipality(GEMEENTE, "Groningen")
        bij = [aanbieder(f"{n:08}", f"Aanbieder {n}") for n in range(1, 21)]
        for each in bij:
            contractproduct(contract(each, GEMEENTE))
        Aansluiting.objects.create(gemeente=gemeente, soort="map", map="groningen")
        per_aanbieder: dict[str, list[object]] = {}
        for nummer, bsn in enumerate(reserved_bsns(int(aantal / PER_CLIENT))):
            wie = maken.client(bsn.cijfers)
            van = bij[nummer % len(bij)]
            kop = {"Afzender": van.agb}
            toe = maken.provided(toewijzing(wie, van, gemeente))
            berichten.append(maken.start(toe, **kop))
            if nummer % 2:
                berichten.append(maken.stop(toe, date(2026, 6, 1), **kop))
            if nummer % 4 == 0:
                berichten.append(maken.request(toe, f"REF-{nummer}", **kop))
            if nummer % 20 == 0:
                berichten.append(berichten[-1])
            if nummer % 100 == 0:
                berichten.append(b"<onleesbaar")
            regel = (wie, maken.prestatie(toe, maand))
            per_aanbieder.setdefault(van.agb, []).append(regel)
            # A bill for one client as well: most of what comes is small.
            if nummer % 3:
                juni = maken.prestatie(toe, date(2026, 6, 1))
                berichten.append(maken.declaratie(date(2026, 6, 1), (wie, juni), **kop))
    for nummer, bericht in enumerate(berichten[:aantal]):
        (naar / f"{nummer:06}.xml").write_bytes(bericht)
    return min(len(berichten), aantal)


def _run() -> dict[str, object]:
    from django.db.models import Count

    from samenloop.berichten.verkeer import rondgaan
    from samenloop.berichten.verkeer.models import Ketenbericht
    from samenloop.core import gebeurtenissen, gemeentegrens

    while bool(rondgaan.go_round()) | (gebeurtenissen.handle_some() is not None):
        pass
    with gemeentegrens.everywhere("measuring"):
        staten = Ketenbericht.objects.order_by().values_list("richting", "staat")
        return {
            "staten": {
                f"{richting} {staat}": n
                for richting, staat, n in staten.annotate(n=Count("pk"))
            }
        }


def _database_seconds(map_: Path) -> float:
    """Computing time of the database server and its children until now."""
    tikken = os.sysconf("SC_CLK_TCK")
    som = 0.0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError, ValueError):
            if not os.readlink(f"/proc/{pid}/cwd").startswith(str(map_)):
                continue
            delen = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            # utime, stime and those of children that ended.
            som += sum(int(delen[n]) for n in (11, 12, 13, 14)) / tikken
    return som


if __name__ == "__main__":
    main()
