"""Whose right it is, by age and gezag: at every birthday, on both of its sides."""

from datetime import date
from uuid import uuid4

import pytest

from samenloop.personen.models import Gezag, Persoon
from samenloop.plannen import rechten
from samenloop.plannen.rechten import Recht, Regime, WieOefentUit
from tests.personen.maken import custody, days, known, person

GEBOREN = "2012-02-03"
DAG_VOOR_12, DAG_12 = date(2024, 2, 2), date(2024, 2, 3)
DAG_VOOR_16, DAG_16 = date(2028, 2, 2), date(2028, 2, 3)


def child() -> tuple[Persoon, Persoon, Persoon]:
    """A child with two parents who both have gezag."""
    kind = person("Postma", GEBOREN)
    moeder, vader = person("Dijkema", "1987-05-17"), person("Postma", "1985-01-09")
    for ouder in (moeder, vader):
        custody(kind, ouder, GEBOREN)
    return kind, moeder, vader


def test_every_right_has_one_row_at_every_age_under_every_law() -> None:
    for recht in Recht:
        for regime in Regime:
            rijen = rechten._rows(recht, regime)
            for leeftijd in range(100):
                assert sum(rij.holds_at(leeftijd) for rij in rijen) == 1, (
                    recht, regime, leeftijd,
                )  # fmt: skip


OUDER, SAMEN, ZELF = (
    WieOefentUit.VERTEGENWOORDIGER,
    WieOefentUit.SAMEN,
    WieOefentUit.ZELF,
)


@pytest.mark.parametrize(
    ("regime", "leeftijden"),
    [
        (Regime.JEUGDWET, {11: OUDER, 12: SAMEN, 15: SAMEN, 16: ZELF}),
        (Regime.WMO, {11: OUDER, 12: ZELF, 15: ZELF}),
        (Regime.ALGEMEEN, {12: OUDER, 15: OUDER, 16: ZELF}),
        (Regime.HERGEBRUIK, {11: OUDER, 12: SAMEN, 16: ZELF}),
        (Regime.VERWIJSINDEX, {11: OUDER, 16: ZELF}),
    ],
)
def test_consent_moves_to_the_young_person_where_the_law_says(
    regime: Regime, leeftijden: dict[int, WieOefentUit]
) -> None:
    for leeftijd, wie in leeftijden.items():
        gevonden = rechten.row(Recht.TOESTEMMING, regime, leeftijd)
        assert gevonden.wie is wie, leeftijd


@pytest.mark.django_db
def test_youth_care_is_asked_of_parents_then_together_then_of_the_child() -> None:
    kind, moeder, vader = child()

    def consent(op: date) -> rechten.Uitoefening:
        return rechten.who(Recht.TOESTEMMING, Regime.JEUGDWET, kind, op)

    eerst = consent(DAG_VOOR_12)
    assert (eerst.zelf, set(eerst.houders)) == (False, {moeder.pk, vader.pk})
    assert eerst.is_complete([moeder.pk, vader.pk])
    assert not eerst.is_complete([moeder.pk]), "both parents have to agree"
    assert not eerst.is_complete([kind.pk])
    samen = consent(DAG_12)
    assert samen.is_complete([kind.pk, moeder.pk, vader.pk])
    assert not samen.is_complete([moeder.pk, vader.pk])
    assert not samen.is_complete([kind.pk, vader.pk])
    assert consent(DAG_VOOR_16).houders
    zelf = consent(DAG_16)
    assert zelf.zelf
    assert not zelf.houders
    assert zelf.is_complete([kind.pk])
    assert not zelf.may(moeder.pk)


@pytest.mark.django_db
def test_one_parent_is_enough_to_withdraw_but_not_a_stranger() -> None:
    kind, moeder, _vader = child()
    recht = rechten.who(Recht.INTREKKEN, Regime.JEUGDWET, kind, DAG_12)
    assert recht.is_complete([moeder.pk])
    assert recht.is_complete([kind.pk])
    assert not recht.is_complete([uuid4()])
    assert not recht.may(uuid4())


@pytest.mark.django_db
def test_gezag_counts_on_the_day_itself() -> None:
    kind = person("Postma", GEBOREN)
    moeder, voogd = person("Dijkema"), person("Mulder")
    for houder, geldig in (
        (moeder, days(GEBOREN, "2020-05-31")),
        (voogd, days("2020-06-01")),
    ):
        Gezag.objects.create(
            minderjarige=kind, houder=houder, geldig=geldig, bekend=known(),
            soort="ouder" if houder == moeder else "voogd",
        )  # fmt: skip
    for op, wie in (
        (date(2020, 5, 31), moeder),
        (date(2020, 6, 1), voogd),
    ):
        recht = rechten.who(Recht.INZAGE, Regime.WMO, kind, op)
        assert recht.houders == (wie.pk,), op


@pytest.mark.django_db
def test_of_a_child_without_gezag_nobody_is_known() -> None:
    kind = person("Postma", GEBOREN)
    recht = rechten.who(Recht.TOESTEMMING, Regime.JEUGDWET, kind, DAG_VOOR_12)
    assert not recht.is_known
    assert not recht.is_complete([kind.pk])
    custody(kind, None, GEBOREN, instelling="Jeugdbescherming Noord")
    recht = rechten.who(Recht.TOESTEMMING, Regime.JEUGDWET, kind, DAG_VOOR_12)
    assert recht.is_known
    assert recht.instelling == "Jeugdbescherming Noord"
    assert recht.is_complete([], instelling=True)
    assert not recht.is_complete([])


@pytest.mark.django_db
def test_without_a_birth_date_somebody_counts_as_an_adult() -> None:
    wie = person("Postma")
    Persoon.objects.filter(pk=wie.pk).update(geboortedatum=None)
    wie.refresh_from_db()
    recht = rechten.who(Recht.TOESTEMMING, Regime.ALGEMEEN, wie, DAG_12)
    assert (recht.zelf, recht.leeftijd) == (True, None)
