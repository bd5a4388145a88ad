"""The words on the pages for what a table holds as a code.

Names that come from a levering (kinds, municipalities, posts) are data and stay as
delivered; only the codes of the format and the measures of the tables are given words.
"""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samenloop.monitor.formaat import ONBEKEND, TOTAAL
from samenloop.monitor.verslag.opmaak import Opmaak, begin_groot

DIMENSIES: dict[str, Promise] = {
    "wet": _("Law"),
    "vorm": _("Form"),
    "soort": _("Kind"),
    "gemeente": _("Municipality"),
    "peildatum": _("Reference date"),
    "periode": _("Period"),
    "maat": _("Measure"),
    "type": _("Type of case"),
    "richting": _("Direction"),
    "reden": _("Reason"),
    "spoor": _("Track"),
    "post": _("Post"),
    "versie": _("Version"),
    "wetten": _("Laws together"),
    "aantal": _("Number of provisions"),
    "verwijzer": _("Referrer"),
}
TIJD = frozenset({"peildatum", "periode"})

_OVERAL: dict[str, Promise] = {ONBEKEND: _("Unknown"), TOTAAL: _("Total")}
_WAARDEN: dict[str, dict[str, Promise]] = {
    "wet": {
        "jeugdwet": _("Youth Act (Jeugdwet)"),
        "wmo": _("Social Support Act (Wmo)"),
        "participatiewet": _("Participation Act (Participatiewet)"),
    },
    "vorm": {
        "zin": _("Care in kind (ZIN)"),
        "pgb": _("Personal budget (PGB)"),
        "toeslag": _("Allowance"),
    },
    "maat": {
        "clienten": _("Clients"),
        "huishoudens": _("Households"),
        "voorzieningen": _("Provisions"),
        "personen": _("Persons"),
        "trajectkosten": _("Costs of tracks"),
        "loonkostensubsidie": _("Wage cost subsidy"),
        "begin": _("Begin"),
        "in": _("In"),
        "uit": _("Out"),
        "eind": _("End"),
        "aantal": _("Ended"),
        "gemiddelde": _("Average"),
        "mediaan": _("Median"),
        "ingediend": _("Filed"),
        "afgehandeld": _("Settled"),
        "open": _("Open"),
    },
    "richting": {"instroom": _("Inflow"), "uitstroom": _("Outflow")},
    "versie": {"verschil": _("Difference")},
    "aantal": {"4 of meer": _("4 or more")},
    "soort": {"bezwaar": _("Objection"), "klacht": _("Complaint")},
}
_EENHEID_VAN_MAAT = {
    "trajectkosten": "eurocent",
    "loonkostensubsidie": "eurocent",
    "gemiddelde": "dagen",
    "mediaan": "dagen",
    "aantal": "aantal",
    "personen": "aantal",
}
EENHEDEN: dict[str, Promise] = {
    "aantal": _("numbers"),
    "procent": _("percent"),
    "eurocent": _("euros"),
    "dagen": _("days"),
}


def taal() -> str:
    """Return the language of this page, as the report knows it."""
    return "en" if (get_language() or "").startswith("en") else "nl"


def waarde(dimensie: str, code: str) -> str:
    """Return the words for a value of a dimension in the language of the page."""
    opmaak = Opmaak(taal())
    if (woord := _OVERAL.get(code)) is not None:
        return str(woord)
    if dimensie == "peildatum":
        return opmaak.datum(code)
    if dimensie == "periode":
        return begin_groot(opmaak.kwartaal(code))
    if dimensie == "wetten":
        delen = (_WAARDEN["wet"].get(wet, wet) for wet in code.split("+"))
        return " + ".join(str(deel) for deel in delen)
    if dimensie == "spoor":
        return str(_("Track %(nummer)s")) % {"nummer": code}
    woord = _WAARDEN.get(dimensie, {}).get(code)
    if woord is not None:
        return str(woord)
    return begin_groot(code) if dimensie in {"reden", "verwijzer", "post"} else code


def eenheid(tabel: str, maat: str) -> str:
    """Return the unit of a cell: that of its measure, else that of its table."""
    return _EENHEID_VAN_MAAT.get(maat, tabel)
