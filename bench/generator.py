"""A nation-sized levering, made inside DuckDB: the same every time, in seconds.

342 municipalities of very different size with 17.5 million residents in 8 million
households, and provisions over twelve quarters (2015 up to and including 2017) under
three laws, with a tree of kinds of three levels, forms, referrers and late
registration. Chance comes from a hash of the row number, so neither threads nor the
version of a random generator change the outcome. Nobody in it exists.
"""

import sys
from pathlib import Path

import duckdb

GEMEENTEN = 342
INWONERS = 17_500_000
HUISHOUDENS = 8_000_000
CLIENTEN_PER_VOORZIENING = 0.36

# Salted chance between 0 and 1.
_KANS = """
CREATE MACRO kans(i, zout) AS
  (hash(i::BIGINT * 1024 + zout) >> 11)::DOUBLE / 9007199254740992.0
"""
# Population by rank: a few cities, many small towns. `tot` cuts 0..1 in pieces.
_GEMEENTEN = f"""
CREATE TEMP TABLE plaats AS
WITH deel AS (
  SELECT i, 1.0 / (i + 12) AS gewicht FROM range(1, {GEMEENTEN} + 1) r(i)
)
SELECT i AS nr, printf('GM%04d', (i * 173) % 1987 + 1) AS gemeente,
       printf('Gemeente %03d', i) AS naam, printf('Regio %02d', i % 42) AS regio,
       sum(gewicht) OVER (ORDER BY i) / sum(gewicht) OVER () AS tot,
       gewicht / sum(gewicht) OVER () AS deel
FROM deel
"""
_SOORTEN = """
CREATE TEMP TABLE soort AS
WITH wet(wet, hoofd, midden, fijn) AS (
  VALUES ('wmo', 6, 4, 3), ('jeugdwet', 7, 4, 4), ('participatiewet', 4, 3, 0)
),
top AS (
  SELECT wet, midden, fijn, h, printf('%s%02d', upper(wet[1]), h) AS code
  FROM wet, range(1, hoofd + 1) t(h)
),
tak AS (
  SELECT wet, fijn, code AS ouder, m, printf('%s%02d', code, m) AS code
  FROM top, range(1, midden + 1) t(m)
)
SELECT wet, code AS soort, 'Groep ' || code AS naam, NULL::VARCHAR AS ouder FROM top
UNION ALL SELECT wet, code, 'Soort ' || code, ouder FROM tak
UNION ALL SELECT wet, printf('%s%02d', code, f), printf('Product %s%02d', code, f), code
FROM tak, range(1, fijn + 1) t(f)
"""


def _periode(i: str, zout: int, dagen: int) -> str:
    """Start over three years and a bit, skewed length, a third still running."""
    return f"""
      (DATE '2014-07-01' + (kans({i}, {zout}) * 1279)::INTEGER) AS startdatum,
      CASE WHEN kans({i}, {zout + 1}) < 0.68
           THEN startdatum + (1 - ln(1 - kans({i}, {zout + 2})) * {dagen})::INTEGER
      END AS einddatum,
      startdatum + (kans({i}, {zout + 3}) * kans({i}, {zout + 4}) * 90)::INTEGER
        AS geregistreerd_op"""


def maak(map_: Path, aantal: int, *, csv: bool = False) -> None:
    """Write the levering as Parquet (with `_regel`), and as CSV when asked.

    Args:
        map_: folder to write to.
        aantal: number of provisions.
        csv: also write `csv/<naam>.csv`, without `_regel`, for the check.
    """
    map_.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute("SET preserve_insertion_order = true")
    for opdracht in (_KANS, _GEMEENTEN, _SOORTEN):
        con.execute(opdracht)
    clienten = int(aantal * CLIENTEN_PER_VOORZIENING)
    # Persons have one home; where a provision is, is where its client lives, except
    # for one in fifty who moved and one in five hundred whose municipality is unknown.
    con.execute(
        f"""
        CREATE TEMP TABLE persoon AS
        SELECT i, md5(i::VARCHAR) AS client,
               CASE WHEN kans(i, 1) > 0.01 THEN
                 'H' || ((kans(i, 2) * {max(1, int(clienten * 0.8))})::BIGINT)::VARCHAR
               END AS huishouden,
               p.gemeente AS thuis,
               printf('%04d', 1000 + (kans(i, 4) * 8999)::INTEGER) AS postcode,
               DATE '1930-01-01' + (kans(i, 5) * 31000)::INTEGER AS geboortedatum,
               CASE WHEN kans(i, 6) < 0.5 THEN '1' ELSE '2' END AS geslacht
        FROM range({clienten}) r(i)
        ASOF JOIN plaats p ON p.tot >= kans(i, 3)
        """
    )
    con.execute(
        """
        CREATE TEMP TABLE blad AS
        SELECT wet, soort, row_number() OVER (PARTITION BY wet ORDER BY soort) AS n,
               count(*) OVER (PARTITION BY wet) AS alle
        FROM soort WHERE soort NOT IN (SELECT ouder FROM soort WHERE ouder NOT NULL)
        """
    )
    vragen = {
        "voorzieningen": f"""
            WITH basis AS (
              SELECT i, (kans(i, 11) * kans(i, 12) * {clienten})::BIGINT AS wie,
                     CASE WHEN kans(i, 13) < 0.66 THEN 'wmo'
                          WHEN kans(i, 13) < 0.93 THEN 'jeugdwet'
                          ELSE 'participatiewet' END AS wet,
                     kans(i, 14) * kans(i, 15) AS welk
              FROM range({aantal}) r(i)
            )
            SELECT CASE WHEN kans(i, 16) < 0.002 THEN NULL
                        WHEN kans(i, 16) < 0.022 THEN p2.gemeente
                        ELSE persoon.thuis END AS gemeente,
              client, NULL::VARCHAR AS gezaghebbende, huishouden, postcode,
              geboortedatum, geslacht, NULL::VARCHAR AS herkomst, basis.wet, blad.soort,
              CASE WHEN kans(i, 17) < 0.82 THEN 'zin' WHEN kans(i, 17) < 0.97 THEN 'pgb'
                   WHEN kans(i, 17) < 0.98 THEN 'toeslag' END AS vorm,
              CASE WHEN kans(i, 17) < 0.82
                   THEN printf('%08d', (kans(i, 18) * 99999)::INTEGER) END AS aanbieder,
              CASE WHEN basis.wet = 'jeugdwet' AND kans(i, 19) < 0.9 THEN
                ['huisarts', 'gemeente', 'jeugdarts', 'gecertificeerde instelling',
                 'medisch specialist'][1 + (kans(i, 20) * 4.99)::INTEGER % 5]
              END AS verwijzer,
              {_periode("i", 21, 420)},
              startdatum - 14 AS aanvraagdatum,
              NULL::VARCHAR AS reden_einde, NULL::VARCHAR AS resultaat, i + 1 AS _regel
            FROM basis
            JOIN (SELECT * EXCLUDE (i), i AS eigen FROM persoon) persoon
              ON persoon.eigen = basis.wie
            JOIN blad ON blad.wet = basis.wet
                     AND blad.n = 1 + (basis.welk * (blad.alle - 1))::BIGINT
            JOIN plaats p2 ON p2.nr = 1 + (basis.i % {GEMEENTEN})
            """,
        "soorten": "SELECT *, row_number() OVER (ORDER BY wet, soort) AS _regel FROM "
        "soort",
        "gemeenten": f"""
            SELECT gemeente, naam, regio,
                   (deel * {HUISHOUDENS})::BIGINT AS huishoudens,
                   DATE '2017-01-01' AS peildatum, nr AS _regel FROM plaats
            """,
        "casussen": f"""
            SELECT thuis AS gemeente, 'K' || (i // 2)::VARCHAR AS casus, client,
                   huishouden,
                   ['Basisondersteuning', 'Lichte ondersteuning', 'Casemanagement',
                    'Werkvoorraad'][1 + (kans(i, 31) * 3.99)::INTEGER % 4] AS type,
                   {_periode("i", 32, 250)},
                   NULL::VARCHAR AS reden_einde, i + 1 AS _regel
            FROM persoon WHERE i < {aantal // 8}
            """,
        "uitkeringen": f"""
            SELECT thuis AS gemeente, client, huishouden,
                   1 + floor(kans(i, 41) * 3)::BIGINT AS spoor,
                   {_periode("i", 42, 700)},
                   CASE WHEN einddatum IS NULL THEN NULL
                        WHEN kans(i, 47) < 0.35 THEN 'werk'
                        WHEN kans(i, 47) < 0.8 THEN 'verhuizing' END AS reden_einde,
                   i + 1 AS _regel
            FROM persoon WHERE i < {aantal // 6}
            """,
        "trajecten": f"""
            SELECT thuis AS gemeente, client,
                   1 + floor(kans(i, 51) * 3)::BIGINT AS spoor,
                   DATE '2015-01-01' + (kans(i, 52) * 1094)::INTEGER AS datum,
                   (kans(i, 53) * 900000)::BIGINT AS trajectkosten,
                   (kans(i, 54) * 400000)::BIGINT AS loonkostensubsidie,
                   i + 1 AS _regel
            FROM persoon WHERE i < {aantal // 16}
            """,
        "begroting": """
            SELECT gemeente, 2017::BIGINT AS jaar, 'Post ' || post::VARCHAR AS post,
                   ['primair', 'najaarsnota', 'jaarrekening'][versie] AS versie,
                   (deel * 1e11 * kans(nr * 100 + post * 10 + versie, 61))::BIGINT
                     AS bedrag,
                   row_number() OVER (ORDER BY versie, nr, post) AS _regel
            FROM plaats, range(1, 9) p(post), range(1, 4) v(versie)
            """,
        "bezwaren": f"""
            SELECT thuis AS gemeente,
                   ['wmo', 'jeugdwet', 'participatiewet'][
                     1 + (kans(i, 71) * 2.99)::INTEGER % 3] AS wet,
                   CASE WHEN kans(i, 72) < 0.7 THEN 'bezwaar' ELSE 'klacht' END
                     AS soort,
                   DATE '2015-01-01' + (kans(i, 73) * 1094)::INTEGER AS ingediend_op,
                   CASE WHEN kans(i, 74) < 0.8 THEN
                     ingediend_op + (kans(i, 75) * 180)::INTEGER END AS afgehandeld_op,
                   NULL::VARCHAR AS uitkomst, i + 1 AS _regel
            FROM persoon WHERE i < {aantal // 50}
            """,
    }
    for naam, vraag in vragen.items():
        con.execute(f"COPY ({vraag}) TO '{map_ / naam}.parquet' (FORMAT parquet)")
        if csv:
            (map_ / "csv").mkdir(exist_ok=True)
            con.execute(
                f"COPY (SELECT * EXCLUDE (_regel) FROM '{map_ / naam}.parquet') "
                f"TO '{map_ / 'csv' / naam}.csv' (HEADER)"
            )
    con.close()


if __name__ == "__main__":
    maak(Path(sys.argv[1]), int(sys.argv[2]), csv="--csv" in sys.argv)
