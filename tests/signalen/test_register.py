"""The index tells that one is involved, to who may know, and never why."""

from dataclasses import fields
from datetime import timedelta
from uuid import UUID

import pytest

from samenloop.access.actor import Actor, ActorSoort
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.signalen import register
from samenloop.signalen.models import Verwijzing
from tests.access.accounts import GEMEENTE, organisatie
from tests.signalen.maken import persoon, werker

pytestmark = pytest.mark.django_db


def program(organisatie_id: UUID) -> Actor:
    return Actor(
        ActorSoort.ORGANISATIE, "koppeling", "School", GEMEENTE,
        organisatie=organisatie_id,
    )  # fmt: skip


def test_two_organisations_around_one_child_learn_how_to_reach_each_other() -> None:
    kind, school, arts = persoon(), organisatie(), organisatie("Huisarts", "huisarts")
    for each in (school, arts):
        register.refer(each.pk, kind.pk, actor=program(each.pk))
    anderen = register.others_around(kind.pk, actor=program(school.pk))
    assert anderen is not None
    assert [each.naam for each in anderen] == ["Huisarts"]


def test_who_is_not_involved_hears_nothing_not_even_that_nobody_is() -> None:
    kind, school, arts = persoon(), organisatie(), organisatie("Huisarts", "huisarts")
    register.refer(arts.pk, kind.pk, actor=program(arts.pk))
    assert register.others_around(kind.pk, actor=program(school.pk)) is None


def test_what_is_told_has_no_place_for_a_reason() -> None:
    assert {field.name for field in fields(register.Betrokken)} == {
        *("organisatie", "naam", "sinds", "contactpersoon", "telefoon", "email"),
    }


def test_entry_that_is_left_out_is_shown_to_nobody_and_takes_a_reason() -> None:
    kind, school, arts = persoon(), organisatie(), organisatie("Opvang", "anders")
    eigen = register.refer(school.pk, kind.pk, actor=program(school.pk))
    geheim = register.refer(arts.pk, kind.pk, actor=program(arts.pk))
    with pytest.raises(ValueError, match="reason"):
        register.leave_out(geheim, " ", actor=werker())
    register.leave_out(geheim, "Naam verraadt de plek", actor=werker())
    assert register.others_around(kind.pk, actor=program(school.pk)) == []
    gezien = register.around([kind.pk], actor=werker(Rol.REGISSEUR))
    assert [each.organisatie for each in gezien] == [eigen.organisatie_id]


@pytest.mark.parametrize(("dagen", "gezien"), [(729, 1), (731, 0)])
def test_entry_ends_by_law_after_two_years(dagen: int, gezien: int) -> None:
    kind, school = persoon(), organisatie()
    register.refer(
        school.pk,
        kind.pk,
        actor=program(school.pk),
        sinds=klok.today() - timedelta(days=dagen),
    )
    assert len(register.around([kind.pk], actor=werker())) == gezien


def test_referring_twice_is_one_entry_and_ending_twice_one_end() -> None:
    kind, school = persoon(), organisatie()
    een = register.refer(school.pk, kind.pk, actor=program(school.pk))
    twee = register.refer(school.pk, kind.pk, actor=program(school.pk))
    assert een.pk == twee.pk
    register.end(een, actor=program(school.pk))
    register.end(een, actor=program(school.pk))
    assert Verwijzing.objects.get().tot == klok.today()
