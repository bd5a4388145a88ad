"""Signals, people and families that tests of this room start from."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from samenloop.access.actor import Actor
from samenloop.access.rollen import Rol
from samenloop.core.bsn import Bsn
from samenloop.personen.models import Gemeente, Gezin, Gezinslid, Persoon
from samenloop.signalen import ontvangst
from samenloop.signalen.models import Kanaal, Melding, Signaal
from samenloop.signalen.ontvangst import Betrokkene, Invoer, Melder
from tests.access.accounts import GEMEENTE
from tests.access.accounts import actor as maak_actor

NAAM = {"GM1651": "Eemsmond", "GM0005": "Bedum"}


def gemeente(code: str = GEMEENTE) -> Gemeente:
    return Gemeente.objects.get_or_create(code=code, defaults={"naam": NAAM[code]})[0]


def persoon(
    geslachtsnaam: str = "Postma", *, bsn: str | None = None, code: str = GEMEENTE
) -> Persoon:
    gemeente(code)
    extra: dict[str, Any] = {} if bsn else {"bsn_ontbreekt_reden": "proef"}
    gemaakt = Persoon.objects.register(
        Bsn(bsn) if bsn else None, geslachtsnaam=geslachtsnaam, **extra
    )
    Persoon.objects.filter(pk=gemaakt.pk).update(gemeenten=[code])
    return gemaakt


def gezin(*leden: tuple[Persoon, str], sinds: str = "2010-01-01") -> Gezin:
    gemaakt = Gezin.objects.create(naam="Postma", gemeenten=[GEMEENTE])
    for wie, rol in leden:
        Gezinslid.objects.create(
            gezin=gemaakt, persoon=wie, rol=rol, geldig=DateRange(sinds, None),
            bekend=DateRange(sinds, None),
        )  # fmt: skip
    return gemaakt


def werker(rol: Rol = Rol.CONSULENT, account: int = 1, code: str = GEMEENTE) -> Actor:
    return maak_actor(rol, gemeente=code, account=account)


def invoer(*wie: Persoon | str, **anders: Any) -> Invoer:
    betrokkenen = [
        Betrokkene(omschrijving=w) if isinstance(w, str) else Betrokkene(persoon=w.pk)
        for w in wie or ("Jongen met rode jas",)
    ]
    gegeven: dict[str, Any] = {
        "betrokkenen": betrokkenen,
        "melder": Melder(naam="M. de Boer", relatie="buurvrouw"),
        "soort": "opvoedvraag",
        "veiligheidsrisico": False,
        "aanleiding": "Zag het kind alleen op straat.",
    }
    return Invoer(**{**gegeven, **anders})


def signaal(*wie: Persoon | str, actor: Actor | None = None, **anders: Any) -> Signaal:
    gemeente((actor or werker()).gemeente)
    kanaal = anders.pop("kanaal", Kanaal.TELEFOON)
    with transaction.atomic():
        ontvangen = ontvangst.receive(
            invoer(*wie, **anders), actor=actor or werker(), kanaal=kanaal
        )
    return ontvangen.signaal


def melding_van(signaal_id: UUID) -> Melding | None:
    return Melding.objects.filter(koppelingen__signaal=signaal_id).first()
