"""How quickly the board of a team comes, with two hundred thousand cases.

Makes a database of its own, in a folder that is thrown away or in one that is kept
(`--map`), and fills it set by set: cases with their type, director and terms, tasks
that wait, teams of forty. Then opens the board as a signed-in team leader does, through
every layer: session, roles, row-level security, log, template. The list of terms of a
team and the coming year of reassessments are timed on the same data.

The baseline are the very statements of each page, run as the owner of the tables, so
without isolation and without Django around them; page and baseline take turns at going
first. Writes nothing but a table.
"""

import argparse
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.klantbeeld import line, timed
from bench.vulling import prepare

GEMEENTE = "GM0001"
TEAMGROOTTE = 40
LEIDER = 1
EERSTE = 1_000  # accounts of workers begin here
# Each case has its worker; one in fifty has none, one in five is closed.
_VULLING = """
INSERT INTO personen_gemeente (code, naam) VALUES (%(g)s, 'Meting')
    ON CONFLICT DO NOTHING;
INSERT INTO personen_persoon (id, geslachtsnaam, sorteernaam, geboortedatum, gemeenten,
       bsn_ontbreekt_reden)
SELECT md5('p' || n)::uuid, 'Meting ' || n, E'meting ' || n || E'\\t\\t', '1980-01-01',
       ARRAY[%(g)s], 'fictief' FROM generate_series(0, 19999) n;
INSERT INTO regie_team (id, gemeente_id, naam)
SELECT md5('t' || n)::uuid, %(g)s, 'Team ' || n
  FROM generate_series(0, %(teams)s - 1) n;
INSERT INTO access_gebruiker (id, password, is_superuser, username, naam, is_staff,
       is_active, date_joined, email)
SELECT %(eerste)s + n, '', false, 'w' || n, 'Werker ' || n, false, true, now(), ''
  FROM generate_series(0, %(werkers)s - 1) n;
INSERT INTO access_aanstelling (gebruiker_id, gemeente, rol, domeinen, geldig,
       gegeven_op)
SELECT %(eerste)s + n, %(g)s, 'regisseur', '{}', '[2020-01-01,)', now()
  FROM generate_series(0, %(werkers)s - 1) n;
INSERT INTO regie_teamlid (id, team_id, account, uren, geldig)
SELECT md5('l' || n)::uuid, md5('t' || n / %(groot)s)::uuid, %(eerste)s + n,
       24 + n %% 13, '[2020-01-01,)' FROM generate_series(0, %(werkers)s - 1) n;
INSERT INTO plannen_dossier (id, gemeente_id, betrokkene_id, geopend_op, gesloten_op)
SELECT md5('d' || n)::uuid, %(g)s, md5('p' || n %% 20000)::uuid,
       date '2025-01-01' + (n %% 600)::int,
       CASE WHEN n %% 5 = 0 THEN date '2026-10-01' END
  FROM generate_series(1, %(casussen)s) n;
INSERT INTO regie_casus (id, nummer, gemeente_id, betrokkene_id, dossier_id, team_id)
SELECT md5('c' || n)::uuid, %(g)s || '-C-' || n, %(g)s, md5('p' || n %% 20000)::uuid,
       md5('d' || n)::uuid, md5('t' || (n %% %(werkers)s) / %(groot)s)::uuid
  FROM generate_series(1, %(casussen)s) n;
INSERT INTO regie_casusperiode (geldig, bekend, casus_id, type)
SELECT daterange(date '2025-01-01' + (n %% 600)::int,
                 CASE WHEN n %% 5 = 0 THEN date '2026-10-02' END),
       '[2025-01-01,)', md5('c' || n)::uuid,
       CASE WHEN n %% 3 = 0 THEN 'enkelvoudig' ELSE 'meervoudig' END
  FROM generate_series(1, %(casussen)s) n;
INSERT INTO regie_regie (id, casus_id, model, account, geldig)
SELECT md5('r' || n)::uuid, md5('c' || n)::uuid, 'naast',
       %(eerste)s + n %% %(werkers)s,
       tstzrange(timestamptz '2025-01-01' + (n %% 600) * interval '1 day',
                 CASE WHEN n %% 5 = 0 THEN timestamptz '2026-10-01' END)
  FROM generate_series(1, %(casussen)s) n WHERE n %% 50 <> 1;
INSERT INTO plannen_deelname (id, dossier_id, rol, account, delen, van, tot)
SELECT md5('e' || r.id::text)::uuid, c.dossier_id, 'regisseur', r.account, '{}',
       lower(r.geldig), upper(r.geldig)
  FROM regie_regie r JOIN regie_casus c ON c.id = r.casus_id;
INSERT INTO caseload_casuszwaarte (casus_id, zwaarte, op)
SELECT md5('c' || n)::uuid, (ARRAY['licht', 'gewoon', 'zwaar'])[1 + n %% 3], now()
  FROM generate_series(1, %(casussen)s) n WHERE n %% 4 = 0;
INSERT INTO termijnen_termijn (id, gemeente_id, casus_id, soort, begin, duur, telling,
       uiterlijk, staat, gestart_op)
SELECT md5('q' || n || s)::uuid, %(g)s, md5('c' || n)::uuid, s, current_date - 20,
       'P6W', 'atw', current_date - 5 + (n %% 60)::int, 'loopt', now()
  FROM generate_series(1, %(casussen)s) n,
       unnest(ARRAY['WMO-ONDERZOEK', 'JW-BESCHIKKING']) s
 WHERE n %% 5 <> 0;
INSERT INTO taken_taak (id, gemeente_id, casus_id, titel, account, staat, gemaakt_op,
       keuzes)
SELECT md5('k' || n || '-' || m)::uuid, %(g)s, md5('c' || n)::uuid, 'Taak',
       %(eerste)s + n %% %(werkers)s,
       (ARRAY['open', 'wacht'])[1 + (n + m) %% 2], now(), '{}'
  FROM generate_series(1, %(casussen)s) n, generate_series(1, %(per)s) m;
INSERT INTO voorzieningen_product (wet, code, naam) VALUES ('wmo', 'meting', 'Meting');
INSERT INTO voorzieningen_voorziening (geldig, bekend, betrokkene_id, gemeente_id,
       product_id)
SELECT daterange('2024-01-01', current_date + 30 + (n %% 365)::int), '[2024-01-01,)',
       md5('p' || n %% 20000)::uuid, %(g)s, p.id
  FROM generate_series(1, %(eindes)s) n, voorzieningen_product p WHERE p.code = 'meting'
"""


def fill(owner: Any, casussen: int, per: int, eindes: int) -> None:
    """Make teams, cases and all that hangs on them; some 40 cases per worker."""
    werkers = max(casussen // 40, TEAMGROOTTE)
    owner.execute("SET synchronous_commit = off")
    waarden = {
        "g": GEMEENTE,
        "casussen": casussen,
        "werkers": werkers,
        "teams": -(-werkers // TEAMGROOTTE),
        "groot": TEAMGROOTTE,
        "eerste": EERSTE,
        "per": per,
        "eindes": eindes,
    }
    for opdracht in _VULLING.split(";\n"):
        begin = time.perf_counter()
        owner.execute(opdracht, waarden)
        tabel = opdracht.split("INTO ")[1].split()[0]
        sys.stderr.write(f"{tabel}: {time.perf_counter() - begin:.0f} s\n")
    owner.execute("VACUUM ANALYZE")


def sizes(parser: argparse.ArgumentParser) -> None:
    """Add what the benches on this filling ask: how large, and whether it is kept."""
    parser.add_argument("--casussen", type=int, default=200_000)
    parser.add_argument("--taken", type=int, default=15, help="tasks in each case")
    parser.add_argument("--eindes", type=int, default=10_000, help="that end next year")
    parser.add_argument(
        "--map", type=Path, help="keep the filled database here and use it again"
    )


@contextmanager
def filled(opties: argparse.Namespace) -> Iterator[Any]:
    """Give a connection of the owner to a filled database, and leave it afterwards.

    One that was kept is migrated and not filled again.

    Raises:
        SystemExit: the folder holds a filling of another size.
    """
    maat = {naam: getattr(opties, naam) for naam in ("casussen", "taken", "eindes")}
    with ExitStack() as stapel:
        folder = opties.map or Path(
            stapel.enter_context(tempfile.TemporaryDirectory(prefix="samenloop-bench-"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
        merk = folder / "gevuld.json"
        if merk.exists() and json.loads(merk.read_text()) != maat:
            sys.exit(f"In this folder stands another filling: {merk.read_text()}")
        endpoint = prepare(folder)
        from django.db import connections

        from samenloop.core import postgres

        try:
            with endpoint.connect(endpoint.beheer) as owner:
                if not merk.exists():
                    fill(owner, opties.casussen, opties.taken, opties.eindes)
                    merk.write_text(json.dumps(maat))
                yield owner
        finally:
            connections.close_all()
            postgres.release()


def leader() -> Any:
    """Who leads the first team."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from samenloop.access.models import Aanstelling, Gebruiker

    wie, nieuw = Gebruiker.objects.get_or_create(
        pk=LEIDER, defaults={"username": "leider", "naam": "Leider"}
    )
    if nieuw:
        Aanstelling.objects.create(
            gebruiker=wie,
            gemeente=GEMEENTE,
            rol="teamleider",
            domeinen=[],
            geldig=DateRange("2020-01-01", None),
        )
    return wie


def measure(
    owner: Any, client: Any, adres: str, keer: int
) -> tuple[list[float], list[float], list[str]]:
    """Open a page so often, and run its statements bare, in turns.

    Returns the times of the page, those of its statements, and the slowest of these.
    """
    from django.db import connection

    opdrachten: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        opdrachten.append((sql, params))
        return execute(sql, params, many, context)

    for _n in range(3):
        client.get(adres)  # warm, as a server that runs is
    gc.collect()
    gc.freeze()  # as that does (`config.server`)
    with connection.execute_wrapper(note):
        antwoord = client.get(adres)
    assert antwoord.status_code == 200, antwoord.status_code

    per_opdracht: dict[str, list[float]] = {}

    def run(sql: str, params: Any) -> None:
        begin = time.perf_counter()
        cursor = owner.execute(sql, params)
        if cursor.description:
            cursor.fetchall()
        duur = (time.perf_counter() - begin) * 1000
        per_opdracht.setdefault(sql, []).append(duur)

    def bare() -> None:
        with owner.transaction(force_rollback=True):
            for sql, params in opdrachten:
                run(sql, params)

    bladzij: list[float] = []
    kaal: list[float] = []
    for nummer in range(keer):
        beurten = [
            lambda: bladzij.append(timed(lambda: client.get(adres))[0]),
            lambda: kaal.append(timed(bare)[0]),
        ]
        for beurt in beurten if nummer % 2 else reversed(beurten):
            beurt()
    traag = sorted(per_opdracht.items(), key=lambda paar: -statistics.median(paar[1]))[
        :3
    ]
    return (
        bladzij,
        kaal,
        [
            f"{statistics.median(tijden):.1f} {' '.join(sql.split())[:300]}"
            for sql, tijden in traag
        ],
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes(parser)
    parser.add_argument("--keer", type=int, default=40)
    opties = parser.parse_args()
    with filled(opties) as owner:
        from django.test import Client
        from django.urls import reverse

        from samenloop.core import gemeentegrens
        from samenloop.regie.models import Team

        with gemeentegrens.everywhere("measuring"):
            client = Client(headers={"host": "localhost"})
            client.force_login(leader())
            team = Team.objects.get(naam="Team 0").pk
        regels = []
        for naam, adres in (
            ("board of a team of 40", f"{reverse('caseload')}?team={team}"),
            ("terms of that team", f"{reverse('termijnen')}?team={team}"),
            ("the coming year, spread", reverse("herindicaties")),
        ):
            bladzij, kaal, traag = measure(owner, client, adres, opties.keer)
            sys.stderr.write("\n".join([naam, *traag, ""]))
            regels += [line(naam, bladzij), line(f"{naam}: bare SQL", kaal)]
    sys.stdout.write(
        f"{opties.casussen} cases, {opties.casussen * opties.taken} tasks; in ms\n\n"
        "| what | n | p50 | p95 | max |\n|---|---|---|---|---|\n"
        + "\n".join(regels)
        + "\n"
    )


if __name__ == "__main__":
    main()
