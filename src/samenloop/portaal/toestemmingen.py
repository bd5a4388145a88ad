"""What somebody agreed to, for themselves and for the children they decide for.

Who may give and who may withdraw stands in the table of rights (`plannen.rechten`):
giving asks all whom the law asks, withdrawing is as easy as giving and one is enough.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenloop.access import doelen, logboek
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen import gevolgen
from samenloop.personen.models import Persoon, Toestemming
from samenloop.personen.toestemming import (
    ALLEEN_MET_TOESTEMMING,
    CATEGORIEEN,
    SAMENLOOP,
    Wijze,
)
from samenloop.plannen import deelnemers, rechten
from samenloop.plannen.rechten import Recht
from samenloop.portaal.mij import Mij

# Code: data, purpose, and what one reads.
WAARVOOR: dict[str, tuple[str, str, str | Promise]] = {
    "plan": (
        "plan",
        "regie_gezamenlijk_plan",
        gettext_lazy("We make one plan together, and write it down"),
    ),
    "overleg": (
        "casusoverleg",
        "casusoverleg",
        gettext_lazy("Helpers talk about my situation with each other"),
    ),
    "signalen": (
        "signalen",
        SAMENLOOP,
        gettext_lazy("The municipality puts worries from several places together"),
    ),
    "netwerk": (
        "sociaal_netwerk",
        "regie_gezamenlijk_plan",
        gettext_lazy("Helpers talk with my family and friends"),
    ),
}


class NietAlleen(SamenloopFout, ValueError):
    """One may not give or withdraw this by oneself."""

    melding = gettext_lazy(
        "You cannot say yes to this alone. Somebody else must agree as well. Your "
        "director knows who."
    )


@dataclass(frozen=True, slots=True)
class Gegeven:
    """Consent that holds, as one reads it."""

    id: UUID
    wie: str
    ik: bool
    wat: str
    rij: Toestemming
    mag_stoppen: bool


def people(mij: Mij) -> list[Persoon]:
    """Return oneself, and the minors of the dossier over whom one has gezag."""
    if mij.persoon is None:
        return []
    leden = deelnemers.members(mij.dossier)
    onder_gezag = {
        each.minderjarige_id
        for each in deelnemers.holders(leden)
        if each.houder_id == mij.persoon.pk
    }
    return [mij.persoon, *(lid for lid in leden if lid.pk in onder_gezag)]


def given(mij: Mij) -> list[Gegeven]:
    """Return what holds today about oneself and those children.

    Of a child only what one may read or withdraw: from sixteen that is the child's.
    """
    wie = people(mij)
    rijen = (
        Toestemming.objects.in_force(klok.today())
        .filter(persoon__in=wie, gemeente=mij.actor.gemeente)
        .select_related("persoon")
        .order_by("-gegeven_op", "pk")
    )
    return [
        Gegeven(
            rij.pk,
            rij.persoon.volledige_naam,
            mij.persoon is not None and rij.persoon_id == mij.persoon.pk,
            in_words(rij),
            rij,
            mag_stoppen,
        )
        for rij in rijen
        if (mag_stoppen := may_withdraw(mij, rij)) or _may_read(mij, rij)
    ]


def _may_read(mij: Mij, rij: Toestemming) -> bool:
    if mij.persoon is None:
        return False
    return rij.persoon_id == mij.persoon.pk or rechten.who(
        Recht.INZAGE, rechten.regime_of(rij), rij.persoon, klok.today()
    ).may(mij.persoon.pk)


def in_words(rij: Toestemming) -> str:
    """Return what was agreed to, in a sentence where there is one."""
    for categorie, code, zin in WAARVOOR.values():
        if (rij.categorie, rij.doel) == (categorie, code):
            return str(zin)
    doel = ALLEEN_MET_TOESTEMMING.get(rij.doel) or doelen.label(rij.doel)
    return _("The use of data about %(wat)s, for %(doel)s") % {
        "wat": CATEGORIEEN.get(rij.categorie, rij.categorie),
        "doel": doel,
    }


def may_withdraw(mij: Mij, rij: Toestemming) -> bool:
    """Whether this citizen may withdraw it today."""
    if mij.persoon is None:
        return False
    recht = rechten.who(
        Recht.INTREKKEN, rechten.regime_of(rij), rij.persoon, klok.today()
    )
    return recht.may(mij.persoon.pk)


@transaction.atomic
def give(mij: Mij, wie: UUID, code: str) -> Toestemming:
    """Say yes to something, for oneself or for a child one decides for alone.

    Who said the same yes before, and has not stopped it, gets that one: stopping it
    once is then enough.

    Raises:
        NietAlleen: the law asks somebody else, or somebody else as well.
    """
    persoon = next((each for each in people(mij) if each.pk == wie), None)
    if persoon is None or mij.persoon is None or code not in WAARVOOR:
        raise NietAlleen()
    categorie, doel, _zin = WAARVOOR[code]
    rij = Toestemming(
        persoon=persoon,
        gemeente_id=mij.actor.gemeente,
        categorie=categorie,
        doel=doel,
        gegeven_op=klok.today(),
        wijze=Wijze.DIGITAAL,
        vastgelegd_door=mij.actor.id,
    )
    recht = rechten.who(
        Recht.TOESTEMMING, rechten.regime_of(rij), persoon, klok.today()
    )
    if not recht.is_complete({mij.persoon.pk}):
        raise NietAlleen()
    # One at a time per person, so that two clicks are one yes.
    Persoon.objects.select_for_update(of=("self",)).get(pk=persoon.pk)
    al = (
        Toestemming.objects.in_force(klok.today())
        .filter(
            *(Q(tot=None), Q(ingetrokken_op=None)),
            persoon=persoon,
            gemeente=mij.actor.gemeente,
            categorie=categorie,
            doel=doel,
        )
        .first()
    )
    if al is not None:
        return al
    rij.save(force_insert=True)
    _record(mij, rij)
    return rij


def find(mij: Mij, toestemming: UUID) -> Toestemming | None:
    """Return consent that holds and that this citizen may withdraw."""
    return next(
        (
            each.rij
            for each in given(mij)
            if each.id == toestemming and each.mag_stoppen
        ),
        None,
    )


@transaction.atomic
def withdraw(mij: Mij, rij: Toestemming) -> int:
    """Stop it, and do what follows; how many things followed.

    Raises:
        NietAlleen: not for this citizen.
        Achterhaald: it was withdrawn before.
    """
    if not may_withdraw(mij, rij):
        raise NietAlleen()
    aantal = gevolgen.withdraw(rij, max(klok.today(), rij.gegeven_op), mij.actor)
    _record(mij, rij)
    return aantal


def _record(mij: Mij, rij: Toestemming) -> None:
    logboek.record(
        mij.actor,
        Handeling.TOESTEMMING_VASTLEGGEN,
        personen=[rij.persoon_id],
        onderwerp=f"toestemming:{rij.pk}",
        doel="vastlegging_toestemming",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
