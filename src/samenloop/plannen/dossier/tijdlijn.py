"""The one time line of a dossier: what happened, from all rooms, newest first.

A room registers a source when it starts. What a source gives is checked here once
more: of a part that was not opened nothing is shown, and who may only know that
something happened reads its kind and day, not its text.
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samenloop.access import besluiten
from samenloop.access.actor import Actor
from samenloop.access.rollen import Betrokkenheid, Diepte, Handeling
from samenloop.plannen import toegang
from samenloop.plannen.models import Deel, Dossier

Gewicht = Literal["feit", "besluit", "gevaar"]
# More than this of one source is no time line any more; its own list has the rest.
MEESTE = 1000


class Soort(models.TextChoices):
    """What kind of thing happened; a source may name one that is not listed."""

    CASUS = "casus", _("case")
    SIGNAAL = "signaal", _("signal")
    CONTACT = "contact", _("contact")
    GESPREK = "gesprek", _("conversation")
    NOTITIE = "notitie", _("note")
    DOCUMENT = "document", _("document")
    PLAN = "plan", _("plan")
    METING = "meting", _("measurement")
    TAAK = "taak", _("task")
    TERMIJN = "termijn", _("term")
    OVERLEG = "overleg", _("case conference")
    BERICHT = "bericht", _("message")
    TOEGANG = "toegang", _("access")


class Groep(models.TextChoices):
    """What one can narrow the time line to."""

    CONTACTEN = "contacten", _("Contacts and documents")
    PLAN = "plan", _("Plan and tasks")
    BERICHTEN = "berichten", _("Messages")
    TERMIJNEN = "termijnen", _("Terms")
    GANG = "gang", _("Course of the case")


GROEP_VAN: Mapping[str, Groep] = {
    Soort.CONTACT: Groep.CONTACTEN,
    Soort.GESPREK: Groep.CONTACTEN,
    Soort.NOTITIE: Groep.CONTACTEN,
    Soort.DOCUMENT: Groep.CONTACTEN,
    Soort.PLAN: Groep.PLAN,
    Soort.METING: Groep.PLAN,
    Soort.TAAK: Groep.PLAN,
    Soort.BERICHT: Groep.BERICHTEN,
    Soort.TERMIJN: Groep.TERMIJNEN,
}

# With which right one reads a part.
LEEST: Mapping[Deel, Handeling] = {
    Deel.PLAN: Handeling.PLAN_LEZEN,
    Deel.EIGEN_DEEL: Handeling.PLAN_LEZEN,
    Deel.GESPREKKEN: Handeling.DOSSIER_LEZEN,
    Deel.JOURNAAL: Handeling.DOSSIER_LEZEN,
    Deel.NOTITIES: Handeling.DOSSIER_LEZEN,
    Deel.DOCUMENTEN: Handeling.DOSSIER_LEZEN,
    Deel.METINGEN: Handeling.DOSSIER_LEZEN,
    Deel.TAKEN: Handeling.TAAK_ZIEN,
    Deel.SIGNALEN: Handeling.CASUS_ZIEN,
    Deel.TOEGANG: Handeling.CASUS_ZIEN,
}


@dataclass(frozen=True, slots=True)
class Gebeurd:
    """One thing that happened.

    Args:
        op: when it happened (aware), not when it was written down.
        soort: a `Soort`, or a word of one's own in the language of the reader.
        tekst: one sentence in the language of the reader.
        deel: the part of the dossier it belongs to; decides who reads it.
        gewicht: `besluit` is filled in the drawing, `gevaar` is a danger or a term
            that was missed.
        adres: where one reads the rest; empty when there is no more.
        personen: whom it concerns in particular; empty for the whole family.
        naam: a narrower word than that of `soort`, in the language of the reader.
        diepte: how deep the reader may look; set here, sources leave it.
    """

    op: datetime
    soort: str
    tekst: str
    deel: Deel
    gewicht: Gewicht = "feit"
    adres: str = ""
    personen: tuple[UUID, ...] = ()
    naam: str = ""
    diepte: Diepte = Diepte.WAT

    @property
    def groep(self) -> Groep:
        """What it is found under in the filter."""
        return GROEP_VAN.get(self.soort, Groep.GANG)

    @property
    def woord(self) -> str:
        """The kind in the language of the reader."""
        if self.naam:
            return self.naam
        if self.soort in Soort.values:
            return str(Soort(self.soort).label)
        return self.soort

    @property
    def is_wat(self) -> bool:
        """Whether the text may be read."""
        return self.diepte is Diepte.WAT


Bron = Callable[[Actor, Dossier], Iterable[Gebeurd]]
_meeste: ContextVar[int] = ContextVar("meeste", default=MEESTE)


@dataclass(frozen=True, slots=True)
class Keuze:
    """What a reader narrows the time line to; empty is everything."""

    groep: str = ""
    deel: str = ""
    persoon: UUID | None = None

    def holds(self, gebeurd: Gebeurd) -> bool:
        """Whether it is asked for. What concerns nobody in particular is everyone's."""
        return (
            self.groep in ("", gebeurd.groep)
            and self.deel in ("", gebeurd.deel)
            and (
                self.persoon is None
                or not gebeurd.personen
                or self.persoon in gebeurd.personen
            )
        )


_bronnen: dict[str, Bron] = {}


def register(bron: Bron) -> Bron:
    """Let a room add to the time line; once, however often it is called.

    A source asks the database a fixed number of statements, gives the newest first,
    and only what is open to the actor. One that gives of one part no more than `most`
    asks for no more.
    """
    _bronnen[f"{bron.__module__}.{bron.__qualname__}"] = bron
    return bron


def most() -> int:
    """Return how many of the newest a source has to give now."""
    return _meeste.get()


def open_depths(actor: Actor, dossier: Dossier) -> dict[Deel, Diepte]:
    """Return how deep each part is open to this actor; what is absent is closed."""
    if dossier.gemeente_id != actor.gemeente:
        return {}
    open_delen = toegang.parts(actor, dossier)
    dieptes: dict[Deel, Diepte] = {}
    for deel, handeling in LEEST.items():
        betrokken = [Betrokkenheid.GEMEENTE]
        if deel in open_delen:
            betrokken += [Betrokkenheid.TOEGEWEZEN, Betrokkenheid.EIGEN]
        gegund = [
            diepte
            for each in betrokken
            if (diepte := besluiten.depth(actor, handeling, each)) is not None
        ]
        if gegund:
            dieptes[deel] = max(gegund, key=lambda diepte: diepte.rang)
    return dieptes


def events(
    actor: Actor,
    dossier: Dossier,
    keuze: Keuze | None = None,
    *,
    dieptes: Mapping[Deel, Diepte] | None = None,
    meeste: int = MEESTE,
    bronnen: Iterable[Bron] | None = None,
) -> list[Gebeurd]:
    """Return what happened and is open to this actor, newest first.

    Args:
        actor: who reads.
        dossier: of what.
        keuze: what they narrow it to.
        dieptes: what `open_depths` said of this actor here a moment ago.
        meeste: how many of each source are enough; only for who narrows nothing.
        bronnen: ask only these sources; None asks all that are registered.
    """
    wacht = _meeste.set(meeste)
    alle = _bronnen.values() if bronnen is None else bronnen
    try:
        return _gathered(actor, dossier, keuze, dieptes, alle)
    finally:
        _meeste.reset(wacht)


def _gathered(
    actor: Actor,
    dossier: Dossier,
    keuze: Keuze | None,
    dieptes: Mapping[Deel, Diepte] | None,
    bronnen: Iterable[Bron],
) -> list[Gebeurd]:
    keuze = keuze or Keuze()
    if dieptes is None:
        dieptes = open_depths(actor, dossier)
    if not dieptes:
        return []
    gevonden: list[Gebeurd] = []
    for bron in bronnen:
        for gebeurd in islice(bron(actor, dossier), MEESTE):
            diepte = dieptes.get(gebeurd.deel)
            if diepte is None or not keuze.holds(gebeurd):
                continue
            gevonden.append(
                gebeurd
                if diepte is Diepte.WAT
                else replace(
                    gebeurd,
                    tekst="",
                    adres="",
                    naam="",
                    personen=(),
                    diepte=Diepte.DAT,
                )
            )
    gevonden.sort(key=lambda gebeurd: gebeurd.op, reverse=True)
    return gevonden
