"""Wmo: adult clients, most of them old, alone or as a couple.

Some are the parent in a household that has youth help too: that is the stacking the
monitor shows. Such a household counts once for each wet.
"""

from datetime import date, timedelta
from random import Random

from samenloop.demo.bevolking import Bevolking
from samenloop.demo.feiten import Huishouden, Persoon, Spel, jaren_later
from samenloop.demo.productenboek import PER_CODE
from samenloop.demo.toewijzing import Klant, verdeel_oude

Toegewezen = list[tuple[Spel, Persoon]]
_BEGELEIDING = frozenset(
    {"begeleiding-groep", "begeleiding-individueel", "begeleiding-overig"}
)


def bevolk(
    huidig: list[Klant],
    oud: list[Spel],
    aantal_huishoudens: int,
    gemeente: str,
    bevolking: Bevolking,
    gezinnen: list[Huishouden],
    peildatum: date,
    rng: Random,
) -> Toegewezen:
    """Make the adult clients of one municipality.

    `gezinnen` are households with youth help whose parent may be a client as well.
    Households with a current client are exactly `aantal_huishoudens`.
    """
    weg = verdeel_oude(oud, huidig, 0.18, rng)
    paren = len(huidig) - aantal_huishoudens
    rij = list(huidig)
    rng.shuffle(rij)
    rij.sort(key=lambda klant: klant.soorten <= _BEGELEIDING)  # the old come first
    stellen = list(zip(rij[:paren], rij[paren : 2 * paren], strict=True))
    alleen = rij[2 * paren :]
    toegewezen: Toegewezen = []
    for eerste, tweede in stellen:
        huishouden = bevolking.huishouden(gemeente)
        geboren = _geboren(eerste, peildatum, rng)
        jaar = rng.randint(-1500, 1500)
        partner = min(geboren + timedelta(days=jaar), _uiterlijk(tweede))
        for klant, dag, geslacht in (
            (eerste, geboren, "1"),
            (tweede, partner, "2" if rng.random() < 0.96 else "1"),
        ):
            persoon = bevolking.persoon(huishouden, dag, geslacht=geslacht)
            toegewezen += [(spel, persoon) for spel in klant.spellen]
    ouders = [gezin.leden[0] for gezin in gezinnen]
    rng.shuffle(ouders)
    gastplaatsen = round(0.16 * len(ouders))
    for klant in alleen + weg:
        ouder = None
        if gastplaatsen and klant.soorten <= _BEGELEIDING | {"huishoudelijke-hulp"}:
            ouder = _neem(ouders, klant)
        if ouder is not None:
            gastplaatsen -= 1
            persoon = ouder
        else:
            huishouden = bevolking.huishouden(gemeente)
            persoon = bevolking.persoon(huishouden, _geboren(klant, peildatum, rng))
        toegewezen += [(spel, persoon) for spel in klant.spellen]
    return toegewezen


def _neem(ouders: list[Persoon], klant: Klant) -> Persoon | None:
    """Take a parent who was of age at every start out of the list."""
    uiterlijk = _uiterlijk(klant)
    for i, ouder in enumerate(ouders):
        if ouder.geboortedatum <= uiterlijk:
            return ouders.pop(i)
    return None


def _uiterlijk(klant: Klant) -> date:
    """Return the last day of birth for someone of age at the first start."""
    eerste = min(spel.start for spel in klant.spellen)
    return jaren_later(eerste, -18) - timedelta(days=20)


def _geboren(klant: Klant, peildatum: date, rng: Random) -> date:
    jongst = max(PER_CODE[code].leeftijd[0] for code in klant.soorten)
    oudst = min(PER_CODE[code].leeftijd[1] for code in klant.soorten)
    oudst = max(oudst, jongst + 1)
    # Home help and aids go mostly to people of around eighty.
    top = 79.0 if jongst >= 40 else 42.0
    leeftijd = rng.triangular(jongst, oudst, min(max(top, jongst), oudst))
    dag = peildatum - timedelta(days=int(leeftijd * 365.25) + 1)
    return min(dag, _uiterlijk(klant) - timedelta(days=rng.randint(0, 900)))
