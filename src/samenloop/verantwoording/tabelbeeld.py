"""What a reader sees of one table: a choice of its rows, laid out, drawn and told.

In comes a table of a release and what stands in the address; out comes a layout with a
column per date or measure, a chart and a sentence. What is shown is also exactly what
is downloaded. Nothing is counted here: a cell is the cell of the release.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from samenloop.monitor.formaat import ONBEKEND, TOTAAL
from samenloop.monitor.uitkomst import Monitor, Tabel, Waarde
from samenloop.monitor.verslag import grafieken, lijnen
from samenloop.monitor.verslag.opmaak import GEEN, Opmaak
from samenloop.monitor.verslag.structuur import (
    Cel,
    Gegevenstabel,
    Grafiek,
    Kolom,
    Rij,
    Rijsoort,
)
from samenloop.verantwoording import woorden
from samenloop.verantwoording.tabelkeuze import Filter, choices, row_dimension

MEESTE_RIJEN = 400  # more is not read on a page; the download holds all
MEESTE_PANELEN = 5  # small charts side by side; more are drawn as bars of one day
MEESTE_STAVEN = 8


@dataclass
class Tabelbeeld:
    """A table of a release as chosen in an address."""

    monitor: Monitor
    tabel: Tabel
    gekozen: Mapping[str, str]  # dimension -> value; absent: the default
    _opmaak: Opmaak = field(init=False)

    def __post_init__(self) -> None:
        self._opmaak = Opmaak(woorden.taal())

    @property
    def kolomdimensie(self) -> str:
        """The dimension laid out as columns: always the last."""
        return self.tabel.dimensies[-1]

    @cached_property
    def rijdimensie(self) -> str:
        """The dimension laid out as rows."""
        return row_dimension(self.tabel)

    @cached_property
    def filters(self) -> list[Filter]:
        """The choices, in order of the dimensions."""
        return choices(self.tabel, self.gekozen)

    @cached_property
    def rijen(self) -> list[tuple[str | Waarde, ...]]:
        """The rows of the release that are chosen, tidy, in their own order."""
        eisen = [
            (plaats, keuze.gekozen)
            for plaats, keuze in enumerate(self.filters)
            if keuze.gekozen
        ]
        return [
            rij
            for rij in self.tabel.rijen
            if all(rij[plaats] == waarde for plaats, waarde in eisen)
        ]

    @cached_property
    def keuze_in_woorden(self) -> str:
        """What the filters fix, for in the caption; totals go without saying."""
        return ", ".join(
            keuze.woord
            for keuze in self.filters
            if keuze.gekozen and keuze.gekozen != TOTAAL
        )

    @cached_property
    def _kolommen(self) -> list[str]:
        return list(dict.fromkeys(str(rij[-2]) for rij in self.rijen))

    @cached_property
    def _momenten(self) -> list[str]:
        """The columns that can be set beside each other: a total only when alone."""
        return [kolom for kolom in self._kolommen if kolom != TOTAAL] or self._kolommen

    @cached_property
    def _regels(self) -> dict[tuple[str, ...], dict[str, Waarde]]:
        """Per combination of the row dimensions, in order, the value per column."""
        plaatsen = self._rijplaatsen
        regels: dict[tuple[str, ...], dict[str, Waarde]] = {}
        for rij in self.rijen:
            sleutel = tuple(str(rij[plaats]) for plaats in plaatsen)
            regels.setdefault(sleutel, {})[str(rij[-2])] = rij[-1]  # type: ignore[assignment]
        return regels

    @cached_property
    def _rijplaatsen(self) -> list[int]:
        """Places of the dimensions that differ by row; the row heading is last."""
        dimensies = self.tabel.dimensies
        open_ = [
            plaats
            for plaats, keuze in enumerate(self.filters[:-1])
            if not keuze.gekozen and dimensies[plaats] != self.rijdimensie
        ]
        return [*open_, dimensies.index(self.rijdimensie)]

    def _eenheid(self, sleutel: Sequence[str], kolom: str) -> str:
        maat = ""
        if self.kolomdimensie == "maat":
            maat = kolom
        elif "maat" in self.tabel.dimensies:
            plaats = self.tabel.dimensies.index("maat")
            maat = self.filters[plaats].gekozen
            if plaats in self._rijplaatsen:
                maat = sleutel[self._rijplaatsen.index(plaats)]
        return woorden.eenheid(self.tabel.eenheid, maat)

    def _tekst(self, sleutel: Sequence[str], kolom: str, waarde: Waarde) -> str:
        if waarde is None:
            return GEEN
        return self._opmaak.waarde(waarde, self._eenheid(sleutel, kolom))

    def _niveau(self, sleutel: Sequence[str]) -> int:
        """Return the depth of a kind in the tree of its law; 0 for anything else."""
        if self.rijdimensie != "soort":
            return 0
        wetten = set(self.monitor.boom)
        if "wet" in self.tabel.dimensies:
            plaats = self.tabel.dimensies.index("wet")
            vast = self.filters[plaats].gekozen
            if plaats in self._rijplaatsen:
                vast = sleutel[self._rijplaatsen.index(plaats)]
            wetten = {vast} & wetten
        for wet in wetten:
            for naam, diepte in self.monitor.boom[wet]:
                if naam == sleutel[-1]:
                    return diepte
        return 0

    @property
    def is_tijdreeks(self) -> bool:
        """Whether the columns follow each other in time."""
        return self.kolomdimensie in woorden.TIJD

    def _kolomkop(self, kolom: str) -> str:
        if self.kolomdimensie == "peildatum":
            return f"{self._opmaak.kort(kolom)} {kolom[:4]}"
        if self.kolomdimensie == "periode" and kolom != TOTAAL:
            return kolom.replace("Q", " Q" if woorden.taal() == "en" else " K")
        return woorden.waarde(self.kolomdimensie, kolom)

    @cached_property
    def aantal_rijen(self) -> int:
        """Number of rows of the layout, also those that are not shown."""
        return len(self._regels)

    @property
    def is_ingekort(self) -> bool:
        """Whether there are more rows than a page shows."""
        return self.aantal_rijen > MEESTE_RIJEN

    @cached_property
    def gegevens(self) -> Gegevenstabel:
        """The layout: a row per kind, municipality and so on, columns over time."""
        reeks = self.is_tijdreeks and len(self._momenten) > 1
        kolommen = [Kolom(self._kolomkop(kolom)) for kolom in self._kolommen]
        if reeks:
            kolommen.append(Kolom(_("course"), getal=False))
        return Gegevenstabel(
            id="tabel",
            bijschrift=self.bijschrift,
            rijkop=" / ".join(
                self.filters[plaats].label for plaats in self._rijplaatsen
            ),
            kolommen=tuple(kolommen),
            rijen=tuple(self._opgemaakt(reeks)),
        )

    @property
    def titel(self) -> str:
        """Title of the table in the language of the page."""
        engels = woorden.taal() == "en"
        return (self.tabel.titel_en if engels else "") or self.tabel.titel

    @property
    def definitie(self) -> str:
        """Definition of the table in the language of the page."""
        engels = woorden.taal() == "en"
        return (self.tabel.definitie_en if engels else "") or self.tabel.definitie

    @property
    def bijschrift(self) -> str:
        """Caption: the title and what is chosen."""
        if not self.keuze_in_woorden:
            return self.titel
        return f"{self.titel}: {self.keuze_in_woorden}"

    def _opgemaakt(self, reeks: bool) -> Iterator[Rij]:
        groep: tuple[str, ...] = ()
        for nummer, (sleutel, waarden) in enumerate(self._regels.items()):
            if nummer >= MEESTE_RIJEN:
                return
            if len(sleutel) > 1 and sleutel[:-1] != groep:
                groep = sleutel[:-1]
                namen = " · ".join(
                    woorden.waarde(self.tabel.dimensies[plaats], waarde)
                    for plaats, waarde in zip(self._rijplaatsen, groep, strict=False)
                )
                breedte = len(self._kolommen) + int(reeks)
                yield Rij(namen, (Cel(""),) * breedte, Rijsoort.GROEP)
            kop = woorden.waarde(self.rijdimensie, sleutel[-1])
            niveau = self._niveau(sleutel)
            soort = Rijsoort.SUB if len(sleutel) > 1 or niveau else Rijsoort.GEWOON
            if sleutel[-1] == TOTAAL and len(self._regels) > 1:
                soort = Rijsoort.TOTAAL
            cellen = [
                Cel(self._tekst(sleutel, kolom, waarden.get(kolom)), waarden.get(kolom))
                for kolom in self._kolommen
            ]
            if reeks:
                verloop = [waarden.get(kolom) for kolom in self._momenten]
                svg = lijnen.mini(verloop, kop)
                cellen.append(Cel("", svg=svg, getal=False))
            yield Rij(kop, tuple(cellen), soort, niveau)

    @property
    def _toonkolom(self) -> str:
        """The column a chart and a sentence are about: the last date, or the first."""
        return self._momenten[-1 if self.is_tijdreeks else 0]

    @cached_property
    def _getekend(self) -> list[tuple[tuple[str, ...], dict[str, Waarde]]]:
        """The rows a chart shows: no totals beside their parts, largest first."""
        regels = [
            (sleutel, waarden)
            for sleutel, waarden in self._regels.items()
            if TOTAAL not in sleutel and self._niveau(sleutel) == 0
        ] or list(self._regels.items())
        if not self._kolommen:
            return []
        laatste = self._toonkolom
        return sorted(regels, key=lambda regel: -float(regel[1].get(laatste) or 0))

    def _naam(self, sleutel: Sequence[str]) -> str:
        return " · ".join(
            woorden.waarde(self.tabel.dimensies[plaats], waarde)
            for plaats, waarde in zip(self._rijplaatsen, sleutel, strict=True)
        )

    @cached_property
    def grafiek(self) -> Grafiek | None:
        """A chart of the largest rows; None when there is nothing to compare."""
        regels = [r for r in self._getekend if any(r[1].values())]
        if not regels:
            return None
        if (
            self.is_tijdreeks
            and len(self._momenten) > 1
            and len(regels) <= MEESTE_PANELEN
        ):
            volgorde = list(self._regels)
            return self._over_tijd(sorted(regels, key=lambda r: volgorde.index(r[0])))
        nu = [r for r in regels if r[1].get(self._toonkolom)] or regels
        return self._naast_elkaar(nu[:MEESTE_STAVEN])

    def _over_tijd(
        self, regels: list[tuple[tuple[str, ...], dict[str, Waarde]]]
    ) -> Grafiek:
        kolommen = self._momenten
        eenheid = self._eenheid(regels[0][0], kolommen[0])

        def schrijf(waarde: Waarde) -> str:
            return self._opmaak.waarde(waarde, eenheid)

        reeksen = [
            grafieken.Reeks(self._naam(sleutel), tuple(w.get(k) for k in kolommen))
            for sleutel, w in regels
        ]
        labels = [self._kolomkop(kolom) for kolom in kolommen]
        if len(reeksen) == 1:
            kop = _("%(naam)s over time") % {"naam": reeksen[0].naam}
            return grafieken.staven(
                "beeld", kop, self._bij_de_tabel, labels, reeksen, schrijf
            )
        kop = _("Course per %(wat)s, on one scale") % {"wat": self._rijwoord}
        return lijnen.veelvoud("beeld", kop, reeksen, labels, schrijf)

    def _naast_elkaar(
        self, regels: list[tuple[tuple[str, ...], dict[str, Waarde]]]
    ) -> Grafiek:
        kolommen = self._momenten
        sleutel = regels[0][0]
        eenheid = self._eenheid(sleutel, kolommen[0])
        if self.is_tijdreeks:
            kolommen = kolommen[-1:]
        # One drawing has one unit, and few enough bars to be told apart.
        kolommen = [k for k in kolommen if self._eenheid(sleutel, k) == eenheid][:4]
        kop = _("Largest by %(wat)s") % {"wat": self._rijwoord}
        if len(kolommen) == 1:
            moment = woorden.waarde(self.kolomdimensie, kolommen[0])
            kop = _("%(kop)s: %(moment)s") % {"kop": kop, "moment": moment}

        def schrijf(waarde: Waarde) -> str:
            return self._opmaak.waarde(waarde, eenheid)

        reeksen = [
            grafieken.Reeks(
                self._kolomkop(kolom), tuple(w.get(kolom) for _sleutel, w in regels)
            )
            for kolom in kolommen
        ]
        return grafieken.liggend(
            "beeld",
            kop,
            self._bij_de_tabel,
            [self._naam(sleutel) for sleutel, _w in regels],
            reeksen,
            schrijf,
            naast=len(reeksen) > 1,
        )

    @property
    def _rijwoord(self) -> str:
        return str(woorden.DIMENSIES.get(self.rijdimensie, self.rijdimensie)).lower()

    @property
    def _bij_de_tabel(self) -> str:
        return _("The table on this page holds the same figures.")

    @cached_property
    def zin(self) -> str:
        """A sentence that says what the chart shows; empty when there is nothing."""
        regels = [
            regel for regel in self._getekend if regel[0][-1] != ONBEKEND
        ] or self._getekend
        if not regels:
            return ""
        sleutel, waarden = regels[0]
        kolom = self._toonkolom
        nu = waarden.get(kolom)
        delen = {
            "naam": self._naam(sleutel),
            "waarde": self._tekst(sleutel, kolom, nu),
            "moment": woorden.waarde(self.kolomdimensie, kolom),
        }
        if not self.is_tijdreeks:
            return _("%(moment)s: %(naam)s is the largest with %(waarde)s.") % delen
        eerste = self._momenten[0]
        toen = waarden.get(eerste)
        if len(self._momenten) < 2 or nu is None or toen is None:
            return _("%(naam)s: %(waarde)s (%(moment)s).") % delen
        delen["begin"] = woorden.waarde(self.kolomdimensie, eerste)
        delen["verschil"] = self._opmaak.verschil(
            round(nu - toen, 1) if isinstance(nu, float) else nu - toen,
            self._eenheid(sleutel, kolom),
        )
        if len(regels) == 1:
            return (
                _("%(naam)s: %(waarde)s (%(moment)s), %(verschil)s since %(begin)s.")
                % delen
            )
        return (
            _(
                "%(naam)s is the largest with %(waarde)s (%(moment)s), "
                "%(verschil)s since %(begin)s."
            )
            % delen
        )
