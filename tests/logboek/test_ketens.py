"""Whatever is done to the log, short of writing to it, shows.

The rows are made and tampered with by the owner of the tables, who has said that it is
maintenance: the strongest one can be without being the server itself.
"""

import hashlib
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.access.logboek import Wijze, controle, record
from samenloop.access.logboek.controle import Soort, verify
from samenloop.access.logboek.ketens import TABEL, Kop, heads, start
from samenloop.access.logboek.models import Auditregel, Ketenkop, Log, Verwerking
from samenloop.access.rollen import Handeling
from tests.access.accounts import actor

pytestmark = pytest.mark.django_db(databases=["default", "beheer"])
REGELS = 12
KOLOMMEN = {
    Log.AUDIT: (
        "op = op + interval '1 microsecond'",
        "vastgelegd_op = vastgelegd_op - interval '1 day'",
        "gemeente = 'GM0005'",
        "actor_soort = 'systeem'",
        "actor_id = '2'",
        "actor_naam = actor_naam || ' '",
        "rollen = '{fg}'",
        "handeling = 'log_lezen'",
        "doel = 'bezwaar'",
        "grond = 'G999'",
        "diepte = 'wat'",
        "wijze = 'gevonden'",
        "onderwerp = 'casus:1'",
        "aantal_personen = aantal_personen + 1",
        "trace_id = gen_random_uuid()",
        "span_id = '0000000000000001'",
        "parent_span_id = '0000000000000001'",
        "id = id + 1000",
        "hash = sha256(hash)",
    ),
    Log.VERWERKING: (
        "trace_id = gen_random_uuid()",
        "span_id = '0000000000000001'",
        "parent_span_id = '0000000000000001'",
        "naam = 'iets anders'",
        "begonnen_op = begonnen_op + interval '1 microsecond'",
        "geeindigd_op = geeindigd_op + interval '1 microsecond'",
        "status = 'Error'",
        "activiteit = gen_random_uuid()",
        "activiteit_versie = 2",
        "persoon = gen_random_uuid()",
        "persoon = NULL",
        "grond = 'G999'",
        "verwerker = 'https://elders.example'",
        "gemeente = 'GM0005'",
        "vastgelegd_op = vastgelegd_op - interval '1 day'",
        "id = id + 1000",
        "hash = sha256(hash)",
    ),
}


@pytest.fixture
def eigenaar() -> Iterator[Any]:
    """The owner at work, with a dozen looks in the log."""
    for _each in range(REGELS):
        record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()], using="beheer")
    with connections["beheer"].cursor() as cursor:
        cursor.execute("SET LOCAL samenloop.onderhoud = 'aan'")
        yield cursor


def _check(**opties: Any) -> controle.Uitkomst:
    return verify(using="beheer", **opties)


def _chain(cursor: Any, log: Log) -> tuple[int, int]:
    """The chain the looks are in, and how many lines are in it."""
    cursor.execute(f"SELECT keten, max(nummer) FROM {TABEL[log]} GROUP BY keten")
    ((keten, laatste),) = cursor.fetchall()
    return keten, laatste


def test_untouched_log_is_whole(eigenaar: Any) -> None:
    uitkomst = _check(blok=5)
    assert uitkomst.heel
    assert uitkomst.regels == uitkomst.totaal == 2 * REGELS


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_single_deed_is_found_and_pointed_at(eigenaar: Any, data: Any) -> None:
    log = data.draw(st.sampled_from(list(Log)))
    tabel = TABEL[log]
    keten, laatste = _chain(eigenaar, log)
    nummer = data.draw(st.integers(1, laatste))
    daad = data.draw(
        st.sampled_from(["wijzig", "wis", "voeg-in", "verwissel", "knip", "kop"])
    )
    blok = data.draw(st.integers(1, laatste + 1))
    waar = f"keten = {keten} AND nummer = {nummer}"
    with transaction.atomic(using="beheer"):
        if daad == "wijzig":
            zet = data.draw(st.sampled_from(KOLOMMEN[log]))
            eigenaar.execute(f"UPDATE {tabel} SET {zet} WHERE {waar}")
            verwacht = {nummer, nummer + 1} if "hash" in zet else {nummer}
        elif daad == "wis":
            eigenaar.execute(f"DELETE FROM {tabel} WHERE {waar}")
            verwacht = {nummer}
        elif daad == "voeg-in":
            _insert_between(eigenaar, log, keten, nummer)
            verwacht = {nummer}
        elif daad == "verwissel":
            ander = nummer % laatste + 1
            _swap(eigenaar, tabel, keten, nummer, ander)
            verwacht = {nummer, ander, nummer + 1, ander + 1}
        elif daad == "knip":
            eigenaar.execute(
                f"DELETE FROM {tabel} WHERE keten = {keten} AND nummer >= {nummer}"
            )
            verwacht = {nummer}
        else:
            eigenaar.execute(
                "UPDATE logboek_ketenkop SET hash = sha256(hash)"
                f" WHERE log = '{log}' AND keten = {keten}"
            )
            verwacht = {laatste}
        uitkomst = _check(blok=blok)
        assert not uitkomst.heel
        assert {(fout.log, fout.keten) for fout in uitkomst.fouten} == {
            (str(log), keten)
        }
        assert verwacht & {fout.nummer for fout in uitkomst.fouten}
        assert all(str(fout) for fout in uitkomst.fouten)
        transaction.set_rollback(True, using="beheer")
    assert _check().heel


def _insert_between(cursor: Any, log: Log, keten: int, nummer: int) -> None:
    """Put in a copy of a line at its place; what comes after moves up one."""
    tabel = TABEL[log]
    cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER a_schakel")
    cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER b_kop")
    cursor.execute(
        f"UPDATE {tabel} SET nummer = -nummer WHERE keten = {keten}"
        f" AND nummer >= {nummer}"
    )
    cursor.execute(
        f"UPDATE {tabel} SET nummer = 1 - nummer WHERE keten = {keten} AND nummer < 0"
    )
    model = Auditregel if log is Log.AUDIT else Verwerking
    kolommen = ", ".join(
        veld.column
        for veld in model._meta.fields
        if veld.column not in ("id", "nummer")
    )
    cursor.execute(
        f"INSERT INTO {tabel} ({kolommen}, nummer) SELECT {kolommen}, {nummer}"
        f" FROM {tabel} WHERE keten = {keten} AND nummer = {nummer + 1}"
    )
    cursor.execute(
        f"UPDATE logboek_ketenkop SET nummer = nummer + 1 WHERE log = '{log}'"
        f" AND keten = {keten}"
    )
    cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER a_schakel")
    cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER b_kop")


def _swap(cursor: Any, tabel: str, keten: int, een: int, ander: int) -> None:
    for van, naar in ((een, -1), (ander, een), (-1, ander)):
        cursor.execute(
            f"UPDATE {tabel} SET nummer = {naar} WHERE keten = {keten}"
            f" AND nummer = {van}"
        )


def test_many_lines_gone_are_named_from_first_to_last(eigenaar: Any) -> None:
    keten, _laatste = _chain(eigenaar, Log.AUDIT)
    eigenaar.execute(
        f"DELETE FROM logboek_auditregel WHERE keten = {keten} AND nummer IN (4, 5, 6)"
    )
    (fout,) = _check(blok=2).fouten
    assert (fout.soort, fout.nummer, fout.tot) == (Soort.ONTBREEKT, 4, 6)


def test_cut_tail_still_shows_after_more_was_written(eigenaar: Any) -> None:
    eigenaar.execute("DELETE FROM logboek_auditregel WHERE nummer > 8")
    record(actor(), Handeling.LOG_LEZEN, using="beheer")
    (fout,) = _check().fouten
    assert (fout.soort, fout.nummer, fout.tot) == (Soort.ONTBREEKT, 9, REGELS)


def test_emptied_log_shows_by_its_heads(eigenaar: Any) -> None:
    eigenaar.execute("TRUNCATE logboek_verwerking")
    (fout,) = _check().fouten
    assert (fout.log, fout.soort, fout.nummer) == ("verwerking", Soort.STAART, 1)


def test_removed_head_shows(eigenaar: Any) -> None:
    keten, _laatste = _chain(eigenaar, Log.AUDIT)
    eigenaar.execute(
        "DELETE FROM logboek_ketenkop WHERE log = 'audit' AND keten = %s", [keten]
    )
    assert Soort.GEEN_KOP in {fout.soort for fout in _check().fouten}


def _rewrite(cursor: Any, keten: int) -> None:
    """What an owner can do: change a line and forge all that follows, heads too."""
    cursor.execute(
        "UPDATE logboek_auditregel SET actor_naam = 'Iemand Anders'"
        f" WHERE keten = {keten} AND nummer = 5"
    )
    cursor.execute(
        f"SELECT hash FROM logboek_auditregel WHERE keten = {keten} AND nummer = 4"
    )
    vorige = bytes(cursor.fetchone()[0])
    for nummer in range(5, REGELS + 1):
        waar = f"n.keten = {keten} AND n.nummer = {nummer}"
        cursor.execute(
            f"SELECT {controle.INHOUD[Log.AUDIT]} FROM logboek_auditregel n"
            f" WHERE {waar}"
        )
        vorige = hashlib.sha256(vorige + bytes(cursor.fetchone()[0])).digest()
        cursor.execute(
            f"UPDATE logboek_auditregel n SET hash = %s WHERE {waar}", [vorige]
        )
    cursor.execute(
        "UPDATE logboek_ketenkop SET hash = %s WHERE log = 'audit' AND keten = %s",
        [vorige, keten],
    )


def test_owner_who_rewrote_all_is_found_by_heads_kept_elsewhere(eigenaar: Any) -> None:
    keten, laatste = _chain(eigenaar, Log.AUDIT)
    eigenaar.execute(
        "SELECT hash FROM logboek_auditregel WHERE keten = %s AND nummer = %s",
        [keten, laatste],
    )
    bewaard = Kop("audit", keten, laatste, bytes(eigenaar.fetchone()[0]))
    assert _check(bewaard=[bewaard]).heel
    _rewrite(eigenaar, keten)
    assert _check().heel
    (fout,) = _check(bewaard=[bewaard]).fouten
    assert (fout.soort, fout.nummer) == (Soort.BEWAARD, laatste)


def test_check_can_be_stopped_and_is_then_not_whole(eigenaar: Any) -> None:
    uitkomst = _check(blok=1, voortgang=lambda done, total: done < 3)
    assert (uitkomst.regels, uitkomst.gestopt, uitkomst.heel) == (3, True, False)
    assert not uitkomst.aantal_fouten


def test_hash_is_over_the_bytes_that_the_manual_describes() -> None:
    """An auditor can make the hash of a line with nothing of ours."""
    record(
        actor(naam="Zoë de Vries"), Handeling.PERSOON_OPENEN, wijze=Wijze.GEOPEND,
        doel="schuldhulp",
    )  # fmt: skip
    regel = Auditregel.objects.get()

    def moment(wanneer: datetime) -> bytes:
        since = wanneer - datetime(2000, 1, 1, tzinfo=UTC)
        micros = (since.days * 86_400 + since.seconds) * 10**6 + since.microseconds
        return struct.pack("!q", micros)

    def tekst(waarde: str) -> tuple[int, bytes]:
        return 17, waarde.encode()

    velden = [
        (20, struct.pack("!q", regel.id)),
        (21, struct.pack("!h", regel.keten)),
        (20, struct.pack("!q", regel.nummer)),
        (1184, moment(regel.vastgelegd_op)),
        (1184, moment(regel.op)),
        *map(tekst, [regel.gemeente, regel.actor_soort, regel.actor_id]),
        *map(tekst, [regel.actor_naam, ",".join(regel.rollen), regel.handeling]),
        *map(tekst, [regel.doel, regel.grond, regel.diepte, regel.wijze]),
        tekst(regel.onderwerp),
        (23, struct.pack("!i", regel.aantal_personen)),
        (2950, regel.trace_id.bytes),
        *map(tekst, [regel.span_id, regel.parent_span_id]),
    ]
    inhoud = struct.pack("!i", len(velden)) + b"".join(
        struct.pack("!ii", oid, len(waarde)) + waarde for oid, waarde in velden
    )
    vorige = start("audit", regel.keten)
    assert hashlib.sha256(vorige + inhoud).digest() == bytes(regel.hash)


@pytest.mark.parametrize("tabel", sorted(TABEL.values()))
@pytest.mark.parametrize("rol", ["default", "beheer"])
@pytest.mark.parametrize(
    "daad",
    ["UPDATE {} SET gemeente = 'GM0005'", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_nobody_changes_or_removes_a_line(tabel: str, rol: str, daad: str) -> None:
    record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()], using=rol)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(using=rol),
        connections[rol].cursor() as cursor,
    ):
        cursor.execute(daad.format(tabel))
    assert verify(using=rol).heel


@pytest.mark.parametrize("tabel", sorted(TABEL.values()))
@pytest.mark.parametrize("daad", ["UPDATE {} SET gemeente = ''", "DELETE FROM {}"])
def test_calling_it_maintenance_does_not_help_the_application(
    tabel: str, daad: str
) -> None:
    record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL samenloop.onderhoud = 'aan'")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(daad.format(tabel))


@pytest.mark.parametrize(
    "daad",
    [
        "UPDATE logboek_ketenkop SET nummer = 0",
        "DELETE FROM logboek_ketenkop",
        "INSERT INTO logboek_ketenkop (log, keten, nummer, hash)"
        " VALUES ('x', 1, 1, '')",
        "INSERT INTO logboek_anker (log, keten, nummer, hash, regels, laatste_op,"
        " opgeruimd_op) VALUES ('audit', 1, 1, '', 1, now(), now())",
        "DELETE FROM logboek_afwijking",
        "UPDATE logboek_verwerkingsactiviteit SET doel = 'anders'",
        "SELECT logboek_ruim_op('audit', now())",
        "SELECT logboek_maak_ketens()",
        "ALTER TABLE logboek_auditregel DISABLE TRIGGER ALL",
    ],
)
def test_application_cannot_touch_what_keeps_the_chains(daad: str) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(daad)


def test_number_and_hash_that_one_gives_are_not_believed() -> None:
    record(actor(), Handeling.LOG_LEZEN)
    regel = Auditregel.objects.get()
    Auditregel.objects.bulk_create(
        Auditregel(
            keten=63, nummer=99, hash=b"x", op=regel.op, gemeente="GM1651",
            actor_soort="medewerker", actor_id="1", actor_naam="x",
            handeling="log_lezen", wijze="geopend", trace_id=uuid4(), span_id="1",
            vastgelegd_op=datetime(2001, 1, 1, tzinfo=UTC),
        )
        for _each in range(3)
    )  # fmt: skip
    assert list(
        Auditregel.objects.order_by("nummer").values_list("keten", "nummer")
    ) == [(regel.keten, nummer) for nummer in (1, 2, 3, 4)]
    assert verify().heel
    assert [kop.nummer for kop in heads()] == [4]
    assert Ketenkop.objects.count() == 2 * 64
