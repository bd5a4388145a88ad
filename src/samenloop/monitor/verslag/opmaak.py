"""How numbers, amounts and dates are written in a report.

Dutch: `1.277`, `13,5%`, `€ 1.277.262`, `− 61`, `31 december 2017`. English: `1,277`,
`13.5%`, `€1,277,262`, `− 61`, `31 December 2017`. Spaces inside a figure do not break.
What is not known is a dash.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from samenloop.monitor.uitkomst import Kwartaal, Waarde

VAST = "\N{NO-BREAK SPACE}"
MIN = "\N{MINUS SIGN}"
GEEN = "–"
# A percentage of fewer than ten people says nothing and may point at someone.
MINSTE_BASIS = 10

_LOCALE = {"nl": "nl", "en": "en_GB"}


@lru_cache(maxsize=65536)
def _decimaal(waarde: float, decimalen: int, locale: str) -> str:
    patroon = "#,##0" + ("." + "0" * decimalen if decimalen else "")
    return str(format_decimal(waarde, format=patroon, locale=locale))


@lru_cache(maxsize=1024)
def _datum(dag: date, patroon: str, locale: str) -> str:
    return str(format_date(dag, patroon, locale=locale)).replace(".", "")


class Opmaak:
    """Writes values in one language."""

    def __init__(self, taal: str) -> None:
        self.taal = taal
        self._locale = _LOCALE[taal]

    def getal(self, waarde: Waarde, decimalen: int | None = None) -> str:
        """Write a number; a whole one without decimals, another with one."""
        if waarde is None:
            return GEEN
        if decimalen is None:
            decimalen = 0 if float(waarde).is_integer() else 1
        teken = MIN + VAST if round(waarde, decimalen) < 0 else ""
        return teken + _decimaal(abs(waarde), decimalen, self._locale)

    def procent(self, waarde: Waarde, decimalen: int = 1) -> str:
        """Write a percentage (13.5 is 13.5 percent)."""
        if waarde is None:
            return GEEN
        return self.getal(waarde, decimalen) + "%"

    def euro(self, cent: Waarde, decimalen: int = 0) -> str:
        """Write an amount in eurocents as euros."""
        if cent is None:
            return GEEN
        bedrag = cent / 100
        teken = MIN + VAST if round(bedrag, decimalen) < 0 else ""
        munt = "€" if self.taal == "en" else "€" + VAST
        return teken + munt + _decimaal(abs(bedrag), decimalen, self._locale)

    def waarde(self, waarde: Waarde, eenheid: str, decimalen: int = 0) -> str:
        """Write a value in the unit of its table; `decimalen` is about amounts."""
        if eenheid == "procent":
            return self.procent(waarde)
        if eenheid == "eurocent":
            return self.euro(waarde, decimalen)
        return self.getal(waarde)

    def verschil(
        self, waarde: Waarde, eenheid: str = "aantal", decimalen: int = 0
    ) -> str:
        """Write a difference with its sign: `+ 2`, `− 61`, `0`."""
        if waarde is None:
            return GEEN
        tekst = self.waarde(waarde, eenheid, decimalen)
        return f"+{VAST}{tekst}" if waarde > 0 else tekst

    def verandering(self, nu: Waarde, toen: Waarde) -> str:
        """Write the change in percent; empty when the base is too small to say."""
        aandeel = verandering(nu, toen)
        if aandeel is None:
            return ""
        tekst = self.procent(aandeel)
        return f"+{VAST}{tekst}" if round(aandeel, 1) > 0 else tekst

    def datum(self, iso: str) -> str:
        """Write a date in full: `31 december 2017`."""
        return _datum(date.fromisoformat(iso), "d MMMM y", self._locale)

    def dag(self, iso: str) -> str:
        """Write a date without its year: `30 september`."""
        return _datum(date.fromisoformat(iso), "d MMMM", self._locale)

    def kort(self, iso: str) -> str:
        """Write a date for a column: `30 sep`."""
        return _datum(date.fromisoformat(iso), "d MMM", self._locale).replace(" ", VAST)

    def maand(self, iso: str) -> str:
        """Write the month of a date short: `sep`."""
        return _datum(date.fromisoformat(iso), "MMM", self._locale)

    def kwartaal(self, tekst: str) -> str:
        """Write a quarter in full: `vierde kwartaal 2017`; other text as it is."""
        try:
            kwartaal = Kwartaal.lees(tekst)
        except ValueError:
            return tekst
        rang = {
            "nl": ("eerste", "tweede", "derde", "vierde"),
            "en": ("first", "second", "third", "fourth"),
        }[self.taal][kwartaal.nummer - 1]
        woord = "kwartaal" if self.taal == "nl" else "quarter"
        return f"{rang} {woord} {kwartaal.jaar}"

    def lijst(self, delen: Sequence[str]) -> str:
        """Join parts as in a sentence: `a, b en c`."""
        return str(format_list(list(delen), locale=self._locale)) if delen else ""


def verandering(nu: Waarde, toen: Waarde) -> float | None:
    """Return the change in percent, or None when the base is below ten."""
    if nu is None or toen is None or toen < MINSTE_BASIS:
        return None
    return 100 * (nu - toen) / toen


def decimalen_van(bedragen: Sequence[Waarde]) -> int:
    """Return 0 when all amounts (eurocents) are whole euros, else 2."""
    return 2 if any(bedrag and bedrag % 100 for bedrag in bedragen) else 0


def begin_groot(zin: str) -> str:
    """Return the sentence with a capital, other letters as they are."""
    return zin[:1].upper() + zin[1:]
