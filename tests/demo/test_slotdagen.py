"""On the first day of the demo something waits on every list of the back office."""

from datetime import date
from pathlib import Path

import pytest
import time_machine

from samenloop.access.rollen import Rol
from samenloop.berichten.standaard import lees, schrijf
from samenloop.berichten.verkeer import lezen, rondgaan
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.staten import Staat
from samenloop.core import gebeurtenissen
from samenloop.core.kalender import working_days_left
from samenloop.demo import berichtenjaar, slotdagen
from samenloop.voorzieningen.declaraties.models import Betaalbatch, Prestatie
from samenloop.voorzieningen.toewijzen import verzoeken
from samenloop.voorzieningen.toewijzen.models import Verzoek
from samenloop.voorzieningen.toewijzen.toewijzen import VASTGESTELD
from tests.access.accounts import account, actor
from tests.berichten.goede_berichten import goed
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality, reserved_bsns
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, toewijzing

VAN, TOT = date(2026, 2, 2), date(2026, 3, 24)


@pytest.mark.django_db
def test_every_list_of_the_back_office_has_something_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rondgaan, "base_folder", lambda: tmp_path)
    gemeente = municipality(maken.GEMEENTE, "Groningen")
    bij = contract(aanbieder(), maken.GEMEENTE)
    contractproduct(bij)
    contractproduct(
        bij, categorie="07", code="07A01", naam="Dagbesteding", eenheid="16"
    )
    bsns = reserved_bsns(14)

    def werkdag(code: str, dag: date) -> None:
        if bsns and dag.weekday() in (0, 2):
            nieuw = toewijzing(
                maken.client(bsns.pop().cijfers),
                gemeente=gemeente,
                ingang=dag,
                toegewezen_op=maken.at(dag.isoformat()),
            )
            gebeurtenissen.record(VASTGESTELD, onderwerp=nieuw.pk, gemeente=code)

    anja, kees = (
        actor(
            Rol.BACKOFFICE,
            account=account(naam, rol=Rol.BACKOFFICE, gemeente=maken.GEMEENTE),
            gemeente=maken.GEMEENTE,
        )
        for naam in ("anja", "kees")
    )
    berichtenjaar.live(maken.GEMEENTE, VAN, TOT, werkdag, (anja, kees))

    with time_machine.travel(maken.at("2026-03-24", 17), tick=False):
        over = [
            working_days_left(TOT, verzoeken.due(each))
            for each in Verzoek.objects.filter(staat="open")
        ]
        assert len(over) >= 4
        assert min(over) < 0, "one is late"
        assert any(0 <= n <= 2 for n in over), "one is near its term"
        assert max(over) > 2, "and one is not"
        stand = lezen.counts(anja)
        assert stand.mist, "a retour got lost"
        assert stand.van_hen, "a start was refused"
        assert stand.apart == 1, "older ones were dealt with"
    assert Prestatie.objects.filter(oordeel="afgewezen").exists()
    assert Prestatie.objects.filter(oordeel="toegekend").exists()
    batch = Betaalbatch.objects.get()
    assert (batch.staat, batch.gemaakt_door) == ("gemaakt", kees.account_id)
    oud = Ketenbericht.objects.filter(
        lezen.AFGEKEURD, vastgelegd_op__lt=maken.at("2026-03-01")
    )
    assert not oud.exists()
    assert Ketenbericht.objects.get(staat=Staat.APART).bestandsnaam.endswith(
        "-afgebroken.xml"
    )


def test_a_strange_line_is_one_and_leaves_the_totals_alone() -> None:
    bericht = goed("wmo", 323)
    client = bericht.inhoud["Declaratie"]["Clienten"]["Client"][0]
    regels = client["Prestaties"]["Prestatie"]
    while len(regels) < 2:
        regels.append(dict(regels[0]))
    voor = schrijf(bericht)
    na = slotdagen.strange_line(voor)
    nummers = [
        regel["ToewijzingNummer"]
        for each in lees(na).inhoud["Declaratie"]["Clienten"]["Client"]
        for regel in each["Prestaties"]["Prestatie"]
    ]
    assert nummers.count(999_999_000) == 1
    assert len(na) == len(schrijf(lees(na)))
    # The second time the same invoice comes out the same.
    assert slotdagen.strange_line(voor) == na


def test_what_cannot_be_read_and_what_has_one_line_stays_as_it_is() -> None:
    assert slotdagen.strange_line(b"<kapot") == b"<kapot"
    bericht = goed("wmo", 323)
    clienten = bericht.inhoud["Declaratie"]["Clienten"]["Client"]
    del clienten[1:]
    del clienten[0]["Prestaties"]["Prestatie"][1:]
    een = schrijf(bericht)
    assert slotdagen.strange_line(een) == een
