"""Filling a database for a measurement: families with records, events, logs.

Everything is made by the database itself, table by table, without the keys, indexes and
triggers that guard single rows; those come back when a table is full. Foreign keys and
the refusal of periods that overlap do not: the made rows cannot break them.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

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


# In order of dependence; {families} is how many, {per} the signals
# of each. Four people in each.
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
               'formulier',
               timestamptz '2025-01-01' + ((f + j * 17) % 300) * interval '1 day',
               'Melder', '', '', '', '', 'Achterstand van drie maanden.', '', '',
               true, false, '', '', 'niet', ''
          FROM generate_series(1, {{families}}) f, generate_series(1, {{per}}) j""",
    ),
    (
        "signalen_signaalbetrokkene",
        f"""INSERT INTO signalen_signaalbetrokkene (id, signaal_id, gemeente_id,
            persoon_id, omschrijving, rol)
        SELECT md5('b' || f || '-' || j)::uuid, md5('s' || f || '-' || j)::uuid, {_GM},
               {_person("f * 4 + j % 4")}, '', 'over'
          FROM generate_series(1, {{families}}) f, generate_series(1, {{per}}) j""",
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
          FROM generate_series(1, {families}) f, generate_series(1, 4) j
         WHERE f % 2 = 0""",
    ),
)
# The log and the events of {rows} signals that came in. What the triggers would make is
# made here: places in the chains; the hashes are not those of the lines.
LOGBOEK: tuple[tuple[str, str], ...] = (
    (
        "core_gebeurtenis",
        """INSERT INTO core_gebeurtenis (id, soort, onderwerp, gemeente, vastgelegd_op)
        SELECT md5('g' || n)::uuid, 'signaal-ontvangen', md5('s' || n)::uuid,
               'GM' || lpad((1 + n % 40)::text, 4, '0'),
               timestamptz '2025-01-01' + n * interval '2 seconds'
          FROM generate_series(1, {rows}) n""",
    ),
    (
        "core_afhandeling",
        """INSERT INTO core_afhandeling (gebeurtenis_id, afhandelaar, staat, pogingen,
            niet_voor, afgehandeld_op, fout)
        SELECT md5('g' || n)::uuid, 'signalen.weging_door_regels.weigh_received',
               'klaar', 1, timestamptz '2025-01-01' + n * interval '2 seconds',
               timestamptz '2025-01-01' + n * interval '2 seconds', ''
          FROM generate_series(1, {rows}) n""",
    ),
    (
        "logboek_auditregel",
        """INSERT INTO logboek_auditregel (keten, nummer, vastgelegd_op, hash, op,
            gemeente, actor_soort, actor_id, actor_naam, rollen, handeling, doel, grond,
            diepte, wijze, onderwerp, aantal_personen, trace_id, span_id,
            parent_span_id)
        SELECT n % 64, 1 + n / 64, op, decode(md5(n::text) || md5('x' || n), 'hex'), op,
               'GM' || lpad((1 + n % 40)::text, 4, '0'), 'medewerker',
               (n % 20000)::text, 'Medewerker ' || n % 20000, '{{consulent}}',
               'klantbeeld.openen', 'wmo_onderzoek', '', 'wat', 'geopend',
               'melding:' || md5('m' || n % 1000000)::uuid, 1,
               md5('t' || n)::uuid, substr(md5('t' || n), 1, 16), ''
          FROM (SELECT n, timestamptz '2025-01-01' + n * interval '2 seconds' AS op
                  FROM generate_series(1, {rows}) n) rij""",
    ),
    (
        "logboek_verwerking",
        f"""INSERT INTO logboek_verwerking (keten, nummer, vastgelegd_op, hash,
            trace_id, span_id, parent_span_id, naam, begonnen_op, geeindigd_op, status,
            activiteit, activiteit_versie, persoon, grond, verwerker, gemeente)
        SELECT n % 64, 1 + n / 64, op, decode(md5(n::text) || md5('x' || n), 'hex'),
               md5('t' || n)::uuid, substr(md5('t' || n), 1, 16), '',
               'klantbeeld.openen', op, op, 'Ok', md5('klantbeeld')::uuid, 1,
               {_person("n % 2000000")}, '', '',
               'GM' || lpad((1 + n % 40)::text, 4, '0')
          FROM (SELECT n, timestamptz '2025-01-01' + n * interval '2 seconds' AS op
                  FROM generate_series(1, {{rows}}) n) rij""",
    ),
)
KETENS = {"logboek_auditregel": "audit", "logboek_verwerking": "verwerking"}
# New lines go on where the made ones end.
KOPPEN = """
UPDATE logboek_ketenkop k SET nummer = l.nummer, hash = l.hash
  FROM (SELECT DISTINCT ON (keten) keten, nummer, hash FROM {tabel}
         ORDER BY keten, nummer DESC) l
 WHERE k.log = '{log}' AND k.keten = l.keten
"""


def fill(
    owner: Any, families: int, *, per: int = 4, rows: int = 0, connect: Any = None
) -> None:
    """Families with records, in bulk; what guards single rows is off meanwhile.

    Args:
        owner: a connection as the owner of the tables.
        families: how many, of four people.
        per: signals about each.
        rows: lines in each log, and events; none when 0.
        connect: gives another such connection, so that the logs fill alongside.
    """
    _tune(owner)
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
    # Beside each other: making rows keeps one core busy, not the disk.
    with ThreadPoolExecutor(len(LOGBOEK)) as apart:
        logs = [
            apart.submit(_log, connect, tabel, opdracht.format(rows=rows))
            for tabel, opdracht in (LOGBOEK if rows else ())
        ]
        for tabel, opdracht in VULLING:
            _table(owner, tabel, opdracht.format(families=families, per=per))
        for log in logs:
            log.result()


def _log(connect: Any, tabel: str, opdracht: str) -> None:
    with connect() as owner:
        _tune(owner)
        _table(owner, tabel, opdracht)
        if tabel in KETENS:
            owner.execute(KOPPEN.format(tabel=tabel, log=KETENS[tabel]))


def _tune(owner: Any) -> None:
    owner.execute("SET synchronous_commit = off")
    owner.execute("SET maintenance_work_mem = '1GB'")
    owner.execute("SET work_mem = '256MB'")


def _table(owner: Any, tabel: str, opdracht: str) -> None:
    """Fill a table without its guards; keys and indexes come back afterwards."""
    begin = time.perf_counter()
    triggers = [
        naam
        for (naam,) in owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal",
            [tabel],
        ).fetchall()
    ]
    for naam in triggers:
        owner.execute(f'ALTER TABLE {tabel} DISABLE TRIGGER "{naam}"')
    sleutels: list[tuple[str, str]] = []
    for naam, soort, definitie in owner.execute(
        "SELECT conname, contype::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('x', 'f', 'p', 'u')",
        [tabel],
    ).fetchall():
        # One that points here went along with the key of the table beside it.
        owner.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT IF EXISTS "{naam}" CASCADE')
        if soort in "pu":
            sleutels.append((naam, definitie))
    indexen = owner.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)"
        " FROM pg_index WHERE indrelid = %s::regclass",
        [tabel],
    ).fetchall()
    for naam, _definitie in indexen:
        owner.execute(f"DROP INDEX {naam}")
    owner.execute(opdracht)
    for naam, definitie in sleutels:
        owner.execute(f'ALTER TABLE {tabel} ADD CONSTRAINT "{naam}" {definitie}')
    for _naam, definitie in indexen:
        owner.execute(definitie)
    owner.execute(f"VACUUM ANALYZE {tabel}")
    for naam in triggers:
        owner.execute(f'ALTER TABLE {tabel} ENABLE TRIGGER "{naam}"')
    sys.stderr.write(f"{tabel}: {time.perf_counter() - begin:.0f} s\n")
