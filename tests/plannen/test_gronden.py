"""No right outlives its ground: whatever happens in whatever order."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.access.bewaren.families import families
from samenloop.access.logboek.models import Auditregel
from samenloop.access.rollen import Handeling, Rol
from samenloop.core import gebeurtenissen, klok, tijd
from samenloop.core.models import Gebeurtenis
from samenloop.personen import gevolgen
from samenloop.personen.models import Gezag, Persoon, Toestemming
from samenloop.plannen import (
    aflopen,
    beperken,
    deelnemers,
    herzien,
    jobs,
    toegang,
)
from samenloop.plannen.beperken import NietTeBeperken, VerkeerdeHerziening
from samenloop.plannen.gronden import GeenGrond
from samenloop.plannen.models import (
    Aanleiding,
    Beperkgrond,
    Beperking,
    Deel,
    Deelname,
    Deelnemersrol,
    Dossier,
    Herbeoordeling,
    Uitkomst,
)
from tests.access.accounts import account, actor, organisatie
from tests.personen.maken import custody, person
from tests.plannen.maken import dossier, takes_part

pytestmark = pytest.mark.django_db
BART = actor(Rol.REGISSEUR, account=1)
NU = "2026-03-10T10:00:00+01:00"


def consent(
    van: Persoon, categorie: str = "plan", tot: date | None = None
) -> Toestemming:
    """Consent of today, to the municipality of the tests."""
    return Toestemming.objects.create(
        persoon=van, gemeente_id="GM1651", categorie=categorie,
        doel="regie_gezamenlijk_plan", gegeven_op=klok.today(), tot=tot,
        wijze="mondeling", vastgelegd_door="1",
    )  # fmt: skip


def child_of(van: Dossier) -> Persoon:
    """The child in the gezin of a dossier."""
    return Persoon.objects.get(gezinsleden__gezin=van.gezin_id, gezinsleden__rol="kind")


def helper(van: Dossier, *delen: Deel, **velden: Any) -> Deelname:
    """An organisation that helps and sees these parts."""
    return toegang.give(
        van, rol=Deelnemersrol.HULPVERLENER, door=BART, delen=delen,
        organisatie=organisatie().pk, **velden,
    )  # fmt: skip


def sees(deelname: Deelname) -> set[Deel]:
    """What this participation opens now."""
    rij = toegang.running().filter(pk=deelname.pk).first()
    return set(toegang.open_parts(rij)) if rij else set()


def test_withdrawn_consent_shows_first_and_closes_at_once() -> None:
    van = dossier()
    ja, ander = consent(van.betrokkene), consent(van.betrokkene, "schulden")
    rust = helper(van, Deel.PLAN, toestemming=ja.pk)
    los = helper(van, Deel.TAKEN, grond="de familie vroeg het op 3 maart")
    anders = helper(van, Deel.METINGEN, toestemming=ander.pk)
    with override("nl"):
        teksten = [gevolg.tekst for gevolg in gevolgen.of(ja)]
    assert len(teksten) == 2
    assert "het hele plan" in teksten[0]
    assert sees(rust) == {Deel.PLAN}, "showing what would stop stops nothing"
    gevolgen.withdraw(ja, klok.today(), BART)
    assert sees(rust) == set()
    assert sees(los) == {Deel.TAKEN}
    assert sees(anders) == {Deel.METINGEN}
    rust.refresh_from_db()
    assert rust.tot is not None
    assert "toestemming" in rust.reden_einde
    assert Gebeurtenis.objects.filter(
        soort="deelname-beeindigd", onderwerp=rust.pk
    ).exists()
    assert Herbeoordeling.objects.get().aanleiding == Aanleiding.GROND_WEG


def test_withdrawing_that_fails_halfway_does_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    van = dossier()
    ja = consent(van.betrokkene)
    rust = helper(van, Deel.PLAN, toestemming=ja.pk)

    def breaks(_door: object) -> None:
        raise RuntimeError("a room above fails")

    monkeypatch.setattr(
        gevolgen, "_bronnen",
        [*gevolgen._bronnen, lambda _t: [gevolgen.Gevolg("en dit", breaks)]],
    )  # fmt: skip
    with pytest.raises(RuntimeError), transaction.atomic():
        gevolgen.withdraw(ja, klok.today(), BART)
    ja.refresh_from_db()
    assert ja.ingetrokken_op is None
    assert sees(rust) == {Deel.PLAN}


def test_consent_that_runs_out_closes_on_its_own_day_and_is_written_down() -> None:
    with time_machine.travel(NU, tick=False) as klokje:
        van = dossier()
        ja = consent(van.betrokkene, tot=klok.today() + timedelta(days=1))
        rust = helper(van, Deel.PLAN, toestemming=ja.pk)
        klokje.shift(timedelta(days=1))
        assert sees(rust) == {Deel.PLAN}
        klokje.shift(timedelta(days=1))
        assert sees(rust) == set(), "closed before any work at night"
        assert [
            rij.pk for rij in aflopen.end_without_ground(Deelname.objects.all())
        ] == [rust.pk]
        assert not aflopen.end_without_ground(Deelname.objects.all())


def test_nobody_is_let_in_on_a_ground_that_does_not_hold() -> None:
    van, elders = dossier(), dossier("Elders")
    ja = consent(van.betrokkene)
    ja.withdraw(klok.today())
    with pytest.raises(GeenGrond):
        helper(van, Deel.PLAN, toestemming=ja.pk)
    kind = child_of(van)
    with pytest.raises(GeenGrond):
        toegang.give(
            van, rol=Deelnemersrol.GEZIN, door=BART, delen=[Deel.PLAN],
            persoon=elders.betrokkene_id, gezag_over=kind.pk,
        )  # fmt: skip
    assert not Deelname.objects.exists()


def parent_in(van: Dossier, *delen: Deel) -> Deelname:
    """The parent takes part because of gezag over the child."""
    return toegang.give(
        van, rol=Deelnemersrol.GEZIN, door=BART, delen=delen,
        persoon=van.betrokkene_id, gezag_over=child_of(van).pk,
    )  # fmt: skip


def test_who_loses_gezag_is_out_at_once_and_consent_is_put_up() -> None:
    with time_machine.travel(NU, tick=False) as klokje:
        van = dossier()
        kind = child_of(van)
        ouder = parent_in(van, Deel.PLAN)
        gegeven = consent(kind, "jeugdhulp")
        klokje.shift(timedelta(days=30))
        vandaag = klok.today()
        gezag = Gezag.objects.get(minderjarige=kind)
        tijd.correct(gezag, vandaag, geldig=DateRange(gezag.geldig.lower, vandaag))
        assert sees(ouder) == set(), "nothing had to be handled for that"
        custody(kind, person("Mulder"), str(vandaag), soort="voogd")
        gebeurtenissen.handle_pending()
        open_ = Herbeoordeling.objects.filter(afgedaan_op=None)
        assert {(r.aanleiding, r.deelname_id, r.toestemming_id) for r in open_} == {
            (Aanleiding.GEZAG, ouder.pk, None),
            (Aanleiding.GEZAG, None, gegeven.pk),
        }
        assert gegeven.holds(vandaag), "help does not stop because parents part"


def test_gezag_registered_again_asks_nothing() -> None:
    van = dossier()
    kind = child_of(van)
    parent_in(van, Deel.PLAN)
    consent(kind, "jeugdhulp")
    tijd.correct(Gezag.objects.get(minderjarige=kind), klok.today())
    gebeurtenissen.handle_pending()
    assert not Herbeoordeling.objects.exists()


@pytest.mark.parametrize(
    ("dag", "aanleiding", "categorie", "gevraagd"),
    [
        ("2024-02-02", None, "jeugdhulp", False),
        ("2024-02-03", Aanleiding.TWAALF, "jeugdhulp", True),
        ("2024-02-03", Aanleiding.TWAALF, "uitkering", True),
        ("2028-02-03", Aanleiding.ZESTIEN, "jeugdhulp", True),
        ("2030-02-03", Aanleiding.ACHTTIEN, "jeugdhulp", False),
    ],
)
def test_a_birthday_puts_up_what_a_parent_decided(
    dag: str, aanleiding: Aanleiding | None, categorie: str, gevraagd: bool
) -> None:
    with time_machine.travel("2022-06-01T10:00:00+02:00", tick=False) as klokje:
        van = dossier()
        kind = child_of(van)
        ouder = parent_in(van, Deel.PLAN)
        gegeven = consent(kind, categorie)
        klokje.move_to(datetime.fromisoformat(f"{dag}T00:20:00+01:00"))
        jobs.new_day()
        jobs.new_day()
        rijen = list(Herbeoordeling.objects.all())
        if aanleiding is None:
            assert not rijen
        else:
            verwacht: set[tuple[Any, ...]] = {(aanleiding, ouder.pk, None)}
            if gevraagd:
                verwacht.add((aanleiding, None, gegeven.pk))
            assert {
                (r.aanleiding, r.deelname_id, r.toestemming_id) for r in rijen
            } == verwacht
            assert {r.op.isoformat() for r in rijen} == {dag}
        assert gegeven.holds(klok.today())
        # Gezag ends by law at eighteen; before that it is asked, not taken.
        meerderjarig = aanleiding == Aanleiding.ACHTTIEN
        assert sees(ouder) == (set() if meerderjarig else {Deel.PLAN})


def test_a_run_that_was_missed_is_made_up_for() -> None:
    with time_machine.travel("2022-06-01T10:00:00+02:00", tick=False) as klokje:
        van = dossier()
        parent_in(van, Deel.PLAN)
        klokje.move_to(datetime.fromisoformat("2024-02-20T00:20:00+01:00"))
        assert herzien.birthdays(klok.today()) == 1
        assert Herbeoordeling.objects.get().op == date(2024, 2, 3)


def test_what_stops_after_a_birthday_stops_when_it_is_written_down() -> None:
    with time_machine.travel("2022-06-01T10:00:00+02:00", tick=False) as klokje:
        van = dossier()
        ouder = parent_in(van, Deel.PLAN)
        gegeven = consent(child_of(van), "jeugdhulp")
        rust = helper(van, Deel.JOURNAAL, toestemming=gegeven.pk)
        klokje.move_to(datetime.fromisoformat("2024-02-03T08:00:00+01:00"))
        herzien.birthdays(klok.today())
        over = {rij.deelname_id: rij for rij in Herbeoordeling.objects.all()}
        with pytest.raises(herzien.AntwoordOntbreekt):
            herzien.settle(over[ouder.pk], Uitkomst.BLIJFT, " ", BART)
        herzien.settle(over[ouder.pk], Uitkomst.BLIJFT, "Jesse wil het zo", BART)
        herzien.settle(over[None], Uitkomst.STOPT, "Jesse wil het niet meer", BART)
        assert sees(ouder) == {Deel.PLAN}
        assert sees(rust) == set()
        assert not herzien.open_for(van)


def closed(van: Dossier, wie: Deelname, *delen: Deel, dagen: int = 42) -> Beperking:
    """Parts closed to a participant for their safety."""
    return beperken.impose(
        van, beperken.Wie.of(wie), delen=delen, grond=Beperkgrond.VEILIGHEID,
        reden="dreiging gemeld op 9 maart", door=BART,
        herzien_op=klok.today() + timedelta(days=dagen),
    )  # fmt: skip


def test_a_restriction_beats_what_the_family_opened_also_later() -> None:
    with time_machine.travel(NU, tick=False) as klokje:
        van, ander = dossier(), dossier("Elders")
        school = organisatie()
        open_: dict[str, Any] = {
            "rol": Deelnemersrol.HULPVERLENER,
            "organisatie": school.pk,
        }
        een = toegang.give(van, door=BART, delen=[Deel.PLAN, Deel.TAKEN], **open_)
        daar = toegang.give(ander, door=BART, delen=[Deel.PLAN], **open_)
        jan = actor(Rol.PARTNER, organisatie=school.pk, account=7)
        closed(van, een, Deel.PLAN, Deel.METINGEN)
        assert sees(een) == {Deel.TAKEN}
        assert sees(daar) == {Deel.PLAN}, "another family decides for itself"
        later = toegang.give(van, door=BART, delen=[Deel.PLAN], **open_)
        assert sees(later) == set(), "letting in again does not get round it"
        assert toegang.parts(jan, van) == {Deel.TAKEN}
        nieuw = closed(van, een, Deel.PLAN, Deel.TAKEN)
        assert not toegang.dossiers(jan, Handeling.PLAN_LEZEN).filter(pk=van.pk)
        assert Beperking.objects.filter(beeindigd_op=None).get() == nieuw
        klokje.shift(timedelta(days=42))
        assert sees(een) == set()
        klokje.shift(timedelta(days=1))
        assert sees(een) == {Deel.PLAN, Deel.TAKEN}, "it ends on its day of review"


def test_a_restriction_is_put_up_before_its_day_and_closes_after_it() -> None:
    with time_machine.travel(NU, tick=False) as klokje:
        van = dossier()
        een = helper(van, Deel.PLAN)
        rij = closed(van, een, Deel.PLAN, dagen=20)
        jobs.new_day()
        assert not Herbeoordeling.objects.exists()
        klokje.shift(timedelta(days=6))
        jobs.new_day()
        jobs.new_day()
        assert Herbeoordeling.objects.get().beperking == rij
        klokje.shift(timedelta(days=15))
        jobs.new_day()
        rij.refresh_from_db()
        assert rij.beeindigd_op is not None
        einde = rij.beeindigd_op.astimezone(klok.AMSTERDAM)
        assert einde.isoformat() == "2026-03-31T00:00:00+02:00"


def test_a_restriction_is_never_for_good_nor_for_who_directs() -> None:
    van = dossier()
    een = helper(van, Deel.PLAN)
    leidt = takes_part(van, account("bart", rol=Rol.REGISSEUR))
    for dagen in (0, 93):
        with pytest.raises(VerkeerdeHerziening):
            closed(van, een, Deel.PLAN, dagen=dagen)
    with pytest.raises(NietTeBeperken):
        closed(van, leidt, Deel.PLAN)
    assert not Beperking.objects.exists()
    closed(van, een, Deel.PLAN, dagen=92)


def test_every_restriction_stands_in_the_log_under_its_own_name() -> None:
    van = dossier()
    een = helper(van, Deel.PLAN)
    rij = closed(van, een, Deel.PLAN)
    beperken.lift(rij, reden="de dreiging is weg", door=BART)
    regels = Auditregel.objects.filter(handeling=Handeling.TOEGANG_BEPERKEN)
    assert {regel.onderwerp for regel in regels} == {f"beperking:{rij.pk}"}
    assert {regel.grond for regel in regels} == {"veiligheid"}
    assert regels.count() == 2


STAPPEN = st.lists(
    st.sampled_from(
        [
            *("toestemming", "intrekken", "gezag-weg", "gezag-terug", "beperk"),
            *("verlicht", "einde", "laat-toe", "laat-ouder-toe", "dag", "maand"),
            *("jaar", "nacht"),
        ]
    ),
    min_size=3,
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stappen=STAPPEN)
def test_no_right_outlives_its_ground(stappen: list[str]) -> None:
    """Whatever is done in whatever order, at every moment between."""
    with (
        time_machine.travel("2026-03-10T10:00:00+01:00", tick=False) as klokje,
        transaction.atomic(),
    ):
        wereld = Wereld(klokje)
        for stap in stappen:
            wereld.do(stap)
            wereld.check()
        transaction.set_rollback(True)


class Wereld:
    """One family, and by hand what ought to be open in it."""

    def __init__(self, klokje: Any) -> None:
        self.klokje = klokje
        self.van = dossier()
        self.kind = child_of(self.van)
        self.club = organisatie(f"Club {self.van.pk}").pk
        self.toestemmingen: list[Toestemming] = []
        self.deelnames: list[Deelname] = []
        self.gezag = True
        self.dicht_tot: date | None = None
        self.gestopt: set[object] = set()

    def do(self, stap: str) -> None:
        """Do one thing, and remember by hand what follows from it."""
        doe: dict[str, Callable[[], None]] = {
            "toestemming": self._consent,
            "intrekken": self._withdraw,
            "gezag-weg": self._gezag_away,
            "gezag-terug": self._gezag_back,
            "beperk": self._restrict,
            "verlicht": self._lift,
            "einde": self._end,
            "laat-toe": self._let_in,
            "laat-ouder-toe": self._let_parent_in,
            "dag": lambda: self._later(1),
            "maand": lambda: self._later(31),
            "jaar": lambda: self._later(366),
            "nacht": jobs.new_day,
        }
        doe[stap]()

    def _later(self, dagen: int) -> None:
        self.klokje.shift(timedelta(days=dagen))

    def _consent(self) -> None:
        self.toestemmingen.append(
            consent(self.kind, "jeugdhulp", klok.today() + timedelta(days=200))
        )

    def _withdraw(self) -> None:
        for toestemming in self.toestemmingen:
            if toestemming.ingetrokken_op is None:
                gevolgen.withdraw(toestemming, klok.today(), BART)

    def _gezag_away(self) -> None:
        for rij in Gezag.objects.current().filter(minderjarige=self.kind):
            if rij.geldig.upper is None and rij.geldig.lower < klok.today():
                tijd.correct(
                    rij, klok.today(), geldig=DateRange(rij.geldig.lower, klok.today())
                )
        self.gezag = False

    def _gezag_back(self) -> None:
        if not self.gezag:
            if not (
                Gezag.objects.current()
                .in_force(klok.today())
                .filter(minderjarige=self.kind)
                .exists()
            ):
                custody(
                    self.kind, self.van.betrokkene, str(klok.today()),
                    bekend=DateRange(klok.today(), None),
                )  # fmt: skip
            self.gezag = True

    def _restrict(self) -> None:
        beperken.impose(
            self.van, beperken.Wie(organisatie=self.club), delen=[Deel.PLAN],
            grond=Beperkgrond.DWANG, reden="druk op het gezin", door=BART,
            herzien_op=klok.today() + timedelta(days=20),
        )  # fmt: skip
        self.dicht_tot = klok.today() + timedelta(days=20)

    def _lift(self) -> None:
        for rij in Beperking.objects.filter(dossier=self.van, beeindigd_op=None):
            beperken.lift(rij, reden="klaar", door=BART)
        self.dicht_tot = None

    def _end(self) -> None:
        toegang.end(
            Deelname.objects.filter(dossier=self.van), reden="het is klaar", door=BART
        )
        self.gestopt.update(each.pk for each in self.deelnames)

    def _let_in(self) -> None:
        geldig = [t for t in self.toestemmingen if t.holds(klok.today())]
        self.deelnames.append(
            toegang.give(
                self.van, rol=Deelnemersrol.HULPVERLENER, door=BART,
                organisatie=self.club, delen=[Deel.PLAN, Deel.TAKEN],
                toestemming=geldig[0].pk if geldig else None,
            )
        )  # fmt: skip

    def _let_parent_in(self) -> None:
        if self.gezag and self._minor():
            self.deelnames.append(parent_in(self.van, Deel.PLAN))

    def _minor(self) -> bool:
        return klok.today() < date(2030, 2, 3)

    def check(self) -> None:
        """What the system opens is never more than by hand, and less only by ending."""
        for deelname in self.deelnames:
            deelname.refresh_from_db()
            open_ = sees(deelname)
            if deelname.pk in self.gestopt:
                assert not open_
            if deelname.toestemming_id:
                toestemming = Toestemming.objects.get(pk=deelname.toestemming_id)
                assert bool(open_) <= toestemming.holds(klok.today())
            if deelname.gezag_over_id:
                assert bool(open_) <= (self.gezag and self._minor())
            dicht = self.dicht_tot is not None and klok.today() <= self.dicht_tot
            if dicht and deelname.organisatie_id:
                assert Deel.PLAN not in open_
            if deelname.tot is None and not deelname.toestemming_id and not dicht:
                assert bool(open_) == (
                    not deelname.gezag_over_id or (self.gezag and self._minor())
                )


def test_of_consent_that_was_destroyed_nothing_runs_and_the_list_stays() -> None:
    van = dossier()
    ja = consent(van.betrokkene)
    rust = helper(van, Deel.PLAN, toestemming=ja.pk)
    Toestemming.objects.filter(pk=ja.pk)._raw_delete("default")
    assert sees(rust) == set()
    with override("nl"):
        (rij,) = deelnemers.of(van).eerder
    assert rij.grond == "toestemming die niet meer bewaard wordt"


def test_a_closed_dossier_is_a_candidate_for_the_term_of_the_whole() -> None:
    open_, dicht = dossier(), dossier("Elders")
    dicht.gesloten_op = klok.today()
    dicht.save()
    (kandidaat,) = families()["dossier"].kandidaten("GM1651")
    assert (kandidaat.dossier, kandidaat.sinds) == (dicht.pk, klok.today())
    assert set(kandidaat.personen) == {dicht.betrokkene_id, child_of(dicht).pk}
    assert open_.gesloten_op is None
