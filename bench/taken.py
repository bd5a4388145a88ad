"""How quickly a task is ended for which five hundred others wait.

Fills a database as `bench.caseload` does (or uses the one that was kept with `--map`):
three million tasks beside it. Ends tasks one after another through the topic function,
as the application does: lock of the case, conditions, who begins, course, events,
row-level security. Half of what waits begins by it; the other half waits for something
else too. The two panels of the case and a page of one's own tasks are timed on the same
data.

The baseline are the three statements that are needed at the very least (the task done,
its conditions came, who has no open condition begins), run as the owner of the tables,
so without isolation and without anything that is kept for later. Both take turns at
going first. What was made for measuring is taken away again. Writes nothing but a
table.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from bench.caseload import EERSTE, GEMEENTE, filled, sizes

# Two directors whose cases all run (see `bench.caseload`); the knots go there.
REGISSEURS = (2, 3)
# What was made for measuring goes again: a filling that is kept stays as it was.
_WEG = """
CREATE TEMP TABLE b_weg AS SELECT id FROM taken_taak
 WHERE casus_id = ANY (%(casussen)s)
   AND (titel IN ('hoofd', 'ook nodig') OR titel LIKE 'volger %%');
DELETE FROM taken_voorwaarde WHERE taak_id IN (SELECT id FROM b_weg);
DELETE FROM taken_taakverloop WHERE taak_id IN (SELECT id FROM b_weg);
DELETE FROM taken_taak WHERE id IN (SELECT id FROM b_weg);
DROP TABLE b_weg
"""
# A knot: one task for which many wait, and one that half of them need besides.
_KNOOP = """
WITH c AS (SELECT %(casus)s::uuid AS casus),
hoofd AS (
    INSERT INTO taken_taak (id, gemeente_id, casus_id, titel, account, staat,
        gemaakt_op, keuzes)
    SELECT gen_random_uuid(), %(g)s, casus, naam, %(a)s, 'open', '2026-06-01', '{}'
      FROM c, (VALUES ('hoofd'), ('ook nodig')) v (naam)
    RETURNING id, titel),
volgers AS (
    INSERT INTO taken_taak (id, gemeente_id, casus_id, titel, staat, gemaakt_op, keuzes)
    SELECT gen_random_uuid(), %(g)s, casus, 'volger ' || m, 'wacht', '2026-06-01', '{}'
      FROM c, generate_series(1, %(volgers)s) m
    RETURNING id, titel)
SELECT hoofd.id, hoofd.titel, volgers.id, volgers.titel FROM hoofd, volgers
"""
_PLAIN = (
    "UPDATE taken_taak SET staat = 'klaar', beeindigd_op = now() WHERE id = %s",
    "UPDATE taken_voorwaarde SET staat = 'waar' WHERE op_taak_id = %s",
    "UPDATE taken_taak t SET staat = 'open', begonnen_op = now() FROM"
    " taken_voorwaarde w WHERE w.op_taak_id = %s AND t.id = w.taak_id"
    " AND NOT EXISTS (SELECT 1 FROM taken_voorwaarde v WHERE v.taak_id = t.id"
    " AND v.staat = 'open')",
)


def cases(owner: Any) -> list[UUID]:
    """Return the cases of both directors, of one after the other."""
    return [
        casus
        for (casus,) in owner.execute(
            "SELECT casus_id FROM regie_regie WHERE account = ANY (%s)"
            " AND upper_inf(geldig) ORDER BY account, casus_id",
            [[EERSTE + each for each in REGISSEURS]],
        )
    ]


def clear(owner: Any, casussen: list[UUID]) -> None:
    """Take away the knots, also those of a measurement that broke off."""
    for opdracht in _WEG.split(";\n"):
        owner.execute(opdracht, {"casussen": casussen})


def knots(owner: Any, casussen: list[UUID], volgers: int) -> list[UUID]:
    """Make tasks for which so many others wait, each in a case of its own."""
    hoofden = []
    for casus in casussen:
        rijen = owner.execute(
            _KNOOP,
            {
                "casus": casus,
                "g": GEMEENTE,
                "a": EERSTE + REGISSEURS[0],
                "volgers": volgers,
            },
        ).fetchall()
        eisen = [
            (volger, op)
            for op, wat, volger, naam in rijen
            if wat == "hoofd" or int(naam.split()[1]) % 2
        ]
        owner.execute(
            "INSERT INTO taken_voorwaarde (id, taak_id, groep, soort, op_taak_id)"
            " SELECT gen_random_uuid(), t, 1 + (o = %s)::int, 'na', o"
            " FROM unnest(%s::uuid[], %s::uuid[]) AS u (t, o)",
            [rijen[0][0], *(list(kolom) for kolom in zip(*eisen, strict=True))],
        )
        hoofden.append(next(op for op, wat, _v, _n in rijen if wat == "hoofd"))
    return hoofden


def timed(doe: Callable[[], Any]) -> float:
    """Return how long it took, in milliseconds."""
    begin = time.perf_counter()
    doe()
    return (time.perf_counter() - begin) * 1000


def plain(owner: Any, taak: UUID) -> None:
    """End a task in the fewest statements there are, as the owner."""
    with owner.transaction():
        for opdracht in _PLAIN:
            owner.execute(opdracht, [taak])


def measure(owner: Any, hoofden: list[UUID]) -> tuple[list[float], list[float]]:
    """End half of the knots through the application and half by bare SQL, in turns."""
    from samenloop.access.actor import Actor
    from samenloop.regie.taken import doen
    from samenloop.regie.taken.models import Taak

    door = Actor.systeem("meting", GEMEENTE)
    ours: list[float] = []
    bare: list[float] = []
    for nummer in range(0, len(hoofden) - 1, 2):
        taak = Taak.objects.get(pk=hoofden[nummer])

        beurten: list[tuple[list[float], Callable[[], Any]]] = [
            (ours, partial(doen.complete, taak, door=door)),
            (bare, partial(plain, owner, hoofden[nummer + 1])),
        ]
        for tijden, beurt in beurten if nummer % 4 else reversed(beurten):
            tijden.append(timed(beurt))
    return ours, bare


def pages(keer: int) -> list[tuple[str, list[float]]]:
    """Time the panels of a case, and a page of one's own tasks."""
    from samenloop.access.actor import Actor, ActorSoort
    from samenloop.access.rollen import Rol
    from samenloop.core import lezing
    from samenloop.regie.models import Casus
    from samenloop.regie.taken import bronnen, panelen
    from samenloop.regie.taken.pages import lijst

    account = EERSTE + REGISSEURS[0]
    wie = Actor(
        ActorSoort.MEDEWERKER, str(account), "Meting", GEMEENTE,
        frozenset({Rol.REGISSEUR}),
    )  # fmt: skip
    # Those with a knot: half of them of the first director.
    casussen = list(
        Casus.objects.filter(
            taken__titel="hoofd", dossier__deelnames__account=account, gemeente=GEMEENTE
        ).select_related("dossier__gezin", "betrokkene")
    )
    keuze = lijst.Keuze("mij", "lopend")

    def of_case(nummer: int) -> None:
        casus = casussen[nummer % len(casussen)]
        with lezing.reading():
            panelen.stuck(wie, casus)
            panelen.waiting(wie, casus)

    def of_mine(_nummer: int) -> None:
        with lezing.reading():
            lijst.rows(wie, list(lijst._filtered(wie, keuze)[: lijst.PER_BLAD]))

    def of_day(_nummer: int) -> None:
        with lezing.reading():
            list(bronnen.taken(wie))

    return [
        (naam, [timed(partial(doe, n)) for n in range(keer)])
        for naam, doe in (
            ("both panels of a case", of_case),
            ("a page of one's own tasks", of_mine),
            ("tasks on the day page", of_day),
        )
    ]


def row(naam: str, tijden: list[float]) -> str:
    """Return a line of the table."""
    grenzen = statistics.quantiles(tijden, n=20)
    return (
        f"| {naam} | {len(tijden)} | {statistics.median(tijden):.1f} |"
        f" {grenzen[18]:.1f} | {max(tijden):.1f} |"
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes(parser)
    parser.add_argument("--volgers", type=int, default=500)
    parser.add_argument("--keer", type=int, default=20, help="no more than 35")
    opties = parser.parse_args()
    with filled(opties) as owner:
        from samenloop.core import gemeentegrens

        casussen = cases(owner)
        clear(owner, casussen)
        try:
            hoofden = knots(owner, casussen[: 2 * opties.keer + 2], opties.volgers)
            owner.execute("ANALYZE taken_taak, taken_voorwaarde")
            with gemeentegrens.within(GEMEENTE):
                measure(owner, hoofden[:2])  # warm
                ours, bare = measure(owner, hoofden[2:])
                pages(1)  # warm, as a server that runs is
                rest = pages(opties.keer)
        finally:
            clear(owner, casussen)
    regels = [
        row(f"ending a task with {opties.volgers} waiting", ours),
        row("the same, bare SQL as owner", bare),
        *(row(naam, tijden) for naam, tijden in rest),
    ]
    sys.stdout.write(
        f"{opties.casussen * opties.taken} tasks beside it; times in ms\n\n"
        "| what | n | p50 | p95 | max |\n|---|---|---|---|---|\n"
        + "\n".join(regels)
        + "\n"
    )


if __name__ == "__main__":
    main()
