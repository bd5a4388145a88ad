"""Why care ended, in words: the codes of the chain per law, and as figures count them.

The same code means different things under the two laws (31 is a move under the Wmo and
"as planned" under the Jeugdwet). Source: WMO588 and JZ588 of iWmo and iJw 3.2.
"""

from samenloop.voorzieningen.models import Wet

_SAMEN = {
    "02": "overleden",
    "20": "tijdelijk gestopt",
    "36": "gestopt door de gemeente",
    "37": "vervangen door gewijzigde hulp",
    "38": "gaat verder bij een andere aanbieder",
    "39": "gaat verder onder een andere wet",
}
EINDE: dict[str, dict[str, str]] = {
    Wet.WMO.value: {
        **_SAMEN,
        "19": "volgens plan",
        "21": "gestopt door de cliënt",
        "22": "gestopt door de aanbieder",
        "23": "in overleg gestopt",
        "31": "verhuisd",
    },
    Wet.JEUGDWET.value: {
        **_SAMEN,
        "31": "volgens plan",
        "32": "voortijdig gestopt door de cliënt",
        "33": "voortijdig gestopt door de aanbieder",
        "34": "voortijdig gestopt in overleg",
        "35": "gestopt door omstandigheden van buiten",
    },
}
# Of an allocation that was changed, where care itself reported no end.
WIJZIGING = {
    "02": "overleden",
    "03": "contract gewijzigd",
    "05": "verkort na herbeoordeling",
    "06": "gaat verder onder een andere wet",
    "07": "verhuisd",
    "08": "andere leveringsvorm",
    "09": "gaat verder bij een andere aanbieder",
    "10": "nieuwe bekostiging",
    "11": "herindeling",
    "12": "gestopt door de aanbieder",
    "14": "administratief gecorrigeerd",
}


def of_end(wet: str, code: str) -> str:
    """Return why care ended, in words; the code itself when it is unknown."""
    return EINDE.get(wet, {}).get(code, code)
