"""What people see of terms, and what they can do there, by role."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, klok
from samenloop.plannen.dossier import tijdlijn
from samenloop.regie import afsluiten, mijn_dag
from samenloop.regie.taken import vastzit
from samenloop.regie.termijnen import lopen, opschalen
from samenloop.regie.termijnen.models import (
    Doorzetting,
    Opschortgrond,
    Staat,
    Termijn,
)
from tests.access.accounts import GEMEENTE, account, actor, organisatie
from tests.regie.maken import casus as maak_casus
from tests.regie.termijnen.maken import DINSDAG, Opstelling, day, noon, setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def op() -> Iterator[Opstelling]:
    with time_machine.travel(DINSDAG, tick=False):
        yield setting()


def of(wie: Gebruiker) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def test_list_is_tightest_first_with_ground_and_words(op: Opstelling) -> None:
    op.start("WMO-ONDERZOEK", "2026-03-02")
    op.start("WMO-BESCHIKKING", "2026-02-20")
    stil = op.start("JW-BESCHIKKING", "2026-01-19")
    lopen.suspend(stil, grond=Opschortgrond.AANVULLING, van=klok.today(), door=op.door)
    tekst = of(op.regisseur).get(reverse("termijnen")).content.decode()
    plekken = [
        tekst.index(wat)
        for wat in (
            "Wmo 2015, 2.3.5 lid 2",
            "4 dagen te laat",
            "nog 22 werkdagen",
            "staat stil sinds 10 mrt",
        )
    ]
    assert plekken == sorted(plekken)
    assert "Postma" in tekst


def test_without_taking_part_one_reads_that_it_runs_and_no_more(
    op: Opstelling,
) -> None:
    termijn = op.start(
        "AFSPRAAK", uiterlijk=day("2026-03-20"), omschrijving="Loonstroken van Sander"
    )
    collega = account("k.collega", rol=Rol.REGISSEUR)
    for wie in (collega, op.teamleider):
        for adres in (
            reverse("termijnen") + "?stand=",
            reverse("termijn", args=[termijn.pk]),
            reverse("termijnen-van-casus", args=[op.casus.pk]),
        ):
            antwoord = of(wie).get(adres)
            tekst = antwoord.content.decode()
            assert antwoord.status_code == 200
            assert "Afspraak met een einddatum" in tekst
            assert "20 maart 2026" in tekst or "20 mrt 2026" in tekst
            assert "Loonstroken" not in tekst
            assert "Postma" not in tekst
    tekst = of(op.regisseur).get(reverse("termijn", args=[termijn.pk])).content.decode()
    assert "Loonstroken van Sander" in tekst


def test_other_municipality_sees_nothing(op: Opstelling) -> None:
    termijn = op.start()
    elders = account("e.elders", rol=Rol.TEAMLEIDER, gemeente="GM0014")
    assert of(elders).get(reverse("termijn", args=[termijn.pk])).status_code == 404
    assert str(termijn.pk) not in of(elders).get(reverse("termijnen")).content.decode()


def test_statements_do_not_grow_with_rows(
    op: Opstelling, django_assert_max_num_queries: object
) -> None:
    client = of(op.regisseur)
    adres = reverse("termijnen")

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as gevraagd:
            assert client.get(adres).status_code == 200
        return len(gevraagd)

    op.start("WMO-BESCHIKKING", "2026-02-16")
    opschalen.walk(GEMEENTE)
    count()
    een = count()
    for n in range(8):
        casus = maak_casus(op.regisseur, naam=f"Bakker{n}", team=op.team)
        op.start("WMO-BESCHIKKING", "2026-02-16", casus=casus)
    opschalen.walk(GEMEENTE)
    assert count() <= een


def test_all_steps_by_hand(op: Opstelling) -> None:
    client = of(op.regisseur)
    antwoord = client.post(
        reverse("termijn-nieuw", args=[op.casus.pk]),
        {"soort": "AWB-BEZWAAR-BESLIS", "begin": "2026-02-16"},
    )
    termijn = Termijn.objects.get()
    assert antwoord.headers["Location"] == reverse("termijn", args=[termijn.pk])

    def take(stap: str, **data: str) -> int:
        adres = reverse("termijn-stap", args=[termijn.pk, stap])
        assert client.get(adres).status_code == 200
        status = client.post(adres, data).status_code
        termijn.refresh_from_db()
        return int(status)

    zin = "Het formulier mist een handtekening"
    assert take("opschorten", grond="verzuim", van="2026-03-11") == 422
    assert take("opschorten", grond="verzuim", van="2026-03-11", reden=zin) == 302
    assert termijn.staat == Staat.STIL
    with time_machine.travel(noon("2026-03-20"), tick=False):
        client = of(op.regisseur)
        assert take("hervatten", op="2026-03-20") == 302
        assert termijn.uiterlijk == day("2026-04-08")
        assert take("verlengen", bericht_op="2026-03-20", reden=zin) == 302
        assert termijn.uiterlijk == day("2026-05-20")
        adres = reverse("termijn-stap", args=[termijn.pk, "verlengen"])
        assert client.get(adres).status_code == 404
        assert take("corrigeren", begin="2026-02-17", reden=zin) == 302
        assert termijn.uiterlijk == day("2026-05-21")
        assert take("stoppen", op="2026-03-20") == 422
        assert take("stoppen", op="2026-03-20", uitkomst="gehaald") == 302
    assert termijn.staat == Staat.GEHAALD
    assert (
        "Het formulier mist"
        in client.get(reverse("termijn", args=[termijn.pk])).content.decode()
    )


def test_steps_are_for_who_has_the_case(op: Opstelling) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    collega = account("k.collega", rol=Rol.REGISSEUR)
    adres = reverse("termijn-stap", args=[termijn.pk, "stoppen"])
    data = {"uitkomst": "gehaald", "op": "2026-03-10"}
    for wie in (collega, op.teamleider):
        assert of(wie).post(adres, data).status_code == 403
    assert of(op.regisseur).post(adres, data).status_code == 302


def test_agreed_term_asks_its_last_day(op: Opstelling) -> None:
    adres = reverse("termijn-nieuw", args=[op.casus.pk])
    antwoord = of(op.regisseur).post(
        adres, {"soort": "AFSPRAAK", "begin": "2026-03-10"}
    )
    assert antwoord.status_code == 422
    assert "Noem de laatste dag" in antwoord.content.decode()
    assert not Termijn.objects.exists()


def test_leader_pushes_through_and_the_family_file_tells(op: Opstelling) -> None:
    school = organisatie()
    termijn = op.start("WMO-BESCHIKKING", "2026-02-20")
    adres = reverse("doorzetten", args=[op.casus.pk])
    data = {
        "organisatie": str(school.pk),
        "termijn": str(termijn.pk),
        "besluit": "De school maakt maandag een plaats vrij",
        "reden": "Drie keer gevraagd en geen antwoord gekregen",
    }
    assert of(op.regisseur).post(adres, data).status_code == 403
    assert of(op.teamleider).get(adres).status_code == 200
    assert of(op.teamleider).post(adres, data).status_code == 302
    assert Doorzetting.objects.get().termijn == termijn
    assert op.casus.dossier is not None
    lijn = tijdlijn.events(op.door, op.casus.dossier)
    assert any("maakt maandag een plaats vrij" in each.tekst for each in lijn)


def test_passing_stands_on_time_line_and_my_day(op: Opstelling) -> None:
    op.start("WMO-BESCHIKKING", "2026-02-20")
    opschalen.walk(GEMEENTE)
    assert op.casus.dossier is not None
    lijn = tijdlijn.events(op.door, op.casus.dossier)
    assert [each.gewicht for each in lijn if each.soort == "termijn"] == [
        "gevaar",
        "feit",
    ]
    for wie in (op.door, op.leider):
        punten = [each for each in mijn_dag.points(wie) if "termijn" in each.adres]
        assert [each.staat for each in punten] == ["4 dagen te laat"]
    collega = actor(Rol.REGISSEUR, account=account("k.collega", rol=Rol.REGISSEUR))
    assert not [e for e in mijn_dag.points(collega) if "termijn" in e.adres]


def test_page_of_a_case_says_when(op: Opstelling) -> None:
    op.start("WMO-BESCHIKKING", "2026-02-20")
    opschalen.walk(GEMEENTE)
    tekst = of(op.regisseur).get(reverse("casus", args=[op.casus.pk])).content.decode()
    assert 'id="wanneer"' in tekst
    assert "4 dagen te laat" in tekst
    assert "bericht aan: Jan Mulder" in tekst


def test_passed_term_is_told_where_the_case_is_stuck(op: Opstelling) -> None:
    op.start("WMO-BESCHIKKING", "2026-02-20")
    op.start("WMO-ONDERZOEK", "2026-03-02")
    vast = [
        each for each in vastzit.stuck(op.door, op.casus) if "termijn" in each.adres
    ]
    assert [each.wat.endswith("(Wmo 2015, 2.3.5 lid 2)") for each in vast] == [True]
    collega = actor(Rol.REGISSEUR, account=account("k.collega", rol=Rol.REGISSEUR))
    for wie in (collega, op.leider):
        assert not vastzit.stuck(wie, op.casus)


def test_closing_asks_about_open_terms_and_lets_them_lapse(op: Opstelling) -> None:
    termijn = op.start("WMO-BESCHIKKING", "2026-03-02")
    assert afsluiten.open_points(op.casus) == ["Er loopt nog 1 termijn"]
    afsluiten.close(op.casus, reden="verhuisd", door=op.door, toch=True)
    gebeurtenissen.handle_pending()
    termijn.refresh_from_db()
    assert termijn.staat == Staat.VERVALLEN


# Setting up


def test_own_norm_can_be_shorter_than_the_law_and_never_longer(op: Opstelling) -> None:
    beleid = account("b.beleid", rol=Rol.BELEID)
    adres = reverse("termijnsoort", args=["WMO-ONDERZOEK"])
    reden = "Collegebesluit van 3 maart"
    lang = of(beleid).post(adres, {"duur": "P7W", "reden": reden})
    assert lang.status_code == 422
    assert "alleen korter" in lang.content.decode()
    assert (
        of(beleid).post(adres, {"duur": "4 weken", "reden": reden}).status_code == 422
    )
    loopt = op.start("WMO-ONDERZOEK", "2026-03-02")
    assert of(beleid).post(adres, {"duur": "p4w", "reden": reden}).status_code == 302
    loopt.refresh_from_db()
    assert loopt.streef is None
    ander = op.start(
        "WMO-ONDERZOEK", "2026-03-02", casus=maak_casus(op.regisseur, naam="Bakker")
    )
    assert (ander.streef, ander.uiterlijk) == (day("2026-03-30"), day("2026-04-13"))
    assert (
        of(op.regisseur).post(adres, {"duur": "P3W", "reden": reden}).status_code == 403
    )


def test_municipality_adds_an_agreed_term_of_its_own(op: Opstelling) -> None:
    beheer = account("b.beheer", rol=Rol.BEHEER)
    adres = reverse("termijnsoort-nieuw")
    data = {
        "naam": "Huisbezoek na verhuizing",
        "code": "eigen-bezoek",
        "duur": "WD10",
        "reden": "Afspraak met de wijkteams",
    }
    assert of(beheer).post(adres, {**data, "code": "WMO-EIGEN"}).status_code == 422
    assert of(beheer).post(adres, data).status_code == 302
    termijn = op.start("EIGEN-BEZOEK", "2026-03-10")
    assert termijn.uiterlijk == day("2026-03-24")
    assert (
        "Huisbezoek na verhuizing"
        in of(op.regisseur).get(reverse("termijnen")).content.decode()
    )


def test_ladder_of_a_team_is_set_by_hand(op: Opstelling) -> None:
    beleid = account("b.beleid", rol=Rol.BELEID)
    adres = reverse("ladder-van-team", args=[op.team.pk])
    leeg = {f"trede-{n}-moment": "" for n in range(6)}
    vorm = {
        "trede-TOTAL_FORMS": "6",
        "trede-INITIAL_FORMS": "3",
        **leeg,
        **{f"trede-{n}-aan": "teamleider" for n in range(6)},
        "trede-0-moment": "te_laat",
        "trede-0-waarde": "",
    }
    assert of(beleid).get(adres).status_code == 200
    assert of(beleid).post(adres, vorm).status_code == 422
    assert of(beleid).post(adres, {**vorm, "trede-0-waarde": "2"}).status_code == 302
    op.start("WMO-BESCHIKKING", "2026-03-02")
    with time_machine.travel(noon("2026-03-17"), tick=False):
        assert opschalen.walk(GEMEENTE).opgeschaald == 0
    with time_machine.travel(noon("2026-03-18"), tick=False):
        assert opschalen.walk(GEMEENTE).opgeschaald == 1
    tekst = of(beleid).get(reverse("ladders")).content.decode()
    assert "2 werkdagen te laat" in tekst


@pytest.mark.parametrize("soort", ["", "wet", "keten", "afspraak", "bevestigen"])
def test_kinds_are_listed_with_their_law(op: Opstelling, soort: str) -> None:
    beleid = account("b.beleid", rol=Rol.BELEID)
    tekst = of(beleid).get(reverse("termijnsoorten"), {"soort": soort}).content.decode()
    assert ("Wmo 2015, 2.3.5 lid 2" in tekst) is (soort in ("", "wet"))
