"""Handing over what the CAK and the SVB must be told, in a format that can be swapped.

No official schema of either is loaded here, so the format is our own and each file says
that it is unconfirmed. Whoever loads an official one registers an exporter for it; the
rows stay the same.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from samenloop.access import besluiten, logboek
from samenloop.access.actor import Actor
from samenloop.access.rollen import Handeling
from samenloop.core import klok
from samenloop.personen.models import Burgerservicenummer
from samenloop.voorzieningen.toewijzen.models import Pgb, Uitvoer, Uitvoersoort

ACTIVITEIT = "zorgtoewijzing"
# A cell that a spreadsheet would take for a formula.
_FORMULE = ("=", "+", "-", "@", "\t", "\r")


class Exporteur(Protocol):
    """Writes rows of one kind; `bevestigd` once an official schema stands behind it."""

    naam: str
    bevestigd: bool
    extensie: str

    def write(self, rijen: Sequence["Regel"], op: datetime) -> bytes:
        """Return the file."""
        ...


class Regel:
    """What is told of one person."""

    __slots__ = ("bedrag", "bsn", "code", "datum", "eind", "gemeente", "soort")

    def __init__(self, uitvoer: Uitvoer, bsn: str, pgb: Pgb | None) -> None:
        """Take what is known of it; a budget gives its amount and code."""
        self.soort = uitvoer.soort
        self.gemeente = uitvoer.gemeente_id
        self.bsn = bsn
        self.datum = uitvoer.datum
        self.eind = pgb.eind if pgb else None
        self.bedrag = pgb.budget if pgb else None
        self.code = f"{pgb.categorie}{pgb.code}" if pgb else ""


class EigenFormaat:
    """Our own list with semicolons; nobody confirmed it."""

    naam = "eigen-1"
    bevestigd = False
    extensie = "csv"

    def write(self, rijen: Sequence[Regel], op: datetime) -> bytes:
        """Return the list, with the warning as its first line."""
        uit = io.StringIO()
        schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
        schrijver.writerow(
            [f"ONBEVESTIGD FORMAAT {self.naam}, gemaakt {op:%d-%m-%Y %H.%M}"]
        )
        schrijver.writerow(
            ["soort", "gemeente", "bsn", "datum", "einddatum", "bedrag_cent", "code"]
        )
        for rij in rijen:
            schrijver.writerow(
                _safe(cel)
                for cel in (
                    rij.soort,
                    rij.gemeente,
                    rij.bsn,
                    rij.datum.isoformat(),
                    rij.eind.isoformat() if rij.eind else "",
                    "" if rij.bedrag is None else str(rij.bedrag),
                    rij.code,
                )
            )
        return uit.getvalue().encode("utf-8-sig")


_exporteurs: dict[str, Exporteur] = {}
_eigen = EigenFormaat()


def register(soort: Uitvoersoort, exporteur: Exporteur) -> None:
    """Let an official format take the place of our own for one kind."""
    _exporteurs[soort] = exporteur


def exporter(soort: str) -> Exporteur:
    """Return what writes this kind now."""
    return _exporteurs.get(soort, _eigen)


@transaction.atomic
def hand_over(soort: str, *, door: Actor) -> tuple[bytes, str] | None:
    """Return the file with all of a kind that waits, and its name; None without any.

    Raises:
        GeenToegang: not theirs to hand over.
    """
    besluiten.require(door, Handeling.TOEWIJZEN)
    rijen = list(
        Uitvoer.objects.select_for_update()
        .filter(gemeente=door.gemeente, soort=soort, uitgevoerd_op__isnull=True)
        .order_by("ontstaan_op", "id")
    )
    if not rijen:
        return None
    wie = [rij.persoon_id for rij in rijen]
    bsns = dict(
        Burgerservicenummer.objects.filter(persoon__in=wie).values_list(
            "persoon", "bsn"
        )
    )
    pgbs = Pgb.objects.in_bulk([rij.onderwerp for rij in rijen])
    met = exporter(soort)
    nu = klok.now()
    inhoud = met.write(
        [
            Regel(rij, bsns.get(rij.persoon_id, ""), pgbs.get(rij.onderwerp))
            for rij in rijen
        ],
        nu,
    )
    Uitvoer.objects.filter(pk__in=[rij.pk for rij in rijen]).update(
        uitgevoerd_op=nu,
        uitgevoerd_door=door.account_id,
        formaat=met.naam,
        bevestigd=met.bevestigd,
    )
    logboek.record(
        door,
        Handeling.TOEWIJZEN,
        personen=sorted(set(wie)),
        onderwerp=f"uitvoer:{soort}",
        wijze=logboek.Wijze.VERSTREKT,
        activiteit=ACTIVITEIT,
    )
    merk = "" if met.bevestigd else "-onbevestigd"
    return inhoud, f"{soort}{merk}-{nu:%Y%m%d-%H%M}.{met.extensie}"


def _safe(cel: str) -> str:
    return f"'{cel}" if cel.startswith(_FORMULE) else cel
