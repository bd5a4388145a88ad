"""Who can be given work, and how much they have already."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from samenloop.access.models import Aanstelling, Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok, lezing
from samenloop.signalen.models import Melding, Weging


@dataclass(frozen=True, slots=True)
class Collega:
    """Somebody who weighs, with what lies on their table."""

    account: int
    naam: str
    meldingen: int
    gezinnen: int


def weighers(gemeente: str) -> list[Collega]:
    """Return who may weigh in a municipality today, by name."""
    return _of(gemeente, (Rol.CONSULENT, Rol.REGISSEUR))


def directors(gemeente: str) -> list[Collega]:
    """Return who directs in a municipality today, by name."""
    return _of(gemeente, (Rol.REGISSEUR,))


def names(accounts: Iterable[int | None]) -> dict[int, str]:
    """Return the names of these accounts; one that is gone is left out."""
    return _names({account for account in accounts if account is not None})


@lezing.each_once
def _names(accounts: Collection[int]) -> dict[int, str]:
    return {
        account.pk: account.naam
        for account in Gebruiker.objects.filter(pk__in=accounts).only(
            "naam", "username"
        )
    }


def average(collegas: Iterable[Collega]) -> int:
    """Return how many families a director has on average."""
    aantallen = [collega.gezinnen for collega in collegas]
    return round(sum(aantallen) / len(aantallen)) if aantallen else 0


def _of(gemeente: str, rollen: Iterable[Rol]) -> list[Collega]:
    wie = (
        Aanstelling.objects.filter(
            gemeente=gemeente,
            rol__in=list(rollen),
            geldig__contains=klok.today(),
            gebruiker__is_active=True,
        )
        .select_related("gebruiker")
        .order_by("gebruiker__naam", "gebruiker")
    )
    per_account = {each.gebruiker_id: each.gebruiker.naam for each in wie}
    open_ = Counter(
        Melding.objects.filter(gemeente=gemeente, toegewezen_aan__in=per_account)
        .exclude(status=Melding.Status.BESLOTEN)
        .values_list("toegewezen_aan", flat=True)
    )
    gezinnen = Counter(
        Weging.objects.filter(
            melding__gemeente=gemeente,
            besluit=Weging.Besluit.CASUS,
            regisseur__in=per_account,
        ).values_list("regisseur", flat=True)
    )
    return [
        Collega(account, naam, open_[account], gezinnen[account])
        for account, naam in per_account.items()
    ]
