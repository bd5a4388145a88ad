"""Whether a code of a product fits its category and its contract (S329).

Codes of the national lists begin with the number of their category (`45A04` in 45). A
municipality may use codes of its own, of another form, but may not give a national one
another meaning.
"""

import re

from django.utils.translation import gettext as _

from samenloop.voorzieningen.inkoop.codes import CATEGORIEEN
from samenloop.voorzieningen.inkoop.models import CODE

_LANDELIJK = re.compile(r"^([0-9]{2})[A-Z][0-9]{2}$")
_VORM = re.compile(CODE)


def problem(wet: str, categorie: str, code: str) -> str:
    """Return what is wrong with a code, in a sentence; empty when nothing is.

    Args:
        wet: the law of the contract.
        categorie: two digits.
        code: at most five digits and capitals; empty is the whole category.
    """
    if categorie not in CATEGORIEEN.get(wet, {}):
        return _("Category %(code)s does not exist under this law.") % {
            "code": categorie or "–"
        }
    if not code:
        return ""
    if not _VORM.fullmatch(code):
        return _("A code has at most five digits and capitals.")
    landelijk = _LANDELIJK.fullmatch(code)
    if landelijk and landelijk.group(1) != categorie:
        return _("Code %(code)s belongs to category %(cat)s.") % {
            "code": code,
            "cat": landelijk.group(1),
        }
    return ""
