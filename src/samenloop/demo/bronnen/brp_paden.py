"""The fields one may name in a question to the BRP, per kind of answer.

Dates and code tables are leaves with parts of their own; naming a part gives all of it.
A test holds these lists equal to the published ones.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

_DATUM = dict.fromkeys(
    ("langFormaat", "type", "datum", "onbekend", "jaar", "maand"), None
)
_CODE = dict.fromkeys(("code", "omschrijving"), None)
_TITEL = dict.fromkeys(("code", "omschrijving", "soort"), None)
_BSN = {"burgerservicenummer": None}

_NAAM_VERWANT = {
    "adellijkeTitelPredicaat": _TITEL,
    "geslachtsnaam": None,
    "voorletters": None,
    "voornamen": None,
    "voorvoegsel": None,
}
_NAAM = {**_NAAM_VERWANT, "volledigeNaam": None}
_GEBOORTE = {"datum": _DATUM, "land": _CODE, "plaats": _CODE}
_ADRESSERING = {
    "adresregel1": None,
    "adresregel2": None,
    "adresregel3": None,
    "land": _CODE,
}
_BINNENLAND = {"adresregel1": None, "adresregel2": None}
_AANSPREKEN = {
    "aanhef": None,
    "aanschrijfwijze": {"aanspreekvorm": None, "naam": None},
    "gebruikInLopendeTekst": None,
}
_GEZAG = {
    "type": None,
    "minderjarige": _BSN,
    "ouders": _BSN,
    "ouder": _BSN,
    "derde": _BSN,
    "derden": _BSN,
}
_STRAATADRES = {
    "aanduidingBijHuisnummer": _CODE,
    "huisletter": None,
    "huisnummer": None,
    "huisnummertoevoeging": None,
    "korteStraatnaam": None,
    "officieleStraatnaam": None,
    "postcode": None,
    "woonplaats": None,
    "locatiebeschrijving": None,
}
_VERBLIJF = {
    "type": None,
    "datumIngangGeldigheid": _DATUM,
    "datumVan": _DATUM,
    "adresseerbaarObjectIdentificatie": None,
    "functieAdres": _CODE,
    "nummeraanduidingIdentificatie": None,
}
_BEPERKT: dict[str, Any] = {
    "adressering": _ADRESSERING,
    "burgerservicenummer": None,
    "geboorte": {"datum": _DATUM},
    "geslacht": _CODE,
    "leeftijd": None,
    "naam": _NAAM,
    "adresseringBinnenland": _BINNENLAND,
}
_PERSOON: dict[str, Any] = {
    "aNummer": None,
    "adressering": {**_ADRESSERING, **_AANSPREKEN},
    "burgerservicenummer": None,
    "datumEersteInschrijvingGBA": _DATUM,
    "datumInschrijvingInGemeente": _DATUM,
    "europeesKiesrecht": {"aanduiding": _CODE, "einddatumUitsluiting": _DATUM},
    "geboorte": _GEBOORTE,
    "gemeenteVanInschrijving": _CODE,
    "geslacht": _CODE,
    "gezag": _GEZAG,
    "immigratie": {
        "datumVestigingInNederland": _DATUM,
        "indicatieVestigingVanuitBuitenland": None,
        "landVanwaarIngeschreven": _CODE,
        "vanuitVerblijfplaatsOnbekend": None,
    },
    "indicatieCurateleRegister": None,
    "indicatieGezagMinderjarige": _CODE,
    "kinderen": {
        "burgerservicenummer": None,
        "geboorte": _GEBOORTE,
        "naam": _NAAM_VERWANT,
    },
    "leeftijd": None,
    "naam": {**_NAAM, "aanduidingNaamgebruik": _CODE},
    "nationaliteiten": {
        "redenOpname": _CODE,
        "type": None,
        "datumIngangGeldigheid": _DATUM,
        "nationaliteit": _CODE,
    },
    "ouders": {
        "burgerservicenummer": None,
        "datumIngangFamilierechtelijkeBetrekking": _DATUM,
        "geboorte": _GEBOORTE,
        "geslacht": _CODE,
        "naam": _NAAM_VERWANT,
        "ouderAanduiding": None,
    },
    "overlijden": {"datum": _DATUM, "land": _CODE, "plaats": _CODE},
    "partners": {
        "aangaanHuwelijkPartnerschap": {
            "datum": _DATUM,
            "land": _CODE,
            "plaats": _CODE,
        },
        "burgerservicenummer": None,
        "geboorte": _GEBOORTE,
        "geslacht": _CODE,
        "naam": _NAAM_VERWANT,
        "ontbindingHuwelijkPartnerschap": {"datum": _DATUM},
        "soortVerbintenis": _CODE,
    },
    "uitsluitingKiesrecht": {"einddatum": _DATUM, "uitgeslotenVanKiesrecht": None},
    "verblijfplaats": {
        **_VERBLIJF,
        "verblijfadres": {
            **_STRAATADRES,
            "land": _CODE,
            "regel1": None,
            "regel2": None,
            "regel3": None,
        },
    },
    "verblijfstitel": {
        "aanduiding": _CODE,
        "datumEinde": _DATUM,
        "datumIngang": _DATUM,
    },
    "verblijfplaatsBinnenland": {**_VERBLIJF, "verblijfadres": _STRAATADRES},
    "adresseringBinnenland": {**_BINNENLAND, **_AANSPREKEN},
}
BOMEN: Mapping[str, Mapping[str, Any]] = {
    "Persoon": _PERSOON,
    "PersoonBeperkt": _BEPERKT,
    "GezagPersoonBeperkt": {**_BEPERKT, "gezag": _GEZAG},
}
# Delivered by themselves, at whatever level they stand; naming one is refused.
AUTOMATISCH = frozenset(
    {
        "geheimhoudingPersoonsgegevens",
        "inOnderzoek",
        "opschortingBijhouding",
        "rni",
        "verificatie",
        "indicatieVastgesteldVerblijftNietOpAdres",
    }
)


def _walk(boom: Mapping[str, Any], voor: str = "") -> Iterator[str]:
    for naam, onder in boom.items():
        yield voor + naam
        if onder:
            yield from _walk(onder, f"{voor}{naam}.")


@cache
def paths(soort: str) -> frozenset[str]:
    """Every path that exists for this kind of answer."""
    return frozenset(_walk(BOMEN[soort]))


def is_whole(boom: Mapping[str, Any] | None) -> bool:
    """Whether this is a date or code table, of which a part gives all."""
    return boom is None or boom in (_DATUM, _CODE, _TITEL)
