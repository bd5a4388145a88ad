"""The basic types that all messages share, with the bounds of version 3.2.

Names, bounds and values are those of the basic schemas of iWmo and iJw, which differ
only in two lists. Where the pattern of the standard means "at least one character
that is no space" over several lines, ours is a shorter one with the same meaning: on
the published form a matcher that tries every way would not come to an end.
"""

from typing import Final

from .codelijsten import waarden
from .model import Basis, Enkelvoudig, Klasse, Veld
from .soorten import Wet

# The rule list has a code for each greatest length and each greatest value.
_BIJ_LENGTE: Final = {
    1: "RS008",
    2: "RS009",
    3: "RS010",
    4: "RS011",
    5: "RS012",
    6: "RS013",
    8: "RS014",
    9: "RS015",
    10: "RS016",
    12: "RS017",
    15: "RS018",
    20: "RS019",
    24: "RS020",
    25: "RS021",
    35: "RS023",
    36: "RS024",
    64: "RS025",
    80: "RS026",
    200: "RS028",
}
_BIJ_MAXIMUM: Final = {
    99: "RS002",
    99_999: "RS004",
    99_999_999: "RS005",
    999_999_999: "RS006",
    999_999_999_999: "RS040",
}
#: At least one character that is no space, on one line.
_NIET_LEEG: Final = r".*[^\s].*"

ENKELVOUDIG: Final[dict[str, Enkelvoudig]] = {}


def _tekst(
    naam: str,
    lengte: int | None = None,
    patroon: str | None = None,
    regel: str | None = None,
) -> None:
    """A text of at least one character."""
    regels = {"patroon": regel, "minlengte": regel} if regel else {}
    if lengte is not None:
        regels["maxlengte"] = _BIJ_LENGTE[lengte]
    ENKELVOUDIG[naam] = Enkelvoudig(
        naam, "string", minlengte=1, maxlengte=lengte, patroon=patroon, regels=regels
    )


def _gevuld(naam: str, lengte: int) -> None:
    """A text on one line that is more than spaces."""
    _tekst(naam, lengte, _NIET_LEEG, "RS033")


def _getal(naam: str, maximum: int) -> None:
    regels = {"minimum": "RS001", "maximum": _BIJ_MAXIMUM[maximum]}
    ENKELVOUDIG[naam] = Enkelvoudig(
        naam, "integer", minimum=0, maximum=maximum, regels=regels
    )


def _code(naam: str, lengte: int, wmo: str, jeugdwet: str | None = None) -> None:
    """A value from a code list; `jeugdwet` where that law has a list of its own."""
    lijsten: dict[Wet, str] = {"wmo": wmo, "jeugdwet": jeugdwet or wmo}
    ENKELVOUDIG[naam] = Enkelvoudig(
        naam,
        "string",
        maxlengte=lengte,
        lijsten=lijsten,
        codes={wet: waarden(lijst) for wet, lijst in lijsten.items()},
        regels={"maxlengte": _BIJ_LENGTE[lengte]},
    )


def _moment(naam: str, basis: Basis, patroon: str, regel: str) -> None:
    ENKELVOUDIG[naam] = Enkelvoudig(
        naam, basis, patroon=patroon, regels={"patroon": regel}
    )


_code("LDT_AanduidingWoonadres", 2, "NUM061")
_code("LDT_AdresSoort", 2, "COD757")
_tekst("LDT_AgbCode", 8, "[0-9]{8}", "RS036")
_getal("LDT_Bedrag", 99_999_999)
_tekst("LDT_BerichtCode", 3)
_getal("LDT_BerichtSubversie", 99)
_getal("LDT_BerichtVersie", 99)
_getal("LDT_Budget", 99_999_999)
_tekst("LDT_BurgerServicenummer", 9, "[0-9]{9}", "RS037")
_tekst("LDT_Commentaar", None, r"[\s\S]*\S[\s\S]*", "RS031")
_code("LDT_Communicatievorm", 1, "COD747")
_moment("LDT_Datum", "date", "[^:Z]*", "RS032")
_code("LDT_DatumGebruik", 1, "COD170")
_code("LDT_DebetCredit", 1, "COD043")
_code("LDT_Eenheid", 2, "WJ756")
_gevuld("LDT_Emailadres", 80)
_code("LDT_Frequentie", 1, "WMO757")
_tekst("LDT_Gemeente", None, "[0-9]{4}", "RS035")
_code("LDT_Geslacht", 1, "COD046")
_gevuld("LDT_Huisletter", 1)
_getal("LDT_Huisnummer", 99_999)
_gevuld("LDT_HuisnummerToevoeging", 4)
_gevuld("LDT_IdentificatieBericht", 12)
_tekst("LDT_IdentificatieDeclaratie", 12)
_code("LDT_JaNee", 1, "COD260")
_code("LDT_JuridischeStatus", 2, "WJ232")
_code("LDT_LandCode", 2, "COD032")
_gevuld("LDT_Landnummer", 4)
_gevuld("LDT_Naam", 200)
_code("LDT_NaamGebruik", 1, "COD700")
_gevuld("LDT_NaamVerwijzer", 64)
_getal("LDT_Nummer", 999_999_999)
_gevuld("LDT_Organisatienaam", 35)
_gevuld("LDT_Persoonsid", 20)
_gevuld("LDT_Plaatsnaam", 80)
_gevuld("LDT_Postcode", 8)
_code("LDT_ProductCategorie", 2, "WMO020", "JZ020")
_gevuld("LDT_ProductCode", 5)
_code("LDT_RedenAfwijzingVerzoek", 2, "WJ759")
_code("LDT_RedenBeeindiging", 2, "WMO588", "JZ588")
_code("LDT_RedenVerzoek", 1, "WJ758")
_code("LDT_RedenWijziging", 2, "WMO002", "JZ002")
_gevuld("LDT_Referentie", 36)
_tekst("LDT_ReferentieNummer", 20)
_getal("LDT_RelatieVolgorde", 99)
_code("LDT_RetourCode", 4, "WJ001")
_code("LDT_SoortRelatie", 2, "COD472")
_code("LDT_StatusAanlevering", 1, "COD467")
_gevuld("LDT_Straatnaam", 24)
_gevuld("LDT_Taal", 25)
_tekst("LDT_Telefoonnummer", 15, "[0-9]*", "RS046")
_moment("LDT_Tijd", "time", "[^Z+-]+", "RS034")
_getal("LDT_TotaalBedrag", 999_999_999_999)
_code("LDT_TypeVerwijzer", 2, "COD327")
_tekst(
    "LDT_Versie",
    None,
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)",
    "RS048",
)
_code("LDT_VerzoekAntwoord", 1, "WJ760")
_getal("LDT_Volume", 99_999_999)
_tekst("LDT_Voorletters", 6, "([a-zA-ZÀ-ỳ])+", "RS045")
_gevuld("LDT_Voorvoegsel", 10)
_code("LDT_WettelijkeVertegenwoordiging", 2, "WJ003")


def _velden(omschrijving: str) -> tuple[Veld, ...]:
    """Fields of a line such as `Datum:LDT_Datum DatumGebruik:LDT_DatumGebruik?`."""
    velden = []
    for each in omschrijving.split():
        naam, _, soort = each.partition(":")
        mag_weg = soort.endswith("?")
        velden.append(Veld(naam, soort.rstrip("?"), min=0 if mag_weg else 1))
    return tuple(velden)


_SAMENGESTELD: Final = {
    "CDT_Achternaam": "Achternaam:LDT_Naam Voorvoegsel:LDT_Voorvoegsel?",
    "CDT_Adres": (
        "Huis:CDT_Huis? Postcode:LDT_Postcode? Straatnaam:LDT_Straatnaam? "
        "Plaatsnaam:LDT_Plaatsnaam? LandCode:LDT_LandCode?"
    ),
    "CDT_BedragMetDC": "Bedrag:LDT_Bedrag DebetCredit:LDT_DebetCredit",
    "CDT_BerichtIdentificatie": (
        "Identificatie:LDT_IdentificatieBericht Dagtekening:LDT_Datum"
    ),
    "CDT_Communicatie": "Vorm:LDT_Communicatievorm Taal:LDT_Taal?",
    "CDT_Geboortedatum": "Datum:LDT_Datum DatumGebruik:LDT_DatumGebruik?",
    "CDT_GeslotenPeriode": "Begindatum:LDT_Datum Einddatum:LDT_Datum",
    "CDT_Huis": (
        "Huisnummer:LDT_Huisnummer Huisletter:LDT_Huisletter? "
        "HuisnummerToevoeging:LDT_HuisnummerToevoeging? "
        "AanduidingWoonadres:LDT_AanduidingWoonadres?"
    ),
    "CDT_Omvang": "Volume:LDT_Volume Eenheid:LDT_Eenheid Frequentie:LDT_Frequentie",
    "CDT_OpenPeriode": "Begindatum:LDT_Datum? Einddatum:LDT_Datum?",
    "CDT_Product": "Categorie:LDT_ProductCategorie Code:LDT_ProductCode?",
    "CDT_Referentie": (
        "ReferentieNummer:LDT_ReferentieNummer "
        "VorigReferentieNummer:LDT_ReferentieNummer?"
    ),
    "CDT_Telefoon": "Telefoonnummer:LDT_Telefoonnummer Landnummer:LDT_Landnummer",
    "CDT_Telefoonnummers": "Telefoon01:CDT_Telefoon Telefoon02:CDT_Telefoon?",
    "CDT_TotaalBedragMetDC": (
        "TotaalBedrag:LDT_TotaalBedrag DebetCredit:LDT_DebetCredit"
    ),
    "CDT_VerkorteNaam": (
        "Geslachtsnaam:CDT_Achternaam Voornamen:LDT_Naam? Voorletters:LDT_Voorletters?"
    ),
    "CDT_Verwijzer": (
        "Type:LDT_TypeVerwijzer Naam:LDT_NaamVerwijzer? ZorgverlenerCode:LDT_AgbCode?"
    ),
    "CDT_VolledigeNaam": (
        "Geslachtsnaam:CDT_Achternaam Partnernaam:CDT_Achternaam? Voornamen:LDT_Naam? "
        "Voorletters:LDT_Voorletters? NaamGebruik:LDT_NaamGebruik"
    ),
    "CDT_XsdVersie": "BasisschemaXsdVersie:LDT_Versie BerichtXsdVersie:LDT_Versie",
}

SAMENGESTELD: Final[dict[str, Klasse]] = {
    naam: Klasse(naam, _velden(velden), basis=True)
    for naam, velden in _SAMENGESTELD.items()
}
