"""Fictitious people and what surrounds them, for tests of the rooms with records."""

import contextlib
from datetime import date
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core.bsn import Bsn
from samenloop.core.fouten import OngeldigBsn
from samenloop.core.periode import Periode
from samenloop.personen.models import (
    Adres,
    Burgerservicenummer,
    Gemeente,
    Gezag,
    Persoon,
    Verblijf,
)


def reserved_bsns(aantal: int) -> list[Bsn]:
    """The first numbers that pass the 11-test and are issued to nobody."""
    gevonden: list[Bsn] = []
    nummer = 999_900_000
    while len(gevonden) < aantal:
        with contextlib.suppress(OngeldigBsn):
            gevonden.append(Bsn(str(nummer)))
        nummer += 1
    return gevonden


BSN, ANDER_BSN = reserved_bsns(2)
BEKEND = date(2017, 1, 1)


def days(begin: str, einde: str | None = None) -> DateRange:
    """A range from ISO dates, with the last day included."""
    return Periode(
        date.fromisoformat(begin), date.fromisoformat(einde) if einde else None
    ).as_range()


def known(begin: str = "2017-01-01", tot: str | None = None) -> DateRange:
    """Known since `begin`, until `tot` (that day itself not included)."""
    return DateRange(
        date.fromisoformat(begin), date.fromisoformat(tot) if tot else None
    )


def person(naam: str = "Jansen", geboren: str = "1980-05-17", **velden: Any) -> Persoon:
    """Someone without BSN, with the reason that goes with it."""
    velden.setdefault("bsn_ontbreekt_reden", "fictief")
    return Persoon.objects.create(
        geslachtsnaam=naam, geboortedatum=date.fromisoformat(geboren), **velden
    )


def municipality(code: str = "GM0005", naam: str = "Bedum") -> Gemeente:
    """A municipality, made when it is not there yet."""
    return Gemeente.objects.get_or_create(code=code, defaults={"naam": naam})[0]


def lives(
    wie: Persoon,
    waar: Gemeente | None,
    van: str = "2000-01-01",
    tot: str | None = None,
    **velden: Any,
) -> Adres:
    """An address, known since the start of 2017 unless said otherwise."""
    velden.setdefault("bekend", known())
    return Adres.objects.create(
        persoon=wie, gemeente=waar, geldig=days(van, tot), **velden
    )


def stays(
    wie: Persoon, waar: Gemeente | None, van: str, tot: str | None = None, **velden: Any
) -> Verblijf:
    """A stay away from home."""
    velden.setdefault("bekend", known())
    return Verblijf.objects.create(
        persoon=wie, gemeente=waar, geldig=days(van, tot), **velden
    )


def custody(
    kind: Persoon, houder: Persoon | None, van: str = "2000-01-01", **velden: Any
) -> Gezag:
    """Custody of a person, or of an institution when there is no person."""
    velden.setdefault("bekend", known())
    velden.setdefault("soort", "ouder" if houder else "instelling")
    return Gezag.objects.create(
        minderjarige=kind, houder=houder, geldig=days(van), **velden
    )


def give_bsn(wie: Persoon, bsn: Bsn = BSN) -> None:
    """Give someone a number, and take the reason for its absence away."""
    wie.bsn_ontbreekt_reden = ""
    with transaction.atomic():
        wie.save()
        Burgerservicenummer.of(wie, bsn).save(force_insert=True)
