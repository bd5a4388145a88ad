"""The terms of the standard, as days before which an answer must be there.

Counted in working days of the offices (`core.kalender`), from the day after receipt;
the eight weeks of an inquiry run from the date that stands in the request.
"""

from datetime import date, timedelta

from samenloop.core import kalender

RETOUR = 3  # working days, OP090
VERZOEK = 5  # a 301 or 319 after a request, OP274
DECLARATIE = 10  # a 325 after an invoice
ONDERZOEK = timedelta(weeks=8)  # OP346
# How long a message waits for one that belongs before it: so that the retour is still
# in time when it never comes.
GEDULD = 1


def after(dag: date, werkdagen: int) -> date:
    """Return the day that lies so many working days after a day."""
    for _ in range(werkdagen):
        dag = kalender.next_working_day(dag + timedelta(days=1))
    return dag
