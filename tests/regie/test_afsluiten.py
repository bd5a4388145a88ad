"""Closing shows what is open, ends rights, keeps aftercare; reopening has a reason."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Deelnemersrol
from samenloop.plannen.plan.models import Activiteit, Doelstelling, Plan
from samenloop.plannen.plan.plannen import open_plan
from samenloop.regie import afsluiten, casussen, planeinde, soort, stappen
from samenloop.regie.models import Casus, Casusperiode, Stap, Stapstand
from tests.access.accounts import account, actor
from tests.regie.maken import casus

pytestmark = pytest.mark.django_db
MAANDAG = datetime(2026, 3, 9, 9, 0, tzinfo=klok.AMSTERDAM)
BEZIG, KLAAR = Stapstand.Staat.BEZIG, Stapstand.Staat.KLAAR


@pytest.fixture
def bart() -> Gebruiker:
    return account("bart", rol=Rol.REGISSEUR, naam="Bart Kamphuis")


@pytest.fixture
def nu() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MAANDAG, tick=False) as klok_:
        yield klok_


@pytest.fixture
def open_taak() -> Iterator[list[str]]:
    """What a room says is open; to be emptied."""
    open_ = ["Eén taak is nog niet klaar"]

    def bezwaar(_casus: Casus) -> list[str]:
        return list(open_)

    voor = list(afsluiten._bezwaren)
    afsluiten._bezwaren[:] = [bezwaar]
    yield open_
    afsluiten._bezwaren[:] = voor


def leads(bart: Gebruiker, gemaakt: Casus) -> bool:
    return casussen.leads(actor(Rol.REGISSEUR, account=bart), gemaakt)


def test_what_is_open_is_said_and_does_not_close_by_itself(
    bart: Gebruiker, open_taak: list[str]
) -> None:
    gemaakt = casus(bart)
    door = actor(Rol.REGISSEUR, account=bart)
    assert "Eén taak is nog niet klaar" in afsluiten.open_points(gemaakt)
    with pytest.raises(afsluiten.NogOpen):
        afsluiten.close(gemaakt, reden="doel bereikt", door=door)
    assert soort.period(gemaakt) is not None
    open_taak.clear()
    afsluiten.close(gemaakt, reden="doel bereikt", door=door)
    assert leads(bart, gemaakt) is False


def test_closing_ends_all_rights_but_those_of_the_family(bart: Gebruiker) -> None:
    gemaakt = casus(bart)
    door = actor(Rol.REGISSEUR, account=bart)
    wmo = account("wmo")
    assert gemaakt.dossier is not None
    toegang.give(
        gemaakt.dossier, rol=Deelnemersrol.HULPVERLENER, door=door, account=wmo.pk,
        delen=[Deel.PLAN],
    )  # fmt: skip
    toegang.give(
        gemaakt.dossier, rol=Deelnemersrol.GEZIN, door=door,
        persoon=gemaakt.betrokkene_id, delen=[Deel.PLAN],
    )  # fmt: skip
    afsluiten.close(gemaakt, reden="verhuisd", door=door, toch=True)
    rollen = toegang.running().filter(dossier=gemaakt.dossier_id)
    assert set(rollen.values_list("rol", flat=True)) == {Deelnemersrol.GEZIN}
    periode = afsluiten.last_period(gemaakt)
    assert periode is not None
    assert (periode.einddatum, periode.reden_einde) == (klok.today(), "verhuisd")
    assert casussen.current_director(gemaakt) is None
    with pytest.raises(GeenToegang):
        afsluiten.close(gemaakt, reden="verhuisd", door=door, toch=True)


@pytest.mark.parametrize(
    ("reden", "nazorg"),
    [("", None), ("zomaar", None), ("anders", date(2026, 3, 9))],
)
def test_closing_asks_a_reason_and_a_day_to_come(
    bart: Gebruiker,
    nu: time_machine.Traveller,
    reden: str,
    nazorg: date | None,
) -> None:
    gemaakt = casus(bart)
    with pytest.raises(afsluiten.Onvolledig):
        afsluiten.close(
            gemaakt, reden=reden, nazorg_op=nazorg, toch=True,
            door=actor(Rol.REGISSEUR, account=bart),
        )  # fmt: skip


def test_aftercare_shows_on_its_day_and_the_right_ends_when_done(
    bart: Gebruiker, nu: time_machine.Traveller, client: Client
) -> None:
    gemaakt = casus(bart)
    door = actor(Rol.REGISSEUR, account=bart)
    dag = klok.today() + timedelta(days=5)
    afsluiten.close(gemaakt, reden="doel bereikt", nazorg_op=dag, door=door, toch=True)
    for dagen, staat_er in ((4, False), (1, True)):
        nu.shift(timedelta(days=dagen))
        client.force_login(bart)
        tekst = client.get(reverse("casussen")).content.decode()
        assert ("Nazorg: vraag hoe het gaat" in tekst) is staat_er
    client.post(reverse("casus-nazorg", args=[gemaakt.pk]))
    gemaakt.refresh_from_db()
    assert gemaakt.nazorg_gedaan_op == dag
    assert not leads(bart, gemaakt)


def test_aftercare_that_nobody_does_ends_by_itself(
    bart: Gebruiker, nu: time_machine.Traveller
) -> None:
    gemaakt = casus(bart)
    afsluiten.close(
        gemaakt, reden="doel bereikt", toch=True,
        nazorg_op=klok.today() + timedelta(days=5),
        door=actor(Rol.REGISSEUR, account=bart),
    )  # fmt: skip
    nu.shift(timedelta(days=34))
    assert leads(bart, gemaakt)
    nu.shift(timedelta(days=1))
    assert not leads(bart, gemaakt)
    assert casussen.current_director(gemaakt) is None


@pytest.mark.parametrize("dagen", [0, 10])
def test_reopening_takes_a_reason_and_a_director(
    bart: Gebruiker, nu: time_machine.Traveller, dagen: int
) -> None:
    gemaakt = casus(bart)
    door = actor(Rol.REGISSEUR, account=bart)
    nu.shift(timedelta(days=3))
    # Known for a day at least, as a real one would be.
    afsluiten.close(gemaakt, reden="doel bereikt", door=door, toch=True)
    for wie in (actor(Rol.CONSULENT, account=40), actor(Rol.FG, account=41)):
        with pytest.raises(GeenToegang):
            afsluiten.reopen(gemaakt, reden="Terug", door=wie)
    nu.shift(timedelta(days=dagen))
    ria = account("ria", rol=Rol.REGISSEUR)
    with pytest.raises(afsluiten.Onvolledig):
        afsluiten.reopen(gemaakt, reden=" ", door=actor(Rol.REGISSEUR, account=ria))
    afsluiten.reopen(
        gemaakt, reden="Nieuwe schulden", door=actor(Rol.REGISSEUR, account=ria)
    )
    gemaakt.refresh_from_db()
    assert gemaakt.dossier is not None
    assert gemaakt.dossier.gesloten_op is None
    periode = soort.period(gemaakt)
    assert periode is not None
    assert periode.reden_begin == "Nieuwe schulden"
    regie = casussen.current_director(gemaakt)
    assert regie is not None
    assert regie.account == ria.pk
    perioden = Casusperiode.objects.current().filter(casus=gemaakt)
    assert perioden.count() == (1 if dagen == 0 else 2)
    with pytest.raises(afsluiten.AlGesloten):
        afsluiten.reopen(gemaakt, reden="x", door=actor(Rol.REGISSEUR, account=ria))


@pytest.mark.parametrize("dagen", [0, 4])
def test_single_question_grows_and_keeps_its_steps(
    bart: Gebruiker, nu: time_machine.Traveller, dagen: int
) -> None:
    gemaakt = casus(bart, soort=casussen.ENKELVOUDIG)
    door = actor(Rol.REGISSEUR, account=bart)
    assert len(stappen.strip(gemaakt, casussen.ENKELVOUDIG)) == 5
    with pytest.raises(stappen.NietBijSoort):
        stappen.move(gemaakt, Stap.OVERLEG, BEZIG, door=door, reden="nodig")
    nu.shift(timedelta(days=dagen))
    soort.grow(gemaakt, door=door, reden="Er zijn ook schulden")
    periode = soort.period(gemaakt)
    assert periode is not None
    assert (periode.type, periode.startdatum) == (casussen.MEERVOUDIG, klok.today())
    # Growing again changes nothing.
    assert soort.grow(gemaakt, door=door, reden="nog eens") == periode
    if dagen:
        gisteren = soort.period(gemaakt, klok.today() - timedelta(days=1))
        assert gisteren is not None
        assert gisteren.type == casussen.ENKELVOUDIG
    stappen.move(gemaakt, Stap.OVERLEG, BEZIG, door=door, reden="nodig")
    assert gemaakt.stappen.filter(stap=Stap.SIGNAAL, staat=KLAAR).exists()


def test_steps_move_freely_and_say_when(
    bart: Gebruiker, nu: time_machine.Traveller
) -> None:
    gemaakt = casus(bart)
    door = actor(Rol.REGISSEUR, account=bart)

    def says(stap: Stap) -> str:
        beelden = stappen.strip(gemaakt, casussen.MEERVOUDIG)
        return next(each.zin for each in beelden if each.stap == stap)

    from django.utils.translation import override

    with override("nl"):
        assert says(Stap.BEOORDELEN) == "nu bezig, sinds 9 mrt"
        nu.shift(timedelta(days=15))
        stappen.move(gemaakt, Stap.BEOORDELEN, KLAAR, door=door, reden="klaar")
        assert says(Stap.BEOORDELEN) == "9–24 mrt"
        for _keer in range(2):
            stappen.move(gemaakt, Stap.OVERLEG, BEZIG, door=door, reden="nodig")
            nu.shift(timedelta(days=10))
            stappen.move(gemaakt, Stap.OVERLEG, KLAAR, door=door, reden="gedaan")
        assert says(Stap.OVERLEG) == "2 keer, laatst 13 apr"
        stappen.move(
            gemaakt, Stap.PLAN, Stapstand.Staat.OVERGESLAGEN, door=door, reden="n.v.t."
        )
        assert says(Stap.PLAN) == "overgeslagen"
        assert says(Stap.EVALUEREN) == "nog niet"
        # Back again, from whichever state.
        stappen.move(gemaakt, Stap.BEOORDELEN, BEZIG, door=door, reden="nieuwe vraag")
        assert says(Stap.BEOORDELEN) == "nu bezig, sinds 13 apr"
    with pytest.raises(stappen.AlZo):
        stappen.move(gemaakt, Stap.BEOORDELEN, BEZIG, door=door, reden="nog eens")
    with pytest.raises(stappen.ZonderReden):
        stappen.move(gemaakt, Stap.VOLGEN, BEZIG, door=door, reden=" ")
    with pytest.raises(GeenToegang):
        stappen.move(
            gemaakt, Stap.VOLGEN, BEZIG, door=actor(Rol.REGISSEUR, account=77),
            reden="niet van mij",
        )  # fmt: skip


def test_what_was_said_of_a_step_is_never_changed(bart: Gebruiker) -> None:
    gemaakt = casus(bart)
    for opdracht in (
        "UPDATE regie_stapstand SET reden = 'x'",
        "DELETE FROM regie_stapstand",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{opdracht} WHERE casus_id = %s", [gemaakt.pk])
    assert gemaakt.stappen.count() == 2


def test_plan_says_what_is_not_done_and_closes_with_its_case(bart: Gebruiker) -> None:
    gemaakt = casus(bart)
    dossier = gemaakt.dossier
    assert dossier is not None
    plan = Plan.objects.create(
        dossier=dossier, gezin=dossier.gezin, betrokkene=dossier.betrokkene,
        grond="toestemming",
    )  # fmt: skip
    doel = Doelstelling.objects.create(plan=plan, tekst="Rust")
    assert not planeinde.objection(gemaakt)
    activiteit = Activiteit.objects.create(doelstelling=doel, wat="Overzicht")
    assert planeinde.objection(gemaakt)
    Activiteit.objects.filter(pk=activiteit.pk).update(stand="klaar")
    assert not planeinde.objection(gemaakt)
    door = actor(Rol.REGISSEUR, account=bart)
    afsluiten.close(gemaakt, reden="anders", door=door, toch=True)
    assert open_plan(dossier) is None


def test_closing_page_lists_what_is_open(
    bart: Gebruiker, client: Client, open_taak: list[str]
) -> None:
    gemaakt = casus(bart)
    client.force_login(bart)
    adres = reverse("casus-afsluiten", args=[gemaakt.pk])
    assert "Eén taak is nog niet klaar" in client.get(adres).content.decode()
    assert client.post(adres, {"reden": "doel bereikt"}).status_code == 422
    assert (
        client.post(adres, {"reden": "doel bereikt", "toch": "on"}).status_code == 302
    )
    tekst = client.get(reverse("casus", args=[gemaakt.pk])).content.decode()
    assert "Afgesloten" in tekst
    assert "Postma" not in tekst
    client.post(reverse("casus-heropenen", args=[gemaakt.pk]), {"reden": "Opnieuw"})
    assert "Postma" in client.get(reverse("casus", args=[gemaakt.pk])).content.decode()
