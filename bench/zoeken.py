"""How quickly a person is found among two million, with isolation and logging on.

Makes a database of its own in a folder that is thrown away, fills it with people whose
names are as skewed as Dutch ones are, and asks `personen.zoeken.search` what workers
ask: parts of names, the commonest names, birth dates, addresses, numbers. The baseline
runs the same statements as the owner of the tables, so without isolation or log.
Writes nothing but a table.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

GROOT = "GM0001"  # a quarter of everybody lives here
BORDERS = ((GROOT,), ("GM0002", "GM0003", "GM0004", "GM0005"))


def words(text: str) -> list[str]:
    return text.split()


ACHTERNAMEN = words(
    "jong jansen vries berg bakker dijk visser janssen smit meijer boer mulder groot "
    "bos vos peters hendriks leeuwen dekker brink haan jacobs maas schouten dam linden "
    "wit koster kuipers veen prins blom vermeulen beek vliet hoekstra scholten wal "
    "willems post kok hermans heuvel bosch kramer sanders bruin mol kuiper evers "
    "janse janszen jansma jongsma vriesema bergsma dijkstra postma wiersma hofstra"
)
STAMMEN = words(
    "aa bel brou dor eek fok gel haver iep jager kloos lin meer noor oost peel quak "
    "rie sla til uil vel wester zand brem dooren els groene hagen kei land nij olde"
)
UITGANGEN = words(
    "sma stra man huis veld mans ink kamp horst berg brink dijk meer huizen wijk loo "
    "ing inga ema boom beek hof daal poort werf zijl broek hout stein vink"
)
VOORNAMEN = words(
    "jan maria johannes anna cornelis johanna hendrik elisabeth willem cornelia pieter "
    "wilhelmina gerrit hendrika jacob margaretha peter catharina adriana dirk sanne "
    "thomas emma daan julia sem lotte lucas eva milan sophie levi fleur bram noor "
    "mohammed fatima ali ayse mehmet youssef nora samira kevin kim bart ilse jeroen "
    "marieke sander jesse lieke janneke jantje janine jannes jantina hans els wim"
)
TUSSEN = ("", "", "", "", "", "", "de", "van", "van de", "van den", "van der", "ter")

VUL = """
INSERT INTO personen_persoon (id, bsn_ontbreekt_reden, voornamen, voorvoegsel,
    geslachtsnaam, sorteernaam, geboortedatum, geslacht, gemeenten, geheim)
SELECT gen_random_uuid(), 'meting', initcap(v), t, initcap(a),
       a || E'\\t' || t || E'\\t' || v,
       date '1925-01-01' + (random() * 36500)::int, (1 + (random() > 0.5)::int)::text,
       ARRAY['GM' || lpad(g::text, 4, '0')]::varchar(6)[], random() < 0.01
  FROM (SELECT a.naam AS a, t.naam AS t,
               v.naam || CASE WHEN random() < 0.4 THEN ' ' || w.naam ELSE '' END AS v,
               CASE WHEN random() < 0.25 THEN 1 ELSE 2 + (random() * 38)::int END AS g
          FROM (SELECT 1 + floor({a} * random() ^ 3)::int AS ia,
                       1 + floor({t} * random())::int AS it,
                       1 + floor({v} * random() ^ 2)::int AS iv,
                       1 + floor({v} * random() ^ 2)::int AS iw
                  FROM generate_series(1, {n})) lot
          JOIN bench_naam a ON a.soort = 'a' AND a.nr = ia
          JOIN bench_naam t ON t.soort = 't' AND t.nr = it
          JOIN bench_naam v ON v.soort = 'v' AND v.nr = iv
          JOIN bench_naam w ON w.soort = 'v' AND w.nr = iw) namen
"""
ADRESSEN = """
INSERT INTO personen_adres (persoon_id, gemeente_id, geldig, bekend, straat, huisnummer,
    huisnummertoevoeging, postcode, woonplaats)
SELECT id, gemeenten[1], '[2010-01-01,)', '[2010-01-01,)', 'Dorpsstraat',
       1 + (random() * 180)::int, '',
       (1000 + (random() * 8999)::int)::text
         || chr(65 + (random() * 5)::int) || chr(65 + (random() * 5)::int), 'Plaats'
  FROM personen_persoon
"""
NUMMERS = """
INSERT INTO personen_burgerservicenummer (persoon_id, zoeksleutel, bsn)
SELECT id, encode(sha256(id::text::bytea), 'hex'), lpad(nr::text, 9, '0')
  FROM (SELECT id, row_number() OVER () AS nr FROM personen_persoon) rijen
"""


def prepare(folder: Path) -> Any:
    """A migrated database of its own; the server's ordinary settings hold."""
    os.environ["SAMENLOOP_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "samenloop.config.settings"
    os.environ.setdefault("SAMENLOOP_POSTGRES", "embedded")
    import django

    django.setup()
    from django.core.management import call_command

    from samenloop.core import postgres

    endpoint = postgres.endpoint()
    call_command("migrate", database="beheer", verbosity=0, interactive=False)
    return endpoint


def fill(owner: Any, aantal: int) -> None:
    """People with addresses and numbers, in bulk; what guards single rows is off."""
    achternamen = [*ACHTERNAMEN, *(s + u for s in STAMMEN for u in UITGANGEN)]
    owner.execute("SET synchronous_commit = off")
    owner.execute("CREATE TEMPORARY TABLE bench_naam (soort text, nr int, naam text)")
    for soort, namen in (("a", achternamen), ("t", TUSSEN), ("v", VOORNAMEN)):
        owner.execute(
            "INSERT INTO bench_naam SELECT %s, nr, naam"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS u (naam, nr)",
            [soort, list(namen)],
        )
    owner.execute("ANALYZE bench_naam")
    owner.execute(
        "INSERT INTO personen_gemeente SELECT 'GM' || lpad(g::text, 4, '0'),"
        " 'Gemeente ' || g FROM generate_series(1, 40) g ON CONFLICT DO NOTHING"
    )
    for tabel in ("persoon", "burgerservicenummer", "adres"):
        for (trigger,) in owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND NOT tgisinternal AND tgname NOT LIKE 'samenloop_naamdelen%%'",
            [f"personen_{tabel}"],
        ).fetchall():
            owner.execute(f'ALTER TABLE personen_{tabel} DISABLE TRIGGER "{trigger}"')
    for beperking in ("versies", "een_tegelijk"):
        owner.execute(
            f"ALTER TABLE personen_adres DROP CONSTRAINT personen_adres_{beperking}"
        )
    per_keer = 100_000
    maten = {"a": len(achternamen), "t": len(TUSSEN), "v": len(VOORNAMEN)}
    for _ in range(0, aantal, per_keer):
        owner.execute(VUL.format(n=min(per_keer, aantal), **maten))
    owner.execute(ADRESSEN)
    owner.execute(NUMMERS)
    for tabel in ("persoon", "naamdeel", "adres", "burgerservicenummer"):
        owner.execute(f"VACUUM ANALYZE personen_{tabel}")


def questions(owner: Any, rng: random.Random) -> dict[str, list[tuple[Any, Any]]]:
    """Kinds of questions, each a list of (border, question)."""
    from samenloop.personen.zoeken import Zoekvraag

    def people(waar: tuple[str, ...], aantal: int) -> list[Any]:
        return owner.execute(
            "SELECT p.geslachtsnaam, p.voorvoegsel, p.voornamen, p.geboortedatum,"
            " a.postcode, a.huisnummer FROM personen_persoon p TABLESAMPLE SYSTEM (1)"
            " JOIN personen_adres a ON a.persoon_id = p.id"
            " WHERE p.gemeenten && %s::varchar(6)[] LIMIT %s",
            [list(waar), aantal],
        ).fetchall()

    erg = [
        "de vries", "jan", "de jong", "van den berg", "maria", "ja", "va", "de", "van",
        "jansen", "jan jansen", "van der", "ma jo", "j de vries", "anna maria", "be",
        "jo", "mohammed de", "smit anna", "el", "w de boer", "jan van dijk",
    ]  # fmt: skip
    soorten: dict[str, list[tuple[Any, Any]]] = {
        "commonest names": [
            (waar, Zoekvraag(naam=naam)) for waar in BORDERS for naam in erg
        ]
    }
    delen: list[tuple[Any, Any]] = []
    vol: list[tuple[Any, Any]] = []
    dagen: list[tuple[Any, Any]] = []
    adressen: list[tuple[Any, Any]] = []
    for waar in BORDERS:
        for achter, tussen, voor, geboren, postcode, nummer in people(waar, 40):
            begin = achter[: rng.randint(3, 5)]
            delen.append((waar, Zoekvraag(naam=f"{begin} {voor[:3]}")))
            vol.append((waar, Zoekvraag(naam=f"{voor} {tussen} {achter}")))
            dagen.append((waar, Zoekvraag(geboortedatum=geboren)))
            dagen.append((waar, Zoekvraag(naam=begin, geboortedatum=geboren)))
            adressen.append((waar, Zoekvraag(postcode=postcode, huisnummer=nummer)))
    return soorten | {
        "parts of two names": delen,
        "full names": vol,
        "birth dates": dagen,
        "postcode and number": adressen,
        "nobody": [(w, Zoekvraag(naam=n)) for w in BORDERS for n in ("xqz", "jan xqz")],
    }


def isolated(waar: tuple[str, ...], vraag: Any) -> list[tuple[str, Any]]:
    """Search as a worker does; returns the statements it took for the baseline."""
    from django.db import connection

    from samenloop.access.actor import Actor, ActorSoort
    from samenloop.access.rollen import Rol
    from samenloop.core import gemeentegrens
    from samenloop.personen import zoeken

    wie = Actor(
        ActorSoort.MEDEWERKER, "1", "Meting", waar[0], frozenset({Rol.CONSULENT})
    )
    opdrachten: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "personen_" in sql and not sql.lstrip().startswith(("INSERT", "WITH")):
            opdrachten.append((sql, params))
        return execute(sql, params, many, context)

    with gemeentegrens.within(*waar), connection.execute_wrapper(note):
        zoeken.search(wie, vraag)
    return opdrachten


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = work()
    return (time.perf_counter() - begin) * 1000, result


def line(naam: str, tijden: list[float], kaal: list[float]) -> str:
    delen = []
    for reeks in (tijden, kaal):
        p95 = statistics.quantiles(reeks, n=20)[-1] if len(reeks) > 1 else reeks[0]
        delen += [statistics.median(reeks), p95, max(reeks)]
    return f"| {naam} | {len(tijden)} | " + " | ".join(f"{d:.1f}" for d in delen) + " |"


def measure(owner: Any, rng: random.Random) -> list[str]:
    soorten = questions(owner, rng)
    alle: list[float] = []
    alle_kaal: list[float] = []
    regels = []
    for waar, vraag in (vraag for lijst in soorten.values() for vraag in lijst):
        isolated(waar, vraag)  # warm, as a server that runs is
    for naam, lijst in soorten.items():
        tijden: list[float] = []
        kaal: list[float] = []
        for waar, vraag in lijst:
            ms, opdrachten = timed(lambda w=waar, v=vraag: isolated(w, v))
            tijden.append(ms)

            def bare(opdrachten: list[Any] = opdrachten) -> None:
                for sql, params in opdrachten:
                    owner.execute(sql, params).fetchall()

            bare()
            kaal.append(timed(bare)[0])
        alle += tijden
        alle_kaal += kaal
        regels.append(line(naam, tijden, kaal))
    return [*regels, line("all", alle, alle_kaal)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--personen", type=int, default=2_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="samenloop-bench-") as tijdelijk:
        folder = Path(tijdelijk)
        folder.chmod(0o711)
        endpoint = prepare(folder)
        from django.db import connections

        from samenloop.core import postgres

        try:
            with endpoint.connect(endpoint.beheer) as owner:
                begin = time.perf_counter()
                fill(owner, options.personen)
                sys.stderr.write(f"filled in {time.perf_counter() - begin:.0f} s\n")
                regels = measure(owner, random.Random(1))
        finally:
            connections.close_all()
            postgres.release()
    sys.stdout.write(
        f"{options.personen} people, isolation and logging on; times in ms\n\n"
        "| questions | n | p50 | p95 | max | bare p50 | bare p95 | bare max |\n"
        "|---|---|---|---|---|---|---|---|\n" + "\n".join(regels) + "\n"
    )


if __name__ == "__main__":
    main()
