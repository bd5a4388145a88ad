"""What holds for every page, however wide: anybody can read and reach all of it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What is wider than the page, as the reader of a failure wants to see it.
_UITSTEKEND = """
[...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".sl-schuif"))
  .slice(0, 4)
  .map(e => e.outerHTML.slice(0, 120))
"""


def check(page: Page, pad: str = "") -> None:
    """Nothing for axe, no text in the colour of its ground, nothing sticks out."""
    gevonden = Axe().run(page).response
    assert not [
        (fout["id"], [node["html"][:200] for node in fout["nodes"]])
        for fout in gevonden["violations"]
    ], pad
    assert not _unseen(gevonden["incomplete"]), pad
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert over <= 0, (pad, page.evaluate(_UITSTEKEND))
    assert page.locator("h1").count() == 1, pad


def _unseen(onbeslist: list[dict[str, Any]]) -> list[str]:
    """Text as light as its ground: axe takes it for hidden on purpose, a reader not."""
    return [
        node["html"][:200]
        for fout in onbeslist
        if fout["id"] == "color-contrast"
        for node in fout["nodes"]
        for reden in node["any"]
        if (reden.get("data") or {}).get("messageKey") == "equalRatio"
    ]
