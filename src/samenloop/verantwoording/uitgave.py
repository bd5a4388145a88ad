"""Making a release of the monitor.

What goes in: a region and a quarter, and the records or delivered folders. What comes
out: an `Uitgave` with the outcome and all its files, stored in one transaction, or
nothing. Computing again on the same input gives the same bytes and therefore the same
release; on other input it gives a new revision, which needs a reason and carries a log
of the cells that changed.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction

from samenloop.monitor import keuring
from samenloop.monitor.fouten import LeveringFout
from samenloop.monitor.keuring import Keuring
from samenloop.monitor.uitkomst import Kwartaal, Monitor, Status
from samenloop.monitor.voortgang import Voortgang, stil
from samenloop.verantwoording import levering
from samenloop.verantwoording.models import Levering, Uitgave, Uitgavebestand
from samenloop.verantwoording.ontvangst import Herkomst, Keurwijze, Ontvangen, receive
from samenloop.verantwoording.rapport import Rapport, media_type, report_files
from samenloop.verantwoording.regio import Gebied, find_area, require_area
from samenloop.verantwoording.wijzigingen import Wijziging, differences


class RedenNodig(LeveringFout):
    """The figures would differ from those released; a reason must go with that."""


@dataclass(frozen=True, slots=True)
class Verzoek:
    """Of which region and quarter a release is asked, and from what."""

    kwartaal: Kwartaal
    regio: str | None = None  # code or name; None: what the delivery itself says
    van: tuple[Path, ...] = ()  # delivered folders or zips; none: the own records
    reden: str = ""  # why there is a revision; needed when figures become others
    toelichting: Path | None = None  # folder with texts, for the own records
    wijze: Keurwijze = field(default_factory=Keurwijze)


@dataclass(frozen=True, slots=True)
class Gemaakt:
    """The release in force, and whether it was made just now."""

    uitgave: Uitgave
    nieuw: bool


@dataclass(frozen=True, slots=True)
class _Concept:
    """A release that is not stored yet."""

    regio: str
    monitor: Monitor
    vorige: Uitgave | None
    reden: str = ""
    wijzigingen: list[Wijziging] = field(default_factory=list)


def make(
    verzoek: Verzoek, voortgang: Voortgang = stil, *, rapport: Rapport = report_files
) -> Gemaakt:
    """Make the release, or return the one that already says the same.

    Raises:
        TeveelAfgekeurd: too many rows are refused and nobody decided to go on; the
            delivery is kept as paused, there is no release.
        RedenNodig: the figures differ from the release in force and no reason is given.
        LeveringFout: the delivery cannot be used; it is kept as refused.
    """
    with TemporaryDirectory(prefix="samenloop-") as map:
        ontvangen = _receive(verzoek, Path(map), voortgang)
        regio = ontvangen.herkomst.regio or _region_of(ontvangen.monitor)
        vorige = _in_force(regio, verzoek.kwartaal)
        if vorige is not None and _says_the_same(ontvangen.monitor, vorige):
            return Gemaakt(vorige, nieuw=False)
        concept = _draft(regio, ontvangen.monitor, vorige, verzoek.reden)
        bestanden = rapport(concept.monitor, Path(map) / "verslag", voortgang)
    voortgang("uitgave opslaan")
    with transaction.atomic():
        _claim(concept, verzoek.kwartaal)
        uitgave = _store(concept, ontvangen.record(regio), bestanden)
    return Gemaakt(uitgave, nieuw=True)


def finalise(
    regio: str,
    kwartaal: Kwartaal,
    *,
    reden: str = "Definitief vastgesteld.",
    voortgang: Voortgang = stil,
    rapport: Rapport = report_files,
) -> Gemaakt:
    """Make the figures in force definitive: a revision with the same figures.

    Raises:
        LeveringFout: there is no release of that region and quarter.
    """
    gebied = find_area(regio, kwartaal.eind)
    vorige = _in_force(gebied.code if gebied else regio, kwartaal)
    if vorige is None:
        raise LeveringFout(f"Er is nog geen uitgave van {regio} over {kwartaal}.")
    if vorige.status == Status.DEFINITIEF:
        return Gemaakt(vorige, nieuw=False)
    monitor = replace(Monitor.from_json(vorige.inhoud), status=Status.DEFINITIEF)
    concept = _Concept(vorige.regio, monitor, vorige, reden)
    with TemporaryDirectory(prefix="samenloop-") as map:
        bestanden = rapport(monitor, Path(map), voortgang)
    with transaction.atomic():
        _claim(concept, kwartaal)
        return Gemaakt(_store(concept, vorige.levering, bestanden), nieuw=True)


def verify(uitgave: Uitgave, *, opnieuw: bool = False) -> list[str]:
    """Return what is wrong with a stored release, in Dutch; nothing is well.

    Every hash is computed again, and the outcome is read and written again. With
    `opnieuw` the report is also made again and laid beside the stored bytes; another
    version of the programs that draw it may then be the cause of a difference.
    """
    fouten = []
    if _sha256(uitgave.inhoud) != uitgave.sha256:
        fouten.append("de inhoud past niet bij haar hash")
    monitor = Monitor.from_json(uitgave.inhoud)
    if monitor.to_json() != uitgave.inhoud:
        fouten.append("de inhoud komt na lezen en schrijven niet gelijk terug")
    bestanden = {b.naam: b for b in uitgave.bestanden.all()}
    for naam, bestand in sorted(bestanden.items()):
        if hashlib.sha256(bestand.inhoud).hexdigest() != bestand.sha256:
            fouten.append(f"{naam} past niet bij zijn hash")
    if opnieuw:
        with TemporaryDirectory(prefix="samenloop-") as map:
            nieuw = report_files(monitor, Path(map))
        fouten += [
            f"{naam} is na opnieuw maken niet gelijk"
            for naam in sorted({*bestanden, *nieuw})
            if naam not in bestanden or nieuw.get(naam) != bytes(bestanden[naam].inhoud)
        ]
    return fouten


def try_out(verzoek: Verzoek, map: Path, voortgang: Voortgang = stil) -> Keuring:
    """Check what a release would rest on, and store nothing; close the outcome.

    Raises:
        LeveringFout: the delivery cannot be used.
    """
    paden, _ = _delivery(verzoek, map, voortgang)
    return keuring.keur(paden, drempel=1.0, voortgang=voortgang)


def _receive(verzoek: Verzoek, map: Path, voortgang: Voortgang) -> Ontvangen:
    paden, herkomst = _delivery(verzoek, map, voortgang)
    return receive(paden, herkomst, verzoek.wijze, voortgang)


def _delivery(
    verzoek: Verzoek, map: Path, voortgang: Voortgang
) -> tuple[tuple[Path, ...], Herkomst]:
    """Return the delivered folders, or a levering of the own records in `map`."""
    if verzoek.van:
        gebied = find_area(verzoek.regio or "", verzoek.kwartaal.eind)
        paden, afzender = verzoek.van, ", ".join(pad.name for pad in verzoek.van)
    else:
        if verzoek.regio is None:
            raise LeveringFout("Noem de regio waarover de uitgave gaat.")
        gebied = require_area(verzoek.regio, verzoek.kwartaal.eind)
        paden, afzender = (_own(verzoek, gebied, map, voortgang),), gebied.naam
    regio = gebied.code if gebied else (verzoek.regio or "")
    return paden, Herkomst(afzender[:200], regio, verzoek.kwartaal)


def _own(verzoek: Verzoek, gebied: Gebied, map: Path, voortgang: Voortgang) -> Path:
    """Write the records of the region; the folder's name is part of the outcome."""
    geschreven = levering.write(
        gebied.gemeenten,
        levering.period_for(verzoek.kwartaal),
        map / f"{gebied.code}-{verzoek.kwartaal}",
        bekend_op=verzoek.wijze.bekend_op,
        onbekend=True,
        regio=gebied.code,
        toelichting=verzoek.toelichting,
        voortgang=voortgang,
    )
    return geschreven.map


def _region_of(monitor: Monitor) -> str:
    if not monitor.regio:
        raise LeveringFout(
            "De levering zegt niet over welke regio zij gaat; noem de regio."
        )
    gebied = find_area(monitor.regio, Kwartaal.lees(monitor.kwartaal).eind)
    # The name becomes part of an address and of a row.
    return gebied.code if gebied else monitor.regio.replace("/", "-")[:200]


def _in_force(regio: str, kwartaal: Kwartaal) -> Uitgave | None:
    uitgaven = Uitgave.objects.filter(regio=regio, kwartaal=str(kwartaal))
    return uitgaven.order_by("-revisie").first()


def _says_the_same(monitor: Monitor, uitgave: Uitgave) -> bool:
    """Whether the outcome is the release byte for byte, but for what we call it."""
    als_toen = replace(monitor, status=Status(uitgave.status))
    return _sha256(als_toen.to_json()) == uitgave.sha256


def _draft(
    regio: str, monitor: Monitor, vorige: Uitgave | None, reden: str
) -> _Concept:
    if vorige is None:
        return _Concept(regio, replace(monitor, status=Status.VOORLOPIG), None)
    wijzigingen = differences(Monitor.from_json(vorige.inhoud), monitor)
    if not reden.strip():
        raise RedenNodig(
            f"Van {regio} over {vorige.kwartaal} is revisie {vorige.revisie} al "
            f"uitgegeven en {len(wijzigingen)} cijfers zouden anders worden; "
            "geef de reden van de herziening op."
        )
    herzien = replace(monitor, status=Status.HERZIEN)
    return _Concept(regio, herzien, vorige, reden.strip(), wijzigingen)


def _claim(concept: _Concept, kwartaal: Kwartaal) -> None:
    """Let one at a time store, and only on top of the release it was compared with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"uitgave {concept.regio} {kwartaal}"],
        )
    nu = _in_force(concept.regio, kwartaal)
    if (nu and nu.pk) != (concept.vorige and concept.vorige.pk):
        raise LeveringFout(
            f"Intussen is een andere uitgave van {concept.regio} over {kwartaal} "
            "gemaakt; kijk daar eerst naar en maak de uitgave dan opnieuw."
        )


def _store(
    concept: _Concept, ontvangen: Levering, bestanden: dict[str, bytes]
) -> Uitgave:
    inhoud = concept.monitor.to_json()
    bekend_op = concept.monitor.bekend_op
    uitgave = Uitgave.objects.create(
        regio=concept.regio,
        kwartaal=concept.monitor.kwartaal,
        revisie=concept.vorige.revisie + 1 if concept.vorige else 1,
        status=concept.monitor.status,
        bekend_op=date.fromisoformat(bekend_op) if bekend_op else None,
        levering=ontvangen,
        invoer=concept.monitor.invoer,
        inhoud=inhoud,
        sha256=_sha256(inhoud),
        reden=concept.reden,
        wijzigingen=concept.wijzigingen,
    )
    Uitgavebestand.objects.bulk_create(
        Uitgavebestand(
            uitgave=uitgave,
            naam=naam,
            soort=media_type(naam),
            inhoud=inhoud_bestand,
            sha256=hashlib.sha256(inhoud_bestand).hexdigest(),
        )
        for naam, inhoud_bestand in bestanden.items()
    )
    return uitgave


def _sha256(tekst: str) -> str:
    return hashlib.sha256(tekst.encode()).hexdigest()
