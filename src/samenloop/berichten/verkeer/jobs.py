"""Background work of the traffic: handling, telling, going round, watching terms."""

from collections.abc import Sequence

from django.db import connection
from procrastinate.contrib.django import app

from samenloop.berichten.verkeer import (
    antwoorden,
    rondgaan,
    termijnen,
    toewijzingen,
    verwerken,
)
from samenloop.berichten.verkeer.ontvangst import ONTVANGEN
from samenloop.core.gebeurtenissen import handles_together
from samenloop.core.models import Gebeurtenis
from samenloop.voorzieningen.toewijzen.toewijzen import GEWIJZIGD, VASTGESTELD
from samenloop.voorzieningen.toewijzen.verzoeken import BEANTWOORD


@handles_together(ONTVANGEN)
def handle_received(gebeurtenissen: Sequence[Gebeurtenis]) -> None:
    """Judge and answer what came in."""
    verwerken.handle(
        gebeurtenissen[0].gemeente, [each.onderwerp for each in gebeurtenissen]
    )


@handles_together(VASTGESTELD, GEWIJZIGD)
def tell_allocated(gebeurtenissen: Sequence[Gebeurtenis]) -> None:
    """Tell providers what was allocated or changed."""
    toewijzingen.tell(
        gebeurtenissen[0].gemeente, [each.onderwerp for each in gebeurtenissen]
    )


@handles_together(BEANTWOORD)
def answer_requests(gebeurtenissen: Sequence[Gebeurtenis]) -> None:
    """Tell providers that a request is under inquiry or refused."""
    antwoorden.answer(
        gebeurtenissen[0].gemeente, [each.onderwerp for each in gebeurtenissen]
    )


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="verkeer-rond")
def go_round(timestamp: int) -> None:
    """Fetch what lies ready and bring what is ready."""
    rondgaan.go_round()
    connection.close()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="verkeer-termijnen")
def watch_terms(timestamp: int) -> None:
    """Judge for good what waited long enough, and notice answers that are missing."""
    termijnen.watch()
    connection.close()


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="verkeer-opruimen")
def clear_folders(timestamp: int) -> None:
    """Remove files that are on record longer than we keep them beside it."""
    rondgaan.clear_folders()
    connection.close()
