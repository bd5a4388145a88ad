"""Appointments in the demo region: those of the lives, and a day to look around in.

Most follow from the course of a case: a home visit before the first conversation, an
hour for each evaluation. Who signs in to look around also finds a day and a week with
something in it, whatever the hour at which the demo was loaded.
"""

from datetime import datetime, time, timedelta
from random import Random

from samenloop.access.actor import Actor
from samenloop.core import klok
from samenloop.demo.levensloop import Moment, Wat
from samenloop.regie import casussen
from samenloop.regie.afspraken import maken
from samenloop.regie.afspraken.models import Casusafspraak
from samenloop.regie.models import Casus

_S = Casusafspraak.Soort
SOORT = {
    Wat.GESPREK: (_S.HUISBEZOEK, "Kennismaken en horen wat er speelt"),
    Wat.EVALUATIE: (_S.EVALUATIE, "Samen terugkijken op het plan"),
}
_DAG = (
    (0, "09:15", _S.GESPREK, 45, "Wijkloket", "De brieven van de woningcorporatie"),
    (0, "10:30", _S.HUISBEZOEK, 60, "thuis", "Hoe gaat het sinds vorige week"),
    (0, "13:30", _S.OVERLEG, 30, "school", "Wat kan school deze maand doen"),
    (0, "15:15", _S.GESPREK, 30, "telefoon", "Is de aanvraag rond?"),
    (1, "09:30", _S.HUISBEZOEK, 60, "thuis", "Kennismaken met de coach"),
    (1, "14:00", _S.EVALUATIE, 45, "Wijkloket", "Samen terugkijken op het plan"),
    (2, "11:00", _S.GESPREK, 45, "telefoon", "De stand van de betalingen"),
    (3, "10:00", _S.HUISBEZOEK, 60, "thuis", "Wat er nodig is na de zomer"),
)
_VERZET = "De moeder moet werken; een dag later kan wel"
_AFGEZEGD = "Ziek thuis; volgende week een nieuwe afspraak"


def made_on(moment: Moment, wanneer: datetime, rng: Random) -> datetime | None:
    """Return when people agree on an hour for this; None when there is none for it."""
    if moment.wat not in SOORT:
        return None
    return wanneer - timedelta(days=rng.uniform(2, 8))


def agree(casus: Casus, moment: Moment, wanneer: datetime, door: Actor) -> None:
    """Make the appointment for what is going to happen in a case."""
    soort, waarover = SOORT[moment.wat]
    wie = [each.pk for each in maken.can_come(casus) if each.account == door.account_id]
    if wie:
        maken.make(
            casus,
            soort,
            maken.Wanneer(_quarter(wanneer), 60, "thuis"),
            met=wie,
            waarover=waarover,
            door=door,
        )


def days_to_see(gemeente: str, door: Actor) -> int:
    """Fill today and the days after for a director; how many appointments."""
    nu = klok.now()
    vandaag = nu.astimezone(klok.AMSTERDAM).date()
    geleid = [
        casus
        for casus in casussen.visible_to(door)
        .filter(
            gemeente=gemeente,
            dossier__gesloten_op__isnull=True,
            dossier__geopend_op__lt=vandaag - timedelta(days=3),
        )
        .select_related("dossier")
        .order_by("nummer")
        if casussen.leads(door, casus)
    ]
    gemaakt = []
    with klok.simulated(nu - timedelta(days=2)):
        for nummer, (over, uur, soort, minuten, plaats, waarover) in enumerate(_DAG):
            if not geleid:
                break
            casus = geleid[nummer % len(geleid)]
            begint = datetime.combine(
                vandaag + timedelta(days=over),
                time.fromisoformat(uur),
                klok.AMSTERDAM,
            )
            wie = [each.pk for each in maken.can_come(casus)][:2]
            if not wie or begint < klok.now():
                continue
            gemaakt.append(
                maken.make(
                    casus,
                    soort,
                    maken.Wanneer(begint, minuten, plaats),
                    met=wie,
                    waarover=waarover,
                    door=door,
                )
            )
    if len(gemaakt) > 2:
        laatste = gemaakt[-1]
        maken.move(
            gemaakt[-2],
            maken.Wanneer(laatste.begint_op + timedelta(hours=3), 45, "telefoon"),
            reden=_VERZET,
            door=door,
        )
        maken.call_off(laatste, reden=_AFGEZEGD, door=door)
    return len(gemaakt)


def _quarter(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
