"""How many signals a minute come in: over HTTP by programs, and as a file.

Starts a system of its own in a folder that is thrown away, or on the database that
`bench.vulling` filled (`--map`): a database server, two server processes as `samenloop
serve` runs them, and, unless told otherwise, the worker that weighs what comes in. The
clients keep their connection, each waits for its answer before it sends the next. Every
signal is about somebody on record and has its own reference; one in twenty is sent
twice. Afterwards it counts what came into the database, and tells the computing time
that servers, worker and database took, which depends less on what else goes on.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

GEMEENTE = "GM1651"
PERSONEN = 5_000
_HIER = Path(__file__).resolve().parents[1]


def prepare() -> dict[str, object]:
    """Make a municipality, persons and a program; return how to reach it."""
    import django

    django.setup()
    from datetime import date

    from django.db import transaction
    from django.db.backends.postgresql.psycopg_any import DateRange

    from samenloop.access.koppelingen import geheimen
    from samenloop.access.koppelingen.models import Koppeling, Scope
    from samenloop.access.models import Organisatie
    from samenloop.core import gemeentegrens, klok
    from samenloop.core.bsn import Bsn
    from samenloop.core.fouten import OngeldigBsn
    from samenloop.personen.models import Burgerservicenummer, Gemeente, Persoon

    bsns: list[Bsn] = []
    nummer = 999_900_000
    while len(bsns) < PERSONEN:
        nummer += 1
        with suppress(OngeldigBsn):
            bsns.append(Bsn(str(nummer)))
    geheim, nu = geheimen.new_secret(), klok.now()
    with gemeentegrens.everywhere("measuring"), transaction.atomic():
        Gemeente.objects.get_or_create(code=GEMEENTE, defaults={"naam": "Eemsmond"})
        # A database that is used again has them already.
        if not Burgerservicenummer.objects.filter(bsn=bsns[0].cijfers).exists():
            wie = Persoon.objects.bulk_create(
                Persoon(
                    geslachtsnaam=f"Bewoner {plek}",
                    sorteernaam=f"bewoner {plek}\t\t",
                    geboortedatum=date(1980, 1, 1),
                    gemeenten=[GEMEENTE],
                )
                for plek in range(PERSONEN)
            )
            Burgerservicenummer.objects.bulk_create(
                Burgerservicenummer.of(persoon, bsn)
                for persoon, bsn in zip(wie, bsns, strict=True)
            )
        van = Organisatie.objects.create(
            naam="Meetbedrijf", soort="corporatie", gemeenten=[GEMEENTE]
        )
        koppeling = Koppeling.objects.create(
            client_id=geheimen.new_client_id(),
            naam="Meting",
            organisatie=van,
            geheim_hash=geheimen.fingerprint(geheim),
            scopes=list(Scope.values),
            gemeenten=[GEMEENTE],
            geldig=DateRange(date(2020, 1, 1), None),
            gemaakt_op=nu,
            geheim_gemaakt_op=nu,
        )
    return {
        "client_id": koppeling.client_id,
        "geheim": geheim,
        "organisatie": str(van.pk),
        "bsns": [bsn.cijfers for bsn in bsns],
    }


def count() -> dict[str, int]:
    """Count what is on record."""
    import django

    django.setup()
    from samenloop.core import gemeentegrens
    from samenloop.core.models import Afhandeling, Staat
    from samenloop.signalen.models import Signaal

    with gemeentegrens.everywhere("measuring"):
        return {
            "signalen": Signaal.objects.count(),
            "nog_te_wegen": Afhandeling.objects.filter(staat=Staat.OPEN).count(),
        }


def by_file(organisatie: str, bsns: list[str], rijen: int) -> dict[str, float]:
    """Read in a file in this process; seconds for checking and for registering."""
    import django

    django.setup()
    from samenloop.access.actor import Actor, ActorSoort
    from samenloop.access.models import Organisatie
    from samenloop.access.rollen import Rol
    from samenloop.core import gemeentegrens
    from samenloop.signalen.bestand import aanbieden, keuren, verwerken
    from samenloop.signalen.bestand.staten import Staat, Stap
    from samenloop.signalen.models import Signaalsoort

    inhoud = "Kenmerk;BSN;Bedrag\r\n" + "\r\n".join(
        f"B{os.getpid()}-{plek};{bsns[plek % len(bsns)]};€ {plek},00"
        for plek in range(rijen)
    )
    wie = Actor(
        ActorSoort.MEDEWERKER, "1", "Meting", GEMEENTE, frozenset({Rol.BACKOFFICE})
    )
    with gemeentegrens.within(GEMEENTE):
        bestand = aanbieden.offer(
            wie,
            Organisatie.objects.get(pk=organisatie),
            Signaalsoort.objects.get(pk="huurachterstand"),
            "meting.csv",
            inhoud.encode(),
        )
        aanbieden.arrange(wie, bestand, *aanbieden.proposal(bestand))
        begin = time.perf_counter()
        keuren.check(bestand.pk)
        gekeurd = time.perf_counter()
        bestand.refresh_from_db()
        stap = Stap.BEVESTIGEN if bestand.staat == Staat.WACHT else Stap.VERWERKEN
        aanbieden.take(wie, bestand.pk, stap, "Dit is een meting van de ontvangst.")
        while bestand.staat != Staat.KLAAR:
            verwerken.work(bestand.pk)
            bestand.refresh_from_db()
        klaar = time.perf_counter()
    assert bestand.verwerkt == rijen
    return {"keuren": gekeurd - begin, "inlezen": klaar - gekeurd}


def computing(*wortels: int) -> float:
    """Return the seconds that these processes and those they started computed."""
    ouders: dict[int, int] = {}
    tijden: dict[int, int] = {}
    for map_ in Path("/proc").iterdir():
        if map_.name.isdigit():
            with suppress(OSError):
                velden = (map_ / "stat").read_text().rsplit(")", 1)[1].split()
                ouders[int(map_.name)] = int(velden[1])
                # Of children that ended as well.
                tijden[int(map_.name)] = sum(map(int, velden[11:15]))

    def belongs(pid: int) -> bool:
        while pid and pid not in wortels:
            pid = ouders.get(pid, 0)
        return bool(pid)

    return sum(t for pid, t in tijden.items() if belongs(pid)) / os.sysconf(
        "SC_CLK_TCK"
    )


def database_process(map_: Path) -> int:
    """Return the process number of the database server of this state folder."""
    plaats = map_ / "postgres"
    elders = plaats / "elders"
    if elders.exists():
        from samenloop.core.postgres.place import ELSEWHERE

        plaats = ELSEWHERE / elders.read_text().strip()
    return int((plaats / "data" / "postmaster.pid").read_text().split()[0])


@contextmanager
def served(omgeving: dict[str, str], worker: bool) -> Iterator[tuple[int, int]]:
    """A system of two server processes; gives its port and its process."""
    opdracht = [sys.executable, "-m", "samenloop.config", "serve", "--werkers", "2"]
    poort = 8790
    opdracht += ["--poort", str(poort)] + ([] if worker else ["--zonder-werker"])
    proces = subprocess.Popen(
        opdracht, env=omgeving, stdout=subprocess.PIPE, text=True, cwd=_HIER
    )
    assert proces.stdout is not None
    for regel in proces.stdout:
        if "staat klaar" in regel:
            break
    # What it says from now on must go somewhere, or it waits until there is room.
    uitvoer = proces.stdout
    threading.Thread(target=lambda: list(uitvoer), daemon=True).start()
    try:
        yield poort, proces.pid
    finally:
        proces.terminate()
        proces.wait(60)


def token(poort: int, client_id: str, geheim: str) -> str:
    """Ask a token as a program does."""
    lijn = http.client.HTTPConnection("127.0.0.1", poort)
    lijn.request(
        "POST",
        "/api/v1/token",
        f"grant_type=client_credentials&client_id={client_id}&client_secret={geheim}",
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    return str(json.loads(lijn.getresponse().read())["access_token"])


def send(
    poort: int,
    bewijs: str,
    bsns: list[str],
    threads: int,
    seconden: float,
    letter: str = "H",
) -> tuple[list[float], Counter[int], float]:
    """Let the clients send for some seconds; times in ms, statuses, and how long."""
    tijden: list[list[float]] = [[] for _ in range(threads)]
    statussen: list[Counter[int]] = [Counter() for _ in range(threads)]
    einde = time.perf_counter() + seconden

    def client(nummer: int) -> None:
        lijn = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
        koppen = {
            "Authorization": f"Bearer {bewijs}",
            "Content-Type": "application/json",
        }
        keer = 0
        while time.perf_counter() < einde:
            inhoud = json.dumps(
                {
                    "kenmerk": f"{letter}-{nummer}-{keer - (keer % 20 == 19)}",
                    "soort": "huurachterstand",
                    "betrokkenen": [
                        {"bsn": bsns[(nummer * 977 + keer) % len(bsns)]}
                        if keer % 20 != 19
                        else {"bsn": bsns[(nummer * 977 + keer - 1) % len(bsns)]}
                    ],
                    "aanleiding": "Twee maanden huurachterstand.",
                    "inhoud": "Er is met de huurder gesproken.",
                }
            )
            begin = time.perf_counter()
            lijn.request("POST", "/api/v1/signalen", inhoud, koppen)
            antwoord = lijn.getresponse()
            antwoord.read()
            tijden[nummer].append((time.perf_counter() - begin) * 1000)
            statussen[nummer][antwoord.status] += 1
            keer += 1

    begin = time.perf_counter()
    draden = [threading.Thread(target=client, args=(n,)) for n in range(threads)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    duur = time.perf_counter() - begin
    alle = [tijd for deel in tijden for tijd in deel]
    return alle, sum(statussen, Counter()), duur


def _aside(omgeving: dict[str, str], wat: str, *rest: str) -> dict[str, object]:
    """Run a part in a process of its own, so it counts with nobody."""
    klaar = subprocess.run(
        [sys.executable, "-m", "bench.ontvangst", "--deel", wat, *rest],
        env=omgeving,
        cwd=_HIER,
        capture_output=True,
        text=True,
        check=False,
    )
    if klaar.returncode:
        raise SystemExit(klaar.stderr)
    uit: dict[str, object] = json.loads(klaar.stdout.splitlines()[-1])
    return uit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconden", type=float, default=30)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rijen", type=int, default=5_000)
    parser.add_argument("--zonder-werker", action="store_true")
    parser.add_argument("--deel", choices=["prepare", "count", "file"])
    parser.add_argument("--gegevens")
    parser.add_argument("--map", help="the state folder that bench.vulling filled")
    gekozen = parser.parse_args()
    if gekozen.deel == "prepare":
        print(json.dumps(prepare()))
        return
    if gekozen.deel == "count":
        print(json.dumps(count()))
        return
    if gekozen.deel == "file":
        wie = json.loads(Path(gekozen.gegevens).read_text(encoding="utf-8"))
        print(json.dumps(by_file(wie["organisatie"], wie["bsns"], gekozen.rijen)))
        return
    with tempfile.TemporaryDirectory(prefix="samenloop-bench-") as tijdelijk:
        Path(tijdelijk).chmod(0o711)
        map_ = gekozen.map or tijdelijk
        omgeving = {
            **os.environ,
            "SAMENLOOP_DATA": map_,
            "DJANGO_SETTINGS_MODULE": "samenloop.config.settings",
            "PYTHONPATH": str(_HIER / "src"),
        }
        with served(omgeving, not gekozen.zonder_werker) as (poort, server):
            wie = _aside(omgeving, "prepare")
            gegevens = Path(tijdelijk) / "gegevens.json"
            gegevens.write_text(json.dumps(wie), encoding="utf-8")
            bsns = wie["bsns"]
            assert isinstance(bsns, list)
            bewijs = token(poort, str(wie["client_id"]), str(wie["geheim"]))
            send(poort, bewijs, bsns[:1], 2, 2, "W")  # warm
            database = database_process(Path(map_))
            eerder = computing(server), computing(database)
            tijden, statussen, duur = send(
                poort,
                bewijs,
                bsns,
                gekozen.clients,
                gekozen.seconden,
                f"H{os.getpid()}",
            )
            later = computing(server), computing(database)
            per_minuut = len(tijden) / duur * 60
            delen = statistics.quantiles(tijden, n=100)
            print(f"over HTTP, {gekozen.clients} clients, {duur:.0f} s:")
            print(f"  {per_minuut:,.0f} signalen per minuut")
            print(f"  p50 {delen[49]:.0f} ms, p95 {delen[94]:.0f} ms")
            print(f"  statussen {dict(statussen)}")
            for naam, van, tot in zip(
                ("servers en werker", "database"), eerder, later, strict=True
            ):
                per_signaal = (tot - van) / len(tijden) * 1000
                print(f"  rekentijd {naam}: {per_signaal:.2f} ms per signaal")
            print(f"  in de database: {_aside(omgeving, 'count')}")
            if gekozen.rijen:
                uit = _aside(
                    omgeving, "file", "--gegevens", str(gegevens),
                    "--rijen", str(gekozen.rijen),
                )  # fmt: skip
                keuren, inlezen = float(str(uit["keuren"])), float(str(uit["inlezen"]))
                print(f"als bestand, {gekozen.rijen} rijen:")
                print(f"  keuren {keuren:.1f} s, inlezen {inlezen:.1f} s")
                print(f"  {gekozen.rijen / inlezen * 60:,.0f} signalen per minuut")


if __name__ == "__main__":
    main()
