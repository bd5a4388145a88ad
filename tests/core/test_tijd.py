"""Facts with time twice: corrections add, nothing is overwritten, what was known stays.

Addresses serve as the example; what holds for every table of facts is tested over all
of them.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.core import gemeentegrens
from samenloop.core.fouten import Achterhaald, CorrectieTeVroeg
from samenloop.core.tijd import Feit, correct, correct_all, withdraw
from samenloop.personen.models import Adres, Persoon
from tests.personen.maken import days, known, lives, municipality, person

pytestmark = pytest.mark.django_db

FEITEN = [model for model in apps.get_models() if issubclass(model, Feit)]


def yesterday_entered(feit: Feit) -> None:
    """Let the server believe that this was entered a day before (as maintenance)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {feit._meta.db_table} "
            "SELECT (json_populate_record(t, json_build_object('id', %s::bigint, "
            "'kenmerk', gen_random_uuid(), 'vastgelegd_op', now() - interval '2 days',"
            " 'geldig', '[1990-01-01,1990-02-01)'))).* "
            f"FROM {feit._meta.db_table} t WHERE id = %s",
            [feit.pk + 1_000_000, feit.pk],
        )


@pytest.fixture
def adres() -> Adres:
    return lives(person(), municipality(), "2016-03-01", postcode="9781AA")


# --- knowing --------------------------------------------------------------------


def test_correction_adds_a_version_and_closes_the_one_before(adres: Adres) -> None:
    nieuw = correct(adres, date(2017, 5, 1), postcode="9781AB")
    adres.refresh_from_db()
    assert adres.bekend == DateRange(date(2017, 1, 1), date(2017, 5, 1))
    assert adres.postcode == "9781AA"
    assert nieuw.bekend == DateRange(date(2017, 5, 1), None)
    assert nieuw.postcode == "9781AB"
    assert nieuw.kenmerk == adres.kenmerk
    assert nieuw.persoon_id == adres.persoon_id


def test_several_are_corrected_as_each_alone_would_be(adres: Adres) -> None:
    """Known since before the day, and entered on it: that one is replaced."""
    later = lives(person(), municipality(), "2016-03-01", bekend=known("2017-06-01"))
    op = date(2017, 5, 1)
    twee = correct_all(
        [(adres, {"postcode": "9781AB"}), (later, {"huisnummer": 9})], op
    )
    adres.refresh_from_db()
    later.refresh_from_db()
    assert adres.bekend == DateRange(date(2017, 1, 1), op)
    assert later.bekend.isempty
    assert [each.bekend.lower for each in twee] == [op, date(2017, 6, 1)]
    een, ander = (Adres.objects.current().get(kenmerk=each.kenmerk) for each in twee)
    assert (een.postcode, een.huisnummer) == ("9781AB", adres.huisnummer)
    assert (ander.postcode, ander.huisnummer) == (later.postcode, 9)


def test_of_several_none_is_corrected_when_one_came_late(adres: Adres) -> None:
    ander = lives(person(), municipality(), "2016-03-01")
    verouderd = Adres.objects.get(pk=adres.pk)
    correct(adres, date(2017, 5, 1), postcode="9781AB")
    with pytest.raises(Achterhaald):
        correct_all([(ander, {"huisnummer": 9}), (verouderd, {})], date(2017, 6, 1))
    ander.refresh_from_db()
    assert ander.is_current
    with pytest.raises(TypeError):
        correct_all([(ander, {"bekend": None})], date(2017, 6, 1))


def test_as_of_query_gives_what_was_known_that_day(adres: Adres) -> None:
    correct(adres, date(2017, 5, 1), postcode="9781AB")
    versies = Adres.objects.values_list("postcode", flat=True)
    assert list(versies.current()) == ["9781AB"]
    assert list(versies.known_on(date(2017, 5, 1))) == ["9781AB"]
    assert list(versies.known_on(date(2017, 4, 30))) == ["9781AA"]
    assert list(versies.known_on(date(2016, 12, 31))) == []
    assert list(versies.as_of(None)) == ["9781AB"]
    assert list(versies.as_of(date(2017, 4, 30))) == ["9781AA"]


def test_last_day_is_in_force_the_next_is_not(adres: Adres) -> None:
    correct(adres, date(2017, 7, 1), geldig=days("2016-03-01", "2017-06-30"))
    geldig = Adres.objects.current()
    assert geldig.in_force(date(2017, 6, 30)).exists()
    assert not geldig.in_force(date(2017, 7, 1)).exists()
    assert geldig.in_force(date(2016, 3, 1)).exists()
    assert not geldig.in_force(date(2016, 2, 29)).exists()


def test_end_registered_late_was_not_known_before(adres: Adres) -> None:
    correct(adres, date(2017, 9, 1), geldig=days("2016-03-01", "2017-06-30"))
    augustus = Adres.objects.in_force(date(2017, 8, 1))
    assert augustus.known_on(date(2017, 8, 31)).exists()
    assert not augustus.known_on(date(2017, 9, 1)).exists()


def test_withdrawn_fact_stays_on_record(adres: Adres) -> None:
    withdraw(adres, date(2017, 5, 1))
    assert not Adres.objects.current().exists()
    assert Adres.objects.known_on(date(2017, 4, 30)).get() == adres


def test_correction_within_the_day_replaces_what_was_known(adres: Adres) -> None:
    correct(adres, date(2017, 1, 1), postcode="9781AB")
    adres.refresh_from_db()
    assert adres.bekend.isempty
    assert not adres.is_current
    bekend = Adres.objects.known_on(date(2017, 1, 1))
    assert [versie.postcode for versie in bekend] == ["9781AB"]
    assert Adres.objects.count() == 2


def test_correction_cannot_be_known_before_what_it_corrects(adres: Adres) -> None:
    with pytest.raises(CorrectieTeVroeg):
        correct(adres, date(2016, 12, 31), postcode="9781AB")
    assert Adres.objects.get().is_current


def test_replaced_version_cannot_be_corrected_again(adres: Adres) -> None:
    oud = Adres.objects.get(pk=adres.pk)
    correct(adres, date(2017, 5, 1), postcode="9781AB")
    with pytest.raises(Achterhaald):
        correct(oud, date(2017, 6, 1), postcode="9781AC")
    with pytest.raises(Achterhaald):
        withdraw(adres, date(2017, 6, 1))
    assert Adres.objects.current().get().postcode == "9781AB"


@pytest.mark.parametrize("veld", ["bekend", "kenmerk", "vastgelegd_op", "id", "kleur"])
def test_only_what_the_fact_says_can_be_corrected(adres: Adres, veld: str) -> None:
    with pytest.raises(TypeError):
        correct(adres, date(2017, 5, 1), **{veld: None})
    assert Adres.objects.get().is_current


def test_refused_correction_leaves_the_old_version_current(adres: Adres) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        correct(adres, date(2017, 5, 1), postcode="geen")
    assert Adres.objects.current().get().postcode == "9781AA"


def test_fact_is_known_from_the_dutch_day_it_was_entered() -> None:
    with time_machine.travel("2017-06-30T22:30:00+00:00", tick=False):
        adres = Adres.objects.create(
            persoon=person(), gemeente=None, geldig=days("2017-01-01")
        )
    assert adres.bekend == DateRange(date(2017, 7, 1), None)


# --- what the database refuses --------------------------------------------------


@pytest.mark.parametrize("feit", FEITEN, ids=lambda model: model._meta.label)
def test_every_table_of_facts_is_guarded(feit: type[Feit]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass "
            "AND tgname = 'samenloop_bewaak_feit' AND tgenabled = 'O'",
            [feit._meta.db_table],
        )
        assert cursor.fetchone() == (1,)
    namen = {beperking.name for beperking in feit._meta.constraints}
    voor = f"{feit._meta.app_label}_{feit._meta.model_name}"
    assert {f"{voor}_geldig", f"{voor}_bekend", f"{voor}_versies"} <= namen


def test_overwriting_a_fact_is_refused(adres: Adres) -> None:
    adres.postcode = "9781AB"
    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
        adres.save()
    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
        Adres.objects.update(geldig=days("2016-04-01"))
    assert Adres.objects.get().postcode == "9781AA"


def test_overwriting_while_closing_is_refused(adres: Adres) -> None:
    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
        Adres.objects.update(
            bekend=known("2017-01-01", "2017-05-01"), postcode="9781AB"
        )


def test_deleting_a_fact_is_refused(adres: Adres) -> None:
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        adres.delete()
    assert Adres.objects.count() == 1


def test_table_of_facts_cannot_be_emptied(adres: Adres) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE personen_adres")


@pytest.mark.parametrize(
    "bekend",
    [
        known("2016-01-01"),  # known earlier than it was
        known("2017-02-01"),  # known later than it was
        known("2016-01-01", "2017-05-01"),
        DateRange(None, date(2017, 5, 1)),
    ],
)
def test_since_when_a_fact_is_known_does_not_change(
    adres: Adres, bekend: DateRange
) -> None:
    with pytest.raises(IntegrityError, match="only be closed"), transaction.atomic():
        Adres.objects.update(bekend=bekend)


def test_closed_knowledge_is_not_opened_or_moved(adres: Adres) -> None:
    withdraw(adres, date(2017, 5, 1))
    for bekend in (known(), known("2017-01-01", "2017-06-01"), DateRange(empty=True)):
        with (
            pytest.raises(IntegrityError, match="only be closed"),
            transaction.atomic(),
        ):
            Adres.objects.update(bekend=bekend)


def test_what_was_known_for_days_is_not_blanked_out(adres: Adres) -> None:
    yesterday_entered(adres)
    ouder = Adres.objects.exclude(pk=adres.pk).get()
    with pytest.raises(IntegrityError, match="before today"), transaction.atomic():
        withdraw(ouder, date(2017, 1, 1))
    withdraw(ouder, date(2017, 1, 2))
    assert Adres.objects.known_on(date(2017, 1, 1)).filter(pk=ouder.pk).exists()


def test_maintenance_setting_helps_only_the_owner(adres: Adres) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL samenloop.onderhoud = 'aan'")
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        adres.delete()


@pytest.mark.django_db(databases=["beheer"])
def test_owner_deletes_only_when_it_is_maintenance() -> None:
    wie = Persoon.objects.using("beheer").create(
        geslachtsnaam="Jansen", bsn_ontbreekt_reden="fictief"
    )
    adres = Adres.objects.using("beheer").create(
        persoon=wie, geldig=days("2017-01-01"), bekend=known()
    )
    with (
        pytest.raises(IntegrityError, match="never deleted"),
        transaction.atomic("beheer"),
    ):
        adres.delete()
    with transaction.atomic("beheer"):
        from django.db import connections

        with connections["beheer"].cursor() as cursor:
            cursor.execute("SET LOCAL samenloop.onderhoud = 'aan'")
        adres.delete()
    assert not Adres.objects.using("beheer").exists()


def test_two_versions_of_one_fact_are_never_known_together(adres: Adres) -> None:
    with pytest.raises(IntegrityError, match="versies"), transaction.atomic():
        Adres.objects.create(
            kenmerk=adres.kenmerk,
            persoon=person("Ander"),
            geldig=adres.geldig,
            bekend=known("2018-01-01"),
        )


@pytest.mark.parametrize(
    "geldig",
    [
        DateRange(empty=True),
        DateRange(None, date(2017, 1, 1)),
        DateRange(date(20, 1, 1), None),
        DateRange(date(1799, 12, 31), None),
    ],
)
def test_fact_has_a_plausible_beginning(geldig: DateRange) -> None:
    with pytest.raises(IntegrityError, match="_geldig"), transaction.atomic():
        Adres.objects.create(persoon=person(), geldig=geldig, bekend=known())


@pytest.mark.parametrize(
    "bereik", ["[2017-01-01,infinity)", "[2017-01-01,20170-01-01)"]
)
@pytest.mark.parametrize("kolom", ["geldig", "bekend"])
def test_end_that_python_cannot_read_is_refused(
    adres: Adres, kolom: str, bereik: str
) -> None:
    waarden = {"geldig": "[2017-01-01,)", "bekend": "[2017-01-01,)", kolom: bereik}
    with (
        pytest.raises(IntegrityError, match=f"_{kolom}"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO personen_adres (persoon_id, geldig, bekend) "
            "VALUES (%s, %s, %s)",
            [person("Ander").pk, waarden["geldig"], waarden["bekend"]],
        )


# --- whatever happens -----------------------------------------------------------

BEGIN = date(2017, 1, 1)
EENVOUDIG = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@EENVOUDIG
@given(
    st.lists(
        st.tuples(
            st.integers(min_value=-2, max_value=4),  # days since the one before
            st.integers(min_value=0, max_value=9999),  # what we know better
        ),
        max_size=8,
    )
)
def test_after_any_series_of_corrections_what_was_known_is_found_again(
    reeks: list[tuple[int, int]],
) -> None:
    with transaction.atomic():
        feit = lives(person(), None, huisnummer=10_000)
        op, geweten = BEGIN, {BEGIN: 10_000}
        for stap, huisnummer in reeks:
            if stap < 0:
                with pytest.raises(CorrectieTeVroeg):
                    correct(feit, op + timedelta(stap), huisnummer=huisnummer)
                continue
            op += timedelta(stap)
            feit = correct(feit, op, huisnummer=huisnummer)
            geweten[op] = huisnummer
        versies = Adres.objects.filter(kenmerk=feit.kenmerk)
        assert versies.current().get() == feit
        assert versies.count() == 1 + sum(stap >= 0 for stap, _ in reeks)
        verwacht = None
        for dag in (BEGIN + timedelta(n) for n in range(-1, 40)):
            verwacht = geweten.get(dag, verwacht)
            bekend = versies.known_on(dag).values_list("huisnummer", flat=True)
            assert list(bekend) == ([] if verwacht is None else [verwacht])
        transaction.set_rollback(True)


spannen = st.tuples(
    st.integers(min_value=0, max_value=30), st.none() | st.integers(1, 15)
).map(
    lambda s: DateRange(
        BEGIN + timedelta(s[0]),
        None if s[1] is None else BEGIN + timedelta(s[0] + s[1]),
    )
)


def overlap(een: DateRange, ander: DateRange) -> bool:
    return (een.upper is None or ander.lower < een.upper) and (
        ander.upper is None or een.lower < ander.upper
    )


@EENVOUDIG
@given(st.lists(st.tuples(spannen, spannen), min_size=1, max_size=8))
def test_overlap_is_refused_exactly_when_there_is_one(
    feiten: list[tuple[DateRange, DateRange]],
) -> None:
    with transaction.atomic():
        wie = person()
        aanvaard: list[tuple[DateRange, DateRange]] = []
        for geldig, bekend in feiten:
            botst = any(
                overlap(geldig, ander) and overlap(bekend, wanneer)
                for ander, wanneer in aanvaard
            )
            try:
                with transaction.atomic():
                    Adres.objects.create(persoon=wie, geldig=geldig, bekend=bekend)
                gelukt = True
            except IntegrityError:
                gelukt = False
            assert gelukt != botst
            if gelukt:
                aanvaard.append((geldig, bekend))
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_the_same_time_one_is_told_it_came_late() -> None:
    import threading

    from django.db import connections

    adres = lives(person(), None)
    begonnen, uitkomst = threading.Event(), []

    def second() -> None:
        try:
            # A thread of its own starts without a border.
            with gemeentegrens.everywhere("tests"):
                zelfde = Adres.objects.get(pk=adres.pk)
                begonnen.set()
                correct(zelfde, date(2017, 6, 1), postcode="9781AC")
            uitkomst.append("gelukt")
        except Achterhaald:
            uitkomst.append("achterhaald")
        finally:
            connections["default"].close()

    with transaction.atomic():
        correct(adres, date(2017, 5, 1), postcode="9781AB")
        ander = threading.Thread(target=second)
        ander.start()
        assert begonnen.wait(10)
        ander.join(0.3)  # it waits for the row that is being closed here
        assert uitkomst == []
    ander.join(10)
    assert uitkomst == ["achterhaald"]
    assert Adres.objects.current().get().postcode == "9781AB"
