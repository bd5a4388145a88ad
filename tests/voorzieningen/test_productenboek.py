"""The productenboek is a tree, within one law."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.voorzieningen.models import Product

pytestmark = pytest.mark.django_db


def kind(code: str, ouder: Product | None = None, wet: str = "jeugdwet") -> Product:
    return Product.objects.create(wet=wet, code=code, naam=code, ouder=ouder)


def hang_under(product: Product, ouder: Product | None) -> None:
    product.ouder = ouder
    product.save()


def test_code_is_unique_within_a_law() -> None:
    kind("begeleiding")
    kind("begeleiding", wet="wmo")
    with pytest.raises(IntegrityError, match="product_uniek"), transaction.atomic():
        kind("begeleiding")


def test_kind_can_move_to_another_branch_but_not_under_itself() -> None:
    top, ander = kind("top"), kind("ander")
    midden = kind("midden", top)
    blad = kind("blad", midden)
    hang_under(midden, ander)
    for onder in (midden, blad):
        with (
            pytest.raises(IntegrityError, match="part of itself"),
            transaction.atomic(),
        ):
            hang_under(midden, onder)
    with pytest.raises(IntegrityError, match="part of itself"), transaction.atomic():
        hang_under(ander, blad)
    midden.refresh_from_db()
    assert midden.ouder == ander


@pytest.mark.parametrize("wet", ["wmo", "participatiewet"])
def test_kind_is_part_of_a_kind_of_the_same_law(wet: str) -> None:
    top = kind("top")
    kind("deel", top)

    def whole_transaction() -> None:
        kind("vreemd", top, wet=wet)
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="zelfde_wet"), transaction.atomic():
        whole_transaction()


def test_law_of_a_kind_with_parts_does_not_change() -> None:
    top = kind("top")
    kind("deel", top)

    def whole_transaction() -> None:
        Product.objects.filter(pk=top.pk).update(wet="wmo")
        connection.check_constraints()

    with pytest.raises(IntegrityError, match="zelfde_wet"), transaction.atomic():
        whole_transaction()


def test_there_are_three_laws() -> None:
    for wet in ("wmo", "jeugdwet", "participatiewet"):
        kind("x", wet=wet)
    with pytest.raises(IntegrityError, match="product_wet"), transaction.atomic():
        kind("x", wet="wlz")


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=15)
)
def test_whatever_is_moved_from_each_kind_one_comes_to_a_top(
    zetten: list[tuple[int, int | None]],
) -> None:
    with transaction.atomic():
        boek = [kind(f"p{n}") for n in range(6)]
        boven: dict[int, int | None] = dict.fromkeys(range(6))
        for wie, waar in zetten:
            klimt, pad = waar, []
            while klimt is not None:
                pad.append(klimt)
                klimt = boven[klimt]
            try:
                with transaction.atomic():
                    ouder = None if waar is None else boek[waar]
                    Product.objects.filter(pk=boek[wie].pk).update(ouder=ouder)
                gelukt = True
            except IntegrityError:
                gelukt = False
            assert gelukt == (wie not in pad)
            if gelukt:
                boven[wie] = waar
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_branches_at_the_same_time_make_no_ring() -> None:
    links, rechts = kind("links"), kind("rechts")

    def second() -> None:
        with suppress(IntegrityError):
            Product.objects.filter(pk=rechts.pk).update(ouder=links)
        connections["default"].close()

    with transaction.atomic():
        Product.objects.filter(pk=links.pk).update(ouder=rechts)
        ander = threading.Thread(target=second)
        ander.start()
        ander.join(0.3)  # it waits until this one is through
        assert ander.is_alive()
    ander.join(10)
    boven = dict(Product.objects.values_list("code", "ouder__code"))
    assert boven == {"links": "rechts", "rechts": None}
