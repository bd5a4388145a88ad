"""From the installed packages to the two kinds of files a page loads.

The packages hold far more than our pages use: a library of some hundred components, a
theme of thousands of tokens, fonts for every script. A reader on a slow line gets only
the components in `package.json`, the tokens those components and our own stylesheet
ask for, and the Latin part of the two fonts.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

THEMA = "@nl-design-system-unstable/voorbeeld-design-tokens"
LETTERTYPEN = (
    "@fontsource-variable/source-sans-3",
    "@fontsource-variable/source-serif-4",
)
_SCHRIFT = re.compile(r"-(latin|latin-ext)-wght-normal\.woff2")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_DECLARATIE = re.compile(r"^\s*(--[\w-]+):\s*([^;]+);", re.MULTILINE)
_GEVRAAGD = re.compile(r"var\(\s*(--[\w-]+)")
_COMMENTAAR = re.compile(r"/\*(?!\*?\s*@license).*?\*/", re.DOTALL)


class StijlFout(Exception):
    """A package is not built the way we expect; the message says which."""


def bundle(pakketten: Path, eigen: str) -> tuple[str, dict[str, Path]]:
    """Return the stylesheet and, by name, the font files it refers to.

    `pakketten` is a `node_modules` folder, `eigen` our own stylesheet, whose tokens
    count as asked for.

    Raises:
        StijlFout: a package is absent or holds no rule or token at all.
    """
    faces, fonts = _lettertypen(pakketten)
    componenten = "\n".join(_componenten(pakketten))
    thema = _thema(pakketten, componenten + eigen)
    return "\n".join((*faces, thema, componenten)) + "\n", fonts


def _lees(pad: Path) -> str:
    if not pad.is_file():
        raise StijlFout(f"{pad.parent.name}/{pad.name} is not in the packages.")
    return pad.read_text(encoding="utf-8")


def _lettertypen(pakketten: Path) -> tuple[list[str], dict[str, Path]]:
    faces: list[str] = []
    fonts: dict[str, Path] = {}
    for pakket in LETTERTYPEN:
        bron = pakketten / pakket
        for face in _FONT_FACE.findall(_lees(bron / "index.css")):
            if gevonden := re.search(r"url\(\./files/([\w.-]+)\)", face):
                naam = gevonden[1]
                if _SCHRIFT.search(naam):
                    fonts[naam] = bron / "files" / naam
                    faces.append(face.replace("./files/", ""))
    if not faces:
        raise StijlFout("The font packages hold no Latin font.")
    return faces, fonts


def _componenten(pakketten: Path) -> Iterator[str]:
    lijst = json.loads(_lees(pakketten.parent / "package.json"))["dependencies"]
    for pakket in sorted(lijst):
        if pakket.startswith("@utrecht/"):
            yield _COMMENTAAR.sub("", _lees(pakketten / pakket / "dist" / "index.css"))


def _thema(pakketten: Path, gebruikt: str) -> str:
    """Return the tokens that are asked for, directly or by another token."""
    tokens = dict(_DECLARATIE.findall(_lees(pakketten / THEMA / "dist" / "theme.css")))
    wachtend = set(_GEVRAAGD.findall(gebruikt))
    nodig: set[str] = set()
    while wachtend:
        token = wachtend.pop()
        if token in tokens and token not in nodig:
            nodig.add(token)
            wachtend.update(_GEVRAAGD.findall(tokens[token]))
    if not nodig:
        raise StijlFout("The theme holds none of the tokens the components ask for.")
    regels = (f"  {token}: {tokens[token]};" for token in sorted(nodig))
    return "\n".join((".voorbeeld-theme {", *regels, "}"))
