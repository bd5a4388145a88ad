"""Hand-made and random leveringen for the tests of the figures, as typed tables.

They go around the reader and the check: what the figures get is rows with exactly the
columns of the format, and `_regel`.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa

from samenloop.monitor.formaat import BESTANDEN, Type

Rij = dict[str, Any]
Levering = Mapping[str, Sequence[Rij]]

_TYPEN = {
    Type.TEKST: pa.string(),
    Type.GEHEEL: pa.int64(),
    Type.BEDRAG: pa.int64(),
    Type.DATUM: pa.date32(),
}
GEMEENTEN = [
    {"gemeente": "GM0005", "naam": "Bedum", "regio": "BMWE", "huishoudens": 40},
    {"gemeente": "GM0053", "naam": "Winsum", "regio": "BMWE", "huishoudens": 60},
]
SOORTEN = [
    {"wet": wet, "soort": soort, "naam": naam, "ouder": ouder}
    for wet in ("wmo", "jeugdwet", "participatiewet")
    for soort, naam, ouder in (
        ("A", "Begeleiding", None),
        ("A1", "Individueel", "A"),
        ("A2", "Groep", "A"),
        ("A11", "Groep", "A1"),
        ("B", "Vervoer", None),
    )
]


def volledig(levering: Levering) -> dict[str, list[Rij]]:
    """Add the required files and the order of delivery."""
    basis: dict[str, Sequence[Rij]] = {
        "voorzieningen": [],
        "soorten": SOORTEN,
        "gemeenten": GEMEENTEN,
        **levering,
    }
    return {
        bestand: [
            {
                **{kolom.naam: None for kolom in BESTANDEN[bestand].kolommen},
                "_regel": nummer,
                **rij,
            }
            for nummer, rij in enumerate(rijen, start=1)
        ]
        for bestand, rijen in basis.items()
    }


def als_tabellen(levering: Levering) -> dict[str, ibis.Table]:
    """Make typed tables of the rows, as the check hands them over."""
    tabellen = {}
    for bestand, rijen in volledig(levering).items():
        kolommen = [(k.naam, _TYPEN[k.type]) for k in BESTANDEN[bestand].kolommen]
        schema = pa.schema([*kolommen, ("_regel", pa.int64())])
        tabellen[bestand] = ibis.memtable(pa.Table.from_pylist(rijen, schema=schema))
    return tabellen


def voorziening(**kolommen: Any) -> Rij:
    """A provision under the Wmo in Bedum that runs since 2015, unless told."""
    return {
        "gemeente": "GM0005",
        "client": "999900006",
        "huishouden": "H1",
        "wet": "wmo",
        "soort": "B",
        "vorm": "zin",
        "startdatum": date(2015, 1, 1),
        **kolommen,
    }


def willekeurig(zaad: int, aantal: int = 300) -> dict[str, list[Rij]]:
    """A random levering with many dates on and next to the peildata of 2017."""
    kans = random.Random(zaad)
    grenzen = [
        dag + timedelta(verschil)
        for dag in (
            date(2016, 12, 31),
            date(2017, 3, 31),
            date(2017, 6, 30),
            date(2017, 9, 30),
            date(2017, 12, 31),
        )
        for verschil in (-1, 0, 1)
    ]

    def een_dag() -> date:
        if kans.random() < 0.6:
            return kans.choice(grenzen)
        return date(2016, 6, 1) + timedelta(kans.randrange(700))

    def periode() -> Rij:
        start, einde = sorted((een_dag(), een_dag()))
        return {
            "startdatum": start,
            "einddatum": einde if kans.random() < 0.7 else None,
            "geregistreerd_op": kans.choice((None, start, een_dag())),
        }

    gemeenten = ("GM0005", "GM0053", "GM1663", None)

    def wie() -> Rij:
        return {
            "gemeente": kans.choice(gemeenten),
            "client": f"c{kans.randrange(aantal // 3)}",
            "huishouden": kans.choice((None, *(f"h{i}" for i in range(aantal // 4)))),
        }

    wetten = ("wmo", "jeugdwet", "participatiewet")
    return {
        "voorzieningen": [
            {
                **wie(),
                **periode(),
                "wet": kans.choice(wetten),
                "soort": kans.choice(("A", "A1", "A2", "A11", "B")),
                "vorm": kans.choice(("zin", "pgb", "toeslag", None)),
                "verwijzer": kans.choice(("huisarts", "gemeente", None)),
            }
            for _ in range(aantal)
        ],
        "casussen": [
            {
                **wie(),
                **periode(),
                "casus": f"k{kans.randrange(aantal // 3)}",
                "type": kans.choice(("Basis", "Licht", "Werkvoorraad")),
            }
            for _ in range(aantal // 2)
        ],
        "uitkeringen": [
            {
                **wie(),
                **periode(),
                "spoor": kans.choice((1, 2, 3, None)),
                "reden_einde": kans.choice(("werk", "verhuizing", None)),
            }
            for _ in range(aantal // 2)
        ],
        "trajecten": [
            {
                "gemeente": kans.choice(gemeenten),
                "client": f"c{nummer}",
                "spoor": kans.choice((1, 2, 3)),
                "datum": een_dag(),
                "trajectkosten": kans.choice((None, kans.randrange(10**7))),
                "loonkostensubsidie": kans.choice((None, kans.randrange(10**7))),
            }
            for nummer in range(aantal // 5)
        ],
        "begroting": [
            {
                "gemeente": gemeente,
                "jaar": jaar,
                "post": post,
                "versie": versie,
                "bedrag": kans.randrange(-(10**9), 10**9),
            }
            for versie in ("primair", "najaarsnota", "jaarrekening")
            for gemeente in gemeenten
            for post in ("uitgaven", "budget")
            for jaar in (2016, 2017)
            if kans.random() < 0.7
        ],
        "bezwaren": [
            {
                "gemeente": kans.choice(gemeenten),
                "wet": kans.choice((*wetten, None)),
                "soort": kans.choice(("bezwaar", "klacht")),
                "ingediend_op": (dagen := sorted((een_dag(), een_dag())))[0],
                "afgehandeld_op": kans.choice((None, dagen[1])),
            }
            for _ in range(aantal // 4)
        ],
        "soorten": SOORTEN,
        "gemeenten": [
            {**rij, "huishoudens": rij["huishoudens"] + extra, "peildatum": dag}
            for rij in GEMEENTEN
            for dag, extra in ((date(2017, 7, 1), 0), (date(2017, 1, 1), 3))
        ]
        + [{"gemeente": "GM1663", "naam": "De Marne", "regio": "BMWE"}],
    }
