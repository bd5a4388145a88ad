"""Taking in what providers report: care began, care ended, and taking that back.

Each report is kept as it came and the delivery follows from them; the provision that
figures rest on follows in the same transaction. What the standard asks of the message
itself was checked before it came here. Source: iWmo and iJw 3.2, OP271, OP272, 9326,
9413-9415.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import gebeurtenissen, klok, opdrachten
from samenloop.voorzieningen.models import Wet
from samenloop.voorzieningen.toewijzen import gevolg, verstrekken
from samenloop.voorzieningen.toewijzen.fouten import GeenStart
from samenloop.voorzieningen.toewijzen.models import (
    EigenBijdrage,
    Leveringsmelding,
    Meldingsoort,
    Toewijzing,
    Zorglevering,
)
from samenloop.voorzieningen.toewijzen.weigeringen import explained

GESTART = "zorg-gestart"
GESTOPT = "zorg-gestopt"
ACTIVITEIT = "zorgtoewijzing"
_EINDE = """
UPDATE toewijzen_zorglevering l SET eind = v.eind, reden_einde = v.reden
FROM unnest(%s::uuid[], %s::date[], %s::text[]) v (id, eind, reden) WHERE l.id = v.id
"""


@dataclass(frozen=True, slots=True)
class Melding:
    """What was reported of a delivery; of one that begins the delivery is not saved.

    `datum` is the first day of care, or the last one; `reden` why it ended. `bericht`
    is the message it came in, `ontvangen_op` when; now when that is not said.
    """

    levering: Zorglevering
    datum: date
    reden: str = ""
    bericht: UUID | None = None
    ontvangen_op: datetime | None = None


def under(
    toewijzing: Toewijzing, begin: date, categorie: str = "", code: str = ""
) -> Zorglevering:
    """Return the delivery (unsaved) under an allocation.

    `categorie` and `code` say what is delivered where the allocation leaves that open.
    """
    return Zorglevering(
        gemeente_id=toewijzing.gemeente_id,
        wet=toewijzing.wet,
        persoon_id=toewijzing.persoon_id,
        aanbieder_id=toewijzing.aanbieder_id,
        toewijzing=toewijzing,
        categorie=categorie or toewijzing.categorie,
        code=code or toewijzing.code,
        begin=begin,
    )


def start(
    toewijzing: Toewijzing,
    begin: date,
    *,
    door: Actor,
    categorie: str = "",
    code: str = "",
) -> Zorglevering:
    """Record that care under an allocation began; see `start_all`, `under`."""
    levering = under(toewijzing, begin, categorie, code)
    start_all([Melding(levering, begin)], door=door)
    return levering


def start_all(meldingen: Sequence[Melding], *, door: Actor) -> None:
    """Record that care began, in one municipality; all of it or none.

    The number of statements does not grow with the number of reports.

    Args:
        meldingen: the deliveries (unsaved) that begin, also of tasks that were
            contracted without an allocation.
        door: who says so, or the system for a message.

    Raises:
        LooptAl: one of them runs already (9326).
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    if not meldingen:
        return
    with explained():
        Zorglevering.objects.bulk_create([each.levering for each in meldingen])
        _reported(Meldingsoort.START, meldingen, door)
        _happened(GESTART, meldingen)


def stop(
    levering: Zorglevering, eind: date, *, reden: str, door: Actor
) -> Zorglevering:
    """Record that care ended, for the time being (20) or for good; see `stop_all`."""
    (row,) = stop_all([Melding(levering, eind, reden)], door=door)
    return row


def stop_all(meldingen: Sequence[Melding], *, door: Actor) -> list[Zorglevering]:
    """Record that care ended, in one municipality; all of it or none.

    As `start_all`; returns the deliveries as they are now, in the same order.

    Raises:
        GeenStart: one was taken back, ended for good already, or ends before it began.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    if not meldingen:
        return []
    with explained():
        rows = _locked([each.levering.pk for each in meldingen])
        # About the rows as they are now, not as whoever reports last saw them.
        nu = [replace(each, levering=rows[each.levering.pk]) for each in meldingen]
        for each in nu:
            _end(each.levering, each.datum, each.reden)
        opdrachten.ask(
            {"einde": _EINDE},
            [
                list(rows),
                [row.eind for row in rows.values()],
                [row.reden_einde for row in rows.values()],
            ],
        )
        _reported(Meldingsoort.STOP, nu, door)
        _happened(GESTOPT, nu)
    return [each.levering for each in nu]


def _end(row: Zorglevering, eind: date, reden: str) -> None:
    if row.vervallen_op is not None or eind < row.begin:
        raise GeenStart()
    if row.eind is not None and (
        not row.is_tijdelijk_gestopt or eind < row.eind or reden == "20"
    ):
        raise GeenStart()
    row.eind, row.reden_einde = eind, reden


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
        (row,) = _locked([levering.pk]).values()
        if row.vervallen_op is not None or row.eind is not None:
            raise GeenStart()
        row.vervallen_op = klok.now()
        row.save(update_fields=["vervallen_op"])
        melding = Melding(row, row.begin, "", bericht, ontvangen_op)
        _reported(Meldingsoort.START_INGETROKKEN, [melding], door)
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
        (row,) = _locked([levering.pk]).values()
        stops = standing_stops(row)
        weg = stops[-1:] if eind is None else _those(stops, eind, reden)[-1:]
        if row.vervallen_op is not None or not weg:
            raise GeenStart()
        stops.remove(weg[0])
        row.eind = stops[-1].datum if stops else None
        row.reden_einde = stops[-1].reden if stops else ""
        row.save(update_fields=["eind", "reden_einde"])
        melding = Melding(row, weg[0].datum, weg[0].reden, bericht, ontvangen_op)
        _reported(Meldingsoort.STOP_INGETROKKEN, [melding], door)
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


def _happened(soort: str, meldingen: Sequence[Melding]) -> None:
    gebeurtenissen.record_all(
        soort,
        onderwerpen=[each.levering.pk for each in meldingen],
        gemeente=meldingen[0].levering.gemeente_id,
    )


def _reported(soort: Meldingsoort, meldingen: Sequence[Melding], door: Actor) -> None:
    """Keep reports as they came, and let follow what rests on them."""
    nu = klok.now()
    Leveringsmelding.objects.bulk_create(
        Leveringsmelding(
            zorglevering=each.levering,
            soort=soort,
            datum=each.datum,
            reden=each.reden,
            ontvangen_op=each.ontvangen_op or nu,
            bericht=each.bericht,
            vastgelegd_door=door.account_id,
        )
        for each in meldingen
    )
    rows = [each.levering for each in meldingen]
    gevolg.follow_all(row.toewijzing for row in rows if row.toewijzing is not None)
    if soort is Meldingsoort.STOP:
        _stop_contributions(rows, door)
    logboek.record_each(
        door,
        Handeling.TOEWIJZEN,
        [(f"zorglevering:{row.pk}", [row.persoon_id]) for row in rows],
        wijze=logboek.Wijze.GEWIJZIGD,
        activiteit=ACTIVITEIT,
    )


def _stop_contributions(rows: Sequence[Zorglevering], door: Actor) -> None:
    """Stop what nothing is paid for any more; most people have none that runs."""
    gemeente = rows[0].gemeente_id
    wmo = {
        row.persoon_id: row.persoon
        for row in rows
        if row.wet == Wet.WMO and row.toewijzing_id is not None
    }
    if not wmo:
        return
    loopt = EigenBijdrage.objects.filter(
        persoon__in=wmo, gemeente=gemeente, eind__isnull=True
    ).order_by("persoon")
    for persoon in loopt.values_list("persoon_id", flat=True):
        verstrekken.stop_contribution(wmo[persoon], gemeente, door=door)


def _those(
    stops: list[Leveringsmelding], eind: date, reden: str
) -> list[Leveringsmelding]:
    return [each for each in stops if (each.datum, each.reden) == (eind, reden)]


def _locked(sleutels: Collection[UUID]) -> dict[UUID, Zorglevering]:
    """Deliveries as they are now, held until the end; always in the same order."""
    return {
        row.pk: row
        for row in Zorglevering.objects.select_for_update(of=("self",))
        .select_related("toewijzing", "persoon")
        .filter(pk__in=sleutels)
        .order_by("pk")
    }
