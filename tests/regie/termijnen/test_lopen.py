"""A term on a case: once per subject, counted anew from the facts, told as it went."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils.translation import override

from samenloop.access import logboek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.fouten import (
    DagKanNiet,
    GrondKanNiet,
    IsAlKlaar,
    LooptAl,
    OnbekendeTermijn,
    VerlengenKanNiet,
    ZonderEinde,
)
from samenloop.regie.termijnen.models import (
    Opschortgrond,
    Staat,
    Termijn,
    Termijngebeurtenis,
)
from samenloop.regie.termijnen.stand import standing
from tests.access.accounts import account, actor
from tests.plannen.maken import takes_part
from tests.regie.maken import casus as maak_casus
from tests.regie.termijnen.maken import DINSDAG, Opstelling, day, noon, setting

pytestmark = pytest.mark.django_db
AANVULLING = Opschortgrond.AANVULLING


@pytest.fixture
def op() -> Iterator[Opstelling]:
    with time_machine.travel(DINSDAG, tick=False):
        yield setting()


def happened(termijn: Termijn) -> list[str]:
    return [each.soort for each in termijn.gebeurtenissen.all()]


def test_term_runs_from_its_event_and_ends_by_law(op: Opstelling) -> None:
    termijn = op.start("WMO-ONDERZOEK", "2026-03-02")
    assert (termijn.uiterlijk, termijn.staat) == (day("2026-04-13"), Staat.LOOPT)
    assert happened(termijn) == ["gestart"]
    regels = logboek.looks_at(op.casus.betrokkene_id, DINSDAG - timedelta(days=1))
    assert any(regel.onderwerp == f"casus:{op.casus.pk}" for regel in regels)


def test_one_open_term_of_a_kind_per_subject(op: Opstelling) -> None:
    eerste = op.start("HERINDICATIE", uiterlijk=day("2026-09-01"), onderwerp=op.team.pk)
    with pytest.raises(LooptAl):
        op.start("HERINDICATIE", uiterlijk=day("2026-10-01"), onderwerp=op.team.pk)
    # Another subject, another kind and another case are no hindrance.
    op.start("HERINDICATIE", uiterlijk=day("2026-10-01"), onderwerp=op.casus.pk)
    op.start("HERINDICATIE", uiterlijk=day("2026-10-01"))
    with pytest.raises(LooptAl):
        op.start("HERINDICATIE", uiterlijk=day("2026-10-01"))
    ander = maak_casus(op.regisseur, naam="Bakker")
    op.start("HERINDICATIE", uiterlijk=day("2026-10-01"), casus=ander)
    lopen.stop(eerste, klok.today(), op.door)
    op.start("HERINDICATIE", uiterlijk=day("2026-11-01"), onderwerp=op.team.pk)


def test_kind_without_a_number_needs_a_last_day(op: Opstelling) -> None:
    with pytest.raises(ZonderEinde):
        op.start("WMO-ONTVANGST")
    termijn = op.start("WMO-ONTVANGST", uiterlijk=day("2026-03-11"))
    assert termijn.uiterlijk == day("2026-03-11")
    with pytest.raises(DagKanNiet):
        op.start("AFSPRAAK", uiterlijk=day("2026-03-09"))
    with pytest.raises(OnbekendeTermijn):
        op.start("BESTAAT-NIET")


def test_hours_run_from_the_moment(op: Opstelling) -> None:
    termijn = op.start("WMO-SPOED-NORM", begin_om=noon("2026-03-06"))
    assert termijn.uiterlijk_om == noon("2026-03-08")
    assert termijn.uiterlijk == day("2026-03-08")


def test_it_stands_still_and_runs_again(op: Opstelling) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    assert termijn.uiterlijk == day("2026-03-16")
    stil = lopen.suspend(
        termijn, grond=AANVULLING, van=day("2026-03-11"), reden="polis", door=op.door
    )
    assert (stil.staat, stil.stil_sinds) == (Staat.STIL, day("2026-03-11"))
    with time_machine.travel(noon("2026-03-20"), tick=False):
        weer = lopen.resume(termijn, op=day("2026-03-20"), door=op.door)
    assert (weer.staat, weer.stil_sinds) == (Staat.LOOPT, None)
    # Nine days longer; the 25th is a Wednesday.
    assert weer.uiterlijk == day("2026-03-25")
    assert happened(weer) == ["gestart", "opgeschort", "hervat"]


def test_two_grounds_at_once_count_once(op: Opstelling) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    for grond in (AANVULLING, Opschortgrond.OVERMACHT):
        lopen.suspend(
            termijn,
            grond=grond,
            van=day("2026-03-05"),
            tot=day("2026-03-09"),
            door=op.door,
        )
    termijn.refresh_from_db()
    assert termijn.staat == Staat.LOOPT
    assert termijn.uiterlijk == day("2026-03-20")


@pytest.mark.parametrize(
    ("grond", "van", "tot", "fout"),
    [
        (Opschortgrond.VERZUIM, "2026-03-10", None, GrondKanNiet),
        (AANVULLING, "2026-03-02", None, DagKanNiet),  # the day of the event
        (AANVULLING, "2026-03-12", None, DagKanNiet),  # later than tomorrow
        (AANVULLING, "2026-03-05", "2026-03-05", DagKanNiet),
        (AANVULLING, "2026-03-03", None, None),
        (AANVULLING, "2026-03-11", None, None),
    ],
)
def test_when_and_why_it_can_stand_still(
    op: Opstelling, grond: Opschortgrond, van: str, tot: str | None, fout: type | None
) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")

    def suspend() -> Termijn:
        return lopen.suspend(
            termijn,
            grond=grond,
            van=day(van),
            tot=day(tot) if tot else None,
            door=op.door,
        )

    if fout is None:
        assert suspend().staat == Staat.STIL
    else:
        with pytest.raises(fout):
            suspend()
        assert happened(termijn) == ["gestart"]


def test_inquiry_of_the_wmo_cannot_stand_still(op: Opstelling) -> None:
    termijn = op.start("WMO-ONDERZOEK", "2026-03-02")
    for grond in Opschortgrond:
        with pytest.raises(GrondKanNiet):
            lopen.suspend(termijn, grond=grond, van=day("2026-03-10"), door=op.door)


def test_what_has_passed_cannot_stand_still_any_more(op: Opstelling) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-02-16")
    assert termijn.uiterlijk == day("2026-03-02")
    with pytest.raises(DagKanNiet):
        lopen.suspend(termijn, grond=AANVULLING, van=day("2026-03-03"), door=op.door)


def test_law_extends_once(op: Opstelling) -> None:
    termijn = op.start("AWB-BEZWAAR-BESLIS", "2026-02-16")
    assert termijn.uiterlijk == day("2026-03-30")

    def extend(duur: str = "") -> Termijn:
        return lopen.extend(
            termijn, reden="advies", bericht_op=klok.today(), door=op.door, duur=duur
        )

    with pytest.raises(VerlengenKanNiet):
        extend("P7W")
    assert extend().uiterlijk == day("2026-05-11")
    with pytest.raises(VerlengenKanNiet):
        extend()
    zonder = op.start("WMO-ONDERZOEK")
    with pytest.raises(VerlengenKanNiet):
        lopen.extend(zonder, reden="druk", bericht_op=klok.today(), door=op.door)


def test_extension_is_told_before_the_last_day(op: Opstelling) -> None:
    termijn = op.start("AWB-BEZWAAR-BESLIS", "2026-01-19")
    assert termijn.uiterlijk == day("2026-03-02")
    with pytest.raises(DagKanNiet):
        lopen.extend(termijn, reden="advies", bericht_op=klok.today(), door=op.door)
    op_tijd = lopen.extend(
        termijn, reden="advies", bericht_op=day("2026-03-02"), door=op.door
    )
    assert op_tijd.uiterlijk == day("2026-04-13")


def test_agreed_day_moves_as_often_as_agreed(op: Opstelling) -> None:
    termijn = op.start("EVALUATIE-PLAN", uiterlijk=day("2026-03-20"))
    for naar in ("2026-04-01", "2026-05-01"):
        lopen.extend(
            termijn,
            reden="vakantie",
            bericht_op=klok.today(),
            naar=day(naar),
            door=op.door,
        )
    termijn.refresh_from_db()
    assert termijn.uiterlijk == day("2026-05-01")
    with pytest.raises(DagKanNiet):
        lopen.extend(
            termijn,
            reden="terug",
            bericht_op=klok.today(),
            naar=day("2026-04-30"),
            door=op.door,
        )


def test_stopped_term_takes_no_step_any_more(op: Opstelling) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    with pytest.raises(DagKanNiet):
        lopen.stop(termijn, klok.today() + timedelta(days=1), op.door)
    klaar = lopen.stop(termijn, klok.today(), op.door)
    assert (klaar.staat, klaar.beeindigd_op) == (Staat.GEHAALD, klok.today())
    with pytest.raises(IsAlKlaar):
        lopen.stop(termijn, klok.today(), op.door, uitkomst=Staat.VERVALLEN)
    with pytest.raises(IsAlKlaar):
        lopen.suspend(termijn, grond=AANVULLING, van=klok.today(), door=op.door)


def test_correcting_counts_anew_and_keeps_what_was_told(op: Opstelling) -> None:
    termijn = op.start("WMO-ONDERZOEK", "2026-03-09")
    goed = lopen.correct(
        termijn, begin=day("2026-03-02"), reden="eerder gemeld", door=op.door
    )
    assert goed.uiterlijk == day("2026-04-13")
    assert [each.uiterlijk for each in goed.gebeurtenissen.all()] == [
        day("2026-04-20"),
        day("2026-04-13"),
    ]


def test_what_happened_is_never_rewritten(op: Opstelling) -> None:
    termijn = op.start()
    rijen = Termijngebeurtenis.objects.filter(termijn=termijn)
    for poging in (lambda: rijen.update(reden="anders"), rijen.delete):
        with pytest.raises(DatabaseError, match="added to"), transaction.atomic():
            poging()


def test_only_who_has_the_terms_of_this_case(op: Opstelling) -> None:
    collega = account("k.collega", rol=Rol.REGISSEUR)
    helper = account("h.helper", rol=Rol.CONSULENT)
    mag_niet = [
        actor(Rol.REGISSEUR, account=collega),
        op.leider,
        actor(Rol.REGISSEUR, account=op.regisseur, gemeente="GM0014"),
        actor(Rol.BEHEER, account=op.regisseur),
    ]
    for door in mag_niet:
        with pytest.raises(GeenToegang):
            op.start(door=door)
    dossier = op.casus.dossier
    assert dossier is not None
    takes_part(dossier, helper, Deelnemersrol.HULPVERLENER, Deel.PLAN)
    with pytest.raises(GeenToegang):
        op.start(door=actor(Rol.CONSULENT, account=helper))
    takes_part(dossier, helper, Deelnemersrol.HULPVERLENER, Deel.TAKEN)
    assert op.start(door=actor(Rol.CONSULENT, account=helper)).pk


@pytest.mark.parametrize(
    ("op_dag", "woorden", "laat"),
    [
        ("2026-03-10", "nog 7 werkdagen", False),
        ("2026-03-13", "nog 4 werkdagen", False),
        ("2026-03-19", "vandaag is de laatste dag", False),
        ("2026-03-20", "1 dag te laat", True),
        ("2026-03-23", "4 dagen te laat", True),
    ],
)
def test_words_of_a_term_that_runs(
    op: Opstelling, op_dag: str, woorden: str, laat: bool
) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-05")
    with time_machine.travel(noon(op_dag), tick=False), override("nl"):
        stand = standing(termijn)
    assert (stand.woorden, stand.te_laat) == (woorden, laat)


def test_words_of_a_term_of_hours(op: Opstelling) -> None:
    termijn = op.start("WMO-SPOED-NORM", begin_om=noon("2026-03-10"))
    eerder = noon("2026-03-12") - timedelta(hours=3)
    with time_machine.travel(eerder, tick=False), override("nl"):
        assert standing(termijn).woorden == "nog 3 uur en 0 minuten"
    with time_machine.travel(noon("2026-03-12") + timedelta(hours=1), tick=False):
        assert standing(termijn).te_laat
