"""The page in a real browser: nothing for axe, nothing sticking out."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from samenloop.monitor.verslag import html
from tests.monitor.voorbeeld import monitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    vlaggen = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as speler:
        browser = speler.chromium.launch(
            executable_path="/usr/bin/chromium", args=vlaggen
        )
        yield browser
        browser.close()


@pytest.fixture(params=[1440, 390])
def pagina(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Page]:
    bestand = tmp_path / "monitor.html"
    bestand.write_text(html.maak(monitor(), "nl"), "utf-8")
    pagina = browser.new_page(viewport={"width": request.param, "height": 900})
    verzoeken: list[str] = []
    pagina.on("request", lambda verzoek: verzoeken.append(verzoek.url))
    pagina.goto(bestand.as_uri())
    assert verzoeken == [bestand.as_uri()]
    yield pagina
    pagina.close()


def test_axe_finds_nothing(pagina: Page) -> None:
    uitkomst = Axe().run(pagina)
    assert uitkomst.violations_count == 0, uitkomst.generate_report()


def test_nothing_is_wider_than_the_screen(pagina: Page) -> None:
    breed = pagina.evaluate("document.documentElement.scrollWidth")
    assert breed <= pagina.viewport_size["width"]


def test_text_in_charts_can_be_read(pagina: Page) -> None:
    kleinste = pagina.evaluate(
        """() => Math.min(...[...document.querySelectorAll('figure svg text')].map(
            t => parseFloat(getComputedStyle(t).fontSize)
                 * t.ownerSVGElement.getBoundingClientRect().width
                 / t.ownerSVGElement.viewBox.baseVal.width))"""
    )
    assert kleinste >= 11


def test_skip_link_is_the_first_stop_and_leads_to_the_content(pagina: Page) -> None:
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.getAttribute('href')") == "#inhoud"
    pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "inhoud"
