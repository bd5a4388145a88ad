"""What a database for a measurement is filled with: families, records, events, logs.

Per table one statement that the database itself carries out. What differs from family
to family follows from its number, so every filling is the same.
"""

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


def _lot(nummer: str, welk: int) -> str:
    """Give a number from 0 to 1 that seems drawn, but goes with this number."""
    return f"((hashint8extended({nummer}, {welk}) & 1048575) / 1048576.0::float8)"


# {families} is how many, of four people each, {per} the signals about each; {a}, {t}
# and {v} how many names there are of a kind.
VULLING: tuple[tuple[str, str], ...] = (
    (
        "personen_persoon",
        f"""INSERT INTO personen_persoon (id, bsn_ontbreekt_reden, voornamen,
            voorvoegsel, geslachtsnaam, sorteernaam, geboortedatum, geslacht,
            gemeenten, geheim)
        SELECT {_person("n")}, '', initcap(v), t.naam, initcap(a.naam),
               a.naam || E'\\t' || t.naam || E'\\t' || v,
               CASE WHEN k < 2 THEN date '1945-01-01' + ({_lot("n", 7)} * 18000)::int
                    ELSE date '2009-01-01' + ({_lot("n", 7)} * 6000)::int END,
               (1 + k % 2)::text, ARRAY[{_GM}]::varchar(6)[], f % 100 = 0
          FROM (SELECT f, k, n, ia, it,
                       v.naam || CASE WHEN {_lot("n", 6)} < 0.4
                                      THEN ' ' || w.naam ELSE '' END AS v
                  FROM (SELECT f, k, f * 4 + k AS n,
                               1 + floor({{a}} * {_lot("f", 1)} ^ 3)::int AS ia,
                               1 + floor({{t}} * {_lot("f", 2)})::int AS it,
                               1 + floor({{v}} * {_lot("f * 4 + k", 3)} ^ 2)::int AS iv,
                               1 + floor({{v}} * {_lot("f * 4 + k", 4)} ^ 2)::int AS iw
                          FROM generate_series(1, {{families}}) f,
                               generate_series(0, 3) k) lot
                  JOIN bench_naam v ON v.soort = 'v' AND v.nr = iv
                  JOIN bench_naam w ON w.soort = 'v' AND w.nr = iw) rij
          JOIN bench_naam a ON a.soort = 'a' AND a.nr = ia
          JOIN bench_naam t ON t.soort = 't' AND t.nr = it""",
    ),
    (
        "personen_burgerservicenummer",
        f"""INSERT INTO personen_burgerservicenummer (persoon_id, zoeksleutel, bsn)
        SELECT {_person("n")}, encode(sha256(n::text::bytea), 'hex'),
               lpad(n::text, 9, '0')
          FROM generate_series(4, {{families}} * 4 + 3) n""",
    ),
    (
        "personen_gezin",
        f"""INSERT INTO personen_gezin (id, naam, gemeenten)
        SELECT {_F}, 'gezin ' || f, ARRAY[{_GM}]::varchar(6)[]
          FROM generate_series(1, {{families}}) f""",
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
        f"""INSERT INTO personen_huishouden (id, sleutel, gemeenten)
        SELECT {_F}, 'h' || f, ARRAY[{_GM}]::varchar(6)[]
          FROM generate_series(1, {{families}}) f""",
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
            ontvangen_op, organisatie_id, melder_naam, melder_contact, melder_relatie,
            kenmerk_melder, vingerafdruk, aanleiding, inhoud, verzoek,
            terugkoppeling_gewenst, veiligheidsrisico, incident_plaats, afsluitreden,
            onthouden, onthouden_reden)
        SELECT md5('s' || f || '-' || j)::uuid, 'S-' || f || '-' || j, {_GM},
               (ARRAY['huurachterstand', 'verzuim', 'opvoedvraag', 'eenzaamheid'])
                   [1 + (f + j) % 4],
               CASE WHEN j % 2 = 0 THEN 'formulier' ELSE 'api' END,
               timestamptz '2025-01-01' + ((f + j * 17) % 300) * interval '1 day',
               CASE WHEN j % 2 = 1 THEN o.id END, 'Melder', '', '',
               CASE WHEN j % 2 = 1 THEN 'K-' || f || '-' || j ELSE '' END,
               encode(sha256(('v' || f || j)::bytea), 'hex'),
               'Achterstand van drie maanden.', '', '', true, false, '', '', 'niet', ''
          FROM generate_series(1, {{families}}) f, generate_series(1, {{per}}) j,
               (SELECT id FROM access_organisatie WHERE naam = 'Vulling') o""",
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
            besloten_op, toegewezen_aan)
        SELECT md5('m' || f)::uuid, 'M-' || f, {_GM}, {_F}, {_person("f * 4")},
               10 + f % 61, false, op, op + interval '7 days',
               CASE WHEN loopt THEN 'in_weging' ELSE 'besloten' END,
               CASE WHEN NOT loopt THEN op + interval '5 days' END,
               {ACCOUNT} + f % {WERKERS}
          FROM (SELECT f, f % 20 = 0 OR f % {WERKERS} = 0 AS loopt,
                       timestamptz '2025-11-01' + f % 86400 * interval '5 minutes' AS op
                  FROM generate_series(1, {{families}}) f WHERE f % 2 = 0) rij""",
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
               {_person("4 + n % ({families} * 4)")}, '', '',
               'GM' || lpad((1 + n % 40)::text, 4, '0')
          FROM (SELECT n, timestamptz '2025-01-01' + n * interval '2 seconds' AS op
                  FROM generate_series(1, {{rows}}) n) rij""",
    ),
)
# Follows from the people, so after them.
NAAMDELEN = (
    "personen_naamdeel",
    """INSERT INTO personen_naamdeel (gemeente, woord, sorteernaam, persoon_id, begint)
    SELECT g, d.woord, left(p.sorteernaam, 400), p.id, d.begint
      FROM personen_persoon p, unnest(p.gemeenten) g,
           samenloop_naamdelen(p.sorteernaam) d""",
)
