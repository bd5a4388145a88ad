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
from playwright.sync_api import (
    APIResponse,
    Browser,
    Page,
    Response,
    Route,
    sync_playwright,
)
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


class Traag:
    """A server that is slow for scripts of a page until the test says so.

    Either what is sent takes long to come to it, or its answers take long to come back
    (it did the work already).
    """

    def __init__(self, page: Page, adres: str, *, heen: bool = False) -> None:
        self._page = page
        self._heen = heen
        self._snel = False
        self._wacht: list[tuple[Route, APIResponse | None]] = []
        page.route(adres, self._hold)

    def _hold(self, route: Route) -> None:
        if route.request.resource_type == "fetch" and not self._snel:
            antwoord = None if self._heen else route.fetch()
            self._wacht.append((route, antwoord))
        else:
            route.continue_()

    def asked(self) -> None:
        """Wait until the page waits for an answer."""
        for _keer in range(400):
            if self._wacht:
                return
            self._page.wait_for_timeout(25)
        pytest.fail("the page asked nothing")

    def answer(self) -> None:
        """Let one answer come in."""
        self.asked()
        route, antwoord = self._wacht.pop(0)
        assert not self._wacht, "more than one request at a time"
        self._let_go(route, antwoord)
        self._page.wait_for_timeout(50)

    def quick(self) -> None:
        """Hold nothing any more."""
        self._snel = True
        while self._wacht:
            self._let_go(*self._wacht.pop())

    @staticmethod
    def _let_go(route: Route, antwoord: APIResponse | None) -> None:
        if antwoord is None:
            route.continue_()
        else:
            route.fulfill(response=antwoord)


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
