"""A provider that speaks the standard lives beside us: both sides must agree.

Every message of theirs is answered once and in time, and what they hold of allocations
and deliveries is what we hold.
"""

from datetime import date
from pathlib import Path

import pytest

from samenloop.berichten.aanbieder import Aanbieders, Gedrag, MapPost
from samenloop.berichten.verkeer import rondgaan
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.staten import Staat
from samenloop.core import gebeurtenissen
from samenloop.demo import berichtenjaar
from samenloop.voorzieningen.declaraties.models import Prestatie
from samenloop.voorzieningen.toewijzen.models import Toewijzing, Zorglevering
from samenloop.voorzieningen.toewijzen.toewijzen import VASTGESTELD
from tests.berichten.verkeer import maken
from tests.personen.maken import municipality, reserved_bsns
from tests.voorzieningen.maken import aanbieder, contract, contractproduct, toewijzing

pytestmark = pytest.mark.django_db
VAN, TOT = date(2026, 1, 5), date(2026, 4, 10)
CLIENTEN = 12


def test_months_of_conversation_end_with_both_sides_agreeing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rondgaan, "base_folder", lambda: tmp_path)
    gezien: list[Aanbieders] = []

    def partner(post: MapPost, **velden: object) -> Aanbieders:
        velden["gedrag"] = Gedrag(fout=0.1, laat=0.1, dubbel=0.2, tijdelijk=0.2)
        gezien.append(Aanbieders(post, **velden))  # type: ignore[arg-type]
        return gezien[0]

    monkeypatch.setattr(berichtenjaar, "Aanbieders", partner)
    gemeente = municipality(maken.GEMEENTE, "Groningen")
    contractproduct(contract(aanbieder(), maken.GEMEENTE))
    bsns = reserved_bsns(CLIENTEN)

    def werkdag(code: str, dag: date) -> None:
        if bsns and dag.weekday() in (0, 2):
            nieuw = toewijzing(
                maken.client(bsns.pop().cijfers),
                gemeente=gemeente,
                ingang=dag,
                eind=date(2026, 3, 13),
                toegewezen_op=maken.at(dag.isoformat()),
            )
            gebeurtenissen.record(VASTGESTELD, onderwerp=nieuw.pk, gemeente=code)

    aantal = berichtenjaar.live(maken.GEMEENTE, VAN, TOT, werkdag)
    assert aantal > CLIENTEN * 6
    (hun_kant,) = gezien
    assert hun_kant.bevindingen(TOT) == []
    onbeantwoord = Ketenbericht.objects.filter(
        richting="in", staat__in=[Staat.VERWERKT, Staat.AFGEKEURD], beantwoord_op=None
    )
    assert (
        not onbeantwoord.exclude(soort__endswith="315")
        .exclude(soort__endswith="317")
        .exists()
    )
    (hen,) = hun_kant.wie.values()
    van_ons = {t.nummer for t in Toewijzing.objects.all()}
    assert {t.nummer for t in hen.stand.alle_toewijzingen} == van_ons
    gestart = {
        (lev.toewijzing.nummer, lev.begin)
        for lev in Zorglevering.objects.filter(vervallen_op=None).select_related(
            "toewijzing"
        )
        if lev.toewijzing
    }
    bij_hen = {
        (regie.nummer, regie.begin)
        for rijen in hen.stand.alle_regie.values()
        for regie in rijen
        if not regie.stop
    }
    assert gestart == bij_hen
    toegekend = set(
        Prestatie.objects.filter(oordeel="toegekend").values_list(
            "referentie", flat=True
        )
    )
    assert {p.referentie for p in hen.stand.alle_prestaties} == toegekend
