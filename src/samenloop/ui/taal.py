"""The language of the pages, and compiling the Dutch texts.

Screen texts are English in the source and Dutch through gettext. The compiled file is
made at set-up and before tests, so it is never out of step with the text one edits.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

PAKKET = Path(__file__).resolve().parents[1]
LOCALE = PAKKET / "locale"


def catalogs(map: Path = PAKKET) -> list[Path]:
    """Return the catalogues under `map`: each room keeps the Dutch of its own texts."""
    return sorted(map.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_catalogs(map: Path = PAKKET) -> list[Path]:
    """Compile every `.po` under `map` whose `.mo` is absent or differs.

    Returns the `.mo` files that were written.
    """
    written = []
    for po in catalogs(map):
        with po.open("rb") as bron:
            catalog = read_po(bron, locale=po.parts[-3], domain=po.stem)
        inhoud = BytesIO()
        write_mo(inhoud, catalog, use_fuzzy=False)
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != inhoud.getvalue():
            # Other processes may be reading it: replace it in one step.
            nieuw = mo.with_suffix(".mo.nieuw")
            nieuw.write_bytes(inhoud.getvalue())
            nieuw.replace(mo)
            written.append(mo)
    return written


class TaalMiddleware:
    """Show a page in Dutch, unless the reader chose English here before.

    What a browser prefers by itself does not count: the law and the figures are Dutch,
    and a colleague who is sent an address must read what the sender read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language chosen, and say which it is."""
        gekozen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        bekend = gekozen in dict(settings.LANGUAGES)
        with translation.override(gekozen if bekend else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            antwoord = self._get_response(request)
            antwoord.setdefault("Content-Language", request.LANGUAGE_CODE)
        return antwoord
