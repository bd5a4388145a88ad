"""Several people write in one plan, and no text is ever lost."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from samenloop.core import gemeentegrens
from samenloop.plannen.plan import opbouw, samen_schrijven, velden
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Tekstvariant
from tests.access.accounts import actor
from tests.plannen.maken import dossier, takes_part
from tests.plannen.plan.plannen import activity, goal, plan, typed

pytestmark = pytest.mark.django_db
SANNE, BART = actor(account=1), actor(account=2, naam="Bart Kamphuis")


def test_a_text_typed_on_what_stands_there_is_written() -> None:
    van = plan()
    doel = goal(van, "eerst")

    uitkomst = samen_schrijven.keep(van, typed(doel, "daarna"), actor=SANNE)

    assert (uitkomst.hoe, uitkomst.revisie) == ("bewaard", 1)
    doel.refresh_from_db()
    assert doel.tekst == "daarna"
    assert doel.revisies["tekst"]["a"] == 1


def test_two_fields_of_one_part_do_not_meet() -> None:
    van = plan()
    doel = goal(van)

    samen_schrijven.keep(van, typed(doel, "wij"), actor=SANNE)
    uitkomst = samen_schrijven.keep(
        van, typed(doel, "Marieke", veld="van_wie"), actor=BART
    )

    assert uitkomst.hoe == "bewaard"
    assert not Tekstvariant.objects.exists()


def test_the_second_text_on_the_same_base_is_kept_beside_the_first() -> None:
    van = plan()
    doel = goal(van, "was")

    samen_schrijven.keep(van, typed(doel, "van Sanne"), actor=SANNE)
    uitkomst = samen_schrijven.keep(van, typed(doel, "van Bart"), actor=BART)

    assert (uitkomst.hoe, uitkomst.tekst) == ("botsing", "van Sanne")
    doel.refresh_from_db()
    assert doel.tekst == "van Sanne"
    variant = Tekstvariant.objects.get()
    assert (variant.tekst, variant.account, variant.gekozen_op) == ("van Bart", 2, None)


def test_the_same_text_twice_is_no_meeting() -> None:
    van = plan()
    doel = goal(van, "was")

    samen_schrijven.keep(van, typed(doel, "gelijk"), actor=SANNE)
    uitkomst = samen_schrijven.keep(van, typed(doel, "gelijk"), actor=BART)

    assert uitkomst.hoe == "bewaard"
    assert not Tekstvariant.objects.exists()


def test_going_on_typing_after_a_lost_answer_is_no_meeting_with_oneself() -> None:
    van, blad = plan(), uuid4()
    doel = goal(van, "")

    samen_schrijven.keep(van, typed(doel, "Wij", blad=blad, volg=1), actor=SANNE)
    uitkomst = samen_schrijven.keep(
        van, typed(doel, "Wij willen", blad=blad, volg=2), actor=SANNE
    )

    assert uitkomst.hoe == "bewaard"
    doel.refresh_from_db()
    assert doel.tekst == "Wij willen"


def test_a_request_that_comes_late_puts_no_older_text_back() -> None:
    van, blad = plan(), uuid4()
    doel = goal(van, "")

    samen_schrijven.keep(van, typed(doel, "Wij willen", blad=blad, volg=2), actor=SANNE)
    uitkomst = samen_schrijven.keep(
        van, typed(doel, "Wij", blad=blad, volg=1), actor=SANNE
    )

    assert uitkomst.hoe == "oud"
    doel.refresh_from_db()
    assert doel.tekst == "Wij willen"
    assert not Tekstvariant.objects.exists()


def test_going_on_typing_beside_another_text_keeps_one_variant_the_newest() -> None:
    van, blad = plan(), uuid4()
    doel = goal(van, "")
    samen_schrijven.keep(van, typed(doel, "van Sanne"), actor=SANNE)

    for volg, tekst in ((1, "van"), (3, "van Bart zelf"), (2, "van Bart")):
        samen_schrijven.keep(van, typed(doel, tekst, blad=blad, volg=volg), actor=BART)

    assert Tekstvariant.objects.get().tekst == "van Bart zelf"


def test_choosing_writes_the_text_and_keeps_what_was_not_chosen() -> None:
    van = plan()
    doel = goal(van, "")
    samen_schrijven.keep(van, typed(doel, "van Sanne"), actor=SANNE)
    samen_schrijven.keep(van, typed(doel, "van Bart"), actor=BART)

    uitkomst = samen_schrijven.choose(
        van, typed(doel, "van ons samen", basis=1), actor=SANNE
    )

    assert uitkomst.hoe == "bewaard"
    doel.refresh_from_db()
    assert doel.tekst == "van ons samen"
    gekozen = Tekstvariant.objects.filter(gekozen_op__isnull=False)
    assert {each.tekst for each in gekozen} == {"van Bart", "van Sanne"}


def test_choosing_what_changed_meanwhile_chooses_nothing() -> None:
    van, blad = plan(), uuid4()
    doel = goal(van, "")
    samen_schrijven.keep(van, typed(doel, "een", blad=blad, volg=1), actor=SANNE)
    samen_schrijven.keep(van, typed(doel, "ander"), actor=BART)
    samen_schrijven.keep(van, typed(doel, "een twee", blad=blad, volg=2), actor=SANNE)

    uitkomst = samen_schrijven.choose(van, typed(doel, "gekozen", basis=1), actor=BART)

    assert uitkomst.hoe == "botsing"
    doel.refresh_from_db()
    assert doel.tekst == "een twee"
    assert not Tekstvariant.objects.filter(gekozen_op__isnull=False).exists()
    assert {each.tekst for each in Tekstvariant.objects.all()} == {"ander", "gekozen"}


def test_a_text_in_a_part_that_was_taken_out_is_kept_and_said() -> None:
    van = plan()
    doel = goal(van, "")
    opbouw.take_out(van, "doel", doel.pk, actor=BART)

    uitkomst = samen_schrijven.keep(van, typed(doel, "nog net getypt"), actor=SANNE)

    assert uitkomst.is_weg
    doel.refresh_from_db()
    assert doel.tekst == "nog net getypt"


def test_no_part_of_another_plan_can_be_written() -> None:
    van, ander = plan(), plan(dossier("De Boer"))
    doel = goal(ander, "van een ander gezin")

    with pytest.raises(velden.OnbekendVeld):
        samen_schrijven.keep(van, typed(doel, "mis"), actor=SANNE)
    with pytest.raises(velden.OnbekendVeld):
        samen_schrijven.keep(van, typed(activity(doel), "mis", veld="wat"), actor=SANNE)

    doel.refresh_from_db()
    assert doel.tekst == "van een ander gezin"


@pytest.mark.parametrize(
    ("veld", "tekst"),
    [
        ("van", "31 februari"),
        ("stand", "misschien"),
        ("uitvoerder", "x"),
        ("orde", "1"),
    ],
)
def test_what_cannot_stand_in_a_field_is_refused(veld: str, tekst: str) -> None:
    van = plan()
    activiteit = activity(goal(van))

    with pytest.raises((velden.OngeldigeWaarde, velden.OnbekendVeld)):
        samen_schrijven.keep(van, typed(activiteit, tekst, veld=veld), actor=SANNE)


def test_a_doer_takes_part_in_this_dossier() -> None:
    van = plan()
    hier = takes_part(van.dossier, None, "netwerk", naam="oma Trijntje")
    elders = takes_part(dossier("De Boer"), None, "netwerk", naam="oom Piet")
    activiteit = activity(goal(van))

    samen_schrijven.keep(
        van, typed(activiteit, str(hier.pk), veld="uitvoerder"), actor=SANNE
    )
    with pytest.raises(velden.OngeldigeWaarde):
        samen_schrijven.keep(
            van, typed(activiteit, str(elders.pk), veld="uitvoerder"), actor=SANNE
        )

    activiteit.refresh_from_db()
    assert activiteit.uitvoerder == hier


def test_a_field_takes_one_statement(django_assert_num_queries: object) -> None:
    van = plan()
    doel = goal(van)

    with django_assert_num_queries(1):  # type: ignore[operator]
        samen_schrijven.keep(van, typed(doel, "vlot"), actor=SANNE)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_write_at_once_every_text_is_there_afterwards() -> None:
    van = plan()
    doel = goal(van, "")
    begin = threading.Barrier(8)

    def write(nummer: int) -> None:
        begin.wait()
        with gemeentegrens.everywhere("tests"):
            samen_schrijven.keep(
                van, typed(doel, f"tekst {nummer}"), actor=actor(account=nummer)
            )
        connection.close()

    schrijvers = [threading.Thread(target=write, args=(n,)) for n in range(1, 9)]
    for each in schrijvers:
        each.start()
    for each in schrijvers:
        each.join()

    doel.refresh_from_db()
    alles = {doel.tekst, *Tekstvariant.objects.values_list("tekst", flat=True)}
    assert alles == {f"tekst {n}" for n in range(1, 9)}


def test_adding_twice_with_one_key_adds_one() -> None:
    van, sleutel = plan(), uuid4()

    eerste = opbouw.add(van, "doel", sleutel=sleutel)
    tweede = opbouw.add(van, "doel", sleutel=sleutel)

    assert eerste == tweede
    assert Doelstelling.objects.count() == 1


def test_no_activity_is_added_to_a_goal_of_another_plan() -> None:
    van, ander = plan(), plan(dossier("De Boer"))

    with pytest.raises(velden.OnbekendVeld):
        opbouw.add(van, "activiteit", ouder=goal(ander).pk)
    with pytest.raises(velden.OnbekendVeld), transaction.atomic():
        opbouw.add(van, "doel", sleutel=goal(ander).pk)


def test_moving_changes_places_with_the_neighbour_that_is_not_taken_out() -> None:
    van = plan()
    doel = goal(van)
    een, twee, drie = (activity(doel, wat) for wat in ("een", "twee", "drie"))
    opbouw.take_out(van, "activiteit", twee.pk, actor=SANNE)

    assert opbouw.move(van, "activiteit", drie.pk, -1)
    assert not opbouw.move(van, "activiteit", drie.pk, -1)

    volgorde = Activiteit.objects.filter(weg_op__isnull=True)
    assert list(volgorde) == [drie, een]


def test_what_was_taken_out_comes_back_with_its_text() -> None:
    van = plan()
    doel = goal(van, "blijft")

    opbouw.take_out(van, "doel", doel.pk, actor=SANNE)
    opbouw.put_back(van, "doel", doel.pk)

    doel.refresh_from_db()
    assert (doel.tekst, doel.weg_op) == ("blijft", None)
