"""How many messages with providers a minute are handled, end to end.

`python -m bench.verkeer --berichten 5000` makes clients with allocations in a folder
that is thrown away, lays the messages in the folder of the municipality, and lets one
worker fetch, judge, book, answer and send. Mixed: starts, stops, requests, invoices,
doubles and unreadable ones. Tells wall time, and the computing time of worker and
database, which depends less on what else goes on.

With `--groot` one invoice (323) of 25 MB takes the same way, each line with an
allocation of its own on record; tells also the peak of the memory of the worker.
"""

import argparse
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

GEMEENTE = "GM0014"
PER_CLIENT = 2.5  # messages
SOORTEN = ("305", "307", "315", "323")


def main() -> None:
    """Measure and print one line of JSON."""
    keuze = argparse.ArgumentParser(description=__doc__)
    keuze.add_argument("--berichten", type=int, default=5000)
    keuze.add_argument("--groot", action="store_true")
    keuze.add_argument("--soort", choices=SOORTEN, default="", help="only this kind")
    gekozen = keuze.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenloop.config.settings")
    with tempfile.TemporaryDirectory(prefix="samenloop-verkeer-") as naam:
        map_ = Path(naam)
        map_.chmod(0o711)
        os.environ["SAMENLOOP_DATA"] = naam
        aantal = 0 if gekozen.groot else gekozen.berichten
        uit = _measure(map_, aantal, gekozen.soort)
        sys.stdout.write(json.dumps(uit) + "\n")


def _measure(map_: Path, aantal: int, soort: str) -> dict[str, object]:
    """Let so many messages pass, or a large invoice when there are none."""
    import django
    from django.core.management import call_command
    from django.db import connections

    from samenloop.core import postgres

    postgres.use(postgres.own_cluster())
    django.setup()

    def prepare() -> int:
        call_command("migrate", database="beheer", verbosity=0, interactive=False)
        return _prepare(map_, aantal, soort) if aantal else _prepare_large(map_)

    gestuurd = _apart(prepare)
    _forget_peak()
    rust = _peak()
    voor, begin, eigen = _database_seconds(map_), time.monotonic(), time.process_time()
    gedaan = _run()
    uit = {
        "berichten": gestuurd,
        "seconden": round(time.monotonic() - begin, 1),
        "rekentijd_werker": round(time.process_time() - eigen, 1),
        "rekentijd_database": round(_database_seconds(map_) - voor, 1),
        "geheugen_mb": {"ervoor": rust, "piek": _peak()},
        "per_minuut": round(gestuurd / (time.monotonic() - begin) * 60),
        "belasting": os.getloadavg()[0],
        **gedaan,
    }
    connections.close_all()
    postgres.release()
    return uit


def _apart(werk: Callable[[], int]) -> int:
    """Do something in a process of its own, so that its memory does not count."""
    lees, schrijf = os.pipe()
    if (kind := os.fork()) == 0:
        try:
            os.write(schrijf, str(werk()).encode())
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(schrijf)
    with os.fdopen(lees) as uit:
        gelezen = uit.read()
    if os.waitpid(kind, 0)[1]:
        raise SystemExit("preparing failed")
    return int(gelezen)


def _peak() -> int:
    """The most memory this process had since `_forget_peak`, in MB."""
    staat = Path("/proc/self/status").read_text()
    return int(staat.partition("VmHWM:")[2].split()[0]) // 1024


def _forget_peak() -> None:
    """Let what starting took not count: a worker does not make the database."""
    Path("/proc/self/clear_refs").write_text("5")


def _prepare_large(map_: Path) -> int:
    """An invoice of 25 MB, with all it is about; one message."""
    from django.db import transaction

    from bench import berichten
    from samenloop.berichten.verkeer.models import Aansluiting
    from samenloop.core import gemeentegrens
    from samenloop.core.bsn import Bsn
    from samenloop.personen.models import Burgerservicenummer, Persoon
    from samenloop.voorzieningen.toewijzen.models import Toewijzing
    from tests.personen.maken import municipality
    from tests.voorzieningen.maken import (
        aanbieder,
        contract,
        contractproduct,
        moment,
        product,
    )

    naar = map_ / "berichten" / "groningen" / "in"
    naar.mkdir(parents=True)
    codes = ["02A03", "02A04", "02A05", "02A06"]
    regels = berichten.schrijf(naar / "323.xml", codes=codes)
    bsns = berichten.bsns()
    per_client = max(berichten.PER_CLIENT, -(-regels // len(bsns)))
    with gemeentegrens.everywhere("measuring"):
        gemeente = municipality(GEMEENTE, "Groningen")
        van = aanbieder(berichten.AANBIEDER, "Aanbieder")
        bij = contract(van, GEMEENTE)
        for code in codes:
            contractproduct(bij, code=code, tarief=6250)
        Aansluiting.objects.create(gemeente=gemeente, soort="map", map="groningen")
        with transaction.atomic():
            wie = Persoon.objects.bulk_create(
                Persoon(geslachtsnaam="Postma", gemeenten=[GEMEENTE]) for _ in bsns
            )
            Burgerservicenummer.objects.bulk_create(
                Burgerservicenummer.of(persoon, Bsn(bsn))
                for persoon, bsn in zip(wie, bsns, strict=True)
            )
        soort = product(wet="wmo")
        Toewijzing.objects.bulk_create(
            (
                Toewijzing(
                    gemeente=gemeente,
                    wet="wmo",
                    nummer=berichten.EERSTE + n,
                    persoon=wie[n // per_client],
                    aanbieder=van,
                    product=soort,
                    variant="specifiek",
                    categorie="02",
                    code=codes[n % per_client],
                    ingang=date(2026, 1, 1),
                    eind=date(2026, 12, 31),
                    volume=4,
                    eenheid="04",
                    frequentie="2",
                    toegewezen_op=moment("2025-12-15"),
                )
                for n in range(regels)
            ),
            batch_size=2000,
        )
    return 1


def _prepare(map_: Path, aantal: int, soort: str) -> int:
    """Clients with allocations, and messages about them in the folder; how many.

    Of one kind each client has one; for stops the starts are handled before.
    """
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
    eerst: list[bytes] = []
    juni = date(2026, 6, 1)
    with gemeentegrens.everywhere("measuring"):
        gemeente = municipality(GEMEENTE, "Groningen")
        bij = [aanbieder(f"{n:08}", f"Aanbieder {n}") for n in range(1, 21)]
        for each in bij:
            contractproduct(contract(each, GEMEENTE))
        Aansluiting.objects.create(gemeente=gemeente, soort="map", map="groningen")
        for nummer, bsn in enumerate(
            reserved_bsns(int(aantal if soort else aantal / PER_CLIENT))
        ):
            wie = maken.client(bsn.cijfers)
            van = bij[nummer % len(bij)]
            kop: dict[str, Any] = {"Afzender": van.agb}
            toe = maken.provided(toewijzing(wie, van, gemeente))
            start = maken.start(toe, **kop)
            regel = (wie, maken.prestatie(toe, juni))
            if soort:
                eerst.append(start)
                if soort == "305":
                    berichten.append(eerst.pop())
                elif soort == "307":
                    berichten.append(maken.stop(toe, juni, **kop))
                elif soort == "315":
                    berichten.append(maken.request(toe, f"REF-{nummer}", **kop))
                else:
                    berichten.append(maken.declaratie(juni, regel, **kop))
                continue
            berichten.append(start)
            if nummer % 2:
                berichten.append(maken.stop(toe, juni, **kop))
            if nummer % 4 == 0:
                berichten.append(maken.request(toe, f"REF-{nummer}", **kop))
            if nummer % 20 == 0:
                berichten.append(berichten[-1])
            if nummer % 100 == 0:
                berichten.append(b"<onleesbaar")
            # A bill for one client as well: most of what comes is small.
            if nummer % 3:
                berichten.append(maken.declaratie(juni, regel, **kop))
    if soort == "307":
        for nummer, bericht in enumerate(eerst):
            (naar / f"s{nummer:06}.xml").write_bytes(bericht)
        _run()
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
