"""Files of arrears that tests start from, and the steps a person takes with them."""

from collections.abc import Iterable, Sequence

from samenloop.access.actor import Actor
from samenloop.access.models import Organisatie
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen
from samenloop.signalen.bestand import aanbieden
from samenloop.signalen.bestand.models import Invoerbestand
from samenloop.signalen.bestand.staten import Stap
from samenloop.signalen.models import Signaalsoort
from tests.access.accounts import actor
from tests.koppelingen.maken import organisatie
from tests.personen.maken import municipality

KOP = ("Kenmerk", "BSN", "Naam", "Adres", "Bedrag")


def backoffice(gemeente: str = "GM1651") -> Actor:
    """Somebody who may read in files."""
    municipality(gemeente, gemeente)
    return actor(Rol.BACKOFFICE, gemeente=gemeente)


def row(nummer: int, **anders: str) -> list[str]:
    """A sound row without a BSN."""
    cellen = {
        "Kenmerk": f"HA-{nummer}",
        "BSN": "",
        "Naam": f"Gezin {nummer}",
        "Adres": f"Dorpsstraat {nummer}",
        "Bedrag": "€ 900",
    }
    return list({**cellen, **anders}.values())


def csv(rijen: Iterable[Sequence[str]], kop: Sequence[str] = KOP) -> bytes:
    """The rows as a file."""
    return "\r\n".join(";".join(rij) for rij in (kop, *rijen)).encode()


def offered(
    rijen: Iterable[Sequence[str]],
    *,
    wie: Actor | None = None,
    van: Organisatie | None = None,
    naam: str = "achterstand.csv",
) -> Invoerbestand:
    """A file that was offered; its columns are still to be chosen."""
    wie = wie or backoffice()
    van = van or Organisatie.objects.first() or organisatie()
    soort = Signaalsoort.objects.get(pk="huurachterstand")
    return aanbieden.offer(wie, van, soort, naam, csv(rijen))


def checked(
    rijen: Iterable[Sequence[str]],
    *,
    wie: Actor | None = None,
    van: Organisatie | None = None,
) -> Invoerbestand:
    """A file that was checked, by its guessed columns."""
    wie = wie or backoffice()
    bestand = offered(rijen, wie=wie, van=van)
    velden, aanleiding = aanbieden.proposal(bestand)
    aanbieden.arrange(wie, bestand, velden, aanleiding)
    gebeurtenissen.handle_pending()
    bestand.refresh_from_db()
    return bestand


def go_on(
    bestand: Invoerbestand,
    stap: Stap = Stap.VERWERKEN,
    reden: str = "",
    *,
    door: bool = True,
) -> Invoerbestand:
    """Take a step and, unless told otherwise, let the background work finish."""
    aanbieden.take(backoffice(), bestand.pk, stap, reden)
    if door:
        gebeurtenissen.handle_pending()
    bestand.refresh_from_db()
    return bestand
