"""What one opening lets its reader see, per person and field.

Three things must all allow it: the grounds in law at this purpose (`grondslagen`), the
table of access for the reader's own task (`access.besluiten`), and the reader's own
weighing, which left some domains of life out. The least of these counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samenloop.access.actor import Actor
from samenloop.access.rollen import Diepte
from samenloop.core.vraag import written_once
from samenloop.klantbeeld import grondslagen
from samenloop.klantbeeld.grondslagen import Grond, Reden, Uitspraak
from samenloop.klantbeeld.velden import DOSSIER, GEZIN, Veld
from samenloop.personen.toestemming import Toestemming


class Weggelaten(StrEnum):
    """Why something is not shown; each is another sentence on the page."""

    NIET_GEVRAAGD = "niet_gevraagd"
    GEEN_GROND = "geen_grond"
    VERBODEN = "verboden"
    TOESTEMMING = "toestemming"
    NIET_BEVESTIGD = "niet_bevestigd"
    GEEN_TAAK = "geen_taak"


_WAAROM = {
    Reden.GEEN_GROND: Weggelaten.GEEN_GROND,
    Reden.VERBODEN: Weggelaten.VERBODEN,
    Reden.TOESTEMMING: Weggelaten.TOESTEMMING,
    Reden.NIET_BEVESTIGD: Weggelaten.NIET_BEVESTIGD,
}


_GEEN: frozenset[str] = frozenset()


@dataclass(slots=True)
class Inzage:
    """Decides for one page. `plafond` is the depth of the reader's own task.

    `toestemming` names, per person, the categories for which consent holds now.
    """

    actor: Actor
    doel: str
    plafond: Diepte | None
    leefgebieden: frozenset[str]
    bevestigd: frozenset[str] = frozenset()
    ook: tuple[str, ...] = ()
    toestemming: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    _gezegd: dict[tuple[str, bool], Uitspraak] = field(default_factory=dict)
    _redenen: dict[tuple[str, frozenset[str]], Weggelaten | None] = field(
        default_factory=dict
    )

    def about(self, categorie: str, persoon: UUID | None = None) -> Uitspraak:
        """Return what the grounds say of a category, with this person's consent."""
        consent = categorie in self.consent_of(persoon)
        sleutel = (categorie, consent)
        gezegd = self._gezegd.get(sleutel)
        if gezegd is None:
            gezegd = self._gezegd[sleutel] = grondslagen.uitspraak(
                self.actor,
                self.doel,
                categorie,
                consent=consent,
                bevestigd=self.bevestigd,
                ook=self.ook,
            )
        return gezegd

    def depth(self, categorie: str, persoon: UUID | None = None) -> Diepte | None:
        """Return how deep one may look, within one's own task."""
        mag = self.about(categorie, persoon).diepte
        if mag is None or self.plafond is None:
            return None
        return mag if self.plafond.reaches(mag) else self.plafond

    def asked(self, leefgebied: str) -> bool:
        """Whether the reader asked for this domain of life."""
        return leefgebied in (GEZIN, DOSSIER) or leefgebied in self.leefgebieden

    def allows(self, veld: Veld, persoon: UUID | None = None) -> bool:
        """Whether this field of this person may be shown."""
        return self.why_not(veld, persoon) is None

    def consent_of(self, persoon: UUID | None) -> frozenset[str]:
        """Return the categories for which this person's consent holds."""
        return self.toestemming.get(persoon, _GEEN) if persoon else _GEEN

    def different(self, personen: Iterable[UUID]) -> tuple[UUID, ...]:
        """Return one person for each that is judged differently: consent differs."""
        return tuple({self.consent_of(wie): wie for wie in personen}.values())

    def why_not(self, veld: Veld, persoon: UUID | None = None) -> Weggelaten | None:
        """Return why a field is left out; None when it may be shown."""
        sleutel = (veld.code, self.consent_of(persoon))
        if sleutel not in self._redenen:
            self._redenen[sleutel] = self._judge(veld, persoon)
        return self._redenen[sleutel]

    def _judge(self, veld: Veld, persoon: UUID | None) -> Weggelaten | None:
        if not self.asked(veld.leefgebied):
            return Weggelaten.NIET_GEVRAAGD
        gezegd = self.about(veld.categorie, persoon)
        if not gezegd.allows(veld.diepte):
            if gezegd.mag:
                return (
                    Weggelaten.TOESTEMMING
                    if gezegd.met_toestemming is not None
                    else Weggelaten.GEEN_GROND
                )
            return _WAAROM[gezegd.reden]
        if veld.naast and _forbidden(self.about(veld.naast, persoon)):
            return Weggelaten.VERBODEN
        if self.plafond is None or not self.plafond.reaches(veld.diepte):
            return Weggelaten.GEEN_TAAK
        return None

    def grounds(
        self, velden: Iterable[Veld], persoon: UUID | None = None
    ) -> tuple[Grond, ...]:
        """Return the grounds on which these fields are shown, each once."""
        gronden: dict[str, Grond] = {}
        for deel in velden:
            for grond in self.about(deel.categorie, persoon).gronden:
                gronden[grond.id] = grond
        return tuple(gronden.values())


def _forbidden(gezegd: Uitspraak) -> bool:
    return not gezegd.mag and any(grond.is_verbod for grond in gezegd.gronden)


@written_once
def _consents(
    personen: Sequence[UUID], doelen: Sequence[str], op: date
) -> QuerySet[Any, tuple[Any, ...]]:
    return (
        Toestemming.objects.in_force(op)
        .filter(persoon_id__in=personen, doel__in=doelen)
        .order_by()
        .values_list("persoon_id", "categorie")
    )


def consents(
    personen: Iterable[UUID], doel: str, op: date
) -> Mapping[UUID, frozenset[str]]:
    """Return per person the categories for which consent holds, in one statement."""
    gegeven: dict[UUID, set[str]] = {}
    doelen = sorted(grondslagen.purposes(doel))
    for persoon, categorie in _consents(list(personen), doelen, op):
        gegeven.setdefault(persoon, set()).add(categorie)
    return {persoon: frozenset(wat) for persoon, wat in gegeven.items()}
