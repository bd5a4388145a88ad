"""Comparing a person with a worker, through keyed hashes only.

Of a worker the municipality may keep three marks (`Medewerkerskenmerk`); of a person
the room that holds persons makes the same three when asked. Equal marks say that it is
the same person, the same surname or the same address. Nothing can be read from them.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from samenloop.access.logboek.models import Medewerkerskenmerk
from samenloop.core import lezing
from samenloop.core.bsn import Bsn


@dataclass(frozen=True, slots=True)
class Kenmerken:
    """The three marks; empty is unknown and equals nothing."""

    bsn: str = ""
    naam: str = ""
    adres: str = ""


Bron = Callable[[Collection[UUID]], dict[UUID, Kenmerken]]
_bronnen: list[Bron] = []


def register(bron: Bron) -> None:
    """Let the room that holds persons give the marks of these persons."""
    if bron not in _bronnen:
        _bronnen.append(bron)


def of_persons(personen: Collection[UUID]) -> dict[UUID, Kenmerken]:
    """Return the marks of these persons, as far as they are known."""
    found: dict[UUID, Kenmerken] = {}
    for bron in _bronnen:
        found.update(bron(personen))
    return found


@lezing.once
def of_worker(account_id: str, gemeente: str) -> Kenmerken | None:
    """Return the marks of a worker; None when the municipality keeps none."""
    row = Medewerkerskenmerk.objects.filter(
        account_id=account_id, gemeente=gemeente
    ).first()
    if row is None:
        return None
    return Kenmerken(row.bsn_sleutel, row.naam_sleutel, row.adres_sleutel)


def keep(
    account_id: str,
    gemeente: str,
    *,
    bsn: Bsn | None = None,
    achternaam: str = "",
    postcode: str = "",
    huisnummer: str = "",
) -> Medewerkerskenmerk:
    """Keep the marks of a worker; what is left empty is not compared."""
    row, _made = Medewerkerskenmerk.objects.update_or_create(
        account_id=account_id,
        gemeente=gemeente,
        defaults={
            "bsn_sleutel": bsn_key(bsn),
            "naam_sleutel": name_key(achternaam),
            "adres_sleutel": address_key(postcode, huisnummer),
        },
    )
    return row


def forget(account_id: str, gemeente: str) -> bool:
    """Keep no marks of a worker any more; whether there were any."""
    gone, _per_model = Medewerkerskenmerk.objects.filter(
        account_id=account_id, gemeente=gemeente
    ).delete()
    return bool(gone)


def kept_of(gemeente: str) -> set[str]:
    """Return the accounts of which the municipality keeps marks."""
    return set(
        Medewerkerskenmerk.objects.filter(gemeente=gemeente).values_list(
            "account_id", flat=True
        )
    )


def bsn_key(bsn: Bsn | None) -> str:
    """Return the mark of a BSN, the same by which persons are found."""
    return bsn.zoeksleutel(settings.BSN_SLEUTEL) if bsn else ""


def name_key(achternaam: str) -> str:
    """Return the mark of a surname without prefix; case and accents do not count."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", achternaam).casefold()
        if letter.isalnum()
    )
    return _key("naam", plain)


def address_key(postcode: str, huisnummer: str) -> str:
    """Return the mark of a postcode and number together; a part is not enough.

    Args:
        postcode: four digits and two letters.
        huisnummer: with its letter or addition: two doors are two addresses.
    """
    code = "".join(postcode.split()).upper()
    number = "".join(huisnummer.split()).upper()
    return _key("adres", f"{code} {number}") if code and number else ""


def _key(kind: str, value: str) -> str:
    if not value:
        return ""
    return hmac.new(
        settings.BSN_SLEUTEL.encode(), f"{kind}:{value}".encode(), hashlib.sha256
    ).hexdigest()
