"""Woonplaatsbeginsel: which municipality is responsible for someone on a date.

Since 1 January 2022 (Jeugdwet 1.1) that is the municipality of the BRP address; for a
minor in a stay, the one of the address just before the stay. Before 2022 it followed
custody: the address of the one who has gezag, or of both when they live in the same
municipality; otherwise the place where the minor really is. An adult always has the
municipality of the BRP address. The rule is that of the date asked about, also when it
is asked later. Nobody responsible is None: figures count that as `onbekend`.
"""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from samenloop.personen import gezinnen
from samenloop.personen.models import Adres, Gemeente, GezagSoort, Persoon, Verblijf

BRP_RULE_SINCE = date(2022, 1, 1)
_EEN_DAG = timedelta(days=1)


class Waarom(models.TextChoices):
    """Why a municipality is the responsible one."""

    ADRES = "adres", _("The address in the BRP lies in this municipality.")
    MINDERJARIG = (
        "minderjarig",
        _(
            "A minor: the address in the BRP lies in this municipality, and there is "
            "no stay elsewhere."
        ),
    )
    VERBLIJF = (
        "verblijf",
        _("A minor who stays elsewhere: the address just before the stay counts."),
    )
    GEZAG = (
        "gezag",
        _(
            "A minor before 2022: the address of who has gezag counts, otherwise where "
            "the minor really is."
        ),
    )
    ONBEKEND = (
        "onbekend",
        _("No address in the BRP tells; figures count this as unknown."),
    )


def age(geboortedatum: date, datum: date) -> int:
    """Age in whole years; born on 29 February has a birthday on 1 March."""
    jarig = (datum.month, datum.day) >= (geboortedatum.month, geboortedatum.day)
    return datum.year - geboortedatum.year - (not jarig)


def responsible_gemeente(
    persoon: Persoon, datum: date, *, bekend_op: date | None = None
) -> Gemeente | None:
    """Return the responsible municipality, as known on `bekend_op` (now); or None."""
    if not _is_minor(persoon, datum, bekend_op):
        return _address(persoon, datum, bekend_op)
    if datum >= BRP_RULE_SINCE:
        return _by_brp(persoon, datum, bekend_op)
    return _by_gezag(persoon, datum, bekend_op)


def explain(persoon: Persoon, datum: date) -> tuple[Gemeente | None, Waarom]:
    """Return the responsible municipality as known now, with the reason."""
    gemeente = responsible_gemeente(persoon, datum)
    if gemeente is None:
        return None, Waarom.ONBEKEND
    if not _is_minor(persoon, datum, None):
        return gemeente, Waarom.ADRES
    if datum < BRP_RULE_SINCE:
        return gemeente, Waarom.GEZAG
    verblijft = _stay(persoon, datum, None) is not None
    return gemeente, Waarom.VERBLIJF if verblijft else Waarom.MINDERJARIG


def _is_minor(persoon: Persoon, datum: date, bekend_op: date | None) -> bool:
    """Under 18; of unknown age only if someone has custody."""
    if persoon.geboortedatum is not None:
        return age(persoon.geboortedatum, datum) < 18
    return gezinnen.gezag_over(persoon, datum, bekend_op=bekend_op).exists()


def _by_brp(persoon: Persoon, datum: date, bekend_op: date | None) -> Gemeente | None:
    verblijf = _stay(persoon, datum, bekend_op)
    if verblijf is None:
        return _address(persoon, datum, bekend_op)
    eerste = _first_of_row(verblijf, bekend_op)
    # Someone placed at birth, or straight from abroad, has no address before the stay.
    return (
        _address(persoon, eerste.startdatum - _EEN_DAG, bekend_op)
        or _address(persoon, eerste.startdatum, bekend_op)
        or _where_really(persoon, datum, bekend_op)
    )


def _by_gezag(persoon: Persoon, datum: date, bekend_op: date | None) -> Gemeente | None:
    gezag = list(gezinnen.gezag_over(persoon, datum, bekend_op=bekend_op))
    if gezag and all(deel.soort != GezagSoort.INSTELLING for deel in gezag):
        gemeenten = {
            _address(deel.houder, datum, bekend_op)
            for deel in gezag
            if deel.houder is not None
        }
        if len(gemeenten) == 1 and None not in gemeenten:
            return gemeenten.pop()
    return _where_really(persoon, datum, bekend_op)


def _where_really(
    persoon: Persoon, datum: date, bekend_op: date | None
) -> Gemeente | None:
    """Where someone really is: the place of the stay, otherwise the address."""
    verblijf = _stay(persoon, datum, bekend_op)
    if verblijf is not None and verblijf.gemeente is not None:
        return verblijf.gemeente
    return _address(persoon, datum, bekend_op)


def _address(persoon: Persoon, datum: date, bekend_op: date | None) -> Gemeente | None:
    adres = (
        Adres.objects.as_of(bekend_op)
        .in_force(datum)
        .filter(persoon=persoon)
        .select_related("gemeente")
        .first()
    )
    return adres.gemeente if adres else None


def _stay(persoon: Persoon, datum: date, bekend_op: date | None) -> Verblijf | None:
    return (
        Verblijf.objects.as_of(bekend_op)
        .in_force(datum)
        .filter(persoon=persoon)
        .select_related("gemeente")
        .first()
    )


def _first_of_row(verblijf: Verblijf, bekend_op: date | None) -> Verblijf:
    """From one place of stay straight to the next is one stay; find where it began."""
    eerste = verblijf
    while (
        vorig := _stay(verblijf.persoon, eerste.startdatum - _EEN_DAG, bekend_op)
    ) is not None:
        eerste = vorig
    return eerste
