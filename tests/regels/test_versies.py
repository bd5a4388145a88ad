"""Drafted, tried, approved by somebody else, in force tomorrow, never changed after."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import DatabaseError

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gemeentegrens, klok
from samenloop.signalen.regels import versies
from samenloop.signalen.regels.in_werking import in_force
from samenloop.signalen.regels.models import (
    Instelling,
    Regel,
    Regelproef,
    Regelversie,
    Status,
)
from samenloop.signalen.regels.versies import RegelFout, Stap
from tests.access.accounts import account, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vandaag")]

GEMEENTE = "GM1651"
VANDAAG = date(2026, 3, 9)
MORGEN = date(2026, 3, 10)


@pytest.fixture(name="vandaag")
def _vandaag() -> object:
    with time_machine.travel("2026-03-09T11:30:00+01:00", tick=False) as klok:
        yield klok


@pytest.fixture
def beheerder() -> Gebruiker:
    """Writes rules."""
    return account("r.kooistra", rol=Rol.BEHEER, naam="Remko Kooistra")


@pytest.fixture
def beleid() -> Gebruiker:
    """Approves rules."""
    return account("m.bouma", rol=Rol.BELEID, naam="Marga Bouma")


def as_actor(gebruiker: Gebruiker, *rollen: Rol) -> Actor:
    """Acts with these roles, or those it has."""
    return actor(
        *(rollen or gebruiker.rollen_in(GEMEENTE)), gemeente=GEMEENTE, account=gebruiker
    )


def draft(beheerder: Gebruiker, naam: str = "Geldzorgen") -> Regelversie:
    """A complete draft."""
    wie = as_actor(beheerder)
    return versies.change(
        wie,
        versies.new_rule(wie, naam),
        waarom="Geldzorgen vroeg zien.",
        uitdrukking='signaal.leefgebied == "financien"',
        gewicht=15,
    )


def tried(versie: Regelversie) -> Regelversie:
    """The same with a dry run of it done."""
    Regelproef.objects.create(
        versie=versie,
        jaar=2025,
        vingerafdruk=versie.vingerafdruk,
        staat=Regelproef.Staat.KLAAR,
        gestart_door_id=versie.opgesteld_door_id,
    )
    versies.mark_tried(versie, versie.vingerafdruk)
    versie.refresh_from_db()
    return versie


def offered(beheerder: Gebruiker, beleid: Gebruiker) -> Regelversie:
    """Waits for the second person."""
    return versies.request(as_actor(beheerder), tried(draft(beheerder)), beleid, MORGEN)


def approved(beheerder: Gebruiker, beleid: Gebruiker) -> Regelversie:
    """In force from tomorrow."""
    return versies.approve(as_actor(beleid), offered(beheerder, beleid), MORGEN)


def test_a_version_counts_from_the_day_it_was_approved_for(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = approved(beheerder, beleid)
    assert in_force(GEMEENTE, VANDAAG).regels == ()
    (regel,) = in_force(GEMEENTE, MORGEN).regels
    assert (regel.naam, regel.versie, regel.gewicht) == ("Geldzorgen", 1, 15)
    assert regel.regel_id == versie.regel_id
    assert in_force("GM0005", MORGEN).regels == ()
    # Ready once: the next signal gets the same.
    assert in_force(GEMEENTE, MORGEN).regels[0] is regel


@pytest.mark.parametrize("per", [VANDAAG, date(2026, 3, 1)])
def test_a_version_never_starts_on_the_day_of_approval_or_before(
    beheerder: Gebruiker, beleid: Gebruiker, per: date
) -> None:
    versie = tried(draft(beheerder))
    with pytest.raises(RegelFout, match="dag na akkoord"):
        versies.request(as_actor(beheerder), versie, beleid, per)
    gevraagd = versies.request(as_actor(beheerder), versie, beleid, MORGEN)
    with pytest.raises(RegelFout, match="dag na akkoord"):
        versies.approve(as_actor(beleid), gevraagd, per)


def test_nobody_approves_what_they_wrote(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = tried(draft(beheerder))
    with pytest.raises(RegelFout, match="eigen regel"):
        versies.request(as_actor(beheerder), versie, beheerder, MORGEN)
    versie = versies.request(as_actor(beheerder), versie, beleid, MORGEN)
    beide = as_actor(beheerder, Rol.BEHEER, Rol.BELEID)
    assert not versies.may_take(Stap.GOEDKEUREN, versie, beide)
    with pytest.raises(RegelFout, match="eigen regel"):
        versies.approve(beide, versie, MORGEN)
    assert versies.may_take(Stap.GOEDKEUREN, versie, as_actor(beleid))


def test_who_changed_a_word_of_it_cannot_approve_it_either(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    ander = account("j.hofman", rol=Rol.BEHEER)
    versie = draft(beheerder)
    versies.change(as_actor(ander), versie, label="Geld")
    versie.refresh_from_db()
    versie = versies.request(as_actor(beheerder), tried(versie), beleid, MORGEN)
    with pytest.raises(RegelFout, match="eigen regel"):
        versies.approve(as_actor(ander), versie, MORGEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Regelversie.objects.filter(pk=versie.pk).update(
            status=Status.GOEDGEKEURD,
            goedgekeurd_door=ander,
            goedgekeurd_op=versie.opgesteld_op,
            geldig=DateRange(MORGEN, None),
        )


@pytest.mark.parametrize("rol", [Rol.CONSULENT, Rol.REGISSEUR, Rol.FG, Rol.BELEID])
def test_only_administrators_write_rules(rol: Rol) -> None:
    wie = account(f"x.{rol}", rol=rol)
    with pytest.raises(GeenToegang):
        versies.new_rule(as_actor(wie), "Van mij")


def test_only_some_roles_approve(beheerder: Gebruiker, beleid: Gebruiker) -> None:
    versie = offered(beheerder, beleid)
    for rol in (Rol.CONSULENT, Rol.REGISSEUR, Rol.FG, Rol.BACKOFFICE, Rol.PARTNER):
        with pytest.raises(GeenToegang):
            versies.approve(as_actor(beleid, rol), versie, MORGEN)
    assert versies.approve(as_actor(beleid, Rol.TEAMLEIDER), versie, MORGEN)


def test_what_was_not_tried_cannot_be_offered(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = draft(beheerder)
    with pytest.raises(RegelFout, match="concept"):
        versies.request(as_actor(beheerder), versie, beleid, MORGEN)


def test_a_change_of_the_outcome_makes_it_untried_again(beheerder: Gebruiker) -> None:
    versie = tried(draft(beheerder))
    wie = as_actor(beheerder)
    assert (
        versies.change(wie, versie, waarom="Beter gezegd.").status == "proef_gedraaid"
    )
    assert versies.change(wie, versie, gewicht=20).status == "concept"
    # Back to what was tried is tried.
    assert versies.change(wie, versie, gewicht=15).status == "concept"


def test_a_dry_run_of_something_else_proves_nothing(beheerder: Gebruiker) -> None:
    versie = draft(beheerder)
    versies.mark_tried(versie, "van een eerdere tekst")
    versie.refresh_from_db()
    assert versie.status == Status.CONCEPT


@pytest.mark.parametrize(
    ("inhoud", "gebrek"),
    [
        ({"waarom": " "}, "waarom"),
        ({"uitdrukking": "gezin.leden >="}, "stopt hier"),
        ({"gewicht": 0}, "iets doen"),
        ({"over_wetten": True}, "grond"),
        ({"over_wetten": True, "grond_tekst": "Convenant"}, "grond"),
    ],
)
def test_an_unfinished_version_cannot_be_offered(
    beheerder: Gebruiker, beleid: Gebruiker, inhoud: dict[str, object], gebrek: str
) -> None:
    versie = versies.change(as_actor(beheerder), draft(beheerder), **inhoud)
    with pytest.raises(RegelFout, match=gebrek):
        versies.request(as_actor(beheerder), tried(versie), beleid, MORGEN)


def test_whom_a_rule_touches_asks_for_an_answer(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = offered(beheerder, beleid)

    def raakt(_versie: Regelversie) -> list[str]:
        return ["laag inkomen"]

    with pytest.raises(RegelFout, match="wat u daarvan vindt"):
        versies.approve(as_actor(beleid), versie, MORGEN, "prima", opvallend=raakt)
    goed = "Dat volgt uit het onderwerp: schulden."
    nu = versies.approve(as_actor(beleid), versie, MORGEN, goed, opvallend=raakt)
    assert nu.antwoord_beoordelaar == goed


def test_the_next_version_ends_the_one_before(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    eerste = approved(beheerder, beleid)
    wie = as_actor(beheerder)
    tweede = versies.new_version(wie, eerste.regel)
    assert tweede.versie == 2
    assert versies.new_version(wie, eerste.regel).pk == tweede.pk
    tweede = tried(versies.change(wie, tweede, gewicht=20))
    tweede = versies.request(wie, tweede, beleid, date(2026, 4, 1))
    versies.approve(as_actor(beleid), tweede, date(2026, 4, 1))
    eerste.refresh_from_db()
    assert eerste.geldig == DateRange(MORGEN, date(2026, 4, 1))
    assert [r.versie for r in in_force(GEMEENTE, date(2026, 3, 31)).regels] == [1]
    assert [r.versie for r in in_force(GEMEENTE, date(2026, 4, 1)).regels] == [2]


def test_versions_of_one_rule_never_overlap(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    eerste = approved(beheerder, beleid)
    tweede = versies.new_version(as_actor(beheerder), eerste.regel)
    Regelversie.objects.filter(pk=tweede.pk).update(status=Status.TER_GOEDKEURING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Regelversie.objects.filter(pk=tweede.pk).update(
            status=Status.GOEDGEKEURD,
            goedgekeurd_door=beleid,
            goedgekeurd_op=eerste.goedgekeurd_op,
            geldig=DateRange(date(2026, 5, 1), None),
        )


def test_withdrawing_ends_it_tonight(beheerder: Gebruiker, beleid: Gebruiker) -> None:
    versie = approved(beheerder, beleid)
    with time_machine.travel("2026-03-20T12:00:00+01:00", tick=False):
        nu = versies.withdraw(as_actor(beleid), versie)
    assert nu.geldig == DateRange(MORGEN, date(2026, 3, 21))
    assert len(in_force(GEMEENTE, date(2026, 3, 20)).regels) == 1
    assert in_force(GEMEENTE, date(2026, 3, 21)).regels == ()


def test_withdrawn_before_it_began_it_never_counts(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    # The database goes by its own clock, so this test does too.
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        nu = cursor.fetchone()[0]
    with time_machine.travel(nu, tick=False):
        morgen = nu.astimezone(klok.AMSTERDAM).date() + timedelta(days=1)
        versie = versies.request(
            as_actor(beheerder), tried(draft(beheerder)), beleid, morgen
        )
        versie = versies.approve(as_actor(beleid), versie, morgen)
        assert len(in_force(GEMEENTE, morgen).regels) == 1
        assert versies.withdraw(as_actor(beleid), versie).geldig.isempty
        assert in_force(GEMEENTE, morgen).regels == ()


def test_what_was_in_force_cannot_be_made_never_to_have_been(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = approved(beheerder, beleid)  # in force since long, by the real clock
    with pytest.raises(DatabaseError), transaction.atomic():
        Regelversie.objects.filter(pk=versie.pk).update(geldig=DateRange(empty=True))


@pytest.mark.parametrize(
    "poging",
    [
        {"gewicht": 0},
        {"uitdrukking": "gezin.leden > 1"},
        {"status": Status.CONCEPT},
        {"geldig": DateRange(date(2026, 3, 12), None)},
        {"waarom": "Anders"},
    ],
)
def test_the_database_itself_refuses_to_change_what_was_approved(
    beheerder: Gebruiker, beleid: Gebruiker, poging: dict[str, object]
) -> None:
    versie = approved(beheerder, beleid)
    with pytest.raises(DatabaseError), transaction.atomic():
        Regelversie.objects.filter(pk=versie.pk).update(**poging)
    with pytest.raises(DatabaseError), transaction.atomic():
        Regelversie.objects.filter(pk=versie.pk).delete()
    assert Regelversie.objects.filter(pk=versie.pk).update(
        geldig=DateRange(MORGEN, date(2026, 12, 1))
    )


def test_what_is_approved_is_what_was_offered(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = offered(beheerder, beleid)
    akkoord = {
        "status": Status.GOEDGEKEURD,
        "goedgekeurd_door": beleid,
        "goedgekeurd_op": versie.opgesteld_op,
        "geldig": DateRange(MORGEN, None),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Regelversie.objects.filter(pk=versie.pk).update(gewicht=50, **akkoord)
    with pytest.raises(DatabaseError), transaction.atomic():
        Regelversie.objects.filter(pk=versie.pk).update(
            **{**akkoord, "geldig": DateRange(VANDAAG, None)}
        )
    assert Regelversie.objects.filter(pk=versie.pk).update(**akkoord)


def test_a_version_cannot_begin_as_approved(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    regel = Regel.objects.create(gemeente=GEMEENTE, naam="Stil")
    with pytest.raises(DatabaseError), transaction.atomic():
        Regelversie.objects.create(
            regel=regel,
            versie=1,
            naam="Stil",
            uitdrukking="gezin.leden > 1",
            status=Status.GOEDGEKEURD,
            opgesteld_door=beheerder,
            goedgekeurd_door=beleid,
            goedgekeurd_op="2026-01-01T00:00Z",
            geldig=DateRange("2026-02-01", None),
        )


@pytest.mark.parametrize("gewicht", [-1, 51])
def test_a_weight_outside_the_bounds_is_refused(
    beheerder: Gebruiker, gewicht: int
) -> None:
    versie = draft(beheerder)
    with pytest.raises(IntegrityError), transaction.atomic():
        Regelversie.objects.filter(pk=versie.pk).update(gewicht=gewicht)


def test_given_back_it_is_a_draft_with_an_answer(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = offered(beheerder, beleid)
    with pytest.raises(RegelFout, match="anders moet"):
        versies.give_back(as_actor(beleid), versie, "nee")
    nu = versies.give_back(as_actor(beleid), versie, "De termijn is te lang; kies 30.")
    assert (nu.status, nu.gevraagd_aan) == (Status.CONCEPT, None)
    assert nu.antwoord_beoordelaar == "De termijn is te lang; kies 30."


def test_a_draft_can_be_taken_back_and_thrown_away(
    beheerder: Gebruiker, beleid: Gebruiker
) -> None:
    versie = offered(beheerder, beleid)
    wie = as_actor(beheerder)
    with pytest.raises(RegelFout):
        versies.discard(wie, versie)
    versies.discard(wie, versies.take_back(wie, versie))
    assert not Regel.objects.exists()


def test_rules_of_another_municipality_are_not_there(beheerder: Gebruiker) -> None:
    versie = draft(beheerder)
    Regelproef.objects.create(
        versie=versie, jaar=2025, vingerafdruk="x", gestart_door=beheerder
    )
    Instelling.objects.create(gemeente=GEMEENTE, drempel=25)
    tabellen = [Regel, Regelversie, Regelproef, Instelling]
    with gemeentegrens.within(GEMEENTE):
        assert [t.objects.count() for t in tabellen] == [1, 1, 1, 1]
    with gemeentegrens.within("GM0005"):
        assert [t.objects.count() for t in tabellen] == [0, 0, 0, 0]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE regels_regelversie SET gewicht = 50")
            assert cursor.rowcount == 0


def test_the_newest_setting_counts_and_none_is_ever_changed() -> None:
    assert in_force(GEMEENTE).drempel == 30
    eerste = Instelling.objects.create(gemeente=GEMEENTE, drempel=25)
    assert in_force(GEMEENTE).drempel == 25
    with pytest.raises(DatabaseError), transaction.atomic():
        Instelling.objects.filter(pk=eerste.pk).update(drempel=500)
    with time_machine.travel("2026-03-10T00:00:00+01:00", tick=False):
        Instelling.objects.create(gemeente=GEMEENTE, drempel=40)
    assert in_force(GEMEENTE).drempel == 40
