"""What we decide is told to the provider, checked first, and its answer noticed."""

from datetime import date
from pathlib import Path

import pytest
import time_machine

from samenloop.access.actor import Actor
from samenloop.access.rollen import Rol
from samenloop.berichten.regels.antwoord import retour
from samenloop.berichten.regels.keuren import Oordeel
from samenloop.berichten.standaard.bericht import Bericht as Inhoud
from samenloop.berichten.standaard.fouten import Fout
from samenloop.berichten.standaard.schrijven import schrijf
from samenloop.berichten.verkeer import (
    antwoorden,
    handelen,
    rondgaan,
    termijnen,
    toewijzingen,
)
from samenloop.berichten.verkeer.models import Aansluiting, Ketenbericht
from samenloop.berichten.verkeer.staten import Staat
from samenloop.personen.models import Persoon
from samenloop.voorzieningen.toewijzen import toewijzen, verzoeken
from samenloop.voorzieningen.toewijzen.models import Toewijzing, Verzoek
from tests.access.accounts import actor
from tests.berichten.verkeer import maken
from tests.voorzieningen.maken import contract, contractproduct, toewijzing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_june")]
SYSTEEM = Actor.systeem("proef", maken.GEMEENTE)
BACKOFFICE = actor(Rol.BACKOFFICE, gemeente=maken.GEMEENTE)


def _told() -> list[Ketenbericht]:
    return list(Ketenbericht.objects.filter(richting="uit").order_by("vastgelegd_op"))


def _answer(rij: Ketenbericht, *fouten: Fout) -> bytes:
    inhoud = maken.content(rij)
    oordeel = Oordeel(
        "afgekeurd" if fouten else "goedgekeurd", inhoud.soort, list(fouten), inhoud
    )
    return schrijf(
        retour(inhoud, oordeel, identificatie="T1", dagtekening=date(2026, 6, 9))
    )


def _products(inhoud: Inhoud) -> list[dict[str, object]]:
    uit: list[dict[str, object]] = inhoud.inhoud["Client"]["ToegewezenProducten"][
        "ToegewezenProduct"
    ]
    return uit


def _numbers(rij: Ketenbericht) -> set[object]:
    return {p["ToewijzingNummer"] for p in _products(maken.content(rij))}


def test_an_allocation_is_told_with_all_that_runs(gegeven: Toewijzing) -> None:
    tweede = toewijzing(
        gegeven.persoon, gemeente=gegeven.gemeente, categorie="07", code="07A01"
    )
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    (rij,) = _told()
    assert (rij.soort, rij.staat) == ("WMO301", Staat.KLAAR)
    nummers = {p["ToewijzingNummer"] for p in _products(maken.content(rij))}
    assert nummers == {gegeven.nummer, tweede.nummer}


def test_a_reason_goes_along_with_the_change_and_not_with_a_repeat(
    gegeven: Toewijzing,
) -> None:
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    with time_machine.travel(maken.at("2026-06-10"), tick=False):
        toewijzen.end(gegeven, date(2026, 9, 30), reden="05", door=SYSTEEM)
        maken.work()
        ander = toewijzing(
            gegeven.persoon, gemeente=gegeven.gemeente, categorie="07", code="07A01"
        )
    with time_machine.travel(maken.at("2026-06-11"), tick=False):
        toewijzingen.tell(maken.GEMEENTE, [ander.pk])
    eerste, tweede, derde = (maken.content(rij) for rij in _told())
    assert "RedenWijziging" not in _products(eerste)[0]
    assert _products(tweede)[0]["RedenWijziging"] == "05"
    assert "RedenWijziging" not in _products(derde)[0]


def test_a_change_that_was_refused_is_told_again_whatever_went_since(
    gegeven: Toewijzing, map_: Path
) -> None:
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    with time_machine.travel(maken.at("2026-06-10"), tick=False):
        toewijzen.end(gegeven, date(2026, 6, 9), reden="05", door=SYSTEEM)
        maken.work()
        rondgaan.exchange(maken.GEMEENTE)
    with time_machine.travel(maken.at("2026-06-11"), tick=False):
        ander = toewijzing(
            gegeven.persoon, gemeente=gegeven.gemeente, categorie="07", code="07A01"
        )
        toewijzingen.tell(maken.GEMEENTE, [ander.pk])
    _, einde, later = _told()
    assert gegeven.nummer not in _numbers(later), "told, and over"
    with time_machine.travel(maken.at("2026-06-12"), tick=False):
        fout = Fout("TR332", 3, "9332", "/Bericht/Client", "Dit nummer is gebruikt.")
        maken.deliver(_answer(einde, fout))
        (opnieuw,) = handelen.send_anew(einde.pk, door=BACKOFFICE)
    assert _numbers(opnieuw) == {gegeven.nummer, ander.nummer}
    redenen = {
        p["ToewijzingNummer"]: p.get("RedenWijziging")
        for p in _products(maken.content(opnieuw))
    }
    assert redenen == {gegeven.nummer: "05", ander.nummer: None}


def test_what_does_not_pass_our_own_check_is_held_back(gegeven: Toewijzing) -> None:
    zonder = toewijzing(
        maken.client("999990020", postcode=""), gemeente=gegeven.gemeente
    )
    toewijzingen.tell(maken.GEMEENTE, [zonder.pk])
    (rij,) = _told()
    assert rij.staat == Staat.TEGENGEHOUDEN
    assert {fout.regel for fout in rij.fouten.all()} >= {"TR006"}


def test_an_address_under_secrecy_waits_for_a_person(gegeven: Toewijzing) -> None:
    gegeven.persoon.geheim = True
    gegeven.persoon.save()
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    (rij,) = _told()
    assert (rij.staat, bool(rij.reden)) == (Staat.TEGENGEHOUDEN, True)


def test_a_message_goes_out_whole_and_its_answer_confirms_it(
    gegeven: Toewijzing, map_: Path
) -> None:
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    assert rondgaan.exchange(maken.GEMEENTE) == 1
    (rij,) = _told()
    assert (rij.staat, rij.antwoord_voor) == (Staat.VERZONDEN, date(2026, 6, 12))
    (bestand,) = (map_ / "uit").iterdir()
    assert bestand.read_bytes().startswith(b"<?xml")
    (map_ / "in" / "retour.xml").write_bytes(_answer(rij))
    assert rondgaan.exchange(maken.GEMEENTE) == 1
    maken.work()
    rij.refresh_from_db()
    assert rij.staat == Staat.BEVESTIGD
    retour = Ketenbericht.objects.get(richting="in")
    assert retour.antwoord_voor is None, "nobody waits for an answer to an answer"
    assert list((map_ / "in").iterdir()) == list((map_ / "bezig").iterdir()) == []


def test_a_refusal_of_the_provider_stands_with_our_message(
    gegeven: Toewijzing, map_: Path
) -> None:
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    rondgaan.exchange(maken.GEMEENTE)
    (rij,) = _told()
    fout = Fout(
        "TR332",
        3,
        "9332",
        "/Bericht/Client/ToegewezenProducten/ToegewezenProduct[1]",
        "Dit nummer is al eens gebruikt.",
    )
    maken.deliver(_answer(rij, fout))
    rij.refresh_from_db()
    assert rij.staat == Staat.AFGEKEURD
    assert rij.fouten.get().retourcode == "9332"


def test_a_missing_answer_is_noticed_once(gegeven: Toewijzing, map_: Path) -> None:
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    rondgaan.exchange(maken.GEMEENTE)
    assert termijnen.watch() == 0
    with time_machine.travel(maken.at("2026-06-15"), tick=False):
        assert termijnen.watch() == 1
        assert termijnen.watch() == 0
    (rij,) = _told()
    assert rij.mist_op is not None


def test_a_dead_folder_degrades_and_loses_nothing(
    gegeven: Toewijzing, map_: Path
) -> None:
    map_.parent.joinpath("groningen").write_text("no folder")
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    assert rondgaan.exchange(maken.GEMEENTE) == 0
    aansluiting = Aansluiting.objects.get()
    assert aansluiting.pogingen == 1
    assert aansluiting.niet_voor is not None
    assert _told()[0].staat == Staat.KLAAR
    map_.unlink()
    assert rondgaan.exchange(maken.GEMEENTE) == 1
    assert Aansluiting.objects.get().fout == ""


def test_a_request_is_registered_refused_and_answered(gegeven: Toewijzing) -> None:
    (rij,) = maken.deliver(maken.request(gegeven, "REF-1"))
    assert rij.staat == Staat.VERWERKT
    assert [a.soort.code for a in maken.answers(rij)] == ["WMO316"]
    assert (rij.antwoord_voor, rij.beantwoord_op) == (date(2026, 6, 16), None)
    verzoek = Verzoek.objects.get()
    verzoeken.investigate(verzoek, door=SYSTEEM)
    maken.work()
    rij.refresh_from_db()
    assert rij.antwoord_voor == date(2026, 8, 4)
    with time_machine.travel(maken.at("2026-06-12"), tick=False):
        verzoeken.refuse(verzoek, reden="2", door=SYSTEEM)
        maken.work()
    antwoorden = [a for a in _told() if a.soort == "WMO319"]
    assert [a.staat for a in antwoorden] == [Staat.KLAAR] * 2, [
        list(a.fouten.values_list("regel", "tekst")) for a in antwoorden
    ]
    waarden = [
        maken.content(a).inhoud["Antwoord"]["VerzoekAntwoord"] for a in antwoorden
    ]
    assert waarden == ["2", "1"]
    rij.refresh_from_db()
    assert rij.beantwoord_op is not None


def test_a_grant_answers_the_request_with_an_allocation(gegeven: Toewijzing) -> None:
    contractproduct(
        contract(gegeven.aanbieder, maken.GEMEENTE), categorie="07", code="07A01"
    )
    (rij,) = maken.deliver(maken.request(gegeven, "REF-2"))
    verzoeken.grant(Verzoek.objects.get(), door=SYSTEEM)
    maken.work()
    (bericht,) = [a for a in _told() if a.soort == "WMO301"]
    assert bericht.staat == Staat.KLAAR, list(
        bericht.fouten.values_list("regel", "pad", "tekst")
    )
    assert bericht.antwoord_op_id == rij.pk
    nieuw = [
        p
        for p in _products(maken.content(bericht))
        if p.get("ReferentieAanbieder") == "REF-2"
    ]
    assert len(nieuw) == 1
    rij.refresh_from_db()
    assert rij.beantwoord_op is not None


def test_a_grant_that_is_held_back_leaves_the_request_open(
    gegeven: Toewijzing,
) -> None:
    contractproduct(
        contract(gegeven.aanbieder, maken.GEMEENTE), categorie="07", code="07A01"
    )
    (rij,) = maken.deliver(maken.request(gegeven, "REF-3"))
    Persoon.objects.update(geheim=True)
    verzoeken.grant(Verzoek.objects.get(), door=SYSTEEM)
    maken.work()
    (bericht,) = [a for a in _told() if a.soort == "WMO301"]
    rij.refresh_from_db()
    assert (bericht.staat, rij.beantwoord_op) == (Staat.TEGENGEHOUDEN, None)
    Persoon.objects.update(geheim=False)
    handelen.send_anew(bericht.pk, door=BACKOFFICE)
    rij.refresh_from_db()
    assert rij.beantwoord_op is not None


def test_an_answer_that_is_held_back_moves_no_term_and_closes_nothing(
    gegeven: Toewijzing, monkeypatch: pytest.MonkeyPatch
) -> None:
    (rij,) = maken.deliver(maken.request(gegeven, "REF-4"))
    verzoek = Verzoek.objects.get()
    with monkeypatch.context() as streng:
        streng.setattr(antwoorden, "beoordeel", _refuses)
        verzoeken.investigate(verzoek, door=SYSTEEM)
        maken.work()
        rij.refresh_from_db()
        assert rij.antwoord_voor == date(2026, 6, 16)
        verzoeken.refuse(verzoek, reden="2", door=SYSTEEM)
        maken.work()
    rij.refresh_from_db()
    assert rij.beantwoord_op is None
    assert {a.staat for a in _told() if a.soort == "WMO319"} == {Staat.TEGENGEHOUDEN}
    antwoorden.answer(maken.GEMEENTE, [verzoek.pk])
    rij.refresh_from_db()
    assert rij.beantwoord_op is not None


def _refuses(inhoud: Inhoud, **_: object) -> Oordeel:
    fout = Fout("TR063", 3, "9063", "/Bericht/Antwoord", "Zo mag het niet.")
    return Oordeel("afgekeurd", inhoud.soort, [fout], inhoud)
