"""A monitor to write reports from: the published figures, and invented ones beside.

It goes straight from the published numbers to a `Monitor`, so tests of the report do
not wait for records or a computation. What was never published (stacking, flow,
referrers, objections) follows from simple sums that balance.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import samenloop
from samenloop.monitor.uitkomst import (
    Afkeur,
    Bestandstelling,
    Kwaliteit,
    Kwartaal,
    Monitor,
    Status,
    Tabel,
)

_BRON = Path(samenloop.__file__).parent / "demo" / "gepubliceerd"
GEMEENTEN = {
    "GM0005": "Bedum",
    "GM0053": "Winsum",
    "GM1651": "Eemsmond",
    "GM1663": "De Marne",
    "Totaal": "Totaal",
}
PEILDATA = ["2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31"]
KWARTALEN = [str(kwartaal) for kwartaal in Kwartaal(2017, 4).reeks(5)]
POSTEN = ("uitgaven", "budget", "tekort", "vangnet", "na_vangnet")


def _lees(naam: str) -> dict:
    return json.loads((_BRON / f"{naam}.json").read_text("utf-8"))


def tabel(naam: str, dimensies: Sequence[str], rijen: list, **meer) -> Tabel:
    """Return a table with texts that say enough for a test."""
    gegevens = {
        "titel": naam.replace("-", " ").capitalize(),
        "definitie": f"Wat de tabel {naam} telt, in een zin.",
        "bron": "voorzieningen",
        "eenheid": "aantal",
        "titel_en": f"Table {naam}",
        "definitie_en": f"What table {naam} counts.",
        **meer,
    }
    return Tabel(id=naam, dimensies=tuple(dimensies), rijen=rijen, **gegevens)


def _per_vorm(wet: str, cijfers: dict, kolom: str) -> list:
    rijen = []
    totalen: dict[str, list[int]] = {}
    for vorm, waarden in cijfers.items():
        if vorm == "Totaal":
            continue
        for wat, reeks in waarden.items():
            naam = GEMEENTEN.get(wat, wat) if kolom == "gemeente" else wat
            som = totalen.setdefault(naam, [0] * 4)
            for i, (dag, waarde) in enumerate(zip(PEILDATA, reeks, strict=True)):
                som[i] += waarde
                rijen.append((wet, vorm, naam, dag, waarde))
    if kolom == "gemeente":
        bekend = [som for naam, som in totalen.items() if naam != "Totaal"]
        over = [totalen["Totaal"][i] - sum(som[i] for som in bekend) for i in range(4)]
        if any(over):
            totalen = {**totalen, "onbekend": over}
    for naam, som in totalen.items():
        rijen += [
            (wet, "Totaal", naam, d, w) for d, w in zip(PEILDATA, som, strict=True)
        ]
    return rijen


def _klanten(wet: str, cijfers: dict) -> list:
    maten = dict(
        zip(
            ("clienten", "huishoudens", "voorzieningen"),
            cijfers.values(),
            strict=True,
        )
    )
    return [
        (wet, GEMEENTEN[code], maat, dag, waarde - (3 - i) * (waarde // 100))
        for code in GEMEENTEN
        for maat, waarden in maten.items()
        for i, dag in enumerate(PEILDATA)
        for waarde in [waarden[code]]
    ]


def _in_euro(bedrag: int) -> int:
    return bedrag * 100


def monitor() -> Monitor:
    """Return the monitor of the region BMWE over the fourth quarter of 2017."""
    wetten = {wet: _lees(f"{wet}-2017q4") for wet in ("jeugdwet", "wmo")}
    casussen = _lees("casussen-2017q4")
    werk, buig = _lees("participatiewet-2017"), _lees("buig-2017")
    tabellen: list[Tabel] = []
    soorten, gemeenten, klanten, aandeel = [], [], [], []
    boom: dict[str, list[tuple[str, int]]] = {}
    for wet, cijfers in wetten.items():
        soorten += _per_vorm(wet, cijfers["soorten"], "soort")
        gemeenten += _per_vorm(wet, cijfers["gemeenten"], "gemeente")
        sleutel = next(naam for naam in cijfers if naam.startswith(("klant", "ken")))
        klanten += _klanten(wet, cijfers[sleutel])
        namen = dict.fromkeys(
            soort
            for vorm in cijfers["soorten"].values()
            if isinstance(vorm, dict)
            for soort in vorm
            if soort != "Totaal"
        )
        boom[wet] = [
            (naam, 1 if naam.startswith("Begeleiding ") else 0) for naam in namen
        ]
        for i, naam in enumerate(GEMEENTEN.values()):
            procent = 13.5 if naam == "Totaal" else 12.0 + i
            if wet == "jeugdwet":
                procent /= 3
            aandeel += [(wet, naam, dag, round(procent, 1)) for dag in PEILDATA]
    tabellen += [
        tabel(
            "actieve-voorzieningen-soort",
            ("wet", "vorm", "soort", "peildatum"),
            soorten,
        ),
        tabel(
            "actieve-voorzieningen-gemeente",
            ("wet", "vorm", "gemeente", "peildatum"),
            gemeenten,
        ),
        tabel("klanten", ("wet", "gemeente", "maat", "peildatum"), klanten),
        tabel(
            "aandeel-huishoudens",
            ("wet", "gemeente", "peildatum"),
            aandeel,
            eenheid="procent",
        ),
    ]
    for naam, sleutel in (
        ("caseload", "caseload"),
        ("nieuwe-casussen", "nieuw"),
        ("afgeronde-casussen", "afgerond"),
    ):
        rijen = [
            (GEMEENTEN[code], soort, waarde)
            for soort, waarden in casussen[sleutel].items()
            for code, waarde in waarden.items()
        ]
        tabellen.append(tabel(naam, ("gemeente", "type"), rijen))
    tabellen += [*_uitkeringen(werk), _begroting(buig), *_verzonnen()]
    return Monitor(
        kwartaal="2017Q4",
        peildata=list(PEILDATA),
        regio="BMWE",
        gemeenten=[naam for naam in GEMEENTEN.values() if naam != "Totaal"],
        status=Status.VOORLOPIG,
        bekend_op=None,
        geleverd=[naam for naam in GEMEENTEN.values() if naam != "Totaal"],
        tabellen={tabel.id: tabel for tabel in tabellen},
        afwezig={},
        kwaliteit=Kwaliteit(
            [
                Bestandstelling("voorzieningen", 25312, 25301, 11),
                Bestandstelling("casussen", 645, 645, 0),
            ],
            [
                Afkeur(
                    "voorzieningen",
                    "client",
                    "bsn",
                    11,
                    "Dit is geen BSN: het getal voldoet niet aan de elfproef.",
                    413,
                )
            ],
            [{"bestand": "voorzieningen", "kolom": "gemeente", "aantal": 2}],
        ),
        toelichting={
            "jeugdwet": "Vervoer staat nu **apart**; eerder viel het onder Overig.",
            "wmo": "# Kop\n\nEen lijst:\n\n- huishoudelijke hulp\n- begeleiding",
        },
        boom=boom,
        invoer={"voorzieningen.csv": "9f" * 32, "casussen.csv": "0a" * 32},
        opmerkingen=["Het laatste peilmoment valt waarschijnlijk nog iets hoger uit."],
    )


def _uitkeringen(werk: dict) -> list[Tabel]:
    namen = ["Bedum", "Winsum", "Eemsmond", "De Marne"]
    stand = {"Bedum": 160, "Winsum": 281, "Eemsmond": 472, "De Marne": 313}
    standen, stromen = [], []
    totaal_in = dict.fromkeys([*KWARTALEN[1:], "Totaal"], 0)
    totaal_uit: dict[tuple[str, str], int] = {}
    totalen = dict.fromkeys(KWARTALEN, 0)
    for nummer, naam in enumerate(namen):
        nu = stand[naam]
        standen.append((naam, KWARTALEN[0], nu))
        totalen[KWARTALEN[0]] += nu
        som_in = 0
        som_uit = {"werk": 0, "verhuizing": 0, "Totaal": 0}
        for i, kwartaal in enumerate(KWARTALEN[1:]):
            erbij = 20 + 3 * nummer + i
            werkt, weg = 8 + 2 * nummer, 13 + i + nummer + (2 if nummer % 2 else 0)
            eruit = werkt + weg
            nu += erbij - eruit
            standen.append((naam, kwartaal, nu))
            totalen[kwartaal] += nu
            stromen.append((naam, "instroom", "Totaal", kwartaal, erbij))
            som_in += erbij
            totaal_in[kwartaal] += erbij
            delen = (("werk", werkt), ("verhuizing", weg), ("Totaal", eruit))
            for reden, aantal in delen:
                stromen.append((naam, "uitstroom", reden, kwartaal, aantal))
                som_uit[reden] += aantal
                sleutel = (reden, kwartaal)
                totaal_uit[sleutel] = totaal_uit.get(sleutel, 0) + aantal
        stromen.append((naam, "instroom", "Totaal", "Totaal", som_in))
        totaal_in["Totaal"] += som_in
        for reden, aantal in som_uit.items():
            stromen.append((naam, "uitstroom", reden, "Totaal", aantal))
            sleutel = (reden, "Totaal")
            totaal_uit[sleutel] = totaal_uit.get(sleutel, 0) + aantal
    standen += [("Totaal", kwartaal, n) for kwartaal, n in totalen.items()]
    stromen += [("Totaal", "instroom", "Totaal", k, n) for k, n in totaal_in.items()]
    stromen += [("Totaal", "uitstroom", r, k, n) for (r, k), n in totaal_uit.items()]
    naar_werk = []
    for code, waarden in werk["naar_werk"].items():
        for maat, reeks in waarden.items():
            factor = 1 if maat == "personen" else 100
            for spoor, waarde in enumerate(reeks, 1):
                rij = (GEMEENTEN[code], str(spoor), maat, waarde * factor)
                naar_werk.append(rij)
            rij = (GEMEENTEN[code], "Totaal", maat, sum(reeks) * factor)
            naar_werk.append(rij)
    return [
        tabel("uitkeringen", ("gemeente", "periode"), standen, bron="uitkeringen"),
        tabel(
            "in-en-uitstroom",
            ("gemeente", "richting", "reden", "periode"),
            stromen,
            bron="uitkeringen",
        ),
        tabel(
            "uitstroom-naar-werk",
            ("gemeente", "spoor", "maat"),
            naar_werk,
            eenheden={"trajectkosten": "eurocent", "loonkostensubsidie": "eurocent"},
        ),
    ]


def _begroting(buig: dict) -> Tabel:
    rijen = []
    versies = [*buig["versies"], "verschil"]
    for code, posten in buig["posten"].items():
        for post, bedragen in posten.items():
            for versie, bedrag in zip(versies, bedragen, strict=True):
                rijen.append((GEMEENTEN[code], post, versie, _in_euro(bedrag)))
    return tabel(
        "begroting",
        ("gemeente", "post", "versie"),
        rijen,
        bron="begroting",
        eenheid="eurocent",
    )


def _verzonnen() -> list[Tabel]:
    namen = list(GEMEENTEN.values())
    stapeling, aantal, bezwaren = [], [], []
    stroom, verwijzers, duur = [], [], []
    combinaties = ("jeugdwet", "wmo", "participatiewet", "jeugdwet+wmo")
    for plaats, naam in enumerate(namen):
        factor = 4 if naam == "Totaal" else 1
        for maat in ("clienten", "huishoudens"):
            for i, dag in enumerate(PEILDATA):
                for j, wetten in enumerate(combinaties):
                    n = factor * (120 + 10 * i) // (1 + j)
                    stapeling.append((naam, wetten, maat, dag, n))
                for j, hoeveel in enumerate(("1", "2", "3", "4 of meer")):
                    n = factor * (200 + i) // (1 + 2 * j)
                    aantal.append((naam, hoeveel, maat, dag, n))
        for wet in ("jeugdwet", "wmo", "Totaal"):
            keer = factor * (2 if wet == "Totaal" else 1)
            for soort in ("bezwaar", "klacht"):
                n = keer * (
                    1 if soort == "klacht" else 2 + (plaats % 2 if keer == 1 else 0)
                )
                bezwaren += [
                    (naam, wet, soort, "ingediend", n),
                    (naam, wet, soort, "afgehandeld", max(0, n - keer)),
                    (naam, wet, soort, "open", keer),
                ]
    for wet, soorten in (
        ("jeugdwet", ("Ambulant GGZ", "Ambulant JH", "Totaal")),
        ("wmo", ("Vervoer", "Begeleiding", "Begeleiding groep", "Totaal")),
    ):
        for i, soort in enumerate(soorten):
            for naam in namen:
                factor = 4 if naam == "Totaal" else 1
                begin, erbij, eruit = factor * (100 + i), factor * (20 + i), factor * 18
                for maat, n in (
                    ("begin", begin),
                    ("in", erbij),
                    ("uit", eruit),
                    ("eind", begin + erbij - eruit),
                ):
                    stroom.append((wet, soort, naam, maat, n))
            duur += [
                (wet, soort, "aantal", 72 + i),
                (wet, soort, "gemiddelde", 301.5 + 20 * i),
                (wet, soort, "mediaan", 244.0 + 10 * i),
            ]
        for i, wie in enumerate(("gemeente", "huisarts", "onbekend", "Totaal")):
            for naam in namen:
                factor = 4 if naam == "Totaal" else 1
                for j, dag in enumerate(PEILDATA):
                    n = factor * (300 - 90 * i + j) if wie != "Totaal" else factor * 633
                    verwijzers.append((wet, wie, naam, dag, n))
    return [
        tabel("stapeling", ("gemeente", "wetten", "maat", "peildatum"), stapeling),
        tabel("stapeling-aantal", ("gemeente", "aantal", "maat", "peildatum"), aantal),
        tabel(
            "in-en-uitstroom-voorzieningen",
            ("wet", "soort", "gemeente", "maat"),
            stroom,
        ),
        tabel("verwijzers", ("wet", "verwijzer", "gemeente", "peildatum"), verwijzers),
        tabel(
            "duur",
            ("wet", "soort", "maat"),
            duur,
            eenheid="dagen",
            eenheden={"aantal": "aantal"},
        ),
        tabel(
            "bezwaren", ("gemeente", "wet", "soort", "maat"), bezwaren, bron="bezwaren"
        ),
    ]
