"""The pages show a release as it is, to those who may see it, and say why not."""

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from samenloop.access.models import Gebruiker
from samenloop.verantwoording import pages, urls
from samenloop.verantwoording.models import Levering, Uitgave
from tests.monitor.voorbeeld import monitor as voorbeeld
from tests.verantwoording import uitgegeven

pytestmark = pytest.mark.django_db
MONITOR = "/monitor/BMWE/2017Q4/"
HOOFDSTUKKEN = (
    *("jeugdwet", "wmo", "participatiewet", "financien", "stapeling", "stroom"),
    "kwaliteit",
)


@pytest.fixture
def uitgave() -> Uitgave:
    """The first release of the example region."""
    uitgegeven.bmwe()
    return uitgegeven.uitgave()


@pytest.fixture
def beleid(client: Client) -> Client:
    """A browser in which a policy officer of Bedum is signed in."""
    client.force_login(uitgegeven.gebruiker("renske", ["GM0005"]))
    return client


def _addresses(uitgave: Uitgave) -> list[str]:
    """Every address of this room, filled in for this release."""
    waarden = {
        "regio": uitgave.regio,
        "kwartaal": uitgave.kwartaal,
        "hoofdstuk": "wmo",
        "naam": "nl/monitor.pdf",
        "tabel": "klanten",
        "soort": "csv",
        "nummer": uitgave.levering_id,
    }
    return [
        reverse(
            patroon.name,
            kwargs={naam: waarden[naam] for naam in patroon.pattern.converters},
        )
        for patroon in urls.urlpatterns
    ]


def _text(antwoord: object) -> str:
    inhoud = antwoord.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inhoud))


def test_no_address_shows_anything_without_signing_in(
    client: Client, uitgave: Uitgave
) -> None:
    adressen = _addresses(uitgave)
    assert len(adressen) >= 12
    for adres in adressen:
        antwoord = client.get(adres)
        assert antwoord.status_code == 302, adres
        assert antwoord["Location"].startswith("/aanmelden/?next="), adres


def test_every_address_answers_who_may_see_it(beleid: Client, uitgave: Uitgave) -> None:
    for adres in _addresses(uitgave):
        if adres != "/monitor/":
            assert beleid.get(adres).status_code == 200, adres


@pytest.mark.parametrize(
    ("gemeenten", "rol", "status"),
    [
        (["GM0005"], "beleid", 200),
        (["GM9999"], "beleid", 404),
        ([], "beleid", 403),
        (["GM9999"], "beheer", 200),
        (["GM0005"], "partner", 403),
    ],
)
def test_a_monitor_is_for_the_municipalities_of_its_region(
    client: Client, uitgave: Uitgave, gemeenten: list[str], rol: str, status: int
) -> None:
    uitgegeven.regio("ELDERS", "Elders", {"GM9999": "Elders"})
    client.force_login(uitgegeven.gebruiker("iemand", gemeenten, rol))
    for adres in (
        MONITOR,
        "/tabellen/klanten/?regio=BMWE",
        f"{MONITOR}bestand/nl/monitor.pdf",
        f"{MONITOR}tabellen.zip",
        f"/leveringen/{uitgave.levering_id}/",
        "/tabellen/klanten/download.csv?regio=BMWE",
    ):
        assert client.get(adres).status_code == status, adres


def test_deliveries_of_another_region_are_not_listed(
    client: Client, uitgave: Uitgave
) -> None:
    uitgegeven.regio("ELDERS", "Elders", {"GM9999": "Elders"})
    uitgegeven.levering("ELDERS", afzender="Buurman")
    client.force_login(uitgegeven.gebruiker("renske", ["GM0005"]))
    tekst = _text(client.get("/leveringen/"))
    assert "Aanleveraar" in tekst
    assert "Buurman" not in tekst


def test_the_overview_opens_with_the_main_figures(
    beleid: Client, uitgave: Uitgave
) -> None:
    tekst = _text(beleid.get("/overzicht/"))
    for cijfer in ("1.273", "2.077", "3.339", "6.805", "515", "174"):
        assert cijfer in tekst
    assert tekst.index("1.273") < tekst.index("Kijk hier eerst naar")


def test_a_paused_delivery_is_the_first_thing_to_look_at(
    beleid: Client, uitgave: Uitgave
) -> None:
    uitgegeven.levering(status="gepauzeerd", melding="Te veel regels afgekeurd.")
    tekst = _text(beleid.get("/overzicht/"))
    assert "wacht op u" in tekst
    assert tekst.index("Te veel regels") < tekst.index("Hoofdstukken")


def test_who_has_no_figures_is_told_why(client: Client) -> None:
    client.force_login(uitgegeven.gebruiker("nieuw", ["GM0005"]))
    antwoord = client.get("/overzicht/")
    assert antwoord.status_code == 200
    assert "Er zijn nog geen cijfers voor u" in _text(antwoord)


@pytest.mark.parametrize("hoofdstuk", HOOFDSTUKKEN)
def test_a_chapter_on_its_own_page_says_what_the_whole_says(
    beleid: Client, uitgave: Uitgave, hoofdstuk: str
) -> None:
    los = beleid.get(f"{MONITOR}{hoofdstuk}/")
    assert los.status_code == 200
    heel = _text(beleid.get(MONITOR))
    zinnen = re.findall(r'<p class="sl-zin">(.*?)</p>', los.content.decode())
    for zin in zinnen:
        assert re.sub(r"\s+", " ", zin) in heel


def test_a_chapter_that_is_not_there_is_said_so(
    beleid: Client, uitgave: Uitgave
) -> None:
    antwoord = beleid.get(f"{MONITOR}onderwijs/")
    assert antwoord.status_code == 404
    assert "Dit hoofdstuk staat niet in de monitor" in _text(antwoord)


@pytest.mark.parametrize("kwartaal", ["2017Q5", "2016Q4", "gisteren"])
def test_a_quarter_without_release_is_said_so(
    beleid: Client, uitgave: Uitgave, kwartaal: str
) -> None:
    antwoord = beleid.get(f"/monitor/BMWE/{kwartaal}/")
    assert antwoord.status_code == 404
    assert "geen monitor over dit kwartaal" in _text(antwoord)


def test_the_choice_of_a_quarter_leads_to_its_own_address(
    beleid: Client, uitgave: Uitgave
) -> None:
    antwoord = beleid.get("/monitor/?regio=BMWE&kwartaal=2017Q4")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == MONITOR


def test_a_page_is_not_sent_twice(beleid: Client, uitgave: Uitgave) -> None:
    beleid.get("/over/")  # the cookie against forged forms belongs to the page
    eerste = beleid.get(MONITOR)
    assert "private" in eerste["Cache-Control"]
    assert "Cookie" in eerste["Vary"]
    tweede = beleid.get(MONITOR, headers={"If-None-Match": eerste["ETag"]})
    assert tweede.status_code == 304
    assert not tweede.content
    beleid.cookies["django_language"] = "en"
    engels = beleid.get(MONITOR, headers={"If-None-Match": eerste["ETag"]})
    assert engels.status_code == 200


def test_a_new_revision_makes_the_kept_page_stale(
    beleid: Client, uitgave: Uitgave
) -> None:
    beleid.get("/over/")
    eerste = beleid.get(MONITOR)
    assert (
        beleid.get(MONITOR, headers={"If-None-Match": eerste["ETag"]}).status_code
        == 304
    )
    uitgegeven.uitgave(revisie=2, ontvangen=uitgave.levering)
    tweede = beleid.get(MONITOR, headers={"If-None-Match": eerste["ETag"]})
    assert tweede.status_code == 200
    assert "Revisie 2" in _text(tweede)


def test_a_former_revision_is_kept_and_says_it_is_replaced(
    beleid: Client, uitgave: Uitgave
) -> None:
    uitgegeven.uitgave(revisie=2, ontvangen=uitgave.levering)
    vorige = _text(beleid.get(f"{MONITOR}?revisie=1"))
    assert "Dit is niet de laatste revisie" in vorige
    assert "Dit is niet de laatste revisie" not in _text(beleid.get(MONITOR))
    assert beleid.get(f"{MONITOR}?revisie=3").status_code == 404


def test_the_log_of_a_revision_names_reason_and_cells(
    beleid: Client, uitgave: Uitgave
) -> None:
    wijziging = {
        "tabel": "klanten",
        "dimensies": {"wet": "wmo", "maat": "clienten", "peildatum": "2017-12-31"},
        "soort": "gewijzigd",
        "was": 3339,
        "wordt": 3340,
    }
    uitgegeven.uitgave(revisie=2, ontvangen=uitgave.levering, wijzigingen=[wijziging])
    tekst = _text(beleid.get(f"{MONITOR}uitgaven/"))
    assert "Een gemeente leverde te laat." in tekst
    assert "Wmo, Cliënten, 31 december 2017 3.339 3.340" in tekst
    assert uitgave.sha256 in tekst


def test_a_file_of_a_release_comes_byte_for_byte(
    beleid: Client, uitgave: Uitgave
) -> None:
    antwoord = beleid.get(f"{MONITOR}bestand/nl/monitor.pdf")
    assert antwoord.content == b"nl/monitor.pdf van revisie 1\n"
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == (
        'attachment; filename="bmwe-2017q4-r1-monitor.pdf"'
    )
    weer = beleid.get(
        f"{MONITOR}bestand/nl/monitor.pdf", headers={"If-None-Match": antwoord["ETag"]}
    )
    assert weer.status_code == 304


@pytest.mark.parametrize("naam", ["nl/anders.pdf", "../settings.py", "nl/../x"])
def test_only_files_of_the_release_are_handed_over(
    beleid: Client, uitgave: Uitgave, naam: str
) -> None:
    assert beleid.get(f"{MONITOR}bestand/{naam}").status_code == 404


def test_all_tables_come_in_one_zip(beleid: Client, uitgave: Uitgave) -> None:
    antwoord = beleid.get(f"{MONITOR}tabellen.zip")
    namen = zipfile.ZipFile(io.BytesIO(antwoord.content)).namelist()
    assert namen == sorted(f"{naam}.csv" for naam in voorbeeld().tabellen)
    assert beleid.get(f"{MONITOR}tabellen.zip").content == antwoord.content


def test_every_table_has_a_page_with_its_definition(
    beleid: Client, uitgave: Uitgave
) -> None:
    for naam, tabel in voorbeeld().tabellen.items():
        antwoord = beleid.get(f"/tabellen/{naam}/")
        assert antwoord.status_code == 200, naam
        tekst = _text(antwoord)
        assert tabel.definitie in tekst
        assert f'href="/tabellen/{naam}/?' in beleid.get("/tabellen/").content.decode()


def test_a_table_that_is_absent_says_why(beleid: Client) -> None:
    uitgegeven.bmwe()
    monitor = voorbeeld()
    tabellen = {n: t for n, t in monitor.tabellen.items() if n != "bezwaren"}
    afwezig = {"bezwaren": "Het bestand bezwaren is niet geleverd."}
    uitgegeven.uitgave(replace(monitor, tabellen=tabellen, afwezig=afwezig))
    antwoord = beleid.get("/tabellen/bezwaren/")
    assert antwoord.status_code == 404
    assert "Het bestand bezwaren is niet geleverd." in _text(antwoord)
    assert "Het bestand bezwaren is niet geleverd." in _text(beleid.get("/tabellen/"))


def test_a_choice_shows_and_downloads_the_same_rows(
    beleid: Client, uitgave: Uitgave
) -> None:
    vraag = "?wet=wmo&vorm=pgb&gemeente=Bedum&peildatum="
    tabel = voorbeeld().tabellen["actieve-voorzieningen-gemeente"]
    verwacht = [r for r in tabel.rijen if r[:3] == ("wmo", "pgb", "Bedum")]
    assert len(verwacht) == 4
    adres = "/tabellen/actieve-voorzieningen-gemeente/"
    tekst = _text(beleid.get(adres + vraag))
    assert "Wmo, Persoonsgebonden budget (PGB), Bedum" in tekst
    gedownload = beleid.get(f"{adres}download.csv{vraag}").content.decode()
    regels = gedownload.splitlines()
    assert regels[0] == "wet,vorm,gemeente,peildatum,waarde"
    assert regels[1:] == [",".join(map(str, rij)) for rij in verwacht]
    als_json = json.loads(beleid.get(f"{adres}download.json{vraag}").content)
    assert [r["waarde"] for r in als_json["rijen"]] == [r[-1] for r in verwacht]
    assert als_json["definitie"] == tabel.definitie
    boek = openpyxl.load_workbook(
        io.BytesIO(beleid.get(f"{adres}download.xlsx{vraag}").content)
    )
    cellen = list(boek.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [rij[-1] for rij in cellen] == [r[-1] for r in verwacht]


def test_a_download_is_the_same_bytes_again(beleid: Client, uitgave: Uitgave) -> None:
    for soort in ("csv", "json", "xlsx"):
        adres = f"/tabellen/klanten/download.{soort}"
        assert beleid.get(adres).content == beleid.get(adres).content


def test_an_unknown_value_in_an_address_counts_as_not_chosen(
    beleid: Client, uitgave: Uitgave
) -> None:
    adres = "/tabellen/actieve-voorzieningen-gemeente/"
    gewoon = beleid.get(adres).content.decode().split("<main")[1]
    vreemd = beleid.get(f"{adres}?wet=%3Cscript%3E&gemeente=Atlantis").content.decode()
    assert "<script>" not in vreemd.split("<main")[1]
    assert re.findall("<td.*?</td>", vreemd) == re.findall("<td.*?</td>", gewoon)


def test_a_name_from_a_delivery_is_text_and_never_markup_or_formula(
    beleid: Client,
) -> None:
    uitgegeven.bmwe()
    monitor = voorbeeld()
    tabel = monitor.tabellen["caseload"]
    kwaad = '=HYPERLINK("http://x")<img src=x onerror=alert(1)>'
    rijen = [("Bedum", kwaad, 3), *tabel.rijen]
    tabellen = {**monitor.tabellen, "caseload": replace(tabel, rijen=rijen)}
    uitgegeven.uitgave(replace(monitor, tabellen=tabellen))
    for adres in ("/tabellen/caseload/?gemeente=Bedum", MONITOR, "/overzicht/"):
        assert b"<img src=x" not in beleid.get(adres).content
    xlsx = beleid.get("/tabellen/caseload/download.xlsx?gemeente=Bedum").content
    cel = openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[0]["B2"]
    assert cel.value == kwaad
    assert cel.data_type == "s"


def test_tables_are_found_by_words(beleid: Client, uitgave: Uitgave) -> None:
    gevonden = beleid.get("/tabellen/?zoek=caseload").content.decode()
    assert "/tabellen/caseload/" in gevonden
    assert "/tabellen/klanten/" not in gevonden
    niets = beleid.get("/tabellen/?zoek=zeppelin")
    assert "Geen tabel heeft al deze woorden" in _text(niets)


def test_the_quality_page_explains_every_refused_row(
    beleid: Client, uitgave: Uitgave
) -> None:
    tekst = _text(beleid.get(f"/leveringen/{uitgave.levering_id}/"))
    assert "Van 100 gelezen regels zijn er 97 aanvaard en 3 afgekeurd (3,0%)" in tekst
    assert "voorzieningen, regel 3" in tekst
    assert "Het type ontbreekt." in tekst


@pytest.mark.parametrize(
    ("vraag", "aantal"),
    [("", 3), ("?regel=bsn-elfproef", 2), ("?bestand=casussen", 1), ("?regel=x", 3)],
)
def test_refused_rows_are_filtered_by_rule_and_file(
    beleid: Client, uitgave: Uitgave, vraag: str, aantal: int
) -> None:
    tekst = _text(beleid.get(f"/leveringen/{uitgave.levering_id}/{vraag}"))
    assert f"{aantal} regel{'' if aantal == 1 else 's'} bij deze keuze" in tekst


def test_many_refused_rows_come_page_by_page(beleid: Client, uitgave: Uitgave) -> None:
    veel = uitgegeven.levering(regels=120)
    eerste = beleid.get(f"/leveringen/{veel.pk}/?regel=bsn-elfproef")
    assert "Bladzijde 1 van 2" in _text(eerste)
    assert "?regel=bsn-elfproef&amp;blad=2" in eerste.content.decode()
    laatste = beleid.get(f"/leveringen/{veel.pk}/?regel=bsn-elfproef&blad=99")
    assert "Bladzijde 2 van 2" in _text(laatste)


def test_after_warming_up_no_reader_waits_for_a_release_to_be_read(
    beleid: Client, uitgave: Uitgave, django_assert_max_num_queries: Any
) -> None:
    pages.warm()
    with django_assert_max_num_queries(18) as gesteld:
        assert beleid.get(MONITOR).status_code == 200
    assert not [
        vraag for vraag in gesteld.captured_queries if '"inhoud"' in vraag["sql"]
    ]


def test_english_shows_the_same_figures_in_english(
    beleid: Client, uitgave: Uitgave
) -> None:
    beleid.cookies["django_language"] = "en"
    antwoord = beleid.get(MONITOR)
    assert antwoord["Content-Language"] == "en"
    tekst = _text(antwoord)
    assert "1,273" in tekst
    assert "Revision 1" in tekst
    assert "Hoofdstuk" not in tekst


def test_what_a_browser_prefers_does_not_change_the_language(
    beleid: Client, uitgave: Uitgave
) -> None:
    antwoord = beleid.get("/overzicht/", headers={"Accept-Language": "en"})
    assert antwoord["Content-Language"] == "nl"


def test_pages_write_no_release_and_no_delivery(
    beleid: Client, uitgave: Uitgave
) -> None:
    telling = (Uitgave.objects.count(), Levering.objects.count())
    for adres in _addresses(uitgave):
        assert beleid.post(adres).status_code == 405, adres
    assert telling == (Uitgave.objects.count(), Levering.objects.count())
    assert Gebruiker.objects.count() == 1
