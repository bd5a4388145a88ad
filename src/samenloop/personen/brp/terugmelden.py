"""Reporting back a doubt about the BRP, and hearing what became of it.

Who has good reason to doubt something in a base registry reports it to its holder
(Wet BRP 2.34) instead of keeping a better version. A report is written, sent, and
answered; the steps are one table. Sending may be repeated without harm: each report
has one key. While the other side is not reachable it waits, and a job tries again.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze
from samenloop.access.rollen import Handeling
from samenloop.core import gemeentegrens, klok
from samenloop.core.fouten import SamenloopFout
from samenloop.personen.brp import versturen
from samenloop.personen.brp.models import BrpTerugmelding, Categorie, Status, Uitkomst
from samenloop.personen.models import Persoon

# Which status may follow which, and who takes the step.
STAPPEN: Mapping[Status, Mapping[Status, str]] = {
    Status.OPGESTELD: {
        Status.VERSTUURD: "the system, when the other side has received it",
        Status.INGETROKKEN: "who may report, as long as it was not sent",
    },
    Status.VERSTUURD: {
        Status.BEANTWOORD: "the holder of the registry",
    },
    Status.BEANTWOORD: {},
    Status.INGETROKKEN: {},
}


class StapKanNiet(SamenloopFout):
    """The report is further than that already."""

    melding = _(
        "This report can no longer be changed: it was sent, answered or withdrawn."
    )


class GeenBsn(SamenloopFout):
    """Somebody without BSN does not stand in the BRP under a number we know."""

    melding = _(
        "Without a citizen service number (BSN) there is nothing in the persons "
        "register (BRP) to report on. Correct the person here instead."
    )


def write(
    actor: Actor,
    persoon: Persoon,
    *,
    categorie: Categorie,
    waarom: str,
    voorstel: str = "",
) -> BrpTerugmelding:
    """Write a report of doubt and try to send it.

    Raises:
        GeenToegang: the actor may not report.
        GeenBsn: the person has none.
    """
    besluiten.require(actor, Handeling.BRP_TERUGMELDEN)
    if persoon.bsn_ontbreekt_reden:
        raise GeenBsn()
    with transaction.atomic():
        melding = BrpTerugmelding.objects.create(
            gemeente=actor.gemeente,
            persoon=persoon,
            categorie=categorie,
            waarom=waarom,
            voorstel=voorstel,
            opgesteld_op=klok.now(),
            opgesteld_door=actor.id,
        )
        _record(actor, melding, Wijze.GEWIJZIGD)
    return send(actor, melding)


def send(actor: Actor, melding: BrpTerugmelding) -> BrpTerugmelding:
    """Send a report that still waits; unreachable leaves it waiting."""
    if melding.status != Status.OPGESTELD:
        return melding
    ontvangst = versturen.send(melding)
    if ontvangst is None:
        return melding
    with transaction.atomic():
        melding = _locked(melding)
        if melding.status == Status.OPGESTELD:
            _step(
                melding,
                Status.VERSTUURD,
                verstuurd_op=klok.now(),
                kenmerk_bron=ontvangst,
            )
            _record(actor, melding, Wijze.VERSTREKT)
    return melding


def withdraw(actor: Actor, melding: BrpTerugmelding) -> BrpTerugmelding:
    """Take back a report that was not sent yet.

    Raises:
        GeenToegang: the actor may not report.
        StapKanNiet: it was sent, answered or withdrawn.
    """
    besluiten.require(actor, Handeling.BRP_TERUGMELDEN)
    with transaction.atomic():
        melding = _locked(melding)
        _step(melding, Status.INGETROKKEN)
        _record(actor, melding, Wijze.GEWIJZIGD)
    return melding


def receive_answer(actor: Actor, melding: BrpTerugmelding) -> BrpTerugmelding:
    """Ask the other side how far it is, and keep its answer."""
    if melding.status != Status.VERSTUURD:
        return melding
    antwoord = versturen.ask_answer(melding)
    if antwoord is None:
        return melding
    with transaction.atomic():
        melding = _locked(melding)
        if melding.status != Status.VERSTUURD:
            return melding
        velden: dict[str, Any] = {
            "uitkomst": antwoord.uitkomst,
            "antwoord": antwoord.tekst,
        }
        if antwoord.uitkomst is Uitkomst.IN_ONDERZOEK:
            if melding.uitkomst == Uitkomst.IN_ONDERZOEK:
                return melding
            _write(melding, velden)
        else:
            velden["beantwoord_op"] = klok.now()
            _step(melding, Status.BEANTWOORD, **velden)
        _record(actor, melding, Wijze.GEWIJZIGD)
    return melding


def continue_all() -> int:
    """Send what waits and fetch answers, in the border of each; number that moved."""
    verder = 0
    with gemeentegrens.everywhere("reports of doubt that wait"):
        open_ = list(
            BrpTerugmelding.objects.filter(
                status__in=[Status.OPGESTELD, Status.VERSTUURD]
            ).order_by("opgesteld_op")[:500]
        )
    for melding in open_:
        actor = Actor.systeem("brp-terugmelden", melding.gemeente)
        with gemeentegrens.within(melding.gemeente):
            voor = (melding.status, melding.uitkomst)
            na = receive_answer(actor, send(actor, melding))
            verder += voor != (na.status, na.uitkomst)
    return verder


def open_doubts(persoon: Persoon) -> list[BrpTerugmelding]:
    """The doubts about someone that are not answered or withdrawn yet."""
    return list(
        BrpTerugmelding.objects.filter(
            persoon=persoon, status__in=[Status.OPGESTELD, Status.VERSTUURD]
        )
    )


def _locked(melding: BrpTerugmelding) -> BrpTerugmelding:
    return BrpTerugmelding.objects.select_for_update().get(pk=melding.pk)


def _step(melding: BrpTerugmelding, naar: Status, **velden: Any) -> None:
    if naar not in STAPPEN[Status(melding.status)]:
        raise StapKanNiet()
    _write(melding, {"status": naar, **velden})


def _write(melding: BrpTerugmelding, velden: Mapping[str, Any]) -> None:
    for naam, waarde in velden.items():
        setattr(melding, naam, waarde)
    melding.save(update_fields=list(velden))


def _record(actor: Actor, melding: BrpTerugmelding, wijze: Wijze) -> None:
    logboek.record(
        actor,
        Handeling.BRP_TERUGMELDEN,
        personen=[melding.persoon_id],
        onderwerp=f"brp-terugmelding:{melding.pk}",
        # Reporting a doubt is a duty of its own, whatever task it arose in.
        grond="G001",
        wijze=wijze,
    )
