"""What a code in a Fo01 means, in our words and for who has to do something.

Codes with IB come from the knooppunt itself and the national bodies behind it, those
with BRS from VECOZO on the side of the providers.
"""

from typing import Final

FOUTCODES: Final[dict[str, str]] = {
    "IB001": "De envelop of het bericht volgt het schema niet.",
    "IB002": "Uw organisatie mag het knooppunt niet gebruiken; bel de servicedesk.",
    "IB003": "Het bericht is groter dan 25 MB; verdeel het over meer bestanden.",
    "IB004": "Het knooppunt kent deze berichtsoort niet.",
    "IB005": "Het knooppunt kent de gemeentecode in de envelop niet.",
    "IB006": "Uw systeem mag deze berichtsoort niet sturen.",
    "IB007": "Deze organisatie mag deze berichtsoort niet sturen of krijgen.",
    "IB008": "Wie het bericht indient, heeft daarvoor niet de juiste rol.",
    "IB009": "Wie indient, heeft geen toestemming van de afzender.",
    "IB010": "De aanbieder is niet aangesloten, of de AGB-code klopt niet.",
    "IB011": "De ontvanger heeft voor deze berichtsoort niet de juiste rol.",
    "IB012": "Het bericht in de envelop is groter dan 25 MB.",
    "IB013": "In het bestand zat een virus; het is weggegooid.",
    "IB014": "Het bericht in de envelop volgt het schema niet.",
    "IB015": "Op de testomgeving mogen alleen verzonnen personen staan.",
    "IB016": "Het referentienummer van de envelop is al gebruikt.",
    "IB017": "De gegevens over het verzendende programma kloppen niet.",
    "IB018": "De gegevens over het verzendende programma kloppen niet.",
    "IB019": "Op deze declaratie is al geantwoord.",
    "IB020": "Op deze declaratie is al geantwoord.",
    "IB021": "De envelop noemt niet op welk bericht dit een antwoord is.",
    "IB022": "De envelop noemt niet op welk bericht dit een antwoord is.",
    "IB023": "Deze berichtsoort staat bij het knooppunt uit.",
    "IB901": "Het bestand is geen geldig zip-bestand.",
    "IB902": "In het zip-bestand zitten te veel bestanden.",
    "IB903": "Het zip-bestand heeft een wachtwoord; dat mag niet.",
    "IB904": "Een bestand in het zip-bestand is groter dan 25 MB.",
    "IB905": "Het zip-bestand is leeg.",
    "BRS01": "VECOZO kent de afzender niet in deze rol.",
    "BRS02": "Het account bij VECOZO mag deze berichtsoort niet indienen.",
    "BRS03": "Wie indient, is daartoe niet gemachtigd door de afzender.",
    "BRS04": "De ontvanger is niet aangesloten bij VECOZO.",
    "BRS05": "De ontvanger heeft voor deze berichtsoort niet de juiste rol.",
    "BRS06": "Het bericht is groter dan mag.",
    "BRS12": "In het bericht zat een virus; het is weggegooid.",
    "BRS13": "Het bericht volgt het schema niet.",
    "BRS14": "Het bericht is geen welgevormde XML.",
    "BRS15": "Het bestand is geen geldig zip-bestand.",
    "BRS16": "In het zip-bestand zitten te veel bestanden.",
    "BRS17": "Het zip-bestand heeft een wachtwoord; dat mag niet.",
    "BRS18": "Op de testomgeving mogen alleen verzonnen personen staan.",
    "BRS19": "Een bestand in het zip-bestand is te groot.",
    "BRS20": "De identificatie van het bericht is door deze afzender al gebruikt.",
    "BRS21": "Het zip-bestand is leeg.",
    "BRS28": "Het bericht klopt in zichzelf niet (controle op niveau 2).",
    "BRS29": "In het zip-bestand zitten mappen; dat mag niet.",
    "BRS33": "VECOZO weet niet waarheen dit bericht moet.",
    "BRS114": "Het volgnummer van de aanlevering is al gebruikt.",
}


def uitleg(code: str) -> str:
    """What the code means; a plain sentence for a code that is not in the list."""
    return FOUTCODES.get(code.strip().upper(), "Het knooppunt weigerde de envelop.")
