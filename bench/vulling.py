"""Filling a database for measurements: two million people, ten million of the rest.

`python -m bench.vulling --map FOLDER` makes a state folder that other measurements open
again with the same option, so that what took long is done once. The database makes the
rows itself, table by table and two tables at a time, without what guards single rows;
keys, indexes and the refusal of periods that overlap come back when a table is full,
foreign keys for what is written from then on. While filling the server promises nothing
(no log of changes, no waiting for the disk); afterwards its ordinary settings hold.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from bench.namen import words_of
from bench.vulling_tabellen import ACCOUNT, LOGBOEK, NAAMDELEN, VULLING

__all__ = ["ACCOUNT", "opened", "prepare"]

_BIJ_VULLEN = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "shared_buffers": "1GB",
    "maintenance_work_mem": "768MB",
    "work_mem": "256MB",
}
_LOGS = {"logboek_auditregel": "audit", "logboek_verwerking": "verwerking"}
# New lines go on where the made ones end.
_KOPPEN = """
UPDATE logboek_ketenkop k SET nummer = l.nummer, hash = l.hash
  FROM (SELECT DISTINCT ON (keten) keten, nummer, hash FROM {tabel}
         ORDER BY keten, nummer DESC) l
 WHERE k.log = '{log}' AND k.keten = l.keten
"""
_GEVULD = "gevuld.json"


@contextmanager
def opened(
    map_: str | None, personen: int, regels: int = 0, signalen: int = 4
) -> Iterator[Any]:
    """Give a filled database; the one of this folder, or one that is thrown away.

    Args:
        map_: the state folder to use again; filled when it is not yet.
        personen: how many people, in families of four.
        regels: signals, events and lines in each log; when 0 no events and logs.
        signalen: about each family, when `regels` does not say.
    """
    with tempfile.TemporaryDirectory(prefix="samenloop-bench-") as tijdelijk:
        folder = Path(map_ or tijdelijk).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)
        endpoint = prepare(folder)
        from django.db import connections

        from samenloop.core import postgres

        try:
            if not (folder / _GEVULD).exists():
                begin = time.perf_counter()
                families = personen // 4
                _filling(True)
                _fill(postgres.endpoint(), families, regels, signalen)
                _filling(False)
                os.sync()
                duur = time.perf_counter() - begin
                sys.stderr.write(f"filled in {duur:.0f} s\n")
                (folder / _GEVULD).write_text(
                    json.dumps({"personen": personen, "regels": regels})
                )
                endpoint = postgres.endpoint()
            yield endpoint
        finally:
            connections.close_all()
            postgres.release()


def prepare(folder: Path) -> Any:
    """A migrated database of its own; the server's ordinary settings hold."""
    os.environ["SAMENLOOP_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "samenloop.config.settings"
    os.environ.setdefault("SAMENLOOP_POSTGRES", "embedded")
    import django
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    settings.TWEEDE_STAP_VERPLICHT = False  # signing in is not what is measured
    django.setup()
    from django.core.management import call_command

    from samenloop.core import postgres

    endpoint = postgres.endpoint()
    call_command("migrate", database="beheer", verbosity=0, interactive=False)
    return endpoint


def _filling(on: bool) -> None:
    """Start the server anew with the settings for filling, or without them."""
    from django.db import connections

    from samenloop.core import postgres
    from samenloop.core.postgres.cluster import SUPERUSER
    from samenloop.core.postgres.rollen import Role

    endpoint = postgres.endpoint()
    baas = Role(SUPERUSER, postgres.own_cluster().password(SUPERUSER))
    with endpoint.connect(baas) as owner:
        owner.execute("ALTER SYSTEM RESET ALL")
        for naam, waarde in (_BIJ_VULLEN if on else {}).items():
            owner.execute(f"ALTER SYSTEM SET {naam} = '{waarde}'")
    connections.close_all()
    postgres.release()


def _fill(endpoint: Any, families: int, regels: int, signalen: int) -> None:
    maten = {
        "families": families,
        "per": max(signalen, regels // families),
        "rows": regels,
        **{soort: len(words_of(soort)) for soort in "atv"},
    }
    werk = [*VULLING, *(LOGBOEK if regels else ())]
    # What takes longest first, so that both are busy to the end.
    werk.sort(key=lambda deel: _weight(deel[0]))
    tabellen = [tabel for tabel, _ in (*werk, NAAMDELEN)]
    with endpoint.connect(endpoint.beheer) as owner:
        _codes(owner)
        later = _bare(owner, tabellen)
        zien = Lock()

        def one(deel: tuple[str, str]) -> None:
            tabel, opdracht = deel
            begin = time.perf_counter()
            with endpoint.connect(endpoint.beheer) as eigen:
                _table(eigen, tabel, opdracht.format(**maten), later[tabel]["begin"])
                if tabel in _LOGS:
                    eigen.execute(_KOPPEN.format(tabel=tabel, log=_LOGS[tabel]))
            with zien:
                sys.stderr.write(f"{tabel}: {time.perf_counter() - begin:.0f} s\n")

        with ThreadPoolExecutor(2) as naast:
            list(naast.map(one, werk))
        one(NAAMDELEN)
        begin = time.perf_counter()
        with ThreadPoolExecutor(2) as naast:
            list(naast.map(lambda sql: _apart(endpoint, sql), _all(later, "slot")))
        for opdracht in _all(later, "eind"):
            owner.execute(opdracht)
        owner.execute("DROP TABLE bench_naam")
        sys.stderr.write(f"refusals and guards: {time.perf_counter() - begin:.0f} s\n")


def _all(later: dict[str, dict[str, list[str]]], wanneer: str) -> list[str]:
    return [opdracht for tabel in later.values() for opdracht in tabel[wanneer]]


def _apart(endpoint: Any, opdracht: str) -> None:
    with endpoint.connect(endpoint.beheer) as eigen:
        eigen.execute(opdracht)


def _weight(tabel: str) -> int:
    zwaar = (
        "signalen_signaal",
        "logboek_verwerking",
        "logboek_auditregel",
        "signalen_signaalbetrokkene",
        "core_gebeurtenis",
        "core_afhandeling",
    )
    return zwaar.index(tabel) if tabel in zwaar else len(zwaar)


def _codes(owner: Any) -> None:
    """Municipalities, products, an organisation, and the names to draw from."""
    owner.execute("DROP TABLE IF EXISTS bench_naam")
    owner.execute("CREATE TABLE bench_naam (soort text, nr int, naam text)")
    for soort in "atv":
        owner.execute(
            "INSERT INTO bench_naam SELECT %s, nr, naam"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS u (naam, nr)",
            [soort, words_of(soort)],
        )
    owner.execute("ANALYZE bench_naam")
    owner.execute(
        "INSERT INTO personen_gemeente SELECT 'GM' || lpad(g::text, 4, '0'),"
        " 'Gemeente ' || g FROM generate_series(1, 40) g ON CONFLICT DO NOTHING"
    )
    owner.execute(
        "INSERT INTO voorzieningen_product (wet, code, naam)"
        " SELECT (ARRAY['wmo', 'jeugdwet', 'participatiewet'])[1 + g % 3],"
        " 'meting-' || g, 'Product ' || g FROM generate_series(0, 5) g"
    )
    owner.execute(
        "INSERT INTO voorzieningen_aanbieder (agb, naam) VALUES ('12345678', 'Zorg')"
    )
    from samenloop.access.models import Organisatie
    from samenloop.core import gemeentegrens

    with gemeentegrens.everywhere("measuring"):
        Organisatie.objects.create(naam="Vulling", soort="corporatie", gemeenten=[])


def _bare(owner: Any, tabellen: list[str]) -> dict[str, dict[str, list[str]]]:
    """Take keys, indexes and triggers off, all at once; per table how they come back.

    `begin` is when the table is full, `slot` when all are, `eind` after that.
    """
    later: dict[str, dict[str, list[str]]] = {
        tabel: {"begin": [], "slot": [], "eind": []} for tabel in tabellen
    }
    with owner.transaction():
        for tabel, naam, soort, definitie in owner.execute(
            "SELECT conrelid::regclass::text, conname, contype::text,"
            "       pg_get_constraintdef(oid)"
            "  FROM pg_constraint WHERE contype IN ('x', 'f', 'p', 'u')"
            "   AND (conrelid::regclass::text = ANY (%(t)s)"
            "        OR contype = 'f' AND confrelid::regclass::text = ANY (%(t)s))"
            " ORDER BY array_position(ARRAY['f', 'x', 'u', 'p'], contype::text)",
            {"t": tabellen},
        ).fetchall():
            owner.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT "{naam}"')
            terug = f'ALTER TABLE {tabel} ADD CONSTRAINT "{naam}" {definitie}'
            if soort == "f":
                # For new rows; the made ones point where they should.
                once = later.setdefault(tabel, {"begin": [], "slot": [], "eind": []})
                once["eind"].append(f"{terug} NOT VALID")
            else:
                later[tabel]["slot" if soort == "x" else "begin"].append(terug)
        for tabel, naam, definitie in owner.execute(
            "SELECT indrelid::regclass::text, indexrelid::regclass::text,"
            "       pg_get_indexdef(indexrelid)"
            "  FROM pg_index WHERE indrelid::regclass::text = ANY (%s)",
            [tabellen],
        ).fetchall():
            owner.execute(f"DROP INDEX {naam}")
            later[tabel]["begin"].append(definitie)
        for tabel, naam in owner.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgrelid::regclass::text = ANY (%s) AND NOT tgisinternal",
            [tabellen],
        ).fetchall():
            owner.execute(f'ALTER TABLE {tabel} DISABLE TRIGGER "{naam}"')
            later[tabel]["eind"].append(f'ALTER TABLE {tabel} ENABLE TRIGGER "{naam}"')
    return later


def _table(owner: Any, tabel: str, opdracht: str, terug: list[str]) -> None:
    """Fill a table and give it its keys; new in its transaction, so without a log."""
    with owner.transaction():
        owner.execute(f"TRUNCATE {tabel}")
        owner.execute(opdracht)
        for definitie in terug:
            owner.execute(definitie)
    owner.execute(f"VACUUM ANALYZE {tabel}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--map", required=True, help="the state folder to make")
    parser.add_argument("--personen", type=int, default=2_000_000)
    parser.add_argument("--regels", type=int, default=10_000_000)
    options = parser.parse_args()
    with opened(options.map, options.personen, options.regels):
        sys.stdout.write(f"{options.map}\n")


if __name__ == "__main__":
    main()
