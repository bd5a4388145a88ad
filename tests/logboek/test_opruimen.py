"""The old part of the log goes when its term has passed; the rest stays provable."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction

from samenloop.access.logboek import controle, ketens, opruimen, record
from samenloop.access.logboek.controle import Soort, verify
from samenloop.access.logboek.models import Anker, Auditregel, Controle, Verwerking
from samenloop.access.rollen import Handeling
from samenloop.core import gemeentegrens, klok
from tests.access.accounts import actor

pytestmark = pytest.mark.django_db(databases=["default", "beheer"])


def _looks(aantal: int) -> None:
    for _each in range(aantal):
        record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()], using="beheer")


def _check(**opties: Any) -> controle.Uitkomst:
    return verify(using="beheer", **opties)


def _years_later(jaren: int = 5, dagen: int = 1) -> datetime:
    nu = klok.now()
    return nu.replace(year=nu.year + jaren, day=min(nu.day, 28)) + timedelta(dagen + 3)


def test_after_five_years_the_front_goes_and_the_rest_is_whole() -> None:
    _looks(5)
    moment = klok.now()
    _looks(3)
    with connections["beheer"].cursor() as cursor:
        cursor.execute("SELECT * FROM logboek_ruim_op('verwerking', %s)", [moment])
        assert [rij[3] for rij in cursor.fetchall()] == [5]
    assert Verwerking.objects.using("beheer").count() == 3
    assert [fout.soort for fout in _check().fouten] == [Soort.ANKER]
    with time_machine.travel(_years_later(), tick=False):
        gedaan = opruimen.clear()
    assert sum(each.regels for each in gedaan) == 8 + 3
    # What is left is the proof that it was done.
    assert {regel.handeling for regel in Auditregel.objects.using("beheer").all()} == {
        "vernietigen"
    }
    assert Anker.objects.using("beheer").count() == 3


def test_cleared_log_is_whole_and_goes_on() -> None:
    _looks(4)
    with time_machine.travel(_years_later(), tick=False):
        opruimen.clear()
    assert _check().heel
    _looks(2)
    uitkomst = _check()
    assert uitkomst.heel
    assert uitkomst.regels == 2 + 2 + 2
    nummers = Verwerking.objects.using("beheer").values_list("nummer", flat=True)
    assert sorted(nummers) == [5, 6]


def test_what_is_younger_than_five_years_stays() -> None:
    _looks(4)
    assert opruimen.clear() == []
    with pytest.raises(ValueError, match="five years"):
        opruimen.clear(klok.now())
    assert Auditregel.objects.using("beheer").count() == 4


def test_line_before_the_anchor_shows() -> None:
    _looks(2)
    with time_machine.travel(_years_later(), tick=False):
        opruimen.clear()
    _looks(1)
    with connections["beheer"].cursor() as cursor:
        cursor.execute("SET LOCAL samenloop.onderhoud = 'aan'")
        cursor.execute("UPDATE logboek_verwerking SET nummer = 1")
    assert Soort.VOOR_ANKER in {fout.soort for fout in _check().fouten}


def test_anchor_made_by_hand_lacks_its_proof() -> None:
    _looks(3)
    with connections["beheer"].cursor() as cursor:
        cursor.execute("SET LOCAL samenloop.onderhoud = 'aan'")
        cursor.execute(
            "INSERT INTO logboek_anker (log, keten, nummer, hash, regels, laatste_op,"
            " opgeruimd_op) SELECT 'verwerking', keten, nummer, hash, 1, now(),"
            " now() FROM logboek_verwerking WHERE nummer = 1"
        )
        cursor.execute("DELETE FROM logboek_verwerking WHERE nummer = 1")
    assert [fout.soort for fout in _check().fouten] == [Soort.ANKER]


def test_heads_kept_elsewhere_from_before_are_no_fault() -> None:
    _looks(3)
    regel = Verwerking.objects.using("beheer").get(nummer=2)
    bewaard = ketens.Kop("verwerking", regel.keten, 2, bytes(regel.hash))
    with time_machine.travel(_years_later(), tick=False):
        opruimen.clear()
    uitkomst = _check(bewaard=[bewaard])
    assert uitkomst.heel
    assert uitkomst.niet_te_vergelijken == 1


def test_application_cannot_clear() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        opruimen.clear(using="default")


def test_command_checks_shows_heads_and_compares(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _each in range(3):
        record(actor(), Handeling.PERSOON_OPENEN, personen=[uuid4()])
    with gemeentegrens.within():
        call_command("log", "koppen")
        koppen = capsys.readouterr().out
        assert len([regel for regel in koppen.splitlines() if regel[0] != "#"]) == 2
        bestand = tmp_path / "koppen.txt"
        bestand.write_text(koppen)
        record_more = actor()
        with gemeentegrens.everywhere("tests"):
            record(record_more, Handeling.LOG_LEZEN)
        call_command("log", "verify", "--koppen", str(bestand))
    uit = capsys.readouterr().out
    assert "Het logboek is heel." in uit
    assert "2 bewaarde koppen vergeleken" in uit
    assert Controle.objects.get().status == Controle.Status.HEEL


def test_command_ends_with_one_when_a_kept_head_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(actor(), Handeling.LOG_LEZEN)
    keten = Auditregel.objects.get().keten
    bestand = tmp_path / "koppen.txt"
    bestand.write_text(f"audit/{keten} 1 {'00' * 32}\n")
    with pytest.raises(SystemExit) as einde:
        call_command("log", "verify", "--koppen", str(bestand))
    assert einde.value.code == 1
    uit = capsys.readouterr().out
    assert f"audit/{keten}: regel 1 is niet meer de regel" in uit
    assert Controle.objects.get().status == Controle.Status.FOUTEN


@pytest.mark.parametrize("inhoud", ["audit/1 1 zz", "anders/1 1 " + "00" * 32, "x"])
def test_command_refuses_a_file_that_holds_no_heads(
    tmp_path: Path, inhoud: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bestand = tmp_path / "koppen.txt"
    bestand.write_text(inhoud)
    with pytest.raises((SystemExit, Exception), match=r"koppen|2"):
        call_command("log", "verify", f"--koppen={bestand}")
    assert not Controle.objects.exists()
