"""Reports and measurements that somebody of the family reads, where these are open.

A report is read once it was given to the family, or to oneself: a worker says when it
is finished. A measurement is read by whom it is about, by who has the right to read for
a child, and by whom one of those let in; nobody else, whatever part was opened.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from samenloop.core import klok
from samenloop.personen.models import Persoon
from samenloop.plannen import rechten
from samenloop.plannen.dossier.gesprekken import VRAGEN, Verslag
from samenloop.plannen.dossier.models import Gesprekversie
from samenloop.plannen.metingen.models import Meting
from samenloop.plannen.models import Deel
from samenloop.plannen.rechten import Recht, Regime
from samenloop.portaal import ons_plan
from samenloop.portaal.mij import Mij
from samenloop.signalen.models import Leefgebied

MEESTE = 20


@dataclass(frozen=True, slots=True)
class Gespreksverslag:
    """A report as the family reads it."""

    id: UUID
    op: date | None
    kern: str
    gebieden: list[tuple[str, list[tuple[str, str]]]]
    afspraken: str
    klopt_niet: str


@dataclass(frozen=True, slots=True)
class Gemeten:
    """One measurement in words."""

    wie: str
    op: date
    waarmee: str
    scores: list[tuple[str, str, str]]


def reports(mij: Mij) -> list[Gespreksverslag]:
    """Return the newest version of each report that was given to whom one reads for."""
    if Deel.GESPREKKEN not in mij.delen:
        return []
    lezers = [each.pk for each in ons_plan.in_whose_name(mij, Deel.GESPREKKEN) if each]
    gegeven = (
        Gesprekversie.objects.filter(
            Q(uitreikingen__persoon__in=lezers)
            | Q(uitreikingen__isnull=False, uitreikingen__persoon=None),
            gesprek__dossier=mij.dossier,
        )
        .order_by("gesprek_id", "-nummer")
        .distinct("gesprek_id")
    )
    if not lezers:
        return []
    verslagen = [_report(each) for each in gegeven]
    verslagen.sort(key=lambda each: each.op or date.min, reverse=True)
    return verslagen[:MEESTE]


def _report(versie: Gesprekversie) -> Gespreksverslag:
    verslag = Verslag.kept(versie.inhoud)
    try:
        op = date.fromisoformat(verslag.gevoerd_op)
    except ValueError:
        op = versie.op.astimezone(klok.AMSTERDAM).date()
    return Gespreksverslag(
        versie.gesprek_id,
        op,
        verslag.kern,
        [
            (
                str(naam),
                [
                    (str(vraag), verslag.gebieden[code][sleutel])
                    for sleutel, vraag in VRAGEN.items()
                    if sleutel in verslag.gebieden[code]
                ],
            )
            for code, naam in Leefgebied.choices
            if code in verslag.gebieden
        ],
        verslag.afspraken,
        verslag.klopt_niet,
    )


def measurements(mij: Mij) -> list[Gemeten]:
    """Return what was measured of whom one may read, newest first."""
    if Deel.METINGEN not in mij.delen:
        return []
    lezers = [each for each in ons_plan.in_whose_name(mij, Deel.METINGEN) if each]
    rijen = (
        Meting.objects.filter(dossier=mij.dossier, correctie__isnull=True)
        .select_related("persoon", "instrument")
        .prefetch_related("scores__domein", "instrument__niveaus")
        .order_by("-op", "-vastgelegd_op")[: 3 * MEESTE]
    )
    vandaag = klok.today()
    mag: dict[UUID, bool] = {}
    for rij in rijen:
        if rij.persoon_id not in mag:
            mag[rij.persoon_id] = _may_read(lezers, rij.persoon, vandaag)
    return [_measured(rij) for rij in rijen if mag[rij.persoon_id]][:MEESTE]


def _may_read(lezers: list[Persoon], wie: Persoon, dag: date) -> bool:
    recht = rechten.who(Recht.INZAGE, Regime.WMO, wie, dag)
    return any(recht.may(lezer.pk) for lezer in lezers)


def _measured(rij: Meting) -> Gemeten:
    woorden: dict[tuple[Any, int], str] = {}
    for niveau in rij.instrument.niveaus.all():
        woorden[niveau.domein_id, niveau.niveau] = niveau.naam
    return Gemeten(
        rij.persoon.volledige_naam,
        rij.op,
        rij.instrument.naam,
        [
            (
                score.domein.naam,
                woorden.get((score.domein_id, score.niveau))
                or woorden.get((None, score.niveau))
                or str(score.niveau),
                score.toelichting,
            )
            for score in rij.scores.all()
        ],
    )
