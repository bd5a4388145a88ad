"""The address of somebody, from the BRP into our facts.

A later address is a move, and is handled as one (`personen.verhuizing`). Anything else
that differs is something we know better now: the version on record is corrected. Where
the BRP knows only a part of the date, the address begins on the first day it can have;
knows it none, on the day we heard of it.
"""

from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.core.tijd import correct, withdraw
from samenloop.personen import taak
from samenloop.personen.brp.antwoord import BrpPersoon, Verblijfplaats
from samenloop.personen.brp.models import Verblijfsoort
from samenloop.personen.models import Adres, Gemeente, Huishouden, Persoon
from samenloop.personen.verhuizing import NieuwAdres, register_move

_RNI = "GM1999"  # who lives abroad is registered there; it is no municipality


def take_over(
    persoon: Persoon, gegeven: BrpPersoon, vandaag: date, *, voor: str
) -> bool:
    """Record where the BRP says somebody lives; whether we did not know that yet.

    `voor` is the municipality that asks.
    """
    plaats = gegeven.verblijfplaats
    if plaats is None:
        return False  # not asked at this purpose
    velden = _fields(plaats, gegeven.gemeente, gegeven.gemeentenaam)
    van = _begin(plaats, gegeven)
    laatste = (
        Adres.objects.current().filter(persoon=persoon).order_by("-geldig").first()
    )
    if laatste is None:
        velden["huishouden"] = _household(plaats, velden, voor)
        Adres.objects.create(
            persoon=persoon,
            geldig=DateRange(van or vandaag, None),
            bekend=DateRange(vandaag, None),
            **velden,
        )
        return True
    same_place = all(getattr(laatste, naam) == deel for naam, deel in velden.items())
    same_begin = van is None or van == laatste.startdatum
    if same_place and same_begin and laatste.einddatum is None:
        return False
    if not same_place:
        velden["huishouden"] = _household(plaats, velden, voor)
    begin = van or (laatste.startdatum if same_place else vandaag)
    if not same_place and begin > laatste.startdatum:
        register_move(persoon, NieuwAdres(**velden), begin, bekend_op=vandaag)
        return True
    _make_room(persoon, laatste, begin, vandaag)
    correct(laatste, vandaag, geldig=DateRange(begin, None), **velden)
    return True


def _begin(plaats: Verblijfplaats, gegeven: BrpPersoon) -> date | None:
    """The first day; of an address abroad only the departure is told to us."""
    van = plaats.van
    if plaats.soort is Verblijfsoort.ELDERS and van is None:
        van = gegeven.opgeschort_op
    return van.eerste_dag if van else None


def _fields(plaats: Verblijfplaats, gemeente: str, naam: str) -> dict[str, Any]:
    hier = plaats.soort in (Verblijfsoort.ADRES, Verblijfsoort.LOCATIE)
    toevoeging = " ".join(
        deel for deel in (plaats.huisletter, plaats.huisnummertoevoeging) if deel
    )
    return {
        "gemeente": _municipality(gemeente, naam) if hier else None,
        "straat": (plaats.straat or plaats.locatie)[:100],
        "huisnummer": plaats.huisnummer,
        "huisnummertoevoeging": toevoeging,
        "postcode": plaats.postcode,
        "woonplaats": plaats.woonplaats[:100],
    }


def _municipality(code: str, naam: str) -> Gemeente | None:
    if not code or code == _RNI:
        return None
    return Gemeente.objects.get_or_create(code=code, defaults={"naam": naam or code})[0]


def _household(
    plaats: Verblijfplaats, velden: dict[str, Any], voor: str
) -> Huishouden | None:
    """The household at the address: of who lives there already, or a new one."""
    if not plaats.postcode or plaats.huisnummer is None:
        return None
    buur = (
        Adres.objects.current()
        .filter(
            postcode=plaats.postcode,
            huisnummer=plaats.huisnummer,
            huisnummertoevoeging=velden["huisnummertoevoeging"],
            geldig__upper_inf=True,
            huishouden__isnull=False,
        )
        .select_related("huishouden")
        .first()
    )
    if buur is not None:
        return buur.huishouden
    if not plaats.object_id:
        return None
    welk = taak.take_on_household(f"BAG{plaats.object_id}", voor)
    return Huishouden.objects.get(pk=welk)


def _make_room(persoon: Persoon, blijft: Adres, begin: date, vandaag: date) -> None:
    """Let earlier addresses end before the day on which the corrected one begins."""
    for eerder in Adres.objects.current().filter(persoon=persoon).exclude(pk=blijft.pk):
        if eerder.startdatum >= begin:
            withdraw(eerder, vandaag)
        elif eerder.einddatum is None or eerder.einddatum >= begin:
            bereik = DateRange(eerder.startdatum, begin)
            correct(eerder, vandaag, geldig=bereik)
