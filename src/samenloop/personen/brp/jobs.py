"""In the background: reports of doubt that wait are sent, and answers fetched."""

from procrastinate.contrib.django import app

from samenloop.personen.brp import terugmelden


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="brp-terugmelden")
def continue_reports(timestamp: int) -> None:
    """Take every report a step further, if the other side is there."""
    terugmelden.continue_all()
