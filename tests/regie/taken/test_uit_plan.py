"""What a family signed becomes work: once, and it follows what changes."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from time_machine import Traveller

from samenloop.access.actor import Actor
from samenloop.core import gebeurtenissen
from samenloop.plannen.models import Deelname, Deelnemersrol
from samenloop.plannen.plan import gevolgen
from samenloop.plannen.plan.models import Plan, Planversie
from samenloop.plannen.plan.tekenen import GETEKEND
from samenloop.regie.models import Casus
from samenloop.regie.taken import doen, uit_plan
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from tests.access.accounts import organisatie
from tests.plannen.maken import takes_part
from tests.regie.taken.maken import directed, state

pytestmark = pytest.mark.django_db
NU = "2026-06-09 09:00+02:00"
A, B = str(uuid4()), str(uuid4())


@pytest.fixture(autouse=True)
def klok() -> Iterator[Traveller]:
    with time_machine.travel(NU, tick=False) as reis:
        yield reis


@pytest.fixture
def bij(klok: Traveller) -> tuple[Casus, Actor]:
    return directed()


def activity(sleutel: str = A, **velden: Any) -> dict[str, Any]:
    return {
        "id": sleutel, "wat": "Inkomsten op een rij", "wie": "Marieke en Sander",
        "uitvoerder": "", "account": None, "organisatie": "", "soort": "gezin",
        "van": "", "tot": "2026-07-01", "oplevert": "Overzicht",
        "stand": "te_starten", "resultaat": "", **velden,
    }  # fmt: skip


def signed(casus: Casus, nummer: int, *activiteiten: dict[str, Any]) -> Planversie:
    """A version that everybody has signed."""
    dossier = casus.dossier
    assert dossier is not None
    plan = Plan.objects.filter(dossier=dossier).first() or Plan.objects.create(
        dossier=dossier,
        gezin=dossier.gezin,
        betrokkene=dossier.betrokkene,
        grond="toestemming",
    )
    return Planversie.objects.create(
        plan=plan,
        nummer=nummer,
        getekend_op=NU,
        inhoud={
            "doelen": [
                {"id": str(uuid4()), "tekst": "Rust", "activiteiten": activiteiten}
            ],
            "afspraken": [],
        },
    )


def test_a_signed_activity_becomes_a_task_once(bij: tuple[Casus, Actor]) -> None:
    versie = signed(bij[0], 1, activity())
    for _keer in range(2):
        gebeurtenissen.record(GETEKEND, onderwerp=versie.pk, gemeente=bij[1].gemeente)
        gebeurtenissen.handle_pending()
    taak = Taak.objects.get()
    assert (taak.titel, taak.naam) == ("Inkomsten op een rij", "Marieke en Sander")
    assert (taak.uiterlijk, taak.waarom) == (date(2026, 7, 1), "Overzicht")
    assert str(taak.activiteit) == A


def test_who_carries_it_out_has_the_task_unless_they_left(
    bij: tuple[Casus, Actor],
) -> None:
    helper = organisatie("Schuldhulp Noord")
    deelname = takes_part(
        bij[0].dossier,  # type: ignore[arg-type]
        None,
        Deelnemersrol.HULPVERLENER,
        organisatie=helper.pk,
    )
    uit_plan.follow(signed(bij[0], 1, activity(uitvoerder=str(deelname.pk))))
    assert Uitvoerder.of(Taak.objects.get()) == Uitvoerder(organisatie=helper.pk)
    Deelname.objects.filter(pk=deelname.pk).update(tot=NU)
    uit_plan.follow(
        signed(bij[0], 2, activity(), activity(B, uitvoerder=str(deelname.pk)))
    )
    assert Uitvoerder.of(Taak.objects.get(activiteit=B)) == Uitvoerder()


def test_an_activity_that_begins_later_waits_for_its_day(
    bij: tuple[Casus, Actor], klok: Traveller
) -> None:
    uit_plan.follow(
        signed(bij[0], 1, activity(van="2026-06-15"), activity(B, van="2026-06-01"))
    )
    later, nu = Taak.objects.get(activiteit=A), Taak.objects.get(activiteit=B)
    assert state(later, nu) == ["wacht", "open"]
    klok.move_to("2026-06-15 08:00+02:00")
    doen.wake()
    assert state(later) == ["open"]


def test_a_later_version_changes_makes_and_lapses(bij: tuple[Casus, Actor]) -> None:
    uit_plan.follow(signed(bij[0], 1, activity(), activity(B, wat="Huur")))
    gewijzigd = Taak.objects.get(activiteit=A)
    later, nieuw = activity(tot="2026-08-01"), activity(str(uuid4()), wat="Werk")
    verschil = uit_plan.follow(signed(bij[0], 2, later, nieuw))
    assert (verschil.nieuw, verschil.gewijzigd, verschil.vervallen) == (1, 1, 1)
    gewijzigd.refresh_from_db()
    assert gewijzigd.uiterlijk == date(2026, 8, 1)
    laatste = gewijzigd.verloop.last()
    assert laatste is not None
    assert "voor wanneer" in laatste.reden
    assert state(Taak.objects.get(activiteit=B)) == ["vervallen"]


def test_what_is_done_stays_done_whatever_the_plan_says_next(
    bij: tuple[Casus, Actor],
) -> None:
    uit_plan.follow(signed(bij[0], 1, activity()))
    taak = Taak.objects.get()
    doen.complete(taak, door=bij[1])
    uit_plan.follow(signed(bij[0], 2, activity(wat="Anders")))
    taak.refresh_from_db()
    assert (taak.staat, taak.titel) == ("klaar", "Inkomsten op een rij")


def test_an_older_version_that_is_handled_late_does_nothing(
    bij: tuple[Casus, Actor],
) -> None:
    oud = signed(bij[0], 1, activity(wat="Oud"))
    uit_plan.follow(signed(bij[0], 2, activity(wat="Nieuw")))
    uit_plan.follow(oud)
    assert Taak.objects.get().titel == "Nieuw"


def test_before_signing_it_is_said_what_will_start(bij: tuple[Casus, Actor]) -> None:
    versie = signed(
        bij[0], 1, activity(), activity(B, wat="Huur regelen", van="2026-06-15"),
        activity(str(uuid4()), stand="klaar"),
    )  # fmt: skip
    zinnen = gevolgen.of_version(versie)
    assert "2 activiteiten worden taken." in zinnen
    assert any("Huur regelen" in zin for zin in zinnen)
    uit_plan.follow(versie)
    assert not [zin for zin in gevolgen.of_version(versie) if "taken" in zin]
