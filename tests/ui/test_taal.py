"""Every text a page can show has its Dutch; none is guessed or left over."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import samenloop
from samenloop.ui import taal

PAKKET = Path(samenloop.__file__).parent
CATALOGUS = taal.LOCALE / "nl" / "LC_MESSAGES" / "django.po"
CATALOGI = [pad for pad in taal.catalogs() if pad.stem == "django"]
WOORDEN = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
}
Tekst = str | tuple[str, ...]


def _of_python(pad: Path) -> Iterator[Tekst]:
    if "django.utils.translation" not in pad.read_text("utf-8"):
        return
    with pad.open("rb") as bron:
        for _regel, tekst, _noot, _context in extract("python", bron, WOORDEN):
            yield tekst


def _of_template(pad: Path) -> Iterator[Tekst]:
    # Django turns a template into calls; those read as the calls of a script.
    bron = io.BytesIO(templatize(pad.read_text("utf-8")).encode())
    for _regel, tekst, _noot, _context in extract("javascript", bron, WOORDEN):
        yield tekst


def _asked() -> set[Tekst]:
    teksten: set[Tekst] = set()
    for pad in PAKKET.rglob("*.py"):
        if "monitor" not in pad.relative_to(PAKKET).parts:
            teksten.update(_of_python(pad))
    for pad in PAKKET.rglob("templates/**/*.html"):
        if "monitor" not in pad.relative_to(PAKKET).parts[0]:
            teksten.update(_of_template(pad))
    return {tekst for tekst in teksten if tekst}


@pytest.fixture(scope="module")
def dutch() -> dict[Tekst, Tekst]:
    """All catalogues together: text to translation."""
    vertaald: dict[Tekst, Tekst] = {}
    for pad in CATALOGI:
        with pad.open("rb") as bron:
            catalog = read_po(bron, locale="nl")
        assert not [bericht.id for bericht in catalog if bericht.id and bericht.fuzzy]
        for bericht in catalog:
            if bericht.id:
                enkel = isinstance(bericht.id, str)
                tekst = bericht.id if enkel else tuple(bericht.id)
                # One text, one translation: which room is asked does not matter.
                assert vertaald.get(tekst, bericht.string) == bericht.string, tekst
                vertaald[tekst] = bericht.string
    return vertaald


def test_every_text_has_its_dutch(dutch: dict[Tekst, Tekst]) -> None:
    gevraagd = _asked()
    assert len(gevraagd) > 150
    assert "Look at this first" in gevraagd
    assert "Deliveries" in gevraagd
    zonder = sorted(
        str(tekst)
        for tekst in gevraagd
        if not all(
            [dutch[tekst]]
            if isinstance(dutch.get(tekst), str)
            else dutch.get(tekst, [""])
        )
    )
    assert not zonder


def test_no_translation_is_left_of_a_text_that_went(
    dutch: dict[Tekst, Tekst],
) -> None:
    assert not {str(tekst) for tekst in set(dutch) - _asked()}


def test_a_translation_fills_in_the_same_values(dutch: dict[Tekst, Tekst]) -> None:
    def values(tekst: str) -> set[str]:
        assert not list(filter(None, (deel[1] for deel in Formatter().parse(tekst))))
        return set(re.findall(r"%\((\w+)\)[sd]", tekst))

    for engels, nederlands in dutch.items():
        bron = [engels] if isinstance(engels, str) else engels
        doel = [nederlands] if isinstance(nederlands, str) else nederlands
        for van, naar in zip(bron, doel, strict=True):
            assert values(naar) == values(van), engels


def test_compiling_again_writes_nothing(tmp_path: Path) -> None:
    map = tmp_path / "kamer" / "locale" / "nl" / "LC_MESSAGES"
    map.mkdir(parents=True)
    (map / "django.po").write_bytes(CATALOGUS.read_bytes())
    assert taal.compile_catalogs(tmp_path) == [map / "django.mo"]
    assert taal.compile_catalogs(tmp_path) == []
