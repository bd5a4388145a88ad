"""Rules on names, addresses and how to reach people; only an allocation has those."""

import re

from samenloop.berichten.regels.grond import Grond, Velden
from samenloop.berichten.regels.register import regel

_VAN_CLIENT = "301 Client/Contactgegevens/Contact"
_VAN_RELATIE = "301 Client/Relaties/Relatie/Contact"

NEDERLAND = "NL"
_POSTCODE = re.compile(r"[1-9][0-9]{3}[a-zA-Z]{2}")


@regel(
    "CD005",
    "Bij een postcode hoort een land, en zonder postcode geen land. Vul ze beide of "
    "laat ze beide weg.",
    f"{_VAN_CLIENT}/Adres: LandCode",
    f"{_VAN_RELATIE}/Adres: LandCode",
)
def land_bij_postcode(adres: Velden, grond: Grond) -> bool:
    """Postcode and country go together."""
    return ("Postcode" in adres) != ("LandCode" in adres)


@regel(
    "CD007",
    "Bij een tolk voor een taal hoort de taal; bij andere hulp blijft de taal leeg.",
    "301 Client/Communicatie: Taal",
)
def taal_bij_tolk(communicatie: Velden, grond: Grond) -> bool:
    """Only an interpreter of a language needs to know which."""
    tolk: bool = communicatie["Vorm"] == "1"
    return tolk != ("Taal" in communicatie)


@regel(
    "CD009",
    "Een periode hoort alleen bij een tijdelijk adres (soort 04). Laat de periode weg.",
    f"{_VAN_CLIENT}: Periode",
    f"{_VAN_RELATIE}: Periode",
)
def periode_bij_tijdelijk(contact: Velden, grond: Grond) -> bool:
    """Other addresses hold until further notice."""
    return "Periode" in contact and contact["Soort"] != "04"


@regel(
    "CD025",
    "Bij een adres in Nederland hoort een huisnummer. Vul het huisnummer.",
    f"{_VAN_CLIENT}/Adres: Huis",
    f"{_VAN_RELATIE}/Adres: Huis",
)
def huis_in_nederland(adres: Velden, grond: Grond) -> bool:
    """A Dutch address is found by postcode and number."""
    return adres.get("LandCode") == NEDERLAND and "Huis" not in adres


@regel(
    "CD034",
    "Bij een BRP-adres of verblijfadres hoort een postcode. Vul de postcode.",
    f"{_VAN_CLIENT}: Adres/Postcode",
    f"{_VAN_RELATIE}: Adres/Postcode",
)
def postcode_bij_woonadres(contact: Velden, grond: Grond) -> bool:
    """Of where somebody lives the postcode is known; only telephone is no address."""
    if contact["Soort"] not in {"01", "03"}:
        return False
    adres = contact.get("Adres")
    return adres is not None and "Postcode" not in adres


@regel(
    "CS089",
    "Dit is geen Nederlandse postcode: vier cijfers, niet beginnend met 0, en twee "
    "letters zonder spatie.",
    f"{_VAN_CLIENT}/Adres: Postcode",
    f"{_VAN_RELATIE}/Adres: Postcode",
)
def postcode_van_nederland(adres: Velden, grond: Grond) -> bool:
    """Abroad any form goes."""
    if adres.get("LandCode") != NEDERLAND or "Postcode" not in adres:
        return False
    return _POSTCODE.fullmatch(adres["Postcode"]) is None


@regel(
    "CS050",
    "Het naamgebruik past niet bij de namen: met een partnernaam 1 tot en met 4, "
    "zonder partnernaam 1, of 6 voor een organisatie.",
    "301 Client/Naam: NaamGebruik",
    "301 Client/Relaties/Relatie/Naam: NaamGebruik",
)
def naamgebruik_bij_partner(naam: Velden, grond: Grond) -> bool:
    """Who has no name of a partner cannot use it."""
    mogelijk = "1234" if "Partnernaam" in naam else "16"
    return naam["NaamGebruik"] not in mogelijk


@regel(
    "CS318",
    "Een jeugdige is een natuurlijk persoon: naamgebruik 6 kan hier niet.",
    "301 Client: Naam",
    wetten=frozenset({"jeugdwet"}),
)
def client_is_persoon(client: Velden, grond: Grond) -> bool:
    """Only a relation may be an organisation."""
    return bool(client["Naam"]["NaamGebruik"] == "6")


@regel(
    "TR006",
    "Zo is deze persoon niet te bereiken. Vul een telefoonnummer, of een huisnummer "
    "met postcode.",
    _VAN_CLIENT,
    _VAN_RELATIE,
)
def bereikbaar(contact: Velden, grond: Grond) -> bool:
    """A telephone, or house and postcode, or both."""
    adres = contact.get("Adres", {})
    return "Telefoon" not in contact and not ("Huis" in adres and "Postcode" in adres)


@regel(
    "TR061",
    "Er is geen BRP-adres, correspondentie-adres of verblijfadres van de client. Vul "
    "er minstens een.",
    "301 Client",
)
def heeft_adres(client: Velden, grond: Grond) -> bool:
    """Somewhere the client must be."""
    return not any(
        each["Soort"] in {"01", "02", "03"} and "Adres" in each
        for each in client["Contactgegevens"]["Contact"]
    )
