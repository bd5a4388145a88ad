"""From file to signals: nothing lost, nothing twice, nothing by itself."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.access.besluiten import GeenToegang
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, gemeentegrens, klok
from samenloop.core.models import Gebeurtenis
from samenloop.signalen.bestand import (
    aanbieden,
    opbergen,
    opruimen,
    opvallend,
    verwerken,
)
from samenloop.signalen.bestand.models import Invoerbestand, Invoerregel
from samenloop.signalen.bestand.staten import OnmogelijkeStap, Staat, Stap
from samenloop.signalen.models import Kanaal, Signaal
from tests.access.accounts import actor
from tests.koppelingen.maken import organisatie
from tests.personen import maken as personen
from tests.signalen.bestand import maken

pytestmark = pytest.mark.django_db
REDEN = "Gebeld: het is de eerste levering van een nieuwe bron."


def _counts(bestand: Invoerbestand) -> tuple[int, int, int, int]:
    return bestand.nieuw, bestand.dubbel, bestand.fout, bestand.verwerkt


def test_checking_registers_nothing() -> None:
    bestand = maken.checked([maken.row(1), maken.row(2)])
    assert bestand.staat == Staat.GEKEURD
    assert _counts(bestand) == (2, 0, 0, 0)
    assert not Signaal.objects.exists()


def test_file_becomes_signals_with_what_the_rows_said() -> None:
    persoon = personen.person("De Boer")
    personen.give_bsn(persoon)
    rijen = [maken.row(1, BSN=personen.BSN.cijfers), maken.row(2)]
    bestand = maken.go_on(maken.checked(rijen))
    assert bestand.staat == Staat.KLAAR
    assert _counts(bestand) == (0, 0, 0, 2)
    een, twee = Signaal.objects.order_by("kenmerk_melder")
    assert een.betrokkenen.get().persoon == persoon
    assert een.betrokkenen.get().omschrijving == ""
    assert twee.betrokkenen.get().omschrijving == "Gezin 2, Dorpsstraat 2"
    assert {een.kanaal, twee.kanaal} == {Kanaal.BESTAND}
    assert een.inhoud == "Bedrag: € 900"
    assert een.aanleiding == "Huurachterstand"


def test_person_whose_number_nobody_has_is_kept_in_words() -> None:
    maken.go_on(maken.checked([maken.row(1, BSN=personen.ANDER_BSN.cijfers)]))
    assert Signaal.objects.get().betrokkenen.get().omschrijving.startswith("Gezin 1")


def test_check_counts_persons_that_are_known_here_only() -> None:
    persoon = personen.person("De Boer")
    personen.give_bsn(persoon)
    persoon.gemeenten = ["GM1651"]
    persoon.save()
    rijen = [
        maken.row(1, BSN=personen.BSN.cijfers),
        maken.row(2, BSN=personen.ANDER_BSN.cijfers),
        maken.row(3),
    ]
    bestand = maken.checked(rijen)
    assert (bestand.bekend, bestand.onbekend, bestand.zonder_bsn) == (1, 1, 1)
    persoon.gemeenten = ["GM0005"]
    persoon.save()
    elders = maken.checked(rijen)
    assert (elders.bekend, elders.onbekend) == (0, 2)


def test_double_in_the_file_and_double_of_earlier_are_not_registered_again() -> None:
    maken.go_on(maken.checked([maken.row(1)]))
    bestand = maken.checked([maken.row(1), maken.row(2), maken.row(2)])
    assert _counts(bestand) == (1, 2, 0, 0)
    bestand = maken.go_on(bestand)
    assert _counts(bestand) == (0, 2, 0, 1)
    assert Signaal.objects.count() == 2


def test_same_reference_of_another_organisation_is_no_double() -> None:
    maken.go_on(maken.checked([maken.row(1)], van=organisatie("Een")))
    bestand = maken.checked([maken.row(1)], van=organisatie("Twee"))
    assert _counts(bestand) == (1, 0, 0, 0)


def test_signal_that_came_in_after_the_check_is_a_double() -> None:
    bestand = maken.checked([maken.row(1), maken.row(2)])
    maken.go_on(maken.checked([maken.row(1)]))
    bestand = maken.go_on(bestand)
    assert _counts(bestand) == (0, 1, 0, 1)
    assert Signaal.objects.count() == 2


def test_faulty_rows_say_where_and_what_and_can_be_corrected() -> None:
    bestand = maken.checked([maken.row(1), maken.row(2, BSN="123"), ["HA-3", ""]])
    assert _counts(bestand) == (1, 0, 2, 0)
    fout = bestand.regels.filter(staat="fout").order_by("nummer")
    assert [(each.nummer, each.fouten) for each in fout] == [
        (3, [{"code": "bsn", "kolom": "BSN"}]),
        (4, [{"code": "kolommen", "kolom": ""}]),
    ]
    bestand = maken.go_on(bestand)
    assert bestand.foute_rijen is not None
    terug = opbergen.take_out(bestand.foute_rijen).decode("utf-8-sig")
    kop, een, twee, _leeg = terug.split("\r\n")
    assert kop.startswith("regel;wat er niet klopt;wat u kunt doen;Kenmerk")
    assert een.startswith("3;BSN: Dit is geen burgerservicenummer (BSN).;")
    assert een.endswith("HA-2;123;Gezin 2;Dorpsstraat 2;€ 900")
    assert twee.startswith("4;")


_cel = st.sampled_from(["", "HA-1", "HA-2", "999990019", "123", "Jan", "x" * 90])
_rij = st.lists(_cel, min_size=1, max_size=6).filter(any)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rijen=st.lists(_rij, min_size=1, max_size=8))
def test_no_row_is_lost_whatever_is_offered(rijen: list[list[str]]) -> None:
    with transaction.atomic():
        van = organisatie()
        bestand = maken.checked(rijen, van=van)
        assert bestand.nieuw + bestand.dubbel + bestand.fout == len(rijen)
        assert bestand.regels.count() == bestand.aantal == len(rijen)
        stap = Stap.BEVESTIGEN if bestand.staat == Staat.WACHT else Stap.VERWERKEN
        bestand = maken.go_on(bestand, stap, REDEN)
        assert bestand.verwerkt + bestand.dubbel + bestand.fout == len(rijen)
        assert Signaal.objects.filter(organisatie=van).count() == bestand.verwerkt
        transaction.set_rollback(True)


def test_portions_leave_room_for_others_and_finish(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verwerken, "PORTIE", 3)
    bestand = maken.checked([maken.row(nummer) for nummer in range(8)])
    maken.go_on(bestand, door=False)
    verwerken.work(bestand.pk)
    bestand.refresh_from_db()
    assert _counts(bestand) == (5, 0, 0, 3)
    gebeurtenissen.handle_pending()
    bestand.refresh_from_db()
    assert (bestand.staat, bestand.verwerkt) == (Staat.KLAAR, 8)


def test_content_is_fetched_once_and_not_written_again_with_each_portion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verwerken, "PORTIE", 3)
    bestand = maken.checked([maken.row(nummer) for nummer in range(8)])
    with CaptureQueriesContext(connection) as eerste:
        maken.go_on(bestand, door=False)
        verwerken.work(bestand.pk)
    with CaptureQueriesContext(connection) as tweede:
        verwerken.work(bestand.pk)
    # The one other is the test itself, that looks how the file stands.
    assert _with_content(eerste) == ["SELECT", "SELECT"]
    assert _with_content(tweede) == []


def _with_content(gevraagd: CaptureQueriesContext) -> list[str]:
    # A statement that was prepared before has no text of its own.
    sqls = [each["sql"] or "" for each in gevraagd.captured_queries]
    return [sql.partition(" ")[0] for sql in sqls if '"inhoud"' in sql
            and "signaalbestand_invoerbestand" in sql]  # fmt: skip


def test_stopped_file_stays_where_it_is_and_goes_on_without_doubles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verwerken, "PORTIE", 3)
    bestand = maken.checked([maken.row(nummer) for nummer in range(8)])
    maken.go_on(bestand, door=False)
    verwerken.work(bestand.pk)
    maken.go_on(bestand, Stap.STOPPEN)
    assert (bestand.staat, Signaal.objects.count()) == (Staat.GESTOPT, 3)
    maken.go_on(bestand, Stap.HERVATTEN)
    assert (bestand.staat, Signaal.objects.count()) == (Staat.KLAAR, 8)


def test_portion_that_fails_leaves_nothing_half(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bestand = maken.checked([maken.row(nummer) for nummer in range(3)])
    maken.go_on(bestand, door=False)
    echt = verwerken.ontvangst.receive_all

    def fail(*args: Any, **kwargs: Any) -> Any:
        echt(*args, **kwargs)
        raise MemoryError

    with monkeypatch.context() as tijdelijk:
        tijdelijk.setattr(verwerken.ontvangst, "receive_all", fail)
        with pytest.raises(MemoryError):
            verwerken.work(bestand.pk)
    assert not Signaal.objects.exists()
    gebeurtenissen.handle_pending()
    bestand.refresh_from_db()
    assert (bestand.staat, bestand.verwerkt) == (Staat.KLAAR, 3)


def test_row_that_the_database_refuses_takes_none_of_its_neighbours_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bestand = maken.checked([maken.row(nummer) for nummer in range(5)])
    echt = verwerken.ontvangst.fingerprint
    monkeypatch.setattr(
        verwerken.ontvangst,
        "fingerprint",
        lambda invoer: "te lang" * 20 if invoer.kenmerk_melder == "HA-2"
        else echt(invoer),
    )  # fmt: skip
    bestand = maken.go_on(bestand)
    assert _counts(bestand) == (0, 0, 1, 4)
    assert bestand.regels.get(staat="fout").fouten == [
        {"code": "ontvangst", "kolom": ""}
    ]
    gemaakt = Signaal.objects.order_by("kenmerk_melder")
    assert [each.kenmerk_melder for each in gemaakt] == [
        f"HA-{nummer}" for nummer in (0, 1, 3, 4)
    ]
    assert all(each.betrokkenen.count() == 1 for each in gemaakt)
    assert Gebeurtenis.objects.filter(soort="signaal-ontvangen").count() == 4


def test_larger_portion_takes_no_more_statements() -> None:
    def taken(van: int, tot: int) -> int:
        bestand = maken.checked([maken.row(nummer) for nummer in range(van, tot)])
        stap = Stap.BEVESTIGEN if bestand.staat == Staat.WACHT else Stap.VERWERKEN
        maken.go_on(bestand, stap, REDEN, door=False)
        with CaptureQueriesContext(connection) as gevraagd:
            verwerken.work(bestand.pk)
        assert Signaal.objects.filter(kenmerk_melder=f"HA-{tot - 1}").exists()
        return len(gevraagd)

    taken(0, 2)  # what is kept for a while is fetched
    assert taken(2, 4) == taken(4, 40)


def test_content_is_unreadable_at_rest_and_gone_after_reading_in() -> None:
    bestand = maken.checked([maken.row(1), maken.row(2, BSN="123")])
    assert bestand.inhoud is not None
    assert b"Gezin" not in bytes(bestand.inhoud)
    maken.go_on(bestand)
    assert bestand.inhoud is None
    assert b"Gezin" not in bytes(bestand.foute_rijen or b"")
    assert "Gezin" not in str(list(bestand.regels.values()))


def test_remarkable_file_waits_for_a_reason() -> None:
    rijen = [maken.row(nummer, BSN="123" if nummer < 3 else "") for nummer in range(20)]
    bestand = maken.checked(rijen)
    assert bestand.staat == Staat.WACHT
    assert bestand.opvallend == [opvallend.Reden.FOUT]
    with pytest.raises(OnmogelijkeStap):
        maken.go_on(bestand, Stap.VERWERKEN)
    with pytest.raises(aanbieden.RedenOntbreekt):
        maken.go_on(bestand, Stap.BEVESTIGEN, "ok")
    maken.go_on(bestand, Stap.BEVESTIGEN, REDEN)
    assert (bestand.staat, bestand.bevestigd_reden) == (Staat.KLAAR, REDEN)


@pytest.mark.parametrize(
    ("telling", "eerder", "zelfde", "redenen"),
    [
        (opvallend.Telling(100, 100, 0, 0, 0, 0), [], False, ()),
        (opvallend.Telling(3000, 2000, 0, 0, 0, 0), [], False, ()),
        (opvallend.Telling(3000, 2001, 0, 0, 0, 0), [], False, (opvallend.Reden.VEEL,)),
        (opvallend.Telling(100, 100, 0, 0, 0, 0), [50, 50], False, ()),
        (
            opvallend.Telling(101, 101, 0, 0, 0, 0), [50, 50], False,
            (opvallend.Reden.MEER_DAN_GEWOON,),
        ),
        (opvallend.Telling(100, 95, 0, 5, 0, 0), [], False, ()),
        (opvallend.Telling(100, 94, 0, 6, 0, 0), [], False, (opvallend.Reden.FOUT,)),
        (opvallend.Telling(100, 50, 50, 0, 0, 0), [], False, ()),
        (opvallend.Telling(100, 49, 51, 0, 0, 0), [], False, (opvallend.Reden.DUBBEL,)),
        (opvallend.Telling(19, 0, 10, 9, 0, 0), [], False, ()),
        (opvallend.Telling(5, 5, 0, 0, 0, 0), [], True, (opvallend.Reden.ZELFDE,)),
        (
            opvallend.Telling(40, 40, 0, 0, 40, 21), [], False,
            (opvallend.Reden.ONBEKEND,),
        ),
        (opvallend.Telling(40, 40, 0, 0, 40, 20), [], False, ()),
    ],
)  # fmt: skip
def test_thresholds_have_their_neighbours(
    telling: opvallend.Telling,
    eerder: list[int],
    zelfde: bool,
    redenen: tuple[opvallend.Reden, ...],
) -> None:
    assert opvallend.reasons(telling, eerder=eerder, zelfde=zelfde) == redenen


def test_very_same_file_is_remarkable() -> None:
    maken.go_on(maken.checked([maken.row(1)]))
    assert maken.checked([maken.row(1)]).opvallend == [opvallend.Reden.ZELFDE]


def test_columns_are_remembered_per_organisation() -> None:
    een, twee = organisatie("Een"), organisatie("Twee")
    wie = maken.backoffice()
    bestand = maken.offered([maken.row(1)], wie=wie, van=een)
    anders = ["kenmerk", "", "naam", "adres", "verzoek"]
    aanbieden.arrange(wie, bestand, anders, "Achterstand bij de corporatie")
    weer = maken.offered([maken.row(2)], wie=wie, van=een)
    assert aanbieden.proposal(weer) == (anders, "Achterstand bij de corporatie")
    assert aanbieden.proposal(maken.offered([maken.row(2)], van=twee))[0] != anders


def test_choosing_other_columns_checks_again() -> None:
    bestand = maken.checked([maken.row(1, BSN="123")])
    assert _counts(bestand) == (0, 0, 1, 0)
    maken.go_on(bestand, Stap.INDELEN)
    wie = maken.backoffice()
    aanbieden.arrange(wie, bestand, ["kenmerk", "", "naam", "adres", "inhoud"], "x")
    gebeurtenissen.handle_pending()
    bestand.refresh_from_db()
    assert _counts(bestand) == (1, 0, 0, 0)
    assert bestand.regels.count() == 1


def test_file_that_was_put_away_leaves_no_content_and_cannot_go_on() -> None:
    bestand = maken.go_on(maken.checked([maken.row(1)]), Stap.AFBREKEN)
    assert (bestand.staat, bestand.inhoud) == (Staat.AFGEBROKEN, None)
    with pytest.raises(OnmogelijkeStap):
        maken.go_on(bestand, Stap.VERWERKEN)
    assert not Signaal.objects.exists()


def test_after_two_weeks_rows_and_contents_are_forgotten() -> None:
    klaar = maken.go_on(maken.checked([maken.row(1), maken.row(2, BSN="123")]))
    stil = maken.checked([maken.row(3)])
    with time_machine.travel(klok.now() + opruimen.BEWAARD - timedelta(hours=1)):
        assert opruimen.forget() == 0
    with time_machine.travel(klok.now() + opruimen.BEWAARD + timedelta(hours=1)):
        assert opruimen.forget() == 2
    klaar.refresh_from_db()
    stil.refresh_from_db()
    assert (klaar.verwerkt, klaar.fout, klaar.foute_rijen) == (1, 1, None)
    assert (stil.staat, stil.inhoud) == (Staat.AFGEBROKEN, None)
    assert not Invoerregel.objects.exists()
    assert Signaal.objects.count() == 1


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol is not Rol.BACKOFFICE])
def test_only_the_back_office_reads_in(rol: Rol) -> None:
    bestand = maken.checked([maken.row(1)])
    wie = actor(rol)
    for doe in (
        lambda: maken.offered([maken.row(2)], wie=wie),
        lambda: aanbieden.take(wie, bestand.pk, Stap.VERWERKEN),
        lambda: aanbieden.visible_to(wie),
    ):
        with pytest.raises(GeenToegang):
            doe()


def test_file_of_another_municipality_does_not_exist() -> None:
    bestand = maken.checked([maken.row(1)])
    buur = maken.backoffice("GM0005")
    assert not aanbieden.visible_to(buur).exists()
    with pytest.raises(Invoerbestand.DoesNotExist):
        aanbieden.take(buur, bestand.pk, Stap.VERWERKEN)
    with gemeentegrens.within("GM0005"):
        assert not Invoerbestand.objects.exists()
        assert not Invoerregel.objects.exists()
    with gemeentegrens.within("GM1651"):
        assert Invoerregel.objects.count() == 1


@pytest.mark.parametrize(
    "fout",
    [
        "UPDATE signaalbestand_invoerbestand SET nieuw = nieuw - 1",
        "UPDATE signaalbestand_invoerbestand SET staat = 'klaar', klaar_op = now()",
        "UPDATE signaalbestand_invoerbestand SET inhoud = NULL",
        "UPDATE signaalbestand_invoerregel SET staat = 'fout'",
    ],
)
def test_database_refuses_a_file_that_does_not_add_up(fout: str) -> None:
    maken.checked([maken.row(1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(fout)


def test_every_step_of_a_person_is_in_the_log() -> None:
    bestand = maken.go_on(maken.checked([maken.row(1)]))
    regels = Auditregel.objects.filter(onderwerp=f"signaalbestand:{bestand.pk}")
    assert [each.actor_soort for each in regels] == ["medewerker"] * 3
