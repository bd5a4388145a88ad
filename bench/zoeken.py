"""How quickly a person is found among two million, with isolation and logging on.

Makes a database of its own (`bench.vulling`; `--map` keeps it) with people whose names
are as skewed as Dutch ones are, and asks `personen.zoeken.search` what workers
ask: parts of names, the commonest names, birth dates, addresses, numbers. The baseline
runs the same statements as the owner of the tables, so without isolation or log.
Writes nothing but a table.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.vulling import opened, prepare

__all__ = ["prepare"]

GROOT = "GM0001"  # a quarter of everybody lives here
BORDERS = ((GROOT,), ("GM0002", "GM0003", "GM0004", "GM0005"))


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
    parser.add_argument("--map", help="keep the database here, or use it again")
    options = parser.parse_args()
    with (
        opened(options.map, options.personen) as endpoint,
        endpoint.connect(endpoint.beheer) as owner,
    ):
        regels = measure(owner, random.Random(1))
    sys.stdout.write(
        f"{options.personen} people, isolation and logging on; times in ms\n\n"
        "| questions | n | p50 | p95 | max | bare p50 | bare p95 | bare max |\n"
        "|---|---|---|---|---|---|---|---|\n" + "\n".join(regels) + "\n"
    )


if __name__ == "__main__":
    main()
