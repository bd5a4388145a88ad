"""What a task becomes shows in the plan, and what was set there by hand stays."""

from datetime import timedelta
from uuid import UUID

import pytest

from samenloop.access.actor import Actor
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, klok
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Plan
from samenloop.regie.models import Casus
from samenloop.regie.taken import doen, opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Herhaling, Uitvoerder
from tests.access.accounts import account, actor
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db


@pytest.fixture
def bij() -> tuple[Casus, Actor, UUID]:
    """A case with a plan of one activity, and its director."""
    bart = account("bart", rol=Rol.REGISSEUR)
    van = casus(bart)
    assert van.dossier is not None
    plan = Plan.objects.create(
        dossier=van.dossier,
        gezin=van.dossier.gezin,
        betrokkene=van.dossier.betrokkene,
        grond="toestemming",
    )
    doel = Doelstelling.objects.create(plan=plan, tekst="Rust")
    activiteit = Activiteit.objects.create(doelstelling=doel, wat="Post openen")
    return van, actor(Rol.REGISSEUR, account=bart), activiteit.pk


def give(bij: tuple[Casus, Actor, UUID], herhaling: Herhaling | None = None) -> Taak:
    van, wie, activiteit = bij
    taak = opdragen.give(
        van,
        "Post openen",
        door=wie,
        uitvoerder=Uitvoerder(account=wie.account_id),
        uiterlijk=klok.today(),
        activiteit=activiteit,
        herhaling=herhaling,
    )
    gebeurtenissen.handle_pending()
    return taak


def stands(activiteit: UUID) -> tuple[str, str]:
    gevonden = Activiteit.objects.get(pk=activiteit)
    return gevonden.stand, gevonden.resultaat


def test_activity_runs_and_is_done_with_its_task(
    bij: tuple[Casus, Actor, UUID],
) -> None:
    taak = give(bij)
    assert stands(bij[2]) == ("loopt", "")
    doen.complete(taak, door=bij[1], resultaat="Alles is open")
    gebeurtenissen.handle_pending()
    assert stands(bij[2]) == ("klaar", "Alles is open")


def test_activity_stops_when_its_task_lapses(bij: tuple[Casus, Actor, UUID]) -> None:
    doen.cancel(give(bij), door=bij[1], reden="niet meer nodig")
    gebeurtenissen.handle_pending()
    assert stands(bij[2]) == ("gestopt", "")


def test_what_was_set_by_hand_stays(bij: tuple[Casus, Actor, UUID]) -> None:
    Activiteit.objects.update(stand="gestopt", resultaat="Op verzoek")
    taak = give(bij)
    assert stands(bij[2]) == ("gestopt", "Op verzoek")
    doen.complete(taak, door=bij[1], resultaat="Toch gedaan")
    gebeurtenissen.handle_pending()
    assert stands(bij[2]) == ("gestopt", "Op verzoek")


def test_what_comes_back_goes_on(bij: tuple[Casus, Actor, UUID]) -> None:
    taak = give(bij, Herhaling(2, klok.today() + timedelta(weeks=8)))
    doen.complete(taak, door=bij[1])
    gebeurtenissen.handle_pending()
    assert Taak.objects.count() == 2
    assert stands(bij[2])[0] == "loopt"
