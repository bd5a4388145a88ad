"""Each look leaves one line that says who, and one per person concerned."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samenloop.access import logboek
from samenloop.access.actor import Actor
from samenloop.access.logboek import Wijze, spoor
from samenloop.access.logboek.models import (
    Auditregel,
    Verwerking,
    Verwerkingsactiviteit,
)
from samenloop.access.logboek.register import OnbekendeActiviteit
from samenloop.access.rollen import Diepte, Handeling, Rol
from samenloop.core import gemeentegrens
from tests.access.accounts import actor

pytestmark = pytest.mark.django_db


def test_look_at_one_person_leaves_a_line_in_each_log() -> None:
    persoon = uuid4()
    trace = logboek.record(
        actor(Rol.REGISSEUR),
        Handeling.PERSOON_OPENEN,
        personen=[persoon],
        doel="schuldhulp",
        grond="G058",
        diepte=Diepte.WAT,
    )
    regel, lijn = Auditregel.objects.get(), Verwerking.objects.get()
    assert regel.rollen == ["regisseur"]
    assert (regel.doel, regel.diepte, regel.wijze) == ("schuldhulp", "wat", "geopend")
    assert (regel.trace_id, lijn.trace_id) == (trace, trace)
    assert (lijn.span_id, lijn.persoon) == (regel.span_id, persoon)
    assert lijn.activiteit in Verwerkingsactiviteit.objects.values_list(
        "uuid", flat=True
    )


def test_search_hits_have_one_line_each_below_a_line_without_person() -> None:
    personen = [uuid4() for _each in range(3)]
    logboek.record(
        actor(), Handeling.PERSOON_ZOEKEN, personen=personen, wijze=Wijze.GEVONDEN
    )
    regel = Auditregel.objects.get()
    boven = Verwerking.objects.get(persoon=None)
    assert regel.aantal_personen == 3
    assert boven.span_id == regel.span_id
    onder = Verwerking.objects.exclude(persoon=None)
    assert {lijn.persoon for lijn in onder} == set(personen)
    assert {lijn.parent_span_id for lijn in onder} == {regel.span_id}
    assert len({lijn.span_id for lijn in onder}) == 3


def test_person_named_twice_is_one_line_and_no_person_is_none() -> None:
    persoon = uuid4()
    logboek.record(actor(), Handeling.PERSOON_OPENEN, personen=[persoon, persoon])
    logboek.record(actor(), Handeling.LOG_LEZEN)
    assert Verwerking.objects.count() == 1
    assert Auditregel.objects.count() == 2


def test_look_that_cannot_be_written_does_not_happen() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        logboek.record(actor(gemeente="GM00050"), Handeling.PERSOON_OPENEN)
    with pytest.raises(OnbekendeActiviteit):
        logboek.record(
            actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()], activiteit="anders"
        )
    assert not Auditregel.objects.exists()


def test_change_that_is_undone_leaves_no_line() -> None:
    with transaction.atomic():
        logboek.record(
            actor(), Handeling.MELDING_WEGEN, personen=[uuid4()], wijze=Wijze.GEWIJZIGD
        )
        assert Auditregel.objects.count() == 1
        transaction.set_rollback(True)
    assert not Auditregel.objects.exists()
    assert not Verwerking.objects.exists()


def test_trace_of_a_caller_is_continued() -> None:
    header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    gelezen = spoor.parse(header)
    assert gelezen is not None
    with spoor.within(gelezen):
        logboek.record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()])
    regel, lijn = Auditregel.objects.get(), Verwerking.objects.get()
    assert regel.trace_id.hex == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert regel.parent_span_id == lijn.parent_span_id == "00f067aa0ba902b7"
    assert gelezen.header(regel.span_id).startswith("00-4bf92f3577b34da6a3ce929d0e0e47")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-meer",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    ],
)
def test_wrong_trace_of_a_caller_counts_as_none(header: str) -> None:
    assert spoor.parse(header) is None
    assert spoor.parse("cc-" + "4b" * 16 + "-" + "0f" * 8 + "-01-later") is not None


def test_who_looked_is_read_back_per_person_and_per_thing() -> None:
    persoon, ander, nu = uuid4(), uuid4(), timezone.now()
    logboek.record(
        actor(), Handeling.PERSOON_ZOEKEN, personen=[persoon, ander],
        wijze=Wijze.GEVONDEN,
    )  # fmt: skip
    logboek.record(
        actor(), Handeling.MELDING_WEGEN, personen=[persoon], onderwerp="melding:1"
    )
    logboek.record(actor(), Handeling.MELDING_WEGEN, personen=[ander])
    gevonden = logboek.looks_at(persoon, nu - timedelta(minutes=1))
    assert [blik.wijze for blik in gevonden] == [Wijze.GEOPEND, Wijze.GEVONDEN]
    assert gevonden[0].actor_naam == "Sanne Bakker"
    geopend = logboek.looks_at(
        persoon, nu - timedelta(minutes=1), wijzen=[Wijze.GEOPEND]
    )
    assert len(geopend) == 1
    assert logboek.looks_at(persoon, nu + timedelta(minutes=1)) == []
    assert [blik.onderwerp for blik in logboek.looks_at_onderwerp("melding:1")] == [
        "melding:1"
    ]
    assert logboek.looks_at_onderwerp("") == []


def test_log_of_another_municipality_is_not_there() -> None:
    logboek.record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()])
    with gemeentegrens.within("GM1651"):
        assert Auditregel.objects.count() == 1
        assert Verwerking.objects.count() == 1
    with gemeentegrens.within("GM0005"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM logboek_auditregel),"
            " (SELECT count(*) FROM logboek_verwerking)"
        )
        assert cursor.fetchone() == (0, 0)
        with pytest.raises(DatabaseError), transaction.atomic():
            logboek.record(actor(), Handeling.PERSOON_OPENEN)


def test_system_work_within_one_municipality_is_logged_there() -> None:
    with gemeentegrens.within("GM0005"):
        logboek.record(Actor.systeem("regels"), Handeling.MELDING_WEGEN)
        assert Auditregel.objects.get().gemeente == "GM0005"
