"""How quickly a task is ended for which five hundred others wait.

Makes a database of its own in a folder that is thrown away, with cases and tasks beside
it (`--taken`), and ends tasks one after another through the topic function, as the
application does: lock of the case, conditions, who begins, course, events, row-level
security. Half of what waits begins by it; the other half waits for something else too.
The two panels of the case and a page of one's own tasks are timed on the same data.

The baseline are the three statements that are needed at the very least (the task done,
its conditions came, who has no open condition begins), run as the owner of the tables,
so without isolation and without anything that is kept for later. Both take turns at
going first. Writes nothing but a table.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.vulling import prepare

GEMEENTE = "GM0001"
ACCOUNT = 7
_CASUSSEN = """
INSERT INTO personen_gemeente (code, naam) VALUES (%(g)s, 'Meting')
    ON CONFLICT DO NOTHING;
CREATE TEMP TABLE b_casus AS
SELECT n, gen_random_uuid() AS casus, gen_random_uuid() AS dossier,
       gen_random_uuid() AS persoon FROM generate_series(1, %(casussen)s) n;
INSERT INTO personen_persoon (id, geslachtsnaam, sorteernaam,
       geboortedatum, gemeenten,
       bsn_ontbreekt_reden)
SELECT persoon, 'Meting ' || n, E'\\t\\tmeting ' || n,
       '1980-01-01', ARRAY[%(g)s], 'fictief' FROM b_casus;
INSERT INTO plannen_dossier (id, gemeente_id, betrokkene_id, geopend_op)
SELECT dossier, %(g)s, persoon, '2026-01-01' FROM b_casus;
INSERT INTO regie_casus (id, nummer, gemeente_id, betrokkene_id, dossier_id)
SELECT casus, 'B-' || n, %(g)s, persoon, dossier FROM b_casus;
INSERT INTO plannen_deelname (id, dossier_id, rol, account, delen, van)
SELECT gen_random_uuid(), dossier, 'regisseur', %(a)s, '{}', '2026-01-01'
  FROM b_casus WHERE n <= 30;
INSERT INTO taken_taak (id, gemeente_id, casus_id, titel, account, uiterlijk, staat,
       gemaakt_op, keuzes)
SELECT gen_random_uuid(), %(g)s, casus, 'Taak ' || m,
       CASE WHEN n <= 30 THEN %(a)s ELSE 1000 + n %% 400 END,
       '2026-07-01'::date + (m || ' days')::interval, 'open', '2026-06-01', '{}'
  FROM b_casus, generate_series(1, %(per)s) m;
"""
# A knot: one task for which many wait, and one that half of them need besides.
_KNOOP = """
WITH c AS (SELECT casus FROM b_casus WHERE n = %(n)s),
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


def knots(owner: Any, aantal: int, volgers: int) -> list[UUID]:
    """Make tasks for which so many others wait, each in a case of its own."""
    hoofden = []
    for n in range(1, aantal + 1):
        rijen = owner.execute(
            _KNOOP, {"n": n, "g": GEMEENTE, "a": ACCOUNT, "volgers": volgers}
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
    from samenloop.regie.models import Casus
    from samenloop.regie.taken import bronnen, panelen
    from samenloop.regie.taken.pages import lijst

    wie = Actor(
        ActorSoort.MEDEWERKER, str(ACCOUNT), "Meting", GEMEENTE,
        frozenset({Rol.REGISSEUR}),
    )  # fmt: skip
    casussen = list(
        Casus.objects.filter(
            dossier__deelnames__account=ACCOUNT, gemeente=GEMEENTE
        ).select_related("dossier__gezin", "betrokkene")[1::2]
    )
    keuze = lijst.Keuze("mij", "lopend")

    def of_case(nummer: int) -> None:
        casus = casussen[nummer % len(casussen)]
        panelen.stuck(wie, casus)
        panelen.waiting(wie, casus)

    def of_mine(_nummer: int) -> None:
        lijst.rows(wie, list(lijst._filtered(wie, keuze)[: lijst.PER_BLAD]))

    def of_day(_nummer: int) -> None:
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--taken", type=int, default=300_000, help="tasks beside it")
    parser.add_argument("--volgers", type=int, default=500)
    parser.add_argument("--keer", type=int, default=20)
    options = parser.parse_args()
    per = 15
    with tempfile.TemporaryDirectory(prefix="samenloop-bench-") as tijdelijk:
        folder = Path(tijdelijk)
        folder.chmod(0o711)
        endpoint = prepare(folder)
        from django.db import connections

        from samenloop.core import gemeentegrens, postgres

        try:
            with endpoint.connect(endpoint.beheer) as owner:
                owner.autocommit = True
                casussen = max(options.taken // per, 2 * options.keer + 2)
                for opdracht in _CASUSSEN.split(";\n"):
                    if opdracht.strip():
                        owner.execute(
                            opdracht,
                            {"g": GEMEENTE, "a": ACCOUNT, "per": per,
                             "casussen": casussen},
                        )  # fmt: skip
                hoofden = knots(owner, 2 * options.keer + 2, options.volgers)
                owner.execute("ANALYZE")
                with gemeentegrens.within(GEMEENTE):
                    measure(owner, hoofden[:2])  # warm
                    ours, bare = measure(owner, hoofden[2:])
                    pages(1)  # warm, as a server that runs is
                    rest = pages(options.keer)
                owner.execute("DROP TABLE b_casus")
        finally:
            connections.close_all()
            postgres.release()
    regels = [
        row(f"ending a task with {options.volgers} waiting", ours),
        row("the same, bare SQL as owner", bare),
        *(row(naam, tijden) for naam, tijden in rest),
    ]
    sys.stdout.write(
        f"{casussen * per} tasks beside it; times in ms\n\n"
        "| what | n | p50 | p95 | max |\n|---|---|---|---|---|\n"
        + "\n".join(regels)
        + "\n"
    )


if __name__ == "__main__":
    main()
