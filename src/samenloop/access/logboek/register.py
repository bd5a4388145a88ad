"""The register of processing activities: which entry a line in the log points to.

Entries are data with versions in time (AVG article 30); the first version of each
stands here and is loaded by a migration, later versions are rows that a municipality
adds. A line keeps uuid and version, so it always says what the register said then.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from samenloop.access.logboek.models import Verwerkingsactiviteit
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout

NAAMRUIMTE = UUID("6f2a2b0e-6f54-5d0e-9a53-0d5a4f3f7a11")
EERSTE_DAG = datetime(2026, 1, 1, tzinfo=klok.AMSTERDAM)
_MAATREGELEN = (
    "Rollen en mandaten per gemeente; rijbeveiliging in de database; elke inzage in "
    "een geketend logboek; BSN alleen via een zoeksleutel te vinden."
)
_SECONDS = 60.0


class OnbekendeActiviteit(SamenloopFout):
    """The code stands in no register: a fault of the caller, not of the user."""


@dataclass(frozen=True, slots=True)
class Activiteit:
    """A first version, as the migration loads it."""

    code: str
    naam: str
    doel: str
    grondslag: str
    betrokkenen: str
    gegevenscategorieen: str
    ontvangers: str
    bewaartermijn: str
    maatregelen: str = _MAATREGELEN

    @property
    def uuid(self) -> UUID:
        """The same on every server, so that logs of municipalities can be compared."""
        return uuid5(NAAMRUIMTE, self.code)


_INWONERS = "Inwoners die ondersteuning vragen, krijgen of over wie een signaal kwam"
_GEZIN = f"{_INWONERS}, en hun gezinsleden"
_DOSSIER = "Zo lang als het dossier; zie de bewaartermijnen"

EERSTE = (
    Activiteit(
        "personen-raadplegen",
        "Personen zoeken en raadplegen",
        "De juiste persoon en het gezin vinden bij een vraag, signaal of plan",
        "AVG 6 lid 1 c en e; Wet BRP 1.7",
        _GEZIN,
        "Naam, geboortedatum, adres, gezin, gezag, BSN",
        "Medewerkers van de gemeente met een taak",
        _DOSSIER,
    ),
    Activiteit(
        "signalen-ontvangen",
        "Signalen ontvangen",
        "Een zorg of achterstand van een ander vastleggen en de melder laten weten "
        "wat ermee gebeurt",
        "AVG 6 lid 1 c en e; Wgs 3 en 4; Jeugdwet 2.3 tot en met 2.6; Wmo 2015 2.3.2",
        f"{_GEZIN}; melders",
        "Aanleiding en inhoud van het signaal, contactgegevens van de melder",
        "De regisseur; de melder krijgt een terugmelding zonder inhoud",
        "Zes weken zonder gevolg; anders zo lang als het dossier",
    ),
    Activiteit(
        "signalen-wegen",
        "Signalen en meldingen wegen",
        "Besluiten of en hoe op signalen wordt gehandeld",
        "AVG 6 lid 1 c en e; de wet van het signaal; een vastgelegde grond voor wie "
        "over wetten heen kijkt",
        _GEZIN,
        "Signalen, de weging en haar redenen",
        "De regisseur en het team dat weegt",
        _DOSSIER,
    ),
    Activiteit(
        "klantbeeld",
        "Het klantbeeld inzien",
        "Zien wat er al is aan steun en zorg, voor zover het doel dat vraagt",
        "AVG 6 lid 1 c en e; per gegeven de grond uit de catalogus",
        _GEZIN,
        "Eigen vastleggingen en gegevens uit bronnen, per leefgebied",
        "De medewerker met een taak; uit bronnen wordt niets bewaard",
        "Niets bewaard behalve dat er is gekeken",
    ),
    Activiteit(
        "regels",
        "Regels op signalen toepassen en beproeven",
        "Signalen op volgorde van gewicht leggen, met uitleg; regels vooraf beproeven",
        "AVG 6 lid 1 c en e; een vastgelegde grond voor een regel over wetten heen",
        _GEZIN,
        "Signalen, leeftijd, samenstelling van het gezin",
        "Medewerkers die wegen; de beheerder ziet aantallen",
        "De regels zelf blijvend; de uitkomst zo lang als het signaal",
    ),
    Activiteit(
        "bewaren",
        "Bewaren en vernietigen",
        "Gegevens op tijd en aantoonbaar vernietigen",
        "AVG 5 lid 1 e en 17; Archiefwet; selectielijst gemeenten",
        _GEZIN,
        "Alle vastleggingen waarvan de termijn verstreken is",
        "Geen",
        "Het bewijs van vernietiging blijft, zonder persoonsgegevens",
    ),
    Activiteit(
        "toegang",
        "Toegang verlenen en toezicht houden",
        "Vastleggen wie waarbij mocht en kon, en dat nagaan",
        "AVG 5 lid 2, 24 en 32",
        "Medewerkers, medewerkers van partners",
        "Account, rol, handeling, tijdstip",
        "De functionaris gegevensbescherming; de inwoner over zichzelf",
        "Vijf jaar na het schrijven van de regel",
    ),
    Activiteit(
        "brp-bevragen",
        "De basisregistratie personen bevragen",
        "Gegevens die de overheid al heeft niet opnieuw vragen",
        "Wet BRP 1.7 en 3.8; autorisatiebesluit",
        _GEZIN,
        "De rubrieken die het doel vraagt, en niet meer",
        "De medewerker met een taak",
        _DOSSIER,
    ),
    Activiteit(
        "bronnen-bevragen",
        "Andere bronnen bevragen",
        "Voor het klantbeeld opvragen wat elders bekend is",
        "AVG 6 lid 1 c en e; Wet SUWI; per gegeven de grond uit de catalogus",
        _GEZIN,
        "Werk, inkomen, uitkering, zorg, jeugdhulp, schulden, onderwijs",
        "De medewerker met een taak",
        "Niets bewaard behalve dat er is gevraagd",
    ),
    Activiteit(
        "regie-voeren",
        "Een gezin ondersteunen met één plan",
        "Met het gezin een plan maken, uitvoeren en volgen, met één regisseur",
        "AVG 6 lid 1 c en e; Wmo 2015 2.3.2 en 5.1.1; Jeugdwet 2.3 en 7.4.0; "
        "Participatiewet 7; Wgs 4 en 4a; over wetten heen met toestemming of een "
        "vastgelegde grond",
        f"{_GEZIN}; hun netwerk en helpers",
        "Doelen, afspraken, taken, gesprekken, metingen, stukken en berichten",
        "De regisseur; wie meedoet, alleen het opengestelde deel",
        _DOSSIER,
    ),
    Activiteit(
        "casusoverleg",
        "Een casusoverleg houden",
        "Met genodigden een gekozen deel delen en samen besluiten",
        "AVG 6 lid 1 c en e; de wet van de taak; toestemming of een vastgelegde grond",
        _GEZIN,
        "De delen die voor het overleg zijn gekozen, bespreking en besluiten",
        "De genodigden, zolang het overleg duurt",
        _DOSSIER,
    ),
    Activiteit(
        "zorgtoewijzing",
        "Over een voorziening beslissen en hulp toewijzen",
        "Een aanvraag onderzoeken, beslissen, toewijzen aan een aanbieder of een "
        "budget geven, en volgen of de hulp er komt",
        "AVG 6 lid 1 c en e; Wmo 2015 2.3.2 tot en met 2.3.6 en 5.2.1; Jeugdwet 2.3 en "
        "7.4.1",
        f"{_GEZIN}; verwijzers",
        "Aanvraag, onderzoek, beschikking, toewijzing, verzoeken, start en einde van "
        "hulp",
        "De aanbieder, voor de eigen toewijzing; CAK en SVB voor bijdrage en budget",
        _DOSSIER,
    ),
)
_PER_CODE = {each.code: each for each in EERSTE}


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """What a line in the log keeps of an entry."""

    uuid: UUID
    versie: int


_kept: dict[str, tuple[float, Verwijzing]] = {}


def reference(code: str) -> Verwijzing:
    """Return the version of an entry that is in force now.

    Raises:
        OnbekendeActiviteit: no entry has this code.
    """
    kept = _kept.get(code)
    if kept and time.monotonic() - kept[0] < _SECONDS:
        return kept[1]
    row = (
        Verwerkingsactiviteit.objects.filter(code=code, geldig_vanaf__lte=klok.now())
        .order_by("-geldig_vanaf")
        .values_list("uuid", "versie")
        .first()
    )
    if row is not None:
        found = Verwijzing(*row)
    elif code in _PER_CODE:
        found = Verwijzing(_PER_CODE[code].uuid, 1)
    else:
        raise OnbekendeActiviteit(f"no processing activity has the code {code!r}")
    _kept[code] = (time.monotonic(), found)
    return found
