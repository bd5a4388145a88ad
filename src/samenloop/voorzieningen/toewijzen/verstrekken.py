"""Granting a budget, the own contribution, and what others must be told of both.

The own contribution runs per person, not per provision: it starts with the first one
under the Wmo and stops with the last. What must be told is written down in the same
transaction (`Uitvoer`) and handed over by an exporter that can be swapped.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.kalender import add_months
from samenloop.core.tijd import withdraw
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.models import Voorziening, Wet
from samenloop.voorzieningen.toewijzen import gevolg, termijn
from samenloop.voorzieningen.toewijzen.fouten import NietNu, Onvolledig
from samenloop.voorzieningen.toewijzen.models import (
    VERWIJDERD,
    Aanvraag,
    Beschikking,
    EigenBijdrage,
    Pgb,
    Toewijzing,
    Uitvoer,
    Uitvoersoort,
    Vorm,
)
from samenloop.voorzieningen.toewijzen.weigeringen import explained

ACTIVITEIT = "zorgtoewijzing"


def grant_budget(
    beschikking: Beschikking,
    *,
    categorie: str,
    code: str,
    aanvraag: Aanvraag | None,
    door: Actor,
) -> Pgb:
    """Grant the budget or allowance of a decision, with its provision.

    Raises:
        PgbLoopt: care in kind for the same product runs.
    """
    assert beschikking.ingang is not None
    assert beschikking.eind is not None
    assert beschikking.budget is not None
    pgb = Pgb(
        gemeente_id=beschikking.gemeente_id,
        wet=beschikking.wet,
        soort=Pgb.Soort.PGB if beschikking.vorm == Vorm.PGB else Pgb.Soort.FINANCIEEL,
        persoon_id=beschikking.persoon_id,
        beschikking=beschikking,
        product_id=beschikking.product_id,
        categorie=categorie,
        code=code,
        ingang=beschikking.ingang,
        eind=beschikking.eind,
        budget=beschikking.budget,
        vastgelegd_door=door.account_id,
    )
    with explained():
        gevolg.of_budget(pgb, aanvraag=aanvraag).save(force_insert=True)
        pgb.save(force_insert=True)
    if pgb.soort == Pgb.Soort.PGB:
        _tell(pgb, Uitvoersoort.PGB_TOEKENNING, pgb.ingang, None)
        if pgb.wet == Wet.WMO:
            start_contribution(
                beschikking.persoon,
                pgb.gemeente_id,
                pgb.ingang,
                eind=pgb.eind,
                maanden=termijn.CAK_PGB_MAANDEN,
                door=door,
            )
    return pgb


@transaction.atomic
def end_budget(pgb: Pgb, op: date, *, reden: str, door: Actor) -> Pgb:
    """Let a budget end early; `op` is its last day.

    Raises:
        NietNu: it ended already.
        Onvolledig: the day lies outside the budget, or nothing says why.
    """
    row = close_budget(pgb, op, reden=reden, door=door)
    stop_contribution(row.persoon, row.gemeente_id, door=door)
    return row


def close_budget(pgb: Pgb, op: date, *, reden: str, door: Actor) -> Pgb:
    """Let a budget end and leave the contribution be: something may follow at once."""
    besluiten.require(door, Handeling.TOEWIJZEN)
    row = _running(pgb)
    if not row.ingang <= op <= row.eind or not reden.strip():
        raise Onvolledig(_("Give a day within the budget, and why it ends."))
    row.beeindigd_op, row.reden_einde = op, reden
    row.save(update_fields=["beeindigd_op", "reden_einde"])
    gevolg.end_budget(row)
    _ended(row, door)
    return row


def withdraw_budget(pgb: Pgb, *, reden: str, door: Actor) -> Pgb:
    """Withdraw a budget from its first day on: it counts as if it never was.

    Its last day then lies before its first.

    Raises:
        NietNu: it ended already.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    row = _running(pgb)
    row.beeindigd_op, row.reden_einde = row.ingang - timedelta(days=1), reden
    row.save(update_fields=["beeindigd_op", "reden_einde"])
    feit = (
        Voorziening.objects.current().filter(kenmerk=row.voorziening).first()
        if row.voorziening
        else None
    )
    if feit is not None:
        withdraw(feit, max(klok.today(), feit.bekend.lower or klok.today()))
    _ended(row, door)
    return row


def _running(pgb: Pgb) -> Pgb:
    row = Pgb.objects.select_for_update().get(pk=pgb.pk)
    if row.beeindigd_op is not None:
        raise NietNu()
    return row


def _ended(row: Pgb, door: Actor) -> None:
    assert row.beeindigd_op is not None
    if row.soort == Pgb.Soort.PGB:
        _tell(row, Uitvoersoort.PGB_EINDE, row.beeindigd_op, None)
    logboek.record(
        door,
        Handeling.TOEWIJZEN,
        personen=[row.persoon_id],
        onderwerp=f"pgb:{row.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )


@transaction.atomic
def start_contribution(
    persoon: Persoon,
    gemeente: str,
    ingang: date,
    *,
    maanden: int,
    door: Actor,
    eind: date | None = None,
) -> EigenBijdrage | None:
    """Start the own contribution, unless it runs already; None when it does.

    `eind` is the last day of what was granted. What was paid for already is not asked
    again: after a contribution that stopped, the next begins the day after.
    """
    # Locked: whoever lets it stop at this moment sees what was granted, or we see that.
    eerder = list(
        EigenBijdrage.objects.select_for_update().filter(
            Q(eind__isnull=True) | Q(eind__gte=ingang),
            persoon=persoon,
            gemeente=gemeente,
        )
    )
    for each in eerder:
        if each.eind is None or (eind is not None and eind <= each.eind):
            return None
        ingang = max(ingang, each.eind + timedelta(days=1))
    bijdrage = EigenBijdrage.objects.create(
        gemeente_id=gemeente,
        persoon=persoon,
        ingang=ingang,
        vastgelegd_door=door.account_id,
    )
    _tell(
        bijdrage,
        Uitvoersoort.CAK_START,
        ingang,
        add_months(max(ingang, klok.today()), maanden),
    )
    return bijdrage


def contribute(toewijzing: Toewijzing, *, door: Actor) -> EigenBijdrage | None:
    """Start the own contribution that goes with an allocation, if any does."""
    if toewijzing.wet != Wet.WMO or toewijzing.is_verwijderd:
        return None
    return start_contribution(
        toewijzing.persoon,
        toewijzing.gemeente_id,
        toewijzing.ingang,
        eind=toewijzing.eind,
        maanden=termijn.CAK_ZIN_MAANDEN,
        door=door,
    )


def resume_contribution(toewijzing: Toewijzing, *, door: Actor) -> EigenBijdrage | None:
    """Start it again where it had stopped and an allocation became longer."""
    if not EigenBijdrage.objects.filter(
        persoon=toewijzing.persoon_id, gemeente=toewijzing.gemeente_id
    ).exists():
        return None
    return contribute(toewijzing, door=door)


@transaction.atomic
def stop_contribution(
    persoon: Persoon, gemeente: str, *, door: Actor
) -> EigenBijdrage | None:
    """Stop the own contribution when nothing under the Wmo goes on; None otherwise."""
    loopt = (
        EigenBijdrage.objects.select_for_update()
        .filter(persoon=persoon, gemeente=gemeente, eind__isnull=True)
        .first()
    )
    if loopt is None:
        return None
    dagen = _last_days(persoon, gemeente)
    # What lasts until next year is no end to report now.
    if any(dag is None or dag > klok.today() for dag in dagen):
        return None
    loopt.eind = max((dag for dag in dagen if dag), default=loopt.ingang)
    loopt.eind = max(loopt.eind, loopt.ingang)
    loopt.save(update_fields=["eind"])
    _tell(
        loopt,
        Uitvoersoort.CAK_STOP,
        loopt.eind,
        add_months(max(loopt.eind, klok.today()), termijn.CAK_ZIN_MAANDEN),
    )
    logboek.record(
        door,
        Handeling.TOEWIJZEN,
        personen=[persoon.pk],
        onderwerp=f"eigenbijdrage:{loopt.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )
    return loopt


def stop_ended(gemeente: str, *, door: Actor) -> int:
    """Stop each contribution under which nothing runs today; how many.

    Each in a transaction of its own: what was stopped halfway stays stopped, and the
    next round takes up the rest.
    """
    vandaag = klok.today()
    van_deze = {"persoon": OuterRef("persoon"), "gemeente": OuterRef("gemeente")}
    loopt = EigenBijdrage.objects.filter(
        ~Exists(
            _allocations().filter(
                Q(eind__isnull=True) | Q(eind__gte=vandaag), **van_deze
            )
        ),
        ~Exists(
            _budgets().filter(
                Q(beeindigd_op__isnull=True, eind__gte=vandaag)
                | Q(beeindigd_op__gte=vandaag),
                **van_deze,
            )
        ),
        gemeente=gemeente,
        ingang__lte=vandaag,
        eind__isnull=True,
    ).select_related("persoon")
    return sum(
        stop_contribution(each.persoon, gemeente, door=door) is not None
        for each in list(loopt.order_by("pk"))
    )


def _allocations() -> QuerySet[Toewijzing]:
    """What in kind asks a contribution: all under the Wmo that was not removed."""
    return Toewijzing.objects.filter(wet=Wet.WMO).exclude(reden_wijziging=VERWIJDERD)


def _budgets() -> QuerySet[Pgb]:
    """What in money asks a contribution: budgets; an allowance asks none."""
    return Pgb.objects.filter(wet=Wet.WMO, soort=Pgb.Soort.PGB)


def _last_days(persoon: Persoon, gemeente: str) -> list[date | None]:
    """Return the last days of all that asks a contribution; None for an open one."""
    van = {"persoon": persoon, "gemeente": gemeente}
    return [
        *_allocations().filter(**van).values_list("eind", flat=True),
        *(each.beeindigd_op or each.eind for each in _budgets().filter(**van)),
    ]


def _tell(
    bron: EigenBijdrage | Pgb,
    soort: Uitvoersoort,
    datum: date,
    uiterlijk: date | None,
) -> Uitvoer:
    return Uitvoer.objects.create(
        gemeente_id=bron.gemeente_id,
        persoon_id=bron.persoon_id,
        soort=soort,
        onderwerp=bron.pk,
        datum=datum,
        uiterlijk=uiterlijk,
    )
