"""The life of a version: drafted, tried, looked at by a second person, in force, over.

Which step may follow which, who may take it and what it asks stand in `OVERGANGEN`.
Nobody approves what they wrote; approval takes effect on a later day, when the version
before it ends by itself; what was approved is never changed, only ended.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.signalen.regels.models import (
    Regel,
    Regelproef,
    Regelversie,
    Status,
)
from samenloop.signalen.regels.uitdrukking import UitdrukkingFout, parse
from samenloop.signalen.regels.voorwaarde import empty_tree

KORTSTE_ANTWOORD = 15
_EEN_DAG = timedelta(days=1)


class RegelFout(SamenloopFout, ValueError):
    """A step that cannot be taken; the text says why and what to do."""


class Stap(StrEnum):
    """What one can do with a version."""

    WIJZIGEN = "wijzigen"
    PROEFDRAAIEN = "proefdraaien"
    VRAGEN = "vragen"
    TERUGNEMEN = "terugnemen"
    GOEDKEUREN = "goedkeuren"
    TERUGGEVEN = "teruggeven"
    INTREKKEN = "intrekken"
    WEGGOOIEN = "weggooien"


@dataclass(frozen=True, slots=True)
class Overgang:
    """From one of these, by whom, to what; None is gone."""

    stap: Stap
    van: tuple[Status, ...]
    naar: Status | None
    handeling: Handeling
    door: str  # "ieder", "opsteller", "ander"


_S, _H = Status, Handeling
_IN_BEWERKING = (_S.CONCEPT, _S.PROEF_GEDRAAID)
OVERGANGEN: dict[Stap, Overgang] = {
    overgang.stap: overgang
    for overgang in (
        Overgang(Stap.WIJZIGEN, _IN_BEWERKING, _S.CONCEPT, _H.REGEL_SCHRIJVEN, "ieder"),
        Overgang(
            Stap.PROEFDRAAIEN,
            _IN_BEWERKING,
            _S.PROEF_GEDRAAID,
            _H.REGEL_SCHRIJVEN,
            "ieder",
        ),
        Overgang(
            Stap.VRAGEN,
            (_S.PROEF_GEDRAAID,),
            _S.TER_GOEDKEURING,
            _H.REGEL_SCHRIJVEN,
            "ieder",
        ),
        Overgang(
            Stap.TERUGNEMEN,
            (_S.TER_GOEDKEURING,),
            _S.CONCEPT,
            _H.REGEL_SCHRIJVEN,
            "ieder",
        ),
        Overgang(
            Stap.GOEDKEUREN,
            (_S.TER_GOEDKEURING,),
            _S.GOEDGEKEURD,
            _H.REGEL_GOEDKEUREN,
            "ander",
        ),
        Overgang(
            Stap.TERUGGEVEN,
            (_S.TER_GOEDKEURING,),
            _S.CONCEPT,
            _H.REGEL_GOEDKEUREN,
            "ander",
        ),
        Overgang(
            Stap.INTREKKEN,
            (_S.GOEDGEKEURD,),
            _S.INGETROKKEN,
            _H.REGEL_GOEDKEUREN,
            "ieder",
        ),
        Overgang(Stap.WEGGOOIEN, _IN_BEWERKING, None, _H.REGEL_SCHRIJVEN, "ieder"),
    )
}


def may_take(stap: Stap, versie: Regelversie, actor: Actor) -> bool:
    """Whether this person may take this step now; what it asks is checked later."""
    overgang = OVERGANGEN[stap]
    eigen = versie.is_written_by(actor.account_id)
    return (
        versie.status in overgang.van
        and besluiten.may(actor, overgang.handeling)
        and not (overgang.door == "ander" and eigen)
    )


def _take(stap: Stap, versie: Regelversie, actor: Actor) -> Regelversie:
    """Lock the version and check that the step may be taken; returns it as it is now.

    Raises:
        RegelFout: not from this state, or by the one who wrote it.
        GeenToegang: not with this role.
    """
    overgang = OVERGANGEN[stap]
    besluiten.require(actor, overgang.handeling)
    nu = Regelversie.objects.select_for_update(of=("self",)).get(pk=versie.pk)
    if overgang.door == "ander" and nu.is_written_by(actor.account_id):
        raise RegelFout(_("You cannot approve your own rule. Ask somebody else."))
    if nu.status not in overgang.van:
        raise RegelFout(
            _("This version is now: %(status)s. Look at it again.")
            % {"status": nu.get_status_display()}
        )
    if overgang.naar is not None:
        nu.status = overgang.naar
    return nu


def account_of(actor: Actor) -> int:
    """The account of the person who acts; the system writes no rules."""
    if actor.account_id is None:
        raise RegelFout(_("Only a person can do this."))
    return actor.account_id


@transaction.atomic
def new_rule(actor: Actor, naam: str, beginset: str = "") -> Regelversie:
    """Start a rule, with an empty first version."""
    besluiten.require(actor, Handeling.REGEL_SCHRIJVEN)
    if not naam.strip():
        raise RegelFout(_("Give the rule a name."))
    regel = Regel.objects.create(
        gemeente=actor.gemeente, naam=naam.strip()[:120], beginset=beginset
    )
    return Regelversie.objects.create(
        regel=regel,
        versie=1,
        naam=regel.naam,
        voorwaarde=empty_tree(),
        opgesteld_door_id=account_of(actor),
    )


@transaction.atomic
def new_version(actor: Actor, regel: Regel) -> Regelversie:
    """Start a draft from the newest version, or return the draft there is."""
    besluiten.require(actor, Handeling.REGEL_SCHRIJVEN)
    Regel.objects.select_for_update().get(pk=regel.pk)
    open_versie = regel.versies.open().first()
    if open_versie is not None:
        return open_versie
    vorige = regel.versies.order_by("-versie").first()
    hoogste = regel.versies.aggregate(hoogste=Max("versie"))["hoogste"] or 0
    nieuw = Regelversie(
        regel=regel,
        versie=hoogste + 1,
        naam=regel.naam,
        opgesteld_door_id=account_of(actor),
    )
    if vorige is not None:
        for veld in INHOUD:
            setattr(nieuw, veld, getattr(vorige, veld))
    nieuw.save(force_insert=True)
    return nieuw


INHOUD = (
    "naam",
    "waarom",
    "voorwaarde",
    "uitdrukking",
    "gewicht",
    "label",
    "koppelt",
    "over_wetten",
    "grond_tekst",
    "grond_artikel",
)


@transaction.atomic
def change(actor: Actor, versie: Regelversie, **inhoud: object) -> Regelversie:
    """Save what was typed in a draft; it may be half finished.

    A dry run of what it was before says nothing of what it is now, so a change of the
    outcome makes it a draft again.
    """
    onbekend = set(inhoud) - set(INHOUD)
    if onbekend:
        raise TypeError(f"not part of a version: {', '.join(sorted(onbekend))}")
    nu = _take(Stap.WIJZIGEN, versie, actor)
    voor = nu.vingerafdruk
    for veld, waarde in inhoud.items():
        setattr(nu, veld, waarde)
    gedraaid = nu.proeven.filter(
        vingerafdruk=nu.vingerafdruk, staat=Regelproef.Staat.KLAAR
    )
    if voor == nu.vingerafdruk and gedraaid.exists():
        nu.status = Status.PROEF_GEDRAAID
    nu.bewaard_op = klok.now()
    nu.schrijvers = sorted({*nu.schrijvers, account_of(actor)})
    nu.save()
    return nu


def mark_tried(versie: Regelversie, vingerafdruk: str) -> None:
    """Note that a dry run of exactly this content is done."""
    with transaction.atomic():
        nu = Regelversie.objects.select_for_update(of=("self",)).get(pk=versie.pk)
        if nu.status == Status.CONCEPT and nu.vingerafdruk == vingerafdruk:
            nu.status = Status.PROEF_GEDRAAID
            nu.save(update_fields=["status"])


def faults(versie: Regelversie) -> list[str | Promise]:
    """What still misses before somebody can be asked to approve it."""
    gebreken: list[str | Promise] = []
    if not versie.waarom.strip():
        gebreken.append(_("Write why this rule is there."))
    try:
        parse(versie.uitdrukking)
    except UitdrukkingFout as fout:
        gebreken.append(fout.melding)
    if versie.gewicht == 0 and not versie.label.strip() and not versie.koppelt:
        gebreken.append(_("Let the rule do something: weight, a label or a link."))
    if versie.over_wetten and not versie.grond:
        gebreken.append(_("Record the ground for looking over laws, with its article."))
    return gebreken


@transaction.atomic
def request(
    actor: Actor, versie: Regelversie, aan: Gebruiker, per: date
) -> Regelversie:
    """Ask a second person to look at it, to count from a day.

    Raises:
        RegelFout: something misses, the day is too early, or it is the writer's own.
    """
    nu = _take(Stap.VRAGEN, versie, actor)
    gebreken = faults(nu)
    if gebreken:
        raise RegelFout(gebreken[0])
    if nu.is_written_by(aan.pk):
        raise RegelFout(_("You cannot approve your own rule. Ask somebody else."))
    if per <= klok.today():
        raise RegelFout(
            _("A version starts on the day after approval at the earliest.")
        )
    nu.gevraagd_aan, nu.gevraagd_per = aan, per
    nu.save()
    return nu


@transaction.atomic
def take_back(actor: Actor, versie: Regelversie) -> Regelversie:
    """Make it a draft again, before anyone approved it."""
    nu = _take(Stap.TERUGNEMEN, versie, actor)
    nu.gevraagd_aan = nu.gevraagd_per = None
    nu.save()
    return nu


@transaction.atomic
def give_back(actor: Actor, versie: Regelversie, antwoord: str) -> Regelversie:
    """Not approved: back to the writer, with what should be different."""
    nu = _take(Stap.TERUGGEVEN, versie, actor)
    if len(antwoord.strip()) < KORTSTE_ANTWOORD:
        raise RegelFout(_("Write in one or two sentences what should be different."))
    nu.antwoord_beoordelaar = antwoord.strip()
    nu.gevraagd_aan = nu.gevraagd_per = None
    nu.save()
    return nu


@transaction.atomic
def approve(
    actor: Actor,
    versie: Regelversie,
    per: date,
    antwoord: str = "",
    *,
    op: datetime | None = None,
    opvallend: Callable[[Regelversie], list[str]] | None = None,
) -> Regelversie:
    """Put a version into force from a day on; the one before ends the day before.

    Args:
        op: when it was approved; now, unless history is being loaded.
        opvallend: tells whom the rule touches more than others. If it names anyone,
            the answer must say something about it.

    Raises:
        RegelFout: the day is too early, an answer misses, or a later version is
            waiting already.
    """
    nu = _take(Stap.GOEDKEUREN, versie, actor)
    moment = op or klok.now()
    if per <= moment.astimezone(klok.AMSTERDAM).date():
        raise RegelFout(
            _("A version starts on the day after approval at the earliest.")
        )
    raakt = opvallend(nu) if opvallend is not None else []
    if raakt and len(antwoord.strip()) < KORTSTE_ANTWOORD:
        raise RegelFout(
            _("This rule touches some more than others. Write what you think of that.")
        )
    _end_before(nu.regel, per)
    nu.goedgekeurd_door_id = account_of(actor)
    nu.goedgekeurd_op = moment
    nu.antwoord_beoordelaar = antwoord.strip()
    nu.geldig = DateRange(per, None)
    nu.save()
    Regel.objects.filter(pk=nu.regel_id).update(naam=nu.naam)
    return nu


def _end_before(regel: Regel, dag: date) -> None:
    """Let what is in force end on the day before."""
    for vorige in regel.versies.filter(
        status=Status.GOEDGEKEURD, geldig__endswith__isnull=True
    ):
        if vorige.geldig is None or vorige.geldig.isempty:
            continue
        begin = vorige.geldig.lower
        if begin is not None and begin >= dag:
            raise RegelFout(
                _("Version %(number)s already waits to start later. Withdraw it first.")
                % {"number": vorige.versie}
            )
        vorige.geldig = DateRange(begin, dag)
        vorige.save(update_fields=["geldig"])


@transaction.atomic
def withdraw(actor: Actor, versie: Regelversie) -> Regelversie:
    """End a version with today as its last day; one that had not begun never counts."""
    nu = _take(Stap.INTREKKEN, versie, actor)
    begin = nu.geldig.lower if nu.geldig is not None else None
    morgen = klok.today() + _EEN_DAG
    if begin is not None and nu.geldig is not None:
        einde = nu.geldig.upper
        nu.geldig = (
            DateRange(begin, morgen if einde is None else min(einde, morgen))
            if begin < morgen
            else DateRange(empty=True)
        )
    nu.save(update_fields=["geldig", "status"])
    return nu


@transaction.atomic
def discard(actor: Actor, versie: Regelversie) -> None:
    """Throw a draft away; a rule without any version goes along."""
    nu = _take(Stap.WEGGOOIEN, versie, actor)
    regel = nu.regel
    nu.delete()
    if not regel.versies.exists():
        regel.delete()
