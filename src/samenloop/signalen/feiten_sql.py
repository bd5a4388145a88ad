"""The one statement that gathers what is known around signals, each at its own moment.

Many signals cost one pass: who each is about, their gezin as it was known on that day,
and the earlier signals of its members. What may not be looked at is not read: another
law only where a rule with a ground asks for that area of life, where all concerned
agreed, or where safety is at stake (G111, G112).

The answer is one row of packed columns in the order of the signals' ids, because half a
million rows one by one cost more than finding them. Of each earlier signal and member
there are four bytes: days back (10 bits), kind (8), which member (6), whether it is
somebody this signal is about, the first row of its signal, and consent (1 each).
"""

from samenloop.personen import toestemming

# Where the consent for looking over laws is recorded (grondslagen.csv, G111).
CATEGORIE = "signalen"
DOEL = toestemming.SAMENLOOP

# Per column: its name, and how a value becomes bytes.
KOLOMMEN = {
    "id": "uuid_send(id)",
    "soort": "int2send(soort::int2)",
    "kanaal": "int2send(coalesce(array_position(%(kanalen)s::text[], kanaal::text), 0)"
    "::int2)",
    "veiligheidsrisico": "int2send(veiligheidsrisico::int::int2)",
    "van_organisatie": "int2send(van_organisatie::int::int2)",
    "leeftijd": "int2send(coalesce(leeftijd, -1)::int2)",
    "jongste": "int2send(coalesce(jongste, -1)::int2)",
    "leden": "int2send(coalesce(leden, -1)::int2)",
    "eenouder": "int2send(coalesce(eenouder::int, -1)::int2)",
    "eigen_leden": "int2send(coalesce(eigen_leden, 0)::int2)",
    "toestemming": "int2send(coalesce(toestemming, false)::int::int2)",
    "aantal": "int4send(coalesce(octet_length(eerdere), 0) / 4)",
    "eerdere": "coalesce(eerdere, ''::bytea)",
}
_DOEL = """
doel AS MATERIALIZED (
    SELECT s.id, s.nummer, s.gemeente_id, s.kanaal, s.ontvangen_op,
           s.veiligheidsrisico, s.organisatie_id IS NOT NULL AS van_organisatie,
           (s.ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS dag,
           k.plaats AS soort, k.wet
      FROM signalen_signaal s
      JOIN soorten k ON k.code = s.soort_id
     WHERE {waar}
),"""

_WIE = """
soorten AS MATERIALIZED (
    SELECT * FROM unnest(%(codes)s::text[], %(gebieden)s::text[], %(wetten)s::text[],
                         %(plaatsen)s::int[]) AS k (code, gebied, wet, plaats)
),
{doel}
instemming AS MATERIALIZED (
    SELECT persoon_id, gegeven_op, tot, ingetrokken_op, gemeente_id
      FROM personen_toestemming
     WHERE categorie = %(categorie)s AND doel = %(doel)s
),
over AS MATERIALIZED (
    SELECT d.id, d.dag, b.persoon_id, d.gemeente_id
      FROM doel d
      JOIN signalen_signaalbetrokkene b ON b.signaal_id = d.id AND b.rol = 'over'
),
gezin AS MATERIALIZED (
    SELECT DISTINCT o.id, o.dag, o.gemeente_id, g.gezin_id
      FROM over o
      JOIN personen_gezinslid g ON g.persoon_id = o.persoon_id
       AND g.geldig @> o.dag AND g.bekend @> o.dag
),
gezinslid AS MATERIALIZED (
    SELECT z.id, z.dag, z.gemeente_id, z.gezin_id, g.persoon_id, g.rol
      FROM gezin z
      JOIN personen_gezinslid g ON g.gezin_id = z.gezin_id
       AND g.geldig @> z.dag AND g.bekend @> z.dag
),
ieder AS MATERIALIZED (
    SELECT id, dag, gemeente_id, persoon_id, bool_or(eigen) AS eigen
      FROM (SELECT id, dag, gemeente_id, persoon_id, true AS eigen FROM over
             WHERE persoon_id IS NOT NULL
            UNION ALL
            SELECT id, dag, gemeente_id, persoon_id, false FROM gezinslid) wie
     GROUP BY id, dag, gemeente_id, persoon_id
),
lid AS MATERIALIZED (
    SELECT i.*,
           least(row_number() OVER (PARTITION BY i.id ORDER BY i.persoon_id), 63)
               AS plaats,
           {stemt_in} AS stemt_in,
           extract(year FROM age(i.dag, p.geboortedatum))::int AS leeftijd
      FROM ieder i
      JOIN personen_persoon p ON p.id = i.persoon_id
),
rond AS (
    SELECT l.id, min(l.leeftijd) FILTER (WHERE l.eigen) AS leeftijd,
           min(l.leeftijd) AS jongste_lid, count(*) AS aantal,
           count(*) FILTER (WHERE l.eigen) AS eigen_leden,
           bool_and(l.stemt_in) AS toestemming,
           bool_and(l.stemt_in) FILTER (WHERE l.eigen) AS eigen_toestemming
      FROM lid l GROUP BY l.id
),
naamloos AS (
    SELECT DISTINCT id FROM over WHERE persoon_id IS NULL
),
samenstelling AS (
    SELECT id, bool_or(ouders = 1 AND kinderen > 0) AS eenouder,
           min(gezin_id::text)::uuid AS gezin_id
      FROM (SELECT id, gezin_id,
                   count(*) FILTER (WHERE rol IN ('ouder', 'partner')) AS ouders,
                   count(*) FILTER (WHERE rol = 'kind') AS kinderen
              FROM gezinslid GROUP BY id, gezin_id) per_gezin
     GROUP BY id
),
geheel AS MATERIALIZED (
    SELECT d.*, r.leeftijd, s.eenouder, s.gezin_id,
           CASE WHEN s.gezin_id IS NOT NULL THEN r.jongste_lid END AS jongste,
           CASE WHEN s.gezin_id IS NOT NULL THEN r.aantal END AS leden,
           r.eigen_leden, r.toestemming AND n.id IS NULL AS toestemming,
           r.eigen_toestemming AND n.id IS NULL AS eigen_toestemming
      FROM doel d
      LEFT JOIN rond r ON r.id = d.id
      LEFT JOIN samenstelling s ON s.id = d.id
      LEFT JOIN naamloos n ON n.id = d.id
)"""

_INSTEMMING = """EXISTS (
    SELECT FROM instemming ja
     WHERE ja.persoon_id = {persoon} AND ja.gemeente_id = {gemeente}
       AND ja.gegeven_op <= {dag} AND (ja.tot IS NULL OR ja.tot >= {dag})
       AND (ja.ingetrokken_op IS NULL OR ja.ingetrokken_op > {dag}))"""

# A signal of another law may be read here only: its kind by a rule with a ground,
# all concerned agreed, or this signal is about safety.
_EERDER = """
paar AS (
    SELECT g.id, t.id AS ander, l.plaats AS lid, l.eigen, k.plaats AS soort,
           g.dag - (t.ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS dagen,
           CASE WHEN g.eigen_toestemming AND l.stemt_in THEN NOT EXISTS (
               SELECT FROM signalen_signaalbetrokkene c
                WHERE c.signaal_id = t.id AND c.rol = 'over'
                  AND (c.persoon_id IS NULL OR NOT {ander_stemt_in}))
           ELSE false END AS toestemming,
           k.gebied, k.wet, g.wet AS eigen_wet, g.veiligheidsrisico
      FROM geheel g
      JOIN lid l ON l.id = g.id
      JOIN signalen_signaalbetrokkene b
        ON b.persoon_id = l.persoon_id AND b.rol = 'over'
      JOIN signalen_signaal t
        ON t.id = b.signaal_id AND t.gemeente_id = g.gemeente_id
       AND (t.ontvangen_op, t.id) < (g.ontvangen_op, g.id)
       AND t.ontvangen_op >= g.ontvangen_op - %(dagen)s * interval '1 day'
                             - interval '1 day'
      JOIN soorten k ON k.code = t.soort_id
     WHERE k.gebied = ANY (%(binnen)s::text[])
),
gezien AS (
    SELECT id, ander, lid, eigen, soort, dagen, toestemming,
           row_number() OVER (PARTITION BY id, ander ORDER BY eigen DESC, lid) = 1
               AS eerste
      FROM paar
     WHERE dagen <= %(dagen)s
       AND ((wet = eigen_wet AND wet <> 'geen') OR toestemming OR veiligheidsrisico
            OR gebied = ANY (%(over)s::text[]))
),
eerder AS (
    SELECT id, string_agg(int4send(
               dagen + (soort << 10) + (lid::int << 18) + (eigen::int << 24)
               + (eerste::int << 25) + (toestemming::int << 26)), ''::bytea) AS eerdere
      FROM gezien GROUP BY id
)"""


def who(waar: str) -> str:
    """The part of the statement that says who is around each signal."""
    stemt_in = _INSTEMMING.format(
        persoon="i.persoon_id", gemeente="i.gemeente_id", dag="i.dag"
    )
    return _WIE.format(doel=_DOEL.format(waar=waar), stemt_in=stemt_in)


def statement(waar: str, *, eerder: bool) -> str:
    """The whole statement over the signals that pass a condition of our own.

    Args:
        waar: condition on `s`, with named parameters only.
        eerder: whether any rule asks for earlier signals.
    """
    delen = [who(waar)]
    velden, bron = ["g.*", "NULL::bytea AS eerdere"], "geheel g"
    if eerder:
        ander = _INSTEMMING.format(
            persoon="c.persoon_id", gemeente="g.gemeente_id", dag="g.dag"
        )
        delen.append(_EERDER.format(ander_stemt_in=ander))
        velden[1] = "e.eerdere"
        bron += " LEFT JOIN eerder e ON e.id = g.id"
    pakken = ", ".join(
        f"string_agg({bytes_}, ''::bytea) AS {naam}"
        for naam, bytes_ in KOLOMMEN.items()
    )
    rij = f"SELECT {', '.join(velden)} FROM {bron} ORDER BY g.id"  # noqa: S608
    return f"WITH {','.join(delen)} SELECT {pakken} FROM ({rij}) rij"  # noqa: S608


def earlier_ids(waar: str) -> str:
    """The earlier signals that may be looked at, the most recent first."""
    ander = _INSTEMMING.format(
        persoon="c.persoon_id", gemeente="g.gemeente_id", dag="g.dag"
    )
    return (
        f"WITH {who(waar)},{_EERDER.format(ander_stemt_in=ander)} "  # noqa: S608
        "SELECT ander FROM gezien WHERE eerste ORDER BY dagen, ander"
    )


def members(waar: str) -> str:
    """Who is in the gezin of each signal, for what other rooms know of people."""
    return (
        f"WITH {who(waar)} SELECT l.id, l.dag, l.persoon_id, "  # noqa: S608
        "g.veiligheidsrisico OR g.toestemming AS vrij FROM lid l "
        "JOIN geheel g ON g.id = l.id WHERE %(elders_over)s OR g.veiligheidsrisico "
        "OR g.toestemming ORDER BY l.dag"
    )


# The gezinnen of a municipality on a day, to compare with whom a rule touches.
BEVOLKING = """
WITH lid AS MATERIALIZED (
    SELECT g.gezin_id, g.rol, g.persoon_id, p.geboortedatum
      FROM personen_gezinslid g
      JOIN personen_persoon p ON p.id = g.persoon_id
     WHERE p.gemeenten::text[] @> ARRAY[%(gemeente)s::text]
       AND g.geldig @> %(op)s::date AND g.bekend @> %(op)s::date
),
gezin AS (
    SELECT gezin_id, min(persoon_id::text)::uuid AS persoon_id,
           count(*) FILTER (WHERE rol IN ('ouder', 'partner')) = 1
               AND count(*) FILTER (WHERE rol = 'kind') > 0 AS eenouder,
           coalesce(bool_or(geboortedatum > %(op)s::date - interval '12 years'), false)
               AS jong
      FROM lid GROUP BY gezin_id
),
adres AS (
    SELECT z.*, left(a.postcode, 4) AS postcode
      FROM gezin z
      LEFT JOIN personen_adres a ON a.persoon_id = z.persoon_id
       AND a.geldig @> %(op)s::date AND a.bekend @> %(op)s::date
)
SELECT coalesce(nullif(postcode, ''), '0')::int AS postcode, count(*),
       count(*) FILTER (WHERE eenouder), count(*) FILTER (WHERE jong),
       array_agg(persoon_id)
  FROM adres GROUP BY 1
"""
