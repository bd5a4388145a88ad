"""How quickly the view of a family comes from our own records, with two million people.

Makes a database of its own in a folder that is thrown away and fills it with families:
members, gezag, addresses, provisions running and ended, benefits, tracks, cases,
signals and meldingen. Then opens the page as a signed-in caseworker does, through every
layer: session, roles, row-level security, grounds, log, template. Outside sources are
not asked: the page does not wait for them.

The baseline are the very statements of the page, run as the owner of the tables, so
without isolation, and without Django around them. Page and baseline take turns at going
first, and both have seen the family once. Writes nothing but a table.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

GEMEENTE = "GM0001"  # a quarter of everybody lives here
ACCOUNT = 1_000_001
WERKERS = 1_400  # the meldingen are divided among so many

_P = "md5('p' || {})::uuid"
_F = "md5('f' || f)::uuid"
_GM = (
    "CASE WHEN f % 4 = 0 THEN 'GM0001' "
    "ELSE 'GM' || lpad((2 + f % 38)::text, 4, '0') END"
)
_TIJD = "'[2019-01-01,)'::daterange, '[2019-01-01,)'::daterange"


def _person(nummer: str) -> str:
    return _P.format(nummer)


# In order of dependence; {families} is how many. Four people in each.
VULLING: tuple[tuple[str, str], ...] = (
    (
        "personen_persoon",
        f"""INSERT INTO personen_persoon (id, bsn_ontbreekt_reden, voornamen,
            voorvoegsel, geslachtsnaam, sorteernaam, geboortedatum, geslacht,
            gemeenten, geheim)
        SELECT {_person("n")}, 'meting', 'Voornaam' || n, '', 'Naam' || f,
               'naam' || f || E'\\t\\tvoornaam' || n,
               CASE WHEN k < 2 THEN date '1975-01-01' ELSE date '2010-01-01' END
                   + (f % 5000)::int,
               (1 + k % 2)::text, ARRAY[{_GM}]::varchar(6)[], f % 100 = 0
          FROM (SELECT f, k, f * 4 + k AS n
                  FROM generate_series(1, {{families}}) f,
                       generate_series(0, 3) k) rij""",
    ),
    (
        "personen_gezin",
        f"""INSERT INTO personen_gezin (id, naam)
        SELECT {_F}, 'gezin Naam' || f FROM generate_series(1, {{families}}) f""",
    ),
    (
        "personen_gezinslid",
        f"""INSERT INTO personen_gezinslid (geldig, bekend, gezin_id, persoon_id, rol)
        SELECT {_TIJD}, {_F}, {_person("f * 4 + k")},
               CASE WHEN k < 2 THEN 'ouder' ELSE 'kind' END
          FROM generate_series(1, {{families}}) f, generate_series(0, 3) k""",
    ),
    (
        "personen_gezag",
        f"""INSERT INTO personen_gezag (geldig, bekend, minderjarige_id, houder_id)
        SELECT {_TIJD}, {_person("f * 4 + k")}, {_person("f * 4 + o")}
          FROM generate_series(1, {{families}}) f, generate_series(2, 3) k,
               generate_series(0, 1) o""",
    ),
    (
        "personen_huishouden",
        f"""INSERT INTO personen_huishouden (id, sleutel)
        SELECT {_F}, 'h' || f FROM generate_series(1, {{families}}) f""",
    ),
    (
        "personen_adres",
        f"""INSERT INTO personen_adres (geldig, bekend, persoon_id, gemeente_id,
            huishouden_id, straat, huisnummer, postcode, woonplaats)
        SELECT {_TIJD}, {_person("f * 4 + k")}, {_GM}, {_F}, 'Dorpsstraat',
               1 + f % 200, (1000 + f % 8999)::text || 'AB', 'Plaats'
          FROM generate_series(1, {{families}}) f, generate_series(0, 3) k""",
    ),
    (
        "voorzieningen_voorziening",
        f"""INSERT INTO voorzieningen_voorziening (geldig, bekend, betrokkene_id,
            gemeente_id, product_id, vorm, aanbieder_id)
        SELECT CASE WHEN j % 2 = 0 THEN '[2024-01-01,)'::daterange
                    ELSE '[2020-01-01,2023-01-01)'::daterange END,
               '[2020-01-01,)', {_person("f * 4 + j % 4")}, {_GM},
               p.id, 'zin', a.id
          FROM generate_series(1, {{families}}) f, generate_series(0, 3) j,
               LATERAL (SELECT id FROM voorzieningen_product
                         WHERE code = 'meting-' || (f + j) % 6) p,
               (SELECT id FROM voorzieningen_aanbieder LIMIT 1) a""",
    ),
    (
        "voorzieningen_uitkering",
        f"""INSERT INTO voorzieningen_uitkering (geldig, bekend, betrokkene_id,
            gemeente_id, spoor)
        SELECT '[2022-01-01,)', '[2022-01-01,)', {_person("f * 4")}, {_GM}, 1 + f % 3
          FROM generate_series(1, {{families}}) f WHERE f % 2 = 0""",
    ),
    (
        "voorzieningen_traject",
        f"""INSERT INTO voorzieningen_traject (betrokkene_id, gemeente_id, spoor, datum,
            trajectkosten, geregistreerd_op)
        SELECT {_person("f * 4")}, {_GM}, 1 + f % 3, date '2024-01-01' + j, 10000,
               date '2024-02-01'
          FROM generate_series(1, {{families}}) f, generate_series(0, 2) j
         WHERE f % 2 = 0""",
    ),
    (
        "regie_casus",
        f"""INSERT INTO regie_casus (id, nummer, gemeente_id, betrokkene_id)
        SELECT {_F}, 'C-' || f, {_GM}, {_person("f * 4")}
          FROM generate_series(1, {{families}}) f WHERE f % 3 = 0""",
    ),
    (
        "regie_casusperiode",
        f"""INSERT INTO regie_casusperiode (geldig, bekend, casus_id, type)
        SELECT '[2024-01-01,)', '[2024-01-01,)', {_F}, 'meervoudig'
          FROM generate_series(1, {{families}}) f WHERE f % 3 = 0""",
    ),
    (
        "signalen_signaal",
        f"""INSERT INTO signalen_signaal (id, nummer, gemeente_id, soort_id, kanaal,
            ontvangen_op, melder_naam, melder_contact, melder_relatie, kenmerk_melder,
            vingerafdruk, aanleiding, inhoud, verzoek, terugkoppeling_gewenst,
            veiligheidsrisico, incident_plaats, afsluitreden, onthouden,
            onthouden_reden)
        SELECT md5('s' || f || '-' || j)::uuid, 'S-' || f || '-' || j, {_GM},
               (ARRAY['huurachterstand', 'verzuim', 'opvoedvraag', 'eenzaamheid'])
                   [1 + (f + j) % 4],
               'formulier', timestamptz '2025-01-01' + (f % 300) * interval '1 day',
               'Melder', '', '', '', '', 'Achterstand van drie maanden.', '', '',
               true, false, '', '', 'niet', ''
          FROM generate_series(1, {{families}}) f, generate_series(0, 3) j""",
    ),
    (
        "signalen_signaalbetrokkene",
        f"""INSERT INTO signalen_signaalbetrokkene (id, signaal_id, gemeente_id,
            persoon_id, omschrijving, rol)
        SELECT md5('b' || f || '-' || j)::uuid, md5('s' || f || '-' || j)::uuid, {_GM},
               {_person("f * 4 + j % 4")}, '', 'over'
          FROM generate_series(1, {{families}}) f, generate_series(0, 3) j""",
    ),
    (
        "signalen_melding",
        f"""INSERT INTO signalen_melding (id, nummer, gemeente_id, gezin_id,
            betrokkene_id, gewicht, veiligheid, ontstaan_op, weeg_voor, status,
            toegewezen_aan)
        SELECT md5('m' || f)::uuid, 'M-' || f, {_GM}, {_F}, {_person("f * 4")}, 40,
               false, timestamptz '2025-11-01', timestamptz '2025-11-08', 'in_weging',
               {ACCOUNT} + f % {WERKERS}
          FROM generate_series(1, {{families}}) f WHERE f % 2 = 0""",
    ),
    (
        "signalen_meldingsignaal",
        """INSERT INTO signalen_meldingsignaal (melding_id, signaal_id)
        SELECT md5('m' || f)::uuid, md5('s' || f || '-' || j)::uuid
          FROM generate_series(1, {families}) f, generate_series(0, 3) j
         WHERE f % 2 = 0""",
    ),
)
# Statements of the frame around every page; the rest is about the family.
OMLIJSTING = (
    "django_session",
    "access_",
    "otp_",
    "logboek_",
    "SAVEPOINT",
    "klantbeeld_",
)


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


def fill(owner: Any, families: int) -> None:
    """Families with records, in bulk; what guards single rows is off meanwhile."""
    owner.execute("SET synchronous_commit = off")
    owner.execute("SET maintenance_work_mem = '512MB'")
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
    for tabel, opdracht in VULLING:
        for (trigger,) in owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal",
            [tabel],
        ).fetchall():
            owner.execute(f'ALTER TABLE {tabel} DISABLE TRIGGER "{trigger}"')
        for (beperking,) in owner.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass"
            " AND contype IN ('x', 'f')",
            [tabel],
        ).fetchall():
            owner.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT "{beperking}"')
        # Filling first and indexing afterwards gives the same, in less time.
        indexen = owner.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)"
            " FROM pg_index WHERE indrelid = %s::regclass AND NOT indisunique",
            [tabel],
        ).fetchall()
        for naam, _definitie in indexen:
            owner.execute(f"DROP INDEX {naam}")
        begin = time.perf_counter()
        owner.execute(opdracht.format(families=families))
        for _naam, definitie in indexen:
            owner.execute(definitie)
        owner.execute(f"VACUUM ANALYZE {tabel}")
        sys.stderr.write(f"{tabel}: {time.perf_counter() - begin:.0f} s\n")


def caseworker() -> Any:
    """Somebody who weighs meldingen for the Wmo in the largest municipality."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from samenloop.access.models import Aanstelling, Gebruiker

    wie = Gebruiker.objects.create(pk=ACCOUNT, username="meting", naam="Meting")
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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="samenloop-bench-") as tijdelijk:
        folder = Path(tijdelijk)
        folder.chmod(0o711)
        endpoint = prepare(folder)
        from django.db import connections
        from django.test import Client

        from samenloop.core import gemeentegrens, postgres

        try:
            with endpoint.connect(endpoint.beheer) as owner:
                begin = time.perf_counter()
                fill(owner, options.personen // 4)
                sys.stderr.write(f"filled in {time.perf_counter() - begin:.0f} s\n")
                with gemeentegrens.everywhere("measuring"):
                    client = Client(headers={"host": "localhost"})
                    client.force_login(caseworker())
                adressen = openings(owner, options.gezinnen + 30)
                for adres in adressen[:30]:
                    client.get(adres)  # warm, as a server that runs is
                regels = measure(owner, adressen[30:], client)
        finally:
            connections.close_all()
            postgres.release()
    sys.stdout.write(
        f"{options.personen} people; times in ms\n\n"
        "| what | n | p50 | p95 | max |\n|---|---|---|---|---|\n"
        + "\n".join(regels)
        + "\n"
    )


if __name__ == "__main__":
    main()
