"""Terms in ISO 8601, as the law and the selectielijst give them."""

import calendar
import re
from datetime import date, timedelta

from django.utils.translation import ngettext

_VORM = re.compile(r"^P(\d{1,4})([YMD])$")


class OngeldigeDuur(ValueError):
    """The text is not a term such as `P42D`, `P6M` or `P15Y`."""


def is_duur(tekst: str) -> bool:
    """Whether this is a term to count with, and not a word such as `blijvend`."""
    return bool(_VORM.match(tekst))


def add(dag: date, duur: str) -> date:
    """Return the first day on which the term that began on `dag` is over.

    A month or year later is the same day of the month, or the last when there is none
    such (31 January and a month is the last of February).

    Raises:
        OngeldigeDuur: the term is not of this form, or leads past the year 9999.
    """
    gevonden = _VORM.match(duur)
    if not gevonden:
        raise OngeldigeDuur(duur)
    aantal, eenheid = int(gevonden[1]), gevonden[2]
    try:
        if eenheid == "D":
            return dag + timedelta(days=aantal)
        maanden = dag.year * 12 + dag.month - 1 + aantal * (12 if eenheid == "Y" else 1)
        jaar, maand = divmod(maanden, 12)
        laatste = calendar.monthrange(jaar, maand + 1)[1]
        return date(jaar, maand + 1, min(dag.day, laatste))
    except (OverflowError, ValueError):
        raise OngeldigeDuur(duur) from None


def in_words(duur: str) -> str:
    """Return the term as people say it: `42 days`; a word stays the word it is."""
    gevonden = _VORM.match(duur)
    if not gevonden:
        return duur
    aantal = int(gevonden[1])
    if gevonden[2] == "D":
        zin = ngettext("%(aantal)s day", "%(aantal)s days", aantal)
    elif gevonden[2] == "M":
        zin = ngettext("%(aantal)s month", "%(aantal)s months", aantal)
    else:
        zin = ngettext("%(aantal)s year", "%(aantal)s years", aantal)
    return zin % {"aantal": aantal}
