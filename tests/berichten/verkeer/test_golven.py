"""Many messages at once are handled as one by one would be, in a few statements."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenloop.berichten.verkeer.dragers import Aangeboden
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.ontvangst import receive_all
from samenloop.berichten.verkeer.staten import Staat
from samenloop.voorzieningen.declaraties.models import Declaratie, Prestatie
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen.models import Toewijzing, Zorglevering
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality, reserved_bsns
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, toewijzing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_june")]
MEI, EIND = date(2026, 5, 1), date(2026, 5, 29)


def _allocations(aantal: int) -> list[Toewijzing]:
    """Allocations of as many clients, each at a provider of their own."""
    gemeente = municipality(maken.GEMEENTE, "Groningen")
    uit = []
    for nummer, bsn in enumerate(reserved_bsns(aantal), 1):
        wie = aanbieder(f"{nummer:08}", f"Aanbieder {nummer}")
        contractproduct(contract(wie, maken.GEMEENTE))
        gegeven = toewijzing(maken.client(bsn.cijfers), wie, gemeente)
        uit.append(maken.provided(gegeven))
    return uit


def _together(*berichten: bytes) -> list[Ketenbericht]:
    """Let messages come in at once, so that they are handled in one round."""
    aangeboden = [
        Aangeboden(uuid4(), f"{n:03}.xml", b) for n, b in enumerate(berichten)
    ]
    receive_all(maken.GEMEENTE, aangeboden)
    maken.work()
    rijen = Ketenbericht.objects.in_bulk([each.id for each in aangeboden])
    return [rijen[each.id] for each in aangeboden]


def _kop(toe: Toewijzing) -> dict[str, str]:
    return {"Afzender": toe.aanbieder.agb}


def _each(alle: list[Toewijzing]) -> list[bytes]:
    """A start, a stop and an invoice of each client, the stops before their starts."""
    stops = [maken.stop(toe, EIND, **_kop(toe)) for toe in alle]
    starts = [maken.start(toe, **_kop(toe)) for toe in alle]
    facturen = [
        maken.declaratie(MEI, (toe.persoon, maken.prestatie(toe, MEI)), **_kop(toe))
        for toe in alle
    ]
    return [*stops, *starts, *facturen]


def test_what_comes_at_once_ends_as_what_comes_one_by_one() -> None:
    alle = _allocations(4)
    rijen = _together(*_each(alle[:2]))
    rijen += [rij for each in _each(alle[2:]) for rij in _together(each)]
    for rij in rijen:
        # What waited for its start was handled afterwards.
        rij.refresh_from_db()
    assert {rij.staat for rij in rijen} == {Staat.VERWERKT}
    assert {len(maken.answers(rij)) for rij in rijen} == {1}
    leveringen = Zorglevering.objects.in_bulk(field_name="id").values()
    assert {each.eind for each in leveringen} == {EIND}
    assert {each.toewijzing_id for each in leveringen} == {toe.pk for toe in alle}
    feiten = Voorziening.objects.current().filter(
        kenmerk__in=[toe.voorziening for toe in alle]
    )
    assert {feit.einddatum for feit in feiten} == {EIND}
    assert Prestatie.objects.filter(oordeel="toegekend").count() == len(alle)
    assert Declaratie.objects.count() == len(alle)


def test_more_messages_ask_hardly_more_statements() -> None:
    def asked(alle: list[Toewijzing]) -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            rijen = _together(*_each(alle))
        assert {rij.staat for rij in rijen} == {Staat.VERWERKT}
        return len(gevraagd)

    alle = _allocations(12)
    asked(alle[:2])
    weinig, veel = asked(alle[2:4]), asked(alle[4:])
    assert veel <= weinig


def test_one_that_the_records_refuse_takes_no_other_along() -> None:
    """No rule of the standard sees that care begins within care that has ended."""
    een, ander = _allocations(2)
    _together(maken.start(een, **_kop(een)), maken.stop(een, EIND, **_kop(een)))
    fout, goed = _together(
        maken.start(een, date(2026, 5, 10), **_kop(een)),
        maken.start(ander, **_kop(ander)),
    )
    assert (fout.staat, goed.staat) == (Staat.APART, Staat.VERWERKT)
    assert fout.reden.startswith("Niet te verwerken: ")
    assert (maken.answers(fout), len(maken.answers(goed))) == ([], 1)
    assert _started() == {een.pk, ander.pk}


def test_two_of_one_client_keep_their_order_and_hold_up_nobody() -> None:
    een, ander = _allocations(2)
    weg = maken.start(een, status="3", **_kop(een))
    eerst, dan, weer, los = _together(
        maken.start(een, **_kop(een)),
        weg,
        maken.start(een, **_kop(een)),
        maken.start(ander, **_kop(ander)),
    )
    assert {each.staat for each in (eerst, dan, weer, los)} == {Staat.VERWERKT}
    # Taken back once, and begun anew.
    staan = Zorglevering.objects.filter(toewijzing=een).order_by("vervallen_op")
    assert [each.vervallen_op is None for each in staan] == [False, True]
    assert _started() == {een.pk, ander.pk}


def _started() -> set[UUID]:
    return set(
        Zorglevering.objects.filter(vervallen_op=None).values_list(
            "toewijzing_id", flat=True
        )
    )
