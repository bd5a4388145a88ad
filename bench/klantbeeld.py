"""How quickly the view of a family comes from our own records, with two million people.

Makes a database of its own (`bench.vulling`; `--map` keeps it) with families: members,
gezag, addresses, provisions running and ended, benefits, tracks, cases, signals and
meldingen. Then opens the page as a signed-in caseworker does, through every layer:
session, roles, row-level security, grounds, log, template. Outside sources are not
asked: the page does not wait for them.

With `--regels` it does so beside that many signals, events and lines in the logs, and
records some signals there. The baseline are the very statements of the page, run as the
owner of the tables, so without isolation, and without Django around them. Page and
baseline take turns at going first, and both have seen the family once. Writes nothing
but a table.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.vulling import ACCOUNT, opened, prepare

__all__ = ["line", "prepare", "timed"]

GEMEENTE = "GM0001"  # a quarter of everybody lives here
# Statements of the frame around every page; the rest is about the family.
OMLIJSTING = (
    "django_session",
    "access_",
    "otp_",
    "logboek_",
    "SAVEPOINT",
    "klantbeeld_",
)


def caseworker() -> Any:
    """Somebody who weighs meldingen for the Wmo in the largest municipality."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from samenloop.access.models import Aanstelling, Gebruiker

    wie, is_nieuw = Gebruiker.objects.get_or_create(
        pk=ACCOUNT, defaults={"username": "meting", "naam": "Meting"}
    )
    if is_nieuw:
        Aanstelling.objects.create(
            gebruiker=wie,
            gemeente=GEMEENTE,
            rol="consulent",
            domeinen=["wmo"],
            geldig=DateRange("2020-01-01", None),
        )
    return wie


def openings(owner: Any, aantal: int) -> list[str]:
    """Addresses of openings, each of another family."""
    from django.urls import reverse

    from samenloop.core import gemeentegrens, klok
    from samenloop.klantbeeld.models import Inkijk
    from samenloop.klantbeeld.velden import LEEFGEBIEDEN

    rijen = owner.execute(
        "SELECT id, gezin_id, betrokkene_id FROM signalen_melding"
        " WHERE gemeente_id = %s AND toegewezen_aan = %s"
        " ORDER BY md5(id::text) LIMIT %s",
        [GEMEENTE, ACCOUNT, aantal],
    ).fetchall()
    nu = klok.now()
    with gemeentegrens.within(GEMEENTE):
        return [
            reverse(
                "klantbeeld",
                args=[
                    Inkijk.objects.create(
                        gemeente_id=GEMEENTE, account=ACCOUNT, context="melding",
                        context_id=melding, gezin_id=gezin, persoon_id=persoon,
                        doel="wmo_onderzoek", noodzaak="meting van de snelheid",
                        proportionaliteit="meting van de snelheid",
                        subsidiariteit="meting van de snelheid",
                        leefgebieden=list(LEEFGEBIEDEN), op=nu,
                        geldig_tot=nu + timedelta(days=1),
                    ).pk
                ],
            )
            for melding, gezin, persoon in rijen
        ]  # fmt: skip


def writes(owner: Any, aantal: int = 300) -> list[str]:
    """Record signals about people on record, one after the other, and weigh them."""
    from samenloop.access.actor import Actor
    from samenloop.core import gebeurtenissen, gemeentegrens
    from samenloop.signalen import ontvangst
    from samenloop.signalen.models import Kanaal

    personen = owner.execute(
        "SELECT persoon_id FROM signalen_signaalbetrokkene WHERE gemeente_id = %s"
        " LIMIT %s",
        [GEMEENTE, aantal + 20],
    ).fetchall()
    actor = Actor.systeem("meting", GEMEENTE)
    tijden: list[float] = []
    for (persoon,) in personen:
        invoer = ontvangst.Invoer(
            betrokkenen=[ontvangst.Betrokkene(persoon=persoon)],
            melder=ontvangst.Melder(naam="Meting"),
            soort="huurachterstand",
            veiligheidsrisico=False,
            aanleiding="Meting",
        )

        def receive(invoer: ontvangst.Invoer = invoer) -> None:
            ontvangst.receive(invoer, actor=actor, kanaal=Kanaal.TELEFOON)

        with gemeentegrens.within(GEMEENTE):
            tijden.append(timed(receive)[0])
    wegen, _aantal = timed(gebeurtenissen.handle_pending)
    return [
        "recording a signal, log and event with it:",
        line("recorded", tijden[20:]),
        f"weighing them: {wegen / len(tijden):.1f} ms each",
    ]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = work()
    return (time.perf_counter() - begin) * 1000, result


def line(naam: str, tijden: list[float]) -> str:
    p95 = statistics.quantiles(tijden, n=20)[-1]
    return (
        f"| {naam} | {len(tijden)} | {statistics.median(tijden):.1f} | {p95:.1f} "
        f"| {max(tijden):.1f} |"
    )


def measure(owner: Any, adressen: list[str], client: Any) -> list[str]:
    """Open each page, and run its statements bare, in turns."""
    from django.db import connection

    bladzij: list[float] = []
    alles: list[float] = []
    gegevens: list[float] = []
    aantallen: list[int] = []
    per_opdracht: dict[str, list[float]] = {}
    for nummer, adres in enumerate(adressen):
        opdrachten: list[tuple[str, Any]] = []

        def note(
            execute: Any, sql: str, params: Any, many: bool, context: Any,
            opdrachten: list[tuple[str, Any]] = opdrachten,
        ) -> Any:  # fmt: skip
            opdrachten.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            antwoord = client.get(adres)
        assert antwoord.status_code == 200, antwoord.status_code
        assert b"Product" in antwoord.content
        eigen = [
            deel
            for deel in opdrachten
            if not any(woord in deel[0] for woord in OMLIJSTING)
        ]

        def page(adres: str = adres) -> None:
            client.get(adres)

        def bare(wat: list[tuple[str, Any]]) -> None:
            with owner.transaction(force_rollback=True):
                for sql, params in wat:
                    begin = time.perf_counter()
                    cursor = owner.execute(sql, params)
                    if cursor.description:
                        cursor.fetchall()
                    duur = (time.perf_counter() - begin) * 1000
                    per_opdracht.setdefault(sql, []).append(duur)

        stappen: list[tuple[list[float], Callable[[], None]]] = [
            (bladzij, page),
            (alles, lambda o=opdrachten: bare(o)),
            (gegevens, lambda e=eigen: bare(e)),
        ]
        draai = nummer % 3
        for reeks, stap in stappen[draai:] + stappen[:draai]:
            reeks.append(timed(stap)[0])
        aantallen.append(len(opdrachten))
    verhouding = [
        f"page / bare, all statements: p50 {_ratio(bladzij, alles, 50):.1f}, "
        f"p95 {_ratio(bladzij, alles, 95):.1f}",
        f"page / bare, records only: p50 {_ratio(bladzij, gegevens, 50):.1f}, "
        f"p95 {_ratio(bladzij, gegevens, 95):.1f}",
        f"statements per page: {statistics.median(aantallen):.0f}",
    ]
    return [
        line("page, isolation and log on", bladzij),
        line("bare: all its statements", alles),
        line("bare: records of the family only", gegevens),
        "",
        *verhouding,
        "",
        "slowest statements, bare, p50 in ms:",
        *(
            f"{statistics.median(tijden):.1f} {' '.join(sql.split())[:110]}"
            for sql, tijden in sorted(
                per_opdracht.items(), key=lambda paar: -statistics.median(paar[1])
            )[:5]
        ),
    ]


def _ratio(een: list[float], ander: list[float], deel: int) -> float:
    plek = deel - 1
    return (
        statistics.quantiles(een, n=100)[plek]
        / statistics.quantiles(ander, n=100)[plek]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--personen", type=int, default=2_000_000)
    parser.add_argument("--gezinnen", type=int, default=300, help="how many to open")
    parser.add_argument(
        "--regels",
        type=int,
        default=0,
        help="so many signals, events and lines in each log (10000000: as required)",
    )
    parser.add_argument("--map", help="keep the database here, or use it again")
    options = parser.parse_args()
    from django.test import Client

    with opened(options.map, options.personen, options.regels) as endpoint:
        from samenloop.core import gemeentegrens

        with endpoint.connect(endpoint.beheer) as owner:
            with gemeentegrens.everywhere("measuring"):
                client = Client(headers={"host": "localhost"})
                client.force_login(caseworker())
            adressen = openings(owner, options.gezinnen + 30)
            for adres in adressen[:30]:
                client.get(adres)  # warm, as a server that runs is
            gc.collect()
            gc.freeze()  # as that does (`config.server`)
            regels = measure(owner, adressen[30:], client)
            regels += ["", *writes(owner)]
    sys.stdout.write(
        f"{options.personen} people; times in ms\n\n"
        "| what | n | p50 | p95 | max |\n|---|---|---|---|---|\n"
        + "\n".join(regels)
        + "\n"
    )


if __name__ == "__main__":
    main()
