"""The questions we put to the BRP, each with the kind of answer it gives.

Four of the seven that exist: by BSN, by name and birth date, by postcode and number,
and by the identification of an address (the only search that tells who has gezag). A
question is checked here, so that what comes back as a refusal is a fault of ours.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from samenloop.core.bsn import Bsn
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.brp.velden import Soort

BSNS_TEGELIJK = 20
_NAAM = re.compile(r"[a-zA-Z0-9À-ž .\-']{1,200}|[a-zA-Z0-9À-ž .\-']{3,199}\*")
_POSTCODE = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}")
_OBJECT = re.compile(r"(?!0{16})[0-9]{16}")


class OnjuisteVraag(SamenloopFout, ValueError):
    """The question cannot be put like this."""

    melding = _(
        "This cannot be asked of the persons register (BRP) like this. "
        "Fill in a whole date of birth, and at least three letters before an asterisk."
    )


@dataclass(frozen=True, slots=True)
class OpBsn:
    """People by their BSN, at most twenty; `gemeente` limits it to who lives there."""

    type: ClassVar[str] = "RaadpleegMetBurgerservicenummer"
    bsns: tuple[Bsn, ...]
    soort: Soort = Soort.PERSOON

    def __post_init__(self) -> None:
        if not 1 <= len(self.bsns) <= BSNS_TEGELIJK:
            raise OnjuisteVraag()

    def parameters(self) -> dict[str, Any]:
        """The parameters as the BRP names them."""
        return {"burgerservicenummer": [bsn.cijfers for bsn in self.bsns]}


@dataclass(frozen=True, slots=True)
class OpNaam:
    """People by name (an asterisk may follow three letters) and whole birth date."""

    type: ClassVar[str] = "ZoekMetGeslachtsnaamEnGeboortedatum"
    soort: ClassVar[Soort] = Soort.BEPERKT
    geslachtsnaam: str
    geboortedatum: date
    voornamen: str = ""
    voorvoegsel: str = ""
    geslacht: str = ""
    inclusief_overledenen: bool = False

    def __post_init__(self) -> None:
        if not _NAAM.fullmatch(self.geslachtsnaam):
            raise OnjuisteVraag()

    def parameters(self) -> dict[str, Any]:
        """The parameters as the BRP names them."""
        gevraagd: dict[str, Any] = {
            "geslachtsnaam": self.geslachtsnaam,
            "geboortedatum": self.geboortedatum.isoformat(),
            "voornamen": self.voornamen,
            "voorvoegsel": self.voorvoegsel,
            "geslacht": self.geslacht,
            "inclusiefOverledenPersonen": self.inclusief_overledenen,
        }
        return {naam: waarde for naam, waarde in gevraagd.items() if waarde}


@dataclass(frozen=True, slots=True)
class OpPostcode:
    """Who is registered at a postcode and number."""

    type: ClassVar[str] = "ZoekMetPostcodeEnHuisnummer"
    soort: ClassVar[Soort] = Soort.BEPERKT
    postcode: str
    huisnummer: int
    huisletter: str = ""
    huisnummertoevoeging: str = ""
    geboortedatum: date | None = None
    geslachtsnaam: str = ""

    def __post_init__(self) -> None:
        if not _POSTCODE.fullmatch(self.postcode) or not 1 <= self.huisnummer <= 99999:
            raise OnjuisteVraag()

    def parameters(self) -> dict[str, Any]:
        """The parameters as the BRP names them."""
        gevraagd: dict[str, Any] = {
            "postcode": self.postcode.replace(" ", "").upper(),
            "huisnummer": self.huisnummer,
            "huisletter": self.huisletter,
            "huisnummertoevoeging": self.huisnummertoevoeging,
            "geboortedatum": self.geboortedatum and self.geboortedatum.isoformat(),
            "geslachtsnaam": self.geslachtsnaam,
        }
        return {naam: waarde for naam, waarde in gevraagd.items() if waarde}


@dataclass(frozen=True, slots=True)
class OpAdres:
    """Who is registered at an address of the BAG, with their gezag if asked for."""

    type: ClassVar[str] = "ZoekMetAdresseerbaarObjectIdentificatie"
    soort: ClassVar[Soort] = Soort.GEZAG_BEPERKT
    object_id: str

    def __post_init__(self) -> None:
        if not _OBJECT.fullmatch(self.object_id):
            raise OnjuisteVraag()

    def parameters(self) -> dict[str, Any]:
        """The parameters as the BRP names them."""
        return {"adresseerbaarObjectIdentificatie": self.object_id}


Vraag = OpBsn | OpNaam | OpPostcode | OpAdres
