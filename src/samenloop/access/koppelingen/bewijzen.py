"""Access tokens by client credentials (RFC 6749, section 4.4).

A program proves itself with its id and secret and gets an opaque token for some
minutes. A token opens nothing by itself: with each request the koppeling and the
organisation are looked at again, so ending a koppeling works at once.
"""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, models

from samenloop.access.koppelingen import geheimen
from samenloop.access.koppelingen.models import Koppeling, Mispoging, Toegangsbewijs
from samenloop.core import klok, opdrachten

DUUR = timedelta(minutes=15)
MISPOGINGEN = 10
WACHTTIJD = timedelta(minutes=15)
# How precise "last used" is: to write it with every request costs more than it tells.
GEBRUIK_PRECIES = timedelta(minutes=5)
# What a wrong client id is compared with, so that it takes as long as a right one.
_NIEMAND = geheimen.fingerprint("")
_log = logging.getLogger(__name__)

# Asked with every request, so written out. What was taken from the koppeling or from
# the organisation since the token was given out is gone.
_VIND = """
SELECT k.id, k.client_id, k.laatst_gebruikt_op, o.id, o.naam,
       ARRAY(SELECT unnest(t.scopes) INTERSECT SELECT unnest(k.scopes)),
       ARRAY(SELECT code FROM unnest(k.gemeenten) WITH ORDINALITY AS c (code, plek)
              WHERE code = ANY (o.gemeenten) ORDER BY plek)
  FROM koppelingen_toegangsbewijs t
  JOIN koppelingen_koppeling k ON k.id = t.koppeling_id
  JOIN access_organisatie o ON o.id = k.organisatie_id
 WHERE t.hash = %s AND t.ingetrokken_op IS NULL
   AND t.verloopt_op > %s AND t.uitgegeven_op <= %s
   AND k.beeindigd_op IS NULL AND k.geldig @> %s::date AND o.actief
"""


class OnbekendeKoppeling(Exception):
    """Id and secret do not belong together, or the koppeling is not in force."""


class TeVeelMispogingen(Exception):
    """Too many wrong secrets in a row; carries the seconds to wait."""

    def __init__(self, seconden: int) -> None:
        self.seconden = seconden
        super().__init__()


class OnbekendeScope(Exception):
    """A scope was asked for that this koppeling does not have."""


@dataclass(frozen=True, slots=True)
class Uitgifte:
    """A token as it is sent, once."""

    token: str
    scopes: tuple[str, ...]
    seconden: int


@dataclass(frozen=True, slots=True)
class Toegang:
    """What a valid token opens."""

    koppeling: UUID
    client_id: str
    organisatie: UUID
    naam: str
    scopes: frozenset[str]
    gemeenten: tuple[str, ...]


def issue(client_id: str, geheim: str, scopes: Iterable[str], adres: str) -> Uitgifte:
    """Give out a token.

    Args:
        scopes: what is asked for; nothing is all that the koppeling has.
        adres: where the request came from, for the count of wrong attempts.

    Raises:
        TeVeelMispogingen: also when the secret is right this time.
        OnbekendeKoppeling: also when the koppeling is over or not yet in force.
        OnbekendeScope: asked for more than there is.
    """
    sleutel = _key(client_id, adres)
    _require_patience(sleutel)
    koppeling = _in_force().filter(client_id=client_id).first()
    if not _proves(koppeling, geheim) or koppeling is None:
        _count(sleutel)
        _log.warning("koppeling: verkeerd geheim of onbekende client")
        raise OnbekendeKoppeling
    Mispoging.objects.filter(pk=sleutel).delete()
    gevraagd = tuple(dict.fromkeys(scopes)) or tuple(koppeling.scopes)
    if not set(gevraagd) <= set(koppeling.scopes):
        raise OnbekendeScope
    token, nu = geheimen.new_token(), klok.now()
    Toegangsbewijs.objects.create(
        hash=geheimen.fingerprint(token),
        koppeling=koppeling,
        scopes=list(gevraagd),
        uitgegeven_op=nu,
        verloopt_op=nu + DUUR,
    )
    _touch(koppeling.pk)
    _log.info("koppeling %s: toegangsbewijs uitgegeven", koppeling.pk)
    return Uitgifte(token, gevraagd, int(DUUR.total_seconds()))


def find(token: str) -> Toegang | None:
    """Return what this token opens now, or nothing."""
    nu = klok.now()
    with opdrachten.planned_once(), connection.cursor() as cursor:
        cursor.execute(_VIND, [geheimen.fingerprint(token), nu, nu, klok.today()])
        gevonden = cursor.fetchone()
    if gevonden is None:
        return None
    koppeling, client_id, gebruikt, organisatie, naam, scopes, gemeenten = gevonden
    if gebruikt is None or gebruikt < nu - GEBRUIK_PRECIES:
        _touch(koppeling)
    return Toegang(
        koppeling=koppeling,
        client_id=client_id,
        organisatie=organisatie,
        naam=naam,
        scopes=frozenset(scopes),
        gemeenten=tuple(gemeenten),
    )


def revoke(token: str, koppeling: UUID) -> None:
    """Withdraw a token of this koppeling; an unknown one is no fault (RFC 7009)."""
    Toegangsbewijs.objects.filter(
        hash=geheimen.fingerprint(token), koppeling=koppeling, ingetrokken_op=None
    ).update(ingetrokken_op=klok.now())


def revoke_all(koppeling: Koppeling) -> None:
    """Withdraw every token of a koppeling."""
    koppeling.toegangsbewijzen.filter(ingetrokken_op=None).update(
        ingetrokken_op=klok.now()
    )


def clear_old() -> int:
    """Remove tokens and counts that mean nothing any more; how many."""
    nu = klok.now()
    weg, _soorten = Toegangsbewijs.objects.filter(
        verloopt_op__lt=nu - timedelta(days=1)
    ).delete()
    oud, _soorten = Mispoging.objects.filter(laatste_op__lt=nu - WACHTTIJD).delete()
    return weg + oud


def authenticate(client_id: str, geheim: str, adres: str) -> UUID:
    """Return the koppeling behind an id and secret, without giving out a token.

    Raises:
        TeVeelMispogingen, OnbekendeKoppeling: as for `issue`.
    """
    sleutel = _key(client_id, adres)
    _require_patience(sleutel)
    koppeling = _in_force().filter(client_id=client_id).first()
    if not _proves(koppeling, geheim) or koppeling is None:
        _count(sleutel)
        raise OnbekendeKoppeling
    return koppeling.pk


def _in_force() -> models.QuerySet[Koppeling]:
    vandaag = klok.today()
    return Koppeling.objects.filter(
        geldig__contains=vandaag, beeindigd_op=None, organisatie__actief=True
    )


def _proves(koppeling: Koppeling | None, geheim: str) -> bool:
    # Always two comparisons, so the time does not tell which part was wrong.
    nu_hash = koppeling.geheim_hash if koppeling else _NIEMAND
    vorig_hash = (koppeling.vorig_geheim_hash if koppeling else "") or _NIEMAND
    nu, vorig = geheimen.fits(geheim, nu_hash), geheimen.fits(geheim, vorig_hash)
    if koppeling is None or not geheim:
        return False
    tot = koppeling.vorig_geheim_tot
    return nu or (vorig and tot is not None and klok.now() < tot)


def _key(client_id: str, adres: str) -> str:
    return hashlib.sha256(
        f"{client_id}\0{adres}".encode("utf-8", "surrogatepass")
    ).hexdigest()


def _require_patience(sleutel: str) -> None:
    poging = Mispoging.objects.filter(pk=sleutel, aantal__gte=MISPOGINGEN).first()
    if poging is None:
        return
    over = poging.laatste_op + WACHTTIJD - klok.now()
    if over <= timedelta(0):
        poging.delete()
        return
    raise TeVeelMispogingen(int(over.total_seconds()) + 1)


def _count(sleutel: str) -> None:
    # One statement: two wrong attempts at the same moment count twice.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO koppelingen_mispoging (sleutel, aantal, laatste_op) "
            "VALUES (%s, 1, %s) ON CONFLICT (sleutel) DO UPDATE SET "
            "aantal = CASE WHEN koppelingen_mispoging.laatste_op < %s THEN 1 "
            "ELSE koppelingen_mispoging.aantal + 1 END, "
            "laatste_op = excluded.laatste_op",
            [sleutel, klok.now(), klok.now() - WACHTTIJD],
        )


def _touch(koppeling: UUID) -> None:
    Koppeling.objects.filter(pk=koppeling).update(laatst_gebruikt_op=klok.now())
