"""The whole record of a person as the BRP would have it, before anything is left out.

Built from a `Mens`: what the demo region or a made-up special case says of somebody.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Deeldatum = tuple[int | None, int | None, int | None]
ONBEKEND: Deeldatum = (None, None, None)

_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
    "september", "oktober", "november", "december",
)  # fmt: skip
_GESLACHT = {"M": "man", "V": "vrouw", "O": "onbekend"}
_OPSCHORTING = {
    "O": "overlijden",
    "E": "emigratie",
    "M": "ministerieel besluit",
    "R": "pl is aangelegd in de rni",
    "F": "fout",
    "W": "wissen",
}


@dataclass(slots=True)
class Woonplek:
    """An address in the Netherlands, a described place, or lines of one abroad."""

    straat: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    plaats: str = ""
    object_id: str = ""
    locatie: str = ""
    buitenland: tuple[str, ...] = ()
    land: tuple[str, str] = ("", "")


@dataclass(slots=True, eq=False)
class Mens:
    """Somebody, with what the BRP knows. Secrecy is a digit, 0 for none.

    `gemeente` is code and name; relations point to other people; a parent who is not
    known is None. `gezag` holds relations as the BRP words them.
    """

    bsn: str
    voornamen: str
    voorvoegsel: str
    geslachtsnaam: str
    geboren: Deeldatum
    geslacht: str = "O"
    gemeente: tuple[str, str] = ("", "")
    sinds: Deeldatum = ONBEKEND
    woont: Woonplek | None = None
    geheim: int = 0
    opschorting: str = ""
    opgeschort_op: Deeldatum = ONBEKEND
    overleden_op: Deeldatum | None = None
    niet_op_adres: bool = False
    titel: tuple[str, str, str] | None = None
    onderzoek: dict[str, dict[str, Any]] = field(default_factory=dict)
    partners: list[tuple["Mens", date, date | None]] = field(default_factory=list)
    ouders: list["Mens | None"] = field(default_factory=list)
    kinderen: list["Mens"] = field(default_factory=list)
    gezag: list[dict[str, Any]] = field(default_factory=list)

    @property
    def volledige_naam(self) -> str:
        """First names, prefix and surname."""
        delen = (self.voornamen, self.voorvoegsel, self.geslachtsnaam)
        return " ".join(deel for deel in delen if deel)


def parts(dag: date) -> Deeldatum:
    """A whole date as parts."""
    return (dag.year, dag.month, dag.day)


def datum(deel: Deeldatum | None) -> dict[str, Any]:
    """Write a date as the BRP does, in one of its four kinds."""
    if deel is None:
        return {}
    jaar, maand, dag = deel
    if jaar and maand and dag:
        return {
            "type": "Datum",
            "datum": date(jaar, maand, dag).isoformat(),
            "langFormaat": f"{dag} {_MAANDEN[maand - 1]} {jaar}",
        }
    if jaar and maand:
        lang = f"{_MAANDEN[maand - 1]} {jaar}"
        return {
            "type": "JaarMaandDatum",
            "jaar": jaar,
            "maand": maand,
            "langFormaat": lang,
        }
    if jaar:
        return {"type": "JaarDatum", "jaar": jaar, "langFormaat": str(jaar)}
    return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}


def age_on(geboren: Deeldatum, dag: date) -> int | None:
    """Age as far as it can be known: without a day only outside the birth month."""
    jaar, maand, op = geboren
    if not jaar or not maand or (not op and maand == dag.month):
        return None
    voorbij = (dag.month, dag.day) >= (maand, op or 1)
    return dag.year - jaar - (not voorbij)


def document(mens: Mens, dag: date) -> dict[str, Any]:
    """The whole record of someone on a day."""
    adres = _verblijfplaats(mens)
    return {
        "aNummer": f"{int(mens.bsn) % 10**9:010d}",
        "burgerservicenummer": mens.bsn,
        "datumEersteInschrijvingGBA": datum(mens.geboren),
        "datumInschrijvingInGemeente": datum(mens.sinds) if mens.gemeente[0] else {},
        "gemeenteVanInschrijving": _code(*mens.gemeente),
        "geslacht": _code(mens.geslacht, _GESLACHT[mens.geslacht]),
        "leeftijd": None if mens.overleden_op else age_on(mens.geboren, dag),
        "naam": _with_research(_naam(mens, heel=True), mens, "naam"),
        "geboorte": _with_research(_geboorte(mens), mens, "geboorte"),
        "nationaliteiten": [
            {"type": "Nationaliteit", "nationaliteit": _code("0001", "Nederlandse")}
        ],
        "overlijden": _overlijden(mens),
        "verblijfplaats": _with_research(adres, mens, "verblijfplaats"),
        "adressering": _adressering(mens),
        "partners": [_partner(*deel) for deel in mens.partners],
        "ouders": [
            {} if ouder is None else _ouder(ouder, nummer, mens)
            for nummer, ouder in enumerate(mens.ouders, 1)
        ],
        "kinderen": [_verwant(kind) for kind in mens.kinderen],
        "gezag": mens.gezag,
        "geheimhoudingPersoonsgegevens": mens.geheim > 0,
        "opschortingBijhouding": {}
        if not mens.opschorting
        else {
            "reden": _code(mens.opschorting, _OPSCHORTING[mens.opschorting]),
            "datum": datum(mens.opgeschort_op),
        },
        "inOnderzoek": mens.onderzoek.get("", {}),
    }


def _with_research(deel: dict[str, Any], mens: Mens, naam: str) -> dict[str, Any]:
    return {**deel, "inOnderzoek": mens.onderzoek.get(naam, {})} if deel else deel


def _code(code: str, omschrijving: str) -> dict[str, str]:
    return {"code": code, "omschrijving": omschrijving} if code else {}


def _naam(mens: Mens, *, heel: bool = False) -> dict[str, Any]:
    naam: dict[str, Any] = {
        "voornamen": mens.voornamen,
        "voorvoegsel": mens.voorvoegsel,
        "geslachtsnaam": mens.geslachtsnaam,
        "voorletters": "".join(f"{deel[0]}." for deel in mens.voornamen.split()),
    }
    if mens.titel:
        code, omschrijving, soort = mens.titel
        naam["adellijkeTitelPredicaat"] = {**_code(code, omschrijving), "soort": soort}
    if heel:
        naam["volledigeNaam"] = mens.volledige_naam
        naam["aanduidingNaamgebruik"] = _code("E", "eigen geslachtsnaam")
    return naam


def _geboorte(mens: Mens) -> dict[str, Any]:
    return {"datum": datum(mens.geboren), "land": _code("6030", "Nederland")}


def _overlijden(mens: Mens) -> dict[str, Any]:
    if mens.overleden_op is None:
        return {}
    return {"datum": datum(mens.overleden_op), "land": _code("6030", "Nederland")}


def _verblijfplaats(mens: Mens) -> dict[str, Any]:
    plek = mens.woont
    sinds = datum(mens.sinds)
    if plek is None:
        return {"type": "VerblijfplaatsOnbekend", "datumVan": sinds}
    if plek.buitenland:
        regels = dict(
            zip(("regel1", "regel2", "regel3"), plek.buitenland, strict=False)
        )
        return {
            "type": "VerblijfplaatsBuitenland",
            "datumVan": sinds,
            "verblijfadres": {**regels, "land": _code(*plek.land)},
        }
    gedeeld = {
        "datumVan": sinds,
        "functieAdres": _code("W", "woonadres"),
        "indicatieVastgesteldVerblijftNietOpAdres": mens.niet_op_adres,
    }
    if plek.locatie:
        return {
            "type": "Locatie",
            **gedeeld,
            "verblijfadres": {"locatiebeschrijving": plek.locatie},
        }
    return {
        "type": "Adres",
        **gedeeld,
        "adresseerbaarObjectIdentificatie": plek.object_id,
        "nummeraanduidingIdentificatie": _numbering(plek.object_id),
        "verblijfadres": {
            "officieleStraatnaam": plek.straat,
            "korteStraatnaam": plek.straat[:24],
            "huisnummer": plek.huisnummer,
            "huisletter": plek.huisletter,
            "huisnummertoevoeging": plek.toevoeging,
            "postcode": plek.postcode,
            "woonplaats": plek.plaats,
        },
    }


def _numbering(object_id: str) -> str:
    """The number of the address that goes with an object: another kind of object."""
    return f"{object_id[:4]}20{object_id[6:]}" if object_id else ""


def _adressering(mens: Mens) -> dict[str, Any]:
    plek = mens.woont
    aanhef = {"M": "heer", "V": "mevrouw"}.get(mens.geslacht, "")
    achternaam = " ".join(
        deel for deel in (mens.voorvoegsel, mens.geslachtsnaam) if deel
    )
    uit: dict[str, Any] = {
        "aanhef": f"Geachte {aanhef} {achternaam}" if aanhef else "",
        "aanschrijfwijze": {"naam": mens.volledige_naam},
        "gebruikInLopendeTekst": f"{aanhef} {achternaam}".strip(),
        "indicatieVastgesteldVerblijftNietOpAdres": mens.niet_op_adres,
    }
    if plek is None:
        return uit
    if plek.buitenland:
        for nummer, regel in enumerate(plek.buitenland, 1):
            uit[f"adresregel{nummer}"] = regel
        uit["land"] = _code(*plek.land)
    elif plek.locatie:
        uit["adresregel1"] = plek.locatie
        uit["adresregel2"] = plek.plaats.upper()
    else:
        huis = f"{plek.huisnummer or ''}{plek.huisletter}"
        delen = (plek.straat[:24], huis, plek.toevoeging)
        uit["adresregel1"] = " ".join(deel for deel in delen if deel)[:40]
        code = f"{plek.postcode[:4]} {plek.postcode[4:]}".strip()
        uit["adresregel2"] = f"{code}  {plek.plaats.upper()}".strip()[:50]
    return uit


def _verwant(mens: Mens) -> dict[str, Any]:
    return {
        "burgerservicenummer": mens.bsn,
        "naam": _naam(mens),
        "geboorte": _geboorte(mens),
    }


def _ouder(ouder: Mens, nummer: int, kind: Mens) -> dict[str, Any]:
    return {
        **_verwant(ouder),
        "geslacht": _code(ouder.geslacht, _GESLACHT[ouder.geslacht]),
        "ouderAanduiding": str(nummer),
        "datumIngangFamilierechtelijkeBetrekking": datum(kind.geboren),
    }


def _partner(mens: Mens, van: date, tot: date | None) -> dict[str, Any]:
    return {
        **_verwant(mens),
        "geslacht": _code(mens.geslacht, _GESLACHT[mens.geslacht]),
        "soortVerbintenis": _code("H", "huwelijk"),
        "aangaanHuwelijkPartnerschap": {"datum": datum(parts(van))},
        "ontbindingHuwelijkPartnerschap": {"datum": datum(parts(tot))} if tot else {},
    }


def gezag(soort: str, kind: Mens, dag: date, **deel: Any) -> dict[str, Any]:
    """Write a relation of custody; `deel` holds ouders, ouder, derde, derden."""
    leeftijd = age_on(kind.geboren, dag)
    minderjarige: dict[str, Any] = {
        "burgerservicenummer": kind.bsn,
        "naam": {"volledigeNaam": kind.volledige_naam},
    }
    if leeftijd is not None:
        minderjarige["leeftijd"] = leeftijd
    return {"type": soort, "minderjarige": minderjarige, **deel}


def holder(mens: Mens, *, met_bsn: bool = True) -> dict[str, Any]:
    """Write somebody who has custody; a parent may lack a BSN."""
    uit: dict[str, Any] = {"naam": {"volledigeNaam": mens.volledige_naam}}
    return {"burgerservicenummer": mens.bsn, **uit} if met_bsn else uit


def known_third(mens: Mens) -> dict[str, Any]:
    """Write a third who is known."""
    return {"type": "BekendeDerde", **holder(mens)}
