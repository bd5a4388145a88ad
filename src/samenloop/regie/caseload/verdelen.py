"""A proposal to spread work, and carrying out what somebody confirmed.

The proposal gives what nobody has, and new cases of who carries too much, each to who
is least full then. It is arithmetic with points and hours; who knows the people decides
and can change every line. Nothing moves before that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from samenloop.access.actor import Actor
from samenloop.access.besluiten import GeenToegang
from samenloop.core import klok
from samenloop.core.fouten import SamenloopFout
from samenloop.regie import regisseurs
from samenloop.regie.caseload.bord import Norm, Werker, Zaak
from samenloop.regie.models import Casus

# A case this young has hardly been begun with: handing it on costs the family nothing.
NIEUW = timedelta(days=14)
REDEN = "Verdeeld vanaf het bord van het team"


@dataclass(frozen=True, slots=True)
class Zet:
    """One case goes from somebody, or nobody, to somebody."""

    zaak: Zaak
    naar: int

    @property
    def van(self) -> int | None:
        """Who has it now."""
        return self.zaak.account


@dataclass(slots=True)
class Voorstel:
    """What moves where, and how full everybody is before and after."""

    zetten: list[Zet] = field(default_factory=list)
    over: list[Zaak] = field(default_factory=list)  # nobody has room for these
    voor: dict[int, int] = field(default_factory=dict)
    na: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gedaan:
    """How many cases were given, and the numbers of those that had changed."""

    gegeven: int
    overgeslagen: tuple[str, ...]


def propose(
    werkers: Sequence[Werker],
    vrij: Iterable[Zaak],
    eigen: Iterable[Zaak],
    norm: Norm,
    vandaag: date,
) -> Voorstel:
    """Propose who gets what; changes nothing.

    Args:
        werkers: the team.
        vrij: what nobody directs.
        eigen: what the team directs; of it only what is new can move.
        norm: what each weight asks.
        vandaag: the day that decides what is new.
    """
    uit = Voorstel()
    punten = {each.account: each.punten for each in werkers}
    ruimte = {each.account: each.ruimte for each in werkers}
    kan = [each for each in werkers if each.directs and each.ruimte > 0]
    uit.voor = dict(punten)

    def full(account: int, erbij: int = 0) -> float:
        return (punten[account] + erbij) / ruimte[account]

    def emptiest(erbij: int) -> int:
        return min(kan, key=lambda each: (full(each.account, erbij), each.naam)).account

    for zaak in sorted(
        vrij, key=lambda z: (-norm.of(z.zwaarte), z.geopend_op, z.casus)
    ):
        gewicht = norm.of(zaak.zwaarte)
        if not kan or full(emptiest(gewicht), gewicht) > 1:
            uit.over.append(zaak)
            continue
        naar = emptiest(gewicht)
        punten[naar] += gewicht
        uit.zetten.append(Zet(zaak, naar))
    nieuw = [z for z in eigen if z.sinds and z.geopend_op > vandaag - NIEUW]
    for zaak in sorted(nieuw, key=lambda z: (norm.of(z.zwaarte), z.nummer)):
        van, gewicht = zaak.account, norm.of(zaak.zwaarte)
        if van not in punten or punten[van] <= ruimte[van] or not kan:
            continue
        naar = emptiest(gewicht)
        if naar == van or full(naar, gewicht) > 1:
            continue
        punten[van] -= gewicht
        punten[naar] += gewicht
        uit.zetten.append(Zet(zaak, naar))
    uit.na = punten
    return uit


def carry_out(zetten: Iterable[tuple[UUID, int | None, int]], *, door: Actor) -> Gedaan:
    """Hand cases over as somebody confirmed them; what changed meanwhile stays.

    Args:
        zetten: case, who had it when it was proposed, and who gets it.
        door: who confirmed.

    Raises:
        GeenToegang: not theirs to divide.
    """
    if not regisseurs.divides(door):
        raise GeenToegang()
    gegeven, overgeslagen = 0, []
    for casus_id, van, naar in zetten:
        casus = Casus.objects.filter(pk=casus_id, gemeente=door.gemeente).first()
        if casus is None:
            continue
        try:
            with transaction.atomic():
                regie = regisseurs.locked(casus)
                if _directs_now(regie) != van:
                    raise regisseurs.AlGeregisseerd()
                regisseurs.hand_over(
                    casus, regisseurs.Wie(account=naar), door=door, reden=REDEN
                )
        except SamenloopFout:
            overgeslagen.append(casus.kort)
        else:
            gegeven += 1
    return Gedaan(gegeven, tuple(overgeslagen))


def _directs_now(casus: Casus) -> int | None:
    """Return who directs; zero is an organisation or a citizen, never proposed."""
    regie = regisseurs.directing(klok.now()).filter(casus=casus).first()
    if regie is None:
        return None
    return regie.account or 0
