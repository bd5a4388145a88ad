"""Giving and taking back roles, and who may do that to whom.

An administrator works for the municipality they act for, never on their own account,
and on an account that also works elsewhere only when they are administrator there too.
Running or overseeing the system and the content of dossiers stay in different hands
(UAVG 30 paragraph 4). Nothing is erased: an appointment that was taken back remains.
"""

import secrets
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, tweede_stap
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Aanstelling, Gebruiker
from samenloop.access.rollen import INHOUDELIJK, TOEZIEND, Domein, Handeling, Rol
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.core.periode import Periode

_TEKENS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class AanstellingFout(SamenloopFout):
    """The role cannot be given to this account."""

    def __init__(self, melding: str | Promise, veld: str = "rol") -> None:
        super().__init__(melding)
        self.veld = veld


def accounts_of(beheerder: Actor) -> QuerySet[Gebruiker]:
    """Return the accounts of this municipality, and those that have no role yet."""
    besluiten.require(beheerder, Handeling.ACCOUNT_BEHEREN)
    hier = Aanstelling.objects.filter(gemeente=beheerder.gemeente)
    elders = Aanstelling.objects.current()
    return Gebruiker.objects.filter(
        Q(burger=False),
        Q(pk__in=hier.values("gebruiker")) | ~Q(pk__in=elders.values("gebruiker")),
    ).order_by("naam", "pk")


def require_manageable(beheerder: Actor, gebruiker: Gebruiker) -> None:
    """Refuse what an administrator may not do to this account.

    Raises:
        GeenToegang: it is their own, or it works where they are no administrator.
    """
    besluiten.require(beheerder, Handeling.ACCOUNT_BEHEREN)
    if beheerder.account_id in (None, gebruiker.pk):
        raise GeenToegang(
            _("This is your own account. Ask another administrator to change it.")
        )
    eigen = Aanstelling.objects.current().filter(
        gebruiker_id=int(beheerder.id), rol=Rol.BEHEER
    )
    vreemd = (
        Aanstelling.objects.current()
        .filter(gebruiker=gebruiker)
        .exclude(gemeente__in=eigen.values("gemeente"))
    )
    if vreemd.exists():
        raise GeenToegang(
            _(
                "This account also works for a municipality of which you are not the "
                "administrator. You can only give and end roles of your own."
            )
        )


@transaction.atomic
def give(
    beheerder: Actor,
    gebruiker: Gebruiker,
    rol: Rol,
    periode: Periode,
    *,
    domeinen: Iterable[Domein] = (),
    mandaat: str = "",
) -> Aanstelling:
    """Give a role at the municipality one acts for.

    Raises:
        GeenToegang: to oneself, or without the right.
        AanstellingFout: it does not go with the account or its other roles.
    """
    besluiten.require(beheerder, Handeling.ACCOUNT_BEHEREN)
    if beheerder.account_id == gebruiker.pk:
        raise GeenToegang(
            _("Nobody gives themselves a role. Ask another administrator.")
        )
    # Two at once may not each give half of what does not go together.
    gebruiker = Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)
    _check(gebruiker, rol, periode)
    return Aanstelling.objects.create(
        gebruiker=gebruiker,
        gemeente=beheerder.gemeente,
        rol=rol,
        domeinen=[str(domein) for domein in domeinen],
        mandaat=mandaat,
        geldig=periode.as_range(),
        gegeven_door=beheerder.account_id,
    )


def _check(gebruiker: Gebruiker, rol: Rol, periode: Periode) -> None:
    if (rol is Rol.PARTNER) != (gebruiker.organisatie_id is not None):
        raise AanstellingFout(
            _(
                "The role of partner is for accounts of another organisation, and "
                "those have no other role."
            )
        )
    samen = Aanstelling.objects.filter(
        gebruiker=gebruiker,
        geldig__overlap=periode.as_range(),
        ingetrokken_op__isnull=True,
    )
    botst = INHOUDELIJK if rol in TOEZIEND else TOEZIEND if rol in INHOUDELIJK else ()
    if samen.filter(rol__in=botst).exists():
        raise AanstellingFout(
            _(
                "Work on dossiers does not go together with running or overseeing the "
                "system. End the other role first."
            )
        )


def take_back(beheerder: Actor, aanstelling: Aanstelling) -> None:
    """End a role now; the session under it ends with the next page.

    Raises:
        GeenToegang: of another municipality, of oneself, or without the right.
    """
    besluiten.require(beheerder, Handeling.ACCOUNT_BEHEREN)
    if aanstelling.gemeente != beheerder.gemeente:
        raise GeenToegang(_("This role was given by another municipality."))
    if aanstelling.gebruiker_id == beheerder.account_id:
        raise GeenToegang(
            _("This is your own account. Ask another administrator to change it.")
        )
    Aanstelling.objects.filter(pk=aanstelling.pk, ingetrokken_op__isnull=True).update(
        ingetrokken_op=klok.now(), ingetrokken_door=beheerder.account_id
    )


def new_password(beheerder: Actor, gebruiker: Gebruiker) -> str:
    """Give a temporary password, to be replaced at once; all sessions end.

    Raises:
        GeenToegang: see `require_manageable`.
    """
    require_manageable(beheerder, gebruiker)
    wachtwoord = "-".join(
        "".join(secrets.choice(_TEKENS) for _each in range(5)) for _part in range(3)
    )
    gebruiker.set_password(wachtwoord)
    gebruiker.wachtwoord_tijdelijk = True
    # A local account again: the provider no longer speaks for it.
    gebruiker.oidc_sub = ""
    gebruiker.save(update_fields=["password", "wachtwoord_tijdelijk", "oidc_sub"])
    return wachtwoord


def reset_second_step(beheerder: Actor, gebruiker: Gebruiker) -> None:
    """Let someone set up the second step again, for instance on a new telephone.

    Raises:
        GeenToegang: see `require_manageable`.
    """
    require_manageable(beheerder, gebruiker)
    tweede_stap.reset(gebruiker)


def set_open(beheerder: Actor, gebruiker: Gebruiker, *, is_open: bool) -> None:
    """Close an account, or open it again; closing ends its sessions.

    Raises:
        GeenToegang: see `require_manageable`.
    """
    require_manageable(beheerder, gebruiker)
    gebruiker.is_active = is_open
    gebruiker.save(update_fields=["is_active"])


def first_day() -> date:
    """Return the day from which a new role normally holds."""
    return klok.today()
