"""How long twenty rules over a year of signals take, with isolation on.

Makes a database of its own in a folder that is thrown away, fills it with gezinnen and
half a million signals of one municipality in a year (and half as many before it), and
does a dry run as the background job does. The baseline weighs signals one by one, as
live weighing does, over a sample, extrapolated; each weight must be the same in both.
"""

import argparse
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.zoeken import prepare

GEMEENTE = "GM0001"
JAAR = 2025
GROND = "Convenant samen vroeg erbij, artikel 4"

PERSONEN = """
INSERT INTO personen_persoon (id, bsn_ontbreekt_reden, voornamen, voorvoegsel,
    geslachtsnaam, sorteernaam, geboortedatum, geslacht, gemeenten, geheim)
SELECT md5('p' || g || '-' || k)::uuid, 'meting', '', '', 'Naam', E'naam\\t\\t',
       CASE WHEN k <= 1 + (g % 3 > 0)::int THEN date '1960-01-01' + g % 14000
            ELSE date '2007-01-01' + g % 6200 END,
       '0', ARRAY['{gemeente}']::varchar(6)[], false
  FROM generate_series(1, {gezinnen}) g, generate_series(1, 4) k
 WHERE k <= 1 + g % 4
"""
LEDEN = """
INSERT INTO personen_gezin (id, naam)
SELECT md5('g' || g)::uuid, 'Gezin' FROM generate_series(1, {gezinnen}) g;
INSERT INTO personen_gezinslid (kenmerk, gezin_id, persoon_id, rol, geldig, bekend)
SELECT gen_random_uuid(), md5('g' || g)::uuid, md5('p' || g || '-' || k)::uuid,
       CASE WHEN k = 1 THEN 'ouder' WHEN k = 2 AND g % 3 > 0 THEN 'partner'
            ELSE 'kind' END, '[2010-01-01,)', '[2010-01-01,)'
  FROM generate_series(1, {gezinnen}) g, generate_series(1, 4) k WHERE k <= 1 + g % 4;
INSERT INTO personen_adres (persoon_id, gemeente_id, geldig, bekend, straat, huisnummer,
    huisnummertoevoeging, postcode, woonplaats)
SELECT md5('p' || g || '-' || k)::uuid, '{gemeente}', '[2010-01-01,)',
       '[2010-01-01,)', 'Dorpsstraat', 1 + g % 200, '', (9900 + g % 40) || 'AB', 'X'
  FROM generate_series(1, {gezinnen}) g, generate_series(1, 4) k WHERE k <= 1 + g % 4
"""
# Half the signals fall on a tenth of the gezinnen, as in life.
SIGNALEN = """
CREATE TEMPORARY TABLE lot AS
SELECT n, gen_random_uuid() AS id,
       timestamptz '{jaar}-01-01 00:00+01'
         + (random() * {dagen} - {dagen_ervoor}) * interval '1 day' AS op,
       CASE WHEN random() < 0.5 THEN 1 + floor(random() * {gezinnen} / 10)::int
            ELSE 1 + floor(random() * {gezinnen})::int END AS g,
       random() AS w, 1 + floor(random() * {soorten})::int AS s
  FROM generate_series(1, {signalen}) n;
INSERT INTO signalen_signaal (id, nummer, gemeente_id, soort_id, kanaal, ontvangen_op,
    melder_naam, melder_contact, melder_relatie, kenmerk_melder, vingerafdruk,
    aanleiding, inhoud, verzoek, terugkoppeling_gewenst, veiligheidsrisico,
    incident_plaats, status, afsluitreden, onthouden, onthouden_reden)
SELECT l.id, 'S-' || extract(year FROM op) || '-' || n, '{gemeente}', k.code,
       (ARRAY['bestand', 'partner', 'telefoon', 'api'])[1 + n % 4], op, 'Melder', '',
       '', '', '', '', '', '', true, w < 0.03, '', 'gewogen', '', 'niet', ''
  FROM lot l
  JOIN (SELECT code, row_number() OVER (ORDER BY code) AS nr
          FROM signalen_signaalsoort) k ON k.nr = l.s;
INSERT INTO signalen_signaalbetrokkene (id, signaal_id, gemeente_id, persoon_id,
    omschrijving, rol)
SELECT gen_random_uuid(), id, '{gemeente}',
       md5('p' || g || '-' || (1 + n % (1 + g % 4)))::uuid, '', 'over'
  FROM lot
"""
TABELLEN = (
    "personen_persoon",
    "personen_gezin",
    "personen_gezinslid",
    "personen_adres",
    "signalen_signaal",
    "signalen_signaalbetrokkene",
)
# Twenty rules of the kinds a municipality writes; a third looks over laws.
REGELS = (
    ('signaal.leefgebied == "financien" and gezin.signalen("school", 60) >= 1', True),
    ('gezin.signalen("financien", 90) >= 2', False),
    ('gezin.signalen("alle", 30) >= 3', True),
    ("gezin.leefgebieden(180) >= 3", True),
    ("gezin.leefgebieden(365) >= 2 and gezin.jongste < 12", True),
    ("gezin.leden_met_signaal(180) >= 2", True),
    ('signaal.soort == "verzuim" and gezin.signalen("school", 180) >= 2', False),
    ('signaal.soort in ["huurachterstand", "energieschuld"] and gezin.eenouder', False),
    ("persoon.leeftijd < 27", False),
    ("persoon.leeftijd >= 75", False),
    ('signaal.kanaal == "politie" or signaal.veiligheidsrisico', False),
    ('signaal.leefgebied == "gezondheid" and persoon.leeftijd >= 70', False),
    ('persoon.signalen("financien", 180) >= 3', False),
    ('persoon.signalen("alle", 365) >= 5', True),
    ('gezin.signalen("opvoeden", 365) >= 1 and gezin.jongste < 6', False),
    ('gezin.leden >= 4 and gezin.signalen("wonen", 90) >= 1', True),
    ("not signaal.van_organisatie and gezin.jongste < 4", False),
    ('gezin.signalen("financien", 60) + gezin.signalen("wonen", 60) >= 3', True),
    ('gezin.signalen("netwerk", 365) == 0 and persoon.leeftijd >= 80', False),
    ('signaal.wet == "wgs" and not (gezin.eenouder or gezin.leden >= 5)', False),
)


def fill(owner: Any, signalen: int, gezinnen: int) -> None:
    """Gezinnen and signals in bulk; what guards single rows is off."""
    owner.execute("SET synchronous_commit = off")
    owner.execute(
        "INSERT INTO personen_gemeente VALUES (%s, 'Meting') ON CONFLICT DO NOTHING",
        [GEMEENTE],
    )
    for tabel in TABELLEN:
        for (trigger,) in owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal",
            [tabel],
        ).fetchall():
            owner.execute(f'ALTER TABLE {tabel} DISABLE TRIGGER "{trigger}"')
        for (beperking,) in owner.execute(
            "SELECT conname FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('x', 'f')",
            [tabel],
        ).fetchall():
            owner.execute(f"ALTER TABLE {tabel} DROP CONSTRAINT {beperking}")
    (soorten,) = owner.execute("SELECT count(*) FROM signalen_signaalsoort").fetchone()
    # A year, and the half year before it that rules look back to.
    maten = {
        "gemeente": GEMEENTE,
        "gezinnen": gezinnen,
        "signalen": signalen * 3 // 2,
        "soorten": soorten,
        "jaar": JAAR,
        "dagen": 547.5,
        "dagen_ervoor": 182.5,
    }
    for deel in (PERSONEN, LEDEN, SIGNALEN):
        for opdracht in deel.format(**maten).split(";\n"):
            owner.execute(opdracht)
    for tabel in TABELLEN:
        owner.execute(f"VACUUM ANALYZE {tabel}")


def rules() -> list[Any]:
    """The twenty, as they would be in force."""
    from samenloop.signalen.regels.motor import Regelkern

    return [
        Regelkern(
            UUID(int=nummer),
            1,
            f"Regel {nummer}",
            uitdrukking,
            5 + nummer,
            over_wetten=over,
            grond=GROND if over else "",
        )
        for nummer, (uitdrukking, over) in enumerate(REGELS, start=1)
    ]


def one_by_one(ids: list[UUID], regels: list[Any]) -> tuple[float, dict[UUID, int]]:
    """Seconds, and the weight of each, weighed as live."""
    from samenloop.core import gemeentegrens
    from samenloop.signalen import feiten
    from samenloop.signalen.regels.motor import weigh

    gewichten = {}
    begin = time.perf_counter()
    for wie in ids:
        with gemeentegrens.within(GEMEENTE):
            (beeld,) = feiten.collect([wie], regels)
        gewichten[wie] = weigh(beeld, regels, 30).gewicht
    return time.perf_counter() - begin, gewichten


def bulk_weights(regels: list[Any]) -> dict[UUID, int]:
    """The weight of every signal of one month, from the columns."""
    from samenloop.core import gemeentegrens
    from samenloop.signalen.regels import bron
    from samenloop.signalen.regels.motor import needed
    from samenloop.signalen.regels.tabel import weigh_all

    with gemeentegrens.within(GEMEENTE):
        tabel, rond = bron.source().collect_period(
            GEMEENTE, date(JAAR, 10, 1), date(JAAR, 11, 1), needed(regels)
        )
    gewogen = weigh_all(tabel, regels, 30)
    return dict(zip(rond.ids, gewogen.gewicht.tolist(), strict=True))


def main() -> int:
    """Fill, run, compare; returns 1 when a weight differs."""
    keuzes = argparse.ArgumentParser(description=__doc__)
    keuzes.add_argument("--signalen", type=int, default=500_000)
    keuzes.add_argument("--gezinnen", type=int, default=150_000)
    keuzes.add_argument("--steekproef", type=int, default=200)
    gekozen = keuzes.parse_args()
    with tempfile.TemporaryDirectory(prefix="samenloop-proef-") as folder:
        Path(folder).chmod(0o711)
        endpoint = prepare(Path(folder))
        from samenloop.core import postgres

        try:
            return measure(endpoint, gekozen)
        finally:
            postgres.release()


def measure(endpoint: Any, gekozen: argparse.Namespace) -> int:
    """Print the figures."""
    from django.db import connections

    from samenloop.core import gemeentegrens
    from samenloop.signalen.regels import proef
    from samenloop.signalen.regels.in_werking import Regelset
    from samenloop.signalen.regels.motor import Regelkern

    begin = time.perf_counter()
    with endpoint.connect(endpoint.beheer) as owner:
        fill(owner, gekozen.signalen, gekozen.gezinnen)
    print(f"fill: {time.perf_counter() - begin:.1f} s")
    regels = rules()
    concept = Regelkern(
        regels[0].regel_id, 2, "Concept", REGELS[0][0].replace("60", "90"), 15,
        over_wetten=True, grond=GROND,
    )  # fmt: skip
    opzet = proef.Opzet.of(GEMEENTE, concept, Regelset(tuple(regels), 30))
    stappen: list[float] = []
    begin = time.perf_counter()
    with gemeentegrens.within(GEMEENTE):
        telling = proef.measure(
            opzet,
            JAAR,
            lambda _procent: stappen.append(time.perf_counter() - begin),
        )
        alles = time.perf_counter() - begin
        proef.outcome(telling, opzet, JAAR)
    met_wie = time.perf_counter() - begin
    print(
        f"dry run: {telling.signalen} signals x {len(regels)} rules, twice, in"
        f" {alles:.1f} s; whom it touches too: {met_wie:.1f} s"
    )
    print(f"first step after {stappen[0]:.1f} s; changed: {telling.gewijzigd}")
    gewichten = bulk_weights(regels)
    ids = random.Random(7).sample(sorted(gewichten), gekozen.steekproef)
    seconden, los = one_by_one(ids, regels)
    per_stuk = seconden / len(ids)
    print(
        f"one by one: {1000 * per_stuk:.1f} ms each; a year of {telling.signalen}"
        f" would take {per_stuk * telling.signalen / 60:.0f} minutes"
        f" ({per_stuk * telling.signalen / met_wie:.0f} times as long)"
    )
    anders = sum(los[wie] != gewichten[wie] for wie in ids)
    print(f"weights that differ: {anders} of {len(ids)}")
    for connection in connections.all():
        connection.close()
    return 1 if anders else 0


if __name__ == "__main__":
    sys.exit(main())
