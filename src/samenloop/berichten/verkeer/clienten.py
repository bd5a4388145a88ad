"""A client as messages name them: name, birth, sex, address, who has custody.

Only what the standard asks for; read for all clients of a round at once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from samenloop.personen.models import Adres, Burgerservicenummer, Geslacht, Persoon
from samenloop.personen.samenleven import Gezag, GezagSoort

_ONBEKEND = date(1900, 1, 1)
_ALLES_ONBEKEND = "3"
_EIGEN_NAAM = "1"
_OUDER, _VOOGD = "10", "11"
_BRP = "01"


@dataclass(slots=True)
class Client:
    """What is known of one client; `bezwaar` says why no message may go by itself."""

    persoon: Persoon
    bsn: str = ""
    adres: Adres | None = None
    gezag: list[tuple[Persoon, Adres | None, str]] = field(default_factory=list)
    # Whether somebody with custody and a secret address lives where the client does.
    bij_geheim: bool = False

    @property
    def bezwaar(self) -> str:
        """Why a person must look first; empty when it may go."""
        if not self.bsn:
            return "Van deze persoon is geen BSN bekend."
        if self.persoon.geheim:
            return "Het adres van deze persoon is geheim: beslis zelf of het mee mag."
        if self.bij_geheim:
            return (
                "Op dit adres woont een ouder of voogd met een geheim adres: beslis "
                "zelf of het mee mag."
            )
        return ""

    def full(self) -> dict[str, Any]:
        """Return the client of a 301, without the allocations."""
        uit: dict[str, Any] = {
            # Nobody is called by this number; the message is held back then.
            "Bsn": self.bsn or "000000000",
            "Geboortedatum": _birth(self.persoon.geboortedatum),
            "Geslacht": _sex(self.persoon),
            "Naam": _name(self.persoon),
        }
        # TR006 asks an address or a telephone number of a relation. Who has neither
        # that may be told is left out: the client's address is not theirs to give.
        bekend = [each for each in self.gezag if _is_reachable(each[1])]
        if bekend:
            uit["Relaties"] = {
                "Relatie": [
                    {
                        "Nummer": str(nummer),
                        "Soort": soort,
                        "Naam": _name(houder),
                        "Contact": _contact(adres),
                    }
                    for nummer, (houder, adres, soort) in enumerate(bekend, 1)
                ]
            }
        uit["Contactgegevens"] = {"Contact": [_contact(self.adres)]}
        return uit


def clients(personen: Collection[UUID], op: date) -> dict[UUID, Client]:
    """Return these clients with whoever has custody over them on a day."""
    uit = {
        each.pk: Client(each) for each in Persoon.objects.filter(pk__in=list(personen))
    }
    for gezag in (
        Gezag.objects.current()
        .in_force(op)
        .filter(minderjarige__in=uit, houder__isnull=False)
        .select_related("houder")
        .order_by("houder")
    ):
        soort = _OUDER if gezag.soort == GezagSoort.OUDER else _VOOGD
        if gezag.houder is not None:
            uit[gezag.minderjarige_id].gezag.append((gezag.houder, None, soort))
    for persoon, bsn in Burgerservicenummer.objects.filter(persoon__in=uit).values_list(
        "persoon_id", "bsn"
    ):
        uit[persoon].bsn = bsn
    _with_addresses(uit, op)
    return uit


def _with_addresses(clienten: dict[UUID, Client], op: date) -> None:
    wie = set(clienten) | {
        houder.pk for client in clienten.values() for houder, *_ in client.gezag
    }
    wonen: dict[UUID, Adres] = {}
    for adres in Adres.objects.current().in_force(op).filter(persoon__in=wie):
        wonen[adres.persoon_id] = adres
    for pk, client in clienten.items():
        client.adres = wonen.get(pk)
        client.bij_geheim = any(
            houder.geheim and _is_same(wonen.get(houder.pk), client.adres)
            for houder, *_ in client.gezag
        )
        client.gezag = [
            (houder, None if houder.geheim else wonen.get(houder.pk), soort)
            for houder, _, soort in client.gezag
        ]


def _is_reachable(adres: Adres | None) -> bool:
    return adres is not None and adres.huisnummer is not None and bool(adres.postcode)


def _is_same(een: Adres | None, ander: Adres | None) -> bool:
    """Whether two live in one place: one household, or one postal code and number."""
    if een is None or ander is None:
        return False
    if een.huishouden_id is not None and een.huishouden_id == ander.huishouden_id:
        return True
    return _is_reachable(een) and (
        een.postcode,
        een.huisnummer,
        een.huisnummertoevoeging,
    ) == (ander.postcode, ander.huisnummer, ander.huisnummertoevoeging)


def _birth(dag: date | None) -> dict[str, Any]:
    if dag is None:
        return {"Datum": _ONBEKEND, "DatumGebruik": _ALLES_ONBEKEND}
    return {"Datum": dag}


def _sex(persoon: Persoon) -> str:
    if persoon.geslacht in (Geslacht.MAN, Geslacht.VROUW):
        return str(persoon.geslacht)
    return str(Geslacht.ONBEKEND)


def _name(persoon: Persoon) -> dict[str, Any]:
    naam: dict[str, Any] = {"Achternaam": persoon.geslachtsnaam}
    if persoon.voorvoegsel:
        naam["Voorvoegsel"] = persoon.voorvoegsel[:10]
    uit: dict[str, Any] = {"Geslachtsnaam": naam}
    if persoon.voornamen:
        uit["Voornamen"] = persoon.voornamen
        letters = "".join(deel[0] for deel in persoon.voornamen.split() if deel)
        if kort := "".join(filter(str.isalpha, letters))[:6]:
            uit["Voorletters"] = kort
    uit["NaamGebruik"] = _EIGEN_NAAM
    return uit


def _contact(adres: Adres | None) -> dict[str, Any]:
    uit: dict[str, Any] = {"Soort": _BRP}
    if adres is None:
        return uit
    huis: dict[str, Any] = {}
    if adres.huisnummer is not None:
        huis["Huisnummer"] = adres.huisnummer
        if adres.huisnummertoevoeging:
            huis["HuisnummerToevoeging"] = adres.huisnummertoevoeging[:4]
    deel: dict[str, Any] = {}
    if huis and adres.postcode:
        deel["Huis"] = huis
        deel["Postcode"] = adres.postcode
    if adres.straat:
        deel["Straatnaam"] = adres.straat[:24]
    if adres.woonplaats:
        deel["Plaatsnaam"] = adres.woonplaats
    if "Postcode" in deel:
        deel["LandCode"] = "NL"
    if deel:
        uit["Adres"] = deel
    return uit
