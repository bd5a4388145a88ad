"""The same tables in pandas, vectorised, as a policy analyst would write them.

Categories for what repeats, one long frame of the stock on the four peildata, and a
group-by per margin.
"""

import sys
import time
from collections.abc import Sequence
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pandas as pd

from bench.uitslag import Cellen, schrijf

PEIL = [pd.Timestamp(2017, m, d) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))]
P0, P3, P4 = pd.Timestamp(2016, 12, 31), PEIL[2], PEIL[3]
NOOIT = pd.Timestamp(2200, 1, 1)
KWARTALEN = {f"2017Q{i + 1}": (([P0, *PEIL])[i], PEIL[i]) for i in range(4)}
PERIODEN = {**KWARTALEN, "Totaal": (P0, P4)}

Frame = Any


def marges(
    rijen: Frame, vast: Sequence[str], totaal: Sequence[str], meet: Any
) -> Frame:
    """Group by every subset of the margins; what is left out becomes Totaal."""
    delen = []
    deelverzamelingen = chain.from_iterable(
        combinations(totaal, n) for n in range(len(totaal) + 1)
    )
    for deel in deelverzamelingen:
        sleutel = [*vast, *deel]
        if sleutel:
            uit = meet(rijen.groupby(sleutel, observed=True)).rename("n").reset_index()
        else:
            uit = pd.DataFrame({"n": [meet(rijen.groupby(lambda _: 0)).iloc[0]]})
        for kolom in sleutel:
            uit[kolom] = uit[kolom].astype(str)
        for kolom in set(totaal) - set(deel):
            uit[kolom] = "Totaal"
        delen.append(uit)
    return pd.concat(delen, ignore_index=True)


def cellen(rijen: Frame, *dimensies: str) -> Cellen:
    kolommen = [rijen[naam].astype(str) for naam in dimensies]
    return dict(zip(zip(*kolommen, strict=True), rijen["n"].tolist(), strict=True))


def aantal(groep: Any) -> Any:
    return groep.size()


def som(kolom: str) -> Any:
    return lambda groep: groep[kolom].sum()


def uniek(kolom: str) -> Any:
    return lambda groep: groep[kolom].nunique()


def stand(rijen: Frame, dag: Any) -> Frame:
    return rijen[(rijen.startdatum <= dag) & (rijen.einde >= dag)]


def lees(map_: Path, naam: str, namen: dict[str, str]) -> Frame:
    rijen = pd.read_parquet(map_ / f"{naam}.parquet")
    rijen["code"] = rijen.gemeente
    rijen["gemeente"] = rijen.gemeente.map(namen).fillna("onbekend").astype("category")
    for kolom in ("startdatum", "einddatum", "datum", "ingediend_op", "afgehandeld_op"):
        if kolom in rijen:
            rijen[kolom] = pd.to_datetime(rijen[kolom])
    if "einddatum" in rijen:
        rijen["einde"] = rijen.einddatum.fillna(NOOIT)
    return rijen


def bereken(map_: Path) -> tuple[float, dict[str, Cellen]]:
    begin = time.perf_counter()
    gemeenten = pd.read_parquet(map_ / "gemeenten.parquet")
    namen = dict(zip(gemeenten.gemeente, gemeenten.naam, strict=True))
    uit: dict[str, Cellen] = {}
    v = lees(map_, "voorzieningen", namen)
    boom = _boom(pd.read_parquet(map_ / "soorten.parquet"))
    v = v[(v.startdatum <= P4) & (v.einde >= P0)]
    for kolom in ("vorm", "verwijzer"):
        v[kolom] = v[kolom].fillna("onbekend").astype("category")
    for kolom in ("wet", "soort", "client", "huishouden"):
        v[kolom] = v[kolom].astype("category")
    uitkeringen = lees(map_, "uitkeringen", namen)
    actief = pd.concat(
        [stand(v, dag).assign(peildatum=dag.date().isoformat()) for dag in PEIL]
    )
    actief["peildatum"] = actief.peildatum.astype("category")
    _voorzieningen(uit, actief, boom)
    _klanten(uit, actief, gemeenten)
    _stapeling(uit, actief, uitkeringen)
    _stroom(uit, v, boom)
    _casussen(uit, lees(map_, "casussen", namen))
    _uitkeringen(uit, uitkeringen, lees(map_, "trajecten", namen))
    _overig(uit, lees(map_, "begroting", namen), lees(map_, "bezwaren", namen))
    return time.perf_counter() - begin, uit


def _boom(soorten: Frame) -> Frame:
    eigen = soorten[["wet", "soort", "naam", "ouder"]]
    delen = [eigen[["wet", "soort", "naam"]], eigen.assign(naam="Totaal")]
    laag = eigen
    while len(laag):
        hoger = eigen[["wet", "soort", "naam", "ouder"]].rename(
            columns={"soort": "ouder", "naam": "hoger", "ouder": "nog"}
        )
        laag = laag.dropna(subset="ouder").merge(hoger, on=["wet", "ouder"])
        laag = laag[["wet", "soort", "hoger", "nog"]].rename(
            columns={"hoger": "naam", "nog": "ouder"}
        )
        delen.append(laag[["wet", "soort", "naam"]])
    return pd.concat(delen)[["wet", "soort", "naam"]].rename(columns={"naam": "label"})


def _voorzieningen(uit: dict[str, Cellen], actief: Frame, boom: Frame) -> None:
    per_soort = marges(actief, ["wet", "soort", "peildatum"], ["vorm"], aantal)
    per_label = (
        per_soort.merge(boom, on=["wet", "soort"])
        .groupby(["wet", "vorm", "label", "peildatum"])["n"]
        .sum()
        .reset_index()
    )
    uit["actieve-voorzieningen-soort"] = cellen(
        per_label, "wet", "vorm", "label", "peildatum"
    )
    vast = ["wet", "peildatum"]
    uit["actieve-voorzieningen-gemeente"] = cellen(
        marges(actief, vast, ["vorm", "gemeente"], aantal),
        *("wet", "vorm", "gemeente", "peildatum"),
    )
    uit["verwijzers"] = cellen(
        marges(actief, vast, ["verwijzer", "gemeente"], aantal),
        *("wet", "verwijzer", "gemeente", "peildatum"),
    )


def _klanten(uit: dict[str, Cellen], actief: Frame, gemeenten: Frame) -> None:
    delen = {
        maat: marges(actief, ["wet", "peildatum"], ["gemeente"], meet)
        for maat, meet in (
            ("clienten", uniek("client")),
            ("huishoudens", uniek("huishouden")),
            ("voorzieningen", aantal),
        )
    }
    samen = pd.concat([deel.assign(maat=maat) for maat, deel in delen.items()])
    uit["klanten"] = cellen(samen, "wet", "gemeente", "maat", "peildatum")
    alle = dict(zip(gemeenten.naam, gemeenten.huishoudens, strict=True))
    alle["Totaal"] = gemeenten.huishoudens.sum()
    deel = delen["huishoudens"]
    deel["alle"] = deel.gemeente.map(alle)
    deel = deel.dropna(subset="alle")
    deel["n"] = (2000 * deel.n + deel.alle) // (2 * deel.alle) / 10
    uit["aandeel-huishoudens"] = cellen(deel, "wet", "gemeente", "peildatum")


def _stapeling(uit: dict[str, Cellen], actief: Frame, uitkeringen: Frame) -> None:
    bits = {"jeugdwet": 1, "wmo": 2, "participatiewet": 4}
    namen = {
        sum(bits[wet] for wet in wetten): "+".join(sorted(wetten))
        for n in (1, 2, 3)
        for wetten in combinations(bits, n)
    }
    met = pd.concat(
        [stand(uitkeringen, dag).assign(peildatum=str(dag.date())) for dag in PEIL]
    ).assign(wet="participatiewet")
    wetten: list[Frame] = []
    aantallen: list[Frame] = []
    for maat, kolom in (("clienten", "client"), ("huishoudens", "huishouden")):
        smal = ["gemeente", "wet", kolom, "peildatum"]
        eigen = actief[smal].dropna(subset=kolom).astype(str)
        breed = pd.concat([eigen, met[smal].dropna(subset=kolom).astype(str)])
        for totaal in (False, True):
            plaats = [] if totaal else ["gemeente"]
            los = breed[[*plaats, "wet", kolom, "peildatum"]].drop_duplicates()
            los["bit"] = los.wet.map(bits)
            patroon = los.groupby([*plaats, kolom, "peildatum"])["bit"].sum()
            patroon = patroon.map(namen).rename("wetten").reset_index()
            hoeveel = eigen.groupby([*plaats, kolom, "peildatum"]).size()
            hoeveel = hoeveel.clip(upper=4).rename("aantal").reset_index()
            hoeveel["aantal"] = hoeveel.aantal.map(
                {1: "1", 2: "2", 3: "3", 4: "4 of meer"}
            )
            for lijst, rijen, naam in (
                (wetten, patroon, "wetten"),
                (aantallen, hoeveel, "aantal"),
            ):
                telling = rijen.groupby([*plaats, naam, "peildatum"]).size()
                telling = telling.rename("n").reset_index().assign(maat=maat)
                lijst.append(telling.assign(gemeente="Totaal") if totaal else telling)
    uit["stapeling"] = cellen(
        pd.concat(wetten), "gemeente", "wetten", "maat", "peildatum"
    )
    uit["stapeling-aantal"] = cellen(
        pd.concat(aantallen), "gemeente", "aantal", "maat", "peildatum"
    )


def _stroom(uit: dict[str, Cellen], v: Frame, boom: Frame) -> None:
    delen = {
        "begin": stand(v, P3),
        "in": v[(v.startdatum > P3) & (v.startdatum <= P4)],
        "uit": v[(v.einde >= P3) & (v.einde < P4)],
        "eind": stand(v, P4),
    }
    geteld = pd.concat(
        [
            marges(deel, ["wet", "soort"], ["gemeente"], aantal).assign(maat=maat)
            for maat, deel in delen.items()
        ]
    ).merge(boom, on=["wet", "soort"])
    dimensies = ["wet", "label", "gemeente", "maat"]
    uit["in-en-uitstroom-voorzieningen"] = cellen(
        geteld.groupby(dimensies)["n"].sum().reset_index(), *dimensies
    )
    weg = v[(v.einde >= P0) & (v.einde < P4)]
    weg = weg[["wet", "soort"]].assign(
        dagen=(weg.einddatum - weg.startdatum).dt.days + 1
    )
    weg["wet"], weg["soort"] = weg.wet.astype(str), weg.soort.astype(str)
    per = weg.merge(boom, on=["wet", "soort"]).groupby(["wet", "label"])["dagen"]
    duur = per.agg(["size", "sum", "median"]).reset_index()
    duur["sum"] = (20 * duur["sum"] + duur["size"]) // (2 * duur["size"]) / 10
    duur = duur.rename(
        columns={"size": "aantal", "sum": "gemiddelde", "median": "mediaan"}
    ).melt(["wet", "label"], var_name="maat", value_name="n")
    uit["duur"] = cellen(duur, "wet", "label", "maat")


def _casussen(uit: dict[str, Cellen], c: Frame) -> None:
    eerste = c.sort_values(["startdatum", "einde", "type", "code"])
    eerste = eerste.drop_duplicates("casus")
    laatste = c.sort_values(
        ["einde", "startdatum", "type", "code"],
        ascending=[False, False, True, True],
    ).drop_duplicates("casus")
    for tabel, deel in (
        ("caseload", stand(c, P4)),
        (
            "nieuwe-casussen",
            eerste[(eerste.startdatum > P3) & (eerste.startdatum <= P4)],
        ),
        (
            "afgeronde-casussen",
            laatste[(laatste.einde >= P3) & (laatste.einde < P4)],
        ),
    ):
        rijen = marges(deel, [], ["gemeente", "type"], uniek("casus"))
        uit[tabel] = cellen(rijen, "gemeente", "type")


def _uitkeringen(uit: dict[str, Cellen], u: Frame, trajecten: Frame) -> None:
    u["reden"] = u.reden_einde.fillna("onbekend")
    u["spoor"] = u.spoor.astype(str)
    dagen = {"2016Q4": P0, **{naam: tot for naam, (_, tot) in KWARTALEN.items()}}
    uit["uitkeringen"] = cellen(
        pd.concat(
            [
                marges(stand(u, dag), [], ["gemeente"], aantal).assign(periode=periode)
                for periode, dag in dagen.items()
            ]
        ),
        *("gemeente", "periode"),
    )
    delen = []
    for periode, (van, tot) in PERIODEN.items():
        erin = u[(u.startdatum > van) & (u.startdatum <= tot)]
        eruit = u[(u.einde >= van) & (u.einde < tot)]
        delen += [
            marges(erin, [], ["gemeente"], aantal).assign(
                richting="instroom", reden="Totaal", periode=periode
            ),
            marges(eruit, [], ["gemeente", "reden"], aantal).assign(
                richting="uitstroom", periode=periode
            ),
        ]
    uit["in-en-uitstroom"] = cellen(
        pd.concat(delen), "gemeente", "richting", "reden", "periode"
    )
    werk = u[(u.reden == "werk") & (u.einde >= P0) & (u.einde < P4)]
    t = trajecten[(trajecten.datum > P0) & (trajecten.datum <= P4)]
    t = t.assign(spoor=t.spoor.astype(str))
    maten = {"personen": marges(werk, [], ["gemeente", "spoor"], uniek("client"))}
    for maat in ("trajectkosten", "loonkostensubsidie"):
        maten[maat] = marges(t, [], ["gemeente", "spoor"], som(maat))
    uit["uitstroom-naar-werk"] = cellen(
        pd.concat([deel.assign(maat=maat) for maat, deel in maten.items()]),
        *("gemeente", "spoor", "maat"),
    )


def _overig(uit: dict[str, Cellen], b: Frame, z: Frame) -> None:
    b = b[b.jaar == 2017]
    volgorde = b.groupby("versie")["_regel"].min().sort_values().index
    per = b.groupby(["gemeente", "post", "versie"], observed=True)["bedrag"].sum()
    bedragen = per.rename("n").reset_index()
    bedragen["volg"] = bedragen.versie.map({naam: i for i, naam in enumerate(volgorde)})
    groep = bedragen.sort_values("volg").groupby(["gemeente", "post"], observed=True)
    verschil = groep["n"].last() - groep["n"].first()
    verschil = verschil[groep.size() > 1].rename("n").reset_index()
    alles = pd.concat([bedragen, verschil.assign(versie="verschil")])
    uit["begroting"] = cellen(
        marges(alles, ["post", "versie"], ["gemeente"], som("n")),
        *("gemeente", "post", "versie"),
    )
    z["wet"] = z.wet.fillna("onbekend")
    af = z.afgehandeld_op.fillna(NOOIT)
    delen = {
        "ingediend": z[(z.ingediend_op > P3) & (z.ingediend_op <= P4)],
        "afgehandeld": z[(af > P3) & (af <= P4)],
        "open": z[(z.ingediend_op <= P4) & (af > P4)],
    }
    uit["bezwaren"] = cellen(
        pd.concat(
            [
                marges(deel, ["soort"], ["gemeente", "wet"], aantal).assign(maat=maat)
                for maat, deel in delen.items()
            ]
        ),
        *("gemeente", "wet", "soort", "maat"),
    )


if __name__ == "__main__":
    pd.options.mode.copy_on_write = True
    schrijf(Path(sys.argv[2]), *bereken(Path(sys.argv[1])))
