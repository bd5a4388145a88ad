"""What every part of a case in the demo region needs: the case, who works on it, tasks.

Small acts that return in talking, planning and closing stand here once.
"""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from samenloop.access.actor import Actor
from samenloop.access.models import Organisatie
from samenloop.core import klok
from samenloop.demo.casusverhalen import THEMAS, Thema
from samenloop.personen.models import Persoon
from samenloop.plannen import toegang
from samenloop.regie import soort, stappen
from samenloop.regie.models import Casus, Stap, Stapstand
from samenloop.regie.taken import opdragen
from samenloop.regie.taken.models import Taak
from samenloop.regie.taken.opdragen import Uitvoerder
from samenloop.regie.termijnen import lopen
from samenloop.regie.termijnen.models import OPEN


class Casuswerk:
    """One case from its beginning, with the people who work on it."""

    def __init__(
        self,
        casus: Casus,
        *,
        rng: Random,
        regisseur: Actor,
        collega: Actor,
        organisaties: dict[str, Organisatie],
    ) -> None:
        """Take up a case that was opened; nothing else has happened in it."""
        assert casus.dossier is not None
        self._casus = casus
        self._dossier = casus.dossier
        self._rng = rng
        self._door = regisseur
        self._collega = collega
        self._organisaties = organisaties
        self._thema = _theme(casus)
        self._scores: dict[UUID, int] = {}

    def _give(
        self,
        titel: str,
        dagen: int,
        wie: Uitvoerder | None = None,
        na: Sequence[Taak] = (),
    ) -> Taak:
        return opdragen.give(
            self._casus,
            titel,
            door=self._door,
            uitvoerder=wie or Uitvoerder(account=self._door.account_id),
            uiterlijk=klok.today() + timedelta(days=dagen),
            na=na,
            dagen=max(7, dagen // 3),
        )

    def _met(self, code: str) -> None:
        """Say of a term that it was met; one in twelve was not, and is late."""
        lopend = self._casus.termijnen.filter(soort=code, staat__in=OPEN).first()
        if lopend is not None and self._rng.random() > 0.08:
            lopen.stop(lopend, klok.today(), self._door)

    def _has_plan_step(self) -> bool:
        loopt = soort.period(self._casus)
        return loopt is not None and Stap.PLAN in soort.steps(loopt.type)

    def _step(self, stap: Stap, staat: Stapstand.Staat, reden: str) -> None:
        loopt = soort.period(self._casus)
        if loopt is None or stap not in soort.steps(loopt.type):
            return
        laatste = self._casus.stappen.filter(stap=stap).order_by("-id").first()
        if laatste is None or laatste.staat != staat:
            stappen.move(self._casus, stap, staat, door=self._door, reden=reden)

    def _member(self, wie: str) -> UUID | None:
        """Return the person a goal is for; None is the whole family."""
        if wie == "gezin":
            return None
        if wie == "ouder":
            return self._dossier.betrokkene_id
        kinderen = Persoon.objects.filter(
            pk__in=toegang.persons(self._dossier),
            geboortedatum__gt=klok.today() - timedelta(days=18 * 365),
        )
        kind = kinderen.order_by("geboortedatum", "id").first()
        return kind.pk if kind else self._dossier.betrokkene_id


def _theme(casus: Casus) -> Thema:
    """Return what a case is about: the first signal of the melding it came from."""
    gebied = (
        casus.casusmeldingen.order_by("melding__ontstaan_op")
        .values_list("melding__koppelingen__signaal__soort__leefgebied", flat=True)
        .first()
    )
    return THEMAS.get(gebied or "", THEMAS["financien"])
