"""The kinds of provisions of the demo region, and how they tend to run.

Names are those of the publication; codes, providers and all rates are our own guess
of what is plausible and say nothing about the real region.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Soort:
    """One kind: `verloop` is the share of a stock that ends per quarter.

    `leeftijd` are the youngest and oldest age (years) on the last peildatum;
    `verlengbaar` says that youth help of this kind may go on after 18.
    """

    wet: str
    code: str
    naam: str
    verloop: float
    leeftijd: tuple[int, int]
    ouder: str = ""
    verlengbaar: bool = False


SOORTEN: tuple[Soort, ...] = (
    Soort("jeugdwet", "ambulant-ggz", "Ambulant GGZ", 0.13, (5, 17)),
    Soort("jeugdwet", "ambulant-jh", "Ambulant JH", 0.12, (4, 17), "", True),
    Soort(
        "jeugdwet",
        "dagbesteding",
        "Dagbesteding/dagbehandeling",
        0.10,
        (3, 17),
    ),
    Soort("jeugdwet", "verzorging", "Persoonlijke verzorging", 0.06, (3, 17)),
    Soort("jeugdwet", "verblijf-jh-ggz", "Verblijf JH/GGZ", 0.08, (6, 17), "", True),
    Soort(
        "jeugdwet",
        "vervoer-jeugd",
        "Vervoer naar jeugdhulpinstelling",
        0.08,
        (4, 17),
    ),
    Soort("jeugdwet", "dyslexie", "Dyslexie (EED)", 0.15, (8, 13)),
    Soort("jeugdwet", "cluster", "Clusters en integrale trajecten", 0.14, (4, 17)),
    Soort("jeugdwet", "jb-jr", "JB/JR en JZ plus", 0.08, (2, 17), "", True),
    Soort("jeugdwet", "crisis", "Crisis", 0.70, (4, 17)),
    Soort("jeugdwet", "verblijf-lvg", "Verblijf LVG", 0.05, (8, 17), "", True),
    Soort("jeugdwet", "overig-jeugd", "Overig", 0.10, (4, 17)),
    Soort("wmo", "begeleiding", "Begeleiding", 0.0, (19, 85)),
    Soort(
        "wmo",
        "begeleiding-groep",
        "Begeleiding groep",
        0.07,
        (24, 90),
        "begeleiding",
    ),
    Soort(
        "wmo",
        "begeleiding-individueel",
        "Begeleiding individueel",
        0.08,
        (20, 80),
        "begeleiding",
    ),
    Soort(
        "wmo",
        "begeleiding-overig",
        "Begeleiding overig",
        0.09,
        (24, 85),
        "begeleiding",
    ),
    Soort("wmo", "huishoudelijke-hulp", "Huishoudelijke hulp", 0.05, (45, 96)),
    Soort("wmo", "overige-wmo", "Overige voorzieningen", 0.04, (40, 95)),
    Soort("wmo", "rolstoel", "Rolstoel", 0.025, (40, 97)),
    Soort("wmo", "vervoer", "Vervoer", 0.02, (40, 97)),
    Soort("wmo", "woon", "Woon", 0.02, (40, 97)),
)

PER_CODE: dict[str, Soort] = {soort.code: soort for soort in SOORTEN}


def van(wet: str) -> dict[str, Soort]:
    """Return the kinds of one wet by name."""
    return {soort.naam: soort for soort in SOORTEN if soort.wet == wet}


# The publication's providers are left out: these exist nowhere. An AGB code starts
# with the kind of care, and 00 is no kind of care.
AANBIEDERS: dict[str, tuple[tuple[str, str], ...]] = {
    "jeugdwet": (
        ("00000101", "Jeugdpraktijk De Wierde"),
        ("00000102", "Jeugd-ggz Noorderlicht"),
        ("00000103", "Gezinshulp Het Maar"),
        ("00000104", "Behandelcentrum Kwelder"),
        ("00000105", "Leerpraktijk Letterland"),
        ("00000106", "Pleeg- en gezinshuis De Terp"),
        ("00000107", "Jeugdbescherming Wad en Wierde"),
    ),
    "wmo": (
        ("00000201", "Thuishulp De Klaproos"),
        ("00000202", "Zorg aan Huis Hoogland"),
        ("00000203", "Hulpmiddelenhuis Noord"),
        ("00000204", "Reizen met Zorg"),
        ("00000205", "Woonaanpassing Het Steunpunt"),
        ("00000206", "Dagcentrum De Borg"),
        ("00000207", "Begeleiding Samen Verder"),
    ),
}

AANBIEDERS_PER_SOORT: dict[str, tuple[str, ...]] = {
    "ambulant-ggz": ("00000101", "00000102", "00000104"),
    "ambulant-jh": ("00000101", "00000103"),
    "dagbesteding": ("00000104", "00000103"),
    "verzorging": ("00000103",),
    "verblijf-jh-ggz": ("00000104", "00000106"),
    "vervoer-jeugd": ("00000103", "00000104"),
    "dyslexie": ("00000105",),
    "cluster": ("00000103", "00000104"),
    "jb-jr": ("00000107",),
    "crisis": ("00000104", "00000106"),
    "verblijf-lvg": ("00000106",),
    "overig-jeugd": ("00000103",),
    "begeleiding-groep": ("00000206", "00000207"),
    "begeleiding-individueel": ("00000207", "00000202"),
    "begeleiding-overig": ("00000207",),
    "huishoudelijke-hulp": ("00000201", "00000202"),
    "overige-wmo": ("00000203",),
    "rolstoel": ("00000203",),
    "vervoer": ("00000204", "00000203"),
    "woon": ("00000205",),
}

_JEUGD = (
    ("huisarts", 48),
    ("gemeentelijke toegang", 32),
    ("medisch specialist", 8),
    ("jeugdarts", 7),
    ("", 5),
)
_VERWIJZERS: dict[str, tuple[tuple[str, int], ...]] = {
    "jb-jr": (("rechter", 60), ("gecertificeerde instelling", 40)),
    "verblijf-jh-ggz": (
        ("gemeentelijke toegang", 45),
        ("gecertificeerde instelling", 35),
        ("huisarts", 12),
        ("medisch specialist", 8),
    ),
    "dyslexie": (("gemeentelijke toegang", 70), ("huisarts", 25), ("", 5)),
    "crisis": (
        ("gemeentelijke toegang", 40),
        ("gecertificeerde instelling", 35),
        ("huisarts", 25),
    ),
}
_WMO = (("gemeentelijke toegang", 88), ("huisarts", 6), ("wijkverpleging", 4), ("", 2))


def verwijzers(soort: Soort) -> tuple[tuple[str, int], ...]:
    """Return who may have referred for this kind, with weights; empty: unknown."""
    if soort.wet == "wmo":
        return _WMO
    return _VERWIJZERS.get(soort.code, _JEUGD)
