"""The reassessments that have to begin now, and the application each is looked at in.

Planned ones begin on their day, the others eight weeks before the end. The application
itself stands in a room below; it is known here by the provision and its last day, so
that the two never say different things.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samenloop.core import klok
from samenloop.regie.caseload import herindicaties
from samenloop.regie.caseload.models import Herindicatieplanning
from samenloop.regie.models import Casus
from samenloop.regie.termijnen.models import OPEN
from samenloop.voorzieningen.inkoop.codes import WETTEN
from samenloop.voorzieningen.models import Voorziening
from samenloop.voorzieningen.toewijzen import herindiceren
from samenloop.voorzieningen.toewijzen.models import Aanvraag, Aanvraagstaat

MEESTE = 200


@dataclass(frozen=True, slots=True)
class Rij:
    """One reassessment that has to begin: of what, since when, and how far it is."""

    voorziening: Voorziening
    start: date
    casus: Casus | None
    aanvraag: Aanvraag | None


def due(gemeente: str) -> list[Rij]:
    """Return what has to begin today or had to before, in a fixed number of statements.

    What was decided, or called done in its case, is left out.
    """
    eindes = _begun(gemeente)[:MEESTE]
    lopend = herindiceren.of_ends(
        gemeente, [(each.voorziening, each.einddatum) for each in eindes]
    )
    feiten = {
        each.kenmerk: each
        for each in Voorziening.objects.current()
        .filter(kenmerk__in=[each.voorziening for each in eindes])
        .select_related("betrokkene", "product", "aanbieder")
    }
    casussen = {
        each.pk: each
        for each in Casus.objects.filter(pk__in=[e.casus for e in eindes if e.casus])
    }
    return [
        Rij(
            feiten[each.voorziening],
            each.gepland or each.einddatum - herindicaties.VOORLOOP,
            casussen.get(each.casus) if each.casus else None,
            lopend.get((each.voorziening, each.einddatum)),
        )
        for each in eindes
        if each.voorziening in feiten
    ]


def to_begin(gemeente: str) -> int:
    """Return for how many of them no application was opened yet."""
    eindes = _begun(gemeente)
    lopend = herindiceren.of_ends(
        gemeente, [(each.voorziening, each.einddatum) for each in eindes]
    )
    return sum((e.voorziening, e.einddatum) not in lopend for e in eindes)


def states(
    gemeente: str, plannen: Sequence[Herindicatieplanning]
) -> list[tuple[Herindicatieplanning, Aanvraag | None]]:
    """Return planned reassessments with the application each is looked at in."""
    lopend = herindiceren.of_ends(
        gemeente, [(each.voorziening, each.einddatum) for each in plannen]
    )
    return [(each, lopend.get((each.voorziening, each.einddatum))) for each in plannen]


def _begun(gemeente: str) -> list[herindicaties.Einde]:
    vandaag = klok.today()
    klaar = _done(gemeente)
    return [
        each
        for each in herindicaties.ending(gemeente, vandaag)
        if each.wet in WETTEN
        and (each.gepland or each.eerst) <= vandaag
        and (each.voorziening, each.einddatum) not in klaar
    ]


def _done(gemeente: str) -> set[tuple[UUID, date]]:
    beslist = Aanvraag.objects.filter(
        gemeente=gemeente,
        herindicatie_eind__gte=klok.today(),
        staat=Aanvraagstaat.BESLIST,
    ).values_list("herindicatie_van", "herindicatie_eind")
    gezegd = (
        Herindicatieplanning.objects.filter(
            gemeente=gemeente, vervallen_op__isnull=True, termijn__isnull=False
        )
        .exclude(termijn__staat__in=OPEN)
        .values_list("voorziening", "einddatum")
    )
    return {(wie, eind) for wie, eind in (*beslist, *gezegd) if wie and eind}
