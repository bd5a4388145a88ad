"""What each source knows of somebody: their own records, and what fits with them.

Care, youth help and benefits come from the records of the region. What the region has
no records of (wages, debts, school) is made from the BSN, the same each time, in line
with the rest: who has a benefit earns little, a child of school age goes to school.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from samenloop.core.periode import Periode
from samenloop.personen.models import Gezag, Persoon
from samenloop.personen.woonplaats import age
from samenloop.voorzieningen.models import Uitkering, Voorziening, Wet


@dataclass(slots=True)
class Bronfeit:
    """A source's knowledge: when it was involved, whom to call, and the content."""

    perioden: list[Periode] = field(default_factory=list)
    organisatie: str = ""
    telefoon: str = ""
    wat: dict[str, Any] = field(default_factory=dict)
    ouderdom: int = 0  # days the source lags behind


@dataclass(frozen=True, slots=True)
class Wie:
    """Whom a source is asked about, on which day."""

    persoon: Persoon
    bsn: str
    dag: date

    @property
    def leeftijd(self) -> int:
        """Age; who has no birth date counts as an adult."""
        geboren = self.persoon.geboortedatum
        return age(geboren, self.dag) if geboren else 40

    def lot(self, onderwerp: str) -> Random:
        """A source of chance that is the same for this person each time."""
        merk = hashlib.sha256(f"{self.bsn}/{onderwerp}".encode()).digest()
        return Random(merk)  # noqa: S311  not for secrets


def _begin(wie: Wie, lot: Random, hoogstens: int) -> date:
    return wie.dag - timedelta(days=lot.randint(60, hoogstens))


def _care(wie: Wie, wet: str) -> Bronfeit | None:
    rijen = list(
        Voorziening.objects.current()
        .filter(betrokkene=wie.persoon, product__wet=wet)
        .select_related("product", "aanbieder", "gemeente")
        .order_by("geldig")
    )
    if not rijen:
        return None
    laatste = rijen[-1]
    naam = laatste.gemeente.naam if laatste.gemeente else "Gemeente"
    return Bronfeit(
        perioden=[rij.periode for rij in rijen],
        organisatie=laatste.aanbieder.naam if laatste.aanbieder else naam,
        telefoon="0595 750 300",
        wat={
            "voorzieningen": [
                {
                    "naam": rij.product.naam,
                    "vorm": rij.get_vorm_display(),
                    "aanbieder": rij.aanbieder.naam if rij.aanbieder else "",
                    "van": rij.startdatum.isoformat(),
                    "tot": rij.einddatum.isoformat() if rij.einddatum else None,
                    "verwijzer": rij.verwijzer,
                }
                for rij in rijen
            ]
        },
    )


def _benefits(wie: Wie) -> list[Uitkering]:
    return list(
        Uitkering.objects.current()
        .filter(betrokkene=wie.persoon)
        .select_related("gemeente")
        .order_by("geldig")
    )


def _zorg(wie: Wie) -> Bronfeit | None:
    return _care(wie, Wet.WMO)


def _jeugd(wie: Wie) -> Bronfeit | None:
    return _care(wie, Wet.JEUGDWET)


def _bijstand(wie: Wie) -> Bronfeit | None:
    rijen = _benefits(wie)
    if not rijen:
        return None
    lot = wie.lot("bijstand")
    bedrag = lot.choice((101_842, 130_135, 140_150, 185_905))
    gemeente = rijen[-1].gemeente
    return Bronfeit(
        perioden=[rij.periode for rij in rijen],
        organisatie=f"Sociale dienst {gemeente.naam}" if gemeente else "Sociale dienst",
        telefoon="0595 750 310",
        wat={
            "leefvorm": "alleenstaande"
            if bedrag < 140_000
            else "gehuwd of samenwonend",
            "uitkeringen": [
                {
                    "wet": "PW",
                    "kostendelers": lot.choice((0, 0, 0, 1)),
                    "redenEinde": rij.reden_einde or None,
                    "perioden": [
                        {
                            "van": rij.startdatum.isoformat(),
                            "tot": rij.einddatum.isoformat() if rij.einddatum else None,
                            "bedrag": bedrag,
                        }
                    ],
                }
                for rij in rijen
            ],
            "vorderingen": [{"reden": "terugvordering", "saldo": 48_000}]
            if lot.random() < 0.12
            else [],
        },
    )


_WERKGEVERS = (
    "Bakkerij Molenzicht", "Thuiszorg De Maren", "Machinefabriek Delfzicht",
    "Melkveebedrijf Hoogwatum", "Supermarkt Torenstraat", "Schoonmaak Noord",
    "Garnalenpellerij Zoutkamp", "Transport Eemsgrond",
)  # fmt: skip


def _werk(wie: Wie) -> Bronfeit | None:
    if not 18 <= wie.leeftijd < 67:
        return None
    lot = wie.lot("werk")
    heeft_bijstand = any(wie.dag in rij.periode for rij in _benefits(wie))
    if lot.random() > (0.12 if heeft_bijstand else 0.72):
        return None
    uren = lot.randint(8, 14) if heeft_bijstand else lot.choice((16, 24, 32, 38))
    van = _begin(wie, lot, 2500)
    ww = not heeft_bijstand and lot.random() < 0.06
    bron = "UWV" if ww else lot.choice(_WERKGEVERS)
    loon = uren * lot.randint(5_800, 8_200)
    return Bronfeit(
        perioden=[Periode(van)],
        organisatie="UWV",
        telefoon="0900 9294",
        ouderdom=lot.choice((0, 0, 1, 14)),
        wat={
            "inkomsten": [
                {
                    "werkgever": bron,
                    "perioden": [
                        {
                            "van": van.isoformat(),
                            "tot": None,
                            "soort": "WW" if ww else "loon",
                            "contract": lot.choice(("vast", "tijdelijk")),
                        }
                    ],
                    "opgaven": [
                        {
                            "van": wie.dag.replace(day=1).isoformat(),
                            "brutoloon": loon,
                            "uren": uren * 4,
                        }
                    ],
                }
            ]
        },
    )


def _svb(wie: Wie) -> Bronfeit | None:
    if wie.leeftijd >= 67 and wie.persoon.geboortedatum:
        geboren = wie.persoon.geboortedatum
        van = date(geboren.year + 67, geboren.month, 1)
        return Bronfeit(
            [Periode(van)],
            "SVB",
            "050 316 9000",
            {"uitkeringen": [{"wet": "AOW", "bruto": 158_000, "aowPercentage": 100}]},
        )
    kinderen = list(
        Gezag.objects.current().in_force(wie.dag).filter(houder=wie.persoon)
    )
    if not kinderen:
        return None
    van = min(rij.startdatum for rij in kinderen)
    return Bronfeit(
        [Periode(van)],
        "SVB",
        "050 316 9000",
        {
            "kinderen": [{"kinderbijslag": True, "woonsituatie": "thuis"}]
            * len(kinderen)
        },
    )


_SCHULDEISERS = (
    ("Woonstichting Noordermaar", "huur"), ("Energie van het Wad", "energie"),
    ("Zorgverzekeraar De Borg", "zorgpremie"), ("Waterbedrijf Maar", "water"),
    ("Postorder Het Lokket", "aankoop op afbetaling"),
)  # fmt: skip


def _schulden(wie: Wie) -> Bronfeit | None:
    if wie.leeftijd < 18:
        return None
    lot = wie.lot("schulden")
    heeft_bijstand = any(wie.dag in rij.periode for rij in _benefits(wie))
    if lot.random() > (0.34 if heeft_bijstand else 0.07):
        return None
    van = _begin(wie, lot, 900)
    gekozen = lot.sample(_SCHULDEISERS, lot.randint(1, 3))
    return Bronfeit(
        perioden=[Periode(van)],
        organisatie="Kredietbank Noord",
        telefoon="0595 750 320",
        ouderdom=1,
        wat={
            "vorderingen": [
                {
                    "schuldeiser": naam,
                    "soort": soort,
                    "saldo": lot.randint(150, 4200) * 100,
                    "sinds": van.isoformat(),
                }
                for naam, soort in gekozen
            ],
            "traject": lot.choice(("inventarisatie", "stabilisatie", "sanering", "")),
        },
    )


_SCHOLEN = (
    ("OBS De Terp", "basisonderwijs", 4), ("CBS Het Anker", "basisonderwijs", 4),
    ("Hogeland College", "voortgezet onderwijs", 12), ("Noorderpoort", "mbo", 16),
)  # fmt: skip


def _onderwijs(wie: Wie) -> Bronfeit | None:
    leeftijd = wie.leeftijd
    lot = wie.lot("onderwijs")
    if leeftijd < 4 or leeftijd > 23 or (leeftijd > 17 and lot.random() < 0.5):
        return None
    soort = "basisonderwijs" if leeftijd < 12 else "voortgezet onderwijs"
    if leeftijd > 16:
        soort = "mbo"
    naam, _soort, vanaf = lot.choice([deel for deel in _SCHOLEN if deel[1] == soort])
    jaar = wie.dag.year - (leeftijd - vanaf) - (wie.dag.month < 8)
    verzuim = lot.random() < (0.14 if leeftijd >= 12 else 0.05)
    return Bronfeit(
        perioden=[Periode(date(jaar, 8, 1))],
        organisatie=naam,
        telefoon="0595 750 330",
        wat={
            "inschrijvingen": [
                {"school": naam, "soort": soort, "van": f"{jaar}-08-01", "tot": None}
            ],
            "verzuim": [
                {
                    "soort": "relatief verzuim",
                    "van": _begin(wie, lot, 150).isoformat(),
                    "uren": lot.randint(16, 60),
                }
            ]
            if verzuim
            else [],
            "startkwalificatie": False,
        },
    )


def _kadaster(wie: Wie) -> Bronfeit | None:
    lot = wie.lot("kadaster")
    if wie.leeftijd < 25 or _benefits(wie) or lot.random() > 0.45:
        return None
    van = _begin(wie, lot, 6000)
    return Bronfeit(
        perioden=[Periode(van)],
        organisatie="Kadaster",
        wat={
            "eigendommen": [
                {
                    "type": "woning",
                    "recht": "eigendom",
                    "koopsom": lot.randint(120, 340) * 100_000,
                    "aankoopjaar": van.year,
                }
            ]
        },
    )


BRONNEN: Mapping[str, Callable[[Wie], Bronfeit | None]] = {
    "werk-en-inkomen": _werk,
    "bijstand": _bijstand,
    "svb": _svb,
    "zorg": _zorg,
    "jeugd": _jeugd,
    "schulden": _schulden,
    "onderwijs": _onderwijs,
    "kadaster": _kadaster,
}
