"""Dates of the BRP, of which often only a part is known.

The BRP sends four kinds: a whole date, a year and month, a year, or nothing known. What
is known is kept apart; no day is ever made up. Where a fact of ours must begin on some
day, `eerste_dag` is the first day it can have been.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any


class OnleesbareDatum(ValueError):
    """Not one of the four kinds, or a date that does not exist."""


@dataclass(frozen=True, slots=True)
class Brpdatum:
    """Year, month and day as far as known; all None: known to be unknown."""

    jaar: int | None = None
    maand: int | None = None
    dag: int | None = None

    @property
    def datum(self) -> date | None:
        """The date, if it is known wholly."""
        if self.jaar and self.maand and self.dag:
            return date(self.jaar, self.maand, self.dag)
        return None

    @property
    def eerste_dag(self) -> date | None:
        """The first day it can have been; None when even the year is unknown."""
        if not self.jaar:
            return None
        return date(self.jaar, self.maand or 1, self.dag or 1)

    @property
    def laatste_dag(self) -> date | None:
        """The last day it can have been; None when even the year is unknown."""
        if not self.jaar:
            return None
        maand = self.maand or 12
        return date(
            self.jaar, maand, self.dag or calendar.monthrange(self.jaar, maand)[1]
        )


def read_date(gegeven: Any) -> Brpdatum | None:
    """Read a date as the BRP sends it; None when it was left out.

    Raises:
        OnleesbareDatum: it is none of the four kinds.
    """
    if gegeven is None:
        return None
    try:
        match gegeven["type"]:
            case "Datum":
                heel = date.fromisoformat(gegeven["datum"])
                return Brpdatum(heel.year, heel.month, heel.day)
            case "JaarMaandDatum":
                return Brpdatum(
                    _between(gegeven["jaar"], 9999), _between(gegeven["maand"], 12)
                )
            case "JaarDatum":
                return Brpdatum(_between(gegeven["jaar"], 9999))
            case "DatumOnbekend":
                return Brpdatum()
    except (KeyError, TypeError, ValueError):
        pass
    # `from None` by standing outside: the parser's error repeats the date.
    raise OnleesbareDatum("not a date of the BRP")


def _between(waarde: Any, hoogste: int) -> int:
    if type(waarde) is not int or not 1 <= waarde <= hoogste:
        raise ValueError
    return waarde
