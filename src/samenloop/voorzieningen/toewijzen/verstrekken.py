"""Granting a budget, the own contribution, and what others must be told of both.

The own contribution runs per person, not per provision: it starts with the first one
under the Wmo and stops with the last. What must be told is written down in the same
transaction (`Uitvoer`) and handed over by an exporter that can be swapped.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.core.kalender import add_months
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.models import Wet
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
    besluiten.require(door, Handeling.TOEWIJZEN)
    row = Pgb.objects.select_for_update().get(pk=pgb.pk)
    if row.beeindigd_op is not None:
        raise NietNu()
    if not row.ingang <= op <= row.eind or not reden.strip():
        raise Onvolledig(_("Give a day within the budget, and why it ends."))
    row.beeindigd_op, row.reden_einde = op, reden
    row.save(update_fields=["beeindigd_op", "reden_einde"])
    gevolg.end_budget(row)
    if row.soort == Pgb.Soort.PGB:
        _tell(row, Uitvoersoort.PGB_EINDE, op, None)
    logboek.record(
        door,
        Handeling.TOEWIJZEN,
        personen=[row.persoon_id],
        onderwerp=f"pgb:{row.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )
    stop_contribution(row.persoon, row.gemeente_id, door=door)
    return row


def start_contribution(
    persoon: Persoon, gemeente: str, ingang: date, *, maanden: int, door: Actor
) -> EigenBijdrage | None:
    """Start the own contribution, unless it runs already; None when it does."""
    loopt = EigenBijdrage.objects.filter(
        Q(eind__isnull=True) | Q(eind__gte=ingang), persoon=persoon, gemeente=gemeente
    )
    if loopt.exists():
        return None
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
    laatste = _last_day(persoon, gemeente)
    if laatste is None:
        return None
    loopt.eind = max(laatste, loopt.ingang)
    loopt.save(update_fields=["eind"])
    _tell(
        loopt,
        Uitvoersoort.CAK_STOP,
        loopt.eind,
        add_months(max(loopt.eind, klok.today()), termijn.CAK_ZIN_MAANDEN),
    )
    return loopt


def _last_day(persoon: Persoon, gemeente: str) -> date | None:
    """Return the last day of all under the Wmo; None while something is open."""
    dagen: list[date | None] = list(
        Toewijzing.objects.filter(persoon=persoon, gemeente=gemeente, wet=Wet.WMO)
        .exclude(reden_wijziging=VERWIJDERD)
        .values_list("eind", flat=True)
    )
    dagen += [
        beeindigd or eind
        for beeindigd, eind in Pgb.objects.filter(
            persoon=persoon, gemeente=gemeente, wet=Wet.WMO
        ).values_list("beeindigd_op", "eind")
    ]
    gisteren = klok.today() - timedelta(days=1)
    # What lasts until next year is no end to report now.
    if any(dag is None or dag > klok.today() for dag in dagen):
        return None
    return max((dag for dag in dagen if dag), default=gisteren)


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
