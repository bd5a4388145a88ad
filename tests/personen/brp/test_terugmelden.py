"""A doubt about the BRP is written, sent once, answered, and never lost on the way."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens
from samenloop.personen.brp import terugmelden, versturen
from samenloop.personen.brp.models import BrpTerugmelding, Categorie, Status, Uitkomst
from samenloop.personen.models import Persoon
from tests.access.accounts import actor
from tests.demo.bronnen_op_poort import Bronnen, brp_settings
from tests.personen.maken import municipality, person, reserved_bsns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("brp")]
HIER = "GM1663"
WAAROM = "Op huisbezoek bleek dat hier iemand anders woont."


@pytest.fixture(autouse=True)
def _here(brp: Bronnen) -> Any:
    municipality(HIER, "De Marne")
    with gemeentegrens.within(HIER):
        yield


@pytest.fixture
def wie() -> Persoon:
    return Persoon.objects.register(reserved_bsns(1)[0], geslachtsnaam="Twijfel")


def worker() -> Actor:
    return actor(gemeente=HIER)


def write(
    wie: Persoon, categorie: Categorie = Categorie.VERBLIJFPLAATS
) -> BrpTerugmelding:
    return terugmelden.write(
        worker(), wie, categorie=categorie, waarom=WAAROM, voorstel="Terpstraat 8"
    )


def test_a_doubt_is_sent_at_once_when_the_other_side_is_there(
    brp: Bronnen, wie: Persoon
) -> None:
    melding = write(wie)
    assert melding.status == Status.VERSTUURD
    assert melding.kenmerk_bron == "TMV-000001"
    assert melding.verstuurd_op is not None
    assert terugmelden.open_doubts(wie) == [melding]
    assert [call["status"] for call in brp.calls("terugmeldingen")] == [201]


def test_while_the_other_side_is_dead_it_waits_and_goes_later(
    brp: Bronnen, wie: Persoon
) -> None:
    brp.disturb("terugmeldingen", "fout", keren=1)
    melding = write(wie)
    assert melding.status == Status.OPGESTELD
    assert terugmelden.continue_all() == 1
    melding.refresh_from_db()
    assert melding.status == Status.VERSTUURD


def test_sent_twice_is_one_report(brp: Bronnen, wie: Persoon) -> None:
    melding = write(wie)
    # As if the answer to the first time never arrived.
    assert versturen.send(melding) == melding.kenmerk_bron
    anders = write(wie)
    assert anders.kenmerk_bron != melding.kenmerk_bron


@pytest.mark.parametrize(
    ("categorie", "uitkomst"),
    [
        (Categorie.VERBLIJFPLAATS, Uitkomst.GECORRIGEERD),
        (Categorie.OUDERS, Uitkomst.NIET_GEWIJZIGD),
    ],
)
def test_it_is_looked_into_and_then_answered(
    wie: Persoon, categorie: Categorie, uitkomst: Uitkomst
) -> None:
    melding = terugmelden.receive_answer(worker(), write(wie, categorie))
    assert (melding.status, melding.uitkomst) == (
        Status.VERSTUURD,
        Uitkomst.IN_ONDERZOEK,
    )
    melding = terugmelden.receive_answer(worker(), melding)
    assert (melding.status, melding.uitkomst) == (Status.BEANTWOORD, uitkomst)
    assert melding.antwoord
    assert melding.beantwoord_op is not None
    assert terugmelden.open_doubts(wie) == []
    assert terugmelden.continue_all() == 0


def test_in_the_background_every_report_goes_on_by_itself(
    brp: Bronnen, wie: Persoon
) -> None:
    brp.disturb("terugmeldingen", "fout", keren=1)
    write(wie)
    for _keer in range(3):
        terugmelden.continue_all()
    assert BrpTerugmelding.objects.get().status == Status.BEANTWOORD


def test_without_settings_it_waits(wie: Persoon, settings: Any, brp: Bronnen) -> None:
    settings.BRP = brp_settings(brp, TERUGMELDEN_URL="")
    assert write(wie).status == Status.OPGESTELD
    assert brp.calls("terugmeldingen") == []


def test_as_a_file_it_is_whole_and_for_nobody_else(
    wie: Persoon, settings: Any, brp: Bronnen, tmp_path: Path
) -> None:
    settings.BRP = brp_settings(brp, TERUGMELDEN_URL="", TERUGMELDEN_MAP=str(tmp_path))
    melding = write(wie)
    assert melding.status == Status.VERSTUURD
    (bestand,) = tmp_path.iterdir()
    assert bestand.name == f"terugmelding-{melding.pk}.json"
    assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
    assert json.loads(bestand.read_text())["waarom"] == WAAROM
    # Nobody answers a file over a line.
    assert terugmelden.receive_answer(worker(), melding).status == Status.VERSTUURD


def test_a_folder_that_is_gone_leaves_it_waiting(
    wie: Persoon, settings: Any, brp: Bronnen, tmp_path: Path
) -> None:
    weg = str(tmp_path / "weg")
    settings.BRP = brp_settings(brp, TERUGMELDEN_URL="", TERUGMELDEN_MAP=weg)
    assert write(wie).status == Status.OPGESTELD


def test_what_was_not_sent_can_be_withdrawn_the_rest_cannot(
    wie: Persoon, settings: Any, brp: Bronnen
) -> None:
    verstuurd = write(wie)
    settings.BRP = brp_settings(brp, TERUGMELDEN_URL="")
    wachtend = write(wie)
    assert terugmelden.withdraw(worker(), wachtend).status == Status.INGETROKKEN
    for melding in (verstuurd, wachtend):
        with pytest.raises(terugmelden.StapKanNiet):
            terugmelden.withdraw(worker(), melding)


def test_who_has_no_bsn_cannot_be_reported(brp: Bronnen) -> None:
    with pytest.raises(terugmelden.GeenBsn):
        write(person())
    assert brp.calls() == []


@pytest.mark.parametrize("rol", [Rol.BELEID, Rol.BEHEER, Rol.FG, Rol.PARTNER])
def test_only_who_has_a_task_may_report(wie: Persoon, rol: Rol) -> None:
    with pytest.raises(GeenToegang):
        terugmelden.write(
            actor(rol, gemeente=HIER), wie, categorie=Categorie.OUDERS, waarom=WAAROM
        )
    assert not BrpTerugmelding.objects.exists()


def test_writing_and_handing_out_are_in_the_log_without_a_word_of_it(
    wie: Persoon,
) -> None:
    melding = write(wie)
    regels = Auditregel.objects.order_by("id")
    assert [regel.wijze for regel in regels] == ["gewijzigd", "verstrekt"]
    for regel in regels:
        assert regel.onderwerp == f"brp-terugmelding:{melding.pk}"
        assert WAAROM not in str(regel.__dict__)


def test_another_municipality_does_not_see_it(wie: Persoon) -> None:
    write(wie)
    assert BrpTerugmelding.objects.count() == 1
    with gemeentegrens.within("GM0005"):
        assert BrpTerugmelding.objects.count() == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        BrpTerugmelding.objects.update(gemeente="GM0005")


def _row(wie: Persoon, status: Status) -> BrpTerugmelding:
    """A report in some state, put there past the steps."""
    verstuurd = status in (Status.VERSTUURD, Status.BEANTWOORD)
    nu = "2026-03-10T09:00:00+01:00"
    beantwoord = status == Status.BEANTWOORD
    return BrpTerugmelding.objects.create(
        gemeente=HIER, persoon=wie, categorie="08", waarom=WAAROM, status=status,
        opgesteld_op=nu, opgesteld_door="1", verstuurd_op=nu if verstuurd else None,
        beantwoord_op=nu if beantwoord else None,
        uitkomst="gecorrigeerd" if beantwoord else "",
    )  # fmt: skip


@pytest.mark.parametrize("van", list(Status))
@pytest.mark.parametrize("naar", list(Status))
def test_the_database_knows_the_same_steps(
    wie: Persoon, van: Status, naar: Status
) -> None:
    rij, doel = _row(wie, van), _row(wie, naar)
    velden = {
        naam: getattr(doel, naam)
        for naam in ("status", "verstuurd_op", "beantwoord_op", "uitkomst")
    }
    open_status = van in (Status.OPGESTELD, Status.VERSTUURD)
    mag = naar in terugmelden.STAPPEN[van] or (van == naar and open_status)
    try:
        with transaction.atomic():
            BrpTerugmelding.objects.filter(pk=rij.pk).update(**velden)
        gelukt = True
    except DatabaseError:
        gelukt = False
    assert gelukt == mag


@pytest.mark.parametrize(
    "anders", [{"waarom": "x"}, {"voorstel": "x"}, {"categorie": "01"}]
)
def test_what_a_report_says_never_changes(wie: Persoon, anders: dict[str, str]) -> None:
    rij = _row(wie, Status.OPGESTELD)
    with pytest.raises(DatabaseError), transaction.atomic():
        BrpTerugmelding.objects.filter(pk=rij.pk).update(**anders)
