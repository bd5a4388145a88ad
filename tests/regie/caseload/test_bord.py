"""The board counts work, never people; dividing does what was confirmed and no more."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.besluiten import GeenToegang
from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import klok
from samenloop.regie import casussen, mijn_dag, regisseurs
from samenloop.regie.caseload import bord, verdelen
from samenloop.regie.caseload.models import Caseloadnorm, Casuszwaarte
from samenloop.regie.models import Afwezigheid, Casus
from tests.access.accounts import GEMEENTE, account, actor
from tests.regie.maken import casus as maak_casus
from tests.regie.termijnen.maken import DINSDAG, Opstelling, day, member, setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def op() -> Iterator[Opstelling]:
    with time_machine.travel(DINSDAG, tick=False):
        yield setting()


@pytest.fixture
def collega(op: Opstelling) -> Gebruiker:
    wie = account("b.kamphuis", rol=Rol.REGISSEUR, naam="Bart Kamphuis")
    member(op.team, wie, uren=18)
    return wie


def of(wie: Gebruiker) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def free(op: Opstelling, naam: str) -> Casus:
    return maak_casus(None, naam=naam, team=op.team)


def test_load_is_weighed_against_hours(op: Opstelling, collega: Gebruiker) -> None:
    kort = maak_casus(collega, naam="Bakker", soort="enkelvoudig", team=op.team)
    zwaar = maak_casus(collega, naam="Zijlma", team=op.team)
    Casuszwaarte.objects.create(casus=zwaar, zwaarte="zwaar")
    bart, ineke = bord.workers(op.team, bord.Norm())
    assert (bart.naam, bart.licht, bart.gewoon, bart.zwaar) == (
        "Bart Kamphuis",
        1,
        0,
        1,
    )
    assert (bart.punten, bart.ruimte, bart.deel) == (5, 20.0, 25)
    assert (ineke.punten, ineke.ruimte, ineke.deel) == (2, 40.0, 5)
    assert kort.nummer in [
        each.nummer for each in bord.cases_of(GEMEENTE, bart.account)
    ]


def test_absence_takes_room(op: Opstelling) -> None:
    Afwezigheid.objects.create(
        gemeente_id=GEMEENTE,
        account=op.regisseur.pk,
        geldig=DateRange(klok.today(), klok.today() + timedelta(days=14)),
    )
    (ineke,) = bord.workers(op.team, bord.Norm())
    assert ineke.afwezig_tot == day("2026-03-24")
    # Away on ten of the eighteen working days until and after Easter.
    assert ineke.ruimte == 17.8


def test_closed_cases_and_other_municipalities_do_not_count(op: Opstelling) -> None:
    dicht = maak_casus(op.regisseur, naam="Dicht", team=op.team)
    assert dicht.dossier is not None
    dicht.dossier.gesloten_op = klok.today()
    dicht.dossier.save()
    maak_casus(op.regisseur, naam="Elders", gemeente="GM0014")
    (ineke,) = bord.workers(op.team, bord.Norm())
    assert ineke.casussen == 1


def test_terms_at_risk_are_counted(op: Opstelling) -> None:
    op.start("WMO-BESCHIKKING", "2026-02-20")
    op.start("JW-BESCHIKKING", "2026-03-09")
    (ineke,) = bord.workers(op.team, bord.Norm())
    assert ineke.krap == 1


def test_board_shows_work_and_no_families(op: Opstelling) -> None:
    vrij = free(op, "Haverkamp")
    los = maak_casus(None, naam="Nanninga")
    tekst = of(op.teamleider).get(reverse("caseload")).content.decode()
    assert vrij.kort in tekst
    assert los.kort in tekst
    assert "1 casus van dit team heeft geen regisseur" in tekst
    assert "Ineke Huizinga" in tekst
    for naam in ("Haverkamp", "Nanninga", "Postma", "Marieke"):
        assert naam not in tekst


@pytest.mark.parametrize("rol", [Rol.REGISSEUR, Rol.CONSULENT, Rol.BELEID, Rol.FG])
def test_board_is_for_team_leaders(op: Opstelling, rol: Rol) -> None:
    ander = account("a.ander", rol=rol)
    assert of(ander).get(reverse("caseload")).status_code == 403
    with pytest.raises(GeenToegang):
        verdelen.carry_out([(op.casus.pk, None, ander.pk)], door=actor(rol))


def test_statements_do_not_grow_with_team_and_work(op: Opstelling) -> None:
    client = of(op.teamleider)

    def count() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            assert client.get(reverse("caseload")).status_code == 200
        return len(gevraagd)

    free(op, "Een")
    count()
    eerst = count()
    for n in range(6):
        wie = account(f"w{n}", rol=Rol.REGISSEUR)
        member(op.team, wie)
        maak_casus(wie, naam=f"Gezin{n}", team=op.team)
        free(op, f"Vrij{n}")
    assert count() <= eerst


def test_ticked_cases_are_given_and_the_rest_stays(
    op: Opstelling, collega: Gebruiker
) -> None:
    een, twee = free(op, "Een"), free(op, "Twee")
    adres = reverse("caseload-toewijzen", args=[op.team.pk])
    client = of(op.teamleider)
    client.post(adres, {"casus": [str(een.pk)], "naar": str(collega.pk)})
    regie = casussen.current_director(een)
    assert regie is not None
    assert regie.account == collega.pk
    assert casussen.current_director(twee) is None
    # Not to who is no member, and nothing without a tick.
    client.post(adres, {"casus": [str(twee.pk)], "naar": str(op.teamleider.pk)})
    client.post(adres, {"naar": str(collega.pk)})
    assert casussen.current_director(twee) is None


def test_proposal_changes_nothing_until_it_is_confirmed(
    op: Opstelling, collega: Gebruiker
) -> None:
    zaken = [free(op, f"Gezin{n}") for n in range(3)]
    client = of(op.teamleider)
    adres = reverse("caseload-voorstel", args=[op.team.pk])
    tekst = client.get(adres).content.decode()
    assert all(each.kort in tekst for each in zaken)
    assert not regisseurs.directing(klok.now()).filter(casus__in=zaken).exists()
    # One was taken up meanwhile, one is left unticked, one is changed.
    regisseurs.take_up(zaken[0], door=actor(Rol.REGISSEUR, account=collega))
    client.post(
        adres,
        {
            "zet": [str(zaken[0].pk), str(zaken[1].pk)],
            f"naar-{zaken[0].pk}": str(op.regisseur.pk),
            f"van-{zaken[0].pk}": "",
            f"naar-{zaken[1].pk}": str(op.regisseur.pk),
            f"van-{zaken[1].pk}": "",
        },
    )
    wie = [casussen.current_director(each) for each in zaken]
    assert [each and each.account for each in wie] == [
        collega.pk,
        op.regisseur.pk,
        None,
    ]


def _worker(account: int, punten: int, ruimte: float) -> bord.Werker:
    return bord.Werker(
        account=account, naam=f"w{account}", uren=36, licht=0, gewoon=0, zwaar=0,
        punten=punten, ruimte=ruimte, wacht=0, krap=0, directs=True,
    )  # fmt: skip


def _matter(
    op: Opstelling, nummer: str, zwaarte: str, van: int | None, geopend: date
) -> bord.Zaak:
    return bord.Zaak(
        op.casus.pk, nummer, geopend, zwaarte, van, geopend if van else None, 0, ""
    )


def test_proposal_fills_who_has_most_room_and_overfills_nobody(
    op: Opstelling,
) -> None:
    vandaag = klok.today()
    werkers = [_worker(1, 38, 40), _worker(2, 4, 20), _worker(3, 0, 0)]
    vrij = [_matter(op, f"C-{n}", "zwaar", None, vandaag) for n in range(5)]
    uit = verdelen.propose(werkers, vrij, [], bord.Norm(), vandaag)
    assert [zet.naar for zet in uit.zetten] == [2, 2, 2, 2]
    assert len(uit.over) == 1
    assert (uit.voor[2], uit.na[2]) == (4, 20)


def test_only_new_cases_move_away_from_who_is_too_full(op: Opstelling) -> None:
    vandaag = klok.today()
    werkers = [_worker(1, 45, 40), _worker(2, 4, 20)]
    oud = _matter(op, "C-1", "zwaar", 1, vandaag - timedelta(days=60))
    jong = [_matter(op, f"C-{n}", "gewoon", 1, vandaag) for n in range(2, 8)]
    uit = verdelen.propose(werkers, [], [oud, *jong], bord.Norm(), vandaag)
    # 45 points where 40 fit: three normal cases of two points make it 39.
    assert [zet.zaak.nummer for zet in uit.zetten] == ["C-2", "C-3", "C-4"]
    assert uit.na == {1: 39, 2: 10}


def test_weight_is_said_by_director_or_leader(
    op: Opstelling, collega: Gebruiker
) -> None:
    adres = reverse("casus-zwaarte", args=[op.casus.pk])
    assert of(collega).post(adres, {"zwaarte": "zwaar"}).status_code == 403
    assert of(op.regisseur).post(adres, {"zwaarte": "zwaar"}).status_code == 302
    assert Casuszwaarte.objects.get().zwaarte == "zwaar"
    assert of(op.teamleider).post(adres, {"zwaarte": "licht"}).status_code == 302
    assert Casuszwaarte.objects.get().zwaarte == "licht"


def test_norm_is_set_and_heavier_never_asks_less(op: Opstelling) -> None:
    client = of(op.teamleider)
    adres = reverse("caseload-norm")
    data = {"licht": "1", "gewoon": "3", "zwaar": "2", "ruimte": "30"}
    assert client.post(adres, data).status_code == 422
    assert not Caseloadnorm.objects.exists()
    assert client.post(adres, {**data, "zwaar": "6"}).status_code == 302
    assert bord.norm_of(GEMEENTE) == bord.Norm(1, 3, 6, 30)
    assert bord.norm_of("GM0014") == bord.Norm()


def test_page_of_a_worker_lists_their_work(op: Opstelling, collega: Gebruiker) -> None:
    adres = reverse("caseload-medewerker", args=[op.team.pk, op.regisseur.pk])
    tekst = of(op.teamleider).get(adres).content.decode()
    assert op.casus.kort in tekst
    assert "Postma" not in tekst
    data = {
        "van": str(op.regisseur.pk),
        "casus": [str(op.casus.pk)],
        "naar": str(collega.pk),
    }
    of(op.teamleider).post(reverse("caseload-toewijzen", args=[op.team.pk]), data)
    regie = casussen.current_director(op.casus)
    assert regie is not None
    assert regie.account == collega.pk


def test_own_caseload_stands_on_my_day(op: Opstelling, collega: Gebruiker) -> None:
    def panel(wie: Gebruiker) -> object:
        panelen = mijn_dag.panels(actor(Rol.REGISSEUR, account=wie), terzijde=True)
        return {paneel.code: inhoud for paneel, inhoud in panelen}.get("caseload")

    eigen = panel(op.regisseur)
    assert isinstance(eigen, dict)
    assert eigen["aantal"] == 1
    assert panel(collega) is None
