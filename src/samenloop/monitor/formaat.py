"""The format of a levering, as data.

One place says which files and columns a levering has, of what type, and what may be
empty. The reader, the check, the writer from the database and the manual follow it.
Dates are ISO; an end date is the last day in force, empty means still running.
Amounts are whole eurocents. Columns that are not listed are kept and never break
anything.
"""

from dataclasses import dataclass
from enum import StrEnum

ONBEKEND = "onbekend"
TOTAAL = "Totaal"


class Type(StrEnum):
    """What the text of a cell must be."""

    TEKST = "tekst"
    GEHEEL = "geheel getal"
    BEDRAG = "bedrag in eurocenten"
    DATUM = "datum"


class Wet(StrEnum):
    """The three laws of the social domain, as a levering writes them."""

    WMO = "wmo"
    JEUGDWET = "jeugdwet"
    PARTICIPATIEWET = "participatiewet"


class Vorm(StrEnum):
    """Form in which a provision is delivered; an empty cell is `onbekend`."""

    ZIN = "zin"
    PGB = "pgb"
    TOESLAG = "toeslag"


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column: its name, type, and whether a row may leave it empty."""

    naam: str
    type: Type = Type.TEKST
    verplicht: bool = False  # the cell must be filled
    facultatief: bool = False  # the whole column may be absent
    waarden: tuple[str, ...] = ()  # the only values allowed, besides empty


@dataclass(frozen=True, slots=True)
class Bestand:
    """One file of a levering (`<naam>.csv` or `<naam>.parquet`)."""

    naam: str
    omschrijving: str
    kolommen: tuple[Kolom, ...]
    verplicht: bool = False

    def kolom(self, naam: str) -> Kolom:
        """Return the column of that name.

        Raises:
            KeyError: the file has no such column in the format.
        """
        for kolom in self.kolommen:
            if kolom.naam == naam:
                return kolom
        raise KeyError(naam)


_WETTEN = tuple(Wet)
_SPOREN = ("1", "2", "3")

VOORZIENINGEN = Bestand(
    "voorzieningen",
    "één regel per voorziening van één cliënt",
    (
        Kolom("gemeente"),
        Kolom("client", verplicht=True),
        Kolom("gezaghebbende"),
        Kolom("huishouden"),
        Kolom("postcode"),
        Kolom("geboortedatum", Type.DATUM),
        Kolom("geslacht", waarden=("0", "1", "2", "9")),
        Kolom("herkomst"),
        Kolom("wet", verplicht=True, waarden=_WETTEN),
        Kolom("soort", verplicht=True),
        Kolom("vorm", waarden=tuple(Vorm)),
        Kolom("aanbieder"),
        Kolom("verwijzer"),
        Kolom("aanvraagdatum", Type.DATUM),
        Kolom("startdatum", Type.DATUM, verplicht=True),
        Kolom("einddatum", Type.DATUM),
        Kolom("geregistreerd_op", Type.DATUM),
        Kolom("reden_einde", facultatief=True),
        Kolom("resultaat", facultatief=True),
    ),
    verplicht=True,
)
SOORTEN = Bestand(
    "soorten",
    "het productenboek in gebruik",
    (
        Kolom("wet", verplicht=True, waarden=_WETTEN),
        Kolom("soort", verplicht=True),
        Kolom("naam", verplicht=True),
        Kolom("ouder"),
    ),
    verplicht=True,
)
CASUSSEN = Bestand(
    "casussen",
    "één regel per periode waarin een casus één type had",
    (
        Kolom("gemeente"),
        Kolom("casus", verplicht=True),
        Kolom("client"),
        Kolom("huishouden"),
        Kolom("type", verplicht=True),
        Kolom("startdatum", Type.DATUM, verplicht=True),
        Kolom("einddatum", Type.DATUM),
        Kolom("geregistreerd_op", Type.DATUM),
        Kolom("reden_einde"),
    ),
)
UITKERINGEN = Bestand(
    "uitkeringen",
    "één regel per uitkering",
    (
        Kolom("gemeente"),
        Kolom("client", verplicht=True),
        Kolom("huishouden"),
        Kolom("spoor", Type.GEHEEL, waarden=_SPOREN),
        Kolom("startdatum", Type.DATUM, verplicht=True),
        Kolom("einddatum", Type.DATUM),
        Kolom("reden_einde"),
        Kolom("geregistreerd_op", Type.DATUM),
    ),
)
TRAJECTEN = Bestand(
    "trajecten",
    "kosten van trajecten naar werk",
    (
        Kolom("gemeente"),
        Kolom("client", verplicht=True),
        Kolom("spoor", Type.GEHEEL, verplicht=True, waarden=_SPOREN),
        Kolom("datum", Type.DATUM, verplicht=True),
        Kolom("trajectkosten", Type.BEDRAG),
        Kolom("loonkostensubsidie", Type.BEDRAG),
    ),
)
BEGROTING = Bestand(
    "begroting",
    "begrote, verwachte en gerealiseerde bedragen per post",
    (
        Kolom("gemeente"),
        Kolom("jaar", Type.GEHEEL, verplicht=True),
        Kolom("post", verplicht=True),
        Kolom("versie", verplicht=True),
        Kolom("bedrag", Type.BEDRAG, verplicht=True),
    ),
)
BEZWAREN = Bestand(
    "bezwaren",
    "bezwaren en klachten",
    (
        Kolom("gemeente"),
        Kolom("wet", waarden=_WETTEN),
        Kolom("soort", verplicht=True, waarden=("bezwaar", "klacht")),
        Kolom("ingediend_op", Type.DATUM, verplicht=True),
        Kolom("afgehandeld_op", Type.DATUM),
        Kolom("uitkomst"),
    ),
)
GEMEENTEN = Bestand(
    "gemeenten",
    "de gemeenten met hun aantal huishoudens",
    (
        Kolom("gemeente", verplicht=True),
        Kolom("naam", verplicht=True),
        Kolom("regio"),
        Kolom("huishoudens", Type.GEHEEL),
        Kolom("peildatum", Type.DATUM),
    ),
    verplicht=True,
)

BESTANDEN: dict[str, Bestand] = {
    bestand.naam: bestand
    for bestand in (
        VOORZIENINGEN,
        SOORTEN,
        CASUSSEN,
        UITKERINGEN,
        TRAJECTEN,
        BEGROTING,
        BEZWAREN,
        GEMEENTEN,
    )
}
