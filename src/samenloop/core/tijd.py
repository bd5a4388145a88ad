"""Facts with time twice.

Each fact that figures rest on says when it holds (`geldig`) and when we knew it
(`bekend`). A correction adds a version and closes the one before; nothing is
overwritten, so every figure can be made again as it was known on any day. A trigger
in the database holds this also against code that forgets it (`samenloop_bewaak_feit`,
made by the first migration of `personen`).

All versions of one fact share a `kenmerk`; on each day of knowledge there is at most
one of them. `bekend` is empty for a version that was replaced on the very day it was
entered: it stays on record, but on no day was it what we knew.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Func, Q, Value
from django.db.models.functions import Greatest, Now

from samenloop.core import klok
from samenloop.core.fouten import Achterhaald, CorrectieTeVroeg
from samenloop.core.periode import Periode

# A date outside these is a slip of the pen (or cannot be read back by Python).
EERSTE_DAG = date(1800, 1, 1)
LAATSTE_DAG = date(9999, 12, 31)


def _known_from_today() -> DateRange:
    return DateRange(klok.today(), None)


class FeitQuerySet(models.QuerySet["_F"]):
    """The two questions of time, to be combined: known when, and in force when."""

    def current(self) -> Self:
        """The versions that hold as far as we know now."""
        return self.filter(bekend__upper_inf=True)

    def known_on(self, dag: date) -> Self:
        """The versions as they were known at the end of that day."""
        return self.filter(bekend__contains=dag)

    def in_force(self, dag: date) -> Self:
        """The versions that say they hold on that day; says nothing of knowledge."""
        return self.filter(geldig__contains=dag)

    def as_of(self, bekend_op: date | None) -> Self:
        """What was known on that day, or what is known now if no day is given."""
        return self.current() if bekend_op is None else self.known_on(bekend_op)


FeitManager = models.Manager.from_queryset(FeitQuerySet)


class Feit(models.Model):
    """A fact: what it is about stands in the subclass, its two times stand here."""

    kenmerk = models.UUIDField(
        default=uuid.uuid4, db_default=RandomUUID(), editable=False
    )
    geldig = DateRangeField()
    bekend = DateRangeField(default=_known_from_today)
    # The clock of the server, whatever day `bekend` claims: shows what was entered
    # afterwards, and limits replacing within a day to what was really entered today.
    vastgelegd_op = models.DateTimeField(db_default=Now(), editable=False)

    objects = FeitManager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_geldig",
                # No beginning is NULL for the comparison, which a check lets pass.
                condition=Q(geldig__lower_inf=False, geldig__startswith__gte=EERSTE_DAG)
                & (Q(geldig__upper_inf=True) | Q(geldig__endswith__lte=LAATSTE_DAG))
                & Q(geldig__isempty=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_bekend",
                condition=Q(bekend__isempty=True)
                | Q(bekend__lower_inf=False, bekend__startswith__gte=EERSTE_DAG)
                & (Q(bekend__upper_inf=True) | Q(bekend__endswith__lte=LAATSTE_DAG)),
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_versies",
                expressions=[
                    ("kenmerk", RangeOperators.EQUAL),
                    ("bekend", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @property
    def periode(self) -> Periode:
        """`geldig` with its last day included."""
        return Periode.of_range(self.geldig)

    @property
    def startdatum(self) -> date:
        """First day in force."""
        return self.periode.begin

    @property
    def einddatum(self) -> date | None:
        """Last day in force; None while still running."""
        return self.periode.einde

    @property
    def is_current(self) -> bool:
        """Whether this version is what we know now."""
        return not self.bekend.isempty and self.bekend.upper is None


_F = TypeVar("_F", bound=Feit, covariant=True)
F = TypeVar("F", bound=Feit)


def correct(feit: F, op: date, **changes: Any) -> F:
    """Record what we know better since `op`, and return the new version.

    Ending a fact is a correction too: `correct(feit, op, geldig=...)`. Columns not
    named in `changes` are taken over. Both versions stay.

    Raises:
        Achterhaald: this version is not the current one (any more).
        CorrectieTeVroeg: `op` lies before the day this version became known.
        TypeError: a change names no field, or one of the two times of knowledge.
    """
    with transaction.atomic():
        _close(feit, op)
        nieuw = _successor(feit, op, changes)
        nieuw.save(force_insert=True)
    return nieuw


def correct_all(correcties: Sequence[tuple[F, Mapping[str, Any]]], op: date) -> list[F]:
    """Record of several facts of one kind what we know better since `op`.

    As `correct`, in two statements whatever their number. A version that became known
    after `op` is replaced as of that day.

    Raises:
        Achterhaald: one is not the current version (any more); none is corrected.
        TypeError: as for `correct`.
    """
    if not correcties:
        return []
    soort = type(correcties[0][0])
    nieuw = []
    for feit, changes in correcties:
        if not feit.is_current or feit.bekend.lower is None:
            raise Achterhaald()
        nieuw.append(_successor(feit, max(op, feit.bekend.lower), changes))
    with transaction.atomic():
        # The range from a day to that day is what the database calls empty.
        sinds = Func("bekend", function="lower", output_field=models.DateField())
        dicht = Func(
            sinds,
            Greatest(sinds, Value(op, output_field=models.DateField())),
            function="daterange",
            output_field=DateRangeField(),
        )
        geraakt = soort._base_manager.filter(
            pk__in=[feit.pk for feit, _ in correcties], bekend__upper_inf=True
        ).update(bekend=dicht)
        if geraakt != len(correcties):
            raise Achterhaald()
        soort._base_manager.bulk_create(nieuw)
    return nieuw


def _successor(feit: F, op: date, changes: Mapping[str, Any]) -> F:
    """The version (unsaved) that takes the place of this one."""
    velden = {veld.name: veld for veld in feit._meta.concrete_fields}
    vast = {"kenmerk", "bekend", "vastgelegd_op", feit._meta.pk.name}
    namen = set(velden) | {veld.attname for veld in velden.values()}
    onbekend = set(changes) - namen | set(changes) & vast
    if onbekend:
        raise TypeError(f"cannot be corrected: {', '.join(sorted(onbekend))}")
    waarden = {
        veld.attname: getattr(feit, veld.attname)
        for naam, veld in velden.items()
        if naam not in vast
    }
    nieuw = type(feit)(kenmerk=feit.kenmerk, bekend=DateRange(op, None), **waarden)
    for naam, waarde in changes.items():
        setattr(nieuw, naam, waarde)
    return nieuw


def withdraw(feit: Feit, op: date) -> None:
    """Record that since `op` we know this never was so. The version stays on record.

    Raises:
        Achterhaald: this version is not the current one (any more).
        CorrectieTeVroeg: `op` lies before the day this version became known.
    """
    with transaction.atomic():
        _close(feit, op)


def _close(feit: Feit, op: date) -> None:
    """Close `bekend` on `op`, at most once, also when two do it at the same time."""
    sinds = feit.bekend.lower
    if not feit.is_current or sinds is None:
        raise Achterhaald()
    if op < sinds:
        raise CorrectieTeVroeg()
    # The range is written as the database normalises it: [d, d) is empty.
    dicht = DateRange(sinds, op) if op > sinds else DateRange(empty=True)
    geraakt = (
        type(feit)
        ._base_manager.filter(pk=feit.pk, bekend__upper_inf=True)
        .update(bekend=dicht)
    )
    if not geraakt:
        raise Achterhaald()
    feit.bekend = dicht
