"""The same tables as hand-written SQL for DuckDB, by someone who knows DuckDB.

Every statement returns cells with names, as the report wants them: grouping sets for
the margins, one row per person before what is counted once, all four peildata in one
pass, the rows of the year copied once to a temporary table with the columns needed.
"""

import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.uitslag import Cellen, schrijf

PEIL = ("2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31")
P0, P3, P4 = "2016-12-31", PEIL[2], PEIL[3]

_IN_KRACHT = "startdatum <= p AND (einddatum IS NULL OR einddatum >= p)"
_STANDEN = ", ".join(
    f"count(*) FILTER (startdatum <= '{p}' AND (einddatum IS NULL OR einddatum >= "
    f"'{p}'))::INTEGER AS n{i}"
    for i, p in enumerate(PEIL)
)
_SOMMEN = ", ".join(f"sum(n{i})::INTEGER AS n{i}" for i in range(4))
# The four columns as rows, each under its date.
_LANG = ", ".join(f'n{i} AS "{p}"' for i, p in enumerate(PEIL))
_OPZET = [
    f"""
    CREATE TEMP TABLE v AS
    SELECT coalesce(g.naam, 'onbekend') AS gemeente, client, huishouden, v.wet, v.soort,
           coalesce(vorm, 'onbekend') AS vorm,
           coalesce(verwijzer, 'onbekend') AS verwijzer, startdatum, einddatum
    FROM voorzieningen v LEFT JOIN gemeenten g USING (gemeente)
    WHERE startdatum <= '{P4}' AND (einddatum IS NULL OR einddatum >= '{P0}')
    """,
    f"""
    CREATE TEMP TABLE peil AS
    SELECT unnest([{", ".join(f"DATE '{p}'" for p in PEIL)}]) AS p
    """,
    # Every kind with each kind it is part of, and itself.
    """
    CREATE TEMP TABLE boom AS
    WITH RECURSIVE b AS (
      SELECT wet, soort, naam AS label, ouder FROM soorten
      UNION ALL
      SELECT b.wet, b.soort, s.naam, s.ouder
      FROM b JOIN soorten s ON s.wet = b.wet AND s.soort = b.ouder
    )
    SELECT wet, soort, label FROM b
    UNION ALL SELECT wet, soort, 'Totaal' FROM soorten
    """,
    # The stock on each peildatum, counted per cell: what may be added up.
    f"""
    CREATE TEMP TABLE cel AS
    UNPIVOT (SELECT wet, soort, vorm, gemeente, verwijzer, {_STANDEN} FROM v
             GROUP BY ALL)
    ON {_LANG} INTO NAME p VALUE n
    """,
    # Who has how many provisions on each peildatum: what is counted anew.
    f"""
    CREATE TEMP TABLE wie AS
    SELECT wet, gemeente, client, huishouden, {_STANDEN} FROM v
    WHERE einddatum IS NULL OR einddatum >= '{PEIL[0]}' GROUP BY ALL
    """,
    *(
        f"""
        CREATE TEMP TABLE {maat} AS
        SELECT '{maat}' AS maat, wet, k,
               CASE WHEN grouping(gemeente) = 1 THEN 'Totaal' ELSE gemeente END
                 AS gemeente, {_SOMMEN}
        FROM (SELECT *, {kolom} AS k FROM wie WHERE {kolom} NOT NULL)
        GROUP BY GROUPING SETS ((wet, gemeente, k), (wet, k))
        """
        for maat, kolom in (("clienten", "client"), ("huishoudens", "huishouden"))
    ),
    """
    CREATE TEMP TABLE u AS
    SELECT u.* EXCLUDE (gemeente, spoor), coalesce(g.naam, 'onbekend') AS gemeente,
           coalesce(spoor::VARCHAR, 'onbekend') AS spoor,
           coalesce(reden_einde, 'onbekend') AS reden
    FROM uitkeringen u LEFT JOIN gemeenten g USING (gemeente)
    """,
    """
    CREATE TEMP TABLE c AS
    SELECT c.* RENAME (gemeente AS code), coalesce(g.naam, 'onbekend') AS gemeente
    FROM casussen c LEFT JOIN gemeenten g USING (gemeente)
    """,
    """
    CREATE TEMP TABLE kwartaal AS
    SELECT * FROM (VALUES ('2017Q1', DATE '2016-12-31', DATE '2017-03-31'),
      ('2017Q2', DATE '2017-03-31', DATE '2017-06-30'),
      ('2017Q3', DATE '2017-06-30', DATE '2017-09-30'),
      ('2017Q4', DATE '2017-09-30', DATE '2017-12-31'),
      ('Totaal', DATE '2016-12-31', DATE '2017-12-31')) k(periode, van, tot)
    """,
]


def _t(kolom: str) -> str:
    """The margin of a grouping set, under its name."""
    return f"CASE WHEN grouping({kolom}) = 1 THEN 'Totaal' ELSE {kolom} END"


def _uniek(maat: str) -> str:
    geteld = ", ".join(f"count(*) FILTER (n{i} > 0) AS n{i}" for i in range(4))
    return f"""
      SELECT wet, gemeente, maat, peildatum, n FROM (
        UNPIVOT (SELECT wet, gemeente, maat, {geteld} FROM {maat} GROUP BY ALL)
        ON {_LANG} INTO NAME peildatum VALUE n)
    """


def _stapel(maat: str, kolom: str) -> str:
    """Laws per person as bits, per pattern over the four dates, then per date."""
    bits = ", ".join(
        f"bit_or(CASE WHEN n{i} > 0 THEN CASE wet WHEN 'jeugdwet' THEN 1 "
        f"WHEN 'participatiewet' THEN 2 ELSE 4 END ELSE 0 END) AS n{i}"
        for i in range(4)
    )
    return f"""
      SELECT gemeente, concat_ws('+', CASE WHEN w & 1 > 0 THEN 'jeugdwet' END,
               CASE WHEN w & 2 > 0 THEN 'participatiewet' END,
               CASE WHEN w & 4 > 0 THEN 'wmo' END), '{maat}', p, sum(n)
      FROM (
        UNPIVOT (
          SELECT gemeente, n0, n1, n2, n3, count(*) AS n FROM (
            SELECT gemeente, k, {bits} FROM (
              SELECT gemeente, k, wet, n0, n1, n2, n3 FROM {maat}
              UNION ALL
              SELECT {_t("gemeente")}, k, 'participatiewet', {_STANDEN}
              FROM (SELECT *, {kolom} AS k FROM u WHERE {kolom} NOT NULL)
              GROUP BY GROUPING SETS ((gemeente, k), (k))
            ) GROUP BY ALL
          ) GROUP BY ALL
        ) ON {_LANG} INTO NAME p VALUE w)
      WHERE w > 0 GROUP BY gemeente, w, p
    """


def _aantal(maat: str) -> str:
    hoogstens = ", ".join(f"least(sum(n{i}), 4)::INTEGER AS n{i}" for i in range(4))
    return f"""
      SELECT gemeente, CASE WHEN a < 4 THEN a::VARCHAR ELSE '4 of meer' END, '{maat}',
             p, sum(n)
      FROM (
        UNPIVOT (
          SELECT gemeente, n0, n1, n2, n3, count(*) AS n FROM (
            SELECT gemeente, k, {hoogstens} FROM {maat} GROUP BY ALL
          ) GROUP BY ALL
        ) ON {_LANG} INTO NAME p VALUE a)
      WHERE a > 0 GROUP BY gemeente, a, p
    """


def _casus(bron: str, waar: str) -> str:
    return f"""
      SELECT {_t("gemeente")}, {_t("type")}, count(DISTINCT casus)
      FROM ({bron}) WHERE {waar} GROUP BY CUBE (gemeente, type)
    """


_EERSTE = """
  SELECT * FROM c QUALIFY row_number() OVER (PARTITION BY casus ORDER BY startdatum,
    coalesce(einddatum, DATE '9999-12-31'), type, code) = 1
"""
_LAATSTE = """
  SELECT * FROM c QUALIFY row_number() OVER (PARTITION BY casus ORDER BY
    coalesce(einddatum, DATE '9999-12-31') DESC, startdatum DESC, type, code) = 1
"""

TABELLEN = {
    "actieve-voorzieningen-soort": f"""
      SELECT wet, {_t("vorm")}, label, p, sum(n)
      FROM cel JOIN boom USING (wet, soort)
      GROUP BY GROUPING SETS ((wet, vorm, label, p), (wet, label, p))
      """,
    "actieve-voorzieningen-gemeente": f"""
      SELECT wet, {_t("vorm")}, {_t("gemeente")}, p, sum(n) FROM cel
      GROUP BY wet, p, CUBE (vorm, gemeente)
      """,
    "verwijzers": f"""
      SELECT wet, {_t("verwijzer")}, {_t("gemeente")}, p, sum(n) FROM cel
      GROUP BY wet, p, CUBE (verwijzer, gemeente)
      """,
    "klanten": f"""
      {_uniek("clienten")} UNION ALL {_uniek("huishoudens")}
      UNION ALL
      SELECT wet, {_t("gemeente")}, 'voorzieningen', p, sum(n) FROM cel
      GROUP BY GROUPING SETS ((wet, gemeente, p), (wet, p))
      """,
    "aandeel-huishoudens": f"""
      WITH noemer AS (
        SELECT naam AS gemeente, huishoudens AS alle FROM gemeenten
        UNION ALL SELECT 'Totaal', sum(huishoudens) FROM gemeenten
      )
      SELECT wet, gemeente, peildatum, (2000 * n + alle) // (2 * alle) / 10
      FROM ({_uniek("huishoudens")}) JOIN noemer USING (gemeente)
      """,
    "caseload": _casus(
        "SELECT * FROM c",
        f"startdatum <= '{P4}' AND (einddatum IS NULL OR einddatum >= '{P4}')",
    ),
    "nieuwe-casussen": _casus(_EERSTE, f"startdatum > '{P3}' AND startdatum <= '{P4}'"),
    "afgeronde-casussen": _casus(
        _LAATSTE, f"einddatum >= '{P3}' AND einddatum < '{P4}'"
    ),
    "uitkeringen": f"""
      SELECT {_t("gemeente")}, q, count(*) FROM u,
        (SELECT DATE '{P0}' AS p, '2016Q4' AS q
         UNION ALL SELECT tot, periode FROM kwartaal WHERE periode <> 'Totaal')
      WHERE {_IN_KRACHT} GROUP BY GROUPING SETS ((gemeente, q), (q))
      """,
    "in-en-uitstroom": f"""
      SELECT {_t("gemeente")}, 'instroom', 'Totaal', periode, count(*)
      FROM u, kwartaal WHERE startdatum > van AND startdatum <= tot
      GROUP BY GROUPING SETS ((gemeente, periode), (periode))
      UNION ALL
      SELECT {_t("gemeente")}, 'uitstroom', {_t("reden")}, periode, count(*)
      FROM u, kwartaal WHERE einddatum >= van AND einddatum < tot
      GROUP BY periode, CUBE (gemeente, reden)
      """,
    "uitstroom-naar-werk": f"""
      SELECT {_t("gemeente")}, {_t("spoor")}, 'personen', count(DISTINCT client) FROM u
      WHERE reden = 'werk' AND einddatum >= '{P0}' AND einddatum < '{P4}'
      GROUP BY CUBE (gemeente, spoor)
      UNION ALL
      SELECT gemeente, spoor, maat, bedrag FROM (
        SELECT {_t("naam")} AS gemeente, {_t("spoor")} AS spoor,
               sum(trajectkosten) AS trajectkosten,
               sum(loonkostensubsidie) AS loonkostensubsidie
        FROM (SELECT coalesce(naam, 'onbekend') AS naam, t.* REPLACE (
                spoor::VARCHAR AS spoor)
              FROM trajecten t LEFT JOIN gemeenten g USING (gemeente)
              WHERE datum > '{P0}' AND datum <= '{P4}')
        GROUP BY CUBE (naam, spoor)
      ) UNPIVOT (bedrag FOR maat IN (trajectkosten, loonkostensubsidie))
      """,
    "begroting": f"""
      WITH b AS (
        SELECT naam, post, versie, sum(bedrag) AS bedrag, min(volg) AS volg FROM (
          SELECT naam, post, versie, bedrag,
                 min(b._regel) OVER (PARTITION BY versie) AS volg
          FROM begroting b JOIN gemeenten USING (gemeente) WHERE jaar = 2017)
        GROUP BY ALL
      ), alles AS (
        SELECT naam, post, versie, bedrag FROM b
        UNION ALL
        SELECT naam, post, 'verschil', arg_max(bedrag, volg) - arg_min(bedrag, volg)
        FROM b GROUP BY ALL HAVING count(*) > 1
      )
      SELECT {_t("naam")}, post, versie, sum(bedrag) FROM alles
      GROUP BY GROUPING SETS ((naam, post, versie), (post, versie))
      """,
    "stapeling": f"""
      {_stapel("clienten", "client")} UNION ALL {_stapel("huishoudens", "huishouden")}
      """,
    "stapeling-aantal": f"""
      {_aantal("clienten")} UNION ALL {_aantal("huishoudens")}
      """,
    "in-en-uitstroom-voorzieningen": f"""
      WITH fijn AS (
        SELECT wet, soort, gemeente,
          count(*) FILTER (startdatum <= '{P3}'
            AND (einddatum IS NULL OR einddatum >= '{P3}')) AS "begin",
          count(*) FILTER (startdatum > '{P3}') AS "in",
          count(*) FILTER (einddatum >= '{P3}' AND einddatum < '{P4}') AS uit,
          count(*) FILTER (einddatum IS NULL OR einddatum >= '{P4}') AS eind
        FROM v GROUP BY ALL
      )
      SELECT wet, label, gemeente, maat, n FROM (
        SELECT wet, label, {_t("gemeente")} AS gemeente, sum("begin") AS "begin",
               sum("in") AS "in", sum(uit) AS uit, sum(eind) AS eind
        FROM fijn JOIN boom USING (wet, soort)
        GROUP BY GROUPING SETS ((wet, label, gemeente), (wet, label))
      ) UNPIVOT (n FOR maat IN ("begin", "in", uit, eind))
      """,
    "duur": f"""
      SELECT wet, label, maat, n FROM (
        SELECT wet, label, count(*)::DOUBLE AS aantal,
               (20 * sum(dagen) + count(*)) // (2 * count(*)) / 10 AS gemiddelde,
               median(dagen)::DOUBLE AS mediaan
        FROM (SELECT wet, soort, einddatum - startdatum + 1 AS dagen FROM v
              WHERE einddatum >= '{P0}' AND einddatum < '{P4}')
        JOIN boom USING (wet, soort) GROUP BY wet, label
      ) UNPIVOT (n FOR maat IN (aantal, gemiddelde, mediaan))
      """,
    "bezwaren": f"""
      WITH b AS (
        SELECT coalesce(naam, 'onbekend') AS gemeente, coalesce(wet, 'onbekend') AS wet,
               soort, ingediend_op AS van, afgehandeld_op AS tot
        FROM bezwaren LEFT JOIN gemeenten USING (gemeente)
      )
      SELECT gemeente, wet, soort, maat, n FROM (
        SELECT {_t("gemeente")} AS gemeente, {_t("wet")} AS wet, soort,
          count(*) FILTER (van > '{P3}' AND van <= '{P4}') AS ingediend,
          count(*) FILTER (tot > '{P3}' AND tot <= '{P4}') AS afgehandeld,
          count(*) FILTER (van <= '{P4}' AND (tot IS NULL OR tot > '{P4}')) AS "open"
        FROM b GROUP BY soort, CUBE (gemeente, wet)
      ) UNPIVOT (n FOR maat IN (ingediend, afgehandeld, "open"))
      """,
}


def bereken(map_: Path) -> tuple[float, dict[str, Cellen]]:
    con = duckdb.connect(config={"memory_limit": "3GB"})
    con.execute("SET preserve_insertion_order = false")
    with tempfile.TemporaryDirectory() as spil:
        con.execute("SET temp_directory = ?", [spil])
        begin = time.perf_counter()
        for pad in sorted(map_.glob("*.parquet")):
            con.execute(f"CREATE VIEW {pad.stem} AS FROM '{pad}'")
        for opdracht in _OPZET:
            con.execute(opdracht)
        uit = {
            naam: {rij[:-1]: rij[-1] for rij in con.execute(vraag).fetchall()}
            for naam, vraag in TABELLEN.items()
        }
        seconden = time.perf_counter() - begin
        con.close()
    return seconden, uit


if __name__ == "__main__":
    schrijf(Path(sys.argv[2]), *bereken(Path(sys.argv[1])))
