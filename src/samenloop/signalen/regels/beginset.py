"""Rules to begin with: a municipality that has none can take them over as drafts.

None is in force by itself. None looks over laws: that takes a ground, which only the
municipality can record.
"""

from dataclasses import dataclass

from django.db import transaction

from samenloop.access.actor import Actor
from samenloop.signalen.regels import versies
from samenloop.signalen.regels.models import Regel, Regelversie
from samenloop.signalen.regels.uitdrukking import parse
from samenloop.signalen.regels.voorwaarde import as_tree


@dataclass(frozen=True, slots=True)
class Beginregel:
    """One rule as we propose it; its Dutch texts become the municipality's own."""

    code: str
    naam: str
    waarom: str
    uitdrukking: str
    gewicht: int
    label: str = ""
    koppelt: bool = False


BEGINSET: tuple[Beginregel, ...] = (
    Beginregel(
        "politie",
        "Zorgmelding van de politie",
        "De politie meldt alleen na een incident; dat vraagt snel een blik.",
        'signaal.kanaal == "politie" or signaal.soort == "zorgmelding-politie"',
        30,
        "Zorgmelding politie",
    ),
    Beginregel(
        "jong-kind",
        "Kind jonger dan zes in het gezin",
        "Een jong kind kan zelf geen hulp vragen.",
        "gezin.jongste < 6",
        10,
        "Jong kind",
    ),
    Beginregel(
        "stapeling-geld",
        "Meer dan één betalingsachterstand",
        "Wie ook iets anders niet meer betaalt, komt er zelden zelf uit.",
        'signaal.leefgebied == "financien" and gezin.signalen("financien", 120) >= 1',
        20,
        "Meer achterstanden",
        koppelt=True,
    ),
    Beginregel(
        "verzuim-herhaald",
        "Herhaald schoolverzuim",
        "Een tweede melding van school binnen een half jaar is geen toeval meer.",
        'signaal.leefgebied == "school" and gezin.signalen("school", 180) >= 1',
        20,
        "Herhaald verzuim",
        koppelt=True,
    ),
    Beginregel(
        "opvoeden-jeugd",
        "Zorg om opgroeien, vaker gemeld",
        "Twee signalen over opvoeden of veiligheid horen bij elkaar.",
        'signaal.wet == "jeugdwet" and (gezin.signalen("opvoeden", 365) >= 1 or '
        'gezin.signalen("veiligheid", 365) >= 1)',
        25,
        "Eerder zorg om opgroeien",
        koppelt=True,
    ),
    Beginregel(
        "eenouder-geld",
        "Geldzorgen bij één ouder",
        "Eén inkomen en alleen voor alles staan: een achterstand loopt snel op.",
        'signaal.leefgebied == "financien" and gezin.eenouder',
        10,
        "Eén ouder",
    ),
    Beginregel(
        "gezondheid-oud",
        "Zorg over gezondheid van een oudere",
        "Boven de 75 verergert een klacht die blijft liggen.",
        'signaal.leefgebied in ["gezondheid", "netwerk"] and persoon.leeftijd >= 75',
        15,
        "Oudere",
    ),
    Beginregel(
        "basis",
        "Door een organisatie gemeld",
        "Een school, huisarts of corporatie heeft al gekeken voordat zij meldt.",
        "signaal.van_organisatie",
        10,
    ),
)


@transaction.atomic
def take_over(actor: Actor) -> list[Regelversie]:
    """Add the rules of the set that are not here yet, as drafts of this person."""
    hier = set(
        Regel.objects.filter(gemeente=actor.gemeente).values_list("beginset", flat=True)
    )
    gemaakt = []
    for regel in BEGINSET:
        if regel.code in hier:
            continue
        versie = versies.new_rule(actor, regel.naam, beginset=regel.code)
        gemaakt.append(
            versies.change(
                actor,
                versie,
                waarom=regel.waarom,
                uitdrukking=regel.uitdrukking,
                voorwaarde=as_tree(parse(regel.uitdrukking)),
                gewicht=regel.gewicht,
                label=regel.label,
                koppelt=regel.koppelt,
            )
        )
    return gemaakt
