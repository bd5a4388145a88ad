"""The coming year: what ends, spread without being late or shortening anything."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access import logboek
from samenloop.access.besluiten import GeenToegang
from samenloop.access.rollen import Rol
from samenloop.core import gebeurtenissen, klok
from samenloop.core.tijd import correct
from samenloop.personen.models import Gezinslid, Persoon
from samenloop.regie import afsluiten
from samenloop.regie.caseload import beginnen, herindicaties, jobs
from samenloop.regie.caseload.models import Herindicatieplanning
from samenloop.regie.models import Casus
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.models import Staat
from samenloop.voorzieningen.models import Voorziening, Wet
from samenloop.voorzieningen.toewijzen import aanvragen, beschikken, herindiceren
from samenloop.voorzieningen.toewijzen.models import Aanvraag, Aanvraagstaat
from tests.access.accounts import GEMEENTE, account, actor
from tests.personen.maken import person
from tests.regie.caseload.maken import provision
from tests.regie.maken import casus as maak_casus
from tests.regie.termijnen.maken import DINSDAG, Opstelling, day, noon, setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def op() -> Iterator[Opstelling]:
    with time_machine.travel(DINSDAG, tick=False):
        yield setting()


def outlook(weken: int = 13, wet: str = "") -> herindicaties.Vooruitzicht:
    return herindicaties.outlook(GEMEENTE, weken=weken, wet=wet)


def accept(op: Opstelling, weken: int = 13) -> int:
    return herindicaties.accept(
        GEMEENTE, weken=weken, wet="", merk=outlook(weken).merk, door=op.leider
    )


def test_it_begins_eight_weeks_before_the_end(op: Opstelling) -> None:
    provision("2026-12-31")
    zicht = outlook(4)
    (einde,) = zicht.eindes
    assert einde.eerst == day("2026-11-05")
    assert [
        (m.begin, m.eindigt, m.voor) for m in zicht.maanden if m.eindigt or m.voor
    ] == [
        (day("2026-11-01"), 0, 1),
        (day("2026-12-01"), 1, 0),
    ]


def test_peak_of_december_is_spread_and_nothing_starts_late(op: Opstelling) -> None:
    for _n in range(12):
        provision("2026-12-31")
    zicht = outlook(13)
    assert (zicht.piek_voor, zicht.piek_na) == (12, 3)
    assert zicht.verplaatst == 9
    for einde in zicht.eindes:
        start = zicht.starts[einde.voorziening]
        assert einde.eerst - timedelta(weeks=13) - timedelta(days=31) <= start
        assert start <= einde.eerst < einde.einddatum


def test_smaller_window_moves_less(op: Opstelling) -> None:
    for _n in range(12):
        provision("2026-12-31")
    assert outlook(4).piek_na == 6
    assert outlook(26).piek_na <= outlook(13).piek_na


def test_what_cannot_wait_begins_now(op: Opstelling) -> None:
    provision("2026-03-31")
    zicht = outlook()
    assert zicht.te_laat == 1
    assert list(zicht.starts.values()) == [klok.today()]


@pytest.mark.parametrize(
    ("einde", "telt"),
    [("2026-03-09", 0), ("2026-03-11", 1), ("2027-04-01", 1), ("2027-06-01", 0)],
)
def test_the_coming_year_and_no_more(op: Opstelling, einde: str, telt: int) -> None:
    provision(einde)
    assert len(outlook().eindes) == telt


def test_only_this_municipality_this_law_and_what_is_known_now(op: Opstelling) -> None:
    provision("2026-12-31", wet=Wet.JEUGDWET)
    provision("2026-12-31", gemeente="GM0014")
    oud = provision("2026-12-31")
    correct(oud, klok.today(), geldig=DateRange(date(2024, 1, 1), None))
    assert len(outlook().eindes) == 1
    assert len(outlook(wet=Wet.WMO).eindes) == 0


def test_accepting_plans_and_starts_terms_where_there_is_a_case(op: Opstelling) -> None:
    met = provision("2026-12-31", op.casus.betrokkene)
    zonder = provision("2026-12-31")
    assert accept(op) == 2
    gebeurtenissen.handle_pending()
    plan = Herindicatieplanning.objects.get(voorziening=met.kenmerk)
    assert plan.termijn is not None
    assert plan.termijn.casus == op.casus
    assert (plan.termijn.begin, plan.termijn.uiterlijk) == (
        plan.start,
        day("2026-12-31"),
    )
    los = Herindicatieplanning.objects.get(voorziening=zonder.kenmerk)
    assert (los.casus, los.termijn) == (None, None)
    # Planned is planned: a second time there is nothing left.
    with pytest.raises(herindicaties.Veranderd):
        accept(op)
    assert outlook().gepland == 2
    regels = logboek.looks_at(zonder.betrokkene_id, DINSDAG - timedelta(days=1))
    assert [regel.onderwerp for regel in regels] == ["herindicaties"]


def test_a_case_that_opens_later_takes_the_plan(op: Opstelling) -> None:
    from samenloop.personen.models import Gezin

    wie = person("Later")
    provision("2026-12-31", wie)
    accept(op)
    gebeurtenissen.handle_pending()
    casus = maak_casus(op.regisseur, gezin=(Gezin.objects.create(naam="Later"), wie))
    gebeurtenissen.handle_pending()
    assert jobs.follow(GEMEENTE) == (0, 0)
    assert casus.termijnen.get().soort == "HERINDICATIE"


def test_what_was_not_done_when_a_case_closed_goes_along_to_the_next(
    op: Opstelling,
) -> None:
    wie = op.casus.betrokkene
    provision("2026-12-31", wie)
    accept(op)
    gebeurtenissen.handle_pending()
    afsluiten.close(op.casus, reden="doel bereikt", toch=True, door=op.door)
    gebeurtenissen.handle_pending()
    plan = Herindicatieplanning.objects.get()
    assert (plan.casus, plan.termijn) == (None, None)
    assert herindicaties.to_do(GEMEENTE).get() == plan

    dossier = op.casus.dossier
    assert dossier is not None
    assert dossier.gezin is not None
    kind = Gezinslid.objects.get(gezin=dossier.gezin, rol="kind").persoon
    volgende = maak_casus(op.regisseur, gezin=(dossier.gezin, kind))
    gebeurtenissen.handle_pending()

    plan.refresh_from_db()
    # The next case is about the child; the family is the same.
    assert plan.casus == volgende
    assert plan.termijn is not None
    assert plan.termijn.is_open
    assert herindicaties.to_do(GEMEENTE).get() == plan


def test_a_case_that_runs_again_takes_it_back(op: Opstelling) -> None:
    provision("2026-12-31", op.casus.betrokkene)
    accept(op)
    gebeurtenissen.handle_pending()
    afsluiten.close(op.casus, reden="doel bereikt", toch=True, door=op.door)
    gebeurtenissen.handle_pending()
    afsluiten.reopen(Casus.objects.get(pk=op.casus.pk), reden="Toch niet", door=op.door)
    gebeurtenissen.handle_pending()

    plan = Herindicatieplanning.objects.get()
    assert plan.casus == op.casus
    assert plan.termijn is not None
    assert plan.termijn.is_open


@pytest.mark.parametrize("uitkomst", [Staat.GEHAALD, Staat.VERVALLEN])
def test_what_somebody_called_done_stays_done(op: Opstelling, uitkomst: Staat) -> None:
    provision("2026-12-31", op.casus.betrokkene)
    accept(op)
    gebeurtenissen.handle_pending()
    plan = Herindicatieplanning.objects.select_related("termijn").get()
    assert plan.termijn is not None
    lopen.stop(
        plan.termijn, klok.today(), op.door, uitkomst=uitkomst, reden="Niet nodig"
    )
    assert not herindicaties.to_do(GEMEENTE).exists()
    afsluiten.close(op.casus, reden="doel bereikt", toch=True, door=op.door)
    gebeurtenissen.handle_pending()

    plan.refresh_from_db()
    assert plan.casus == op.casus
    assert not herindicaties.to_do(GEMEENTE).exists()


def test_the_board_says_what_has_begun_until_it_is_done(op: Opstelling) -> None:
    provision("2026-04-20", op.casus.betrokkene)
    accept(op)
    gebeurtenissen.handle_pending()
    browser = Client()
    plan = Herindicatieplanning.objects.select_related("termijn").get()
    assert plan.termijn is not None
    with time_machine.travel(noon(str(plan.start)), tick=False):
        adres = reverse("caseload")
        browser.force_login(op.teamleider, "django.contrib.auth.backends.ModelBackend")
        assert (
            "1 herindicatie te doen" in browser.get(adres, follow=True).content.decode()
        )
        lopen.stop(plan.termijn, klok.today(), op.door)
        assert (
            "herindicatie te doen"
            not in browser.get(adres, follow=True).content.decode()
        )


def test_plan_lapses_when_the_decision_changes(op: Opstelling) -> None:
    eerste = provision("2026-12-31", op.casus.betrokkene)
    blijft = provision("2026-11-30")
    accept(op)
    gebeurtenissen.handle_pending()
    with time_machine.travel(noon("2026-04-01"), tick=False):
        correct(
            eerste, klok.today(), geldig=DateRange(date(2024, 1, 1), date(2028, 1, 1))
        )
        assert jobs.follow(GEMEENTE) == (0, 1)
    plan = Herindicatieplanning.objects.get(voorziening=eerste.kenmerk)
    assert plan.vervallen_op == day("2026-04-01")
    assert plan.termijn is not None
    assert plan.termijn.staat == Staat.VERVALLEN
    ander = Herindicatieplanning.objects.get(voorziening=blijft.kenmerk)
    assert ander.vervallen_op is None


def test_no_provision_is_touched(op: Opstelling) -> None:
    provision("2026-12-31", op.casus.betrokkene)
    voor = list(Voorziening.objects.order_by("pk").values())
    accept(op)
    gebeurtenissen.handle_pending()
    assert list(Voorziening.objects.order_by("pk").values()) == voor


def test_only_what_was_shown_is_planned(op: Opstelling) -> None:
    provision("2026-12-31")
    merk = outlook().merk
    provision("2026-12-31")
    with pytest.raises(herindicaties.Veranderd):
        herindicaties.accept(GEMEENTE, weken=13, wet="", merk=merk, door=op.leider)
    assert not Herindicatieplanning.objects.exists()


@pytest.mark.parametrize("rol", [Rol.REGISSEUR, Rol.CONSULENT, Rol.BELEID])
def test_planning_is_for_who_divides_the_work(op: Opstelling, rol: Rol) -> None:
    provision("2026-12-31")
    with pytest.raises(GeenToegang):
        herindicaties.accept(
            GEMEENTE, weken=13, wet="", merk=outlook().merk, door=actor(rol)
        )
    with pytest.raises(GeenToegang):
        herindicaties.accept(
            "GM0014", weken=13, wet="", merk=outlook().merk, door=op.leider
        )


def test_page_shows_peak_and_plans_it(op: Opstelling) -> None:
    for _n in range(12):
        provision("2026-12-31")
    client = Client()
    client.force_login(op.teamleider)
    tekst = client.get(reverse("herindicaties"), {"weken": "13"}).content.decode()
    assert "drukste maand 12 herindicaties, gespreid 3" in tekst
    data = {"weken": "13", "wet": "", "merk": outlook(13).merk}
    assert client.post(reverse("herindicaties-plannen"), data).status_code == 302
    assert Herindicatieplanning.objects.count() == 12
    ander = Client()
    ander.force_login(account("r.ander", rol=Rol.REGISSEUR))
    assert ander.get(reverse("herindicaties")).status_code == 403


def begun(wie: Persoon, op: Opstelling) -> Aanvraag:
    feit = Voorziening.objects.current().get(betrokkene=wie)
    nu = herindiceren.present(GEMEENTE, feit.kenmerk)
    assert nu is not None
    return herindiceren.begin(nu, door=actor(Rol.CONSULENT))


def decide(aanvraag: Aanvraag) -> None:
    if aanvraag.staat == Aanvraagstaat.MELDING:
        aanvragen.apply(aanvraag, klok.today(), door=actor(Rol.CONSULENT))
    afgewezen = beschikken.Besluit(uitkomst="afgewezen", motivering="Klaar")
    beschikken.decide(aanvraag, afgewezen, door=actor(Rol.CONSULENT))


def test_what_begins_now_is_what_ends_soon_or_was_planned(op: Opstelling) -> None:
    provision("2026-12-31", person("Later"))
    soon = provision("2026-04-20", person("Nu"))
    provision("2026-04-20", person("Elders"), gemeente="GM0014")
    provision("2026-04-20", person("Bijstand"), wet=Wet.PARTICIPATIEWET)
    (rij,) = beginnen.due(GEMEENTE)
    assert (rij.voorziening, rij.start) == (soon, day("2026-02-23"))
    assert rij.aanvraag is None
    assert beginnen.to_begin(GEMEENTE) == 1
    accept(op)
    with time_machine.travel(noon("2026-11-10"), tick=False):
        assert [
            each.voorziening.betrokkene.geslachtsnaam for each in beginnen.due(GEMEENTE)
        ] == ["Later"]


def test_it_stands_with_its_application_until_that_is_decided(op: Opstelling) -> None:
    wie = op.casus.betrokkene
    provision("2026-04-20", wie)
    accept(op)
    gebeurtenissen.handle_pending()
    aanvraag = begun(wie, op)
    (rij,) = beginnen.due(GEMEENTE)
    assert (rij.aanvraag, rij.casus) == (aanvraag, op.casus)
    assert beginnen.to_begin(GEMEENTE) == 0
    plan = Herindicatieplanning.objects.select_related("termijn").get()
    assert beginnen.states(GEMEENTE, [plan]) == [(plan, aanvraag)]
    assert plan.termijn is not None
    assert plan.termijn.is_open, "applied is not decided"
    decide(aanvraag)
    gebeurtenissen.handle_pending()
    plan.termijn.refresh_from_db()
    assert plan.termijn.staat == Staat.GEHAALD
    assert beginnen.due(GEMEENTE) == []
    assert not herindicaties.to_do(GEMEENTE).exists()


def test_decided_without_a_case_it_waits_for_none(op: Opstelling) -> None:
    wie = person("Zonder")
    provision("2026-04-20", wie)
    accept(op)
    assert herindicaties.waiting(GEMEENTE).count() == 1
    decide(begun(wie, op))
    assert not herindicaties.waiting(GEMEENTE).exists()
    assert not herindicaties.to_do(GEMEENTE).exists()


def test_withdrawn_it_has_to_begin_again(op: Opstelling) -> None:
    wie = person("Zonder")
    provision("2026-04-20", wie)
    aanvragen.withdraw(begun(wie, op), reden="Te vroeg", door=actor(Rol.CONSULENT))
    (rij,) = beginnen.due(GEMEENTE)
    assert rij.aanvraag is None


@pytest.mark.parametrize(
    ("rol", "status"),
    [(Rol.CONSULENT, 200), (Rol.REGISSEUR, 403), (Rol.BACKOFFICE, 403)],
)
def test_the_list_of_the_day_is_for_who_decides(
    op: Opstelling, rol: Rol, status: int
) -> None:
    provision("2026-04-20", person("Nu"))
    client = Client()
    client.force_login(account("wie", rol=rol))
    assert client.get(reverse("herindicaties-nu")).status_code == status


def test_one_click_from_the_list_and_then_its_state(op: Opstelling) -> None:
    feit = provision("2026-04-20", person("Nu"))
    client = Client()
    client.force_login(account("wie", rol=Rol.CONSULENT))
    adres = reverse("herindicaties-nu")
    klik = reverse("aanvraag-herindicatie", args=[feit.kenmerk])
    assert klik in client.get(adres).content.decode()
    client.post(klik)
    tekst = client.get(adres).content.decode()
    assert klik not in tekst
    assert Aanvraag.objects.get().nummer in tekst


def test_the_statements_do_not_grow_with_the_list(
    op: Opstelling,
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as gedaan:
            beginnen.due(GEMEENTE)
        return len(gedaan)

    provision("2026-04-20", person("Een"))
    een = count()
    for n in range(5):
        provision("2026-04-20", person(f"Meer{n}"))
    assert count() == een
