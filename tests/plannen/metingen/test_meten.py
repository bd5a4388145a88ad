"""Measuring: what holds together, what stays, and what changed in words."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override

from samenloop.core import gemeentegrens, klok
from samenloop.core.fouten import Achterhaald
from samenloop.personen.models import Persoon
from samenloop.plannen.metingen import instrumenten, meten, tekening, verloop
from samenloop.plannen.metingen.instrumenten import Gebied, Trede
from samenloop.plannen.metingen.meten import NietTeMeten, Oordeel
from samenloop.plannen.metingen.models import Meetinstrument, Meetscore, Meting
from samenloop.plannen.metingen.verloop import Verloop
from samenloop.plannen.models import Dossier
from tests.access.accounts import actor
from tests.personen.maken import person
from tests.plannen.maken import dossier, municipality
from tests.plannen.metingen.maken import EERST, LAATST, measured, standard

pytestmark = pytest.mark.django_db


def test_the_standard_is_there_once_with_its_domains_and_levels() -> None:
    instrumenten.load_standard()
    zrm = instrumenten.whole(Meetinstrument.objects.get(code=instrumenten.STANDAARD))
    assert zrm.gemeente is None
    assert zrm.domeinen.count() == 13
    assert zrm.niveaus.filter(domein=None).count() == 5
    for domein in zrm.domeinen.all():
        assert [each.niveau for each in domein.niveaus.all()] == [1, 2, 3, 4, 5]
        assert all(each.omschrijving for each in domein.niveaus.all())


def course(van: Dossier) -> Verloop:
    """The course of whom the dossier is about."""
    gevonden = verloop.course(van, van.betrokkene, instrumenten.whole(standard()))
    assert gevonden is not None
    return gevonden


def test_the_course_is_told_as_one_would_say_it() -> None:
    van = dossier()
    measured(van, EERST, op=date(2026, 3, 24))
    with override("nl"):
        assert course(van).zin == (
            "Dit is de eerste meting van Marieke; er staat nog niets naast."
        )
    measured(van, EERST | {"huisvesting": 3, "huishouden": 4}, op=date(2026, 5, 12))
    measured(van, LAATST, op=date(2026, 6, 8))
    met = course(van)
    with override("nl"):
        assert met.zin == (
            "Op vijf van de dertien gebieden ging Marieke één stap vooruit, nergens "
            "achteruit. Geestelijke gezondheid en meedoen bleven op 3."
        )
    rij = next(each for each in met.rijen if each.domein.code == "huisvesting")
    assert (rij.scores, rij.verschil, rij.in_woorden) == ([2, 3, 3], 1, "+ 1")


@pytest.mark.parametrize(
    ("eerst", "laatst", "zin"),
    [
        (
            {"financien": 4, "werk": 2},
            {"financien": 2, "werk": 4},
            "Op één van de twee gebieden ging Marieke een of meer stappen vooruit, op "
            "één achteruit: financiën.",
        ),
        (
            {"financien": 4, "werk": 4},
            {"financien": 3, "werk": 4},
            "Op één van de twee gebieden ging Marieke één stap achteruit: financiën. "
            "Nergens vooruit.",
        ),
        ({"werk": 4}, {"werk": 4}, "Op alle één gebieden bleef Marieke gelijk."),
        (
            {"werk": 4},
            {"financien": 4},
            "Geen gebied is beide keren gevraagd; er valt niets te vergelijken.",
        ),
    ],
)
def test_back_and_not_asked_are_told_as_well(
    eerst: dict[str, int], laatst: dict[str, int], zin: str
) -> None:
    van = dossier()
    measured(van, eerst, op=date(2026, 3, 24))
    measured(van, laatst, op=date(2026, 6, 8))
    with override("nl"):
        assert course(van).zin == zin


def test_many_measurements_show_the_first_and_the_last_ones() -> None:
    van = dossier()
    for dag in range(1, 8):
        measured(van, {"werk": 1 + dag // 2}, op=date(2026, 3, dag))
    assert [each.op.day for each in course(van).metingen] == [1, 5, 6, 7]


def test_the_drawing_goes_from_open_to_filled_and_says_nothing_by_itself() -> None:
    van = dossier()
    measured(van, {"werk": 2, "geest": 3, "tijd": 4}, op=date(2026, 3, 24))
    measured(van, {"werk": 4, "geest": 3, "netwerk": 1}, op=date(2026, 6, 8))
    rijen = {rij.domein.code: str(tekening.row(rij, 5)) for rij in course(van).rijen}
    assert 'class="r1 sl-l" d="M68 12H172"' in rijen["werk"]
    assert "sl-m4" in rijen["geest"]
    assert "sl-m3" in rijen["netwerk"]
    assert "sl-m1" in rijen["tijd"]
    assert all('aria-hidden="true"' in teken for teken in rijen.values())
    assert all("style" not in teken for teken in rijen.values())


def test_a_measurement_is_never_changed_but_corrected_by_another() -> None:
    van = dossier()
    fout = measured(van, {"werk": 1})
    for tabel, velden in ((Meting, {"met_wie": "x"}), (Meetscore, {"niveau": 5})):
        with pytest.raises(DatabaseError), transaction.atomic():
            tabel.objects.update(**velden)
    goed = measured(van, {"werk": 4}, corrigeert=fout)
    assert verloop.standing(van, van.betrokkene_id, standard().pk) == [goed]
    assert Meting.objects.count() == 2, "both stay on record"
    with pytest.raises(Achterhaald):
        measured(van, {"werk": 3}, corrigeert=fout)


def test_what_does_not_hold_together_is_refused() -> None:
    van, elders = dossier(), dossier("Elders")
    zrm = standard()
    werk = zrm.domeinen.get(code="werk").pk
    eigen = instrumenten.publish(
        municipality("GM0005").pk, "Ladder", uitleg="",
        treden=[Trede(1, "laag"), Trede(2, "hoog")], gebieden=[Gebied("Meedoen")],
        door=None,
    )  # fmt: skip
    goed = {werk: Oordeel(3)}
    vreemd = {eigen.domeinen.get().pk: Oordeel(1)}
    morgen = klok.today() + timedelta(days=1)
    for instrument, wie, oordelen, op in (
        (zrm, van.betrokkene_id, {}, klok.today()),
        (zrm, van.betrokkene_id, goed, morgen),
        (zrm, elders.betrokkene_id, goed, klok.today()),
        (zrm, person("Mulder").pk, goed, klok.today()),
        (zrm, van.betrokkene_id, {werk: Oordeel(6)}, klok.today()),
        (zrm, van.betrokkene_id, vreemd, klok.today()),
        (eigen, van.betrokkene_id, vreemd, klok.today()),
    ):
        with pytest.raises(NietTeMeten):
            meten.measure(van, wie, instrument, oordelen, op=op, door=actor())
    assert not Meting.objects.exists()
    kind = Persoon.objects.get(gezinsleden__gezin=van.gezin_id, gezinsleden__rol="kind")
    meten.measure(van, kind.pk, zrm, goed, op=klok.today(), door=actor())


def test_a_correction_is_of_the_same_person_and_says_why() -> None:
    van = dossier()
    fout = measured(van, {"werk": 1})
    kind = Persoon.objects.get(gezinsleden__gezin=van.gezin_id, gezinsleden__rol="kind")
    werk = standard().domeinen.get(code="werk").pk
    for wie, reden in ((kind.pk, "ander kind"), (van.betrokkene_id, "")):
        with pytest.raises(NietTeMeten):
            meten.measure(
                van, wie, standard(), {werk: Oordeel(2)}, op=klok.today(),
                door=actor(), corrigeert=fout, reden=reden,
            )  # fmt: skip


def test_a_municipality_adds_versions_and_old_scores_keep_their_words() -> None:
    van = dossier()

    def version(naam: str, vorige: Meetinstrument | None = None) -> Meetinstrument:
        return instrumenten.publish(
            van.gemeente_id, naam, uitleg="", vorige=vorige, door=1,
            treden=[Trede(1, "laag"), Trede(2, "midden"), Trede(3, "hoog")],
            gebieden=[Gebied("Meedoen"), Gebied("Thuis")],
        )  # fmt: skip

    een = version("Ladder")
    meting = measured(van, {"1-meedoen": 2}, instrument=een)
    twee = version("Ladder", een)
    een.refresh_from_db()
    assert (een.actief, twee.actief, twee.versie) == (False, True, 2)
    assert meting.instrument == een
    assert version("Ladder").code != een.code, "another instrument of the same name"
    bruikbaar = instrumenten.usable(van.gemeente_id)
    assert bruikbaar[0].code == "zrm-2017", "the national one comes first"
    assert twee in bruikbaar
    assert twee not in instrumenten.usable("GM0005")
    with pytest.raises(ValueError, match="of others"):
        instrumenten.publish(
            "GM0005", "Ladder", uitleg="", treden=[], gebieden=[], door=1, vorige=een
        )


def test_measurements_stay_within_their_municipality() -> None:
    measured(dossier(gemeente="GM0005"), {"werk": 3})
    with gemeentegrens.within("GM1651"):
        assert not Meting.objects.exists()
        assert not Meetscore.objects.exists()
    with gemeentegrens.within("GM0005"):
        assert Meetscore.objects.count() == 1
