"""Days on which things become known, in the demo region.

Registration runs late now and then, as it does in reality; everything is known on the
day of delivery. Days next to the end of a quarter are avoided.
"""

from datetime import date, timedelta
from random import Random

LEVERDATUM = date(2018, 2, 9)


def geregistreerd(rng: Random, aanvraag: date | None, start: date) -> date:
    """Return when a fact became known: around its start, sometimes months later.

    Never before it was applied for and never after the delivery.
    """
    lot = rng.random()
    if lot < 0.62:
        dagen = rng.randint(-14, 7)
    elif lot < 0.92:
        dagen = rng.randint(8, 35)
    else:
        dagen = rng.randint(36, 100)
    dag = start + timedelta(days=dagen)
    if aanvraag is not None:
        dag = max(dag, aanvraag + timedelta(days=1))
    return min(dag, LEVERDATUM)


def naast_kwartaaleinde(dag: date) -> date:
    """Return the day itself, or one a few days earlier if a quarter ends nearby."""
    for afstand in (-1, 0, 1):
        buur = dag + timedelta(days=afstand)
        morgen = buur + timedelta(days=1)
        if morgen.day == 1 and morgen.month in (1, 4, 7, 10):
            return dag - timedelta(days=4)
    return dag
