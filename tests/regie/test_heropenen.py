"""A case that is taken up again goes on with its plan, or begins anew; never two."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen.models import Dossier
from samenloop.plannen.plan import grond, tekenen, versies
from samenloop.plannen.plan.models import Grond, Plan, Tekenwijze
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie import afsluiten, planeinde
from samenloop.regie.models import Casus
from tests.access.accounts import account, actor
from tests.plannen.plan.plannen import goal
from tests.regie.maken import casus as make_casus

pytestmark = pytest.mark.django_db


@pytest.fixture
def bart() -> Gebruiker:
    return account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")


def as_director(bart: Gebruiker) -> Any:
    return actor(Rol.REGISSEUR, account=bart)


def plan_of(casus: Casus, bart: Gebruiker) -> Plan:
    """A plan without consent, signed by who directs."""
    assert casus.dossier is not None
    return grond.open_plan(
        casus.dossier, grond=Grond.MEERVOUDIG, reden="Schulden en zorgen",
        herzien_op=klok.today() + timedelta(days=30), door=as_director(bart),
    )  # fmt: skip


def close(casus: Casus, bart: Gebruiker) -> None:
    afsluiten.close(casus, reden="doel bereikt", toch=True, door=as_director(bart))


def fresh(casus: Casus) -> Casus:
    return Casus.objects.select_related("dossier").get(pk=casus.pk)


def test_the_plan_goes_on_with_what_was_signed(bart: Gebruiker) -> None:
    casus = make_casus(bart)
    plan = plan_of(casus, bart)
    goal(plan, "Wij willen rust.")
    versie = versies.make(plan, door=as_director(bart))
    for each in versie.tekenaars:
        tekenen.sign(
            versie, each["sleutel"], wijze=Tekenwijze.AANWEZIG, op=klok.today(),
            door=as_director(bart),
        )  # fmt: skip
    close(casus, bart)
    assert open_plan(fresh(casus).dossier) is None  # type: ignore[arg-type]

    afsluiten.reopen(fresh(casus), reden="Terug", door=as_director(bart))

    weer = open_plan(fresh(casus).dossier)  # type: ignore[arg-type]
    assert weer == plan
    assert versies.in_force(plan) == versie
    goal(plan, "En vakantie.")
    assert versies.make(plan, door=as_director(bart)).nummer == versie.nummer + 1


def test_anew_the_last_plan_stays_to_be_read(bart: Gebruiker) -> None:
    casus = make_casus(bart)
    plan = plan_of(casus, bart)
    close(casus, bart)

    afsluiten.reopen(
        fresh(casus), reden="Terug", door=as_director(bart), plan_verder=False
    )

    assert open_plan(fresh(casus).dossier) is None  # type: ignore[arg-type]
    assert plan_of(fresh(casus), bart) != plan


def test_with_another_open_plan_of_the_family_it_stays_closed(bart: Gebruiker) -> None:
    casus = make_casus(bart)
    plan = plan_of(casus, bart)
    close(casus, bart)
    assert casus.dossier is not None
    assert casus.dossier.gezin is not None
    ander = make_casus(bart, gezin=(casus.dossier.gezin, casus.betrokkene))
    plan_of(ander, bart)

    assert not planeinde.can_go_on(fresh(casus))
    afsluiten.reopen(fresh(casus), reden="Terug", door=as_director(bart))

    plan.refresh_from_db()
    assert plan.gesloten_op is not None
    assert fresh(casus).dossier.gesloten_op is None  # type: ignore[union-attr]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    stappen=st.lists(
        st.tuples(st.booleans(), st.sampled_from(["dicht", "verder", "nieuw", "plan"])),
        max_size=8,
    )
)
def test_a_family_never_has_two_open_plans(
    bart: Gebruiker, stappen: list[tuple[bool, str]]
) -> None:
    een = make_casus(bart)
    assert een.dossier is not None
    assert een.dossier.gezin is not None
    twee = make_casus(bart, gezin=(een.dossier.gezin, een.betrokkene))
    for eerste, wat in stappen:
        casus = fresh(een if eerste else twee)
        assert casus.dossier is not None
        is_dicht = casus.dossier.gesloten_op is not None
        if wat == "plan" and not is_dicht:
            try:
                plan_of(casus, bart)
            except grond.PlanBestaat:
                assert Plan.objects.filter(gesloten_op=None).exists()
        elif wat == "dicht" and not is_dicht:
            close(casus, bart)
        elif wat in ("verder", "nieuw") and is_dicht:
            afsluiten.reopen(
                casus, reden="Terug", door=as_director(bart),
                plan_verder=wat == "verder",
            )  # fmt: skip
        gezin = een.dossier.gezin_id
        assert Plan.objects.filter(gezin=gezin, gesloten_op=None).count() <= 1
        # And none is open in a dossier that is closed.
        assert not Plan.objects.filter(
            gesloten_op=None,
            dossier__in=Dossier.objects.filter(gesloten_op__isnull=False),
        ).exists()


def test_the_page_asks_and_does_as_was_chosen(bart: Gebruiker) -> None:
    casus = make_casus(bart)
    plan = plan_of(casus, bart)
    close(casus, bart)
    browser = Client()
    browser.force_login(bart, "django.contrib.auth.backends.ModelBackend")

    assert (
        'value="verder" checked'
        in browser.get(reverse("casus", args=[casus.pk])).content.decode()
    )
    browser.post(
        reverse("casus-heropenen", args=[casus.pk]),
        {"reden": "Terug", "plan": "verder"},
    )

    plan.refresh_from_db()
    assert plan.gesloten_op is None
