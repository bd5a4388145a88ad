"""The course of messages: what came, what was refused, and what is not there."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenloop.access.rollen import Rol
from samenloop.berichten.verkeer import lezen, tekening, toewijzingen, verloop
from samenloop.berichten.verkeer.models import Ketenbericht
from samenloop.berichten.verkeer.staten import Staat
from samenloop.berichten.verkeer.verloop import Stap, Wat
from samenloop.voorzieningen.declaraties.models import Declaratie
from samenloop.voorzieningen.toewijzen.models import Toewijzing
from tests.access.accounts import account
from tests.berichten.verkeer import maken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_june")]
MAAND = date(2026, 5, 1)


@pytest.fixture
def gegeven(gegeven: Toewijzing) -> Toewijzing:
    """An allocation of which the provider was told."""
    toewijzingen.tell(maken.GEMEENTE, [gegeven.pk])
    return gegeven


def _steps(*, regels: tuple[()] = ()) -> list[Stap]:
    rijen = lezen.rows(Ketenbericht.objects.order_by("vastgelegd_op", "soort", "id"))
    return verloop.steps(rijen, regels=regels)


def _sent(antwoord_voor: str, beantwoord: str = "") -> None:
    Ketenbericht.objects.filter(soort="WMO301").update(
        staat=Staat.VERZONDEN,
        verzonden_op=maken.at("2026-06-02"),
        vastgelegd_op=maken.at("2026-06-02"),
        antwoord_voor=date.fromisoformat(antwoord_voor),
        beantwoord_op=maken.at(beantwoord) if beantwoord else None,
    )


def test_an_answer_that_is_not_there_stands_at_its_term(gegeven: Toewijzing) -> None:
    _sent("2026-06-05")
    bericht, mist = _steps()
    assert (bericht.wat, bericht.gevaar, bericht.van_ons) == (Wat.BERICHT, False, True)
    assert (mist.wat, mist.kop, mist.dag) == (
        Wat.ONTBREEKT,
        "WMO302",
        date(2026, 6, 5),
    )
    # Who has to answer is the provider.
    assert mist.gevaar
    assert not mist.van_ons


def test_a_term_that_runs_comes_last_and_is_no_danger(gegeven: Toewijzing) -> None:
    _sent("2026-06-09")
    maken.deliver(maken.start(gegeven))
    *_, laatste = _steps()
    assert (laatste.wat, laatste.gevaar) == (Wat.VERWACHT, False)


def test_a_late_answer_leaves_its_term_in_the_course(gegeven: Toewijzing) -> None:
    _sent("2026-06-05", beantwoord="2026-06-08")
    assert [stap.wat for stap in _steps()] == [Wat.BERICHT, Wat.TE_LAAT]


def test_an_answer_on_its_last_day_is_not_late(gegeven: Toewijzing) -> None:
    _sent("2026-06-05", beantwoord="2026-06-05")
    assert [stap.wat for stap in _steps()] == [Wat.BERICHT]


def test_a_request_waits_for_an_allocation_or_an_answer(gegeven: Toewijzing) -> None:
    maken.deliver(maken.request(gegeven, "REF-7"))
    verwacht = _steps()[-1]
    assert verwacht.kop == "WMO301 of WMO319"
    assert verwacht.van_ons


def test_start_and_allocation_say_what_they_are_about(gegeven: Toewijzing) -> None:
    maken.deliver(maken.start(gegeven))
    details = {stap.kop: stap.detail for stap in _steps()}
    assert details["WMO301"] == f"toewijzing {gegeven.nummer}"
    assert details["WMO305"] == "gestart op 5 januari 2026"


def _page(gegeven: Toewijzing) -> str:
    wie = Client()
    wie.force_login(account("anja", rol=Rol.BACKOFFICE, gemeente=maken.GEMEENTE))
    pagina = wie.get(reverse("verkeer-volgen", args=[gegeven.pk]))
    assert pagina.status_code == 200
    return str(pagina.content.decode())


def _drawing(tekst: str) -> ElementTree.Element:
    begin = tekst.index('<svg viewBox="0 0 430')
    return ElementTree.fromstring(tekst[begin : tekst.index("</svg>", begin) + 6])


def test_each_arrow_leads_to_its_message_and_has_no_style(gegeven: Toewijzing) -> None:
    maken.deliver(
        maken.start(gegeven),
        maken.declaratie(MAAND, (gegeven.persoon, maken.prestatie(gegeven, MAAND))),
    )
    tekst = _page(gegeven)
    svg = _drawing(tekst)
    adressen = [a.get("href") for a in svg.iter("a")]
    for bericht in Ketenbericht.objects.all():
        adres = reverse("verkeer-bericht", args=[bericht.pk])
        assert adres in adressen
        # The table is the text beside the drawing.
        assert tekst.count(f'href="{adres}"') > adressen.count(adres)
    assert "style" not in ElementTree.tostring(svg, encoding="unicode")
    assert "mei 2026, € 528,00" in tekst
    assert "€ 528,00 toegekend" in tekst


def test_a_refused_message_is_marked_by_a_cross_and_in_words(
    gegeven: Toewijzing,
) -> None:
    kop = maken.header(305)
    maken.deliver(
        maken.start(gegeven, **kop),
        maken.start(gegeven, begin=date(2026, 2, 2), **kop),
    )
    rijen = lezen.rows(Ketenbericht.objects.filter(staat=Staat.AFGEKEURD))
    (stap,) = verloop.steps(rijen)
    svg = str(tekening.draw([stap], "Samen Verder"))
    assert stap.gevaar
    assert 'class="sl-kruis"' in svg
    assert "afgekeurd door ons" in svg
    goed = lezen.rows(Ketenbericht.objects.filter(soort="WMO306"))
    assert "sl-kruis" not in str(tekening.draw(verloop.steps(goed), "Samen Verder"))


def test_a_long_course_draws_its_end_and_lists_all(gegeven: Toewijzing) -> None:
    _sent("2026-06-05")
    stappen = _steps() * tekening.MEESTE
    svg = str(tekening.draw(stappen, "Samen Verder"))
    assert svg.count("<a ") == tekening.MEESTE
    assert tekening.draw([], "Samen Verder") is None


def test_what_a_provider_is_called_cannot_break_the_drawing(
    gegeven: Toewijzing,
) -> None:
    _sent("2026-06-05")
    assert "<script" not in str(tekening.draw(_steps(), "<script>alert(1)"))


def test_more_messages_ask_no_more_statements(gegeven: Toewijzing) -> None:
    maken.deliver(maken.start(gegeven))
    with CaptureQueriesContext(
        connection,
    ) as weinig:
        _steps()
    for keer in range(5):
        maken.deliver(maken.start(gegeven, begin=date(2019, 1, 1 + keer)))
    with CaptureQueriesContext(connection) as veel:
        _steps()
    assert len(veel) == len(weinig)


def test_an_invoice_and_its_answer_lead_to_the_page_of_its_lines(
    gegeven: Toewijzing,
) -> None:
    maken.deliver(
        maken.declaratie(MAAND, (gegeven.persoon, maken.prestatie(gegeven, MAAND)))
    )
    wie = Client()
    wie.force_login(account("anja", rol=Rol.BACKOFFICE, gemeente=maken.GEMEENTE))
    naar = reverse("declaratie", args=[Declaratie.objects.get().pk])
    for soort, leidt in (("WMO323", True), ("WMO325", True), ("WMO301", False)):
        rij = Ketenbericht.objects.get(soort=soort)
        pagina = wie.get(reverse("verkeer-bericht", args=[rij.pk])).content.decode()
        assert (naar in pagina) == leidt, soort


def test_a_refused_line_says_why_in_words(gegeven: Toewijzing) -> None:
    regel = maken.prestatie(gegeven, MAAND)
    dubbel = {**regel, "ToewijzingNummer": 999_999_000}
    dubbel["ProductReferentie"] = {"ReferentieNummer": "P-ander"}
    maken.deliver(
        maken.declaratie(MAAND, (gegeven.persoon, regel), (gegeven.persoon, dubbel))
    )
    wie = Client()
    wie.force_login(account("anja", rol=Rol.BACKOFFICE, gemeente=maken.GEMEENTE))
    naar = reverse("declaratie", args=[Declaratie.objects.get().pk])
    tekst = wie.get(naar).content.decode()
    assert "9338: Geen toewijzing bij deze prestatie" in tekst
    assert tekst.count("9338") == 1
