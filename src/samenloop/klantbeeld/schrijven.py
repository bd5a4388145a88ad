"""From a value to a line on the page, only through the catalogue of fields.

A value becomes visible by being written under the code of a field, about a person, from
a source. What the catalogue does not name, or this opening does not allow, falls away
here and reaches no template.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenloop.access.rollen import Diepte
from samenloop.klantbeeld.inzage import Inzage
from samenloop.klantbeeld.velden import Soort, Veld, veld


@dataclass(frozen=True, slots=True)
class Gegeven:
    """One value that may be shown, under its field. Prints as nothing."""

    veld: Veld
    tekst: str = field(repr=False)

    @property
    def with_label(self) -> bool:
        """Whether the value says too little without the name of its field."""
        return self.veld.soort is not Soort.JANEE


@dataclass(frozen=True, slots=True)
class Regel:
    """A line about one person: its values in the order in which they were written."""

    persoon: UUID | None
    gegevens: tuple[Gegeven, ...]
    herkomst: str
    op: date | datetime | None = None
    # Where one reads the rest, for who may read its number.
    adres: str = ""

    @property
    def diepte(self) -> Diepte:
        """Whether it says anything of content."""
        return max((deel.veld.diepte for deel in self.gegevens), key=lambda d: d.rang)

    @property
    def velden(self) -> tuple[Veld, ...]:
        """The fields that are shown."""
        return tuple(deel.veld for deel in self.gegevens)


@dataclass(slots=True)
class Schrijver:
    """Writes lines for one opening."""

    inzage: Inzage

    def value(
        self, code: str, waarde: Any, persoon: UUID | None = None
    ) -> Gegeven | None:
        """Return a value that may be shown; None when empty or not allowed.

        Raises:
            OnbekendVeld: the field is not in the catalogue.
        """
        wat = veld(code)
        if waarde is None or waarde == "" or not self.inzage.allows(wat, persoon):
            return None
        tekst = in_words(wat, waarde)
        return Gegeven(wat, tekst) if tekst else None

    def line(
        self,
        persoon: UUID | None,
        waarden: Mapping[str, Any],
        herkomst: str,
        op: date | datetime | None = None,
    ) -> Regel | None:
        """Return a line of what may be shown of these values; None when nothing may."""
        gegevens = tuple(
            gegeven
            for code, waarde in waarden.items()
            if (gegeven := self.value(code, waarde, persoon)) is not None
        )
        return Regel(persoon, gegevens, herkomst, op) if gegevens else None

    def may_any(self, code: str, personen: "tuple[UUID, ...]") -> bool:
        """Whether a field may be shown of anyone; otherwise it need not be read."""
        wat = veld(code)
        return any(
            self.inzage.allows(wat, persoon)
            for persoon in self.inzage.different(personen)
        )


def in_words(wat: Veld, waarde: Any) -> str:
    """Write a value as the page shows it; empty when it says nothing."""
    if wat.soort is Soort.JANEE:
        return wat.label if waarde is True else ""
    if wat.soort is Soort.DATUM:
        return _date(waarde)
    if wat.soort is Soort.BEDRAG:
        return _euros(waarde)
    return str(waarde).strip()


def _date(waarde: Any) -> str:
    if isinstance(waarde, str):
        try:
            waarde = date.fromisoformat(waarde[:10])
        except ValueError:
            return ""
    return date_format(waarde, "j F Y") if isinstance(waarde, date) else ""


def _euros(cent: Any) -> str:
    if not isinstance(cent, int):
        return ""
    euros, rest = divmod(abs(cent), 100)
    getal = f"{euros:,}".replace(",", ".")
    centen = f",{rest:02}" if rest else ""
    min_ = "− " if cent < 0 else ""
    return _("€ %(bedrag)s") % {"bedrag": f"{min_}{getal}{centen}"}
