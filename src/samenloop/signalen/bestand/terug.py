"""Faulty rows as a file, to correct and offer again.

In front of each row stands on which line it was, what is wrong and what to do; behind
that the row as it came. Kept for two weeks, unreadable at rest.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from samenloop.signalen.bestand.fouten import Fout

# What a spreadsheet would take for a formula.
_FORMULE = ("=", "@", "\t", "\r")


def write(
    kolommen: Sequence[str],
    rijen: Iterable[tuple[int, Sequence[str], Sequence[Fout]]],
) -> bytes:
    """Return a CSV file that a Dutch spreadsheet opens with all letters right."""
    uit = io.StringIO(newline="")
    blad = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    with translation.override("nl"):
        blad.writerow([_("line"), _("what is wrong"), _("what to do"), *kolommen])
        for nummer, cellen, fouten in rijen:
            wat = [f"{fout.kolom}: {fout.wat}" if fout.kolom else fout.wat
                   for fout in fouten]  # fmt: skip
            doe = dict.fromkeys(fout.doe for fout in fouten)
            blad.writerow(
                [nummer, " ".join(wat), " ".join(doe), *map(_harmless, cellen)]
            )
    return uit.getvalue().encode("utf-8-sig")


def _harmless(cel: str) -> str:
    return f"'{cel}" if cel.startswith(_FORMULE) else cel
