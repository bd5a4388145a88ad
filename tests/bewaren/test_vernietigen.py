"""What is due goes, all of it, provably; what is not due or held back stays."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from samenloop.access.bewaren import families, vernietigen
from samenloop.access.bewaren.families import Deel, Kandidaat
from samenloop.access.bewaren.models import (
    Bewaarinstelling,
    Grafsteen,
    Opschorting,
    Vernietiging,
)
from samenloop.access.bewaren.termijnen import in_force, national
from samenloop.access.logboek.models import Auditregel
from samenloop.core import gemeentegrens, klok, postgres
from tests.bewaren.proef import PROEF, bladen, dossier, over, own_family
from tests.conftest import TEST_DATABASE

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "beheer"])
GM = "GM1651"


@pytest.fixture(autouse=True)
def familie(
    server: postgres.Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setattr(vernietigen, "state_folder", lambda: tmp_path)
    with own_family(server, TEST_DATABASE):
        yield


def days_ago(aantal: int) -> date:
    return klok.today() - timedelta(days=aantal)


def confirm(duur: str = "P42D") -> None:
    Bewaarinstelling.objects.create(
        gemeente=GM, code="B043", duur=duur, reden="Advies FG", vastgesteld_door=1
    )


def hold(**waarvan: object) -> Opschorting:
    return Opschorting.objects.create(
        gemeente=GM, grond="bezwaar", reden="Bezwaar 12", sinds=days_ago(1), door=1,
        **waarvan,
    )  # fmt: skip


def destroy() -> Vernietiging:
    return vernietigen.run(vernietigen.begin(GM))


def test_only_what_is_due_goes_with_all_that_hangs_on_it() -> None:
    confirm()
    weg = dossier(days_ago(42))
    blijft = dossier(days_ago(41))
    verslag = destroy()
    assert over() == {blijft}
    assert bladen() == 2
    assert verslag.aantallen["proef"] == {
        "dossiers": 1,
        "opgeschort": 0,
        "niet_voltooid": 0,
        "rijen": {"proef_blad": 2, "proef_dossier": 1},
    }
    assert list(Grafsteen.objects.values_list("dossier", flat=True)) == [weg]


def test_nothing_goes_by_a_term_that_was_not_set() -> None:
    blijft = dossier(days_ago(4000))
    (zicht,) = vernietigen.preview(GM)
    assert zicht.waits_for_setting
    assert [k.dossier for k in zicht.vervallen] == [blijft]
    assert destroy().te_doen == 0
    assert over() == {blijft}


def test_the_last_setting_counts() -> None:
    confirm("P42D")
    confirm("P1Y")
    blijft = dossier(days_ago(300))
    destroy()
    assert over() == {blijft}


def test_a_neighbour_keeps_its_records() -> None:
    confirm()
    blijft = dossier(days_ago(400), gemeente="GM0005")
    destroy()
    assert over() == {blijft}


@pytest.mark.parametrize("op_persoon", [True, False])
def test_what_is_held_back_stays_until_the_hold_ends(op_persoon: bool) -> None:
    confirm()
    persoon = uuid4()
    blijft = dossier(days_ago(100), persoon=persoon)
    weg = dossier(days_ago(100), persoon=uuid4())
    opschorting = (
        hold(persoon=persoon) if op_persoon else hold(onderwerp=f"proef:{blijft}")
    )
    verslag = destroy()
    assert over() == {blijft}
    assert verslag.aantallen["proef"]["opgeschort"] == 1
    opschorting.tot = days_ago(1)
    opschorting.save()
    destroy()
    assert over() == set()
    assert weg not in over()


def test_log_and_tombstone_tell_that_and_not_what() -> None:
    confirm()
    persoon = uuid4()
    weg = dossier(days_ago(50), persoon=persoon)
    destroy()
    regel = Auditregel.objects.get(onderwerp=f"proef:{weg}")
    assert regel.wijze == "vernietigd"
    assert regel.grond == "B043"
    assert regel.actor_id == "systeem:bewaren"
    lijst = vernietigen.list_path().read_text()
    for tekst in (lijst, str(Grafsteen.objects.values().get())):
        assert "Jansen" not in tekst
        assert str(persoon) not in tekst
        assert str(weg) in tekst or repr(weg) in tekst


def test_application_itself_can_delete_nothing() -> None:
    blijft = dossier(days_ago(50))
    with (
        pytest.raises(DatabaseError, match="never deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM proef_dossier WHERE id = %s", [blijft])
    assert over() == {blijft}


def test_tombstone_stays_as_it_is() -> None:
    confirm()
    dossier(days_ago(50))
    destroy()
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Grafsteen.objects.update(familie="anders")
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Grafsteen.objects.all().delete()


@pytest.mark.parametrize("stap", ["_remove", "keep_list"])
def test_run_that_dies_between_two_steps_is_finished_by_the_next(
    stap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm()
    weg = {dossier(days_ago(50)) for _ in range(3)}
    blijft = dossier(days_ago(3))

    def die(*args: object) -> None:
        raise SystemExit(137)

    with monkeypatch.context() as stuk:
        stuk.setattr(vernietigen, stap, die)
        with pytest.raises(SystemExit):
            destroy()
    destroy()
    assert over() == {blijft}
    assert not Grafsteen.objects.filter(voltooid_op__isnull=True).exists()
    assert listed() == weg


def listed() -> set[UUID]:
    regels = vernietigen.list_path().read_text().splitlines()
    return {UUID(json.loads(regel)["dossier"]) for regel in regels}


def test_a_copy_that_is_put_back_brings_nothing_back() -> None:
    confirm()
    weg = dossier(days_ago(50))
    destroy()
    with connection.cursor() as cursor:  # as the older copy had it
        cursor.execute(
            "INSERT INTO proef_dossier VALUES (%s, %s, %s, NULL, 'Jansen')",
            [weg, GM, days_ago(50)],
        )
        cursor.execute("INSERT INTO proef_blad VALUES (%s, 'Jansen')", [weg])
    blijft = dossier(days_ago(50))
    call_command("vernietig", "--herhaal")
    assert over() == {blijft}
    call_command("vernietig", "--herhaal")
    assert over() == {blijft}


def test_damaged_list_is_refused_and_not_half_carried_out() -> None:
    confirm()
    weg = dossier(days_ago(50))
    destroy()
    pad = vernietigen.list_path()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO proef_dossier VALUES (%s, %s, %s)", [weg, GM, days_ago(50)]
        )
    for kwaad in ("geen json", '{"familie": "onbekend", "volgnummer": 9}'):
        heel = pad.read_text()
        pad.write_text(heel + kwaad + "\n")
        with pytest.raises(CommandError, match="klopt niet"):
            call_command("vernietig", "--herhaal")
        assert weg in over()
        pad.write_text(heel)


def test_a_run_stops_when_asked_and_goes_on_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vernietigen, "_PER_KEER", 1)
    confirm()
    for _ in range(3):
        dossier(days_ago(50))
    vernietiging = vernietigen.begin(GM)
    echt = vernietigen._remove

    def remove_and_ask(*args: object) -> object:
        Vernietiging.objects.filter(pk=vernietiging.pk).update(stop_gevraagd=True)
        return echt(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(vernietigen, "_remove", remove_and_ask)
    assert vernietigen.run(vernietiging).gedaan == 1
    assert len(over()) == 2
    monkeypatch.setattr(vernietigen, "_remove", echt)
    destroy()
    assert over() == set()


def test_terms_of_a_neighbour_are_not_seen() -> None:
    confirm()
    hold(persoon=uuid4())
    with gemeentegrens.within("GM0005"):
        assert in_force(GM)["B043"].instelling is None
        assert not Opschorting.objects.exists()
    with gemeentegrens.within(GM):
        assert in_force(GM)["B043"].instelling is not None
        assert Opschorting.objects.exists()


def test_every_term_of_a_family_is_on_the_list() -> None:
    assert len(national()) == 77
    assert national()["B001"].is_firm
    assert not national()["B001"].can_be_set
    assert national()["B043"].can_be_set
    assert not national()["B066"].can_be_set  # kept for ever


@pytest.mark.parametrize("gemeente", ["ONZIN", "GM9999", ""])
def test_command_refuses_a_municipality_that_is_not_here(gemeente: str) -> None:
    with pytest.raises(CommandError) as fout:
        call_command("vernietig", "--gemeente", gemeente)
    assert fout.value.returncode == 2


def test_a_list_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="klopt niet"):
        call_command("vernietig", "--herhaal", "--lijst", str(tmp_path / "weg"))


def test_a_copy_without_its_list_is_said_aloud(
    capsys: pytest.CaptureFixture[str],
) -> None:
    confirm()
    dossier(days_ago(50))
    destroy()
    call_command("vernietig", "--herhaal")
    assert "Let op" not in capsys.readouterr().err
    vernietigen.list_path().unlink()
    call_command("vernietig", "--herhaal")
    assert "Let op" in capsys.readouterr().err


def test_family_that_cannot_go_holds_up_no_other(
    server: postgres.Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    confirm()
    vast, kaal, los = dossier(days_ago(50)), dossier(days_ago(51), bladen=0), uuid4()
    dossier(days_ago(50), sleutel=los)
    eerst = replace(
        PROEF,
        code="eerst",
        kandidaten=_standing(vast, kaal),
        delen=(Deel("proef_dossier", "id = ANY(%s)"),),  # its pages hang on it
    )
    families.register(eerst)
    families.register(replace(PROEF, kandidaten=_standing(los)))
    for _ in range(2):  # the second time the tombstone is there already
        verslag = destroy()
        assert over() == {vast}
        assert verslag.aantallen["eerst"]["niet_voltooid"] == 1
        assert verslag.aantallen["proef"]["niet_voltooid"] == 0
    assert "Jansen" not in caplog.text
    assert Grafsteen.objects.filter(dossier=vast).count() == 1
    families.register(replace(eerst, delen=PROEF.delen))
    assert destroy().aantallen["eerst"]["niet_voltooid"] == 0
    assert over() == set()


def test_only_what_went_is_counted_as_destroyed() -> None:
    confirm()
    vast, kaal = dossier(days_ago(50)), dossier(days_ago(51), bladen=0)
    families.register(replace(PROEF, delen=(Deel("proef_dossier", "id = ANY(%s)"),)))
    verslag = destroy()
    assert over() == {vast}
    assert (verslag.te_doen, verslag.gedaan) == (2, 1)
    assert verslag.aantallen["proef"] == {
        "dossiers": 1,
        "opgeschort": 0,
        "niet_voltooid": 1,
        "rijen": {"proef_dossier": 1},
    }
    assert kaal not in over()


def test_what_came_back_after_it_was_destroyed_goes_again() -> None:
    confirm()
    weg = dossier(days_ago(50))
    destroy()
    dossier(days_ago(50), sleutel=weg)
    assert destroy().gedaan == 1
    assert over() == set()
    assert Grafsteen.objects.filter(dossier=weg).count() == 1


def _standing(*wie: UUID) -> Callable[[str], list[Kandidaat]]:
    """Give as candidates those of these records that are still there."""
    return lambda _: [Kandidaat(each, days_ago(50)) for each in wie if each in over()]
