"""Reading releases, fast enough for a page.

A release never changes, so its outcome is taken apart once and kept in memory under
the hash of its content; a page then costs one small query. Nothing here computes a
figure.
"""

from functools import lru_cache

from django.db.models import QuerySet

from samenloop.monitor.uitkomst import Kwartaal, Monitor
from samenloop.verantwoording.models import Levering, Uitgave, Uitgavebestand

BEWAARD = 16  # outcomes kept per process: the quarters people look at side by side


class GeenUitgave(LookupError):
    """There is no release, or no file in it, by that name."""


def releases(regio: str | None = None) -> QuerySet[Uitgave]:
    """Return releases without their (large) content: by region, newest first."""
    uitgaven = Uitgave.objects.defer("inhoud", "wijzigingen")
    return uitgaven.filter(regio=regio) if regio is not None else uitgaven


def regions() -> list[str]:
    """Return the regions that have a release, in order of name."""
    return list(
        Uitgave.objects.order_by("regio").values_list("regio", flat=True).distinct()
    )


def quarters(regio: str) -> list[Kwartaal]:
    """Return the quarters of which the region has a release, newest first."""
    kwartalen = Uitgave.objects.filter(regio=regio).values_list("kwartaal", flat=True)
    return sorted({Kwartaal.lees(kwartaal) for kwartaal in kwartalen}, reverse=True)


def latest(regio: str, kwartaal: Kwartaal | None = None) -> Uitgave:
    """Return the release in force: the last revision of the quarter (or newest one).

    Raises:
        GeenUitgave: there is none.
    """
    uitgaven = releases(regio)
    if kwartaal is not None:
        uitgaven = uitgaven.filter(kwartaal=str(kwartaal))
    uitgave = uitgaven.order_by("-kwartaal", "-revisie").first()
    if uitgave is None:
        raise GeenUitgave(f"{regio} {kwartaal or ''}".strip())
    return uitgave


def revision(regio: str, kwartaal: Kwartaal, revisie: int) -> Uitgave:
    """Return one revision.

    Raises:
        GeenUitgave: there is none.
    """
    try:
        return releases(regio).get(kwartaal=str(kwartaal), revisie=revisie)
    except Uitgave.DoesNotExist:
        raise GeenUitgave(f"{regio} {kwartaal} revisie {revisie}") from None


def revisions(regio: str, kwartaal: Kwartaal) -> list[Uitgave]:
    """Return all revisions of a quarter, with their logs of changes, newest first."""
    return list(
        Uitgave.objects.defer("inhoud")
        .filter(regio=regio, kwartaal=str(kwartaal))
        .order_by("-revisie")
    )


def monitor(uitgave: Uitgave) -> Monitor:
    """Return the outcome of a release. It is shared: read it, do not change it."""
    return _taken_apart(uitgave.sha256, uitgave.pk)


@lru_cache(maxsize=BEWAARD)
def _taken_apart(sha256: str, nummer: int) -> Monitor:
    inhoud = Uitgave.objects.values_list("inhoud", flat=True).get(
        pk=nummer, sha256=sha256
    )
    return Monitor.from_json(inhoud)


def files(uitgave: Uitgave) -> list[tuple[str, str, str]]:
    """Return (name, media type, sha256) of every file of the release, by name."""
    return list(
        Uitgavebestand.objects.filter(uitgave=uitgave)
        .order_by("naam")
        .values_list("naam", "soort", "sha256")
    )


def file(uitgave: Uitgave, naam: str) -> Uitgavebestand:
    """Return one file of a release, such as `nl/monitor.pdf`.

    Raises:
        GeenUitgave: the release has no such file.
    """
    try:
        return Uitgavebestand.objects.get(uitgave=uitgave, naam=naam)
    except Uitgavebestand.DoesNotExist:
        raise GeenUitgave(naam) from None


def deliveries(regio: str | None = None) -> QuerySet[Levering]:
    """Return the deliveries with the outcome of their check, newest first."""
    leveringen = Levering.objects.all()
    return leveringen.filter(regio=regio) if regio is not None else leveringen
