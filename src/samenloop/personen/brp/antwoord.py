"""What the BRP answers, read once and typed.

The BRP leaves out what is false, empty or unknown, and may send an empty group. So
absent never means no: what was not delivered is None or empty here, and only for what
always comes by itself (secrecy, suspension, investigation) absent is no. What cannot be
read is refused as a whole, without repeating any of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.personen.brp.datum import Brpdatum, OnleesbareDatum, read_date
from samenloop.personen.brp.models import Verblijfsoort


class OnleesbaarAntwoord(ValueError):
    """The answer does not follow the description of BRP bevragen 2.7."""


@dataclass(frozen=True, slots=True, repr=False)
class Naam:
    """Parts of a name; empty when not delivered or unknown."""

    voornamen: str = ""
    voorvoegsel: str = ""
    geslachtsnaam: str = ""
    volledige_naam: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Verblijfplaats:
    """Where someone is registered. Abroad we ask no address: then all is empty."""

    soort: Verblijfsoort
    van: Brpdatum | None = None
    straat: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    huisnummertoevoeging: str = ""
    postcode: str = ""
    woonplaats: str = ""
    locatie: str = ""
    object_id: str = ""
    niet_op_adres: bool = False


class Gezagstype(StrEnum):
    """The six kinds of relation; the last two mean that nobody can be named."""

    GEZAMENLIJK_OUDERLIJK = "GezamenlijkOuderlijkGezag"
    EENHOOFDIG_OUDERLIJK = "EenhoofdigOuderlijkGezag"
    GEZAMENLIJK = "GezamenlijkGezag"
    VOOGDIJ = "Voogdij"
    TIJDELIJK_GEEN = "TijdelijkGeenGezag"
    NIET_TE_BEPALEN = "GezagNietTeBepalen"


@dataclass(frozen=True, slots=True, repr=False)
class Houder:
    """Who has gezag; someone without BSN has only a name."""

    bsn: Bsn | None
    naam: str
    is_ouder: bool


@dataclass(frozen=True, slots=True, repr=False)
class Gezagsrelatie:
    """Custody over one minor. `onbekende_derde`: with a parent someone not known."""

    type: Gezagstype
    minderjarige: Bsn
    houders: tuple[Houder, ...] = ()
    onbekende_derde: bool = False
    toelichting: str = ""
    in_onderzoek: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Verwant:
    """A partner, parent or child; `beeindigd` says that a marriage was dissolved."""

    bsn: Bsn | None
    naam: Naam
    beeindigd: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class BrpPersoon:
    """Someone as the BRP knows them, as far as asked for and delivered.

    `gemeente` is a CBS code ("GM0005"); `opschorting` one letter; `in_onderzoek` the
    paths under investigation. Prints nothing: a repr ends up in tracebacks.
    """

    bsn: Bsn | None
    naam: Naam
    geboorte: Brpdatum | None
    geslacht: str
    leeftijd: int | None
    verblijfplaats: Verblijfplaats | None
    adresregels: tuple[str, ...]
    gemeente: str
    gemeentenaam: str
    partners: tuple[Verwant, ...]
    ouders: tuple[Verwant, ...]
    kinderen: tuple[Verwant, ...]
    gezag: tuple[Gezagsrelatie, ...] | None
    overleden_op: Brpdatum | None
    opschorting: str
    opgeschort_op: Brpdatum | None
    geheim: bool
    in_onderzoek: frozenset[str]

    @property
    def is_overleden(self) -> bool:
        """Whether the BRP stopped keeping the record because of death."""
        return self.opschorting == "O" or self.overleden_op is not None


def read_personen(inhoud: Any) -> tuple[BrpPersoon, ...]:
    """Read the people in an answer.

    Raises:
        OnleesbaarAntwoord: it does not follow the description.
    """
    try:
        personen = inhoud["personen"]
        if not isinstance(personen, list):
            raise TypeError
        return tuple(_persoon(persoon) for persoon in personen)
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OngeldigBsn,
        OnleesbareDatum,
    ):
        raise OnleesbaarAntwoord("not an answer of BRP bevragen 2.7") from None


def _persoon(gegeven: Mapping[str, Any]) -> BrpPersoon:
    gezag = gegeven.get("gezag")
    inschrijving = gegeven.get("gemeenteVanInschrijving") or {}
    adressering = gegeven.get("adressering") or {}
    opschorting = gegeven.get("opschortingBijhouding") or {}
    return BrpPersoon(
        bsn=_bsn(gegeven),
        naam=_naam(gegeven.get("naam")),
        geboorte=read_date((gegeven.get("geboorte") or {}).get("datum")),
        geslacht=_code(gegeven.get("geslacht")),
        leeftijd=_getal(gegeven.get("leeftijd")),
        verblijfplaats=_verblijfplaats(gegeven.get("verblijfplaats")),
        adresregels=tuple(
            _tekst(adressering, f"adresregel{nummer}")
            for nummer in (1, 2, 3)
            if adressering.get(f"adresregel{nummer}")
        ),
        gemeente=f"GM{_code(inschrijving)}" if inschrijving else "",
        gemeentenaam=_tekst(inschrijving, "omschrijving"),
        partners=_verwanten(gegeven.get("partners")),
        ouders=_verwanten(gegeven.get("ouders")),
        kinderen=_verwanten(gegeven.get("kinderen")),
        gezag=None if gezag is None else tuple(_gezag(deel) for deel in gezag),
        overleden_op=read_date((gegeven.get("overlijden") or {}).get("datum")),
        opschorting=_code(opschorting.get("reden")),
        opgeschort_op=read_date(opschorting.get("datum")),
        geheim=gegeven.get("geheimhoudingPersoonsgegevens") is True,
        in_onderzoek=frozenset(_in_onderzoek(gegeven)),
    )


def _verblijfplaats(gegeven: Mapping[str, Any] | None) -> Verblijfplaats | None:
    if not gegeven:
        return None
    adres = gegeven.get("verblijfadres") or {}
    soort = {
        "Adres": Verblijfsoort.ADRES,
        "Locatie": Verblijfsoort.LOCATIE,
        "VerblijfplaatsBuitenland": Verblijfsoort.ELDERS,
        "VerblijfplaatsOnbekend": Verblijfsoort.ONBEKEND,
    }[gegeven["type"]]
    return Verblijfplaats(
        soort=soort,
        van=read_date(gegeven.get("datumVan")),
        # The short name only when there is no official one: it may be cut off.
        straat=_tekst(adres, "officieleStraatnaam") or _tekst(adres, "korteStraatnaam"),
        huisnummer=_getal(adres.get("huisnummer")),
        huisletter=_tekst(adres, "huisletter"),
        huisnummertoevoeging=_tekst(adres, "huisnummertoevoeging"),
        postcode=_tekst(adres, "postcode").replace(" ", "").upper(),
        woonplaats=_tekst(adres, "woonplaats"),
        locatie=_tekst(adres, "locatiebeschrijving"),
        object_id=_tekst(gegeven, "adresseerbaarObjectIdentificatie"),
        niet_op_adres=gegeven.get("indicatieVastgesteldVerblijftNietOpAdres") is True,
    )


def _gezag(gegeven: Mapping[str, Any]) -> Gezagsrelatie:
    ouders = list(gegeven.get("ouders") or ())
    if gegeven.get("ouder") is not None:
        ouders.append(gegeven["ouder"])
    derden = list(gegeven.get("derden") or ())
    onbekend = False
    if (derde := gegeven.get("derde")) is not None:
        onbekend = derde.get("type") == "OnbekendeDerde"
        if not onbekend:
            derden.append(derde)
    return Gezagsrelatie(
        type=Gezagstype(gegeven["type"]),
        minderjarige=Bsn(gegeven["minderjarige"]["burgerservicenummer"]),
        houders=(
            *(_houder(ouder, is_ouder=True) for ouder in ouders),
            *(_houder(derde, is_ouder=False) for derde in derden),
        ),
        onbekende_derde=onbekend,
        toelichting=_tekst(gegeven, "toelichting"),
        in_onderzoek=gegeven.get("inOnderzoek") is True,
    )


def _houder(gegeven: Mapping[str, Any], *, is_ouder: bool) -> Houder:
    naam = _naam(gegeven.get("naam"))
    return Houder(_bsn(gegeven), naam.volledige_naam or naam.geslachtsnaam, is_ouder)


def _verwanten(gegeven: Any) -> tuple[Verwant, ...]:
    # A parent who is not known comes as an empty group.
    return tuple(
        Verwant(
            bsn=_bsn(deel),
            naam=_naam(deel.get("naam")),
            beeindigd=bool(deel.get("ontbindingHuwelijkPartnerschap")),
        )
        for deel in gegeven or ()
        if deel
    )


def _naam(gegeven: Mapping[str, Any] | None) -> Naam:
    naam = gegeven or {}
    return Naam(
        voornamen=_tekst(naam, "voornamen"),
        voorvoegsel=_tekst(naam, "voorvoegsel"),
        geslachtsnaam=_tekst(naam, "geslachtsnaam"),
        volledige_naam=_tekst(naam, "volledigeNaam"),
    )


def _bsn(gegeven: Mapping[str, Any]) -> Bsn | None:
    cijfers = gegeven.get("burgerservicenummer")
    return None if cijfers is None else Bsn(cijfers)


def _code(waarde: Mapping[str, Any] | None) -> str:
    return _tekst(waarde or {}, "code")


def _tekst(gegeven: Mapping[str, Any], naam: str) -> str:
    waarde = gegeven.get(naam, "")
    if not isinstance(waarde, str):
        raise TypeError
    return waarde


def _getal(waarde: Any) -> int | None:
    if waarde is not None and type(waarde) is not int:
        raise TypeError
    return waarde


def _in_onderzoek(gegeven: Any, pad: str = "") -> Iterator[str]:
    """Find the paths under investigation, in whatever group they stand."""
    if isinstance(gegeven, list):
        for deel in gegeven:
            yield from _in_onderzoek(deel, pad)
    elif isinstance(gegeven, dict):
        for naam, waarde in gegeven.items():
            hier = f"{pad}.{naam}" if pad else naam
            if naam != "inOnderzoek":
                yield from _in_onderzoek(waarde, hier)
            elif waarde is True:
                yield pad
            elif isinstance(waarde, dict):
                yield from (
                    f"{pad}.{deel}" if pad else deel
                    for deel, aan in waarde.items()
                    if aan is True
                )
