"""The days by which something must be done here, counted as the law and the chain do.

An application has to be decided also where there is no case, so these terms do not hang
on one. Weeks end on the same day of the week and move to a working day (Algemene
termijnenwet, article 1); the terms of the chain count working days.
"""

from datetime import date, timedelta

from samenloop.core.kalender import is_working_day, next_working_day
from samenloop.voorzieningen.models import Wet

ONDERZOEK_WEKEN = 6  # Wmo 2015, 2.3.2 lid 1
WMO_WEKEN = 2  # Wmo 2015, 2.3.5 lid 2
JEUGD_WEKEN = 8  # Awb 4:13 lid 2
BEZWAAR_WEKEN = 6  # Awb 6:7
BESLIS_WEKEN = 6  # Awb 7:10 lid 1 and 9:11 lid 1
VERDAAG_WEKEN = 6  # Awb 7:10 lid 3
VERDAAG_KLACHT_WEKEN = 4  # Awb 9:11 lid 2
RETOUR_DAGEN = 3  # OP090
ANTWOORD_DAGEN = 5  # OP274
EIND_WEKEN = 8  # OP274 and OP346
WOONPLAATS_WEKEN = 2  # OP359
CAK_ZIN_MAANDEN = 1  # Uitvoeringsregeling Wmo 2015, 2f
CAK_PGB_MAANDEN = 4


def weeks(begin: date, aantal: int) -> date:
    """Return the last day of a term of weeks by the Algemene termijnenwet."""
    return next_working_day(begin + timedelta(weeks=aantal))


def working_days(begin: date, aantal: int) -> date:
    """Return the last of so many working days after a day."""
    dag = begin
    while aantal > 0:
        dag += timedelta(days=1)
        aantal -= is_working_day(dag)
    return dag


def of_question(wet: str, gemeld_op: date) -> date:
    """Return until when a question may take: the inquiry, or the decision itself."""
    return weeks(gemeld_op, ONDERZOEK_WEKEN if wet == Wet.WMO else JEUGD_WEKEN)


def of_application(wet: str, aangevraagd_op: date) -> date:
    """Return the last day to decide on an application."""
    return weeks(aangevraagd_op, WMO_WEKEN if wet == Wet.WMO else JEUGD_WEKEN)
