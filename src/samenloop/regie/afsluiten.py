"""Closing a case, looking after it, and taking it up again.

Before closing, every room says what is still open; who closes sees that list and says
that they close all the same. Closing ends the rights in the dossier. With aftercare the
director keeps theirs until somebody asked how it goes, and at most a month longer.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok, lezing
from samenloop.core.fouten import SamenloopFout
from samenloop.core.tijd import correct
from samenloop.plannen import toegang
from samenloop.plannen.models import Deelname, Deelnemersrol
from samenloop.regie import casussen, planeinde, regisseurs, soort
from samenloop.regie.models import Casus, Casusperiode, Regiemodel

GESLOTEN = "casus-gesloten"
HEROPEND = "casus-heropend"
# How long the director can still look after the day of aftercare, when it is late.
UITLOOP = timedelta(days=30)
REDENEN = (
    ("doel bereikt", _("the goals were reached")),
    ("op eigen kracht verder", _("the family goes on by itself")),
    ("op verzoek van het gezin", _("the family asked for it")),
    ("geen contact meer", _("there is no contact any more")),
    ("verhuisd", _("the family moved")),
    ("overleden", _("the person died")),
    ("anders", _("another reason")),
)

Bezwaar = Callable[[Casus], list[str]]
_bezwaren: list[Bezwaar] = []


class NogOpen(SamenloopFout, ValueError):
    """Something is still open, and nobody said that it may be."""

    melding = _(
        "Something is still open in this case. Finish it, or say that you close the "
        "case all the same."
    )


class AlGesloten(SamenloopFout, ValueError):
    """Somebody closed it, or took it up again, in the meantime."""

    melding = _("Somebody changed this case in the meantime; look at it again.")


class Onvolledig(SamenloopFout, ValueError):
    """The reason is missing, or the day of aftercare lies in the past."""

    melding = _("Give the reason, and for aftercare a day that is still to come.")


def register(bezwaar: Bezwaar) -> None:
    """Let a room say what is still open in a case, in sentences for the reader.

    Args:
        bezwaar: gets the case; gives nothing when all is finished.
    """
    if bezwaar not in _bezwaren:
        _bezwaren.append(bezwaar)


def open_points(casus: Casus) -> list[str]:
    """Return what is still open, in the order in which the rooms registered."""
    return [punt for bezwaar in _bezwaren for punt in bezwaar(casus)]


@transaction.atomic
def close(
    casus: Casus,
    *,
    reden: str,
    door: Actor,
    toelichting: str = "",
    nazorg_op: date | None = None,
    toch: bool = False,
) -> Casus:
    """Close a case today, and end the rights that rested on it.

    Args:
        casus: which.
        reden: one of `REDENEN`.
        door: the director, or who stands in for them.
        toelichting: more about why, in their own words.
        nazorg_op: the day on which somebody asks how it goes.
        toch: close although something is still open.

    Raises:
        GeenToegang: not theirs to close.
        Onvolledig: no reason, or a day of aftercare that has passed.
        NogOpen: something is open and `toch` was not said.
        AlGesloten: it is closed already.
    """
    if door.soort is not ActorSoort.SYSTEEM:
        casussen.require_lead(door, casus)
    vandaag = klok.today()
    if reden not in dict(REDENEN) or (nazorg_op is not None and nazorg_op <= vandaag):
        raise Onvolledig()
    vast = regisseurs.locked(casus)
    if open_points(vast) and not toch:
        raise NogOpen()
    end_period(vast, reden, toelichting)
    planeinde.close(vast, f"Casus afgesloten: {reden}")
    end_rights(vast, nazorg_op, door=door, reden=f"Casus afgesloten: {reden}")
    vast.nazorg_tot = nazorg_op
    vast.nazorg_gedaan_op = None
    vast.save(update_fields=["nazorg_tot", "nazorg_gedaan_op"])
    _log(vast, door)
    gebeurtenissen.record(GESLOTEN, onderwerp=vast.pk, gemeente=vast.gemeente_id or "")
    return vast


def end_period(casus: Casus, reden: str, toelichting: str = "") -> None:
    """End the period in force today, and the dossier with it.

    Raises:
        AlGesloten: no period runs.
    """
    vandaag = klok.today()
    loopt = soort.period(casus)
    dossier = casus.dossier
    if loopt is None or dossier is None or dossier.gesloten_op is not None:
        raise AlGesloten()
    correct(
        loopt,
        vandaag,
        geldig=loopt.periode.ended_on(vandaag).as_range(),
        reden_einde=reden[:100],
        toelichting_einde=toelichting.strip()[:500],
    )
    dossier.gesloten_op = vandaag
    dossier.save(update_fields=["gesloten_op"])


@transaction.atomic
def reopen(casus: Casus, *, reden: str, door: Actor, plan_verder: bool = True) -> Casus:
    """Take a closed case up again; who does it directs it when they may.

    Args:
        casus: which.
        reden: why.
        door: who takes it up.
        plan_verder: whether its last plan goes on, when its family has no other.

    Raises:
        GeenToegang: not for this role.
        Onvolledig: no reason.
        AlGesloten: it runs already.
    """
    if not may_reopen(door, casus):
        raise GeenToegang(besluiten.reason(door, (Handeling.CASUS_TOEWIJZEN,)))
    if not reden.strip():
        raise Onvolledig()
    vast = regisseurs.locked(casus)
    dossier = vast.dossier
    if dossier is None or dossier.gesloten_op is None:
        raise AlGesloten()
    _resume_period(vast, reden)
    dossier.gesloten_op = None
    dossier.save(update_fields=["gesloten_op"])
    vast.nazorg_tot = vast.nazorg_gedaan_op = None
    vast.save(update_fields=["nazorg_tot", "nazorg_gedaan_op"])
    _resume_director(vast, reden, door)
    if plan_verder:
        planeinde.go_on(vast)
    _log(vast, door)
    gebeurtenissen.record(HEROPEND, onderwerp=vast.pk, gemeente=vast.gemeente_id or "")
    return vast


def may_reopen(actor: Actor, casus: Casus) -> bool:
    """Whether this actor may take a closed case up again."""
    if casus.gemeente_id != actor.gemeente or casus.dossier_id is None:
        return False
    return (
        regisseurs.divides(actor)
        or regisseurs.may_take_up(actor)
        or casussen.leads(actor, casus)
    )


@transaction.atomic
def aftercare_done(casus: Casus, *, door: Actor) -> Casus:
    """Note that somebody asked how it goes; the last right in the dossier ends.

    Raises:
        GeenToegang: not the director, nor who stands in for them.
        AlGesloten: there is no aftercare to do.
    """
    casussen.require_lead(door, casus)
    vast = regisseurs.locked(casus)
    if vast.nazorg_tot is None or vast.nazorg_gedaan_op is not None:
        raise AlGesloten()
    vast.nazorg_gedaan_op = klok.today()
    vast.save(update_fields=["nazorg_gedaan_op"])
    end_rights(vast, None, door=door, reden="Nazorg gedaan")
    _log(vast, door)
    return vast


def aftercare_due(gemeente: str, dag: date) -> QuerySet[Casus]:
    """Return the cases in which aftercare is due that day, or was due before."""
    return Casus.objects.filter(
        gemeente=gemeente,
        dossier__gesloten_op__isnull=False,
        nazorg_tot__lte=dag,
        nazorg_gedaan_op__isnull=True,
    ).order_by("nazorg_tot", "pk")


def last_period(casus: Casus) -> Casusperiode | None:
    """Return the latest period as we know it now, running or not."""
    return max(
        periods(casus),
        key=lambda periode: periode.startdatum,
        default=None,
    )


@lezing.once
def periods(casus: Casus) -> list[Casusperiode]:
    """Return the periods of a case as we know them now."""
    return list(Casusperiode.objects.current().filter(casus=casus))


def _resume_period(casus: Casus, reden: str) -> None:
    vandaag = klok.today()
    laatste = last_period(casus)
    if laatste is None:
        raise AlGesloten()
    if laatste.einddatum == vandaag:
        # Closed today: then it never was closed.
        correct(
            laatste,
            vandaag,
            geldig=laatste.periode.ended_on(None).as_range(),
            reden_einde="",
            toelichting_einde="",
            reden_begin=reden.strip()[:500],
        )
        return
    Casusperiode.objects.create(
        casus=casus,
        type=laatste.type,
        geldig=DateRange(vandaag, None),
        reden_begin=reden.strip()[:500],
    )


def _resume_director(casus: Casus, reden: str, door: Actor) -> None:
    """Who did the aftercare directs on; otherwise who takes it up, if they may."""
    vorige = casussen.current_director(casus)
    if vorige is not None:
        wie = regisseurs.Wie(vorige.account, vorige.organisatie_id, vorige.persoon_id)
        model = Regiemodel(vorige.model)
        regisseurs.finish(vorige, door=door, reden="Casus heropend")
        regisseurs.begin(casus, wie, door=door, model=model, reden=reden[:500])
    elif door.account_id is not None and regisseurs.may_take_up(door):
        regisseurs.begin(
            casus,
            regisseurs.Wie(account=door.account_id),
            door=door,
            reden=reden[:500],
        )
    else:
        regisseurs.waits(casus, True)


def end_rights(
    casus: Casus, nazorg_op: date | None, *, door: Actor, reden: str
) -> None:
    """End all that rested on the case; the family keeps what is theirs."""
    tot = None
    if nazorg_op is not None:
        tot = datetime.combine(nazorg_op, time(), tzinfo=klok.AMSTERDAM) + UITLOOP
    regie = casussen.current_director(casus)
    if regie is not None:
        regisseurs.finish(regie, door=door, reden=reden, tot=tot)
    regisseurs.waits(casus, False)
    toegang.end(
        Deelname.objects.filter(dossier=casus.dossier)
        .exclude(rol__in=[Deelnemersrol.GEZIN])
        .exclude(regie__isnull=False)
        .exclude(vervanging__isnull=False),
        reden=reden[:300],
        door=door,
    )


def _log(casus: Casus, door: Actor) -> None:
    logboek.record(
        door,
        Handeling.CASUS_VOEREN,
        personen=toegang.persons(casus.dossier) if casus.dossier else (),
        onderwerp=f"casus:{casus.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
    )
