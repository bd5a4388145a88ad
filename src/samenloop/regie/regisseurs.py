"""Who directs: beginning, handing over, taking up, and the right that goes with it.

At any moment a case has one director or none, never two, and no moment falls between
one director and the next: a new period begins where the old one ends. Each period
carries its own participation in the dossier, with the same begin and the same end, so
nobody keeps a right of a case they no longer direct.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.core import gebeurtenissen, klok, lezing
from samenloop.core.fouten import SamenloopFout
from samenloop.plannen import namen, toegang
from samenloop.plannen.models import Deel, Deelname, Deelnemersrol
from samenloop.regie import vervangen
from samenloop.regie.models import Casus, Regie, Regiemodel, Team

GEWISSELD = "regie-gewisseld"
# What a helper keeps who directed before and stays on as the contact of the family.
BLIJVEND = (
    *(Deel.PLAN, Deel.GESPREKKEN, Deel.JOURNAAL, Deel.DOCUMENTEN),
    *(Deel.METINGEN, Deel.TAKEN),
)


class AlGeregisseerd(SamenloopFout, ValueError):
    """Somebody else took it up in the meantime."""

    melding = _("Somebody else directs this case by now.")


class Gesloten(SamenloopFout, ValueError):
    """A closed case is taken up again before anything else."""

    melding = _("This case is closed. Take it up again first.")


class TeVroeg(SamenloopFout, ValueError):
    """A moment before the last change of director: what was cannot be changed."""

    melding = _("The director changed after this moment; look at the case again.")


@dataclass(frozen=True, slots=True)
class Wie:
    """Who directs: an account, an organisation or a citizen; exactly one."""

    account: int | None = None
    organisatie: UUID | None = None
    persoon: UUID | None = None

    def __post_init__(self) -> None:
        if [self.account, self.organisatie, self.persoon].count(None) != 2:
            raise ValueError("one director: an account, an organisation or a person")


def directing(moment: datetime) -> QuerySet[Regie]:
    """Return the periods of directing that run at a moment."""
    return Regie.objects.filter(geldig__contains=moment)


def begin(
    casus: Casus,
    wie: Wie,
    *,
    door: Actor,
    model: Regiemodel = Regiemodel.NAAST,
    reden: str = "",
    grond: str = "",
    tot: datetime | None = None,
) -> Regie:
    """Let somebody direct from now, with their right in the dossier.

    Raises:
        django.db.IntegrityError: somebody directs already.
    """
    nu = klok.now()
    deelname = Deelname.objects.create(
        dossier_id=_dossier(casus),
        rol=Deelnemersrol.REGISSEUR,
        account=wie.account,
        organisatie_id=wie.organisatie,
        persoon_id=wie.persoon,
        van=nu,
        tot=tot,
        grond=grond or "Aangewezen als regisseur",
        gegeven_door=door.account_id,
    )
    regie = Regie.objects.create(
        casus=casus,
        model=model,
        account=wie.account,
        organisatie_id=wie.organisatie,
        persoon_id=wie.persoon,
        geldig=DateTimeTZRange(nu, tot),
        reden=reden[:500],
        door=door.account_id,
        deelname=deelname,
    )
    vervangen.cover_case(regie)
    waits(casus, False)
    return regie


def finish(
    regie: Regie, *, door: Actor, reden: str, tot: datetime | None = None
) -> None:
    """End a period of directing and the rights that rest on it, at the same moment.

    Args:
        regie: the period.
        door: who ends it.
        reden: why.
        tot: until when; now when absent.

    Raises:
        TeVroeg: the period began after that moment.
    """
    einde = tot or klok.now()
    begin_ = regie.geldig.lower
    if begin_ is None or einde < begin_:
        raise TeVroeg()
    # Ended at the very moment it began: nobody directed for any time.
    regie.geldig = (
        DateTimeTZRange(begin_, einde)
        if einde > begin_
        else DateTimeTZRange(empty=True)
    )
    regie.save(update_fields=["geldig"])
    rechten = Deelname.objects.filter(Q(regie=regie) | Q(vervanging__regie=regie))
    _end_rights(rechten, einde, door=door, reden=reden)


def waits(casus: Casus, wacht: bool) -> None:
    """Keep whether a case that runs waits for somebody to direct it."""
    casus.wacht_op_regisseur = wacht
    Casus.objects.filter(pk=casus.pk).exclude(wacht_op_regisseur=wacht).update(
        wacht_op_regisseur=wacht
    )


def _end_rights(
    rechten: QuerySet[Deelname], einde: datetime, *, door: Actor, reden: str
) -> None:
    """End rights at a moment; one that ends earlier keeps its own end."""
    for recht in rechten.select_related("dossier"):
        if recht.tot is not None and recht.tot <= einde:
            continue
        recht.tot = max(recht.van, einde)
        recht.reden_einde = reden[:300]
        recht.beeindigd_door = door.account_id
        recht.save(update_fields=["tot", "reden_einde", "beeindigd_door"])
        if recht.tot <= klok.now():
            gebeurtenissen.record(
                toegang.BEEINDIGD,
                onderwerp=recht.pk,
                gemeente=recht.dossier.gemeente_id,
            )


@transaction.atomic
def hand_over(
    casus: Casus,
    wie: Wie,
    *,
    door: Actor,
    reden: str,
    model: Regiemodel = Regiemodel.NAAST,
    blijft_helpen: bool = False,
) -> Regie:
    """Give a case to another director, or to its first.

    Args:
        casus: which.
        wie: who directs from now.
        door: who hands over: the director, or a team leader.
        reden: why; required when somebody directs already.
        model: in which of the four ways.
        blijft_helpen: who directed stays as a helper, so that the municipality keeps
            somebody who knows the family.

    Raises:
        GeenToegang: it is neither theirs to divide nor to hand over.
        Gesloten: the case is closed.
        TeVroeg: the director changed after now.
    """
    vast = locked(casus)
    if not may_hand_over(door, vast):
        raise GeenToegang(besluiten.reason(door, (Handeling.CASUS_TOEWIJZEN,)))
    return _switch(
        vast, wie, door=door, reden=reden, model=model, blijft_helpen=blijft_helpen
    )


@transaction.atomic
def take_up(casus: Casus, *, door: Actor) -> Regie:
    """Let a director take up a case that nobody has.

    Raises:
        AlGeregisseerd: somebody directs it by now.
        GeenToegang: not for this role.
        Gesloten: the case is closed.
    """
    vast = locked(casus)
    if door.account_id is None or not may_take_up(door):
        raise GeenToegang(besluiten.reason(door, (Handeling.CASUS_TOEWIJZEN,)))
    if directing(klok.now()).filter(casus=vast).exists():
        raise AlGeregisseerd()
    return _switch(vast, Wie(account=door.account_id), door=door, reden="Zelf opgepakt")


@transaction.atomic
def give_to_team(casus: Casus, team: Team | None, *, door: Actor) -> None:
    """Say whose work a case is; who directs does not change by it.

    Raises:
        GeenToegang: not theirs to divide.
    """
    vast = locked(casus)
    if not may_hand_over(door, vast):
        raise GeenToegang(besluiten.reason(door, (Handeling.CASUS_TOEWIJZEN,)))
    if team is not None and team.gemeente_id != vast.gemeente_id:
        raise GeenToegang(besluiten.reason(door, (Handeling.CASUS_TOEWIJZEN,)))
    vast.team = team
    vast.save(update_fields=["team"])
    logboek.record(
        door,
        Handeling.CASUS_TOEWIJZEN,
        onderwerp=f"casus:{vast.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )


def may_hand_over(actor: Actor, casus: Casus) -> bool:
    """Whether this actor divides this work, or directs the case themselves.

    A substitute does not: they keep it going until the director is back.
    """
    if casus.gemeente_id != actor.gemeente or casus.dossier_id is None:
        return False
    if divides(actor):
        return True
    mag = besluiten.involvements(actor, Handeling.CASUS_TOEWIJZEN, Diepte.WAT)
    return (
        Betrokkenheid.TOEGEWEZEN in mag
        and actor.account_id is not None
        and (regie := now_of(casus)) is not None
        and regie.account == actor.account_id
    )


@lezing.once
def of_case(casus: Casus) -> list[Regie]:
    """Return who directed a case and who does, in the order in which they did."""
    return list(casus.regies.select_related("organisatie", "persoon"))


@lezing.once
def now_of(casus: Casus) -> Regie | None:
    """Return who directs a case now; None is work that nobody has."""
    nu = klok.now()
    return next((each for each in of_case(casus) if nu in each.geldig), None)


def divides(actor: Actor) -> bool:
    """Whether this actor spreads the work of all: a team leader."""
    return besluiten.may(actor, Handeling.CASELOAD_VERDELEN)


def may_take_up(actor: Actor) -> bool:
    """Whether this actor may take up what nobody has."""
    return besluiten.depth(
        actor, Handeling.CASUS_TOEWIJZEN, Betrokkenheid.GEMEENTE
    ) is not None and besluiten.may(actor, Handeling.CASUS_VOEREN)


def number_of_cases(gemeente: str) -> Counter[int]:
    """Return how many cases each account directs now, in one municipality."""
    accounts = (
        directing(klok.now())
        .filter(casus__gemeente=gemeente, account__isnull=False)
        .values_list("account", flat=True)
    )
    return Counter(account for account in accounts if account is not None)


def names(regies: Iterable[Regie]) -> dict[UUID, str]:
    """Return who directs in words, per period; a fixed number of statements."""
    return namen.of(regies)


def _switch(
    casus: Casus,
    wie: Wie,
    *,
    door: Actor,
    reden: str,
    model: Regiemodel = Regiemodel.NAAST,
    blijft_helpen: bool = False,
) -> Regie:
    """End who directs and begin who follows, at one and the same moment."""
    nu = klok.now()
    if casus.regies.filter(geldig__startswith__gt=nu).exists():
        raise TeVroeg()
    vorige = directing(nu).filter(casus=casus).first()
    tot = vorige.geldig.upper if vorige else None
    if vorige is None and _is_closed(casus):
        raise Gesloten()
    if vorige is not None:
        finish(vorige, door=door, reden=reden or "Regie overgedragen")
        if blijft_helpen and vorige.account is not None and casus.dossier is not None:
            toegang.give(
                casus.dossier,
                rol=Deelnemersrol.HULPVERLENER,
                door=door,
                account=vorige.account,
                hoedanigheid="contact van de gemeente",
                delen=BLIJVEND,
                grond="Blijft na de overdracht het contact van het gezin",
            )
    nieuw = begin(casus, wie, door=door, model=model, reden=reden, tot=tot)
    logboek.record(
        door,
        Handeling.CASUS_TOEWIJZEN,
        onderwerp=f"casus:{casus.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
    gebeurtenissen.record(
        GEWISSELD, onderwerp=casus.pk, gemeente=casus.gemeente_id or ""
    )
    return nieuw


def locked(casus: Casus) -> Casus:
    """Return a case that nobody else changes until the end of the transaction."""
    return (
        Casus.objects.select_for_update(of=("self",))
        .select_related("dossier")
        .get(pk=casus.pk)
    )


def _is_closed(casus: Casus) -> bool:
    return casus.dossier is None or casus.dossier.gesloten_op is not None


def _dossier(casus: Casus) -> UUID:
    if casus.dossier_id is None:
        raise Gesloten()
    return casus.dossier_id
