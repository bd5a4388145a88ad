"""What a page loads is small, allowed, and only what the design system is asked for."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

import samenloop
from samenloop.core.statefolder import PROJECT
from samenloop.ui import bouw, stijl

PAKKET = Path(samenloop.__file__).parent
KB = 1024


@pytest.fixture
def pakketten(tmp_path: Path) -> Path:
    """Packages as npm lays them down, each with a little of everything."""
    modules = tmp_path / "node_modules"
    bestanden = {
        "../package.json": json.dumps({"dependencies": {"@utrecht/link-css": "1"}}),
        "@utrecht/link-css/dist/index.css": "/* note */\n.utrecht-link"
        " { color: var(--utrecht-link-color); }",
        "@utrecht/table-css/dist/index.css": ".utrecht-table {}",
        f"{stijl.THEMA}/dist/theme.css": ".voorbeeld-theme {\n"
        "  --utrecht-link-color: var(--basis-blauw);\n"
        "  --basis-blauw: #00f;\n  --basis-rood: #f00;\n}",
    }
    for pakket in stijl.LETTERTYPEN:
        naam = pakket.rpartition("/")[2]
        bestanden[f"{pakket}/index.css"] = "".join(
            f"@font-face {{ src: url(./files/{naam}-{s}-wght-normal.woff2); }}"
            for s in ("latin", "cyrillic")
        )
    for naam, inhoud in bestanden.items():
        pad = modules / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_text(inhoud)
    return modules


def test_only_asked_components_tokens_and_latin_fonts_are_taken(
    pakketten: Path,
) -> None:
    css, fonts = stijl.bundle(pakketten, "a { color: red }")
    assert ".utrecht-link" in css
    assert "utrecht-table" not in css
    assert "--basis-blauw" in css
    assert "--basis-rood" not in css
    assert "note" not in css
    assert sorted(fonts) == [
        "source-sans-3-latin-wght-normal.woff2",
        "source-serif-4-latin-wght-normal.woff2",
    ]


def test_our_own_stylesheet_asks_for_tokens_too(pakketten: Path) -> None:
    css, _fonts = stijl.bundle(pakketten, "a { color: var(--basis-rood) }")
    assert "--basis-rood: #f00" in css


def test_an_absent_package_is_named(pakketten: Path) -> None:
    (pakketten / stijl.THEMA / "dist" / "theme.css").unlink()
    with pytest.raises(stijl.StijlFout, match=r"theme\.css"):
        stijl.bundle(pakketten, "")


def test_a_second_build_needs_no_npm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "look").mkdir()
    (tmp_path / "static-look").mkdir()
    (tmp_path / "look" / "stempel").write_text(bouw._merk())
    monkeypatch.setenv("PATH", "")
    assert bouw.build(tmp_path) is False


def test_without_npm_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(bouw.sys, "executable", "/bin/false")
    monkeypatch.setattr(bouw, "_wheel_folder", lambda: None)
    with pytest.raises(bouw.BouwFout, match=r"Install Node\.js 20 or later"):
        bouw.build(tmp_path)


def test_what_a_first_visit_loads_stays_under_500_kilobytes() -> None:
    look = Path(settings.LOOK) / "look"
    assert look.is_dir(), "run `python -m samenloop.ui.bouw` first"
    geladen = [
        *look.glob("*-latin-wght-normal.woff2"),
        look / "look.css",
        *(PAKKET / "ui" / "static" / "ui").iterdir(),
    ]
    assert len(geladen) >= 6
    assert sum(pad.stat().st_size for pad in geladen) < 500 * KB


def test_our_own_stylesheet_stays_under_60_kilobytes() -> None:
    assert bouw.EIGEN.stat().st_size < 60 * KB


def test_the_lock_of_the_packages_holds_hashes_and_no_addresses() -> None:
    lijst = json.loads((PROJECT / "package-lock.json").read_text())
    pakketten = {naam: p for naam, p in lijst["packages"].items() if naam}
    assert len(pakketten) == len(lijst["packages"][""]["dependencies"])
    for naam, pakket in pakketten.items():
        assert pakket["integrity"].startswith("sha512-"), naam
        assert "resolved" not in pakket, naam
        assert pakket["license"] in {"EUPL-1.2", "OFL-1.1"}, naam


@pytest.mark.parametrize(
    "pad", sorted(PAKKET.rglob("templates/**/*.html")), ids=lambda pad: pad.name
)
def test_no_template_holds_inline_style_or_script(pad: Path) -> None:
    # Without what Django reads: a variable may have any name.
    bron = re.sub(r"{[%{].*?[%}]}", "", pad.read_text("utf-8"))
    if "monitor" in pad.relative_to(PAKKET).parts[0]:
        pytest.skip("the report on its own is a file, not a page")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", bron)
    assert not re.search(r"<script(?![^>]* src=)", bron)
    assert not re.search(r"(src|href)=\"(https?:)?//", bron)


@pytest.mark.parametrize("naam", ["400", "403", "404", "500", "verlopen", "wacht"])
def test_an_error_page_needs_nothing_but_its_template(naam: str) -> None:
    inhoud = get_template(f"access/{naam}.html").render()
    assert '<h1 class="utrecht-heading-1">' in inhoud
    assert 'href="/' in inhoud
