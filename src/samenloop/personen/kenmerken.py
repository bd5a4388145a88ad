"""The marks by which the log tells that a worker looked at who is near to them.

Made when asked, of those who were looked at, and kept nowhere: keyed hashes of the BSN,
the surname without its prefix, and postcode with house number (`logboek.kenmerken`).
"""

from collections.abc import Collection
from uuid import UUID

from samenloop.access.logboek import kenmerken
from samenloop.access.logboek.kenmerken import Kenmerken
from samenloop.core import klok
from samenloop.personen.models import Adres, Burgerservicenummer, Persoon


def marks(personen: Collection[UUID]) -> dict[UUID, Kenmerken]:
    """Return the marks of these persons as far as they are within the border."""
    sleutels = dict(
        Burgerservicenummer.objects.filter(persoon__in=personen).values_list(
            "persoon_id", "zoeksleutel"
        )
    )
    adressen = {
        adres.persoon_id: kenmerken.address_key(
            adres.postcode, f"{adres.huisnummer or ''}{adres.huisnummertoevoeging}"
        )
        for adres in Adres.objects.current()
        .in_force(klok.today())
        .filter(persoon__in=personen)
    }
    return {
        persoon: Kenmerken(
            sleutels.get(persoon, ""),
            kenmerken.name_key(geslachtsnaam),
            adressen.get(persoon, ""),
        )
        for persoon, geslachtsnaam in Persoon.objects.filter(
            pk__in=personen
        ).values_list("pk", "geslachtsnaam")
    }
