"""Compiling the Dutch texts.

Screen texts are English in the source and Dutch through gettext. The compiled file is
made at set-up and before tests, so it is never out of step with the text one edits.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogs(map: Path = LOCALE) -> list[Path]:
    """Compile every `.po` under `map` whose `.mo` is absent or differs.

    Returns the `.mo` files that were written.
    """
    written = []
    for po in sorted(map.glob("*/LC_MESSAGES/*.po")):
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
