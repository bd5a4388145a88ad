"""Taking in what providers report: care began, care ended, and taking that back.

Each report is kept as it came and the delivery follows from them; the provision that
figures rest on follows in the same transaction. What the standard asks of the message
itself was checked before it came here. Source: iWmo and iJw 3.2, OP271, OP272, 9326,
9413-9415.
"""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.models import Aanbieder, Wet
from samenloop.voorzieningen.toewijzen import gevolg, verstrekken
from samenloop.voorzieningen.toewijzen.fouten import GeenStart
from samenloop.voorzieningen.toewijzen.models import (
    Leveringsmelding,
    Meldingsoort,
    Toewijzing,
    Zorglevering,
)
from samenloop.voorzieningen.toewijzen.weigeringen import explained

GESTART = "zorg-gestart"
GESTOPT = "zorg-gestopt"
ACTIVITEIT = "zorgtoewijzing"


def start(
    toewijzing: Toewijzing,
    begin: date,
    *,
    door: Actor,
    categorie: str = "",
    code: str = "",
    bericht: UUID | None = None,
    ontvangen_op: datetime | None = None,
) -> Zorglevering:
    """Record that care under an allocation began.

    Args:
        toewijzing: what it is delivered under.
        begin: the first day of care.
        door: who says so, or the system for a message.
        categorie: what is delivered, where the allocation leaves that open.
        code: as `categorie`.
        bericht: the message it came in.
        ontvangen_op: when it came; now when it is not said.

    Raises:
        LooptAl: the same care runs already (9326).
    """
    return _begin(
        Zorglevering(
            gemeente_id=toewijzing.gemeente_id,
            wet=toewijzing.wet,
            persoon_id=toewijzing.persoon_id,
            aanbieder_id=toewijzing.aanbieder_id,
            toewijzing=toewijzing,
            categorie=categorie or toewijzing.categorie,
            code=code or toewijzing.code,
            begin=begin,
        ),
        door,
        bericht,
        ontvangen_op,
    )


def start_without(
    persoon: Persoon,
    aanbieder: Aanbieder,
    begin: date,
    *,
    gemeente: str,
    wet: str,
    categorie: str,
    code: str,
    door: Actor,
    bericht: UUID | None = None,
    ontvangen_op: datetime | None = None,
) -> Zorglevering:
    """Record that care began where tasks were contracted, without an allocation."""
    return _begin(
        Zorglevering(
            gemeente_id=gemeente,
            wet=wet,
            persoon=persoon,
            aanbieder=aanbieder,
            categorie=categorie,
            code=code,
            begin=begin,
        ),
        door,
        bericht,
        ontvangen_op,
    )


def stop(
    levering: Zorglevering,
    eind: date,
    *,
    reden: str,
    door: Actor,
    bericht: UUID | None = None,
    ontvangen_op: datetime | None = None,
) -> Zorglevering:
    """Record that care ended, for the time being (20) or for good.

    Raises:
        GeenStart: it was taken back, ended for good already, or ends before it began.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    with explained():
        row = _locked(levering)
        if row.vervallen_op is not None or eind < row.begin:
            raise GeenStart()
        if row.eind is not None and (
            not row.is_tijdelijk_gestopt or eind < row.eind or reden == "20"
        ):
            raise GeenStart()
        row.eind, row.reden_einde = eind, reden
        row.save(update_fields=["eind", "reden_einde"])
        _reported(row, Meldingsoort.STOP, eind, door, bericht, ontvangen_op, reden)
        gebeurtenissen.record(GESTOPT, onderwerp=row.pk, gemeente=row.gemeente_id)
    return row


def take_back_start(
    levering: Zorglevering,
    *,
    door: Actor,
    bericht: UUID | None = None,
    ontvangen_op: datetime | None = None,
) -> Zorglevering:
    """Record that care did not begin after all.

    Raises:
        GeenStart: it was taken back before, or an end was reported (9071).
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    with explained():
        row = _locked(levering)
        if row.vervallen_op is not None or row.eind is not None:
            raise GeenStart()
        row.vervallen_op = klok.now()
        row.save(update_fields=["vervallen_op"])
        soort = Meldingsoort.START_INGETROKKEN
        _reported(row, soort, row.begin, door, bericht, ontvangen_op)
    return row


def take_back_stop(
    levering: Zorglevering,
    *,
    eind: date | None = None,
    reden: str = "",
    door: Actor,
    bericht: UUID | None = None,
    ontvangen_op: datetime | None = None,
) -> Zorglevering:
    """Record that care did not end after all: what else was reported holds.

    Args:
        levering: whose end.
        eind: the day of the end that is meant; the last one when it is not said.
        reden: its reason, together with `eind`.
        door: who says so, or the system for a message.
        bericht: the message it came in.
        ontvangen_op: when it came; now when it is not said.

    Raises:
        GeenStart: no such end was reported, or it was taken back.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    with explained():
        row = _locked(levering)
        stops = standing_stops(row)
        weg = stops[-1:] if eind is None else _those(stops, eind, reden)[-1:]
        if row.vervallen_op is not None or not weg:
            raise GeenStart()
        stops.remove(weg[0])
        row.eind = stops[-1].datum if stops else None
        row.reden_einde = stops[-1].reden if stops else ""
        row.save(update_fields=["eind", "reden_einde"])
        soort = Meldingsoort.STOP_INGETROKKEN
        op, waarom = weg[0].datum, weg[0].reden
        _reported(row, soort, op, door, bericht, ontvangen_op, waarom)
    return row


def standing_stops(levering: Zorglevering) -> list[Leveringsmelding]:
    """Return the ends that were reported and not taken back, the last one last.

    Taking back names the end by its day and reason; without a reason it is the last.
    """
    stops: list[Leveringsmelding] = []
    for each in sorted(levering.meldingen.all(), key=lambda each: each.pk):
        if each.soort == Meldingsoort.STOP:
            stops.append(each)
        elif each.soort == Meldingsoort.STOP_INGETROKKEN and stops:
            weg = _those(stops, each.datum, each.reden) if each.reden else stops
            if weg:
                stops.remove(weg[-1])
    return stops


def current(toewijzing: Toewijzing, categorie: str, code: str) -> Zorglevering | None:
    """Return the care under an allocation that runs, or stopped for the time being."""
    rijen = Zorglevering.objects.filter(
        Q(eind__isnull=True) | Q(reden_einde="20"),
        toewijzing=toewijzing,
        vervallen_op__isnull=True,
    )
    if code:
        rijen = rijen.filter(categorie=categorie, code=code)
    return rijen.order_by("-begin").first()


def _begin(
    row: Zorglevering, door: Actor, bericht: UUID | None, op: datetime | None
) -> Zorglevering:
    besluiten.require(door, Handeling.TOEWIJZEN)
    with explained():
        row.save(force_insert=True)
        _reported(row, Meldingsoort.START, row.begin, door, bericht, op)
        gebeurtenissen.record(GESTART, onderwerp=row.pk, gemeente=row.gemeente_id)
    return row


def _reported(
    row: Zorglevering,
    soort: Meldingsoort,
    datum: date,
    door: Actor,
    bericht: UUID | None,
    op: datetime | None,
    reden: str = "",
) -> None:
    Leveringsmelding.objects.create(
        zorglevering=row,
        soort=soort,
        datum=datum,
        reden=reden,
        ontvangen_op=op or klok.now(),
        bericht=bericht,
        vastgelegd_door=door.account_id,
    )
    if row.toewijzing is not None:
        gevolg.follow(row.toewijzing)
        if soort is Meldingsoort.STOP and row.wet == Wet.WMO:
            verstrekken.stop_contribution(row.persoon, row.gemeente_id, door=door)
    logboek.record(
        door,
        Handeling.TOEWIJZEN,
        personen=[row.persoon_id],
        onderwerp=f"zorglevering:{row.pk}",
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )


def _those(
    stops: list[Leveringsmelding], eind: date, reden: str
) -> list[Leveringsmelding]:
    return [each for each in stops if (each.datum, each.reden) == (eind, reden)]


def _locked(levering: Zorglevering) -> Zorglevering:
    return (
        Zorglevering.objects.select_for_update(of=("self",))
        .select_related("toewijzing", "persoon")
        .get(pk=levering.pk)
    )
