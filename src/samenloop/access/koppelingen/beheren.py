"""What the functional administrator does with koppelingen: make, rotate, change, end.

Each of these gives or takes access to personal data, so each is in the log of who did
what. A secret leaves this module once, as the return value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import require
from samenloop.access.koppelingen import bewijzen, geheimen
from samenloop.access.koppelingen.models import Koppeling, Scope
from samenloop.access.models import Organisatie
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout

OVERGANG = timedelta(days=7)


class OngeldigeKoppeling(SamenloopFout):
    """What a koppeling may do lies outside what its organisation is for."""

    melding = _("This connection cannot be made like this.")


@dataclass(frozen=True, slots=True)
class Nieuw:
    """A koppeling with the secret that is shown now and never again."""

    koppeling: Koppeling
    geheim: str


def visible_to(actor: Actor) -> QuerySet[Koppeling]:
    """Return the koppelingen of the municipality the administrator acts for."""
    return Koppeling.objects.filter(
        gemeenten__contains=[actor.gemeente]
    ).select_related("organisatie")


@transaction.atomic
def make(
    actor: Actor,
    organisatie: Organisatie,
    *,
    naam: str,
    scopes: Iterable[str],
    gemeenten: Iterable[str],
    van: date,
    tot: date | None,
    bevoegd: Iterable[str] = (),
) -> Nieuw:
    """Make a koppeling.

    Args:
        gemeenten: CBS codes; each must be one the organisation works for.
        bevoegd: the other municipalities this administrator may decide for.
        tot: the first day on which it no longer works; nothing is without an end.

    Raises:
        GeenToegang: the actor may not.
        OngeldigeKoppeling: no scope, no municipality, or one of somebody else.
    """
    require(actor, Handeling.KOPPELING_BEHEREN)
    codes, gekozen = sorted(set(gemeenten)), sorted(set(scopes))
    if not gekozen or not set(gekozen) <= set(Scope.values):
        raise OngeldigeKoppeling(_("Choose at least one thing the program may do."))
    mogelijk = set(organisatie.gemeenten) & {actor.gemeente, *bevoegd}
    if not codes or not set(codes) <= mogelijk:
        raise OngeldigeKoppeling(
            _("Choose municipalities for which you and this organisation work.")
        )
    if tot is not None and tot <= van:
        raise OngeldigeKoppeling(_("The last day cannot lie before the first."))
    geheim, nu = geheimen.new_secret(), klok.now()
    koppeling = Koppeling.objects.create(
        client_id=geheimen.new_client_id(),
        naam=naam,
        organisatie=organisatie,
        geheim_hash=geheimen.fingerprint(geheim),
        scopes=gekozen,
        gemeenten=codes,
        geldig=DateRange(van, tot),
        gemaakt_op=nu,
        geheim_gemaakt_op=nu,
    )
    _record(actor, koppeling)
    return Nieuw(koppeling, geheim)


@transaction.atomic
def rotate(actor: Actor, koppeling: Koppeling, *, meteen: bool = False) -> Nieuw:
    """Give a koppeling a new secret.

    Args:
        meteen: the old one may be known to others; it and its tokens stop now.
    """
    require(actor, Handeling.KOPPELING_BEHEREN)
    vast = Koppeling.objects.select_for_update().get(pk=koppeling.pk)
    if vast.beeindigd_op is not None:
        raise OngeldigeKoppeling(_("This connection has ended. Make a new one."))
    geheim, nu = geheimen.new_secret(), klok.now()
    vast.vorig_geheim_hash = "" if meteen else vast.geheim_hash
    vast.vorig_geheim_tot = None if meteen else nu + OVERGANG
    vast.geheim_hash = geheimen.fingerprint(geheim)
    vast.geheim_gemaakt_op = nu
    vast.save()
    if meteen:
        bewijzen.revoke_all(vast)
    _record(actor, vast)
    return Nieuw(vast, geheim)


@transaction.atomic
def end(actor: Actor, koppeling: Koppeling) -> datetime:
    """End a koppeling; its tokens stop with it."""
    require(actor, Handeling.KOPPELING_BEHEREN)
    vast = Koppeling.objects.select_for_update().get(pk=koppeling.pk)
    if vast.beeindigd_op is None:
        vast.beeindigd_op = klok.now()
        vast.save(update_fields=["beeindigd_op"])
        bewijzen.revoke_all(vast)
        _record(actor, vast)
    return vast.beeindigd_op


def _record(actor: Actor, koppeling: Koppeling) -> None:
    logboek.record(
        actor,
        Handeling.KOPPELING_BEHEREN,
        onderwerp=f"koppeling:{koppeling.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit="toegang",
    )
