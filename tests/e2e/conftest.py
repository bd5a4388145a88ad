"""The demo region in a real browser.

The region is loaded and its monitor released once, as `./run demo` does it; the tests
here only look. What they look at is committed, so the fixture empties it afterwards.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from playwright.sync_api import Browser, Page, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

WIDE, NARROW = 1440, 390


@dataclass
class Kijker:
    """A browser window and everything that went wrong in it."""

    page: Page
    adres: str
    fouten: list[str] = field(default_factory=list)

    def open(self, pad: str) -> Response:
        """Open an address of the system."""
        antwoord = self.page.goto(self.adres + pad)
        assert antwoord is not None
        return antwoord

    def sign_in(self, account: str, wachtwoord: str) -> None:
        """Sign in on the page for it."""
        self.open("/aanmelden/")
        self.page.get_by_label("Account").fill(account)
        self.page.get_by_label("Wachtwoord").fill(wachtwoord)
        self.page.locator("main").get_by_role("button", name="Aanmelden").click()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server that shows the demo region."""
    with django_db_blocker.unblock():
        call_command("demo_laden", verbosity=0)
        call_command(
            "uitgave", "maken", "--regio", "BMWE", "--kwartaal", "2017Q4", verbosity=0
        )
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def browser(demo: str) -> Iterator[Browser]:
    """Debian's own browser; closed before the region is emptied."""
    with sync_playwright() as driver:
        gestart = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield gestart
        gestart.close()


@pytest.fixture
def kijk(demo: str, browser: Browser) -> Iterator[Callable[..., Kijker]]:
    """Open a window of some width; at the end nothing may have gone wrong in it."""
    assert any(list(finder.list([])) for finder in get_finders())
    assert settings.LOOK.is_dir(), "run `python -m samenloop.ui.bouw` first"
    kijkers: list[Kijker] = []

    def nieuw(breedte: int = WIDE) -> Kijker:
        context = browser.new_context(
            viewport={"width": breedte, "height": 900}, accept_downloads=True
        )
        kijker = Kijker(context.new_page(), demo)
        kijker.page.on(
            "console",
            lambda bericht: (
                kijker.fouten.append(bericht.text)
                if bericht.type in {"error", "warning"}
                else None
            ),
        )
        kijker.page.on("pageerror", lambda fout: kijker.fouten.append(str(fout)))
        kijkers.append(kijker)
        return kijker

    yield nieuw
    for kijker in kijkers:
        kijker.page.context.close()
        assert not kijker.fouten
