"""Tables as files for those who compute on: tidy CSV, and the whole as JSON.

A CSV holds the dimensions and then `waarde`, raw: codes as in the levering, amounts in
whole eurocents, a point as decimal sign, no grouping; an empty cell is unknown. Texts
stand as delivered, also where a spreadsheet would take them for a formula: who wants to
look at them in a spreadsheet has the workbooks, where text is always text.
"""

import csv
import io

from samenloop.monitor.uitkomst import Tabel


def als_csv(tabel: Tabel) -> bytes:
    """Return the table as UTF-8 CSV with LF line ends."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, lineterminator="\n")
    schrijver.writerow([*tabel.dimensies, "waarde"])
    for rij in tabel.rijen:
        schrijver.writerow(["" if deel is None else deel for deel in rij])
    return uit.getvalue().encode("utf-8")


def bestandsnaam(tabel: Tabel) -> str:
    """Return the file name of a table; an id is made of safe characters only."""
    veilig = "".join(
        t if t.isascii() and (t.isalnum() or t in "-_") else "-" for t in tabel.id
    )
    return f"{veilig or 'tabel'}.csv"
