"""Who starts the demo gets a link and a code for one family, anew each time."""

import pytest

from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.demo import ingang
from samenloop.plannen.plan import tekenen, versies
from samenloop.plannen.plan.models import Tekenwijze
from samenloop.portaal import ingangen, ons_plan
from samenloop.portaal.fouten import LinkDicht
from samenloop.portaal.mij import me
from samenloop.regie.taken.models import Taak
from tests.access.accounts import account
from tests.portaal import maken


@pytest.mark.django_db
def test_a_newcomer_comes_in_as_somebody_of_a_family(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ingang.open_one() is None
    monkeypatch.setattr(
        maken, "account", lambda _naam, **velden: account("regisseur", **velden)
    )
    van = maken.gezin()
    plan = maken.plan_of(van)
    assert ingang.open_one() is None, "there is no plan to look at yet"
    versie = versies.make(plan, door=van.regisseur)
    for stand in tekenen.status(versie):
        tekenen.sign(
            versie, stand.tekenaar.sleutel, wijze=Tekenwijze.PAPIER, op=klok.today(),
            door=van.regisseur,
        )  # fmt: skip
    eerst, later = ingang.open_one(), ingang.open_one()
    assert eerst is not None
    assert later is not None
    with pytest.raises(LinkDicht):
        ingangen.find(eerst.sleutel)
    open_ = ingangen.find(later.sleutel)
    ingangen.knock(open_, later.code)
    wie = ingangen.actor_of(
        ingangen.take_into_use(open_, "nieuwsgierig", maken.WACHTWOORD)
    )
    assert wie is not None
    gelezen = ons_plan.read(me(wie))
    assert gelezen is not None
    assert gelezen.heel
    assert Taak.objects.filter(persoon=van.ouder).count() == 1
    assert Rol.REGISSEUR not in wie.rollen
