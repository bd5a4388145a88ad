"""A monitor being read in one language.

Chapters look up cells, names, orders and texts here, so that none of them cares which
kinds, forms or municipalities a levering happens to hold. A table that is absent reads
as an empty one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from samenloop.monitor.formaat import ONBEKEND, TOTAAL, Wet
from samenloop.monitor.uitkomst import Monitor, Tabel, Waarde

from .markdown import sluit_in
from .opmaak import Opmaak, begin_groot
from .structuur import Afwezig, Uitleg
from .taal import Tekst, merk

# Above this number of municipalities they stand in rows, never in columns.
MAX_KOLOMMEN = 8

_WETTEN = {
    Wet.JEUGDWET: merk("Youth Act"),
    Wet.WMO: merk("Social Support Act (Wmo)"),
    Wet.PARTICIPATIEWET: merk("Participation Act"),
}
_VORMEN = {
    "zin": merk("Care in kind"),
    "pgb": merk("Personal budget"),
    "toeslag": merk("Allowance"),
    ONBEKEND: merk("Form unknown"),
    TOTAAL: merk("Total"),
}
_MATEN = {
    "clienten": merk("Clients"),
    "huishoudens": merk("Households"),
    "voorzieningen": merk("Provisions"),
    "begin": merk("At the start"),
    "in": merk("In"),
    "uit": merk("Out"),
    "eind": merk("At the end"),
    "aantal": merk("Number"),
    "gemiddelde": merk("Average"),
    "mediaan": merk("Median"),
    "ingediend": merk("Filed"),
    "afgehandeld": merk("Handled"),
    "open": merk("Open"),
    "personen": merk("To work"),
    "trajectkosten": merk("Cost of tracks"),
    "loonkostensubsidie": merk("Wage subsidy"),
    "instroom": merk("Inflow"),
    "uitstroom": merk("Outflow"),
    "verschil": merk("difference"),
    "bezwaar": merk("Objections"),
    "klacht": merk("Complaints"),
    ONBEKEND: merk("Unknown"),
    TOTAAL: merk("Total"),
}
_AANTALLEN = {"4 of meer": merk("4 or more")}


class Kubus:
    """The cells of one table, to look up."""

    def __init__(self, tabel: Tabel | None) -> None:
        self.dimensies = tabel.dimensies if tabel else ()
        self.eenheid = tabel.eenheid if tabel else "aantal"
        self.cellen: dict[tuple[str, ...], Waarde] = {}
        for rij in tabel.rijen if tabel else ():
            self.cellen[tuple(str(deel) for deel in rij[:-1])] = rij[-1]
        self._gezien: dict[tuple[object, ...], list[str]] = {}

    def __bool__(self) -> bool:
        return bool(self.cellen)

    def w(self, *dimensies: str) -> Waarde:
        """Return the value of a cell, None where there is none."""
        return self.cellen.get(dimensies)

    def reeks(self, waar: Sequence[str], laatste: Iterable[str]) -> tuple[Waarde, ...]:
        """Return the values along the last dimension."""
        return tuple(self.cellen.get((*waar, deel)) for deel in laatste)

    def waarden(self, dimensie: str, **vast: str) -> list[str]:
        """Return what a dimension takes where the others are as given, in order."""
        if dimensie not in self.dimensies:
            return []
        sleutel = (dimensie, *sorted(vast.items()))
        if sleutel not in self._gezien:
            plaats = self.dimensies.index(dimensie)
            eisen = [(self.dimensies.index(d), w) for d, w in vast.items()]
            self._gezien[sleutel] = list(
                dict.fromkeys(
                    cel[plaats]
                    for cel in self.cellen
                    if all(cel[i] == w for i, w in eisen)
                )
            )
        return self._gezien[sleutel]


class Lezing:
    """One monitor in one language."""

    def __init__(self, monitor: Monitor, taal: str) -> None:
        self.monitor = monitor
        self.taal = taal
        self.t = Tekst(taal)
        self.op = Opmaak(taal)
        self.peildata = tuple(monitor.peildata)
        self.laatste = self.peildata[-1]
        self.vorige = self.peildata[-2] if len(self.peildata) > 1 else self.laatste
        self._kubussen: dict[str, Kubus] = {}
        self._open_toelichting = {
            _sleutel(naam): (naam, tekst) for naam, tekst in monitor.toelichting.items()
        }
        self._benoemd: set[str] = set()

    # --- tables -----------------------------------------------------------
    def kubus(self, tabel: str) -> Kubus:
        """Return the cells of a table, empty when it is absent."""
        if tabel not in self._kubussen:
            self._kubussen[tabel] = Kubus(self.monitor.tabellen.get(tabel))
        return self._kubussen[tabel]

    def titel(self, tabel: str) -> str:
        """Return the title of a table; of an absent one its id as words."""
        gevonden = self.monitor.tabellen.get(tabel)
        if gevonden is None:
            return begin_groot(tabel.replace("-", " "))
        if self.taal == "en" and gevonden.titel_en:
            return gevonden.titel_en
        return gevonden.titel

    def definitie(self, tabel: str) -> str:
        """Return what a table counts."""
        gevonden = self.monitor.tabellen[tabel]
        if self.taal == "en" and gevonden.definitie_en:
            return gevonden.definitie_en
        return gevonden.definitie

    def uitleg(self, *tabellen: str) -> tuple[Uitleg, ...]:
        """Return the definitions of tables, to open on demand."""
        titels = {
            tabel: self.definitie(tabel)
            for tabel in tabellen
            if tabel in self.monitor.tabellen and self.definitie(tabel)
        }
        if len(titels) == 1:
            return tuple(
                Uitleg(self.t("What counts?"), tekst) for tekst in titels.values()
            )
        return tuple(
            Uitleg(self.t("What counts? {titel}", titel=self.titel(tabel)), tekst)
            for tabel, tekst in titels.items()
        )

    def afwezig(self, *tabellen: str) -> tuple[Afwezig, ...]:
        """Return those of the tables that are not there or empty, with the reason."""
        weg = []
        for tabel in tabellen:
            if self.kubus(tabel) or tabel in self._benoemd:
                continue
            self._benoemd.add(tabel)
            if tabel in self.monitor.tabellen:
                reden = self.t("The delivery holds nothing to count here.")
            else:
                redenen = self.monitor.afwezig
                if self.taal == "en":
                    redenen = redenen | self.monitor.afwezig_en
                reden = redenen.get(tabel, self.t("This table was not made."))
            weg.append(Afwezig(tabel, self.titel(tabel), reden))
        return tuple(weg)

    @property
    def opmerkingen(self) -> tuple[str, ...]:
        """What must be told with the figures, in this language where it was said."""
        monitor = self.monitor
        in_taal = monitor.opmerkingen_en if self.taal == "en" else []
        return tuple(in_taal or monitor.opmerkingen)

    def periode(self, tabel: Tabel) -> str:
        """What the table is about, in this language where it was said."""
        return (self.taal == "en" and tabel.periode_en) or tabel.periode

    # --- names ------------------------------------------------------------
    @property
    def totaal(self) -> str:
        """Name of the total over municipalities: that of the region."""
        regio = self.monitor.regio.strip()
        if regio and regio not in self.monitor.gemeenten:
            return regio
        return self.t("Total")

    def gemeente(self, naam: str) -> str:
        """Name of a municipality as shown."""
        if naam == TOTAAL:
            return self.totaal
        return self.t("Unknown") if naam == ONBEKEND else naam

    def wet(self, code: str) -> str:
        """Name of a law."""
        return self.t(_WETTEN[Wet(code)]) if code in _WETTEN else self.woord(code)

    def vorm(self, code: str) -> str:
        """Name of a form of delivery."""
        return self.t(_VORMEN[code]) if code in _VORMEN else begin_groot(code)

    def vorm_kort(self, code: str) -> str:
        """Name of a form of delivery above a narrow column."""
        return code.upper() if code in {"zin", "pgb"} else self.vorm(code)

    def woord(self, code: str) -> str:
        """Name of a measure, or of another fixed value; data stay as delivered."""
        if code in _MATEN:
            return self.t(_MATEN[code])
        if code in _AANTALLEN:
            return self.t(_AANTALLEN[code])
        return begin_groot(code.replace("_", " "))

    def in_zin(self, naam: str) -> str:
        """Name as it stands in a sentence: as delivered."""
        return self.t("Unknown").lower() if naam == ONBEKEND else naam

    def wetten(self, combinatie: str) -> str:
        """Name of a combination of laws written `jeugdwet+wmo`."""
        return " + ".join(self.wet(code) for code in combinatie.split("+"))

    def spoor(self, code: str) -> str:
        """Name of a track."""
        if code in {TOTAAL, ONBEKEND}:
            return self.t("Total") if code == TOTAAL else self.t("Track unknown")
        return self.t("Track {nummer}", nummer=code)

    @property
    def kwartaal(self) -> str:
        """The quarter in words."""
        return self.op.kwartaal(self.monitor.kwartaal)

    # --- orders -----------------------------------------------------------
    def zonder_totaal(self, waarden: Iterable[str]) -> list[str]:
        """Return the values without the total, unknown last."""
        rest = [waarde for waarde in waarden if waarde != TOTAAL]
        return sorted(rest, key=lambda waarde: waarde == ONBEKEND)

    def met_totaal(self, waarden: Iterable[str]) -> list[str]:
        """Return the values with unknown and then the total last."""
        lijst = list(waarden)
        return self.zonder_totaal(lijst) + ([TOTAAL] if TOTAAL in lijst else [])

    def soorten(
        self, wet: str, aanwezig: Iterable[str], gewicht: dict[str, float]
    ) -> list[tuple[str, int]]:
        """Return the kinds of a law as (naam, depth), the largest first per parent."""
        over = dict.fromkeys(soort for soort in aanwezig if soort != TOTAAL)
        kinderen: dict[int, list[int]] = defaultdict(list)
        knopen: list[tuple[str, int]] = []
        pad: list[int] = []
        gezien: set[str] = set()
        for naam, diepte in self.monitor.boom.get(wet, ()):
            del pad[diepte:]
            nummer = len(knopen)
            knopen.append((naam, diepte))
            kinderen[pad[-1] if pad else -1].append(nummer)
            pad.append(nummer)
            gezien.add(naam)
        for naam in over:
            if naam not in gezien:
                kinderen[-1].append(len(knopen))
                knopen.append((naam, 0))
        uit: list[tuple[str, int]] = []
        gedaan: set[str] = set()

        def loop(ouder: int, diepte: int) -> None:
            volgorde = sorted(
                kinderen[ouder],
                key=lambda nummer: (-gewicht.get(knopen[nummer][0], 0.0), nummer),
            )
            for nummer in volgorde:
                naam = knopen[nummer][0]
                toon = naam in over and naam not in gedaan
                if toon:
                    gedaan.add(naam)
                    uit.append((naam, diepte))
                loop(nummer, diepte + toon)

        loop(-1, 0)
        return uit

    # --- texts with the figures --------------------------------------------
    def toelichting(self, *sleutels: str, niveau: int = 4) -> str:
        """Return the delivered explanation under one of these names as safe HTML.

        Headings in it start at `niveau`: 4 in a part, 3 in a chapter.
        """
        delen = []
        for sleutel in sleutels:
            gevonden = self._open_toelichting.pop(_sleutel(sleutel), None)
            if gevonden:
                delen.append(sluit_in(gevonden[1], niveau))
        return "\n".join(delen)

    def overige_toelichting(self) -> list[tuple[str, str]]:
        """Return explanations no chapter asked for, as (name, safe HTML)."""
        over = [
            (begin_groot(naam.replace("-", " ").replace("_", " ")), sluit_in(tekst, 4))
            for naam, tekst in self._open_toelichting.values()
        ]
        self._open_toelichting.clear()
        return over


def _sleutel(naam: str) -> str:
    return naam.strip().lower().removesuffix(".md").replace("_", "-").replace("ë", "e")
