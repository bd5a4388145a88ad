"""Provisions that run today in the demo region, with the peak of practice in them.

The published figures are of 2017; a team leader of today looks a year ahead. So people
who had support then are granted it again, by decisions of a half, one or two years, of
which many were given together and so end together, some seven months from now.
"""

from datetime import date, timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core import klok
from samenloop.voorzieningen.models import Voorziening

# How many decisions end in each of the coming months, per hundred.
_PER_MAAND = (5, 5, 6, 5, 7, 7, 40, 5, 4, 6, 5, 5)
AANTAL = {"GM1651": 180, "GM1663": 60}


def grant(gemeente: str) -> int:
    """Grant support of today in a municipality (CBS code); how many decisions."""
    rng = Random(f"heden/{gemeente}")  # noqa: S311 (no secret)
    vandaag = klok.today()
    eerder = list(
        Voorziening.objects.current()
        .filter(gemeente=gemeente, geldig__upper_inf=True, aanbieder__isnull=False)
        .select_related("product")
        .order_by("kenmerk")
    )
    rng.shuffle(eerder)
    nieuw = []
    for vorige in eerder[: AANTAL.get(gemeente, 0)]:
        (over,) = rng.choices(range(1, 13), _PER_MAAND)
        eind = _day_in(rng, vandaag, (vandaag.month + over - 1) % 12 + 1)
        start = eind - timedelta(days=rng.choice((182, 364, 364, 729)))
        while start > vandaag:
            start -= timedelta(days=182)
        nieuw.append(
            Voorziening(
                betrokkene_id=vorige.betrokkene_id,
                gezaghebbende_id=vorige.gezaghebbende_id,
                gemeente_id=gemeente,
                huishouden_id=vorige.huishouden_id,
                postcode=vorige.postcode,
                product_id=vorige.product_id,
                vorm=vorige.vorm,
                aanbieder_id=vorige.aanbieder_id,
                geldig=DateRange(start, eind + timedelta(days=1)),
                bekend=DateRange(start, None),
            )
        )
    Voorziening.objects.bulk_create(nieuw)
    return len(nieuw)


def _day_in(rng: Random, vandaag: date, maand: int) -> date:
    """Return a day in that month of the coming year; many end on its last day."""
    jaar = vandaag.year + (maand <= vandaag.month)
    volgende = date(jaar + maand // 12, maand % 12 + 1, 1)
    if rng.random() < 0.6:
        return volgende - timedelta(days=1)
    return volgende - timedelta(days=rng.randint(2, 27))
