"""The codes that purchasing and allocating share with the chain, as our own choices.

Contracts, decisions and allocations are written in the units, frequencies and
categories of the national standard, because providers are paid by them. What a code
means stands here once; how it travels in a message is the business of `berichten`.
Source: the code lists of iWmo and iJw 3.2 (WJ756, WMO757, WMO020, JZ020).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samenloop.voorzieningen.models import Wet

# The laws under which providers are allocated care.
WETTEN = (Wet.WMO.value, Wet.JEUGDWET.value)


class Eenheid(models.TextChoices):
    """What is counted of a product."""

    MINUUT = "01", _("minute")
    UUR = "04", _("hour")
    ETMAAL = "14", _("24 hours")
    DAGDEEL = "16", _("half-day of 4 hours")
    STUKS = "82", _("piece (result)")
    EURO = "83", _("euro")
    STUKS_INSPANNING = "84", _("piece (effort)")


# These are never granted per day (CS338).
NIET_PER_DAG = (
    Eenheid.ETMAAL.value,
    Eenheid.DAGDEEL.value,
    Eenheid.EURO.value,
    Eenheid.STUKS_INSPANNING.value,
)


class Frequentie(models.TextChoices):
    """Per what the volume is granted."""

    DAG = "1", _("per day")
    WEEK = "2", _("per week")
    MAAND = "4", _("per month")
    TOTAAL = "6", _("in total")


class Variant(models.TextChoices):
    """How far an allocation says what is to be delivered."""

    SPECIFIEK = "specifiek", _("a product with a volume")
    ASPECIFIEK = "aspecifiek", _("a category; the provider chooses the product")
    GENERIEK = "generiek", _("a budget; the provider chooses all")


CATEGORIEEN: dict[str, dict[str, str]] = {
    Wet.WMO.value: {
        "01": "hulp bij het huishouden",
        "02": "begeleiding",
        "03": "persoonlijke verzorging",
        "04": "kortdurend verblijf",
        "05": "woondiensten",
        "06": "overige ondersteuning individu of gezin",
        "07": "dagbesteding",
        "08": "vervoerdiensten",
        "09": "overige groepsgerichte ondersteuning",
        "10": "overige maatwerkarrangementen",
        "11": "rolstoelen",
        "12": "vervoervoorzieningen",
        "13": "woonvoorzieningen",
        "14": "overige hulpmiddelen",
        "15": "beschermd wonen",
        "16": "opvang",
        "17": "spoedopvang",
        "18": "overig beschermd wonen en opvang",
    },
    Wet.JEUGDWET.value: {
        "31": "hulp door het wijkteam",
        "32": "ambulante hulp op locatie van de aanbieder",
        "33": "daghulp op locatie van de aanbieder",
        "34": "hulp in het netwerk van de jeugdige",
        "35": "pleegzorg",
        "36": "gezinsgericht verblijf",
        "37": "gesloten plaatsing",
        "38": "residentieel verblijf",
        "40": "persoonlijke verzorging",
        "41": "dagbehandeling",
        "42": "vervoer",
        "43": "verblijf met behandeling",
        "44": "verblijf zonder behandeling",
        "45": "ambulante jeugdhulp",
        "46": "crisis",
        "47": "jeugdreclassering",
        "48": "jeugdbescherming",
        "49": "preventief justitieel kader",
        "50": "maatwerkarrangementen",
        "51": "generalistische basis-ggz",
        "52": "specialistische ggz",
        "53": "kindergeneeskunde",
        "54": "jeugd-ggz",
        "55": "landelijk ingekochte jeugdhulp",
    },
}


def category(wet: str, code: str) -> str:
    """Return the name of a category of products; the code itself when it is unknown."""
    return CATEGORIEEN.get(wet, {}).get(code, code)
