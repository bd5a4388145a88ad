"""Who must sign, on what ground there is a plan, and what a signature does."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from samenloop.core import klok
from samenloop.core.models import Gebeurtenis
from samenloop.personen.models import Gezinslid
from samenloop.plannen.models import Deelnemersrol
from samenloop.plannen.plan import grond, inhoud, tekenen, vergelijken, versies
from samenloop.plannen.plan.models import (
    Grond,
    Handtekening,
    Plan,
    Planversie,
    Tekenwijze,
)
from tests.access.accounts import account, actor
from tests.personen.maken import custody, days, known, person
from tests.plannen.maken import dossier, takes_part
from tests.plannen.plan.plannen import activity, consents, goal, plan

pytestmark = pytest.mark.django_db
SANNE = actor()


def named(van: Plan, op: str) -> dict[str, tuple[bool, int]]:
    """Who must sign on a day: for oneself, and for how many children."""
    return {
        each.naam.split()[0]: (each.zelf, len(each.voor))
        for each in tekenen.signers(van, date.fromisoformat(op))
    }


def sign(versie: Planversie, sleutel: str, **velden: Any) -> bool:
    """Sign on paper, today."""
    velden.setdefault("op", klok.today())
    return tekenen.sign(versie, sleutel, wijze=Tekenwijze.PAPIER, door=SANNE, **velden)


# Jesse of the family in tests was born on 3 February 2012.
@pytest.mark.parametrize(
    ("op", "wie"),
    [
        ("2024-02-02", {"Marieke": (True, 1)}),
        ("2024-02-03", {"Marieke": (True, 1), "Jesse": (True, 0)}),
        ("2028-02-02", {"Marieke": (True, 1), "Jesse": (True, 0)}),
        ("2028-02-03", {"Marieke": (True, 0), "Jesse": (True, 0)}),
        ("2030-02-03", {"Marieke": (True, 0), "Jesse": (True, 0)}),
    ],
)
def test_who_signs_follows_age_and_gezag(
    op: str, wie: dict[str, tuple[bool, int]]
) -> None:
    van = plan()

    assert named(van, op) == wie


def test_a_parent_with_gezag_outside_the_family_signs_for_the_child() -> None:
    van = plan()
    kind = Gezinslid.objects.get(gezin=van.gezin, rol="kind").persoon
    custody(kind, person("Dijkema", "1985-01-01", voornamen="Henk"), "2012-02-03")

    assert named(van, "2026-06-01")["Henk"] == (False, 1)


def test_an_institution_with_gezag_signs_by_its_name() -> None:
    van = plan()
    kind = Gezinslid.objects.get(gezin=van.gezin, rol="kind").persoon
    custody(kind, None, "2012-02-03", instelling="Jeugdbescherming Noord")

    sleutels = [each.sleutel for each in tekenen.signers(van, date(2026, 6, 1))]
    assert "naam:Jeugdbescherming Noord" in sleutels


def test_a_stepparent_without_gezag_signs_only_for_oneself() -> None:
    van = plan()
    Gezinslid.objects.create(
        gezin=van.gezin, persoon=person("Bos", "1980-01-01", voornamen="Sander"),
        rol="partner", geldig=days("2012-02-03"), bekend=known(),
    )  # fmt: skip

    assert named(van, "2026-06-01")["Sander"] == (True, 0)


def test_a_small_child_nobody_has_gezag_over_is_not_passed_over() -> None:
    van = plan()
    baby = person("Postma", "2025-01-01", voornamen="Noor")
    Gezinslid.objects.create(
        gezin=van.gezin, persoon=baby, rol="kind", geldig=days("2025-01-01"),
        bekend=known("2025-01-01"),
    )  # fmt: skip

    assert named(van, "2026-06-01")["Noor"] == (True, 0)


def test_without_consent_the_director_settles_the_plan() -> None:
    bart = account("b.kamphuis", naam="Bart Kamphuis")
    van = dossier()
    takes_part(van, bart)
    takes_part(van, account("e.wierda"), Deelnemersrol.HULPVERLENER)

    gemaakt = grond.open_plan(
        van, grond=Grond.MEERVOUDIG, reden="Kind in gevaar", door=SANNE,
        herzien_op=klok.today() + timedelta(days=90),
    )  # fmt: skip

    assert [each.sleutel for each in tekenen.signers(gemaakt)] == [f"account:{bart.pk}"]


def test_a_plan_opens_with_consent_and_not_without() -> None:
    met, zonder = dossier(), dossier("De Boer")
    consents(met)

    assert grond.open_plan(met, grond=Grond.TOESTEMMING, door=SANNE)
    with pytest.raises(grond.GeenPlangrond):
        grond.open_plan(zonder, grond=Grond.TOESTEMMING, door=SANNE)


@pytest.mark.parametrize(
    ("reden", "dagen"), [("", 90), ("Kind in gevaar", 0), ("Kind in gevaar", 184)]
)
def test_without_consent_reason_and_a_near_day_of_review_are_asked(
    reden: str, dagen: int
) -> None:
    with pytest.raises(grond.GeenPlangrond):
        grond.open_plan(
            dossier(), grond=Grond.MEERVOUDIG, door=SANNE, reden=reden,
            herzien_op=klok.today() + timedelta(days=dagen),
        )  # fmt: skip


def test_no_second_plan_can_be_open_for_one_family() -> None:
    van = plan()
    ander = dossier("Nogmaals")
    consents(ander)
    ander.gezin = van.gezin
    ander.save()

    with pytest.raises(grond.PlanBestaat):
        grond.open_plan(ander, grond=Grond.TOESTEMMING, door=SANNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            dossier=ander, gezin=van.gezin, betrokkene=ander.betrokkene,
            grond=Grond.TOESTEMMING,
        )  # fmt: skip

    grond.close(van, reden="Doelen bereikt")
    assert grond.open_plan(ander, grond=Grond.TOESTEMMING, door=SANNE)


def test_the_database_wants_reason_and_review_without_consent() -> None:
    van = dossier()

    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            dossier=van, betrokkene=van.betrokkene, grond=Grond.MEERVOUDIG
        )


def test_signing_by_all_brings_a_version_in_force_and_says_so_once() -> None:
    van = plan()
    goal(van)
    versie = versies.make(van, door=SANNE)
    sleutels = [each["sleutel"] for each in versie.tekenaars]
    assert len(sleutels) == 2

    assert not sign(versie, sleutels[0])
    assert versies.in_force(van) is None
    assert not Gebeurtenis.objects.filter(soort="plan-getekend").exists()
    assert sign(versie, sleutels[1])

    assert versies.in_force(van) == versie
    gebeurd = Gebeurtenis.objects.get(soort="plan-getekend")
    assert gebeurd.onderwerp == versie.pk


def test_nobody_signs_twice_or_without_having_to() -> None:
    van = plan()
    goal(van)
    versie = versies.make(van, door=SANNE)
    sleutel = versie.tekenaars[0]["sleutel"]
    sign(versie, sleutel)

    for verkeerd in (sleutel, f"persoon:{person('Bos').pk}", "naam:Iemand"):
        with pytest.raises(tekenen.KanNietTekenen):
            sign(versie, verkeerd)
    assert Handtekening.objects.count() == 1


def test_a_signature_lies_between_the_version_and_today() -> None:
    van = plan()
    goal(van)
    versie = versies.make(van, door=SANNE)

    for verschil in (-1, 1):
        with pytest.raises(tekenen.KanNietTekenen):
            sign(
                versie, versie.tekenaars[0]["sleutel"],
                op=klok.today() + timedelta(days=verschil),
            )  # fmt: skip


def test_withdrawn_consent_stops_signing_and_making_versions() -> None:
    van = dossier()
    gegeven = consents(van, gegeven_op=klok.today() - timedelta(days=2))
    gemaakt = grond.open_plan(van, grond=Grond.TOESTEMMING, door=SANNE)
    doel = goal(gemaakt)
    versie = versies.make(gemaakt, door=SANNE)

    gegeven.withdraw(klok.today())

    with pytest.raises(grond.GeenPlangrond):
        sign(versie, versie.tekenaars[0]["sleutel"])
    doel.tekst = "anders"
    doel.save()
    with pytest.raises(grond.GeenPlangrond):
        versies.make(gemaakt, door=SANNE)


def test_past_the_day_of_review_a_ground_holds_no_more() -> None:
    with time_machine.travel("2026-06-01 12:00Z", tick=False):
        van = grond.open_plan(
            dossier(), grond=Grond.MEERVOUDIG, door=SANNE, reden="Kind in gevaar",
            herzien_op=date(2026, 8, 1),
        )  # fmt: skip
    with time_machine.travel("2026-08-01 12:00Z", tick=False):
        assert grond.state(van).houdt
    with time_machine.travel("2026-08-02 12:00Z", tick=False):
        assert not grond.state(van).houdt


def test_a_change_after_signing_is_a_draft_and_the_signed_version_stays() -> None:
    van = plan()
    doel = goal(van)
    eerste = versies.make(van, door=SANNE)
    for each in eerste.tekenaars:
        sign(eerste, each["sleutel"])

    doel.tekst = "Wij willen ook op vakantie."
    doel.save()
    tweede = versies.make(van, door=SANNE)

    assert tweede.nummer == 2
    assert versies.in_force(van) == eerste
    with pytest.raises(tekenen.KanNietTekenen):
        sign(eerste, eerste.tekenaars[0]["sleutel"])


def test_how_it_goes_asks_no_new_version() -> None:
    van = plan()
    doel = goal(van)
    versies.make(van, door=SANNE)

    doel.stand = "bereikt"
    doel.save()

    with pytest.raises(versies.GeenVersie):
        versies.make(van, door=SANNE)


def test_an_empty_plan_makes_no_version() -> None:
    van = plan()
    goal(van, "  ")

    with pytest.raises(versies.GeenVersie):
        versies.make(van, door=SANNE)


def test_the_database_refuses_to_change_a_version_or_a_signature() -> None:
    van = plan()
    goal(van)
    versie = versies.make(van, door=SANNE)
    sign(versie, versie.tekenaars[0]["sleutel"])

    for verandering in (
        lambda: Planversie.objects.update(inhoud={}),
        lambda: Planversie.objects.update(inhoud={}, getekend_op=klok.now()),
        lambda: Planversie.objects.filter(pk=versie.pk).delete(),
        lambda: Handtekening.objects.update(wijze="portaal"),
        lambda: Handtekening.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            verandering()


def test_differences_are_found_by_part_and_by_word() -> None:
    van = plan()
    doel, weg = goal(van, "Elke maand rustig rekeningen betalen."), goal(van, "Weg")
    activity(doel, "Overzicht maken", oplevert="Een overzicht")
    was = inhoud.of_plan(van)
    doel.tekst = "Elke week rustig rekeningen betalen."
    doel.save()
    weg.delete()
    activity(doel, "Aflossen")

    doelen, afspraken = vergelijken.compare(was, inhoud.of_plan(van))

    assert [each.wat for each in doelen] == ["anders", "weg"]
    assert [each.wat for each in doelen[0].onder] == ["gelijk", "nieuw"]
    regel = doelen[0].regels[0]
    assert [stuk.tekst for stuk in regel.was if stuk.anders] == ["maand"]
    assert [stuk.tekst for stuk in regel.wordt if stuk.anders] == ["week"]
    assert not afspraken
