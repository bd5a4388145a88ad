"""Messages of invented providers about allocations of ours, as they would send them."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.lezen import lees
from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.berichten.standaard.soorten import SUBVERSIE, VERSIE, XSD_VERSIE, soort
from samenloop.berichten.verkeer import opbergen
from samenloop.berichten.verkeer.dragers import Aangeboden
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.ontvangst import receive_all
from samenloop.core import gebeurtenissen, klok
from samenloop.core.bsn import Bsn
from samenloop.personen.models import Adres, Persoon
from samenloop.voorzieningen.toewijzen import gevolg
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from tests.personen.maken import days, known, municipality
from tests.voorzieningen.maken import AGB

GEMEENTE = "GM0014"
_nummers = count(1)


def client(bsn: str = "999990019", postcode: str = "9711AB", **velden: Any) -> Persoon:
    """A client with a number and an address in Groningen."""
    gemeente = municipality(GEMEENTE, "Groningen")
    persoon = Persoon.objects.register(
        Bsn(bsn),
        **{
            "geslachtsnaam": "Postma",
            "voornamen": "Marije",
            "geboortedatum": date(1980, 5, 17),
            "geslacht": "2",
            "gemeenten": [GEMEENTE],
            **velden,
        },
    )
    Adres.objects.create(
        persoon=persoon,
        gemeente=gemeente,
        straat="Kerkstraat",
        huisnummer=7,
        postcode=postcode,
        woonplaats="Groningen",
        geldig=days("2010-01-01"),
        bekend=known("2010-01-01"),
    )
    return persoon


def provided(toewijzing: Toewijzing) -> Toewijzing:
    """Let the provision that figures rest on stand beside an allocation."""
    gevolg.of_allocation(toewijzing, []).save()
    toewijzing.save(update_fields=["voorziening"])
    return toewijzing


def header(nummer: int, wet: str = "wmo", **anders: Any) -> dict[str, Any]:
    """A header from a provider to us."""
    return {
        "BerichtCode": soort(wet, nummer).berichtcode,
        "BerichtVersie": VERSIE,
        "BerichtSubversie": SUBVERSIE,
        "Afzender": AGB,
        "Ontvanger": GEMEENTE.removeprefix("GM"),
        "BerichtIdentificatie": {
            "Identificatie": f"A{next(_nummers)}",
            "Dagtekening": klok.today(),
        },
        "XsdVersie": {
            "BasisschemaXsdVersie": XSD_VERSIE,
            "BerichtXsdVersie": XSD_VERSIE,
        },
        **anders,
    }


def _client(persoon: Persoon) -> dict[str, Any]:
    return {
        "Bsn": persoon.burgerservicenummer.bsn,
        "Geboortedatum": {"Datum": persoon.geboortedatum},
        "Geslacht": persoon.geslacht,
        "Naam": {"Geslachtsnaam": {"Achternaam": persoon.geslachtsnaam}},
    }


def start(toewijzing: Toewijzing, begin: date | None = None, **kop: Any) -> bytes:
    """A 305 under an allocation, from its first day on."""
    status = kop.pop("status", "1")
    return schrijf(
        Inhoud(
            soort(toewijzing.wet, 305),
            {
                "Header": header(305, toewijzing.wet, **kop),
                "Client": {
                    **_client(toewijzing.persoon),
                    "StartProducten": {
                        "StartProduct": [
                            {
                                "ToewijzingNummer": toewijzing.nummer,
                                "Product": {
                                    "Categorie": toewijzing.categorie,
                                    "Code": toewijzing.code,
                                },
                                "ToewijzingIngangsdatum": toewijzing.ingang,
                                "Begindatum": begin or toewijzing.ingang,
                                "StatusAanlevering": status,
                            }
                        ]
                    },
                },
            },
        )
    )


def stop(
    toewijzing: Toewijzing,
    eind: date,
    begin: date | None = None,
    reden: str = "19",
    **kop: Any,
) -> bytes:
    """A 307 under an allocation."""
    status = kop.pop("status", "1")
    return schrijf(
        Inhoud(
            soort(toewijzing.wet, 307),
            {
                "Header": header(307, toewijzing.wet, **kop),
                "Client": {
                    **_client(toewijzing.persoon),
                    "StopProducten": {
                        "StopProduct": [
                            {
                                "ToewijzingNummer": toewijzing.nummer,
                                "Product": {
                                    "Categorie": toewijzing.categorie,
                                    "Code": toewijzing.code,
                                },
                                "ToewijzingIngangsdatum": toewijzing.ingang,
                                "Begindatum": begin or toewijzing.ingang,
                                "RedenBeeindiging": reden,
                                "Einddatum": eind,
                                "StatusAanlevering": status,
                            }
                        ]
                    },
                },
            },
        )
    )


def prestatie(toewijzing: Toewijzing, maand: date, **anders: Any) -> dict[str, Any]:
    """A line over a month: eight hours at 66 euros."""
    volume = anders.pop("volume", 8)
    tarief = anders.pop("tarief", 6600)
    debet = anders.pop("debet", True)
    referentie = {"ReferentieNummer": anders.pop("referentie", f"R{next(_nummers)}")}
    if vorige := anders.pop("vorige", ""):
        referentie["VorigReferentieNummer"] = vorige
    return {
        "ProductReferentie": referentie,
        "ToewijzingNummer": toewijzing.nummer,
        "ProductCategorie": toewijzing.categorie,
        "ProductCode": toewijzing.code,
        "ProductPeriode": {
            "Begindatum": max(maand, toewijzing.ingang),
            "Einddatum": last_day(maand),
        },
        "GeleverdVolume": volume,
        "Eenheid": toewijzing.eenheid,
        "ProductTarief": tarief,
        "IngediendBedrag": {
            "Bedrag": volume * tarief,
            "DebetCredit": "D" if debet else "C",
        },
        **anders,
    }


def last_day(maand: date) -> date:
    """The last day of the month of a day."""
    return (maand.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(
        days=1
    )


def declaratie(
    maand: date, *regels: tuple[Persoon, dict[str, Any]], wet: str = "wmo", **kop: Any
) -> bytes:
    """A 323 over a month with these lines."""
    nummer = kop.pop("nummer", f"D{next(_nummers)}")
    per_client: dict[Any, list[dict[str, Any]]] = {}
    for persoon, regel in regels:
        per_client.setdefault(persoon, []).append(regel)
    totaal = sum(
        r["IngediendBedrag"]["Bedrag"]
        * (1 if r["IngediendBedrag"]["DebetCredit"] == "D" else -1)
        for _, r in regels
    )
    return schrijf(
        Inhoud(
            soort(wet, 323),
            {
                "Header": header(323, wet, **kop),
                "Declaratie": {
                    "DeclaratieNummer": nummer,
                    "DeclaratiePeriode": {
                        "Begindatum": maand,
                        "Einddatum": last_day(maand),
                    },
                    "DeclaratieDagtekening": klok.today(),
                    "TotaalIngediendBedrag": {
                        "TotaalBedrag": abs(totaal),
                        "DebetCredit": "D" if totaal >= 0 else "C",
                    },
                    "Clienten": {
                        "Client": [
                            {
                                "Bsn": persoon.burgerservicenummer.bsn,
                                "Prestaties": {"Prestatie": rijen},
                            }
                            for persoon, rijen in per_client.items()
                        ]
                    },
                },
            },
        )
    )


def deliver(*berichten: bytes, gemeente: str = GEMEENTE) -> list[Ketenbericht]:
    """Let messages come in and be handled by the worker; their rows in this order."""
    ids = [
        receive_all(gemeente, [Aangeboden(uuid4(), f"{next(_nummers):06}.xml", each)])[
            0
        ]
        for each in berichten
    ]
    work()
    rijen = Ketenbericht.objects.in_bulk(ids)
    return [rijen[each] for each in ids]


def work() -> None:
    """Let the worker do all there is to do."""
    gebeurtenissen.handle_pending()


def content(rij: Ketenbericht) -> Inhoud:
    """What is in a message that is on record."""
    return lees(opbergen.take_out(rij.inhoud.inhoud))


def answers(rij: Ketenbericht) -> list[Inhoud]:
    """The answers we gave to a message."""
    return [content(each) for each in rij.antwoorden.order_by("vastgelegd_op")]


def codes(inhoud: Inhoud) -> set[str]:
    """Every return code in an answer."""
    gevonden: set[str] = set()

    def walk(deel: Any) -> None:
        if isinstance(deel, dict):
            for naam, waarde in deel.items():
                if naam == "RetourCode":
                    gevonden.update(waarde)
                walk(waarde)
        elif isinstance(deel, list):
            for each in deel:
                walk(each)

    walk(inhoud.inhoud)
    return gevonden


def at(dag: str, uur: int = 10) -> datetime:
    """A moment in the Netherlands."""
    return datetime.fromisoformat(f"{dag}T{uur:02d}:00:00").replace(
        tzinfo=klok.AMSTERDAM
    )


def request(bij: Toewijzing, referentie: str, **kop: Any) -> bytes:
    """A 315: day activities (07A01) for a client who has something else already."""
    return schrijf(
        Inhoud(
            soort(bij.wet, 315),
            {
                "Header": header(315, bij.wet, **kop),
                "Client": {
                    **_client(bij.persoon),
                    "AangevraagdeProducten": {
                        "AangevraagdProduct": [
                            {
                                "ReferentieAanbieder": referentie,
                                "Product": {"Categorie": "07", "Code": "07A01"},
                                "ToewijzingIngangsdatum": date(2026, 7, 1),
                                "ToewijzingEinddatum": date(2026, 12, 31),
                                "Omvang": {
                                    "Volume": 2,
                                    "Eenheid": "16",
                                    "Frequentie": "2",
                                },
                                "Verwijzer": {"Type": "06"},
                            }
                        ]
                    },
                },
            },
        )
    )
