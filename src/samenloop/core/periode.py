"""A period of whole days, with its last day included.

The field speaks of a start date and an end date, where the end date is the last day
in force and empty means still running. PostgreSQL keeps the same thing as a half-open
`daterange`. This is the one place where the one becomes the other.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core.fouten import OngeldigePeriode

_EEN_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Periode:
    """From `begin` up to and including `einde`; `einde` None is still running."""

    begin: date
    einde: date | None = None

    def __post_init__(self) -> None:
        if self.einde is not None and self.einde < self.begin:
            raise OngeldigePeriode()

    @classmethod
    def of_range(cls, bereik: DateRange) -> "Periode":
        """Read a `daterange` as the database gives it: `[begin, einde + 1 day)`.

        Raises:
            OngeldigePeriode: the range is empty or has no begin.
        """
        if bereik.isempty or bereik.lower is None:
            raise OngeldigePeriode()
        begin = bereik.lower if bereik.lower_inc else bereik.lower + _EEN_DAG
        einde = bereik.upper
        if einde is not None and not bereik.upper_inc:
            einde -= _EEN_DAG
        return cls(begin, einde)

    def as_range(self) -> DateRange:
        """Return the half-open range in the form that the database itself uses.

        The last day there is has no day after it, and means no end to who writes it.
        """
        if self.einde is None or self.einde == date.max:
            return DateRange(self.begin, None)
        return DateRange(self.begin, self.einde + _EEN_DAG)

    @property
    def days(self) -> int | None:
        """Number of days in force; None while still running."""
        return (self.einde - self.begin).days + 1 if self.einde else None

    def __contains__(self, dag: date) -> bool:
        return self.begin <= dag and (self.einde is None or dag <= self.einde)

    def overlaps(self, ander: "Periode") -> bool:
        """Whether at least one day lies in both."""
        return (self.einde is None or ander.begin <= self.einde) and (
            ander.einde is None or self.begin <= ander.einde
        )

    def ended_on(self, einde: date | None) -> "Periode":
        """Return the same period with another last day."""
        return Periode(self.begin, einde)
