"""From spells to clients and households of one wet in one municipality.

On the last peildatum the spells in force must belong to exactly the published number
of clients, and these to exactly the published number of households. Spells that have
ended go mostly to the same clients, the rest to clients who left.
"""

from dataclasses import dataclass, field
from random import Random

from samenloop.demo.feiten import Spel


@dataclass(slots=True, eq=False)
class Klant:
    """A client in the making: the spells that will be one person's provisions."""

    spellen: list[Spel] = field(default_factory=list)
    ruimte: int = 0

    @property
    def soorten(self) -> set[str]:
        """Codes of the kinds this client has or had."""
        return {spel.soort for spel in self.spellen}


class TeWeinigSpellen(ValueError):
    """There are fewer provisions than clients to hold one."""


def klanten_met(
    spellen: list[Spel], aantal: int, dubbel: dict[str, float], rng: Random
) -> list[Klant]:
    """Deal the spells to `aantal` clients, each at least one.

    Some clients hold many and most hold few. Two of the same kind at once are avoided
    except for the share in `dubbel` (someone may well have two means of transport).

    Raises:
        TeWeinigSpellen: there are fewer spells than clients.
    """
    if len(spellen) < aantal:
        raise TeWeinigSpellen(f"{len(spellen)} voorzieningen voor {aantal} cliënten")
    klanten = [Klant(ruimte=1) for _ in range(aantal)]
    gewicht = [rng.gammavariate(1.4, 1.0) for _ in klanten]
    over = len(spellen) - aantal
    while over:
        for i in rng.choices(range(aantal), gewicht, k=over):
            if klanten[i].ruimte < 7:
                klanten[i].ruimte += 1
                over -= 1
    per_soort: dict[str, list[Spel]] = {}
    for spel in spellen:
        per_soort.setdefault(spel.soort, []).append(spel)
    for soort in sorted(per_soort, key=lambda s: (-len(per_soort[s]), s)):
        groep = per_soort[soort]
        rng.shuffle(groep)
        enkel = round(len(groep) * (1 - dubbel.get(soort, 0.0)))
        for klant in _loting(klanten, enkel, rng):
            _geef(klant, groep.pop())
        while groep:
            houders = [k for k in klanten if k.ruimte and soort in k.soorten]
            nieuw = [k for k in klanten if k.ruimte and soort not in k.soorten]
            for klant in _loting(houders or nieuw, len(groep), rng):
                _geef(klant, groep.pop())
    return klanten


def huishoudens_met(
    klanten: list[Klant], aantal: int, grootste: int, rng: Random
) -> list[list[Klant]]:
    """Put the clients in exactly `aantal` households of at most `grootste` clients."""
    rij = list(klanten)
    rng.shuffle(rij)
    groepen = [[klant] for klant in rij[:aantal]]
    for klant in rij[aantal:]:
        plek = [groep for groep in groepen if len(groep) < grootste]
        rng.choice(plek).append(klant)
    return groepen


def verdeel_oude(
    spellen: list[Spel], klanten: list[Klant], vertrokken: float, rng: Random
) -> list[Klant]:
    """Give the spells that ended to clients; return the clients who left.

    A current client takes over an ended spell as the forerunner of one of the same
    kind, or as something else from before. A share `vertrokken` goes to others.
    """
    opvolgers: dict[tuple[str, str], list[Klant]] = {}
    for klant in klanten:
        for spel in klant.spellen:
            opvolgers.setdefault((spel.soort, spel.vorm), []).append(klant)
    weg: list[Klant] = []
    for spel in sorted(spellen, key=lambda spel: (spel.start, spel.soort)):
        if rng.random() < vertrokken:
            if weg and rng.random() < 0.45 and _kan(klant := rng.choice(weg), spel):
                klant.spellen.append(spel)
            else:
                weg.append(Klant([spel]))
            continue
        zelfde = opvolgers.get((spel.soort, spel.vorm), [])
        keus = [rng.choice(zelfde) for _ in range(4) if zelfde]
        keus += [rng.choice(klanten) for _ in range(12)]
        gekozen = next((klant for klant in keus if _kan(klant, spel)), None)
        if gekozen is None:
            weg.append(Klant([spel]))
        else:
            gekozen.spellen.append(spel)
    return weg


def _kan(klant: Klant, spel: Spel) -> bool:
    """Whether no spell of that kind overlaps and the client does not get too many."""
    return len(klant.spellen) < 9 and all(
        ander.soort != spel.soort
        or (ander.eind is not None and ander.eind < spel.start)
        or (spel.eind is not None and spel.eind < ander.start)
        for ander in klant.spellen
    )


def _loting(klanten: list[Klant], aantal: int, rng: Random) -> list[Klant]:
    """Draw different clients, those with more room sooner."""
    lot = [
        (rng.random() ** (1 / klant.ruimte), i)
        for i, klant in enumerate(klanten)
        if klant.ruimte
    ]
    return [klanten[i] for _, i in sorted(lot, reverse=True)[:aantal]]


def _geef(klant: Klant, spel: Spel) -> None:
    klant.spellen.append(spel)
    klant.ruimte -= 1
